"""The path through a guide: any words in any order give a valid screen."""

from itertools import pairwise
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.content.guides import guide as read
from caseworker_app.domain import path
from caseworker_app.domain.guide import Guide, Question, QuestionKind, Section, Words
from caseworker_app.domain.path import Place, SectionState
from caseworker_app.domain.talk import Answer, Missing, Rating, Statement, Topic, TopicState

CASE = uuid4()
NO_WORDS = Words((("de", "…"),))


def section(section_id: str, *questions: str, sensitive: bool = False) -> Section:
    asked = tuple(Question(q, QuestionKind.TALK, NO_WORDS, NO_WORDS) for q in questions)
    return Section(section_id, NO_WORDS, "L01_day", (), asked, sensitive)


GUIDE = Guide(
    "small",
    1,
    ("de",),
    NO_WORDS,
    NO_WORDS,
    (section("a", "a1", "a2"), section("b", "b1", sensitive=True), section("c", "c1", "c2")),
)
PLACES = path.places(GUIDE)
A, B, C = GUIDE.sections


def said(section_id="a", question="a1", words="Gut.", **more):
    return Statement(
        id=uuid4(), case=CASE, section=section_id, question=question, words=words, **more
    )


def answer(question="a1", **more):
    return Answer(id=uuid4(), case=CASE, question=question, **more)


def topic(section_id, state, **more):
    return Topic(id=uuid4(), case=CASE, section=section_id, state=state, **more)


def test_at_the_beginning_nothing_is_touched():
    assert path.progress(GUIDE, (), (), ()) == path.Progress(0, 3)


def test_words_touch_a_topic_and_drafts_or_blanks_do_not():
    for words in (said(draft=True), said(words=" \n"), said(removed=True), said("c", "c1")):
        assert path.section_state(A, [words], (), ()) is SectionState.UNTOUCHED
    assert path.section_state(A, [said()], (), ()) is SectionState.TOUCHED


def test_rather_not_say_touches_a_topic_and_not_asked_does_not():
    not_said, not_asked = answer(missing=Missing.NOT_SAID), answer(missing=Missing.NOT_ASKED)
    assert path.section_state(A, (), [not_said], ()) is SectionState.TOUCHED
    assert path.section_state(A, (), [not_asked], ()) is SectionState.UNTOUCHED
    assert path.section_state(A, (), [not_said, not_asked], ()) is SectionState.UNTOUCHED
    assert path.section_state(C, (), [answer("c2", value="7")], ()) is SectionState.TOUCHED


def test_the_newest_answer_that_was_not_taken_back_counts():
    first, second = answer(value="1"), answer(value="2", removed=True)
    assert path.latest_answer("a1", [first, second]) is first
    assert path.latest_answer("a2", [first, second]) is None


def test_a_sensitive_topic_waits_for_permission_even_if_words_are_there():
    words = [said("b", "b1")]
    permitted = topic("b", TopicState.PERMITTED)
    assert path.section_state(B, words, (), ()) is SectionState.ASK_FIRST
    assert path.section_state(B, words, (), [permitted]) is SectionState.TOUCHED
    assert path.section_state(B, (), (), [permitted]) is SectionState.UNTOUCHED


def test_the_last_word_about_a_topic_counts():
    parked, opened = topic("a", TopicState.PARKED), topic("a", TopicState.OPEN)
    taken_back = topic("a", TopicState.DECLINED, removed=True)
    assert path.section_state(A, [said()], (), [parked]) is SectionState.PARKED
    assert path.section_state(A, [said()], (), [parked, opened]) is SectionState.TOUCHED
    assert path.section_state(A, [said()], (), [parked, taken_back]) is SectionState.PARKED


def test_a_declined_topic_leaves_the_count_and_a_parked_one_stays_in_it():
    topics = [topic("b", TopicState.DECLINED), topic("c", TopicState.PARKED)]
    assert path.progress(GUIDE, [said(), said("c", "c1")], (), topics) == path.Progress(1, 2)


def test_next_and_back_cross_the_sections():
    assert path.next_place(GUIDE, Place("a", "a2"), ()) == Place("b", "b1")
    assert path.previous_place(GUIDE, Place("c", "c1"), ()) == Place("b", "b1")
    assert path.next_place(GUIDE, PLACES[-1], ()) is None
    assert path.previous_place(GUIDE, PLACES[0], ()) is None


def test_a_parked_topic_is_passed_over_but_can_be_left():
    parked = [topic("b", TopicState.PARKED)]
    assert path.next_place(GUIDE, Place("a", "a2"), parked) == Place("c", "c1")
    assert path.next_place(GUIDE, Place("b", "b1"), parked) == Place("c", "c1")
    assert path.previous_place(GUIDE, Place("c", "c1"), parked) == Place("a", "a2")


ids = st.builds(lambda n: UUID(int=n), st.integers(1, 99))
section_ids = st.sampled_from(["a", "b", "c", "gone"])
question_ids = st.sampled_from([p.question for p in PLACES] + ["gone", ""])
statements = st.lists(
    st.builds(
        Statement,
        id=ids,
        case=st.just(CASE),
        section=section_ids,
        question=question_ids,
        words=st.sampled_from(["", " ", "Ja."]),
        draft=st.booleans(),
        removed=st.booleans(),
    )
)
answers = st.lists(
    st.builds(
        Answer,
        id=ids,
        case=st.just(CASE),
        question=question_ids,
        value=st.sampled_from(["", "1"]),
        missing=st.none() | st.sampled_from(Missing),
        removed=st.booleans(),
    )
)
topics = st.lists(
    st.builds(
        Topic,
        id=ids,
        case=st.just(CASE),
        section=section_ids,
        state=st.sampled_from(TopicState),
        removed=st.booleans(),
    )
)


@given(statements, answers, topics)
def test_anything_said_in_any_order_gives_a_valid_screen(statements, answers, topics):
    states = [path.section_state(s, statements, answers, topics) for s in GUIDE.sections]
    assert SectionState.ASK_FIRST not in (states[0], states[2])
    seen = path.progress(GUIDE, statements, answers, topics)
    assert 0 <= seen.touched <= seen.total <= len(GUIDE.sections)


@given(topics, st.sampled_from(PLACES))
def test_going_on_visits_every_open_question_once_and_back_returns(topics, start):
    def closed(place):
        state = path.topic_state(place.section, topics)
        return state in (TopicState.PARKED, TopicState.DECLINED)

    visited, at = [], start
    while at := path.next_place(GUIDE, at, topics):
        visited.append(at)
    after = PLACES[PLACES.index(start) + 1 :]
    assert visited == [place for place in after if not closed(place)]
    for here, there in pairwise(visited):
        assert path.previous_place(GUIDE, there, topics) == here


@given(statements, answers, topics)
def test_more_words_never_untouch_a_topic(statements, answers, topics):
    before = path.progress(GUIDE, statements, answers, topics)
    after = path.progress(GUIDE, [*statements, said("c", "c1")], answers, topics)
    assert after.touched >= before.touched
    assert after.total == before.total


def test_the_shipped_guide_can_be_walked_from_end_to_end():
    meedoen = read("meedoen", 1)
    at, steps = path.places(meedoen)[0], 1
    while following := path.next_place(meedoen, at, ()):
        at, steps = following, steps + 1
    assert steps == len(path.places(meedoen)) == 26
    assert at.section == meedoen.sections[-1].id


def test_questions_that_were_put_away_are_passed_over_both_ways():
    away = {"a2", "b1"}
    assert path.next_place(GUIDE, PLACES[0], (), away) == Place("c", "c1")
    assert path.previous_place(GUIDE, Place("c", "c1"), (), away) == PLACES[0]
    assert path.next_place(GUIDE, PLACES[0], (), {"a2", "b1", "c1", "c2"}) is None


def test_a_rating_touches_the_topics_of_its_domain():
    rated = Section("r", NO_WORDS, "L04_work", ("L04",), A.questions)
    guide = Guide("rated", 1, ("de",), NO_WORDS, NO_WORDS, (A, rated))

    def states(**more) -> list[SectionState]:
        rating = Rating(id=uuid4(), case=CASE, domain="L04", **more)
        return list(path.section_states(guide, (), (), (), [rating]).values())

    touched = [SectionState.UNTOUCHED, SectionState.TOUCHED]
    assert states(satisfaction=0) == states(importance=5) == touched
    assert states(missing=Missing.NOT_SAID) == touched
    assert states(missing=Missing.NOT_ASKED) == [SectionState.UNTOUCHED] * 2
    assert states(satisfaction=3, removed=True) == [SectionState.UNTOUCHED] * 2


def test_the_states_of_all_topics_are_those_of_each():
    known = ([said("c", "c1")], [answer("a2", value="x")], [topic("b", TopicState.PARKED)])
    together = path.section_states(GUIDE, *known)
    assert together == {one.id: path.section_state(one, *known) for one in GUIDE.sections}
    assert path.progress_of(together) == path.progress(GUIDE, *known) == path.Progress(2, 3)
