"""The papers of one file: the plans that were handed over, and everything that was added."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from caseworker_app.domain.case_view import CaseView
from caseworker_app.domain.people import Document
from caseworker_app.domain.plan import PlanVersion
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import NAMES, _
from caseworker_app.services import cases, papers, removing
from ui import dialogs
from ui.context import App
from ui.forms.paper_row import PaperRow
from ui.forms.quiet import quiet_style
from ui.page import Page, Route
from ui.widgets.boxes import Card, EmptyState
from ui.widgets.buttons import button
from ui.widgets.case_head import CaseHead
from ui.widgets.case_sheet import CaseSheet, Sideways, section
from ui.widgets.day_words import day_words
from ui.widgets.drawings import Tile
from ui.widgets.layout import column, line, row
from ui.widgets.text import Text


class PapersPage(Page):
    """Files are taken in by the button or by dropping them here; they are kept encrypted."""

    place: ClassVar[str] = "people"

    def __init__(self, app: App, case: UUID) -> None:
        super().__init__(app)
        self._case = case
        self.rows: list[PaperRow] = []
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

    def leave(self) -> bool:
        """Keep a name that is being typed."""
        kept = [self._keep_name(one) for one in self.rows]
        return all(kept)

    # --- what is shown -------------------------------------------------------------------------

    def _show(self, view: CaseView) -> None:
        self._today = self.app.now().astimezone().date()
        printed = {plan.document for plan in view.plans}
        added = [one for one in reversed(view.documents) if one.id not in printed]
        self._sheet.begin(self._head(view))
        self.rows = [self._row(one) for one in added]
        if view.plans:
            documents = {one.id: one for one in view.documents}
            rows = [self._plan(plan, documents) for plan in reversed(view.plans)]
            self._sheet.add(section(_("Plans"), _listed(rows)))
        if self.rows:
            self._sheet.add(section(_("Added papers"), _listed(self.rows)))
        else:
            self._sheet.add(self._empty())
        self._sheet.add(None)

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

    def _plan(self, plan: PlanVersion, documents: dict[UUID, Document]) -> QWidget:
        title = _("Plan, version {number}").format(number=plan.number)
        made = plan.made.astimezone().date() if plan.made else None
        facts = _plan_facts(plan, made, self._today)
        tile = Tile("file-text", size=42, tone="accent")
        names = row(tile, column(Text(title, "bodym"), Text(facts, "meta"), gap=2), gap=16)
        names.setAlignment(tile, Qt.AlignmentFlag.AlignTop)
        names.setStretch(1, 1)
        buttons = row(gap=4)
        document = documents.get(plan.document) if plan.document else None
        if document:
            copy = button(_("Save a copy"), icon="download")
            copy.setAccessibleName(_("Save a copy: {name}").format(name=title))
            copy.clicked.connect(lambda _on=False: self._on_copy(document, f"{title}.pdf"))
            buttons.addWidget(copy)
        return Sideways(names, buttons)

    def _row(self, document: Document) -> PaperRow:
        one = PaperRow(document, self._today)
        one.renamed.connect(lambda: self._keep_name(one))
        one.copy_wanted.connect(lambda: self._on_copy(one.seen, one.seen.name))
        one.removed.connect(lambda: self._on_remove(one))
        return one

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
        self.app.background.run(
            self,
            lambda: papers.add_file(store, self._case, file, now),
            self._on_added,
            self._on_failed,
        )

    def _on_added(self, document: Document) -> None:
        self.refresh()
        self.told.emit(_("Paper added."), lambda: self._take_out(document))

    def _on_failed(self, error: CaseworkerError) -> None:
        dialogs.show_problem(self, error)

    def _on_copy(self, document: Document, name: str) -> None:
        dialogs.choose_file_to_save(
            self, _("Save a copy"), name, "", lambda target: self.save_copy(document, target)
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


def _plan_facts(plan: PlanVersion, made: date | None, today: date) -> str:
    parts = [day_words(made, today)] if made else []
    if plan.language in NAMES:
        parts.append(NAMES[plan.language])
    return " · ".join(parts)


def _listed(rows: list[PaperRow] | list[QWidget]) -> Card:
    card = Card(gap=10)
    for place, one in enumerate(rows):
        if place:
            card.body.addWidget(line())
        card.body.addWidget(one)
    return card
