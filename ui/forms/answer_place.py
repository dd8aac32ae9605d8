"""Where a question is answered by a value or a rating instead of in words, if it is."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.guide import Question, QuestionKind, Section
from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import texts
from ui.forms.answer_field import AnswerField
from ui.forms.rating_panel import Ratings
from ui.widgets.layout import column
from ui.widgets.text import IconText
from ui.widgets.toast import announce


class AnswerPlace(QWidget):
    """`given` carries a question and its value as text, `rated` a life domain and what is noted."""

    given = Signal(str, str)
    rated = Signal(str, object)

    def __init__(self, name: str, today: date) -> None:
        super().__init__()
        self._today = today
        self._fields: dict[tuple[str, str], AnswerField] = {}
        self._shown: AnswerField | None = None
        self._rating = Ratings(name)
        self._rating.rated.connect(self.rated)
        self._rating.hide()
        self._quiet = IconText("info", "", "meta", icon_colour="text_2")
        self._quiet.hide()
        self._body: QVBoxLayout = column(gap=0)
        self.setLayout(column(self._body, self._rating, self._quiet, gap=8))

    def show_question(self, talk: Talk, section: Section, question: Question) -> None:
        """Show the field that fits this question, with what was answered."""
        is_rating = question.kind is QuestionKind.RATING
        field = None
        if question.kind not in (QuestionKind.TALK, QuestionKind.RATING):
            field = self._field(talk, question)
            field.show_value(talk)
        if field is not self._shown:
            if self._shown is not None:
                self._shown.hide()
            self._shown = field
        if field is not None:
            field.show()
        if is_rating:
            titled = needs_titles(section, (question.domain,))
            self._rating.show_domains(talk, (question.domain,), titled=titled)
        self._rating.setVisible(is_rating)
        self._fit()

    def show_nothing(self) -> None:
        """Nothing may be asked here now."""
        self.hide()

    def make_ready(self, talk: Talk, question: Question) -> None:
        """Make the field of a question that is likely to come next; others are forgotten."""
        self._forget_all_but(self._shown)
        if question.kind not in (QuestionKind.TALK, QuestionKind.RATING):
            made = self._field(talk, question)
            for part in (made, *made.findChildren(QWidget)):
                part.ensurePolished()

    def say(self, words: str) -> None:
        """Say quietly what this answer has changed; "" says nothing more."""
        if words != self._quiet.text():
            self._quiet.setText(words)
            self._quiet.setVisible(bool(words))
            self._fit()
            if words:
                announce(self, words)

    def _fit(self) -> None:
        """Take up room only where there is something to see."""
        parts = self._shown, self._rating, self._quiet
        self.setVisible(any(one is not None and not one.isHidden() for one in parts))

    def focus_rating(self) -> None:
        """Put the keyboard on the rating that is asked here."""
        self._rating.focus()

    def flush(self) -> None:
        """Let the field say what has just been typed."""
        if self._shown is not None:
            self._shown.flush()
        self._rating.flush()

    def _field(self, talk: Talk, question: Question) -> AnswerField:
        key = question.id, talk.form(texts().language)
        if key not in self._fields:
            made = self._fields[key] = AnswerField(talk, question, self._today)
            made.hide()
            made.given.connect(partial(self.given.emit, question.id))
            self._body.addWidget(made)
        return self._fields[key]

    def _forget_all_but(self, kept: AnswerField | None) -> None:
        for key, field in tuple(self._fields.items()):
            if field is not kept:
                del self._fields[key]
                self._body.removeWidget(field)
                field.deleteLater()


def needs_titles(section: Section, domains: tuple[str, ...]) -> bool:
    """Whether each life domain must be named: all but the one that the topic itself is about."""
    return [BY_ID[domain].pictogram for domain in domains] != [section.pictogram]
