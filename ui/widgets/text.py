"""Words on the screen: titles, sentences, names. Always plain text, never markup.

Qt's label draws lines as close as the font allows. `Text` stays a label, so that screen readers and
layouts know it, but sets its lines with the spacing of the look and can mark a part of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from ui import theme
from ui.widgets.lines import lay_out
from ui.widgets.marks import Marks, marked
from ui.widgets.tips import set_tip


@dataclass(frozen=True, slots=True)
class Role:
    """How one kind of text is set: size and line height in pixels before scaling."""

    size: int
    line: int
    weight: int = 400
    colour: str = "text"
    spacing: float = 0.0


ROLES = {
    "display": Role(40, 46, 700, spacing=-0.8),
    "h1": Role(30, 36, 700, spacing=-0.4),
    "h2": Role(22, 28, 600, spacing=-0.2),
    "h3": Role(18, 24, 600),
    "lead": Role(18, 27, colour="text_2"),
    "body": Role(16, 23),
    "bodym": Role(16, 23, 500),
    "bodyb": Role(16, 23, 600),
    "meta": Role(14, 20, colour="text_2"),
    "metab": Role(14, 20, 600),
    "cap": Role(13, 18, 500, colour="text_3"),
    "say": Role(17, 25),
    "tq": Role(38, 46, 600, spacing=-0.6),
    "tbody": Role(22, 31),
    "tlabel": Role(20, 26, 600),
}


_FLOWING = ("lead", "body", "say", "tq", "tbody")  # sentences; names and titles keep their side


def role_font(role: str) -> QFont:
    """The font of a role at the current text size."""
    kind = ROLES[role]
    font = theme.current().font(kind.size, kind.weight)
    if kind.spacing:
        spacing = kind.spacing * theme.current().scale
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
    return font


def isolated(name: str) -> str:
    """A name that keeps its own direction inside a sentence of another."""
    return f"\u2068{name}\u2069"


class Text(QLabel):
    """Wrapping words in one of the roles. `marks` are (start, length) of what is to stand out."""

    def __init__(
        self,
        words: str,
        role: str = "body",
        *,
        colour: str = "",
        marks: Marks = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        look = theme.current()
        self._font = role_font(role)
        self._line = look.px(ROLES[role].line)
        self._colour = look.colour(colour or ROLES[role].colour)
        self._marks = tuple(marks)
        self._widest = look.px(560)
        self._heights: dict[int, int] = {}
        self._widths: tuple[int, int] | None = None
        self._inset = 0
        self._flows = role in _FLOWING
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(words)

    def setText(self, words: str) -> None:
        """Show other words. Marks of the old ones are gone."""
        if words != self.text():
            self._marks = self._marks if not self.text() else ()
        self._heights.clear()
        self._widths = None
        super().setText(words)
        self.updateGeometry()

    def set_marks(self, marks: Marks) -> None:
        """Let other parts of the same words stand out."""
        self._marks = tuple(marks)
        self.update()

    def set_colour(self, token: str) -> None:
        """Show the words in the colour of another token."""
        self._colour = theme.current().colour(token)
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            lines = self._laid_out(width - self._inset).lineCount() if self.text() else 1
            self._heights[width] = max(1, lines) * self._line
        return self._heights[width]

    def sizeHint(self) -> QSize:
        width = min(self._measured()[0] + 2, self._widest) + self._inset
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        width = min(self._measured()[1] + 2, self._widest // 3) + self._inset
        return QSize(width, self._line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._colour)
        layout = self._laid_out(self.width() - self._inset)
        layout.draw(painter, QPointF(self._inset, self._top()), marked(self._marks))

    def _top(self) -> float:
        if not self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            return 0.0
        return max(0.0, (self.height() - self.heightForWidth(self.width())) / 2)

    def _measured(self) -> tuple[int, int]:
        """How wide the longest line and the longest word are. Layouts ask again and again."""
        if self._widths is None:
            advance, words = QFontMetrics(self._font).horizontalAdvance, self.text()
            lines = max((advance(line) for line in words.split("\n")), default=0)
            self._widths = (lines, max((advance(word) for word in words.split()), default=0))
        return self._widths

    def _laid_out(self, width: int) -> QTextLayout:
        seen = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        side = seen & Qt.AlignmentFlag.AlignHorizontal_Mask
        return lay_out(self.text(), self._font, self._line, width, side, flows=self._flows)


def h1(words: str) -> Text:
    """The title of a page."""
    return Text(words, "h1")


def h2(words: str) -> Text:
    """A person, a goal, a question."""
    return Text(words, "h2")


def h3(words: str) -> Text:
    """A section, a name in a list."""
    return Text(words, "h3")


def lead(words: str) -> Text:
    """The introduction under a title."""
    return Text(words, "lead")


def body(words: str) -> Text:
    """A sentence."""
    return Text(words)


def meta(words: str) -> Text:
    """A second line."""
    return Text(words, "meta")


def cap(words: str) -> Text:
    """A time, the head of a column."""
    return Text(words, "cap")


def say(words: str) -> Text:
    """The participant's words where no voice box is drawn."""
    return Text(words, "say")


class Elided(QLabel):
    """One line that ends in "…" when there is no room; the tooltip then holds all of it."""

    def __init__(
        self, words: str, role: str = "body", *, colour: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        look = theme.current()
        self._font = role_font(role)
        self._line = look.px(ROLES[role].line)
        self._colour = look.colour(colour or ROLES[role].colour)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(words)

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self._font).horizontalAdvance(self.text()) + 2, self._line)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.current().px(60)), self._line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        set_tip(self, self.text() if self.sizeHint().width() > self.width() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(self._colour)
        shown = QFontMetrics(self._font).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        side = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        painter.drawText(self.rect(), side | Qt.AlignmentFlag.AlignVCenter, shown)


class IconText(Text):
    """An icon and a sentence beside it: an address, what is good to know, a problem."""

    def __init__(
        self,
        icon: str,
        words: str,
        role: str = "body",
        *,
        colour: str = "",
        icon_colour: str = "text_3",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, role, colour=colour, parent=parent)
        self._icon_size = ROLES[role].size + 2
        self._icon_colour = icon_colour
        self._picture = theme.pixmap(icon, icon_colour, self._icon_size)
        gap = 10 if ROLES[role].size >= 16 else 7
        self._inset = theme.current().px(self._icon_size) + theme.current().space(gap)

    def set(self, icon: str, words: str, *, icon_colour: str = "", colour: str = "") -> None:
        """Show another icon and other words."""
        self._icon_colour = icon_colour or self._icon_colour
        self._picture = theme.pixmap(icon, self._icon_colour, self._icon_size)
        if colour:
            self.set_colour(colour)
        self.setText(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        height = self._picture.deviceIndependentSize().height()
        top = self._top() + (self._line - height) / 2
        QPainter(self).drawPixmap(QPointF(0, top), self._picture)
