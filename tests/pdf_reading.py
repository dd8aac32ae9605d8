"""Reads a tagged file as a screen reader does: along the tree, by the fonts' own texts."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

ALONE = frozenset(["H1", "H2", "H3", "P", "LI", "TR", "TH", "TD"])


def kids(element: Dictionary) -> Iterator[Any]:
    """What hangs under an element; a bare number is content of the element's own page."""
    below = element.get("/K")
    for kid in below if isinstance(below, Array) else [] if below is None else [below]:
        if isinstance(kid, int):
            yield Dictionary(Type=Name.MCR, Pg=element.Pg, MCID=kid)
        else:
            yield kid


def elements(root: Dictionary, parent: str = "") -> Iterator[tuple[Dictionary, str]]:
    """(element, tag of its parent), in reading order."""
    for kid in kids(root):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid, parent
            yield from elements(kid, str(kid.S)[1:])


def read_aloud(pdf: bytes) -> str:
    """The whole file as text, one paragraph, heading, list item or table row a line."""
    with pikepdf.open(BytesIO(pdf)) as document:
        texts = _texts_of_content(document)
        lines = [_say(element, texts) for element in _spoken(document.Root.StructTreeRoot)]
        return "\n".join(lines) + "\n"


def extracted(pdf: bytes) -> str | None:
    """What poppler's pdftotext gives, or None where it is not installed."""
    program = shutil.which("pdftotext")
    if not program:
        return None
    done = subprocess.run([program, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def used_codes(page: pikepdf.Page) -> Iterator[str]:
    """Faults of the glyph codes on a page: no text, no width, or the empty box."""
    composite = {n: f for n, f in page.Resources.Font.items() if "/DescendantFonts" in f}
    fonts = {name: _to_unicode(font) for name, font in composite.items()}
    counts = {name: len(font.DescendantFonts[0].W[1]) for name, font in composite.items()}
    for font, code, _ in _shown_codes(page):
        if code == 0:
            yield f"{font}: an empty box is drawn"
        elif code not in fonts[font]:
            yield f"{font}: glyph {code} has no text"
        elif code >= counts[font]:
            yield f"{font}: glyph {code} has no width"


def _spoken(root: Dictionary) -> Iterator[Dictionary]:
    for element, parent in elements(root):
        tag = str(element.S)[1:]
        if tag in ("LI", "TR") or (tag in ALONE and parent not in ("LI", "TR", "TD")):
            yield element


def _say(element: Dictionary, texts: dict[tuple[Any, int], str]) -> str:
    tag = str(element.S)[1:]
    if tag == "TR":
        return "TR: " + " | ".join(_text(cell, texts) for cell in kids(element))
    return f"{tag}: {_text(element, texts)}"


def _text(element: Dictionary, texts: dict[tuple[Any, int], str]) -> str:
    for key in ("/ActualText", "/Alt"):
        if key in element:
            return f"({element[key]})" if key == "/Alt" else str(element[key])
    parts = []
    for kid in kids(element):
        if "/S" in kid:
            parts.append(_text(kid, texts) + " ")
        else:
            parts.append(texts[kid.Pg.objgen, int(kid.MCID)])
    return re.sub(" +", " ", "".join(parts)).strip()


def _texts_of_content(document: pikepdf.Pdf) -> dict[tuple[Any, int], str]:
    texts: dict[tuple[Any, int], str] = {}
    for page in document.pages:
        fonts = {name: _to_unicode(font) for name, font in page.Resources.Font.items()}
        for font, code, number in _shown_codes(page):
            if number is not None:
                key = (page.objgen, number)
                texts[key] = texts.get(key, "") + fonts[font].get(code, "")
    return texts


def _shown_codes(page: pikepdf.Page) -> Iterator[tuple[str, int, int | None]]:
    """(font, code, number of the marked content) of each glyph; what an empty ActualText covers
    is left out."""
    font = ""
    marks: list[int | None] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "Tf":
            font = str(operands[0])
        elif name in ("BDC", "BMC"):
            marks.append(_mark(operands, marks))
        elif name == "EMC":
            marks.pop()
        elif name == "TJ":
            number = marks[-1] if marks else None
            yield from ((font, code, number) for code in _codes(operands[0]))


def _codes(shown: Array) -> Iterator[int]:
    for piece in shown:
        if isinstance(piece, pikepdf.String):
            codes = bytes(piece)
            for i in range(0, len(codes), 2):
                yield int.from_bytes(codes[i : i + 2], "big")


def _mark(operands: Any, marks: list[int | None]) -> int | None:
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, Dictionary) and "/MCID" in properties:
        return int(properties["/MCID"])
    if operands[0] == Name.Span and marks:
        return None if isinstance(properties, Dictionary) else marks[-1]
    return None


def _to_unicode(font: Dictionary) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {}
    text = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]*)>$", text, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(value).decode("utf-16-be") for code, value in pairs}
