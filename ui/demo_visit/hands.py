"""A pair of hands: real clicks and keys on the windows of the program, as a coach would make them.

Widgets are found by the words a person sees or hears (text, accessible name). Nothing is set behind
their back: if something cannot be clicked or typed into, the hands fail.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from ui.demo_visit.eyes import CannotDo, Eyes, height_of, plain, visible, words_of


class Hands(Eyes):
    """Clicks and types. `clicks` and `keys` count what was done.

    `breath` is how many milliseconds pass after each; a person in no hurry needs more.
    """

    breath = 20

    def __init__(self) -> None:
        self.clicks = 0
        self.keys = 0

    def click(self, what: str, kind: type[QWidget] = QAbstractButton) -> None:
        """Click the widget with these words in its middle."""
        self.click_found(lambda: self.see(what, kind), f"nothing says “{what}”")

    def click_found(self, find: Callable[[], QWidget | None], otherwise: str) -> QWidget:
        """Wait until `find` gives a widget, and click it in its middle."""

        def found() -> QWidget:
            self.wait(lambda: find() is not None, otherwise)
            widget = find()
            assert widget is not None
            return widget

        widget = found()
        _prepare(widget)
        # the page may have drawn it anew meanwhile: then a person clicks what is there now
        widget = widget if isValid(widget) else found()
        self._click(widget)
        return widget

    def click_widget(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Bring the widget into view and click it: in its middle, or at this place of it."""
        _prepare(widget)
        self._click(widget, place)

    def _click(self, widget: QWidget, place: QPoint | None = None) -> None:
        if not widget.isEnabled():
            raise CannotDo(f"“{widget.accessibleName()}” is disabled")
        self.clicks += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place or _middle(widget))
        self.pause(self.breath)

    def click_within(self, group: str, what: str) -> None:
        """Click the button with these words that belongs to a group with a name of its own."""
        holder = self.see(group)
        for made in holder.findChildren(QAbstractButton):
            if plain(what) in words_of(made):
                self.click_widget(made)
                return
        raise CannotDo(f"“{group}” has no “{what}”")

    def type_into(self, what: str, words: str) -> None:
        """Click into a field and type; what stood there is replaced."""
        fields = (QLineEdit, QPlainTextEdit, QTextEdit)

        def there() -> QWidget | None:
            found = [
                w for w in visible(QWidget) if isinstance(w, fields) and plain(what) in words_of(w)
            ]
            return max(found, key=height_of, default=None)

        self.wait(lambda: there() is not None, f"no field “{what}”")
        field = there()
        assert field is not None
        self.click_widget(field)
        self.wait(field.hasFocus, f"“{what}” does not take the keyboard")
        self.press("Ctrl+A")
        self.type(words)
        popup = QApplication.activePopupWidget()
        if popup is not None:  # suggestions that are not wanted
            self.keys += 1
            QTest.keyClick(popup, Qt.Key.Key_Escape)
            self.wait(lambda: QApplication.activePopupWidget() is None, "suggestions stay open")

    def type(self, words: str) -> None:
        """Type into whatever has the focus, letter by letter."""
        for letter in words:
            target = QApplication.focusWidget()
            if target is None:
                raise CannotDo("nothing has the focus")
            self.keys += 1
            if letter == "\n":
                QTest.keyClick(target, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
                continue
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(target, event)
        QApplication.processEvents()

    def press(self, keys: str) -> None:
        """Press a key or a combination such as "Ctrl+L" or "Return"."""
        *modifiers, name = keys.split("+")
        active = QApplication.activeWindow()
        if active is None or not active.isVisible():
            others = (w for w in QApplication.topLevelWidgets() if w.isVisible())
            _wake(QApplication.activeModalWidget() or next(others))
        target = QApplication.focusWidget() or QApplication.activeWindow()
        if target is None:
            raise CannotDo("no window is active")
        self.keys += 1
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= {"Ctrl": Qt.KeyboardModifier.ControlModifier,
                     "Shift": Qt.KeyboardModifier.ShiftModifier,
                     "Alt": Qt.KeyboardModifier.AltModifier}[modifier]  # fmt: skip
        QTest.keyClick(target, getattr(Qt.Key, f"Key_{name}"), held)
        self.pause(self.breath)

    def choose_from_menu(self, button: str, entry: str) -> None:
        """Open a menu by its button and click one of its entries."""
        self.click(button)
        self.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "no menu opened")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        self.choose_entry(menu, entry)

    def choose_entry(self, menu: QMenu, entry: str) -> None:
        """Click one of the entries of a menu that is open."""
        found = [a for a in menu.actions() if plain(a.text()) == plain(entry)]
        if not found:
            raise CannotDo(f"the menu has no “{entry}”")
        self.clicks += 1
        place = menu.actionGeometry(found[0]).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
        self.pause(self.breath)

    def choose_in_list(self, field: str, entry: str) -> None:
        """Choose an entry of a drop-down list by typing its first letters, as the keyboard does."""
        combo = self.see(field, QComboBox)
        assert isinstance(combo, QComboBox)
        self.click_widget(combo)
        self.type(entry)
        self.press("Return")
        self.wait(lambda: combo.currentText() == entry, f"“{field}” does not show “{entry}”")

    def choose_tab(self, what: str) -> None:
        """Click a tab by its words."""

        def bar() -> QTabBar | None:
            bars = (b for b in visible(QTabBar) if isinstance(b, QTabBar))
            return next((b for b in bars if plain(what) in _tabs(b)), None)

        self.wait(lambda: bar() is not None, f"no tab “{what}”")
        tabs = bar()
        assert tabs is not None
        _prepare(tabs)
        self.clicks += 1
        place = tabs.tabRect(_tabs(tabs).index(plain(what))).center()
        QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=place)
        self.pause(self.breath)

    def open_first_row(self, about: str = "") -> None:
        """Double-click the first row of the list in view, once it is about this person."""

        def found() -> QListView | None:
            for view in visible(QListView):
                assert isinstance(view, QListView)
                first = view.model().index(0, 0)
                if first.isValid() and about in plain(str(first.data())):
                    return view
            return None

        self.wait(lambda: found() is not None, f"nothing in the list is about “{about}”")
        view = found()
        assert view is not None
        place = view.visualRect(view.model().index(0, 0)).center()
        self.clicks += 2
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.pause(self.breath)


def typed_day(day: date, language: str) -> str:
    """A date as somebody types it: 1.12.2026 or 1-12-2026."""
    mark = "-" if language == "nl" else "."
    return f"{day.day}{mark}{day.month}{mark}{day.year}"


def _tabs(bar: QTabBar) -> list[str]:
    return [plain(bar.tabText(i)) for i in range(bar.count())]


def _prepare(widget: QWidget) -> None:
    """Scroll until the widget can be seen, and let the program work off what that has begun."""
    window = widget.window()
    _bring_into_view(widget)
    _wake(window)


def _wake(window: QWidget) -> None:
    """Make a window the active one, as every window manager does with the one that is clicked."""
    if not window.isActiveWindow() and QApplication.activePopupWidget() is None:
        window.activateWindow()
        QTest.qWaitForWindowActive(window)


def _bring_into_view(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea) and parent.widget() is not None:
            parent.ensureWidgetVisible(widget, 40, 60)
        parent = parent.parentWidget()
    QApplication.processEvents()


def _middle(widget: QWidget) -> QPoint:
    visible = widget.visibleRegion().boundingRect()
    return (visible if visible.isValid() else QRect(QPoint(0, 0), widget.size())).center()
