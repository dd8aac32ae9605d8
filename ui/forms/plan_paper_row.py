"""A plan that was handed over, among the papers of a file."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.people import Document
from caseworker_app.domain.pieces import Lying
from caseworker_app.domain.plan import PlanVersion
from caseworker_app.i18n import NAMES, _
from ui.forms.paper_place import PaperPlace, place_words
from ui.widgets.case_sheet import Sideways
from ui.widgets.day_words import day_words
from ui.widgets.drawings import Tile
from ui.widgets.layout import column, row
from ui.widgets.text import Text


class PlanPaperRow(QWidget):
    """It cannot be renamed or removed; `document` is its PDF, None where it is not known yet."""

    def __init__(
        self,
        plan: PlanVersion,
        document: Document | None,
        lying: Lying,
        today: date,
        *,
        is_connected: bool,
    ) -> None:
        super().__init__()
        self.document = document
        self.title = _("Plan, version {number}").format(number=plan.number)
        self._plan, self._today, self._is_connected = plan, today, is_connected
        self._facts = Text("", "meta")
        self.place = PaperPlace(self.title, lying)
        self.place.setVisible(document is not None)
        tile = Tile("file-text", size=42, tone="accent")
        names = row(tile, column(Text(self.title, "bodym"), self._facts, gap=2), gap=16)
        names.setAlignment(tile, Qt.AlignmentFlag.AlignTop)
        names.setStretch(1, 1)
        self.setLayout(column(Sideways(names, row(self.place, gap=4))))
        self.show_lying(lying)

    def show_lying(self, lying: Lying) -> None:
        """Say where its bytes are now."""
        where = place_words(lying, is_connected=self._is_connected) if self.document else ""
        parts = (*_plan_facts(self._plan, self._today), where)
        self._facts.setText(" · ".join(part for part in parts if part))
        self.place.show_lying(lying)


def _plan_facts(plan: PlanVersion, today: date) -> list[str]:
    parts = [day_words(plan.made.astimezone().date(), today)] if plan.made else []
    if plan.language in NAMES:
        parts.append(NAMES[plan.language])
    return parts
