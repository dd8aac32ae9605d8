"""How a plan begins: whose it is, what is important, what is going well."""

from __future__ import annotations

from caseworker_app.domain.plan import PlanContent
from caseworker_app.i18n import Texts
from caseworker_app.printing.lines import width_of
from caseworker_app.printing.look import INK
from caseworker_app.printing.sheet import Sheet, beside
from caseworker_app.printing.structure import Element

_LEFT_PART = 0.66


def write(sheet: Sheet, content: PlanContent, texts: Texts) -> None:
    """The head of the plan and the person's own words."""
    _head(sheet, content, texts)
    important = [texts.quoted(words.strip()) for words in content.important if words.strip()]
    if important:
        heading = sheet.heading(texts.gettext("What is important to me"), sheet.look.heading, 2)
        sheet.add([sheet.gap(16), *heading, sheet.gap(5, keep=True), *sheet.quotes(important)])
    going_well = [words.strip() for words in content.going_well if words.strip()]
    if going_well:
        heading = sheet.heading(texts.gettext("What is going well"), sheet.look.heading, 2)
        sheet.add([sheet.gap(16), *heading, sheet.gap(3, keep=True)])
        one = len(going_well) == 1
        sheet.add(sheet.paragraph(going_well[0]) if one else sheet.bullets(going_well))


def version(content: PlanContent, texts: Texts) -> str:
    """Which version this is, in words."""
    if not content.number:
        return texts.gettext("Draft")
    return texts.gettext("Version {number}").format(number=content.number)


def _head(sheet: Sheet, content: PlanContent, texts: Texts) -> None:
    look = sheet.look
    width = look.width * _LEFT_PART
    title = sheet.heading(texts.gettext("My plan"), look.title, 1)
    right = [texts.day(content.made), version(content, texts)]
    below: list[str] = []
    if content.case_number.strip():
        file = texts.gettext("File {number}").format(number=content.case_number.strip())
        fits = width_of(file, look.small, sheet.shaper) <= look.width - width
        (right if fits else below).append(file)
    title[0] = beside(sheet, title[0], right, look.small, look.width - width)
    name = sheet.text(content.person, look.name, Element("P", sheet.root), width=width)
    sheet.add([*title, sheet.gap(2), *name])
    for text in below:
        sheet.add(sheet.paragraph(text, look.small))
    sheet.add([sheet.gap(9), sheet.rule(INK, 1.6)])
