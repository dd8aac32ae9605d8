"""Boxes: a card for what one can pick up, a box for each voice, a banner for what matters."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from caseworker_app.domain.talk import Voice
from caseworker_app.i18n import texts
from ui import theme
from ui.widgets.buttons import button
from ui.widgets.drawings import Tile, picture
from ui.widgets.layout import Item, column, row
from ui.widgets.marks import Marks
from ui.widgets.text import Text

BannerKind = Literal["warn", "danger", "ok", "info"]


class Box(QWidget):
    """A rounded ground with, if wanted, an outline and a bar at its left edge."""

    def __init__(
        self,
        fill: str,
        edge: str,
        *,
        bar: str = "",
        radius: int = 10,
        dashed: bool = False,
    ) -> None:
        super().__init__()
        look = theme.current()
        self._fill, self._edge = look.colour(fill), look.colour(edge)
        self._bar = look.colour(bar) if bar else None
        self._radius, self._dashed = look.px(radius), dashed

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, pen = QRectF(self.rect()), QPen(self._edge, 1)
        if self._dashed:
            pen.setDashPattern([4, 3])
        paint_box(painter, rect, self._fill, pen, self._bar, self._radius)


def paint_box(
    painter: QPainter, rect: QRectF, fill: QColor, edge: QPen, bar: QColor | None, radius: int
) -> None:
    """A rounded ground with an outline and perhaps a bar, also for what paints several."""
    shape = QPainterPath()
    shape.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.fillPath(shape, fill)
    painter.strokePath(shape, edge)
    if bar is not None:
        whole = QPainterPath()
        whole.addRoundedRect(rect, radius, radius)
        painter.save()
        painter.setClipPath(whole)
        painter.fillRect(QRectF(0, 0, theme.current().px(4), rect.height()), bar)
        painter.restore()


class Card(Box):
    """Something one can pick up: a visit, a goal, one side of a difference."""

    def __init__(self, *items: Item, gap: int = 12, margin: int = 22) -> None:
        super().__init__("surface", "line", radius=16)
        self.body: QVBoxLayout = column(*items, gap=gap, margins=(margin, 20, margin, 20))
        self.setLayout(self.body)


class Panel(Box):
    """A quiet well for things that belong together."""

    def __init__(
        self,
        *items: Item,
        ground: Literal["sunken", "canvas", "accent_tint"] = "canvas",
        gap: int = 12,
        margin: int = 22,
    ) -> None:
        edge = "accent_edge" if ground == "accent_tint" else "edge"
        super().__init__(ground, edge, radius=12)
        upper = min(margin, 20)
        self.body: QVBoxLayout = column(*items, gap=gap, margins=(margin, upper, margin, upper))
        self.setLayout(self.body)


VOICES = {
    Voice.PARTICIPANT: ("person_tint", "person_edge", "person", "person_ink", "quote"),
    Voice.COACH: ("accent_tint", "accent_edge", "accent", "accent_ink", "notebook-pen"),
    Voice.THIRD: ("surface", "line_strong", "", "third_ink", "users"),
    Voice.DOCUMENT: ("surface", "line_strong", "", "third_ink", "file-text"),
}
"""How each voice is drawn: ground, outline, bar, ink of who it is, icon."""


class VoiceBox(Box):
    """What somebody said or saw, drawn so that nobody takes one voice for another.

    The participant's words and those of others stand in quotation marks, the coach's do not.
    """

    def __init__(
        self, voice: Voice, words: str, who: str = "", note: str = "", *, small: bool = False
    ) -> None:
        fill, edge, bar, ink, icon = VOICES[voice]
        super().__init__(fill, edge, bar=bar, dashed=not bar)
        shown = words if voice is Voice.COACH else texts().quoted(words)
        role = "say" if voice is Voice.PARTICIPANT and not small else "body"
        self._words = Text(shown, role)
        body = column(self._words, gap=4, margins=(20, 11, 16, 11))
        self._foot = row(gap=7)
        if who:
            self._foot.addWidget(picture(icon, colour=ink, size=15))
            self._foot.addWidget(Text(who, "metab", colour=ink), 1)
        else:
            self._foot.addStretch(1)
        if note:
            self._foot.addWidget(Text(note, "cap", colour=ink))
        body.addLayout(self._foot)
        if not who and not note:
            body.setSpacing(0)
        self.setLayout(body)

    def words(self) -> str:
        """The words as they are shown."""
        return self._words.text()

    def set_marks(self, marks: Marks) -> None:
        """Let parts of the words, as they are shown, stand out."""
        self._words.set_marks(marks)

    def add_button(self, made: QAbstractButton) -> None:
        """Put a small button at the end of the last line."""
        self._foot.addWidget(made)


_BANNER_ICONS = {
    "warn": "git-compare",
    "danger": "triangle-alert",
    "ok": "shield-check",
    "info": "info",
}


class Banner(Box):
    """Says in the flow of a page what happened and what is safe. At most one on a page."""

    pressed = Signal()

    def __init__(
        self,
        kind: BannerKind,
        title: str,
        sentence: str = "",
        button_words: str = "",
        *,
        icon: str = "",
    ) -> None:
        tone = "accent" if kind == "info" else kind
        super().__init__(f"{tone}_tint", f"{tone}_edge", radius=12)
        drawn = picture(icon or _BANNER_ICONS[kind], colour=tone, size=20)
        said = column(Text(title, "bodyb", colour=f"{tone}_ink"), gap=2)
        if sentence:
            said.addWidget(Text(sentence))
        layout = row(drawn, said, gap=14, margins=(17, 12, 16, 12))
        layout.setStretch(1, 1)
        if button_words:
            pressed = button(button_words, small=True, slot=self.pressed.emit)
            layout.addWidget(pressed, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)


class EmptyState(Box):
    """Says what belongs here and offers one way to begin."""

    pressed = Signal()

    def __init__(self, icon: str, title: str, sentence: str, button_words: str = "") -> None:
        super().__init__("surface", "line", radius=16, dashed=True)
        middle = Qt.AlignmentFlag.AlignHCenter
        body = column(gap=8, margins=(24, 24, 24, 24))
        body.addWidget(Tile(icon, size=62, tone="person", round=True), 0, middle)
        for text in (Text(title, "h3"), Text(sentence, "body", colour="text_2")):
            text.setAlignment(middle)
            body.addWidget(text)
        if button_words:
            body.addSpacing(theme.current().space(4))
            body.addWidget(button(button_words, slot=self.pressed.emit), 0, middle)
        self.setLayout(body)
