"""How long a plan of three pages takes, beside fpdf2 with the same words, fonts and shaping.

Ours is tagged (PDF/UA-1 and PDF/A-2a); fpdf2 writes no tags, so it has less to do.
"""

from __future__ import annotations

import gc
import json
import statistics
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from fpdf import FPDF

from caseworker_app import paths
from caseworker_app.domain.plan import PlanContent, PlanGoal, PlanStep, PutAside, TextSize
from caseworker_app.i18n import Texts
from caseworker_app.printing.plan_pdf import plan_pdf

RUNS = 11
FONTS = ("HyperlegiblePlain", "NotoSans", "Vazirmatn")


def content() -> PlanContent:
    """Three pages of a plan, with a Ukrainian and an Arabic name."""
    steps = tuple(
        PlanStep(what, who, with_whom, date(2026, 12, day), done=False)
        for day, (what, who, with_whom) in enumerate(
            [
                ("Einen Tag in der Gärtnerei Lindhorst ausprobieren", "Tobias", "Herr Lindhorst"),
                ("In der Gärtnerei anrufen und den Tag abmachen", "Frau Falk", ""),
                ("Die Strecke mit dem Bus zweimal zusammen üben", "Tobias", "محمد الخطيب"),
            ],
            1,
        )
    )
    goals = tuple(
        PlanGoal(words, domain, "Ich habe einen eigenen Spind und mein erstes Geld.", 7, steps)
        for words, domain in (
            ("Ich will in einer Gärtnerei arbeiten.", "L04"),
            ("Ich will allein mit dem Bus fahren.", "L06"),
            ("Ich möchte Оксана und محمد öfter treffen.", "L09"),
        )
    )
    return PlanContent(
        language="de",
        size=TextSize.NORMAL,
        number=1,
        made=date(2026, 11, 23),
        person="Tobias Brandt",
        case_number="2026-041",
        coach="Miriam Falk",
        organisation="Teilhabe Lindental",
        phone="030 23125 014",
        email="falk@example.org",
        important=("Ich will mit den Händen arbeiten, und draußen.",),
        going_well=(
            "Ich stehe allein auf.",
            "Ich kenne viele Pflanzen.",
            "Die anderen mögen mich.",
        ),
        goals=goals,
        put_aside=(PutAside("Eine eigene Wohnung", "Erst die Arbeit, dann schauen wir."),),
        next_talk_at=datetime(2027, 1, 12, 10, 0),  # noqa: DTZ001 - wall time at the table
        next_talk_place="Bei mir zu Hause",
        signers=("Tobias Brandt", "Petra Müller", "Miriam Falk"),
    )


def ours(plan: PlanContent, texts: Texts) -> bytes:
    """The plan as the program prints it."""
    return plan_pdf(plan, texts)


def peer(plan: PlanContent, texts: Texts) -> bytes:
    """The same words with fpdf2: headings, boxes, tables with repeated heads, page numbers."""
    pdf = _PeerPage(f"{plan.person} · {texts.day_short(plan.made)}")
    pdf.open_fonts()
    pdf.add_page()
    pdf.say(texts.gettext("My plan"), 29, bold=True)
    pdf.say(plan.person, 18, bold=True)
    for text in (*plan.important, *plan.going_well):
        pdf.say(text, 14)
    for number, goal in enumerate(plan.goals, 1):
        pdf.say(texts.gettext("My goal {number}").format(number=number), 12)
        pdf.say(goal.words, 16.5, bold=True)
        pdf.say(goal.sign, 14)
        pdf.steps(goal, texts)
    for text in _closing(plan, texts):
        pdf.say(text, 14)
    return bytes(pdf.output())


class _PeerPage(FPDF):  # type: ignore[misc]
    """A page of fpdf2 with our fonts and a foot."""

    def __init__(self, foot: str) -> None:
        super().__init__(format="A4", unit="pt")
        self._foot = foot

    def open_fonts(self) -> None:
        """Our fonts, with fallback and shaping."""
        folder = paths.resources() / "fonts"
        for name in FONTS:
            self.add_font(name, "", folder / f"{name}-Regular.ttf")
            self.add_font(name, "B", folder / f"{name}-Bold.ttf")
        self.set_font(FONTS[0], size=14)
        self.set_fallback_fonts(list(FONTS[1:]), exact_match=False)
        self.set_text_shaping(use_shaping_engine=True)
        self.set_margin(56)
        self.set_auto_page_break(auto=True, margin=80)
        self.alias_nb_pages()

    def footer(self) -> None:
        """The foot of each page."""
        self.set_y(-60)
        self.set_font(FONTS[0], size=11)
        self.cell(0, 14, f"{self._foot} · {self.page_no()} / {{nb}}")

    def say(self, text: str, size: float, *, bold: bool = False) -> None:
        """A paragraph."""
        self.set_font(FONTS[0], "B" if bold else "", size)
        self.multi_cell(0, size * 1.45, text, new_x="LMARGIN", new_y="NEXT", align="L")

    def steps(self, goal: PlanGoal, texts: Texts) -> None:
        """The table of steps."""
        self.set_font(FONTS[0], size=13)
        with self.table(text_align="LEFT", line_height=18, col_widths=(40, 18, 22, 20)) as table:
            table.row([texts.gettext(head) for head in ("What", "Who", "With whom", "By when")])
            for step in goal.steps:
                day = texts.weekday(step.due) if step.due else ""
                table.row([step.what, step.who, step.with_whom, day])


def _closing(plan: PlanContent, texts: Texts) -> list[str]:
    return [
        *(f"{one.words}\n{one.reason}" for one in plan.put_aside),
        texts.weekday_year(plan.next_talk_at.date()) if plan.next_talk_at else "",
        f"{plan.next_talk_place}\n{plan.coach}, {plan.organisation}\n{plan.phone}\n{plan.email}",
        texts.gettext("I get a copy of this plan."),
        texts.gettext("I may change the plan at any time."),
        texts.gettext("I may say no, to a single step too."),
        texts.gettext("A person I trust may come to every talk."),
        texts.gettext("I can get advice that is free and independent."),
        *plan.signers,
    ]


def _median(work: Callable[[], bytes]) -> float:
    """Milliseconds, the first run apart: it opens the fonts."""
    work()
    times = []
    for _ in range(RUNS):
        gc.collect()
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def run() -> list[dict[str, Any]]:
    """The measurement, ours and the peer's in one run."""
    plan, texts = content(), Texts("en")
    mine, theirs = _median(lambda: ours(plan, texts)), _median(lambda: peer(plan, texts))
    return [
        {
            "name": "plan of 3 pages, tagged",
            "ours": round(mine, 1),
            "peer": round(theirs, 1),
            "peer_name": "fpdf2, untagged",
            "ratio": round(mine / theirs, 3),
            "unit": "ms",
            "runs": RUNS,
        }
    ]


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
