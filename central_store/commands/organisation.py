"""`organisation`: its keys, and how it becomes known to a central store."""

from __future__ import annotations

import argparse
from pathlib import Path

from caseworker_app.sync.wire.directory import fingerprint
from caseworker_app.sync.wire.passphrases import FLOOR, USUAL, Cost
from central_store import organisations
from central_store.commands.options import (
    DONE,
    NOT_DONE,
    Commands,
    add_key,
    add_place,
    command,
    engine,
    group,
    now,
    office,
    opened,
    terminal,
)
from central_store.office import key_file, papers
from central_store.office.directory import first_directory
from central_store.office.errors import OfficeError
from central_store.office.keys import OfficeKeys, new_keys, rotated
from central_store.office.papers import Signed
from central_store.office.people import directory_of
from central_store.office.publishing import admit
from central_store.office.telling import printable
from central_store.office.terminal import say

MOST_GIB = 1024 * 1024
_COPY = (
    "Copy the key file to a second medium. Keep both in different safes, each passphrase with its "
    "person."
)


def add(commands: Commands) -> None:
    """Add the commands."""
    ours = group(commands, "organisation", "the organisation and its keys")
    create = command(ours, "create", _create, "make the keys of a new organisation")
    create.add_argument(
        "--handle", required=True, help="its word in the address: https://host/HANDLE"
    )
    create.add_argument("--name", required=True, help="as colleagues and partners read it")
    create.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="its first directory, for `organisation admit`; needed where no database is named, "
        "which takes it in at once",
    )
    add_key(create)
    add_place(create, one=False)

    admit = command(ours, "admit", _admit, "take a new organisation in at this central store")
    admit.add_argument("file", type=Path, metavar="FILE", help="what `organisation create` wrote")
    add_place(admit, one=False)

    show = command(ours, "show", _show, "show fingerprints, from the key file or the database")
    add_key(show, needed=False)
    add_place(show)

    quota = command(ours, "quota", _quota, "say how many GiB its documents may take")
    quota.add_argument("gib", type=int, metavar="GIB")
    add_place(quota)

    keys = group(ours, "key", "the key file")
    change = command(keys, "change", _change, "replace the passphrase of one of the two people")
    change.add_argument(
        "--new-passphrase-fd",
        type=int,
        action="append",
        default=[],
        metavar="N",
        help="read the new passphrase from this file descriptor",
    )
    add_key(change)

    rotate = command(ours, "rotate", _rotate, "make a new root key, signed by the one so far")
    rotate.add_argument("--escrow", action="store_true", help="make a new escrow key too")
    add_key(rotate)
    for parser in (create, change):
        parser.add_argument("--cheap", action="store_true", help=argparse.SUPPRESS)


def _create(asked: argparse.Namespace) -> int:
    """Keys first: whatever goes wrong afterwards, `admit` can be done again with the file."""
    out = asked.out
    if not (out or asked.dsn or asked.data):
        raise OfficeError(
            "It was not said where the organisation shall be known.",
            "Nothing was written.",
            "Give --out FILE, and bring that file to the central store; or --dsn or --data here.",
        )
    keys = new_keys(asked.handle, " ".join(asked.name.split()))
    signed, keys = first_directory(keys, now())
    key_file.create(asked.key, keys, terminal(asked).both_new(), _cost(asked))
    say(f"Keys of “{keys.name}” are in {asked.key}. {_COPY}", "", *_prints(keys))
    if out:
        papers.write(out, Signed(signed))
        say("", f"Next, at the central store: organisation admit {out}")
    if asked.dsn or asked.data:
        _take_in(asked, Signed(signed))
    return DONE


def _admit(asked: argparse.Namespace) -> int:
    paper = papers.read(asked.file, Signed)
    _take_in(asked, paper)
    say(f"Root key {fingerprint(paper.directory.directory.root)}")
    return DONE


def _take_in(asked: argparse.Namespace, paper: Signed) -> None:
    new = admit(engine(asked), paper.directory, now())
    say("", f"“{new.handle}” is known at this central store. Next: user add --name NAME")


def _show(asked: argparse.Namespace) -> int:
    if asked.key:
        keys = opened(asked).keys
        last = keys.last.directory.version if keys.last else 0
        say(f"{keys.name} ({keys.handle}), id {keys.org}", *_prints(keys))
        say(f"Directory signed last   version {last}", f"Root keys before it     {len(keys.roots)}")
        return DONE
    ours = office(asked)
    with ours.work() as db:
        found = directory_of(db, ours)
    say(f"{printable(found.name)} ({found.handle}), id {found.org}")
    say(f"Root key    {fingerprint(found.root)}", f"Escrow key  {fingerprint(found.escrow)}")
    say(f"Directory   version {found.version}")
    return DONE


def _quota(asked: argparse.Namespace) -> int:
    ours = office(asked)
    if not 0 < asked.gib <= MOST_GIB:
        raise OfficeError(
            f"{asked.gib} GiB is no room for documents.",
            "Nothing was changed.",
            f"Give a whole number of GiB from 1 to {MOST_GIB}.",
        )
    with ours.work() as db:
        organisations.set_quota(db, ours.org, asked.gib * 1024**3)
    say(f"Documents may take {asked.gib} GiB. How much they take: status")
    return DONE


def _change(asked: argparse.Namespace) -> int:
    ask = terminal(asked)
    if not asked.passphrase_fd:
        say("First person: whose passphrase is replaced. Second person: who stays.")
    replaced, stays = ask.both()
    file = key_file.opened(asked.key, (replaced, stays))
    file.with_passphrases((ask.one_new(), stays), _cost(asked))
    say("Done. The old passphrase opens this file no more, but still every older copy of it:")
    say("replace all copies, and destroy the old ones.")
    return DONE


def _rotate(asked: argparse.Namespace) -> int:
    file = opened(asked)
    say("A new root key is signed by the one so far. Connected laptops follow by themselves.")
    say(*_prints(file.keys))
    if asked.escrow:
        say("A new escrow key too. The old one stays in the file: what was wrapped for it stays.")
    if not terminal(asked).agrees("Make a new root key?"):
        say("Nothing was changed.")
        return NOT_DONE
    keys = file.with_keys(rotated(file.keys, escrow=asked.escrow)).keys
    say("Done.", *_prints(keys), "", _COPY)
    say("Next: sign and publish the directory, so that laptops learn of it.")
    return DONE


def _prints(keys: OfficeKeys) -> list[str]:
    return [
        f"Root key    {fingerprint(keys.public_root)}",
        f"Escrow key  {fingerprint(keys.public_escrow)}",
    ]


def _cost(asked: argparse.Namespace) -> Cost:
    return FLOOR if asked.cheap else USUAL
