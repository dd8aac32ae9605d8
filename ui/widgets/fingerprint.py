"""Digits in groups, large enough to be read aloud: two people compare keys with them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel

from caseworker_app.i18n import _
from ui import theme
from ui.widgets.boxes import Box
from ui.widgets.layout import column
from ui.widgets.text import Text

IN_A_ROW = 4


class Fingerprint(Box):
    """A title, whose number it is, and the groups of its digits."""

    def __init__(self, title: str, digits: str, hint: str = "") -> None:
        super().__init__("canvas", "edge", radius=12)
        look = theme.current()
        font = look.font(24, 600)
        font.setFeature(QFont.Tag("tnum"), 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space(24))
        grid.setVerticalSpacing(look.space(6))
        for place, group in enumerate(digits.split()):
            label = QLabel(group)
            label.setFont(font)
            label.setStyleSheet(f"font-size: {look.px(24)}px; font-weight: 600;")
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            grid.addWidget(label, place // IN_A_ROW, place % IN_A_ROW)
        grid.setColumnStretch(IN_A_ROW, 1)
        body = column(Text(title, "bodyb"), gap=8, margins=(20, 14, 20, 16))
        if hint:
            body.addWidget(Text(hint, "meta"))
        body.addLayout(grid)
        self.setLayout(body)
        spoken = ", ".join(" ".join(group) for group in digits.split())
        self.setAccessibleName(
            _("{title}: {digits}").format(title=title, digits=spoken)
        )  # fmt: skip
