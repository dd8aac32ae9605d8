"""A card over the conversation for a quick note, which is put under a topic later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.talk import Voice
from caseworker_app.i18n import _
from ui import theme
from ui.forms.composer import Composer
from ui.widgets.boxes import Card
from ui.widgets.buttons import icon_button
from ui.widgets.layout import column, row
from ui.widgets.text import Text

WIDTH = 720

Written = tuple[Voice, str, str]
"""(voice, speaker, words) as they stand in a composer."""


class QuickNote(Card):
    """Enter keeps the note, Escape closes the card; what stands in it stays a draft."""

    closed = Signal()

    def __init__(self, host: QWidget, name: str) -> None:
        super().__init__(gap=10, margin=18)
        self.setParent(host)
        self._host = host
        self.composer = Composer(name, begins=Voice.COACH, called=_("Quick note"))
        close = icon_button("x", _("Close the note"), slot=self.close_up)
        head = row(Text(_("Quick note"), "h3"), close)
        hint = Text(_("For something that comes up by the way. You put it under a topic later."))
        self.body.addLayout(column(head, hint, gap=0))
        self.body.addWidget(self.composer)
        self.setProperty("talk", True)
        self.hide()

    def ask(self, draft: Written | None, known: Mapping[Voice, Sequence[str]]) -> None:
        """Appear over the page with what was begun before, or empty."""
        if not self.isVisible():
            self.show_draft(draft)
            self.composer.show_known(known)
            self.show()
            self._fit()
            self.raise_()
        self.composer.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_draft(self, draft: Written | None) -> None:
        """Show what was begun before, or nothing."""
        voice, speaker, words = draft or (None, "", "")
        self.composer.show_draft(voice, words, speaker)

    def close_up(self) -> None:
        """Keep what was typed as a draft, and go."""
        self.composer.flush()
        self.hide()
        self.composer.show_draft(None, "")
        self.closed.emit()

    def _fit(self) -> None:
        look, host = theme.current(), self._host
        width = min(look.px(WIDTH), host.width() - 2 * look.space(16))
        height = max(self.sizeHint().height(), self.heightForWidth(width))
        self.setGeometry((host.width() - width) // 2, look.px(78), width, height)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._fit()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        else:
            super().keyPressEvent(event)
