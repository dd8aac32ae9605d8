"""One person's details, household and network. A new file comes into being with the first name."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut
from shiboken6 import isValid

from caseworker_app.domain.lines import PersonLine
from caseworker_app.domain.people import Person, Relation
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _, texts
from caseworker_app.services import beginnings, cases, doubles, languages, people, removing
from caseworker_app.services.find import PeopleIndex
from ui.company import KnownTwice
from ui.context import App
from ui.forms.person_form import PersonForm
from ui.forms.relation_form import RelationForm
from ui.forms.typing_pause import TypingPause
from ui.page import Page, Redraws, Route
from ui.widgets.boxes import Banner
from ui.widgets.buttons import button
from ui.widgets.layout import ScrollPage, clear, column, flow, row
from ui.widgets.text import h1, h3, isolated, meta

NOBODY = UUID(int=0)


class PersonPage(Page):
    """Everything is kept as it is typed. "Done" goes on to the file."""

    place: ClassVar[str] = "people"
    redraws: ClassVar[Redraws] = Redraws.NEVER

    def __init__(self, app: App, case: UUID | None = None) -> None:
        super().__init__(app)
        self._case = case
        self._is_new = case is None
        self._index = PeopleIndex(())
        self._person = Person(id=NOBODY, case=NOBODY)
        self._relations: dict[RelationForm, Relation | None] = {}
        self._pause = TypingPause(self)
        self._pause.over.connect(self._keep)
        self._make()
        QShortcut(QKeySequence("Escape"), self).activated.connect(self._on_done)

    def refresh(self) -> None:
        """Read the person again; for a new one, whom there may already be a file of."""
        if self._case is not None and people.file(self.app.store, self._case).removed:
            self._case = None
            self._form.set_value(Person(id=NOBODY, case=NOBODY))
            self.went.emit(Route("people"))
        elif self._case is not None:
            self._show(people.person(self.app.store, self._case))
        if self._is_new:
            self._read_names()

    def where(self, route: Route) -> Route:
        """Whoever has got a file meanwhile is not new any more."""
        return Route("person", self._case) if self._case else route

    def leave(self) -> bool:
        """Keep what is still being typed. A name without a file gets one: nothing is lost."""
        if self._case is None and self._form.value(self._person).name:
            return self._create()
        return self._keep()

    def _make(self) -> None:
        today = self.app.now().astimezone().date()
        self._title = h1(_("New person"))
        self._done = button(_("Done"), "primary", icon="check", slot=self._on_done)
        head = row(self._title, self._done, gap=16)
        head.setStretch(0, 1)
        self._trouble = column(gap=12)
        self._form = PersonForm(today, languages.named(texts().language))
        self._form.changed.connect(self._on_changed)
        self._form.left.connect(self._on_left)
        self._form.named.connect(self._on_named)
        self._known = KnownTwice(self.app)
        self._form.known.addWidget(self._known)
        self._others = column(gap=12)
        self._add = button(_("Add somebody"), icon="plus", slot=self._on_add)
        sheet = ScrollPage(max_width=820)
        sheet.add(head, meta(_("Everything is kept as you type it.")), self._trouble)
        sheet.add(self._form, h3(_("Household and network")))
        sheet.add(self._others, flow(self._add), None)
        self._sheet = sheet
        self.setLayout(column(sheet))
        self.setFocusProxy(self._form)

    # --- showing -------------------------------------------------------------------------------

    def _show(self, person: Person) -> None:
        assert self._case is not None
        self._person = person
        self._show_title()
        self._form.set_value(person)
        clear(self._others)
        self._relations = {}
        for relation in cases.view(self.app.store, self._case).relations:
            self._show_relation(relation, relation)

    def _show_title(self) -> None:
        name = self._person.name
        self._title.setText(isolated(name) if name else _("New person"))

    def _show_relation(self, relation: Relation, seen: Relation | None) -> RelationForm:
        form = RelationForm(relation)
        self._relations[form] = seen
        form.changed.connect(self._pause.begin)
        form.left.connect(self._on_left)
        form.dropped.connect(lambda: self._on_drop(form))
        self._others.addWidget(form)
        return form

    def _show_trouble(self, error: CaseworkerError | None) -> None:
        clear(self._trouble)
        if error is not None:
            happened, safe, to_do = error.sentences()
            self._trouble.addWidget(Banner("danger", happened, f"{safe} {to_do}".strip()))

    def _show_double(self, other: PersonLine | None) -> None:
        clear(self._form.below_name)
        if other is None:
            return
        title = _("There may already be a file: {name}").format(name=isolated(other.name))
        born = ""
        if other.birth_date:
            born = _("born on {day}").format(day=texts().day(other.birth_date))
        facts = " · ".join(part for part in (born, other.place, other.number) if part)
        banner = Banner("info", title, facts, _("Open it"), icon="users")
        banner.pressed.connect(lambda: self._on_open_other(other))
        self._form.below_name.addWidget(banner)

    # --- keeping -------------------------------------------------------------------------------

    def _on_changed(self) -> None:
        self._pause.begin()
        if self._is_new:
            shown = self._form.value(self._person)
            other = doubles.likely(self._index, shown.name, shown.birth_date, self._case)
            self._show_double(other)

    def _on_left(self) -> None:
        if self._is_new:
            shown = self._form.value(self._person)
            self._known.ask(shown.name, shown.birth_date)
        self._pause.stop()
        self._keep()

    def _on_named(self) -> None:
        if self._case is None and self._form.given_name.value():
            self._create()

    def _create(self) -> bool:
        """Open a file for the one whose name stands in the form."""
        store, now = self.app.store, self.app.now
        try:
            case = beginnings.open_file(store, self._form.value(self._person), now())
        except CaseworkerError as error:
            self._show_trouble(error)
            return False

        def undo() -> None:
            removing.remove(store, people.file(store, case), now())
            if isValid(self):
                self.refresh()

        self._case = case
        self._person = people.person(store, case)
        self._show_title()
        self._show_trouble(None)
        name = isolated(self._person.short_name)
        self.told.emit(_("There is now a file for {name}.").format(name=name), undo)
        return True

    def _keep(self) -> bool:
        """Write what differs from what is kept. False when that did not work."""
        if self._case is None:
            return True
        try:
            self._keep_person()
            for form, seen in list(self._relations.items()):
                self._keep_relation(form, seen)
        except CaseworkerError as error:
            self._show_trouble(error)
            return False
        self._show_trouble(None)
        return True

    def _keep_person(self) -> None:
        shown = self._form.value(self._person)
        if shown != self._person:
            now = self.app.now()
            self._person = people.save_person(self.app.store, shown, self._person, now)
            self._show_title()

    def _keep_relation(self, form: RelationForm, seen: Relation | None) -> None:
        blank = Relation(id=self.app.store.new_id(), case=self._case or NOBODY)
        shown = form.value(seen or blank)
        if shown != (seen or blank):
            now = self.app.now()
            self._relations[form] = people.save_relation(self.app.store, shown, seen, now)
            form.show_name(shown.name)

    # --- what can be done ----------------------------------------------------------------------

    def _on_add(self) -> None:
        if self._case is None and not (self._form.given_name.value() and self._create()):
            self._form.given_name.set_problem(_("Please begin with the first name."))
            self._form.given_name.setFocus()
            return
        form = self._show_relation(Relation(id=NOBODY, case=NOBODY), None)
        form.setFocus()
        self._sheet.show_widget(self._add)

    def _on_drop(self, form: RelationForm) -> None:
        self._on_left()
        seen = self._relations.pop(form)
        self._others.removeWidget(form)
        form.hide()
        form.deleteLater()
        self._add.setFocus()
        if seen is None:
            return
        store, now = self.app.store, self.app.now
        removing.remove(store, seen, now())

        def undo() -> None:
            removing.restore(store, seen, now())
            if isValid(self):
                self.refresh()

        name = isolated(seen.name) if seen.name else _("Somebody")
        self.told.emit(_("{name} taken out.").format(name=name), undo)

    def _on_open_other(self, other: PersonLine) -> None:
        """Go to the file that was there; the one just begun by mistake goes, and can come back."""
        store, now = self.app.store, self.app.now
        if self._case is not None:
            begun = people.file(store, self._case)
            removing.remove(store, begun, now())
            self.told.emit(
                _("The new file was removed."), lambda: removing.restore(store, begun, now())
            )
        self._case, self._is_new = None, False
        self._form.set_value(Person(id=NOBODY, case=NOBODY))
        self.went.emit(Route("case", other.case))

    def _on_done(self) -> None:
        if self._case is None and not self._form.value(self._person).name:
            self.back.emit()
        elif self.leave():
            assert self._case is not None
            self.went.emit(Route("case", self._case))

    def _read_names(self) -> None:
        store, now = self.app.store, self.app.now()

        def take(index: PeopleIndex) -> None:
            self._index = index

        self.app.background.run(self, lambda: PeopleIndex(people.lines(store, now)), take)
