"""The questions of the topic as hints: any of them can be asked next, or put out of sight."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain import path
from caseworker_app.domain.guide import Question, QuestionKind, Section
from caseworker_app.domain.talk import Missing
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _, ngettext, texts
from ui.forms.prompt_row import PromptRow
from ui.forms.some_of_many import Part, part_of
from ui.widgets.buttons import button
from ui.widgets.layout import column, row
from ui.widgets.text import Text

MOST = 24


class Prompts(QWidget):
    """`chosen` carries the id of a question. `hidden` carries several, and whether to hide them."""

    chosen = Signal(str)
    hidden = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[PromptRow] = []
        self._out_of_sight: tuple[str, ...] = ()
        self._places: tuple[Part, tuple[Question, ...]] = (Part(0, 0, 0), ())
        self._list: QVBoxLayout = column(gap=0)
        self._before = button("", "link", slot=lambda: self._page(-1))
        self._after = button("", "link", slot=lambda: self._page(1))
        self._show = button("", "link", icon="eye", slot=self._bring_back)
        head = Text(_("Questions to get talking"), "bodyb")
        before, after, show = (row(one, None) for one in (self._before, self._after, self._show))
        self.setLayout(column(head, before, self._list, after, show, gap=4))
        for made in (self._before, self._after, self._show):
            made.hide()

    def show_questions(self, talk: Talk, section: Section, current: str) -> None:
        """Show the questions of this topic that are not put out of sight."""
        away = talk.put_away
        shown = tuple(one for one in section.questions if one.id not in away or one.id == current)
        place = [one.id for one in shown].index(current)
        self._places = part_of(len(shown), place, MOST), shown
        self._talk, self._current = talk, current
        self._show_part()
        self._out_of_sight = tuple(one.id for one in section.questions if one.id in away)
        count = len(self._out_of_sight)
        hidden = ngettext("{count} hidden, show", "{count} hidden, show", count) if count else ""
        _tell(self._show, hidden)

    def _show_part(self) -> None:
        part, questions = self._places
        tag = self._talk.form(texts().language)
        while len(self._rows) < part.end - part.first:
            self._rows.append(self._make())
        for made, one in zip(self._rows, questions[part.first : part.end], strict=False):
            made.show_question(
                one.id,
                one.text.to(tag),
                done=is_done(self._talk, one),
                current=one.id == self._current,
            )
            made.show()
        for made in self._rows[part.end - part.first :]:
            made.hide()
        _tell(self._before, _before(part.before) if part.before else "")
        _tell(self._after, _after(part.after) if part.after else "")

    def _page(self, by: int) -> None:
        part, questions = self._places
        self._places = part_of(len(questions), part.first + by * MOST, MOST), questions
        self._show_part()

    def _make(self) -> PromptRow:
        made = PromptRow()
        made.clicked.connect(lambda _checked=False: self.chosen.emit(made.question))
        made.put_away.connect(lambda: self.hidden.emit((made.question,), True))
        self._list.addWidget(made)
        return made

    def _bring_back(self) -> None:
        self.hidden.emit(self._out_of_sight, False)


def is_done(talk: Talk, question: Question) -> bool:
    """Whether something was said, answered or rated. That nobody asked is not an answer."""
    answer = path.latest_answer(question.id, talk.answers)
    if answer and (answer.value or answer.missing not in (None, Missing.NOT_ASKED)):
        return True
    if question.kind is QuestionKind.RATING and (rating := talk.rating(question.domain)):
        return (rating.satisfaction, rating.importance) != (None, None)
    return bool(talk.said(question.id))


def _before(count: int) -> str:
    return ngettext("{count} question before", "{count} questions before", count)


def _after(count: int) -> str:
    return ngettext("{count} more question", "{count} more questions", count)


def _tell(made: QPushButton, words: str) -> None:
    if made.text() != words:
        made.setText(words)
        made.setAccessibleName(words)
    made.setVisible(bool(words))
