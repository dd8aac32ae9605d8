"""Does a printed file keep what PDF/UA-1 and PDF/A-2a ask, as far as our own layer can break it?

`findings(pdf)` gives a sentence for each fault; an empty list is a good file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.pdf_reading import elements, kids, used_codes

STANDARD = frozenset(
    [
        *("Document", "Sect", "Div", "BlockQuote", "P", "H1", "H2", "H3", "Span", "Link", "Note"),
        *("L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "Figure"),
    ]
)
PARENTS = {
    "TR": {"Table", "THead", "TBody"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
}
PAINTING = frozenset(
    ["Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "BI"]
)
FORBIDDEN = (
    "/JavaScript",
    "/JS",
    "/AA",
    "/OpenAction",
    "/Launch",
    "/URI",
    "/EmbeddedFiles",
    "/GoToR",
)


def findings(pdf: bytes) -> list[str]:
    """What is wrong with the file, in sentences."""
    try:
        document = pikepdf.open(BytesIO(pdf))
    except pikepdf.PdfError as broken:
        return [f"it does not open: {broken}"]
    with document:
        found = [*_file(pdf, document), *_catalog(document.Root), *_metadata(document.Root)]
        if "/StructTreeRoot" not in document.Root:
            return [*found, "there is no structure tree"]
        found += _tree(document.Root.StructTreeRoot)
        parents = _parent_tree(document.Root.StructTreeRoot)
        for number, page in enumerate(document.pages, 1):
            found += [f"page {number}: {fault}" for fault in _page(page, parents)]
        found += _orphans(document, parents)
        found += _fonts(document)
        return found


def _file(pdf: bytes, document: pikepdf.Pdf) -> Iterator[str]:
    if document.is_encrypted:
        yield "it is encrypted, which PDF/A forbids"
    if re.search(rb"[^\r\n]endstream\n", pdf):
        yield "no end of line before endstream"
    if "/ID" not in document.trailer:
        yield "the trailer has no ID"
    for thing in document.objects:
        for key in FORBIDDEN:
            if isinstance(thing, Dictionary) and key in thing:
                yield f"it holds {key}"
            if isinstance(thing, Dictionary) and thing.get("/S") == Name(key):
                yield f"it holds an action {key}"


def _catalog(root: Dictionary) -> Iterator[str]:
    if root.get("/MarkInfo", {}).get("/Marked") is not True:
        yield "it is not said to be tagged"
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", str(root.get("/Lang", ""))):
        yield "it has no language"
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield "the title is not shown"
    intents = root.get("/OutputIntents", Array())
    if not any(i.get("/S") == Name.GTS_PDFA1 and "/DestOutputProfile" in i for i in intents):
        yield "it has no colour profile"


def _metadata(root: Dictionary) -> Iterator[str]:
    if "/Metadata" not in root:
        yield "it has no metadata"
        return
    packet = root.Metadata.read_bytes().decode()
    for what, pattern in (
        ("PDF/UA-1", r"<pdfuaid:part>1<"),
        ("PDF/A-2", r"<pdfaid:part>2<"),
        ("PDF/A level A", r"<pdfaid:conformance>A<"),
        ("a title", r"<dc:title>.*?<rdf:li[^>]*>\s*[^<\s]"),
        ("the date of its making", r"<xmp:CreateDate>\d{4}-\d\d-\d\dT"),
    ):
        if not re.search(pattern, packet, re.DOTALL):
            yield f"its metadata do not name {what}"


def _tree(root: Dictionary) -> Iterator[str]:
    headings: list[int] = []
    for element, parent in elements(root):
        tag = str(element.S)[1:]
        yield from _element(element, tag, parent)
        if re.fullmatch("H[1-6]", tag):
            headings.append(int(tag[1]))
    if headings[:1] != [1]:
        yield "the first heading is not H1"
    yield from (
        f"H{first} is followed by H{second}"
        for first, second in pairwise(headings)
        if second > first + 1
    )
    yield from _tables(root)


def _element(element: Dictionary, tag: str, parent: str) -> Iterator[str]:
    if tag not in STANDARD:
        yield f"{tag} is no standard tag"
    if parent not in PARENTS.get(tag, {parent}):
        yield f"{tag} stands inside {parent}"
    if tag == "Figure":
        yield from _figure(element)
    if tag == "TH" and "/Scope" not in element.get("/A", {}):
        yield "TH without Scope"
    if not list(kids(element)):
        yield f"an empty {tag}"


def _figure(element: Dictionary) -> Iterator[str]:
    if not str(element.get("/Alt", "")).strip():
        yield "Figure without Alt"
    if len(element.get("/A", {}).get("/BBox", [])) != 4:
        yield "Figure without BBox"


def _tables(root: Dictionary) -> Iterator[str]:
    for element, _ in elements(root):
        if str(element.S) == "/Table":
            widths = {len(list(kids(row))) for row in kids(element)}
            if len(widths) != 1:
                yield "the rows of a table differ in length"


def _parent_tree(root: Dictionary) -> dict[int, Any]:
    numbers = list(root.get("/ParentTree", Dictionary()).get("/Nums", []))
    return {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}


def _page(page: pikepdf.Page, parents: dict[int, Any]) -> Iterator[str]:
    if page.get("/Tabs") != Name.S:
        yield "the tab order does not follow the structure"
    number = page.get("/StructParents")
    owners = parents.get(int(number)) if number is not None else None
    if not isinstance(owners, Array):
        yield "it is not in the parent tree"
        return
    marks = _Marks(len(owners))
    for operands, operator in pikepdf.parse_content_stream(page):
        yield from marks.take(operands, str(operator))
    yield from marks.at_the_end()


class _Marks:
    """The marked content of one page, as it opens and closes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: list[str] = []
        self._seen: set[int] = set()
        self._loose = 0

    def take(self, operands: Any, name: str) -> Iterator[str]:
        inside = bool(set(self._open) & {"artifact", "content"})
        if name in ("BDC", "BMC"):
            mark = _kind_of_mark(operands)
            if mark != "-" and inside:
                yield "marked content is nested"
            if mark == "content":
                yield from self._number(int(operands[1]["/MCID"]))
            self._open.append(mark)
        elif name == "EMC":
            self._open.pop()
        elif name == "Td" and not (0 < operands[0] < 596 and 0 < operands[1] < 842):
            yield "text stands outside the page"
        elif name in PAINTING and not inside:
            self._loose += 1

    def _number(self, number: int) -> Iterator[str]:
        if number in self._seen:
            yield f"content {number} is marked twice"
        if number >= self._most:
            yield f"content {number} is not in the parent tree"
        self._seen.add(number)

    def at_the_end(self) -> Iterator[str]:
        if self._open:
            yield "marked content does not end"
        if self._loose:
            yield f"{self._loose} drawings are neither tagged nor artifact"
        if self._seen != set(range(self._most)):
            yield "the parent tree names content that is not there"


def _kind_of_mark(operands: Any) -> str:
    if str(operands[0]) == "/Artifact":
        return "artifact"
    named = len(operands) > 1 and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]
    return "content" if named else "-"


def _orphans(document: pikepdf.Pdf, parents: dict[int, Any]) -> Iterator[str]:
    """Every piece of content is named by the very element that the parent tree says."""
    places = {page.objgen: int(page.get("/StructParents", -1)) for page in document.pages}
    named = set()
    for element, _ in elements(document.Root.StructTreeRoot):
        for kid in kids(element):
            if kid.get("/Type") == Name.MCR:
                place, number = places[kid.Pg.objgen], int(kid.MCID)
                named.add((place, number))
                owners = parents[place]
                if number >= len(owners) or owners[number].objgen != element.objgen:
                    yield f"content {number} belongs to two elements"
    for place, owners in parents.items():
        for number in range(len(owners)):
            if (place, number) not in named:
                yield f"content {number} of page {place + 1} belongs to no element"


def _fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for page in document.pages:
        for name, font in page.get("/Resources", {}).get("/Font", {}).items():
            if font.get("/Subtype") != Name.Type0:
                yield f"{name} is no composite font"
                continue
            descendant = font.DescendantFonts[0]
            if "/FontFile2" not in descendant.get("/FontDescriptor", {}):
                yield f"{name} is not embedded"
            if "/ToUnicode" not in font:
                yield f"{name} does not say its text"
        yield from used_codes(page)
