"""What stands in the pictures of a difference: two coaches wrote in one file without a network."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from caseworker_app.domain.entity import Entity
from caseworker_app.domain.goals import Goal, Step
from caseworker_app.domain.people import Person
from caseworker_app.domain.talk import Statement, Voice
from caseworker_app.i18n import _, texts
from caseworker_app.services import disputes as deciding
from caseworker_app.services import removing
from caseworker_app.store.store import Store
from tools.picture_colleague import Meeting, colleague
from tools.picture_files import fullest

if TYPE_CHECKING:
    from tools.pictures import Camera

E = TypeVar("E", bound=Entity)
COLLEAGUE = "Dunja Demir"
GOALS = {
    "de": (
        "Ich will zwei Tage in der Woche irgendwo gebraucht werden.",
        "Ich will am Dienstag und am Freitag irgendwo gebraucht werden.",
        "Ich will irgendwo gebraucht werden.",
    ),
    "nl": (
        "Ik wil twee dagen in de week ergens nodig zijn.",
        "Ik wil op dinsdag en vrijdag ergens nodig zijn.",
        "Ik wil ergens nodig zijn.",
    ),
}
PHONES = {
    "de": ("030 23125 014", "030 23125 041"),
    "nl": ("06-1234 0134", "06-1234 0143"),
}
SAID = {
    "de": (
        (
            "Morgens ist es am schlimmsten. Wenn ich erst einmal draußen bin, geht es. Meine "
            "Schwester ruft um acht an, dann stehe ich auf. Sonst bleibe ich liegen, manchmal "
            "bis mittags."
        ),
        (
            "Morgens ist es am schlimmsten. Wenn ich erst einmal draußen bin, geht es gut. "
            "Meine Nachbarin klingelt um acht, dann stehe ich auf. Sonst bleibe ich liegen, "
            "oft bis mittags."
        ),
    ),
    "nl": (
        (
            "De ochtend is het ergste. Als ik eenmaal buiten ben, gaat het. Mijn zus belt om "
            "acht uur, dan sta ik op. Anders blijf ik liggen, soms tot de middag."
        ),
        (
            "De ochtend is het ergste. Als ik eenmaal buiten ben, gaat het goed. Mijn "
            "buurvrouw belt om acht uur aan, dan sta ik op. Anders blijf ik liggen, vaak tot "
            "de middag."
        ),
    ),
}


def disputes(camera: Camera) -> None:
    """The banner of the file, then each kind of difference, and what stands there afterwards."""
    number = fullest(camera).number
    store, case = camera.window.app.store, camera.cases[number]
    with colleague(store, case, COLLEAGUE, camera.now) as meeting:
        _go_apart(meeting, camera.now)
    camera.go("case", number)
    camera.shoot("case_disputes")
    camera.go("disputes", number)
    found = deciding.listed(store, case)
    for one in found:
        camera.settle()
        camera.shoot(f"disputes_{one.about.kind}_{one.field}")
        if one.field == "words" and isinstance(one.about, Goal):
            camera.hands.click(_("Use this sentence"))
            camera.settle()
        else:
            camera.hands.press("Ctrl+Down")
    for one in deciding.listed(store, case):
        deciding.settle(store, one, one.sides[0].value, camera.now)
    camera.window.page.refresh()  # type: ignore[union-attr]
    camera.settle()
    camera.shoot("disputes_done")


def _go_apart(meeting: Meeting, now: datetime) -> None:
    mine, theirs, case = meeting.mine, meeting.theirs, meeting.case
    with mine.reading() as reading:
        goal = reading.all(Goal, case=case)[0]
        step, other_step = reading.all(Step, case=case)[:2]
        person = reading.all(Person, case=case)[0]
        said = reading.all(Statement, case=case, voice=Voice.PARTICIPANT)[0]
    *wishes, before = GOALS[texts().language]
    goal = _put(mine, goal, now, words=before)
    meeting.exchange(now)
    for place, store in enumerate((mine, theirs)):
        at = now + timedelta(minutes=105 + 335 * place)
        _put(store, goal, at, words=wishes[place])
        _put(store, step, at, due=at.date() + timedelta(days=3 + 7 * place))
        _put(store, said, at, words=SAID[texts().language][place])
        _put(store, person, at, phone=PHONES[texts().language][place])
    _put(mine, other_step, now, what=f"{other_step.what}, 8:30")
    removing.remove(theirs, other_step, now + timedelta(hours=7))
    meeting.exchange(now)


def _put(store: Store, seen: E, at: datetime, **new: object) -> E:
    with store.changing(at) as changing:
        return changing.put(replace(seen, **new), seen)


OF_DIFFERENCES = (disputes,)
