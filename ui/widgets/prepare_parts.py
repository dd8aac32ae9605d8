"""The parts of the page to prepare with: each a few lines that can be read while walking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from caseworker_app.domain.case_view import GoalCard
from caseworker_app.domain.goals import Step
from caseworker_app.domain.guide import Section
from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.prepare import LONG
from caseworker_app.domain.talk import (
    NUMBERS,
    Conversation,
    Rating,
    Statement,
    WantsChange,
)
from caseworker_app.i18n import _, beginning, ngettext, texts, translated
from ui import theme
from ui.widgets.boxes import VoiceBox
from ui.widgets.chips import Chip
from ui.widgets.day_words import day_words
from ui.widgets.drawings import picture
from ui.widgets.layout import Item, column, row
from ui.widgets.not_held_words import not_held_words
from ui.widgets.people_words import last_talk_on, months_without
from ui.widgets.said_words import mark_words
from ui.widgets.talk_words import talk_facts, who_was_there
from ui.widgets.text import Elided, IconText, Text, isolated
from ui.widgets.tracks import BeforeAfter

FACE_COUNT = 5


def agreed(goals: Sequence[GoalCard], today: date) -> QVBoxLayout:
    """The open goals in their own words, each with the steps that wait."""
    parts: list[Item] = []
    for card in goals:
        words = texts().quoted(card.goal.words) if card.goal.words else _("Goal without words yet")
        title = IconText("target", words, "bodyb", icon_colour="person")
        steps = [_step(step, "circle", when_words(step, today)) for step in card.steps]
        parts.append(column(title, *steps, gap=8))
    return column(*parts, gap=16)


def taken(steps: Sequence[Step], today: date) -> QVBoxLayout:
    """What was done since the last talk: the first thing to be glad about."""
    rows = [_step(step, "check", _done_words(step, today)) for step in steps]
    return column(*rows, gap=8)


def when_words(step: Step, today: date) -> str:
    """Whose step it is and by when; one that is late is said kindly."""
    if step.due is None:
        when = _("no day yet")
    elif step.due < today:
        when = _("was meant for {day}").format(day=day_words(step.due, today))
    elif step.due == today:
        when = _("today")
    else:
        when = _("by {day}").format(day=texts().weekday(step.due))
    who = isolated(step.who) if step.who else _("nobody yet")
    return f"{who} · {when}"


def topics(parked: Sequence[Section], tag: str) -> QVBoxLayout:
    """Topics that were left for another time."""
    rows = []
    for one in parked:
        sign = picture(pictogram=one.pictogram, size=22)
        line = row(sign, Text(one.title.to(tag), "bodym"), gap=10)
        line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        rows.append(line)
    return column(*rows, gap=8)


def voices(said: Sequence[tuple[Statement, str]]) -> QVBoxLayout:
    """What was said, by whom."""
    boxes = [
        VoiceBox(one.voice, one.words, isolated(who), mark_words(one.marks), small=True)
        for one, who in said
    ]
    return column(*boxes, gap=8)


class Wishes(QWidget):
    """One line for each life domain where a change is wanted, with the number as it was given."""

    def __init__(self, ratings: Sequence[Rating]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.current().space(12))
        grid.setVerticalSpacing(theme.current().space(4))
        grid.setColumnStretch(2, 1)
        for place, rating in enumerate(ratings):
            domain = BY_ID.get(rating.domain)
            name = translated(domain.short) if domain else rating.domain
            if domain:
                grid.addWidget(picture(pictogram=domain.pictogram, size=22), place, 0)
            words = Elided(name)
            words.setMinimumWidth(theme.current().px(90))
            grid.addWidget(words, place, 1)
            grid.addWidget(_seen(name, rating), place, 2)
            if rating.wants_change is WantsChange.LATER:
                grid.addWidget(Chip(_("later")), place, 3)


def last_time(talk: Conversation, months: int, today: date) -> QVBoxLayout:
    """How long ago the last conversation was, when and where, and who was in the room."""
    assert talk.started is not None
    day = talk.started.astimezone().date()
    title = Text(last_talk_on(day, today), "bodym")
    if months >= LONG:
        title = Text(months_without(months), "bodyb", colour="warn_ink")
    parts = (beginning(texts().weekday_year(day)), talk_facts(talk))
    lines = [Text(" · ".join(part for part in parts if part), "meta")]
    if there := who_was_there(talk):
        lines.append(Text(there, "meta"))
    return column(title, *lines, gap=3)


def did_not_take_place(talks: Sequence[Conversation], name: str, today: date) -> QVBoxLayout:
    """The appointments since the last conversation, as they were; nobody is to blame."""
    title = ngettext(
        "The last appointment did not take place.",
        "The last {count} appointments did not take place.",
        len(talks),
    )
    lines = [Text(title, "bodym")]
    for talk in reversed(talks):
        on = talk.planned_for
        day = day_words(on.astimezone().date(), today) if on else ""
        parts = (beginning(day), not_held_words(talk, name))
        lines.append(Text(" · ".join(part for part in parts if part), "meta"))
    return column(*lines, gap=3)


def _step(step: Step, icon: str, more: str) -> QHBoxLayout:
    colour = "person" if icon == "check" else "text_3"
    sign = picture(icon, colour=colour, size=20)
    line = row(sign, column(Text(step.what), Text(more, "meta"), gap=0), gap=10)
    line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
    line.setStretch(1, 1)
    return line


def _done_words(step: Step, today: date) -> str:
    day = day_words(step.done_on, today) if step.done_on else ""
    return " · ".join(part for part in (isolated(step.who) if step.who else "", day) if part)


def _seen(name: str, rating: Rating) -> QWidget:
    if rating.scale == NUMBERS or rating.satisfaction is None:
        missing = "" if rating.satisfaction is not None else _("no number yet")
        return BeforeAfter(name, rating.satisfaction, missing=missing)
    return Text(_("face {number} of {most}").format(number=rating.satisfaction, most=FACE_COUNT))
