"""After the visit: each open thing is done here, leads there, or is left as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from caseworker_app.content import guides
from caseworker_app.domain.talk import Missing, Statement, TopicState, Voice
from caseworker_app.services import answers, cases, goals, talks, writing_up
from tests.builders import NOW, a_case, a_talk, say
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.one_file import choose, press, shown
from ui import theme
from ui.context import App
from ui.page import Route
from ui.pages.writeup_page import WriteupPage
from ui.widgets.boxes import EmptyState

GUIDE = guides.guide("meedoen", 1)
THEN = NOW - timedelta(days=2)


class WriteUp:
    """The list of a conversation that was held two days ago, or still runs."""

    def __init__(self, app: App, showing: Showing, qtbot: QtBot, *, held: bool = True) -> None:
        self.app, self.qtbot, self._showing = app, qtbot, showing
        self.case = a_case(app.store, "Wim Hoekstra")
        self.talk = a_talk(app.store, self.case, THEN)
        self._held = held

    def open(self, width: int = 1000) -> WriteupPage:
        if self._held:
            self.talk = talks.finish(self.app.store, self.talk, THEN + timedelta(hours=1))
        self.page = WriteupPage(self.app, self.talk.id)
        self.page.resize(width, 800)
        self.told: list[tuple[str, object]] = []
        self.page.told.connect(lambda words, undo: self.told.append((words, undo)))
        self.page.refresh()
        self._showing(self.page)
        return self.page

    def put(self, words: str, **more) -> Statement:
        ids = {"case": self.case, "conversation": self.talk.id}
        with self.app.store.changing(THEN) as changing:
            return changing.put(
                Statement(id=self.app.store.new_id(), words=words, said=THEN, **ids, **more)
            )

    def statement(self, value) -> Statement:
        with self.app.store.reading() as reading:
            return reading.get(Statement, value.id)

    def rows(self) -> list[str]:
        return [shown(row) for row in self.page.rows]

    def press(self, words: str, sentence: str) -> None:
        """Press a button in the row that says this."""
        row = next(one for one in self.page.rows if sentence in shown(one))
        press(self.qtbot, row, words)


@pytest.fixture
def write_up(app, showing, qtbot) -> WriteUp:
    return WriteUp(app, showing, qtbot)


def test_each_open_thing_is_one_sentence(write_up, app):
    say(app.store, write_up.talk, "I sing")
    write_up.put("A letter on the shelf", voice=Voice.COACH)
    parked, sections = GUIDE.sections[1], GUIDE.sections
    answers.set_topic(app.store, write_up.talk, parked.id, TopicState.PARKED, THEN)
    question = sections[0].questions[0]
    answers.set_missing(app.store, write_up.talk, question.id, Missing.NOT_KNOWN, THEN)
    answers.rate(app.store, write_up.talk, "L04", THEN, satisfaction=4)
    goals.add_goal(app.store, write_up.case, "Two days a week.", "L04", NOW)
    words = "\n".join(write_up.open() and write_up.rows())
    for part in (
        "This note stands under no topic yet:", "A letter on the shelf",
        f"“{parked.title.to('en')}” was left for another time.",
        "topics were not talked about.",
        f"\u2068Wim\u2069 did not know: “{question.text.to('en')}”",
        "“Work and activity” is only half rated.",
        "No next conversation is agreed.",
        "No plan was printed since then.",
    ):  # fmt: skip
        assert part in words, part
    assert f"{len(write_up.page.rows)} things still open" in shown(write_up.page)


def test_a_note_is_put_under_a_topic_right_here_and_back_again(write_up):
    note = write_up.put("A letter on the shelf", voice=Voice.COACH)
    write_up.open()
    topic = GUIDE.sections[1]
    write_up.press("Put it under a topic", "A letter on the shelf")
    choose(write_up.page, topic.title.to("en"))
    kept = write_up.statement(note)
    assert (kept.section, kept.question) == (topic.id, topic.questions[0].id)
    assert not any("A letter on the shelf" in row for row in write_up.rows())
    write_up.told[-1][1]()
    assert write_up.statement(note).section == ""
    assert any("A letter on the shelf" in row for row in write_up.rows())


def test_words_left_in_the_composer_are_added_with_one_click(write_up, app):
    place = {"section": GUIDE.sections[0].id, "question": GUIDE.sections[0].questions[0].id}
    write_up.open()
    draft = write_up.put("and then", draft=True, **place)
    write_up.page.refresh()
    write_up.press("Add them", "and then")
    assert write_up.statement(draft).draft is False
    write_up.told[-1][1]()
    assert write_up.statement(draft).draft is True


def test_a_parked_topic_leads_to_its_place_in_the_conversation(write_up, app, qtbot):
    parked = GUIDE.sections[2]
    answers.set_topic(app.store, write_up.talk, parked.id, TopicState.PARKED, THEN)
    page = write_up.open()
    with qtbot.waitSignal(page.went) as went:
        write_up.press("Go there", "was left for another time")
    assert went.args == [Route("talk", write_up.case, write_up.talk.id)]
    opened = talks.open_talk(app.store, write_up.talk.id)
    assert (opened.section, opened.question) == (parked.id, parked.questions[0].id)


def test_of_several_untouched_topics_one_is_chosen(write_up, app, qtbot):
    page = write_up.open()
    write_up.press("Go there", "topics were not talked about")
    titles = [one.text() for menu in page.findChildren(QMenu) for one in menu.actions()]
    assert titles == [section.title.to("en").replace("&", "&&") for section in GUIDE.sections]
    with qtbot.waitSignal(page.went):
        choose(page, GUIDE.sections[3].title.to("en"))
    assert talks.open_talk(app.store, write_up.talk.id).section == GUIDE.sections[3].id


@pytest.mark.parametrize(
    ("button", "sentence", "page"),
    [
        ("Agree on a day", "No next conversation is agreed.", "talks"),
        ("To the plan", "No plan was printed since then.", "plan"),
        ("To the goals", "stands in none yet", "goals"),
    ],
)
def test_the_rest_leads_to_where_it_is_done(write_up, app, qtbot, button, sentence, page):
    write_up.put("I sing", for_goals=True, section=GUIDE.sections[0].id)
    goals.add_goal(app.store, write_up.case, "Two days a week.", "L04", NOW)
    opened = write_up.open()
    with qtbot.waitSignal(opened.went) as went:
        write_up.press(button, sentence)
    assert went.args == [Route(page, write_up.case)]


def test_what_is_left_as_it_is_stays_away_also_after_a_new_start(write_up, app):
    write_up.open()
    before = len(write_up.page.rows)
    write_up.press("Leave it", "No next conversation is agreed.")
    assert len(write_up.page.rows) == before - 1
    again = writing_up.write_up(app.store, write_up.talk.id)
    assert "next_talk" not in [point.key for point in again.points]
    assert write_up.told[-1][0] == "Left as it is."
    write_up.told[-1][1]()
    assert len(write_up.page.rows) == before


def test_leaving_something_in_one_conversation_leaves_it_open_in_the_next(write_up, app):
    write_up.open()
    write_up.press("Leave it", "No next conversation is agreed.")
    other = talks.finish(app.store, a_talk(app.store, write_up.case, NOW), NOW)
    points = writing_up.write_up(app.store, other.id).points
    assert "next_talk" in [point.key for point in points]


def test_when_nothing_is_open_the_page_says_so_warmly(write_up, app, qtbot):
    page = write_up.open()
    while page.rows:
        press(qtbot, page.rows[0], "Leave it")
    assert "All written up" in shown(page)
    assert "still open" not in shown(page)
    assert problems(page) == []
    with qtbot.waitSignal(page.went) as went:
        press(qtbot, page.findChild(EmptyState), "To the overview")
    assert went.args == [Route("case", write_up.case)]


def test_a_running_conversation_is_gone_on_with_first(app, showing, qtbot):
    running = WriteUp(app, showing, qtbot, held=False)
    page = running.open()
    assert "The conversation is not finished yet." in running.rows()[0]
    with qtbot.waitSignal(page.went) as went:
        press(qtbot, page.rows[0], "Go on with the conversation")
    assert went.args == [Route("talk", running.case, running.talk.id)]
    assert "Leave it" not in shown(page.rows[0])


def test_a_conversation_whose_guide_is_not_here_can_still_be_written_up(write_up, app):
    note = write_up.put("A letter on the shelf")
    write_up.open()
    with app.store.changing(NOW) as changing:
        changing.put(replace(write_up.talk, guide="elsewhere"))
    write_up.page.refresh()
    assert any("A letter on the shelf" in row for row in write_up.rows())
    assert note.section == ""


def test_opening_the_list_writes_nothing(write_up, app):
    write_up.put("A letter on the shelf")
    before = write_up.open() and cases.view(app.store, write_up.case)
    write_up.page.refresh()
    assert cases.view(app.store, write_up.case) == before


LOOKS = [
    (theme.Theme("light"), 420),
    (theme.Theme("contrast", 1.5), 700),
    (theme.Theme("dark", 2.0), 1000),
]


@pytest.mark.parametrize(("look", "width"), LOOKS, indirect=["look"], ids=["light", "150", "200"])
def test_it_fits_and_can_be_reached(write_up, app, width):
    write_up.put("A letter on the shelf", voice=Voice.COACH)
    answers.set_topic(app.store, write_up.talk, GUIDE.sections[1].id, TopicState.PARKED, THEN)
    assert problems(write_up.open(width)) == []
