"""Plans to print: one as it lies on a kitchen table, and words around it in German and Dutch."""

from __future__ import annotations

from datetime import date, datetime

from caseworker_app.domain.plan import PlanContent, PlanGoal, PlanStep, PutAside, TextSize
from caseworker_app.i18n import Texts

MADE = date(2026, 11, 23)


class Words(Texts):
    """Texts with a few words of their own, so that a plan can be printed without catalogues."""

    def __init__(self, language: str, words: dict[str, str] | None = None) -> None:
        super().__init__("en")
        self.language = language
        self._words = words or {}

    def gettext(self, message: str) -> str:
        return self._words.get(message, message)


GERMAN = Words(
    "de",
    {
        "My plan": "Mein Plan",
        "What is important to me": "Das ist mir wichtig",
        "My goal {number}": "Mein Ziel {number}",
        "How sure I am: {confidence} of 10": "So sicher bin ich: {confidence} von 10",
        "Conversation plan – not an official decision": "Gesprächsplan – kein Bescheid",
        "Page {page} of {pages}": "Seite {page} von {pages}",
    },
)
DUTCH = Words(
    "nl",
    {
        "My plan": "Mijn plan",
        "My goal {number}": "Mijn doel {number}",
        "Conversation plan – not an official decision": "Gespreksverslag – geen beschikking",
    },
)


def a_step(what: str = "Die Strecke zweimal zusammen üben", **more: object) -> PlanStep:
    values: dict[str, object] = {
        "what": what,
        "who": "Tobias",
        "with_whom": "Herr Wolf",
        "due": date(2026, 12, 18),
        "done": False,
    }
    return PlanStep(**{**values, **more})


def a_goal(words: str = "Ich will allein mit dem Bus fahren.", **more: object) -> PlanGoal:
    values: dict[str, object] = {
        "words": words,
        "domain": "L06",
        "sign": "",
        "confidence": 8,
        "steps": (a_step(), a_step("Den neuen Fahrplan ausdrucken", done=True)),
    }
    return PlanGoal(**{**values, **more})


def a_plan(**more: object) -> PlanContent:
    values: dict[str, object] = {
        "language": "de",
        "size": TextSize.NORMAL,
        "number": 1,
        "made": MADE,
        "person": "Tobias Brandt",
        "case_number": "2026-041",
        "coach": "Miriam Falk",
        "organisation": "Teilhabe Lindental",
        "phone": "030 23125 014",
        "email": "falk@example.org",
        "important": ("Ich will mit den Händen arbeiten, und draußen.",),
        "going_well": ("Ich stehe allein auf.", "Ich kenne viele Pflanzen."),
        "goals": (
            a_goal(
                "Ich will in einer Gärtnerei arbeiten.",
                domain="L04",
                sign="Ich habe einen eigenen Spind.",
                confidence=7,
            ),
            a_goal(),
        ),
        "put_aside": (PutAside("Eine eigene Wohnung", "Erst die Arbeit."),),
        "next_talk_at": datetime(2027, 1, 12, 10, 0),  # noqa: DTZ001 - wall time at the table
        "next_talk_place": "Bei mir zu Hause",
        "signers": ("Tobias Brandt", "Petra Müller, Vertrauensperson", "Miriam Falk"),
    }
    return PlanContent(**{**values, **more})


def an_empty_plan() -> PlanContent:
    return a_plan(
        number=0,
        case_number="",
        coach="",
        organisation="",
        phone="",
        email="",
        important=(),
        going_well=(),
        goals=(),
        put_aside=(),
        next_talk_at=None,
        next_talk_place="",
        signers=(),
    )
