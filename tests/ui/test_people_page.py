"""Everybody the coach works with, found while typing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caseworker_app.domain.people import Relation
from caseworker_app.domain.talk import TalkStatus
from caseworker_app.services import goals, people, talks
from tests.builders import NOW, a_case, a_talk, say
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.one_file import button, press, shown
from ui import theme
from ui.context import App
from ui.page import Route
from ui.pages.people_page import PeoplePage
from ui.widgets.people_preview import Preview
from ui.widgets.people_rows import WholeRows
from ui.widgets.rows import RowValue
from ui.widgets.search import SearchField

LOOKS = [theme.Theme("light"), theme.Theme("contrast", 1.5), theme.Theme("dark", 2.0)]


@pytest.fixture
def four(app: App) -> dict[str, UUID]:
    """Four people, each with something else to be found by."""
    store = app.store
    sabine = a_case(store, "Sabine Müller", birth_date=date(1988, 2, 1), place="Bünde")
    karl = a_case(store, "Karl-Heinz Mueller", phone="+49 5223 4711")
    janne = a_case(store, "Janne Möller", birth_date=date(2003, 7, 9))
    tobias = a_case(store, "Tobias Brandt")
    petra = Relation(id=store.new_id(), case=tobias, name="Petra Müller", trusted=True)
    people.save_relation(store, petra, None, NOW)
    talk = a_talk(store, sabine, NOW - timedelta(days=21))
    say(store, talk, "In der Küche war ich richtig.", now=NOW - timedelta(days=21))
    talks.finish(store, talk, NOW - timedelta(days=21))
    talks.plan_talk(store, tobias, NOW + timedelta(hours=1), "zu Hause", NOW)
    goal = goals.add_goal(store, karl, "Wieder arbeiten", "L04", NOW)
    step = goals.add_step(store, goal, NOW)
    due = replace(step, what="Antrag abgeben", who="Karl", due=date(2026, 12, 4))
    goals.save_step(store, due, step, NOW)
    long_ago = a_talk(store, janne, NOW - timedelta(days=400))
    talks.finish(store, long_ago, NOW - timedelta(days=400))
    return {"sabine": sabine, "karl": karl, "janne": janne, "tobias": tobias}


class Visit:
    """The page as the coach has it in front of them, and where it wanted to go."""

    def __init__(self, app: App, showing: Showing, qtbot: QtBot, width: int = 1280) -> None:
        self.qtbot, self.app = qtbot, app
        self.page = PeoplePage(app)
        self.page.resize(width, 800)
        self.went: list[Route] = []
        self.told: list[tuple[str, object]] = []
        self.page.went.connect(self.went.append)
        self.page.told.connect(lambda words, undo: self.told.append((words, undo)))
        self.page.refresh()
        showing(self.page)
        self.page.setFocus()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.app.background.busy())
        self.qtbot.waitUntil(lambda: not self.page._settled.isActive())
        QApplication.processEvents()

    @property
    def search(self) -> SearchField:
        return self.page.findChild(SearchField)

    @property
    def rows(self) -> tuple[RowValue, ...]:
        return self.list("People").rows()

    def list(self, name: str) -> WholeRows:
        return next(
            one for one in self.page.findChildren(WholeRows) if one.accessibleName() == name
        )

    def type(self, words: str) -> None:
        self.search.clear()
        for letter in words:  # Qt's test keyboard has ASCII keys only
            if letter.isascii():
                self.qtbot.keyClick(self.search, letter)
            else:
                self.search.insert(letter)
        self.settle()

    def names(self) -> list[str]:
        return [row.name for row in self.rows]


def marked(row: RowValue) -> list[str]:
    words = [row.name[start : start + length] for start, length in row.marks]
    return words + [row.meta[start : start + length] for start, length in row.meta_marks]


def test_the_search_has_the_keyboard_and_the_most_urgent_stands_on_top(app, four, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    assert visit.search.hasFocus()
    assert visit.names() == ["Janne Möller", "Karl-Heinz Mueller", "Tobias Brandt", "Sabine Müller"]


def test_each_row_says_what_is_due_and_when_the_last_talk_was(app, four, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    said = {row.name: (row.right, row.right_meta, row.right_tone) for row in visit.rows}
    time_of_talk = (NOW + timedelta(hours=1)).astimezone().strftime("%H:%M")
    assert said["Tobias Brandt"] == (f"Talk today, {time_of_talk}", "No talk yet", "text")
    assert said["Janne Möller"][0] == "13 months without a talk"
    assert said["Janne Möller"][2] == "warn_ink"
    assert said["Sabine Müller"][1] == "Last talk 3 weeks ago"
    assert said["Karl-Heinz Mueller"][1] == "No talk yet"


@pytest.mark.parametrize(
    ("typed", "name", "hit"),
    [
        ("brand", "Tobias Brandt", "Brandt"),
        ("tobas", "Tobias Brandt", "Tobias"),
        ("05223 47", "Karl-Heinz Mueller", "+49 5223 4711"),
        ("09.07.2003", "Janne Möller", "July 9, 2003"),
        ("bünde", "Sabine Müller", "Bünde"),
    ],
)
def test_what_was_hit_is_marked_where_it_stands(app, four, showing, qtbot, typed, name, hit):
    visit = Visit(app, showing, qtbot)
    visit.type(typed)
    assert visit.rows[0].name == name
    assert hit in marked(visit.rows[0])


def test_a_typing_mistake_still_finds_all_spellings_and_the_people_around(
    app, four, showing, qtbot
):
    visit = Visit(app, showing, qtbot)
    visit.type("müler")
    assert set(visit.names()) == {
        "Sabine Müller",
        "Karl-Heinz Mueller",
        "Janne Möller",
        "Tobias Brandt",
    }
    tobias = next(row for row in visit.rows if row.name == "Tobias Brandt")
    visit.type("petra")
    assert visit.rows[0].id == tobias.id
    assert visit.rows[0].meta.startswith("In the network: ")
    assert marked(visit.rows[0]) == ["Petra"]
    assert "1 found" in shown(visit.page)


def test_arrows_choose_while_typing_goes_on_and_enter_opens(app, four, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    visit.type("m")
    first, second = visit.rows[0].id, visit.rows[1].id
    qtbot.keyClick(visit.search, Qt.Key.Key_Down)
    assert visit.list("People").selected_id() == second
    qtbot.keyClick(visit.search, Qt.Key.Key_Up)
    assert visit.list("People").selected_id() == first
    qtbot.keyClick(visit.search, Qt.Key.Key_Down)
    qtbot.keyClick(visit.search, Qt.Key.Key_Return)
    assert visit.went == [Route("case", second)]


def test_escape_empties_the_search_and_shows_everybody_again(app, four, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    visit.type("brandt")
    assert len(visit.rows) < 4
    qtbot.keyClick(visit.search, Qt.Key.Key_Escape)
    assert visit.search.value() == ""
    assert len(visit.rows) == 4


def test_a_filter_shows_its_people_and_the_search_looks_among_them(app, four, showing, qtbot):
    people.close_file(app.store, four["sabine"], NOW)
    visit = Visit(app, showing, qtbot)
    press(qtbot, visit.page, "This week 1")
    assert visit.names() == ["Tobias Brandt"]
    press(qtbot, visit.page, "Long without a talk 1")
    assert visit.names() == ["Janne Möller"]
    press(qtbot, visit.page, "Closed 1")
    assert [(row.name, row.right) for row in visit.rows] == [("Sabine Müller", "File closed")]
    visit.type("brandt")
    assert visit.rows == ()


def test_nobody_found_offers_to_add_the_name_and_undo_takes_it_back(app, four, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    visit.type("xaver quast")
    assert "Nobody found for “\u2068xaver quast\u2069”." in shown(visit.page)
    press(qtbot, visit.page, "Add \u2068Xaver Quast\u2069")
    case = visit.went[-1].case
    assert visit.went == [Route("person", case)]
    person = people.person(app.store, case)
    assert (person.given_name, person.family_name) == ("Xaver", "Quast")
    assert people.file(app.store, case).guide
    _words, undo = visit.told[-1]
    undo()
    assert case not in {line.case for line in people.lines(app.store, NOW)}


def test_where_nobody_is_found_the_preview_says_what_it_is_for(app, four, showing, qtbot):
    visit = Visit(app, showing, qtbot, width=1400)
    visit.type("qqqq")
    visit.settle()
    qtbot.waitUntil(lambda: "Whoever you select" in shown(visit.page.findChild(Preview)))
    assert visit.page.findChild(Preview).isVisible()
    assert "Begin conversation" not in shown(visit.page.findChild(Preview))


def test_words_from_conversations_are_found_from_the_third_letter_on(app, four, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    visit.type("kü")
    assert not visit.list("In conversations and notes").isVisible()
    visit.type("küc")
    words = visit.list("In conversations and notes")
    assert words.isVisible()
    row = words.rows()[0]
    assert (row.name, row.right) == ("Sabine Müller", "Conversation")
    assert marked(row) == ["Küche"]
    words.setFocus()
    qtbot.keyClick(words, Qt.Key.Key_Down)
    qtbot.keyClick(words, Qt.Key.Key_Return)
    assert visit.went[-1].page == "read"
    assert visit.went[-1].case == four["sabine"]


def test_a_new_person_is_one_key_away(app, four, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    qtbot.keyClick(visit.search, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, visit.page, "Add a person")
    assert visit.went == [Route("person"), Route("person")]


def test_the_chosen_one_is_shown_beside_the_list_and_a_talk_begins_there(app, four, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    visit.type("sabine")
    preview = visit.page.findChild(Preview)
    assert preview.isVisible()
    assert "In der Küche war ich richtig." in shown(preview)
    press(qtbot, preview, "Begin conversation")
    went = visit.went[-1]
    assert (went.page, went.case) == ("talk", four["sabine"])
    talk = talks.open_talk(app.store, went.value).conversation
    assert talk.status is TalkStatus.RUNNING


def test_without_room_for_the_preview_a_click_opens(app, four, showing, qtbot):
    visit = Visit(app, showing, qtbot, width=800)
    assert not visit.page.findChild(Preview).isVisible()
    rows = visit.list("People")
    place = rows.visualRect(rows.model().index(2, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert visit.went == [Route("case", visit.rows[2].id)]


def test_in_a_new_store_the_page_says_how_to_begin(app, showing, qtbot):
    visit = Visit(app, showing, qtbot)
    assert "Nobody here yet" in shown(visit.page)
    assert not visit.search.isVisible()
    assert visit.rows == ()


@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=lambda look: f"{look.name}-{look.scale}")
def test_everything_on_the_page_has_a_name_a_size_and_a_tab_stop(app, four, showing, qtbot):
    visit = Visit(app, showing, qtbot, width=1400)
    visit.type("müller")
    qtbot.waitUntil(lambda: problems(visit.page) == [], timeout=2000)
    assert button(visit.page, "Add a person").isVisible()
