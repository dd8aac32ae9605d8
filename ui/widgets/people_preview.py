"""One person at a glance beside the list: their words, what is next, what is good to know."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.case_view import CaseView
from caseworker_app.domain.goals import Step
from caseworker_app.i18n import _
from ui import theme
from ui.widgets.boxes import VoiceBox
from ui.widgets.buttons import button
from ui.widgets.case_head import facts
from ui.widgets.case_next import open_steps
from ui.widgets.day_words import day_words, due_words, moment_words
from ui.widgets.drawings import Avatar
from ui.widgets.layout import Item, ScrollPage, add, clear, column, line, row, stand_on
from ui.widgets.text import IconText, Text, isolated

WIDTH = 364
FEW = 3


class Preview(QWidget):
    """`opened` asks for the file, `begun` for a conversation."""

    opened = Signal()
    begun = Signal()

    def __init__(self) -> None:
        super().__init__()
        look = theme.current()
        stand_on(self, "canvas")
        self.setFixedWidth(look.px(WIDTH))
        self._sheet = ScrollPage(margin=28, ground="canvas")
        self._foot: QVBoxLayout = column(gap=12, margins=(28, 0, 28, 28))
        self.setLayout(column(self._sheet, self._foot, gap=0))

    def show_nobody(self) -> None:
        """Nobody is selected: say what will stand here, so that it does not look broken."""
        self._clear()
        words = Text(_("Whoever you select is shown here."), colour="text_2")
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sheet.add(None, words, None)

    def _clear(self) -> None:
        clear(self._sheet.body)
        clear(self._foot)

    def show_person(self, view: CaseView, today: date) -> None:
        """Show the one who is selected."""
        self._clear()
        self._sheet.add(*_parts(view, today), None)
        open_file = button(
            _("Open file"),
            "primary",
            trailing="corner-down-left",
            big=True,
            slot=self.opened.emit,
        )
        words = _("Go on with the conversation") if view.running else _("Begin conversation")
        begin = button(words, icon="message-circle", big=True, slot=self.begun.emit)
        add(self._foot, line(), open_file, begin)


def _parts(view: CaseView, today: date) -> list[Item]:
    person = view.person
    said = column(
        None,
        Text(isolated(person.name), "h2"),
        Text(facts(person, view.file, today), "meta"),
        None,
        gap=2,
    )
    head = row(Avatar(person.name, 62, "person"), said, gap=16)
    head.setStretch(1, 1)
    parts: list[Item] = [head]
    if view.own_words:
        who = isolated(person.short_name)
        if view.own_words.said:
            day = day_words(view.own_words.said.astimezone().date(), today)
            who = _("{name}, {day}").format(name=who, day=day)
        parts.append(VoiceBox(view.own_words.voice, view.own_words.words, who))
    parts.append(_section(_("What is next"), _coming(view, today)))
    good = [IconText("info", line.strip()) for line in person.good_to_know.splitlines() if line]
    if person.phone:
        good.append(IconText("phone", person.phone))
    if good:
        parts.append(_section(_("Good to know"), good))
    return parts


def _coming(view: CaseView, today: date) -> list[IconText]:
    found = []
    talk = view.next_talk
    if talk and talk.planned_for:
        found.append(IconText("calendar", moment_words(talk.planned_for, today)))
        if talk.place:
            found.append(IconText("map-pin", isolated(talk.place)))
    found += [_step(step, today) for step in open_steps(view.goals)[:FEW]]
    return found or [IconText("clock", _("Nothing is agreed at the moment."))]


def _step(step: Step, today: date) -> IconText:
    if step.due is None:
        return IconText("list-checks", step.what)
    words = _("{step}, {day}").format(step=step.what, day=due_words(step.due, today))
    return IconText("list-checks", words)


def _section(title: str, lines: list[IconText]) -> QVBoxLayout:
    return column(Text(title, "metab", colour="text_2"), *lines, gap=8, margins=(0, 8, 0, 0))
