"""What stays around the participant's question: how far it is, a pause, the ways on and back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from caseworker_app.content.participant import NAMES, Tongue
from caseworker_app.domain.talk import Missing
from ui import theme
from ui.forms.turned_sheet import LARGE_TEXT, TurnedSheet, faced
from ui.widgets.boxes import Banner
from ui.widgets.buttons import Kind, Slot, button
from ui.widgets.choices import Option
from ui.widgets.layout import ScrollPage, clear, column, flow, row
from ui.widgets.text import isolated
from ui.widgets.turned_choice import BigChoice
from ui.widgets.turned_progress import Topic, TopicRounds

WIDTH, MARGIN, EDGE = 1000, 40, 8
LOW = 520
ROUND = 26
"""As small as a round may become before the rounds get a row of their own."""
REASONS = {
    Missing.NOT_KNOWN: "not-known",
    Missing.NOT_SAID: "not-said",
    Missing.NOT_RELEVANT: "not-relevant",
}


class TurnedFrame(QWidget):
    """Holds one sheet at a time. `missing` carries why there is no answer, or None."""

    paused = Signal()
    returned = Signal()
    language_wanted = Signal()
    went_on = Signal()
    went_back = Signal()
    missing = Signal(object)

    def __init__(self, tongue: Tongue, coach: str) -> None:
        super().__init__()
        self._tongue = tongue
        self._rounds = TopicRounds()
        self._keys = self._make_keys(coach)
        self._top = QGridLayout()
        self._place: QVBoxLayout = column(gap=0)
        self._scroll = ScrollPage(max_width=WIDTH, margin=EDGE, ground="turned", centred=True)
        self._foot: QVBoxLayout = column(margins=(0, 16, 0, 0))
        self._scroll.add(None, self._place, self._foot, None)
        self._trouble = Banner("danger", tongue.say("not-kept"))
        self._trouble.hide()
        self._previous = self._arrow("previous", "secondary", self.went_back.emit, to_left=True)
        self._next = self._arrow("next", "primary", self.went_on.emit, to_left=False)
        self._reasons = BigChoice(
            tongue.say("no-answer"),
            [Option(reason, tongue.say(key)) for reason, key in REASONS.items()],
            quiet=True,
        )
        self._reasons.chosen.connect(self.missing)
        self._bottom = QGridLayout()
        for grid in (self._top, self._bottom):
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setSpacing(theme.current().space(12))
        body = column(gap=0)
        body.addLayout(self._inset(self._top))
        middle = row(self._scroll, margins=(MARGIN - EDGE, 0, MARGIN - EDGE, 0))
        body.addLayout(middle, 1)
        body.addLayout(self._inset(self._trouble, self._bottom))
        self.setLayout(body)
        self._fit()

    def show_sheet(self, sheet: TurnedSheet) -> None:
        """Put this sheet in the place of the one before."""
        clear(self._place)
        self._place.addWidget(sheet)
        self._scroll.verticalScrollBar().setValue(0)
        sheet.show()

    def show_topics(self, topics: Sequence[Topic], name: str) -> None:
        """Show how far the conversation is."""
        self._rounds.show_topics(topics, name)
        self._fit()

    def show_ways(self, *, back: bool, on: bool) -> None:
        """Offer what can be gone to."""
        self._previous.setVisible(back)
        self._next.setVisible(on)

    def show_missing(self, missing: Missing | None, *, offered: bool) -> None:
        """Show the reason for no answer, or hide the reasons where they answer nothing."""
        self._reasons.setVisible(offered)
        self._reasons.choose(missing)

    def show_trouble(self, *, there: bool) -> None:
        """Say that nothing can be kept at the moment, and what is safe."""
        self._trouble.setVisible(there)

    def _make_keys(self, coach: str) -> QWidget:
        say, tongue = self._tongue.say, self._tongue
        back = say("back-to", name=isolated(coach)) if coach else say("back")
        name = NAMES[tongue.language]
        spoken = faced(tongue, name, "quiet", "languages", self.language_wanted.emit)
        spoken.setAccessibleName(f"{say('language')}: {name}")
        return flow(
            spoken,
            faced(tongue, say("pause"), "quiet", "pause", self.paused.emit),
            faced(tongue, back, "secondary", "rotate-ccw", self.returned.emit),
            gap=8,
        )

    def _arrow(self, key: str, kind: Kind, slot: Slot, *, to_left: bool) -> QPushButton:
        """A button with an arrow at the side that it points to; both turn around in Arabic."""
        left = to_left != self._tongue.is_from_the_right
        words = self._tongue.say(key)
        if not left:
            return button(words, kind, trailing="arrow-right", big=True, slot=slot)
        made = button(words, kind, icon="arrow-left", big=True, slot=slot)
        made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        return made

    def _inset(self, *items: QWidget | QGridLayout) -> QVBoxLayout:
        above = 12 if theme.current().scale >= LARGE_TEXT else 24
        return column(*items, gap=12, margins=(MARGIN, above, MARGIN, above))

    def _fit(self) -> None:
        """Where room is short the rounds and the reasons have a row of their own."""
        look = theme.current()
        room = self.width() - 2 * look.space(MARGIN)
        keys = self._keys.sizeHint().width()
        beside = room - keys - look.space(24) >= self._rounds.count() * look.px(ROUND)
        self._keys.setMinimumWidth(keys if beside else 0)
        self._top.addWidget(self._rounds, 0 if beside else 1, 0, 1, 1 if beside else 2)
        self._top.addWidget(self._keys, 0, 1 if beside else 0, 1, 1 if beside else 2)
        self._bottom.addWidget(self._previous, 1, 0)
        self._bottom.addWidget(self._next, 1, 2)
        self._bottom.setColumnStretch(1, 1)
        self._fit_reasons(room)

    def _fit_reasons(self, room: int) -> None:
        """Between the two ways, or above them; in a low window they scroll with the sheet."""
        look, middle = theme.current(), Qt.AlignmentFlag.AlignCenter
        ways = self._previous.sizeHint().width() + self._next.sizeHint().width()
        is_roomy = self.height() >= look.px(LOW) and look.width_class(self.width()) != "narrow"
        if room - ways - look.space(48) >= self._reasons.sizeHint().width():
            self._bottom.addWidget(self._reasons, 1, 1, middle)
        elif is_roomy:
            self._bottom.addWidget(self._reasons, 0, 0, 1, 3)
        else:
            self._foot.addWidget(self._reasons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
