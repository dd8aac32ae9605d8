"""The keys of a conversation, and the places one can jump to by typing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.guide import Guide
from caseworker_app.domain.path import Place
from caseworker_app.i18n import texts
from ui.forms.topic_jump import Target


def bind(page: QWidget, keys: Mapping[str, Callable[[], object]]) -> None:
    """Let these keys work wherever the keyboard is on the page."""
    for key, action in keys.items():
        shortcut = QShortcut(QKeySequence(key), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(action)


def places_to_jump_to(guide: Guide) -> list[Target]:
    """All topics, then all questions of a guide."""
    language = texts().language
    topics = [
        Target(Place(one.id, one.questions[0].id), one.title.to(language), one.pictogram)
        for one in guide.sections
    ]
    questions = [
        Target(Place(one.id, question.id), question.text.to(language), one.pictogram)
        for one in guide.sections
        for question in one.questions
    ]
    return topics + questions
