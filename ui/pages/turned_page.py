"""The conversation from the participant's side: one thing at a time, and nobody else's words.

Nothing of the coach's side is ever handed to this page: it holds a `Side`, no `Talk`. Everything is
kept as it is touched or typed. The way back asks for the coach's PIN.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout

from caseworker_app.content.participant import Tongue, tongue
from caseworker_app.domain.path import SectionState, section_state
from caseworker_app.domain.talk import Missing, TopicState
from caseworker_app.domain.turned import (
    END,
    Side,
    Stop,
    may_be_missing,
    missing_of,
    next_stop,
    previous_stop,
    start,
)
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import texts
from caseworker_app.services import answers, pins, talks, turned
from ui.context import App
from ui.forms.keeping import Keeping
from ui.forms.pin_pad import PinPad
from ui.forms.turned_frame import TurnedFrame
from ui.forms.turned_language import LanguageSheet
from ui.forms.turned_question import made_sheet
from ui.forms.turned_sheet import TurnedSheet
from ui.page import Page
from ui.widgets.layout import stand_on
from ui.widgets.turned_progress import Topic

MOST_FAILURES = 5


class TurnedPage(Page):
    """`returned` comes after the right PIN; `lock_wanted` after too many wrong ones, or none.

    `tongue` is how it speaks; without one, as the person likes it.
    """

    returned = Signal()
    lock_wanted = Signal()

    def __init__(self, app: App, conversation: UUID, spoken: Tongue | None = None) -> None:
        super().__init__(app)
        self.conversation = conversation
        self._side = side = turned.open_side(app.store, conversation)
        self.tongue = spoken or tongue(
            side.language, texts().language, plain=side.plain, informal=side.informal
        )
        self._at = start(side)
        self._failures = 0
        self.pad: PinPad | None = None
        self._frame: TurnedFrame
        self._sheet: TurnedSheet
        self._keeping = Keeping(app.background, self)
        self._keeping.troubled.connect(lambda _error: self._frame.show_trouble(there=True))
        self._keeping.kept.connect(lambda: self._frame.show_trouble(there=False))
        stand_on(self, "turned")
        self._stack = QStackedLayout(self)
        self._build()
        QShortcut(QKeySequence("F9"), self).activated.connect(self._ask_pin)

    @property
    def covered_words(self) -> str:
        """What stands on the cover while this person takes a break."""
        return self.tongue.say("covered")

    @property
    def stop(self) -> Stop:
        """What is in view."""
        return self._at

    def use(self, app: App) -> None:
        """Go on with other settings: everything is drawn anew, at the same place."""
        self.app = app
        if self.leave():
            self._build()

    def leave(self) -> bool:
        """Keep the last keys. False while the disk does not take them: then they stay in view."""
        self._sheet.flush()
        return self._keeping.settle()

    # --- drawing -------------------------------------------------------------------------------

    def _build(self) -> None:
        """Draw everything in the current look and in the participant's language."""
        self._put_away_pad()
        direction = Qt.LayoutDirection
        mirrored = self.tongue.is_from_the_right
        self.setLayoutDirection(direction.RightToLeft if mirrored else direction.LeftToRight)
        old = self._stack.currentWidget()
        self._frame = frame = TurnedFrame(self.tongue, self._side.coach)
        frame.paused.connect(self.covered)
        frame.returned.connect(self._ask_pin)
        frame.language_wanted.connect(self._show_languages)
        frame.went_on.connect(self._go_on)
        frame.went_back.connect(self._go_back)
        frame.missing.connect(self._set_missing)
        self._stack.addWidget(frame)
        self._stack.setCurrentWidget(frame)
        if old is not None:
            self._stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._show_stop()

    def _show_stop(self) -> None:
        """Put the sheet of this stop in the place of the one before."""
        today = self.app.now().astimezone().date()
        new_id = self.app.store.new_id
        sheet = made_sheet(self._at, self._side, self.tongue, today, new_id)
        sheet.given.connect(self._give)
        sheet.written.connect(self._write)
        sheet.rated.connect(self._rate)
        sheet.agreed.connect(self._agree)
        self._show_sheet(sheet)
        self._show_side(self._side)

    def _show_sheet(self, sheet: TurnedSheet) -> None:
        self._sheet = sheet
        self._frame.show_sheet(sheet)
        sheet.focus()

    def _show_side(self, side: Side) -> None:
        self._side = side
        self._sheet.show_side(side)
        self._frame.show_ways(back=previous_stop(side, self._at) is not None, on=self._at != END)
        missing = missing_of(side, self._at)
        self._frame.show_missing(missing, offered=may_be_missing(side, self._at))
        ids = [section.id for section in side.asked.sections]
        number = ids.index(self._at.section) + 1 if self._at.section in ids else len(ids)
        name = self.tongue.say("progress", number=number, total=len(ids))
        self._frame.show_topics([self._topic(section) for section in ids], name)

    def _topic(self, section_id: str) -> Topic:
        side, section = self._side, self._side.asked.section(section_id)
        state = section_state(section, side.statements, side.answers, side.topics)
        is_current = section_id == self._at.section
        return Topic(section.pictogram, is_current, state is SectionState.TOUCHED)

    # --- ways ----------------------------------------------------------------------------------

    def _go_on(self) -> None:
        self._go(lambda: next_stop(self._side, self._at))

    def _go_back(self) -> None:
        self._go(lambda: previous_stop(self._side, self._at))

    def _go(self, way: Callable[[], Stop | None]) -> None:
        """Keep what is typed first: it may decide what is asked next."""
        if not self.leave():
            return
        stop = way()
        if stop is None:
            return
        self._at = stop
        self._show_stop()
        if stop != END:
            section = self._side.guide.section(stop.section)
            question = stop.question or section.questions[0 if not stop.domain else -1].id
            self._keep("place", talks.move_to, self.conversation, stop.section, question)

    def _show_languages(self) -> None:
        if not self.leave():
            return
        sheet = LanguageSheet(self.tongue)
        sheet.chosen.connect(self._speak)
        sheet.done.connect(self._show_stop)
        self._show_sheet(sheet)
        self._frame.show_ways(back=False, on=False)
        self._frame.show_missing(None, offered=False)

    def _speak(self, language: str, plain: bool) -> None:  # noqa: FBT001
        """Speak this language from now on, and offer the choice again in its words."""
        self.tongue = tongue(language, texts().language, plain=plain, informal=self._side.informal)
        self._build()
        self._show_languages()

    # --- what is said --------------------------------------------------------------------------

    def _keep(self, name: str, service: Callable[..., Any], *values: Any, **more: Any) -> None:
        """Call a service now, or as soon as the disk lets it; then show what has become of it."""
        work = partial(service, self.app.store, *values, self.app.now(), **more)
        self._keeping.keep(name, work, self._reread)

    def _reread(self, _result: object = None) -> None:
        self._show_side(turned.open_side(self.app.store, self.conversation))

    def _give(self, value: str) -> None:
        question = self._at.question
        about = self._side.conversation
        self._keep(f"value {question}", answers.set_value, about, question, value)

    def _write(self, statement: UUID, words: str) -> None:
        section, question = self._at.section, self._at.question
        about = self._side.conversation
        name = f"words {statement}"
        self._keep(name, turned.write, about, (section, question), statement, words)

    def _rate(self, values: dict[str, Any]) -> None:
        name, about = f"rating {self._at.domain} {' '.join(values)}", self._side.conversation
        self._keep(name, answers.rate, about, self._at.domain, **values)

    def _agree(self, state: TopicState) -> None:
        section = self._at.section
        self._keep(f"topic {section}", answers.set_topic, self._side.conversation, section, state)
        self._go_on()

    def _set_missing(self, missing: Missing | None) -> None:
        at, about = self._at, self._side.conversation
        if at.domain:
            self._rate({"missing": missing})
        else:
            self._keep(f"missing {at.question}", answers.set_missing, about, at.question, missing)

    # --- the way back --------------------------------------------------------------------------

    def _ask_pin(self) -> None:
        if self.pad is not None or not self.leave():
            return
        self.pad = pad = PinPad(self.tongue.say("stay"))
        pad.entered.connect(self._check_pin)
        pad.forgotten.connect(self.lock_wanted)
        pad.stayed.connect(self._stay)
        self._stack.addWidget(pad)
        self._stack.setCurrentWidget(pad)
        pad.focus()

    def _stay(self) -> None:
        self._put_away_pad()
        self._sheet.focus()

    def _put_away_pad(self) -> None:
        pad, self.pad = self.pad, None
        if pad is not None:
            self._stack.setCurrentWidget(self._frame)
            self._stack.removeWidget(pad)
            pad.hide()
            pad.deleteLater()

    def _check_pin(self, pin: str) -> None:
        assert self.pad is not None
        self.pad.set_busy(busy=True)
        store = self.app.store
        self.app.background.run(
            self.pad, lambda: pins.check_pin(store, pin), self._on_checked, self._on_not_checked
        )

    def _on_checked(self, is_right: bool) -> None:  # noqa: FBT001
        assert self.pad is not None
        if is_right:
            self.returned.emit()
            return
        self._failures += 1
        self.pad.refuse(self._failures)
        if self._failures >= MOST_FAILURES:
            self.lock_wanted.emit()

    def _on_not_checked(self, error: CaseworkerError) -> None:
        assert self.pad is not None
        self.pad.tell(str(error))

    # --- keys ----------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs where the answer is given."""
        super().focusInEvent(event)
        (self.pad or self._sheet).focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on and Backspace back, wherever they mean nothing else."""
        if isinstance(self._sheet, LanguageSheet):
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        elif event.key() == Qt.Key.Key_Backspace:
            self._go_back()
        else:
            super().keyPressEvent(event)
