"""Words set in lines of one height, as every text on the screen and every painted box has them."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QTextLayout, QTextOption


def lay_out(
    words: str,
    font: QFont,
    line: int,
    width: int,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    *,
    flows: bool = False,
) -> QTextLayout:
    """Words in lines of this width and height, ready to be drawn.

    What `flows` and is in Arabic letters runs from the right by itself, paragraph by paragraph.
    """
    if flows and side & Qt.AlignmentFlag.AlignLeft and _from_the_right(words):
        side = Qt.AlignmentFlag.AlignRight
    option = QTextOption(side)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    layout = QTextLayout(words.replace("\n", "\u2028"), font)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0
    while (text_line := layout.createLine()).isValid():
        text_line.setLineWidth(max(width, 1))
        text_line.setPosition(QPointF(0, y + (line - text_line.height()) / 2))
        y += line
    layout.endLayout()
    return layout


def _from_the_right(words: str) -> bool:
    """Whether the first letter that has a direction is Arabic or Hebrew."""
    directions = (unicodedata.bidirectional(letter) for letter in words)
    return next((one for one in directions if one in ("L", "R", "AL")), "L") != "L"
