"""A conversation on paper, as a tagged PDF: the same paper gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from caseworker_app.domain.picture import Picture
from caseworker_app.domain.talk_paper import (
    Bullets,
    Drawn,
    Facts,
    Framed,
    Grid,
    Heading,
    Introduction,
    Question,
    Quotes,
    TalkPaper,
    Views,
)
from caseworker_app.i18n import Texts
from caseworker_app.printing import flow, fonts, life_picture, pictogram
from caseworker_app.printing.flow import Strip
from caseworker_app.printing.footer import Footer, print_sheet
from caseworker_app.printing.look import INK, PAGE_HEIGHT, PERSON_INK, look
from caseworker_app.printing.metadata import About
from caseworker_app.printing.sheet import Sheet, beside, outlined
from caseworker_app.printing.signing import side_by_side
from caseworker_app.printing.structure import Element
from caseworker_app.printing.table import Column, table
from caseworker_app.printing.tagged import TaggedCanvas
from caseworker_app.printing.talk_voices import views

_LEFT_PART = 0.62
_LABEL_PART = 0.28
_SIGN, _SIGN_ROOM = 22, 32
_HALF_A_PAGE = PAGE_HEIGHT / 2


def talk_pdf(paper: TalkPaper, texts: Texts) -> bytes:
    """The whole paper. `texts` speak its language."""
    sheet = Sheet(look(paper.size))
    _head(sheet, paper)
    for block in paper.blocks:
        _WRITE[type(block)](sheet, block)
    about = About(
        title=paper.title,
        author=fonts.clean(paper.author),
        subject=paper.kind,
        language=paper.language,
        made=paper.made,
    )
    footer = Footer(
        left=(paper.person, paper.kind),
        right=texts.gettext("Printed on {day}").format(day=texts.day_short(paper.made)),
        page=texts.gettext("Page {page} of {pages}"),
    )
    return print_sheet(sheet, about, footer)


def missing_letters(paper: TalkPaper) -> str:
    """The letters that will stand as codes in brackets, so that the screen can tell beforehand."""
    return "".join(sorted(fonts.missing("\n".join(_words_of(paper)))))


def _head(sheet: Sheet, paper: TalkPaper) -> None:
    look_ = sheet.look
    width = look_.width * _LEFT_PART
    title = sheet.heading(paper.title, look_.title, 1)
    title[0] = beside(sheet, title[0], paper.marks, look_.small, look_.width - width)
    name = sheet.text(paper.person, look_.name, Element("P", sheet.root), width=width)
    lacking = len(paper.marks) * look_.small.leading - look_.title.leading - name[0].height
    room = [sheet.gap(lacking)] if lacking > 0 else []
    sheet.add([*title, sheet.gap(2), *name, *room, sheet.gap(9), sheet.rule(INK, 1.6)])


def _facts(sheet: Sheet, block: Facts) -> None:
    strips: list[Strip] = []
    whole = Element("Table", sheet.root)
    look_ = sheet.look
    label = replace(look_.small, leading=look_.body.leading)
    begin = look_.width * _LABEL_PART
    for what, words in block.rows:
        row = Element("TR", whole)
        head = Element("TH", row, scope="Row")
        left = sheet.text(what, label, head, width=begin - look_.space(10))
        right = sheet.text(
            words, look_.body, Element("TD", row), x=begin, width=look_.width - begin
        )
        strips += [*side_by_side(left, right), sheet.gap(2)]
    sheet.add([sheet.gap(12), *strips])


def _heading(sheet: Sheet, block: Heading) -> None:
    """The topic, with its pictogram before it."""
    look_ = sheet.look
    indent = look_.space(_SIGN_ROOM) if block.pictogram else 0.0
    element = Element("H2", sheet.root)
    head = outlined(sheet.text(block.words, look_.heading, element, x=indent), block.words)
    if block.pictogram:
        head[0] = _with_pictogram(sheet, head[0], block.pictogram)
    if block.note:
        note = sheet.paragraph(block.note, look_.small)
        head += [replace(strip, keep=True) for strip in note]
    sheet.add([sheet.gap(20), *head, sheet.gap(4, keep=True)])


def _with_pictogram(sheet: Sheet, strip: Strip, name: str) -> Strip:
    original, look_ = strip.paint, sheet.look
    size = look_.space(_SIGN)

    def paint(canvas: TaggedCanvas, y: float) -> None:
        with canvas.artifact():
            bottom = y - (look_.heading.leading + size) / 2
            pictogram.draw(canvas, name, look_.margin, bottom, size, PERSON_INK)
        if original:
            original(canvas, y)

    return replace(strip, paint=paint)


def _quotes(sheet: Sheet, block: Quotes) -> None:
    sheet.add(sheet.quotes(block.words))


def _question(sheet: Sheet, block: Question) -> None:
    """What was asked stays with what was answered or said to it."""
    element = Element("H3", sheet.root)
    head = sheet.text(block.words, sheet.look.strong, element)
    strips = [sheet.gap(9, keep=True), *(replace(strip, keep=True) for strip in head)]
    if block.answer:
        strips += sheet.paragraph(block.answer)
    sheet.add([*strips, sheet.gap(3, keep=not block.answer)])


def _views(sheet: Sheet, block: Views) -> None:
    sheet.add([*views(sheet, block), sheet.gap(5)])


def _introduction(sheet: Sheet, block: Introduction) -> None:
    strips = [replace(strip, keep=True) for strip in sheet.paragraph(block.words)]
    sheet.add([*strips, sheet.gap(6, keep=True)])


def _bullets(sheet: Sheet, block: Bullets) -> None:
    strips = flow.kept_together(sheet.bullets(block.items), _HALF_A_PAGE)
    sheet.add([*strips, sheet.gap(4)])


def _grid(sheet: Sheet, block: Grid) -> None:
    columns = [Column(head, sheet.look.cell) for head in block.heads]
    columns[0] = replace(columns[0], style=sheet.look.cell_strong)
    sheet.add([sheet.gap(10), *table(sheet, columns, block.rows)])


def _drawn(sheet: Sheet, block: Drawn) -> None:
    sheet.add(life_picture.figures(sheet, block.picture, block.words, block.alt))


def _framed(sheet: Sheet, block: Framed) -> None:
    parts = [(words, sheet.look.body) for words in block.lines]
    strips = sheet.framed(block.title, parts)
    sheet.add([sheet.gap(22), *flow.kept_together(strips, _HALF_A_PAGE)])


_WRITE: dict[type, Callable[[Sheet, Any], None]] = {
    Heading: _heading,
    Facts: _facts,
    Quotes: _quotes,
    Question: _question,
    Views: _views,
    Introduction: _introduction,
    Bullets: _bullets,
    Grid: _grid,
    Drawn: _drawn,
    Framed: _framed,
}


def _words_of(value: Any) -> list[str]:
    """Every text in a paper; the picture itself holds none that is not in its words."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [words for one in value for words in _words_of(one)]
    if is_dataclass(value) and not isinstance(value, Picture | type):
        return [words for one in fields(value) for words in _words_of(getattr(value, one.name))]
    return []
