"""The faces of one document inside its PDF: only the glyphs that are used, each with its text.

Every (glyph, text) pair gets a two-byte code of its own, so that what is copied or read aloud is
what was typed, also where Arabic letters change their shape.
"""

from __future__ import annotations

import struct
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from caseworker_app.printing.fonts import Face
from caseworker_app.printing.shaping import Glyph, GlyphRun

_SYMBOLIC = 4
_MOST_IN_A_BLOCK = 100
_TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
# A glyph that only completes the one before it still needs a text: the joiner nobody hears.
_NOTHING = "\u200d"


class EmbeddedFont:
    """A face as this document uses it."""

    def __init__(self, face: Face, name: str) -> None:
        """`name` is how the pages call the font."""
        self.face = face
        self.name = name
        self._codes: dict[tuple[int, str], int] = {}
        self._shown: dict[tuple[GlyphRun, float], str] = {}

    def show(self, run: GlyphRun, size: float) -> str:
        """The inside of a TJ array that draws the run. `size` is the size of the face."""
        shown = self._shown.get((run, size))
        if shown is None:
            shown = self._shown[run, size] = self._show(run, size)
        return shown

    def _show(self, run: GlyphRun, size: float) -> str:
        parts: list[str] = []
        pen = wanted = 0.0
        for glyph in run.glyphs:
            move = round(wanted + glyph.dx - pen)
            if move:
                parts.append(str(-move))
                pen += move
            parts.append(self._glyph(glyph, size, shared=glyph.text != glyph.whole))
            pen += self._advance(glyph.id)
            wanted += glyph.advance
        rest = round(wanted - pen)
        if rest:
            parts.append(str(-rest))
        return "".join(parts)

    def _glyph(self, glyph: Glyph, size: float, *, shared: bool) -> str:
        drawn = f"<{self._code(glyph):04X}>"
        if glyph.dy:
            drawn = f"] TJ {glyph.dy * size / 1000:.2f} Ts [{drawn}] TJ 0 Ts ["
        if shared:
            # Several glyphs for one letter: the text belongs to the first, the others say nothing.
            drawn = f"] TJ /Span <</ActualText <FEFF>>> BDC [{drawn}] TJ EMC ["
        return drawn

    def _code(self, glyph: Glyph) -> int:
        return self._codes.setdefault((glyph.id, glyph.text or _NOTHING), len(self._codes) + 1)

    def _advance(self, glyph: int) -> float:
        units: int = self.face.hb_font.get_glyph_h_advance(glyph)
        return units * self.face.unit

    def dictionary(self, document: pdfdoc.PDFDocument) -> Any:
        """The font as an object of the PDF."""
        glyphs = [0, *(glyph for glyph, _ in self._codes)]
        data, places = _subset(self.face, glyphs)
        prefix = "".join(chr(65 + int(digit)) for digit in f"{int(self.name[1:]):06d}")
        base = pdfdoc.PDFName(f"{prefix}+{self.face.name}")
        mapping = struct.pack(f">{len(glyphs)}H", *(places[glyph] for glyph in glyphs))
        descendant = {
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": base,
            "CIDSystemInfo": pdfdoc.PDFDictionary(
                {
                    "Registry": pdfdoc.PDFString("Adobe"),
                    "Ordering": pdfdoc.PDFString("Identity"),
                    "Supplement": 0,
                }
            ),
            "DW": 1000,
            "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray([_number(self._advance(g)) for g in glyphs])]),
            "CIDToGIDMap": self._stream(document, "map", mapping),
            "FontDescriptor": self._descriptor(document, base, data),
        }
        return pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": base,
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([pdfdoc.PDFDictionary(descendant)]),
                "ToUnicode": self._stream(document, "text", self._to_unicode()),
            }
        )

    def _descriptor(self, document: pdfdoc.PDFDocument, name: Any, data: bytes) -> Any:
        measures = _measures(self.face)
        file = self._stream(document, "file", data, Length1=len(data))
        entries = {
            "Type": pdfdoc.PDFName("FontDescriptor"),
            "FontName": name,
            "Flags": _SYMBOLIC,
            "FontBBox": pdfdoc.PDFArray(measures[:4]),
            "ItalicAngle": 0,
            "Ascent": measures[4],
            "Descent": measures[5],
            "CapHeight": measures[4],
            "StemV": 80,
            "FontFile2": file,
        }
        return document.Reference(pdfdoc.PDFDictionary(entries), f"{self.name}-descriptor")

    def _stream(
        self, document: pdfdoc.PDFDocument, kind: str, content: bytes, **entries: int
    ) -> Any:
        stream = pdfdoc.PDFStream(
            pdfdoc.PDFDictionary(dict(entries)), content, filters=[pdfdoc.PDFZCompress]
        )
        return document.Reference(stream, f"{self.name}-{kind}")

    def _to_unicode(self) -> bytes:
        entries = [
            f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>"
            for (_, text), code in self._codes.items()
        ]
        blocks = []
        for i in range(0, len(entries), _MOST_IN_A_BLOCK):
            block = entries[i : i + _MOST_IN_A_BLOCK]
            blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        return _TO_UNICODE.format(blocks="\n".join(blocks)).encode("ascii")


def _subset(face: Face, glyphs: list[int]) -> tuple[bytes, dict[int, int]]:
    """A font file with these glyphs alone, and where each of them is now."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(glyphs)
    wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE
    for table in ("GSUB", "GPOS", "GDEF", "kern", "cmap", "post", "name"):
        wanted.drop_table_tag_set.add(int.from_bytes(table.encode().ljust(4), "big"))
    plan = hb.SubsetPlan(face.hb_face, wanted)
    data = bytes(plan.execute().blob.data)
    return data, dict(plan.old_to_new_glyph_mapping)


def _number(value: float) -> float:
    """Whole numbers as such: most widths are, and they are shorter to write."""
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def _measures(face: Face) -> list[int]:
    """The box around all glyphs, the ascent and the descent."""
    head = face.hb_face.reference_table("head").data
    box = [round(value * face.unit) for value in struct.unpack(">4h", head[36:44])]
    extents = face.hb_font.get_font_extents("ltr")
    return [*box, round(extents.ascender * face.unit), round(extents.descender * face.unit)]
