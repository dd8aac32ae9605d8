"""Everything that was said in one file as one long page: by day or by topic, with a search."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.i18n import _, ngettext, texts
from caseworker_app.services.said import Said, SaidLine, everything
from ui import theme
from ui.context import App
from ui.page import Page
from ui.widgets.boxes import EmptyState
from ui.widgets.buttons import button
from ui.widgets.case_events import way_words
from ui.widgets.choices import Option, Segmented
from ui.widgets.day_words import day_words
from ui.widgets.layout import ScrollPage, clear, column, row
from ui.widgets.said_words import Passage, Spoken
from ui.widgets.search import SearchField
from ui.widgets.shell_keys import spoken
from ui.widgets.text import h1, h2, isolated, lead

BY_DAY, BY_TOPIC = "day", "topic"


class ReadPage(Page):
    """Only for reading; nothing can be changed here by accident."""

    place: ClassVar[str] = "people"

    def __init__(self, app: App, case: UUID) -> None:
        super().__init__(app)
        self._case = case
        self._title = h1("")
        self._lead = lead("")
        self.order = Segmented(
            _("Order"), [Option(BY_DAY, _("By day")), Option(BY_TOPIC, _("By topic"))]
        )
        self.order.choose(BY_DAY)
        self.order.chosen.connect(lambda _value: self._show(self._said))
        self.search = SearchField(_("Find words"), keys=spoken("Ctrl+F"))
        self.search.changed.connect(self._find)
        self._body = QVBoxLayout()
        self._body.setSpacing(theme.current().space(24))
        self._groups: list[tuple[QWidget, list[Passage]]] = []
        sheet = ScrollPage(max_width=820)
        back = button(_("Back to the overview"), "link", icon="arrow-left", slot=self.back.emit)
        sheet.add(row(back, None), column(self._title, self._lead, gap=4))
        sheet.add(self.search, self.order, self._body, None)
        self.setLayout(column(sheet))
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason))

    def refresh(self) -> None:
        """Read everything again."""
        self._show(everything(self.app.store, self._case))

    def _show(self, said: Said) -> None:
        self._said = said
        self._today = self.app.now().astimezone().date()
        lines = said.lines(texts().language)
        name = isolated(said.person.name)
        self._title.setText(_("Everything {name} and others said").format(name=name))
        self._lead.setText(ngettext("{count} entry", "{count} entries", len(lines)))
        clear(self._body)
        self._groups = []
        for part in (self.search, self.order):
            part.setVisible(bool(lines))
        if not lines:
            self._body.addWidget(
                EmptyState(
                    "message-circle",
                    _("Nothing was written down yet"),
                    _("What is said in a conversation can be read here."),
                )
            )
        elif self.order.value() == BY_TOPIC:
            self._show_topics(lines)
        else:
            self._show_days(lines)
        self._find()

    def _show_days(self, lines: tuple[SaidLine, ...]) -> None:
        for (day, is_talk), of_day in groupby(lines, lambda one: (one.on, one.talk is not None)):
            parts = [
                Passage(title, [_spoken(one) for one in part], pictogram=pictogram)
                for (title, pictogram), part in groupby(of_day, self._topic_of)
            ]
            what = _("Conversation") if is_talk else _("Between conversations")
            when = texts().weekday_year(day)
            self._add_group(_("{what}, {day}").format(what=what, day=when), parts)

    def _show_topics(self, lines: tuple[SaidLine, ...]) -> None:
        topics: dict[tuple[str, str], list[Spoken]] = {}
        for one in lines:
            title, pictogram = self._topic_of(one)
            if one.talk is None:
                title, pictogram = _("Between conversations"), ""
            who = _("{name}, {day}").format(
                name=isolated(one.who), day=day_words(one.on, self._today)
            )
            topics.setdefault((title, pictogram), []).append(_spoken(one, who))
        between = (_("Between conversations"), "")
        for (title, pictogram), said in sorted(topics.items(), key=lambda one: one[0] == between):
            self._add_group("", [Passage(title, said, pictogram=pictogram)])

    def _topic_of(self, line: SaidLine) -> tuple[str, str]:
        if line.talk is None:
            return way_words(line.way), ""
        return line.topic or _("Without a topic"), line.pictogram

    def _add_group(self, title: str, parts: list[Passage]) -> None:
        holder = QWidget()
        inner = column(*([h2(title)] if title else []), *parts, gap=18)
        holder.setLayout(inner)
        self._body.addWidget(holder)
        self._groups.append((holder, parts))

    def _find(self) -> None:
        typed = self.search.value()
        hits = 0
        for holder, parts in self._groups:
            found = sum(part.show_only(typed) for part in parts)
            holder.setVisible(found > 0)
            hits += found
        if typed.strip():
            self.search.set_count(ngettext("{count} hit", "{count} hits", hits))
        else:
            self.search.set_count("")


def _spoken(line: SaidLine, who: str = "") -> Spoken:
    return Spoken(line.voice, line.words, who or line.who, line.question, line.marks)
