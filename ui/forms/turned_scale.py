"""A scale that speaks the participant's language, also to a screen reader."""

from __future__ import annotations

from caseworker_app.content.participant import Tongue
from caseworker_app.domain.guide import Scale as Points
from ui.widgets.rating import FaceScale, RatingScale
from ui.widgets.scale import Point, Scale


class _Numbers(RatingScale):
    """Numbers whose names are said in the participant's words."""

    def __init__(self, tongue: Tongue, points: Points, name: str, last: int | None) -> None:
        self._tongue = tongue
        super().__init__(
            name,
            tongue.text(points.low),
            tongue.text(points.high),
            last=last,
            last_when=tongue.say("last-time") if last is not None else "",
            first=points.first,
            most=points.last,
            big=True,
        )

    def _name_all(self) -> None:
        _say(self, self._marks, self._tongue, self._name, self._last)


class _Faces(FaceScale):
    """Faces whose names are said in the participant's words."""

    def __init__(self, tongue: Tongue, points: Points, name: str, last: int | None) -> None:
        self._tongue = tongue
        words = tuple(tongue.text(one) for one in (points.low, points.middle, points.high))
        low, middle, high = words
        super().__init__(
            name,
            (low, middle, high),
            last=last,
            last_when=tongue.say("last-time") if last is not None else "",
            big=True,
        )

    def _name_all(self) -> None:
        _say(self, self._marks, self._tongue, self._name, self._last)


def turned_scale(tongue: Tongue, points: Points, name: str, last: int | None = None) -> Scale:
    """Numbers or faces to answer `name` with; `last` is how it was answered last time."""
    return (_Faces if points.faces else _Numbers)(tongue, points, name, last)


def _say(
    scale: Scale, points: dict[int, Point], tongue: Tongue, name: str, last: int | None
) -> None:
    """Name each point, and the whole by what is chosen: How satisfied are you? 7 of 10."""
    most = max(points)
    before = "" if last is None else f" ({tongue.say('last-time')}: {last})"
    for number, point in points.items():
        point.setAccessibleName(tongue.say("point", what=name, number=number, most=most) + before)
    value = scale.value()
    nothing = tongue.say("nothing-chosen", what=name) + before
    scale.setAccessibleName(nothing if value is None else points[value].accessibleName())
