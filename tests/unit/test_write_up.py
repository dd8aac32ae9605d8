"""What is still open after a visit: named once, never a duty."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from caseworker_app.content import guides
from caseworker_app.domain.goals import Goal
from caseworker_app.domain.talk import (
    Answer,
    Conversation,
    Missing,
    Rating,
    Statement,
    TalkStatus,
    Topic,
    TopicState,
    WantsChange,
)
from caseworker_app.domain.write_up import Open, Recorded, not_taken_up, open_points

CASE = UUID(int=1)
GUIDE = guides.guide("meedoen", 1)
FIRST = GUIDE.sections[0]
TALK = Conversation(
    id=uuid4(), case=CASE, status=TalkStatus.HELD, started=datetime(2026, 11, 3, tzinfo=UTC)
)


def said(section=FIRST, words="He repairs bikes.", **more) -> Statement:
    place = {"section": section.id, "question": section.questions[0].id} if section else {}
    return Statement(id=uuid4(), case=CASE, conversation=TALK.id, words=words, **place, **more)


def all_talked_about() -> Recorded:
    """Every topic was touched, the next talk is agreed, the plan printed."""
    return Recorded(
        talk=TALK,
        asked=GUIDE,
        statements=tuple(said(section) for section in GUIDE.sections),
        topics=tuple(
            Topic(id=uuid4(), case=CASE, section=one.id, state=TopicState.PERMITTED)
            for one in GUIDE.sections
        ),
        printed=True,
        agreed=True,
    )


def kinds(recorded: Recorded, left=()) -> list[Open]:
    return [point.kind for point in open_points(recorded, left)]


def test_when_all_is_done_nothing_is_open():
    assert kinds(all_talked_about()) == []


def an_answer(missing: Missing | None, value: str = "", question: int = 1) -> Answer:
    return Answer(
        id=uuid4(), case=CASE, question=FIRST.questions[question].id, missing=missing, value=value
    )


OPEN = {
    "words in the composer": ({"statements": (said(draft=True),)}, [Open.DRAFT]),
    "a note under no topic": ({"statements": (said(None),)}, [Open.NOTE]),
    "not asked": ({"answers": (an_answer(Missing.NOT_ASKED),)}, [Open.ANSWER]),
    "not known": ({"answers": (an_answer(Missing.NOT_KNOWN),)}, [Open.ANSWER]),
    "would rather not say": ({"answers": (an_answer(Missing.NOT_SAID),)}, []),
    "answered after all": (
        {"answers": (an_answer(Missing.NOT_ASKED), an_answer(None, "yes"))},
        [],
    ),
    "said in words": ({"answers": (an_answer(Missing.NOT_KNOWN, question=0),)}, []),
    "half a rating": (
        {"ratings": (Rating(id=uuid4(), case=CASE, domain="L04", satisfaction=4),)},
        [Open.RATING],
    ),
    "a wish without a rating": (
        {"ratings": (Rating(id=uuid4(), case=CASE, domain="L04", wants_change=WantsChange.YES),)},
        [Open.RATING],
    ),
    "a whole rating": (
        {"ratings": (Rating(id=uuid4(), case=CASE, domain="L04", satisfaction=4, importance=8),)},
        [],
    ),
    "a rating that was not wished": (
        {"ratings": (Rating(id=uuid4(), case=CASE, domain="L04", missing=Missing.NOT_SAID),)},
        [],
    ),
    "remembered for the goals": ({"statements": (said(for_goals=True),)}, [Open.REMEMBERED]),
    "no next talk": ({"agreed": False}, [Open.NEXT_TALK]),
    "no goal, so no plan": ({"printed": False}, []),
}


@pytest.mark.parametrize(("more", "expected"), OPEN.values(), ids=OPEN)
def test_one_open_thing_is_one_point(more, expected):
    done = all_talked_about()
    if "statements" in more:
        more = {**more, "statements": (*done.statements, *more["statements"])}
    assert kinds(replace(done, **more)) == expected


def test_a_plan_is_missing_only_where_there_is_a_goal():
    goal = Goal(id=uuid4(), case=CASE, words="Two days a week.")
    assert kinds(replace(all_talked_about(), goals=(goal,), printed=False)) == [Open.PLAN]


def test_parked_topics_stand_alone_and_untouched_ones_together():
    done = all_talked_about()
    recorded = replace(
        done,
        statements=done.statements[:1],
        topics=(
            *done.topics[:1],
            Topic(id=uuid4(), case=CASE, section=GUIDE.sections[1].id, state=TopicState.PARKED),
            Topic(id=uuid4(), case=CASE, section=GUIDE.sections[2].id, state=TopicState.DECLINED),
        ),
    )
    parked, untouched = open_points(recorded)
    assert (parked.kind, parked.sections) == (Open.PARKED, (GUIDE.sections[1],))
    assert (untouched.kind, untouched.sections) == (Open.UNTOUCHED, GUIDE.sections[3:])


def test_a_topic_whose_questions_are_all_hidden_is_not_asked_for():
    done = all_talked_about()
    last = GUIDE.sections[-1]
    hidden = frozenset(question.id for question in last.questions)
    recorded = replace(done, statements=done.statements[:-1], hidden=hidden)
    assert kinds(recorded) == []


def test_while_the_talk_runs_only_the_talk_itself_counts():
    running = replace(TALK, status=TalkStatus.RUNNING)
    recorded = replace(all_talked_about(), talk=running, agreed=False)
    assert kinds(recorded) == [Open.RUNNING]


def test_what_is_left_as_it_is_is_not_named_again_and_the_rest_is():
    note, draft = said(None), said(draft=True)
    done = all_talked_about()
    recorded = replace(done, statements=(*done.statements, note, draft))
    keys = [point.key for point in open_points(recorded)]
    assert keys == [f"draft {draft.id}", f"note {note.id}"]
    assert kinds(recorded, left=keys[:1]) == [Open.NOTE]


def test_without_its_guide_the_words_are_still_there_to_be_sorted():
    recorded = Recorded(talk=TALK, statements=(said(None),), agreed=True)
    assert kinds(recorded) == [Open.NOTE]


def test_words_taken_up_in_a_goal_are_not_offered_again():
    one, other = (
        said(for_goals=True, words="Two  days\na week."),
        said(for_goals=True, words="Sing"),
    )
    goal = Goal(id=uuid4(), case=CASE, words="Two days a week.")
    assert not_taken_up((one, other), (goal,)) == (other,)
