"""What was said, to read again: under its topic, with its question, in the voice that said it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLabel, QWidget

from caseworker_app.domain.people import ContactWay
from caseworker_app.domain.talk import Mark, Voice
from caseworker_app.i18n import _
from ui import theme
from ui.widgets.boxes import VoiceBox
from ui.widgets.layout import column, row
from ui.widgets.text import Text, h3, isolated

Marks = list[tuple[int, int]]


@dataclass(frozen=True, slots=True, repr=False)
class Spoken:
    """One thing said, as it is shown: `above` is the question, `who` the voice and the day."""

    voice: Voice
    words: str
    who: str
    above: str = ""
    marks: tuple[Mark, ...] = ()
    on: date | None = None
    way: ContactWay | None = None


def mark_words(marks: Sequence[Mark]) -> str:
    """What was marked, in words, as it stands beside a statement."""
    words = {
        Mark.FOR_GOALS: _("remembered for the goals"),
        Mark.ALONE: _("said alone"),
        Mark.NOT_FOR_PRINT: _("not for print"),
        Mark.NOT_FOR_PARTNERS: _("not for partners"),
    }
    return " · ".join(words[mark] for mark in marks)


class _Line(QWidget):
    """A question and what was said to it. The question is not repeated for the next voice."""

    def __init__(self, spoken: Spoken, *, with_question: bool) -> None:
        super().__init__()
        self._spoken = spoken
        note = mark_words(spoken.marks)
        who = isolated(spoken.who) if spoken.who else ""
        self._box = VoiceBox(spoken.voice, spoken.words, who, note)
        layout = column(gap=6)
        if with_question and spoken.above:
            layout.addWidget(Text(spoken.above, "meta"))
        layout.addWidget(self._box)
        self.setLayout(layout)

    def fits(self, typed: str) -> bool:
        """Whether all typed words stand here; marks them."""
        marks: Marks = []
        whole = self._box.words().casefold()
        around = f"{self._spoken.above} {self._spoken.who}".casefold()
        fits = True
        for word in typed.casefold().split():
            found = _places(whole, word)
            marks += found
            fits = fits and bool(found or word in around)
        text = self._box.findChild(Text)
        if text is not None:
            text.set_marks(marks if fits else ())
        return fits


class Passage(QWidget):
    """What belongs together, under one title."""

    def __init__(self, title: str, said: Sequence[Spoken], *, pictogram: str = "") -> None:
        super().__init__()
        head = row(gap=10)
        if pictogram:
            picture = QLabel()
            picture.setPixmap(theme.pictogram(pictogram, "text", 24))
            head.addWidget(picture)
        if title:
            head.addWidget(h3(title), 1)
        body = column(gap=12)
        if title:
            body.addLayout(head)
        self._lines: list[_Line] = []
        before = ""
        for spoken in said:
            made = _Line(spoken, with_question=spoken.above != before)
            before = spoken.above
            self._lines.append(made)
            body.addWidget(made)
        self.setLayout(body)

    def show_only(self, typed: str) -> int:
        """Show only what holds all typed words; how many that are."""
        hits = 0
        for one in self._lines:
            fits = one.fits(typed)
            one.setVisible(fits)
            hits += fits
        self.setVisible(hits > 0)
        return hits


def _places(whole: str, word: str) -> Marks:
    found: Marks = []
    at = whole.find(word)
    while at >= 0:
        found.append((at, len(word)))
        at = whole.find(word, at + len(word))
    return found
