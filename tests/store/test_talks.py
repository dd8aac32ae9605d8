"""What a coach does around a conversation, on a real store."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from caseworker_app import errors, paths
from caseworker_app.domain.goals import GoalStatus
from caseworker_app.domain.plan import PlanVersion, TextSize
from caseworker_app.domain.talk import Answer, Missing, Rating, Statement, TalkStatus, Voice
from caseworker_app.services import (
    agreements,
    answers,
    cases,
    checking,
    goals,
    people,
    plans,
    removing,
    stores,
    talks,
    today,
)
from caseworker_app.store import store as store_file
from caseworker_app.store.connection import transaction
from caseworker_app.store.store import Store
from tests.builders import NOW, PASSPHRASE, a_case, a_person, a_profile, a_store, a_talk, say

PLACE = ("how-are-you", "last-year")
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return a_store(tmp_path / "store")


SECTION = """
[[sections]]
id = "{id}"
title.en = "{id}"
pictogram = "L01_day"
sensitive = {sensitive}
[[sections.questions]]
id = "{id}-1"
text.en = "How is it?"
[[sections.questions]]
id = "{id}-2"
strength = true
text.en = "What is good?"
"""


@pytest.fixture
def guide_with_a_sensitive_topic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program as if it were shipped with a guide that asks about health."""
    guides = tmp_path / "shipped" / "resources" / "guides" / "small"
    guides.mkdir(parents=True)
    for folder in paths.resources().iterdir():
        if folder.name != "guides":
            (tmp_path / "shipped" / "resources" / folder.name).symlink_to(folder)
    head = 'id = "small"\nversion = 1\nlanguages = ["en"]\ntitle.en = "Small"\npurpose.en = "-"\n'
    sections = (("day", "false"), ("health", "true"))
    body = (SECTION.format(id=name, sensitive=sensitive) for name, sensitive in sections)
    (guides / "1.toml").write_text(head + "".join(body), "utf-8")
    (tmp_path / "shipped" / "translations").symlink_to(paths.translations())
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "shipped"), raising=False)


def all_of(store: Store, cls: type):
    with store.reading() as reading:
        return reading.all(cls)


def test_a_draft_is_one_statement_however_often_it_is_kept(store: Store) -> None:
    talk = a_talk(store, a_case(store))
    for words in ("I", "I wish", "I wish to"):
        answers.keep_words(store, talk, PLACE, (Voice.THIRD, "Petra", words), NOW)
    assert [(s.words, s.speaker, s.draft) for s in all_of(store, Statement)] == [
        ("I wish to", "Petra", True)
    ]
    answers.keep_words(store, talk, PLACE, (Voice.THIRD, "Petra", "  "), NOW)
    assert [(s.words, s.speaker) for s in all_of(store, Statement)] == [("  ", "Petra")]
    assert answers.keep_words(store, talk, PLACE, (Voice.THIRD, "", "  "), NOW) is None
    assert all_of(store, Statement) == []


def test_a_speaker_who_said_nothing_leaves_no_empty_words_behind(store: Store) -> None:
    talk = a_talk(store, a_case(store))
    answers.keep_words(store, talk, PLACE, (Voice.THIRD, "Petra", ""), NOW)
    talks.finish(store, talk, LATER)
    assert [s for s in all_of(store, Statement) if not s.draft] == []


def test_an_empty_composer_writes_nothing(store: Store) -> None:
    talk = a_talk(store, a_case(store))
    before = checking.check_open(store).changes
    answers.keep_words(store, talk, PLACE, (Voice.PARTICIPANT, "", ""), NOW)
    assert checking.check_open(store).changes == before


def test_finishing_says_what_stands_in_a_composer_as_pressing_return_does(store: Store) -> None:
    talk = a_talk(store, a_case(store))
    answers.set_missing(store, talk, PLACE[1], Missing.NOT_SAID, NOW)
    answers.keep_words(store, talk, PLACE, (Voice.PARTICIPANT, "", "after all"), NOW)
    talks.finish(store, talk, LATER)
    assert [(s.words, s.draft) for s in all_of(store, Statement)] == [("after all", False)]
    assert [a.missing for a in all_of(store, Answer)] == [None]


@pytest.mark.parametrize(
    "ends",
    [
        lambda store, talk: talks.finish(store, talk, LATER),
        lambda store, talk: talks.reopen(store, talk, LATER),
    ],
)
def test_a_page_that_shows_an_older_talk_does_not_undo_what_came_meanwhile(
    store: Store, ends
) -> None:
    shown = a_talk(store, a_case(store))
    talks.save_talk(store, replace(shown, place="in the garden"), shown, NOW)
    ends(store, shown)
    assert talks.open_talk(store, shown.id).conversation.place == "in the garden"


def test_a_question_has_a_value_or_a_reason_for_having_none(store: Store) -> None:
    talk = a_talk(store, a_case(store))
    answers.set_value(store, talk, "boss", "yes", NOW)
    assert answers.set_missing(store, talk, "boss", Missing.NOT_KNOWN, NOW).value == ""
    answer = answers.set_value(store, talk, "boss", "no", NOW)
    assert (answer.value, answer.missing) == ("no", None)
    assert answers.set_missing(store, talk, "boss", None, NOW).value == "no"
    assert len(all_of(store, Answer)) == 1


def test_a_rating_has_numbers_or_a_reason_for_having_none(store: Store) -> None:
    talk = a_talk(store, a_case(store))
    answers.rate(store, talk, "L04", NOW, satisfaction=0, importance=9)
    refused = answers.rate(store, talk, "L04", NOW, missing=Missing.NOT_SAID)
    assert (refused.satisfaction, refused.importance) == (None, None)
    assert answers.rate(store, talk, "L04", NOW, satisfaction=0).missing is None
    assert len(all_of(store, Rating)) == 1


def test_a_moment_that_differs_by_less_than_is_kept_is_no_change(store: Store) -> None:
    talk = a_talk(store, a_case(store), NOW.replace(microsecond=123_456))
    before = checking.check_open(store).changes
    with store.changing(LATER) as changing:
        changing.put(replace(talk, started=NOW.replace(microsecond=123_999)))
    assert checking.check_open(store).changes == before


def test_steps_of_goals_removed_or_put_aside_wait_nowhere(store: Store) -> None:
    case = a_case(store)
    steps = {}
    for name in ("open", "aside", "gone"):
        goal = goals.add_goal(store, case, name, "", NOW)
        step = goals.add_step(store, goal, NOW)
        due = date(2026, 11, 24) + timedelta(days=len(steps))
        new = replace(step, what=name, who="Miriam", due=due)
        steps[name] = (goal, goals.save_step(store, new, step, NOW))
    assert people.lines(store, NOW)[0].next_step == date(2026, 11, 24)
    goal, step = steps["open"]
    goals.set_done(store, step, NOW.date(), NOW)
    aside, _ = steps["aside"]
    goals.save_goal(store, replace(aside, status=GoalStatus.NOT_NOW), aside, NOW)
    assert [one.step.what for one in agreements.waiting(store, mine=True)] == ["gone"]
    removing.remove(store, steps["gone"][0], NOW)
    assert agreements.waiting(store, mine=False) == ()
    assert today.day(store, NOW).promises == ()
    assert people.lines(store, NOW)[0].next_step is None
    talks.plan_talk(store, case, LATER, "", NOW)
    (visit,) = today.day(store, NOW).visits
    assert [step.what for step in visit.steps] == ["open"]


def test_promises_come_by_their_day_and_those_without_one_last(store: Store) -> None:
    case = a_case(store)
    goal = goals.add_goal(store, case, "Ziel", "", NOW)
    for what, who, due in (
        ("c", "Petra", None),
        ("b", "Miriam Falk", date(2026, 12, 24)),
        ("a", "Miriam", date(2026, 11, 24)),
    ):
        step = goals.add_step(store, goal, NOW)
        goals.save_step(store, replace(step, what=what, who=who, due=due), step, NOW)
    assert [one.step.what for one in agreements.waiting(store, mine=False)] == ["a", "b", "c"]
    assert [one.step.what for one in agreements.waiting(store, mine=True)] == ["a", "b"]
    assert [one.step.what for one in today.day(store, NOW).promises] == ["a"]
    assert agreements.waiting(store, mine=True)[0].person == "Tobias Brandt"
    people.close_file(store, case, NOW)
    assert agreements.waiting(store, mine=False) == ()


@pytest.mark.parametrize("odd", ["2026-abcd", "2026-0007a", "2026-12345", "17"])
def test_a_new_file_gets_the_next_number_whatever_numbers_there_are(store: Store, odd: str) -> None:
    case = a_case(store)
    file = people.file(store, case)
    with store.changing(NOW) as changing:
        changing.put(replace(file, number=odd))
    numbers = [people.file(store, a_case(store)).number for _ in range(2)]
    first = {"2026-0007a": 8, "2026-12345": 12346}.get(odd, 1)
    assert numbers == [f"2026-{first:04d}", f"2026-{first + 1:04d}"]


@pytest.mark.usefixtures("guide_with_a_sensitive_topic")
def test_words_said_in_a_sensitive_topic_lie_on_no_table_unasked(store: Store) -> None:
    case = a_case(store)
    talk = a_talk(store, case)
    for section in ("day", "health"):
        said = answers.add_words(
            store, talk, (section, f"{section}-1"), (Voice.PARTICIPANT, "", f"my {section}"), NOW
        )
        answers.save_statement(store, replace(said, for_goals=True), said, NOW)
        well = (Voice.PARTICIPANT, "", f"my {section} is good")
        answers.add_words(store, talk, (section, f"{section}-2"), well, NOW)
    content = plans.draft(store, case, "de", TextSize.NORMAL, NOW)
    assert (content.important, content.going_well) == (("my day",), ("my day is good",))


def test_a_frozen_plan_prints_the_same_bytes_and_notices_other_content(store: Store) -> None:
    case = a_case(store)
    say(store, a_talk(store, case), "Ich will raus.")
    shown = plans.lay(store, case, "nl", TextSize.LARGE, NOW)
    kept = plans.fix(store, case, shown, NOW)
    assert kept.version is not None
    assert plans.pdf(plans.version_content(kept.version)) == kept.pdf
    assert plans.lay(store, case, "nl", TextSize.LARGE, LATER).version == kept.version
    assert plans.fix(store, case, kept, LATER) == kept
    (version,) = all_of(store, PlanVersion)
    with pytest.raises(errors.StoreDamaged):
        plans.version_content(replace(version, content=version.content + b"\x00"))


def test_a_dispute_stays_while_one_of_the_two_writes_on(store: Store) -> None:
    case = a_case(store)
    shown = people.person(store, case)
    people.save_person(store, replace(shown, phone="111"), shown, NOW)
    mine = people.save_person(store, replace(shown, phone="222"), shown, LATER)
    people.save_person(store, replace(mine, phone="2223"), mine, LATER + timedelta(seconds=1))
    with store.reading() as reading:
        assert [one.phone for one in reading.disputed(type(shown), case)] == ["2223"]
    settled = replace(people.person(store, case), phone="111")
    with store.changing(LATER + timedelta(seconds=2)) as changing:
        changing.put(settled)
    with store.reading() as reading:
        assert reading.disputed(type(shown), case) == []
    assert people.person(store, case).phone == "111"


def test_a_store_that_could_not_be_made_leaves_room_for_another_try(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    in_the_way = folder / f"{store_file.FILE}-wal"
    in_the_way.mkdir(parents=True)
    with pytest.raises(errors.CaseworkerError):
        a_store(folder)
    assert not stores.exists(folder)
    in_the_way.rmdir()
    a_store(folder).close()
    assert stores.profile(stores.unlock(folder, PASSPHRASE)).name == a_profile().name


def test_a_change_filed_under_something_else_is_found(store: Store) -> None:
    a_case(store)
    with transaction(store._engine, "BEGIN IMMEDIATE") as connection:
        connection.exec_driver_sql("UPDATE change SET clock = clock + 1 WHERE sequence = 1")
    assert any("filed" in finding for finding in checking.check_open(store).findings)


def test_a_document_without_its_bytes_is_found(store: Store) -> None:
    case = a_case(store)
    plans.fix(store, case, plans.lay(store, case, "de", TextSize.NORMAL, NOW), NOW)
    with transaction(store._engine, "BEGIN IMMEDIATE") as connection:
        connection.exec_driver_sql("DELETE FROM blob_piece")
    assert any("missing" in finding for finding in checking.check_open(store).findings)


def test_a_talk_agreed_for_today_becomes_the_one_that_begins(store: Store) -> None:
    case = a_case(store)
    planned = talks.plan_talk(store, case, NOW + timedelta(hours=2), "at home", NOW)
    talk = a_talk(store, case)
    assert (talk.id, talk.status, talk.place) == (planned.id, TalkStatus.RUNNING, "at home")
    assert a_talk(store, case).id == talk.id
    assert cases.view(store, case).next_talk is None


def test_a_person_made_with_foreign_ids_gets_their_own(store: Store) -> None:
    one, other = (people.open_file(store, a_person(), "", NOW) for _ in range(2))
    assert people.person(store, one).id != people.person(store, other).id
