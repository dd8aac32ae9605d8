from __future__ import annotations

import pytest

from caseworker_app.services.find import excerpt, name_marks, number_typed


def marked(words, marks):
    return [words[start : start + length] for start, length in marks]


@pytest.mark.parametrize(
    ("name", "typed", "hits"),
    [
        ("Sabine Müller", "müler", ["Müller"]),
        ("Karl-Heinz Mueller", "müler", ["Mueller"]),
        ("Janne Möller", "müler", ["Möller"]),
        ("Sabine Müller", "sab mül", ["Sabine", "Müller"]),
        ("Sabine Müller", "m", ["Müller"]),
        ("Sabine Müller", "", []),
        ("Wim Hoekstra", "müler", []),
        ("Anna Dijkstra", "dykstra", ["Dijkstra"]),
    ],
)
def test_the_words_of_a_name_that_were_meant_are_marked(name, typed, hits):
    assert marked(name, name_marks(name, typed)) == hits


def test_a_number_is_taken_for_one_from_three_digits_on_and_without_letters():
    assert number_typed("030 23125") == "03023125"
    assert number_typed("+49 30 231") == "030231"
    assert number_typed("03") == ""
    assert number_typed("Straße 123") == ""


def test_a_short_text_is_shown_as_it_is_in_one_line():
    assert excerpt("Ich rufe\nselbst an.", "ruf") == ("Ich rufe selbst an.", ((4, 4),))


def test_a_long_text_begins_shortly_before_the_hit_and_at_a_whole_word():
    words = (
        "Erst kam lange nichts, und danach kam dann auch noch der Winter. " + "Das Fahrrad steht."
    )
    line, marks = excerpt(words, "fahr")
    assert line.startswith("… ")
    assert f" {line[2:]}" in f" {words}"
    assert line[2:].split()[0] in words.split()
    assert marked(line, marks) == ["Fahrrad"]


def test_words_that_only_begin_alike_are_not_marked_in_a_text():
    line, marks = excerpt("Die Farbe vom Rad", "fahrrad")
    assert line == "Die Farbe vom Rad"
    assert marks == ()
