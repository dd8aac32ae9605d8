"""Buttons. One primary per screen; everything else is quieter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QToolButton, QWidget

from ui import theme
from ui.widgets.layout import column, row
from ui.widgets.text import Text
from ui.widgets.tips import set_tip

Kind = Literal["primary", "secondary", "person", "person_tint", "tint", "quiet", "danger", "link"]
Slot = Callable[[], object]

INK = {
    "primary": "on_accent",
    "person": "on_person",
    "person_tint": "person_ink",
    "tint": "accent_ink",
    "danger": "danger",
    "link": "accent",
}


def button(
    words: str,
    kind: Kind = "secondary",
    *,
    icon: str = "",
    trailing: str = "",
    big: bool = False,
    small: bool = False,
    slot: Slot | None = None,
) -> QPushButton:
    """A button with words, an icon before or (`trailing`) after them. `big`: the primary one."""
    made = QPushButton(words.replace("&", "&&"))
    made.setAccessibleName(words)
    made.setProperty("kind", kind)
    made.setProperty("big", big)
    made.setProperty("small", small)
    made.setAutoDefault(True)  # so that Enter presses it, like Space
    made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    if icon or trailing:
        picture = with_gap(
            theme.pixmap(icon or trailing, INK.get(kind, "text"), 18 if small else 20),
            before=bool(trailing),
        )
        made.setIcon(QIcon(picture))
        made.setIconSize(picture.deviceIndependentSize().toSize())
    if trailing:
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    if slot is not None:
        made.clicked.connect(lambda _checked=False: slot())
    return made


def with_gap(picture: QPixmap, *, before: bool = False) -> QPixmap:
    """The icon with some air towards the words, which Qt would set too close."""
    gap = theme.current().px(5)
    size = picture.deviceIndependentSize()
    wide = QPixmap(picture.width() + round(gap * picture.devicePixelRatio()), picture.height())
    wide.setDevicePixelRatio(picture.devicePixelRatio())
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(
        QRectF(gap if before else 0, 0, size.width(), size.height()),
        picture,
        QRectF(picture.rect()),
    )
    painter.end()
    return wide


class _IconButton(QToolButton):
    """Enter presses it, like Space."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def icon_button(
    icon: str,
    name: str,
    *,
    kind: Literal["quiet", "secondary"] = "quiet",
    colour: str = "text",
    big: bool = False,
    slot: Slot | None = None,
) -> QToolButton:
    """A button with an icon alone: `name` is its tooltip and what a screen reader says."""
    made = _IconButton()
    made.setIcon(theme.icon(icon, colour, 20))
    made.setIconSize(QSize(theme.current().px(20), theme.current().px(20)))
    set_tip(made, name)
    made.setAccessibleName(name)
    made.setProperty("kind", kind)
    made.setProperty("iconOnly", True)
    made.setProperty("big", big)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if slot is not None:
        made.clicked.connect(lambda _checked=False: slot())
    return made


class _Knob(QAbstractButton):
    """The switch itself: a pill with a knob, left for off and right for on."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(48), look.px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = look.px(26)
        pill = QRectF(1, (self.height() - height) / 2, self.width() - 2, height)
        on = self.isChecked()
        painter.setPen(QPen(look.colour("accent" if on else "line_strong"), 1.5))
        painter.setBrush(look.colour("accent" if on else "surface"))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        size = height - look.px(8)
        x = pill.right() - size - look.px(4) if on else pill.left() + look.px(4)
        painter.setPen(QColor(Qt.GlobalColor.transparent))
        painter.setBrush(look.colour("on_accent" if on else "line_strong"))
        painter.drawEllipse(QRectF(x, pill.top() + look.px(4), size, size))


class Switch(QWidget):
    """A sentence with a switch at the right; takes effect at once."""

    switched = Signal(bool)

    def __init__(self, words: str, hint: str = "", *, on: bool = False) -> None:
        super().__init__()
        self._knob = _Knob(words)
        self._knob.setChecked(on)
        self._knob.setAccessibleDescription(hint)
        self._knob.clicked.connect(self.switched)
        sentences = column(Text(words, "bodyb"), gap=2)
        if hint:
            sentences.addWidget(Text(hint, "meta"))
        layout = row(sentences, self._knob, gap=24)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def is_on(self) -> bool:
        """Whether it is switched on."""
        return self._knob.isChecked()

    def set_on(self, on: bool) -> None:  # noqa: FBT001
        """Show it on or off, without a signal."""
        self._knob.setChecked(on)
