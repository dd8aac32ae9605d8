"""`user`, `enrol` and `device`: who works here, and with which laptops."""

from __future__ import annotations

import argparse
import os
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from caseworker_app.sync.wire.invitation import CODE_MINUTES, Invitation, code_text
from caseworker_app.sync.wire.packing import Malformed
from central_store.commands.options import (
    DONE,
    NOT_DONE,
    Commands,
    add_key,
    add_place,
    command,
    group,
    now,
    office,
    opened,
)
from central_store.office import devices, people
from central_store.office.directory import name_info
from central_store.office.enrolment import enrolment_code
from central_store.office.errors import OfficeError
from central_store.office.keys import OfficeKeys
from central_store.office.letter_files import qr_in_terminal, write_letter
from central_store.office.letters import LANGUAGES, Letter
from central_store.office.place import Office
from central_store.office.telling import names, printable
from central_store.office.terminal import Terminal, say
from central_store.office.wishes import prepare

ADDRESS = "CASEWORKER_CENTRAL_ADDRESS"


def add(commands: Commands) -> None:
    """Add the commands."""
    user = group(commands, "user", "the people who work with the program")
    new = command(user, "add", _add, "add somebody; prints the new id")
    new.add_argument("--name", required=True, help="as colleagues shall read it")
    other = command(user, "name", _name, "give somebody another name")
    other.add_argument("id", metavar="ID")
    other.add_argument("name", metavar="NAME")
    leave = command(
        user, "leave", _leave, "say that somebody works here no more, and shut out their laptops"
    )
    leave.add_argument("id", metavar="ID")
    listed = command(user, "list", _list, "list all; with the key file, by their names")
    add_key(listed, needed=False)

    enrol = command(commands, "enrol", _enrol, "make a one-time code to connect a laptop")
    enrol.add_argument("--user", required=True, metavar="ID")
    enrol.add_argument(
        "--address",
        default=os.environ.get(ADDRESS),
        metavar="URL",
        help=f"where laptops reach this central store: https://HOST (or the variable {ADDRESS})",
    )
    enrol.add_argument(
        "--letter",
        type=Path,
        metavar="FILE",
        help="a letter to hand over (.pdf, .html, .txt) or the QR code alone (.png, .svg)",
    )
    enrol.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help="of the letter")

    device = group(commands, "device", "laptops")
    laptops = command(device, "list", _devices, "list all laptops, with their fingerprints")
    confirm = command(device, "confirm", _confirm, "have a laptop signed, after comparing it")
    revoke = command(
        device, "revoke", _revoke, "shut a laptop out; at its next contact it erases itself"
    )
    for parser in (confirm, revoke):
        parser.add_argument("id", metavar="ID")
    for parser in (new, other, leave, listed, enrol, laptops, confirm, revoke):
        add_place(parser)


def _add(asked: argparse.Namespace) -> int:
    user = people.add_user(office(asked), asked.name, now())
    say(f"{user}")
    say(f"Waits to be signed. A laptop can be connected already: enrol --user {user}")
    return DONE


def _name(asked: argparse.Namespace) -> int:
    people.rename_user(office(asked), asked.id, asked.name, now())
    say("Waits to be signed into the directory.")
    return DONE


def _leave(asked: argparse.Namespace) -> int:
    user, laptops = people.user_left(office(asked), asked.id, now())
    say(f"{user.id} {'has left already' if user.left else 'leaves with the next directory'}.")
    for laptop in laptops:
        say(f"Laptop {laptop.id} is shut out at once.")
    if laptops:
        _say_what_is_due()
    return DONE


def _list(asked: argparse.Namespace) -> int:
    ours = office(asked)
    called = _names(ours, opened(asked).keys) if asked.key else {}
    for user in people.users(ours):
        state = "left" if user.left else "works here"
        waits = ", to be signed" if user.waits else ""
        say(f"{user.id}  {state}{waits}  {called.get(user.id, '')}".rstrip())
    return DONE


def _names(ours: Office, keys: OfficeKeys) -> dict[UUID, str]:
    """All names: those in the directory, and those that wait to be signed."""
    wishes = prepare(ours)
    directory = keys.recognises(wishes.previous) if wishes.previous else None
    called = names(keys, directory) if directory else {}
    for new in wishes.names:
        try:
            plain = keys.from_escrow(new.sealed, name_info(keys.org, new.user))
        except Malformed:
            continue
        called[new.user] = printable(plain.decode("utf-8", "replace"))
    return called


def _enrol(asked: argparse.Namespace) -> int:
    if not asked.address:
        raise OfficeError(
            "It was not said where laptops reach this central store.",
            "No code was made.",
            f"Give --address https://HOST, or set {ADDRESS}.",
        )
    ours = office(asked)
    made = now()
    invitation = enrolment_code(ours, asked.user, asked.address, made)
    show_invitation(invitation)
    if asked.letter:
        with ours.work() as db:
            organisation = people.directory_of(db, ours).name
        until = made + timedelta(minutes=CODE_MINUTES)
        write_letter(asked.letter, Letter(invitation, organisation, until, asked.language))
        say(f"The letter is {asked.letter}. Delete the file once it is printed.")
    return DONE


def show_invitation(invitation: Invitation) -> None:
    """Address, code, fingerprint and QR code on the terminal."""
    say(f"Address   {invitation.address}", f"Code      {code_text(invitation.code)}")
    say(f"Root key  {invitation.root}", "", qr_in_terminal(invitation), "")
    say(
        f"The code is good once, for {CODE_MINUTES} minutes. Then compare fingerprints: device list"
    )


def _devices(asked: argparse.Namespace) -> int:
    found = devices.laptops(office(asked))
    if not found:
        say("No laptop was connected yet: enrol --user ID")
    for laptop in found:
        waits = ", to be signed" if laptop.waits else ""
        say(f"{laptop.id}  {laptop.state}{waits}  user {laptop.user}")
        say(f"    fingerprint {laptop.fingerprint}  last seen {_day(laptop.last_seen)}")
    return DONE


def _day(at: datetime | None) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}" if at else "never"


def _confirm(asked: argparse.Namespace) -> int:
    ours = office(asked)
    laptop = devices.find_laptop(ours, asked.id)
    say(f"Laptop {laptop.id} of user {laptop.user}", f"    fingerprint {laptop.fingerprint}")
    if not Terminal().agrees("Does the coach read the same digits to you?"):
        say("Nothing was changed. If they differ, revoke this laptop.")
        return NOT_DONE
    devices.confirm_device(ours, str(laptop.id), now())
    say("Waits to be signed into the directory.")
    return DONE


def _revoke(asked: argparse.Namespace) -> int:
    laptop = devices.revoke_device(office(asked), asked.id, now())
    if laptop.state == devices.REVOKED and not laptop.waits:
        say(f"Laptop {laptop.id} was shut out before; nothing waits to be signed.")
        return DONE
    say(f"Laptop {laptop.id} is shut out at once.")
    if laptop.state != devices.PENDING:
        _say_what_is_due()
    return DONE


def _say_what_is_due() -> None:
    say("Sign and publish the directory soon: only then does the laptop believe it and erase")
    say("itself, and colleagues' laptops change the keys of its cases.")
