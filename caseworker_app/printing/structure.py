"""The tree of what a document consists of, as screen readers walk through it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObjectReference, PDFString


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of a page's content that belongs to an element."""

    page: Any
    number: int


class Element:
    """One thing in the document: a paragraph, a heading, a table cell, a figure.

    `alt` says what a figure shows; `actual` is the text in the order in which it is read, where the
    letters on the page stand in another; `box` is where a figure stands.
    """

    __slots__ = ("actual", "alt", "box", "kids", "language", "name", "parent", "scope", "tag")

    def __init__(self, tag: str, parent: Element | None, *, alt: str = "", scope: str = "") -> None:
        """Hang the element under its parent, after what hangs there already."""
        self.tag = tag
        self.parent = parent
        self.alt = alt
        self.scope = scope
        self.actual = ""
        self.language = ""
        self.box: tuple[float, ...] = ()
        self.kids: list[Element | Marked] = []
        self.name = "StructTreeRoot"
        if parent:
            parent.kids.append(self)

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()


def write(root: Element, marked: list[list[Element]], document: Any) -> None:
    """Put the tree into the catalog, with the way back from each page's content to its element."""
    for number, element in enumerate(root.walk()):
        element.name = f"element{number}"
    for element in root.walk():
        document.Reference(_dictionary(element), element.name)
    numbers: list[Any] = []
    for page, elements in enumerate(marked):
        if elements:
            numbers += [page, PDFArray([PDFObjectReference(e.name) for e in elements])]
    document.Catalog.StructTreeRoot = PDFDictionary(
        {
            "Type": PDFName("StructTreeRoot"),
            "K": PDFArray([PDFObjectReference(root.name)]),
            "ParentTree": PDFDictionary({"Nums": PDFArray(numbers)}),
            "ParentTreeNextKey": len(marked),
        }
    )
    document.Reference(document.Catalog.StructTreeRoot, "StructTreeRoot")


def _dictionary(element: Element) -> Any:
    parent = element.parent.name if element.parent else "StructTreeRoot"
    entries: dict[str, Any] = {
        "Type": PDFName("StructElem"),
        "S": PDFName(element.tag),
        "P": PDFObjectReference(parent),
        **_content(element),
    }
    for key, value in (
        ("Alt", element.alt),
        ("ActualText", element.actual),
        ("Lang", element.language),
    ):
        if value:
            entries[key] = PDFString(value)
    attributes = _attributes(element)
    if attributes:
        entries["A"] = PDFDictionary(attributes)
    return PDFDictionary(entries)


def _content(element: Element) -> dict[str, Any]:
    """What belongs to the element; the page is said once, and again only where it is another."""
    home = next((kid.page for kid in element.kids if isinstance(kid, Marked)), None)
    kids = [_kid(kid, home) for kid in element.kids]
    return {"K": PDFArray(kids), "Pg": home} if home else {"K": PDFArray(kids)}


def _kid(kid: Element | Marked, home: Any) -> Any:
    if isinstance(kid, Element):
        return PDFObjectReference(kid.name)
    if kid.page.name == home.name:
        return kid.number
    return PDFDictionary({"Type": PDFName("MCR"), "Pg": kid.page, "MCID": kid.number})


def _attributes(element: Element) -> dict[str, Any]:
    if element.scope:
        return {"O": PDFName("Table"), "Scope": PDFName(element.scope)}
    if element.tag == "L":
        return {"O": PDFName("List"), "ListNumbering": PDFName("Disc")}
    if element.box:
        box = PDFArray([round(value, 2) for value in element.box])
        return {"O": PDFName("Layout"), "Placement": PDFName("Block"), "BBox": box}
    return {}
