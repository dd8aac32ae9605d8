"""A whole visit, and what may come between: another person, a change of mind, other letters."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from caseworker_app import i18n, paths
from caseworker_app.content import guides
from caseworker_app.content.sample import sample
from caseworker_app.i18n import _
from caseworker_app.services import checking, people
from tests import pdf_checker
from tests.builders import NOW, a_case, a_store, a_talk, say
from tests.journeys.coach import Coach, without_marks
from tests.journeys.conftest import SitDown
from tests.pdf_reading import read_aloud
from ui.demo_visit.visit import Visit

WORDS = "Ich kann gut mit Tieren, und"
MORE = " morgens bin ich wach."


@pytest.fixture(autouse=True)
def _no_printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "no-such-socket"))


# --- from the first name to the plan -----------------------------------------------------------


def test_a_whole_visit_ends_with_a_sound_store_and_a_readable_plan(
    spoken: str, sit_down: SitDown, tmp_path: Path
) -> None:
    a_store(paths.store_folder()).close()
    story, plan = sample(spoken), tmp_path / "plan.pdf"
    coach = sit_down(now=lambda: datetime.now(UTC))
    coach.open()
    today = datetime.now(UTC).astimezone().date()
    visit = Visit(coach, story, lambda _name: None, today)
    visit.whole(plan)
    coach.rest()

    checked = checking.check_open(coach.window.app.store)
    assert checked.clean, checked.findings
    assert visit.said == len(story.visit.talk.statements) > 10
    pdf = plan.read_bytes()
    assert pdf_checker.findings(pdf) == []
    paper = " ".join(read_aloud(pdf).split())
    assert story.visit.goals
    for goal in story.visit.goals:
        assert " ".join(goal.words.split()) in paper
        for step in goal.steps:
            assert step.what in paper


# --- nobody sees what belongs to somebody else -------------------------------------------------


def two_people(spoken: str) -> None:
    """Wim, with a conversation in which something was said, and Bo, of whom nothing is known."""
    assert spoken in i18n.LANGUAGES
    store = a_store(paths.store_folder())
    case = a_case(store, "Wim Visser", place="Wimstad")
    first = guides.guide("meedoen", 1).sections[0].questions[0].id
    say(store, a_talk(store, case), "Wim heeft vissen.", first)
    a_case(store, "Bo Lund")
    store.close()


@pytest.fixture
def coach(spoken: str, sit_down: SitDown) -> Coach:
    two_people(spoken)
    coach = sit_down()
    coach.open()
    return coach


def holds(page: QWidget) -> str:
    """All that a page holds: to be read, to be heard, to be chosen, shown or hidden."""
    found = []
    for one in [page, *page.findChildren(QWidget)]:
        found += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        for reader in ("text", "toPlainText", "placeholderText"):
            if hasattr(one, reader):
                found.append(getattr(one, reader)())
        if isinstance(one, QComboBox):
            found += [one.itemText(place) for place in range(one.count())]
    return without_marks("\n".join(found))


def test_a_person_left_half_filled_shows_up_on_nobody_elses_page(coach: Coach) -> None:
    coach.click(_("People"))
    coach.click(_("Add a person"))
    coach.type_into(_("First name"), "Wilhelmina")
    coach.type_into(_("Street and number"), "Wimstraat 9")
    coach.type_into(_("Phone"), "030 999")
    coach.click(_("People"))
    coach.click(_("Add a person"))
    assert coach.window.page is not None
    for mine in ("Wilhelmina", "Wimstraat", "999"):
        assert mine not in holds(coach.window.page)
    coach.open_file("Lund")
    coach.choose_from_menu(_("More about this file"), _("Change name, address, household"))
    coach.wait(lambda: "Lund" in holds(coach.window), "the person does not open")
    for mine in ("Wilhelmina", "Wimstraat", "999", "Visser", "Wimstad"):
        assert mine not in holds(coach.window.page)


def test_a_conversation_left_in_the_middle_shows_up_in_nobody_elses(coach: Coach) -> None:
    coach.open_file("Visser")
    coach.click(_("Go on with the conversation"))
    begin_to_type(coach, WORDS)
    coach.press("Ctrl+2")
    coach.rest()
    coach.open_file("Lund")
    coach.click(_("Begin conversation"))
    coach.see(_("Park"), QAbstractButton)
    assert coach.window.page is not None
    for mine in ("Wim", "Visser", "vissen", WORDS):
        assert mine not in holds(coach.window.page)
    coach.press("Ctrl+2")
    coach.open_file("Visser")
    coach.click(_("Go on with the conversation"))
    assert composer(coach).toPlainText() == WORDS


# --- what was removed comes back ---------------------------------------------------------------


def composer(coach: Coach) -> QPlainTextEdit:
    field = coach.see(_("What is said"), QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    return field


def begin_to_type(coach: Coach, words: str) -> None:
    coach.click_widget(composer(coach))
    coach.type(words)


def add_goal(coach: Coach, words: str) -> None:
    coach.open_file("Visser")
    coach.choose_tab(_("Goals and steps"))
    coach.click(_("Add goal"))
    coach.type_into(_("Goal in own words"), words)
    coach.press("Tab")


def remove_goal(coach: Coach, words: str) -> None:
    coach.choose_from_menu(_("More about this goal"), _("Remove this goal"))
    coach.reads(_("Goal removed."))
    assert words not in coach.screen()


def test_ctrl_z_brings_a_goal_back(coach: Coach) -> None:
    add_goal(coach, WORDS)
    remove_goal(coach, WORDS)
    coach.press("Ctrl+Z")
    coach.reads(WORDS)


@pytest.mark.parametrize("by_mouse", [False, True], ids=["keys", "mouse"])
def test_a_goal_comes_back_after_the_page_has_changed(coach: Coach, by_mouse: bool) -> None:
    add_goal(coach, WORDS)
    remove_goal(coach, WORDS)
    coach.press("Ctrl+2")
    coach.rest()
    coach.reads(_("Goal removed."))
    if by_mouse:
        coach.click(_("Undo"))
    else:
        coach.press("Ctrl+Z")
    coach.wait(lambda: _("Goal removed.") not in coach.screen(), "nothing was undone")
    coach.open_file("Visser")
    coach.choose_tab(_("Goals and steps"))
    coach.reads(WORDS)


def test_ctrl_z_takes_back_typing_first_and_then_the_removal(coach: Coach) -> None:
    coach.open_file("Visser")
    coach.click(_("Go on with the conversation"))
    said = i18n.texts().quoted("Wim heeft vissen.")
    coach.choose_from_menu(more_about("Wim", coach), _("Remove"))
    coach.reads(_("Removed."))
    assert said not in coach.screen()
    begin_to_type(coach, "Nu")
    coach.press("Ctrl+Z")
    assert composer(coach).toPlainText() == ""
    assert said not in coach.screen()
    coach.press("Ctrl+Z")
    coach.reads(said)


def more_about(name: str, coach: Coach) -> str:
    """What the button of the one statement by this person is called."""
    begin = without_marks(_("More about what {who} said").format(who=name))
    begin = begin[: begin.index(name) + len(name)]
    return coach.words_that_begin(begin)


# --- in the middle of an answer ----------------------------------------------------------------


def choose_setting(coach: Coach, *words: str) -> None:
    coach.press("Ctrl+Comma")
    for one in words:
        coach.click(one)
    coach.press("Alt+Left")
    coach.see(_("What is said"))


def test_another_language_a_dark_screen_and_large_letters_lose_no_letter(
    spoken: str, coach: Coach
) -> None:
    coach.open_file("Lund")
    coach.click(_("Begin conversation"))
    coach.see(_("Park"), QAbstractButton)
    coach.press("F4")
    coach.type_into(_("Who says this"), "Anna Berg")
    coach.type_into(_("What is said"), WORDS)
    other = next(one for one in i18n.LANGUAGES if one != spoken)
    choose_setting(coach, _("Language"), i18n.NAMES[other])
    assert i18n.texts().language == other
    still_typing(coach, WORDS)
    choose_setting(coach, _("Look"), _("Dark"))
    still_typing(coach, WORDS + MORE)
    for _time in range(4):
        coach.press("Ctrl+Plus")
    still_typing(coach, WORDS + 2 * MORE)
    assert "Anna Berg" in coach.screen()
    coach.press("Return")
    coach.reads(WORDS + 3 * MORE, "Anna Berg")


def still_typing(coach: Coach, words: str) -> None:
    """Everything stands there, the keyboard is in it, and one goes on at its end."""
    assert composer(coach).toPlainText() == words
    coach.wait(composer(coach).hasFocus, "the keyboard is somewhere else")
    coach.type(MORE)
    assert composer(coach).toPlainText() == words + MORE


def test_who_is_about_to_speak_is_not_forgotten(coach: Coach) -> None:
    coach.open_file("Lund")
    coach.click(_("Begin conversation"))
    coach.see(_("Park"), QAbstractButton)
    coach.press("F4")
    coach.type_into(_("Who says this"), "Anna Berg")
    coach.press("Ctrl+Plus")
    field = coach.see(_("Who says this"), QLineEdit)
    assert isinstance(field, QLineEdit)
    assert field.text() == "Anna Berg"


def test_larger_letters_in_the_middle_of_a_name_lose_no_letter(coach: Coach) -> None:
    coach.click(_("People"))
    coach.click(_("Add a person"))
    coach.type_into(_("First name"), "Anou")
    coach.press("Ctrl+Plus")
    assert first_name(coach).text() == "Anou"
    coach.wait(first_name(coach).hasFocus, "the keyboard is somewhere else")
    coach.type("k")
    coach.click(_("Done"))
    coach.rest()
    coach.reads("Anouk")
    names = [line.name for line in people.lines(coach.window.app.store, NOW)]
    assert sorted(names) == ["Anouk", "Bo Lund", "Wim Visser"]


def first_name(coach: Coach) -> QLineEdit:
    field = coach.see(_("First name"), QLineEdit)
    assert isinstance(field, QLineEdit)
    return field


def test_larger_letters_in_the_middle_of_a_goal_lose_no_letter(coach: Coach) -> None:
    add_goal(coach, WORDS)
    coach.click_widget(coach.see(_("How it will be noticed"), QPlainTextEdit))
    coach.type("Ich lache oft")
    coach.press("Left")
    coach.press("Ctrl+Plus")
    coach.type("er")
    assert coach.screen().count(WORDS) == 1
    coach.reads("Ich lache ofert")
