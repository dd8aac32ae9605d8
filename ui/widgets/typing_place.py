"""Where somebody is typing, so that typing goes on there after everything was drawn anew."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget


@dataclass(frozen=True, slots=True)
class TypingPlace:
    """A named widget, or the field with this number among its kind with these words in it."""

    name: str
    kind: type[QWidget]
    number: int
    words: str
    cursor: int


def typing_place(page: QWidget | None) -> TypingPlace | None:
    """What has the keyboard on this page."""
    focused = QApplication.focusWidget()
    if page is None or focused is None or not page.isAncestorOf(focused):
        return None
    if focused is page:
        return None
    number = page.findChildren(type(focused)).index(focused)
    return TypingPlace(focused.objectName(), type(focused), number, *_typed(focused))


def go_on_typing(page: QWidget | None, place: TypingPlace | None) -> None:
    """Give the keyboard back, with the cursor where it stood. Another field never gets it."""
    if page is None or place is None:
        return
    found = _again(page, place)
    if found is None:
        return
    found.setFocus(Qt.FocusReason.OtherFocusReason)
    if _typed(found)[0] != place.words:
        return
    if isinstance(found, QLineEdit):
        found.setCursorPosition(place.cursor)
    elif isinstance(found, QPlainTextEdit):
        cursor = found.textCursor()
        cursor.setPosition(place.cursor)
        found.setTextCursor(cursor)


def _again(page: QWidget, place: TypingPlace) -> QWidget | None:
    if place.name:
        return page.findChild(QWidget, place.name)
    alike = page.findChildren(place.kind)[place.number : place.number + 1]
    return next((one for one in alike if place.words and _typed(one)[0] == place.words), None)


def _typed(widget: QWidget) -> tuple[str, int]:
    if isinstance(widget, QLineEdit):
        return widget.text(), widget.cursorPosition()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText(), widget.textCursor().position()
    return "", 0
