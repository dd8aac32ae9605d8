"""Everybody the coach works with: found while typing, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.lines import PersonLine, WordHit
from caseworker_app.domain.names import as_name
from caseworker_app.domain.people import Person
from caseworker_app.domain.who import Who, belongs
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _, ngettext, texts
from caseworker_app.services import beginnings, cases, find, people, removing
from caseworker_app.services.find import PeopleIndex, PersonHit
from ui import dialogs, theme
from ui.context import App
from ui.page import Page, Route
from ui.widgets.boxes import EmptyState
from ui.widgets.buttons import button
from ui.widgets.chips import FilterChips
from ui.widgets.layout import ScrollPage, clear, column, row
from ui.widgets.people_hits import network_words, number_words, person_row, place_marks, word_row
from ui.widgets.people_preview import Preview
from ui.widgets.people_rows import WholeRows
from ui.widgets.people_words import filter_words
from ui.widgets.rows import RowValue
from ui.widgets.search import SearchField
from ui.widgets.text import IconText, Text, h1, h3, isolated

MOST = 100
MOST_WORDS = 12
FEWEST_LETTERS = 3
ROOM, LITTLE_ROOM = 36, 12  # letters before a hit in a text
SETTLED = 80  # milliseconds until the preview follows the selection
NOBODY = UUID(int=0)

_OPENS = {"goal": "goals", "step": "goals", "document": "papers", "person": "case"}
_OPENS |= {"relation": "case"}


class PeoplePage(Page):
    """Typing finds, arrows choose, Enter opens. In a wide window the chosen one is shown beside."""

    place: ClassVar[str] = "people"

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self._indexes: dict[Who, PeopleIndex] = {}
        self._lines: Sequence[PersonLine] = ()
        self._today = app.now().astimezone().date()
        self._sheet = ScrollPage(max_width=820)
        self._list = WholeRows(_("People"))
        self._make_list()
        self._make_preview()
        self.setLayout(row(self._sheet, self._preview, gap=0))
        self.setFocusProxy(self._search)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._on_add)
        up = QShortcut(QKeySequence("Up"), self._search)
        up.setContext(Qt.ShortcutContext.WidgetShortcut)
        up.activated.connect(lambda: self._list.select_next(-1))

    def refresh(self) -> None:
        """Read everybody again."""
        store, now = self.app.store, self.app.now()

        def read() -> tuple[Sequence[PersonLine], PeopleIndex]:
            lines = people.lines(store, now)
            return lines, PeopleIndex(lines)

        self._today = now.astimezone().date()
        self.app.background.run(self, read, self._show)

    def _make_list(self) -> None:
        add = button(_("Add a person"), icon="plus", slot=self._on_add)
        head = row(h1(_("People")), add, gap=16)
        head.setStretch(0, 1)
        self._search = SearchField(_("Find a person"))
        self._search.changed.connect(lambda: self._show_hits(self._search.value()))
        self._search.entered.connect(self._on_entered)
        self._search.down.connect(lambda: self._list.select_next(1))
        self._filters = FilterChips(_("Whom to show"), [(who, filter_words(who, 0)) for who in Who])
        self._filters.chosen.connect(lambda _who: self._show_hits(self._search.value()))
        self._list.opened.connect(self._open)
        self._list.selected.connect(self._on_selected)
        self._list.pressed_on.connect(self._on_pressed)
        self._below = column(gap=12)
        self._words_title = h3(_("In conversations and notes"))
        self._words = WholeRows(_("In conversations and notes"))
        self._words.opened.connect(self._open_words)
        self._words.pressed_on.connect(self._open_words)
        self._sheet.body.setSpacing(theme.current().space(12))
        self._sheet.add(head, self._search, self._filters, self._list, self._below)
        self._sheet.add(self._words_title, self._words, None)
        for hidden in (self._filters, self._list, self._words_title, self._words):
            hidden.hide()

    def _make_preview(self) -> None:
        self._preview = Preview()
        self._preview.hide()
        self._preview.opened.connect(lambda: self._open(self._list.selected_id()))
        self._preview.begun.connect(self._on_begin)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED)
        self._settled.timeout.connect(self._show_preview)

    # --- showing -------------------------------------------------------------------------------

    def _show(self, everybody: tuple[Sequence[PersonLine], PeopleIndex]) -> None:
        self._lines, index = everybody
        self._indexes = {Who.ALL: index}
        for who in Who:
            self._filters.set_words(who, filter_words(who, self._count(who)))
        for shown in (self._search, self._filters):
            shown.setVisible(bool(self._lines))
        self._show_hits(self._search.value())

    def _show_hits(self, typed: str) -> None:
        """What fits the search and the filter; the first is selected."""
        hits = self._index().find(typed, MOST + 1)
        self._list.show_rows([self._row(hit, typed) for hit in hits[:MOST]])
        rows = self._list.rows()
        if rows and (typed or self._list.selected_id() is None):
            self._list.select(rows[0].id)
        self._search.set_count(_count_words(len(hits)) if typed.strip() else "")
        self._show_words(typed.strip())
        clear(self._below)
        for part in self._parts_below(typed, len(hits)):
            self._below.addWidget(part)
        self._settled.start()

    def _show_words(self, typed: str) -> None:
        """Where the same words stand in conversations and notes."""
        found: list[WordHit] = []
        if len(typed) >= FEWEST_LETTERS and any(letter.isalpha() for letter in typed):
            found = find.words(self.app.store, typed, MOST_WORDS)
        before = LITTLE_ROOM if self._width() == "narrow" else ROOM
        rows = [
            word_row(hit, *find.excerpt(hit.words, typed, before), self._today) for hit in found
        ]
        self._words.show_rows(rows)
        self._words_title.setVisible(bool(found))

    def _parts_below(self, typed: str, count: int) -> list[QWidget]:
        if not self._lines:
            return [self._empty()]
        if not count:
            return [self._nobody_found(typed.strip())]
        if count <= MOST:
            words = _(
                "The search forgives typing mistakes. It also knows phone numbers, birth dates"
                " and the names of the people around somebody."
            )
            return [IconText("info", words, "meta")] if typed.strip() else []
        if typed.strip():
            return [Text(_("There are more: type on to find fewer."), "meta")]
        more = self._count(self._who()) - MOST
        words = ngettext(
            "and {count} more: type to find somebody",
            "and {count} more: type to find somebody",
            more,
        )
        return [Text(words, "meta")]

    def _empty(self) -> QWidget:
        state = EmptyState(
            "users",
            _("Nobody here yet"),
            _("Add the first person you are going to visit."),
            _("Add a person"),
        )
        state.pressed.connect(self._on_add)
        return state

    def _nobody_found(self, typed: str) -> QWidget:
        if not typed:
            return EmptyState("users", _("Nobody here"), _("Nobody belongs here at the moment."))
        title = _("Nobody found for {words}.").format(words=texts().quoted(isolated(typed)))
        if self._words.rows():
            return IconText("users", title)
        name = as_name(typed)
        state = EmptyState(
            "search",
            title,
            _("Only the files on this laptop were searched."),
            _("Add {name}").format(name=isolated(name)) if name else _("Add a person"),
        )
        state.pressed.connect(lambda: self._add_named(name) if name else self._on_add())
        return state

    def _row(self, hit: PersonHit, typed: str) -> RowValue:
        line = hit.line
        shown = person_row(line, self._today, find.name_marks(line.name, typed))
        if number := find.number_typed(typed):
            meta, marks = number_words(line, number)
        elif hit.found_in:
            meta, marks = network_words(hit.found_in, find.name_marks(hit.found_in, typed))
        else:
            meta, marks = shown.meta, place_marks(line, find.name_marks(line.place, typed))
        return replace(shown, meta=meta, meta_marks=tuple(marks))

    def _who(self) -> Who:
        who = self._filters.value()
        assert isinstance(who, Who)
        return who

    def _count(self, who: Who) -> int:
        return sum(belongs(line, who, self._today) for line in self._lines)

    def _index(self) -> PeopleIndex:
        """The people of the chosen filter, ready to be searched."""
        who = self._who()
        if who not in self._indexes:
            fitting = [line for line in self._lines if belongs(line, who, self._today)]
            self._indexes[who] = PeopleIndex(fitting)
        return self._indexes[who]

    # --- choosing ------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settled.start()

    def _width(self) -> theme.WidthClass:
        return theme.current().width_class(self.window().width())

    def _on_selected(self, _case: object) -> None:
        self._settled.start()
        where = self._list.selected_place()
        middle = self._list.pos().y() + where.center().y()
        self._sheet.ensureVisible(0, middle, 0, where.height())

    def _show_preview(self) -> None:
        case = self._list.selected_id()
        self._preview.setVisible(self._width() == "wide" and bool(self._lines))
        if self._preview.isVisible() and isinstance(case, UUID):
            self._preview.show_person(cases.view(self.app.store, case), self._today)
        else:
            self._preview.show_nobody()

    def _on_entered(self) -> None:
        if self._list.rows():
            self._open(self._list.selected_id() or self._list.rows()[0].id)

    def _on_pressed(self, case: object) -> None:
        if self._width() != "wide":
            self._open(case)

    # --- going on ------------------------------------------------------------------------------

    def _open(self, case: object) -> None:
        if isinstance(case, UUID):
            self.went.emit(Route("case", case))

    def _open_words(self, hit: object) -> None:
        assert isinstance(hit, WordHit)
        self.went.emit(Route(_OPENS.get(hit.kind, "read"), hit.case, hit.value))

    def _on_begin(self) -> None:
        case = self._list.selected_id()
        assert isinstance(case, UUID)
        try:
            talk = beginnings.begin_talk(self.app.store, case, self.app.now())
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
        else:
            self.went.emit(Route("talk", case, talk))

    def _on_add(self) -> None:
        self.went.emit(Route("person"))

    def _add_named(self, name: str) -> None:
        """A file for the name that was looked for, open at its details."""
        given, _blank, family = name.partition(" ")
        store, now = self.app.store, self.app.now
        person = Person(id=NOBODY, case=NOBODY, given_name=given, family_name=family)
        try:
            case = beginnings.open_file(store, person, now())
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
            return

        def undo() -> None:
            removing.remove(store, people.file(store, case), now())

        self.went.emit(Route("person", case))
        self.told.emit(_("There is now a file for {name}.").format(name=isolated(name)), undo)


def _count_words(count: int) -> str:
    if count > MOST:
        return _("more than {count}").format(count=texts().number(MOST))
    return ngettext("{count} found", "{count} found", count)
