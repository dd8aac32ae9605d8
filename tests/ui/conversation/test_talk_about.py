"""The talk itself: who is in the room, how somebody likes to be spoken to, turning, finishing."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from caseworker_app.domain.talk import TalkStatus
from caseworker_app.services import people, talks
from tests.builders import NOW
from tests.ui.conversation.talking import (
    LEFT,
    click,
    composer,
    go_to,
    kept,
    named,
    said_before,
    say,
    seen_in,
    topic,
    topics,
)
from ui import dialogs
from ui.page import Route
from ui.widgets.rating import FaceScale, RatingScale


def about(qtbot, page) -> dialogs.Sheet:
    """The sheet about the talk, opened from the bar."""
    qtbot.mouseClick(page._desk.bar._room, LEFT)
    return next(one for one in page.findChildren(dialogs.Sheet) if one.isVisible())


def test_place_language_interpreter_and_who_is_in_the_room_are_kept(app, page, talk, qtbot):
    sheet = about(qtbot, page)
    for field, words in (
        ("Place", "kitchen"),
        ("Language of the talk", "Tigrinya"),
        ("Interpreter", "Mrs Haile"),
    ):
        qtbot.keyClicks(named(sheet, field, QLineEdit), words)
    click(qtbot, sheet, "Add Petra Müller, sister")
    qtbot.waitUntil(lambda: kept(app, talk).conversation.interpreter == "Mrs Haile", timeout=700)
    click(qtbot, sheet, "Done")
    known = kept(app, talk).conversation
    assert (known.place, known.language) == ("kitchen", "Tigrinya")
    assert known.present == "Petra Müller, sister"
    assert named(page, "In the room: Petra Müller, sister")


def test_what_is_said_alone_is_marked_while_the_switch_is_on(app, page, talk, qtbot):
    sheet = about(qtbot, page)
    click(qtbot, sheet, "Alone with \u2068Tobias\u2069 just now")
    click(qtbot, sheet, "Done")
    assert "Alone with \u2068Tobias\u2069" in seen_in(page._desk.bar)
    say(qtbot, page, "I am afraid of him")
    assert kept(app, talk).said("monday")[0].alone
    assert "said alone" in page._desk.statements.newest().accessibleName()
    sheet = about(qtbot, page)
    click(qtbot, sheet, "Alone with \u2068Tobias\u2069 just now")
    click(qtbot, sheet, "Done")
    say(qtbot, page, "Tea?")
    assert [one.alone for one in kept(app, talk).said("monday")] == [True, False]


def test_being_alone_lasts_over_a_lock(app, page, opened, talk, qtbot):
    click(qtbot, about(qtbot, page), "Alone with \u2068Tobias\u2069 just now")
    again = opened(talk)
    say(qtbot, again, "And nobody knows")
    assert kept(app, talk).said("monday")[0].alone


def test_words_begun_alone_stay_marked_when_somebody_comes_in(app, page, talk, qtbot):
    set_alone(app, page, talk, on=True)
    qtbot.keyClicks(composer(page), "He hits")
    page._desk.flush()
    set_alone(app, page, talk, on=False)
    say(qtbot, page, " me")
    assert [(one.words, one.alone) for one in kept(app, talk).said("monday")] == [
        ("He hits me", True)
    ]


def set_alone(app, page, talk, *, on: bool) -> None:
    seen = kept(app, talk).conversation
    talks.save_talk(app.store, replace(seen, alone=on), seen, NOW)
    page.refresh()


def choose_liking(qtbot, page, words: str) -> None:
    sheet = about(qtbot, page)
    made = next(one for one in sheet.findChildren(QAbstractButton) if one.text() == words)
    qtbot.mouseClick(made, LEFT)
    click(qtbot, sheet, "Done")


def test_the_coach_switches_how_somebody_is_spoken_to_and_it_holds_for_the_person(
    app, page, talk, qtbot
):
    case = kept(app, talk).case
    choose_liking(qtbot, page, "First names")
    assert people.person(app.store, case).informal
    assert "Hey, what about monday?" in seen_in(page)
    assert topics(page)[0] == "Week, hey"
    choose_liking(qtbot, page, "Formal")
    choose_liking(qtbot, page, "Plain words")
    assert people.person(app.store, case).plain
    assert "monday: how is it?" in seen_in(page)


def test_the_coach_switches_to_faces(app, page, talk, qtbot):
    assert page._desk.ratings.findChildren(RatingScale)[0].isVisible()
    choose_liking(qtbot, page, "Faces")
    assert people.person(app.store, kept(app, talk).case).faces
    assert page._desk.ratings.findChildren(FaceScale)[0].isVisible()
    assert not page._desk.ratings.findChildren(RatingScale)[0].isVisible()


# --- turning, covering, finishing ----------------------------------------------------------------


def test_f9_and_the_button_turn_the_screen_with_everything_kept(app, page, talk, qtbot):
    for turn in (
        lambda: qtbot.keyClick(composer(page), Qt.Key.Key_F9),
        lambda: click(qtbot, page, "Turn the screen"),
    ):
        qtbot.keyClicks(composer(page), "Word ")
        with qtbot.waitSignal(page.turned) as turned:
            turn()
        assert turned.args == [talk]
    assert kept(app, talk).draft("monday").words == "Word Word "


def test_the_screen_is_turned_at_the_question_in_view(app, page, talk, qtbot):
    go_to(qtbot, page, "boss")
    with qtbot.waitSignal(page.turned):
        click(qtbot, page, "Turn the screen")
    assert kept(app, talk).question == "boss"


def test_a_finished_talk_is_not_turned(app, opened, talk, qtbot):
    talks.finish(app.store, kept(app, talk).conversation, NOW)
    page = opened(talk)
    turned = []
    page.turned.connect(turned.append)
    qtbot.keyClick(page, Qt.Key.Key_F9)
    assert turned == []
    assert "Turn the screen" not in seen_in(page)


def test_covering_is_asked_of_the_window(page, qtbot):
    with qtbot.waitSignal(page.covered):
        click(qtbot, page, "Cover")


def test_finishing_counts_what_stands_in_the_composer_as_said_and_leads_to_the_summary(
    app, page, talk, qtbot
):
    qtbot.keyClicks(composer(page), "One more thing")
    undos, routes = [], []
    page.told.connect(lambda _words, undo: undos.append(undo))
    page.went.connect(routes.append)
    click(qtbot, page, "Finish")
    assert kept(app, talk).conversation.status is TalkStatus.HELD
    assert [one.words for one in kept(app, talk).said("monday")] == ["One more thing"]
    assert routes == [Route("summary", case=kept(app, talk).case, value=talk)]
    undos[0]()
    assert kept(app, talk).conversation.status is TalkStatus.RUNNING


def test_a_finished_talk_shows_what_was_said_and_can_be_gone_on_with(app, opened, talk, qtbot):
    said_before(app.store, talk, ("week", "monday"), "I like it.")
    talks.finish(app.store, kept(app, talk).conversation, NOW)
    page = opened(talk)
    assert not composer(page).isVisible()
    click(qtbot, page, "Go on with this talk")
    assert composer(page).isVisible()
    assert kept(app, talk).conversation.status is TalkStatus.RUNNING


def test_the_last_topic_leads_to_the_goals(app, page, talk, qtbot):
    qtbot.mouseClick(topic(page, "Agreeing"), LEFT)
    with qtbot.waitSignal(page.went) as went:
        click(qtbot, page, "Goals and steps")
    assert went.args == [Route("goals", case=kept(app, talk).case)]
