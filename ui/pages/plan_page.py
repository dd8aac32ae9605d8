"""The plan: how it will lie on the table, whether everything fits, and handing it over."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut

from caseworker_app import settings
from caseworker_app.domain.case_view import CaseView
from caseworker_app.domain.plan import PlanVersion
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import Texts, _, texts
from caseworker_app.services import cases, files, plans, printers
from caseworker_app.services.plans import OnTable
from ui import dialogs
from ui.context import App
from ui.forms.plan_checks import check_lines
from ui.forms.plan_foot import PlanFoot, fixing_words
from ui.forms.plan_panel import PlanPanel
from ui.forms.plan_preview import PlanPreview
from ui.forms.plan_sides import PlanSides
from ui.forms.plan_words import plan_lines
from ui.page import Page, Route
from ui.widgets import printing_fallback
from ui.widgets.case_head import CaseHead
from ui.widgets.case_sheet import Band
from ui.widgets.layout import ScrollPage, clear, column

Then = Callable[[OnTable], None]


class PlanPage(Page):
    """What is shown is what gets printed, to the byte. Printing or saving fixes a draft first."""

    place: ClassVar[str] = "people"

    def __init__(self, app: App, case: UUID) -> None:
        super().__init__(app)
        self._case = case
        self._view: CaseView = cases.view(app.store, case)
        self._shown: OnTable | None = None
        self._opened: PlanVersion | None = None
        self._is_handing_over = False
        self._printers: tuple[str, ...] | None = None
        self.preview = PlanPreview()
        self.panel = PlanPanel()
        self.panel.show_form(*plans.usual_form(self._view, texts().language))
        self.foot = PlanFoot()
        self._band = Band("surface", bottom=0)
        sheet = ScrollPage(max_width=100_000, margin=0)
        sheet.body.setSpacing(0)
        sheet.body.addWidget(self._band)
        sheet.body.addWidget(PlanSides(self.preview, self.panel, self.foot), 1)
        self.setLayout(column(sheet))
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        self.panel.form_changed.connect(self._lay)
        self.panel.went.connect(self._on_went)
        self.panel.opened.connect(self._on_opened)
        self.panel.closed.connect(self._on_closed)
        self.panel.printer_chosen.connect(_remember_printer)
        self.foot.printed.connect(self._on_print)
        self.foot.saved.connect(self._on_save)
        self.foot.looked_again.connect(self._look_for_printers)
        printing = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self)
        printing.activated.connect(self._on_print)

    def refresh(self) -> None:
        """Read the file again and lay the plan anew."""
        self._view = cases.view(self.app.store, self._case)
        clear(self._band.body)
        today = self.app.now().astimezone().date()
        head = CaseHead(self._view.person, self._view.file, "plan", today)
        head.went.connect(self._on_went)
        self._band.body.addWidget(head)
        self.panel.show_name(self._view.person.short_name)
        self._lay()
        self._look_for_printers()

    # --- what is shown -------------------------------------------------------------------------

    def _lay(self) -> None:
        """Make the plan in the worker: the first one of a day takes a moment."""
        store, case, now = self.app.store, self._case, self.app.now()
        language, size = self.panel.language.value(), self.panel.letters.value()
        opened = self._opened

        def work() -> OnTable:
            if opened:
                return plans.lay_again(store, opened)
            return plans.lay(store, case, language, size, now)

        self.app.background.run(self, work, self._show, self.foot.show_trouble)

    def _show(self, shown: OnTable) -> None:
        self._shown = shown
        person, version = self._view.person, shown.version
        lines = check_lines(shown.content, person.short_name, shown.missing)
        if version:
            is_earlier = self._opened is not None
            self.panel.show_version(version, lines, is_earlier=is_earlier)
        else:
            self.panel.show_draft(lines, shown.outdated)
        self.panel.show_versions(self._view.plans, version)
        self._show_foot()
        name = _("{name}’s plan").format(name=person.short_name)
        words = plan_lines(shown.content, Texts(shown.content.language))
        self.preview.show_plan(shown.pdf, words, name)

    def _show_foot(self) -> None:
        self.foot.show_what_can_be_done(
            is_fixed=self._shown is not None and self._shown.version is not None,
            has_printer=self._printers != (),
        )

    def _on_went(self, page: str) -> None:
        self.went.emit(Route(page) if page == "settings" else Route(page, self._case))

    def _on_opened(self, version: PlanVersion) -> None:
        self._opened = version
        self.foot.show_trouble(None)
        self._lay()

    def _on_closed(self) -> None:
        self._opened = None
        self.foot.show_trouble(None)
        self._lay()

    # --- printers ------------------------------------------------------------------------------

    def _look_for_printers(self) -> None:
        self.app.background.run(self, _printer_names, self._show_printers)

    def _show_printers(self, names: tuple[str, ...]) -> None:
        if names == self._printers:
            return
        self._printers = names
        usual = settings.load().printer
        self.panel.show_printers(names, usual if usual in names else "".join(names[:1]))
        self._show_foot()

    # --- handing over --------------------------------------------------------------------------

    def _on_print(self) -> None:
        if not self._printers:
            return
        title = _("Print and fix this plan?")
        self._ask_once(title, fixing_words(), _("Print and fix"), self._print)

    def _on_save(self) -> None:
        care = _("Anybody who has the file can read it. Keep it in a safe place.")
        sentence = f"{fixing_words()} {care}"
        self._ask_once(_("Save and fix this plan?"), sentence, _("Save and fix"), self._choose_file)

    def _ask_once(self, title: str, sentence: str, yes: str, then: Callable[[], None]) -> None:
        """Ask before a draft is fixed; a version that is fixed already needs no question."""
        if self._shown is None or self._is_handing_over:
            return
        if self._shown.version:
            then()
        else:
            dialogs.ask(self, title, sentence, yes, then)

    def _print(self) -> None:
        printer = self.panel.printer.value() if self.panel.printer else ""
        said = _("Printed. Version {number} is kept with the papers.")

        def hand_over(shown: OnTable) -> None:
            words = said.format(number=shown.content.number)
            self._hand_over(lambda: _print(shown.pdf, printer), words)

        self._fix(hand_over)

    def _choose_file(self) -> None:
        assert self._shown is not None
        language = Texts(self._shown.content.language)
        newest = max((one.number for one in self._view.plans), default=0)
        number = self._shown.content.number or newest + 1
        name = language.gettext("Plan, version {number}").format(number=number)
        dialogs.choose_file_to_save(
            self, _("Save the plan as a file"), f"{name}.pdf", _("PDF (*.pdf)"), self._save
        )

    def _save(self, file: Path) -> None:
        said = _("Saved in “{folder}”. Version {number} is kept with the papers.")

        def hand_over(shown: OnTable) -> None:
            words = said.format(folder=file.parent.name, number=shown.content.number)
            self._hand_over(lambda: files.write(file, shown.pdf), words)

        self._fix(hand_over)

    def _fix(self, then: Then) -> None:
        """Keep what is shown for good, show it as it is kept, and go on with it."""
        assert self._shown is not None
        store, case, shown, now = self.app.store, self._case, self._shown, self.app.now()
        self._is_handing_over = True
        self.foot.show_trouble(None)

        def done(fixed: OnTable) -> None:
            if shown.version is None:
                self._view = cases.view(store, case)
                self._show(fixed)
            then(fixed)

        self.app.background.run(
            self, lambda: plans.fix(store, case, shown, now), done, self._on_trouble
        )

    def _hand_over(self, work: Callable[[], None], words: str) -> None:
        def done(_nothing: None) -> None:
            self._is_handing_over = False
            self.told.emit(words, None)

        self.app.background.run(self, work, done, self._on_trouble)

    def _on_trouble(self, error: CaseworkerError) -> None:
        self._is_handing_over = False
        self.foot.show_trouble(error)


def _printer_names() -> tuple[str, ...]:
    return printers.names() if printers.can_print_directly() else printing_fallback.names()


def _print(pdf: bytes, printer: str) -> None:
    if printers.can_print_directly():
        printers.print_pdf(pdf, printer)
    else:
        printing_fallback.print_pdf(pdf, printer)


def _remember_printer(name: str) -> None:
    """For the next time; where that cannot be written, the first printer is chosen again."""
    with suppress(OSError):
        settings.save(replace(settings.load(), printer=name))
