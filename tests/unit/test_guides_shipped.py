"""The guides that ship, the folder they lie in, and the page that tells how to write one."""

import re
from pathlib import Path

import pytest

from caseworker_app.content import guides
from caseworker_app.content.conditions import KEYS as CONDITION_KEYS
from caseworker_app.content.guide_file import GUIDE_KEYS, SECTION_KEYS
from caseworker_app.content.questions import OPTION_KEYS, QUESTION_KEYS
from caseworker_app.content.scales import SCALE_KEYS
from caseworker_app.domain.guide import QuestionKind
from caseworker_app.errors import GuideInvalid, GuideMissing
from tests.guide_texts import TINY, changed, line_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tiny").mkdir()
    return tmp_path


def write(folder: Path, source: str, version: int = 1) -> Path:
    file = folder / "tiny" / f"{version}.toml"
    file.write_text(source, "utf-8")
    return file


def test_the_newest_version_of_each_guide_is_offered(folder):
    for version in (1, 2, 10):
        write(folder, TINY.replace("version = 1", f"version = {version}"), version)
    (folder / "tiny" / "draft.toml").write_text("not yet", "utf-8")
    assert [(g.id, g.version) for g in guides.all_guides(folder)] == [("tiny", 10)]
    assert guides.guide("tiny", 2, folder).version == 2


@pytest.mark.parametrize(
    ("guide_id", "version"),
    [("tiny", 2), ("other", 1), ("", 1), ("../tiny", 1), ("*", 1), ("tiny", -1)],
)
def test_a_guide_that_is_not_here_is_missing(folder, guide_id, version):
    write(folder, TINY)
    with pytest.raises(GuideMissing):
        guides.guide(guide_id, version, folder)


def test_a_folder_that_is_not_there_offers_no_guides(tmp_path):
    assert guides.all_guides(tmp_path / "nowhere") == ()


def test_a_guide_that_lies_in_the_wrong_place_is_not_used(folder):
    write(folder, changed(('id = "tiny"', 'id = "small"')))
    (problem,) = guides.check_folder(folder)
    assert problem.line == line_of(TINY, "id = ")
    assert problem.reason == "This file must be called “1.toml” and lie in a folder “small”."
    assert guides.all_guides(folder) == ()
    with pytest.raises(GuideInvalid):
        guides.guide("tiny", 1, folder)


def test_a_file_outside_the_folder_may_be_called_anything(tmp_path):
    file = tmp_path / "our guide.toml"
    file.write_text(TINY, "utf-8")
    assert guides.check_file(file) == []
    assert guides.read_guide(file).id == "tiny"


def test_a_guide_is_built_once_for_all_who_open_it(folder):
    file = write(folder, TINY)
    first = guides.guide("tiny", 1, folder)
    assert guides.guide("tiny", 1, folder) is first
    assert guides.all_guides(folder)[0] is first
    file.write_text(TINY + "# another remark\n", "utf-8")
    again = guides.guide("tiny", 1, folder)
    assert again is not first
    assert again == first


SHIPPED = sorted(guides.guides_folder().glob("*/*.toml"))


def test_the_guides_that_ship_are_without_a_mistake_and_lie_where_they_are_looked_for():
    assert [(p.file, p.line, p.reason) for p in guides.check_folder(guides.guides_folder())] == []
    assert "meedoen" in {guide.id for guide in guides.all_guides()}


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_every_guide_can_be_spoken_in_german_and_in_dutch_and_closes_with_an_agreement(file):
    guide = guides.read_guide(file)
    assert guide.languages == ("de", "nl")
    assert [section.id for section in guide.sections if section.closing] == [guide.sections[-1].id]
    for question in (q for section in guide.sections for q in section.questions):
        for language in guide.languages:
            assert question.text.speaks(language)


PAGE = (guides.paths.bundle() / "docs" / "guides.md").read_text("utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def test_the_complete_example_in_the_manual_for_authors_is_a_guide_without_a_mistake(tmp_path):
    (example,) = [text for text in EXAMPLES if "[[sections]]" in text]
    file = tmp_path / "1.toml"
    file.write_text(example, "utf-8")
    assert [(p.line, p.reason) for p in guides.check_file(file)] == []


def test_so_is_the_example_of_a_scale(tmp_path):
    (example,) = [text for text in EXAMPLES if "[[sections]]" not in text]
    file = tmp_path / "1.toml"
    file.write_text(changed(("[[sections]]", f"{example}\n[[sections]]")), "utf-8")
    assert guides.read_guide(file).scale("how-sure").last == 4


def test_the_manual_names_every_kind_of_question_and_every_key():
    known = (*GUIDE_KEYS, *SECTION_KEYS, *QUESTION_KEYS, *OPTION_KEYS, *SCALE_KEYS, *CONDITION_KEYS)
    assert [word for word in (*QuestionKind, *known) if f"`{word}`" not in PAGE] == []


class TestTheFirstMeedoen:
    """Conversations were held with it, so it stays what it was."""

    guide = guides.guide("meedoen", 1)

    def test_it_touches_no_sensitive_domain(self):
        assert self.guide.domains == ("L01", "L02", "L09", "L03", "L04", "L06")
        assert not any(section.sensitive for section in self.guide.sections)

    def test_it_opens_warmly(self):
        assert self.guide.sections[0].questions[0].text.to("de").startswith("Wie war")

    def test_it_names_the_questions_whose_answers_the_plan_takes_up(self):
        expected = {"went-well", "gave-strength", "liked-most", "easy"}
        assert self.guide.strength_questions == expected
