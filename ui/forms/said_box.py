"""A statement, painted: whose voice it is, the words, who said them and what they are marked with.

A talk has hundreds of them. One label each, which shows now this statement and now that one, is
drawn within a frame; a box made of widgets for each is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextLayout,
)
from PySide6.QtWidgets import QLabel, QSizePolicy

from caseworker_app.domain.talk import Voice
from caseworker_app.i18n import texts
from ui import theme
from ui.widgets.boxes import VOICES, paint_box
from ui.widgets.lines import lay_out
from ui.widgets.text import ROLES, role_font

LEFT, RIGHT, UPPER, BETWEEN = 20, 16, 11, 4
FOOT_ICON = 15


@dataclass(frozen=True, slots=True, repr=False)
class Spoken:
    """What a box shows. `note` says how it is marked."""

    voice: Voice
    words: str
    who: str = ""
    note: str = ""

    @property
    def shown(self) -> str:
        """The words as they stand in the box: all but the coach's in quotation marks."""
        return self.words if self.voice is Voice.COACH else texts().quoted(self.words)


@dataclass(frozen=True, slots=True)
class Lines:
    """A box laid out at one width: its parts, where each of them begins, and its height."""

    words: QTextLayout
    who: QTextLayout | None
    note: QTextLayout | None
    foot: int
    note_at: QPointF
    height: int


LayOut = Callable[[Spoken, int], Lines]


class SaidBox(QLabel):
    """Shows one statement, laid out by `lay_out_box` unless somebody keeps that in readiness."""

    def __init__(self, *, small: bool = False, laid_out: LayOut | None = None) -> None:
        super().__init__()
        self._lay_out = laid_out or partial(lay_out_box, small=small)
        self._spoken = Spoken(Voice.COACH, "")
        self._lines: tuple[int, Lines] | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_spoken(self, spoken: Spoken) -> None:
        """Show what was said, instead of what stood here before."""
        if spoken == self._spoken and self.text():
            return
        self._spoken, self._lines = spoken, None
        self.setText(spoken.shown)
        said = (spoken.shown, spoken.who, spoken.note)
        self.setAccessibleName(", ".join(part for part in said if part))
        self.updateGeometry()
        self.update()

    def forget(self) -> None:
        """Show nothing more, and keep nothing of it."""
        self._spoken, self._lines = Spoken(Voice.COACH, ""), None
        self.clear()
        self.setAccessibleName("")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._laid_out(width).height

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(320), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(120), look.px(60))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, lines = theme.current(), self._laid_out(self.width())
        fill, edge, bar, ink, icon = VOICES[self._spoken.voice]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.colour(edge), 1)
        if not bar:
            pen.setDashPattern([4, 3])
        bar_colour = look.colour(bar) if bar else None
        paint_box(painter, QRectF(self.rect()), look.colour(fill), pen, bar_colour, look.px(10))
        left = look.space(LEFT)
        painter.setPen(look.colour("text"))
        lines.words.draw(painter, QPointF(left, look.space(UPPER)))
        painter.setPen(look.colour(ink))
        if lines.who is not None:
            picture = theme.pixmap(icon, ink, FOOT_ICON)
            height = picture.deviceIndependentSize().height()
            top = lines.foot + (look.px(ROLES["metab"].line) - height) / 2
            painter.drawPixmap(QPointF(left, top), picture)
            lines.who.draw(painter, QPointF(left + _icon_room(), lines.foot))
        if lines.note is not None:
            lines.note.draw(painter, lines.note_at)

    def _laid_out(self, width: int) -> Lines:
        if self._lines is None or self._lines[0] != width:
            self._lines = width, self._lay_out(self._spoken, width)
        return self._lines[1]


@lru_cache(maxsize=8)
def _font(role: str, _look: theme.Theme) -> QFont:
    return role_font(role)


def _icon_room() -> int:
    look = theme.current()
    return look.px(FOOT_ICON) + look.space(7)


def lay_out_box(spoken: Spoken, width: int, *, small: bool = False, room: int = 0) -> Lines:
    """A box at this width. `room` is what its right upper corner leaves to a button.

    The note stands beside who said it, and where there is no room for both below.
    """
    look = theme.current()
    role = "say" if spoken.voice is Voice.PARTICIPANT and not small else "body"
    line, left = look.px(ROLES[role].line), look.space(LEFT)
    inner = width - left - look.space(RIGHT)
    said = lay_out(spoken.shown, _font(role, look), line, inner - room, flows=True)
    bottom = look.space(UPPER) + max(said.lineCount(), 1) * line
    foot = bottom + look.space(BETWEEN)
    who = note = None
    note_at = QPointF(left, foot)
    if spoken.who:
        height = look.px(ROLES["metab"].line)
        who = lay_out(spoken.who, _font("metab", look), height, inner - _icon_room())
        bottom = foot + who.lineCount() * height
    if spoken.note:
        height, font = look.px(ROLES["cap"].line), _font("cap", look)
        beside = QFontMetrics(font).horizontalAdvance(spoken.note) + 2
        taken = _icon_room() + who.maximumWidth() + look.space(12) if who else 0
        if taken + beside <= inner and (who is None or who.lineCount() == 1):
            note = lay_out(spoken.note, font, height, beside)
            drop = (look.px(ROLES["metab"].line) - height) / 2
            note_at = QPointF(left + inner - beside, foot + drop)
            bottom = max(bottom, foot + height)
        else:
            note = lay_out(spoken.note, font, height, inner)
            note_at = QPointF(left, bottom + look.space(2))
            bottom += look.space(2) + note.lineCount() * height
    return Lines(said, who, note, foot, note_at, bottom + look.space(UPPER))
