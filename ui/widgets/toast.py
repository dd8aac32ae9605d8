"""A short word at the foot of a page after something was removed, with the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from caseworker_app.i18n import _
from ui import theme
from ui.widgets.boxes import Box
from ui.widgets.drawings import picture
from ui.widgets.layout import row
from ui.widgets.text import Text

STAYS = 8000  # milliseconds
_UNDO = QKeySequence.StandardKey.Undo


def announce(widget: QWidget, words: str) -> None:
    """Let a screen reader say something without moving the focus."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class Toast(QWidget):
    """One for each page; says the newest thing only.

    It goes after eight seconds, but not while somebody points at it or has the keyboard in it.
    """

    def __init__(self, host: QWidget, *, stays: int = STAYS) -> None:
        super().__init__(host)
        look = theme.current()
        self._host = host
        self._undo: Callable[[], object] | None = None
        self._words = Text("", colour="surface")
        self._back = QPushButton(_("Undo"))
        self._back.setAccessibleName(_("Undo"))
        self._back.clicked.connect(lambda _checked=False: self._on_undo())
        self._back.setStyleSheet(_undo_style())
        self._back.setAutoDefault(False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(stays)
        self._timer.timeout.connect(self._on_time)
        self._shortcut = QShortcut(QKeySequence(_UNDO), host)
        self._shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        self._shortcut.activated.connect(self._on_undo)
        self._shortcut.setEnabled(False)
        self._box = Box("text", "text", radius=10)
        tick = picture("circle-check", colour="surface", size=20)
        inner = row(tick, self._words, self._back, gap=10, margins=(16, 6, 10, 6))
        outer = row(self._box, margins=(24, 24, 40, 40))
        self._layouts = inner, outer
        self._box.setLayout(inner)
        self._box.setMinimumHeight(look.px(52))
        self._box.setGraphicsEffect(_shadow(self._box))
        self.setLayout(outer)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(160)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        host.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]
        self.hide()

    def say(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Show `words`; with `undo`, offer the way back by button and by Ctrl+Z."""
        self._undo = undo
        self._words.setText(words)
        self._back.setVisible(undo is not None)
        self._shortcut.setEnabled(undo is not None)
        self._on_focus(None, QApplication.focusWidget())
        self.show()
        self._place()
        self.raise_()
        if theme.current().motion:
            self._slide.setStartValue(self.pos() + QPoint(0, theme.current().px(24)))
            self._slide.setEndValue(self.pos())
            self._slide.start()
        self._timer.start()
        announce(self, words)

    def words(self) -> str:
        """What it says now, or ""."""
        return self._words.text() if self.isVisible() else ""

    def _on_undo(self) -> None:
        undo, self._undo = self._undo, None
        self._go()
        if undo is not None:
            undo()

    def _on_time(self) -> None:
        if self._box.underMouse() or self._back.hasFocus():
            self._timer.start()
        else:
            self._go()

    def _go(self) -> None:
        self._timer.stop()
        self._slide.stop()
        self._shortcut.setEnabled(False)
        self.hide()

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is self._back:
            self._timer.start()
        if new is not None and self._undo is not None:
            new.installEventFilter(self)

    def _place(self) -> None:
        for layout in self._layouts:  # other words are wanted now than were laid out last
            layout.activate()
        width = min(self.sizeHint().width(), self._host.width())
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        self.setGeometry(0, self._host.height() - height, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._slide.stop()
                self._place()
        elif event.type() == QEvent.Type.ShortcutOverride and self._takes(watched, event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _takes(self, field: QObject, event: QEvent) -> bool:
        """Whether Ctrl+Z is for the toast: a field takes it for its own typing, if there is any."""
        if self._undo is None or not cast("QKeyEvent", event).matches(_UNDO):
            return False
        if isinstance(field, QLineEdit):
            return not field.isUndoAvailable()
        if isinstance(field, QPlainTextEdit):
            return not field.document().isUndoAvailable()
        return True


def _shadow(box: QWidget) -> QGraphicsDropShadowEffect:
    shadow = QGraphicsDropShadowEffect(box)
    shadow.setOffset(0, 10)
    shadow.setBlurRadius(36)
    dark = theme.current().name.startswith("dark")
    shadow.setColor(QColor(0, 0, 0, 150 if dark else 48))
    return shadow


def _undo_style() -> str:
    """Dark on light and light on dark: the button is in the other theme's accent."""
    look = theme.current()
    ink = theme.Theme("dark" if look.name.startswith("light") else "light").hex("accent")
    return (
        f"QPushButton {{ background: transparent; border: none; color: {ink}; font-weight: 600;"
        f" padding: 0 {look.px(10)}px; }}"
        f" QPushButton:hover, QPushButton:focus {{ text-decoration: underline; }}"
    )
