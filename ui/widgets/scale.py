"""What every scale is made of: points that are real radio buttons, one value or none, and keys.

A screen reader and the keyboard know them: digits choose (1 and then 0 at once is 10), arrows
move, Backspace takes it back.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from caseworker_app.i18n import _
from ui.widgets.layout import let_tab_stop_at

DIGITS_BELONG_TOGETHER = 0.6  # seconds


class Point(QAbstractButton):
    """One point of a scale. `is_last` marks where it stood last time."""

    def __init__(self, scale: Scale, number: int) -> None:
        super().__init__(scale)
        self.number, self.is_last = number, False
        self._scale = scale
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _checked=False: scale.take(number))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._scale.takes_key(event):
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)


class Scale(QWidget):
    """What all scales share: one value or none, keys, and a name that says it all."""

    rated = Signal(object)

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._name, self._last_when = "", ""
        self._last: int | None = None
        self._value: int | None = None
        self._marks: dict[int, Point] = {}
        self._clock = clock
        self._one_typed_at = float("-inf")

    def ask(self, name: str, *, last: int | None = None, last_when: str = "") -> None:
        """What is asked for on this scale; `last` gets a dashed ring. What is chosen stays."""
        self.show_asked(name, self._value, last=last, last_when=last_when)

    def show_asked(
        self, name: str, value: int | None, *, last: int | None = None, last_when: str = ""
    ) -> None:
        """What is asked for, and what is chosen by now, without a signal."""
        asked = name, last, last_when
        was_asked = self._name, self._last, self._last_when
        if (asked, value) == (was_asked, self._value):
            return
        (self._name, self._last, self._last_when), self._value = asked, value
        if asked != was_asked:
            for mark in self._marks.values():
                if mark.is_last != (mark.number == last):
                    mark.is_last = mark.number == last
                    mark.update()
            self._show_last()
        self._show_value()

    def value(self) -> int | None:
        """Today's value, or None."""
        return self._value

    def set_value(self, value: int | None) -> None:
        """Show a value, without a signal."""
        if value != self._value:
            self._value = value
            self._show_value()

    def take(self, number: int) -> None:
        """A point was clicked."""
        self.rate(number)

    def rate(self, value: int | None) -> None:
        """Take the person's choice and tell it."""
        changed = value != self._value
        self.set_value(value)
        if value in self._marks:
            self._marks[value].setFocus(Qt.FocusReason.ShortcutFocusReason)
        if changed:
            self.rated.emit(value)

    def focus(self) -> None:
        """Put the keyboard on today's value, or on the first point."""
        mark = self._chosen() or self._marks[min(self._marks)]
        mark.setFocus(Qt.FocusReason.ShortcutFocusReason)

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
            by = steps[Qt.Key(key)]
            across = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            mirrored = across and self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            self._step(-by if mirrored else by)
            return True
        return False

    def _show_last(self) -> None:
        """Say when last time was, in scales that have room for it."""

    def _show_value(self) -> None:
        for mark in self._marks.values():
            if mark.isChecked() and mark.number != self._value:
                mark.setAutoExclusive(False)
                mark.setChecked(False)
                mark.setAutoExclusive(True)
        chosen = self._chosen()
        if chosen is not None:
            chosen.setChecked(True)
        let_tab_stop_at(chosen, self._marks.values())
        self._name_all()

    def _chosen(self) -> Point | None:
        return self._marks.get(self._value) if self._value is not None else None

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
        most, before = max(self._marks), ""
        if self._last is not None:
            before = _(", {when} {number}").format(
                when=self._last_when or _("last time"), number=self._last
            )
        point = _("{what}, {number} of {most}")
        for mark in self._marks.values():
            name = point.format(what=self._name, number=mark.number, most=most)
            mark.setAccessibleName(name + (before if mark.isChecked() else ""))
        chosen = self._chosen()
        nothing = _("{what}, nothing chosen").format(what=self._name) + before
        self.setAccessibleName(chosen.accessibleName() if chosen else nothing)
