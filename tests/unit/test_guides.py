"""Reading guides, and every mistake an author can make."""

from pathlib import Path

import pytest

from caseworker_app.content import guides
from caseworker_app.domain.guide import QuestionKind
from caseworker_app.errors import GuideInvalid
from tests.guide_texts import TINY, line_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tiny").mkdir()
    return tmp_path


def write(folder: Path, source: str | bytes, version: int = 1) -> Path:
    file = folder / "tiny" / f"{version}.toml"
    file.write_bytes(source.encode() if isinstance(source, str) else source)
    return file


def test_the_tiny_guide_is_read_whole(folder):
    guide = guides.read_guide(write(folder, TINY))
    assert (guide.id, guide.version, guide.languages) == ("tiny", 1, ("de", "nl"))
    assert guide.purpose.to("nl") == "Een proef."
    (section,) = guide.sections
    assert (section.domains, section.sensitive, section.closing) == (("L01",), False, False)
    how, place = section.questions
    assert how.kind is QuestionKind.TALK
    assert how.hint.to("de") == ""
    assert guide.strength_questions == {"how"}
    assert place.hint.to("nl") == "Geef de tijd."
    assert [(o.id, o.text.to("de")) for o in place.options] == [
        ("home", "Zu Hause"),
        ("away", "Anderswo"),
    ]


def test_a_file_from_windows_is_read_alike(folder):
    plain = guides.read_guide(write(folder, TINY))
    dos = b"\xef\xbb\xbf" + TINY.replace("\n", "\r\n").encode()
    assert guides.read_guide(write(folder, dos)) == plain


# (what to change, into what, where the mistake is then found, what the sentence names)
MISTAKES = [
    ('nl = "Een proef."', 'nl = "Een proef."}', "purpose", "cannot be read"),
    ('title.nl = "Begin"', 'title.nl = "Begin', "title.nl = ", "cannot be read"),
    ('id = "how"', 'id = "how"\nid = "who"', 'id = "who"', "second time"),
    ('kind = "choice"', 'knid = "choice"', "knid", "nearest one is “kind”"),
    ("version = 1", "vershion = 1\nversion = 1", "vershion", "“version”"),
    ('title.nl = "Begin"', 'titel.nl = "Begin"', "titel", "“title”"),
    ('id = "home"', 'id = "home"\nlabel = "x"', "label", "“label”"),
    ('title.nl = "Begin"\n', "", "title.de", "“nl” is missing"),
    ('text.nl = "Waar?"', 'text.nl = "  "', 'text.nl = "  "', "“nl” is empty"),
    ('text.de = "Wo?"\ntext.nl = "Waar?"', "", '[[sections.questions]]\nid = "place"', "“text”"),
    ('title.nl = "Begin"', 'title.nl = "Begin"\ntitle.fr = "Début"', "title.fr", "“fr”"),
    ('id = "place"', 'id = "how"', 'id = "how"\nkind', "already given in line 16"),
    ('id = "away"', 'id = "home"', 'id = "home"\ntext = { de = "And', "already given in line 30"),
    ('id = "place"', 'id = "Der Ort"', 'id = "Der Ort"', "“Der Ort”"),
    ('domains = ["L01"]', 'domains = [\n"L01",\n"L41"]', '"L41"', "“L41”"),
    ('domains = ["L01"]', 'domains = ["L11"]', "domains", "sensitive"),
    ('"L01_day"', '"L01_days"', "pictogram", "“L01_day”"),
    ('kind = "choice"', 'kind = "chioce"', "kind = ", "“choice”"),
    ('kind = "choice"', 'kind = "talk"', "[[sections.questions.options]]", "takes no “options”"),
    ("version = 1", "version = 0", "version = ", "1 or more"),
    ("version = 1", 'version = "1"', "version = ", "whole number"),
    ("version = 1", "version = true", "version = ", "whole number"),
    ("version = 1\n", "", "# A tiny guide", "“version” is missing"),
    ('languages = ["de", "nl"]', "languages = []", "languages", "names no language"),
    ('languages = ["de", "nl"]', 'languages = "de"', "languages", "must be a list"),
    ('languages = ["de", "nl"]', 'languages = ["de", "nl", "DE-de"]', "languages", "code"),
    ('title.de = "Anfang"\ntitle.nl = "Begin"', 'title = "Begin"', 'title = "B', "each language"),
    ('text.de = "Wo?"', "text.de = 5", "text.de = 5", "quotation marks"),
    ('id = "first"', 'id = "first"\nsensitive = "no"', "sensitive", "true or false"),
    ('languages = ["de", "nl"]', 'languages = ["de", "nl", "de"]', "languages", "named twice"),
    ('domains = ["L01"]', 'domains = ["L01", "L01"]', "domains", "named twice"),
]


@pytest.mark.parametrize(("old", "new", "where", "named"), MISTAKES)
def test_a_mistake_is_named_with_its_line(folder, old, new, where, named):
    source = TINY.replace(old, new, 1)
    assert source != TINY
    file = write(folder, source)
    found = [(problem.line, problem.reason) for problem in guides.check_file(file)]
    line = line_of(source, where)
    assert [reason for at, reason in found if at == line and named in reason], (line, found)
    with pytest.raises(GuideInvalid) as raised:
        guides.read_guide(file)
    assert raised.value.details["line"] == found[0][0]
    assert found[0][1] in str(raised.value)


def test_an_error_in_line_12_is_said_to_be_in_line_12(folder):
    lines = TINY.splitlines()
    lines[11] = 'titl.de = "Anfang"'
    with pytest.raises(GuideInvalid) as raised:
        guides.read_guide(write(folder, "\n".join(lines)))
    problems = guides.check_file(folder / "tiny" / "1.toml")
    assert [p.line for p in problems if "“titl”" in p.reason] == [12]
    assert raised.value.details["name"] == "tiny/1.toml"


def test_a_choice_without_options_is_a_mistake(folder):
    source = TINY[: TINY.index("[[sections.questions.options]]")]
    (problem,) = guides.check_file(write(folder, source))
    assert "at least two options" in problem.reason
    assert problem.line == line_of(source, 'id = "place"') - 1


def test_a_guide_without_sections_and_a_section_without_questions_are_mistakes(folder):
    head = TINY[: TINY.index("[[sections]]")]
    (problem,) = guides.check_file(write(folder, head))
    assert problem.reason == "This guide has no sections."
    empty = TINY[: TINY.index("[[sections.questions]]")]
    (problem,) = guides.check_file(write(folder, empty))
    assert (problem.line, problem.reason) == (8, "This section has no questions.")


def test_sections_without_double_brackets_are_explained(folder):
    source = TINY[: TINY.index("[[sections]]")] + "sections = [1, 2]\n"
    problems = guides.check_file(write(folder, source))
    assert any("double brackets" in p.reason and p.line == 8 for p in problems)


def test_two_sections_may_not_share_an_id(folder):
    again = TINY[TINY.index("[[sections]]") :].replace('"how"', '"how2"').replace("place", "place2")
    problems = guides.check_file(write(folder, TINY + "\n" + again))
    assert [p.reason for p in problems] == ["The id “first” was already given in line 9."]


def test_two_questions_may_have_options_with_the_same_id(folder):
    again = TINY[TINY.index('[[sections.questions]]\nid = "place"') :].replace("place", "place2")
    assert guides.check_file(write(folder, TINY + "\n" + again)) == []


def test_all_mistakes_come_at_once_from_the_top_down(folder):
    source = TINY.replace("version = 1", "version = -1").replace("Waar?", "")
    source = source.replace('"L01_day"', '"L99"').replace('id = "away"', 'id = "-"')
    problems = guides.check_file(write(folder, source))
    assert [p.line for p in problems] == sorted(
        line_of(source, words) for words in ("version", "pictogram", 'text.nl = ""', 'id = "-"')
    )


@pytest.mark.parametrize(
    ("raw", "line", "named"),
    [
        (b"# " + b"x" * (2 * 1024 * 1024), 1, "2 MB"),
        (b'id = "tiny"\ntitle.de = "\xfc"\n', 2, "UTF-8"),
        (b"x = " + b"[" * 50_000, 1, "nested too deeply"),
        (b'id = "tiny"\ntitle.de = """offen', 2, "cannot be read"),
        (b"version = " + b"9" * 5_000, 1, "cannot be read"),
        (b"", 1, "“id” is missing"),
    ],
)
def test_what_is_no_guide_at_all_is_refused_calmly(folder, raw, line, named):
    problems = guides.check_file(write(folder, raw))
    assert problems[0].line == line
    assert any(named in problem.reason for problem in problems)


ODD = (
    "5",
    "true",
    "[]",
    "[[]]",
    "[{}]",
    "{}",
    '""',
    '"\\u0000"',
    "1979-05-27",
    "nan",
    "{ de = 1 }",
)


@pytest.mark.parametrize("value", ODD)
def test_whatever_stands_behind_a_key_a_sentence_answers(folder, value):
    lines = TINY.splitlines()
    for number, line in enumerate(lines):
        if "=" in line:
            key = line.split("=")[0]
            changed = [*lines[:number], f"{key}= {value}", *lines[number + 1 :]]
            problems = guides.check_file(write(folder, "\n".join(changed)))
            assert all(problem.reason.endswith((".", "?")) for problem in problems)
            assert all(1 <= problem.line <= len(lines) for problem in problems)


def test_a_file_that_is_not_there_is_a_mistake_too(folder):
    (problem,) = guides.check_file(folder / "tiny" / "7.toml")
    assert problem.reason == "This file cannot be opened."
