"""The people around somebody: who they are, who lives here, whom they trust, how to reach them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caseworker_app.domain.people import Relation
from caseworker_app.i18n import _
from ui.widgets.chips import Chip
from ui.widgets.drawings import Avatar
from ui.widgets.layout import column, flow, row
from ui.widgets.text import Text, isolated


class Network(QWidget):
    """One row for each; those who live here come first."""

    def __init__(self, relations: Sequence[Relation]) -> None:
        super().__init__()
        body = column(gap=14)
        for relation in sorted(relations, key=lambda one: not one.lives_here):
            body.addLayout(_row(relation))
        self.setLayout(body)


def _row(relation: Relation) -> QHBoxLayout:
    avatar = Avatar(relation.name, 36)
    said = column(Text(isolated(relation.name), "bodym"), gap=3)
    parts = [isolated(part) for part in (relation.role, relation.phone) if part]
    if parts:
        said.addWidget(Text(" · ".join(parts), "meta"))
    chips = [
        *([Chip(_("lives here"))] if relation.lives_here else []),
        *([Chip(_("trusted person"), "done")] if relation.trusted else []),
    ]
    if chips:
        said.addWidget(flow(*chips, gap=6))
    layout = row(avatar, said, gap=12)
    layout.setAlignment(avatar, Qt.AlignmentFlag.AlignTop)
    layout.setStretch(1, 1)
    return layout
