"""Beside the day: what waits to be written up, what was promised, whom to think of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.lines import PersonLine
from caseworker_app.domain.today import Day, Promise, WriteUp
from caseworker_app.i18n import _, ngettext, texts
from ui.widgets.buttons import button
from ui.widgets.drawings import picture
from ui.widgets.layout import Item, add, clear, column, line, row
from ui.widgets.people_words import without_talk
from ui.widgets.promise_row import PromiseRow
from ui.widgets.rail import PressableCard
from ui.widgets.text import Text, isolated
from ui.widgets.today_words import still_open

FEW_PROMISES = 6
FEW_PEOPLE = 3


class TodaySide(QWidget):
    """Each signal carries what was pressed: a write-up, a promise, the case of a person."""

    write_up_wanted = Signal(object)
    ticked = Signal(object)
    opened = Signal(object)
    visited = Signal(object)
    all_promises = Signal()
    all_people = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._body: QVBoxLayout = column(gap=28)
        self.setLayout(self._body)

    def show_day(self, day: Day, long_without: Sequence[PersonLine], today: date) -> None:
        """Show what there is; a part without anything in it is not shown."""
        clear(self._body)
        if day.write_ups:
            rows = [self._write_up(write_up, today) for write_up in day.write_ups]
            add(self._body, _part(_("Still to write up"), len(rows), rows, gap=8))
        if day.promises:
            add(self._body, self._promises(day.promises, today))
        if long_without:
            add(self._body, self._attention(long_without, today))
        add(self._body, None)

    def _write_up(self, write_up: WriteUp, today: date) -> QWidget:
        name, when = isolated(write_up.person), still_open(write_up, today)
        said = column(Text(name, "bodyb"), Text(when, "meta"), gap=1)
        inside = row(said, picture("chevron-right", colour="text_2", size=20), gap=8)
        inside.setContentsMargins(14, 10, 10, 10)
        inside.setStretch(0, 1)
        card = PressableCard(f"{write_up.person}, {when}", inside)
        card.clicked.connect(lambda _on=False: self.write_up_wanted.emit(write_up))
        return card

    def _promises(self, promises: Sequence[Promise], today: date) -> QVBoxLayout:
        rows: list[Item] = []
        for promise in promises[:FEW_PROMISES]:
            made = PromiseRow(promise, today)
            made.ticked.connect(lambda promise=promise: self.ticked.emit(promise))
            made.opened.connect(lambda promise=promise: self.opened.emit(promise))
            rows += [line(), made] if rows else [made]
        if len(promises) > FEW_PROMISES:
            rows.append(row(_all(len(promises), self.all_promises.emit), None))
        return _part(_("Promised this week"), len(promises), rows, gap=2)

    def _attention(self, people: Sequence[PersonLine], today: date) -> QVBoxLayout:
        rows: list[Item] = []
        for person in people[:FEW_PEOPLE]:
            said = column(
                Text(isolated(person.name), "bodyb", colour="warn_ink"),
                Text(without_talk(person, today), "meta", colour="warn_ink"),
                gap=1,
            )
            sign = picture("calendar-days", colour="warn", size=20)
            inside = row(sign, said, gap=12)
            inside.setContentsMargins(14, 10, 14, 10)
            inside.setStretch(1, 1)
            inside.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
            name = f"{person.name}, {without_talk(person, today)}"
            card = PressableCard(name, inside, warn=True)
            card.clicked.connect(lambda _on=False, case=person.case: self.visited.emit(case))
            rows.append(card)
        if len(people) > FEW_PEOPLE:
            rows.append(row(_all(len(people), self.all_people.emit), None))
        return _part(_("Time to call"), len(people), rows, gap=8)


def _part(title: str, count: int, rows: Sequence[Item], *, gap: int) -> QVBoxLayout:
    number = Text(texts().number(count), "metab", colour="text_2")
    number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    head = row(Text(title, "bodyb"), number, gap=12)
    head.setStretch(0, 1)
    part = column(head, gap=8)
    part.addLayout(column(*rows, gap=gap))
    return part


def _all(count: int, slot: object) -> QWidget:
    words = ngettext("Show all {count}", "Show all {count}", count)
    return button(words, "link", slot=slot)  # type: ignore[arg-type]
