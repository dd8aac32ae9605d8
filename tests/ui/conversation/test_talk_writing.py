"""Writing down what is said: real keys, and what the store holds afterwards."""

from __future__ import annotations

from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea

from caseworker_app.domain.talk import Voice
from tests.ui.conversation.talking import (
    SHIFT,
    boxes,
    changes,
    choose,
    click,
    composer,
    go_to,
    kept,
    named,
    rest,
    said_before,
    say,
    write,
)
from ui.forms.talk_bar import TalkBar
from ui.forms.typing_pause import PAUSE


def test_opening_a_conversation_moving_the_keyboard_and_closing_it_writes_nothing(
    app, opened, talk, qtbot
):
    said_before(app.store, talk, ("week", "tuesday"), "Tuesdays are fine.")
    before = changes(app.store)
    page = opened(talk)
    for _step in range(60):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(page, Qt.Key.Key_F7)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    click(qtbot, page, "Who is in the room?")
    qtbot.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)
    page.refresh()
    qtbot.wait(PAUSE + 200)
    assert page.leave()
    page.close()
    assert changes(app.store) == before


def test_moving_from_question_to_question_adds_nothing_to_the_log(app, page, qtbot):
    before, _bookmarks = changes(app.store)
    for name in ("since", "hours", "strength", "story", "working", "monday"):
        go_to(qtbot, page, name)
    assert page.leave()
    assert changes(app.store)[0] == before


def test_words_are_kept_when_typing_pauses_and_stand_in_the_composer_again(
    app, page, opened, talk, qtbot
):
    write(qtbot, page, "I like the garden")
    draft = kept(app, talk).draft("monday")
    assert (draft.words, draft.voice, draft.draft) == (
        "I like the garden",
        Voice.PARTICIPANT,
        True,
    )
    again = opened(talk)
    assert composer(again).toPlainText() == "I like the garden"
    assert composer(again).textCursor().atEnd()
    assert again.focusWidget() is composer(again)


def test_who_never_pauses_is_kept_all_the_same(app, page, talk, qtbot):
    typed = ""
    start = perf_counter()
    while kept(app, talk).draft("monday") is None:
        assert perf_counter() - start < 2
        qtbot.keyClicks(composer(page), "on and ")
        typed += "on and "
        qtbot.wait(40)
        assert page._desk.composer.is_typing()
    assert typed.startswith(kept(app, talk).draft("monday").words.rstrip())


def test_the_bar_says_when_everything_is_kept(page, qtbot):
    def state() -> list[str]:
        return [one.text() for one in page.findChild(TalkBar).findChildren(QLabel)]

    assert "Kept" in state()
    qtbot.keyClicks(composer(page), "I")
    assert "Writing" in state()
    qtbot.waitUntil(lambda: "Kept" in state())


def test_leaving_the_page_keeps_the_last_keys(app, page, talk, qtbot):
    qtbot.keyClicks(composer(page), "Not paused yet")
    assert page.leave()
    assert kept(app, talk).draft("monday").words == "Not paused yet"


def test_an_emptied_composer_takes_its_draft_away(app, page, talk, qtbot):
    write(qtbot, page, "No.")
    composer(page).selectAll()
    qtbot.keyClick(composer(page), Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: kept(app, talk).draft("monday") is None)


def test_enter_adds_the_words_and_shift_enter_begins_a_line(app, page, talk, qtbot):
    qtbot.keyClicks(composer(page), "First")
    qtbot.keyClick(composer(page), Qt.Key.Key_Return, SHIFT)
    say(qtbot, page, "second")
    said = kept(app, talk).said("monday")
    assert [one.words for one in said] == ["First\nsecond"]
    assert kept(app, talk).draft("monday") is None
    assert composer(page).toPlainText() == ""
    assert boxes(page) == ["“First\nsecond”"]


def test_enter_without_words_adds_nothing(app, page, talk, qtbot):
    say(qtbot, page, "   ")
    assert kept(app, talk).statements == ()


def test_the_voice_returns_to_the_participant_at_each_new_question(app, page, talk, qtbot):
    qtbot.keyClick(page, Qt.Key.Key_F3)
    say(qtbot, page, "Looks tired")
    assert page._desk.composer.said()[0] is Voice.COACH
    click(qtbot, page, "Next")
    assert page._desk.composer.said() == (Voice.PARTICIPANT, "", "")
    assert kept(app, talk).said("monday")[0].voice is Voice.COACH


@pytest.mark.parametrize(
    ("shift", "field", "voice"),
    [(False, "Who says this", Voice.THIRD), (True, "Which document", Voice.DOCUMENT)],
)
def test_others_and_documents_are_kept_with_their_name_also_before_enter(
    app, page, opened, talk, qtbot, shift, field, voice
):
    qtbot.keyClick(page, Qt.Key.Key_F4, SHIFT if shift else Qt.KeyboardModifier.NoModifier)
    who = named(page, field, QLineEdit)
    assert page.focusWidget() is who
    qtbot.keyClicks(who, "Letter of Petra Berg")
    qtbot.keyClick(who, Qt.Key.Key_Return)
    write(qtbot, page, "He gets up by himself")
    again = opened(talk)
    assert again._desk.composer.said() == (voice, "Letter of Petra Berg", "He gets up by himself")
    qtbot.keyClick(composer(again), Qt.Key.Key_Return)
    said = kept(app, talk).said("monday")[0]
    assert (said.voice, said.speaker) == (voice, "Letter of Petra Berg")


def test_the_voices_are_buttons_too(app, page, talk, qtbot):
    for name in ("I notice", "Others say", "A document says", "\u2068Tobias\u2069 says"):
        click(qtbot, page, name)
        write(qtbot, page, ".")
    assert kept(app, talk).draft("monday").voice is Voice.PARTICIPANT
    assert kept(app, talk).draft("monday").words == "...."


def test_a_sister_does_not_become_a_document(page, qtbot):
    qtbot.keyClick(page, Qt.Key.Key_F4)
    qtbot.keyClicks(named(page, "Who says this", QLineEdit), "Petra")
    qtbot.keyClick(page, Qt.Key.Key_F4, SHIFT)
    assert page._desk.composer.said() == (Voice.DOCUMENT, "", "")
    qtbot.keyClick(page, Qt.Key.Key_F4)
    assert page._desk.composer.said() == (Voice.THIRD, "Petra", "")


def test_a_document_that_was_named_before_is_offered_again(page, qtbot):
    qtbot.keyClick(page, Qt.Key.Key_F4, SHIFT)
    qtbot.keyClicks(named(page, "Which document", QLineEdit), "Letter of 3 March")
    say(qtbot, page, "He works with care.")
    click(qtbot, page, "Next")
    qtbot.keyClick(page, Qt.Key.Key_F4, SHIFT)
    click(qtbot, page, "Choose a document that was named before")
    choose(qtbot, page, "Letter of 3 March")
    assert page._desk.composer.said()[:2] == (Voice.DOCUMENT, "Letter of 3 March")
    qtbot.keyClick(page, Qt.Key.Key_F4)
    click(qtbot, page, "Choose from the people around \u2068Tobias\u2069")
    choose(qtbot, page, "Petra Müller, sister")
    assert page._desk.composer.said()[:2] == (Voice.THIRD, "Petra Müller, sister")


def test_a_long_text_with_emoji_and_arabic_comes_back_letter_by_letter(
    app, page, opened, talk, qtbot
):
    words = ("Ich mag 🌻👩‍🌾 und مرحبا בוקר טוב. " * 4000)[:100_000]
    start = perf_counter()
    composer(page).insertPlainText(words)
    rest(qtbot, page)
    assert perf_counter() - start < 3
    assert kept(app, talk).draft("monday").words == words
    assert composer(opened(talk)).toPlainText() == words


def test_a_very_long_word_does_not_push_anything_aside(page, qtbot):
    composer(page).insertPlainText("Donaudampfschifffahrt" * 200)
    qtbot.keyClick(composer(page), Qt.Key.Key_Return)
    words = next(one for one in page.findChildren(QScrollArea) if one.isVisible())
    assert page.width() == 1280
    assert words.horizontalScrollBar().maximum() == 0
