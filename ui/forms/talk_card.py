"""One conversation in the list: when, where, how long, who was there; opened, what was said."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.talk import Conversation, TalkStatus
from caseworker_app.i18n import _, beginning, ngettext, texts
from ui.widgets.boxes import Card
from ui.widgets.buttons import button
from ui.widgets.chips import Chip
from ui.widgets.drawings import Tile
from ui.widgets.layout import column, flow, row
from ui.widgets.said_words import Passage, Spoken
from ui.widgets.text import Text, h3, isolated

Topic = tuple[str, str, Spoken]
"""The title of a topic, its pictogram, and one thing said to it."""


class TalkCard(Card):
    """`go_on_wanted` when the conversation is to be gone on with."""

    go_on_wanted = Signal()

    def __init__(self, talk: Conversation, said: Sequence[Topic], *, can_go_on: bool) -> None:
        super().__init__(gap=14)
        self._said = said
        self._words: QWidget | None = None
        cancelled = talk.status is TalkStatus.CANCELLED
        tile = Tile("calendar" if cancelled else "message-circle", size=42, round=True)
        facts = column(h3(_title(talk)), Text(_facts(talk), "meta"), gap=2)
        if talk.present:
            names = isolated(talk.present)
            facts.addWidget(Text(_("With {names}").format(names=names), "meta"))
        if cancelled:
            facts.addWidget(Text(talk.reason or _("No reason was noted."), colour="text_2"))
        topics = list(dict.fromkeys(title for title, _picture, _spoken in said if title))
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
        if self._said:
            self.read = button(_("Read"), icon="eye", slot=self._on_read)
            self.read.setAccessibleName(_("Read: {title}").format(title=_title(talk)))
            made.append(self.read)
        if can_go_on:
            made.append(button(_("Go on with this conversation"), slot=self.go_on_wanted.emit))
        if made:
            self.body.addWidget(flow(*made))

    def _on_read(self) -> None:
        if self._words is None:
            self._words = QWidget()
            parts = [
                Passage(title, [spoken for _t, _p, spoken in group], pictogram=picture)
                for (title, picture), group in groupby(self._said, lambda one: one[:2])
            ]
            self._words.setLayout(column(*parts, gap=20))
            self.body.addWidget(self._words)
        else:
            self._words.setVisible(self._words.isHidden())
        self.read.setText(_("Read") if self._words.isHidden() else _("Close again"))


def _title(talk: Conversation) -> str:
    moment = talk.started or talk.planned_for
    if moment is None:
        return _("Conversation")
    return beginning(texts().weekday_year(moment.astimezone().date()))


def _facts(talk: Conversation) -> str:
    parts = []
    moment = talk.started or talk.planned_for
    if moment:
        parts.append(texts().clock(moment.astimezone()))
    if talk.place:
        parts.append(isolated(talk.place))
    if talk.status is TalkStatus.CANCELLED:
        parts.append(_("did not take place"))
    elif talk.started and talk.finished:
        minutes = max(0, round((talk.finished - talk.started).total_seconds() / 60))
        parts.append(ngettext("{count} minute", "{count} minutes", minutes))
    return " · ".join(parts)
