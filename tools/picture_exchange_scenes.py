"""Pictures of the exchange, of sharing and of connecting: the values a central store would give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from caseworker_app.domain.exchange import (
    Arrived,
    CaseMember,
    CaseSharing,
    Colleague,
    ExchangeView,
    Fingerprints,
    Kept,
    Presence,
    SignedOff,
    Standing,
    Waiting,
)
from caseworker_app.domain.sharing import Role
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _
from caseworker_app.services import people
from caseworker_app.sync.refusals import MembersApart, Withheld
from tools.picture_files import fullest
from ui.company import Company, KnownTwice
from ui.connect_desk import ConnectDesk
from ui.pages.exchange_page import ExchangePage
from ui.pages.settings_page import SettingsPage
from ui.pages.sharing_page import SharingPage
from ui.pages.signed_off_page import SignedOffPage
from ui.pages.taken_page import TakenPage
from ui.widgets.sharing_words import who_words
from ui.widgets.shell_frame import show_exchange

if TYPE_CHECKING:
    from tools.pictures import Camera

    Scene = Callable[[Camera], None]
else:
    Scene = Callable[[Any], None]

OWN, OTHER = UUID(int=1), UUID(int=2)
PRINTS = Fingerprints(
    "4821 0937 5560 1284 7719 3046 2208 9153", "7310 4429 0058 6671 9934 1207 8852 4460", ""
)
NAMES = {
    "de": ("Karim Aydin", "Dunja Petrović", "Sabine von der Recke-Hohenstein", "Bildungswerk Moor"),
    "nl": ("Karim Aydin", "Dunja Demir", "Abdulrahman Al-Khatib", "Stichting De Deel"),
}


def _names(camera: Camera) -> tuple[str, str, str, str]:
    return NAMES[camera.people.language]


def _me(camera: Camera) -> Colleague:
    return Colleague(OWN, UUID(int=10), camera.people.coach.name)


def _others(camera: Camera) -> tuple[Colleague, ...]:
    first, second, third, partner = _names(camera)
    return (
        Colleague(OWN, UUID(int=11), first),
        Colleague(OWN, UUID(int=12), second),
        Colleague(OTHER, UUID(int=13), third, partner),
        Colleague(OWN, UUID(int=14), "Mara Lindqvist"),
        Colleague(OTHER, UUID(int=15), "Bas Visser", partner),
    )


def _view(camera: Camera, standing: Standing, **more: Any) -> ExchangeView:
    """As it stands on a Monday morning."""
    now, lines = camera.now, people.lines(camera.window.app.store, camera.now)
    first, second, *_rest = _names(camera)
    waiting = (
        Waiting(lines[0].case, lines[0].name, 14, ("statement", "rating"),
                now - timedelta(minutes=58), now - timedelta(minutes=12)),
        Waiting(lines[1].case, lines[1].name, 1, ("step",),
                now - timedelta(hours=1, minutes=5), now - timedelta(hours=1, minutes=5)),
        Waiting(lines[2].case, lines[2].name, 2, ("plan_version", "person"),
                now - timedelta(days=3, hours=-8), now - timedelta(days=3, hours=-8)),
    )  # fmt: skip
    arrived = (Arrived(lines[3].case, lines[3].name, 5, (first,), now - timedelta(minutes=3)),)
    others = ((first,), (), (first, second), (second, first, "Elif"), ())
    kept = tuple(
        Kept(line.case, line.name, with_whom, Role.WRITES if with_whom[2:] else Role.LEADS)
        for line, with_whom in zip(lines, others * 9, strict=False)
    )
    known: dict[str, Any] = {
        "organisation": camera.people.organisation,
        "last_done": now - timedelta(days=3, hours=-7, minutes=20),
        "waiting": waiting,
        "arrived": arrived,
        "kept": kept,
        "own_print": PRINTS.own,
        "root_print": PRINTS.organisation,
    }
    return ExchangeView(standing, **{**known, **more})


def _members(camera: Camera) -> tuple[CaseMember, ...]:
    first, second, third, *_rest = _others(camera)
    now = camera.now
    return (
        CaseMember(_me(camera), Role.LEADS, is_me=True),
        CaseMember(first, Role.WRITES, seen=now - timedelta(minutes=25), up_to_date=True),
        CaseMember(second, Role.READS, seen=now - timedelta(days=4)),
        CaseMember(third, Role.READS, Presence.INVITED),
    )


def _hear(camera: Camera, view: ExchangeView) -> None:
    page = camera.window.page
    assert page is not None
    page.hear(view)
    show_exchange(camera.window.rail, view, camera.now)
    camera.hands.pause(60)


def exchange(camera: Camera) -> None:
    """The page in each state."""
    camera.go("exchange")
    assert isinstance(camera.window.page, ExchangePage)
    camera.shoot("exchange_alone")
    _hear(camera, _view(camera, Standing.OFFLINE, decisions=1))
    camera.shoot("exchange_offline")
    _hear(camera, _view(camera, Standing.WORKING))
    camera.shoot("exchange_working")
    done = {"waiting": (), "last_done": camera.now - timedelta(minutes=3), "moving": 1}
    _hear(camera, _view(camera, Standing.DONE, **done, gone_back=camera.now, clock_is_off=True))
    camera.shoot("exchange_done")
    _hear(camera, _view(camera, Standing.PENDING, last_done=None, arrived=()))
    camera.shoot("exchange_pending")
    trouble = CaseworkerError().sentences()
    _hear(camera, _view(camera, Standing.TROUBLE, problem=trouble, update_needed=True))
    camera.shoot("exchange_trouble")
    for name, problem in (("apart", MembersApart()), ("withheld", Withheld())):
        _hear(camera, _view(camera, Standing.TROUBLE, problem=problem.sentences()))
        camera.shoot(f"exchange_{name}")


def connect(camera: Camera) -> None:
    """From the letter to the connection."""
    camera.go("settings")
    page = camera.window.page
    assert isinstance(page, SettingsPage)
    page.show_section("exchange")
    camera.settle()
    desk = page.findChildren(ConnectDesk)[-1]
    desk.show_view(_view(camera, Standing.ALONE))  # another scene may have heard of a connection
    camera.settle()
    camera.shoot("connect_code")
    camera.hands.click(_("Connect"))
    camera.shoot("connect_missing")
    desk.compare(PRINTS)
    camera.hands.pause(60)
    camera.shoot("connect_compare")
    camera.hands.click(_("It is another number"))
    camera.shoot("connect_differs")
    desk.show_view(_view(camera, Standing.PENDING, unconfirmed=True))
    camera.hands.pause(60)
    camera.shoot("connect_pending")
    desk.show_view(_view(camera, Standing.DONE, address="https://teilhabe.example/lindental"))
    camera.hands.pause(60)
    camera.shoot("connect_done")


def sharing(camera: Camera) -> None:
    """Who works with a file, an invitation, and the sheets that say what happens."""
    number = fullest(camera).number
    camera.go("sharing", number)
    page = camera.window.page
    assert isinstance(page, SharingPage)
    camera.shoot("sharing_alone")
    case = camera.cases[number]
    person = people.person(camera.window.app.store, case)
    others = _others(camera)
    view = CaseSharing(case, _members(camera), others, Role.LEADS, late=2, is_connected=True)
    page.refresh = lambda: None  # type: ignore[method-assign]  # these are not in the store
    page.show_sharing(person, view)
    camera.hands.pause(60)
    camera.shoot("sharing")
    camera.hands.click(who_words(others[3]))
    camera.hands.pause(60)
    camera.shoot("sharing_invite")
    more = _("More about {name}").format(name=others[0].name)
    camera.hands.choose_from_menu(more, _("Hand the file over"))
    camera.settle()
    camera.shoot("sharing_hand_over")
    camera.hands.press("Escape")
    camera.hands.choose_from_menu(more, _("Take out of the file"))
    camera.settle()
    camera.shoot("sharing_take_out")
    camera.hands.press("Escape")
    me, first, *_others_there = _members(camera)
    there = (replace(first, role=Role.LEADS), replace(me, role=Role.READS))
    reads = CaseSharing(case, there, others, Role.READS, is_connected=True)
    page.show_sharing(person, reads)
    camera.hands.pause(60)
    camera.shoot("sharing_reads")


def case_shared(camera: Camera) -> None:
    """The head of a file with those who are in it, and a colleague who may know the person."""
    number = fullest(camera).number
    camera.go("case", number)
    page = camera.window.page
    assert page is not None
    view = CaseSharing(camera.cases[number], _members(camera), is_connected=True)
    page.findChildren(Company)[-1].show_sharing(view)
    page.findChildren(KnownTwice)[-1].show_colleagues(_others(camera)[2:3])
    camera.hands.pause(60)
    camera.shoot("case_shared")


def taken(camera: Camera) -> None:
    """A file that somebody else leads now."""
    number = fullest(camera).number
    camera.go("taken", number)
    page = camera.window.page
    assert isinstance(page, TakenPage)
    case, first = camera.cases[number], _others(camera)[0]
    person = people.person(camera.window.app.store, case)
    page.show_sharing(person.name, CaseSharing(case, (CaseMember(first, Role.LEADS),)))
    now = camera.now
    waiting = (Waiting(case, person.name, 3, ("statement",), now, now),)
    _hear(camera, _view(camera, Standing.OFFLINE, waiting=waiting))
    camera.shoot("taken")


def signed_off(camera: Camera) -> None:
    """A laptop that was signed off: with something to hand in, without, with what nobody takes."""
    app, name = camera.window.app, camera.people.organisation
    gone = SignedOff(name, "IT, 0000 1234", camera.now)
    for shot, known in (
        ("signed_off", replace(gone, changes=3)),
        ("signed_off_done", replace(gone, handed_in=3)),
        ("signed_off_kept", replace(gone, is_kept=True)),
    ):
        page = SignedOffPage(Path("nowhere"), app.background, app.now)
        page.show_known(known)
        page.resize(camera.program.size())
        page.show()
        camera.hands.pause(60)
        camera.shoot(shot, page)
        page.close()


OF_THE_EXCHANGE: tuple[Scene, ...] = (exchange, connect, sharing, case_shared, taken, signed_off)
