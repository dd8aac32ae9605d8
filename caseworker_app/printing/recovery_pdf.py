"""The recovery sheet: one page for a sealed envelope, with the key that opens the files again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from caseworker_app.domain.plan import TextSize
from caseworker_app.i18n import Texts
from caseworker_app.printing import fonts
from caseworker_app.printing.bidi import isolated
from caseworker_app.printing.flow import Box, Strip
from caseworker_app.printing.footer import Footer, print_sheet
from caseworker_app.printing.look import INK, STRONG_LINE, look
from caseworker_app.printing.metadata import About
from caseworker_app.printing.sheet import Sheet
from caseworker_app.printing.signing import note_lines, side_by_side
from caseworker_app.printing.structure import Element

_GROUPS_IN_A_LINE = 4


def recovery_sheet_pdf(
    coach: str, organisation: str, made: date, groups: Sequence[str], texts: Texts
) -> bytes:
    """The sheet for this coach. `groups` is the key as it is to be typed, group by group."""
    sheet = Sheet(look(TextSize.NORMAL))
    _head(sheet, coach, organisation, made, texts)
    _key(sheet, groups, texts)
    _keeping(sheet, texts)
    title = texts.gettext("Recovery key")
    about = About(title, fonts.clean(coach), title, texts.language, made)
    footer = Footer(
        left=(coach, texts.gettext("Keep this sheet secret, and never beside the laptop.")),
        right=texts.day_short(made),
        page=texts.gettext("Page {page} of {pages}"),
    )
    return print_sheet(sheet, about, footer)


def _head(sheet: Sheet, coach: str, organisation: str, made: date, texts: Texts) -> None:
    look_ = sheet.look
    lines = [text.strip() for text in (coach, organisation) if text.strip()]
    sheet.add(sheet.heading(texts.gettext("Recovery key"), look_.title, 1))
    sheet.add(sheet.paragraph("\n".join(isolated(line) for line in lines), look_.name))
    printed = texts.gettext("Printed on {day}").format(day=texts.day(made))
    sheet.add([*sheet.paragraph(printed, look_.small), sheet.gap(9), sheet.rule(INK, 1.6)])
    purpose = texts.gettext(
        "With this key you open your files in Caseworker if you have forgotten your passphrase"
        " or your laptop is broken. Whoever has this sheet and your files can read everything."
    )
    sheet.add([sheet.gap(16), *sheet.paragraph(purpose), sheet.gap(16)])


def _key(sheet: Sheet, groups: Sequence[str], texts: Texts) -> None:
    """The key in big groups, a few on each line, so that no place is lost while typing."""
    look_ = sheet.look
    box = Box(look_.margin, look_.width, frame=STRONG_LINE, radius=8)
    inset = look_.space(20)
    width = look_.width - 2 * inset
    strips: list[Strip] = [sheet.gap(16, box=box)]
    column = width / _GROUPS_IN_A_LINE
    for begin in range(0, len(groups), _GROUPS_IN_A_LINE):
        key = Element("P", sheet.root)
        line = [
            sheet.text(group, look_.key, key, x=inset + i * column, width=column)
            for i, group in enumerate(groups[begin : begin + _GROUPS_IN_A_LINE])
        ]
        strips += [replace(strip, box=box) for strip in side_by_side(*line)]
    sheet.add([*strips, sheet.gap(16, box=box), sheet.gap(6)])
    hint = texts.gettext("Small or capital letters make no difference. Spaces do not count.")
    sheet.add(sheet.paragraph(hint, look_.small))


def _keeping(sheet: Sheet, texts: Texts) -> None:
    heading = sheet.heading(texts.gettext("Where to keep it"), sheet.look.heading, 2)
    advice = [
        texts.gettext("Put this sheet into an envelope and close it."),
        texts.gettext("Keep it in a locked place: a safe, or a locked cabinet in your office."),
        texts.gettext("Do not keep it in the laptop bag, and do not take a photo of it."),
        texts.gettext("If the sheet is lost, print a new one. Then the old key opens nothing."),
    ]
    sheet.add([sheet.gap(22), *heading, sheet.gap(3, keep=True), *sheet.bullets(advice)])
    notes = sheet.heading(texts.gettext("Where this sheet lies"), sheet.look.heading, 2)
    sheet.add([sheet.gap(22), *notes, *note_lines(sheet, 2)])
