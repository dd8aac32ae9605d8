"""The value of any field of any kept value in words: what a coach would call it, never an id."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from caseworker_app.domain.disputes import Dispute
from caseworker_app.domain.goals import Goal, GoalStatus
from caseworker_app.domain.guide import Question, form
from caseworker_app.domain.people import CaseStatus, ContactWay
from caseworker_app.domain.picture import scale_of
from caseworker_app.domain.picture_words import missing_words
from caseworker_app.domain.talk import (
    FACES,
    MOST_SHARE,
    NUMBERS,
    Answer,
    Conversation,
    HelpWanted,
    Hindrance,
    Missing,
    Rating,
    TalkStatus,
    TopicState,
    Voice,
    WantsChange,
)
from caseworker_app.i18n import _, beginning, texts
from ui.widgets.case_events import way_words
from ui.widgets.not_held_words import hindrance_words
from ui.widgets.read_words import answer_words, domain_words, help_words, wish_words

MOST_SURE = 10
SHARES = ("own_share", "network_share", "professional_share")
ON_A_SCALE = ("satisfaction", "importance")


def value_words(dispute: Dispute, name: str, value: Any) -> str:
    """A value of this field, as it stands within a sentence; "" where nothing stands."""
    if value is None or value == "":
        return ""
    if isinstance(value, StrEnum):
        return choice_words(value)
    for kind, said in _BY_TYPE:
        if isinstance(value, kind):
            return said(dispute, name, value)
    return str(value)


def choice_words(value: StrEnum) -> str:
    """One of a few that the program offers."""
    return _CHOICES[type(value)](value)


def moment_words(moment: datetime, today: date) -> str:
    """Day and time, with the year where it is another one."""
    local = moment.astimezone()
    day = local.date()
    spoken = texts().weekday(day) if day.year == today.year else texts().weekday_year(day)
    return _("{day}, {time}").format(day=spoken, time=texts().clock(local))


def tag_of(dispute: Dispute) -> str:
    """The form of address in which a guide's own words are taken."""
    person = dispute.person
    plain, informal = (person.plain, person.informal) if person else (False, False)
    return form(texts().language, plain=plain, informal=informal)


def asked(dispute: Dispute) -> Question | None:
    """The question a value belongs to."""
    guide, question = dispute.setting.guide, getattr(dispute.about, "question", "")
    return guide.question(question) if guide and question else None


def most_of(dispute: Dispute, name: str) -> int | None:
    """How far the numbers of a field go; None where they are no points."""
    if name == "confidence":
        return MOST_SURE
    if name in SHARES:
        return MOST_SHARE
    if name in ON_A_SCALE and isinstance(dispute.about, Rating):
        return points_of(dispute, dispute.about)[-1]
    return None


def points_of(dispute: Dispute, rating: Rating) -> range:
    """The points of the scale on which a rating was made."""
    if dispute.setting.guide:
        scale = scale_of(rating.scale, dispute.setting.guide)
        return range(scale.first, scale.last + 1)
    return range(1, 6) if rating.scale == FACES else range(MOST_SURE + 1)


def _yes_or_no(_dispute: Dispute, _name: str, value: bool) -> str:  # noqa: FBT001
    return _("Yes") if value else _("No")


def _number(dispute: Dispute, name: str, value: int) -> str:
    most = most_of(dispute, name)
    if most is None:
        return texts().number(value)
    return _("{number} of {most}").format(number=value, most=most)


def _moment(_dispute: Dispute, _name: str, value: datetime) -> str:
    local = value.astimezone()
    day = texts().weekday_year(local.date())
    return _("{day}, {time}").format(day=day, time=texts().clock(local))


def _day(_dispute: Dispute, _name: str, value: date) -> str:
    return texts().weekday_year(value)


def _text(dispute: Dispute, name: str, value: str) -> str:
    said = _CODED.get(name)
    return said(dispute, value) if said else value


def _pointed_at(dispute: Dispute, _name: str, value: UUID) -> str:
    for one in dispute.setting.others:
        if one.id == value and isinstance(one, Goal):
            return one.words or _("Goal")
        if one.id == value and isinstance(one, Conversation) and one.started:
            day = texts().day(one.started.astimezone().date())
            return _("{what}, {day}").format(what=_("Conversation"), day=day)
    return _("Something that is not on this laptop")


def _file(_dispute: Dispute, _name: str, _value: bytes) -> str:
    return _("A file")


_BY_TYPE: tuple[tuple[type, Callable[[Dispute, str, Any], str]], ...] = (
    (bool, _yes_or_no),  # before int: every bool is one
    (int, _number),
    (datetime, _moment),  # before date, likewise
    (date, _day),
    (UUID, _pointed_at),
    (bytes, _file),
    (str, _text),
)


def _domain(_dispute: Dispute, value: str) -> str:
    return domain_words(value)


def _language(_dispute: Dispute, value: str) -> str:
    from babel import Locale  # noqa: PLC0415 - rare, and slow to read

    name: str = Locale.parse(texts().language).languages.get(value, value)
    return beginning(name)


def _scale(_dispute: Dispute, value: str) -> str:
    return {NUMBERS: _("Numbers from 0 to 10"), FACES: _("Faces")}.get(value, value)


def _section(dispute: Dispute, value: str) -> str:
    sections = dispute.setting.guide.sections if dispute.setting.guide else ()
    return next((one.title.to(tag_of(dispute)) for one in sections if one.id == value), value)


def _question(dispute: Dispute, value: str) -> str:
    guide = dispute.setting.guide
    question = guide.question(value) if guide else None
    return question.text.to(tag_of(dispute)) if question else value


def _guide(dispute: Dispute, value: str) -> str:
    guides, tag = dispute.setting.guides, tag_of(dispute)
    return next((one.title.to(tag) for one in guides if one.id == value), value)


def _answer(dispute: Dispute, value: str) -> str:
    about = dispute.about
    given = Answer(id=about.id, case=about.case, value=value)
    return answer_words(given, asked(dispute), dispute.setting.guide, tag_of(dispute))


_CODED: dict[str, Callable[[Dispute, str], str]] = {
    "domain": _domain,
    "language": _language,
    "scale": _scale,
    "section": _section,
    "question": _question,
    "guide": _guide,
    "value": _answer,
}
"""The fields whose text is a code. Codes that nobody here knows stand as they are."""


def _case_status(status: CaseStatus) -> str:
    return {CaseStatus.OPEN: _("File open"), CaseStatus.CLOSED: _("File closed")}[status]


def _talk_status(status: TalkStatus) -> str:
    return {
        TalkStatus.PLANNED: _("agreed"),
        TalkStatus.RUNNING: _("begun, not finished yet"),
        TalkStatus.HELD: _("took place"),
        TalkStatus.CANCELLED: _("called off"),
        TalkStatus.MISSED: _("nobody was there"),
    }[status]


def _voice(voice: Voice) -> str:
    return {
        Voice.PARTICIPANT: _("the person themselves"),
        Voice.COACH: _("the coach"),
        Voice.THIRD: _("Somebody else"),
        Voice.DOCUMENT: _("A document"),
    }[voice]


def _topic_state(state: TopicState) -> str:
    return {
        TopicState.OPEN: _("nothing agreed"),
        TopicState.PARKED: _("left for another time"),
        TopicState.PERMITTED: _("may be talked about"),
        TopicState.DECLINED: _("is not to be talked about"),
    }[state]


def _goal_status(status: GoalStatus) -> str:
    return {
        GoalStatus.OPEN: _("open"),
        GoalStatus.REACHED: _("reached"),
        GoalStatus.NOT_NOW: _("not now"),
    }[status]


def _missing(missing: Missing) -> str:
    return missing_words(missing, texts())


_CHOICES: dict[type[StrEnum], Callable[[Any], str]] = {
    CaseStatus: _case_status,
    ContactWay: way_words,
    TalkStatus: _talk_status,
    Voice: _voice,
    Hindrance: hindrance_words,
    Missing: _missing,
    WantsChange: wish_words,
    HelpWanted: help_words,
    TopicState: _topic_state,
    GoalStatus: _goal_status,
}
