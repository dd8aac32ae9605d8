"""Conditions in a guide file: what they mean, and every way in which they can go wrong."""

from __future__ import annotations

import pytest

from caseworker_app.content.guide_file import build
from caseworker_app.domain.condition import (
    All,
    Answered,
    Any,
    Condition,
    Includes,
    Is,
    MoreThan,
    Not,
)
from caseworker_app.domain.guide import Guide
from tests.guide_texts import line_of

HEAD = """\
id = "tiny"
version = 1
languages = ["de"]
title.de = "Kurz"
purpose.de = "Ein Versuch."
"""

SECTION = """
[[sections]]
id = "{id}"
pictogram = "L01_day"
title.de = "Teil"
"""

QUESTION = """
[[sections.questions]]
id = "{id}"
text.de = "Frage?"
"""

OPTIONS = """
[[sections.questions.options]]
id = "bus"
text.de = "Bus"
[[sections.questions.options]]
id = "bike"
text.de = "Rad"
"""


def question(name: str, kind: str = "talk", more: str = "") -> str:
    options = OPTIONS if kind.startswith("choice") else ""
    return f'{QUESTION.format(id=name)}kind = "{kind}"\n{more}\n{options}'


FIRST = "".join(
    (
        HEAD,
        SECTION.format(id="one"),
        question("told"),
        question("work", "yes_no"),
        question("way", "choice"),
        question("ways", "choices"),
        question("hours", "number"),
        question("day", "date"),
        question("well", "scale", 'scale = "0-10"'),
        question("home", "rating", 'domain = "L07"'),
        SECTION.format(id="two"),
    )
)

LAST = question("last") + SECTION.format(id="three") + question("later", "yes_no")


def with_condition(condition: str) -> str:
    """A guide whose question "asking" has this condition, after a question of every kind."""
    return FIRST + question("asking", more=f"when = {condition}") + LAST


def guide_of(source: str) -> Guide:
    guide, problems = build("tiny/1.toml", source)
    assert [(problem.line, problem.reason) for problem in problems] == []
    assert guide
    return guide


def mistakes(source: str) -> list[tuple[int, str]]:
    guide, problems = build("tiny/1.toml", source)
    assert guide is None
    return [(problem.line, problem.reason) for problem in problems]


MEANT: list[tuple[str, Condition]] = [
    ('{ question = "work", is = "yes" }', Is("work", "yes")),
    ('{ question = "way", is = "bus" }', Is("way", "bus")),
    ('{ question = "hours", is = 5 }', Is("hours", "5")),
    ('{ question = "hours", is = 5.0 }', Is("hours", "5")),
    ('{ question = "hours", is = "5.5" }', Is("hours", "5.5")),
    ('{ question = "day", is = 2026-11-23 }', Is("day", "2026-11-23")),
    ('{ question = "well", is = 10 }', Is("well", "10")),
    ('{ question = "ways", includes = "bike" }', Includes("ways", "bike")),
    ('{ question = "told", answered = true }', Answered("told")),
    ('{ question = "hours", more_than = 2.5 }', MoreThan("hours", 2.5)),
    ('{ question = "home", more_than = 5 }', MoreThan("home", 5)),
    (
        '{ all = [{ question = "work", is = "no" }, { not = { question = "way", is = "bus" } }] }',
        All((Is("work", "no"), Not(Is("way", "bus")))),
    ),
    (
        '{ any = [{ question = "told", answered = true }] }',
        Any((Answered("told"),)),
    ),
]


@pytest.mark.parametrize(("text", "meant"), MEANT)
def test_what_stands_in_the_file_is_what_is_meant(text, meant):
    assert guide_of(with_condition(text)).sections[1].questions[0].when == meant


def test_a_condition_may_stand_below_its_own_heading():
    source = (
        FIRST + question("asking") + '[sections.questions.when]\nquestion = "work"\nis = "yes"\n'
    )
    assert guide_of(source + LAST).sections[1].questions[0].when == Is("work", "yes")


def test_a_whole_section_may_wait_for_an_answer():
    source = FIRST + 'when = { question = "work", is = "yes" }\n' + LAST
    assert guide_of(source).sections[1].when == Is("work", "yes")


MISTAKES = [
    ('{ question = "wrok", is = "yes" }', "no question “wrok”. The nearest one is “work”"),
    ('{ question = "asking", is = "yes" }', "cannot depend on its own answer"),
    ('{ question = "later", is = "yes" }', "“later” comes later"),
    ('{ question = "told", is = "yes" }', "“is” does not fit “told”, which is of the kind “talk”"),
    ('{ question = "ways", is = "bus" }', "of the kind “choices”"),
    ('{ question = "way", includes = "bus" }', "“includes” does not fit “way”"),
    ('{ question = "work", more_than = 1 }', "“more_than” does not fit “work”"),
    ('{ question = "work", is = "ja" }', "“yes” or “no”, not with “ja”"),
    ('{ question = "way", is = "bsu" }', "no option “bsu”. The nearest one is “bus”"),
    ('{ question = "ways", includes = "car" }', "“ways” has no option “car”"),
    ('{ question = "hours", is = "many" }', "“many” cannot be an answer to “hours”"),
    ('{ question = "hours", is = "nan" }', "cannot be an answer"),
    ('{ question = "well", is = 11 }', "“11” cannot be an answer to “well”"),
    ('{ question = "day", is = "23.11.2026" }', "“23.11.2026” cannot be an answer to “day”"),
    ('{ question = "told", answered = false }', "put it under “not”"),
    ('{ question = "hours", more_than = "5" }', "must be a number"),
    ('{ question = "hours", is = true }', "in quotation marks"),
    ('{ question = 5, is = "yes" }', "in quotation marks"),
    ('{ question = "work", is = "yes", answered = true }', "holds either one of"),
    ('{ question = "work" }', "holds either one of"),
    ('{ is = "yes" }', "holds either one of"),
    ("{ }", "holds either one of"),
    ('{ question = "work", equals = "yes" }', "“equals” is not a key that belongs here"),
    ("{ all = [] }", "holds no condition"),
    ("{ all = true }", "“all” must be a list"),
    ('{ any = ["work"] }', "curly brackets"),
    ('{ not = "work" }', "curly brackets"),
    ('"work"', "curly brackets"),
]


@pytest.mark.parametrize(("condition", "named"), MISTAKES)
def test_a_mistake_in_a_condition_is_named_with_its_line(condition, named):
    source = with_condition(condition)
    ((line, reason),) = mistakes(source)
    assert (line, named in reason) == (line_of(source, "when = "), True), reason


def test_each_mistake_in_a_long_condition_stands_on_its_own_line():
    condition = """{ all = [
        { question = "work", is = "yes" },
        { not = { question = "nobody", answered = true } },
        { any = [
            { question = "hours", more_than = 1 },
            { question = "way", is = "car" },
        ] },
    ] }"""
    source = with_condition(condition)
    assert [line for line, _reason in mistakes(source)] == [
        line_of(source, "nobody"),
        line_of(source, "car"),
    ]


def test_a_section_cannot_wait_for_what_is_asked_in_it():
    source = FIRST + 'when = { question = "last", answered = true }\n' + LAST
    ((line, reason),) = mistakes(source)
    assert line == line_of(source, "when = ")
    assert reason == "“last” is asked in this section, so the section cannot need it."


def test_a_section_cannot_wait_for_a_later_one():
    source = FIRST + 'when = { question = "later", is = "yes" }\n' + LAST
    assert "“later” comes later" in mistakes(source)[0][1]


class TestACircle:
    def test_two_questions_that_wait_for_each_other_are_both_named(self):
        source = FIRST + "".join(
            (
                question("a", "yes_no", 'when = { question = "b", is = "yes" }'),
                question("b", "yes_no", 'when = { question = "a", is = "yes" }'),
            )
        )
        ((line, reason),) = mistakes(source)
        assert line == line_of(source, 'when = { question = "b"')
        assert reason.startswith("These questions wait for each other")
        assert "“a”" in reason
        assert "“b”" in reason

    def test_it_may_lead_through_a_section(self):
        source = FIRST + "".join(
            (
                'when = { question = "b", is = "yes" }\n',
                question("a", "yes_no"),
                SECTION.format(id="four"),
                question("b", "yes_no", 'when = { question = "a", is = "yes" }'),
            )
        )
        ((line, reason),) = mistakes(source)
        assert line == line_of(source, 'when = { question = "b"')
        assert "wait for each other" in reason

    def test_two_thousand_questions_in_a_circle_are_named_shortly(self):
        names = [f"q-{number}" for number in range(2000)]
        source = FIRST + "".join(
            question(name, "yes_no", f'when = {{ question = "{names[number - 1]}", is = "yes" }}')
            for number, name in enumerate(names)
        )
        ((line, reason),) = mistakes(source)
        assert line == line_of(source, 'when = { question = "q-1999"')
        assert len(reason) < 200


class TestDepth:
    @pytest.mark.parametrize("depth", [100, 1000, 100_000])
    def test_brackets_in_brackets_never_end_the_program(self, depth):
        inner = '{ question = "work", is = "yes" }'
        source = with_condition("{ not = " * depth + inner + " }" * depth)
        assert "nested" in mistakes(source)[0][1]

    def test_a_thousand_dots_neither(self):
        dots = "not." * 1000
        source = FIRST + question("asking", more=f'when.{dots}question = "work"') + LAST
        ((line, reason),) = mistakes(source)
        assert line == line_of(source, "when.")
        assert "far too many dots" in reason

    def test_twenty_are_enough_for_everybody(self):
        deep = "{ not = " * 19 + '{ question = "work", is = "yes" }' + " }" * 19
        assert guide_of(with_condition(deep))
        source = with_condition(f"{{ not = {deep} }}")
        ((line, reason),) = mistakes(source)
        assert line == line_of(source, "when = ")
        assert "more than 20 deep" in reason


class TestSize:
    def test_a_guide_of_two_thousand_questions_works(self):
        source = FIRST + "".join(
            question(
                f"q-{number}",
                "yes_no",
                f'when = {{ question = "q-{number - 1}", is = "yes" }}' if number else "",
            )
            for number in range(2000)
        )
        assert len(guide_of(source).sections[1].questions) == 2000

    def test_a_guide_of_one_megabyte_works(self):
        words = "Lorem ipsum dolor sit amet. " * 40_000
        source = with_condition("{ question = 'work', is = 'yes' }").replace("Frage?", words, 1)
        assert len(source) > 1_000_000
        assert guide_of(source).sections[0].questions[0].text.to("de") == words.strip()
