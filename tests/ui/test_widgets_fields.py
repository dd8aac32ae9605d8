"""Fields: what is typed is what they hold; problems come on leaving, in words, with a proposal."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCalendarWidget, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app import i18n
from tests.ui.conftest import Showing
from ui.widgets.dates import DateField, read_date
from ui.widgets.field import Field
from ui.widgets.fields import CheckField, ChoiceField, LineField, LongField
from ui.widgets.passwords import PasswordField
from ui.widgets.search import SearchField

TODAY = date(2026, 11, 23)


def page_with(showing: Showing, *fields: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    for field in fields:
        layout.addWidget(field)
    page.resize(600, 500)
    return showing(page)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("23.11.2026", date(2026, 11, 23)),
        ("1-12-2026", date(2026, 12, 1)),
        ("1/12/26", date(2026, 12, 1)),
        ("1. 12. 1961", date(1961, 12, 1)),
        ("1.12.61", date(1961, 12, 1)),
        ("2026-12-01", date(2026, 12, 1)),
        ("24.11.", date(2026, 11, 24)),
        ("22-11", date(2027, 11, 22)),
        ("23.11", date(2026, 11, 23)),
        ("31.02.2026", None),
        ("next week", None),
        ("", None),
        ("1.13.2026", None),
    ],
)
def test_a_date_is_read_as_people_write_it(written: str, meant: date | None):
    assert read_date(written, TODAY) == meant


@given(some.dates(date(1927, 1, 1), date(2046, 12, 31)), some.sampled_from(["de", "nl"]))
def test_every_date_that_we_write_can_be_read_again(day: date, language: str):
    written = {"de": f"{day:%d.%m.%Y}", "nl": f"{day:%d-%m-%Y}"}[language]
    assert read_date(written, TODAY) == day


def test_a_field_names_its_control_and_tells_of_typing(showing: Showing, qtbot: QtBot):
    field = LineField("Name", hint="As on the plan.")
    page_with(showing, field)
    assert field.control.accessibleName() == "Name"
    assert field.control.accessibleDescription() == "As on the plan."
    with qtbot.waitSignal(field.changed):
        qtbot.keyClicks(field.control, " Wim ")
    assert field.value() == "Wim"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (lambda: LineField("x"), "Wim"),
        (lambda: LongField("x"), "one\ntwo"),
        (lambda: ChoiceField("x", [(1, "one"), (2, "two")]), 2),
        (lambda: CheckField("x"), True),
        (lambda: DateField("x", TODAY), TODAY),
        (lambda: PasswordField("x"), " a b "),
    ],
    ids=["line", "long", "choice", "check", "date", "password"],
)
def test_showing_a_value_is_no_change_by_the_person(field, value, qtbot: QtBot):
    made: Field = field()
    qtbot.addWidget(made)
    told = []
    made.changed.connect(lambda: told.append(1))
    made.set_value(value)
    assert made.value() == value
    assert told == []


def test_a_problem_is_shown_in_words_and_taken_away(showing: Showing):
    field = LineField("Name", hint="As on the plan.")
    page_with(showing, field)
    field.set_problem("A name is needed.")
    assert field.problem() == "A name is needed."
    assert field.control.property("problem") is True
    assert "A name is needed." in field.control.accessibleDescription()
    field.set_problem("")
    assert field.problem() == ""
    assert field.control.accessibleDescription() == "As on the plan."


def test_an_impossible_day_is_answered_on_leaving_not_while_typing(showing: Showing, qtbot: QtBot):
    field, other = DateField("When?", TODAY), LineField("Next")
    page_with(showing, field, other)
    field.control.setFocus()
    qtbot.keyClicks(field.control, "31.2.2027")
    assert field.problem() == ""
    with qtbot.waitSignal(field.left):
        other.control.setFocus()
    assert field.problem() == "This day does not exist. Did you mean February 28, 2027?"
    assert field.value() is None


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("soon", "Please write a day like 2026-11-23."),
        ("1.1.2026", "Please choose a day from November 23, 2026 on."),
        ("1.1.2030", "Please choose a day up to December 31, 2027."),
        ("", ""),
    ],
)
def test_what_is_no_allowed_day_gets_a_proposal(
    written: str, problem: str, showing: Showing, qtbot: QtBot
):
    field = DateField("When?", TODAY, first=TODAY, last=date(2027, 12, 31))
    other = LineField("Next")
    page_with(showing, field, other)
    field.control.setFocus()
    qtbot.keyClicks(field.control, written)
    other.control.setFocus()
    assert field.problem() == problem
    assert field.value() is None


def test_a_day_without_a_year_is_written_out_on_leaving(showing: Showing, qtbot: QtBot):
    i18n.use("en")
    field, other = DateField("When?", TODAY), LineField("Next")
    page_with(showing, field, other)
    field.control.setFocus()
    qtbot.keyClicks(field.control, "1-12")
    other.control.setFocus()
    assert field.control.text() == "2026-12-01"
    assert field.value() == date(2026, 12, 1)


def test_what_the_field_wrote_itself_stays_the_same_day(showing: Showing):
    field, other = DateField("When?", TODAY), LineField("Next")
    page_with(showing, field, other)
    field.set_value(date(2026, 12, 1))
    field.control.setFocus()
    other.control.setFocus()
    assert field.value() == date(2026, 12, 1)
    assert field.problem() == ""


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_the_calendar_opens_with_the_keyboard_and_enter_picks(showing: Showing, qtbot: QtBot):
    field = DateField("When?", TODAY)
    page_with(showing, field)
    field.control.setFocus()
    qtbot.keyClick(field.control, Qt.Key.Key_Down)
    (month,) = field.findChildren(QCalendarWidget)
    assert month.selectedDate() == QDate(2026, 11, 23)
    inner = month.findChild(QWidget, "qt_calendar_calendarview")
    qtbot.keyClick(inner, Qt.Key.Key_Right)
    with qtbot.waitSignal(field.changed):
        qtbot.keyClick(inner, Qt.Key.Key_Return)
    assert field.value() == date(2026, 11, 24)
    qtbot.waitUntil(lambda: not field.findChildren(QCalendarWidget))


def test_a_long_text_grows_and_tab_goes_on(showing: Showing, qtbot: QtBot):
    field, other = LongField("Story"), LineField("Next")
    page_with(showing, field, other)
    before = field.control.height()
    field.control.setFocus()
    for _line in range(8):
        qtbot.keyClicks(field.control, "line")
        qtbot.keyClick(field.control, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: field.control.height() > before)
    qtbot.keyClick(field.control, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is other.control


def test_the_eye_shows_the_passphrase_and_hides_it(showing: Showing, qtbot: QtBot):
    field = PasswordField("Passphrase")
    page_with(showing, field)
    qtbot.keyClicks(field.control, "four words")
    assert "four" not in field.control.displayText()
    (eye,) = field.findChildren(QToolButton)
    assert eye.accessibleName() == "Show what is written"
    qtbot.keyClick(eye, Qt.Key.Key_Return)
    assert field.control.displayText() == "four words"
    assert eye.accessibleName() == "Hide what is written"
    field.set_value("")
    assert eye.accessibleName() == "Show what is written"


def test_a_capital_without_shift_means_caps_lock(showing: Showing, qtbot: QtBot):
    field = PasswordField("Passphrase")
    page_with(showing, field)
    qtbot.keyClick(field.control, "A", Qt.KeyboardModifier.ShiftModifier)
    assert not field._caps.isVisible()
    qtbot.keyClick(field.control, "A")
    assert field._caps.isVisible()
    qtbot.keyClick(field.control, "a")
    assert not field._caps.isVisible()


def test_enter_in_a_passphrase_is_told(showing: Showing, qtbot: QtBot):
    field = PasswordField("Passphrase")
    page_with(showing, field)
    with qtbot.waitSignal(field.entered):
        qtbot.keyClick(field.control, Qt.Key.Key_Return)


def test_search_tells_of_every_key_and_escape_empties_it(showing: Showing, qtbot: QtBot):
    field = SearchField("Find a person", keys="Ctrl K")
    page_with(showing, field)
    seen = []
    field.changed.connect(lambda: seen.append(field.value()))
    qtbot.keyClicks(field, "mul")
    assert seen == ["m", "mu", "mul"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.value() == ""
    with qtbot.waitSignal(field.down):
        qtbot.keyClick(field, Qt.Key.Key_Down)


def test_the_mouse_wheel_changes_no_choice(showing: Showing):
    field = ChoiceField("Language", [("de", "Deutsch"), ("nl", "Nederlands")])
    page_with(showing, field)
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field.control, turn)
    assert field.value() == "de"
