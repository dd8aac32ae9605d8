"""A question that is asked while looking at the picture, and the answer in the person's words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.look_back import LookBack, question_words
from caseworker_app.domain.talk import Statement, Voice
from caseworker_app.i18n import _, texts
from ui.forms.typing_pause import TypingPause
from ui.widgets.boxes import VoiceBox
from ui.widgets.buttons import icon_button
from ui.widgets.fields import LongField
from ui.widgets.layout import clear, column
from ui.widgets.text import Text, isolated


class LookBackField(QWidget):
    """What was said stands in its box; the pencil opens it again. `changed` when there is news.

    `seen` is the answer as it was kept last.
    """

    changed = Signal()

    def __init__(self, asked: LookBack, name: str) -> None:
        super().__init__()
        self.asked = asked
        self.seen: Statement | None = None
        self._name = name
        self._pause = TypingPause(self, steady=True)
        self._pause.over.connect(self.changed)
        words = question_words(asked, texts())
        self.field = LongField(
            "", placeholder=_("In {name}’s own words").format(name=name), lines=1
        )
        self.field.control.setAccessibleName(words)
        self.field.control.setProperty("tone", "person")
        self.field.changed.connect(self._pause.begin)
        self.field.left.connect(self._on_left)
        self._box_place = column(gap=0)
        self.setLayout(column(Text(words, "metab"), self._box_place, self.field, gap=6))

    def show_answer(self, seen: Statement | None) -> None:
        """Show what was kept, or a place to write where nothing was."""
        self._pause.stop()
        self.seen = seen
        self.field.set_value(seen.words if seen else "")
        self._close()

    def kept(self, seen: Statement | None) -> None:
        """What was written is kept; the keyboard may still be in it."""
        self.seen = seen

    def words(self) -> str:
        """What stands there now, without blanks around it."""
        return self.field.value().strip()

    def has_news(self) -> bool:
        """Whether something else stands there than was kept."""
        return self.words() != (self.seen.words if self.seen else "")

    def _on_left(self) -> None:
        self._pause.stop()
        self.changed.emit()
        if self.window().isActiveWindow():
            self._close()

    def _close(self) -> None:
        """Words become a box; an empty field stays open."""
        clear(self._box_place)
        words = self.words()
        self.field.setVisible(not words)
        if not words:
            return
        box = VoiceBox(Voice.PARTICIPANT, words, isolated(self._name), small=True)
        box.add_button(icon_button("pen-line", _("Change these words"), slot=self._open))
        self._box_place.addWidget(box)

    def _open(self) -> None:
        clear(self._box_place)
        self.field.show()
        self.field.setFocus()
        self.field.control.moveCursor(QTextCursor.MoveOperation.End)
