"""Printing where the system takes no PDF: every page as a picture, in colour, at 300 dots an inch.

Reading and painting pages needs no screen, so this runs in the worker like any other printing.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from caseworker_app import errors

DOTS = 300
POINTS = 72
TITLE = "Caseworker"


def names() -> tuple[str, ...]:
    """The printers of this laptop, the usual one first; empty when there is none."""
    usual = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: name != usual))


def print_pdf(pdf: bytes, name: str) -> None:
    """Print on both sides of the paper, in its own size. NoPrinter, PrinterRefused."""
    info = QPrinterInfo.printerInfo(name)
    if not name or info.isNull():
        raise errors.NoPrinter
    printer = QPrinter(info)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    paint(pdf, printer)


def paint(pdf: bytes, printer: QPrinter) -> None:
    """Paint all pages onto a printer. PrinterRefused when it takes none."""
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    printer.setDocName(TITLE)
    printer.setResolution(DOTS)
    printer.setColorMode(QPrinter.ColorMode.Color)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    painter = QPainter()
    if not painter.begin(printer):
        raise errors.PrinterRefused
    for page in range(document.pageCount()):
        if page and not printer.newPage():
            painter.end()
            raise errors.PrinterRefused
        _paint_page(document, page, painter, printer)
    painter.end()
    document.close()


def _paint_page(document: QPdfDocument, page: int, painter: QPainter, printer: QPrinter) -> None:
    """On a white ground: transparency would become soft masks, which printers draw badly."""
    size = (document.pagePointSize(page) * (DOTS / POINTS)).toSize()
    drawn = document.render(page, size)
    sheet = QImage(size, QImage.Format.Format_RGB32)
    sheet.fill(0xFFFFFFFF)
    onto = QPainter(sheet)
    onto.drawImage(0, 0, drawn)
    onto.end()
    scale = printer.resolution() / DOTS
    target = QRectF(QPointF(0, 0), QSizeF(sheet.size()) * scale)
    painter.drawImage(target, sheet)
