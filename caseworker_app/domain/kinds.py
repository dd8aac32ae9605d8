"""The list of all kept values. A new kind is added here and nowhere else."""

from __future__ import annotations

from caseworker_app.domain.entity import Entity
from caseworker_app.domain.goals import Goal, Step
from caseworker_app.domain.guide import GuideFile
from caseworker_app.domain.people import CaseFile, ContactNote, Document, Person, Profile, Relation
from caseworker_app.domain.plan import PlanVersion
from caseworker_app.domain.talk import (
    Answer,
    Conversation,
    Prompt,
    Rating,
    Statement,
    Topic,
)
from caseworker_app.domain.write_up import LeftOpen

KINDS: dict[str, type[Entity]] = {
    cls.kind: cls
    for cls in (
        Profile,
        CaseFile,
        Person,
        Relation,
        ContactNote,
        Document,
        Conversation,
        Statement,
        Answer,
        Rating,
        Topic,
        Prompt,
        LeftOpen,
        Goal,
        Step,
        PlanVersion,
        GuideFile,
    )
}
