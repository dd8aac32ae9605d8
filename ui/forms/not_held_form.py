"""A conversation that did not take place: who called it off, what came between, and when instead.

Everything is kept as it is chosen and typed; until somebody is chosen nothing has happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.talk import Conversation, Hindrance, TalkStatus, Voice
from caseworker_app.i18n import _
from ui.forms.leave_out import kept, watch
from ui.forms.next_talk import NextTalkForm
from ui.forms.typing_pause import TypingPause
from ui.widgets.choices import Option, RadioRow
from ui.widgets.fields import LongField
from ui.widgets.layout import column
from ui.widgets.not_held_words import hindrance_words
from ui.widgets.text import Text, isolated

BY_PERSON = (TalkStatus.CANCELLED, Voice.PARTICIPANT)
BY_COACH = (TalkStatus.CANCELLED, Voice.COACH)
NOBODY = (TalkStatus.MISSED, None)


class NotHeldForm(QWidget):
    """`changed` when something can be kept, `planned` when there is a new day, `grew` in height."""

    changed = Signal()
    planned = Signal()
    grew = Signal()

    def __init__(self, talk: Conversation, name: str, places: Sequence[str], now: datetime) -> None:
        super().__init__()
        self._pause = TypingPause(self)
        self._pause.over.connect(self.changed)
        options = [
            Option(BY_PERSON, _("{name} called it off").format(name=isolated(name))),
            Option(BY_COACH, _("I called it off")),
        ]
        if talk.planned_for is None or talk.planned_for <= now:
            options.append(Option(NOBODY, _("Nobody was there")))
        self.who = RadioRow(_("What happened"), options)
        self.who.chosen.connect(self._on_who)
        self.between = RadioRow(
            _("What came between"),
            [Option(one, hindrance_words(one)) for one in Hindrance],
            optional=True,
        )
        self.between.chosen.connect(lambda _one: self.changed.emit())
        self.words = LongField(
            _("In your own words"), hint=_("It stays in the file, also years later."), lines=2
        )
        watch(self.words)
        self.words.changed.connect(self._pause.begin)
        self.words.left.connect(self._on_left)
        self.next_talk = NextTalkForm(None, places, now.astimezone().date())
        self.next_talk.changed.connect(self.planned)
        self._more = QWidget()
        self._more.setLayout(
            column(
                column(Text(_("What came between"), "bodyb"), self.between, gap=6),
                self.words,
                column(Text(_("A new day"), "bodyb"), self.next_talk, gap=6),
                gap=16,
            )
        )
        self._more.hide()
        self.setLayout(column(self.who, self._more, gap=16, margins=(0, 0, 8, 0)))
        self.setFocusProxy(self.who)

    def value(self, before: Conversation) -> Conversation:
        """The conversation as the form shows it; as it was while nobody is chosen."""
        chosen = self.who.value()
        if not isinstance(chosen, tuple):
            return before
        status, by = chosen
        between = self.between.value()
        return replace(
            before,
            status=status,
            called_off_by=by,
            hindrance=between if isinstance(between, Hindrance) else None,
            reason=" ".join(kept(self.words, before.reason).split()),
        )

    def _on_who(self, _chosen: object) -> None:
        if self._more.isHidden():
            self._more.show()
            self.grew.emit()
        self.changed.emit()

    def _on_left(self) -> None:
        self._pause.stop()
        self.changed.emit()
