"""About the program: version, licence, whose letters and icons, where the files lie."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from caseworker_app import __version__
from caseworker_app.i18n import _
from ui.widgets.drawings import Sign
from ui.widgets.layout import column, row
from ui.widgets.text import Text, h2


class AboutForm(QWidget):
    """Read only. The folders can be selected and copied."""

    def __init__(self, store: Path, settings: Path) -> None:
        super().__init__()
        version = _("Version {version}").format(version=__version__)
        parts = (
            (_("Your files lie encrypted in this folder"), str(store)),
            (_("The settings of this laptop"), str(settings)),
        )
        body = column(
            row(Sign(44), column(h2("Caseworker"), Text(version, "meta"), gap=2), None, gap=16),
            Text(
                _(
                    "Caseworker works without the internet. Something leaves this laptop "
                    "only when you connect it to your organisation, and then it is sealed. "
                    "Please make backups of the folder with your files all the same."
                )
            ),
            gap=20,
        )
        for words, folder in parts:
            body.addLayout(column(Text(words, "bodyb"), _folder(words, folder), gap=6))
        for title, words in _credits():
            body.addLayout(column(Text(title, "bodyb"), Text(words, colour="text_2"), gap=2))
        self.setLayout(body)


def _credits() -> tuple[tuple[str, str], ...]:
    return (
        (_("Licence"), _("European Union Public Licence 1.2 (EUPL-1.2)")),
        (
            _("Letters"),
            _(
                "Hyperlegible Plain, made from Atkinson Hyperlegible Next; Noto Sans; Vazirmatn. "
                "All under the SIL Open Font License 1.1."
            ),
        ),
        (_("Icons"), _("Lucide, under the ISC licence. The pictograms are our own.")),
    )


def _folder(words: str, path: str) -> QLineEdit:
    """A path that can be selected and copied, but not changed."""
    line = QLineEdit(path)
    line.setReadOnly(True)
    line.setAccessibleName(words)
    line.setCursorPosition(0)
    return line
