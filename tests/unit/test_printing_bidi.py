"""Letters that run to the left: the Unicode Bidirectional Algorithm, by its own test files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.printing import bidi

EXCERPT = Path(__file__).parent.parent / "data" / "printing" / "bidi-excerpt.txt"
UNICODE = Path("/usr/share/unicode")
LETTER_OF_CLASS = {
    "L": "a",
    "R": "א",
    "AL": "ا",
    "EN": "1",
    "ES": "+",
    "ET": "%",
    "AN": "١",
    "CS": ",",
    "NSM": "\u0300",
    "BN": "\u00ad",
    "B": "\u2029",
    "S": "\t",
    "WS": " ",
    "ON": "!",
    "LRE": "\u202a",
    "RLE": "\u202b",
    "PDF": "\u202c",
    "LRO": "\u202d",
    "RLO": "\u202e",
    "LRI": "\u2066",
    "RLI": "\u2067",
    "FSI": "\u2068",
    "PDI": "\u2069",
}


def numbers(text: str) -> list[int | None]:
    return [None if word == "x" else int(word) for word in text.split()]


def order(levels: list[int | None]) -> list[int]:
    """The positions of the letters from left to right."""
    kept = [i for i, level in enumerate(levels) if level is not None]
    runs = bidi.visual_runs([level for level in levels if level is not None])
    return [
        kept[i]
        for begin, end, level in runs
        for i in (range(end - 1, begin - 1, -1) if level & 1 else range(begin, end))
    ]


def wrong_lines(path: Path) -> list[str]:
    wrong = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        letters, direction, _, levels, visual = line.split(";")
        text = "".join(chr(int(code, 16)) for code in letters.split())
        found = bidi.levels(text, None if direction == "2" else int(direction))
        if found != numbers(levels) or order(found) != numbers(visual):
            wrong.append(line)
    return wrong


def test_an_excerpt_of_the_unicode_test_file_passes() -> None:
    assert wrong_lines(EXCERPT) == []


@pytest.mark.skipif(not UNICODE.exists(), reason="the Unicode test files are not installed")
def test_the_whole_unicode_test_file_of_characters_passes() -> None:
    assert wrong_lines(UNICODE / "BidiCharacterTest.txt") == []


def cases_of_classes() -> Iterator[tuple[str, int | None, list[int | None], list[int | None]]]:
    levels: list[int | None] = []
    visual: list[int | None] = []
    for line in (UNICODE / "BidiTest.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@Levels:"):
            levels = numbers(line.removeprefix("@Levels:"))
        elif line.startswith("@Reorder:"):
            visual = numbers(line.removeprefix("@Reorder:"))
        elif line and line[0] not in "#@":
            classes, bits = line.split(";")
            text = "".join(LETTER_OF_CLASS[name] for name in classes.split())
            for bit, base in ((1, None), (2, 0), (4, 1)):
                if int(bits, 16) & bit:
                    yield text, base, levels, visual


@pytest.mark.skipif(not UNICODE.exists(), reason="the Unicode test files are not installed")
def test_the_whole_unicode_test_file_of_classes_passes() -> None:
    count = 0
    for text, base, levels, visual in cases_of_classes():
        count += 1
        found = bidi.levels(text, base)
        assert found == levels, (text, base)
        assert order(found) == visual, (text, base)
    assert count > 700_000


def test_a_text_without_letters_to_the_left_needs_no_algorithm() -> None:
    assert bidi.runs_only_right("Grüße an Оксана, 12 €")
    assert not bidi.runs_only_right("Grüße an محمد")
    assert not bidi.runs_only_right("\u202eevil")


def test_words_of_somebody_else_do_not_turn_the_sentence_around() -> None:
    sentence = f"{bidi.isolated('محمد')} 12 ruft an"
    assert bidi.direction("محمد 12 ruft an") == 1
    assert bidi.direction(sentence) == 0
    assert bidi.without_marks(sentence) == "محمد 12 ruft an"
    assert bidi.isolated("Tobias") == "Tobias"
