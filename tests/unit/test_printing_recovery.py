"""The recovery sheet: one page that can be read, typed from and put into an envelope."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
import pytest

from caseworker_app.i18n import Texts
from caseworker_app.printing.recovery_pdf import recovery_sheet_pdf
from tests.pdf_checker import findings
from tests.pdf_reading import read_aloud
from tests.printing_plans import DUTCH, GERMAN

KEY = ("K7QM", "4XPW", "9TRB", "HJ2C", "VN8D", "F3YS", "ZL6A")
MADE = date(2026, 11, 23)


@pytest.mark.parametrize("texts", [Texts("en"), GERMAN, DUTCH])
@pytest.mark.parametrize("coach", ["Miriam Falk", "Оксана Ковальчук-van der Recke " * 3, "محمد"])
def test_it_is_one_page_that_keeps_the_standards(texts: Texts, coach: str) -> None:
    pdf = recovery_sheet_pdf(coach, "Teilhabe Lindental", MADE, KEY, texts)
    assert findings(pdf) == []
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) == 1


def test_the_key_is_read_group_by_group() -> None:
    spoken = read_aloud(recovery_sheet_pdf("Miriam Falk", "", MADE, KEY, Texts("en")))
    assert "P: K7QM 4XPW 9TRB HJ2C\nP: VN8D F3YS ZL6A\n" in spoken
    assert "P: Printed on November 23, 2026\n" in spoken


def test_the_key_is_nowhere_but_in_the_drawn_text() -> None:
    pdf = recovery_sheet_pdf("Miriam Falk", "", MADE, KEY, Texts("en"))
    with pikepdf.open(BytesIO(pdf)) as document:
        described = document.Root.Metadata.read_bytes().decode() + str(dict(document.docinfo))
    assert not any(group in described for group in KEY)


def test_the_same_key_prints_the_same_bytes() -> None:
    first, second = (recovery_sheet_pdf("M", "T", MADE, KEY, GERMAN) for _ in range(2))
    assert first == second
