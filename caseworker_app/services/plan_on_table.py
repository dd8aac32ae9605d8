"""The plan as it lies on the table: a draft, or the version that says exactly the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from caseworker_app.domain.case_view import CaseView
from caseworker_app.domain.plan import PlanContent, PlanVersion, TextSize
from caseworker_app.i18n import LANGUAGES
from caseworker_app.services import cases, plans
from caseworker_app.store.store import Store


@dataclass(frozen=True, slots=True, repr=False)
class OnTable:
    """What is shown and what would be printed, to the byte. `version` is None for a draft.

    `missing` are letters that no typeface has; they stand on the paper as codes. `outdated` is the
    newest version, if it says something else than this.
    """

    content: PlanContent
    pdf: bytes
    version: PlanVersion | None
    missing: str
    outdated: PlanVersion | None = None


def lay(store: Store, case: UUID, language: str, size: TextSize, now: datetime) -> OnTable:
    """The plan as it is now. If nothing has changed since a version, that version itself."""
    content = plans.draft(store, case, language, size, now)
    versions = sorted(cases.view(store, case).plans, key=lambda one: one.number, reverse=True)
    version = _same_as(versions, content)
    if version:
        return lay_again(store, version)
    newest = versions[0] if versions else None
    is_other = newest and _said(plans.version_content(newest)) != _said(content)
    outdated = newest if is_other else None
    return OnTable(content, plans.pdf(content), None, _missing(content), outdated)


def lay_again(store: Store, version: PlanVersion) -> OnTable:
    """A version as it was handed over."""
    content = plans.version_content(version)
    return OnTable(content, plans.version_pdf(store, version), version, _missing(content))


def fix(store: Store, case: UUID, shown: OnTable, now: datetime) -> OnTable:
    """Keep what is shown as a version for good; one that is kept already stays what it is."""
    if shown.version:
        return shown
    return lay_again(store, plans.freeze(store, case, shown.content, now))


def usual_form(view: CaseView, screen: str) -> tuple[str, TextSize]:
    """The language and size to begin with: those of the last version, else the person's."""
    last = max(view.plans, key=lambda version: version.number, default=None)
    if last:
        return last.language, plans.version_content(last).size
    fitting = (one for one in (view.person.language, screen) if one in LANGUAGES)
    return next(fitting, LANGUAGES[0]), TextSize.NORMAL


def _same_as(newest_first: list[PlanVersion], content: PlanContent) -> PlanVersion | None:
    """The newest version that would look the same, if no later one says something else."""
    for version in newest_first:
        kept = plans.version_content(version)
        if _said(kept) != _said(content):
            return None
        if kept.language == content.language and kept.size is content.size:
            return version
    return None


def _said(content: PlanContent) -> PlanContent:
    """What a plan says, whatever its number, day and form."""
    return replace(content, language="", size=TextSize.NORMAL, number=0, made=date.min)


def _missing(content: PlanContent) -> str:
    from caseworker_app.printing.plan_pdf import missing_letters  # noqa: PLC0415 - costs 0.2 s, once

    return missing_letters(content)
