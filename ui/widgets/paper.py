"""Printed pages on the screen: the very bytes that go to the printer, as sheets on a table."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from caseworker_app.i18n import _
from ui import theme
from ui.widgets.layout import clear, column, stand_on

DOTS = 96
POINTS = 72
MARGIN = 28
SHADOW = 26
STEPS = (25, 33, 50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300, 400)
WIDEST_FIT = 110


class _Sheet(QWidget):
    """One page. It is drawn when it comes into view, and again when its size has changed."""

    def __init__(self, document: QPdfDocument, page: int) -> None:
        super().__init__()
        self._document, self._page = document, page
        self._picture = QImage()
        self._points = document.pagePointSize(page)
        self._percent = 100
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(
            _("Page {page} of {pages}").format(page=page + 1, pages=document.pageCount())
        )

    def set_percent(self, percent: int) -> None:
        """Show the page larger or smaller; 100 is as large as the paper."""
        self._percent = percent
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        edge = 2 * theme.current().space(MARGIN)
        return self._paper() + QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _paper(self) -> QSize:
        return (self._points * (self._percent / 100 * DOTS / POINTS)).toSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        margin = theme.current().space(MARGIN)
        paper = QRectF(margin, margin, self._paper().width(), self._paper().height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 1))
        for spread in range(SHADOW, 0, -1):
            lower = spread * 0.3
            shape = paper.adjusted(-spread, -spread + lower, spread, spread + lower)
            painter.drawRoundedRect(shape, spread, spread)
        painter.fillRect(paper, Qt.GlobalColor.white)
        painter.drawImage(paper, self._drawn())

    def _drawn(self) -> QImage:
        wanted = self._paper() * self.devicePixelRatioF()
        if self._picture.size() != wanted:
            self._picture = self._document.render(self._page, wanted)
        return self._picture


class Paper(QScrollArea):
    """All pages of a document below each other. `zoomed` carries the size in per cent.

    The pages are as wide as there is room, until another size is chosen: with Ctrl and the mouse
    wheel, or with the keys + and -; 0 goes back.
    """

    zoomed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._sheets: list[_Sheet] = []
        self._fits = True
        self._percent = 100
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        stand_on(self, "canvas")
        ground = QWidget()
        stand_on(ground, "canvas")
        self._column = column(gap=0)
        ground.setLayout(self._column)
        self.setWidget(ground)

    def show_pdf(self, pdf: bytes) -> None:
        """Show these bytes. They stay in memory; nothing is written to the disk."""
        if pdf == self.pdf():
            return
        clear(self._column)
        self._document.close()
        self._buffer.close()
        self._buffer.setData(pdf)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._sheets = [_Sheet(self._document, i) for i in range(self._document.pageCount())]
        self._column.addStretch(1)
        for sheet in self._sheets:
            self._column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self._resize_sheets()
        self.verticalScrollBar().setValue(0)

    def pdf(self) -> bytes:
        """The bytes that are shown."""
        return bytes(self._buffer.data().data())

    def pages(self) -> int:
        """How many pages there are."""
        return len(self._sheets)

    def percent(self) -> int:
        """How large the pages are; 100 is as large as the paper."""
        return self._percent

    def zoom_by(self, steps: int) -> None:
        """Larger by some steps, or smaller with a negative number."""
        for _step in range(abs(steps)):
            larger = [step for step in STEPS if step > self._percent]
            smaller = [step for step in STEPS if step < self._percent]
            possible = larger[:1] if steps > 0 else smaller[-1:]
            self._percent = possible[0] if possible else self._percent
        self._fits = False
        self._resize_sheets()

    def fit_width(self) -> None:
        """As wide as there is room, from now on."""
        self._fits = True
        self._resize_sheets()

    def _resize_sheets(self) -> None:
        if self._fits and self._sheets:
            room = self.viewport().width() - 2 * theme.current().space(MARGIN)
            widest = max(self._document.pagePointSize(i).width() for i in range(len(self._sheets)))
            fitting = int(100 * room * POINTS / (widest * DOTS))
            self._percent = max(STEPS[0], min(theme.current().px(WIDEST_FIT), fitting))
        for sheet in self._sheets:
            sheet.set_percent(self._percent)
        self.zoomed.emit(self._percent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits and event.size().width() != event.oldSize().width():
            self._resize_sheets()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}
        if event.key() in steps:
            self.zoom_by(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_0:
            self.fit_width()
        else:
            super().keyPressEvent(event)
