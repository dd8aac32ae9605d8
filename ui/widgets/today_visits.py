"""The day as a line: the times at the left, a card for each visit beside, the next one open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.domain.goals import Step
from caseworker_app.domain.talk import Voice
from caseworker_app.domain.today import Visit, WriteUp
from caseworker_app.i18n import _
from ui import theme
from ui.widgets.boxes import Card, VoiceBox
from ui.widgets.buttons import button
from ui.widgets.chips import Chip, ChipTone
from ui.widgets.drawings import Avatar, painter_on
from ui.widgets.layout import clear, column, flow, row
from ui.widgets.menu_button import menu_button
from ui.widgets.not_held_words import offer_words
from ui.widgets.rail import PressableCard
from ui.widgets.round_check import RoundCheck
from ui.widgets.talk_words import begun_words
from ui.widgets.text import IconText, Text, isolated
from ui.widgets.today_words import (
    address,
    clock,
    in_a_while,
    kind_and_place,
    one_thing,
)

FEW_STEPS = 3
LATE = timedelta(hours=1)

When = tuple[str, ChipTone]


class DayLine(QWidget):
    """All but `ticked` carry a visit; that carries a step and whether it is done."""

    begun = Signal(object)
    opened = Signal(object)
    prepared = Signal(object)
    not_held = Signal(object)
    ticked = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self._body: QVBoxLayout = column(gap=0)
        self._first = True
        self.setLayout(self._body)

    def show_visits(
        self, visits: Sequence[Visit], now: datetime, *, times: bool, first: bool
    ) -> None:
        """Show the day. Without `times` at the left, each card says its own.

        Beginning the next one comes `first`, unless there is something to go on with.
        """
        clear(self._body)
        self._first = first
        following = next_visit(visits, now)
        for visit in visits:
            when = in_a_while(visit, now, with_clock=not times)
            is_next = visit is following
            made = self._open(visit, when, now) if is_next else self._closed(visit, when)
            card = column(made, margins=(0, 0, 0, 14))
            if not times:
                self._body.addLayout(card)
                continue
            mark = _Mark(
                visit, first=visit is visits[0], last=visit is visits[-1], now=visit is following
            )
            beside = row(mark, card, gap=12)
            beside.setStretch(1, 1)
            self._body.addLayout(beside)

    def _open(self, visit: Visit, when: When, now: datetime) -> QWidget:
        card = VisitCard(visit, when, now, first=self._first)
        card.begun.connect(lambda: self.begun.emit(visit))
        card.prepared.connect(lambda: self.prepared.emit(visit))
        card.opened.connect(lambda: self.opened.emit(visit))
        card.not_held.connect(lambda: self.not_held.emit(visit))
        card.ticked.connect(self.ticked)
        return card

    def _closed(self, visit: Visit, when: When) -> QWidget:
        person = visit.person
        said = column(Text(isolated(person.name), "h3"), Text(kind_and_place(visit), "meta"), gap=0)
        inside = row(Avatar(person.name, 40), said, gap=14, margins=(22, 14, 22, 14))
        inside.setStretch(1, 1)
        words, tone = when
        chip = Chip(words, "soon" if tone == "soon" else "fact")
        inside.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        name = _("{name}, {time}").format(name=person.name, time=clock(visit))
        card = PressableCard(name, inside)
        card.clicked.connect(lambda _on=False: self.opened.emit(visit))
        return card


class VisitCard(Card):
    """The next visit with all that is good to know before ringing the bell."""

    begun = Signal()
    prepared = Signal()
    opened = Signal()
    not_held = Signal()
    ticked = Signal(object, bool)

    def __init__(self, visit: Visit, when: When, now: datetime, *, first: bool) -> None:
        super().__init__(gap=14)
        person = visit.person
        names = column(Text(isolated(person.name), "h2"), gap=0)
        names.addWidget(Text(kind_and_place(visit), "meta"))
        head = row(Avatar(person.name, 46, "person"), names, gap=15)
        head.setStretch(1, 1)
        head.addWidget(Chip(*when), 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(head)
        facts = (("map-pin", address(person)), ("info", one_thing(person)))
        for icon, words in facts:
            if words:
                self.body.addWidget(IconText(icon, words))
        if visit.own_words:
            self.body.addWidget(VoiceBox(Voice.PARTICIPANT, visit.own_words.words))
        self._add_steps(_last_agreed(visit.steps))
        begin = button(
            _("Begin conversation"),
            "primary" if first else "secondary",
            icon="message-circle",
            big=True,
            slot=self.begun.emit,
        )
        prepare = button(_("Prepare"), big=True, slot=self.prepared.emit)
        entries = [
            (_("Open file"), self.opened.emit),
            (offer_words(visit.talk, now), self.not_held.emit),
        ]
        more = menu_button(_("More about this visit"), entries)
        self.body.addWidget(flow(begin, prepare, more, gap=10))

    def _add_steps(self, steps: Sequence[Step]) -> None:
        if not steps:
            return
        rows = column(Text(_("Agreed last time"), "metab", colour="text_2"), gap=0)
        for step in steps:
            check = RoundCheck(step.what, done=step.done_on is not None)
            check.clicked.connect(lambda on, step=step: self.ticked.emit(step, on))
            words = Text(step.what, colour="text_2" if step.done_on else "")
            words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            who = Text(isolated(step.who) if step.who else "", "meta")
            who.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line = row(check, words, who, gap=4)
            line.setStretch(1, 3)
            line.setStretch(2, 1)
            rows.addLayout(line)
        self.body.addLayout(rows)


class GoOnCard(Card):
    """The conversation that was begun last and is not finished: it opens where it was left."""

    gone_on = Signal()
    write_up_wanted = Signal()

    def __init__(self, running: WriteUp, today: date) -> None:
        super().__init__(gap=14)
        names = column(Text(isolated(running.person), "h2"), gap=0)
        names.addWidget(Text(begun_words(running.began, today), "meta"))
        head = row(Avatar(running.person, 46, "person"), names, gap=15)
        head.setStretch(1, 1)
        head.addWidget(Chip(_("not finished yet"), "time"), 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(head)
        go_on = button(
            _("Go on with the conversation"),
            "primary",
            icon="message-circle",
            big=True,
            slot=self.gone_on.emit,
        )
        still = button(_("What is still open"), big=True, slot=self.write_up_wanted.emit)
        self.body.addWidget(flow(go_on, still, gap=10))


class _Mark(QWidget):
    """The time of a visit, and its dot on the line of the day: filled for the one that is next."""

    def __init__(self, visit: Visit, *, first: bool, last: bool, now: bool) -> None:
        super().__init__()
        look = theme.current()
        self._first, self._last, self._now = first, last, now
        self._middle = look.px(36)
        time = Text(clock(visit), "bodyb")
        top = self._middle - time.sizeHint().height() // 2
        layout = column(time, None, gap=0)
        layout.setContentsMargins(0, top, look.px(24), 0)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(80), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look, painter = theme.current(), painter_on(self)
        x = self.width() - look.px(11)
        top = self._middle if self._first else 0
        end = self._middle if self._last else self.height()
        painter.fillRect(QRectF(x - 1, top, 2, end - top), look.colour("line"))
        radius = look.px(6)
        painter.setBrush(look.colour("accent" if self._now else "surface"))
        painter.setPen(QPen(look.colour("accent" if self._now else "line_strong"), look.px(2)))
        painter.drawEllipse(QPointF(x, self._middle), radius, radius)


def next_visit(visits: Sequence[Visit], now: datetime) -> Visit | None:
    """The first that is still to come or has only just been due; else the last of the day."""
    for visit in visits:
        if visit.talk.planned_for and visit.talk.planned_for > now - LATE:
            return visit
    return visits[-1] if visits else None


def _last_agreed(steps: Sequence[Step]) -> list[Step]:
    """What was taken last and what waits, in the order of their days."""
    waiting = sorted((s for s in steps if not s.done_on), key=_due)
    taken = sorted((s for s in steps if s.done_on), key=_due)
    few = [*taken[-1:], *waiting[: FEW_STEPS - 1]]
    return sorted(few, key=_due)


def _due(step: Step) -> tuple[bool, int]:
    return step.due is None, step.due.toordinal() if step.due else 0
