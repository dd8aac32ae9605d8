"""What is next with somebody: the agreed conversation and the steps that wait, nearest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from caseworker_app.domain.case_view import GoalCard
from caseworker_app.domain.goals import GoalStatus, Step
from caseworker_app.domain.talk import Conversation
from caseworker_app.i18n import _
from ui import theme
from ui.widgets.boxes import Card
from ui.widgets.buttons import button
from ui.widgets.day_words import due_words, moment_words
from ui.widgets.layout import column, flow, line, row
from ui.widgets.not_held_words import offer_words
from ui.widgets.round_check import RoundCheck
from ui.widgets.text import Text, isolated

FEW = 6


def open_steps(goals: Sequence[GoalCard]) -> list[Step]:
    """The steps that wait, the nearest first; those of goals put aside do not."""
    waiting = [
        step
        for card in goals
        if card.goal.status is GoalStatus.OPEN
        for step in card.steps
        if step.what and step.done_on is None
    ]
    return sorted(waiting, key=lambda step: step.due or date.max)


class WhatIsNext(Card):
    """`done` carries a step that was taken, `not_held` the talk that does not take place."""

    done = Signal(object)
    not_held = Signal(object)

    def __init__(self, talk: Conversation | None, steps: Sequence[Step], now: datetime) -> None:
        super().__init__(gap=8, margin=14)
        today = now.astimezone().date()
        if talk and talk.planned_for:
            cancel = button(offer_words(talk, now), small=True)
            cancel.clicked.connect(lambda _on=False: self.not_held.emit(talk))
            self._add(_talk_row(talk, today, cancel))
        for step in steps[:FEW]:
            self._add(self._step_row(step, today))
        if not self.body.count():
            self._add(row(Text(_("Nothing is agreed at the moment."), colour="text_2")))

    def _add(self, made: QHBoxLayout) -> None:
        if self.body.count():
            self.body.addWidget(line())
        self.body.addLayout(made)

    def _step_row(self, step: Step, today: date) -> QHBoxLayout:
        check = RoundCheck(step.what)
        check.clicked.connect(lambda _on: self.done.emit(step))
        when = due_words(step.due, today) if step.due else _("no day yet")
        who = isolated(step.who) if step.who else ""
        late = step.due is not None and step.due <= today
        second = Text(", ".join(part for part in (who, when) if part), "meta")
        if late:
            second.set_colour("warn_ink")
        return _row(check, step.what, second)


def _talk_row(talk: Conversation, today: date, cancel: QWidget) -> QHBoxLayout:
    assert talk.planned_for is not None
    picture = QLabel()
    picture.setPixmap(theme.pixmap("calendar", "text_2", 20))
    picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
    picture.setMinimumSize(theme.current().px(40), theme.current().px(44))
    words = _("Conversation")
    if talk.place:
        words = _("Conversation: {place}").format(place=isolated(talk.place))
    below = flow(cancel)
    below.setContentsMargins(0, theme.current().space(6), 0, theme.current().space(4))
    return _row(picture, words, Text(moment_words(talk.planned_for, today), "meta"), below)


def _row(first: QWidget, words: str, *below: QWidget) -> QHBoxLayout:
    layout = row(first, column(None, Text(words, "bodym"), *below, None, gap=0), gap=8)
    layout.setAlignment(first, Qt.AlignmentFlag.AlignTop)
    layout.setStretch(1, 1)
    return layout
