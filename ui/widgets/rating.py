"""How a person sees one part of their life: 0 to 10, or five faces. Drawn, never added up.

Both scales are real radio buttons, so a screen reader and the keyboard know them: digits choose
(1 and then 0 at once is 10), arrows move, Backspace takes it back.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.i18n import _
from ui import theme
from ui.widgets.drawings import painter_on
from ui.widgets.layout import column, let_tab_stop_at, row
from ui.widgets.scale_words import ScaleWords
from ui.widgets.text import Text

DIGITS_BELONG_TOGETHER = 0.6  # seconds


class _Mark(QAbstractButton):
    """One point of a scale. `is_last` marks where it stood last time."""

    def __init__(self, scale: Scale, number: int, *, is_last: bool) -> None:
        super().__init__(scale)
        self.number, self.is_last = number, is_last
        self._scale = scale
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _checked=False: scale.rate(number))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._scale.takes_key(event):
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)


class _Number(_Mark):
    """A number in a box; filled when it is today's, with a dashed ring when it was last time's."""

    def __init__(self, scale: Scale, number: int, *, is_last: bool, big: bool) -> None:
        super().__init__(scale, number, is_last=is_last)
        self._big = big
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(80 if self._big else 54), look.px(76 if self._big else 44))

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        width = max(56, look.px(40)) if self._big else max(40, look.px(28))
        return QSize(width, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = painter_on(self)
        width = 2 if self.is_last and not self.isChecked() else 1
        rect = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        radius = look.px(16 if self._big else 9)
        ground = "sunken" if self.underMouse() else "surface"
        painter.setBrush(look.colour("person" if self.isChecked() else ground))
        pen = QPen(look.colour("person" if self.isChecked() else "line_strong"), 1)
        if width == 2:
            pen = QPen(look.colour("person"), 2)
            pen.setDashPattern([4, 2])
        painter.setPen(pen)
        painter.drawRoundedRect(rect, radius, radius)
        painter.setPen(look.colour("on_person" if self.isChecked() else "text"))
        painter.setFont(look.font(20 if self._big else 16, 600))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self.number))


class _Face(_Mark):
    """A drawn face from very bad (1) to very good (5)."""

    def __init__(self, scale: Scale, number: int, *, is_last: bool, big: bool) -> None:
        super().__init__(scale, number, is_last=is_last)
        self._size = theme.current().px(84 if big else 72)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = painter_on(self)
        chosen = self.isChecked()
        pen = QPen(look.colour("person" if chosen or self.is_last else "line_strong"), 1.5)
        if self.is_last and not chosen:
            pen = QPen(look.colour("person"), 2.5)
            pen.setDashPattern([4, 2])
        painter.setPen(pen)
        painter.setBrush(look.colour("person" if chosen else "surface"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(2, 2, -2, -2))
        self._paint_features(painter, "on_person" if chosen else "text_2")

    def _paint_features(self, painter: QPainter, token: str) -> None:
        ink = theme.current().colour(token)
        unit = self._size / 100
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for x in (36, 64):
            painter.drawEllipse(QPointF(x * unit, 40 * unit), 4.5 * unit, 4.5 * unit)
        bend = (self.number - 3) * 9
        mouth = QPainterPath(QPointF(30 * unit, (66 - bend / 2) * unit))
        mouth.quadTo(50 * unit, (66 + bend) * unit, 70 * unit, (66 - bend / 2) * unit)
        pen = QPen(ink, 4.5 * unit)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(mouth)


class Scale(QWidget):
    """What both scales share: one value or none, keys, and a name that says it all."""

    rated = Signal(object)

    def __init__(
        self, name: str, last: int | None, last_when: str, clock: Callable[[], float]
    ) -> None:
        super().__init__()
        self._name, self._last, self._last_when = name, last, last_when
        self._value: int | None = None
        self._marks: dict[int, _Mark] = {}
        self._clock = clock
        self._one_typed_at = float("-inf")

    def value(self) -> int | None:
        """Today's value, or None."""
        return self._value

    def set_value(self, value: int | None) -> None:
        """Show a value, without a signal."""
        self._value = value
        for mark in self._marks.values():
            if mark.isChecked() and mark.number != value:
                mark.setAutoExclusive(False)
                mark.setChecked(False)
                mark.setAutoExclusive(True)
        if value is not None:
            self._marks[value].setChecked(True)
        chosen = self._marks.get(value) if value is not None else None
        let_tab_stop_at(chosen, self._marks.values())
        self._name_all()

    def rate(self, value: int | None) -> None:
        """Take the person's choice and tell it."""
        changed = value != self._value
        self.set_value(value)
        if value is not None:
            self._marks[value].setFocus(Qt.FocusReason.ShortcutFocusReason)
        if changed:
            self.rated.emit(value)

    def focus(self) -> None:
        """Put the keyboard on today's value, or on the first point."""
        number = self._value if self._value is not None else min(self._marks)
        self._marks[number].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def takes_key(self, event: QKeyEvent) -> bool:
        """Act on a key of the scale. False for a key that means something else."""
        key = event.key()
        plain = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if plain and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            return self._type(key - Qt.Key.Key_0)
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.rate(None)
            return True
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
        if plain and key in steps:
            self._step(steps[Qt.Key(key)])
            return True
        return False

    def _type(self, digit: int) -> bool:
        now = self._clock()
        together = now - self._one_typed_at <= DIGITS_BELONG_TOGETHER
        self._one_typed_at = now if digit == 1 else float("-inf")
        number = 10 if digit == 0 and together else digit
        if number in self._marks:
            self.rate(number)
        return True

    def _step(self, by: int) -> None:
        lowest, highest = min(self._marks), max(self._marks)
        if self._value is None:
            focused = [mark.number for mark in self._marks.values() if mark.hasFocus()]
            start = focused[0] if focused else lowest
            self.rate(max(lowest, min(highest, start + (by if start != lowest else max(by, 0)))))
        else:
            self.rate(max(lowest, min(highest, self._value + by)))

    def _name_all(self) -> None:
        """The chosen point, and the whole, say it like: Satisfaction, 7 of 10, in March 4."""
        most = max(self._marks)
        before = ""
        if self._last is not None:
            before = _(", {when} {number}").format(
                when=self._last_when or _("last time"), number=self._last
            )
        for mark in self._marks.values():
            point = _("{what}, {number} of {most}").format(
                what=self._name, number=mark.number, most=most
            )
            mark.setAccessibleName(point + (before if mark.isChecked() else ""))
        chosen = self._marks.get(self._value) if self._value is not None else None
        nothing = _("{what}, nothing chosen").format(what=self._name) + before
        self.setAccessibleName(chosen.accessibleName() if chosen else nothing)


class RatingScale(Scale):
    """Eleven numbers. `last` gets a dashed ring with `last_when` under it; words at both ends."""

    def __init__(
        self,
        name: str,
        low: str,
        high: str,
        *,
        last: int | None = None,
        last_when: str = "",
        big: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(name, last, last_when, clock)
        numbers: QHBoxLayout = row(gap=10 if big else 6)
        for number in range(11):
            mark = _Number(self, number, is_last=number == last, big=big)
            self._marks[number] = mark
            numbers.addWidget(mark, 1)
        under = ScaleWords(low, high, last_when if last is not None else "", last or 0, big=big)
        body: QVBoxLayout = column(numbers, under, gap=6)
        self.setLayout(body)
        self.set_value(None)


class FaceScale(Scale):
    """Five faces from 1 to 5, with words under the first, the middle and the last."""

    def __init__(
        self,
        name: str,
        words: tuple[str, str, str],
        *,
        last: int | None = None,
        last_when: str = "",
        big: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(name, last, last_when, clock)
        faces = row(gap=12)
        for number in range(1, 6):
            mark = _Face(self, number, is_last=number == last, big=big)
            self._marks[number] = mark
            faces.addWidget(mark)
            if number < 5:
                faces.addStretch(1)
        role = "body" if big else "meta"
        sides = (
            Qt.AlignmentFlag.AlignLeft,
            Qt.AlignmentFlag.AlignHCenter,
            Qt.AlignmentFlag.AlignRight,
        )
        under = row(gap=12)
        for word, side in zip(words, sides, strict=True):
            text = Text(word, role, colour="text_2")
            text.setAlignment(side)
            under.addWidget(text, 1)
        self.setLayout(column(faces, under, gap=8))
        self.set_value(None)
