"""Conversations as plain values, for rules that need no store: a guide, ratings, what was said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from caseworker_app.domain.guide import Guide, Question, QuestionKind, Scale, Section, Words
from caseworker_app.domain.people import CaseFile, Person, Profile
from caseworker_app.domain.picture import LastTime, Picture, PictureRow, picture
from caseworker_app.domain.talk import (
    FACES,
    NUMBERS,
    Answer,
    Conversation,
    Rating,
    Statement,
    TalkStatus,
    Voice,
)
from caseworker_app.domain.talk_choice import LeftOut, PaperChoice, for_paper
from caseworker_app.domain.talk_paper import TalkPaper
from caseworker_app.domain.talk_record import Around, record
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import Texts

CASE = UUID(int=7)
TODAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def words(text: str, dutch: str = "") -> Words:
    return Words((("de", text), ("nl", dutch or text), ("en", text)))


NUMBER_SCALE = Scale(NUMBERS, 0, 10, words("gar nicht", "helemaal niet"), words("sehr", "heel erg"))
FACE_SCALE = Scale(
    FACES, 1, 5, words("gar nicht", "helemaal niet"), words("sehr", "heel erg"), faces=True
)


def a_question(name: str, **more: object) -> Question:
    values: dict[str, object] = {
        "id": name,
        "kind": QuestionKind.TALK,
        "text": words(f"Frage {name}?"),
    }
    return Question(**{**values, **more})


def a_section(name: str, *questions: Question, **more: object) -> Section:
    values: dict[str, object] = {
        "id": name,
        "title": words(f"Thema {name}"),
        "pictogram": "L06_mobility",
        "domains": (),
        "questions": questions or (a_question(f"{name}-1"),),
    }
    return Section(**{**values, **more})


def a_guide(*sections: Section) -> Guide:
    usual = (
        a_section(
            "doing",
            a_question("usual-week"),
            a_question("liked-most", strength=True),
            domains=("L01", "L09"),
        ),
        a_section("way", a_question("way-to-work"), domains=("L06",)),
        a_section(
            "health", a_question("body"), a_question("pills"), domains=("L11",), sensitive=True
        ),
    )
    return Guide(
        "whole",
        3,
        ("de", "nl"),
        words("Das ganze Leben", "Het hele leven"),
        words(""),
        sections or usual,
        scales=(NUMBER_SCALE, FACE_SCALE),
    )


def a_conversation(days_ago: int = 0, **more: object) -> Conversation:
    started = TODAY - timedelta(days=days_ago)
    values: dict[str, object] = {
        "id": uuid4(),
        "case": CASE,
        "status": TalkStatus.HELD,
        "guide": "whole",
        "guide_version": 3,
        "started": started,
        "finished": started + timedelta(minutes=65),
        "place": "bei Tobias zu Hause",
        "present": "Tobias, Petra Brandt, Miriam Falk",
        "language": "de",
    }
    return Conversation(**{**values, **more})


def a_rating(talk: Conversation, domain: str, satisfaction: int | None = None, **more) -> Rating:
    return Rating(
        id=uuid4(),
        case=CASE,
        conversation=talk.id,
        domain=domain,
        satisfaction=satisfaction,
        **more,
    )


def said(talk: Conversation, text: str, question: str = "way-to-work", **more: object) -> Statement:
    values: dict[str, object] = {
        "id": uuid4(),
        "case": CASE,
        "conversation": talk.id,
        "section": "way",
        "question": question,
        "words": text,
        "voice": Voice.PARTICIPANT,
    }
    return Statement(**{**values, **more})


def answered(talk: Conversation, question: str, value: str = "", **more: object) -> Answer:
    return Answer(
        id=uuid4(), case=CASE, conversation=talk.id, question=question, value=value, **more
    )


def a_talk(conversation: Conversation, guide: Guide | None = None, **more: object) -> Talk:
    guide = guide or a_guide()
    values: dict[str, object] = {
        "conversation": conversation,
        "guide": guide,
        "asked": guide,
        "person": Person(id=uuid4(), case=CASE, given_name="Tobias", family_name="Brandt"),
        "coach": "Miriam Falk",
        "relations": (),
        "statements": (),
        "answers": (),
        "ratings": (),
        "topics": (),
        "prompts": (),
        "earlier": None,
        "section": "",
        "question": "",
    }
    return Talk(**{**values, **more})


def a_row(domain: str = "L06", satisfaction: int | None = 3, **more: object) -> PictureRow:
    scale = more.pop("scale", NUMBER_SCALE)
    before = more.pop("before", None)
    before_on = more.pop("before_on", scale.id)
    well = bool(more.pop("named_well", False))
    rating = a_rating(
        Conversation(id=uuid4(), case=CASE), domain, satisfaction, scale=scale.id, **more
    )
    last = LastTime(date(2026, 3, 12), before_on, before) if before is not None else None
    return PictureRow(domain, scale, rating, last, well)


def a_picture(*rows: PictureRow) -> Picture:
    usual = (
        a_row("L01", 6, before=5, importance=5, named_well=True),
        a_row("L04", 7, before=4, importance=7),
        a_row("L06", 3, before=6, importance=9),
        a_row("L09", 5, before=5, importance=5),
        a_row("L13", None),
    )
    return Picture(TODAY.date(), rows or usual)


def paper_of(
    talk: Talk, choice: PaperChoice, conversations=(), ratings=(), texts: Texts | None = None
) -> tuple[TalkPaper, LeftOut]:
    """The paper and what it leaves out; its fixed words are English unless `texts` are given."""
    printed, left_out = for_paper(talk, choice)
    shown = picture(printed, (talk.conversation, *conversations), (*ratings, *printed.ratings))
    around = Around(
        coach=Profile(id=CASE, case=CASE, name="Miriam Falk", phone="030 23125 014"),
        file=CaseFile(id=CASE, case=CASE, number="2026-041"),
        languages={"de": "Deutsch"},
        made=TODAY.date(),
    )
    return record(printed, shown, choice, around, texts or Texts("en")), left_out
