"""`serve`, `migrate`, `status` and `restored`: the central store itself."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from central_store.commands.options import (
    DATA,
    DONE,
    POSTGRES,
    Commands,
    add_place,
    command,
    data,
    engine,
    erasures,
    owner_dsn,
)
from central_store.office.counting import Numbers, numbers
from central_store.office.errors import OfficeError
from central_store.office.place import office_of, offices
from central_store.office.restoring import restored
from central_store.office.telling import counted
from central_store.office.terminal import say

SERVE_DSN = "CASEWORKER_CENTRAL_SERVE_DSN"


def add(commands: Commands) -> None:
    """Add the commands."""
    run = command(commands, "serve", _serve, "serve laptops until it is told to stop")
    run.add_argument(
        "--dsn",
        default=os.environ.get(SERVE_DSN),
        help=f"PostgreSQL as the role caseworker_app (or the variable {SERVE_DSN})",
    )
    run.add_argument("--data", type=Path, default=os.environ.get(DATA), metavar="DIR")
    run.add_argument("--host", default="127.0.0.1", help="where to listen (%(default)s)")
    run.add_argument("--port", type=int, default=8765, help="(%(default)s)")

    tables = command(commands, "migrate", _migrate, "bring the tables to this version")
    status = command(commands, "status", _status, "say how it stands, in numbers")
    again = command(commands, "restored", _restored, "say that a backup was put back")
    again.add_argument("--erasures", type=Path, metavar="FILE", help="where they are written down")
    add_place(status)
    for parser in (tables, again):
        add_place(parser, one=False)


def _serve(asked: argparse.Namespace) -> int:
    from central_store.serving import NotReady, serve  # noqa: PLC0415 - uvicorn takes a moment

    folder = data(asked) / POSTGRES if asked.data else None
    try:
        serve(asked.dsn, folder, asked.port, asked.host)
    except NotReady as why:
        raise OfficeError(str(why), "Nothing was changed.", "Then start it again.") from None
    return DONE


def _migrate(asked: argparse.Namespace) -> int:
    from central_store.migrating import migrate  # noqa: PLC0415 - Alembic takes a moment

    migrate(owner_dsn(asked))
    say("The tables are those of this version.")
    return DONE


def _status(asked: argparse.Namespace) -> int:
    database = engine(asked)
    chosen = [office_of(database, asked.organisation)] if asked.organisation else offices(database)
    for office in chosen:
        say(*_told(numbers(office)))
    if not chosen:
        say("There is no organisation here yet: organisation admit FILE")
    return DONE


def _told(n: Numbers) -> list[str]:
    taken, most = n.document_bytes / 2**30, n.quota // 2**30
    signed = f"{n.signed.astimezone():%Y-%m-%d %H:%M}" if n.signed else "never"
    return [
        n.handle,
        f"  directory   version {n.directory}, signed {signed}",
        f"  users       {n.users}",
        f"  laptops     {n.active} active, {n.pending} pending, {n.revoked} revoked",
        f"  waiting     {counted(n.wishes, 'change')} to be signed",
        f"  cases       {n.cases} with {counted(n.changes, 'change')}",
        f"  aside       {counted(n.aside, 'change')}",
        f"  documents   {n.documents}, {taken:.2f} of {most} GiB",
    ]


def _restored(asked: argparse.Namespace) -> int:
    done = restored(engine(asked), erasures(asked))
    say(
        f"{counted(done.organisations, 'organisation')}, "
        f"{counted(done.erased, 'case')} erased again.",
        "With its next exchange, each laptop offers what this backup does not have.",
        "Publish the last signed directory again if you have its file; else a laptop brings it.",
    )
    return DONE
