"""Every family of widgets, in every look and at every text size: named, large enough, reachable."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tools import gallery_pages as gallery
from ui import theme
from ui.widgets.layout import ScrollPage
from ui.widgets.text import Text

FAMILIES = (gallery.controls, gallery.words, gallery.things, lambda: [gallery.rail()])
LOOKS = [theme.Theme("light"), theme.Theme("contrast"), theme.Theme("dark", 2.0)]


@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=lambda look: f"{look.name}-{look.scale}")
@pytest.mark.parametrize("family", FAMILIES, ids=["controls", "words", "things", "rail"])
def test_every_control_has_a_name_a_size_and_a_tab_stop(family, showing: Showing):
    page = ScrollPage()
    page.resize(1280, 800)
    page.add(*family())
    showing(page)
    assert problems(page) == []


@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=lambda look: f"{look.name}-{look.scale}")
@pytest.mark.parametrize("width", [420, 700, 1280])
def test_no_text_is_cut_off_however_narrow_the_page_is(width: int, showing: Showing):
    page = ScrollPage()
    page.resize(width, 800)
    page.add(*gallery.words(), *gallery.things(), None)
    showing(page)
    for text in page.findChildren(Text):
        if text.isVisible() and text.text():
            assert text.height() >= text.heightForWidth(text.width()), text.text()


def test_a_nameless_tiny_button_is_found_out(showing: Showing):
    page = QWidget()
    layout = QVBoxLayout(page)
    button = QToolButton()
    button.setStyleSheet("min-height: 8px; min-width: 8px; padding: 0")
    button.setFixedSize(12, 12)
    layout.addWidget(button)
    layout.addWidget(QLabel("only words"))
    showing(page)
    found = problems(page)
    assert "QToolButton '' has no name" in found
    assert "QToolButton '' is only 12 x 12" in found
