"""A paper to look at: as pages, exactly as they are printed, or as text to read and to hear."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedWidget, QWidget

from caseworker_app.i18n import _, ngettext, texts
from ui import theme
from ui.forms.paper_lines import PaperLine
from ui.forms.paper_text import PaperText
from ui.widgets.buttons import button, icon_button
from ui.widgets.choices import Option, Segmented
from ui.widgets.layout import column, row, stand_on
from ui.widgets.paper import Paper
from ui.widgets.text import Elided

_ONE_ROW = 560
_PICTURE, _TEXT = "picture", "text"


class PaperPreview(QWidget):
    """Pages or text, with the size of the pages above.

    `as_text` names the paper as a text, `choice` the choice between the two.
    """

    def __init__(self, as_text: str, choice: str) -> None:
        super().__init__()
        stand_on(self, "canvas")
        self.paper = Paper()
        self.text = PaperText(as_text)
        self._stack = QStackedWidget()
        self._stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._stack.addWidget(self.paper)
        page = QWidget()
        self.text.setMaximumWidth(theme.current().px(760))
        page.setLayout(row(self.text, margins=(28, 16, 28, 24)))
        self._stack.addWidget(page)
        self.shown_as = Segmented(
            choice,
            [
                Option(_PICTURE, _("Picture"), "eye"),
                Option(_TEXT, _("Text"), "list"),
            ],
        )
        self.shown_as.choose(_PICTURE)
        self.shown_as.chosen.connect(self._on_chosen)
        self._zoom = self._zoom_buttons()
        room = self._zoom.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # the choice stays where it is
        self._zoom.setSizePolicy(room)
        self.paper.zoomed.connect(self._on_zoomed)
        self._top = row(self.shown_as, gap=8, margins=(28, 12, 28, 0))
        self._top.addWidget(self._zoom, 0, Qt.AlignmentFlag.AlignRight)
        self._top.setStretch(0, 3)
        self.shown_as.setMaximumWidth(theme.current().px(280))
        whole = column(self._top, self._stack, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_paper(self, pdf: bytes, lines: Sequence[PaperLine], name: str) -> None:
        """Show another paper. `name` is what it is called."""
        self.paper.show_pdf(pdf)
        pages = ngettext("{count} page", "{count} pages", self.paper.pages())
        self.paper.setAccessibleName(
            _("{plan} as a picture, {pages}. Choose “Text” to have it read to you.").format(
                plan=name, pages=pages
            )
        )
        self.text.show_lines(lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        fits = event.size().width() >= theme.current().px(_ONE_ROW)
        directions = QBoxLayout.Direction
        self._top.setDirection(directions.LeftToRight if fits else directions.TopToBottom)
        super().resizeEvent(event)

    def _zoom_buttons(self) -> QWidget:
        holder = QWidget()
        self._percent = Elided("", "body", colour="text_2")
        fitting = button(_("Fit the width"), "quiet", slot=self.paper.fit_width)
        holder.setLayout(
            row(
                icon_button("minus", _("Smaller"), slot=lambda: self.paper.zoom_by(-1)),
                self._percent,
                icon_button("plus", _("Larger"), slot=lambda: self.paper.zoom_by(1)),
                fitting,
                gap=8,
            )
        )
        return holder

    def _on_zoomed(self, percent: int) -> None:
        self._percent.setText(_("{percent} %").format(percent=texts().number(percent)))

    def _on_chosen(self, value: object) -> None:
        self._stack.setCurrentIndex(0 if value == _PICTURE else 1)
        self._zoom.setVisible(value == _PICTURE)
