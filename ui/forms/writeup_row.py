"""One open thing about a conversation: a sentence, what does something about it, and "Leave it"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.guide import Section
from caseworker_app.domain.write_up import Open, OpenPoint
from caseworker_app.i18n import _
from ui.widgets.boxes import VoiceBox
from ui.widgets.buttons import Kind, button
from ui.widgets.case_sheet import Sideways
from ui.widgets.layout import column, row
from ui.widgets.menu_button import menu_of, open_below
from ui.widgets.text import IconText, Text, isolated
from ui.widgets.writeup_words import ICONS, action, sentence
from ui.widgets.writeup_words import topics as topics_of


class WriteupRow(QWidget):
    """`acted` carries the topic that was chosen, or None; `left` leaves it as it is."""

    acted = Signal(object)
    left = Signal()

    def __init__(
        self, point: OpenPoint, topics: Sequence[Section], name: str, tag: str, who: str
    ) -> None:
        super().__init__()
        self._tag = tag
        words = sentence(point, name, tag)
        main = column(IconText(ICONS[point.kind], words), gap=8)
        if point.kind is Open.UNTOUCHED:
            main.addWidget(Text(topics_of(point, tag), "meta"))
        if point.statement is not None:
            one = point.statement
            main.addWidget(VoiceBox(one.voice, one.words, isolated(who), small=True))
        kind: Kind = "primary" if point.kind is Open.RUNNING else "secondary"
        self.act = button(action(point), kind, slot=partial(self._on_act, topics))
        self.act.setAccessibleName(_("{action}: {about}").format(action=action(point), about=words))
        buttons = row(self.act, gap=4)
        if point.kind is not Open.RUNNING:
            leave = button(_("Leave it"), "quiet", slot=self.left.emit)
            leave.setAccessibleName(_("Leave it: {about}").format(about=words))
            buttons.addWidget(leave)
        self.setLayout(column(Sideways(main, buttons), margins=(0, 10, 0, 10)))

    def _on_act(self, topics: Sequence[Section]) -> None:
        """Where there is a choice of topics, ask which."""
        if len(topics) <= 1:
            self.acted.emit(topics[0] if topics else None)
            return
        entries = [(one.title.to(self._tag), partial(self.acted.emit, one)) for one in topics]
        open_below(menu_of(self.act, entries), self.act)
