"""Before the visit: all that matters on one calm page, and one way on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from caseworker_app.content import guides
from caseworker_app.domain.people import Relation
from caseworker_app.domain.talk import (
    Conversation,
    Hindrance,
    Statement,
    TalkStatus,
    TopicState,
    Voice,
    WantsChange,
)
from caseworker_app.services import answers, cases, goals, people, talks
from tests.builders import NOW, a_case, a_talk, say
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.one_file import press, shown
from ui import theme
from ui.context import App
from ui.page import Route
from ui.pages.prepare_page import PreparePage
from ui.widgets.boxes import VoiceBox
from ui.widgets.person_facts import AvoidBox

GUIDE = guides.guide("meedoen", 1)


def a_page(app: App, case, showing: Showing, width: int = 1052) -> PreparePage:
    page = PreparePage(app, case)
    page.refresh()
    page.resize(width, 800)
    showing(page)
    return page


def wim(app: App):
    """A file with everything that helps to prepare; the last talk is 13 months ago."""
    store, then = app.store, NOW - timedelta(days=400)
    case = a_case(
        store, "Wim Hoekstra", good_to_know="Hears less on the left", language="ar",
        avoid="His brother\n\n Calls before nine ", plain=True, faces=True,
        interpreter="Amal, 06-1234",
    )  # fmt: skip
    talk = a_talk(store, case, then)
    talk = talks.save_talk(store, replace(talk, place="at home", present="Anouk"), talk, then)
    say(store, talk, "I want to be needed.", now=then)
    answers.set_topic(store, talk, GUIDE.sections[2].id, TopicState.PARKED, then)
    answers.rate(store, talk, "L04", then, satisfaction=4, wants_change=WantsChange.YES)
    answers.rate(store, talk, "L09", then, satisfaction=7, wants_change=WantsChange.LATER)
    answers.rate(store, talk, "L01", then, satisfaction=8, wants_change=WantsChange.NO)
    ids = {"case": case, "conversation": talk.id}
    with store.changing(then) as changing:
        changing.put(
            Statement(id=store.new_id(), words="A letter on the shelf", voice=Voice.COACH, **ids)
        )
        said = {"section": GUIDE.sections[0].id, "question": GUIDE.sections[0].questions[0].id}
        for words in ("Bikes have my heart", "And the garden"):
            changing.put(Statement(id=store.new_id(), words=words, for_goals=True, **said, **ids))
        for days in (30, 9):
            changing.put(
                Conversation(
                    id=store.new_id(), case=case, status=TalkStatus.CANCELLED,
                    planned_for=NOW - timedelta(days=days), called_off_by=Voice.PARTICIPANT,
                    hindrance=Hindrance.ILL,
                )
            )  # fmt: skip
    talks.finish(store, talk, then + timedelta(minutes=50))
    goal = goals.add_goal(store, case, "Two days a week.", "L04", NOW)
    for what, who, due in (
        ("Call the workshop", "Miriam Falk", date(2026, 11, 3)),
        ("Try the bus", "Wim", date(2026, 11, 27)),
    ):
        step = goals.add_step(store, goal, NOW)
        goals.save_step(store, replace(step, what=what, who=who, due=due), step, NOW)
    talks.plan_talk(store, case, NOW + timedelta(minutes=40), "at home", NOW)
    anouk = Relation(
        id=store.new_id(), case=case, name="Anouk", role="daughter", lives_here=True, trusted=True
    )
    people.save_relation(store, anouk, None, NOW)
    return case


def plain(words: str) -> str:
    return words.replace("\u2068", "").replace("\u2069", "")


def test_all_that_helps_stands_on_one_page(app, showing):
    words = plain(shown(a_page(app, wim(app), showing)))
    for part in (
        "Today, 09:40", "13 months without a talk", "With Anouk",
        "The last 2 appointments did not take place.", "called off by Wim · ill",
        "“And the garden”", "“Two days a week.”", "Call the workshop",
        "Miriam Falk · was meant for November 3", "Wim · by Friday, 27 November",
        GUIDE.sections[2].title.to("en"), "A letter on the shelf", "“Bikes have my heart”",
        "Address formally, by the family name", "Plain words and short sentences",
        "Rates with faces instead of numbers", "Speaks Arabic", "Interpreter: Amal, 06-1234",
        "Hears less on the left", "Anouk", "lives here", "trusted person",
    ):  # fmt: skip
        assert part in words, part


def test_what_to_avoid_is_seen_at_once_and_is_no_alarm(app, showing):
    page = a_page(app, wim(app), showing)
    (box,) = page.findChildren(AvoidBox)
    assert shown(box).split("\n") == ["His brother", "Calls before nine"]
    assert box._fill == theme.current().colour("warn_tint")


def test_only_domains_where_a_change_is_wanted_have_a_line(app, showing):
    words = shown(a_page(app, wim(app), showing))
    part = plain(words[words.index("wants a change") :])
    assert part.index("Work") < part.index("Friends")
    assert "later" in part
    assert "Everyday life" not in part


def test_the_coachs_note_does_not_look_like_the_participants_words(app, showing):
    page = a_page(app, wim(app), showing)
    said = [box.words() for box in page.findChildren(VoiceBox)]
    assert "A letter on the shelf" in said
    assert "“Bikes have my heart”" in said


@pytest.mark.parametrize("way", ["click", "keys"])
def test_the_one_primary_action_is_to_begin(app, showing, qtbot: QtBot, way):
    case = wim(app)
    page = a_page(app, case, showing)
    buttons = page.findChildren(QAbstractButton)
    assert [b.text() for b in buttons if b.property("kind") == "primary"] == ["Begin conversation"]
    with qtbot.waitSignal(page.went) as went:
        if way == "click":
            press(qtbot, page, "Begin conversation")
        else:
            qtbot.keyClick(page, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    running = cases.view(app.store, case).running
    assert went.args == [Route("talk", case, running.id)]


def test_what_is_running_is_gone_on_with(app, showing, qtbot: QtBot):
    case = a_case(app.store, "Wim Hoekstra")
    talk = a_talk(app.store, case, NOW - timedelta(days=7))
    page = a_page(app, case, showing)
    assert "Conversation begun November 16, 09:00" in shown(page)
    with qtbot.waitSignal(page.went) as went:
        press(qtbot, page, "Go on with the conversation")
    assert went.args == [Route("talk", case, talk.id)]


def test_a_new_person_is_met_without_knowing_anything(app, showing, qtbot: QtBot):
    case = a_case(app.store, "Anna-Lena von der Recke-Hohenstein")
    page = a_page(app, case, showing)
    assert "You meet \u2068Anna-Lena\u2069 for the first time" in shown(page)
    assert "months without" not in shown(page)
    with qtbot.waitSignal(page.went) as went:
        press(qtbot, page, "Add what you know")
    assert went.args == [Route("person", case)]


def test_opening_the_page_writes_nothing(app, showing):
    case = wim(app)
    before = cases.view(app.store, case)
    a_page(app, case, showing)
    assert cases.view(app.store, case) == before


def test_nothing_of_one_person_is_left_on_the_page_of_the_next(app, showing):
    first, second = wim(app), a_case(app.store, "Samira El Idrissi")
    a_page(app, first, showing)
    words = shown(a_page(app, second, showing))
    for part in ("Wim", "Anouk", "His brother", "Amal", "bus"):
        assert part not in words


LOOKS = [
    (theme.Theme("light"), 420),
    (theme.Theme("contrast", 1.5), 700),
    (theme.Theme("dark", 2.0), 1052),
]


@pytest.mark.parametrize(("look", "width"), LOOKS, indirect=["look"], ids=["light", "150", "200"])
def test_it_fits_and_can_be_reached(app, showing, width):
    page = a_page(app, wim(app), showing, width)
    assert problems(page) == []
    assert page._sheet.horizontalScrollBar().maximum() == 0
