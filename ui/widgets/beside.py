"""Fields beside each other where there is room, below each other where there is none."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui import theme
from ui.widgets.layout import row

NARROWEST = 230


class Beside(QWidget):
    """Shares its width evenly, or by `shares`. What is lower than others stands at `side`."""

    def __init__(
        self,
        *parts: QWidget,
        shares: tuple[int, ...] = (),
        side: Literal["top", "bottom"] = "top",
    ) -> None:
        super().__init__()
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        self._side = top if side == "top" else bottom
        self._parts = parts
        self._row = row(gap=16)
        for part, share in zip(parts, shares or (1,) * len(parts), strict=True):
            self._row.addWidget(part, share, self._side)
        self.setLayout(self._row)

    def minimumSizeHint(self) -> QSize:
        width = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        fits = event.size().width() >= len(self._parts) * theme.current().px(NARROWEST)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if fits else direction.TopToBottom)
        for part in self._parts:
            self._row.setAlignment(part, self._side if fits else Qt.AlignmentFlag(0))
        super().resizeEvent(event)
