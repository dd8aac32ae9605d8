"""What the participant said, in their own words: to read again, to say differently, to go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.content.participant import Tongue
from caseworker_app.domain.talk import Statement
from ui.forms.turned_sheet import faced
from ui.forms.typing_pause import TypingPause
from ui.widgets.boxes import Box
from ui.widgets.drawings import picture
from ui.widgets.fields import GrowingText
from ui.widgets.layout import clear, column, row
from ui.widgets.text import Text

NewId = Callable[[], UUID]


class OwnField(QWidget):
    """Where one statement is written. `written` comes when typing pauses, with its id."""

    written = Signal(object, str)

    def __init__(self, statement: UUID, words: str, name: str) -> None:
        super().__init__()
        self.statement = statement
        self._edit = GrowingText(2, "tbody")
        self._edit.setAccessibleName(name)
        self._edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._edit.setAcceptDrops(False)
        self._edit.setPlainText(words)
        self._edit.moveCursor(QTextCursor.MoveOperation.End)
        self._told = words
        self._pause = TypingPause(self)
        self._pause.over.connect(self.flush)
        self._edit.textChanged.connect(self._pause.begin)
        self.setLayout(column(self._edit))
        self.setFocusProxy(self._edit)

    def words(self) -> str:
        """What stands there."""
        return self._edit.toPlainText()

    def flush(self) -> None:
        """Say `written` now, if something else stands there than before."""
        self._pause.stop()
        if self.words() != self._told:
            self._told = self.words()
            self.written.emit(self.statement, self._told)


class _Card(Box):
    """One statement, with the way to say it differently."""

    def __init__(self, said: Statement, tongue: Tongue, change: Callable[[], object]) -> None:
        super().__init__("surface", "line", radius=16)
        words = Text(said.words, "tbody")
        again = faced(tongue, tongue.say("say-differently"), "person_tint", "pen-line", change)
        again.setAccessibleDescription(said.words)
        quote = picture("quote", colour="person", size=26)
        layout = row(quote, words, again, gap=18, margins=(24, 16, 20, 16))
        layout.setStretch(1, 1)
        layout.setAlignment(again, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)


class OwnWords(QWidget):
    """Everything said here, and (if `more`) a field for more, perhaps folded away at first."""

    written = Signal(object, str)

    def __init__(
        self, tongue: Tongue, new_id: NewId, *, unfolded: bool = False, more: bool = True
    ) -> None:
        super().__init__()
        self._tongue, self._new_id = tongue, new_id
        self._said: tuple[Statement, ...] = ()
        self._changing: OwnField | None = None
        self._title = Text(tongue.say("you-said"), "tbody", colour="text_2")
        self._cards: QVBoxLayout = column(gap=12)
        self._below: QVBoxLayout = column(gap=8)
        self._new: OwnField | None = None
        body = column(self._title, self._cards, gap=10)
        body.addLayout(self._below)
        self.setLayout(body)
        self._draw()
        if unfolded:
            self._unfold()
        elif more:
            words = tongue.say("own-words")
            opener = faced(tongue, words, "quiet", "pen-line", self._on_unfold)
            self._below.addWidget(opener, 0, Qt.AlignmentFlag.AlignLeft)

    def show_said(self, said: Sequence[Statement]) -> None:
        """Show what was said. What is being written now stands in its field alone."""
        shown = tuple(said)
        if shown != self._said:
            self._said = shown
            if self._changing is None:
                self._draw()

    def flush(self) -> None:
        """Say what was typed in the last half second."""
        for field in (self._changing, self._new):
            if field is not None:
                field.flush()

    def focus(self) -> None:
        """Put the keyboard into the field for more."""
        if self._new is not None:
            self._new.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self) -> None:
        clear(self._cards)
        shown = [one for one in self._said if self._new is None or one.id != self._new.statement]
        self._title.setVisible(bool(shown))
        for said in shown:
            self._cards.addWidget(self._drawn(said))

    def _drawn(self, said: Statement) -> QWidget:
        if self._changing is None or self._changing.statement != said.id:
            return _Card(said, self._tongue, lambda: self._change(said))
        words = self._tongue.say("done")
        done = faced(self._tongue, words, "person_tint", "check", self._on_done)
        holder = QWidget()
        holder.setLayout(column(self._changing, row(None, done), gap=8))
        return holder

    def _change(self, said: Statement) -> None:
        self._on_done()
        field = OwnField(said.id, said.words, self._tongue.say("say-differently"))
        field.written.connect(self.written)
        self._changing = field
        self._draw()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_done(self) -> None:
        if self._changing is not None:
            self._changing.flush()
            self._changing = None
            self._draw()

    def _on_unfold(self) -> None:
        self._unfold()
        self.focus()

    def _unfold(self) -> None:
        clear(self._below)
        name = self._tongue.say("own-words")
        self._new = OwnField(self._new_id(), "", name)
        self._new.written.connect(self.written)
        self._below.addWidget(Text(name, "tbody", colour="text_2"))
        self._below.addWidget(self._new)
