"""What is shown: words, voices, lists."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from caseworker_app import i18n
from caseworker_app.domain.talk import Voice
from tests.ui.conftest import Showing
from ui import theme
from ui.widgets.boxes import Banner, VoiceBox
from ui.widgets.buttons import Switch, button
from ui.widgets.drawings import initials
from ui.widgets.layout import ScrollPage, clear, column, flow
from ui.widgets.rows import RowList, RowValue
from ui.widgets.text import Elided, Text
from ui.widgets.tracks import BeforeAfter

LEFT = Qt.MouseButton.LeftButton
ROWS = [
    RowValue(1, "Sabine Müller", "born 1988", "Try-out day", "talked 3 weeks ago"),
    RowValue(2, "Reza Ahmadi", "born 1990"),
]


def inked_columns(widget: QWidget, colour: QColor) -> list[int]:
    """The columns in which a widget shows exactly this colour."""
    picture: QImage = widget.grab().toImage()
    return [
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y) == colour for y in range(picture.height()))
    ]


def test_words_wrap_where_there_is_no_room_and_never_are_markup(qtbot: QtBot):
    text = Text("<b>Das ist mir wichtig</b> und bleibt stehen, wie es dasteht")
    qtbot.addWidget(text)
    assert text.heightForWidth(600) == 23
    assert text.heightForWidth(160) > 2 * 23
    assert text.text().startswith("<b>")


def test_one_very_long_word_is_broken_rather_than_cut(qtbot: QtBot):
    text = Text("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz")
    qtbot.addWidget(text)
    assert text.heightForWidth(200) > 23
    assert text.minimumSizeHint().width() <= 200


def test_a_persian_sentence_runs_from_the_right(showing: Showing):
    text = Text("سلام")
    text.resize(400, 30)
    showing(text)
    inked = inked_columns(text, theme.current().colour("text"))
    assert inked
    assert min(inked) > 200


def test_a_mark_is_painted_behind_the_words_it_names(showing: Showing):
    text = Text("Sabine Müller", "h3", marks=((7, 6),))
    text.resize(300, 30)
    showing(text)
    marked = inked_columns(text, theme.current().colour("mark"))
    assert marked
    assert min(marked) > 40


def test_a_name_without_room_ends_in_dots_and_is_whole_in_the_tooltip(showing: Showing):
    name = Elided("Anna-Lena von der Recke-Hohenstein")
    name.resize(90, 23)
    showing(name)
    assert name.toolTip() == "Anna-Lena von der Recke-Hohenstein"
    name.resize(600, 23)
    assert name.toolTip() == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Wim Hoekstra", "WH"),
        ("Anna-Lena von der Recke-Hohenstein", "AH"),
        ("Miriam", "M"),
        ("  ", ""),
        ("", ""),
    ],
)
def test_initials_are_of_the_first_and_the_last_name(name: str, letters: str):
    assert initials(name) == letters


def test_own_words_stand_in_quotation_marks_and_the_coachs_do_not(qtbot: QtBot):
    i18n.use("en")
    said = VoiceBox(Voice.PARTICIPANT, "I want to work outside.", "Tobias")
    seen = VoiceBox(Voice.COACH, "Glows when he talks of it.", "Miriam")
    qtbot.addWidget(said)
    qtbot.addWidget(seen)
    assert said.words() == "“I want to work outside.”"
    assert seen.words() == "Glows when he talks of it."


def test_whoever_sits_at_the_table_looks_different_from_others_even_without_colour(
    showing: Showing,
):
    page = QWidget()
    boxes = [VoiceBox(voice, "words", "who") for voice in Voice]
    page.setLayout(column(*boxes))
    showing(page)
    grey = []
    for box in boxes:
        picture = box.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        middle = picture.height() // 2
        bar = picture.pixelColor(1, middle).value()
        ground = picture.pixelColor(picture.width() - 30, picture.height() - 4).value()
        grey.append(bar < ground - 60)
    assert grey == [True, True, False, False]


def test_the_button_of_a_banner_is_told(showing: Showing, qtbot: QtBot):
    banner = Banner("warn", "Both changed it", "Nothing is lost.", "Look")
    showing(banner)
    with qtbot.waitSignal(banner.pressed):
        qtbot.mouseClick(banner.findChild(QPushButton), LEFT)


def test_enter_presses_a_button_like_space(showing: Showing, qtbot: QtBot):
    pressed = []
    made = button("Go", slot=lambda: pressed.append(1))
    showing(made)
    qtbot.keyClick(made, Qt.Key.Key_Return)
    qtbot.keyClick(made, Qt.Key.Key_Space)
    assert pressed == [1, 1]


def test_a_switch_takes_effect_at_once(showing: Showing, qtbot: QtBot):
    switch = Switch("Less motion")
    showing(switch)
    with qtbot.waitSignal(switch.switched) as told:
        qtbot.keyClick(switch._knob, Qt.Key.Key_Space)
    assert told.args == [True]
    assert switch.is_on()


def test_a_track_says_then_and_now_or_why_there_is_nothing(qtbot: QtBot):
    for track, name in (
        (BeforeAfter("Work", 7, 5), "Work, 7 of 10, before 5"),
        (BeforeAfter("Work", 7), "Work, 7 of 10"),
        (BeforeAfter("Work", None, missing="not asked"), "Work: not asked"),
    ):
        qtbot.addWidget(track)
        assert track.accessibleName() == name


def test_a_wrapping_row_takes_more_height_where_it_is_narrow(showing: Showing):
    row = flow(*(button(f"Button number {number}") for number in range(6)))
    row.resize(900, 200)
    showing(row)
    layout = row.layout()
    assert layout
    assert layout.heightForWidth(200) > layout.heightForWidth(900)
    tops = {one.y() for one in row.findChildren(QPushButton)}
    row.resize(220, 500)
    QApplication.processEvents()
    assert len({one.y() for one in row.findChildren(QPushButton)}) > len(tops)


def test_clearing_a_layout_leaves_nothing_behind(showing: Showing, qtbot: QtBot):
    page = QWidget()
    body = column(Text("one"), column(Text("two")))
    page.setLayout(body)
    showing(page)
    clear(body)
    qtbot.waitUntil(lambda: not page.findChildren(Text))
    assert body.count() == 0


def test_a_page_keeps_its_lines_short_on_a_wide_screen(showing: Showing):
    page = ScrollPage(max_width=600)
    page.resize(1900, 500)
    inner = Text("words")
    page.add(inner, None)
    showing(page)
    assert inner.width() <= 600


@pytest.fixture
def people(showing: Showing) -> RowList:
    made = RowList("People")
    made.resize(600, 300)
    made.show_rows(ROWS)
    showing(made)
    return made


def test_one_click_selects_and_enter_opens(people: RowList, qtbot: QtBot):
    opened: list[object] = []
    people.opened.connect(opened.append)
    with qtbot.waitSignal(people.selected) as told:
        qtbot.mouseClick(people.viewport(), LEFT, pos=QPoint(200, 100))
    assert told.args == [2]
    assert opened == []
    qtbot.keyClick(people, Qt.Key.Key_Return)
    assert opened == [2]


def test_a_double_click_opens(people: RowList, qtbot: QtBot):
    place = QPoint(200, 30)
    with qtbot.waitSignal(people.opened) as told:
        qtbot.mouseClick(people.viewport(), LEFT, pos=place)
        qtbot.mouseDClick(people.viewport(), LEFT, pos=place)
    assert told.args == [1]


def test_the_selection_survives_new_rows(people: RowList):
    people.select(2)
    people.show_rows([RowValue(3, "New"), *reversed(ROWS)])
    assert people.selected_id() == 2
    people.show_rows(ROWS[:1])
    assert people.selected_id() is None
    people.select_next()
    assert people.selected_id() == 1


def test_a_row_is_spoken_whole(people: RowList):
    index = people.model().index(0, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Sabine Müller, born 1988, Try-out day, talked 3 weeks ago"
