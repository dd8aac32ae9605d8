"""One sentence that wraps and grows where it stands; Enter goes on to the next field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import texts
from ui import theme
from ui.forms.quiet import make_quiet
from ui.widgets.fields import GrowingText
from ui.widgets.text import Elided, role_font


class OwnLine(GrowingText):
    """`changed` while typing, `left` on leaving. `quoted` draws quotation marks around it."""

    changed = Signal()
    left = Signal()
    _role = "body"  # asked for while Qt is still building the field

    def __init__(
        self,
        name: str,
        words: str,
        *,
        role: str = "body",
        placeholder: str = "",
        quoted: bool = False,
        muted: bool = False,
    ) -> None:
        super().__init__(1, role)
        self._role = role
        self.setProperty("role", role)
        self.setProperty("muted", muted)
        self._marks: tuple[QWidget, QWidget] | None = None
        make_quiet(self)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if quoted:
            self._quote()
        self.setPlainText(words)
        self.textChanged.connect(self._on_text)
        self.installEventFilter(self)

    def words(self) -> str:
        """The sentence as typed, on one line."""
        return " ".join(self.toPlainText().split())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what is expected here."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the field is left."""
        if watched is self and event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take up the new width."""
        super().resizeEvent(event)
        self._place_marks()

    def _grow(self) -> None:
        lines = max(1, int(self.document().size().height()))
        inner = lines * QFontMetrics(role_font(self._role)).lineSpacing()
        height = inner + 2 * int(self.document().documentMargin()) + theme.current().px(15)
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def _on_text(self) -> None:
        self._place_marks()
        self.changed.emit()

    def _quote(self) -> None:
        before, after = texts().quoted("\n").split("\n")
        self._marks = (Elided(before, self._role), Elided(after, self._role))
        for mark in self._marks:
            mark.setParent(self)
            mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        room = QFontMetrics(role_font(self._role)).horizontalAdvance(before) + theme.current().px(1)
        self.setViewportMargins(room, 0, room, 0)

    def _place_marks(self) -> None:
        """The first mark stands before the first letter, the other after the last one."""
        if self._marks is None:
            return
        before, after = self._marks
        end = self.textCursor()
        end.movePosition(end.MoveOperation.End)
        last = self.cursorRect(end)
        first = self.cursorRect(type(end)(self.document()))
        for mark in self._marks:
            mark.setVisible(bool(self.toPlainText()))
            mark.resize(mark.sizeHint())
        lift = (before.height() - first.height()) // 2
        at = self.viewport().mapToParent(first.topLeft())
        before.move(at - QPoint(before.width() - 1, lift))
        after.move(self.viewport().mapToParent(last.topRight()) - QPoint(0, lift))
