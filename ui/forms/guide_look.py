"""A guide to look through: its topics and questions, in each of its languages."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QScrollArea, QWidget

from caseworker_app.domain.guide import Guide, Question, QuestionKind, Section
from caseworker_app.i18n import _, texts
from ui import theme
from ui.widgets.drawings import picture
from ui.widgets.fields import ChoiceField
from ui.widgets.layout import column, row, stand_on
from ui.widgets.lazy_column import Block, LazyColumn
from ui.widgets.text import Text, h3

WIDTH, HEIGHT = 640, 520
TOPIC, QUESTION = 64, 74
"""Guesses at heights, before scaling."""


class GuideLook(QWidget):
    """Everything a guide asks, to be read. Nothing can be changed here."""

    def __init__(self, guide: Guide, names: dict[str, str], most: int) -> None:
        """`names` are what its languages are called. No higher than `most` pixels."""
        super().__init__()
        look, self._guide = theme.current(), guide
        area, inside = QScrollArea(), QWidget()
        area.setWidgetResizable(True)
        area.setAccessibleName(_("Topics and questions"))
        self._column = LazyColumn(area, gap=10)
        inside.setLayout(column(self._column))
        stand_on(inside, "surface")
        area.setWidget(inside)
        area.setMinimumHeight(min(look.px(HEIGHT), most))
        body = column(gap=16)
        if len(names) > 1:
            choice = ChoiceField(_("Language"), list(names.items()))
            choice.set_value(texts().language if texts().language in names else next(iter(names)))
            choice.changed.connect(lambda: self._show(choice.value()))
            body.addLayout(row(choice, None))
        body.addWidget(area, 1)
        self.setLayout(body)
        self._show(texts().language)

    def _show(self, language: str) -> None:
        blocks: list[Block] = []
        guesses = []
        for section in self._guide.sections:
            blocks.append(partial(_topic, section, language))
            guesses.append(TOPIC)
            for question in section.questions:
                blocks.append(partial(_question, question, language))
                guesses.append(QUESTION)
        self._column.show_blocks(blocks, guesses)


def _topic(section: Section, language: str) -> QWidget:
    holder = QWidget()
    said = column(h3(section.title.to(language)), gap=2)
    about = [
        words
        for words, wanted in (
            (_("Only after certain answers"), section.when is not None),
            (_("Asked with permission"), section.sensitive),
            (_("Leads to the agreement"), section.closing),
        )
        if wanted
    ]
    if about:
        said.addWidget(Text(" · ".join(about), "meta"))
    drawn = picture(pictogram=section.pictogram, size=28)
    layout = row(drawn, said, gap=12, margins=(0, 14, 0, 0))
    layout.setStretch(1, 1)
    holder.setLayout(layout)
    return holder


def _question(question: Question, language: str) -> QWidget:
    holder = QWidget()
    body = column(Text(question.text.to(language)), gap=2, margins=(40, 0, 0, 0))
    when = _("Only after certain answers") if question.when else ""
    for words in (_answered(question, language), when, question.hint.to(language)):
        if words:
            body.addWidget(Text(words, "meta"))
    holder.setLayout(body)
    return holder


def _answered(question: Question, language: str) -> str:
    """How it is answered."""
    kinds = {
        QuestionKind.TALK: _("In their own words"),
        QuestionKind.TEXT: _("In a line of text"),
        QuestionKind.LONG_TEXT: _("In a text"),
        QuestionKind.YES_NO: _("Yes or no"),
        QuestionKind.CHOICE: _("One of these: {options}"),
        QuestionKind.CHOICES: _("Some of these: {options}"),
        QuestionKind.DATE: _("A date"),
        QuestionKind.NUMBER: _("A number"),
        QuestionKind.SCALE: _("A scale"),
        QuestionKind.RATING: _("How satisfied, how important"),
    }
    options = " / ".join(option.text.to(language) for option in question.options)
    return kinds[question.kind].format(options=options)
