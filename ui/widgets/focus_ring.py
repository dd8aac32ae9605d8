"""One ring around whatever has the keyboard, in every window of the program.

Fields show the focus by their own border. For everything else the ring is drawn two pixels away,
and only when the keyboard brought the focus there; in high contrast always.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QSlider,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from ui import theme

_RINGED = (QAbstractButton, QSlider, QAbstractItemView, QTabBar, QLabel)
_MOVES = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ZOrderChange,
)
_REACH = 5


class FocusRing(QWidget):
    """Made once, by the main window, and kept by it; it follows the focus from window to window."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._on: QWidget | None = None
        self._watched: list[QWidget] = []
        self._by_keyboard = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def ringed(self) -> QWidget | None:
        """The widget that has the ring now, or None."""
        return self._on if self._on is not None and not self.isHidden() else None

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not isValid(self):
            return
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._by_keyboard = False
        self._stop_watching()
        self._on = new if isinstance(new, _RINGED) else None
        if new is None:
            self.hide()
            self.setParent(None)
            return
        self._watch(new)
        self._show_or_hide()

    def _watch(self, focused: QWidget) -> None:
        """Listen to the focused widget for keys, and to all around it for being moved."""
        widget: QWidget | None = focused
        while widget is not None:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = None if widget.isWindow() else widget.parentWidget()

    def _stop_watching(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []

    def _show_or_hide(self) -> None:
        wanted = self._on is not None and (self._by_keyboard or theme.current().is_contrast)
        if not wanted or self._on is None:
            self.hide()
            return
        window = self._on.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        if self._on is None or not isValid(self._on):
            return
        around = self._on.rect()
        if isinstance(self._on, QTabBar):
            around = self._on.tabRect(self._on.currentIndex())
        corner = self._on.mapTo(self._on.window(), around.topLeft())
        ring = QRect(corner, around.size()).adjusted(-_REACH, -_REACH, _REACH, _REACH)
        self.setGeometry(ring)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Hide and watched is self.parentWidget():
            self.hide()  # before a closing dialog takes the ring with it
            self.setParent(None)
        elif kind in _MOVES:
            if not self.isHidden():
                self._place()
        elif kind == QEvent.Type.KeyPress and not self._by_keyboard:
            self._by_keyboard = True
            self._show_or_hide()
        elif kind == QEvent.Type.KeyRelease and isinstance(self._on, QTabBar):
            self._place()
        elif kind == QEvent.Type.MouseButtonPress and self._by_keyboard:
            self._by_keyboard = False
            self._show_or_hide()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._in_sight())
        painter.setPen(QPen(look.colour("focus"), 3))
        radius = min(look.px(9) + _REACH, self.height() / 2)
        rect = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.drawRoundedRect(rect, radius, radius)

    def _in_sight(self) -> QRect:
        """The part of the ring that is not scrolled out of sight."""
        sight = self.rect()
        around = self._on.parentWidget() if self._on is not None and isValid(self._on) else None
        while around is not None and not around.isWindow():
            if isinstance(around, QAbstractScrollArea):
                port = around.viewport()
                corner = self.mapFromGlobal(port.mapToGlobal(QPoint(0, 0)))
                sight = sight.intersected(QRect(corner, port.size()))
            around = around.parentWidget()
        return sight
