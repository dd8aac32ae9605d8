"""The printed plan: what stands on it, how it is read aloud, and that it always prints alike."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from caseworker_app.domain.plan import PlanContent, PutAside, TextSize
from caseworker_app.i18n import Texts
from caseworker_app.printing.plan_pdf import missing_letters, plan_pdf
from tests.pdf_checker import findings
from tests.pdf_reading import extracted, read_aloud
from tests.printing_plans import DUTCH, GERMAN, a_goal, a_plan, a_step, an_empty_plan

ENGLISH = Texts("en")
GOLDEN = Path(__file__).parent.parent / "data" / "printing"


def spoken(content: PlanContent, texts: Texts = ENGLISH) -> list[str]:
    return read_aloud(plan_pdf(content, texts)).splitlines()


def page_count(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)


def many_names() -> PlanContent:
    """Names in many scripts, in every place where words of people stand."""
    return a_plan(
        person="Nguyễn Thị Ánh",
        important=("أريد أن أعمل مع الناس، كل يوم.", "Я хочу бачити Оксану 🙂"),
        going_well=("שלום לכולם, אני אוהב לבשל.",),
        goals=(
            a_goal(
                "Ich möchte محمد (12) und יעל öfter treffen ❤️.",
                sign="ምስ መሓዙተይ ቡን እሰቲ።",
                steps=(a_step("Mit محمد الخطيب telefonieren", who="Оксана", with_whom="יעל כהן"),),
            ),
        ),
        put_aside=(PutAside("گواهینامه رانندگی", "Später → wenn ich mag ✓"),),
        signers=("محمد الخطيب", "Ελένη Παπαδοπούλου"),
    )


def a_long_plan() -> PlanContent:
    story = "Ich erzähle, wie es war und was mir dabei wichtig ist. " * 60
    steps = tuple(a_step(f"Schritt {number}: {story[:180]}") for number in range(1, 25))
    goals = (a_goal(sign=story, steps=steps), a_goal(), a_goal(), a_goal(), a_goal())
    return a_plan(important=(story, story[:300]), goals=goals)


@pytest.mark.parametrize(
    ("name", "content", "texts"),
    [
        ("plan", a_plan(), GERMAN),
        ("names", many_names(), GERMAN),
        ("empty", an_empty_plan(), DUTCH),
        ("long", a_long_plan(), DUTCH),
    ],
)
def test_the_plan_reads_aloud_as_before(name: str, content: PlanContent, texts: Texts) -> None:
    golden = GOLDEN / f"{name}.txt"
    assert read_aloud(plan_pdf(content, texts)) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", TextSize)
@pytest.mark.parametrize("texts", [GERMAN, DUTCH])
@pytest.mark.parametrize("content", [a_plan(), many_names(), an_empty_plan(), a_long_plan()])
def test_every_plan_keeps_the_standards(content: PlanContent, texts: Texts, size: TextSize) -> None:
    assert findings(plan_pdf(replace(content, size=size), texts)) == []


def test_the_same_content_gives_the_same_bytes_also_in_another_process() -> None:
    program = (
        "import hashlib\n"
        "from caseworker_app.printing.plan_pdf import plan_pdf\n"
        "from tests.printing_plans import GERMAN, a_plan\n"
        "print(hashlib.sha256(plan_pdf(a_plan(), GERMAN)).hexdigest())\n"
    )
    here = hashlib.sha256(plan_pdf(a_plan(), GERMAN)).hexdigest()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            text=True,
            cwd=Path(__file__).parent.parent.parent,
            env={"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": seed, "TZ": "Asia/Tokyo"},
        )
        assert done.stdout.strip() == here


def test_what_was_printed_before_leaves_no_trace_in_the_next_plan() -> None:
    alone = plan_pdf(a_plan(), GERMAN)
    plan_pdf(many_names(), GERMAN)
    assert plan_pdf(a_plan(), GERMAN) == alone


def test_a_common_plan_is_two_or_three_pages() -> None:
    assert page_count(plan_pdf(a_plan(), GERMAN)) in (2, 3)


def test_the_file_says_what_it_is_and_keeps_the_name_of_the_person_out_of_its_title() -> None:
    with pikepdf.open(BytesIO(plan_pdf(a_plan(), GERMAN))) as document:
        assert str(document.docinfo["/Title"]) == "Mein Plan"
        assert str(document.docinfo["/Author"]) == "Miriam Falk"
        assert str(document.docinfo["/CreationDate"]).startswith("D:20261123000000")
        assert str(document.Root.Lang) == "de"
        assert [str(item.title) for item in document.open_outline().root][:2] == [
            "Mein Plan",
            "Das ist mir wichtig",
        ]


def test_a_plan_with_number_nought_is_a_draft() -> None:
    assert "P: Draft" in spoken(a_plan(number=0))
    assert "P: Version 3" in spoken(a_plan(number=3))


def test_every_page_carries_its_foot() -> None:
    pdf = plan_pdf(a_long_plan(), GERMAN)
    text = extracted(pdf)
    if text is None:
        pytest.skip("pdftotext is not installed")
    pages = text.split("\f")[:-1]
    assert len(pages) == page_count(pdf)
    for number, page in enumerate(pages, 1):
        assert f"Seite {number} von {len(pages)}" in page
        assert "Gesprächsplan – kein Bescheid" in page
        assert "Tobias Brandt" in page
        assert "Version 1" in page


def test_other_programs_extract_the_words_as_typed() -> None:
    text = extracted(plan_pdf(a_plan(person="Оксана Łukasz-Nguyễn 🙂"), GERMAN))
    if text is None:
        pytest.skip("pdftotext is not installed")
    words = " ".join(text.split())
    assert "Оксана Łukasz-Nguyễn 🙂" in words
    assert "Ich will mit den Händen arbeiten, und draußen." in words


def test_the_head_of_a_table_is_repeated_overleaf_but_read_aloud_once() -> None:
    content = a_plan(goals=(a_goal(steps=tuple(a_step() for _ in range(40))),))
    heads = [line for line in spoken(content) if line.startswith("TR: What | Who")]
    assert len(heads) == 1
    text = extracted(plan_pdf(content, ENGLISH))
    if text is not None:
        assert text.count("By when") > 1


def test_a_column_that_nobody_filled_is_left_out() -> None:
    alone = a_plan(goals=(a_goal(steps=(a_step(with_whom=""),)),))
    assert "TR: What | Who | By when | Done" in spoken(alone)


def test_a_step_without_a_day_says_so_and_a_done_step_is_ticked() -> None:
    content = a_plan(goals=(a_goal(steps=(a_step("Anrufen", due=None, done=True),)),))
    assert "TR: Anrufen | Tobias | Herr Wolf | no day yet | (done)" in spoken(content)


def test_a_day_in_another_year_names_the_year() -> None:
    [row] = [
        line
        for line in spoken(a_plan(goals=(a_goal(steps=(a_step(due=date(2027, 1, 7)),)),)))
        if line.startswith("TR: Die Strecke")
    ]
    assert "2027" in row


@pytest.mark.parametrize("size", TextSize)
def test_no_common_word_of_the_table_is_torn(size: TextSize) -> None:
    step = a_step("In der Gärtnerei anrufen", who="Frau Falk", with_whom="Herr Lindhorst")
    text = extracted(plan_pdf(a_plan(size=size, goals=(a_goal(steps=(step,)),)), GERMAN))
    if text is None:
        pytest.skip("pdftotext is not installed")
    assert {"Gärtnerei", "anrufen", "Frau", "Falk", "Lindhorst"} <= set(text.split())


def test_an_empty_plan_prints_on_two_pages_at_most() -> None:
    assert "P: There are no goals in this plan yet." in spoken(an_empty_plan())
    assert page_count(plan_pdf(an_empty_plan(), ENGLISH)) <= 2


def test_nothing_is_smaller_than_promised() -> None:
    for size, least in ((TextSize.NORMAL, 11), (TextSize.LARGE, 14)):
        with pikepdf.open(BytesIO(plan_pdf(a_plan(size=size), GERMAN))) as document:
            sizes = {
                float(operands[1])
                for page in document.pages
                for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) == "Tf"
            }
        assert min(sizes) >= least


def test_the_screen_is_told_which_letters_will_stand_as_codes() -> None:
    assert missing_letters(a_plan()) == ""
    content = a_plan(person="王", goals=(a_goal("字"),))
    assert missing_letters(content) == "字王"
    assert "P: [U+738B]" in spoken(content)
