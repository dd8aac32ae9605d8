"""Holding a conversation from the coach's side: real keys and clicks, and what the store holds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from caseworker_app import paths
from caseworker_app.content import guides
from caseworker_app.domain.people import Relation
from caseworker_app.domain.talk import Missing, TalkStatus, TopicState, Voice, WantsChange
from caseworker_app.domain.talk_view import Talk
from caseworker_app.errors import StoreInUse
from caseworker_app.services import answers, people, talks
from caseworker_app.settings import Settings
from caseworker_app.store.store import Store
from tests.builders import NOW, a_case, a_store
from tests.ui.accessibility import problems
from ui import dialogs, theme
from ui.background import Background
from ui.context import App
from ui.forms.composer import Words
from ui.forms.keeping import Keeping
from ui.forms.rating_panel import RatingPanel
from ui.forms.statements import StatementList
from ui.forms.talk_bar import TalkBar
from ui.forms.topic_list import TopicRow
from ui.page import Route
from ui.pages.conversation_page import ConversationPage
from ui.widgets.boxes import Banner, VoiceBox
from ui.widgets.choices import NoAnswer
from ui.widgets.rating import RatingScale

# The platform without a screen cannot lend its keyboard to a menu; the keys arrive all the same.
pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton

HEAD = """
id = "kitchen"
version = 1
languages = ["en"]
title.en = "At the kitchen table"
purpose.en = "To hear how things are."
"""
SECTION = """
[[sections]]
id = "{id}"
pictogram = "{pictogram}"
domains = [{domains}]
sensitive = {sensitive}
closing = {closing}
title.en = "{title}"
"""
QUESTION = """
[[sections.questions]]
id = "{id}"
kind = "{kind}"
text.en = "{text}"
hint.en = "Ask for an example."
"""
OPTION = """
[[sections.questions.options]]
id = "{id}"
text.en = "{text}"
"""


def section(name: str, pictogram: str, *domains: str, sensitive=False, closing=False) -> str:
    return SECTION.format(
        id=name,
        pictogram=pictogram,
        domains=", ".join(f'"{one}"' for one in domains),
        sensitive=str(sensitive).lower(),
        closing=str(closing).lower(),
        title=name.capitalize(),
    )


def question(name: str, kind: str = "talk", *options: str) -> str:
    asked = QUESTION.format(id=name, kind=kind, text=f"What about {name}?")
    return asked + "".join(OPTION.format(id=one, text=one.capitalize()) for one in options)


GUIDE = (
    HEAD
    + section("week", "L01_day", "L01")
    + "".join(question(one) for one in ("monday", "tuesday", "sunday"))
    + section("work", "L04_work", "L04", "L03")
    + question("place")
    + question("paid", "yes_no")
    + question("way", "choice", "bus", "bike")
    + question("gladly", "choices", "cook", "dig", "sing")
    + question("since", "date")
    + question("hours", "number")
    + question("strength", "scale")
    + question("boss", "text")
    + section("health", "L11_health", "L11", sensitive=True)
    + question("sleep")
    + section("agreeing", "X01_wishes", closing=True)
    + question("step")
)


@pytest.fixture(autouse=True)
def kitchen_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program as if it were shipped with one small guide that has every kind of question."""
    shipped = tmp_path / "shipped"
    (shipped / "resources" / "guides" / "kitchen").mkdir(parents=True)
    for folder in paths.resources().iterdir():
        if folder.name != "guides":
            (shipped / "resources" / folder.name).symlink_to(folder)
    (shipped / "resources" / "guides" / "kitchen" / "1.toml").write_text(GUIDE, "utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(shipped), raising=False)


@pytest.fixture
def app(tmp_path: Path, qapp: QApplication) -> Iterator[App]:
    background = Background()
    yield App(a_store(tmp_path / "store"), Settings(), lambda: NOW, background)
    background.close()


@pytest.fixture
def talk(app: App) -> UUID:
    """A conversation with Tobias that has just begun."""
    return begun(app.store, "Tobias Brandt")


@pytest.fixture
def opened(app: App, qtbot: QtBot, showing) -> Callable[[UUID], ConversationPage]:
    def open_page(conversation: UUID, width=1280, height=800) -> ConversationPage:
        page = ConversationPage(app, conversation)
        page.resize(width, height)
        return showing(page)

    return open_page


@pytest.fixture
def page(opened, talk: UUID) -> ConversationPage:
    return opened(talk)


def begun(store: Store, name: str, now=NOW) -> UUID:
    case = a_case(store, name, now)
    relation = Relation(id=store.new_id(), case=case, name="Petra Müller", role="sister")
    people.save_relation(store, relation, None, now)
    return talks.begin(store, case, guides.guide("kitchen", 1), now)


def said_before(store: Store, talk: UUID, place: tuple[str, str], words: str, **more: str) -> None:
    about = talks.open_talk(store, talk).conversation
    voice = Voice(more.get("voice", "participant"))
    answers.add_words(store, about, place, (voice, more.get("speaker", ""), words), NOW)


def kept(app: App, talk: UUID) -> Talk:
    return talks.open_talk(app.store, talk)


def composer(page: ConversationPage) -> Words:
    return page.findChild(Words)


def write(qtbot: QtBot, page: ConversationPage, words: str) -> None:
    """Type as a coach types, then wait for the pause to be over."""
    qtbot.keyClicks(composer(page), words)
    qtbot.waitUntil(lambda: not page._desk.composer.is_typing())


def named(page: QWidget, name: str, kind: type[QWidget] = QAbstractButton) -> QWidget:
    found = [one for one in page.findChildren(kind) if one.accessibleName() == name]
    shown = [one for one in found if one.isVisible()]
    assert len(shown) == 1, (name, len(found), len(shown))
    return shown[0]


def click(qtbot: QtBot, page: QWidget, name: str) -> None:
    qtbot.mouseClick(named(page, name), LEFT)


def topic(page: ConversationPage, title: str) -> TopicRow:
    return next(row for row in page.findChildren(TopicRow) if row.text() == title)


def boxes(page: ConversationPage) -> list[str]:
    shown = page.findChild(StatementList).findChildren(VoiceBox)
    return [box.words() for box in shown if box.isVisible()]


def asked(page: ConversationPage) -> str:
    return page._talk.question


def changes(store: Store) -> tuple[int, int]:
    with store.reading() as reading:
        count = reading.connection.exec_driver_sql
        return (
            count("SELECT count(*) FROM change").scalar_one(),
            count("SELECT count(*) FROM bookmark").scalar_one(),
        )


# --- writing -----------------------------------------------------------------------------------


def test_opening_a_conversation_writes_nothing(app, opened, talk, qtbot):
    said_before(app.store, talk, ("week", "tuesday"), "Tuesdays are fine.")
    before = changes(app.store)
    page = opened(talk)
    page.refresh()
    qtbot.wait(700)
    assert page.leave()
    assert changes(app.store) == before


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
    qtbot.keyClicks(composer(page), "second")
    qtbot.keyClick(composer(page), Qt.Key.Key_Return)
    said = kept(app, talk).said("monday")
    assert [one.words for one in said] == ["First\nsecond"]
    assert kept(app, talk).draft("monday") is None
    assert composer(page).toPlainText() == ""
    assert boxes(page) == ["“First\nsecond”"]


def test_enter_without_words_adds_nothing(app, page, talk, qtbot):
    qtbot.keyClicks(composer(page), "   ")
    qtbot.keyClick(composer(page), Qt.Key.Key_Return)
    assert kept(app, talk).statements == ()


def test_the_voice_returns_to_the_participant_at_each_new_question(app, page, talk, qtbot):
    qtbot.keyClick(page, Qt.Key.Key_F3)
    write(qtbot, page, "Looks tired")
    qtbot.keyClick(composer(page), Qt.Key.Key_Return)
    assert page._desk.composer.said()[0] is Voice.COACH
    click(qtbot, page, "Next")
    assert page._desk.composer.said() == (Voice.PARTICIPANT, "", "")
    assert kept(app, talk).said("monday")[0].voice is Voice.COACH


def test_others_are_kept_with_their_name_also_before_enter(app, page, opened, talk, qtbot):
    qtbot.keyClick(page, Qt.Key.Key_F4)
    who = named(page, "Who says this", QLineEdit)
    assert page.focusWidget() is who
    qtbot.keyClicks(who, "Petra Berg, sister")
    qtbot.keyClick(who, Qt.Key.Key_Return)
    write(qtbot, page, "He gets up by himself")
    again = opened(talk)
    assert again._desk.composer.said() == (
        Voice.THIRD,
        "Petra Berg, sister",
        "He gets up by himself",
    )
    qtbot.keyClick(composer(again), Qt.Key.Key_Return)
    assert kept(app, talk).said("monday")[0].speaker == "Petra Berg, sister"


def test_a_long_text_with_emoji_and_arabic_comes_back_letter_by_letter(
    app, page, opened, talk, qtbot
):
    words = ("Ich mag 🌻👩‍🌾 und مرحبا בוקר טוב. " * 4000)[:100_000]
    start = perf_counter()
    composer(page).insertPlainText(words)
    qtbot.waitUntil(lambda: not page._desk.composer.is_typing())
    assert perf_counter() - start < 3
    assert kept(app, talk).draft("monday").words == words
    assert composer(opened(talk)).toPlainText() == words


# --- where the conversation stands -------------------------------------------------------------


def test_a_conversation_goes_on_exactly_where_it_was_left(app, page, opened, talk, qtbot):
    qtbot.mouseClick(topic(page, "Work"), LEFT)
    click(qtbot, page, "Next")
    again = opened(talk)
    assert (again._talk.section, again._talk.question) == ("work", "paid")
    assert topic(again, "Work").isChecked()


def test_ctrl_left_and_right_pass_words_in_a_text_and_questions_in_an_empty_composer(page, qtbot):
    qtbot.keyClick(composer(page), Qt.Key.Key_Right, CTRL)
    assert asked(page) == "tuesday"
    qtbot.keyClick(composer(page), Qt.Key.Key_Left, CTRL)
    assert asked(page) == "monday"
    qtbot.keyClicks(composer(page), "two words")
    qtbot.keyClick(composer(page), Qt.Key.Key_Left, CTRL)
    assert (asked(page), composer(page).textCursor().position()) == ("monday", 4)
    qtbot.keyClick(composer(page), Qt.Key.Key_PageDown, CTRL)
    assert asked(page) == "tuesday"


def test_ctrl_up_and_down_go_through_the_topics_and_back_to_the_question_left_there(page, qtbot):
    click(qtbot, page, "Next")
    qtbot.keyClick(page, Qt.Key.Key_Down, CTRL)
    assert asked(page) == "place"
    qtbot.keyClick(page, Qt.Key.Key_Up, CTRL)
    assert asked(page) == "tuesday"


def test_ctrl_j_jumps_to_what_is_typed(page, qtbot):
    qtbot.keyClick(page, Qt.Key.Key_J, CTRL)
    line = named(page, "Jump to a topic or a question", QLineEdit)
    qtbot.keyClicks(line, "abo boss")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert asked(page) == "boss"
    assert not line.isVisible()
    assert page.focusWidget() is composer(page)


def test_a_prompt_leads_to_its_question(page, qtbot):
    click(qtbot, page, "What about sunday?")
    assert asked(page) == "sunday"


def test_parking_a_topic_goes_on_and_passes_it_over(app, page, talk, qtbot):
    qtbot.keyClick(page, Qt.Key.Key_B, CTRL)
    assert asked(page) == "place"
    assert kept(app, talk).topic("week") is TopicState.PARKED
    assert topic(page, "Week").accessibleName() == "Week, parked"
    qtbot.mouseClick(topic(page, "Week"), LEFT)
    click(qtbot, page, "Take up again")
    assert kept(app, talk).topic("week") is TopicState.OPEN


def test_moving_with_500_answers_takes_about_a_frame(app, opened, talk, qtbot):
    about = kept(app, talk).conversation
    every = [(s.id, q.id) for s in kept(app, talk).guide.sections for q in s.questions]
    for number in range(500):
        said = (Voice.PARTICIPANT, "", f"Sentence {number} with a few words")
        answers.add_words(app.store, about, every[number % len(every)], said, NOW)
    page = opened(talk)
    times = []
    for step in range(8):
        start = perf_counter()
        (page._go_on if step % 2 == 0 else page._go_back)()
        times.append(perf_counter() - start)
    assert asked(page) == "monday"
    assert median(times) < 0.05, times


# --- sensitive topics --------------------------------------------------------------------------


def test_a_sensitive_topic_asks_for_permission_first(app, page, talk, qtbot):
    qtbot.mouseClick(topic(page, "Health"), LEFT)
    assert "May I ask you about “Health”? You may say no." in texts_in(page)
    assert not composer(page).isVisible()
    click(qtbot, page, "Yes")
    assert composer(page).isVisible()
    assert kept(app, talk).topic("health") is TopicState.PERMITTED


@pytest.mark.parametrize(
    ("answer", "state"), [("Later", TopicState.PARKED), ("No", TopicState.DECLINED)]
)
def test_later_and_no_are_respected(app, page, talk, qtbot, answer, state):
    qtbot.mouseClick(topic(page, "Health"), LEFT)
    click(qtbot, page, answer)
    assert kept(app, talk).topic("health") is state
    assert asked(page) == "step"
    qtbot.mouseClick(topic(page, "Health"), LEFT)
    assert not composer(page).isVisible()


# --- answers and ratings -----------------------------------------------------------------------


def test_a_reason_for_no_answer_takes_one_touch_and_another_takes_it_back(app, page, talk, qtbot):
    choice = next(
        one
        for one in page._desk.no_answer.findChildren(QRadioButton)
        if one.text() == "would rather not say"
    )
    qtbot.mouseClick(choice, LEFT, pos=QPoint(20, 20))
    assert kept(app, talk).answer("monday").missing is Missing.NOT_SAID
    qtbot.mouseClick(choice, LEFT, pos=QPoint(20, 20))
    assert kept(app, talk).answer("monday").missing is None


def test_the_participants_words_take_the_reason_for_having_none_away(app, page, talk, qtbot):
    page._desk.no_answer.chosen.emit(Missing.NOT_ASKED)
    write(qtbot, page, "Well, Mondays")
    qtbot.keyClick(composer(page), Qt.Key.Key_Return)
    assert kept(app, talk).answer("monday").missing is None
    assert page.findChild(NoAnswer).value() is None


def test_ratings_are_kept_at_a_click_and_at_a_key(app, page, talk, qtbot):
    qtbot.keyClick(page, Qt.Key.Key_R, CTRL)
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_7)
    panel = next(one for one in page.findChildren(RatingPanel) if one.isVisible())
    importance = panel.findChildren(RatingScale)[1]
    qtbot.mouseClick(importance._marks[9], LEFT)
    later = next(one for one in panel.findChildren(QAbstractButton) if one.text() == "Later")
    qtbot.mouseClick(later, LEFT)
    rating = kept(app, talk).rating("L01")
    assert (rating.satisfaction, rating.importance) == (7, 9)
    assert rating.wants_change is WantsChange.LATER


def test_last_time_is_shown_beside_today(app, opened, talk, qtbot):
    said_before(app.store, talk, ("week", "monday"), "Mondays are long.")
    about = kept(app, talk).conversation
    answers.rate(app.store, about, "L01", NOW, satisfaction=4)
    talks.finish(app.store, about, NOW)
    later = NOW + timedelta(days=200)
    again = talks.begin(app.store, about.case, guides.guide("kitchen", 1), later)
    page = opened(again)
    assert "“Mondays are long.”" in texts_in(page)
    scale = page.findChildren(RatingScale)[0]
    assert scale.accessibleName().endswith("nothing chosen, November 23, 2026 4")
    click(qtbot, page, "Next")
    qtbot.waitUntil(lambda: "“Mondays are long.”" not in texts_in(page))


def test_questions_with_a_value_have_a_fitting_field(app, page, talk, qtbot):
    def value(name: str) -> str:
        answer = kept(app, talk).answer(name)
        return answer.value if answer else ""

    qtbot.mouseClick(topic(page, "Work"), LEFT)
    for name, kind, words, given in (
        ("paid", QRadioButton, "Yes", "yes"),
        ("way", QRadioButton, "Bike", "bike"),
        ("gladly", QCheckBox, "Sing", "sing"),
    ):
        click(qtbot, page, "Next")
        assert asked(page) == name
        qtbot.mouseClick(named(page._desk._words, words, kind), LEFT, pos=QPoint(20, 20))
        assert value(name) == given
    qtbot.mouseClick(named(page, "Cook", QCheckBox), LEFT, pos=QPoint(20, 20))
    assert value("gladly") == "cook\nsing"
    for name, typed, given in (("since", "1.3.2025", "2025-03-01"), ("hours", "12", "12")):
        click(qtbot, page, "Next")
        qtbot.keyClicks(named(page, f"What about {name}?", QLineEdit), typed)
        page._desk.flush()
        assert value(name) == given
    click(qtbot, page, "Next")
    qtbot.mouseClick(page._desk._answer.findChild(RatingScale)._marks[10], LEFT)
    assert value("strength") == "10"
    click(qtbot, page, "Next")
    qtbot.keyClicks(named(page, "What about boss?", QPlainTextEdit), "Mrs Lind")
    assert page.leave()
    assert value("boss") == "Mrs Lind"


# --- what was said ------------------------------------------------------------------------------


@pytest.fixture
def page_with_words(app, opened, talk) -> ConversationPage:
    said_before(app.store, talk, ("week", "monday"), "I like teh garden.")
    return opened(talk)


def choose(qtbot: QtBot, page: ConversationPage, entry: str) -> None:
    """Choose an entry of the menu beside the only statement."""
    more = [
        one
        for one in page.findChild(StatementList).findChildren(QAbstractButton)
        if one.accessibleName().startswith("More about what Tobias")
    ]
    qtbot.mouseClick(more[0], LEFT)
    menu = next(one for one in page.findChildren(QMenu) if one.isVisible())
    action = next(one for one in menu.actions() if one.text() == entry)
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def only_statement(app: App, talk: UUID):
    return kept(app, talk).statements[0]


def test_words_can_be_put_right_in_place(app, page_with_words, talk, qtbot):
    page = page_with_words
    choose(qtbot, page, "Put the words right")
    edit = named(page, "Put the words right", QPlainTextEdit)
    assert page.focusWidget() is edit
    edit.selectAll()
    qtbot.keyClicks(edit, "I like the garden.")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert only_statement(app, talk).words == "I like the garden."
    assert boxes(page) == ["“I like the garden.”"]
    assert page.focusWidget() is composer(page)


def test_a_statement_is_remembered_for_the_goals(app, page_with_words, talk, qtbot):
    qtbot.keyClick(page_with_words, Qt.Key.Key_M, CTRL)
    assert only_statement(app, talk).for_goals
    assert "remembered for the goals" in texts_in(page_with_words)
    qtbot.keyClick(page_with_words, Qt.Key.Key_M, CTRL)
    assert not only_statement(app, talk).for_goals


@pytest.mark.parametrize(
    ("entry", "mark", "shown"),
    [
        ("Said alone", "alone", "said alone"),
        ("Not for print", "not_for_print", "not for print"),
        ("Not for partners", "not_for_partners", "not for partners"),
    ],
)
def test_a_statement_is_marked(app, page_with_words, talk, qtbot, entry, mark, shown):
    choose(qtbot, page_with_words, entry)
    assert getattr(only_statement(app, talk), mark)
    assert shown in texts_in(page_with_words)


def test_a_removed_statement_comes_back_with_undo(app, page_with_words, talk, qtbot):
    page = page_with_words
    with qtbot.waitSignal(page.told) as told:
        choose(qtbot, page, "Remove")
    assert (boxes(page), kept(app, talk).statements) == ([], ())
    words, undo = told.args
    assert words == "Removed."
    undo()
    assert boxes(page) == ["“I like teh garden.”"]


# --- trouble -----------------------------------------------------------------------------------


def disk(store: Store, pages: int) -> None:
    with store.reading() as reading:
        reading.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def test_on_a_full_disk_the_text_stays_and_is_kept_as_soon_as_there_is_room(app, page, talk, qtbot):
    words = "I want to work with my hands. " * 3000
    page._keeping._again.setInterval(50)
    disk(app.store, 1)
    app.background.run(page, lambda: disk(app.store, 1), lambda _none: None)
    composer(page).insertPlainText(words)
    qtbot.waitUntil(lambda: bool(page.findChildren(Banner)), timeout=3000)
    banner = page.findChild(Banner)
    assert "Saving is not possible: the disk is full." in texts_in(banner)
    qtbot.keyClick(composer(page), Qt.Key.Key_Return)
    assert composer(page).toPlainText() == words
    assert not page.leave()
    app.background.run(page, lambda: disk(app.store, 1_000_000), lambda _none: None)
    disk(app.store, 1_000_000)
    qtbot.waitUntil(lambda: len(kept(app, talk).said("monday")) == 1, timeout=5000)
    qtbot.waitUntil(lambda: composer(page).toPlainText() == "")
    assert kept(app, talk).said("monday")[0].words == words
    qtbot.waitUntil(lambda: not [one for one in page.findChildren(Banner) if one.isVisible()])
    assert page.leave()


def test_only_the_newest_of_what_waits_under_one_name_is_kept(app, page, qtbot):
    busy, done = [True], []

    def work(value: int) -> None:
        if busy[0]:
            raise StoreInUse
        done.append(value)

    keeping = Keeping(app.background, page, again=20)
    assert not keeping.keep("words", lambda: work(1))
    assert not keeping.keep("words", lambda: work(2))
    assert not keeping.keep("rating", lambda: work(3))
    busy[0] = False
    with qtbot.waitSignal(keeping.kept):
        pass
    assert done == [2, 3]
    assert not keeping.is_waiting()


# --- privacy, the talk itself, everybody -------------------------------------------------------


def texts_in(widget: QWidget) -> set[str]:
    """Everything that can be read or heard in a widget, also what is hidden at the moment."""
    found: set[str] = set()
    for one in [widget, *widget.findChildren(QWidget)]:
        found |= {one.accessibleName(), one.accessibleDescription(), one.toolTip()}
        for reader in ("text", "toPlainText", "placeholderText"):
            if hasattr(one, reader):
                found.add(getattr(one, reader)())
    return found


def test_after_one_person_nothing_of_them_is_left_with_the_next(app, opened, qtbot):
    first = begun(app.store, "Abdulrahman Al-Khatib")
    about = talks.open_talk(app.store, first).conversation
    fields = {"place": "secret place", "interpreter": "secret voice", "present": "secret guest"}
    said_before(app.store, first, ("week", "monday"), "secret words")
    said_before(
        app.store, first, ("week", "monday"), "secret", voice="third", speaker="secret aunt"
    )
    answers.set_value(app.store, about, "boss", "secret boss", NOW)
    page = opened(first)
    page._keep("about", talks.save_talk, replace(about, **fields), about)
    write(qtbot, page, "secret draft")
    page._desk.composer.say_as(Voice.THIRD)
    qtbot.keyClicks(named(page, "Who says this", QLineEdit), "secret uncle")
    qtbot.mouseClick(topic(page, "Work"), LEFT)
    page._go_to_question("boss")
    assert any("secret" in words for words in texts_in(page))
    assert page.leave()
    page.close()
    second = begun(app.store, "Wim Bakker")
    other = opened(second)
    for name in ("week", "work", "health", "agreeing"):
        for one in other._talk.guide.section(name).questions:
            other._go_to_section(name)
            other._go_to_question(one.id)
            seen = {words for words in texts_in(other) if "secret" in words or "Abdul" in words}
            assert seen == set()


def test_finishing_counts_what_stands_in_the_composer_as_said(app, page, talk, qtbot):
    qtbot.keyClicks(composer(page), "One more thing")
    undos, routes = [], []
    page.told.connect(lambda _words, undo: undos.append(undo))
    page.went.connect(routes.append)
    click(qtbot, page, "Finish")
    assert kept(app, talk).conversation.status is TalkStatus.HELD
    assert [one.words for one in kept(app, talk).said("monday")] == ["One more thing"]
    assert routes == [Route("case", case=kept(app, talk).case)]
    undos[0]()
    assert kept(app, talk).conversation.status is TalkStatus.RUNNING


def test_the_last_topic_leads_to_the_goals(app, page, talk, qtbot):
    qtbot.mouseClick(topic(page, "Agreeing"), LEFT)
    with qtbot.waitSignal(page.went) as went:
        click(qtbot, page, "Goals and steps")
    assert went.args == [Route("goals", case=kept(app, talk).case)]


def test_who_is_in_the_room_is_kept(app, page, talk, qtbot):
    click(qtbot, page, "Who is in the room?")
    sheet = page.findChild(dialogs.Sheet)
    qtbot.keyClicks(named(sheet, "Place", QLineEdit), "kitchen")
    click(qtbot, sheet, "Add Petra Müller, sister")
    click(qtbot, sheet, "Done")
    about = kept(app, talk).conversation
    assert (about.place, about.present) == ("kitchen", "Petra Müller, sister")
    assert named(page, "In the room: Petra Müller, sister")


def test_covering_is_asked_of_the_window(page, qtbot):
    with qtbot.waitSignal(page.covered):
        click(qtbot, page, "Cover")


@pytest.mark.parametrize("size", [(1280, 800), (900, 700), (640, 800)])
def test_everything_can_be_reached_without_eyes_and_without_a_mouse(app, opened, talk, size):
    said_before(app.store, talk, ("week", "monday"), "Mondays are long.")
    assert problems(opened(talk, *size)) == []


def test_in_a_narrow_window_rating_and_questions_are_tabs(app, opened, talk, qtbot):
    page = opened(talk, 640, 800)
    qtbot.keyClick(page, Qt.Key.Key_R, CTRL)
    assert page.findChild(RatingPanel).isVisible()
    assert not composer(page).isVisible()
    page.resize(1280, 800)
    assert page.findChild(RatingPanel).isVisible()
    assert composer(page).isVisible()


@pytest.mark.parametrize("look", [theme.Theme("light", 2.0, motion=False)], indirect=True)
def test_at_twice_the_size_the_composer_is_not_squeezed(opened, talk, look):
    page = opened(talk)
    composer(page).insertPlainText("Many words. " * 200)
    QApplication.processEvents()
    add = named(page, "Add")
    assert add.visibleRegion().boundingRect().size() == add.size()
    assert add.height() >= look.px(42)
    assert page.width() == 1280
