"""The goals of a plan: own words, how it will show, how sure, and the table of steps."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from caseworker_app.domain import life
from caseworker_app.domain.plan import PlanContent, PlanGoal, PlanStep, PutAside
from caseworker_app.i18n import Texts
from caseworker_app.printing import flow, pictogram
from caseworker_app.printing.flow import Strip
from caseworker_app.printing.look import PAGE_HEIGHT, PERSON_INK, PERSON_TINT
from caseworker_app.printing.sheet import Sheet, outlined
from caseworker_app.printing.structure import Element
from caseworker_app.printing.table import Cell, Column, Tick, table
from caseworker_app.printing.tagged import TaggedCanvas

_HALF_A_PAGE = PAGE_HEIGHT / 2
_TILE = 44
# "26. November" stays on one line.
_AFTER_DAY = re.compile(r"(?<=\d|\.) (?=[^\W\d])")
_KEEP = "\N{NO-BREAK SPACE}"


def write(sheet: Sheet, content: PlanContent, texts: Texts) -> None:
    """Every goal with its steps, then what is left for later."""
    with_whom = any(step.with_whom.strip() for goal in content.goals for step in goal.steps)
    for number, goal in enumerate(content.goals, 1):
        block = _goal(sheet, goal, number, texts)
        if goal.steps:
            block += [sheet.gap(10, keep=True)]
            block += _steps(sheet, goal, content.made, texts, with_whom=with_whom)
        sheet.add([sheet.gap(24), *flow.kept_together(block, _HALF_A_PAGE)])
    if not content.goals:
        note = texts.gettext("There are no goals in this plan yet.")
        sheet.add([sheet.gap(18), *sheet.paragraph(note)])
    aside = [one for one in content.put_aside if one.words.strip()]
    if aside:
        _put_aside(sheet, aside, texts)


def _goal(sheet: Sheet, goal: PlanGoal, number: int, texts: Texts) -> list[Strip]:
    look = sheet.look
    indent = look.space(_TILE) + look.space(12)
    heading = Element("H2", sheet.root)
    caption = _caption(goal, number, texts)
    words = texts.quoted(goal.words.strip())
    block = [
        *sheet.text(caption, look.small, Element("Span", heading), x=indent),
        *sheet.text(words, look.goal, Element("Span", heading), x=indent),
    ]
    block = outlined(block, f"{caption}: {words}")
    block[0] = _with_pictogram(sheet, block[0], goal.domain)
    lacking = look.space(_TILE) - sum(strip.height for strip in block)
    if lacking > 0:
        block.append(Strip(lacking, keep=True))
    if goal.sign.strip():
        block += _labelled(sheet, texts.gettext("How I will notice"), goal.sign.strip())
    if goal.confidence is not None:
        sure = texts.gettext("How sure I am: {confidence} of 10")
        block += [sheet.gap(6), *sheet.paragraph(sure.format(confidence=goal.confidence))]
    return [replace(block[0], opener=True), *block[1:]]


def _caption(goal: PlanGoal, number: int, texts: Texts) -> str:
    caption = texts.gettext("My goal {number}").format(number=number)
    domain = life.BY_ID.get(goal.domain)
    return f"{caption} · {texts.gettext(domain.short)}" if domain else caption


def _labelled(sheet: Sheet, label: str, words: str) -> list[Strip]:
    head = [replace(strip, keep=True) for strip in sheet.paragraph(label, sheet.look.strong)]
    return [sheet.gap(8), *head, *sheet.paragraph(words)]


def _with_pictogram(sheet: Sheet, strip: Strip, domain: str) -> Strip:
    """The strip with the pictogram of the life domain in a tinted tile at its left."""
    original, look = strip.paint, sheet.look
    side = look.space(_TILE)
    inner = side * 0.6

    def paint(canvas: TaggedCanvas, y: float) -> None:
        with canvas.artifact():
            canvas.setFillColor(PERSON_TINT)
            canvas.roundRect(look.margin, y - side, side, side, 8, stroke=0, fill=1)
            inset = (side - inner) / 2
            x, bottom = look.margin + inset, y - side + inset
            pictogram.draw(canvas, pictogram.of_domain(domain), x, bottom, inner, PERSON_INK)
        if original:
            original(canvas, y)

    return replace(strip, paint=paint)


def _steps(
    sheet: Sheet, goal: PlanGoal, made: date, texts: Texts, *, with_whom: bool
) -> list[Strip]:
    look = sheet.look
    columns = [
        Column(texts.gettext("What"), look.cell),
        Column(texts.gettext("Who"), look.cell_strong),
        Column(texts.gettext("With whom"), look.cell),
        Column(texts.gettext("By when"), look.cell),
        Column(texts.gettext("Done"), look.cell),
    ]
    rows = [_step_row(step, made, texts) for step in goal.steps]
    if not with_whom:
        del columns[2]
        for row in rows:
            del row[2]
    return table(sheet, columns, rows)


def _step_row(step: PlanStep, made: date, texts: Texts) -> list[Cell]:
    ticked = texts.gettext("done") if step.done else texts.gettext("not done yet")
    return [
        step.what,
        step.who,
        step.with_whom,
        _due(step.due, made, texts),
        Tick(step.done, ticked),
    ]


def _due(due: date | None, made: date, texts: Texts) -> str:
    """The day with its weekday, for somebody has to act on it."""
    if due is None:
        return texts.gettext("no day yet")
    day = texts.weekday(due) if due.year == made.year else texts.weekday_year(due)
    return _AFTER_DAY.sub(_KEEP, day)


def _put_aside(sheet: Sheet, aside: list[PutAside], texts: Texts) -> None:
    heading = sheet.heading(texts.gettext("Not now"), sheet.look.heading, 2)
    reason = texts.gettext("My reason: {reason}")
    lines = [
        f"{one.words.strip()}\n{reason.format(reason=one.reason.strip())}"
        if one.reason.strip()
        else one.words.strip()
        for one in aside
    ]
    sheet.add([sheet.gap(22), *heading, sheet.gap(4, keep=True), *sheet.bullets(lines)])
