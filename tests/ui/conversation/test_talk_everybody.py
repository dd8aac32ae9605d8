"""Every conversation can be held without eyes, without a mouse, and in a small window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app.services import answers
from tests.builders import NOW
from tests.ui.accessibility import problems
from tests.ui.conversation.talking import (
    CTRL,
    SHIFT,
    composer,
    go_to,
    kept,
    named,
    said_before,
    seen_in,
)
from ui import theme
from ui.forms.rating_panel import DomainRating


@pytest.fixture
def full(app, talk):
    """A talk with something of everything in it."""
    about = kept(app, talk).conversation
    for voice in ("participant", "third", "coach", "document"):
        said_before(app.store, talk, ("week", "monday"), "Mondays are long.", voice=voice)
    said_before(app.store, talk, ("", ""), "Ring the dentist")
    answers.rate(app.store, about, "L01", NOW, satisfaction=7, own_share=2, reason="So it is.")
    answers.set_hidden(app.store, about, ("tuesday",), NOW, hidden=True)
    return talk


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (900, 700), (640, 800)])
def test_everything_can_be_reached_without_eyes_and_without_a_mouse(opened, full, size):
    assert problems(opened(full, *size)) == []


@pytest.mark.parametrize(
    "question", ["paid", "way", "gladly", "hours", "mood", "smile", "boss", "story", "working"]
)
def test_every_kind_of_question_can_be_answered_without_a_mouse(opened, talk, qtbot, question):
    page = opened(talk)
    go_to(qtbot, page, question)
    QApplication.processEvents()
    assert problems(page) == []


def test_the_quick_note_can_be_written_without_a_mouse(opened, talk, qtbot):
    page = opened(talk)
    qtbot.keyClick(page, Qt.Key.Key_F7)
    qtbot.keyClick(page, Qt.Key.Key_F4, SHIFT)
    assert problems(page._note) == []


def test_in_a_narrow_window_rating_and_questions_are_tabs(opened, talk, qtbot):
    page = opened(talk, 640, 800)
    qtbot.keyClick(page, Qt.Key.Key_R, CTRL)
    assert page._desk.ratings.findChild(DomainRating).isVisible()
    assert not composer(page).isVisible()
    page.resize(1280, 800)
    assert page._desk.ratings.findChild(DomainRating).isVisible()
    assert composer(page).isVisible()


def test_in_a_narrow_window_the_voices_are_icons_with_their_names_for_the_ear(opened, talk, qtbot):
    page = opened(talk, 640, 800)
    for name in ("\u2068Tobias\u2069 says", "I notice", "Others say", "A document says"):
        voice = named(page._desk.composer, name)
        assert voice.height() < 60
        qtbot.mouseClick(voice, Qt.MouseButton.LeftButton)
        assert voice.text() == name
    assert len([one for one in seen_in(page._desk.composer) if one == "A document says"]) == 1


@pytest.mark.parametrize("look", [theme.Theme("light", 2.0, motion=False)], indirect=True)
def test_at_twice_the_size_the_composer_is_not_squeezed(opened, talk, look):
    page = opened(talk)
    composer(page).insertPlainText("Many words. " * 200)
    QApplication.processEvents()
    add = named(page, "Add")
    assert add.visibleRegion().boundingRect().size() == add.size()
    assert add.height() >= look.px(42)
    assert page.width() == 1280
