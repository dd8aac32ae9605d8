"""Sits at the participant's side of a real page: real clicks and keys, and eyes on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.content.participant import tongue
from caseworker_app.domain.turned import Stop
from caseworker_app.services import pins, talks
from tests.builders import NOW
from tests.ui.one_file import a_program
from tests.ui.turned_guide import Room, a_room
from ui import theme
from ui.context import App
from ui.pages.turned_page import TurnedPage

PIN = "4829"


class Participant:
    """`room` is what the store knows; `page` is what the participant has before them."""

    def __init__(self, qtbot: QtBot, app: App, room: Room, language: str = "de") -> None:
        self.qtbot, self.app, self.room = qtbot, app, room
        theme.apply(QApplication.instance(), theme.current().turned())
        spoken = tongue(language, "de", plain=False, informal=False)
        self.page = TurnedPage(app, room.conversation, spoken)
        qtbot.addWidget(self.page)
        self.page.resize(1280, 800)
        with qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def button(self, words: str) -> QAbstractButton:
        """The visible button that says this."""
        QApplication.processEvents()
        found = [
            one
            for one in self.page.findChildren(QAbstractButton)
            if one.isVisible() and words in (one.accessibleName(), one.text().replace("&&", "&"))
        ]
        assert found, f"no button says {words!r}"
        return found[0]

    def offers(self, words: str) -> bool:
        """Whether a visible button says this."""
        QApplication.processEvents()
        buttons = self.page.findChildren(QAbstractButton)
        return any(one.isVisible() and one.accessibleName() == words for one in buttons)

    def press(self, words: str) -> None:
        """Click in the middle of the button that says this."""
        self.qtbot.mouseClick(self.button(words), Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def keys(self, *keys: Qt.Key) -> None:
        """Press keys wherever the keyboard is."""
        for key in keys:
            self.qtbot.keyClick(self.focused(), key)
        QApplication.processEvents()

    def type(self, words: str) -> None:
        """Type wherever the keyboard is, letter by letter."""
        for letter in words:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self.focused(), event)
        QApplication.processEvents()

    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def field(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """The visible field of this name."""
        QApplication.processEvents()
        return next(
            one
            for one in self.page.findChildren(kind)
            if one.isVisible() and one.accessibleName() == name and not isinstance(one, QLabel)
        )

    def choose(self, name: str, words: str) -> None:
        """Choose in a list by typing, as the keyboard does."""
        combo = self.field(name, QComboBox)
        assert isinstance(combo, QComboBox)
        combo.setFocus()
        self.type(words)

    def read(self) -> str:
        """All words in view."""
        QApplication.processEvents()
        labels = self.page.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if one.isVisible())

    def go_to(self, stop: Stop) -> None:
        """Press on until this stop is there."""
        for _step in range(60):
            if self.page.stop == stop:
                return
            self.press("Weiter")
        raise AssertionError(f"{stop} never comes")

    def value(self, question: str) -> str:
        """The value that is in the store."""
        answer = self.room.talk.answer(question)
        return answer.value if answer else ""

    def said(self, question: str = "good-day") -> list[str]:
        """The participant's words that are in the store."""
        said = self.room.talk.said(question)
        return [one.words for one in said if one.voice.value == "participant" and not one.alone]


@contextmanager
def a_participant(qtbot: QtBot, folder: Path, language: str = "de", **person: object) -> Iterator:
    """A page over a store that is full of what must not be seen."""
    with a_program(folder) as app:
        pins.set_pin(app.store, PIN, NOW)
        yield Participant(qtbot, app, a_room(app.store, **person), language)


def begin_at(participant: Participant, section: str, question: str) -> None:
    """Let the conversation stand at a question, as the coach would have left it."""
    room = participant.room
    talks.move_to(room.store, room.conversation, section, question, NOW)
