"""A conversation on paper: what of it is printed, how it will lie on the table, handing it over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from caseworker_app.domain.people import Document
from caseworker_app.domain.talk_choice import PaperChoice
from caseworker_app.i18n import _, texts
from caseworker_app.services import talk_papers, talks
from caseworker_app.services.talk_papers import Laid
from ui import dialogs
from ui.context import App
from ui.forms.paper_foot import FootWords
from ui.forms.paper_preview import PaperPreview
from ui.forms.sides import Sides
from ui.forms.talk_lines import talk_lines
from ui.forms.talk_paper_panel import TalkPaperPanel
from ui.page import Route
from ui.paper_page import PaperPage
from ui.widgets.buttons import button
from ui.widgets.case_sheet import Band
from ui.widgets.layout import ScrollPage, column, row
from ui.widgets.text import isolated


class TalkPaperPage(PaperPage):
    """What is shown is what gets printed, to the byte. A copy of each that goes out is kept."""

    def __init__(self, app: App, conversation: UUID) -> None:
        super().__init__(
            app,
            PaperPreview(_("The conversation as text"), _("Show the conversation as")),
            _words(),
        )
        self._conversation = conversation
        talk = talks.open_talk(app.store, conversation)
        self._case, self._name = talk.case, talk.person.short_name
        self._shown: Laid | None = None
        choice = talk_papers.usual_choice(talk, texts().language)
        self.panel = TalkPaperPanel(self._name, choice, self.printer)
        self.panel.chosen.connect(self._lay)
        self.panel.sort_wanted.connect(lambda: self._go("writeup", conversation))
        band = Band("surface", top=14, bottom=10)
        name = isolated(talk.person.name)
        back = button(name, "link", icon="arrow-left", slot=lambda: self._go("case", None))
        band.body.addLayout(row(back, None))
        sheet = ScrollPage(max_width=100_000, margin=0)
        sheet.body.setSpacing(0)
        sheet.body.addWidget(band)
        sheet.body.addWidget(Sides(self.preview, self.panel, self.foot), 1)
        self.setLayout(column(sheet))

    def refresh(self) -> None:
        """Read the conversation again and lay the copy anew."""
        self._lay(self.panel.choice())
        self._look_for_printers()

    # --- what is shown -------------------------------------------------------------------------

    def _lay(self, choice: PaperChoice) -> None:
        """Make the copy in the worker: a long conversation takes a moment."""
        store, conversation, now = self.app.store, self._conversation, self.app.now()

        def show(laid: Laid) -> None:
            if choice == self.panel.choice():  # else another one is on its way
                self._show(laid)

        self.app.background.run(
            self,
            lambda: talk_papers.lay(store, conversation, choice, now),
            show,
            self.foot.show_trouble,
        )

    def _show(self, laid: Laid) -> None:
        self._shown = laid
        self.panel.show_laid(laid.left_out, laid.missing, is_kept=laid.kept is not None)
        self._show_foot()
        name = _("The conversation with {name}").format(name=isolated(self._name))
        self.preview.show_paper(laid.pdf, talk_lines(laid.paper), name)

    def _is_kept(self) -> bool:
        return self._shown is not None and self._shown.kept is not None

    def _go(self, page: str, value: UUID | None) -> None:
        self.went.emit(Route(page, self._case, value))

    # --- handing over --------------------------------------------------------------------------

    def _on_print(self) -> None:
        if self._printers and self._shown and not self._is_handing_over:
            self._keep(self._shown, self._print_kept)

    def _print_kept(self, laid: Laid) -> None:
        self._print(laid.pdf, _("Printed. A copy is kept with the papers."))

    def _on_save(self) -> None:
        if self._shown is None or self._is_handing_over:
            return
        name = talk_papers.file_name(self._shown.paper)
        dialogs.choose_file_to_save(
            self,
            _("Save the conversation as a file"),
            f"{name}.pdf",
            _("PDF (*.pdf)"),
            self._save_shown,
        )

    def _save_shown(self, file: Path) -> None:
        assert self._shown is not None
        said = _("Saved in “{folder}”. Anybody who has the file can read it.")
        words = said.format(folder=file.parent.name)
        self._keep(self._shown, lambda laid: self._save(laid.pdf, file, words))

    def _keep(self, laid: Laid, then: Callable[[Laid], None]) -> None:
        """Keep the copy that goes out, show that it is kept, and go on with it."""
        store, case, now = self.app.store, self._case, self.app.now()
        self._is_handing_over = True
        self.foot.show_trouble(None)

        def done(document: Document) -> None:
            kept = replace(laid, kept=document)
            if self._shown is laid:
                self._show(kept)
            then(kept)

        self.app.background.run(
            self, lambda: talk_papers.keep(store, case, laid, now), done, self._on_trouble
        )


def _words() -> FootWords:
    return FootWords(
        print=_("Print"),
        print_again=_("Print again"),
        save=_("Save as a file"),
        save_again=_("Save again as a file"),
        note=_("A copy of what goes out is kept with the papers."),
    )
