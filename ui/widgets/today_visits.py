"""The day as a line: the times at the left, a card for each visit beside, the next one open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.domain.goals import Step
from caseworker_app.domain.talk import Voice
from caseworker_app.domain.today import Visit
from caseworker_app.i18n import _
from ui import theme
from ui.widgets.boxes import Card, VoiceBox
from ui.widgets.buttons import button
from ui.widgets.chips import Chip, ChipTone
from ui.widgets.drawings import Avatar, painter_on
from ui.widgets.layout import clear, column, flow, row
from ui.widgets.rail import PressableCard
from ui.widgets.round_check import RoundCheck
from ui.widgets.text import IconText, Text, isolated
from ui.widgets.today_words import address, clock, in_a_while, kind_and_place, one_thing

FEW_STEPS = 3
LATE = timedelta(hours=1)

When = tuple[str, ChipTone]


class DayLine(QWidget):
    """`begun` and `opened` carry a visit, `ticked` a step and whether it is done."""

    begun = Signal(object)
    opened = Signal(object)
    ticked = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self._body: QVBoxLayout = column(gap=0)
        self.setLayout(self._body)

    def show_visits(self, visits: Sequence[Visit], now: datetime, *, times: bool) -> None:
        """Show the day. Without `times` at the left, each card says its own."""
        clear(self._body)
        following = next_visit(visits, now)
        for visit in visits:
            build = self._open if visit is following else self._closed
            made = build(visit, in_a_while(visit, now, with_clock=not times))
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

    def _open(self, visit: Visit, when: When) -> QWidget:
        card = VisitCard(visit, when)
        card.begun.connect(lambda: self.begun.emit(visit))
        card.opened.connect(lambda: self.opened.emit(visit))
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
    opened = Signal()
    ticked = Signal(object, bool)

    def __init__(self, visit: Visit, when: When) -> None:
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
        begin = button(_("Begin conversation"), "primary", icon="message-circle", big=True)
        begin.clicked.connect(lambda _on=False: self.begun.emit())
        prepare = button(_("Prepare"), big=True, slot=self.opened.emit)
        self.body.addWidget(flow(begin, prepare, gap=10))

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
