"""The look: colours that can be read, sizes that grow, and the laptop's own wish."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from caseworker_app.settings import Settings
from ui import theme

READ = (
    ("text", "canvas", 7),
    ("text", "surface", 7),
    ("text_2", "canvas", 7),
    ("text_2", "sunken", 4.5),
    ("text_3", "surface", 4.5),
    ("text_3", "sunken", 4.5),
    ("on_accent", "accent", 4.5),
    ("on_accent", "accent_hover", 4.5),
    ("accent_ink", "accent_tint", 7),
    ("person_ink", "person_tint", 7),
    ("third_ink", "third_tint", 7),
    ("warn_ink", "warn_tint", 7),
    ("danger_ink", "danger_tint", 7),
    ("on_person", "person", 4.5),
    ("text", "mark", 7),
    ("line_strong", "surface", 3),
    ("focus", "canvas", 3),
)


def light_of(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", sorted(theme.tokens()))
def test_all_words_can_be_read_on_their_ground(name: str):
    colours = theme.tokens()[name]
    for ink, ground, least in READ:
        lighter, darker = sorted((light_of(colours[ink]), light_of(colours[ground])), reverse=True)
        ratio = round((lighter + 0.05) / (darker + 0.05), 1)
        assert ratio >= least, f"{ink} on {ground}: {ratio}"


def test_text_grows_by_the_text_size_and_whitespace_by_less():
    double = theme.Theme("light", 2.0)
    assert double.px(16) == 32
    assert double.space(20) == 28


def test_the_width_class_is_measured_in_text_of_the_chosen_size():
    assert theme.Theme("light").width_class(1280) == "wide"
    assert theme.Theme("light", 1.5).width_class(1280) == "medium"
    assert theme.Theme("light", 2.0).width_class(1280) == "narrow"


def test_a_turned_look_is_green_and_turns_back():
    turned = theme.Theme("dark").turned()
    assert turned.is_turned
    assert turned.hex("accent") == turned.hex("person")
    assert turned.turned() == turned
    assert turned.straight() == theme.Theme("dark")


def test_only_high_contrast_outlines_its_tinted_boxes():
    light, contrast = theme.Theme("light"), theme.Theme("contrast")
    assert light.hex("person_edge") == light.hex("person_tint")
    assert contrast.hex("person_edge") == contrast.hex("person")


def test_our_own_font_is_really_used(qapp: QApplication):
    assert QFontInfo(theme.current().font(16)).family() == theme.FAMILY


@pytest.mark.parametrize("name", sorted(theme.tokens()))
def test_the_style_sheet_is_whole_in_every_theme(name: str):
    sheet = theme.style_sheet(theme.Theme(name, 1.25))
    assert "$" not in sheet
    assert "@" not in sheet
    assert "box_on.svg" in QDir(f":/controls/{name}").entryList()


def test_the_own_choice_wins_over_the_system(qapp: QApplication):
    chosen = theme.chosen(qapp, Settings(theme="contrast", text_size=150, less_motion=True))
    assert chosen == theme.Theme("contrast", 1.5, motion=False)


def test_system_follows_the_scheme_of_the_laptop(qapp: QApplication):
    hints = qapp.styleHints()
    told = []
    theme.follow_system(qapp, lambda: told.append(True))
    try:
        hints.setColorScheme(Qt.ColorScheme.Dark)
        followed = theme.chosen(qapp, Settings(theme="system")).name
        assert followed == ("dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light")
        assert bool(told) == (hints.colorScheme() == Qt.ColorScheme.Dark)
    finally:
        hints.unsetColorScheme()


def test_an_icon_has_the_colour_of_its_token():
    picture = theme.pixmap("circle", "danger", 24).toImage()
    painted = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert painted == {theme.current().colour("danger").name()}


def test_an_icon_that_does_not_exist_is_a_bug():
    with pytest.raises(FileNotFoundError):
        theme.icon("no-such-icon")
