"""What of a form becomes a guide, and what is said about the rest: sheet, row and reason."""

# ruff: noqa: E501 - tables are wide

from __future__ import annotations

import pytest

from caseworker_app.domain.condition import All, Includes, Is
from caseworker_app.domain.guide import QuestionKind as Kind
from tests.xlsforms import guide_of, question_of, said, taken

CARE = """
| choices |
| | list_name | name | label |
| | care | family | The family |
| | care | day_care | Day care |
| | yes_no | yes | Yes |
| | yes_no | no | No |
| | one | only | Only this |
"""
SELECT = {"choices": CARE}


@pytest.mark.parametrize(
    ("type", "kind"),
    [
        ("text", Kind.TEXT),
        ("string", Kind.TEXT),
        ("integer", Kind.NUMBER),
        ("decimal", Kind.NUMBER),
        ("date", Kind.DATE),
        ("range", Kind.SCALE),
        ("select_one yes_no", Kind.YES_NO),
        ("select_one care", Kind.CHOICE),
        ("select one from care", Kind.CHOICE),
        ("select_multiple care", Kind.CHOICES),
        ("select all that apply from care", Kind.CHOICES),
        ("select_multiple yes_no", Kind.CHOICES),
    ],
)
def test_each_type_becomes_its_kind(type, kind):  # noqa: A002
    assert question_of(f"{type} | who | Who?", **SELECT).kind is kind


def test_a_text_of_several_lines_is_a_long_one():
    asked = question_of("text | who | Who? | multiline", "type | name | label | appearance")
    assert asked.kind is Kind.LONG_TEXT


@pytest.mark.parametrize(
    ("type", "constraint", "bounds"),
    [
        ("integer", "", (None, None, 1)),
        ("integer", ". >= 0 and . <= 120", (0, 120, 1)),
        ("integer", "(.>17) and (.<66)", (18, 65, 1)),
        ("decimal", ". > 0.5", (0.5, None, None)),
        ("decimal", ". <= -1", (None, -1, None)),
    ],
)
def test_a_simple_check_becomes_the_bounds_of_a_number(type, constraint, bounds):  # noqa: A002
    asked = question_of(f"{type} | n | How? | {constraint}", "type | name | label | constraint")
    assert (asked.least, asked.most, asked.step) == bounds


@pytest.mark.parametrize(
    ("parameters", "kind", "bounds"),
    [
        ("", Kind.SCALE, (None, None, None)),
        ("start=0 end=10 step=1", Kind.SCALE, (None, None, None)),
        ("end=5; start=1", Kind.NUMBER, (1, 5, 1)),
        ("start=10, end=0, step=0.5", Kind.NUMBER, (0, 10, 0.5)),
    ],
)
def test_a_range_is_a_scale_when_it_is_the_one_of_the_program(parameters, kind, bounds):
    asked = question_of(f"range | n | How? | {parameters}", "type | name | label | parameters")
    assert (asked.kind, (asked.least, asked.most, asked.step)) == (kind, bounds)


@pytest.mark.parametrize(
    ("yes", "no", "kind"),
    [
        ("1 | Ja", "0 | Nein", Kind.YES_NO),
        ("oui | Oui", "non | Non", Kind.YES_NO),
        ("yes | Oo", "no | Hindi", Kind.YES_NO),
        ("yes | Yes, every day", "no | No, never", Kind.CHOICE),
        ("yes | Yes", "no | Never", Kind.YES_NO),
        ("a | Yes", "b | Yes", Kind.CHOICE),
    ],
)
def test_a_list_of_yes_and_no_is_known_and_loses_no_words(yes, no, kind):
    choices = f"| choices |\n| | list_name | name | label |\n| | l | {yes} |\n| | l | {no} |"
    assert question_of("select_one l | who | Who?", choices=choices).kind is kind


def test_or_other_adds_an_option_in_the_language_of_the_form():
    guide = guide_of(
        f"""
| survey |
| | type | name | label::Nederlands (nl) |
| | select_one care or_other | who | Wie? |
{CARE.replace("label", "label::Nederlands (nl)")}"""
    )
    options = guide.sections[0].questions[0].options
    assert [option.id for option in options] == ["family", "day-care", "other"]
    assert options[-1].text.to("nl") == "Iets anders"


def test_names_become_ids_and_none_is_given_twice():
    guide = guide_of(
        """
| survey |
| | type | name | label |
| | text | Names_Like_This | One |
| | text | names.like.this | Two |
| | text | _2nd | Three |
| | text | größe | Four |
| | text | الاسم | Five |
"""
    )
    ids = [asked.id for asked in guide.sections[0].questions]
    assert ids[:4] == ["names-like-this", "names-like-this-2", "2nd", "grosse"]
    assert ids[4].startswith("q-")


def test_groups_are_sections_and_what_stands_outside_is_one_too():
    guide = guide_of(
        """
| survey |
| | type | name | label |
| | text | before | Before |
| | begin_group | outer | Outer |
| | text | a | A |
| | begin_group | inner | Inner |
| | text | b | B |
| | end_group | | |
| | text | c | C |
| | end_group | | |
| | text | after | After |
| settings |
| | form_title | form_id |
| | Visit | visit |
"""
    )
    assert [
        (one.id, one.title.to("en"), [q.id for q in one.questions]) for one in guide.sections
    ] == [
        ("visit", "Visit", ["before"]),
        ("outer", "Outer", ["a"]),
        ("inner", "Inner", ["b"]),
        ("outer-2", "Outer", ["c"]),
        ("visit-2", "Visit", ["after"]),
    ]


def test_the_conditions_of_nested_groups_are_joined():
    guide = guide_of(
        f"""
| survey |
| | type | name | label | relevant |
| | select_one yes_no | kids | Kids? | |
| | select_multiple care | help | Help? | |
| | begin_group | outer | Outer | ${{kids}} = 'yes' |
| | begin_group | inner | Inner | selected(${{help}}, 'day_care') |
| | begin_group | arranging | | ${{kids}} != 'no' |
| | text | a | A | ${{help}} != '' |
| | end_group | | | |
| | end_group | | | |
| | end_group | | | |
{CARE}"""
    )
    _first, inner = guide.sections
    assert inner.when == All((Is("kids", "yes"), Includes("help", "day-care")))
    assert isinstance(inner.questions[0].when, All)
    assert len(inner.questions[0].when.parts) == 2


def test_what_a_form_tells_becomes_a_hint_for_the_coach():
    guide = guide_of(
        """
| survey |
| | type | name | label | hint | guidance_hint |
| | note | n1 | Welcome. | | |
| | note | n2 | Take your time. | | |
| | text | a | A | Listen. | Ask for an example. |
| | text | b | B | | |
| | note | n3 | Thank you. | | |
"""
    )
    first, second = guide.sections[0].questions
    assert first.hint.to("en") == "Welcome.\nTake your time.\nListen.\nAsk for an example."
    assert second.hint.to("en") == "Thank you."


def test_every_column_of_a_language_is_read_and_forms_too():
    guide = guide_of(
        """
| survey |
| | type | name | label::Deutsch (de) | label::Deutsch, du (de-informal) | label::Français | hint::Deutsch (de) |
| | text | how | Wie geht es Ihnen? | Wie geht es dir? | Comment allez-vous ? | Zeit lassen. |
| settings |
| | default_language |
| | Français |
"""
    )
    assert guide.languages == ("fr", "de")
    assert guide.question("how").hint.to("fr") == "Zeit lassen."
    asked = guide.question("how")
    assert asked.text.to("de-informal") == "Wie geht es dir?"
    assert asked.text.to("fr") == "Comment allez-vous ?"


def test_where_a_language_lacks_the_first_one_stands_and_that_is_said():
    found = taken(
        """
| survey |
| | type | name | label::English (en) | label::Türkçe (tr) |
| | text | a | A | Bir |
| | text | b | B | |
| | text | c | C | |
"""
    )
    assert found.guide.question("b").text.to("tr") == "B"
    assert said(found.notes)[0] == (
        "survey",
        3,
        (
            "Texts in Türkçe (tr) are missing, 2 in all; this is the first. "
            "The text in English (en) stands there."
        ),
    )


def test_columns_that_name_no_language_are_read_in_the_one_that_is_assumed():
    table = "| survey |\n| | type | name | label |\n| | text | a | A |"
    found = taken(table, "nl")
    assert found.guide.languages == ("nl",)
    assert said(found.notes)[0][2].endswith("It is read as “Nederlands (nl)”.")


LEFT = """
| survey |
| | type | name | label | relevant | required | default | constraint | choice_filter | media::image |
| | start | start | | | | | | | |
| | deviceid | phone | | | | | | | |
| | geopoint | place | Where? | | | | | | |
| | calculate | sum | | | | | | | |
| | rank care | order | Order? | | | | | | |
| | select_one_from_file towns.csv | town | Town? | | | | | | |
| | select_one one | only | Only? | | | | | | |
| | time | clock | When? | | | | | | |
| | select_one care | who | Who? | | yes | | | x=1 | |
| | text | word | Word? | ${sum} > 1 | yes | hello | regex(., 'a') | | a.png |
| | begin_repeat | each | Each | | | | | | |
| | text | childs | What is ${word}? | | | | | | |
| | end_repeat | | | | | | | | |
| settings |
| | form_title | version | default_language |
| | Left | v1 | English (en) |
"""


def test_each_thing_that_stays_behind_is_named_with_its_row():
    found = taken(LEFT + CARE)
    assert [asked.id for section in found.guide.sections for asked in section.questions] == [
        "clock",
        "who",
        "word",
        "childs",
    ]
    assert said(found.notes) == [
        ("survey", 4, "“place” is left out: a talk has no question of the type “geopoint”."),
        ("survey", 5, "“sum” is left out: a talk has no question of the type “calculate”."),
        ("survey", 6, "“order” is left out: a talk has no question of the type “rank care”."),
        ("survey", 7, "“town” is left out, because its options lie in another file."),
        ("survey", 8, "“only” is left out, because it has only one option."),
        ("survey", 9, "“clock” asks for a time; it is answered in a line of text."),
        ("survey", 10, "“who” offers all of its options; no rule picks out some of them."),
        ("survey", 10, "“required” stays behind: in a talk every question may stay open."),
        ("survey", 11, "The check “regex(., 'a')” stays behind."),
        ("survey", 11, "Answers that are filled in beforehand stay behind."),
        ("survey", 11, "Pictures, sound and films stay behind."),
        ("survey", 11, "The condition “${sum} > 1” stays behind: “word” is always asked."),
        ("survey", 12, "“each” can be repeated in the form. Its questions are asked once."),
        ("survey", 13, "“${word}” is not filled in here; three dots stand in its place."),
        ("settings", 2, "The form has no whole number as its version. The guide gets version 1."),
    ]
    assert found.guide.question("childs").text.to("en") == "What is …?"


def test_a_name_that_stands_twice_is_told_apart_and_no_condition_guesses_which_is_meant():
    found = taken(
        """
| survey |
| | type | name | label | relevant |
| | begin_group | one | One | |
| | text | why | Why? | |
| | end_group | | | |
| | begin_group | two | Two | |
| | text | why | Why? | |
| | text | more | More? | ${why} != '' |
| | end_group | | | |
"""
    )
    assert [q.id for section in found.guide.sections for q in section.questions] == [
        "why",
        "why-2",
        "more",
    ]
    assert [one[1] for one in said(found.notes)] == [1, 6, 7, 2]


MISTAKES = {
    "no list": (
        ("select_one nothing | a | A |",),
        [("survey", 3, "There is no list “nothing” in the sheet “choices”.")],
    ),
    "a type nobody knows": (
        ("tekst | a | A |",),
        [("survey", 3, "There is no type of question “tekst”.")],
    ),
    "no name": (("text | | A |",), [("survey", 3, "A row needs a “type” and a “name”.")]),
    "no end": (
        ("begin_group | g | G |", "text | a | A |"),
        [("survey", 3, "The group “g” begins here and does not end.")],
    ),
    "no beginning": (
        ("end_group | | |", "text | a | A |"),
        [("survey", 3, "A group ends here that has not begun.")],
    ),
    "a condition on a later question": (
        ("text | a | A | ${later} != ''", "text | later | L |"),
        [("survey", 3, "“later” comes later. A condition can only look at earlier questions.")],
    ),
    "a condition on nothing": (
        ("text | a | A | ${ago} != ''",),
        [("survey", 3, "There is no question “ago”. The nearest one is “a”.")],
    ),
    "an option that is not there": (
        ("select_one care | c | C |", "text | a | A | ${c} = 'familly'"),
        [("survey", 4, "“c” has no option “familly”. The nearest one is “family”.")],
    ),
    "a range nobody can read": (
        ("range | a | A |", "range | b | B | | start=x"),
        [("survey", 4, "The parameters of a range are written like “start=0 end=10 step=1”.")],
    ),
    "no text": (("text | a | |",), [("survey", 3, "The text in the language “en” is missing.")]),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_sheet_and_row(name):
    rows, expected = MISTAKES[name]
    survey = "\n".join(f"| | {row} |" for row in ("text | first | First |", *rows))
    found = taken(
        f"| survey |\n| | type | name | label | relevant | parameters |\n{survey}\n{CARE}"
    )
    assert found.guide is None
    assert said(found.mistakes)[: len(expected)] == expected, said(found.mistakes)


def test_a_circle_is_the_same_mistake_as_in_a_guides_own_file():
    found = taken(
        """
| survey |
| | type | name | label | relevant |
| | text | a | A | ${b} != '' |
| | text | b | B | ${a} != '' |
"""
    )
    assert found.guide is None
    assert [row for _sheet, row, _reason in said(found.mistakes)] == [2]
    assert "wait for each other" in said(found.mistakes)[0][2]


def test_our_own_columns_say_what_forms_do_not_know():
    guide = guide_of(
        """
| survey |
| | type | name | label::English (en) | label::Deutsch (de) | caseworker::kind | caseworker_domains | caseworker_strength | caseworker_closing | caseworker_label_de-informal |
| | begin_group | money | Money | Geld | | L13 | | yes | |
| | text | well | What goes well with you? | Was gelingt Ihnen? | talk | | yes | | Was gelingt dir? |
| | range | how | How? | Wie? | rating | L13 | | | |
| | end_group | | | | | | | | |
| settings |
| | form_title | caseworker_title_de | caseworker_never_en | caseworker_participant_languages |
| | Money | Geld | We do not ask for debts. | de |
"""
    )
    (section,) = guide.sections
    assert (section.domains, section.sensitive, section.closing) == (("L13",), True, True)
    assert section.pictogram == "L13_money"
    well, how = section.questions
    assert (well.kind, well.strength) == (Kind.TALK, True)
    assert well.text.to("de-informal") == "Was gelingt dir?"
    assert (how.kind, how.domain) == (Kind.RATING, "L13")
    assert (guide.languages, guide.participant_languages) == (("en",), ("de",))
    assert guide.never.to("en") == "We do not ask for debts."


def test_one_of_our_columns_that_does_not_fit_is_passed_over():
    found = taken(
        """
| survey |
| | type | name | label | caseworker_kind |
| | integer | age | Age? | talk |
"""
    )
    assert found.guide.question("age").kind is Kind.NUMBER
    assert ("survey", 2, "“talk” does not go with the type “integer” and is passed over.") in said(
        found.notes
    )


def test_rows_that_are_switched_off_and_empty_rows_are_passed_over():
    guide = guide_of(
        """
| survey |
| | type | name | label | disabled |
| | text | a | A | yes |
| | | | | |
| | text | b | B | no |
"""
    )
    assert [asked.id for asked in guide.sections[0].questions] == ["b"]
