"""`serve`, `migrate`, `status` and `restored`: the central store itself."""

from __future__ import annotations

import argparse
from pathlib import Path

from central_store.commands.options import (
    DONE,
    Commands,
    add_place,
    command,
    engine,
    erasures,
    owner_dsn,
)
from central_store.migrating import migrate
from central_store.office.counting import Numbers, numbers
from central_store.office.place import offices
from central_store.office.restoring import restored
from central_store.office.terminal import say


def add(commands: Commands) -> None:
    """Add the commands."""
    tables = command(commands, "migrate", _migrate, "bring the tables to this version")
    status = command(commands, "status", _status, "say how it stands, in numbers")
    again = command(commands, "restored", _restored, "say that a backup was put back")
    again.add_argument("--erasures", type=Path, metavar="FILE", help="where they are written down")
    for parser in (tables, status, again):
        add_place(parser, one=False)


def _migrate(asked: argparse.Namespace) -> int:
    migrate(owner_dsn(asked))
    say("The tables are those of this version.")
    return DONE


def _status(asked: argparse.Namespace) -> int:
    for office in offices(engine(asked)):
        say(*_told(numbers(office)))
    return DONE


def _told(n: Numbers) -> list[str]:
    megabytes, most = n.document_bytes // 10**6, n.quota // 10**6
    return [
        n.handle,
        f"  directory   version {n.directory}, signed {n.signed:%Y-%m-%d %H:%M}",
        f"  users       {n.users}",
        f"  laptops     {n.active} active, {n.pending} pending, {n.revoked} revoked",
        f"  to be signed {n.wishes}",
        f"  cases       {n.cases} with {n.changes} changes",
        f"  aside       {n.aside} changes",
        f"  documents   {n.documents}, {megabytes} of {most} MB",
    ]


def _restored(asked: argparse.Namespace) -> int:
    done = restored(engine(asked), erasures(asked))
    say(
        f"{done.organisations} organisations, {done.erased} cases erased again.",
        "With its next exchange, each laptop offers what this backup does not have.",
        "Publish the last signed directory again if you have its file; else a laptop brings it.",
    )
    return DONE
