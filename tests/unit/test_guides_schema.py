"""The JSON Schema that helps authors in their editors agrees with the program."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from caseworker_app.content import guides
from caseworker_app.content.conditions import KEYS as CONDITION_KEYS
from caseworker_app.content.guide_file import GUIDE_KEYS, SECTION_KEYS, build, pictograms
from caseworker_app.content.guide_write import write
from caseworker_app.content.questions import OPTION_KEYS, QUESTION_KEYS
from caseworker_app.content.scales import SCALE_KEYS
from caseworker_app.domain.guide import QuestionKind
from caseworker_app.domain.life import BY_ID
from tests.guide_texts import TINY, changed
from tests.made_guides import whole_guides

SCHEMA: dict[str, Any] = json.loads(
    (guides.guides_folder() / "guide.schema.json").read_text("utf-8")
)
PARTS = SCHEMA["$defs"]
VALIDATOR = Draft202012Validator(SCHEMA)
SHIPPED = sorted(guides.guides_folder().glob("*/*.toml"))


def complaints(source: str) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(tomllib.loads(source))]


def test_it_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_guide_that_ships_fits_it(file):
    assert complaints(file.read_text("utf-8")) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(whole_guides())
def test_every_guide_that_the_program_takes_fits_it(guide):
    assert complaints(write(guide)) == []


SCALE = '[[scales]]\nid = "steps"\nfirst = 1\nlast = 5\nlow.de = "a"\nlow.nl = "a"\n'
SCALE += 'high.de = "b"\nhigh.nl = "b"\nfaces = true\n\n[[sections]]'
PLACE = 'id = "place"'
WHEN = f'{PLACE}\nwhen = {{ question = "how", answered = true }}'

BROKEN = [
    ('id = "tiny"', 'id = "Our guide"'),
    ("version = 1", "version = 0"),
    ("version = 1", 'version = "1"'),
    ("version = 1\n", ""),
    ("version = 1", "vershion = 1\nversion = 1"),
    ('languages = ["de", "nl"]', "languages = []"),
    ('languages = ["de", "nl"]', 'languages = ["de", "nl", "nl"]'),
    ('languages = ["de", "nl"]', 'languages = ["DE", "nl"]'),
    ('title = { de = "Kurz", nl = "Kort" }', 'title = "Kurz"'),
    ('title = { de = "Kurz", nl = "Kort" }', 'title = { de = "Kurz", nl = " " }'),
    ('nl = "Een proef."', 'nl = "Een proef.", nl-informal = "Een proef."'),
    ('text.nl = "Waar?"', 'text.nl = "Waar?"\ntext.nl-plian = "Waar?"'),
    ('text.de = "Wo?"', "text.de = 5"),
    ('hint.de = "Zeit lassen."', 'hint.de = "Zeit lassen."\nhint.de-plain = "Zeit."'),
    ('pictogram = "L01_day"', 'pictogram = "L01_days"'),
    ('pictogram = "L01_day"\n', ""),
    ('domains = ["L01"]', 'domains = ["L41"]'),
    ('domains = ["L01"]', 'domains = ["L01", "L01"]'),
    ('domains = ["L01"]', 'domains = ["L01", "L13"]'),
    ('id = "first"', 'id = "first"\nsensitive = "no"'),
    ('kind = "choice"', 'kind = "chioce"'),
    ('kind = "choice"', 'kind = "text"'),
    ('kind = "choice"', "knid = 1"),
    ('id = "how"', 'id = "how"\nkind = "choices"'),
    ('id = "how"', 'id = "how"\nkind = "scale"'),
    ('id = "how"', 'id = "how"\nscale = "faces"'),
    ('id = "how"', 'id = "how"\nkind = "rating"'),
    ('id = "how"', 'id = "how"\nkind = "rating"\ndomain = "L12"'),
    ('id = "how"', 'id = "how"\nkind = "date"\nleast = 1'),
    ('id = "how"', 'id = "how"\nkind = "number"\nstep = 0'),
    ('id = "how"', 'id = "how"\nkind = "number"\nmost = "10"'),
    ('id = "away"\n', ""),
    (PLACE, WHEN.replace("true", "false")),
    (PLACE, WHEN.replace("answered = true", "more_than = 'five'")),
    (PLACE, WHEN.replace(", answered = true", "")),
    (PLACE, WHEN.replace("answered", "answerd")),
    (PLACE, f"{PLACE}\nwhen = {{ any = [] }}"),
    (PLACE, f'{PLACE}\nwhen = "how"'),
    ("[[sections]]", SCALE.replace("last = 5", "last = 6")),
    ("[[sections]]", SCALE.replace('"steps"', '"0-10"')),
    ("[[sections]]", SCALE.replace('high.de = "b"\nhigh.nl = "b"\n', "")),
]


def test_what_the_broken_guides_are_made_of_is_sound():
    for source in (TINY, changed((PLACE, WHEN)), changed(("[[sections]]", SCALE))):
        assert build("tiny/1.toml", source)[1] == ()
        assert complaints(source) == []


@pytest.mark.parametrize("change", BROKEN, ids=lambda change: change[1][-30:])
def test_what_is_wrong_here_is_wrong_there(change):
    source = changed(change)
    assert build("tiny/1.toml", source)[0] is None
    assert complaints(source)


def test_it_knows_the_same_words_as_the_program():
    assert tuple(SCHEMA["properties"]) == GUIDE_KEYS
    assert set(PARTS["section"]["properties"]) == set(SECTION_KEYS)
    assert set(PARTS["question"]["properties"]) == set(QUESTION_KEYS)
    assert set(PARTS["option"]["properties"]) == set(OPTION_KEYS)
    assert set(PARTS["scale"]["properties"]) == set(SCALE_KEYS)
    asked = {key for one in PARTS["condition"]["oneOf"] for key in one["properties"]}
    assert asked == set(CONDITION_KEYS)
    assert PARTS["question"]["properties"]["kind"]["enum"] == list(QuestionKind)
    assert PARTS["domain"]["enum"] == list(BY_ID)
    assert PARTS["section"]["properties"]["pictogram"]["enum"] == list(pictograms())


def test_an_editor_can_explain_every_key():
    for part in (SCHEMA, PARTS["section"], PARTS["question"], PARTS["option"], PARTS["scale"]):
        for key, about in part["properties"].items():
            assert about.get("title"), key
