"""Quick notes: typed over whatever is shown, and put under a topic later."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from caseworker_app.domain.talk import TalkStatus, Voice
from caseworker_app.services import talks
from tests.builders import NOW
from tests.ui.conversation.talking import (
    LEFT,
    SHIFT,
    asked,
    boxes,
    choose,
    click,
    composer,
    kept,
    named,
    rest,
    seen_in,
    texts_in,
)


def begin_note(qtbot, page, words: str):
    """Begin a quick note and type; its place for words."""
    qtbot.keyClick(page, Qt.Key.Key_F7)
    note = page._note.composer._words
    assert page.focusWidget() is note
    qtbot.keyClicks(note, words)
    return note


def take_note(qtbot, page, words: str) -> None:
    qtbot.keyClick(begin_note(qtbot, page, words), Qt.Key.Key_Return)


def put_under(qtbot, page, entry: str, words: str) -> None:
    """Open the menu of a note and choose where it belongs."""
    click(qtbot, page, f"Put “{words}” under a topic")
    choose(qtbot, page, entry)


def test_enter_keeps_a_note_of_the_coach_that_belongs_to_no_topic(app, page, talk, qtbot):
    qtbot.keyClicks(composer(page), "Half a sen")
    take_note(qtbot, page, "Ring the dentist")
    note = kept(app, talk).unsorted[0]
    assert (note.words, note.voice, note.section, note.question) == (
        "Ring the dentist",
        Voice.COACH,
        "",
        "",
    )
    assert not page._note.isVisible()
    assert page.focusWidget() is composer(page)
    assert composer(page).toPlainText() == "Half a sen"
    assert (asked(page), boxes(page)) == ("monday", [])


def test_a_note_can_be_begun_without_a_keyboard(app, page, talk, qtbot):
    click(qtbot, page, "Quick note")
    assert page._note.isVisible()
    qtbot.keyClicks(page.focusWidget(), "Ring the dentist")
    click(qtbot, page._note, "Add")
    assert kept(app, talk).unsorted[0].words == "Ring the dentist"


def test_a_note_can_be_in_another_voice(app, page, talk, qtbot):
    begin_note(qtbot, page, "")
    qtbot.keyClick(page, Qt.Key.Key_F4, SHIFT)
    qtbot.keyClicks(page._note.composer._speaker, "Letter")
    qtbot.keyClicks(page._note.composer._words, "To be paid by May")
    qtbot.keyClick(page._note.composer._words, Qt.Key.Key_Return)
    note = kept(app, talk).unsorted[0]
    assert (note.voice, note.speaker) == (Voice.DOCUMENT, "Letter")
    assert page._desk.composer.said() == (Voice.PARTICIPANT, "", "")


def test_an_unfinished_note_is_kept_as_a_draft_and_stands_there_again(
    app, page, opened, talk, qtbot
):
    begin_note(qtbot, page, "Ring the den")
    rest(qtbot, page)
    assert kept(app, talk).draft("").words == "Ring the den"
    qtbot.keyClicks(page._note.composer._words, "tist")
    qtbot.keyClick(page._note.composer._words, Qt.Key.Key_Escape)
    assert not page._note.isVisible()
    assert kept(app, talk).draft("").words == "Ring the dentist"
    assert kept(app, talk).unsorted == ()
    again = opened(talk)
    qtbot.keyClick(again, Qt.Key.Key_F7)
    assert again._note.composer._words.toPlainText() == "Ring the dentist"


def test_the_side_says_how_many_notes_are_to_be_sorted(page, qtbot):
    assert not any("To sort" in words for words in seen_in(page))
    take_note(qtbot, page, "Ring the dentist")
    take_note(qtbot, page, "The light in the hall")
    assert "To sort: 2 notes" in seen_in(page._desk.side)
    assert "The light in the hall" in seen_in(page._desk.side)


def test_one_touch_puts_a_note_under_a_topic_and_undo_takes_it_back(app, page, talk, qtbot):
    take_note(qtbot, page, "Wants to work outside")
    with qtbot.waitSignal(page.told) as told:
        put_under(qtbot, page, "Work", "Wants to work outside")
    note = kept(app, talk).statements[0]
    assert (note.section, note.question, kept(app, talk).unsorted) == ("work", "place", ())
    assert "Wants to work outside" not in seen_in(page._desk.side)
    words, undo = told.args
    assert words == "The note stands under “Work” now."
    undo()
    assert len(kept(app, talk).unsorted) == 1
    assert "Wants to work outside" in seen_in(page._desk.side)


def test_a_note_can_belong_to_the_question_in_view(app, page, talk, qtbot):
    click(qtbot, page, "Next")
    take_note(qtbot, page, "Fair on Tuesdays")
    put_under(qtbot, page, "The question in view", "Fair on Tuesdays")
    assert kept(app, talk).said("tuesday")[0].words == "Fair on Tuesdays"
    assert boxes(page) == ["Fair on Tuesdays"]


def test_a_note_can_belong_to_any_other_question(app, page, talk, qtbot):
    take_note(qtbot, page, "Mrs Lind is kind")
    put_under(qtbot, page, "Another topic or question …", "Mrs Lind is kind")
    line = named(page, "Where does this note belong?", QLineEdit)
    qtbot.keyClicks(line, "boss")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert kept(app, talk).said("boss")[0].words == "Mrs Lind is kind"
    assert asked(page) == "monday"


def test_a_note_can_be_removed(app, page, talk, qtbot):
    take_note(qtbot, page, "Nothing much")
    put_under(qtbot, page, "Remove", "Nothing much")
    assert kept(app, talk).statements == ()
    assert "Nothing much" not in seen_in(page)


def test_finishing_keeps_a_note_that_was_only_begun(app, page, talk, qtbot):
    begin_note(qtbot, page, "Ring the den")
    click(qtbot, page._note, "Close the note")
    click(qtbot, page, "Finish")
    held = kept(app, talk)
    assert held.conversation.status is TalkStatus.HELD
    assert [one.words for one in held.unsorted] == ["Ring the den"]


def test_a_finished_talk_takes_no_notes(app, opened, talk, qtbot):
    talks.finish(app.store, kept(app, talk).conversation, NOW)
    page = opened(talk)
    qtbot.keyClick(page, Qt.Key.Key_F7)
    assert not page._note.isVisible()


def test_what_was_typed_into_the_card_is_nowhere_after_it_closed(page, qtbot):
    begin_note(qtbot, page, "secret thought")
    close = named(page._note, "Close the note", QAbstractButton)
    qtbot.mouseClick(close, LEFT)
    assert "secret thought" not in texts_in(page)
