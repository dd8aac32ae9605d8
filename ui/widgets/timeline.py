"""What happened, one entry below the other, on one line through time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from caseworker_app.domain.talk import Voice
from ui import theme
from ui.widgets.boxes import VoiceBox
from ui.widgets.drawings import Tile, Tone, painter_on
from ui.widgets.layout import column, row
from ui.widgets.text import Text

_TILE = 36


class TimelineEntry(QWidget):
    """One thing that happened, with what was said about it. `last` ends the line."""

    def __init__(
        self,
        icon: str,
        title: str,
        meta: str,
        *,
        words: str = "",
        voice: Voice = Voice.PARTICIPANT,
        tone: Tone = "third",
        last: bool = False,
    ) -> None:
        super().__init__()
        self._last = last
        self._tile = Tile(icon, size=_TILE, tone=tone, round=True)
        self._body: QVBoxLayout = column(Text(title, "bodym"), gap=1)
        if meta:
            self._body.addWidget(Text(meta, "meta"))
        if words:
            self._body.addSpacing(theme.current().space(6))
            self._body.addWidget(VoiceBox(voice, words, small=True))
        layout = row(self._tile, self._body, gap=12, margins=(0, 0, 0, 0 if last else 16))
        layout.setAlignment(self._tile, Qt.AlignmentFlag.AlignTop)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def add_button(self, made: QAbstractButton) -> None:
        """Put a button under the entry."""
        self._body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._last:
            return
        look = theme.current()
        x = self._tile.geometry().center().x()
        top = self._tile.geometry().bottom() + look.px(3)
        painter = painter_on(self)
        painter.fillRect(x, top, 2, self.height() - top - look.px(3), look.colour("line"))
