"""What keeps a widget from being used without eyes or without a mouse, in sentences."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCalendarWidget,
    QComboBox,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

SMALLEST = 40


def problems(widget: QWidget) -> list[str]:
    """One sentence for each nameless, tiny or unreachable control inside a widget that is shown."""
    controls = [one for one in [widget, *widget.findChildren(QWidget)] if _is_control(one)]
    reached = _reached_by_tab(widget)
    found = []
    for control in controls:
        who = f"{type(control).__name__} {_name(control)!r}"
        if not _name(control):
            found.append(f"{who} has no name")
        if min(control.width(), control.height()) < SMALLEST:
            found.append(f"{who} is only {control.width()} x {control.height()}")
        if control not in reached and not _shares_a_tab_stop(control, reached):
            found.append(f"{who} is not reached by Tab")
    return found


def _is_control(widget: QWidget) -> bool:
    if not widget.isVisible() or not widget.isEnabled():
        return False
    if isinstance(widget.parentWidget(), QTabBar) or _is_inside(widget, QCalendarWidget):
        return False
    bare = QAbstractScrollArea, QAbstractItemView, QPlainTextEdit
    if isinstance(widget, QScrollArea) or isinstance(widget.parentWidget(), bare):
        return False
    return widget.focusPolicy() is not Qt.FocusPolicy.NoFocus


def _is_inside(widget: QWidget, kind: type[QWidget]) -> bool:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, kind):
            return True
        around = around.parentWidget()
    return False


def _name(widget: QWidget) -> str:
    """What a screen reader says. A combo box would answer with its value, which is no name."""
    if isinstance(widget, QComboBox) or widget.accessibleName():
        return widget.accessibleName()
    spoken = QAccessible.queryAccessibleInterface(widget)
    return spoken.text(QAccessible.Text.Name) if spoken else ""


def _reached_by_tab(widget: QWidget) -> set[QWidget]:
    window, reached = widget.window(), set()
    one = window
    while True:
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(one)
        one = one.nextInFocusChain()
        if one is window:
            return reached


def _shares_a_tab_stop(control: QWidget, reached: set[QWidget]) -> bool:
    """Buttons of one exclusive group have one Tab stop; the arrows go from one to the next."""
    if not isinstance(control, QAbstractButton) or not control.autoExclusive():
        return False
    return any(
        isinstance(one, QAbstractButton)
        and one.autoExclusive()
        and one.parentWidget() is control.parentWidget()
        for one in reached
    )
