"""After one person nothing of them is left with the next, whatever field was left half filled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from caseworker_app.domain.path import places
from tests.ui.conversation.talking import (
    CTRL,
    LEFT,
    SHIFT,
    about_what_was_said,
    begun,
    click,
    composer,
    go_to,
    named,
    said_before,
    say,
    texts_in,
)
from ui.forms.rating_panel import DomainRating
from ui.pages.conversation_page import ConversationPage
from ui.widgets.choices import Choice, Segmented
from ui.widgets.rating import RatingScale
from ui.widgets.scale import Scale
from ui.widgets.shares import Share

Filling = Callable[[QtBot, ConversationPage], object]
NONE = Qt.KeyboardModifier.NoModifier


def voice(key: Qt.Key, modifier=NONE, field: str = "") -> Filling:
    def fill(qtbot: QtBot, page: ConversationPage) -> None:
        qtbot.keyClick(page, key, modifier)
        if field:
            qtbot.keyClicks(named(page, field, QLineEdit), "secret somebody")
        qtbot.keyClicks(composer(page), "secret words")

    return fill


def typed(question: str, kind: type[QWidget], words: str = "secret") -> Filling:
    def fill(qtbot: QtBot, page: ConversationPage) -> None:
        go_to(qtbot, page, question)
        qtbot.keyClicks(named(page, f"What about {question}?", kind), words)

    return fill


def chosen(question: str, words: str, kind: type[QWidget] = QRadioButton) -> Filling:
    def fill(qtbot: QtBot, page: ConversationPage) -> None:
        go_to(qtbot, page, question)
        click(qtbot, page._desk.answer, words, kind)

    return fill


def pointed(question: str) -> Filling:
    def fill(qtbot: QtBot, page: ConversationPage) -> None:
        go_to(qtbot, page, question)
        scale = next(one for one in page._desk.answer.findChildren(Scale) if one.isVisible())
        qtbot.mouseClick(scale._marks[3], LEFT)

    return fill


def panel(page: ConversationPage) -> DomainRating:
    return next(one for one in page.findChildren(DomainRating) if one.isVisible())


def unfolded(page: ConversationPage) -> DomainRating:
    shown = panel(page)
    shown._fold.open(True)
    return shown


def rated(qtbot: QtBot, page: ConversationPage) -> None:
    for scale in panel(page).findChildren(RatingScale):
        qtbot.mouseClick(scale._marks[8], LEFT)


def not_rated(qtbot: QtBot, page: ConversationPage) -> None:
    click(qtbot, panel(page), "would rather not say", QRadioButton)


def wished(qtbot: QtBot, page: ConversationPage) -> None:
    for choice in unfolded(page).findChildren(Segmented):
        qtbot.mouseClick(next(iter(choice._buttons.values())), LEFT)


def shared(qtbot: QtBot, page: ConversationPage) -> None:
    for share in unfolded(page).findChildren(Share):
        qtbot.mouseClick(share._marks[2], LEFT)


def reasoned(qtbot: QtBot, page: ConversationPage) -> None:
    qtbot.keyClicks(unfolded(page).findChild(QPlainTextEdit), "secret reason")


def corrected(qtbot: QtBot, page: ConversationPage) -> None:
    say(qtbot, page, "secret words")
    about_what_was_said(qtbot, page, "Put the words right")
    qtbot.keyClicks(named(page, "Put the words right", QPlainTextEdit), " secret correction")


def noted(qtbot: QtBot, page: ConversationPage) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F7)
    qtbot.keyClicks(page._note.composer._words, "secret note")


def noted_and_kept(qtbot: QtBot, page: ConversationPage) -> None:
    noted(qtbot, page)
    qtbot.keyClick(page._note.composer._words, Qt.Key.Key_Return)


def told_about(qtbot: QtBot, page: ConversationPage) -> None:
    page._open_about()
    for field in ("Place", "Language of the talk", "Interpreter", "In the room"):
        qtbot.keyClicks(named(QApplication.activeModalWidget(), field, QLineEdit), "secret")


def jumped(qtbot: QtBot, page: ConversationPage) -> None:
    qtbot.keyClick(page, Qt.Key.Key_J, CTRL)
    qtbot.keyClicks(page._jump._edit, "secret search")


def hid(qtbot: QtBot, page: ConversationPage) -> None:
    qtbot.keyClick(named(page, "What about tuesday?"), Qt.Key.Key_Delete)


def marked(qtbot: QtBot, page: ConversationPage) -> None:
    say(qtbot, page, "secret words")
    for entry in ("Remember for the goals", "Said alone"):
        about_what_was_said(qtbot, page, entry)


FILLINGS: dict[str, Filling] = {
    "the person's words": voice(Qt.Key.Key_F2),
    "the coach's words": voice(Qt.Key.Key_F3),
    "words of others": voice(Qt.Key.Key_F4, NONE, "Who says this"),
    "words of a document": voice(Qt.Key.Key_F4, SHIFT, "Which document"),
    "a correction": corrected,
    "a marked statement": marked,
    "yes or no": chosen("paid", "Yes"),
    "one of several": chosen("way", "Bike"),
    "several": chosen("gladly", "Dig", QCheckBox),
    "a date": typed("since", QLineEdit),
    "a number": typed("hours", QLineEdit),
    "a text": typed("boss", QPlainTextEdit),
    "a long text": typed("story", QPlainTextEdit),
    "a scale": pointed("strength"),
    "a scale of a guide": pointed("mood"),
    "faces": pointed("smile"),
    "a rating asked for": pointed("working"),
    "a rating": rated,
    "no rating": not_rated,
    "a wish": wished,
    "shares": shared,
    "a reason": reasoned,
    "a quick note": noted,
    "a note to sort": noted_and_kept,
    "about the talk": told_about,
    "a jump": jumped,
    "a hidden prompt": hid,
}


def nothing_is_chosen(page: ConversationPage) -> None:
    for scale in page.findChildren(Scale):
        assert scale.value() is None
    for choice in page.findChildren(Choice):
        if not page.isAncestorOf(choice) or choice.accessibleName() == "Who is speaking":
            continue
        assert choice.value() is None, choice.accessibleName()
    assert not any(box.isChecked() for box in page.findChildren(QCheckBox))
    assert not any("hidden, show" in words for words in texts_in(page))


def walk_through(qtbot: QtBot, page: ConversationPage) -> None:
    """Look at everything there is to see."""
    for place in places(page._talk.guide):
        if page._talk.asked.question(place.question) is None:
            continue
        page._go(place)
        for shown in page.findChildren(DomainRating):
            if shown.isVisible():
                shown._fold.open(True)
        yield
    for key in (Qt.Key.Key_F7, Qt.Key.Key_J):
        qtbot.keyClick(page, key, CTRL if key == Qt.Key.Key_J else NONE)
        yield
    page._note.close_up()
    page._open_about()
    for field in QApplication.activeModalWidget().findChildren(QLineEdit):
        assert field.text() == ""
    yield
    QApplication.activeModalWidget().reject()


@pytest.mark.parametrize("filling", FILLINGS.values(), ids=FILLINGS)
def test_after_one_person_nothing_of_them_is_left_with_the_next(app, opened, qtbot, filling):
    page = opened(begun(app.store, "Abdulrahman Al-Khatib"))
    filling(qtbot, page)
    modal = QApplication.activeModalWidget()
    if modal is not None:
        modal.reject()
    assert page.leave()
    page.close()
    other = opened(begun(app.store, "Wim Bakker"))
    for _sight in walk_through(qtbot, other):
        found = {w for w in texts_in(other) if "secret" in w or "Abdul" in w or "Khatib" in w}
        assert found == set()
        nothing_is_chosen(other)


def test_the_test_would_see_what_is_left(app, opened, qtbot):
    """With the same person again, all of it is there."""
    talk = begun(app.store, "Abdulrahman Al-Khatib")
    page = opened(talk)
    for filling in (corrected, noted_and_kept, reasoned):
        filling(qtbot, page)
    page.leave()
    page.close()
    again = opened(talk)
    found = " ".join(texts_in(again))
    for words in ("secret words secret correction", "secret note", "secret reason", "Abdulrahman"):
        assert words in found


def test_a_box_that_shows_another_question_keeps_nothing(app, opened, talk, qtbot):
    for number in range(5):
        said_before(app.store, talk, ("week", "monday"), f"private {number}")
    page = opened(talk)
    assert any("private" in words for words in texts_in(page))
    click(qtbot, page, "Next")
    assert not any("private" in words for words in texts_in(page))
