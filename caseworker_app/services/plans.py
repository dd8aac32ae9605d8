"""From what was agreed to the plan on the table: a draft to see, a version that never changes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self
from uuid import UUID

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
from caseworker_app.errors import GuideInvalid, GuideMissing, StoreDamaged
from caseworker_app.i18n import LANGUAGES, Texts
from caseworker_app.services import cases, guides, papers
from caseworker_app.store import codec
from caseworker_app.store.store import Store

MOST_QUOTES = 3
PDF = "application/pdf"


@dataclass(frozen=True, slots=True, repr=False)
class OnTable:
    """What is shown and what would be printed, to the byte. `version` is None for a draft.

    `missing` are letters that no typeface has; they stand on the paper as codes. `outdated` is the
    newest version, if it says something else than this; `other_coach` when only what it says about
    the coach is different, as on a colleague's laptop.
    """

    content: PlanContent
    pdf: bytes
    version: PlanVersion | None
    missing: str
    outdated: PlanVersion | None = None
    other_coach: bool = False


def lay(store: Store, case: UUID, language: str, size: TextSize, now: datetime) -> OnTable:
    """The plan as it is now. If nothing has changed since a version, that version itself."""
    view = cases.view(store, case)
    content = _draft(store, view, language, size, now)
    versions = _readable(view)
    version = _same_as(versions, content)
    if version:
        return lay_again(store, version)
    newest = versions[0] if versions else None
    said = version_content(newest) if newest else content
    outdated = newest if _said(said) != _said(content) else None
    other_coach = outdated is not None and _agreed(said) == _agreed(content)
    return OnTable(content, pdf(content), None, _missing(content), outdated, other_coach)


def lay_again(store: Store, version: PlanVersion) -> OnTable:
    """A version as it was handed over."""
    content = version_content(version)
    return OnTable(content, version_pdf(store, version), version, _missing(content))


def fix(store: Store, case: UUID, shown: OnTable, now: datetime) -> OnTable:
    """Keep what is shown as a version for good; one that is kept already stays what it is."""
    if shown.version:
        return shown
    return lay_again(store, freeze(store, case, shown.content, now))


def usual_form(view: CaseView, screen: str) -> tuple[str, TextSize]:
    """The language and size to begin with: those of the last version, else the person's."""
    last = next(iter(_readable(view)), None)
    if last and last.language in LANGUAGES:
        return last.language, version_content(last).size
    fitting = (one for one in (view.person.language, screen) if one in LANGUAGES)
    return next(fitting, LANGUAGES[0]), TextSize.NORMAL


def draft(store: Store, case: UUID, language: str, size: TextSize, now: datetime) -> PlanContent:
    """The plan as it would be printed now, in the plan's own language; its number is 0."""
    return _draft(store, cases.view(store, case), language, size, now)


def _draft(
    store: Store, view: CaseView, language: str, size: TextSize, now: datetime
) -> PlanContent:
    last = _last_talk(view)
    with store.reading() as reading:
        profile = reading.get(Profile, store.id) or Profile(id=store.id, case=store.id)
        said = reading.all(Statement, conversation=last.id) if last else []
    own = _OwnWords.of(store, last, said)
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
        important=own.important,
        going_well=own.going_well,
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
        document = papers.put(changing, case, f"{name}.pdf", PDF, pdf(numbered), now)
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
    """The very bytes that were handed over with this version. StoreDamaged when there are none."""
    with store.reading() as reading:
        document = reading.get(Document, version.document) if version.document else None
    if document is None or document.case != version.case:
        raise StoreDamaged
    return papers.content(store, document)


def version_content(version: PlanVersion) -> PlanContent:
    """What this version says. StoreDamaged when it is not what was handed over."""
    if hashlib.sha256(version.content).hexdigest() != version.sha256:
        raise StoreDamaged
    return codec.unpacked(PlanContent, version.content)


def _readable(view: CaseView) -> list[PlanVersion]:
    """The versions of the file, the newest first, but those of others that say nothing."""
    return [one for one in sorted(view.plans, key=_number, reverse=True) if _says_something(one)]


def _number(version: PlanVersion) -> int:
    return version.number


def _says_something(version: PlanVersion) -> bool:
    try:
        return bool(version_content(version))
    except StoreDamaged:
        return False


def _last_talk(view: CaseView) -> Conversation | None:
    talked = [t for t in view.conversations if t.status in (TalkStatus.HELD, TalkStatus.RUNNING)]
    return max(talked, key=lambda t: t.started.timestamp() if t.started else 0.0, default=None)


@dataclass(frozen=True, slots=True, repr=False)
class _OwnWords:
    """The participant's words that a plan takes up: what they wish for, and what goes well."""

    important: tuple[str, ...] = ()
    going_well: tuple[str, ...] = ()

    @classmethod
    def of(cls, store: Store, talk: Conversation | None, said: list[Statement]) -> Self:
        """What was remembered for the goals, and what was said to questions for strengths.

        Nothing of a sensitive topic lies on a table unasked; where the guide is not here, nobody
        can tell what was one.
        """
        if talk is None:
            return cls()
        try:
            guide = guides.find(store, talk.guide, talk.guide_version)
        except (GuideMissing, GuideInvalid):
            return cls()
        quiet = {section.id for section in guide.sections if section.sensitive}
        own = [s for s in said if _is_printable(s) and s.section not in quiet]
        strengths = guide.strength_questions
        return cls(
            tuple(s.words for s in own if s.for_goals)[:MOST_QUOTES],
            tuple(s.words for s in own if s.question in strengths and not s.for_goals)[
                :MOST_QUOTES
            ],
        )


def _is_printable(said: Statement) -> bool:
    return said.voice is Voice.PARTICIPANT and not (said.draft or said.not_for_print or said.alone)


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


def _same_as(newest_first: list[PlanVersion], content: PlanContent) -> PlanVersion | None:
    """The newest version that would look the same, if no later one says something else."""
    for version in newest_first:
        kept = version_content(version)
        if _said(kept) != _said(content):
            return None
        if kept.language == content.language and kept.size is content.size:
            return version
    return None


def _said(content: PlanContent) -> PlanContent:
    """What a plan says, whatever its number, day and form."""
    return replace(content, language="", size=TextSize.NORMAL, number=0, made=date.min)


def _agreed(content: PlanContent) -> PlanContent:
    """What was agreed with the person, whoever the coach is; the coach signs last."""
    said = replace(_said(content), coach="", organisation="", phone="", email="")
    return replace(said, signers=content.signers[:-1])


def _missing(content: PlanContent) -> str:
    from caseworker_app.printing.plan_pdf import missing_letters  # noqa: PLC0415 - costs 0.2 s, once

    return missing_letters(content)
