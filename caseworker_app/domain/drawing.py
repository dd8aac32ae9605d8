"""How a picture of a life is drawn: a line for each part of it, and marks that also read in grey.

Now is a filled dot, last time a hollow one, and a thick line leads from there to here. A hollow
diamond says how important it is, a star marks a strength. On the scale of faces the dots are faces.
Words stand on the line where there is no number. Nothing is coloured as good or bad.
"""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.domain import drawing_marks as marks
from caseworker_app.domain.drawing_legend import MARGIN, ends, legend
from caseworker_app.domain.guide import Scale
from caseworker_app.domain.life import BY_ID, WISHES_PICTOGRAM
from caseworker_app.domain.picture import Picture, PictureRow
from caseworker_app.domain.picture_words import PictureWords, RowWords
from caseworker_app.domain.shapes import Pill, Role, Run, Shape, Sign, Stroke, reach

_SIGN, _NAME_AT, _NAME = 22.0, 46.0, 16.0
_STAR_ROOM, _VALUE_ROOM = 30.0, 40.0
_ROW, _FACE_ROW, _NAME_LINE, _NEARER = 37.0, 46.0, 28.0, 5.0
_NOTE, _PILL, _CLEAR, _WIDE, _TIGHT = 14.0, 26.0, 3.0, 20.0, 4.0
_LEAST_WITH_NAMES, _LEAST_WITH_SHORT = 220.0, 150.0
_PLACES_TO_TRY, _SHORT_TICK = 40, 24.0


@dataclass(frozen=True, slots=True, repr=False)
class DrawnRow:
    """The shapes of one part of life, and the strip of the drawing that belongs to it."""

    domain: str
    top: float
    bottom: float
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Drawing:
    """Everything there is to paint: the legend, the rows, the words under the line."""

    width: float
    height: float
    head: tuple[Shape, ...]
    rows: tuple[DrawnRow, ...]
    foot: tuple[Shape, ...]

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """All shapes, in the order in which they are painted."""
        return (*self.head, *(shape for row in self.rows for shape in row.shapes), *self.foot)

    def row_at(self, y: float) -> DrawnRow | None:
        """The row at this height."""
        return next((row for row in self.rows if row.top <= y < row.bottom), None)


@dataclass(frozen=True, slots=True, repr=False)
class _Columns:
    """Where things stand in a row: the name, the line from `left` to `right`, the number.

    `above`: the name has a line of its own above the track.
    """

    width: float
    name_room: float
    left: float
    right: float
    short: bool = False
    above: bool = False

    def at(self, point: float, scale: Scale) -> float:
        """Where a point of the scale lies; what is off the scale lies at its end."""
        part = (point - scale.first) / max(1, scale.last - scale.first)
        return self.left + (self.right - self.left) * min(1.0, max(0.0, part))


def drawing(picture: Picture, words: PictureWords, width: float) -> Drawing:
    """The drawing of a picture, as wide as this. The same arguments give the same shapes."""
    columns = _columns(words, width)
    head, top = legend(picture, words, width)
    rows = []
    for row, said in zip(picture.rows, words.rows, strict=True):
        drawn = _row(row, said, columns, top)
        rows.append(drawn)
        top = drawn.bottom
    foot, bottom = ends(words, columns.left, columns.right, top)
    return Drawing(width, bottom, head, tuple(rows), foot)


def _columns(words: PictureWords, width: float) -> _Columns:
    """The whole names where there is room, else the short ones, else each above its line."""
    right = width - MARGIN - _VALUE_ROOM - marks.DOTS.now
    for short, least in ((False, _LEAST_WITH_NAMES), (True, _LEAST_WITH_SHORT)):
        names = (row.short if short else row.name for row in words.rows)
        room = max((reach(name, _NAME) for name in names), default=0.0)
        left = _NAME_AT + room + _STAR_ROOM + marks.DOTS.now
        if right - left >= least:
            return _Columns(width, room, left, right, short=short)
    room = width - _NAME_AT - _STAR_ROOM - _VALUE_ROOM - MARGIN
    left = MARGIN + marks.DOTS.now
    return _Columns(width, room, left, width - left, above=True)


def _row(row: PictureRow, words: RowWords, columns: _Columns, top: float) -> DrawnRow:
    height = _FACE_ROW if row.scale.faces else _ROW
    name = top + (_NAME_LINE if columns.above else height) / 2
    middle = top + height / 2 + (_NAME_LINE - _NEARER if columns.above else 0.0)
    track = _Track(columns, row, _places(row, columns), middle, height)
    note = _note(words.note, track) if words.note else []
    below = max((one.at[1] + _NOTE for one in note if isinstance(one, Run)), default=0.0)
    bottom = max(middle + height / 2 + (_NEARER if columns.above else 0.0), below)
    shapes = (*_naming(row, words, columns, name), *_painted(track, note))
    return DrawnRow(row.domain, top, bottom, shapes)


def _naming(row: PictureRow, words: RowWords, columns: _Columns, middle: float) -> list[Shape]:
    known = BY_ID.get(row.domain)
    name = words.short if columns.short else words.name
    pictogram = known.pictogram if known else WISHES_PICTOGRAM
    shapes: list[Shape] = [
        Sign((MARGIN, middle - _SIGN / 2), _SIGN, pictogram, "text", Role.SIGN),
        Run((_NAME_AT, middle), name, columns.name_room, Role.NAME, _NAME),
    ]
    if row.strength:
        after = min(reach(name, _NAME), columns.name_room) if columns.above else columns.name_room
        shapes.append(marks.star((_NAME_AT + after + _STAR_ROOM / 2, middle)))
    if words.value:
        at = (columns.width - MARGIN, middle)
        shapes.append(Run(at, words.value, _VALUE_ROOM, Role.VALUE, _NAME, 600, side="right"))
    return shapes


@dataclass(frozen=True, slots=True, repr=False)
class _Track:
    """The line of one row, and where on it the marks stand."""

    columns: _Columns
    row: PictureRow
    places: dict[Role, float]
    middle: float
    height: float

    @property
    def sizes(self) -> marks.Sizes:
        """How large the dots are on this scale."""
        return marks.FACES if self.row.scale.faces else marks.DOTS

    def taken(self) -> list[tuple[float, float]]:
        """Each mark with the room that it needs to both sides."""
        sizes = self.sizes
        radii = {Role.NOW: sizes.now, Role.LAST: sizes.last, Role.IMPORTANCE: self.diamond}
        return [(x, radii[role] + _CLEAR) for role, x in self.places.items()]

    @property
    def diamond(self) -> float:
        """How large the diamond is: where a dot stands at the same point, it goes around it."""
        important = self.places.get(Role.IMPORTANCE)
        dots = ((Role.NOW, self.sizes.now), (Role.LAST, self.sizes.last))
        met = (
            size for role, size in dots if role in self.places and self.places[role] == important
        )
        size = next(met, None)
        return marks.enclosing(size) if size else marks.DIAMOND


def _places(row: PictureRow, columns: _Columns) -> dict[Role, float]:
    """Where the marks stand. Where nothing has changed, now says it all."""
    before = row.before if row.before != row.satisfaction else None
    points = ((Role.LAST, before), (Role.IMPORTANCE, row.importance), (Role.NOW, row.satisfaction))
    return {role: columns.at(x, row.scale) for role, x in points if x is not None}


def _painted(track: _Track, note: list[Shape]) -> list[Shape]:
    """The line, then what stands on it: the change, the words, the marks."""
    columns, middle = track.columns, track.middle
    line = Stroke((columns.left, middle), (columns.right, middle), 3, "line", Role.GROUND)
    if track.row.scale.faces:
        shapes: list[Shape] = [line, *_faint_faces(track, _covered(track.places, note))]
    else:
        shapes = [*_ticks(track), line]
    if Role.NOW in track.places and Role.LAST in track.places:
        start, end = (track.places[Role.LAST], middle), (track.places[Role.NOW], middle)
        shapes.append(Stroke(start, end, 5, "person", Role.CHANGE))
    return [*shapes, *note, *_marks(track)]


def _ticks(track: _Track) -> list[Shape]:
    """Hairlines at the ends and the middle of the line."""
    columns = track.columns
    half = (_SHORT_TICK if columns.above else track.height) / 2
    top, bottom = track.middle - half, track.middle + half
    places = (columns.left, (columns.left + columns.right) / 2, columns.right)
    return [Stroke((x, top), (x, bottom), 1, "line", Role.GROUND) for x in places]


def _faint_faces(track: _Track, covered: list[tuple[float, float]]) -> list[Shape]:
    """A small face at each point where nothing else stands."""
    shapes: list[Shape] = []
    scale = track.row.scale
    for point in range(scale.first, scale.last + 1):
        x = track.columns.at(point, scale)
        if not any(first <= x <= last for first, last in covered):
            mood = _mood(point, scale)
            shapes += marks.face((x, track.middle), marks.FACES.faint, mood, Role.GROUND)
    return shapes


def _covered(places: dict[Role, float], note: list[Shape]) -> list[tuple[float, float]]:
    """The stretches of the line on which something stands: marks, the change, words."""
    found = [(x, x) for x in places.values()]
    if Role.NOW in places and Role.LAST in places:
        found.append(
            (min(places[Role.NOW], places[Role.LAST]), max(places[Role.NOW], places[Role.LAST]))
        )
    edge = marks.FACES.faint + _CLEAR
    found += [
        (one.corner[0] - edge, one.corner[0] + one.width + edge)
        for one in note
        if isinstance(one, Pill)
    ]
    return found


def _marks(track: _Track) -> list[Shape]:
    """The diamond, then the dots."""
    row, places = track.row, track.places
    shapes: list[Shape] = []
    important = places.get(Role.IMPORTANCE)
    if important is not None:
        shapes.append(marks.diamond((important, track.middle), track.diamond))
    for role, point in ((Role.LAST, row.before), (Role.NOW, row.satisfaction)):
        if role in places and point is not None:
            shapes += _dot(role, (places[role], track.middle), point, row.scale)
    return shapes


def _dot(role: Role, centre: tuple[float, float], point: int, scale: Scale) -> list[Shape]:
    if scale.faces:
        size = marks.FACES.now if role is Role.NOW else marks.FACES.last
        return marks.face(centre, size, _mood(point, scale), role)
    return [marks.now(centre) if role is Role.NOW else marks.last(centre)]


def _mood(point: int, scale: Scale) -> float:
    """How a face looks: from -1, very bad, to 1, very good."""
    half = max(1, scale.last - scale.first) / 2
    return min(1.0, max(-1.0, (point - scale.first) / half - 1))


def _note(note: str, track: _Track) -> list[Shape]:
    """Words on the line, as near to its middle as they cover no mark; else below the line."""
    wide = reach(note, _NOTE)
    for width in (wide + _WIDE, wide + _TIGHT):
        x = _free_place(width, track)
        if x is not None:
            corner = (x - width / 2, track.middle - _PILL / 2)
            pill = Pill(corner, width, _PILL, "edge", "canvas", Role.NOTE)
            return [pill, _note_words(note, x, track.middle, width)]
    room = track.columns.right - track.columns.left
    x = (track.columns.left + track.columns.right) / 2
    return [_note_words(note, x, track.middle + track.height / 2 + _NOTE / 2, max(room, wide))]


def _note_words(note: str, x: float, y: float, room: float) -> Run:
    return Run((x, y), note, room, Role.NOTE, _NOTE, colour="text_2", side="middle")


def _free_place(width: float, track: _Track) -> float | None:
    """Where on the line something so wide can stand; None where it would cover a mark."""
    columns = track.columns
    least, most = columns.left + width / 2, columns.right - width / 2
    if least > most:
        return None
    tried = [least + (most - least) * i / _PLACES_TO_TRY for i in range(_PLACES_TO_TRY + 1)]
    tried.sort(key=lambda x: abs(x - (columns.left + columns.right) / 2))
    taken = track.taken()
    free = (x for x in tried if all(abs(x - at) >= room + width / 2 for at, room in taken))
    return next(free, None)
