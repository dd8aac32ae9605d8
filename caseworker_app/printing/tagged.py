"""A canvas that says what each thing on the page is: PDF/UA-1 and PDF/A-2a in one file.

ReportLab draws, but knows no tags. Here every drawing happens inside `mark` (it belongs to an
element of the document) or inside `artifact` (lines, tints, footers: not read aloud), and `finish`
writes the tree of elements, the metadata and the colour profile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from functools import lru_cache
from io import BytesIO
from typing import Any

from reportlab.lib.colors import toColor
from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from caseworker_app.printing import corrections, structure
from caseworker_app.printing.embedding import EmbeddedFont
from caseworker_app.printing.fonts import Face
from caseworker_app.printing.lines import Line
from caseworker_app.printing.look import PAGE_HEIGHT, PAGE_WIDTH, Style
from caseworker_app.printing.metadata import PRODUCER, SRGB_PROFILE, About, xmp
from caseworker_app.printing.structure import Element

corrections.apply()


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """One document being drawn, page after page."""

    def __init__(self, about: About, root: Element) -> None:
        """`root` is the element of the whole document."""
        self._file = BytesIO()
        super().__init__(
            self._file,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang=about.language,
        )
        self._about = about
        self._root = root
        self._fonts: dict[Face, EmbeddedFont] = {}
        self._marked: list[list[Element]] = [[]]
        self._artifacts = 0
        self._headings = 0
        self._stand_still()

    def _stand_still(self) -> None:
        """Nothing of this moment or this machine goes into the file."""
        made = datetime.combine(self._about.made, time(), UTC)
        stamp = TimeStamp(invariant=True)
        stamp.t = made.timestamp()
        stamp.lt = made.utctimetuple()
        stamp.YMDhms = tuple(stamp.lt)[:6]
        self._doc._timeStamp = stamp  # noqa: SLF001
        self._doc.signature = hashlib.md5(xmp(self._about), usedforsecurity=False)

    def _make_preamble(self) -> None:
        # ReportLab would name Helvetica here on every page, which PDF/A wants embedded.
        self._preamble = "1 0 0 1 0 0 cm"

    @contextmanager
    def mark(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to the element; inside an artifact it belongs to nothing."""
        if self._artifacts:
            yield
            return
        marked = self._marked[-1]
        element.kids.append(structure.Marked(self._doc.thisPageRef(), len(marked)))
        self._code.append(f"/{element.tag} <</MCID {len(marked)}>> BDC")
        marked.append(element)
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """What is drawn inside is not read aloud."""
        if not self._artifacts:
            self._code.append(f"/Artifact <</Type /{kind}>> BDC")
        self._artifacts += 1
        yield
        self._artifacts -= 1
        if not self._artifacts:
            self._code.append("EMC")

    def line_of_text(self, line: Line, style: Style, x: float, baseline: float) -> None:
        """Draw one line of glyphs, its left end at x."""
        self.setFillColor(_colour(style.colour))
        code, font = [f"BT {x:.2f} {baseline:.2f} Td"], None
        shown: list[str] = []
        for run in line.runs:
            embedded = self._embedded(run.face)
            size = style.size * run.face.scale
            if embedded is not font:
                if shown:
                    code.append(f"[{''.join(shown)}] TJ")
                code.append(f"/{embedded.name} {size:.4g} Tf")
                font, shown = embedded, []
            shown.append(embedded.show(run, size))
        code.append(f"[{''.join(shown)}] TJ ET")
        self._code.append(" ".join(code))

    def heading(self, title: str, y: float) -> None:
        """An entry in the outline that leads to this height of the page.

        The outline is one flat list: ReportLab counts nested entries wrongly.
        """
        self._headings += 1
        key = f"h{self._headings}"
        self.bookmarkHorizontal(key, 0, y)
        self.addOutlineEntry(title, key, 0)

    def showPage(self) -> None:
        """End the page."""
        super().showPage()
        self._marked.append([])

    def _embedded(self, face: Face) -> EmbeddedFont:
        font = self._fonts.get(face)
        if font is None:
            font = self._fonts[face] = EmbeddedFont(face, f"T{len(self._fonts)}")
        return font

    def finish(self) -> bytes:
        """The file."""
        document = self._doc
        fonts = document.idToObject["BasicFonts"].dict
        for font in self._fonts.values():
            fonts[font.name] = document.Reference(font.dictionary(document), font.name)
        self._describe(document)
        for number, page in enumerate(document.Pages.pages):
            _announce(page, StructParents=number, Tabs=pdfdoc.PDFName("S"))
        structure.write(self._root, self._marked, document)
        document.SaveToFile(self._file, self)
        return self._file.getvalue()

    def _describe(self, document: Any) -> None:
        about, info = self._about, document.info
        info.title, info.author, info.subject = about.title, about.author, about.subject
        info.creator = info.producer = PRODUCER
        catalog = document.Catalog
        catalog.Metadata = pdfdoc.XMP(creator=lambda _: xmp(about))
        document.Reference(catalog.Metadata, "metadata")
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        self.setViewerPreference("DisplayDocTitle", "true")
        profile = pdfdoc.PDFStream(
            pdfdoc.PDFDictionary({"N": 3}), SRGB_PROFILE, filters=[pdfdoc.PDFZCompress]
        )
        intent = {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString("sRGB"),
            "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(profile, "profile"),
        }
        intents = pdfdoc.PDFArray([pdfdoc.PDFDictionary(intent)])
        _announce(catalog, OutputIntents=intents)


@lru_cache(maxsize=32)
def _colour(name: str) -> Any:
    return toColor(name)


def _announce(thing: Any, **entries: Any) -> None:
    """ReportLab writes only entries it knows of; here it learns of more, for this object alone."""
    thing.__NoDefault__ = [*thing.__NoDefault__, *entries]
    for name, value in entries.items():
        setattr(thing, name, value)
