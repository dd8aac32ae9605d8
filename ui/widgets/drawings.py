"""What is drawn by hand: the sign, the scene of two people, initials, tiles, progress."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from caseworker_app.i18n import _
from ui import theme
from ui.widgets.layout import row
from ui.widgets.scene import paint_scene
from ui.widgets.text import Text

MOST_DASHES = 40

Tone = Literal["person", "accent", "third", "plain", "warn", "danger", "ok"]


def painter_on(widget: QWidget) -> QPainter:
    """A painter with smooth edges and no outline."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    return painter


def picture(icon: str = "", *, pictogram: str = "", colour: str = "text", size: int = 24) -> QLabel:
    """A line icon or a pictogram by itself. Its meaning always stands beside it in words."""
    label = QLabel()
    label.setPixmap(
        theme.pictogram(pictogram, colour, size) if pictogram else theme.pixmap(icon, colour, size)
    )
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return label


class Drawing(QLabel):
    """Something painted, of a fixed size, that a screen reader meets as a picture with a name."""

    def __init__(self, width: float, height: float, name: str = "") -> None:
        super().__init__()
        look = theme.current()
        self._size = QSize(look.px(width), look.px(height))
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return self._size

    def minimumSizeHint(self) -> QSize:
        return self._size


class Sign(Drawing):
    """The sign of the program: two people and one table."""

    def __init__(self, size: int = 28) -> None:
        super().__init__(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, unit, painter = theme.current(), self.width() / 28, painter_on(self)
        painter.setBrush(look.colour("person"))
        painter.drawEllipse(QPointF(7 * unit, 9.5 * unit), 5.4 * unit, 5.4 * unit)
        painter.setBrush(look.straight().colour("accent"))
        painter.drawEllipse(QPointF(21 * unit, 9.5 * unit), 5.4 * unit, 5.4 * unit)
        painter.setBrush(look.colour("text"))
        bar = QRectF(0, 18 * unit, 28 * unit, 5 * unit)
        painter.drawRoundedRect(bar, 2.5 * unit, 2.5 * unit)


class Scene(QLabel):
    """Two people at a table under a lamp: what the program is for, without a word."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Two people at a table under a lamp"))
        self.setMinimumWidth(theme.current().px(240))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(520), look.px(700))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.fillRect(self.rect(), theme.current().colour("canvas"))
        paint_scene(painter, self.width(), self.height())


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()]
    first_and_last = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in first_and_last).upper()


class Avatar(Drawing):
    """A person's initials in a circle. Decoration: the name always stands beside it."""

    def __init__(self, name: str, size: int = 40, tone: Tone = "third") -> None:
        super().__init__(size, size)
        self._letters, self._tone, self._letter_size = initials(name), tone, size * 0.37

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_avatar(
            painter_on(self), QRectF(self.rect()), self._letters, self._tone, self._letter_size
        )


def paint_avatar(
    painter: QPainter, rect: QRectF, letters: str, tone: Tone, letter_size: float
) -> None:
    """Initials in a circle, for widgets and for the rows of lists."""
    look = theme.current()
    painter.setBrush(_ground(tone))
    painter.setPen(_edge(tone))
    painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setPen(look.colour(_ink(tone)))
    painter.setFont(look.font(letter_size, 600))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letters)


class Tile(Drawing):
    """A pictogram or an icon on a small tinted ground."""

    def __init__(
        self,
        icon: str = "",
        *,
        pictogram: str = "",
        size: int = 42,
        tone: Tone = "third",
        round: bool = False,  # noqa: A002
    ) -> None:
        super().__init__(size, size)
        self._tone, self._is_round = tone, round
        inner = size * 0.56 if pictogram else size * 0.5
        self._picture = (
            theme.pictogram(pictogram, _ink(tone, strong=True), int(inner))
            if pictogram
            else theme.pixmap(icon, _ink(tone), int(inner))
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = rect.height() / 2 if self._is_round else theme.current().px(10)
        painter.setBrush(_ground(self._tone))
        painter.setPen(_edge(self._tone))
        painter.drawRoundedRect(rect, radius, radius)
        size = self._picture.deviceIndependentSize()
        painter.drawPixmap(
            QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2),
            self._picture,
        )


def _ground(tone: Tone) -> QColor:
    return theme.current().colour("surface" if tone == "plain" else f"{tone}_tint")


def _edge(tone: Tone) -> QColor:
    return theme.current().colour("edge" if tone == "plain" else f"{tone}_edge")


def _ink(tone: Tone, *, strong: bool = False) -> str:
    if tone == "plain":
        return "text"
    return "text" if strong and tone == "third" else f"{tone}_ink"


class Dots(Drawing):
    """How far a conversation has come: one dash for each topic, or for several of very many."""

    def __init__(self, done: int, total: int, name: str) -> None:
        super().__init__(min(total, MOST_DASHES) * 15, 6, name)
        self._done, self._total = done, total
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._total, MOST_DASHES) * 4, self._size.height())

    def set(self, done: int, total: int, name: str) -> None:
        """Show another progress."""
        self._done, self._total = done, total
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painter_on(self)
        dashes = max(1, min(self._total, MOST_DASHES))
        step = self.width() / dashes
        for index in range(dashes):
            dash = QRectF(index * step, 0, step * 0.7, self.height())
            filled = index * self._total < self._done * dashes
            _paint_dash(painter, dash, "person", filled=filled)


def _paint_dash(painter: QPainter, dash: QRectF, colour: str, *, filled: bool) -> None:
    look = theme.current()
    if look.is_contrast:
        dash = dash.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(look.colour(colour))
    painter.setBrush(look.colour(colour if filled else ("canvas" if look.is_contrast else "line")))
    painter.drawRoundedRect(dash, dash.height() / 2, dash.height() / 2)


class _Bars(Drawing):
    def __init__(self) -> None:
        super().__init__(200, 6)
        self.level, self.colour = 0, "person"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, gap = painter_on(self), theme.current().px(5)
        width = (self.width() - 3 * gap) / 4
        for index in range(4):
            dash = QRectF(index * (width + gap), 0, width, self.height())
            _paint_dash(painter, dash, self.colour, filled=index < self.level)


class StrengthBar(QWidget):
    """How strong a passphrase is: four bars, and always the word beside them."""

    def __init__(self) -> None:
        super().__init__()
        self._bars, self._words = _Bars(), Text("", "metab", colour="person_ink")
        layout = row(self._bars, self._words, gap=12)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def set(self, level: int, words: str) -> None:
        """Show a level from 0 to 4 and what it means; 3 and more is good."""
        self._bars.level, self._bars.colour = level, "person" if level >= 3 else "warn"
        self._words.set_colour("person_ink" if level >= 3 else "warn_ink")
        self._words.setText(words)
        self._bars.update()
