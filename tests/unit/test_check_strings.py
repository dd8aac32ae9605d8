"""The gate for words must be able to fail: each mistake is planted and has to be found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import check_strings, strings

FILE = Path("caseworker.po")
PLURAL = ("One goal", "{count} goals")


def said(english, translation=None, language="de", **flags) -> list[str]:
    """What the gate says about one sentence and its translation."""
    template, catalog = Catalog(), Catalog(locale=language)
    template.add(english)
    if translation is not None:
        catalog.add(english, translation, **flags)
    return [p.what for p in check_strings.check_catalogue(catalog, template, language, FILE)]


@pytest.mark.parametrize(
    ("english", "translation"),
    [
        ("Goals of {name}", "Ziele von {name}"),
        ("Ready", "Fertig"),
        ("Name", "Name"),
        ("The file “{name}” is here.", "Die Datei „{name}“ ist hier."),
        ("Two\nlines ", "Zwei\nZeilen "),
        ("<b>So</b> be it", "<b>So</b> sei es"),
        (PLURAL, ("Ein Ziel", "{count} Ziele")),
        (PLURAL, ("{count} Ziel", "{count} Ziele")),
        (("{count} goal", "{count} goals"), ("Ein Ziel", "{count} Ziele")),
    ],
)
def test_a_sound_translation_passes(english, translation):
    assert said(english, translation) == []


@pytest.mark.parametrize(
    ("english", "translation", "word"),
    [
        ("Goals", "", "missing"),
        (PLURAL, ("Ein Ziel", ""), "missing"),
        ("Goals of {name}", "Ziele", "{name}"),
        ("Goals", "Ziele von {name}", "{name}"),
        ("Goals of {name}", "Ziele von {nam}", "{nam}"),
        ("Goals of {name}", "Ziele von {name", "brackets"),
        (PLURAL, ("Ein Ziel", "Ziele"), "{count}"),
        (PLURAL, ("Ein Ziel von {name}", "{count} Ziele"), "{name}"),
        ("Name: ", "Name:", "spaces"),
        ("Name", " Name", "spaces"),
        ("One line", "Zwei\nZeilen", "line breaks"),
        ("This is English", "This is English", "still English"),
        ("Goals of {name} here", "Goals of {name} here", "still English"),
        ("The “goal”", 'Das "Ziel"', "„…“"),
        ("The “goal”", "Das 'Ziel'", "apostrophe"),
        ("The “goal”", "Das “Ziel”", "„…“"),
        ("The “goal”", "Das „Ziel”", "„…“"),
        ("The “goal”", "Das „Ziel", "„…“"),
        ("Be <b>calm</b>", "Nur <i>ruhig</i>", "markup"),
        ("Be calm", "Nur <b>ruhig</b>", "markup"),
        ("Be <b>calm</b>", "Nur ruhig", "markup"),
        ("Health and work", "Gesundheit & Arbeit", "and"),
    ],
)
def test_a_planted_mistake_is_found(english, translation, word):
    (what,) = said(english, translation)
    assert word in what


@pytest.mark.parametrize(
    ("language", "translation", "instead"),
    [
        ("de", "Es liegt versiegelt hier.", "verschlüsselt"),
        ("de", "Abgemeldet", "Zugang entzogen"),
        ("nl", "Nu bijwerken", "uitwisselen"),
        ("nl", "Bijgewerkt: vandaag", "uitgewisseld"),
    ],
)
def test_a_word_that_says_something_else_to_a_coach_is_found(language, translation, instead):
    (what,) = said("Something about the exchange", translation, language)
    assert instead in what


def test_dutch_has_its_own_quotes():
    assert said("The “goal”", "Het “doel”", "nl") == []
    assert "“…”" in said("The “goal”", "Het „doel“", "nl")[0]


def test_a_sentence_that_is_not_in_the_file_is_found():
    assert said("Goals") == ["not in this file yet. Run `make strings`."]


def test_a_guess_is_found():
    assert "guess" in said("Goals", "Ziele", flags=["fuzzy"])[0]


def test_a_plural_that_the_file_does_not_know_is_found():
    template, catalog = Catalog(), Catalog(locale="de")
    template.add(PLURAL)
    catalog.add("One goal", "Ein Ziel")
    found = check_strings.check_catalogue(catalog, template, "de", FILE)
    assert any("make strings" in problem.what for problem in found)


def test_the_same_word_in_two_contexts_needs_two_translations():
    template, catalog = Catalog(), Catalog(locale="de")
    template.add("Close", context="a window")
    template.add("Close", context="a case")
    catalog.add("Close", "Schließen", context="a window")
    (problem,) = check_strings.check_catalogue(catalog, template, "de", FILE)
    assert "make strings" in problem.what


def test_leftovers_are_found(tmp_path):
    file = tmp_path / "caseworker.po"
    file.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Gone"\nmsgstr "Weg"\n\n#~ msgid "Long gone"\n#~ msgstr "Lange weg"\n',
        "utf-8",
    )
    found = check_strings.check_catalogue(strings.read(file, "de"), Catalog(), "de", file)
    assert [(problem.sentence, "any more" in problem.what) for problem in found] == [
        ("Gone", True),
        ("Long gone", True),
    ]


def test_a_problem_names_file_line_and_sentence(tmp_path):
    file = tmp_path / "caseworker.po"
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    file.write_text(header + 'msgid "Ready"\nmsgstr ""\n', "utf-8")
    template = Catalog()
    template.add("Ready")
    (problem,) = check_strings.check_catalogue(strings.read(file, "de"), template, "de", file)
    assert str(problem) == f"{file.as_posix()}:4: 'Ready': Deutsch is missing. Translate it."


def test_a_template_that_is_out_of_date_is_found(tmp_path):
    file, now = tmp_path / "messages.pot", Catalog()
    now.add("Ready")
    file.write_text(strings.as_text(now), "utf-8")
    assert check_strings.check_template(now, file) == []
    now.add("New sentence")
    (problem,) = check_strings.check_template(now, file)
    assert "make strings" in problem.what


def test_collecting_finds_every_way_of_marking_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "caseworker_app").mkdir()
    (tmp_path / "ui").mkdir()
    shutil.copytree("translations", tmp_path / "translations")
    (tmp_path / "ui/page.py").write_text(
        '_("a")\nN_("b")\ntranslated("c")\ntexts.gettext("d")\ntexts.pgettext("here", "e")\n'
        'ngettext("f", "{count} f", 2)\nprint("not marked")\n_("g " "h")\n',
        "utf-8",
    )
    monkeypatch.chdir(tmp_path)
    found = {(message.id, message.context) for message in strings.sentences(strings.collected())}
    assert found == {
        ("a", None),
        ("b", None),
        ("c", None),
        ("d", None),
        ("e", "here"),
        (("f", "{count} f"), None),
        ("g h", None),
    }
