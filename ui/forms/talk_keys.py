"""The keys of a conversation, and the places one can jump to by typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.path import Place
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import texts
from ui.forms.topic_jump import Target

FIRST_TOPICS = 9
"""So many topics have a key of their own."""


def bind(page: QWidget, keys: Mapping[str, Callable[[], object]]) -> None:
    """Let these keys work wherever the keyboard is on the page."""
    for key, action in keys.items():
        shortcut = QShortcut(QKeySequence(key), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(action)


def places_to_jump_to(talk: Talk) -> list[Target]:
    """All topics, then all questions that are asked by now."""
    tag = talk.form(texts().language)
    topics = [
        Target(Place(one.id, one.questions[0].id), one.title.to(tag), one.pictogram)
        for one in talk.asked.sections
    ]
    questions = [
        Target(Place(one.id, question.id), question.text.to(tag), one.pictogram)
        for one in talk.asked.sections
        for question in one.questions
    ]
    return topics + questions
