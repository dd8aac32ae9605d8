"""Each of the seven guides held to its end, in German and in Dutch, from preparing to the paper.

Pictures of the screens are left in build/journeys, to be looked at.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from caseworker_app import paths
from caseworker_app.domain import path
from caseworker_app.domain.guide import QuestionKind
from caseworker_app.domain.look_back import asked_in
from caseworker_app.domain.talk import TalkStatus, TopicState, Voice
from caseworker_app.domain.talk_view import Talk
from caseworker_app.services import checking, talks
from caseworker_app.services.sample import fill, profile_of
from tests import pdf_checker
from tests.builders import NOW, a_store
from tests.journeys import afterwards
from tests.journeys.album import Album
from tests.journeys.conftest import SitDown
from tests.journeys.holding import Holding, Said
from tests.journeys.story import GUIDES, REMEMBERED, Story
from tests.pdf_reading import read_aloud

FEWEST_PICTURES, MOST_PICTURES = 8, 14
BREATH = 3  # milliseconds


@pytest.fixture(autouse=True)
def _no_printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "no-such-socket"))


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_is_held_to_its_end(
    guide: str, spoken: str, sit_down: SitDown, tmp_path: Path
) -> None:
    story = Story(guide, spoken)
    store = a_store(paths.store_folder(), profile_of(story.sample))
    fill(store, story.sample, NOW)
    store.close()
    coach = sit_down()
    coach.breath = BREATH
    album = Album(f"{guide}-{spoken}", coach.program)
    coach.open()

    held = Holding(coach, story, album)
    held.prepare()
    held.hold()
    conversation = coach.window.route.value
    assert conversation is not None
    afterwards.finish(held)
    afterwards.look_at_it(held)
    afterwards.write_it_up(held)
    paper = tmp_path / "conversation.pdf"
    afterwards.put_on_paper(held, paper)

    store = coach.window.app.store
    talk = talks.open_talk(store, conversation)
    everything_is_kept(held, talk)
    nothing_asked_was_passed_over(story, talk)
    pdf = paper.read_bytes()
    assert pdf_checker.findings(pdf) == []
    the_paper_says_what_it_may(held, talk, " ".join(read_aloud(pdf).split()))
    checked = checking.check_open(store)
    assert checked.clean, checked.findings
    assert FEWEST_PICTURES <= len(album) <= MOST_PICTURES


# --- the store -----------------------------------------------------------------------------------


def everything_is_kept(held: Holding, talk: Talk) -> None:
    """What was said, answered, rated and agreed stands in the store, and nothing else."""
    story, about = held.story, talk.conversation
    assert about.status is TalkStatus.HELD
    assert (about.guide, about.guide_version) == (story.guide.id, story.guide.version)
    assert (about.place, about.interpreter) == (story.words["place"], story.words["interpreter"])
    assert about.present == story.words["third"]["speaker"]
    kept = Counter(
        Said(path.Place(one.section, one.question), one.voice, one.speaker, one.words)
        for one in talk.statements
    )
    assert kept == Counter(held.said)
    assert [one.words for one in talk.statements if one.alone] == [story.words["said_alone"]]
    assert [one.words for one in talk.statements if one.not_for_print] == [
        story.words["not_for_print"]
    ]
    assert [one.question for one in talk.remembered] == [REMEMBERED]
    assert {one.question: one.value for one in talk.answers if one.value} == held.values
    assert {one.question: one.missing for one in talk.answers if one.missing} == story.gaps
    assert set(talk.put_away) == {story.put_away}
    for expected in held.rated:
        rating = talk.rating(expected.domain)
        assert rating is not None
        for field in expected.__slots__:
            assert getattr(rating, field) == getattr(expected, field), field
        assert rating.missing or rating.scale == story.scale
    assert len(talk.ratings) == len(held.rated)
    topics = {one.section: one.state for one in talk.topics}
    assert topics.pop(story.parked) is TopicState.OPEN
    sensitive = {section.id for section in story.guide.sections if section.sensitive}
    assert topics == {
        section: TopicState.DECLINED if section in story.declined else TopicState.PERMITTED
        for section in sensitive
    }


def nothing_asked_was_passed_over(story: Story, talk: Talk) -> None:
    """Every question that was asked in the end has words, a value, or a reason for having none."""
    for place in path.places(talk.asked):
        if place.section in story.declined or place.question == story.put_away:
            assert not talk.said(place.question)
            continue
        answer = talk.answer(place.question)
        has_answer = answer is not None and (answer.value or answer.missing)
        assert has_answer or talk.said(place.question), place


# --- the paper -----------------------------------------------------------------------------------


def the_paper_says_what_it_may(held: Holding, talk: Talk, paper: str) -> None:
    """All that was said at the table, and nothing that is alone, sensitive or the coach's own."""
    story = held.story
    closed = {one.id for one in story.guide.sections if one.sensitive} - {held.opened}
    may = [said for said in held.said if _is_for_the_table(said, story, closed)]
    assert len(may) > 15
    for said in may:
        assert said.words in paper, said
        assert said.speaker in paper
    for said in held.said:
        if said not in may and said.words not in {one.words for one in may}:
            assert said.words not in paper, said
    for section in talk.asked.sections:
        title = story.title(section.id)
        assert (title in paper) == (section.id not in closed), title
    for question, value in held.values.items():
        asked = story.guide.question(question)
        assert asked is not None
        if asked.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES) and _is_open(
            question, story, closed
        ):
            words = {option.id: option.text.to(story.tag) for option in asked.options}
            assert all(words[one] in paper for one in value.split("\n"))
    for known in (story.person.given_name, talk.conversation.place, talk.conversation.interpreter):
        assert known in paper
    assert story.guide.never.to(story.language).partition("\n")[0] not in paper


def _is_for_the_table(said: Said, story: Story, closed: set[str]) -> bool:
    own = (story.words["said_alone"], story.words["not_for_print"])
    if said.voice is Voice.COACH or said.words in own or said.place.section in closed:
        return False
    looked_at = asked_in(said.place.question)
    return looked_at is None or _is_harmless(looked_at[0], story, closed)


def _is_harmless(domain: str, story: Story, closed: set[str]) -> bool:
    return any(domain in one.domains for one in story.guide.sections if one.id not in closed)


def _is_open(question: str, story: Story, closed: set[str]) -> bool:
    return any(
        question == one.id
        for section in story.guide.sections
        if section.id not in closed
        for one in section.questions
    )
