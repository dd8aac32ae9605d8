"""Answers to choose on the participant's side: large, in whole sentences that wrap."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from ui import theme
from ui.widgets.choices import Choice, Option
from ui.widgets.drawings import painter_on
from ui.widgets.layout import FlowLayout, row
from ui.widgets.text import Text

LEAST_HEIGHT = 56
"""What a hand finds on the first try."""


class _Box(QLabel):
    """The ring or the box before the words; filled when this is the answer."""

    def __init__(self, button: QAbstractButton, *, round_one: bool) -> None:
        super().__init__()
        self._button, self._round = button, round_one
        size = theme.current().px(24)
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter, on = theme.current(), painter_on(self), self._button.isChecked()
        rect = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(look.colour("person" if on else "line_strong"), 2))
        painter.setBrush(look.colour("person" if on and not self._round else "surface"))
        radius = rect.width() / 2 if self._round else look.px(6)
        painter.drawRoundedRect(rect, radius, radius)
        if on and self._round:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("person"))
            inner = rect.width() * 0.26
            painter.drawEllipse(rect.adjusted(inner, inner, -inner, -inner))
        elif on:
            self._paint_tick(painter)

    def _paint_tick(self, painter: QPainter) -> None:
        tick = theme.pixmap("check", "on_person", 16)
        size = tick.deviceIndependentSize()
        painter.drawPixmap(
            QRectF(
                (self.width() - size.width()) / 2,
                (self.height() - size.height()) / 2,
                size.width(),
                size.height(),
            ),
            tick,
            QRectF(tick.rect()),
        )


class BigOption(QAbstractButton):
    """One answer: a ring (or a box, where several may be true) and its words. All of it is hit."""

    def __init__(self, words: str, *, several: bool = False, quiet: bool = False) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._words = Text(words, "h3" if quiet else "tlabel")
        self._words.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self._box = _Box(self, round_one=not several)
        side = 14 if quiet else 20
        layout = row(self._box, self._words, gap=12, margins=(side, 10, side + 2, 10))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        for part in (self._box, self._words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(theme.current().px(LEAST_HEIGHT))
        self.toggled.connect(self._on_toggled)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter, on = theme.current(), painter_on(self), self.isChecked()
        width = 2 if on else 1
        ground = "person_tint" if on else "sunken" if self.underMouse() else "surface"
        painter.setPen(QPen(look.colour("person" if on else "line_strong"), width))
        painter.setBrush(look.colour(ground))
        rect = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(rect, look.px(14), look.px(14))

    def _on_toggled(self, on: bool) -> None:  # noqa: FBT001
        self._words.set_colour("person_ink" if on else "text")
        self._box.update()


class BigChoice(Choice):
    """One of a few answers; a second touch takes it back. `quiet` for reasons to give none."""

    def __init__(self, name: str, options: Sequence[Option], *, quiet: bool = False) -> None:
        super().__init__(name, optional=True)
        layout = FlowLayout(10, self)
        for option in options:
            made = BigOption(option.words, quiet=quiet)
            self._take(option, made)
            layout.addWidget(made)
        self.choose(None)

    def focus(self) -> None:
        """Put the keyboard on what is chosen, or on the first answer."""
        chosen = self._buttons.get(self.value()) or next(iter(self._buttons.values()))
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)


class BigChoices(QWidget):
    """Several answers may be true. `chosen` carries the ids of all of them, in their order."""

    chosen = Signal(object)

    def __init__(self, name: str, options: Sequence[Option]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._made: dict[object, BigOption] = {}
        layout = FlowLayout(10, self)
        for option in options:
            made = BigOption(option.words, several=True)
            made.clicked.connect(lambda _on=False: self.chosen.emit(self.values()))
            self._made[option.value] = made
            layout.addWidget(made)

    def values(self) -> tuple[object, ...]:
        """What is chosen."""
        return tuple(value for value, made in self._made.items() if made.isChecked())

    def choose(self, values: Sequence[object]) -> None:
        """Show these as chosen, without a signal."""
        for value, made in self._made.items():
            made.setChecked(value in values)

    def focus(self) -> None:
        """Put the keyboard on the first answer."""
        next(iter(self._made.values())).setFocus(Qt.FocusReason.OtherFocusReason)
