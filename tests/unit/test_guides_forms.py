"""Forms of a text (du, je, plain language), languages to read along in, and scales."""

from __future__ import annotations

import pytest

from caseworker_app.content.guide_file import build
from caseworker_app.content.scales import all_scales
from caseworker_app.domain.guide import Guide, QuestionKind
from caseworker_app.domain.talk import FACES, NUMBERS
from tests.guide_texts import TINY, changed, line_of

FOUR_FORMS = """\
text.de = "Wie geht es Ihnen?"
text.de-informal = "Wie geht es dir?"
text.de-plain = "Geht es Ihnen gut?"
text.de-plain-informal = "Geht es dir gut?"
text.en = "How are you?\""""

WHERE = """\
text.nl = "Waar?"
text.nl-plain = "Op welke plek?"
text.en = "Where?\""""

FULL = changed(
    ('languages = ["de", "nl"]', 'languages = ["de", "nl"]\nparticipant_languages = ["en"]'),
    ('nl = "Kort"', 'nl = "Kort", en = "Short"'),
    ('title.nl = "Begin"', 'title.nl = "Begin"\ntitle.en = "Beginning"'),
    ('text.de = "Wie geht es?"', FOUR_FORMS),
    ('text.nl = "Waar?"', WHERE),
    ('nl = "Thuis"', 'nl = "Thuis", en = "At home"'),
    ('nl = "Ergens anders"', 'nl = "Ergens anders", en = "Somewhere else"'),
)

SCALE = """
[[scales]]
id = "steps"
first = -2
last = 2
low.de = "weniger"
low.nl = "minder"
high.de = "mehr"
high.nl = "meer"

[[sections]]"""

SCALED = changed(
    ("\n[[sections]]", SCALE),
    ('id = "how"', 'id = "how"\nkind = "scale"\nscale = "steps"'),
)


def built(source: str) -> Guide:
    guide, problems = build("tiny/1.toml", source)
    assert [(problem.line, problem.reason) for problem in problems] == []
    assert guide
    return guide


def mistakes(source: str) -> list[tuple[int, str]]:
    guide, problems = build("tiny/1.toml", source)
    assert (guide is None) == bool(problems)
    return [(problem.line, problem.reason) for problem in problems]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("de", "Wie geht es Ihnen?"),
        ("de-informal", "Wie geht es dir?"),
        ("de-plain", "Geht es Ihnen gut?"),
        ("de-plain-informal", "Geht es dir gut?"),
        ("nl-plain-informal", "Hoe gaat het?"),
        ("en", "How are you?"),
        ("en-plain-informal", "How are you?"),
    ],
)
def test_each_form_is_said_in_its_own_words_and_a_lacking_one_in_the_nearest(form, said):
    assert built(FULL).sections[0].questions[0].text.to(form) == said


def test_a_plain_text_without_address_is_said_to_everybody():
    assert built(FULL).sections[0].questions[1].text.to("nl-plain-informal") == "Op welke plek?"


def test_the_participant_reads_more_languages_than_the_coach():
    guide = built(FULL)
    assert (guide.languages, guide.participant_languages) == (("de", "nl"), ("en",))
    assert guide.title.speaks("en")
    assert not guide.purpose.speaks("en")


NEVER = 'never.de = "Wir fragen nicht nach Geld."\n'

# (what to change, into what, the line of the mistake, what the sentence names)
MISTAKES = [
    ("text.de-plain =", "text.de-plian =", "text.de-plian", "nearest one is “de-plain”"),
    ("text.de-plain =", "text.de- =", "text.de- =", "There is no form “de-”"),
    ("text.de-plain =", "text.fr-plain =", "text.fr-plain", "“fr” is not one of the languages"),
    ("text.nl-plain =", 'text.nl-plain = " " #', "text.nl-plain", "“nl-plain” is empty"),
    ('text.nl = "Waar?"\n', "", "text.nl-plain", "“nl-plain” cannot stand alone: the text “nl”"),
    ('text.en = "Where?"', "", 'text.de = "Wo?"', "in the language “en” is missing"),
    (', en = "At home"', "", "Zu Hause", "in the language “en” is missing"),
    ('title.en = "Beginning"', "", 'title.de = "Anfang"', "“en” is missing"),
    ("hint.nl", 'hint.en = "Take time."\nhint.nl', "hint.en", "for the coach"),
    ("hint.nl", "hint.nl-informal", "hint.nl-informal", "“hint.de”, “hint.nl”"),
    ('hint.nl = "Geef de tijd."', "", "hint.de", "in the language “nl” is missing"),
    ("\n[[sections]]", f"{NEVER}\n[[sections]]", "never.de", "in the language “nl” is missing"),
    ('nl = "Een proef."', 'nl = "Een proef.", en = "A trial."', "purpose", "for the coach"),
    ('["en"]', '["en", "de"]', "participant_languages", "that “languages” does not"),
    ('["en"]', '"en"', "participant_languages", "must be a list"),
    ('["en"]', '["en", "EN"]', "participant_languages", "given by its code"),
    ('["en"]', f"{[c + d for c in 'abc' for d in 'defghij']}", "participant_", "at most 20"),
]


@pytest.mark.parametrize(("old", "new", "where", "named"), MISTAKES)
def test_a_mistake_in_forms_and_languages_is_named_with_its_line(old, new, where, named):
    source = changed((old, new), source=FULL)
    found = mistakes(source)
    line = line_of(source, where)
    assert [reason for at, reason in found if at == line and named in reason], (line, found)


def test_one_mistyped_form_is_one_mistake():
    assert len(mistakes(changed(("text.de-plain =", "text.de-plian ="), source=FULL))) == 1


class TestScales:
    def test_every_guide_has_the_scales_of_the_program(self):
        guide = built(TINY)
        assert guide.scales == all_scales()
        numbers, faces = guide.scale(NUMBERS), guide.scale(FACES)
        assert (numbers.first, numbers.last, numbers.faces) == (0, 10, False)
        assert (faces.first, faces.last, faces.faces) == (1, 5, True)

    @pytest.mark.parametrize("language", ["de", "nl", "en", "uk", "ar", "tr"])
    def test_their_words_are_there_in_every_language_of_participants(self, language):
        for scale in all_scales():
            for words in (scale.low, scale.middle, scale.high):
                assert words.speaks(language)
                assert words.to(language)

    def test_a_guide_may_bring_a_scale_along(self):
        guide = built(SCALED)
        question = guide.sections[0].questions[0]
        assert question.kind is QuestionKind.SCALE
        scale = guide.scale(question.scale)
        assert (scale.first, scale.last, scale.low.to("nl")) == (-2, 2, "minder")
        assert not scale.middle.by_language

    @pytest.mark.parametrize(
        ("old", "new", "where", "named"),
        [
            ('scale = "steps"', 'scale = "stepps"', "stepps", "nearest one is “steps”"),
            ('scale = "steps"', "", 'kind = "scale"', "“scale” is missing"),
            ('kind = "scale"', 'kind = "number"', "scale = ", "“number” takes no “scale”"),
            ('id = "steps"', 'id = "faces"', 'id = "faces"', "scale of the program itself"),
            ("last = 2", "last = 20", "last = 20", "2 to 11"),
            ("last = 2", "last = -2", "last = -2", "2 to 11"),
            ("last = 2", 'last = "2"', "last = ", "whole number"),
            ("last = 2", "last = 2\nfaces = true", "first = -2", "from 1 to 5"),
            ("last = 2", "last = 2\nname = 1", "name = 1", "not a key that belongs here"),
            ('low.nl = "minder"', "", "low.de", "“nl” is missing"),
            ("[[scales]]", "[scales]", "[scales]", "double brackets"),
        ],
    )
    def test_a_mistake_in_a_scale_is_named_with_its_line(self, old, new, where, named):
        source = changed((old, new), source=SCALED)
        line = line_of(source, where)
        if where == 'kind = "scale"':
            line -= 2  # what is missing is missed in the question as a whole
        found = mistakes(source)
        assert [reason for at, reason in found if at == line and named in reason], (line, found)


NUMBER = changed(('id = "how"', 'id = "how"\nkind = "number"\nleast = 0\nmost = 24\nstep = 0.5'))
RATING = changed(('id = "how"', 'id = "how"\nkind = "rating"\ndomain = "L04"'))


class TestNumbersAndRatings:
    def test_a_number_has_bounds(self):
        question = built(NUMBER).sections[0].questions[0]
        assert (question.least, question.most, question.step) == (0, 24, 0.5)

    def test_a_rating_belongs_to_a_life_domain(self):
        assert built(RATING).sections[0].questions[0].domain == "L04"

    @pytest.mark.parametrize(
        ("source", "old", "new", "where", "named"),
        [
            (NUMBER, "least = 0", "least = 25", "least", "more than “most”"),
            (NUMBER, "least = 0", 'least = "0"', "least", "must be a number"),
            (NUMBER, "least = 0", "least = true", "least", "must be a number"),
            (NUMBER, "most = 24", "most = inf", "most", "must be a number"),
            (NUMBER, "most = 24", f"most = 0x{'f' * 400}", "most", "must be a number"),
            (NUMBER, "step = 0.5", "step = 0", "step", "more than 0"),
            (NUMBER, 'kind = "number"', 'kind = "date"', "step", "“date” takes no “step”"),
            (RATING, 'domain = "L04"', "", "[[sections.questions]]", "“domain” is missing"),
            (RATING, '"L04"', '"L40"', "L40", "no life domain “L40”"),
            (RATING, '"L04"', '"L13"', "L13", "L13 is a sensitive life domain"),
            (RATING, 'kind = "rating"', 'kind = "text"', 'domain = "L04"', "takes no “domain”"),
        ],
    )
    def test_a_mistake_is_named_with_its_line(self, source, old, new, where, named):
        source = changed((old, new), source=source)
        line = line_of(source, where)
        found = mistakes(source)
        assert [reason for at, reason in found if at == line and named in reason], (line, found)

    def test_a_sensitive_domain_may_be_rated_where_permission_is_asked(self):
        source = changed(
            ('"L04"', '"L13"'), ('id = "first"', 'id = "first"\nsensitive = true'), source=RATING
        )
        assert built(source).sections[0].questions[0].domain == "L13"
