"""The day: who is visited when, what was promised, what still has to be written up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from caseworker_app.domain.goals import Step
from caseworker_app.domain.lines import PersonLine
from caseworker_app.domain.today import Day, Promise, Visit, WriteUp
from caseworker_app.domain.who import is_long_without
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _, beginning, texts
from caseworker_app.services import beginnings, goals, people, stores, today
from ui import dialogs, theme
from ui.context import App
from ui.not_held import NotHeldSheet
from ui.page import Page, Route
from ui.widgets.boxes import EmptyState
from ui.widgets.buttons import icon_button
from ui.widgets.case_sheet import Columns
from ui.widgets.drawings import picture
from ui.widgets.layout import ScrollPage, clear, column, row
from ui.widgets.rail import PressableCard
from ui.widgets.shell_keys import spoken
from ui.widgets.text import Text, h1, meta
from ui.widgets.today_side import TodaySide
from ui.widgets.today_visits import DayLine, GoOnCard
from ui.widgets.today_words import greeting

MAIN, SIDE = 11, 5
Shown = tuple[Day, Sequence[PersonLine], bool]
"""The day, who was not spoken to for long, and whether there is anybody at all."""


class TodayPage(Page):
    """One primary action: go on with what was begun, or begin the next visit."""

    place: ClassVar[str] = "today"

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._shown: Shown = (Day((), (), ()), (), True)
        self._running: WriteUp | None = None
        self._day = DayLine()
        self._going_on = column(gap=0)
        self._empty = EmptyState(
            "coffee",
            _("No visits today."),
            _("Time to call somebody you have not spoken to for a long time."),
            _("Choose somebody"),
        )
        self._nobody = EmptyState(
            "users",
            _("Nobody here yet"),
            _("Add the first person you are going to visit."),
            _("Add a person"),
        )
        self._side = TodaySide()
        self._date, self._greeting = meta(""), h1("")
        self._find_field = self._search_look()
        self._find_button = icon_button(
            "search", _("Find a person"), kind="secondary", big=True, slot=self._on_people
        )
        titles = column(self._date, self._greeting, gap=2)
        head = row(titles, self._find_button, gap=16)
        head.setStretch(0, 1)
        days = column(head, self._going_on, self._day, self._empty, self._nobody, None, gap=28)
        beside = column(self._find_field, self._side, gap=28, margins=(0, 6, 0, 0))
        sheet = ScrollPage()
        sheet.add(Columns(days, beside, share=(MAIN, SIDE)), None)
        self.setLayout(column(sheet))
        for hidden in (self._day, self._empty, self._nobody):
            hidden.hide()
        self._connect()

    def refresh(self) -> None:
        """Read the day again."""
        store, now = self.app.store, self.app.now()
        local = now.astimezone()
        coach = stores.profile(store).name.split()
        self._date.setText(beginning(texts().weekday(local.date())))
        self._greeting.setText(greeting(coach[0] if coach else "", now))

        def read() -> Shown:
            lines = people.lines(store, now)
            long = [line for line in lines if is_long_without(line, local.date())]
            return today.day(store, now), long, bool(lines)

        self.app.background.run(self, read, self._show)

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        day, long_without, anybody = shown
        self._running = next((one for one in day.write_ups if one.is_running), None)
        self._show_going_on()
        self._fit()
        self._day.setVisible(bool(day.visits))
        self._empty.setVisible(anybody and not (day.visits or self._running))
        self._nobody.setVisible(not anybody)
        self._side.show_day(day, long_without, self.app.now().astimezone().date())

    def _show_going_on(self) -> None:
        """What was begun and is not finished comes before everything that is planned."""
        clear(self._going_on)
        if self._running is None:
            return
        running = self._running
        card = GoOnCard(running, self.app.now().astimezone().date())
        card.gone_on.connect(lambda: self._on_talk("talk", running))
        card.write_up_wanted.connect(lambda: self._on_talk("writeup", running))
        self._going_on.addWidget(card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Times stand beside the cards or in them, and the search shrinks to its icon."""
        width = theme.current().width_class(self.window().width())
        self._find_field.setVisible(width == "wide")
        self._find_button.setVisible(width != "wide")
        self._day.show_visits(
            self._shown[0].visits,
            self.app.now(),
            times=width != "narrow",
            first=self._running is None,
        )

    def _search_look(self) -> QWidget:
        """Looks like the search it leads to."""
        words, keys = Text(_("Find a person"), colour="text_2"), Text(spoken("Ctrl+K"), "cap")
        inside = row(picture("search", colour="text_2", size=20), words, keys, gap=10)
        inside.setContentsMargins(14, 10, 14, 10)
        inside.setStretch(1, 1)
        field = PressableCard(_("Find a person"), inside)
        field.clicked.connect(lambda _on=False: self._on_people())
        return field

    def _connect(self) -> None:
        self._empty.pressed.connect(self._on_people)
        self._nobody.pressed.connect(lambda: self.went.emit(Route("person")))
        self._day.begun.connect(self._on_begin)
        self._day.opened.connect(lambda visit: self._go("case", visit.person.case))
        self._day.prepared.connect(lambda visit: self._go("prepare", visit.person.case))
        self._day.not_held.connect(
            lambda visit: NotHeldSheet(self, visit.talk, visit.person).open()
        )
        self._day.ticked.connect(self._on_ticked)
        side = self._side
        side.write_up_wanted.connect(lambda write_up: self._on_talk("writeup", write_up))
        side.ticked.connect(lambda promise: self._on_ticked(promise.step, True))
        side.opened.connect(self._on_promise)
        side.visited.connect(lambda case: self._go("case", case))
        side.all_promises.connect(lambda: self.went.emit(Route("agreements")))
        side.all_people.connect(self._on_people)

    # --- what can be done ----------------------------------------------------------------------

    def _go(self, page: str, case: UUID) -> None:
        self.went.emit(Route(page, case))

    def _on_people(self) -> None:
        self.went.emit(Route("people"))

    def _on_promise(self, promise: Promise) -> None:
        self._go("goals", promise.case)

    def _on_talk(self, page: str, write_up: WriteUp) -> None:
        self.went.emit(Route(page, write_up.talk.case, write_up.talk.id))

    def _on_begin(self, visit: Visit) -> None:
        case = visit.person.case
        try:
            talk = beginnings.begin_talk(self.app.store, case, self.app.now())
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
        else:
            self.went.emit(Route("talk", case, talk))

    def _on_ticked(self, step: Step, done: bool) -> None:  # noqa: FBT001
        before = step.done_on
        on = self.app.now().astimezone().date() if done else None
        try:
            ticked = goals.set_done(self.app.store, step, on, self.app.now())
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
            return

        def undo() -> None:
            goals.set_done(self.app.store, ticked, before, self.app.now())
            if isValid(self):
                self.refresh()

        self.told.emit(_("Step taken.") if done else _("Step not taken after all."), undo)
        self.refresh()
