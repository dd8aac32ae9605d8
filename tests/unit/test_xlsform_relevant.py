"""The conditions of forms: what a guide can say too is taken over, and all else is named."""

from __future__ import annotations

import pytest

from caseworker_app.content.xlsform_conditions import Asked, write
from caseworker_app.content.xlsform_relevant import DEEPEST, NotUnderstood, read
from caseworker_app.domain.condition import (
    All,
    Answered,
    Any,
    Includes,
    Is,
    MoreThan,
    Not,
    holds,
)
from caseworker_app.domain.guide import QuestionKind as Kind

ASKED = {
    one.name: one
    for one in (
        Asked("work", "work", Kind.CHOICE, {"full-time": "full_time", "none": "none"}),
        Asked("kids", "kids", Kind.YES_NO, {"yes": "ja", "no": "nein"}),
        Asked("help", "help", Kind.CHOICES, {"letters": "letters", "home": "home"}),
        Asked("age", "age", Kind.NUMBER, {}, whole=True),
        Asked("hours", "hours", Kind.NUMBER, {}),
        Asked("mood", "mood", Kind.SCALE, {}, whole=True),
        Asked("since", "since", Kind.DATE, {}),
        Asked("name", "name", Kind.TEXT, {}),
    )
} | {"place": None}
BY_ID = {one.id: one for one in ASKED.values() if one}

UNDERSTOOD = {
    "${work} = 'full_time'": Is("work", "full-time"),
    '${work}="full_time"': Is("work", "full-time"),
    "'full_time' = ${work}": Is("work", "full-time"),
    "${work} != 'none'": Not(Is("work", "none")),
    "${kids} = 'ja'": Is("kids", "yes"),
    "${kids} = ‘nein’": Is("kids", "no"),
    "selected(${kids}, 'ja')": Is("kids", "yes"),
    "selected(${help}, 'home')": Includes("help", "home"),
    "selected( ${help} ,'home' )": Includes("help", "home"),
    "not(selected(${help}, 'home'))": Not(Includes("help", "home")),
    "${age} > 17": MoreThan("age", 17),
    "17 < ${age}": MoreThan("age", 17),
    "${age} >= 18": MoreThan("age", 17),
    "${age} < 18": All((Answered("age"), Not(MoreThan("age", 17)))),
    "${age} <= 17": All((Answered("age"), Not(MoreThan("age", 17)))),
    "${age} = 18": Is("age", "18"),
    "${age} = '18'": Is("age", "18"),
    "${age} = 18.0": Is("age", "18"),
    "${age} > -2.5": MoreThan("age", -2.5),
    "${hours} >= 8": Any((MoreThan("hours", 8), Is("hours", "8"))),
    "${hours} < .5": All(
        (Answered("hours"), Not(Any((MoreThan("hours", 0.5), Is("hours", "0.5")))))
    ),
    "${mood} <= 3": All((Answered("mood"), Not(MoreThan("mood", 3)))),
    "${since} = '2026-01-31'": Is("since", "2026-01-31"),
    "${since} = date('2026-01-31')": Is("since", "2026-01-31"),
    "${name} != ''": Answered("name"),
    "${name} = ''": Not(Answered("name")),
    "string-length(${name}) > 0": Answered("name"),
    "count-selected(${help}) >= 1": Answered("help"),
    "count-selected(${help}) = 0": Not(Answered("help")),
    "${age} > 1 and ${age} > 2 and ${name} != ''": All(
        (MoreThan("age", 1), MoreThan("age", 2), Answered("name"))
    ),
    "${age} > 1 or ${age} > 2 and ${name} != ''": Any(
        (MoreThan("age", 1), All((MoreThan("age", 2), Answered("name"))))
    ),
    "(${age} > 1 or ${age} > 2) and ${name} != ''": All(
        (Any((MoreThan("age", 1), MoreThan("age", 2))), Answered("name"))
    ),
    "(${age} > 1)or(${age} > 2)": Any((MoreThan("age", 1), MoreThan("age", 2))),
    "${age} > 1\nand\n${age} > 2": All((MoreThan("age", 1), MoreThan("age", 2))),
    "not(${age} > 1) and true()": All((Not(MoreThan("age", 1)),)),
    "true()": None,
    "${nobody} = 'x'": Answered("nobody"),
}

BEYOND = [
    "${work} = ${kids}",
    "${age} + 1 > 18",
    "${age} mod 2 = 0",
    "${name} = 'Anna'",
    "${help} = 'home'",
    "count-selected(${help}) > 1",
    "regex(${name}, '[a-z]+')",
    "${work} > 'a'",
    "${since} > date('2026-01-01')",
    "${since} > today()",
    "${place} != ''",
    "${age} > 1 and ${place} = 1",
    "../age > 17",
    "/data/age > 17",
    "${last-saved#age} > 17",
    "if(${age} > 1, true(), false())",
    "coalesce(${age}, 0) > 1",
    "false()",
    "${age} > 1 or true()",
    "1 = 1",
    "${age}",
    "${age} >",
    "(${age} > 1",
    "${age} > 1)",
    "${age} > 1 ${age} > 2",
    "${age} > inf",
    "selected('home', ${help})",
    "selected(${help})",
    "not",
    "'",
    "${",
    "= 1",
    "and",
    "(" * 500 + "${age} > 1" + ")" * 500,
    "not(" * 2000,
]


@pytest.mark.parametrize("expression", UNDERSTOOD)
def test_what_a_guide_can_say_too_is_taken_over(expression):
    assert read(expression, ASKED) == UNDERSTOOD[expression]


@pytest.mark.parametrize("expression", BEYOND, ids=lambda text: text[:30])
def test_what_a_guide_cannot_say_is_not_understood(expression):
    with pytest.raises(NotUnderstood):
        read(expression, ASKED)


@pytest.mark.parametrize("expression", [one for one in UNDERSTOOD if UNDERSTOOD[one]])
def test_a_condition_that_is_written_is_read_as_the_same(expression):
    condition = UNDERSTOOD[expression]
    if condition != Answered("nobody"):
        assert read(write(condition, BY_ID), ASKED) == condition


def test_brackets_may_be_nested_as_deep_as_anybody_would():
    deep = DEEPEST - 1
    assert read("(" * deep + "${age} > 1" + ")" * deep, ASKED) == MoreThan("age", 1)


@pytest.mark.parametrize(
    ("expression", "answer", "asked"),
    [
        ("${age} < 18", "17", True),
        ("${age} < 18", "18", False),
        ("${age} < 18", None, False),
        ("${age} >= 18", "18", True),
        ("${age} >= 18", "17", False),
        ("${age} >= 18", None, False),
        ("${hours} <= 7.5", "7.5", True),
        ("${hours} <= 7.5", "7.6", False),
        ("${hours} >= 7.5", "7.5", True),
        ("${work} != 'none'", None, True),
        ("${work} != 'none'", "none", False),
        ("${name} = ''", None, True),
    ],
)
def test_no_answer_counts_as_it_does_in_a_form(expression, answer, asked):
    name = expression[2 : expression.index("}")]
    given = {} if answer is None else {name: frozenset({answer})}
    assert holds(read(expression, ASKED), given) is asked
