"""Writing a guide as the text of a file is the inverse of reading one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from caseworker_app.content import guides
from caseworker_app.content.guide_file import build
from caseworker_app.content.guide_write import write
from caseworker_app.content.scales import all_scales
from caseworker_app.domain.guide import Guide, Question, QuestionKind, Section, Words
from tests.made_guides import whole_guides


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(whole_guides())
def test_what_is_written_is_read_as_the_same_guide(guide):
    again, problems = build("guide.toml", write(guide))
    assert [(problem.line, problem.reason) for problem in problems] == []
    assert again == guide


SHIPPED = sorted(guides.guides_folder().glob("*/*.toml"))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_the_layout_is_the_one_that_authors_use(file):
    def lines(text: str) -> list[str]:
        return [line for line in text.splitlines() if line and not line.startswith("#")]

    assert lines(write(guides.read_guide(file))) == lines(file.read_text("utf-8"))


def test_a_number_looks_as_somebody_would_type_it():
    question = Question(
        "hours", QuestionKind.NUMBER, Words((("de", "Wie lange?"),)), least=0.0, most=24.0, step=0.5
    )
    section = Section("time", Words((("de", "Zeit"),)), "L01_day", (), (question,))
    words = Words((("de", "Kurz"),))
    text = write(Guide("tiny", 1, ("de",), words, words, (section,), scales=all_scales()))
    assert "least = 0\nmost = 24\nstep = 0.5\n" in text
