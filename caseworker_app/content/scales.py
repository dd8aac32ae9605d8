"""Scales: the program's own, which every guide can use, and those that a guide brings along."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from caseworker_app import paths
from caseworker_app.content import texts
from caseworker_app.content.desk import Desk, Table
from caseworker_app.content.toml_lines import KeyPath
from caseworker_app.domain.guide import Scale, Words
from caseworker_app.i18n import N_

SCALE_KEYS = ("id", "first", "last", "low", "middle", "high", "faces")
FACES_FROM, FACES_TO = 1, 5
FEWEST_POINTS, MOST_POINTS = 2, 11


@lru_cache(maxsize=1)
def all_scales() -> tuple[Scale, ...]:
    """The program's own scales, "0-10" and "faces", in every language a participant can read."""
    source = (paths.resources() / "scales.toml").read_text("utf-8")
    data = tomllib.loads(source)
    desk = Desk("scales.toml", source)
    texts.read_languages(desk, data)
    scales = tuple(_scale(desk, *entry) for entry in desk.entries((), data, "scales"))
    assert not desk.problems, desk.problems
    return scales


def read(desk: Desk, data: Table) -> tuple[Scale, ...]:
    """The program's scales and those of the guide on this desk."""
    own = tuple(_scale(desk, *entry) for entry in desk.entries((), data, "scales"))
    for number, scale in enumerate(own):
        if scale.id in {known.id for known in all_scales()}:
            message = N_("“{id}” is a scale of the program itself. Give yours another id.")
            desk.mistake(("scales", number, "id"), message, id=scale.id)
    return (*all_scales(), *own)


def _scale(desk: Desk, at: KeyPath, table: Table) -> Scale:
    desk.keys(at, table, SCALE_KEYS)
    before = len(desk.problems)
    scale = Scale(
        id=desk.identity(at, table, "scales"),
        first=desk.value(at, table, "first", 0),
        last=desk.value(at, table, "last", 0),
        low=texts.words(desk, at, table, "low"),
        middle=texts.words(desk, at, table, "middle") if "middle" in table else Words(()),
        high=texts.words(desk, at, table, "high"),
        faces=desk.flag(at, table, "faces"),
    )
    if len(desk.problems) > before:
        return scale
    if not FEWEST_POINTS <= scale.last - scale.first + 1 <= MOST_POINTS:
        message = N_("A scale has {fewest} to {most} points, from “first” to “last”.")
        desk.mistake((*at, "last"), message, fewest=FEWEST_POINTS, most=MOST_POINTS)
    elif scale.faces and (scale.first, scale.last) != (FACES_FROM, FACES_TO):
        message = N_("A scale of faces goes from {first} to {last}.")
        desk.mistake((*at, "first"), message, first=FACES_FROM, last=FACES_TO)
    return scale
