"""`try`: a whole central store to look at, with one organisation and one user.

What `make central` starts. The passphrases of its key file are printed, so it is for nothing but
trying.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine

from caseworker_app.sync.wire.passphrases import FLOOR
from central_store.commands.options import DONE, POSTGRES, Commands, command, now
from central_store.commands.people import show_invitation
from central_store.database import engine_of
from central_store.office import key_file, people
from central_store.office.directory import build_directory, first_directory, sign_directory
from central_store.office.enrolment import enrolment_code
from central_store.office.keys import new_keys
from central_store.office.papers import Signed
from central_store.office.place import Office, office_of, offices
from central_store.office.publishing import admit, publish
from central_store.office.terminal import say
from central_store.office.wishes import prepare

HANDLE = "probe"
PORT = 8765
PASSPHRASES = ("only for trying one", "only for trying two")
KEYS = "probe.keys"


@dataclass(frozen=True, slots=True)
class Tried:
    """The organisation to try with, and the user whose laptop may be connected."""

    office: Office
    user: UUID
    keys: Path


def add(commands: Commands) -> None:
    """Add the command."""
    parser = command(commands, "try", _try, "start everything on this machine, to have a look")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--port", type=int, default=PORT)


def tried(engine: Engine, folder: Path) -> Tried:
    """The organisation `probe` with one user, made at the first call and found at the next."""
    keys_path = folder / KEYS
    if any(office.handle == HANDLE for office in offices(engine)):
        office = office_of(engine, HANDLE)
        return Tried(office, people.users(office)[0].id, keys_path)
    signed, keys = first_directory(new_keys(HANDLE, "Probe"), now())
    file = key_file.create(keys_path, keys, PASSPHRASES, FLOOR)
    office = admit(engine, signed, now())
    user = people.add_user(office, "Probe Beispiel", now())
    wishes = prepare(office)
    signed, keys = sign_directory(keys, build_directory(keys, wishes, now()))
    file.with_keys(keys)
    publish(office, Signed(signed, wishes.asked), now())
    return Tried(office, user, keys_path)


def _try(asked: argparse.Namespace) -> int:
    from central_store.embedded import embedded  # noqa: PLC0415 - not needed with --dsn
    from central_store.serving import serve  # noqa: PLC0415 - not needed for the office

    folder = asked.data.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    database = embedded(folder / POSTGRES)
    engine = engine_of(database.owner, 2)
    asked.closing.callback(engine.dispose)
    found = tried(engine, folder)
    first, second = PASSPHRASES
    data, program = f"--data {asked.data}", _as_typed_here()
    say(
        f"A central store to try, with the organisation “{HANDLE}” and one user.",
        f"Key file  {found.keys}, passphrases “{first}” and “{second}”",
    )
    show_invitation(
        enrolment_code(found.office, str(found.user), f"http://127.0.0.1:{asked.port}", now())
    )
    say(
        "Once a laptop has connected, in another terminal:",
        f"  {program} device list {data}",
        f"  {program} device confirm ID {data}",
        f"  {program} directory sign --here --key {found.keys} {data}",
        f"Another code: {program} enrol --user {found.user} {data} "
        f"--address http://127.0.0.1:{asked.port}",
        "",
    )
    serve(database.app, None, asked.port)
    return DONE


def _as_typed_here() -> str:
    """This program as it can be typed in the folder somebody is in, also without activating."""
    script = Path(sys.executable).with_name("caseworker-central")
    if not script.exists():
        return "caseworker-central"
    here = Path.cwd()
    return shlex.quote(str(script.relative_to(here) if script.is_relative_to(here) else script))
