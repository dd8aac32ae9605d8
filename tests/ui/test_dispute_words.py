"""Every field of every kind can be shown side by side, in every language, and never as a code."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid4

import pytest
from PySide6.QtWidgets import QWidget

from caseworker_app import i18n
from caseworker_app.content import guides
from caseworker_app.domain.disputes import Author, Dispute, Setting, Side
from caseworker_app.domain.goals import Goal
from caseworker_app.domain.kinds import KINDS
from caseworker_app.domain.people import Person
from caseworker_app.domain.talk import Answer, Rating, Statement, Voice
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from ui.forms.dispute_field import own_field
from ui.forms.dispute_side import SideCard, Sides
from ui.widgets import dispute_words as words
from ui.widgets.layout import column
from ui.widgets.value_words import choice_words, value_words

CASE, TODAY = uuid4(), date(2026, 11, 23)
MOMENT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
GUIDE = guides.guide("meedoen", 1)
QUESTION = GUIDE.sections[0].questions[0]
CODES = {
    "domain": ("L04", "L05"),
    "language": ("de", "nl"),
    "scale": ("0-10", "faces"),
    "section": (GUIDE.sections[0].id, GUIDE.sections[1].id),
    "question": (QUESTION.id, GUIDE.sections[1].questions[0].id),
    "guide": ("meedoen", "ankommen"),
}
GOALS = tuple(Goal(id=uuid4(), case=CASE, words=words) for words in ("One", "Another"))
FIELDS = [(kind, name) for kind, cls in KINDS.items() for name in cls.field_names()]


def two_values(kind: str, name: str) -> tuple[Any, Any]:
    """Two values that somebody could have written in this field."""
    if name in CODES:
        return CODES[name]
    hint = get_type_hints(KINDS[kind])[name]
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    if issubclass(hint, StrEnum):
        first, second, *_more = hint
        return first, second
    return {
        str: ("one text", "another text"),
        int: (3, 4),
        bool: (False, True),
        date: (date(2026, 12, 1), date(2026, 12, 4)),
        datetime: (MOMENT, MOMENT.replace(hour=11)),
        UUID: tuple(goal.id for goal in GOALS),
        bytes: (b"1", b"2"),
    }[hint]


def a_dispute(kind: str, name: str, **more: Any) -> Dispute:
    one, other = two_values(kind, name)
    mine = Author(uuid4(), "Femke de Boer", True, MOMENT)
    theirs = Author(uuid4(), "", False, MOMENT)
    about = KINDS[kind](id=uuid4(), case=CASE)
    if hasattr(about, "question"):
        about = replace(about, question=QUESTION.id)
    person = Person(id=uuid4(), case=CASE, given_name="Wim", family_name="Hoekstra")
    setting = Setting(
        "Femke de Boer", 1, GOALS[0], None, GUIDE, (GUIDE, guides.guide("ankommen", 1)), GOALS
    )
    sides = (Side(one, (mine,)), Side(other, (theirs,)))
    dispute = Dispute(person, about, name, sides, frozenset(), one, True, setting)
    return replace(dispute, **more)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_every_field_is_shown_in_words(kind: str, name: str, language: str):
    i18n.use(language)
    try:
        dispute = a_dispute(kind, name)
        for side in dispute.sides:
            said = value_words(dispute, name, side.value)
            assert said
            if name in CODES or isinstance(side.value, UUID):
                assert said != str(side.value)
        for one in (words.title_words, words.lead_words, words.where_words, words.history_words):
            assert one(dispute)
        assert "onfli" not in words.title_words(dispute) + words.lead_words(dispute)
        assert words.before_words(dispute)
        assert words.context_words(dispute) is not None
    finally:
        i18n.use("en")


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_every_field_can_be_chosen_and_offers_what_fits(kind: str, name: str, showing: Showing):
    dispute = a_dispute(kind, name)
    cards = [SideCard(dispute, side, TODAY) for side in dispute.sides]
    own = own_field(dispute, TODAY)
    page = QWidget()
    page.setLayout(column(Sides(cards), *([own] if own else [])))
    page.resize(900, 600)
    showing(page)
    assert problems(page) == []
    assert dispute.is_removal or (own is None) == _has_nothing_to_write(dispute)


CODED = {"language", "scale", "section", "question", "guide", "point", "pin"}
COUNTED = {"guide_version", "version", "number", "position", "size"}


def _has_nothing_to_write(dispute: Dispute) -> bool:
    """Codes, counts, ids and files; and where there are only two values, both are offered."""
    value = dispute.sides[0].value
    counted = isinstance(value, int) and dispute.field in COUNTED
    return dispute.field in CODED or counted or isinstance(value, bool | bytes | UUID)


def test_every_choice_has_words():
    for cls in KINDS.values():
        for hint in get_type_hints(cls).values():
            for part in (hint, *get_args(hint)):
                if isinstance(part, type) and issubclass(part, StrEnum):
                    assert all(choice_words(one) for one in part)


@pytest.mark.parametrize(
    ("about", "name", "own"),
    [
        (Statement(id=uuid4(), case=CASE, words="x"), "words", True),
        (Statement(id=uuid4(), case=CASE, words="x", voice=Voice.COACH), "words", False),
        (Statement(id=uuid4(), case=CASE, words="x", voice=Voice.THIRD), "words", False),
        (Rating(id=uuid4(), case=CASE), "reason", True),
        (Rating(id=uuid4(), case=CASE), "satisfaction", False),
        (Answer(id=uuid4(), case=CASE), "value", False),
    ],
)
def test_whose_words_they_are(about: Any, name: str, own: bool):
    assert words.is_own_words(a_dispute(about.kind, name, about=about)) is own


def test_the_name_of_a_partner_organisation_comes_with_the_name():
    author = Author(uuid4(), "Dunja Demir, De Deel", False, MOMENT)
    assert words.who_words(Side("x", (author,))) == "\u2068Dunja Demir, De Deel\u2069"
