"""The plan that lies on the table, as a tagged PDF: the same content gives the same bytes."""

from __future__ import annotations

from caseworker_app.domain.plan import PlanContent
from caseworker_app.i18n import Texts
from caseworker_app.printing import fonts, plan_close, plan_goals, plan_open
from caseworker_app.printing.footer import Footer, print_sheet
from caseworker_app.printing.look import look
from caseworker_app.printing.metadata import About
from caseworker_app.printing.sheet import Sheet


def plan_pdf(content: PlanContent, texts: Texts) -> bytes:
    """The whole plan. `texts` speak the plan's language."""
    sheet = Sheet(look(content.size))
    plan_open.write(sheet, content, texts)
    plan_goals.write(sheet, content, texts)
    plan_close.write(sheet, content, texts)
    about = About(
        title=texts.gettext("My plan"),
        author=fonts.clean(content.coach),
        subject=texts.gettext("Conversation plan – not an official decision"),
        language=texts.language,
        made=content.made,
    )
    footer = Footer(
        left=(content.person, texts.gettext("Conversation plan – not an official decision")),
        right=f"{plan_open.version(content, texts)} · {texts.day_short(content.made)}",
        page=texts.gettext("Page {page} of {pages}"),
    )
    return print_sheet(sheet, about, footer)


def missing_letters(content: PlanContent) -> str:
    """The letters that will stand as codes in brackets, so that the screen can tell beforehand."""
    return "".join(sorted(fonts.missing("\n".join(_all_words(content)))))


def _all_words(content: PlanContent) -> list[str]:
    words = [content.person, content.case_number, content.coach, content.organisation]
    words += [content.phone, content.email, content.next_talk_place]
    words += [*content.important, *content.going_well, *content.signers]
    for aside in content.put_aside:
        words += [aside.words, aside.reason]
    for goal in content.goals:
        words += [goal.words, goal.sign]
        for step in goal.steps:
            words += [step.what, step.who, step.with_whom]
    return words
