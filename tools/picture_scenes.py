"""What stands in each picture: how a coach gets there, and when to press the button.

A scene is named like its picture. The order matters: later scenes find what earlier ones have left.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.plan import TextSize
from caseworker_app.errors import DiskFull
from caseworker_app.i18n import _, texts, translated
from caseworker_app.services import plans
from tools.picture_dispute_scenes import OF_DIFFERENCES
from tools.picture_exchange_scenes import OF_THE_EXCHANGE
from tools.picture_files import fullest, new_file
from tools.picture_talk_scenes import OF_A_TALK
from ui import dialogs
from ui.demo_visit import PASSPHRASE

if TYPE_CHECKING:
    from tools.pictures import Camera

    Scene = Callable[[Camera], None]
else:
    Scene = Callable[[Any], None]

SETTINGS = ("look", "language", "you", "lock", "keys", "guides", "exchange", "about")


# --- before the door ---------------------------------------------------------------------------


def welcome(camera: Camera) -> None:
    """The three steps to a new store."""
    hands = camera.hands
    camera.shoot("welcome_1")
    coach = camera.people.coach
    hands.type_into(_("Your name"), coach.name)
    hands.type_into(_("Organisation"), camera.people.organisation)
    hands.click(_("Next"))
    hands.type_into(_("Your passphrase"), PASSPHRASE[:12])
    hands.wait(lambda: hands.sees(_("Too weak")), "it is not judged")
    camera.shoot("welcome_2_weak")
    hands.type_into(_("Your passphrase"), PASSPHRASE)
    hands.type_into(_("Once more"), PASSPHRASE)
    hands.wait(lambda: hands.sees(_("Very strong")), "it is not judged")
    camera.shoot("welcome_2")
    hands.click(_("Next"))
    hands.wait(lambda: hands.sees(_("Begin")), "the recovery sheet does not come")
    camera.shoot("welcome_3")


def look_round(camera: Camera) -> None:
    """The fictional people as everybody can open them, under their strip."""
    camera.hands.click(_("Have a look first"))
    camera.hands.wait(lambda: camera.hands.sees(_("People")), "the sample does not open")
    camera.settle()
    camera.shoot("look_round")


def unlock(camera: Camera) -> None:
    """The locked door."""
    camera.shoot("unlock")


def unlock_wrong(camera: Camera) -> None:
    """Another passphrase than the right one."""
    camera.hands.type_into(_("Passphrase"), "garten ohne zaun")
    camera.hands.press("Return")
    refused = _("That was not the right passphrase.")
    camera.hands.wait(lambda: camera.hands.sees_part(refused), "it is not refused")
    camera.shoot("unlock_wrong")


def unlock_forgotten(camera: Camera) -> None:
    """The way in with the recovery sheet."""
    camera.hands.click(_("Forgotten?"))
    camera.hands.pause(100)
    camera.shoot("unlock_forgotten")


# --- nobody here yet ---------------------------------------------------------------------------


def today_empty(camera: Camera) -> None:
    """The first morning."""
    camera.settle()
    camera.shoot("today_empty")


def people_empty(camera: Camera) -> None:
    """No files yet."""
    camera.go("people")
    camera.shoot("people_empty")


# --- among people ------------------------------------------------------------------------------


def today(camera: Camera) -> None:
    """The day, and once more ticking a step."""
    camera.go("today")
    camera.shoot("today")


def toast(camera: Camera) -> None:
    """A sentence at the foot, with its undoing."""
    camera.go("today")
    camera.window.page.told.emit(_("Step taken."), lambda: None)  # type: ignore[union-attr]
    camera.hands.pause(250)
    camera.shoot("toast")


def people(camera: Camera) -> None:
    """Everybody, and one of them looked at."""
    camera.go("people")
    camera.hands.press("Down")
    camera.settle()
    camera.shoot("people")


def people_search(camera: Camera) -> None:
    """A name typed with a mistake, and a name that nobody has."""
    camera.go("people")
    family = fullest(camera).family_name
    camera.hands.type_into(_("Find a person"), (family[0] + family[2:])[:6].lower())
    camera.settle()
    camera.shoot("people_search")
    camera.hands.type_into(_("Find a person"), "zmvrk")
    camera.settle()
    camera.shoot("people_no_hit")
    camera.hands.type_into(_("Find a person"), "garten" if texts().language == "de" else "koffie")
    camera.settle()
    camera.shoot("people_words")


def person(camera: Camera) -> None:
    """A new file, begun; and one that is filled."""
    camera.go("person")
    camera.shoot("person_new")
    camera.go("today")
    camera.go("person", fullest(camera).number)
    camera.shoot("person")


def case(camera: Camera) -> None:
    """One person's file at a glance."""
    camera.go("case", fullest(camera).number)
    camera.shoot("case")


def case_empty(camera: Camera) -> None:
    """A file in which nothing stands yet; and its other pages."""
    new = new_file(camera)
    for page in ("case", "talks", "goals", "plan", "papers", "read"):
        camera.go(page, new)
        camera.shoot(f"{page}_empty")


def conversations(camera: Camera) -> None:
    """All conversations with one person."""
    camera.go("talks", fullest(camera).number)
    camera.shoot("talks")


def read(camera: Camera) -> None:
    """Everything that was said."""
    camera.go("read", fullest(camera).number)
    camera.shoot("read")


def goals(camera: Camera) -> None:
    """Goals and steps: one, more, and one just begun."""
    one = min(camera.people.people, key=lambda person: len(person.goals))
    camera.go("goals", one.number)
    camera.shoot("goals_one")
    camera.go("goals", fullest(camera).number)
    camera.shoot("goals")
    camera.hands.click(_("Add goal"))
    camera.settle()
    camera.shoot("goals_new")


def plan(camera: Camera) -> None:
    """The plan as a draft, as text, and as a version."""
    number = fullest(camera).number
    camera.go("plan", number)
    camera.hands.pause(300)
    camera.shoot("plan_draft")
    camera.hands.click(_("Text"))
    camera.hands.pause(100)
    camera.shoot("plan_text")
    store, case = camera.window.app.store, camera.cases[number]
    language = camera.people.language
    laid = plans.lay(store, case, language, TextSize.NORMAL, camera.now)
    plans.fix(store, case, laid, camera.now)
    camera.go("today")
    camera.go("plan", number)
    camera.hands.pause(300)
    camera.shoot("plan_version")


def papers(camera: Camera) -> None:
    """Plans and other papers."""
    camera.go("papers", fullest(camera).number)
    camera.shoot("papers")


def agreements(camera: Camera) -> None:
    """What was agreed with everybody."""
    camera.go("agreements")
    camera.shoot("agreements")


def settings(camera: Camera) -> None:
    """Every section of the settings."""
    camera.go("settings")
    for section in SETTINGS:
        camera.window.page.show_section(section)  # type: ignore[union-attr]
        camera.hands.pause(60)
        camera.shoot(f"settings_{section}")


def sheets(camera: Camera) -> None:
    """What opens over a page: the palette, the keys, a problem."""
    camera.go("today")
    hands = camera.hands
    hands.press("Ctrl+K")
    camera.settle()
    hands.type(camera.people.people[0].given_name[:2].lower())
    camera.settle()
    camera.shoot("sheet_find")
    hands.press("Escape")
    hands.press("Escape")
    hands.press("F1")
    camera.settle()
    camera.shoot("sheet_keys")
    hands.press("Escape")
    problem = dialogs.show_problem(camera.program, DiskFull())
    camera.settle()
    camera.shoot("sheet_problem")
    problem.close()


def menu(camera: Camera) -> None:
    """A menu over the goals."""
    camera.go("goals", fullest(camera).number)
    domain = translated(BY_ID[fullest(camera).goals[0].domain].label)
    camera.hands.click(_("Life domain: {name}").format(name=domain))
    camera.settle()
    camera.shoot("menu")
    camera.hands.press("Escape")


THE_FIRST_TIME: tuple[Scene, ...] = (welcome,)
FOR_A_LOOK: tuple[Scene, ...] = (look_round,)
BEFORE_THE_DOOR: tuple[Scene, ...] = (unlock, unlock_wrong, unlock_forgotten)
WITH_NOBODY: tuple[Scene, ...] = (today_empty, people_empty)
AMONG_PEOPLE: tuple[Scene, ...] = (
    today, toast, people, people_search, person, case, case_empty, conversations, read, goals,
    plan, papers, agreements, settings, sheets, menu, *OF_A_TALK, *OF_DIFFERENCES,
    *OF_THE_EXCHANGE,
)  # fmt: skip
