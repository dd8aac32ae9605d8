"""Begins a conversation, or goes on with the one that is running."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.guide import Guide
from caseworker_app.i18n import _, texts
from ui.widgets.buttons import button
from ui.widgets.layout import column
from ui.widgets.menu_button import menu_of, open_below


class BeginTalk(QWidget):
    """`wanted` carries the guide to begin with. It is only asked for when the file names none."""

    wanted = Signal(object)

    def __init__(self, guides: Sequence[Guide], usual: str, *, running: bool) -> None:
        super().__init__()
        self._guides = {guide.id: guide for guide in guides}
        self._usual = usual
        self._running = running
        words = _("Go on with the conversation") if running else _("Begin conversation")
        self.button = button(words, "primary", icon="message-circle", big=True, slot=self.begin)
        self.setLayout(column(self.button))

    def begin(self) -> None:
        """Say which guide is wanted, or ask."""
        if self._usual in self._guides:
            self.wanted.emit(self._guides[self._usual])
        elif self._running or len(self._guides) == 1:
            self.wanted.emit(next(iter(self._guides.values())))
        else:
            self._ask()

    def _ask(self) -> None:
        language = texts().language
        entries = [
            (guide.title.to(language), partial(self.wanted.emit, guide))
            for guide in self._guides.values()
        ]
        open_below(menu_of(self, entries), self.button)
