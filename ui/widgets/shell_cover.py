"""The cover: F8 hides everything at once, for the moment when somebody looks over the shoulder."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QIcon, QKeyEvent, QPixmap, QRegion, QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QStackedLayout, QWidget
from shiboken6 import isValid

from caseworker_app.i18n import _
from ui.widgets.drawings import Sign
from ui.widgets.layout import column, row, stand_on
from ui.widgets.text import Text

LOCKS_AFTER = 120  # seconds
ICON = 64


def sign_icon() -> QIcon:
    """The sign as the icon of the window."""
    picture = QPixmap(ICON, ICON)
    picture.fill(Qt.GlobalColor.transparent)
    sign = Sign(ICON)
    sign.resize(ICON, ICON)
    sign.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return QIcon(picture)


class Cover(QWidget):
    """A plain ground with the sign. Esc takes it away; left alone, it becomes the lock.

    `words` say so to somebody who does not know.
    """

    lifted = Signal()
    left_alone = Signal()

    def __init__(self, seconds: float = LOCKS_AFTER, words: str = "") -> None:
        super().__init__()
        stand_on(self, "canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words or _("Covered. Esc shows everything again."))
        body = column(None, row(None, Sign(112), None), gap=24, margins=(40, 40, 40, 40))
        if words:
            said = Text(words, "tbody", colour="text_2")
            said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            body.addWidget(said)
        body.addStretch(1)
        self.setLayout(body)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(seconds * 1000))
        self._timer.timeout.connect(self.left_alone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only Esc does something here."""
        if event.key() == Qt.Key.Key_Escape:
            self.lifted.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Count from now on."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop counting."""
        super().hideEvent(event)
        self._timer.stop()


class Coverable(QWidget):
    """Shows one content, or a cover instead of it. Hidden content answers no keys."""

    left_alone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stack = QStackedLayout(self)
        self._content: QWidget | None = None
        self._cover: Cover | None = None
        self._focused: QWidget | None = None

    def show_content(self, content: QWidget) -> None:
        """Put this content in the place of the one before, under the cover if there is one."""
        old, self._content = self._content, content
        self._stack.insertWidget(0, content)
        self._stack.setCurrentWidget(self._cover or content)
        if self._cover is None:
            content.setFocus(Qt.FocusReason.OtherFocusReason)
        if old is not None:
            self._stack.removeWidget(old)
            old.hide()
            old.deleteLater()

    def cover(self, words: str = "") -> None:
        """Hide everything at once, open sheets included; `words` are all that can be read then."""
        if self._cover is not None:
            return
        for sheet in self.window().findChildren(QDialog):
            sheet.close()
        self._focused = QApplication.focusWidget()
        self._cover = Cover(words=words)
        self._cover.lifted.connect(self._uncover)
        self._cover.left_alone.connect(self.left_alone)
        self._stack.addWidget(self._cover)
        self._stack.setCurrentWidget(self._cover)
        self._cover.setFocus(Qt.FocusReason.OtherFocusReason)

    def _uncover(self) -> None:
        assert self._cover is not None
        cover, self._cover = self._cover, None
        self._stack.removeWidget(cover)
        cover.hide()
        cover.deleteLater()
        focused, self._focused = self._focused, None
        if focused is not None and isValid(focused) and self.isAncestorOf(focused):
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
