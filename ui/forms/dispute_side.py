"""One side of what two people wrote differently: who, when, the text with what differs marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from caseworker_app.domain.differences import differing
from caseworker_app.domain.disputes import Dispute, Side
from caseworker_app.domain.field_names import field_name
from caseworker_app.i18n import _, beginning, texts, translated
from ui import theme
from ui.widgets.boxes import Card
from ui.widgets.buttons import button
from ui.widgets.dispute_words import is_spoken, keep_words, when_words, who_words
from ui.widgets.drawings import Avatar, Tile, Tone, picture
from ui.widgets.layout import column, row
from ui.widgets.marks import Marks
from ui.widgets.text import Text, isolated
from ui.widgets.value_words import value_words

BESIDE_FROM = 520
"""Narrower than this, measured in text, the sides stand below each other."""


class SideCard(Card):
    """`kept` when this side is to stand. All sides weigh the same: none has a stronger button."""

    kept = Signal()

    def __init__(self, dispute: Dispute, side: Side, today: date) -> None:
        super().__init__(gap=14)
        who = who_words(side)
        names = column(Text(who, "h3"), Text(when_words(side, today), "meta"), gap=0)
        face = _face(side)
        head = row(face, names, gap=12)
        head.setStretch(1, 1)
        head.setAlignment(face, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        if dispute.is_removal:
            self._show_fate(dispute, side)
        else:
            self._show_value(dispute, side)
        self.body.addSpacing(theme.current().space(4))
        self.body.addStretch(1)
        self.keep = _keep_button(dispute, side, who)
        self.keep.clicked.connect(lambda _on=False: self.kept.emit())
        self.body.addWidget(self.keep)

    def _show_value(self, dispute: Dispute, side: Side) -> None:
        words = value_words(dispute, dispute.field, side.value)
        if not words:
            self.body.addWidget(Text(_("Nothing stands here."), colour="text_2"))
            return
        if not isinstance(side.value, str):
            self.body.addWidget(Text(beginning(words)))
            return
        marks = _marks(dispute, side)
        if is_spoken(dispute):
            self.body.addWidget(_quoted(words, marks))
        else:
            self.body.addWidget(Text(words, marks=marks))

    def _show_fate(self, dispute: Dispute, side: Side) -> None:
        """What was changed here, or that it was removed there."""
        if side.value:
            gone = row(picture("trash-2", colour="text_2", size=18), Text(_("Removed")), gap=10)
            gone.setStretch(1, 1)
            self.body.addLayout(gone)
            return
        for name, value in side.changed:
            field = translated(field_name(dispute.about.kind, name))
            words = value_words(dispute, name, value) or _("Nothing stands here.")
            words = words if isinstance(value, str) else beginning(words)
            self.body.addLayout(column(Text(field, "meta"), Text(words), gap=2))
        if not side.changed:
            self.body.addWidget(Text(_("Brought back")))


class Sides(QWidget):
    """Two sides beside each other and equally high; where the room is short, below each other."""

    def __init__(self, cards: Sequence[SideCard]) -> None:
        super().__init__()
        self._cards = cards
        self._rows = [row(gap=18) for _pair in cards[::2]]
        for place, card in enumerate(cards):
            self._rows[place // 2].addWidget(card, 1)
        self.setLayout(column(*self._rows, gap=18))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest card."""
        width = max(card.minimumSizeHint().width() for card in self._cards)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other, or below."""
        beside = event.size().width() >= theme.current().px(BESIDE_FROM)
        directions = QBoxLayout.Direction
        for one in self._rows:
            one.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        super().resizeEvent(event)


def _marks(dispute: Dispute, side: Side) -> Marks:
    """Each side is compared with the first one, and that one with the second."""
    first, second = dispute.sides[0], dispute.sides[1] if side is dispute.sides[0] else side
    said = [value_words(dispute, dispute.field, one.value) for one in (first, second)]
    return differing(*said)[0 if side is first else 1]


def _quoted(words: str, marks: Marks) -> Text:
    shown = texts().quoted(words)
    sign = shown.index(words)
    return Text(shown, "say", marks=[(start + sign, length) for start, length in marks])


def _face(side: Side) -> QWidget:
    name = side.authors[0].name
    tone: Tone = "accent" if side.mine else "third"
    if not name:
        return Tile("user-round", size=38, tone=tone, round=True)
    return Avatar(name, 38, tone)


def _keep_button(dispute: Dispute, side: Side, who: str) -> QPushButton:
    words = keep_words(dispute, side)
    goes = dispute.is_removal and side.value
    made = button(words, icon="trash-2" if goes else "check", big=True)
    made.setAccessibleName(_("{what}: {name}").format(what=words, name=isolated(who)))
    return made
