"""What was said to a question, one box for each voice, each of which can be put right.

Words are corrected in place and kept while typing; a removed statement comes back with Undo.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import time
from functools import lru_cache, partial
from uuid import UUID

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseworker_app.domain.talk import Statement, Voice
from caseworker_app.i18n import Texts, _, ngettext, texts
from ui import theme
from ui.forms.correction import Correction
from ui.forms.said_box import Lines, Spoken, lay_out_box
from ui.forms.side_by_side import placed
from ui.forms.statement_menu import Said, open_menu
from ui.widgets.buttons import button
from ui.widgets.said_words import mark_words

MOST = 40
"""So many statements are shown at once, the newest ones."""

READY_AT_ONCE, MOST_LAID_OUT = 2, 600
BELOW, BESIDE, NARROWEST, BUTTON = 8, 16, 366, 46


class StatementList(QWidget):
    """All statements to the question that is asked, in the order said.

    `marked` carries the id, a `Mark`, and whether it is set. `closed` says that a correction is
    over.
    """

    corrected = Signal(object, str)
    marked = Signal(object, str, bool)
    removed = Signal(object)
    closed = Signal()

    def __init__(self, person: str, coach: str) -> None:
        super().__init__()
        self._person, self._coach = person, coach
        self._boxes: list[Said] = []
        self._statements: tuple[Statement, ...] = ()
        self._question, self._most = "", MOST
        self._correction: tuple[UUID, Correction] | None = None
        self._lines: dict[tuple[Spoken, int], Lines] = {}
        self._placed: dict[int, list[tuple[QWidget, QRect]]] = {}
        self._earlier = button("", "link", slot=self._show_earlier)
        self._earlier.setParent(self)
        self._earlier.hide()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_all(self, question: str, statements: Sequence[Statement]) -> None:
        """Show what was said to this question."""
        if question != self._question:
            self._question, self._most = question, MOST
            self._end_correction()
        elif tuple(statements) == self._statements:
            return
        self._statements = tuple(statements)
        self._bind()

    def make_boxes_ready(self, count: int) -> bool:
        """Make a few of the boxes that a question with so many statements will need.

        False when there is nothing left to make.
        """
        missing = min(count, MOST) - len(self._boxes)
        for _number in range(min(missing, READY_AT_ONCE)):
            made = self._make()
            for part in (made, made.more):
                part.ensurePolished()
        return missing > READY_AT_ONCE

    def make_ready(self, statements: Sequence[Statement]) -> None:
        """Lay out what is likely to be shown next."""
        if len(self._lines) > MOST_LAID_OUT:
            self._lines.clear()
        spoken = [self._spoken(one) for one in statements[-MOST:]]
        self._placed_by_voice(
            [(one.voice, partial(self._height, one)) for one in spoken], self.width()
        )

    def correct(self, statement: UUID) -> None:
        """Let the coach put the words right."""
        self._end_correction()
        said = next(one for one in self._statements if one.id == statement)
        made = Correction(said.words)
        made.setParent(self)
        made.paused.connect(lambda: self._keep(statement, made.words()))
        made.closed.connect(self._close)
        made.grown.connect(self._settle)
        self._correction = (statement, made)
        self._settle()
        made.setFocus(Qt.FocusReason.OtherFocusReason)

    def newest(self) -> QWidget | None:
        """The box of what was said last."""
        items = self._items()
        return items[-1][1] if items else None

    def flush(self) -> None:
        """Keep what has just been typed into a correction."""
        if self._correction is not None:
            self._correction[1].flush()

    # --- showing -------------------------------------------------------------------------------

    def _bind(self) -> None:
        shown = self._shown()
        while len(self._boxes) < len(shown):
            self._make()
        for box, statement in zip(self._boxes, shown, strict=False):
            box.show_statement(statement, self._spoken(statement))
        for box in self._boxes[len(shown) :]:
            box.forget()
        hidden = len(self._statements) - len(shown)
        self._earlier.setVisible(hidden > 0)
        if hidden:
            words = ngettext("{count} earlier one, show", "{count} earlier ones, show", hidden)
            self._earlier.setText(words)
            self._earlier.setAccessibleName(words)
        if self._correction and self._correction[0] not in {one.id for one in shown}:
            self._end_correction()
        self._settle()

    def _make(self) -> Said:
        made = Said(self, self._laid_out)
        made.offered.connect(self._offer)
        self._boxes.append(made)
        return made

    def _shown(self) -> tuple[Statement, ...]:
        return self._statements[-self._most :]

    def _show_earlier(self) -> None:
        self._most += MOST
        self._bind()

    def _offer(self, said: Statement) -> None:
        box = self._boxes[self._shown().index(said)]
        open_menu(
            said,
            box.more,
            correct=partial(self.correct, said.id),
            mark=partial(self.marked.emit, said.id),
            remove=partial(self.removed.emit, said.id),
        )

    # --- places --------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for _one, place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(560), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(200), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _settle(self) -> None:
        """Give everything its place anew, and room to the whole."""
        self._placed.clear()
        self.updateGeometry()
        self._place()

    def _place(self) -> None:
        places = self._places(self.width())
        in_sight = {id(widget) for widget, _place in places}
        for box in self._boxes:
            if id(box) not in in_sight:
                box.hide()
        for widget, place in places:
            widget.setGeometry(place)
            widget.show()

    def _places(self, width: int) -> list[tuple[QWidget, QRect]]:
        """Layouts ask for the same width again and again."""
        if width not in self._placed:
            self._placed[width] = self._place_all(width)
        return self._placed[width]

    def _place_all(self, width: int) -> list[tuple[QWidget, QRect]]:
        look, top = theme.current(), 0
        found: list[tuple[QWidget, QRect]] = []
        if not self._earlier.isHidden():
            found.append((self._earlier, QRect(QPoint(0, 0), self._earlier.sizeHint())))
            top = self._earlier.sizeHint().height() + look.space(BELOW)
        items = self._items()
        heights = [(said.voice, _height_of(widget)) for said, widget in items]
        places = self._placed_by_voice(heights, width)
        for (_said, widget), place in zip(items, places, strict=True):
            found.append((widget, place.translated(0, top)))
        return found

    def _placed_by_voice(
        self, heights: Sequence[tuple[Voice, Callable[[int], int]]], width: int
    ) -> list[QRect]:
        look = theme.current()
        return placed(
            [(voice is Voice.PARTICIPANT, height) for voice, height in heights],
            width,
            below=look.space(BELOW),
            beside=look.space(BESIDE),
            narrowest=look.px(NARROWEST),
        )

    def _laid_out(self, spoken: Spoken, width: int) -> Lines:
        key = spoken, width
        if key not in self._lines:
            look = theme.current()
            room = look.px(BUTTON) - look.space(8)
            self._lines[key] = lay_out_box(spoken, width, room=room)
        return self._lines[key]

    def _height(self, spoken: Spoken, width: int) -> int:
        return self._laid_out(spoken, width).height

    def _items(self) -> list[tuple[Statement, QWidget]]:
        """Each statement in sight with what shows it: its box, or its correction."""
        items: list[tuple[Statement, QWidget]] = []
        for said, box in zip(self._shown(), self._boxes, strict=False):
            corrected = self._correction is not None and self._correction[0] == said.id
            items.append((said, self._correction[1] if corrected and self._correction else box))
        return items

    def _spoken(self, statement: Statement) -> Spoken:
        who = {
            Voice.PARTICIPANT: self._person,
            Voice.COACH: self._coach or _("You"),
            Voice.THIRD: statement.speaker or _("Somebody else"),
            Voice.DOCUMENT: statement.speaker or _("A document"),
        }[statement.voice]
        if statement.said is not None:
            at = statement.said.astimezone().time().replace(second=0, microsecond=0)
            who = _("{who} · {time}").format(who=who, time=_clock(texts(), at))
        return Spoken(statement.voice, statement.words, who, mark_words(statement.marks))

    # --- putting words right -------------------------------------------------------------------

    def _keep(self, statement: UUID, words: str) -> None:
        if words.strip():
            self.corrected.emit(statement, words)

    def _close(self) -> None:
        self._end_correction()
        self._settle()
        self.closed.emit()

    def _end_correction(self) -> None:
        if self._correction is not None:
            made = self._correction[1]
            made.flush()
            self._correction = None
            made.hide()
            made.deleteLater()


def _height_of(widget: QWidget) -> Callable[[int], int]:
    if widget.hasHeightForWidth():
        return widget.heightForWidth
    return lambda _width: widget.sizeHint().height()


@lru_cache(maxsize=1024)
def _clock(language: Texts, at: time) -> str:
    return language.clock(at)
