"""The picture on the screen: the very shapes of the paper, chosen by mouse and keys, or a table."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from caseworker_app import i18n
from caseworker_app.domain.drawing import Drawing, drawing
from caseworker_app.domain.picture import Order, Picture
from caseworker_app.domain.picture_words import picture_words, spoken
from caseworker_app.domain.plan import TextSize
from caseworker_app.domain.shapes import Circle, Polygon, Role, Shape
from caseworker_app.domain.talk import HelpWanted, Missing
from caseworker_app.printing import life_picture as paper
from caseworker_app.printing.footer import Footer, print_sheet
from caseworker_app.printing.look import PERSON, look
from caseworker_app.printing.metadata import About
from caseworker_app.printing.sheet import Sheet
from tests.pictures import FACE_SCALE, TODAY, a_picture, a_row
from tests.ui.accessibility import problems
from tests.ui.one_file import press, shown
from ui import theme
from ui.forms.life_view import LifeView
from ui.widgets import drawn_shapes
from ui.widgets.layout import stand_on
from ui.widgets.life_picture import LifePicture

WIDTH = 604


def words_of(picture: Picture):
    texts = i18n.texts()
    return picture_words(picture, texts, texts.language, texts.day)


def with_picture(widget: LifePicture, picture: Picture) -> LifePicture:
    texts = i18n.texts()
    said = {row.domain: spoken(row, texts, texts.day) for row in picture.rows}
    widget.show_picture(picture, words_of(picture), said)
    return widget


def many() -> Picture:
    return a_picture(
        a_row("L01", 6, before=5, importance=5, named_well=True),
        a_row("L04", 7, before=4, importance=7),
        a_row("L06", 3, before=6, importance=9),
        a_row("L10", 2, before=4, importance=5, scale=FACE_SCALE),
        a_row("L12", None, missing=Missing.NOT_SAID),
    )


# --- the same on the screen and on paper -------------------------------------------------------


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Shape]]:
    """What each of the two painters was given, shape by shape; both go on painting."""
    seen: dict[str, list[Shape]] = {"screen": [], "paper": []}

    def watch(module, name: str) -> None:
        for kind, paint in list(module._PAINT.items()):

            def note(where, shape, paint=paint) -> None:
                seen[name].append(shape)
                paint(where, shape)

            monkeypatch.setitem(module._PAINT, kind, note)

    watch(drawn_shapes, "screen")
    watch(paper, "paper")
    return seen


def made() -> Drawing:
    return drawing(many(), words_of(many()), float(WIDTH))


def print_it(sheet: Sheet) -> bytes:
    sheet.add(sheet.heading("Bild", sheet.look.title, 1))
    sheet.add(paper.figure(sheet, made(), "Bild"))
    about = About("Bild", "Miriam Falk", "Bild", "de", date(2026, 11, 23))
    return print_sheet(sheet, about, Footer(("", ""), "", "{page}/{pages}"))


@pytest.mark.parametrize("size", TextSize)
def test_screen_and_paper_paint_the_very_same_shapes(showing, painted, size):
    print_it(Sheet(look(size)))
    widget = with_picture(LifePicture("Bild"), many())
    widget.resize(WIDTH, widget.heightForWidth(WIDTH))
    showing(widget)
    painted["screen"].clear()
    widget.grab()
    assert painted["screen"] == painted["paper"] == list(made().shapes)


def test_the_marks_lie_at_the_same_places_in_both(qapp):
    dots = [
        one
        for one in made().shapes
        if isinstance(one, Circle) and one.radius > 5 and one.role in (Role.NOW, Role.LAST)
    ]
    assert len(dots) == 8 + 2  # those of the legend too
    screen, printed = on_screen(pixels=2), on_paper(pixels=2)
    for dot in dots:
        beside_the_eyes = (dot.centre[0] - dot.radius * 0.65, dot.centre[1])
        for image in (screen, printed):
            is_green = alike(image.at(*beside_the_eyes), QColor(PERSON))
            assert is_green is (dot.role is Role.NOW)


def test_the_marks_are_told_apart_in_grey(qapp):
    printed = on_paper(pixels=3)
    row = next(row for row in made().rows if row.domain == "L06")
    [now] = [one for one in row.shapes if one.role is Role.NOW]
    [last] = [one for one in row.shapes if one.role is Role.LAST]
    [diamond] = [one for one in row.shapes if isinstance(one, Polygon)]
    middle = (diamond.corners[0][0], diamond.corners[1][1])
    assert printed.grey(*now.centre) < 120
    assert printed.grey(*last.centre) > 240
    assert printed.grey(*middle) > 240
    assert printed.grey(*diamond.corners[0]) < 120


class Taken:
    """A picture that was taken of a drawing, asked by the drawing's own points."""

    def __init__(self, image: QImage, left: float, top: float, unit: float) -> None:
        self._image, self._left, self._top, self._unit = image, left, top, unit

    def at(self, x: float, y: float) -> QColor:
        place = QPointF(self._left + x * self._unit, self._top + y * self._unit)
        return self._image.pixelColor(place.toPoint())

    def grey(self, x: float, y: float) -> int:
        red, green, blue, _ = self.at(x, y).getRgb()
        return round(0.3 * red + 0.59 * green + 0.11 * blue)


def on_screen(pixels: int) -> Taken:
    """The widget at a text size that makes each point so many pixels."""
    app = QApplication.instance()
    theme.apply(app, theme.Theme(scale=pixels, motion=False))
    widget = with_picture(LifePicture("Bild"), many())
    stand_on(widget, "surface")
    widget.resize(WIDTH * pixels, widget.heightForWidth(WIDTH * pixels))
    image = widget.grab().toImage()
    theme.apply(app, theme.Theme(motion=False))
    return Taken(image, 0, 0, pixels)


def on_paper(pixels: int) -> Taken:
    """The printed page, so many pixels to a point of the page."""
    sheet = Sheet(look(TextSize.NORMAL))
    buffer = QBuffer()
    buffer.setData(print_it(sheet))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    points = document.pagePointSize(0)
    size = QSize(round(points.width() * pixels), round(points.height() * pixels))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.drawImage(QPointF(0, 0), document.render(0, size))
    painter.end()
    style = sheet.look
    top = (style.margin * 0.9 + style.title.leading) * pixels
    return Taken(image, style.margin * pixels, top, style.width / WIDTH * pixels)


def alike(one: QColor, other: QColor) -> bool:
    pairs = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)
    return all(abs(a - b) < 40 for a, b in pairs)


# --- choosing a row ----------------------------------------------------------------------------


@pytest.fixture
def widget(showing) -> LifePicture:
    made = with_picture(LifePicture("How Tobias sees it"), many())
    made.resize(700, made.heightForWidth(700))
    showing(made)
    return made


def middle_of(widget: LifePicture, domain: str) -> QPoint:
    row = next(row for row in widget.drawn().rows if row.domain == domain)
    return QPoint(60, round((row.top + row.bottom) / 2))


def test_a_click_chooses_the_row_under_it(widget, qtbot):
    chosen, opened = [], []
    widget.chosen.connect(chosen.append)
    widget.opened.connect(lambda: opened.append(True))
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=middle_of(widget, "L06"))
    assert (chosen, opened) == (["L06"], [True])
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(60, 2))
    assert chosen == ["L06"]  # the legend is no row


def test_arrows_go_from_row_to_row_and_stop_at_the_ends(widget, qtbot):
    chosen = []
    widget.chosen.connect(chosen.append)
    widget.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Down):
        qtbot.keyClick(widget, key)
    assert chosen == ["L01", "L04", "L12"]
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_Up):
        qtbot.keyClick(widget, key)
    assert chosen[3:] == ["L10", "L01"]


def test_pointing_and_choosing_show_in_the_row_itself(widget, qtbot):
    plain = widget.grab().toImage()
    qtbot.mouseMove(widget, middle_of(widget, "L04"))
    pointed = widget.grab().toImage()
    assert pointed != plain
    widget.choose("L04")
    assert widget.grab().toImage() not in (plain, pointed)


def test_a_screen_reader_is_told_the_chosen_row_in_words(widget):
    widget.choose("L06")
    spoken_row = QAccessible.queryAccessibleInterface(widget)
    assert spoken_row.text(QAccessible.Text.Name) == "How Tobias sees it"
    assert spoken_row.text(QAccessible.Text.Description) == (
        "Satisfied: 3 of 10; Last time: 6 (March 12, 2026); Important: 9 of 10"
    )


def test_a_narrow_picture_is_higher(widget):
    assert widget.heightForWidth(320) > widget.heightForWidth(700)
    assert widget.drawn().height <= widget.height()


@pytest.mark.parametrize(
    "look",
    [theme.Theme(name, motion=False) for name in ("light", "dark", "contrast", "light_turned")],
    indirect=True,
)
def test_every_look_has_the_colours_of_the_picture(widget):
    image = widget.grab().toImage()
    now = next(one for one in widget.drawn().rows[2].shapes if one.role is Role.NOW)
    place = QPointF(*now.centre).toPoint()
    assert image.pixelColor(place) == theme.current().colour("person")


# --- the view with its table -------------------------------------------------------------------


@pytest.fixture
def view(showing) -> LifeView:
    made = LifeView("Tobias", "en", TODAY.date())
    made.show_picture(many(), "L01")
    made.resize(700, 900)
    showing(made)
    return made


def cells(table) -> list[list[str]]:
    """The table as a screen reader walks through it, its heads first."""
    read = QAccessible.queryAccessibleInterface(table)
    assert read.role() is QAccessible.Role.Table
    children = [read.child(i) for i in range(read.childCount())]
    roles = (QAccessible.Role.ColumnHeader, QAccessible.Role.Cell)
    texts = [one.text(QAccessible.Text.Name) for one in children if one.role() in roles]
    width = table.model().columnCount()
    return [texts[i : i + width] for i in range(0, len(texts), width)]


def test_the_table_says_what_the_picture_shows(view, qtbot):
    press(qtbot, view, "Table")
    assert not view.picture.isVisible()
    head, *rows = cells(view.satisfaction)
    assert head[0] == "Part of life"
    assert head[-1] == "Strength"
    by_name = {row[0]: row[1:] for row in rows}
    assert by_name["Getting around"] == ["3 of 10", "6", "9 of 10", ""]
    assert by_name["Family, partner and children"][0] == "2 of 5"
    assert by_name["Addiction and habits"] == ["would rather not say", "", "", ""]
    assert by_name["Everyday life and daily rhythm"][-1] == "something goes well"


def test_what_holds_for_all_rows_is_said_once_at_the_head(view, qtbot):
    view.show_picture(a_picture(), "L01")
    press(qtbot, view, "Table")
    head, first, *_rows = cells(view.satisfaction)
    assert head[1:3] == ["Satisfied (of 10)", "Last time (March 12)"]
    assert first == ["Everyday life and daily rhythm", "6", "5", "5", "something goes well"]


def test_the_second_table_is_there_only_if_something_is_wished(view, qtbot):
    press(qtbot, view, "Table")
    assert not view.wishes.isVisible()
    wished = a_picture(a_row("L06", 3, help_wanted=HelpWanted.SOME), a_row("L01", 5))
    view.show_picture(wished, "L06")
    assert view.wishes.isVisible()
    assert [row[0] for row in cells(view.wishes)[1:]] == ["Getting around"]


def test_a_row_chosen_in_one_is_chosen_in_all(view, qtbot):
    chosen = []
    view.chosen.connect(chosen.append)
    press(qtbot, view, "Table")
    view.satisfaction.setFocus()
    qtbot.keyClick(view.satisfaction, Qt.Key.Key_Down)
    assert chosen == ["L04"]
    assert view.picture.domain() == "L04"
    view.choose("L12")
    assert chosen == ["L04"]
    assert view.satisfaction.currentIndex().row() == 4


def test_the_rows_can_be_ordered(view, qtbot):
    view.order.control.setFocus()
    qtbot.keyClick(view.order.control, Qt.Key.Key_Down)
    assert view.order.value() is Order.DISTANCE
    assert [row.domain for row in view.picture.drawn().rows][:2] == ["L06", "L04"]
    qtbot.keyClick(view.order.control, Qt.Key.Key_Down)
    assert [row.domain for row in view.picture.drawn().rows][:2] == ["L04", "L06"]
    assert view.picture.domain() == "L01"


def test_the_first_time_there_is_nothing_to_compare_with(view):
    assert "No earlier conversation yet." not in shown(view)
    view.show_picture(a_picture(a_row("L01", 5), a_row("L06", 3)), "L01")
    assert "No earlier conversation yet." in shown(view)
    assert not [one for one in view.picture.drawn().shapes if one.role is Role.LAST]


def test_tables_are_as_high_as_their_rows(view, qtbot):
    press(qtbot, view, "Table")
    QApplication.processEvents()
    table = view.satisfaction
    assert table.verticalScrollBar().maximum() == 0
    last = table.visualRect(table.model().index(table.model().rowCount() - 1, 0))
    assert last.bottom() <= table.viewport().height()


@pytest.mark.parametrize("form", ["Picture", "Table"])
@pytest.mark.parametrize("width", [700, 340])
def test_everything_has_a_name_and_can_be_reached(view, qtbot, form, width):
    view.resize(width, 900)
    press(qtbot, view, form)
    assert problems(view) == []
