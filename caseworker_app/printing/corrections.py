"""What ReportLab's writer lacks for PDF/A, and nothing else."""

from __future__ import annotations

from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

_END = b"endstream\n"


def apply() -> None:
    """Correct the writer, once in this process."""
    # Binary streams: base 85 makes files a quarter larger and helps nobody today.
    rl_config.useA85 = 0
    if getattr(pdfdoc.PDFStream.format, "ends_line", False):
        return
    stock_format = pdfdoc.PDFStream.format

    def format_stream(stream: Any, document: Any) -> bytes:
        """ISO 19005-2, 6.1.7.1: an end of line stands before the word endstream."""
        formatted: bytes = stock_format(stream, document)
        return formatted.removesuffix(_END) + b"\n" + _END

    format_stream.ends_line = True  # type: ignore[attr-defined]
    pdfdoc.PDFStream.format = format_stream
