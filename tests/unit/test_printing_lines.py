"""Text in lines: wrapped, never hyphenated, never lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.printing.lines import Line, lines, width_of
from caseworker_app.printing.look import Style
from caseworker_app.printing.shaping import Shaper

BODY = Style(14, 20)
SHAPER = Shaper()


def text_of(line: Line) -> str:
    return "".join(glyph.text for run in line.runs for glyph in run.glyphs)


def wrapped(text: str, width: float) -> list[str]:
    return [text_of(line) for line in lines(text, BODY, width, SHAPER)]


def test_lines_end_at_spaces_and_never_inside_a_word() -> None:
    assert wrapped("Ich will in einer Gärtnerei arbeiten.", 110) == [
        "Ich will in einer ",
        "Gärtnerei ",
        "arbeiten. ",
    ]


def test_a_word_wider_than_the_line_goes_on_below() -> None:
    word = "Wohnberechtigungsscheinantragsformular"
    parts = [part.strip() for part in wrapped(word, 100)]
    assert len(parts) > 1
    assert "".join(parts) == word


def test_long_compounds_may_end_a_line_at_their_own_hyphen() -> None:
    first, second = wrapped("Teilhabe-Beratungsstelle", 120)
    assert (first, second) == ("Teilhabe- ", "Beratungsstelle ")


def test_a_telephone_number_is_not_torn_at_its_hyphen() -> None:
    assert wrapped("Anruf 030-23125014", 110) == ["Anruf ", "030-23125014 "]


def test_what_is_joined_by_a_fixed_space_stays_together() -> None:
    assert wrapped("am 26.\u00a0November", 90) == ["am ", "26.\u00a0November "]


def test_typed_line_ends_stay() -> None:
    assert wrapped("eins\n\nzwei", 400) == ["eins ", " ", "zwei "]


def test_joined_letters_keep_their_text() -> None:
    [line] = lines("محمد", BODY, 400, SHAPER)
    assert line.right_to_left
    assert sorted(text_of(line).strip()) == sorted("محمد")


def test_a_left_running_name_stands_inside_its_sentence() -> None:
    [line] = lines("Mit محمد الخطيب reden", BODY, 400, SHAPER)
    assert not line.right_to_left
    shown = text_of(line)
    assert shown.startswith("Mit ")
    assert shown.endswith(" reden ")
    assert shown.index("بيطخلا") < shown.index("دمحم")


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=80), st.floats(30, 400))
def test_no_line_is_wider_than_asked_and_every_letter_arrives(text: str, width: float) -> None:
    for line in lines(text, BODY, width, SHAPER):
        if len(line.runs) > 2:
            assert line.width <= width + 0.01 or len(text_of(line).strip()) <= 12
    lines(text, BODY, float("inf"), SHAPER)
    assert width_of("Tobias", BODY, SHAPER) > 0
