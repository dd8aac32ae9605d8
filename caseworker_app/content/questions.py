"""One question of a guide file: its kind, and what a question of this kind needs."""

from __future__ import annotations

from caseworker_app.content import conditions, texts
from caseworker_app.content.desk import Desk, Table
from caseworker_app.content.toml_lines import KeyPath
from caseworker_app.domain.guide import Option, Question, QuestionKind, Scale
from caseworker_app.domain.life import BY_ID
from caseworker_app.i18n import N_

FEWEST_OPTIONS = 2
CHOSEN = (QuestionKind.CHOICE, QuestionKind.CHOICES)

OPTION_KEYS = ("id", "text")
KINDS_WITH = {
    "options": CHOSEN,
    "scale": (QuestionKind.SCALE,),
    "domain": (QuestionKind.RATING,),
    "least": (QuestionKind.NUMBER,),
    "most": (QuestionKind.NUMBER,),
    "step": (QuestionKind.NUMBER,),
}
QUESTION_KEYS = ("id", "kind", "text", "hint", "strength", "when", *KINDS_WITH)

NO_DOMAIN = N_("There is no life domain “{word}”. The nearest one is “{nearest}”.")


def question(desk: Desk, at: KeyPath, table: Table, scales: tuple[Scale, ...]) -> Question:
    """The question that stands in this table, all of its mistakes noted."""
    desk.keys(at, table, QUESTION_KEYS)
    kind = _kind(desk, at, table)
    for key, kinds in KINDS_WITH.items():
        if key in table and kind not in kinds:
            message = N_("A question of the kind “{kind}” takes no “{key}”.")
            desk.mistake((*at, key), message, kind=kind, key=key)
    return Question(
        id=desk.identity(at, table, "questions"),
        kind=kind,
        text=texts.words(desk, at, table, "text"),
        hint=texts.coach_words(desk, at, table, "hint"),
        options=_options(desk, at, table, kind),
        strength=desk.flag(at, table, "strength"),
        when=conditions.read(desk, at, table),
        scale=_scale(desk, at, table, scales) if kind is QuestionKind.SCALE else "",
        domain=_domain(desk, at, table) if kind is QuestionKind.RATING else "",
        **_bounds(desk, at, table),
    )


def _kind(desk: Desk, at: KeyPath, table: Table) -> QuestionKind:
    if "kind" not in table:
        return QuestionKind.TALK
    named = desk.value(at, table, "kind", "")
    message = N_("There is no kind of question “{word}”. The nearest one is “{nearest}”.")
    if isinstance(table["kind"], str) and desk.known(
        (*at, "kind"), named, tuple(QuestionKind), message
    ):
        return QuestionKind(named)
    return QuestionKind.TALK


def _options(desk: Desk, at: KeyPath, table: Table, kind: QuestionKind) -> tuple[Option, ...]:
    options = tuple(_option(desk, *entry) for entry in desk.entries(at, table, "options"))
    if kind in CHOSEN and len(options) < FEWEST_OPTIONS:
        desk.mistake(at, N_("A question of this kind needs at least two options."))
    return options


def _option(desk: Desk, at: KeyPath, table: Table) -> Option:
    desk.keys(at, table, OPTION_KEYS)
    return Option(
        desk.identity(at, table, f"options {at[:-2]}"), texts.words(desk, at, table, "text")
    )


def _scale(desk: Desk, at: KeyPath, table: Table, scales: tuple[Scale, ...]) -> str:
    named = desk.value(at, table, "scale", "")
    if isinstance(table.get("scale"), str):
        message = N_("There is no scale “{word}”. The nearest one is “{nearest}”.")
        desk.known((*at, "scale"), named, tuple(scale.id for scale in scales), message)
    return named


def _domain(desk: Desk, at: KeyPath, table: Table) -> str:
    named = desk.value(at, table, "domain", "")
    if isinstance(table.get("domain"), str):
        desk.known((*at, "domain"), named, BY_ID, NO_DOMAIN)
    return named


def _bounds(desk: Desk, at: KeyPath, table: Table) -> dict[str, float | None]:
    found = {key: desk.number(at, table, key) for key in ("least", "most", "step")}
    least, most, step = found.values()
    if least is not None and most is not None and least > most:
        desk.mistake((*at, "least"), N_("“least” is more than “most”."))
    if step is not None and step <= 0:
        desk.mistake((*at, "step"), N_("“step” must be more than 0."))
    return found
