"""A pair of eyes: finds what is in view by the words a person sees or hears."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

PATIENCE = 60.0
"""Seconds to wait for the program at the most, on a machine that has much else to do."""


class CannotDo(AssertionError):
    """What a coach would see as: it does not work."""


class Eyes:
    """Looks at the windows that are open, and waits until something is to be seen."""

    def see(self, what: str, kind: type[QWidget] = QWidget) -> QWidget:
        """Wait until a widget with these words is in view, and give it."""
        found: list[QWidget] = []

        def there() -> bool:
            found[:] = [widget for widget in visible(kind) if plain(what) in words_of(widget)]
            return bool(found)

        self.wait(there, f"nothing says “{what}”")
        return max(found, key=height_of)

    def sees(self, what: str, kind: type[QWidget] = QWidget) -> bool:
        """Whether a widget with these words is in view now."""
        return any(plain(what) in words_of(widget) for widget in visible(kind))

    def sees_part(self, what: str) -> bool:
        """Whether these words stand somewhere in view, perhaps among others."""
        return any(plain(what) in words for w in visible(QWidget) for words in words_of(w))

    def words_that_begin(self, begin: str, kind: type[QWidget] = QWidget) -> str:
        """The words of the widget in view that begin so. CannotDo when there is none."""
        for widget in visible(kind):
            for words in words_of(widget):
                if words.startswith(plain(begin)):
                    return words
        raise CannotDo(f"nothing begins with “{begin}”")

    def file_name_field(self) -> QLineEdit | None:
        """Where the name of a file is typed, while a file dialog is open."""
        for dialog in visible(QFileDialog):
            field = dialog.findChild(QLineEdit, "fileNameEdit")
            if isinstance(field, QLineEdit) and field.isVisible():
                return field
        return None

    def wait(self, until: Callable[[], bool], otherwise: str) -> None:
        """Let the program work until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > deadline:
                raise CannotDo(otherwise)
            QTest.qWait(10)

    def pause(self, milliseconds: int) -> None:
        """Look at the screen for a moment, as people do between two words."""
        QTest.qWait(milliseconds)


def plain(words: str) -> str:
    """Words without what nobody sees: mnemonics and the marks around names of any direction."""
    for mark in ("&", "\u2068", "\u2069"):
        words = words.replace(mark, "")
    return words.strip()


def visible(kind: type[QWidget]) -> list[QWidget]:
    """All widgets of this kind in the windows that are open."""
    windows = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    found = [w for window in windows for w in (window, *window.findChildren(kind))]
    return [widget for widget in found if isinstance(widget, kind) and widget.isVisible()]


def words_of(widget: QWidget) -> set[str]:
    """What a widget says: its text and its accessible name."""
    words = {widget.accessibleName()}
    text = getattr(widget, "text", None)
    if callable(text) and not isinstance(widget, QLineEdit):
        words.add(str(text()))
    return {plain(word) for word in words if word}


def height_of(widget: QWidget) -> int:
    """How far down on the screen it begins, in pixels."""
    return widget.mapToGlobal(QPoint(0, 0)).y()
