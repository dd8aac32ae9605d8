"""What was said: put right, marked, removed, and seen side by side where views differ."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QPlainTextEdit

from caseworker_app.domain.talk import Voice
from tests.ui.conversation.talking import (
    CTRL,
    about_what_was_said,
    boxes,
    click,
    composer,
    kept,
    named,
    said_before,
    say,
    seen_in,
    texts_in,
)
from ui.forms.statement_menu import Said
from ui.pages.conversation_page import ConversationPage


@pytest.fixture
def page_with_words(app, opened, talk) -> ConversationPage:
    said_before(app.store, talk, ("week", "monday"), "I like teh garden.")
    return opened(talk)


def only_statement(app, talk):
    return kept(app, talk).statements[0]


def test_words_can_be_put_right_in_place(app, page_with_words, talk, qtbot):
    page = page_with_words
    about_what_was_said(qtbot, page, "Put the words right")
    edit = named(page, "Put the words right", QPlainTextEdit)
    assert page.focusWidget() is edit
    assert boxes(page) == []
    edit.selectAll()
    qtbot.keyClicks(edit, "I like the garden.")
    qtbot.waitUntil(lambda: only_statement(app, talk).words == "I like the garden.", timeout=700)
    assert edit.isVisible()
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert boxes(page) == ["“I like the garden.”"]
    assert page.focusWidget() is composer(page)


def test_a_correction_is_kept_when_the_coach_goes_on(app, page_with_words, talk, qtbot):
    page = page_with_words
    about_what_was_said(qtbot, page, "Put the words right")
    edit = named(page, "Put the words right", QPlainTextEdit)
    qtbot.keyClicks(edit, " Really")
    click(qtbot, page, "Next")
    assert only_statement(app, talk).words == "I like teh garden. Really"
    qtbot.keyClick(composer(page), Qt.Key.Key_Left, CTRL)
    assert boxes(page) == ["“I like teh garden. Really”"]


def test_an_emptied_correction_leaves_the_words_as_they_were(app, page_with_words, talk, qtbot):
    about_what_was_said(qtbot, page_with_words, "Put the words right")
    edit = named(page_with_words, "Put the words right", QPlainTextEdit)
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert only_statement(app, talk).words == "I like teh garden."


def test_a_statement_is_remembered_for_the_goals(app, page_with_words, talk, qtbot):
    qtbot.keyClick(page_with_words, Qt.Key.Key_M, CTRL)
    assert only_statement(app, talk).for_goals
    assert "remembered for the goals" in " ".join(texts_in(page_with_words._desk.statements))
    assert "I like teh garden." in seen_in(page_with_words._desk.side)
    qtbot.keyClick(page_with_words, Qt.Key.Key_M, CTRL)
    assert not only_statement(app, talk).for_goals


@pytest.mark.parametrize(
    ("entry", "back", "mark", "shown"),
    [
        ("Remember for the goals", "Forget for the goals", "for_goals", "remembered for the goals"),
        ("Said alone", "Not said alone", "alone", "said alone"),
        ("Not for print", "May be printed", "not_for_print", "not for print"),
        (
            "Not for partners",
            "May be shown to partners",
            "not_for_partners",
            "not for partners",
        ),
    ],
)
def test_a_statement_is_marked_and_the_mark_is_taken_away(
    app, page_with_words, talk, qtbot, entry, back, mark, shown
):
    about_what_was_said(qtbot, page_with_words, entry)
    assert getattr(only_statement(app, talk), mark)
    box = page_with_words._desk.statements.newest()
    assert box.accessibleName().endswith(shown)
    about_what_was_said(qtbot, page_with_words, back)
    assert not getattr(only_statement(app, talk), mark)
    assert shown not in box.accessibleName()


def test_a_removed_statement_comes_back_with_undo(app, page_with_words, talk, qtbot):
    page = page_with_words
    with qtbot.waitSignal(page.told) as told:
        about_what_was_said(qtbot, page, "Remove")
    assert (boxes(page), kept(app, talk).statements) == ([], ())
    words, undo = told.args
    assert words == "Removed."
    undo()
    assert boxes(page) == ["“I like teh garden.”"]


# --- views side by side ------------------------------------------------------------------------


def places(page) -> dict[Voice, QRect]:
    shown = [one for one in page._desk.statements.findChildren(Said) if one.isVisible()]
    return {one._statement.voice: one.geometry() for one in shown}


@pytest.fixture
def differing(app, talk):
    place = ("week", "monday")
    said_before(app.store, talk, place, "I get up at six. " * 9)
    said_before(app.store, talk, place, "He sleeps till nine.", voice="third", speaker="Petra")
    said_before(app.store, talk, place, "Tired, but glad.", voice="coach")
    said_before(app.store, talk, place, "Was late twice.", voice="document", speaker="Report")
    return talk


def test_differing_views_stand_side_by_side_in_a_wide_window(opened, differing):
    seen = places(opened(differing, 1440, 900))
    own = seen.pop(Voice.PARTICIPANT)
    assert all(one.left() > own.right() for one in seen.values())
    assert seen[Voice.THIRD].top() == own.top()
    tops = [seen[voice].top() for voice in (Voice.THIRD, Voice.COACH, Voice.DOCUMENT)]
    assert tops == sorted(tops)
    assert len({one.width() for one in (own, *seen.values())}) == 1


@pytest.mark.parametrize("width", [1280, 800, 640])
def test_where_there_is_no_room_they_stand_below_each_other(opened, differing, width):
    seen = list(places(opened(differing, width, 800)).values())
    assert len({one.left() for one in seen}) == 1
    assert all(upper.bottom() < lower.top() for upper, lower in itertools.pairwise(seen))


def test_what_one_voice_says_has_the_whole_width(app, opened, talk):
    said_before(app.store, talk, ("week", "monday"), "I get up at six.")
    said_before(app.store, talk, ("week", "monday"), "And go to bed at ten.")
    page = opened(talk, 1440, 900)
    shown = [one for one in page._desk.statements.findChildren(Said) if one.isVisible()]
    assert {one.width() for one in shown} == {page._desk.statements.width()}


def test_what_was_said_later_never_begins_higher(app, opened, talk):
    for number in range(12):
        voice = ("participant", "coach", "third")[number * 7 % 3]
        words = f"{number}: " + "and so on " * (number * 5 % 17)
        said_before(app.store, talk, ("week", "monday"), words, voice=voice, speaker="Petra")
    page = opened(talk, 1440, 900)
    shown = [one for one in page._desk.statements.findChildren(Said) if one.isVisible()]
    tops = [one.geometry().top() for one in shown]
    assert tops == sorted(tops)
    for number, one in enumerate(shown):
        for other in shown[:number]:
            assert not one.geometry().intersects(other.geometry())


def test_of_very_many_statements_the_newest_are_shown_and_the_others_at_a_touch(
    app, opened, talk, qtbot
):
    for number in range(50):
        said_before(app.store, talk, ("week", "monday"), f"Number {number}")
    page = opened(talk)
    assert len(boxes(page)) == 40
    assert boxes(page)[-1] == "“Number 49”"
    click(qtbot, page, "10 earlier ones, show")
    assert len(boxes(page)) == 50
    say(qtbot, page, "And one more")
    assert boxes(page)[-1] == "“And one more”"
