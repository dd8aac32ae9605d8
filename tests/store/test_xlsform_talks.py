"""Forms that nobody here wrote: brought in, kept in a store, and a whole talk held with each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from caseworker_app.domain.guide import Guide, Question, QuestionKind
from caseworker_app.domain.talk import TalkStatus, Voice
from caseworker_app.domain.talk_choice import PaperChoice
from caseworker_app.domain.talk_view import Talk
from caseworker_app.errors import GuideTaken
from caseworker_app.services import answers, guide_files, guides, talk_papers, talks
from caseworker_app.store.store import Store
from tests.builders import NOW, a_case, a_store
from tests.pdf_reading import read_aloud
from tests.xlsforms import FORMS

ALL = sorted(FORMS.glob("*.xlsx"))
VALUES = {
    QuestionKind.YES_NO: "yes",
    QuestionKind.DATE: "2026-11-23",
    QuestionKind.NUMBER: "2",
    QuestionKind.SCALE: "3",
    QuestionKind.TEXT: "so and so",
    QuestionKind.LONG_TEXT: "so\nand so",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = a_store(tmp_path / "store")
    yield store
    store.close()


def brought(store: Store, name: str) -> Guide:
    found = guide_files.bring_in(store, FORMS / name, "de", NOW)
    assert found.guide is not None, [problem.reason for problem in found.mistakes]
    return found.guide


def begun(store: Store, guide: Guide) -> UUID:
    return talks.begin(store, a_case(store), guide, NOW)


def asked(store: Store, conversation: UUID) -> list[str]:
    talk = talks.open_talk(store, conversation)
    return [question.id for section in talk.asked.sections for question in section.questions]


def answer(store: Store, conversation: UUID, question: str, value: str) -> list[str]:
    """Answer a question; gives what is asked from then on."""
    talk = talks.open_talk(store, conversation).conversation
    answers.set_value(store, talk, question, value, NOW)
    return asked(store, conversation)


def value_for(question: Question) -> str:
    if question.options:
        return "\n".join(option.id for option in question.options[:1])
    return VALUES[question.kind]


def hold_to_the_end(store: Store, conversation: UUID) -> Talk:
    """Answer whatever is asked, one question after the other, until nothing is left."""
    for _ in range(100):
        talk = talks.open_talk(store, conversation)
        waiting = [
            question
            for section in talk.asked.sections
            for question in section.questions
            if talk.answer(question.id) is None
        ]
        if not waiting:
            break
        answers.set_value(store, talk.conversation, waiting[0].id, value_for(waiting[0]), NOW)
        place = (next_section(talk, waiting[0]), waiting[0].id)
        said = (Voice.PARTICIPANT, "", "that is how it is")
        answers.add_words(store, talk.conversation, place, said, NOW)
    talk = talks.open_talk(store, conversation)
    talks.finish(store, talk.conversation, NOW + timedelta(hours=1))
    return talks.open_talk(store, conversation)


def next_section(talk: Talk, wanted: Question) -> str:
    return next(one.id for one in talk.asked.sections if wanted in one.questions)


@pytest.mark.parametrize("file", ALL, ids=lambda file: file.stem)
def test_a_form_is_kept_and_a_whole_talk_is_held_with_it(store: Store, file: Path):
    guide = brought(store, file.name)
    assert guide in guides.offered(store)
    held = hold_to_the_end(store, begun(store, guide))
    assert held.conversation.status is TalkStatus.HELD
    assert held.guide == guide
    for section in held.asked.sections:
        for question in section.questions:
            assert held.answer(question.id).value == value_for(question)
            assert [said.words for said in held.said(question.id)] == ["that is how it is"]


@pytest.mark.parametrize("file", ALL, ids=lambda file: file.stem)
def test_the_whole_talk_is_printed(store: Store, file: Path):
    conversation = begun(store, brought(store, file.name))
    held = hold_to_the_end(store, conversation)
    for language in ("de", "nl"):
        laid = talk_papers.lay(store, conversation, PaperChoice(language), NOW)
        assert laid.missing == ""
        lines = read_aloud(laid.pdf).splitlines()
        for section in held.asked.sections:
            assert f"H2: {section.title.to(language)}" in lines
            for question in section.questions:
                assert f"H3: {question.text.to(language)}" in lines


def test_the_forms_have_every_kind_that_a_form_can_ask_for(store: Store):
    kinds = {
        question.kind
        for file in ALL
        for section in brought(store, file.name).sections
        for question in section.questions
    }
    assert kinds == set(QuestionKind) - {QuestionKind.TALK, QuestionKind.RATING}


def test_what_the_household_form_asks_follows_the_answers(store: Store):
    talk = begun(store, brought(store, "household_visit.xlsx"))
    always = ["first-name", "people-at-home", "work-now", "content", "share-comment"]
    assert asked(store, talk) == always

    assert answer(store, talk, "people-at-home", "0") == always
    assert "children-at-home" in answer(store, talk, "people-at-home", "4")
    with_children = answer(store, talk, "children-at-home", "yes")
    assert with_children[2:6] == ["children-at-home", "who-cares", "childs-name", "childs-age"]
    assert "grandparents-days" in answer(store, talk, "who-cares", "parents\ngrandparents")

    assert "hours" in answer(store, talk, "work-now", "part-time")
    looking = answer(store, talk, "work-now", "looking")
    assert "hours" not in looking
    assert "what-helps" in looking
    assert "why-low" in answer(store, talk, "content", "4")
    assert "why-low" not in answer(store, talk, "content", "5")


def test_hidden_answers_come_back(store: Store):
    talk = begun(store, brought(store, "household_visit.xlsx"))
    for question, value in (
        ("people-at-home", "4"),
        ("children-at-home", "yes"),
        ("who-cares", "grandparents"),
        ("grandparents-days", "Monday"),
    ):
        answer(store, talk, question, value)
    without = answer(store, talk, "children-at-home", "no")
    assert not {"who-cares", "grandparents-days", "childs-name"} & set(without)
    again = answer(store, talk, "children-at-home", "yes")
    assert "grandparents-days" in again
    assert talks.open_talk(store, talk).answer("grandparents-days").value == "Monday"


def test_what_the_dutch_form_asks_follows_the_answers(store: Store):
    talk = begun(store, brought(store, "dagbesteding.xlsx"))
    assert "wat-tegenhoudt" in asked(store, talk)
    answer(store, talk, "gewone-dag", "Koffie, krant, wandelen.")
    busy = answer(store, talk, "activiteiten-nu", "sport\nkoken")
    assert "meest-plezier" in busy
    assert "wat-tegenhoudt" not in busy

    assert "afstand" in asked(store, talk)
    assert "reiskosten" in answer(store, talk, "vervoermiddel", "trein")
    at_home = answer(store, talk, "vervoermiddel", "thuis")
    assert not {"afstand", "reiskosten"} & set(at_home)

    agreed = answer(store, talk, "afspraak-maken", "yes")
    assert agreed[-3:] == ["afspraak-maken", "afspraak-dag", "afspraak-tijd"]
    assert answer(store, talk, "afspraak-maken", "no")[-1] == "waarom-niet"


def test_what_the_german_and_ukrainian_form_asks_follows_the_answers(store: Store):
    guide = brought(store, "gut_ankommen.xlsx")
    assert guide.languages == ("de", "uk")
    course = guide.question("deutschkurs")
    assert course.text.to("de-informal") == "Besuchst du einen Deutschkurs?"
    assert course.text.to("uk") == "Чи відвідуєте ви курс німецької мови?"

    talk = begun(store, guide)
    assert not {"stufe", "stunden", "viel", "kurs-wunsch"} & set(asked(store, talk))
    assert "kurs-wunsch" in answer(store, talk, "deutschkurs", "no")
    assert "stunden" in answer(store, talk, "deutschkurs", "yes")
    assert "viel" not in answer(store, talk, "stunden", "19")
    assert "viel" in answer(store, talk, "stunden", "20")

    assert "welcher-brief" in answer(store, talk, "hilfe", "briefe\nwohnung")
    assert "welcher-brief" not in answer(store, talk, "hilfe", "briefe\nkeine")
    answer(store, talk, "hilfe", "briefe")
    assert "sonst" not in asked(store, talk)
    assert "sonst" in answer(store, talk, "welcher-brief", "Jobcenter")
    answer(store, talk, "welcher-brief", "")
    assert "sonst" in answer(store, talk, "zufrieden", "4")


def test_the_same_form_again_is_the_same_guide_and_a_changed_one_needs_the_next_version(
    store: Store, tmp_path: Path
):
    guide = brought(store, "dagbesteding.xlsx")
    assert brought(store, "dagbesteding.xlsx") == guide
    out = tmp_path / "out.xlsx"
    guide_files.take_out(store, guide, out)
    again = guide_files.bring_in(store, out, "de", NOW)
    assert (again.guide, again.notes) == (guide, ())

    source = guides.source(store, guide.id, guide.version)
    changed = tmp_path / "changed.toml"
    changed.write_text(source.replace("Wat houdt u tegen?", "Wat maakt het lastig?"), "utf-8")
    with pytest.raises(GuideTaken):
        guide_files.bring_in(store, changed, "de", NOW)
    changed.write_text(changed.read_text("utf-8").replace("version = 3", "version = 4"), "utf-8")
    newer = guide_files.bring_in(store, changed, "de", NOW).guide
    assert newer in guides.offered(store)
    assert guides.find(store, guide.id, 3) == guide


def test_a_guide_is_taken_out_as_the_text_it_was_brought_in_as(store: Store, tmp_path: Path):
    guide = brought(store, "gut_ankommen.xlsx")
    out = tmp_path / "out.toml"
    guide_files.take_out(store, guide, out)
    assert out.read_text("utf-8") == guides.source(store, guide.id, guide.version)
    assert guide_files.read(out, "de").guide == guide
