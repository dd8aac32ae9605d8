"""One paper of a file: its name, written over where it stands, when it came, how large it is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.people import Document
from caseworker_app.domain.pieces import Lying
from caseworker_app.i18n import _, texts
from ui import theme
from ui.forms.own_line import OwnLine
from ui.forms.paper_place import PaperPlace, place_words
from ui.forms.typing_pause import TypingPause
from ui.widgets.case_sheet import Sideways
from ui.widgets.day_words import day_words
from ui.widgets.drawings import Tile
from ui.widgets.layout import column, row
from ui.widgets.menu_button import menu_button
from ui.widgets.text import Text

KILOBYTE = 1000


class PaperRow(QWidget):
    """`renamed` half a second after typing and on leaving; `seen` is what was kept last."""

    renamed = Signal()
    removed = Signal()

    def __init__(
        self, document: Document, lying: Lying, today: date, *, is_connected: bool
    ) -> None:
        super().__init__()
        self.seen = document
        self._today, self._is_connected = today, is_connected
        self._pause = TypingPause(self)
        self._pause.over.connect(self.renamed)
        self.name = OwnLine(_("Name of this paper"), document.name, role="bodym")
        self.name.changed.connect(self._pause.begin)
        self.name.left.connect(self._on_left)
        self._facts = Text("", "meta")
        facts = row(self._facts)
        facts.setContentsMargins(theme.current().px(10), 0, 0, 0)
        self.place = PaperPlace(document.name, lying)
        more = menu_button(
            _("More about {name}").format(name=document.name),
            [(_("Rename"), self._on_rename), (_("Remove"), self.removed.emit)],
        )
        tile = Tile("file-text", size=42)
        names = row(tile, column(self.name, facts, gap=0), gap=6)
        names.setAlignment(tile, Qt.AlignmentFlag.AlignTop)
        names.setStretch(1, 1)
        self.setLayout(column(Sideways(names, row(self.place, more, gap=4))))

        self.show_lying(lying)

    def show_lying(self, lying: Lying) -> None:
        """Say where its bytes are now."""
        words = place_words(lying, is_connected=self._is_connected)
        parts = (paper_facts(self.seen, self._today), words)
        self._facts.setText(" · ".join(part for part in parts if part))
        self.place.show_lying(lying)

    def value(self) -> str:
        """The name as it stands here; an emptied one is the name it had."""
        return self.name.words() or self.seen.name

    def _on_left(self) -> None:
        self._pause.stop()
        if not self.name.words():
            self.name.setPlainText(self.seen.name)
        self.renamed.emit()

    def _on_rename(self) -> None:
        self.name.setFocus()
        self.name.selectAll()


def paper_facts(document: Document, today: date) -> str:
    """When it came and how large it is."""
    parts = [size_words(document.size)]
    if document.added:
        parts.insert(0, day_words(document.added.astimezone().date(), today))
    return " · ".join(parts)


def size_words(size: int) -> str:
    """Bytes as people say them."""
    if size >= KILOBYTE * KILOBYTE:
        return _("{number} MB").format(number=texts().number(round(size / KILOBYTE**2, 1)))
    return _("{number} KB").format(number=texts().number(max(1, round(size / KILOBYTE))))
