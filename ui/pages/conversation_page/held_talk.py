"""A conversation while it is held: what stands in it by now, where it is, how things are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from caseworker_app.domain.path import Place
from caseworker_app.domain.talk_view import Talk
from caseworker_app.services import talks
from ui.context import App
from ui.forms.keeping import Keeping, Then
from ui.page import Undo

SOON = 200  # milliseconds


class HeldTalk(QObject):
    """`changed` when it was read again. `told` says something with a way to undo it."""

    changed = Signal()
    told = Signal(str, object)

    def __init__(self, app: App, conversation: UUID, parent: QObject) -> None:
        """GuideMissing when the guide is not on this laptop."""
        super().__init__(parent)
        self._app, self._id = app, conversation
        self.talk: Talk = talks.open_talk(app.store, conversation)
        self.keeping = Keeping(app.background, self)
        self._moved = QTimer(self)
        self._moved.setSingleShot(True)
        self._moved.setInterval(SOON)
        self._moved.timeout.connect(self._keep_place)

    @property
    def here(self) -> Place:
        """The question that is asked."""
        return Place(self.talk.section, self.talk.question)

    def move_to(self, place: Place) -> None:
        """Ask another question. Where it stands is written down a moment later."""
        self.talk = replace(self.talk, section=place.section, question=place.question)
        self._moved.start()

    def read_again(self, _result: object = None) -> None:
        """Show what has become of it."""
        self.talk = talks.read_again(self._app.store, self.talk)
        self.changed.emit()

    def settle(self) -> bool:
        """Keep what still waits; False while the disk does not take it."""
        if self._moved.isActive():
            self._moved.stop()
            self._keep_place()
        return self.keeping.settle()

    def keep(
        self, name: str, service: Callable[..., Any], *values: Any, then: Then | None = None,
        **more: Any,
    ) -> None:  # fmt: skip
        """Call a service now, or as soon as the disk lets it; then read what has become of it.

        Of two calls with one name that have to wait, only the newer one counts.
        """
        work = partial(service, self._app.store, *values, self._app.now(), **more)
        self.keeping.keep(name, work, then or self.read_again)

    def telling(self, words: str, undo: Undo) -> Then:
        """What to do when something is kept that is to be told, with a way to undo it."""

        def then(_result: object) -> None:
            self.read_again()
            self.told.emit(words, undo)

        return then

    def undoing(self, name: str, service: Callable[..., Any], *values: Any, **more: Any) -> Undo:
        """A way back that works as long as the program runs, also when the page is gone."""
        app = self._app

        def undo() -> None:
            if isValid(self):
                self.keep(name, service, *values, **more)
            else:
                service(app.store, *values, app.now(), **more)

        return undo

    def _keep_place(self) -> None:
        where = self.talk.section, self.talk.question
        self.keep("place", talks.move_to, self._id, *where, then=lambda _done: None)
