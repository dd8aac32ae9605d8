"""Pages of one person's file from which a conversation begins, or the running one is gone on with.

The one home of the button, its key, and the choice of the guide.
"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.guide import Guide
from caseworker_app.domain.people import CaseFile
from caseworker_app.domain.talk import Conversation
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _, texts
from caseworker_app.services import guides, talks
from ui import dialogs
from ui.context import App
from ui.forms.begin_talk import BeginTalk, broken_notice
from ui.page import Page, Route
from ui.widgets.menu_button import Entry


class BeginningPage(Page):
    """Ctrl+G does what the button says."""

    def __init__(self, app: App, case: UUID) -> None:
        super().__init__(app)
        self.case = case
        self.begin: BeginTalk | None = None
        self._running: Conversation | None = None
        QShortcut(QKeySequence("Ctrl+G"), self).activated.connect(self.begin_talk)

    def begin_button(self, file: CaseFile, running: Conversation | None) -> BeginTalk:
        """The button for this file; it goes on with the conversation that is running."""
        self._running = running
        self.begin = BeginTalk(
            guides.offered(self.app.store), file.guide, running=running is not None
        )
        self.begin.wanted.connect(self._on_wanted)
        self.begin.going_on.connect(self._on_going_on)
        return self.begin

    def begin_talk(self) -> None:
        """The same as pressing the button."""
        if self.begin is not None:
            self.begin.begin()

    def other_guides(self, file: CaseFile) -> list[Entry]:
        """Other guides to begin with, when there are several and no conversation is running."""
        if self._running is not None:
            return []
        return [
            (
                _("Begin with “{guide}”").format(guide=guide.title.to(texts().language)),
                partial(self._on_wanted, guide),
            )
            for guide in guides.offered(self.app.store)
            if guide.id != file.guide
        ]

    def broken_guides(self) -> list[QWidget]:
        """What is wrong with guides that cannot be begun with."""
        broken = () if self._running else guides.broken(self.app.store)
        return [broken_notice(broken)] if broken else []

    def _on_wanted(self, guide: Guide) -> None:
        try:
            talk = talks.begin(self.app.store, self.case, guide, self.app.now())
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
        else:
            self.went.emit(Route("talk", self.case, talk))

    def _on_going_on(self) -> None:
        assert self._running is not None
        self.went.emit(Route("talk", self.case, self._running.id))
