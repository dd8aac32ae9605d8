"""Where a passphrase is typed: hidden, shown on demand, with a word about the caps lock."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from caseworker_app.i18n import _
from ui import theme
from ui.widgets.buttons import icon_button
from ui.widgets.field import Field, inset
from ui.widgets.text import IconText
from ui.widgets.tips import set_tip


class PasswordField(Field):
    """A hidden line. `entered` when Enter is pressed in it."""

    control: QLineEdit
    entered = Signal()

    def __init__(self, label: str, *, hint: str = "") -> None:
        edit = QLineEdit()
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        edit.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        super().__init__(label, edit, hint=hint)
        self._eye = icon_button("eye", "", slot=self._on_eye)
        inset(edit, self._eye)
        self._caps = IconText("info", _("Caps lock is on"), "meta")
        self._caps.hide()
        self._body.insertWidget(self._body.indexOf(edit) + 1, self._caps)
        self._show(shown=False)
        edit.textEdited.connect(lambda _words: self.changed.emit())
        edit.returnPressed.connect(self.entered)

    def value(self) -> str:
        """What was typed, with every blank."""
        return self.control.text()

    def set_value(self, value: str) -> None:
        """Fill or empty the line, and hide it again."""
        self.control.setText(value)
        self._show(shown=False)

    def select_all(self) -> None:
        """Select what was typed, so that the next key begins anew."""
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)
        self.control.selectAll()

    def _on_eye(self) -> None:
        self._show(shown=self.control.echoMode() is QLineEdit.EchoMode.Password)

    def _show(self, *, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.control.setEchoMode(mode)
        name = _("Hide what is written") if shown else _("Show what is written")
        self._eye.setIcon(theme.icon("eye-off" if shown else "eye", "text", 20))
        set_tip(self._eye, name)
        self._eye.setAccessibleName(name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.control and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            self._watch_caps(event)
        return super().eventFilter(watched, event)

    def _watch_caps(self, event: QKeyEvent) -> None:
        """No system tells Qt about the caps lock; a capital without Shift does."""
        letter = event.text()
        if letter.isupper() or letter.islower():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps.setVisible(letter.isupper() is not shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self._caps.hide()
