"""What the guides that ship say, read as strictly as somebody who hears it at the kitchen table."""

import re
from collections import defaultdict

import pytest

from caseworker_app.content import guides
from caseworker_app.domain.guide import Guide, Question, Words, form

ALL = guides.all_guides()
EACH = pytest.mark.parametrize("guide", ALL, ids=lambda guide: guide.id)

POLITE = {
    "de": re.compile(r"\b(Sie|Ihnen|Ihre?[mnrs]?)\b"),
    "nl": re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE),
}
FAMILIAR = {
    "de": re.compile(r"\b(du|dir|dich|dein(e[mnrs]?)?)\b", re.IGNORECASE),
    "nl": re.compile(r"\b(je|jij|jou|jouw|jezelf)\b", re.IGNORECASE),
}
QUOTED = re.compile(r"„[^“]*“|‘[^’]*’")
WORD = re.compile(r"\w+(?:[-’]\w+)*")
LONGEST_PLAIN_SENTENCE = 12

ASKS_HOW_TO_ADDRESS = "form-of-address"

CLOSING = ("small-step", "who-does-what", "if-not", "talk-again", "this-talk")

SAID_OTHERWISE = {
    "enjoyed-work": "somebody who comes from school may never have worked",
    "gave-strength": "the yearly talk looks back on the year",
    "way-to-work": "young people go to school as well",
    "who-joins": "one guide asks it for today, one for the next time",
    "work-to-try": "young people try out two occupations",
}
"""The same thing, asked in other words: only where the place needs it, and why."""


def questions(guide: Guide) -> list[Question]:
    return [question for section in guide.sections for question in section.questions]


def heard(guide: Guide) -> list[tuple[str, Words]]:
    """Everything the participant hears or reads, each with the place where it stands."""
    found = [("title", guide.title)]
    for section in guide.sections:
        found.append((section.id, section.title))
        for question in section.questions:
            found.append((question.id, question.text))
            found += [(f"{question.id}/{option.id}", option.text) for option in question.options]
    return found


def given(words: Words, language: str) -> dict[str, str]:
    """The forms in which a text is really given in a language, without what they fall back to."""
    return {tag: text for tag, text in words.by_language if tag.partition("-")[0] == language}


def spoken(guide: Guide) -> list[tuple[str, str, dict[str, str]]]:
    """Place, language and given forms of all that addresses the participant in one way only."""
    return [
        (place, language, given(words, language))
        for place, words in heard(guide)
        for language in ("de", "nl")
        if place.partition("/")[0] != ASKS_HOW_TO_ADDRESS
    ]


def for_the_coach(guide: Guide) -> list[tuple[str, Words]]:
    hints = [(question.id, question.hint) for question in questions(guide)]
    return [("purpose", guide.purpose), ("never", guide.never), *hints]


def sentences(text: str) -> list[list[str]]:
    return [WORD.findall(sentence) for sentence in re.split(r"[.?!]", text)]


def test_there_are_seven_guides_to_read():
    assert sorted(guide.id for guide in ALL) == [
        "ankommen",
        "berufsorientierung",
        "beschut-werk",
        "ganzes-leben",
        "leefgebieden",
        "meedoen",
        "teilhabe-arbeit",
    ]
    assert guides.broken_guides() == ()


@EACH
def test_whoever_is_addressed_politely_can_be_addressed_familiarly_too(guide):
    lacking = [
        (place, polite)
        for place, language, forms in spoken(guide)
        for polite, familiar in (
            (form(language), form(language, informal=True)),
            (form(language, plain=True), form(language, plain=True, informal=True)),
        )
        if POLITE[language].search(forms.get(polite, "")) and familiar not in forms
    ]
    assert lacking == []


@EACH
def test_a_familiar_text_is_familiar_all_through_and_no_other_text_is(guide):
    mixed = [
        (place, tag, text)
        for place, language, forms in spoken(guide)
        for tag, text in forms.items()
        if (POLITE if tag.endswith("informal") else FAMILIAR)[language].search(text)
    ]
    assert mixed == []


@EACH
def test_a_form_of_its_own_says_something_of_its_own(guide):
    idle = []
    for place, words in heard(guide):
        for tag, text in words.by_language:
            without = Words(tuple(pair for pair in words.by_language if pair[0] != tag))
            if "-" in tag and without.to(tag) == text:
                idle.append((place, tag))
    assert idle == []


@EACH
def test_plain_questions_have_short_sentences(guide):
    long = [
        (question.id, " ".join(words))
        for question in questions(guide)
        for language in ("de", "nl")
        for informal in (False, True)
        for words in sentences(question.text.to(form(language, plain=True, informal=informal)))
        if len(words) > LONGEST_PLAIN_SENTENCE
    ]
    assert long == []


def asked_everywhere() -> dict[str, list[Question]]:
    found = defaultdict(list)
    for guide in ALL:
        for question in questions(guide):
            found[question.id].append(question)
    return {concept: asked for concept, asked in found.items() if len(asked) > 1}


def test_the_same_thing_is_answered_in_the_same_way_in_every_guide():
    differing = [
        concept
        for concept, asked in asked_everywhere().items()
        if len({(q.kind, q.scale, tuple(option.id for option in q.options)) for q in asked}) > 1
    ]
    assert differing == []


def test_the_same_thing_counts_as_a_strength_in_every_guide_or_in_none():
    differing = [
        concept
        for concept, asked in asked_everywhere().items()
        if len({question.strength for question in asked}) > 1
    ]
    assert differing == []


def test_the_same_thing_is_asked_in_the_same_words_unless_the_place_needs_others():
    differing = {
        concept
        for concept, asked in asked_everywhere().items()
        if len({(q.text, tuple(option.text for option in q.options)) for q in asked}) > 1
    }
    assert differing == set(SAID_OTHERWISE)


@EACH
def test_the_coach_finds_a_hint_for_every_question_and_reads_what_is_never_asked(guide):
    silent = [
        (place, language)
        for place, words in for_the_coach(guide)
        for language in ("de", "nl")
        if not words.speaks(language)
    ]
    assert silent == []


@EACH
def test_the_coach_is_addressed_politely(guide):
    familiar = [
        (place, text)
        for place, words in for_the_coach(guide)
        for language, text in words.by_language
        if FAMILIAR[language].search(QUOTED.sub("", text))
    ]
    assert familiar == []


@EACH
def test_the_talk_ends_with_an_agreement_and_with_how_it_was(guide):
    closing = guide.sections[-1]
    asked = [question.id for question in closing.questions]
    assert closing.closing
    assert not closing.sensitive
    assert [concept for concept in asked if concept in CLOSING] == list(CLOSING)
    assert asked[-1] == "this-talk"


@EACH
def test_who_may_be_talked_to_is_asked_of_everybody(guide):
    """A no to a sensitive topic must not take this question away, nor may a condition."""
    for section in guide.sections:
        for question in section.questions:
            if question.id == "may-talk-with":
                assert not section.sensitive
                assert section.when is None
                assert question.when is None


def test_a_no_to_money_or_health_takes_no_harmless_topic_away():
    harmless = {f"L{number:02d}" for number in range(1, 11)}
    bundled = [
        (guide.id, section.id)
        for guide in ALL
        for section in guide.sections
        if section.sensitive and harmless & set(section.domains)
    ]
    assert bundled == []


@EACH
def test_the_participant_can_read_all_of_it_in_english(guide):
    assert "en" in guide.participant_languages
    assert [place for place, words in heard(guide) if not words.speaks("en")] == []


@EACH
def test_every_text_is_set_cleanly(guide):
    careless = re.compile(r"""["']|  |\s$|^\s|\s[?.,;:!]""")
    untidy = [
        (place, tag, text)
        for place, words in (*heard(guide), *for_the_coach(guide))
        for tag, text in words.by_language
        if careless.search(text)
    ]
    assert untidy == []


@EACH
def test_dutch_keeps_to_one_way_of_saying_have(guide):
    """Both "u hebt" and "u heeft" are good Dutch; changing between them is not."""
    other = re.compile(r"\bu heeft\b|\bheeft u\b", re.IGNORECASE)
    mixed = [
        (place, text)
        for place, words in (*heard(guide), *for_the_coach(guide))
        for text in given(words, "nl").values()
        if other.search(text)
    ]
    assert mixed == []
