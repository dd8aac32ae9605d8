"""The checker of printed files has teeth: every fault that is planted is found."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from caseworker_app.i18n import Texts
from caseworker_app.printing.plan_pdf import plan_pdf
from tests.pdf_checker import findings
from tests.pdf_reading import elements
from tests.printing_plans import a_plan

Fault = Callable[[Pdf], None]


def element(document: Pdf, tag: str) -> Dictionary:
    return next(e for e, _ in elements(document.Root.StructTreeRoot) if str(e.S) == f"/{tag}")


def content(document: Pdf, old: bytes, new: bytes) -> None:
    page = document.pages[0]
    stream = page.Contents.read_bytes()
    assert old in stream
    page.Contents = document.make_stream(stream.replace(old, new, 1))


def fonts(document: Pdf) -> Dictionary:
    return document.pages[0].Resources.Font["/T0"]


def no_tree(document: Pdf) -> None:
    del document.Root.StructTreeRoot


def no_language(document: Pdf) -> None:
    del document.Root.Lang


def no_mark(document: Pdf) -> None:
    del document.Root.MarkInfo


def no_title(document: Pdf) -> None:
    del document.Root.ViewerPreferences


def no_profile(document: Pdf) -> None:
    del document.Root.OutputIntents


def no_metadata(document: Pdf) -> None:
    del document.Root.Metadata


def other_metadata(document: Pdf) -> None:
    packet = document.Root.Metadata.read_bytes().replace(b"<pdfuaid:part>1", b"<pdfuaid:part>7")
    document.Root.Metadata = document.make_stream(packet)


def unknown_tag(document: Pdf) -> None:
    element(document, "P").S = Name("/Paragraph")


def stray_cell(document: Pdf) -> None:
    element(document, "TR").S = Name.Div


def uneven_table(document: Pdf) -> None:
    row = element(document, "TR")
    row.K = Array(list(row.K)[:-1])


def head_without_scope(document: Pdf) -> None:
    del element(document, "TH").A


def figure_without_words(document: Pdf) -> None:
    del element(document, "Figure").Alt


def skipped_heading(document: Pdf) -> None:
    element(document, "H2").S = Name.H3


def untagged_text(document: Pdf) -> None:
    content(document, b"/H1 <</MCID 0>> BDC", b"/H1 BMC")


def twice_the_same_number(document: Pdf) -> None:
    content(document, b"<</MCID 1>>", b"<</MCID 0>>")


def unknown_number(document: Pdf) -> None:
    content(document, b"<</MCID 1>>", b"<</MCID 999>>")


def nested_marks(document: Pdf) -> None:
    content(document, b"BT ", b"/Artifact BMC EMC BT ")


def empty_box(document: Pdf) -> None:
    content(document, b"[<0001>", b"[<0000>")


def unknown_glyph(document: Pdf) -> None:
    content(document, b"[<0001>", b"[<7777>")


def text_beside_the_page(document: Pdf) -> None:
    content(document, b"BT ", b"BT -900 0 Td ")


def no_font_file(document: Pdf) -> None:
    del fonts(document).DescendantFonts[0].FontDescriptor.FontFile2


def stock_font(document: Pdf) -> None:
    document.pages[0].Resources.Font["/F1"] = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica
    )


def wrong_owner(document: Pdf) -> None:
    owners = document.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0] = owners[1]


def script(document: Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


FAULTS: dict[Fault, str] = {
    no_tree: "no structure tree",
    no_language: "no language",
    no_mark: "not said to be tagged",
    no_title: "the title is not shown",
    no_profile: "no colour profile",
    no_metadata: "no metadata",
    other_metadata: "do not name PDF/UA-1",
    unknown_tag: "Paragraph is no standard tag",
    stray_cell: "TH stands inside Div",
    uneven_table: "the rows of a table differ in length",
    head_without_scope: "TH without Scope",
    figure_without_words: "Figure without Alt",
    skipped_heading: "H1 is followed by H3",
    untagged_text: "neither tagged nor artifact",
    twice_the_same_number: "marked twice",
    unknown_number: "not in the parent tree",
    nested_marks: "marked content is nested",
    empty_box: "an empty box is drawn",
    unknown_glyph: "has no text",
    text_beside_the_page: "outside the page",
    no_font_file: "is not embedded",
    stock_font: "is no composite font",
    wrong_owner: "belongs to two elements",
    script: "/OpenAction",
}


def damaged(pdf: bytes, fault: Fault) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as document:
        fault(document)
        out = BytesIO()
        document.save(out, fix_metadata_version=False, deterministic_id=True)
        return out.getvalue()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_planted_fault_is_found(fault: Fault) -> None:
    pdf = plan_pdf(a_plan(), Texts("en"))
    assert findings(pdf) == []
    assert any(FAULTS[fault] in finding for finding in findings(damaged(pdf, fault)))


def test_an_encrypted_file_and_a_broken_one_are_found() -> None:
    pdf = plan_pdf(a_plan(), Texts("en"))
    with pikepdf.open(BytesIO(pdf)) as document:
        out = BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="o", user=""))
    assert any("encrypted" in finding for finding in findings(out.getvalue()))
    assert any("does not open" in finding for finding in findings(b"no file at all"))
    assert any("endstream" in f for f in findings(pdf.replace(b"\nendstream", b" endstream", 1)))
