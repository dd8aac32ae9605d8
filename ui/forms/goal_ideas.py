"""What was remembered for the goals in the last conversation, each taken up with one click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.talk import Statement
from caseworker_app.i18n import _
from ui.widgets.boxes import VoiceBox
from ui.widgets.buttons import button
from ui.widgets.case_sheet import section
from ui.widgets.layout import column


class GoalIdeas(QWidget):
    """`ideas` are statements with who said them. `taken` carries the statement."""

    taken = Signal(object)

    def __init__(self, ideas: Sequence[tuple[Statement, str]]) -> None:
        super().__init__()
        boxes = column(gap=8)
        for idea, who in ideas:
            box = VoiceBox(idea.voice, idea.words, who, small=True)
            take = button(_("Take up as a goal"))
            take.clicked.connect(lambda _on=False, idea=idea: self.taken.emit(idea))
            box.add_button(take)
            boxes.addWidget(box)
        title = _("Remembered for the goals in the last conversation")
        self.setLayout(column(section(title, boxes)))
