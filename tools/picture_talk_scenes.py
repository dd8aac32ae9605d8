"""What stands in the pictures of a conversation: before it, on both sides of the table, after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseworker_app.content.participant import Tongue, say, tongue
from caseworker_app.content.sample import SamplePerson
from caseworker_app.domain.life import BY_ID
from caseworker_app.i18n import _, translated
from caseworker_app.services import talks
from tools.picture_files import (
    begun_talk,
    last_talk,
    looking_back,
    running_talk,
    visitor,
    with_faces,
    with_something_missed,
)
from ui.demo_visit.turned import Turned
from ui.demo_visit.visit import PIN

if TYPE_CHECKING:
    from tools.pictures import Camera

LANGUAGES_OF_OTHERS = ("uk", "ar")


# --- before and after ----------------------------------------------------------------------------


def prepare(camera: Camera) -> None:
    """Two minutes before ringing the bell: much to know, something missed, and nothing yet."""
    for name, person in (
        ("prepare", looking_back(camera)),
        ("prepare_missed", with_something_missed(camera)),
        ("prepare_faces", with_faces(camera)),
    ):
        camera.go("prepare", person.number)
        camera.shoot(name)


def summary(camera: Camera) -> None:
    """How somebody sees their life, as a picture and as a table, in numbers and in faces."""
    for name, person in (("summary", looking_back(camera)), ("summary_faces", with_faces(camera))):
        camera.go("summary", person.number, last_talk(camera, person))
        camera.shoot(name)
        camera.hands.click_within(_("Show it as"), _("Table"))
        camera.settle()
        camera.shoot(f"{name}_table")
        camera.go("today")


def writeup(camera: Camera) -> None:
    """What is still open about a conversation."""
    person = looking_back(camera)
    camera.go("writeup", person.number, last_talk(camera, person))
    camera.shoot("writeup")


def talk_paper(camera: Camera) -> None:
    """The conversation on paper, and as text."""
    person = looking_back(camera)
    camera.go("talk_paper", person.number, last_talk(camera, person))
    camera.hands.pause(300)
    camera.shoot("talk_paper")
    camera.hands.click(_("Text"))
    camera.hands.pause(100)
    camera.shoot("talk_paper_text")


def not_held(camera: Camera) -> None:
    """Noting that a conversation does not take place."""
    camera.go("talks", visitor(camera))
    hands = camera.hands
    offers = (_("It did not take place"), _("It does not take place"))
    hands.click(next(words for words in offers if hands.sees(words)))
    hands.click(_("I called it off"))
    camera.settle()
    camera.shoot("not_held")
    hands.press("Escape")


# --- the coach's side ----------------------------------------------------------------------------


def talk(camera: Camera) -> None:
    """The running conversation: each topic of the guide, and the composer in each voice."""
    running = running_talk(camera)
    camera.go("talk", visitor(camera), running)
    hands = camera.hands
    for section in talks.open_talk(camera.window.app.store, running).guide.sections:
        camera.shoot(f"talk_{section.id}")
        hands.press("Ctrl+Down")
        camera.settle()
    for _step in range(3):
        hands.press("Ctrl+Up")
    camera.settle()
    for keys, voice in (
        ("F3", "coach"),
        ("F4", "third"),
        ("Shift+F4", "document"),
        ("F2", "participant"),
    ):
        hands.press(keys)
        camera.settle()
        camera.shoot(f"talk_voice_{voice}")
    hands.press("F7")
    camera.settle()
    hands.type(camera.people.person(visitor(camera)).good_to_know[0])
    camera.shoot("talk_note")
    hands.press("Return")
    camera.settle()
    camera.shoot("talk_notes_to_sort")
    hands.press("Ctrl+J")
    camera.settle()
    camera.shoot("talk_jump")
    hands.press("Escape")
    hands.click(_("Who is in the room?"))
    camera.settle()
    camera.shoot("talk_about")
    hands.press("Escape")


def rating(camera: Camera) -> None:
    """A life domain rated with all there is to say, in numbers; and another in faces."""
    camera.go("talk", visitor(camera), running_talk(camera))
    hands = camera.hands
    hands.press("Alt+2")
    hands.press("Ctrl+R")
    camera.settle()
    camera.shoot("rating")
    noted = next(one for one in camera.people.visit.talk.ratings if one.reason)
    label = translated(BY_ID[noted.domain].label)
    name = camera.people.person(visitor(camera)).given_name
    why = _("Why? In {name}’s own words").format(name=name)
    hands.click_widget(hands.see(f"{label}: {why}"))
    camera.settle()
    camera.shoot("rating_more")
    person = with_faces(camera)
    camera.go("today")
    camera.go("talk", person.number, begun_talk(camera, person))
    hands.press("Alt+2")
    hands.press("Ctrl+R")
    camera.settle()
    camera.shoot("rating_faces")


# --- the participant's side ----------------------------------------------------------------------


def turned(camera: Camera) -> None:
    """A question, a rating, the languages, the end, and the way back; also in other languages."""
    person = camera.people.person(visitor(camera))
    camera.go("talk", person.number, running_talk(camera))
    side = _turned(camera, person)
    side.turn()
    side.write(camera.people.visit.talk.statements[0].words)
    camera.shoot("turned")
    _shoot_ratings(camera, person, side)
    side.look_for_languages()
    camera.shoot("turned_languages")
    camera.hands.click(_said(camera, person, "done"))
    side.ask_for_pin()
    camera.shoot("turned_pin")
    side.turn_back()
    for language in LANGUAGES_OF_OTHERS:
        camera.hands.press("Alt+2")
        side.turn()
        side.speak(language)
        camera.shoot(f"turned_{language}")
        side.go_on_to(say("satisfied", language))
        camera.shoot(f"turned_{language}_rating")
        side.turn_back()
    _turned_faces(camera)


def _shoot_ratings(camera: Camera, person: SamplePerson, side: Turned) -> None:
    for key, name in (("satisfied", "rating"), ("help", "help"), ("carries", "shares")):
        side.go_on_to(_said(camera, person, key))
        camera.shoot(f"turned_{name}")
    side.go_on_to(_said(camera, person, "thank-you"))
    camera.shoot("turned_end")


def _turned_faces(camera: Camera) -> None:
    """Somebody who rates with faces, in plain words; and leave is asked for a sensitive topic."""
    person = with_faces(camera)
    camera.go("today")
    camera.go("talk", person.number, begun_talk(camera, person))
    side = _turned(camera, person)
    side.turn()
    side.go_on_to(_said(camera, person, "satisfied"))
    camera.shoot("turned_faces")
    side.turn_back()
    other = looking_back(camera)
    camera.go("today")
    camera.go("talk", other.number, begun_talk(camera, other))
    side = _turned(camera, other)
    side.turn()
    side.go_on_to(_said(camera, other, "permission"))
    camera.shoot("turned_permission")
    side.turn_back()


def _turned(camera: Camera, person: SamplePerson) -> Turned:
    return Turned(camera.hands, _tongue(camera, person), PIN)


def _tongue(camera: Camera, person: SamplePerson) -> Tongue:
    screen = camera.people.language
    return tongue(person.language, screen, plain=person.plain, informal=person.informal)


def _said(camera: Camera, person: SamplePerson, key: str) -> str:
    return _tongue(camera, person).say(key)


OF_A_TALK = (prepare, summary, writeup, talk_paper, not_held, talk, rating, turned)
