"""Whatever is answered, in whatever order: there is always one valid place, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.domain import path
from caseworker_app.domain.condition import asks_about
from caseworker_app.domain.guide import Guide, QuestionKind
from caseworker_app.domain.path import Place
from caseworker_app.domain.talk import Answer, TopicState
from caseworker_app.domain.talk_view import Talk
from caseworker_app.settings import Settings
from tests.builders import NOW, a_store
from tests.journeys.acting import Table, heard
from tests.journeys.asked_guides import (
    Act,
    Gives,
    Lacks,
    Rates,
    Says,
    TakesBack,
    acts,
    held_guides,
    values,
)
from ui import theme
from ui.background import Background
from ui.context import App
from ui.forms.talk_desk import TalkDesk
from ui.pages.conversation_page import ConversationPage
from ui.widgets.text import Text

MOST_ACTS = 24
slowly = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


# --- the rules alone -----------------------------------------------------------------------------


@st.composite
def held(draw: st.DrawFn, *, turning: bool = False) -> tuple[Guide, list[Act]]:
    """A guide and what was done; `turning`: there is an answer that decides what else is asked."""
    guide = draw(held_guides().filter(_deciding) if turning else held_guides())
    return guide, draw(st.lists(acts(guide), max_size=MOST_ACTS))


@given(held(), st.data())
@slowly
def test_wherever_one_was_there_is_a_place_that_is_asked(talk, data):
    guide, done = talk
    known = heard(done)
    asked = known.asked(guide)
    open_places = path.places(asked)
    wanted = data.draw(st.sampled_from((*path.places(guide), Place("gone", "gone"))))
    at = path.nearest(guide, asked, wanted)
    assert at in open_places
    if wanted in open_places:
        assert at == wanted
    closed = {
        one.id
        for one in asked.sections
        if path.topic_state(one.id, known.topics) in (TopicState.PARKED, TopicState.DECLINED)
    }
    for way in (path.next_place, path.previous_place):
        there = way(asked, at, known.topics, known.hidden)
        if there is not None:
            assert there in open_places
            assert there.section not in closed
            assert there.question not in known.hidden


@given(held())
@slowly
def test_going_on_from_the_first_place_passes_all_that_is_open_once(talk):
    guide, done = talk
    known = heard(done)
    asked = known.asked(guide)
    at, passed = path.places(asked)[0], []
    while there := path.next_place(asked, at, known.topics, known.hidden):
        assert there not in passed
        passed.append(there)
        at = there
    order = [place for place in path.places(asked) if place in passed]
    assert passed == order


@given(held())
@slowly
def test_progress_never_exceeds_its_total(talk):
    guide, done = talk
    known = heard(done)
    asked = known.asked(guide)
    states = path.section_states(
        asked, known.statements, known.answers, known.topics, known.ratings
    )
    assert list(states) == [section.id for section in asked.sections]
    seen = path.progress_of(states)
    assert 0 <= seen.touched <= seen.total <= len(asked.sections)


@given(held())
@slowly
def test_what_is_asked_is_asked_again_of_what_is_asked(talk):
    guide, done = talk
    known = heard(done)
    asked = known.asked(guide)
    assert known.asked(asked) == asked


@given(held(), st.data())
@slowly
def test_what_is_asked_never_depends_on_what_comes_later(talk, data):
    guide, done = talk
    order = path.places(guide)
    number = data.draw(st.integers(0, len(order) - 1))
    later = set(order[number:])
    kept = {
        question.domain
        for section in guide.sections
        for question in section.questions
        if question.kind is QuestionKind.RATING and Place(section.id, question.id) not in later
    }
    other = [
        act
        for act in data.draw(st.lists(acts(guide), max_size=MOST_ACTS))
        if _is_about(act, later, kept)
    ]
    before = [act for act in done if not _is_about(act, later, kept)]
    until = set(order[: number + 1])
    shown = [p for p in path.places(heard(done).asked(guide)) if p in until]
    assert [p for p in path.places(heard([*before, *other]).asked(guide)) if p in until] == shown


def _is_about(act: Act, later: set[Place], kept: set[str]) -> bool:
    """Whether it was done to one of these places, or to a part of life that none before asks."""
    match act:
        case Says(place) | Gives(place) | Lacks(place) | TakesBack(place):
            return place in later
        case Rates(domain):
            return domain not in kept
        case _:
            return True


# --- in the store --------------------------------------------------------------------------------


def test_an_answer_changed_and_changed_back_brings_back_all_that_was_hidden(tmp_path: Path) -> None:
    store = a_store(tmp_path / "store")
    hidden_for_a_while = []

    @given(held(turning=True), st.data())
    @slowly
    def check(talk, data):
        guide, done = talk
        table = Table(store, guide)
        for act in done:
            table.do(act)
        turning = data.draw(st.sampled_from(_deciding(guide)))
        can_be_said = values(guide.question(turning.question))
        table.do(Gives(turning, data.draw(st.sampled_from(can_be_said))))
        before = table.talk
        was = before.answer(turning.question)
        for other in can_be_said:
            table.do(Gives(turning, other))
            meanwhile = table.talk
            assert _kept(meanwhile, turning) == _kept(before, turning)
            gone = set(path.places(before.asked)) - set(path.places(meanwhile.asked))
            hidden_for_a_while.extend(gone)
        table.do(Gives(turning, was.value))
        after = table.talk
        assert after.asked == before.asked
        assert _kept(after, turning) == _kept(before, turning)
        assert after.answer(turning.question).value == was.value

    check()
    store.close()
    assert hidden_for_a_while, "nothing was ever hidden: the guides are too tame"


def _deciding(guide: Guide) -> list[Place]:
    """Where the answer decides what else is asked, whatever kind of answer it is."""
    conditions = [one.when for one in guide.sections]
    conditions += [one.when for section in guide.sections for one in section.questions]
    deciding = frozenset().union(*map(asks_about, conditions))
    return [place for place in path.places(guide) if place.question in deciding]


def _kept(talk: Talk, but: Place) -> tuple[object, ...]:
    """All that is kept of a conversation, but the answer to one question."""
    others = tuple(one for one in talk.answers if one.question != but.question and _says(one))
    return talk.statements, others, talk.ratings, talk.topics, talk.prompts


def _says(answer: Answer) -> bool:
    return bool(answer.value or answer.missing)


# --- on the screen -------------------------------------------------------------------------------

KEYS = {
    "on": (Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier),
    "back": (Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier),
    "next topic": (Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier),
    "topic before": (Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier),
    "park": (Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier),
}


def test_the_page_shows_a_question_that_is_asked_whatever_is_done(
    qapp: QApplication, tmp_path: Path
) -> None:
    theme.apply(qapp, theme.Theme(motion=False))
    store, background = a_store(tmp_path / "store"), Background()
    app = App(store, Settings(language="en"), lambda: NOW, background)

    @given(held(), st.lists(st.sampled_from(sorted(KEYS)), max_size=MOST_ACTS))
    @settings(slowly, max_examples=25)
    def check(talk, pressed):
        guide, done = talk
        table = Table(store, guide)
        page = ConversationPage(app, table.id)
        page.resize(1100, 760)
        page.show()
        page.activateWindow()
        QTest.qWaitForWindowActive(page)
        keys = [*pressed, *[""] * MOST_ACTS]
        for act, key in zip(done, keys, strict=False):
            if key:
                QTest.keyClick(QApplication.focusWidget() or page, *KEYS[key])
            table.do(act)
            page.refresh()
            valid(page, table.talk)
        assert page.leave()
        page.close()
        page.deleteLater()

    check()
    background.close()
    store.close()


def valid(page: QWidget, kept: Talk) -> None:
    """One question is in view, or the leave to ask it, and it is one of those that are asked."""
    desk = page.findChild(TalkDesk)
    shown = {one.text.to("en"): (section, one) for section, one in _asked(kept)}
    section, question = shown[desk.question.text()]
    asks_first = desk.permission.isVisible()
    assert asks_first != desk.question.isVisible()
    state = kept.topic(section.id)
    sensitive = section.sensitive and state is not TopicState.PERMITTED
    assert asks_first == (sensitive or state is TopicState.DECLINED)
    titles = [one.text() for one in desk.head.findChildren(Text)]
    assert section.title.to("en") in titles
    assert question.id in {one.question for one in path.places(kept.asked)}


def _asked(talk: Talk):
    return [(one, question) for one in talk.asked.sections for question in one.questions]
