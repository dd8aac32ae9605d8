"""Whatever somebody types stands on the paper as typed: no markup, no network, no crash."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.plan import PlanContent, PutAside
from caseworker_app.i18n import Texts
from caseworker_app.printing import fonts
from caseworker_app.printing.plan_pdf import plan_pdf
from tests.pdf_checker import findings
from tests.pdf_reading import read_aloud
from tests.printing_plans import a_goal, a_plan, a_step

ENGLISH = Texts("en")
ROOT = Path(__file__).parent.parent.parent
TRICKS = [
    "<b>fett</b> & <i>schräg</i> &amp; &lt;x&gt;",
    '<img src="http://localhost:9/x.png"/>',
    "<para>file:///etc/passwd</para>",
    '<a href="javascript:alert(1)">hier</a>',
    "<font color=\"[[[getattr(pow,'__globals__')]]]\">x</font>",
    "{x} {0} {person!r} %s %(a)s ${HOME} {{}}",
    "=cmd|' /C calc'!A0",
    "\\ ( ) [ ] ) Tj ET endstream endobj",
    "]]> --> <?xpacket end?> <rdf:li>",
    "„Zitat“ “quote” 'x' \"y\" ‚z‘",
    "'; DROP TABLE person; --",
    "../../etc/passwd\\..\\CON",
    "ﬁ ﬀ Ǆ",
]


def with_words(words: str) -> PlanContent:
    """The words in every place where somebody may type."""
    return a_plan(
        person=words,
        case_number=words,
        coach=words,
        organisation=words,
        phone=words,
        email=words,
        important=(words,),
        going_well=(words, words),
        goals=(
            a_goal(
                words, domain=words, sign=words, steps=(a_step(words, who=words, with_whom=words),)
            ),
        ),
        put_aside=(PutAside(words, words),),
        next_talk_place=words,
        signers=(words,),
    )


@pytest.mark.parametrize("words", TRICKS)
def test_tricks_stand_on_the_paper_as_typed(words: str) -> None:
    pdf = plan_pdf(with_words(words), ENGLISH)
    assert findings(pdf) == []
    spoken = read_aloud(pdf)
    for place in ("H2: My goal 1 “{}”", "TR: {} | {} | {} |", "LI: • {}", "P: {}"):
        filled = place.replace("{}", words)
        assert "".join(filled.split()) in "".join(spoken.split())


def test_control_characters_are_dropped_and_the_rest_stays() -> None:
    pdf = plan_pdf(with_words("a\x00b\x07c\x1b[31md\x7fe"), ENGLISH)
    assert findings(pdf) == []
    assert "P: abc[31mde\n" in read_aloud(pdf)


@pytest.mark.parametrize(
    "words",
    [
        "x" * 100_000,
        "wort " * 20_000,
        "https://example.org/" + "a/" * 5_000,
        "ا" * 20_000,
        "\n" * 3_000,
        "\u202e" * 200 + "abc",
        "\u2067" * 200 + "abc",
        "a" + "\u0301" * 5_000,
        "\u200d" * 2_000,
        " " * 10_000,
        "🧑\u200d" * 500,
    ],
    ids=lambda words: repr(words[:8]),
)
def test_endless_texts_flow_over_the_pages(words: str) -> None:
    goal = a_goal(words, sign=words[:500], steps=(a_step(words[:30_000], who=words[:400]),))
    some = words[:3_000]
    content = replace(with_words(some), important=(some,), goals=(goal,), signers=(some, "M"))
    pdf = plan_pdf(content, ENGLISH)
    assert findings(pdf) == []
    spoken = read_aloud(pdf)
    for letter in set(words[:200]):
        assert not letter.isalpha() or spoken.count(letter) >= words.count(letter)


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=60))
def test_any_text_prints_and_keeps_the_standards(words: str) -> None:
    pdf = plan_pdf(with_words(words), ENGLISH)
    assert findings(pdf) == []
    spoken = read_aloud(pdf)
    for letter in set(fonts.clean(words)) & set("abcdefghijklmnopqrstuvwxyzäöüß"):
        assert letter in spoken


def test_printing_opens_no_connection_and_reads_only_fonts_and_pictograms() -> None:
    program = """
import sys
from tests.unit.test_printing_hostile import ENGLISH, TRICKS, with_words
from caseworker_app.printing.plan_pdf import plan_pdf
plan_pdf(with_words("a"), ENGLISH)
seen = []
sys.addaudithook(lambda event, args: seen.append((event, str(args[0]))) if args else None)
for words in TRICKS:
    plan_pdf(with_words(words), ENGLISH)
for event, what in seen:
    if event.startswith(("socket", "subprocess", "os.", "urllib", "http", "exec", "ctypes")):
        print(event, what)
    if event == "open" and "/resources/" not in what:
        print(event, what)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, cwd=ROOT
    )
    assert done.stdout == ""
    assert done.stderr == ""


def test_printing_does_not_load_the_screen() -> None:
    program = (
        "import sys, caseworker_app.printing.plan_pdf, caseworker_app.printing.recovery_pdf\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'ui', 'sqlalchemy'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
