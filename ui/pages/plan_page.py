"""The plan: how it will lie on the table, whether everything fits, and handing it over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from caseworker_app.domain.case_view import CaseView
from caseworker_app.domain.plan import PlanVersion
from caseworker_app.i18n import Texts, _, texts
from caseworker_app.services import cases, plans
from caseworker_app.services.plans import OnTable
from ui import dialogs
from ui.context import App
from ui.forms.paper_foot import FootWords
from ui.forms.paper_preview import PaperPreview
from ui.forms.plan_checks import check_lines
from ui.forms.plan_panel import PlanPanel
from ui.forms.plan_words import plan_lines
from ui.forms.sides import Sides
from ui.page import Route
from ui.paper_page import PaperPage
from ui.widgets.case_head import CaseHead
from ui.widgets.case_sheet import Band
from ui.widgets.layout import ScrollPage, clear, column

Then = Callable[[OnTable], None]


class PlanPage(PaperPage):
    """What is shown is what gets printed, to the byte. Printing or saving fixes a draft first."""

    def __init__(self, app: App, case: UUID) -> None:
        super().__init__(app, PaperPreview(_("The plan as text"), _("Show the plan as")), _words())
        self._case = case
        self._view: CaseView = cases.view(app.store, case)
        self._shown: OnTable | None = None
        self._opened: PlanVersion | None = None
        self.panel = PlanPanel(self.printer)
        self.panel.show_form(*plans.usual_form(self._view, texts().language))
        self._band = Band("surface", bottom=0)
        sheet = ScrollPage(max_width=100_000, margin=0)
        sheet.body.setSpacing(0)
        sheet.body.addWidget(self._band)
        sheet.body.addWidget(Sides(self.preview, self.panel, self.foot), 1)
        self.setLayout(column(sheet))
        self.panel.form_changed.connect(self._lay)
        self.panel.went.connect(self._on_went)
        self.panel.opened.connect(self._on_opened)
        self.panel.closed.connect(self._on_closed)
        self.refresh()

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
            self.panel.show_draft(lines, shown.outdated, other_coach=shown.other_coach)
        self.panel.show_versions(self._view.plans, version)
        self._show_foot()
        name = _("{name}’s plan").format(name=person.short_name)
        words = plan_lines(shown.content, Texts(shown.content.language))
        self.preview.show_paper(shown.pdf, words, name)

    def _is_kept(self) -> bool:
        return self._shown is not None and self._shown.version is not None

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

    # --- handing over --------------------------------------------------------------------------

    def _on_print(self) -> None:
        if not self._printers:
            return
        title = _("Print and fix this plan?")
        self._ask_once(title, _fixing(), _("Print and fix"), self._print_fixed)

    def _on_save(self) -> None:
        care = _("Anybody who has the file can read it. Keep it in a safe place.")
        sentence = f"{_fixing()} {care}"
        self._ask_once(_("Save and fix this plan?"), sentence, _("Save and fix"), self._choose_file)

    def _ask_once(self, title: str, sentence: str, yes: str, then: Callable[[], None]) -> None:
        """Ask before a draft is fixed; a version that is fixed already needs no question."""
        if self._shown is None or self._is_handing_over:
            return
        if self._shown.version:
            then()
        else:
            dialogs.ask(self, title, sentence, yes, then)

    def _print_fixed(self) -> None:
        said = _("Printed. Version {number} is kept with the papers.")
        self._fix(lambda fixed: self._print(fixed.pdf, said.format(number=fixed.content.number)))

    def _choose_file(self) -> None:
        assert self._shown is not None
        language = Texts(self._shown.content.language)
        newest = max((one.number for one in self._view.plans), default=0)
        number = self._shown.content.number or newest + 1
        name = language.gettext("Plan, version {number}").format(number=number)
        dialogs.choose_file_to_save(
            self, _("Save the plan as a file"), f"{name}.pdf", _("PDF (*.pdf)"), self._save_fixed
        )

    def _save_fixed(self, file: Path) -> None:
        said = _("Saved in “{folder}”. Version {number} is kept with the papers.")

        def save(fixed: OnTable) -> None:
            words = said.format(folder=file.parent.name, number=fixed.content.number)
            self._save(fixed.pdf, file, words)

        self._fix(save)

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


def _words() -> FootWords:
    return FootWords(
        print=_("Print and fix"),
        print_again=_("Print again"),
        save=_("Save as a file"),
        save_again=_("Save again as a file"),
        note=_fixing(),
    )


def _fixing() -> str:
    """What it means to fix a version."""
    return _("Afterwards this version cannot be changed any more. A new one can.")
