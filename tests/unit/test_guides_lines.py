"""The line finder agrees with the TOML parser about every key, and names the right lines."""

import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.content.guides import guides_folder
from caseworker_app.content.toml_lines import TomlLines

TRICKY = '''\
plain = 1 # [not.a.heading]
dotted.key = """
[not]
a = 1 """
[table]
"quo\\u0041 [ted]".x = [ 1.5, # [
  {a = 1, b.c = 'x"]'}, [2,
  3] ]
[[list]]
when = 1979-05-27 07:32:00
[[list.inner]]
text = "x = [ \\" "
[[list]]
[[list.inner]]
[[list.inner]]
deep = {}
[list.inner.more]
end = \'\'\'it's # \'\'\'
'''

LINES = {
    ("plain",): 1,
    ("dotted", "key"): 2,
    ("table",): 5,
    ("table", "quoA [ted]", "x"): 6,
    ("table", "quoA [ted]", "x", 1): 7,
    ("table", "quoA [ted]", "x", 1, "b", "c"): 7,
    ("table", "quoA [ted]", "x", 2, 1): 8,
    ("list", 0): 9,
    ("list", 0, "when"): 10,
    ("list", 0, "inner", 0, "text"): 12,
    ("list", 1): 13,
    ("list", 1, "inner", 1): 15,
    ("list", 1, "inner", 1, "more", "end"): 18,
    ("list", 1, "missing", "altogether"): 13,
    ("nowhere",): 1,
}


def test_every_key_is_found_where_it_stands():
    tomllib.loads(TRICKY)
    lines = TomlLines(TRICKY)
    assert {path: lines.line(path) for path in LINES} == LINES


def test_quotation_marks_at_the_edges_of_long_texts_do_not_confuse():
    for long in ('""""a""""', '""""""', '"""a\n"""""', '"""\\""""', "''''a\n'''''", "''''''"):
        source = f"first = {long}\nsecond = 2\n"
        assert tomllib.loads(source)["second"] == 2
        assert TomlLines(source).line(("second",)) == source.count("\n")


def test_line_ends_of_windows_do_not_count_twice():
    lines = TomlLines(TRICKY.replace("\n", "\r\n"))
    assert {path: lines.line(path) for path in LINES} == LINES


def leaves(value: Any, path: tuple[str | int, ...] = ()):
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in entries:
        if isinstance(inner, dict | list) and inner:
            yield from leaves(inner, (*path, key))
        elif not isinstance(inner, dict | list):
            yield (*path, key), inner


def test_each_text_of_the_shipped_guides_stands_on_the_line_that_is_named():
    for file in guides_folder().glob("*/*.toml"):
        source = file.read_text("utf-8")
        lines = TomlLines(source)
        for path, text in leaves(tomllib.loads(source)):
            if isinstance(text, str):
                assert text.splitlines()[0] in source.splitlines()[lines.line(path) - 1]


texts = st.text(st.sampled_from("ab \n'\"\\#[]{}=,.ü"), max_size=8)


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def as_toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(k)} = {as_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + "".join(f"\n {as_toml(v)}, # ] {{\n" for v in value) + "]"
    return quoted(value) if isinstance(value, str) else repr(value).lower()


values = st.recursive(
    texts | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(texts, values, max_size=4), min_size=1, max_size=4))
def test_in_any_valid_file_exactly_the_keys_of_the_parser_are_found(tables):
    source, expected, line = "", {}, 1
    for number, table in enumerate(tables):
        source += "[[entry]]\n"
        line += 1
        for key, value in table.items():
            expected["entry", number, key] = line
            pair = f"{quoted(key)} = {as_toml(value)}\n"
            source += pair
            line += pair.count("\n")
    assert tomllib.loads(source) == {"entry": tables}
    lines = TomlLines(source)
    assert {path: lines.line(path) for path in expected} == expected
