"""From what was agreed to the plan on the table: a draft to see, a version that never changes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from caseworker_app.content import guides
from caseworker_app.domain.case_view import CaseView
from caseworker_app.domain.goals import GoalStatus
from caseworker_app.domain.people import Document, Profile
from caseworker_app.domain.plan import (
    PlanContent,
    PlanGoal,
    PlanStep,
    PlanVersion,
    PutAside,
    TextSize,
)
from caseworker_app.domain.talk import Conversation, Statement, TalkStatus, Voice
from caseworker_app.errors import GuideMissing
from caseworker_app.i18n import Texts
from caseworker_app.services import cases
from caseworker_app.store import codec
from caseworker_app.store.store import Store

MOST_QUOTES = 3
PDF = "application/pdf"


def draft(store: Store, case: UUID, language: str, size: TextSize, now: datetime) -> PlanContent:
    """The plan as it would be printed now, in the plan's own language; its number is 0."""
    view = cases.view(store, case)
    with store.reading() as reading:
        profile = reading.get(Profile, store.id) or Profile(id=store.id, case=store.id)
        last = _last_talk(view)
        said = tuple(reading.all(Statement, conversation=last.id)) if last else ()
    coming = view.next_talk
    local = coming.planned_for.astimezone() if coming and coming.planned_for else None
    return PlanContent(
        language=language,
        size=size,
        number=0,
        made=now.astimezone().date(),
        person=view.person.name,
        case_number=view.file.number,
        coach=profile.name,
        organisation=profile.organisation,
        phone=profile.phone,
        email=profile.email,
        important=_important(said),
        going_well=_going_well(last, said),
        goals=_goals(view),
        put_aside=tuple(
            PutAside(card.goal.words, card.goal.reason)
            for card in view.goals
            if card.goal.status is GoalStatus.NOT_NOW
        ),
        next_talk_at=local.replace(tzinfo=None) if local else None,
        next_talk_place=coming.place if coming else "",
        signers=(view.person.name, *_trusted(view), profile.name),
    )


def pdf(content: PlanContent) -> bytes:
    """The plan as PDF, in its own language. The same content gives the same bytes."""
    from caseworker_app.printing.plan_pdf import plan_pdf  # noqa: PLC0415 - costs 0.2 s, once

    return plan_pdf(content, Texts(content.language))


def freeze(store: Store, case: UUID, content: PlanContent, now: datetime) -> PlanVersion:
    """Make this the next version: content, hash and PDF are kept and never change again.

    `content` may be a draft; it gets its number here. All is written in one transaction.
    """
    with store.changing(now) as changing:
        earlier = changing.all(PlanVersion, removed=True, case=case)
        number = 1 + max((version.number for version in earlier), default=0)
        numbered = replace(content, number=number)
        packed = codec.packed(numbered)
        name = Texts(content.language).gettext("Plan, version {number}").format(number=number)
        document = cases.put_document(changing, case, f"{name}.pdf", PDF, pdf(numbered), now)
        return changing.put(
            PlanVersion(
                id=store.new_id(),
                case=case,
                number=number,
                language=content.language,
                made=now,
                sha256=hashlib.sha256(packed).hexdigest(),
                content=packed,
                document=document.id,
            )
        )


def version_pdf(store: Store, version: PlanVersion) -> bytes:
    """The very bytes that were handed over with this version."""
    assert version.document is not None
    with store.reading() as reading:
        document = reading.get(Document, version.document)
    assert document is not None
    return cases.document_bytes(store, document)


def version_content(version: PlanVersion) -> PlanContent:
    """What this version says."""
    return codec.unpacked(PlanContent, version.content)


def _last_talk(view: CaseView) -> Conversation | None:
    talked = [t for t in view.conversations if t.status in (TalkStatus.HELD, TalkStatus.RUNNING)]
    return max(talked, key=lambda t: t.started.timestamp() if t.started else 0.0, default=None)


def _important(said: tuple[Statement, ...]) -> tuple[str, ...]:
    """The participant's words that were remembered for the goals."""
    return tuple(s.words for s in _printable(said) if s.for_goals)[:MOST_QUOTES]


def _going_well(talk: Conversation | None, said: tuple[Statement, ...]) -> tuple[str, ...]:
    """The participant's words to the questions that the guide marks as asking for strengths."""
    if talk is None:
        return ()
    try:
        strengths = guides.guide(talk.guide, talk.guide_version).strength_questions
    except GuideMissing:
        return ()
    words = (s.words for s in _printable(said) if s.question in strengths and not s.for_goals)
    return tuple(words)[:MOST_QUOTES]


def _printable(said: tuple[Statement, ...]) -> list[Statement]:
    return [s for s in said if s.voice is Voice.PARTICIPANT and not s.draft and not s.team_only]


def _goals(view: CaseView) -> tuple[PlanGoal, ...]:
    return tuple(
        PlanGoal(
            words=card.goal.words,
            domain=card.goal.domain,
            sign=card.goal.sign,
            confidence=card.goal.confidence,
            steps=tuple(
                PlanStep(s.what, s.who, s.with_whom, s.due, s.done_on is not None)
                for s in card.steps
                if s.what or s.who
            ),
        )
        for card in view.goals
        if card.goal.status is not GoalStatus.NOT_NOW and card.goal.words
    )


def _trusted(view: CaseView) -> tuple[str, ...]:
    return tuple(relation.name for relation in view.relations if relation.trusted)
