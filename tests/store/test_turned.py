"""The participant's side of a conversation: only their own, one thing at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from caseworker_app.domain.talk import FACES, NUMBERS, Missing, Statement, TopicState, Voice
from caseworker_app.domain.turned import (
    END,
    Dimension,
    Stop,
    first_name,
    may_be_missing,
    missing_of,
    next_stop,
    previous_stop,
    start,
    stops,
)
from caseworker_app.services import answers, people, talks, turned
from tests.builders import NOW, a_store
from tests.ui.turned_guide import Room, a_room

PLACE = ("days", "good-day")
FIRST = Stop(*PLACE)
HEALTH = Stop("health")


@pytest.fixture
def room(tmp_path: Path):
    store = a_store(tmp_path / "store")
    yield a_room(store)
    store.close()


def side(room: Room):
    return turned.open_side(room.store, room.conversation)


def test_only_the_participants_own_words_are_there(room: Room):
    assert [said.words for said in side(room).statements] == ["Ich backe gern Brot."]


def test_of_the_coach_only_the_first_name_is_there(room: Room):
    assert side(room).coach == "Miriam"
    assert first_name("Dr. Anna-Lena von der Recke") == "Anna-Lena"
    assert first_name("") == ""


def test_it_begins_where_the_coach_was(room: Room):
    assert start(side(room)) == FIRST
    talks.move_to(room.store, room.conversation, "kinds", "rating", NOW)
    assert start(side(room)) == Stop("kinds", "rating", "L05", Dimension.SATISFACTION)


def test_a_sensitive_topic_begins_with_permission(room: Room):
    talks.move_to(room.store, room.conversation, "health", "feeling", NOW)
    assert start(side(room)) == HEALTH

    answers.set_topic(room.store, room.about, "health", TopicState.PERMITTED, NOW)

    assert start(side(room)) == Stop("health", "feeling")
    assert next_stop(side(room), HEALTH) == Stop("health", "feeling")


@pytest.mark.parametrize("state", [TopicState.PARKED, TopicState.DECLINED])
def test_whoever_says_later_or_no_goes_on_to_the_next_topic(room: Room, state: TopicState):
    answers.set_topic(room.store, room.about, "health", state, NOW)

    assert next_stop(side(room), HEALTH) == Stop("closing", "small-step")
    assert all(stop.section != "health" for stop in stops(side(room)))


def test_parked_topics_and_hidden_questions_are_passed_over(room: Room):
    shown = stops(side(room))
    assert all(stop.section != "parked" for stop in shown)
    assert all(stop.question != "put-away" for stop in shown)


def test_the_way_there_is_the_way_back(room: Room):
    seen, at = [FIRST], FIRST
    while at != END:
        at = next_stop(side(room), at)
        seen.append(at)
    assert tuple(seen[:-1]) == stops(side(room))
    back = []
    while at is not None:
        back.append(at)
        at = previous_stop(side(room), at)
    assert back == seen[::-1]


def test_each_part_of_life_is_asked_about_in_five_steps_and_in_one_place(room: Room):
    about = [stop.dimension for stop in stops(side(room)) if stop.domain == "L05"]
    assert about == list(Dimension)


def test_whoever_has_no_answer_about_a_part_of_life_is_not_asked_on(room: Room):
    answers.rate(room.store, room.about, "L01", NOW, missing=Missing.NOT_SAID)
    first = Stop("days", domain="L01", dimension=Dimension.SATISFACTION)

    assert missing_of(side(room), first) is Missing.NOT_SAID
    assert next_stop(side(room), first) == Stop("kinds", "text")


def test_a_reason_never_takes_another_number_away(room: Room):
    satisfaction = Stop("days", domain="L01", dimension=Dimension.SATISFACTION)
    importance = replace(satisfaction, dimension=Dimension.IMPORTANCE)
    assert may_be_missing(side(room), importance)

    answers.rate(room.store, room.about, "L01", NOW, satisfaction=6)

    assert may_be_missing(side(room), satisfaction)
    assert not may_be_missing(side(room), importance)
    assert not may_be_missing(side(room), HEALTH)


def test_faces_are_asked_for_whom_they_are_easier_but_never_in_the_middle(room: Room):
    person = people.person(room.store, room.case)
    people.save_person(room.store, replace(person, faces=True), person, NOW)
    assert side(room).scale("L01") == FACES

    answers.rate(room.store, room.about, "L04", NOW, satisfaction=6, scale=NUMBERS)

    assert side(room).scale("L04") == NUMBERS


def test_last_times_number_is_shown_on_its_own_scale_alone(room: Room):
    answers.rate(room.store, room.about, "L01", NOW, satisfaction=6, scale=NUMBERS)
    before = side(room)
    later = replace(before, last_ratings=before.ratings, ratings=())
    assert later.last_rating("L01").satisfaction == 6
    assert replace(later, faces=True).last_rating("L01") is None


def write(room: Room, statement, words: str) -> None:
    turned.write(room.store, room.about, PLACE, statement, words, NOW)


def own(room: Room) -> list[str]:
    return [said.words for said in side(room).said("good-day")]


def test_own_words_are_said_as_they_are_written(room: Room):
    new = room.store.new_id()
    write(room, new, "Früh auf")
    write(room, new, "Früh aufstehen.")

    assert own(room) == ["Ich backe gern Brot.", "Früh aufstehen."]
    said = next(one for one in room.talk.statements if one.id == new)
    assert (said.voice, said.draft, said.section) == (Voice.PARTICIPANT, False, "days")


def test_own_words_leave_the_coachs_composer_alone(room: Room):
    write(room, room.store.new_id(), "Früh aufstehen.")
    draft = room.talk.draft("good-day")
    assert draft is not None
    assert (draft.voice, draft.words) == (Voice.COACH, "SECRET-DRAFT")


def test_words_said_differently_keep_their_marks(room: Room):
    said = side(room).said("good-day")[0]
    answers.save_statement(room.store, replace(said, for_goals=True), said, NOW)

    write(room, said.id, "Ich backe jeden Tag Brot.")

    assert own(room) == ["Ich backe jeden Tag Brot."]
    assert room.talk.remembered[0].words == "Ich backe jeden Tag Brot."


def test_emptied_words_are_taken_back_and_come_again(room: Room):
    said = side(room).said("good-day")[0]
    write(room, said.id, " ")
    assert own(room) == []
    with room.store.reading() as reading:
        kept = reading.get(Statement, said.id)
    assert kept is not None
    assert kept.words == "Ich backe gern Brot."

    write(room, said.id, "Doch.")
    assert own(room) == ["Doch."]


def test_nothing_written_is_nothing_kept(room: Room):
    write(room, room.store.new_id(), "  \n")
    assert own(room) == ["Ich backe gern Brot."]


def test_words_take_the_place_of_a_reason_for_none(room: Room):
    answers.set_missing(room.store, room.about, "good-day", Missing.NOT_SAID, NOW)
    assert missing_of(side(room), FIRST) is Missing.NOT_SAID

    write(room, room.store.new_id(), "Früh aufstehen.")

    assert missing_of(side(room), FIRST) is None


def test_what_is_written_while_the_two_are_alone_is_marked_so(room: Room):
    seen = room.about
    talks.save_talk(room.store, replace(seen, alone=True), seen, NOW)
    write(room, room.store.new_id(), "Das sage ich nur Ihnen.")

    assert room.talk.said("good-day")[-1].alone
    assert own(room) == ["Ich backe gern Brot."]
