"""What of a conversation may stand on a copy, and that nothing else ever does."""

from __future__ import annotations

from dataclasses import astuple, replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.guide import QuestionKind
from caseworker_app.domain.look_back import LookBack, question_id
from caseworker_app.domain.talk import Prompt, Statement, Voice
from caseworker_app.domain.talk_choice import PaperChoice, Reason
from tests.pictures import (
    CASE,
    a_conversation,
    a_guide,
    a_question,
    a_rating,
    a_section,
    a_talk,
    answered,
    paper_of,
    said,
)

JOINT = PaperChoice("de")
ALONE = PaperChoice("de", for_one=True, notes=True)
OPENED = PaperChoice("de", opened=frozenset({"health"}))


def words_on(paper) -> str:
    """Every text that stands anywhere in it."""
    return repr(astuple(paper))


def stands_on(choice: PaperChoice, **more: object) -> bool:
    now = a_conversation()
    statement = said(now, "GESAGT", **more)
    return "GESAGT" in words_on(paper_of(a_talk(now, statements=(statement,)), choice)[0])


def test_what_was_said_stands_on_the_paper():
    assert stands_on(JOINT)


@pytest.mark.parametrize("choice", [JOINT, ALONE, OPENED])
@pytest.mark.parametrize(
    "more",
    [
        {"not_for_print": True},
        {"draft": True},
        {"removed": True},
        {"section": "", "question": ""},
        {"section": "gone", "question": "gone"},
    ],
)
def test_what_never_stands_on_a_paper(choice, more):
    assert not stands_on(choice, **more)


def test_what_was_said_alone_stands_only_on_the_persons_own_copy():
    assert not stands_on(JOINT, alone=True)
    assert stands_on(ALONE, alone=True)


def test_what_somebody_else_said_alone_was_not_said_to_the_person():
    assert not stands_on(ALONE, alone=True, voice=Voice.THIRD)
    assert stands_on(ALONE, alone=True, voice=Voice.COACH)


def test_the_coachs_notes_have_a_switch_of_their_own():
    assert not stands_on(JOINT, voice=Voice.COACH)
    assert stands_on(PaperChoice("de", notes=True), voice=Voice.COACH)
    assert not stands_on(PaperChoice("de", for_one=True), voice=Voice.COACH)


@pytest.mark.parametrize("voice", [Voice.THIRD, Voice.DOCUMENT])
def test_other_voices_stand_beside_the_person(voice):
    assert stands_on(JOINT, voice=voice, speaker="Petra Brandt")


def test_a_sensitive_topic_stands_there_only_if_it_was_opened_for_this_copy():
    assert not stands_on(JOINT, section="health", question="body")
    assert not stands_on(ALONE, section="health", question="body")
    assert stands_on(OPENED, section="health", question="body")


def test_a_topic_with_a_sensitive_life_domain_is_sensitive_even_if_its_guide_forgot_to_say_so():
    guide = a_guide(a_section("money", a_question("debts"), domains=("L13",)))
    now = a_conversation()
    talk = a_talk(now, guide, statements=(said(now, "GESAGT", "debts", section="money"),))
    assert "GESAGT" not in words_on(paper_of(talk, JOINT)[0])
    opened = replace(JOINT, opened=frozenset({"money"}))
    assert "GESAGT" in words_on(paper_of(talk, opened)[0])


def test_ratings_of_a_closed_topic_are_in_no_table_and_in_no_picture():
    now, then = a_conversation(), a_conversation(200)
    ratings = (a_rating(now, "L11", 2, reason="GRUND"), a_rating(now, "L06", 3))
    earlier = (a_rating(then, "L11", 9),)
    talk = a_talk(now, ratings=ratings)
    closed, _ = paper_of(talk, JOINT, (then,), earlier)
    assert "GRUND" not in words_on(closed)
    assert "L11" not in words_on(closed)
    assert "Health" not in words_on(closed)
    opened, _ = paper_of(talk, OPENED, (then,), earlier)
    assert "GRUND" in words_on(opened)
    assert "Health of body and mind" in words_on(opened)


def test_not_even_the_name_of_a_closed_topic_is_printed():
    now = a_conversation()
    talk = a_talk(now, statements=(said(now, "GESAGT", "body", section="health"),))
    assert "Thema health" not in words_on(paper_of(talk, JOINT)[0])


def test_a_hidden_question_and_one_put_out_of_sight_stay_out():
    now, guide = a_conversation(), a_guide()
    statement = said(now, "GESAGT", "usual-week", section="doing")
    hidden = replace(guide.sections[0], questions=guide.sections[0].questions[1:])
    asked = replace(guide, sections=(hidden, *guide.sections[1:]))
    by_condition = a_talk(now, statements=(statement,), asked=asked)
    prompt = Prompt(id=uuid4(), case=CASE, conversation=now.id, question="usual-week", hidden=True)
    by_hand = a_talk(
        now,
        statements=(statement,),
        answers=(answered(now, "usual-week", "GEANTWORTET"),),
        prompts=(prompt,),
    )
    for talk in (by_condition, by_hand):
        paper, left_out = paper_of(talk, ALONE)
        assert "GESAGT" not in words_on(paper)
        assert "GEANTWORTET" not in words_on(paper)
        assert left_out.counts[Reason.HIDDEN] == 1


def test_what_was_said_while_looking_at_a_closed_life_domain_stays_out():
    question = question_id("L11", LookBack.BETTER)
    for section in ("health", "way"):  # also where it was kept under another topic
        assert not stands_on(ALONE, section=section, question=question)
    assert stands_on(OPENED, section="health", question=question)
    assert stands_on(JOINT, section="way", question=question_id("L06", LookBack.BETTER))


def test_while_the_two_were_alone_reasons_and_written_answers_were_given_alone_too():
    guide = a_guide(a_section("way", a_question("how", kind=QuestionKind.TEXT), domains=("L06",)))
    now = a_conversation(alone=True)
    talk = a_talk(
        now,
        guide,
        ratings=(a_rating(now, "L06", 3, reason="GRUND"),),
        answers=(answered(now, "how", "GESCHRIEBEN"),),
    )
    joint = words_on(paper_of(talk, JOINT)[0])
    assert "GRUND" not in joint
    assert "GESCHRIEBEN" not in joint
    own = words_on(paper_of(talk, ALONE)[0])
    assert "GRUND" in own
    assert "GESCHRIEBEN" in own


def test_what_is_left_out_is_counted_by_its_reason():
    now = a_conversation()
    statements = (
        said(now, "a", not_for_print=True),
        said(now, "b", alone=True),
        said(now, "c", voice=Voice.COACH),
        said(now, "d", section="", question=""),
        said(now, "e", section="health", question="body"),
        said(now, "f", not_for_partners=True),
        said(now, "g"),
    )
    _paper, left_out = paper_of(a_talk(now, statements=statements), JOINT)
    assert dict(left_out.counts) == {
        Reason.NOT_FOR_PRINT: 1,
        Reason.ALONE: 1,
        Reason.NOTE: 1,
        Reason.UNSORTED: 1,
        Reason.SENSITIVE: 1,
    }
    assert left_out.not_for_partners == 1
    assert [topic.id for topic in left_out.topics] == ["health"]


def test_a_sensitive_topic_without_a_word_is_not_offered_to_be_opened():
    _paper, left_out = paper_of(a_talk(a_conversation()), JOINT)
    assert left_out.topics == ()


# --- for anything that may be said and chosen ---------------------------------------------------

PLACES = [
    ("doing", "usual-week"),
    ("doing", "liked-most"),
    ("way", "way-to-work"),
    ("way", ""),
    ("way", question_id("L06", LookBack.DIFFERENT)),
    ("health", "body"),
    ("health", question_id("L11", LookBack.BETTER)),
    ("", ""),
    ("gone", "gone"),
]


@st.composite
def statements(draw) -> list[Statement]:
    found = []
    for number in range(draw(st.integers(0, 8))):
        section, question = draw(st.sampled_from(PLACES))
        found.append(
            said(
                a_conversation(),
                f"WORT-{number}-ENDE",
                question,
                section=section,
                voice=draw(st.sampled_from(Voice)),
                draft=draw(st.booleans()),
                alone=draw(st.booleans()),
                not_for_print=draw(st.booleans()),
                not_for_partners=draw(st.booleans()),
                for_goals=draw(st.booleans()),
            )
        )
    return found


CHOICES = st.builds(
    PaperChoice,
    st.just("de"),
    for_one=st.booleans(),
    notes=st.booleans(),
    opened=st.sampled_from([frozenset(), frozenset({"health"}), frozenset({"doing"})]),
)


def may_stand(one: Statement, choice: PaperChoice) -> bool:
    """The rule, told once more and from the other side."""
    if one.draft or one.not_for_print or one.section not in ("doing", "way", "health"):
        return False
    if one.section == "health" and "health" not in choice.opened:
        return False
    if one.voice is Voice.COACH and not choice.notes:
        return False
    return not one.alone or (choice.for_one and one.voice is not Voice.THIRD)


@given(statements(), CHOICES)
def test_every_word_stands_on_the_paper_if_and_only_if_it_may(found, choice):
    now = a_conversation()
    talk = a_talk(now, statements=tuple(replace(one, conversation=now.id) for one in found))
    paper, left_out = paper_of(talk, choice)
    printed = words_on(paper)
    for one in found:
        assert (one.words in printed) is may_stand(one, choice)
    assert left_out.counts.total() == sum(not may_stand(one, choice) for one in found)
