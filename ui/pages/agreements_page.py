"""Everything that was agreed with anybody and waits to be done, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from caseworker_app.domain.today import Promise
from caseworker_app.domain.who import WEEK
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _, ngettext, texts
from caseworker_app.services import agreements, goals
from ui import dialogs, theme
from ui.context import App
from ui.page import Page, Route
from ui.widgets.boxes import EmptyState
from ui.widgets.buttons import button
from ui.widgets.chips import FilterChips
from ui.widgets.layout import Item, ScrollPage, clear, column, line, row
from ui.widgets.promise_row import PromiseRow
from ui.widgets.text import Text, h1, h3

AT_ONCE = 25

Shown = tuple[tuple[Promise, ...], tuple[Promise, ...]]


class Whose(StrEnum):
    """The two filters: what the coach has to do, and what anybody has."""

    MINE = "mine"
    ALL = "all"


class When(StrEnum):
    """How urgent."""

    LATE = "late"
    WEEK = "week"
    LATER = "later"
    NO_DAY = "no_day"


class AgreementsPage(Page):
    """Tick what is done; press a line to see the goal it belongs to."""

    place: ClassVar[str] = "agreements"

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._shown: Shown | None = None
        self._most = dict.fromkeys(When, AT_ONCE)
        self._filters = FilterChips(
            _("Whose steps"), [(whose, _filter_words(whose, 0)) for whose in Whose]
        )
        self._filters.chosen.connect(lambda _whose: self._show_groups())
        self._filters.hide()
        self._groups = column(gap=28)
        sheet = ScrollPage(max_width=820)
        sheet.body.setSpacing(theme.current().space(20))
        sheet.add(h1(_("Agreements")), self._filters, self._groups, None)
        self.setLayout(column(sheet))

    def refresh(self) -> None:
        """Read again what waits."""
        store = self.app.store

        def read() -> Shown:
            everybody = agreements.waiting(store, mine=False)
            return agreements.waiting(store, mine=True), everybody

        self.app.background.run(self, read, self._show)

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        for whose, promises in zip(Whose, shown, strict=True):
            self._filters.set_words(whose, _filter_words(whose, len(promises)))
        self._filters.setVisible(bool(shown[1]))
        self._show_groups()

    def _show_groups(self) -> None:
        assert self._shown is not None
        mine, everybody = self._shown
        promises = mine if self._filters.value() is Whose.MINE else everybody
        today = self.app.now().astimezone().date()
        clear(self._groups)
        for when in When:
            group = [promise for promise in promises if _when(promise, today) is when]
            if group:
                self._groups.addLayout(self._group(when, group, today))
        if not promises:
            self._groups.addWidget(_nothing())

    def _group(self, when: When, promises: Sequence[Promise], today: date) -> QVBoxLayout:
        title = h3(_group_words(when))
        if when is When.LATE:
            title.set_colour("warn_ink")
        head = row(title, Text(texts().number(len(promises)), "metab", colour="text_2"), gap=10)
        head.addStretch(1)
        rows: list[Item] = []
        for promise in promises[: self._most[when]]:
            rows += [line(), self._row(promise, today)] if rows else [self._row(promise, today)]
        more = len(promises) - self._most[when]
        if more > 0:
            words = ngettext("Show {count} more", "Show {count} more", min(more, AT_ONCE))
            rows.append(row(button(words, "link", slot=lambda: self._on_more(when)), None))
        return column(head, *rows, gap=4)

    def _row(self, promise: Promise, today: date) -> QWidget:
        made = PromiseRow(promise, today, with_who=self._filters.value() is Whose.ALL)
        made.ticked.connect(lambda: self._on_ticked(promise))
        made.opened.connect(lambda: self.went.emit(Route("goals", promise.case)))
        return made

    def _on_more(self, when: When) -> None:
        self._most[when] += AT_ONCE
        self._show_groups()

    def _on_ticked(self, promise: Promise) -> None:
        store, now = self.app.store, self.app.now
        try:
            done = goals.set_done(store, promise.step, now().astimezone().date(), now())
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
            return

        def undo() -> None:
            goals.set_done(store, done, None, now())
            if isValid(self):
                self.refresh()

        self.told.emit(_("Step taken."), undo)
        self.refresh()


def _when(promise: Promise, today: date) -> When:
    due = promise.step.due
    if due is None:
        return When.NO_DAY
    if due < today:
        return When.LATE
    return When.WEEK if due < today + WEEK else When.LATER


def _group_words(when: When) -> str:
    return {
        When.LATE: _("The day is over"),
        When.WEEK: _("This week"),
        When.LATER: _("Later"),
        When.NO_DAY: _("Without a day"),
    }[when]


def _filter_words(whose: Whose, count: int) -> str:
    words = {Whose.MINE: _("Mine {count}"), Whose.ALL: _("All {count}")}
    return words[whose].format(count=texts().number(count))


def _nothing() -> EmptyState:
    return EmptyState(
        "list-checks",
        _("Nothing waits here"),
        _("Steps that you agree on in a conversation stand here until they are done."),
    )
