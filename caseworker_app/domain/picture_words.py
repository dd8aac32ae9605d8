"""The picture of a life in words: beside its marks, in its table, and read aloud.

One wording for the screen and for the paper. `texts` speak the language of whichever it is; `tag`
is the form of address in which the words of a scale are taken from the guide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.guide import Scale
from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.picture import Picture, PictureRow
from caseworker_app.domain.speech import Speech
from caseworker_app.domain.talk import MOST_SHARE, HelpWanted, Missing, WantsChange


@dataclass(frozen=True, slots=True, repr=False)
class WordTable:
    """The picture as a table of words. `domains` says of which part of life each row is."""

    heads: tuple[str, ...]
    domains: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, repr=False)
class RowWords:
    """The words that stand in one row of the drawing. `note` stands on the line itself."""

    name: str
    short: str
    value: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class PictureWords:
    """All words of the drawing: the rows, the legend, and the ends of the line."""

    rows: tuple[RowWords, ...]
    now: str
    last: str
    important: str
    strength: str
    low: str
    high: str


def picture_words(
    picture: Picture, texts: Speech, tag: str, day: Callable[[date], str]
) -> PictureWords:
    """The words of the drawing. `day` says a day as it is said there: "today", "12 March 2026"."""
    one = _one_scale(picture)
    return PictureWords(
        tuple(_row_words(row, texts) for row in picture.rows),
        now=day(picture.on),
        last=_last_words(picture, texts, day),
        important=texts.gettext("how important it is"),
        strength=texts.gettext("a strength"),
        low=one.low.to(tag) if one else "",
        high=one.high.to(tag) if one else "",
    )


def satisfaction_table(picture: Picture, texts: Speech, day: Callable[[date], str]) -> WordTable:
    """How satisfied, and how important: what the drawing shows, in a table.

    What holds for all rows is said once, at the head: how far the scale goes, when last time was.
    """
    scale = _one_scale(picture)
    days = picture.last_days if all(row.is_comparable for row in picture.rows) else ()
    rows = {
        row.domain: (
            domain_name(row.domain, texts),
            _now_words(row, texts, bare=scale is not None),
            _last_cell(row, texts, day, bare=len(days) == 1),
            _point(row.importance, row.scale, texts, bare=scale is not None),
            strength_words(row, texts),
        )
        for row in picture.rows
    }
    of_most = texts.gettext("{what} (of {most})")
    satisfied, important = texts.gettext("Satisfied"), texts.gettext("Important")
    if scale:
        satisfied = of_most.format(what=satisfied, most=scale.last)
        important = of_most.format(what=important, most=scale.last)
    last = texts.gettext("Last time")
    if len(days) == 1:
        last = texts.gettext("Last time ({day})").format(day=day(days[0]))
    part, strength = texts.gettext("Part of life"), texts.gettext("Strength")
    return _table((part, satisfied, last, important, strength), rows)


def wishes_table(picture: Picture, texts: Speech) -> WordTable:
    """What the person wishes, and who carries what by now; only rows where something is known."""
    of_most = texts.gettext("{what} (of {most})")
    heads = (
        texts.gettext("Part of life"),
        texts.gettext("Wants a change"),
        texts.gettext("Wants help"),
        *(of_most.format(what=who, most=MOST_SHARE) for who in _carriers(texts)),
    )
    rows = {
        row.domain: (
            domain_name(row.domain, texts),
            change_words(row, texts),
            help_words(row, texts),
            *("" if dots is None else str(dots) for dots in _shares(row)),
        )
        for row in picture.rows
    }
    return _table(heads, {domain: cells for domain, cells in rows.items() if any(cells[1:])})


def facts(
    row: PictureRow, texts: Speech, day: Callable[[date], str]
) -> tuple[tuple[str, str], ...]:
    """What is known of one part of life, as (what, words); `shares_of` says who carries it."""
    known = (
        (texts.gettext("Satisfied"), _now_words(row, texts)),
        (texts.gettext("Last time"), last_time_words(row, texts, day)),
        (texts.gettext("Important"), _point(row.importance, row.scale, texts)),
        (texts.gettext("Wants a change"), change_words(row, texts)),
        (texts.gettext("Wants help"), help_words(row, texts)),
        (texts.gettext("Strength"), strength_words(row, texts)),
    )
    return tuple((what, words) for what, words in known if words)


def spoken(row: PictureRow, texts: Speech, day: Callable[[date], str]) -> str:
    """All that is known of one part of life, on one line."""
    known = [f"{what}: {words}" for what, words in facts(row, texts, day)]
    shares = shares_words(row, texts)
    return "; ".join([*known, *([shares] if shares else [])])


def domain_name(domain: str, texts: Speech) -> str:
    """The whole name of a part of life."""
    known = BY_ID.get(domain)
    return texts.gettext(known.label) if known else domain


def missing_words(missing: Missing, texts: Speech) -> str:
    """Why there is no answer."""
    return {
        Missing.NOT_ASKED: texts.gettext("not asked"),
        Missing.NOT_SAID: texts.gettext("would rather not say"),
        Missing.NOT_RELEVANT: texts.gettext("does not apply"),
        Missing.NOT_KNOWN: texts.gettext("does not know"),
    }[missing]


def last_time_words(row: PictureRow, texts: Speech, day: Callable[[date], str]) -> str:
    """How it was last time and when, or that the two cannot be compared."""
    if row.last is None:
        return ""
    words = texts.gettext("{number} ({day})")
    if not row.is_comparable:
        words = texts.gettext("not comparable: another scale ({day})")
    return words.format(number=row.last.satisfaction, day=day(row.last.on))


def change_words(row: PictureRow, texts: Speech) -> str:
    """Whether the person wants something to change."""
    wish = row.rating.wants_change if row.rating else None
    if wish is None:
        return ""
    return {
        WantsChange.YES: texts.gettext("yes"),
        WantsChange.LATER: texts.gettext("later"),
        WantsChange.NO: texts.gettext("no"),
    }[wish]


def help_words(row: PictureRow, texts: Speech) -> str:
    """How much help they would like."""
    wanted = row.rating.help_wanted if row.rating else None
    if wanted is None:
        return ""
    return {
        HelpWanted.NONE: texts.pgettext("help", "none"),
        HelpWanted.SOME: texts.pgettext("help", "some"),
        HelpWanted.MUCH: texts.pgettext("help", "much"),
    }[wanted]


def shares_of(row: PictureRow, texts: Speech) -> tuple[tuple[str, int], ...]:
    """Who carries this part of life, each with its dots; only what was said."""
    shares = zip(_carriers(texts), _shares(row), strict=True)
    return tuple((who, dots) for who, dots in shares if dots is not None)


def shares_words(row: PictureRow, texts: Speech) -> str:
    """The same as one line of words."""
    part = texts.gettext("{who} {number} of {most}")
    return ", ".join(
        part.format(who=who, number=dots, most=MOST_SHARE) for who, dots in shares_of(row, texts)
    )


def strength_words(row: PictureRow, texts: Speech) -> str:
    """What makes this a strength."""
    reasons = []
    if row.named_well:
        reasons.append(texts.gettext("something goes well"))
    if row.own_strength:
        reasons.append(texts.gettext("much own strength"))
    return ", ".join(reasons)


def _carriers(texts: Speech) -> tuple[str, ...]:
    """Who can carry a part of life."""
    return (
        texts.gettext("own strength"),
        texts.gettext("people around"),
        texts.gettext("professionals"),
    )


def _shares(row: PictureRow) -> tuple[int | None, ...]:
    rating = row.rating
    if rating is None:
        return (None, None, None)
    return rating.own_share, rating.network_share, rating.professional_share


def _row_words(row: PictureRow, texts: Speech) -> RowWords:
    known = BY_ID.get(row.domain)
    name = domain_name(row.domain, texts)
    short = texts.gettext(known.short) if known else name
    if row.missing:
        return RowWords(name, short, note=missing_words(row.missing, texts))
    note = "" if row.is_comparable else texts.gettext("not comparable")
    return RowWords(name, short, str(row.satisfaction), note)


def _now_words(row: PictureRow, texts: Speech, *, bare: bool = False) -> str:
    if row.missing:
        return missing_words(row.missing, texts)
    return _point(row.satisfaction, row.scale, texts, bare=bare)


def _point(point: int | None, scale: Scale, texts: Speech, *, bare: bool = False) -> str:
    """A point of a scale, with how far it goes: 7 of 10."""
    if point is None:
        return ""
    if bare:
        return str(point)
    return texts.gettext("{number} of {most}").format(number=point, most=scale.last)


def _last_cell(row: PictureRow, texts: Speech, day: Callable[[date], str], *, bare: bool) -> str:
    if bare:
        return "" if row.before is None else str(row.before)
    return last_time_words(row, texts, day)


def _one_scale(picture: Picture) -> Scale | None:
    """The scale of all rows, if it is one and the same."""
    scales = {row.scale for row in picture.rows}
    return scales.pop() if len(scales) == 1 else None


def _last_words(picture: Picture, texts: Speech, day: Callable[[date], str]) -> str:
    """What the hollow mark means; with its day, if all rows are compared with the same one."""
    days = picture.last_days
    if len(days) == 1:
        return texts.gettext("last time, {day}").format(day=day(days[0]))
    return texts.gettext("last time") if days else ""


def _table(heads: tuple[str, ...], rows: Mapping[str, tuple[str, ...]]) -> WordTable:
    """The rows with those columns in which something stands."""
    kept = [i for i in range(len(heads)) if i == 0 or any(cells[i] for cells in rows.values())]
    return WordTable(
        tuple(heads[i] for i in kept),
        tuple(rows),
        tuple(tuple(cells[i] for i in kept) for cells in rows.values()),
    )
