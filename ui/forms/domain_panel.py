"""One part of life beside the picture: what was said of it, what is different, what would help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from caseworker_app.domain.life import BY_ID, WISHES_PICTOGRAM
from caseworker_app.domain.look_back import LookBack
from caseworker_app.domain.picture import PictureRow
from caseworker_app.domain.picture_words import domain_name, shares_of
from caseworker_app.domain.talk import Statement, Voice
from caseworker_app.i18n import _, texts
from ui import theme
from ui.forms.look_back_field import LookBackField
from ui.widgets.boxes import VoiceBox
from ui.widgets.buttons import button
from ui.widgets.drawings import Tile
from ui.widgets.layout import clear, column, row
from ui.widgets.share_dots import ShareDots
from ui.widgets.text import Text, h2, isolated

_MOST_SHOWN = 3

Facts = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, repr=False)
class Heard:
    """One thing that was said to this part of life. `above` is the question."""

    voice: Voice
    words: str
    who: str
    above: str = ""


class DomainPanel(QWidget):
    """`answered` carries the field in which something was written."""

    answered = Signal(object)
    goal_wanted = Signal()
    read_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.domain = ""
        self._head = row(gap=14)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(theme.current().space(16))
        self._facts.setVerticalSpacing(theme.current().space(3))
        self._facts.setColumnStretch(1, 1)
        self._places: list[tuple[Text, Text]] = []
        self._shares = ShareDots()
        self._reason = column(gap=6)
        self._heard = column(gap=10)
        self.fields = {asked: LookBackField(asked, name) for asked in LookBack}
        for field in self.fields.values():
            field.changed.connect(lambda field=field: self.answered.emit(field))
        take = button(_("Take as a goal"), "primary", icon="target", big=True)
        take.clicked.connect(lambda _checked=False: self.goal_wanted.emit())
        known = column(self._head, self._facts, self._shares, self._reason, gap=16)
        self.setLayout(column(known, *self.fields.values(), take, self._heard, gap=16))

    def show_domain(
        self,
        shown: PictureRow,
        facts: Facts,
        heard: Sequence[Heard],
        answers: Mapping[LookBack, Statement | None],
    ) -> None:
        """Show another part of life. `facts` are what was rated, as (what, words)."""
        self.domain = shown.domain
        self._show_head(shown.domain)
        self._show_facts(facts)
        self._shares.show_shares(shares_of(shown, texts()))
        self._show_reason(shown.rating.reason if shown.rating else "")
        for asked, field in self.fields.items():
            field.show_answer(answers.get(asked))
        self.fields[LookBack.DIFFERENT].setVisible(shown.last is not None)
        self._show_heard(heard)

    def _show_head(self, domain: str) -> None:
        clear(self._head)
        known = BY_ID.get(domain)
        pictogram = known.pictogram if known else WISHES_PICTOGRAM
        self._head.addWidget(Tile(pictogram=pictogram, size=44, tone="plain"))
        self._head.addWidget(h2(domain_name(domain, texts())), 1, Qt.AlignmentFlag.AlignVCenter)

    def _show_facts(self, facts: Facts) -> None:
        """The same places hold other words: nothing is made anew from row to row."""
        while len(self._places) < len(facts):
            place = len(self._places)
            pair = Text("", "meta"), Text("", "metab")
            self._facts.addWidget(pair[0], place, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(pair[1], place, 1)
            self._places.append(pair)
        for i, pair in enumerate(self._places):
            for text, words in zip(pair, facts[i] if i < len(facts) else ("", ""), strict=True):
                text.setText(words)
                text.setVisible(i < len(facts))

    def _show_reason(self, reason: str) -> None:
        clear(self._reason)
        if reason:
            self._reason.addWidget(Text(_("Why?"), "metab"))
            name = isolated(self._name)
            self._reason.addWidget(VoiceBox(Voice.PARTICIPANT, reason, name, small=True))

    def _show_heard(self, heard: Sequence[Heard]) -> None:
        clear(self._heard)
        if not heard:
            return
        self._heard.addWidget(Text(_("What was said about it"), "h3"))
        above = ""
        for one in heard[:_MOST_SHOWN]:
            if one.above and one.above != above:
                self._heard.addWidget(Text(one.above, "meta"))
            above = one.above
            who = isolated(one.who) if one.who else ""
            self._heard.addWidget(VoiceBox(one.voice, one.words, who, small=True))
        if len(heard) > _MOST_SHOWN:
            more = button(_("Read everything"), "link", slot=self.read_wanted.emit)
            self._heard.addLayout(row(more, None))
