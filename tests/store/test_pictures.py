"""The picture and the paper of a conversation, on a real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from caseworker_app import errors, i18n
from caseworker_app.content import guides as shipped
from caseworker_app.domain.look_back import LookBack, asked_in
from caseworker_app.domain.people import Document
from caseworker_app.domain.talk import FACES, Voice
from caseworker_app.domain.talk_choice import PaperChoice
from caseworker_app.services import answers, papers, pictures, removing, talk_papers, talks
from caseworker_app.store.store import Store
from tests.builders import NOW, a_store
from tests.pdf_reading import read_aloud
from tests.whole_life import a_life, begin, finish, tell, topic_of

LATER = NOW + timedelta(minutes=5)
JOINT = PaperChoice("de")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return a_store(tmp_path / "store")


def documents(store: Store, case) -> list[Document]:
    with store.reading() as reading:
        return reading.all(Document, case=case)


def changes(store: Store) -> int:
    with store.reading() as reading:
        return reading.connection.exec_driver_sql("SELECT count(*) FROM change").scalar()


# --- the picture -------------------------------------------------------------------------------


def test_the_summary_shows_today_beside_last_time(store):
    _case, talk = a_life(store)
    shown = pictures.summary(store, talk.id).picture
    assert len(shown.rows) == 14
    row = shown.row("L06")
    assert (row.satisfaction, row.before, row.importance, row.change) == (3, 6, 9, -3)
    assert row.scale.low.to("de") == "gar nicht"
    assert [one.domain for one in shown.rows if one.strength] == ["L01"]
    assert shown.row("L11").last is None


def test_the_first_time_nothing_is_compared(store):
    _case, talk = a_life(store, first=True)
    assert pictures.summary(store, talk.id).picture.last_days == ()


def test_another_scale_is_never_compared(store):
    case, _talk = a_life(store)
    now = begin(store, case, LATER)
    answers.rate(store, now, "L06", LATER, scale=FACES, satisfaction=2)
    row = pictures.summary(store, now.id).picture.row("L06")
    assert not row.is_comparable
    assert row.scale.faces


def test_looking_writes_nothing(store):
    _case, talk = a_life(store)
    before = changes(store)
    pictures.summary(store, talk.id)
    talk_papers.lay(store, talk.id, JOINT, NOW)
    assert changes(store) == before


def test_what_is_said_while_looking_is_kept_changed_and_taken_away(store):
    _case, talk = a_life(store)
    opened = talks.open_talk(store, talk.id)
    place = ("L06", LookBack.BETTER)
    kept = pictures.keep_words(store, opened, place, " Mit mir üben. ", None, LATER)
    assert (kept.words, kept.voice, kept.section) == (
        "Mit mir üben.",
        Voice.PARTICIPANT,
        topic_of(store, "L06").id,
    )
    assert asked_in(kept.question) == place
    again = pictures.keep_words(store, opened, place, "Zweimal üben.", kept, LATER)
    assert again.id == kept.id
    words = [one.words for one in talks.open_talk(store, talk.id).statements]
    assert "Zweimal üben." in words
    assert "Mit mir üben." not in words
    assert pictures.keep_words(store, opened, place, "  ", again, LATER) is None
    words = [one.words for one in talks.open_talk(store, talk.id).statements]
    assert "Zweimal üben." not in words


def test_an_empty_place_that_stays_empty_writes_nothing(store):
    _case, talk = a_life(store)
    opened, before = talks.open_talk(store, talk.id), changes(store)
    assert pictures.keep_words(store, opened, ("L06", LookBack.BETTER), " ", None, NOW) is None
    assert changes(store) == before


def test_what_is_said_while_the_two_are_alone_is_marked_so(store):
    case, _talk = a_life(store)
    talk = begin(store, case, LATER)
    talks.save_talk(store, replace(talk, alone=True), talk, LATER)
    opened = talks.open_talk(store, talk.id)
    kept = pictures.keep_words(store, opened, ("L06", LookBack.BETTER), "Leise.", None, LATER)
    assert kept.alone


# --- the paper ---------------------------------------------------------------------------------


def test_the_copy_begins_in_the_language_of_the_conversation(store):
    _case, talk = a_life(store, language="nl")
    opened = talks.open_talk(store, talk.id)
    assert talk_papers.usual_choice(opened, "de") == PaperChoice("nl")
    spoken = replace(opened, conversation=replace(opened.conversation, language="de"))
    assert talk_papers.usual_choice(spoken, "nl").language == "de"
    other = replace(opened, person=replace(opened.person, language="ar"))
    assert talk_papers.usual_choice(other, "nl").language == "nl"


def test_the_copy_says_what_was_said_and_leaves_out_the_rest(store):
    _case, talk = a_life(store)
    laid = talk_papers.lay(store, talk.id, JOINT, NOW)
    read = read_aloud(laid.pdf)
    assert "Der Bus um halb sieben fährt nicht mehr." in read
    assert "dreimal geübt" not in read
    assert "Tabletten" not in read
    health = topic_of(store, "L11").id
    opened = talk_papers.lay(
        store, talk.id, replace(JOINT, notes=True, opened=frozenset({health})), NOW
    )
    read = read_aloud(opened.pdf)
    assert "dreimal geübt" in read
    assert "Tabletten" in read


def test_a_copy_that_goes_out_is_kept_once_to_the_byte(store):
    case, talk = a_life(store)
    laid = talk_papers.lay(store, talk.id, JOINT, NOW)
    document = talk_papers.keep(store, case, laid, NOW)
    assert papers.content(store, document) == laid.pdf
    again = talk_papers.lay(store, talk.id, JOINT, LATER)
    assert again.kept == document
    assert talk_papers.keep(store, case, again, LATER) == document
    assert documents(store, case) == [document]


def test_another_copy_is_kept_besides(store):
    case, talk = a_life(store)
    talk_papers.keep(store, case, talk_papers.lay(store, talk.id, JOINT, NOW), NOW)
    other = talk_papers.lay(store, talk.id, replace(JOINT, for_one=True), NOW)
    assert other.kept is None
    talk_papers.keep(store, case, other, NOW)
    assert len(documents(store, case)) == 2


def test_a_copy_that_was_removed_is_kept_anew(store):
    case, talk = a_life(store)
    document = talk_papers.keep(store, case, talk_papers.lay(store, talk.id, JOINT, NOW), NOW)
    removing.remove(store, document, LATER)
    assert talk_papers.lay(store, talk.id, JOINT, NOW).kept is None


def test_a_copy_is_named_after_its_day_and_nobody(store):
    case, talk = a_life(store)
    i18n.use("nl")
    laid = talk_papers.lay(store, talk.id, JOINT, NOW)
    name = talk_papers.keep(store, case, laid, NOW).name
    assert "23. November 2026" in name
    assert "Tobias" not in name
    assert "Brandt" not in name


def test_the_words_are_those_of_the_version_it_was_held_with(store, monkeypatch):
    _case, talk = a_life(store)
    before = read_aloud(talk_papers.lay(store, talk.id, JOINT, NOW).pdf)
    newer = replace(shipped.guide("ganzes-leben", 1), version=2)
    monkeypatch.setattr(shipped, "all_guides", lambda: (newer,))
    assert read_aloud(talk_papers.lay(store, talk.id, JOINT, NOW).pdf) == before


def test_without_its_guide_a_conversation_cannot_be_printed(store):
    case, _talk = a_life(store)
    talk = begin(store, case, LATER)
    gone = talks.save_talk(store, replace(talk, guide="gone", guide_version=9), talk, LATER)
    with pytest.raises(errors.GuideMissing):
        talk_papers.lay(store, gone.id, JOINT, NOW)


def test_a_quick_note_stays_out_until_it_is_sorted(store):
    case, _talk = a_life(store)
    talk = begin(store, case, LATER)
    note = answers.add_words(store, talk, ("", ""), (Voice.PARTICIPANT, "", "Schnell."), LATER)
    assert "Schnell." not in read_aloud(talk_papers.lay(store, talk.id, JOINT, NOW).pdf)
    topic = topic_of(store, "L06")
    answers.sort_note(store, note, (topic.id, topic.questions[0].id), LATER)
    assert "Schnell." in read_aloud(talk_papers.lay(store, talk.id, JOINT, NOW).pdf)


def test_the_copy_opens_as_a_file(store, tmp_path):
    _case, talk = a_life(store)
    file = tmp_path / "talk.pdf"
    file.write_bytes(talk_papers.lay(store, talk.id, JOINT, NOW).pdf)
    with pikepdf.open(file) as document:
        assert len(document.pages) >= 2


def test_what_was_said_about_a_strength_is_marked_only_if_it_may_be_printed(store):
    case, _talk = a_life(store)
    talk = begin(store, case, LATER)
    tell(store, talk, "L09", "Boule mit Ali.", strength=True, not_for_print=True)
    answers.rate(store, talk, "L09", LATER, satisfaction=8)
    finish(store, talk)
    assert pictures.summary(store, talk.id).picture.row("L09").strength
    paper = talk_papers.lay(store, talk.id, JOINT, NOW).paper
    [drawn] = [one for one in paper.blocks if type(one).__name__ == "Drawn"]
    assert not drawn.picture.row("L09").strength
