"""Begins a conversation, or goes on with the one that is running."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.guide import Guide
from caseworker_app.errors import GuideInvalid
from caseworker_app.i18n import _, texts
from ui.widgets.boxes import Banner
from ui.widgets.buttons import button
from ui.widgets.layout import column
from ui.widgets.menu_button import menu_of, open_below


class BeginTalk(QWidget):
    """`wanted` carries the guide to begin with, `going_on` means the conversation that is running.

    The guide is only asked for where it is not clear: the file names none, or one that is not here.
    """

    wanted = Signal(object)
    going_on = Signal()

    def __init__(self, guides: Sequence[Guide], usual: str, *, running: bool) -> None:
        super().__init__()
        self._guides = {guide.id: guide for guide in guides}
        self._usual = usual
        self._running = running
        words = _("Go on with the conversation") if running else _("Begin conversation")
        self.button = button(words, "primary", icon="message-circle", big=True, slot=self.begin)
        self.button.setEnabled(running or bool(self._guides))
        self.setLayout(column(self.button))

    def begin(self) -> None:
        """Say which guide is wanted, or ask."""
        if self._running:
            self.going_on.emit()
        elif self._usual in self._guides:
            self.wanted.emit(self._guides[self._usual])
        elif len(self._guides) == 1 and not self._usual:
            self.wanted.emit(next(iter(self._guides.values())))
        elif self._guides:
            self._ask()

    def _ask(self) -> None:
        language = texts().language
        entries = [
            (guide.title.to(language), partial(self.wanted.emit, guide))
            for guide in self._guides.values()
        ]
        open_below(menu_of(self, entries), self.button)


def broken_notice(mistakes: Sequence[GuideInvalid]) -> Banner:
    """Which guides cannot be used, and that everything else goes on. At least one mistake."""
    title = "\n".join(mistake.sentences()[0] for mistake in mistakes)
    _happened, safe, to_do = mistakes[0].sentences()
    return Banner("info", title, f"{safe} {to_do}")
