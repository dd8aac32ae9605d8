"""What is kept of a conversation while it is held: notes, ratings on a scale, what is hidden."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from caseworker_app.domain.talk import (
    FACES,
    NUMBERS,
    Conversation,
    HelpWanted,
    Missing,
    Voice,
    WantsChange,
)
from caseworker_app.services import answers, talks
from caseworker_app.services.answers import NOWHERE
from caseworker_app.store.store import Store
from tests.builders import NOW, a_case, a_store, a_talk

PLACE = ("arriving", "past-year")
NOTE = (Voice.COACH, "", "Ring the dentist")
OWN = (Voice.PARTICIPANT, "", "My aunt comes in May")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return a_store(tmp_path / "store")


@pytest.fixture
def talk(store: Store) -> Conversation:
    return a_talk(store, a_case(store))


def kept(store: Store, talk: Conversation):
    return talks.open_talk(store, talk.id)


# --- quick notes -------------------------------------------------------------------------------


def test_a_quick_note_belongs_to_no_question_until_it_is_sorted(store: Store, talk: Conversation):
    note = answers.add_words(store, talk, NOWHERE, NOTE, NOW)
    assert kept(store, talk).unsorted == (note,)
    answers.sort_note(store, note, PLACE, NOW)
    assert kept(store, talk).unsorted == ()
    assert [one.words for one in kept(store, talk).said(PLACE[1])] == ["Ring the dentist"]


def test_a_note_and_the_words_of_a_question_are_two_drafts(store: Store, talk: Conversation):
    answers.keep_words(store, talk, NOWHERE, NOTE, NOW)
    answers.keep_words(store, talk, PLACE, OWN, NOW)
    assert kept(store, talk).draft("").words == NOTE[2]
    assert kept(store, talk).draft(PLACE[1]).words == OWN[2]
    assert kept(store, talk).unsorted == ()


def test_a_sorted_note_of_the_participant_is_an_answer(store: Store, talk: Conversation):
    answers.set_missing(store, talk, PLACE[1], Missing.NOT_SAID, NOW)
    note = answers.add_words(store, talk, NOWHERE, OWN, NOW)
    assert kept(store, talk).answer(PLACE[1]).missing is Missing.NOT_SAID
    answers.sort_note(store, note, PLACE, NOW)
    assert kept(store, talk).answer(PLACE[1]).missing is None


def test_what_is_said_alone_is_marked_from_the_first_key(store: Store, talk: Conversation):
    alone = talks.save_talk(store, replace(talk, alone=True), talk, NOW)
    assert answers.keep_words(store, alone, PLACE, OWN, NOW).alone
    together = talks.save_talk(store, replace(alone, alone=False), alone, NOW)
    assert answers.add_words(store, together, PLACE, OWN, NOW).alone
    assert not answers.add_words(store, together, PLACE, OWN, NOW).alone


# --- ratings -----------------------------------------------------------------------------------


def test_a_rating_keeps_all_that_is_noted_about_a_domain(store: Store, talk: Conversation):
    answers.rate(store, talk, "L04", NOW, scale=FACES, satisfaction=4, importance=5)
    answers.rate(
        store,
        talk,
        "L04",
        NOW,
        wants_change=WantsChange.LATER,
        help_wanted=HelpWanted.SOME,
        own_share=3,
        network_share=0,
        professional_share=1,
        reason="It is quiet there.",
    )
    rating = kept(store, talk).rating("L04")
    assert (rating.scale, rating.satisfaction, rating.importance) == (FACES, 4, 5)
    assert (rating.own_share, rating.network_share, rating.professional_share) == (3, 0, 1)
    assert (rating.wants_change, rating.help_wanted) == (WantsChange.LATER, HelpWanted.SOME)
    assert rating.reason == "It is quiet there."


def test_on_another_scale_a_rating_begins_anew_and_nothing_is_converted(
    store: Store, talk: Conversation
):
    answers.rate(store, talk, "L04", NOW, scale=NUMBERS, satisfaction=9, importance=4, own_share=2)
    rating = answers.rate(store, talk, "L04", NOW, scale=FACES, satisfaction=5)
    assert (rating.scale, rating.satisfaction, rating.importance) == (FACES, 5, None)
    assert rating.own_share == 2


def test_a_number_on_the_same_scale_leaves_the_other(store: Store, talk: Conversation):
    answers.rate(store, talk, "L04", NOW, scale=NUMBERS, satisfaction=9)
    rating = answers.rate(store, talk, "L04", NOW, scale=NUMBERS, importance=0)
    assert (rating.satisfaction, rating.importance) == (9, 0)


def test_shares_and_reason_stay_when_there_is_no_rating(store: Store, talk: Conversation):
    answers.rate(store, talk, "L04", NOW, satisfaction=9, own_share=2, reason="So it is.")
    rating = answers.rate(store, talk, "L04", NOW, missing=Missing.NOT_KNOWN)
    assert (rating.satisfaction, rating.own_share, rating.reason) == (None, 2, "So it is.")


# --- prompts, and reading again ----------------------------------------------------------------


def test_prompts_are_put_out_of_sight_and_brought_back(store: Store, talk: Conversation):
    answers.set_hidden(store, talk, ("went-well", "today"), NOW, hidden=True)
    assert kept(store, talk).put_away == {"went-well", "today"}
    answers.set_hidden(store, talk, ("today",), NOW, hidden=False)
    assert kept(store, talk).put_away == {"went-well"}
    assert len(kept(store, talk).prompts) == 2


def test_reading_again_gives_what_opening_gives_at_the_same_place(store: Store, talk: Conversation):
    before = kept(store, talk)
    here = before.guide.sections[1]
    before = replace(before, section=here.id, question=here.questions[0].id)
    answers.add_words(store, talk, PLACE, OWN, NOW)
    answers.rate(store, talk, "L04", NOW, satisfaction=3)
    talks.save_talk(store, replace(talk, place="kitchen"), talk, NOW)
    again = talks.read_again(store, before)
    opened = kept(store, talk)
    assert replace(opened, section=again.section, question=again.question) == again
    assert (again.section, again.question) == (here.id, here.questions[0].id)
