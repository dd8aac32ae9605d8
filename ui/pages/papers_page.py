"""The papers of one file: the plans that were handed over, and everything that was added.

While a file is encrypted, or a paper is on its way from the central store, the page looks again and
again how far it is: the work itself is done elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from caseworker_app.domain.case_view import CaseView
from caseworker_app.domain.exchange import ExchangeView, Standing
from caseworker_app.domain.people import Document
from caseworker_app.domain.pieces import Lying, Whereabouts
from caseworker_app.domain.plan import PlanVersion
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _
from caseworker_app.services import cases, papers, removing
from caseworker_app.store.store import Store
from ui import dialogs
from ui.context import App
from ui.forms.paper_place import PaperPlace
from ui.forms.paper_row import PaperRow
from ui.forms.plan_paper_row import PlanPaperRow
from ui.forms.quiet import quiet_style
from ui.forms.taking_in_row import TakingInCard
from ui.page import Page, Route
from ui.widgets.boxes import Card, EmptyState
from ui.widgets.buttons import button
from ui.widgets.case_head import CaseHead
from ui.widgets.case_sheet import CaseSheet, section
from ui.widgets.layout import column, line

LOOK = 250  # milliseconds
NOT_KNOWN = Lying(Whereabouts.AWAY)


class PapersPage(Page):
    """Files are taken in by the button or by dropping them here; they are kept encrypted."""

    place: ClassVar[str] = "people"

    def __init__(self, app: App, case: UUID) -> None:
        super().__init__(app)
        self._case = case
        self.rows: list[PaperRow] = []
        self._plans: list[PlanPaperRow] = []
        self._takings: list[tuple[str, papers.TakingIn]] = []
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK)
        self._watch.timeout.connect(self._look)
        self.setStyleSheet(quiet_style())
        self._sheet = CaseSheet("canvas")
        self.setLayout(column(self._sheet))
        self.setAcceptDrops(True)

    def refresh(self) -> None:
        """Keep a name that is being typed, then read the papers again."""
        if not isValid(self):  # an undo may come after its page has gone
            return
        self.leave()
        self._show(cases.view(self.app.store, self._case))

    def hear(self, view: ExchangeView) -> None:
        """Papers come and go with each exchange: say where they are now."""
        if view.standing is not Standing.WORKING and (self.rows or self._plans):
            self._read_lying()

    def leave(self) -> bool:
        """Keep a name that is being typed."""
        kept = [self._keep_name(one) for one in self.rows]
        return all(kept)

    # --- what is shown -------------------------------------------------------------------------

    def _show(self, view: CaseView) -> None:
        self._today = self.app.now().astimezone().date()
        self._is_connected = papers.is_connected(self.app.store)
        self._lying = papers.lying(self.app.store, self._case)
        printed = {plan.document for plan in view.plans}
        added = [one for one in reversed(view.documents) if one.id not in printed]
        documents = {one.id: one for one in view.documents}
        self._sheet.begin(self._head(view))
        self.rows = [self._row(one) for one in added]
        self._plans = [
            self._plan(one, documents.get(one.document) if one.document else None)
            for one in reversed(view.plans)
        ]
        self._coming_in = TakingInCard()
        self._coming_in.stopped.connect(self._on_stop)
        self._sheet.add(self._coming_in)
        if self._plans:
            self._sheet.add(section(_("Plans"), _listed(self._plans)))
        if self.rows:
            self._sheet.add(section(_("Added papers"), _listed(self.rows)))
        else:
            self._sheet.add(self._empty())
        self._sheet.add(None)
        self._look()

    def _head(self, view: CaseView) -> CaseHead:
        head = CaseHead(view.person, view.file, "papers", self._today)
        head.went.connect(lambda page: self.went.emit(Route(page, self._case)))
        self.add = button(_("Add a file"), "primary", icon="plus", big=True, slot=self._on_add)
        head.add_button(self.add)
        return head

    def _empty(self) -> QWidget:
        state = EmptyState(
            "file-text",
            _("No papers added yet"),
            _("Letters, certificates, photos: up to {most} MB each, kept encrypted.").format(
                most=papers.MOST_MEGABYTES
            ),
            _("Add a file"),
        )
        state.pressed.connect(self._on_add)
        return state

    def _plan(self, plan: PlanVersion, document: Document | None) -> PlanPaperRow:
        one = PlanPaperRow(
            plan,
            document,
            self._lying.get(document.id, NOT_KNOWN) if document else NOT_KNOWN,
            self._today,
            is_connected=self._is_connected,
        )
        if document:
            self._can_be_fetched(one.place, document)
            one.place.copy_wanted.connect(lambda: self._on_copy(document, f"{one.title}.pdf"))
        return one

    def _row(self, document: Document) -> PaperRow:
        lying = self._lying.get(document.id, NOT_KNOWN)
        one = PaperRow(document, lying, self._today, is_connected=self._is_connected)
        one.renamed.connect(lambda: self._keep_name(one))
        one.removed.connect(lambda: self._on_remove(one))
        one.place.copy_wanted.connect(lambda: self._on_copy(one.seen, one.seen.name))
        self._can_be_fetched(one.place, document)
        return one

    def _can_be_fetched(self, place: PaperPlace, document: Document) -> None:
        place.fetch_wanted.connect(lambda: self._on_fetch(papers.fetch, document))
        place.stop_wanted.connect(lambda: self._on_fetch(papers.stop_fetching, document))

    # --- what is on its way --------------------------------------------------------------------

    def _look(self) -> None:
        """Show how far everything is; look again only as long as anything moves."""
        self._coming_in.show_files([(name, one.done, one.of) for name, one in self._takings])
        comes = any(one.where is Whereabouts.COMING for one in self._lying.values())
        if comes:
            self._read_lying()
        if self._takings or comes:
            self._watch.start()
        else:
            self._watch.stop()

    def _on_stop(self, place: int) -> None:
        self._takings[place][1].stopped = True

    def _read_lying(self) -> None:
        self._lying = papers.lying(self.app.store, self._case)
        for one in self.rows:
            one.show_lying(self._lying.get(one.seen.id, NOT_KNOWN))
        for plan in self._plans:
            if plan.document:
                plan.show_lying(self._lying.get(plan.document.id, NOT_KNOWN))

    def _on_fetch(
        self, ask: Callable[[Store, Document, datetime], None], document: Document
    ) -> None:
        try:
            ask(self.app.store, document, self.app.now())
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
        self._read_lying()
        self._look()
        self.exchange_wanted.emit()

    # --- what can be done ----------------------------------------------------------------------

    def _keep_name(self, one: PaperRow) -> bool:
        if one.value() == one.seen.name:
            return True
        try:
            one.seen = papers.rename(self.app.store, one.seen, one.value(), self.app.now())
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
            return False
        return True

    def _on_add(self) -> None:
        dialogs.choose_file_to_open(self, _("Add a file"), "", self.add_file)

    def add_file(self, file: Path) -> None:
        """Take this file into the case."""
        store, now = self.app.store, self.app.now()
        taking = papers.TakingIn(closing=self.app.background.closing)
        under_way = (file.name, taking)

        def added(document: Document | None) -> None:
            self._takings.remove(under_way)
            self.refresh()
            if document:
                self.told.emit(_("Paper added."), lambda: self._take_out(document))
            else:
                self.told.emit(_("Stopped. Nothing was added."), None)

        def failed(error: CaseworkerError) -> None:
            self._takings.remove(under_way)
            self.refresh()
            self._on_failed(error)

        self._takings.append(under_way)
        self._watch.start()
        self.app.background.run(
            self,
            lambda: papers.add_file(store, self._case, file, now, taking),
            added,
            failed,
        )

    def _on_failed(self, error: CaseworkerError) -> None:
        dialogs.show_problem(self, error)

    def _on_copy(self, document: Document, name: str) -> None:
        dialogs.choose_file_to_save(
            self,
            _("Save a copy"),
            papers.file_name(name),
            "",
            lambda target: self.save_copy(document, target),
        )

    def save_copy(self, document: Document, target: Path) -> None:
        """Write a copy of a paper to this place."""
        store = self.app.store
        self.app.background.run(
            self,
            lambda: papers.save_copy(store, document, target),
            lambda _done: self.told.emit(_("Copy saved. This copy is not encrypted."), None),
            self._on_failed,
        )

    def _on_remove(self, one: PaperRow) -> None:
        def undo() -> None:
            removing.restore(self.app.store, one.seen, self.app.now())
            self.refresh()

        if self._keep_name(one) and self._take_out(one.seen):
            self.told.emit(_("Paper removed."), undo)

    def _take_out(self, document: Document) -> bool:
        try:
            removing.remove(self.app.store, document, self.app.now())
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
            return False
        self.rows = [one for one in self.rows if one.seen.id != document.id]
        self.refresh()
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in the files that were dropped."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.add_file(Path(url.toLocalFile()))


def _listed(rows: Sequence[QWidget]) -> Card:
    card = Card(gap=10)
    for place, one in enumerate(rows):
        if place:
            card.body.addWidget(line())
        card.body.addWidget(one)
    return card
