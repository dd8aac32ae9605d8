"""The guides of the organisation in the settings: brought in from files, looked at, saved."""

from __future__ import annotations

from pathlib import Path

from caseworker_app.domain.guide import Guide
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _, texts
from caseworker_app.services import guide_files, guides
from ui import dialogs, theme
from ui.forms.guide_look import WIDTH, GuideLook
from ui.forms.settings_guides import GuidesForm, language_name
from ui.page import Page

READABLE = "*.xlsx *.toml"
KINDS = {".xlsx": "XLSForm (*.xlsx)", ".toml": "TOML (*.toml)"}


class GuideShelf(GuidesForm):
    """The form with its guides, and what becomes of what is wanted in it."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._app = page, page.app
        self.wanted.connect(self._choose_file)
        self.looked.connect(self._look_at)
        self.saved.connect(self._choose_place)
        self._show()

    def bring_in(self, file: Path) -> None:
        """Take the guide in this file over, or say what stands in the way."""
        store, now, language = self._app.store, self._app.now(), texts().language
        self.show_reading(file.name)

        def done(brought: guide_files.Brought) -> None:
            self.show_report(file.name, brought.guide, brought.mistakes, brought.notes)
            self._show()

        self._app.background.run(
            self,
            lambda: guide_files.bring_in(store, file, language, now),
            done,
            self._refuse,
        )

    def save(self, guide: Guide, file: Path) -> None:
        """Write a guide as a file."""
        store = self._app.store
        self._app.background.run(
            self,
            lambda: guide_files.take_out(store, guide, file),
            lambda _done: self._page.told.emit(_("The guide is saved."), None),
            self._tell,
        )

    def _refuse(self, error: CaseworkerError) -> None:
        self.show_nothing()
        self._tell(error)

    def _tell(self, error: CaseworkerError) -> None:
        dialogs.show_problem(self, error)

    def _show(self) -> None:
        store = self._app.store
        offered = [(guide, guide_files.is_own(guide)) for guide in guides.offered(store)]
        offered.sort(key=lambda one: not one[1])  # its own first
        self.show_guides(offered, [str(mistake) for mistake in guides.broken(store)])

    def _choose_file(self) -> None:
        kinds = _("Guides ({kinds})").format(kinds=READABLE)
        dialogs.choose_file_to_open(self, _("Bring in a guide"), kinds, self.bring_in)

    def _choose_place(self, guide: Guide, suffix: str) -> None:
        dialogs.choose_file_to_save(
            self,
            _("Save the guide"),
            f"{guide.id}-{guide.version}{suffix}",
            KINDS[suffix],
            lambda file: self.save(guide, file),
        )

    def _look_at(self, guide: Guide) -> None:
        spoken = (*guide.languages, *guide.participant_languages)
        window, look = self.window().size(), theme.current()
        names = {code: language_name(code) for code in spoken}
        content = GuideLook(guide, names, round(window.height() * 0.55))
        sheet = dialogs.Sheet(self, guide.title.to(texts().language), content)
        sheet.setMinimumWidth(min(look.px(WIDTH), round(window.width() * 0.9)))
        sheet.add_button(_("All right"), "primary")
        sheet.open()
