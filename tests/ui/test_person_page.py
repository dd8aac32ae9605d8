"""One person's details: kept as they are typed, without a field for a BSN or a tax id."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.domain.people import Relation
from caseworker_app.services import cases, people
from tests.builders import NOW, a_case
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.one_file import button, press, shown
from ui import theme
from ui.context import App
from ui.forms.relation_form import RelationForm
from ui.page import Route
from ui.pages.person_page import PersonPage

LOOKS = [theme.Theme("light"), theme.Theme("contrast", 1.5), theme.Theme("dark", 2.0)]
LEAVE_OUT = "Please leave numbers like this out. They are not kept here."


class Visit:
    """The page as the coach has it in front of them, and where it wanted to go."""

    def __init__(self, app: App, showing: Showing, qtbot: QtBot, case=None) -> None:
        self.qtbot, self.app = qtbot, app
        self.page = PersonPage(app, case)
        self.page.resize(1052, 800)
        self.went: list[object] = []
        self.told: list[tuple[str, object]] = []
        self.page.went.connect(self.went.append)
        self.page.back.connect(lambda: self.went.append("back"))
        self.page.told.connect(lambda words, undo: self.told.append((words, undo)))
        self.page.refresh()
        showing(self.page)
        self.page.setFocus()
        qtbot.waitUntil(lambda: not app.background.busy())

    def field(self, name: str, inside: QWidget | None = None) -> QWidget:
        return next(
            one
            for kind in (QComboBox, QLineEdit, QPlainTextEdit)
            for one in (inside or self.page).findChildren(kind)
            if one.accessibleName() == name
        )

    def type(self, name: str, words: str, inside: QWidget | None = None) -> None:
        field = self.field(name, inside)
        field.setFocus()
        self.qtbot.keyClicks(field, words)

    def leave_field(self) -> None:
        self.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)

    def everybody(self) -> list[str]:
        return [line.name for line in people.lines(self.app.store, NOW)]


def test_leaving_the_first_name_makes_the_file(app, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    assert visit.field("First name").hasFocus()
    visit.type("First name", "Wim")
    assert visit.everybody() == []
    visit.leave_field()
    assert visit.everybody() == ["Wim"]
    case = people.lines(app.store, NOW)[0].case
    assert people.file(app.store, case).guide == ""  # the first file: no guide is usual yet
    words, undo = visit.told[-1]
    assert words == "There is now a file for \u2068Wim\u2069."
    undo()
    assert visit.everybody() == []
    assert visit.went == [Route("people")]


def test_everything_else_is_kept_when_typing_pauses(app, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    visit.type("First name", "Wim")
    visit.leave_field()
    visit.type("Family name", "Hoekstra")
    case = people.lines(app.store, NOW)[0].case
    assert people.person(app.store, case).family_name == ""
    qtbot.waitUntil(lambda: people.person(app.store, case).family_name == "Hoekstra", timeout=2000)
    assert "Wim Hoekstra" in shown(visit.page)


def test_all_fields_reach_the_store(app, showing, qtbot):
    case = a_case(app.store, "Wim Hoekstra", birth_date=None)
    visit = Visit(app, showing, qtbot, case)
    typed = {
        "Birth date": "1.3.1968",
        "Called": "Willem",
        "How we speak of this person": "he",
        "Phone": "06 12345678",
        "E-mail": "wim@example.org",
        "Street and number": "Bloemstraat 14",
        "Postcode": "1013 LX",
        "Town": "Oosterpark",
        "Language": "Dutch",
        "Interpreter": "none",
        "Good to know": "Hears less on the left",
    }
    for name, words in typed.items():
        visit.type(name, words)
    assert visit.page.leave()
    person = people.person(app.store, case)
    assert person.birth_date == date(1968, 3, 1)
    assert (person.called, person.pronoun, person.language) == ("Willem", "he", "nl")
    assert (person.phone, person.email) == ("06 12345678", "wim@example.org")
    assert (person.street, person.postcode, person.place) == (
        "Bloemstraat 14",
        "1013 LX",
        "Oosterpark",
    )
    assert (person.interpreter, person.good_to_know) == ("none", "Hears less on the left")


def test_a_language_and_a_way_to_speak_of_somebody_can_be_any_words(app, showing, qtbot):
    case = a_case(app.store, "Wim Hoekstra", language="tr", pronoun="hen")
    visit = Visit(app, showing, qtbot, case)
    assert visit.field("Language").currentText() == "Turkish"
    assert visit.field("How we speak of this person").currentText() == "hen"
    visit.field("Language").lineEdit().selectAll()
    visit.type("Language", "Tarifit")
    visit.page.leave()
    assert people.person(app.store, case).language == "Tarifit"


def test_a_page_that_was_left_empty_makes_no_file(app, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    visit.leave_field()
    assert visit.page.leave()
    press(qtbot, visit.page, "Done")
    assert visit.everybody() == []
    assert visit.went == ["back"]


def test_a_family_name_alone_is_not_lost(app, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    visit.type("Family name", "Hoekstra")
    press(qtbot, visit.page, "Done")
    assert visit.everybody() == ["Hoekstra"]
    assert visit.went == [Route("case", people.lines(app.store, NOW)[0].case)]


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Phone", "111222333"), ("Good to know", "BSN 123456782"), ("Called", "86095742719")],
)
def test_a_bsn_or_tax_id_is_asked_to_be_left_out_and_never_kept(app, showing, qtbot, name, typed):
    case = a_case(app.store, "Wim Hoekstra")
    before = people.person(app.store, case)
    visit = Visit(app, showing, qtbot, case)
    visit.type(name, typed)
    visit.type("Town", "Oosterpark")
    assert LEAVE_OUT in shown(visit.page)
    visit.page.leave()
    kept = people.person(app.store, case)
    assert kept.place == "Oosterpark"
    assert (kept.phone, kept.good_to_know, kept.called) == (
        before.phone,
        before.good_to_know,
        before.called,
    )
    field = visit.field(name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "none")
    visit.leave_field()
    assert LEAVE_OUT not in shown(visit.page)


def test_somebody_who_may_have_a_file_already_is_shown_and_opened(app, showing, qtbot):
    there = a_case(app.store, "Wim Hoekstra", birth_date=date(1968, 3, 1))
    visit = Visit(app, showing, qtbot)
    visit.type("First name", "Wim")
    visit.leave_field()
    assert "There may already be a file" not in shown(visit.page)
    visit.type("Family name", "Hoeksra")
    visit.type("Birth date", "1.3.1968")
    assert "There may already be a file: \u2068Wim Hoekstra\u2069" in shown(visit.page)
    assert "born on March 1, 1968" in shown(visit.page)
    press(qtbot, visit.page, "Open it")
    assert visit.went == [Route("case", there)]
    assert visit.everybody() == ["Wim Hoekstra"]
    visit.told[-1][1]()
    assert len(visit.everybody()) == 2


def test_another_birth_date_is_another_person(app, showing, qtbot):
    a_case(app.store, "Wim Hoekstra", birth_date=date(1968, 3, 1))
    visit = Visit(app, showing, qtbot)
    visit.type("First name", "Wim")
    visit.type("Birth date", "2.4.1990")
    visit.type("Family name", "Hoekstra")
    assert "There may already be a file" not in shown(visit.page)


def test_household_and_network_are_kept_and_taken_out_with_undo(app, showing, qtbot):
    case = a_case(app.store, "Wim Hoekstra")
    visit = Visit(app, showing, qtbot, case)
    press(qtbot, visit.page, "Add somebody")
    form = visit.page.findChild(RelationForm)
    visit.type("Name", "Anouk", form)
    visit.type("Who this is", "daughter", form)
    press(qtbot, form, "Trusted person")
    qtbot.waitUntil(lambda: len(cases.view(app.store, case).relations) == 1, timeout=2000)
    visit.page.leave()
    anouk = cases.view(app.store, case).relations[0]
    assert (anouk.name, anouk.role, anouk.trusted, anouk.lives_here) == (
        "Anouk",
        "daughter",
        True,
        False,
    )
    press(qtbot, form, "Take \u2068Anouk\u2069 out")
    assert cases.view(app.store, case).relations == ()
    words, undo = visit.told[-1]
    assert words == "\u2068Anouk\u2069 taken out."
    undo()
    assert cases.view(app.store, case).relations == (anouk,)


def test_an_empty_row_that_was_added_leaves_nothing_behind(app, showing, qtbot):
    case = a_case(app.store, "Wim Hoekstra")
    visit = Visit(app, showing, qtbot, case)
    press(qtbot, visit.page, "Add somebody")
    visit.page.leave()
    assert cases.view(app.store, case).relations == ()
    press(qtbot, visit.page, "Take out")
    assert visit.told == []


def test_nobody_can_be_added_before_there_is_a_name(app, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    press(qtbot, visit.page, "Add somebody")
    assert "Please begin with the first name." in shown(visit.page)
    assert visit.field("First name").hasFocus()


def test_what_is_not_in_the_form_stays_as_it_was(app, showing, qtbot):
    case = a_case(app.store, "Wim Hoekstra", birth_date=date(1968, 3, 1))
    visit = Visit(app, showing, qtbot, case)
    before = people.person(app.store, case)
    field = visit.field("Birth date")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "31.2.")
    visit.leave_field()
    visit.page.leave()
    assert people.person(app.store, case) == before


def test_a_full_disk_is_said_on_the_page_and_the_text_stays(app, showing, qtbot):
    case = a_case(app.store, "Wim Hoekstra")
    visit = Visit(app, showing, qtbot, case)
    with app.store.reading() as reading:
        pages = reading.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        reading.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    visit.field("Good to know").setPlainText("Hears less on the left. " * 4000)
    assert not visit.page.leave()
    assert "the disk is full" in shown(visit.page)
    assert visit.field("Good to know").toPlainText().startswith("Hears less")
    with app.store.reading() as reading:
        reading.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert visit.page.leave()
    assert "the disk is full" not in shown(visit.page)
    assert people.person(app.store, case).good_to_know.startswith("Hears less")


@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=lambda look: f"{look.name}-{look.scale}")
def test_everything_on_the_page_has_a_name_a_size_and_a_tab_stop(app, showing, qtbot):
    case = a_case(app.store, "Wim Hoekstra")
    anouk = Relation(id=app.store.new_id(), case=case, name="Anouk Hoekstra")
    people.save_relation(app.store, anouk, None, NOW)
    visit = Visit(app, showing, qtbot, case)
    qtbot.waitUntil(lambda: problems(visit.page) == [], timeout=2000)
    assert button(visit.page, "Done").isVisible()


def test_how_to_speak_with_somebody_is_kept_at_once(app, showing, qtbot):
    case = a_case(app.store, "Wim Hoekstra")
    visit = Visit(app, showing, qtbot, case)
    for choice in ("Informal", "With faces"):
        press(qtbot, visit.page, choice)
    qtbot.keyClick(button(visit.page, "Plain words"), Qt.Key.Key_Space)
    visit.type("Better to avoid", "His brother")
    visit.leave_field()
    kept = people.person(app.store, case)
    assert (kept.informal, kept.faces, kept.plain) == (True, True, True)
    assert kept.avoid == "His brother"
    press(qtbot, visit.page, "Formal")
    press(qtbot, visit.page, "With numbers")
    kept = people.person(app.store, case)
    assert (kept.informal, kept.faces, kept.plain) == (False, False, True)
    again = Visit(app, showing, qtbot, case)
    assert button(again.page, "Plain words").isChecked()
    assert button(again.page, "Formal").isChecked()


def test_how_one_person_is_spoken_to_is_not_left_for_the_next(app, showing, qtbot):
    first, second = (
        a_case(app.store, "Wim", informal=True, faces=True, plain=True),
        a_case(app.store),
    )
    Visit(app, showing, qtbot, first)
    visit = Visit(app, showing, qtbot, second)
    assert button(visit.page, "Formal").isChecked()
    assert not button(visit.page, "Plain words").isChecked()
