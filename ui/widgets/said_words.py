"""What was said, to read again: under its topic, with its question, in the voice that said it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from caseworker_app.domain.names import WORD, folded
from caseworker_app.domain.talk import Mark, Voice
from caseworker_app.i18n import _
from ui import theme
from ui.widgets.boxes import VoiceBox
from ui.widgets.layout import column, row
from ui.widgets.text import IconText, Text, h2, h3, isolated, meta


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One thing to read as it is shown. `above` is the question, `who` the voice and the day.

    What has no `voice` is not spoken: the value of an answer, why there is none, a rating.
    """

    id: UUID
    words: str
    who: str = ""
    voice: Voice | None = None
    above: str = ""
    note: str = ""
    icon: str = "check"

    def folded(self) -> str:
        """All its words in the form in which they are searched."""
        return folded(f"{self.above} {self.words} {self.who}")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is to stand out: folded words that were typed, and the one line that was asked for."""

    terms: tuple[str, ...] = ()
    line: UUID | None = None

    def marks(self, line: UUID, words: str) -> tuple[tuple[int, int], ...]:
        """Where in the words of a line something stands out, as (start, length)."""
        if line == self.line:
            return ((0, len(words)),)
        if not self.terms:
            return ()
        return tuple(
            (found.start(), len(found[0]))
            for found in WORD.finditer(words)
            if any(term in folded(found[0]) for term in self.terms)
        )


def mark_words(marks: Sequence[Mark]) -> str:
    """What was marked, in words, as it stands beside a statement."""
    words = {
        Mark.FOR_GOALS: _("remembered for the goals"),
        Mark.ALONE: _("said alone"),
        Mark.NOT_FOR_PRINT: _("not for print"),
        Mark.NOT_FOR_PARTNERS: _("not for partners"),
    }
    return " · ".join(words[mark] for mark in marks)


class Passage(QWidget):
    """Lines that belong together, under a title; where more begins, under a heading with facts."""

    def __init__(
        self,
        title: str,
        lines: Sequence[Line],
        *,
        pictogram: str = "",
        heading: tuple[str, str] = ("", ""),
        sought: Sought = Sought(),
    ) -> None:
        super().__init__()
        body = column(gap=12)
        if heading[0]:
            body.addLayout(column(h2(heading[0]), *[meta(heading[1])] if heading[1] else [], gap=2))
        if title:
            body.addLayout(_titled(title, pictogram))
        before = ""  # a question is not repeated for the next voice
        for line in lines:
            parts = column(gap=6)
            if line.above and line.above != before:
                parts.addWidget(Text(line.above, "meta"))
            parts.addWidget(_drawn(line, sought))
            body.addLayout(parts)
            before = line.above
        self.setLayout(body)


def _titled(title: str, pictogram: str) -> QHBoxLayout:
    head = row(gap=10)
    if pictogram:
        picture = QLabel()
        picture.setPixmap(theme.pictogram(pictogram, "text", 24))
        head.addWidget(picture)
    head.addWidget(h3(title), 1)
    return head


def _drawn(line: Line, sought: Sought) -> QWidget:
    who = isolated(line.who) if line.who else ""
    if line.voice is None:
        words = f"{line.words} · {who}" if who else line.words
        plain = IconText(line.icon, words, icon_colour="person")
        plain.set_marks(sought.marks(line.id, words))
        return plain
    box = VoiceBox(line.voice, line.words, who, line.note)
    box.set_marks(sought.marks(line.id, box.words()))
    return box
