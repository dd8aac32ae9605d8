"""What was said to a question, one box for each voice, each of which can be put right.

Words are corrected in place and kept at every pause; a removed statement comes back with Undo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QWidget

from caseworker_app.domain.talk import Mark, Statement, Voice
from caseworker_app.i18n import _, texts
from ui import theme
from ui.forms.typing_pause import PAUSE
from ui.widgets.boxes import VoiceBox
from ui.widgets.buttons import button, icon_button
from ui.widgets.fields import GrowingText
from ui.widgets.layout import column, row
from ui.widgets.said_words import mark_words


class _Correction(QWidget):
    """A statement while its words are being put right."""

    paused = Signal()
    closed = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self._edit = GrowingText(2, "say")
        self._edit.setPlainText(words)
        self._edit.setAccessibleName(_("Put the words right"))
        self._edit.moveCursor(QTextCursor.MoveOperation.End)
        self._edit.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.paused)
        self._edit.textChanged.connect(self._timer.start)
        done = button(_("Done"), "tint", slot=self.close_up)
        self.setLayout(column(self._edit, row(None, done), gap=6))
        self.setFocusProxy(self._edit)

    def words(self) -> str:
        """The words as they are now."""
        return self._edit.toPlainText()

    def flush(self) -> None:
        """Say `paused` now if somebody has just been typing."""
        if self._timer.isActive():
            self._timer.stop()
            self.paused.emit()

    def close_up(self) -> None:
        """Keep the words and show them as a statement again."""
        self.flush()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.flush()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            new_line = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if event.key() == Qt.Key.Key_Escape or (enter and not new_line):
                self.close_up()
                return True
        return super().eventFilter(watched, event)


class _Said(QWidget):
    """One statement with the button that offers what can be done with it."""

    def __init__(self, statement: Statement, who: str, owner: StatementList) -> None:
        super().__init__()
        self.statement = statement
        self._owner = owner
        self._correction: _Correction | None = None
        self._box = VoiceBox(statement.voice, statement.words, who, mark_words(statement.marks))
        self._more = icon_button(
            "ellipsis",
            _("More about what {who} said").format(who=who)
            if statement.voice is not Voice.COACH
            else _("More about this note"),
            colour="text_2",
            big=True,
            slot=self._offer,
        )
        self._body = row(self._box, self._more, gap=4)
        self._body.setStretch(0, 1)
        self._body.setAlignment(self._more, Qt.AlignmentFlag.AlignTop)
        self.setLayout(self._body)

    def correct(self) -> None:
        """Let the coach put the words right."""
        if self._correction is not None:
            return
        self._correction = _Correction(self.statement.words)
        self._correction.paused.connect(self._keep)
        self._correction.closed.connect(self._close)
        self._body.insertWidget(0, self._correction, 1)
        self._box.hide()
        self._more.hide()
        self._correction.show()
        self._correction.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_correcting(self) -> bool:
        """Whether the words are being put right."""
        return self._correction is not None

    def flush(self) -> None:
        """Keep what has just been typed."""
        if self._correction is not None:
            self._correction.flush()

    def _keep(self) -> None:
        if self._correction is not None and self._correction.words().strip():
            self._owner.corrected.emit(self.statement.id, self._correction.words())

    def _close(self) -> None:
        if self._correction is not None:
            self._correction.hide()
            self._correction.deleteLater()
        self._correction = None
        self._box.show()
        self._more.show()
        self._owner.closed.emit()

    def _offer(self) -> None:
        said, menu = self.statement, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(theme.icon("pen-line"), _("Put the words right"), self.correct)
        for mark, icon, words in _marking(said):
            menu.addAction(theme.icon(icon), words, partial(self._turn, mark))
        menu.addSeparator()
        remove = partial(self._owner.removed.emit, said.id)
        menu.addAction(theme.icon("trash-2"), _("Remove"), remove)
        corner = QPoint(self._more.width() - menu.sizeHint().width(), self._more.height())
        menu.popup(self._more.mapToGlobal(corner))

    def _turn(self, mark: str) -> None:
        self._owner.marked.emit(self.statement.id, mark, not getattr(self.statement, mark))


class _Question(QWidget):
    """The statements to one question. It stays as it is while another question is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[_Said] = []
        self._body = column(gap=8)
        self.setLayout(self._body)

    def show_all(self, statements: Sequence[Statement], make: Callable[[Statement], _Said]) -> None:
        """Show these statements. What did not change keeps its box; a correction stays open."""
        kept = {said.statement.id: said for said in self.said}
        shown: list[_Said] = []
        for place, statement in enumerate(statements):
            said = kept.get(statement.id)
            if said is None or not (said.is_correcting() or said.statement == statement):
                said = make(statement)
            if self._body.indexOf(said) != place:
                self._body.insertWidget(place, said)
                if self.isVisible():
                    said.show()
            shown.append(said)
        for said in self.said:
            if said not in shown:
                said.hide()
                self._body.removeWidget(said)
                said.deleteLater()
        self.said = shown


class StatementList(QWidget):
    """All statements to the question that is asked, in the order said.

    `marked` carries the id, the name of a `Mark`, and whether it is set. `closed` says that a
    correction is over.
    """

    corrected = Signal(object, str)
    marked = Signal(object, str, bool)
    removed = Signal(object)
    closed = Signal()

    def __init__(self, person: str, coach: str) -> None:
        super().__init__()
        self._person, self._coach = person, coach
        self._questions: dict[str, _Question] = {}
        self._shown = _Question()
        self._body = column(gap=0)
        self.setLayout(self._body)

    def show_all(self, question: str, statements: Sequence[Statement]) -> None:
        """Show what was said to this question."""
        shown = self._question(question)
        shown.show_all(statements, self._make)
        if shown is not self._shown:
            self._shown.hide()
            self._shown = shown
        shown.show()

    def make_ready(self, question: str, statements: Sequence[Statement]) -> None:
        """Make the boxes of a question that is likely to be shown soon."""
        self._question(question).show_all(statements, self._make)

    def newest(self) -> QWidget | None:
        """The box of what was said last."""
        return self._shown.said[-1] if self._shown.said else None

    def flush(self) -> None:
        """Keep what has just been typed into a correction."""
        for said in self._shown.said:
            said.flush()

    def _question(self, question: str) -> _Question:
        if question not in self._questions:
            made = self._questions[question] = _Question()
            made.hide()
            self._body.addWidget(made)
        return self._questions[question]

    def _make(self, statement: Statement) -> _Said:
        return _Said(statement, _who(statement, self._person, self._coach), self)


def _who(statement: Statement, person: str, coach: str) -> str:
    who = {
        Voice.PARTICIPANT: person,
        Voice.COACH: coach or _("You"),
        Voice.THIRD: statement.speaker or _("Somebody else"),
        Voice.DOCUMENT: statement.speaker or _("A document"),
    }[statement.voice]
    if statement.said is None:
        return who
    return _("{who} · {time}").format(who=who, time=texts().clock(statement.said.astimezone()))


def _marking(said: Statement) -> tuple[tuple[str, str, str], ...]:
    """Each mark that can be set or taken away: its name, an icon, what the menu says."""
    goals = _("Forget for the goals") if said.for_goals else _("Remember for the goals")
    alone = _("Not said alone") if said.alone else _("Said alone")
    printed = _("May be printed") if said.not_for_print else _("Not for print")
    partners = _("May be shown to partners") if said.not_for_partners else _("Not for partners")
    return (
        (Mark.FOR_GOALS, "bookmark", goals),
        (Mark.ALONE, "user-round", alone),
        (Mark.NOT_FOR_PRINT, "printer", printed),
        (Mark.NOT_FOR_PARTNERS, "users", partners),
    )
