"""The summary: how somebody sees their life, what they say while looking, what they take along."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from caseworker_app import errors
from caseworker_app.domain.look_back import LookBack
from caseworker_app.services import answers, goals, pictures, talks
from tests.builders import NOW, a_case
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.one_file import button, in_a_window, press, shown
from tests.whole_life import a_life, begin, tell
from ui import theme
from ui.context import App
from ui.main_window import MainWindow
from ui.page import Route
from ui.pages.summary_page import SummaryPage


def a_page(app: App, talk: UUID, showing: Showing, width: int = 1052) -> SummaryPage:
    page = SummaryPage(app, talk)
    page.resize(width, 800)
    page.refresh()
    showing(page)
    return page


def choose(qtbot: QtBot, page: SummaryPage, domain: str) -> None:
    """Click the row of this life domain."""
    row = next(row for row in page.view.picture.drawn().rows if row.domain == domain)
    scale = theme.current().scale
    place = QPoint(60, round((row.top + row.bottom) / 2 * scale))
    qtbot.mouseClick(page.view.picture, Qt.MouseButton.LeftButton, pos=place)


def write(qtbot: QtBot, page: SummaryPage, asked: LookBack, words: str) -> None:
    """Type into the field of a question, and leave it."""
    control = page.panel.fields[asked].field.control
    qtbot.mouseClick(control.viewport(), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(control, words)
    page.view.picture.setFocus()


def kept(app: App, talk: UUID) -> list[str]:
    return [one.words for one in talks.open_talk(app.store, talk).statements]


def words_of_goals(app: App, case: UUID) -> list[tuple[str, str]]:
    return [(card.goal.domain, card.goal.words) for card in goals.cards(app.store, case)]


# --- what is shown -----------------------------------------------------------------------------


def test_the_title_says_whose_view_it_is(app, showing):
    _case, talk = a_life(app.store)
    words = shown(a_page(app, talk.id, showing))
    assert "How \u2068Tobias\u2069 sees their own life" in words
    assert "not ours." in words


def test_what_was_rated_first_is_chosen_at_the_beginning(app, showing):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing)
    assert page.view.picture.domain() == page.panel.domain == "L01"


def test_a_click_shows_what_is_known_of_a_part_of_life(app, showing, qtbot):
    _case, talk = a_life(app.store)
    app_talk = talks.open_talk(app.store, talk.id).conversation
    answers.rate(app.store, app_talk, "L06", NOW, own_share=1, network_share=3, reason="Kein Bus.")
    page = a_page(app, talk.id, showing)
    choose(qtbot, page, "L06")
    words = shown(page.panel)
    for expected in (
        "Getting around",
        "3 of 10",
        "6 (March 12)",
        "9 of 10",
        "“Kein Bus.”",
        "“Der Bus um halb sieben fährt nicht mehr.”",
        "own strength",
    ):
        assert expected in words
    dots = [one.accessibleName() for one in page.panel.findChildren(object) if _is_dots(one)]
    assert dots == ["own strength: 1 of 4", "people around: 3 of 4"]


def _is_dots(one: object) -> bool:
    return type(one).__name__ == "_Dots" and one.isVisible()


def test_the_coachs_words_come_after_the_persons(app, showing, qtbot):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing)
    choose(qtbot, page, "L06")
    words = shown(page.panel)
    assert words.index("Der Bus um halb sieben") < words.index("dreimal geübt")


def test_the_keyboard_goes_through_the_rows(app, showing, qtbot):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing)
    page.view.picture.setFocus()
    qtbot.keyClick(page.view.picture, Qt.Key.Key_Down)
    assert page.panel.domain == "L02"
    assert "not asked" in shown(page.panel)


def test_the_first_time_nothing_is_asked_about_change(app, showing):
    _case, talk = a_life(app.store, first=True)
    page = a_page(app, talk.id, showing)
    words = shown(page)
    assert "No earlier conversation yet." in words
    assert "What has become different?" not in words
    assert "What would make it one point better?" in words


def test_a_talk_without_any_life_domain_still_leads_on(app, showing, monkeypatch):
    case = a_case(app.store)
    talk = begin(app.store, case)
    found = pictures.summary(app.store, talk.id)
    nothing = replace(found, picture=replace(found.picture, rows=()))
    monkeypatch.setattr(pictures, "summary", lambda _store, _talk: nothing)
    page = a_page(app, talk.id, showing)
    words = shown(page)
    assert "No part of life was rated in this conversation" in words
    assert not page.view.isVisible()
    assert button(page, "Print the conversation").isVisible()


# --- what is said while looking ----------------------------------------------------------------


def test_what_is_written_is_kept_when_the_field_is_left(app, showing, qtbot):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing)
    choose(qtbot, page, "L06")
    write(qtbot, page, LookBack.BETTER, "Einmal mit mir die Strecke fahren.")
    assert "Einmal mit mir die Strecke fahren." in kept(app, talk.id)
    assert "“Einmal mit mir die Strecke fahren.”" in shown(page.panel)


def test_what_is_written_is_kept_while_it_is_typed(app, showing, qtbot):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing)
    control = page.panel.fields[LookBack.DIFFERENT].field.control
    qtbot.mouseClick(control.viewport(), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(control, "Neuer Job")
    qtbot.waitUntil(lambda: "Neuer Job" in kept(app, talk.id), timeout=3000)
    assert control.hasFocus()


def test_words_are_changed_in_their_place(app, showing, qtbot):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing)
    write(qtbot, page, LookBack.BETTER, "Eins")
    press(qtbot, page.panel, "Change these words")
    qtbot.keyClicks(page.panel.fields[LookBack.BETTER].field.control, " und zwei")
    page.view.picture.setFocus()
    assert [words for words in kept(app, talk.id) if "Eins" in words] == ["Eins und zwei"]


def test_emptied_words_are_taken_away(app, showing, qtbot):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing)
    write(qtbot, page, LookBack.BETTER, "Eins")
    press(qtbot, page.panel, "Change these words")
    control = page.panel.fields[LookBack.BETTER].field.control
    control.selectAll()
    qtbot.keyClick(control, Qt.Key.Key_Delete)
    page.view.picture.setFocus()
    assert "Eins" not in kept(app, talk.id)
    assert control.isVisible()


def test_what_was_typed_for_one_part_of_life_is_not_shown_for_another(app, showing, qtbot):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing)
    control = page.panel.fields[LookBack.BETTER].field.control
    qtbot.mouseClick(control.viewport(), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(control, "Nur hier")
    choose(qtbot, page, "L06")
    assert "Nur hier" not in shown(page.panel)
    assert control.toPlainText() == ""
    choose(qtbot, page, "L01")
    assert "“Nur hier”" in shown(page.panel)


def test_nothing_of_one_person_is_left_for_the_next(app, showing, qtbot):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing)
    control = page.panel.fields[LookBack.BETTER].field.control
    qtbot.mouseClick(control.viewport(), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(control, "Nur Tobias")
    assert page.leave()
    other = begin(app.store, a_case(app.store, "Elif Yilmaz"))
    answers.rate(app.store, other, "L01", NOW, satisfaction=4)
    next_page = a_page(app, other.id, showing)
    assert "Nur Tobias" not in shown(next_page)
    assert "Tobias" not in shown(next_page)
    assert all(field.words() == "" for field in next_page.panel.fields.values())


def test_leaving_keeps_what_is_being_typed(app, showing, qtbot):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing)
    control = page.panel.fields[LookBack.BETTER].field.control
    qtbot.mouseClick(control.viewport(), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(control, "Schnell weg")
    assert page.leave()
    assert "Schnell weg" in kept(app, talk.id)


def test_a_full_disk_is_said_and_the_words_stay(app, showing, qtbot, monkeypatch):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing)

    def full(*_args: object) -> None:
        raise errors.DiskFull

    with monkeypatch.context() as patched:
        patched.setattr(pictures, "keep_words", full)
        write(qtbot, page, LookBack.BETTER, "Noch da")
        assert "Saving is not possible: the disk is full." in shown(page)
        assert page.panel.fields[LookBack.BETTER].words() == "Noch da"
        choose(qtbot, page, "L06")
        assert page.panel.domain == page.view.picture.domain() == "L01"
        assert not page.leave()
    assert page.leave()
    assert "Noch da" in kept(app, talk.id)


# --- what is taken along -----------------------------------------------------------------------


def test_what_would_help_becomes_a_goal_of_that_part_of_life(app, showing, qtbot):
    case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing)
    told = []
    page.told.connect(lambda words, undo: told.append((words, undo)))
    choose(qtbot, page, "L06")
    write(qtbot, page, LookBack.BETTER, "Einmal mit mir fahren.")
    press(qtbot, page, "Take as a goal")
    assert words_of_goals(app, case) == [("L06", "Einmal mit mir fahren.")]
    assert "“Einmal mit mir fahren.”" in shown(page.along)
    assert "1 of at most 3" in shown(page.along)
    [(words, undo)] = told
    assert words == "Taken along as a goal."
    undo()
    assert words_of_goals(app, case) == []


def test_else_what_was_remembered_becomes_the_goal_and_else_the_topic_alone(app, showing, qtbot):
    case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing)
    choose(qtbot, page, "L06")
    press(qtbot, page, "Take as a goal")
    choose(qtbot, page, "L04")
    press(qtbot, page, "Take as a goal")
    assert words_of_goals(app, case) == [
        ("L06", "Der Bus um halb sieben fährt nicht mehr."),
        ("L04", ""),
    ]
    assert "Work and activity" in shown(page.along)


def test_more_than_three_goals_are_possible_and_called_a_lot(app, showing, qtbot):
    case, talk = a_life(app.store)
    for number in range(4):
        goals.add_goal(app.store, case, f"Ziel {number}", "L04", NOW)
    page = a_page(app, talk.id, showing)
    assert "4 of at most 3" in shown(page.along)
    assert "One to three goals are enough" in shown(page.along)


def test_a_goal_is_taken_out_and_brought_back(app, showing, qtbot):
    case, talk = a_life(app.store)
    goals.add_goal(app.store, case, "Ich will Bus fahren.", "L06", NOW)
    page = a_page(app, talk.id, showing)
    undos = []
    page.told.connect(lambda _words, undo: undos.append(undo))
    press(qtbot, page, "Take out: Ich will Bus fahren.")
    assert words_of_goals(app, case) == []
    undos[0]()
    assert words_of_goals(app, case) == [("L06", "Ich will Bus fahren.")]
    assert "Ich will Bus fahren." in shown(page.along)


# --- the ways on -------------------------------------------------------------------------------


def test_every_way_on_leads_where_it_says(app, showing, qtbot):
    case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing)
    routes, turned = [], []
    page.went.connect(routes.append)
    page.turned.connect(turned.append)
    for words in (
        "Print the conversation",
        "Write it up",
        "Go on to the goals",
        "\u2068Tobias Brandt\u2069",
        "Look at it together",
    ):
        press(qtbot, page, words)
    assert routes == [
        Route("talk_paper", case, talk.id),
        Route("writeup", case, talk.id),
        Route("goals", case),
        Route("case", case),
    ]
    assert turned == [talk.id]


def test_a_running_conversation_can_be_gone_back_to(app, showing, qtbot):
    case = a_case(app.store)
    talk = begin(app.store, case)
    tell(app.store, talk, "L06", "Bus.")
    page = a_page(app, talk.id, showing)
    routes = []
    page.went.connect(routes.append)
    press(qtbot, page, "Back to the conversation")
    assert routes == [Route("talk", case, talk.id)]


def test_the_way_leads_here_through_the_window(app, showing):
    case, talk = a_life(app.store)
    window = MainWindow(app, (Route("summary", case, talk.id),))
    showing(window)
    assert isinstance(window.page, SummaryPage)


def test_an_undo_that_comes_after_the_page_has_gone_does_no_harm(app, showing, qtbot):
    case, talk = a_life(app.store)
    page = SummaryPage(app, talk.id)
    window = in_a_window(page)
    showing(window)
    undos = []
    page.told.connect(lambda _words, undo: undos.append(undo))
    press(qtbot, page, "Take as a goal")
    page.deleteLater()
    qtbot.waitUntil(lambda: not isValid(page))
    undos[0]()
    assert words_of_goals(app, case) == []


# --- everybody can use it ----------------------------------------------------------------------


@pytest.mark.parametrize("width", [1052, 900, 560])
def test_everything_has_a_name_and_can_be_reached(app, showing, width):
    case, talk = a_life(app.store)
    goals.add_goal(app.store, case, "Ich will Bus fahren.", "L06", NOW)
    assert problems(a_page(app, talk.id, showing, width)) == []


def test_where_there_is_no_room_the_panel_stands_below_and_a_click_goes_there(app, showing, qtbot):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing, 560)
    panel, picture = page.panel, page.view.picture
    assert panel.mapTo(page, QPoint(0, 0)).y() > picture.mapTo(page, QPoint(0, 0)).y()
    assert panel.mapTo(page, QPoint(0, 0)).y() > page.height()
    choose(qtbot, page, "L06")
    assert 0 <= panel.mapTo(page, QPoint(0, 0)).y() < page.height() / 2
    page.resize(1052, 800)
    qtbot.waitUntil(lambda: panel.mapTo(page, QPoint(0, 0)).x() > picture.width())


def test_no_words_are_cut_where_text_is_large(app, qapp, showing):
    theme.apply(qapp, theme.Theme(scale=2.0, motion=False))
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing, 900)
    for one in page.findChildren(QAbstractButton):
        if one.isVisible() and one.text():
            assert one.width() >= one.minimumSizeHint().width()
