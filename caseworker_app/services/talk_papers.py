"""From a conversation to a paper: what may be printed of it, and each copy that went out, kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caseworker_app.domain.people import CaseFile, Document, Profile
from caseworker_app.domain.picture import picture
from caseworker_app.domain.talk import Conversation, Rating
from caseworker_app.domain.talk_choice import LeftOut, PaperChoice, for_paper
from caseworker_app.domain.talk_paper import TalkPaper
from caseworker_app.domain.talk_record import Around, record
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import LANGUAGES, Texts
from caseworker_app.services import languages, papers, talks
from caseworker_app.store.store import Store

PDF = "application/pdf"


@dataclass(frozen=True, slots=True, repr=False)
class Laid:
    """A copy as it is shown and would be printed, to the byte. `kept`: it went out already.

    `missing` are letters that no typeface has; they stand on the paper as codes.
    """

    paper: TalkPaper
    pdf: bytes
    left_out: LeftOut
    missing: str
    kept: Document | None = None


def usual_choice(talk: Talk, screen: str) -> PaperChoice:
    """How a copy is wanted to begin with: to lie on the table, in the language of the talk."""
    wanted = (talk.conversation.language, talk.person.language, screen)
    return PaperChoice(next((one for one in wanted if one in LANGUAGES), LANGUAGES[0]))


def lay(store: Store, conversation: UUID, choice: PaperChoice, now: datetime) -> Laid:
    """The copy as it would be printed now. Writes nothing. KeyError, GuideMissing, GuideInvalid."""
    from caseworker_app.printing.talk_pdf import missing_letters, talk_pdf  # noqa: PLC0415 - costs 0.2 s, once

    talk, left_out = for_paper(talks.open_talk(store, conversation), choice)
    with store.reading() as reading:
        drawn = picture(
            talk,
            reading.all(Conversation, case=talk.case),
            (*reading.all(Rating, case=talk.case), *talk.ratings),
        )
        around = Around(
            coach=reading.get(Profile, store.id) or Profile(id=store.id, case=store.id),
            file=reading.get(CaseFile, talk.case) or CaseFile(id=talk.case, case=talk.case),
            languages=dict(languages.named(choice.language)),
            made=now.astimezone().date(),
        )
        documents = reading.all(Document, case=talk.case)
    texts = Texts(choice.language)
    paper = record(talk, drawn, choice, around, texts)
    pdf = talk_pdf(paper, texts)
    fingerprint = hashlib.sha256(pdf).hexdigest()
    kept = next((one for one in documents if one.sha256 == fingerprint), None)
    return Laid(paper, pdf, left_out, missing_letters(paper), kept)


def keep(store: Store, case: UUID, laid: Laid, now: datetime) -> Document:
    """Keep this copy with the papers, before it is handed over. One that is kept stays the same."""
    if laid.kept:
        return laid.kept
    with store.changing(now) as changing:
        return papers.put(changing, case, f"{file_name(laid.paper)}.pdf", PDF, laid.pdf, now)


def file_name(paper: TalkPaper) -> str:
    """What a copy is called: its day, and nobody's name."""
    sentence = Texts(paper.language).gettext("Conversation of {day}")
    return sentence.format(day=paper.marks[0] if paper.marks else "")
