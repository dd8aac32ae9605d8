"""The guides that can be talked with: what each is for, and files that come in and go out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from babel import Locale
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.content.desk import Problem
from caseworker_app.domain.guide import Guide
from caseworker_app.i18n import _, texts
from ui.forms.guide_report import GuideReport
from ui.widgets.boxes import Banner
from ui.widgets.buttons import button
from ui.widgets.fold import Fold
from ui.widgets.layout import add, clear, column, line, row
from ui.widgets.menu_button import menu_button
from ui.widgets.text import Text, h3

Offered = tuple[Guide, bool]
"""A guide, and whether the organisation brought it in itself."""


class GuidesForm(QWidget):
    """`wanted` asks for a file to bring in. `looked` and `saved` carry a guide.

    `saved` also says as what it is to be saved: ".xlsx" or ".toml".
    """

    wanted = Signal()
    looked = Signal(object)
    saved = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._report: QVBoxLayout = column(gap=12)
        self._list: QVBoxLayout = column(gap=18)
        bring = button(_("Bring in a guide"), icon="plus", slot=self.wanted.emit)
        kinds = _("A spreadsheet (XLSForm, as ODK and KoboToolbox use it) or a text file (TOML).")
        lead = _(
            "Your organisation can bring in guides of its own. "
            "Talks keep the version they were held with, also when a newer one is here."
        )
        beside = row(bring, Text(kinds, "meta"), gap=16)
        beside.setStretch(1, 1)
        self.setLayout(column(Text(lead), beside, self._report, self._list, gap=20))
        self.setFocusProxy(bring)

    def show_guides(self, offered: Sequence[Offered], broken: Sequence[str]) -> None:
        """Show the guides, and a sentence for each that has a mistake."""
        clear(self._list)
        for sentence in broken:
            title = _("A guide with a mistake is not offered.")
            self._list.addWidget(Banner("warn", title, sentence, icon="triangle-alert"))
        for number, (guide, own) in enumerate(offered):
            if number:
                self._list.addWidget(line())
            self._list.addWidget(self._row(guide, own=own))

    def show_reading(self, file: str) -> None:
        """Say that a file is being read."""
        clear(self._report)
        self._report.addWidget(Text(_("Reading “{file}” …").format(file=file), "meta"))

    def show_report(
        self, file: str, guide: Guide | None, mistakes: Sequence[Problem], notes: Sequence[Problem]
    ) -> None:
        """Show what became of a file; it stands there until the next one."""
        clear(self._report)
        self._report.addWidget(GuideReport(file, guide, mistakes, notes))

    def show_nothing(self) -> None:
        """Take away what was said about a file."""
        clear(self._report)

    def _row(self, guide: Guide, *, own: bool) -> QWidget:
        language = texts().language
        title = guide.title.to(language)
        look = button(_("Look at it"), small=True, slot=partial(self.looked.emit, guide))
        look.setAccessibleName(_("Look at “{title}”").format(title=title))
        more = menu_button(
            _("More for “{title}”").format(title=title),
            (
                (_("Save as a spreadsheet"), partial(self.saved.emit, guide, ".xlsx")),
                (_("Save as a text file"), partial(self.saved.emit, guide, ".toml")),
            ),
        )
        said = column(h3(title), Text(_about(guide, own=own), "meta"), gap=2)
        head = row(said, look, more, gap=8)
        head.setStretch(0, 1)
        body = column(head, gap=8)
        purpose = guide.purpose.to(language)
        if purpose != title:
            body.addWidget(Text(purpose))
        never = guide.never.to(language)
        if never:
            fold = Fold(_("What this talk never asks"), partial(_lines, never))
            fold.name(_("What “{title}” never asks").format(title=title))
            body.addWidget(fold)
        holder = QWidget()
        holder.setLayout(body)
        return holder


def language_name(code: str) -> str:
    """What a language is called in the language of the screen."""
    name = str(Locale(texts().language).languages.get(code, code))
    return name[:1].upper() + name[1:]


def _about(guide: Guide, *, own: bool) -> str:
    """Version, languages and whose it is, in one line."""
    spoken = (*guide.languages, *guide.participant_languages)
    return " · ".join(
        (
            _("Version {version}").format(version=guide.version),
            ", ".join(language_name(code) for code in spoken),
            _("From your organisation") if own else _("Comes with the program"),
        )
    )


def _lines(words: str) -> QWidget:
    holder = QWidget()
    layout = column(gap=4)
    add(layout, *(Text(one, colour="text_2") for one in words.split("\n")))
    holder.setLayout(layout)
    return holder
