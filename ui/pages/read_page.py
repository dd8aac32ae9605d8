"""Everything that is known of one file as one long page: by day, by topic or by life domain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.names import tokens
from caseworker_app.domain.reading import Part, Piece, by_day, by_domain, by_topic
from caseworker_app.i18n import _, ngettext
from caseworker_app.services.said import Said, everything
from ui.context import App
from ui.page import Page
from ui.widgets.boxes import EmptyState
from ui.widgets.buttons import button
from ui.widgets.choices import Option, Segmented
from ui.widgets.layout import ScrollPage, column, row
from ui.widgets.lazy_column import LazyColumn
from ui.widgets.read_lines import Reader
from ui.widgets.said_words import Passage, Sought
from ui.widgets.search import SearchField
from ui.widgets.shell_keys import spoken
from ui.widgets.text import h1, isolated, lead

BY_DAY, BY_TOPIC, BY_DOMAIN = "day", "topic", "domain"
TOGETHER = 10
"""So many pieces are made at a time."""

USUAL_HEIGHT = 110


class ReadPage(Page):
    """Only for reading; nothing can be changed here by accident. `asked_for` is what to show."""

    place: ClassVar[str] = "people"

    def __init__(self, app: App, case: UUID, asked_for: UUID | None = None) -> None:
        super().__init__(app)
        self._case, self._asked_for = case, asked_for
        self._parts: Sequence[Part] = ()
        self._folded: dict[int, str] = {}
        self._title, self._lead = h1(""), lead("")
        self.order = Segmented(
            _("Order"),
            [
                Option(BY_DAY, _("By day")),
                Option(BY_TOPIC, _("By topic")),
                Option(BY_DOMAIN, _("By life domain")),
            ],
        )
        self.order.choose(BY_DAY)
        self.order.chosen.connect(lambda _value: self._arrange())
        self.search = SearchField(_("Find words"), keys=spoken("Ctrl+F"))
        self.search.changed.connect(self._find)
        self._empty = EmptyState(
            "message-circle",
            _("Nothing was written down yet"),
            _("What is said in a conversation can be read here."),
        )
        sheet = ScrollPage(max_width=820)
        self._column = LazyColumn(sheet)
        back = button(_("Back to the overview"), "link", icon="arrow-left", slot=self.back.emit)
        sheet.add(row(back, None), column(self._title, self._lead, gap=4))
        sheet.add(self.search, self.order, self._empty, self._column, None)
        self.setLayout(column(sheet))
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason))

    def refresh(self) -> None:
        """Read everything again."""
        self._show(everything(self.app.store, self._case))

    def _show(self, said: Said) -> None:
        self._said = said
        name = isolated(said.person.name)
        self._title.setText(_("Everything {name} and others said").format(name=name))
        self._arrange()
        count = sum(len(part.pieces) for part in self._parts)
        self._lead.setText(ngettext("{count} entry", "{count} entries", count))
        self._empty.setVisible(not count)
        for shown in (self.search, self.order, self._column):
            shown.setVisible(bool(count))
        QTimer.singleShot(0, self, self._go_to_asked_for)  # once everything has its place

    def _arrange(self) -> None:
        """Put everything in the chosen order."""
        order, history = self.order.value(), self._said.history
        today = self.app.now().astimezone().date()
        self._reader = Reader(self._said.person, self._said.coach, today, with_days=order != BY_DAY)
        if order == BY_TOPIC:
            self._parts = by_topic(history, self._reader.tag)
        else:
            self._parts = by_day(history) if order == BY_DAY else by_domain(history)
        self._folded = {}
        self._find()

    def _find(self) -> None:
        """Show what holds all typed words; everything when none are typed."""
        terms = tokens(self.search.value())
        sought = Sought(terms, None if terms else self._asked_for)
        blocks: list[Callable[[], QWidget]] = []
        guesses: list[int] = []
        hits, before = 0, None
        for part in self._parts:
            pieces = [one for one in part.pieces if self._fits(one, part, terms)]
            hits += len(pieces)
            for start in range(0, len(pieces), TOGETHER):
                some = pieces[start : start + TOGETHER]
                of = part.talk.id if part.talk else some[0].on
                blocks.append(
                    partial(self._passage, part, some, sought, heads=of != before, titled=not start)
                )
                guesses.append(len(some) * USUAL_HEIGHT)
                before = of
        self._column.show_blocks(blocks, guesses)
        words = ngettext("{count} hit", "{count} hits", hits) if terms else ""
        self.search.set_count(words)

    def _fits(self, piece: Piece, part: Part, terms: Sequence[str]) -> bool:
        if not terms:
            return True
        if id(piece) not in self._folded:
            lines = self._reader.lines(piece, part.about)
            self._folded[id(piece)] = " ".join(line.folded() for line in lines)
        return all(term in self._folded[id(piece)] for term in terms)

    def _passage(
        self, part: Part, pieces: Sequence[Piece], sought: Sought, *, heads: bool, titled: bool
    ) -> Passage:
        title, pictogram = self._reader.title(part) if titled else ("", "")
        heading = ("", "")
        if heads and self.order.value() == BY_DAY:
            heading = self._reader.heading(part)
        lines = [line for one in pieces for line in self._reader.lines(one, part.about)]
        return Passage(title, lines, pictogram=pictogram, heading=heading, sought=sought)

    def _go_to_asked_for(self) -> None:
        """Once: whoever comes back to the page is not carried off again."""
        place = 0
        for part in self._parts:
            for start in range(0, len(part.pieces), TOGETHER):
                some = part.pieces[start : start + TOGETHER]
                if any(one.value.id == self._asked_for for one in some):
                    self._column.go_to(place)
                    return
                place += 1
