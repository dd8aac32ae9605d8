"""Draws a page anew when something arrived from others, without getting in anybody's way.

Nothing is drawn anew while somebody types, a sheet is open or a menu hangs down: then it is done
as soon as that is over. The keyboard and the place on the page stay where they were.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from caseworker_app.errors import FileHasLeft
from ui.dialogs import show_problem
from ui.page import Page, Redraws
from ui.widgets.search import SearchField

_TYPED_INTO = (QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox)


def is_at_hand(page: Page) -> bool:
    """Whether the coach is doing something on this page that must not be disturbed."""
    if QApplication.activeModalWidget() or QApplication.activePopupWidget():
        return True
    if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
        return True
    focused = QApplication.focusWidget()
    if focused is None or not page.isAncestorOf(focused):
        return False
    is_looking = isinstance(focused, SearchField) and not focused.value()
    return isinstance(focused, _TYPED_INTO) and not is_looking


@dataclass(frozen=True, slots=True)
class _Place:
    """What has the keyboard on a page, by its name, and how far each part is scrolled."""

    name: str
    kind: type[QWidget] | None
    scrolled: tuple[int, ...]

    @classmethod
    def on(cls, page: Page) -> _Place:
        """The place the coach is at."""
        focused = QApplication.focusWidget()
        scrolled = tuple(area.verticalScrollBar().value() for area in _areas(page))
        if focused is None or not page.isAncestorOf(focused):
            return cls("", None, scrolled)
        return cls(focused.accessibleName(), type(focused), scrolled)

    def restore(self, page: Page) -> None:
        """Go back to it, as far as it is still there."""
        for area, value in zip(_areas(page), self.scrolled, strict=False):
            area.verticalScrollBar().setValue(value)
        if self.kind is None or not self.name:
            return
        alike = cast("list[QWidget]", page.findChildren(self.kind))
        found = [one for one in alike if one.accessibleName() == self.name and one.isVisible()]
        if found and not found[0].hasFocus():
            found[0].setFocus(Qt.FocusReason.OtherFocusReason)


class Arriving(QObject):
    """Remembers which page is to be drawn anew, until it can be."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._owed: Page | None = None
        app = cast("QApplication", QApplication.instance())
        app.focusChanged.connect(self._on_focus)

    def show(self, page: Page, *, brought: bool) -> None:
        """A round is over, and may have `brought` something that this page shows."""
        if page.redraws is Redraws.ALWAYS or (brought and page.redraws is Redraws.ARRIVED):
            self._draw(page)

    def left(self, page: Page | None) -> None:
        """The file that this page shows is gone: whoever types in it hears what is not kept."""
        if page is not None and is_at_hand(page):
            show_problem(page.window(), FileHasLeft())

    def _draw(self, page: Page) -> None:
        if is_at_hand(page):
            self._owed = page
            return
        self._owed = None
        place = _Place.on(page)
        page.refresh()
        back = _back_to(place, page)
        back()
        QTimer.singleShot(0, page, back)
        page.app.background.run(page, lambda: None, lambda _done: back())

    def _on_focus(self, _old: QWidget | None, _new: QWidget | None) -> None:
        if self._owed is not None:
            QTimer.singleShot(0, self, self._pay)

    def _pay(self) -> None:
        page = self._owed
        if page is not None and isValid(page) and page.isVisible():
            self._draw(page)
        else:
            self._owed = None


def _back_to(place: _Place, page: Page) -> Callable[[], None]:
    def back() -> None:
        if isValid(page) and not is_at_hand(page):
            place.restore(page)

    return back


def _areas(page: Page) -> list[QScrollArea]:
    return page.findChildren(QScrollArea)
