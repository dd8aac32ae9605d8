"""One conversation in the list: when, where, how long, who was there; opened, what was said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.reading import Part
from caseworker_app.domain.talk import NOT_HELD, Conversation, TalkStatus
from caseworker_app.i18n import _, beginning, texts
from ui.widgets.boxes import Card
from ui.widgets.buttons import button
from ui.widgets.chips import Chip
from ui.widgets.drawings import Tile
from ui.widgets.layout import column, flow, row
from ui.widgets.not_held_words import not_held_words
from ui.widgets.read_lines import Reader
from ui.widgets.said_words import Passage
from ui.widgets.talk_words import talk_facts, who_was_there
from ui.widgets.text import Text, h3


class TalkCard(Card):
    """`go_on_wanted` when it is to be gone on with, `write_up_wanted` to see what is open."""

    go_on_wanted = Signal()
    write_up_wanted = Signal()

    def __init__(
        self, talk: Conversation, parts: Sequence[Part], reader: Reader, *, can_go_on: bool
    ) -> None:
        super().__init__(gap=14)
        self._parts, self._reader = parts, reader
        self._words: QWidget | None = None
        was_held = talk.status not in NOT_HELD
        tile = Tile("message-circle" if was_held else "calendar", size=42, round=True)
        when = talk_facts(talk)
        if not was_held:
            when = " · ".join(part for part in (when, _("did not take place")) if part)
        facts = column(h3(_title(talk)), Text(when, "meta"), gap=2)
        if there := who_was_there(talk):
            facts.addWidget(Text(there, "meta"))
        if not was_held:
            words = beginning(not_held_words(talk, reader.person.short_name))
            facts.addWidget(Text(words, colour="text_2"))
        topics = [part.section.title.to(reader.tag) for part in parts if part.section]
        if topics:
            facts.addWidget(Text(" · ".join(topics), "meta"))
        head = row(tile, facts, gap=14)
        head.setAlignment(tile, Qt.AlignmentFlag.AlignTop)
        head.setStretch(1, 1)
        self.body.addLayout(head)
        if talk.status is TalkStatus.RUNNING:
            facts.insertWidget(1, flow(Chip(_("not finished yet"), "time")))
        self._add_buttons(talk, can_go_on=can_go_on)

    def _add_buttons(self, talk: Conversation, *, can_go_on: bool) -> None:
        made = []
        if self._parts:
            self.read = button(_("Read"), icon="eye", slot=self._on_read)
            self.read.setAccessibleName(_("Read: {title}").format(title=_title(talk)))
            made.append(self.read)
        if can_go_on:
            made.append(button(_("Go on with this conversation"), slot=self.go_on_wanted.emit))
            made.append(button(_("What is still open"), "quiet", slot=self.write_up_wanted.emit))
        if made:
            self.body.addWidget(flow(*made))

    def _on_read(self) -> None:
        if self._words is None:
            self._words = QWidget()
            self._words.setLayout(column(*map(self._passage, self._parts), gap=20))
            self.body.addWidget(self._words)
        else:
            self._words.setVisible(self._words.isHidden())
        self.read.setText(_("Read") if self._words.isHidden() else _("Close again"))

    def _passage(self, part: Part) -> Passage:
        title, pictogram = self._reader.title(part)
        lines = [line for one in part.pieces for line in self._reader.lines(one, part.about)]
        return Passage(title, lines, pictogram=pictogram)


def _title(talk: Conversation) -> str:
    moment = talk.started or talk.planned_for
    if moment is None:
        return _("Conversation")
    return beginning(texts().weekday_year(moment.astimezone().date()))
