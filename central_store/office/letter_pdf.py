"""The letter of `letters.py` on one sheet of A4."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import segno
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from caseworker_app.sync.wire.invitation import link

if TYPE_CHECKING:
    from central_store.office.letters import Letter

_FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
_PLAIN, _STRONG = "HyperlegiblePlain-Regular", "HyperlegiblePlain-Bold"
_MARGIN, _QR = 2.2 * cm, 6 * cm
_WIDTH, _HEIGHT = A4
_INK = HexColor("#1c1c1a")


def letter_pdf(letter: Letter) -> bytes:
    """The letter as PDF: the steps beside the QR code, then what is typed and compared."""
    for name in (_PLAIN, _STRONG):
        pdfmetrics.registerFont(TTFont(name, _FONTS / f"{name}.ttf"))
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, lang=letter.language, pageCompression=1)
    canvas.setTitle(letter.words.title)
    canvas.setFillColor(_INK)
    sheet = _Sheet(canvas)
    sheet.lines(letter.words.title, _STRONG, 24)
    sheet.lines(letter.heading, _PLAIN, 12)
    sheet.rule()
    top = sheet.at
    for number, step in enumerate(letter.words.steps, start=1):
        sheet.lines(f"{number}.  {step}", _PLAIN, 12, room=_QR + cm, after=8)
    _draw_qr(canvas, letter, _WIDTH - _MARGIN - _QR, top + 6 - _QR)
    sheet.at = min(sheet.at, top - _QR) - cm
    for name, value in letter.facts:
        sheet.lines(name, _STRONG, 12, after=0)
        sheet.lines(value, _PLAIN, 15, after=14)
    sheet.rule()
    sheet.lines(letter.until_told, _STRONG, 12)
    sheet.lines(letter.words.keep, _PLAIN, 12)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


class _Sheet:
    """Writes lines from the top; `at` is how far down it is."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.at: float = _HEIGHT - _MARGIN

    def lines(
        self, text: str, font: str, size: float, *, room: float = 0, after: float = 6
    ) -> None:
        width = _WIDTH - 2 * _MARGIN - room
        for line in simpleSplit(text, font, size, width):
            self.at -= size * 1.4
            self.canvas.setFont(font, size)
            self.canvas.drawString(_MARGIN, self.at, line)
        self.at -= after

    def rule(self) -> None:
        self.at -= 4
        self.canvas.setLineWidth(1.4)
        self.canvas.line(_MARGIN, self.at, _WIDTH - _MARGIN, self.at)
        self.at -= 14


def _draw_qr(canvas: Canvas, letter: Letter, left: float, bottom: float) -> None:
    qr = segno.make(link(letter.invitation), error="m", micro=False)
    rows = list(qr.matrix_iter(border=0))
    step = _QR / len(rows)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:  # a hair larger, so that no white lines show between two
                x, y = left + across * step, bottom + _QR - (down + 1) * step
                canvas.rect(x, y, step + 0.05, step + 0.05, stroke=0, fill=1)
