"""The number of a file, for the moment in which the organisation's IT asks for it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from caseworker_app.i18n import _
from ui import theme
from ui.widgets.layout import column, row
from ui.widgets.text import Text


class CaseNumber(QWidget):
    """Quiet, on one line, and a text: it can be marked and copied with mouse and keyboard."""

    def __init__(self, case: UUID) -> None:
        super().__init__()
        words = _("Number of this file, if your IT asks for it:")
        number = QLabel(str(case))
        number.setProperty("role", "meta")
        number.setMinimumHeight(theme.current().px(40))  # something to hit for whoever marks it
        number.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        number.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # by itself it takes only the mouse's
        number.setAccessibleName(f"{words} {case}")
        self.setLayout(column(Text(words, "meta"), row(number, None), gap=0, margins=(0, 24, 0, 0)))
