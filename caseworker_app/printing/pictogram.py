"""The pictograms of the life domains as vector paths: a reader for the little SVG they use."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from caseworker_app import paths
from caseworker_app.domain import life

_GRID = 24.0
_STROKE = 2.0
_CIRCLE = 0.5522847498
_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "A": 7, "Z": 0}
Point = tuple[float, float]
Segment = tuple[str, tuple[float, ...]]


def draw(canvas: Any, name: str, x: float, y: float, size: float, colour: str) -> None:
    """Draw the pictogram with its lower left corner at (x, y)."""
    canvas.saveState()
    canvas.translate(x, y + size)
    canvas.scale(size / _GRID, -size / _GRID)
    canvas.setLineWidth(_STROKE)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.setStrokeColor(colour)
    canvas.setFillColor(colour)
    for segments, filled in shapes(name):
        path = canvas.beginPath()
        for kind, numbers in segments:
            _ADD[kind](path, *numbers)
        canvas.drawPath(path, stroke=1, fill=int(filled))
    canvas.restoreState()


_ADD: dict[str, Callable[..., None]] = {
    "M": lambda path, x, y: path.moveTo(x, y),
    "L": lambda path, x, y: path.lineTo(x, y),
    "C": lambda path, *numbers: path.curveTo(*numbers),
    "Z": lambda path: path.close(),
}


def of_domain(domain: str) -> str:
    """The pictogram of a life domain; a goal without one carries the star of wishes."""
    known = life.BY_ID.get(domain)
    return known.pictogram if known else life.WISHES_PICTOGRAM


@lru_cache(maxsize=32)
def shapes(name: str) -> tuple[tuple[tuple[Segment, ...], bool], ...]:
    """(segments, filled) of each shape: only M, L, C and Z, in absolute numbers."""
    file = paths.resources() / "pictograms" / f"{name}.svg"
    root = ET.fromstring(file.read_text(encoding="utf-8"))  # noqa: S314 - our own file
    found = []
    for node in root.iter():
        read = _SHAPES.get(node.tag.rpartition("}")[2])
        if read:
            found.append((tuple(read(node)), node.get("fill") == "currentColor"))
    return tuple(found)


def _circle(node: ET.Element) -> Iterator[Segment]:
    x, y, r = (float(node.get(key, 0)) for key in ("cx", "cy", "r"))
    yield "M", (x + r, y)
    yield from _arc((x + r, y), (r, r, 0, 0, 1, x - r, y))
    yield from _arc((x - r, y), (r, r, 0, 0, 1, x + r, y))
    yield "Z", ()


def _rect(node: ET.Element) -> Iterator[Segment]:
    x, y, w, h, r = (float(node.get(key, 0)) for key in ("x", "y", "width", "height", "rx"))
    k = r * (1 - _CIRCLE)
    yield "M", (x + r, y)
    yield "L", (x + w - r, y)
    yield "C", (x + w - k, y, x + w, y + k, x + w, y + r)
    yield "L", (x + w, y + h - r)
    yield "C", (x + w, y + h - k, x + w - k, y + h, x + w - r, y + h)
    yield "L", (x + r, y + h)
    yield "C", (x + k, y + h, x, y + h - k, x, y + h - r)
    yield "L", (x, y + r)
    yield "C", (x, y + k, x + k, y, x + r, y)
    yield "Z", ()


def _path(node: ET.Element) -> Iterator[Segment]:
    here: tuple[float, ...] = (0.0, 0.0)
    begin = control = here
    for command, numbers in _commands(node.get("d", "")):
        letter = command.upper()
        absolute = _absolute(letter, numbers, here if command.islower() else (0.0, 0.0), here)
        if letter == "Z":
            yield "Z", ()
            here = begin
        elif letter == "A":
            yield from _arc(here, absolute)
            here = absolute[5:7]
        elif letter in "CS":
            first = absolute[:2] if letter == "C" else _mirrored(control, here)
            control, here = absolute[-4:-2], absolute[-2:]
            yield "C", (*first, *control, *here)
            continue
        else:
            yield ("M" if letter == "M" else "L"), absolute
            here = absolute
            begin = here if letter == "M" else begin
        control = here


def _mirrored(control: tuple[float, ...], here: tuple[float, ...]) -> Point:
    return 2 * here[0] - control[0], 2 * here[1] - control[1]


def _commands(text: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Each command with its numbers; repeated numbers repeat the command."""
    tokens = _TOKEN.findall(text)
    command, at = "M", 0
    while at < len(tokens):
        if tokens[at].isalpha():
            command = tokens[at]
            at += 1
        count = _COUNTS[command.upper()]
        yield command, tuple(float(token) for token in tokens[at : at + count])
        at += count
        command = {"M": "L", "m": "l"}.get(command, command)


def _absolute(
    letter: str, numbers: tuple[float, ...], origin: tuple[float, ...], here: tuple[float, ...]
) -> tuple[float, ...]:
    if letter == "H":
        return numbers[0] + origin[0], here[1]
    if letter == "V":
        return here[0], numbers[0] + origin[1]
    if letter == "A":
        return (*numbers[:5], numbers[5] + origin[0], numbers[6] + origin[1])
    return tuple(number + origin[i % 2] for i, number in enumerate(numbers))


def _arc(start: tuple[float, ...], arc: tuple[float, ...]) -> Iterator[Segment]:
    """A circular arc as Bezier curves (SVG 1.1, appendix F.6; our pictograms have no ellipses)."""
    radius, _, _, large, sweep, x, y = arc
    dx, dy = (start[0] - x) / 2, (start[1] - y) / 2
    half = math.hypot(dx, dy)
    radius = max(radius, half)
    away = math.sqrt(max(radius**2 - half**2, 0)) / half if half else 0.0
    sign = 1 if large != sweep else -1
    cx, cy = (start[0] + x) / 2 + sign * away * dy, (start[1] + y) / 2 - sign * away * dx
    begin = math.atan2(start[1] - cy, start[0] - cx)
    turn = math.atan2(y - cy, x - cx) - begin
    if sweep and turn < 0:
        turn += 2 * math.pi
    elif not sweep and turn > 0:
        turn -= 2 * math.pi
    pieces = max(1, math.ceil(abs(turn) / (math.pi / 2) - 1e-9))
    step = turn / pieces
    reach = 4 / 3 * math.tan(step / 4) * radius
    for i in range(pieces):
        a, b = begin + i * step, begin + (i + 1) * step
        p = cx + radius * math.cos(a), cy + radius * math.sin(a)
        q = cx + radius * math.cos(b), cy + radius * math.sin(b)
        yield (
            "C",
            (
                p[0] - reach * math.sin(a),
                p[1] + reach * math.cos(a),
                q[0] + reach * math.sin(b),
                q[1] - reach * math.cos(b),
                *q,
            ),
        )


_SHAPES: dict[str, Callable[[ET.Element], Iterator[Segment]]] = {
    "circle": _circle,
    "rect": _rect,
    "path": _path,
}
