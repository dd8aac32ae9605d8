"""How a picture is drawn: by pure rules, inside its edges, and told apart without any colour."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.drawing import Drawing, drawing
from caseworker_app.domain.life import LIFE_DOMAINS
from caseworker_app.domain.picture import Picture
from caseworker_app.domain.picture_words import picture_words
from caseworker_app.domain.shapes import (
    Circle,
    Curve,
    Pill,
    Polygon,
    Role,
    Run,
    Shape,
    Sign,
    Stroke,
    reach,
)
from caseworker_app.domain.talk import Missing
from caseworker_app.i18n import Texts
from caseworker_app.printing.fonts import Weight
from caseworker_app.printing.shaping import Shaper
from tests.pictures import FACE_SCALE, NUMBER_SCALE, a_picture, a_row

ENGLISH = Texts("en")
WIDE = 742.0


def drawn(picture: Picture, width: float = WIDE, language: str = "en") -> Drawing:
    texts = Texts(language)
    return drawing(picture, picture_words(picture, texts, language, texts.day), width)


def of(shapes, role: Role, kind: type = object) -> list[Shape]:
    return [shape for shape in shapes if shape.role is role and isinstance(shape, kind)]


def row_of(shown: Drawing, domain: str):
    return next(row for row in shown.rows if row.domain == domain).shapes


def words_of(shown: Drawing) -> list[str]:
    return [shape.words for shape in shown.shapes if isinstance(shape, Run)]


def box(shape: Shape) -> tuple[float, float, float, float]:
    """The edges of a shape; of words as wide as they are guessed to be."""
    match shape:
        case Stroke(start, end):
            points = [start, end]
        case Circle((x, y), radius):
            points = [(x - radius, y - radius), (x + radius, y + radius)]
        case Polygon(corners):
            points = list(corners)
        case Curve(start, towards, end):
            points = [start, towards, end]
        case Pill((x, y), width, height):
            points = [(x, y), (x + width, y + height)]
        case Sign((x, y), size):
            points = [(x, y), (x + size, y + size)]
        case Run((x, y), words, room):
            width = min(reach(words, shape.size), room)
            left = x - width * {"left": 0, "middle": 0.5, "right": 1}[shape.side]
            points = [(left, y - shape.size / 2), (left + width, y + shape.size / 2)]
    return (
        min(x for x, _ in points),
        min(y for _, y in points),
        max(x for x, _ in points),
        max(y for _, y in points),
    )


# --- the marks ---------------------------------------------------------------------------------


def test_now_is_a_filled_dot_and_last_time_a_smaller_hollow_one():
    row = row_of(drawn(a_picture()), "L06")
    [now], [last] = of(row, Role.NOW), of(row, Role.LAST)
    assert (now.fill, last.fill) == ("person", "surface")
    assert now.radius > last.radius
    assert now.centre[0] < last.centre[0]
    assert now.centre[1] == last.centre[1]


def test_a_thick_line_leads_from_last_time_to_now():
    row = row_of(drawn(a_picture()), "L06")
    [now], [last], [change] = (of(row, role) for role in (Role.NOW, Role.LAST, Role.CHANGE))
    assert (change.start, change.end) == (last.centre, now.centre)
    assert change.weight > max(one.weight for one in of(row, Role.GROUND))


def test_where_nothing_changed_there_is_one_dot():
    row = row_of(drawn(a_picture()), "L09")
    assert of(row, Role.NOW)
    assert not of(row, Role.LAST)
    assert not of(row, Role.CHANGE)


def test_importance_is_a_hollow_diamond_on_the_same_line():
    row = row_of(drawn(a_picture()), "L06")
    [diamond], [now] = of(row, Role.IMPORTANCE, Polygon), of(row, Role.NOW)
    assert len(diamond.corners) == 4
    assert diamond.fill == "surface"
    left, top, right, bottom = box(diamond)
    assert (top + bottom) / 2 == now.centre[1]
    assert (left + right) / 2 > now.centre[0]


@pytest.mark.parametrize("scale", [NUMBER_SCALE, FACE_SCALE])
@pytest.mark.parametrize("role", [Role.NOW, Role.LAST])
def test_a_diamond_at_the_point_of_a_dot_goes_around_it(scale, role):
    important = 3 if role is Role.NOW else 5
    row = row_of(
        drawn(a_picture(a_row("L06", 3, before=5, importance=important, scale=scale))), "L06"
    )
    [diamond] = of(row, Role.IMPORTANCE)
    dot = of(row, role, Circle)[0]
    left, _top, right, _bottom = box(diamond)
    reach_of_side = (right - left) / 2 / 2**0.5
    assert reach_of_side > dot.radius
    assert list(row).index(diamond) < list(row).index(dot)


def test_faces_are_drawn_as_faces_with_the_mood_of_their_point():
    shown = drawn(a_picture(*(a_row(f"L0{n}", n, scale=FACE_SCALE) for n in range(1, 6))))
    bends = []
    for number in range(1, 6):
        [mouth] = of(row_of(shown, f"L0{number}"), Role.NOW, Curve)
        bends.append(mouth.towards[1] - mouth.start[1])
    assert bends == sorted(bends)
    assert bends[0] < 0 < bends[4]
    assert bends[2] == 0


def test_the_other_faces_stand_faintly_on_the_line_but_never_under_a_mark():
    row = row_of(drawn(a_picture(a_row("L06", 2, before=4, importance=5, scale=FACE_SCALE))), "L06")
    faint = [shape for shape in of(row, Role.GROUND, Circle) if shape.fill == "surface"]
    assert len(faint) == 1  # of five points: now, last time, what lies between, the diamond


def test_a_strength_is_a_star_beside_the_name():
    shown = drawn(a_picture())
    [star] = of(row_of(shown, "L01"), Role.STRENGTH)
    assert len(star.corners) == 10
    assert not of(row_of(shown, "L06"), Role.STRENGTH)


def test_why_there_is_no_number_stands_on_the_line_in_words():
    shown = drawn(a_picture(a_row("L12", None, missing=Missing.NOT_SAID), a_row("L13", None)))
    assert [one.words for one in of(shown.shapes, Role.NOTE, Run)] == [
        "would rather not say",
        "not asked",
    ]
    assert not of(shown.shapes, Role.VALUE)


def test_another_scale_is_said_and_not_drawn():
    shown = drawn(a_picture(a_row("L06", 4, before=8, before_on="0-10", scale=FACE_SCALE)))
    assert [one.words for one in of(shown.shapes, Role.NOTE, Run)] == ["not comparable"]
    assert not of(shown.shapes, Role.LAST)


def test_nothing_is_coloured_as_good_or_bad():
    low_and_high = a_picture(a_row("L01", 0, importance=10), a_row("L02", 10, importance=0))
    rows = [row.shapes for row in drawn(low_and_high).rows]
    colours = [{getattr(shape, "fill", "") for shape in row} for row in rows]
    assert colours[0] == colours[1]
    used = {
        getattr(shape, name, "")
        for shape in drawn(low_and_high).shapes
        for name in ("line", "fill", "colour")
    }
    assert not used & {"ok", "warn", "danger", "accent"}


# --- the words around --------------------------------------------------------------------------


def test_the_legend_names_only_the_marks_that_occur():
    first = a_picture(a_row("L01", 5))
    assert of(drawn(first).head, Role.NOW)
    assert not of(drawn(first).head, Role.LAST)
    legend = [one.words for one in of(drawn(a_picture()).head, Role.LEGEND)]
    assert legend == [
        "last time, March 12, 2026",
        "November 23, 2026",
        "how important it is",
        "a strength",
    ]


def test_the_ends_of_the_line_are_said_only_if_they_hold_for_all_rows():
    assert {"not at all", "gar nicht"} & set(words_of(drawn(a_picture(), language="de")))
    both = a_picture(a_row("L01", 5), a_row("L02", 4, scale=FACE_SCALE))
    assert not of(drawn(both).shapes, Role.END)


def test_where_there_is_no_room_names_become_short_and_then_go_above_their_lines():
    wide, medium, narrow = (drawn(a_picture(), width) for width in (900, 520, 320))
    assert "Getting around" in words_of(wide)
    assert "Mobility" in words_of(medium)
    assert "Getting around" in words_of(narrow)
    row = row_of(narrow, "L06")
    [name] = of(row, Role.NAME)
    assert name.at[1] < of(row, Role.NOW)[0].centre[1] - 9


@pytest.mark.parametrize("language", ["de", "nl", "en"])
def test_names_are_never_wider_than_they_are_guessed_to_be(language):
    texts, shaper = Texts(language), Shaper()
    for domain in LIFE_DOMAINS:
        for name in (texts.gettext(domain.label), texts.gettext(domain.short)):
            pieces = name.split(" ")
            true = sum(shaper.width(piece, Weight.REGULAR) for piece in pieces)
            true += shaper.width(" ", Weight.REGULAR) * (len(pieces) - 1)
            assert true * 16 <= reach(name, 16) <= true * 16 * 1.25


# --- for any picture ---------------------------------------------------------------------------

POINT = st.none() | st.integers(-1, 12)


@st.composite
def pictures(draw) -> Picture:
    names = draw(st.lists(st.sampled_from([d.id for d in LIFE_DOMAINS]), min_size=1, unique=True))
    return a_picture(
        *(
            a_row(
                name,
                draw(POINT),
                importance=draw(POINT),
                before=draw(POINT),
                before_on=draw(st.sampled_from(["0-10", "faces"])),
                scale=draw(st.sampled_from([NUMBER_SCALE, FACE_SCALE])),
                missing=draw(st.none() | st.sampled_from(Missing)),
                named_well=draw(st.booleans()),
            )
            for name in names
        )
    )


@given(pictures(), st.floats(280, 1400))
def test_every_shape_stays_inside_the_drawing(picture, width):
    shown = drawn(picture, width)
    for shape in shown.shapes:
        left, top, right, bottom = box(shape)
        assert -1 <= left <= right <= width + 1
        assert -3 <= top <= bottom <= shown.height + 3


@given(pictures(), st.floats(280, 1400))
def test_rows_follow_each_other_without_gap_and_are_found_by_their_height(picture, width):
    shown = drawn(picture, width)
    for above, below in zip(shown.rows, shown.rows[1:], strict=False):
        assert above.bottom == below.top
    for row in shown.rows:
        assert shown.row_at((row.top + row.bottom) / 2) is row
    assert shown.row_at(-1) is None


@given(pictures(), st.floats(280, 1400))
def test_the_same_picture_gives_the_same_shapes(picture, width):
    assert drawn(picture, width) == drawn(picture, width)


@given(pictures(), st.floats(280, 1400))
def test_words_on_the_line_never_cover_a_mark(picture, width):
    for row in drawn(picture, width).rows:
        for pill in of(row.shapes, Role.NOTE, Pill):
            left, _top, right, _bottom = box(pill)
            dots = [*of(row.shapes, Role.NOW, Circle), *of(row.shapes, Role.LAST, Circle)]
            for mark in (*dots, *of(row.shapes, Role.IMPORTANCE)):
                mark_left, _, mark_right, _ = box(mark)
                assert mark_right <= left or mark_left >= right


def test_words_that_find_no_room_on_the_line_stand_below_it():
    narrow = a_picture(a_row("L06", 5, before=3, before_on="faces"))
    shown = drawn(narrow, 440)
    [words] = of(shown.shapes, Role.NOTE, Run)
    [now] = of(shown.rows[0].shapes, Role.NOW)
    assert not of(shown.shapes, Role.NOTE, Pill)
    assert words.at[1] - words.size / 2 > now.centre[1] + now.radius
    assert shown.rows[0].bottom > words.at[1] + words.size / 2
