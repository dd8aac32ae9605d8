"""How a plan ends: the next talk, what if it does not work, the rights, the signatures."""

from __future__ import annotations

from caseworker_app.domain.plan import PlanContent
from caseworker_app.i18n import Texts, beginning
from caseworker_app.printing import flow
from caseworker_app.printing.bidi import isolated
from caseworker_app.printing.flow import Strip
from caseworker_app.printing.look import PAGE_HEIGHT, Style
from caseworker_app.printing.sheet import Sheet
from caseworker_app.printing.signing import copy_received, signature_lines

_HALF_A_PAGE = PAGE_HEIGHT / 2
Part = tuple[str, Style]


def write(sheet: Sheet, content: PlanContent, texts: Texts) -> None:
    """The last part of the plan."""
    blocks = [_next_talk, _if_it_does_not_work, _rights, _signatures]
    for block in blocks:
        strips = block(sheet, content, texts)
        sheet.add([sheet.gap(22), *flow.kept_together(strips, _HALF_A_PAGE)])


def _next_talk(sheet: Sheet, content: PlanContent, texts: Texts) -> list[Strip]:
    look = sheet.look
    parts: list[Part] = []
    if content.next_talk_at is None:
        parts.append((texts.gettext("We still have to agree on the day."), look.body))
    else:
        moment = texts.gettext("{day}, at {time}").format(
            day=texts.weekday_year(content.next_talk_at.date()),
            time=texts.clock(content.next_talk_at),
        )
        parts.append((beginning(moment), look.strong))
    if content.next_talk_place.strip():
        parts.append((isolated(content.next_talk_place.strip()), look.body))
    parts += _contact(sheet, content, texts)
    return sheet.framed(texts.gettext("We talk again"), parts)


def _contact(sheet: Sheet, content: PlanContent, texts: Texts) -> list[Part]:
    who = [text.strip() for text in (content.coach, content.organisation) if text.strip()]
    reach = [
        label.format(value=isolated(value.strip()))
        for label, value in (
            (texts.gettext("Telephone: {value}"), content.phone),
            (texts.gettext("E-mail: {value}"), content.email),
        )
        if value.strip()
    ]
    if not who and not reach:
        return []
    lines = [", ".join(isolated(text) for text in who)] if who else []
    return [("\n".join([*lines, *reach]), sheet.look.body)]


def _if_it_does_not_work(sheet: Sheet, content: PlanContent, texts: Texts) -> list[Strip]:
    heading = sheet.heading(
        texts.gettext("What we do if something does not work"), sheet.look.heading, 2
    )
    if content.coach.strip():
        call = texts.gettext("I call {coach}.").format(coach=isolated(content.coach.strip()))
    else:
        call = texts.gettext("I call my coach.")
    together = texts.gettext(
        "Then we look together: What stood in the way? What do we want to change?"
        " Nobody is to blame. A plan may change."
    )
    return [*heading, *sheet.paragraph(f"{call} {together}")]


def _rights(sheet: Sheet, content: PlanContent, texts: Texts) -> list[Strip]:
    if content.organisation.strip():
        complain = texts.gettext("If I am not satisfied, I may complain to {organisation}.").format(
            organisation=isolated(content.organisation.strip())
        )
    else:
        complain = texts.gettext("If I am not satisfied, I may complain.")
    rights = [
        texts.gettext("I get a copy of this plan."),
        texts.gettext("I may change the plan at any time."),
        texts.gettext("I may say no, to a single step too."),
        texts.gettext("A person I trust may come to every talk."),
        texts.gettext("I can get advice that is free and independent."),
        complain,
    ]
    return sheet.tinted_list(texts.gettext("My rights"), rights)


def _signatures(sheet: Sheet, content: PlanContent, texts: Texts) -> list[Strip]:
    heading = sheet.heading(texts.gettext("Signatures"), sheet.look.heading, 2)
    read = texts.gettext("We have read this plan together and talked about it.")
    strips = [*heading, *sheet.paragraph(read)]
    for name in content.signers:
        strips += signature_lines(sheet, texts.gettext("Place and date"), name)
    received = texts.gettext("I received a copy on:")
    return [*strips, sheet.gap(16), *copy_received(sheet, received)]
