"""The letter of `letters.py` as a file, and its QR code on a screen."""

from __future__ import annotations

from html import escape
from io import BytesIO
from pathlib import Path

import segno

from caseworker_app.sync.wire.invitation import Invitation, link
from central_store.office.errors import OfficeError
from central_store.office.letters import Letter


def qr_in_terminal(invitation: Invitation) -> str:
    """The QR code in half blocks, dark on light also where the terminal is dark."""
    qr = segno.make(link(invitation), error="m", micro=False)
    rows = [list(row) for row in qr.matrix_iter(border=2)]
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    blocks = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}  # light modules are drawn
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return "\n".join(
        "".join(blocks[bool(up), bool(down)] for up, down in zip(*pair, strict=True))
        for pair in pairs
    )


def write_letter(path: Path, letter: Letter) -> None:
    """The letter as .pdf, .html or .txt, or the QR code alone as .png or .svg."""
    makers = {".pdf": _pdf, ".html": _html, ".txt": _text, ".png": _png, ".svg": _svg}
    make = makers.get(path.suffix.lower())
    if make is None:
        raise OfficeError(
            f"No letter can be written as “{path.suffix}”.",
            "The code is good all the same.",
            f"Take a name that ends in {', '.join(makers)}.",
        )
    try:
        path.write_bytes(make(letter))
    except OSError as error:
        raise OfficeError(
            f"The letter could not be written: {error.strerror}.",
            "The code is good all the same.",
            "Type it from the screen, or ask for another one with a letter elsewhere.",
        ) from error


def _svg(letter: Letter) -> bytes:
    out = BytesIO()
    qr = segno.make(link(letter.invitation), error="m", micro=False)
    qr.save(out, kind="svg", scale=5, border=4, xmldecl=False, svgclass=None, lineclass=None)
    return out.getvalue()


def _png(letter: Letter) -> bytes:
    out = BytesIO()
    segno.make(link(letter.invitation), error="m", micro=False).save(out, kind="png", scale=8)
    return out.getvalue()


def _text(letter: Letter) -> bytes:
    lines = [letter.words.title, letter.heading, ""]
    lines += [f"{number}. {step}" for number, step in enumerate(letter.words.steps, start=1)]
    lines.append("")
    for name, value in letter.facts:
        lines += [f"{name}:", f"    {value}", ""]
    lines += [letter.until_told, letter.words.keep, "", qr_in_terminal(letter.invitation), ""]
    return "\n".join(lines).encode()


def _html(letter: Letter) -> bytes:
    steps = "".join(f"<li>{escape(step)}</li>" for step in letter.words.steps)
    facts = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in letter.facts
    )
    page = f"""<!doctype html>
<html lang="{letter.language}"><meta charset="utf-8"><title>{escape(letter.words.title)}</title>
<style>
body {{ font: 12pt/1.5 system-ui, sans-serif; max-width: 17cm; margin: 2cm auto; color: #1c1c1a }}
h1 {{ margin: 0 }} p.for {{ margin: 0 0 1.5em; padding-bottom: .6em; border-bottom: 2px solid }}
li {{ margin: .4em 0 }} svg {{ float: right; width: 6cm; height: 6cm; margin-left: 1cm }}
dt {{ font-weight: bold; margin-top: 1em }}
dd {{ margin: 0; font: 14pt ui-monospace, monospace; overflow-wrap: anywhere }}
@media print {{ body {{ margin: 0 auto }} }}
</style>
<h1>{escape(letter.words.title)}</h1><p class="for">{escape(letter.heading)}</p>
{_svg(letter).decode()}<ol>{steps}</ol><dl>{facts}</dl>
<p><strong>{escape(letter.until_told)}</strong></p><p>{escape(letter.words.keep)}</p>
</html>
"""
    return page.encode()


def _pdf(letter: Letter) -> bytes:
    from central_store.office.letter_pdf import letter_pdf  # noqa: PLC0415 - ReportLab is heavy

    return letter_pdf(letter)
