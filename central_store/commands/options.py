"""What many commands are told alike: where the database is, which organisation, which key file."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Engine

from central_store.database import engine_of
from central_store.office import key_file
from central_store.office.errors import OfficeError
from central_store.office.place import Office, office_of
from central_store.office.terminal import Terminal

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - no other
Run = Callable[[argparse.Namespace], int]

DSN = "CASEWORKER_CENTRAL_DSN"
DATA = "CASEWORKER_CENTRAL_DATA"
POSTGRES = "postgres"
ERASURES = "erasures.jsonl"
DONE, NOT_DONE, USAGE = 0, 1, 2


def command(commands: Commands, name: str, run: Run, told: str) -> argparse.ArgumentParser:
    """A command with what it does in a line."""
    parser = commands.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")
    parser.set_defaults(run=run)
    return parser


def group(commands: Commands, name: str, told: str) -> Commands:
    """A word with commands of its own."""
    parser = commands.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")
    return parser.add_subparsers(dest=f"{name}_command", metavar="COMMAND", required=True)


def add_place(parser: argparse.ArgumentParser, *, one: bool = True) -> None:
    """Options that say where the database is; with `one`, which organisation in it."""
    parser.add_argument(
        "--dsn",
        default=os.environ.get(DSN),
        help=f"PostgreSQL as the role that owns the tables (or the variable {DSN})",
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=os.environ.get(DATA),
        metavar="DIR",
        help=f"the folder of the PostgreSQL that comes with the program (or {DATA})",
    )
    if one:
        parser.add_argument(
            "--organisation", metavar="HANDLE", help="which, where there are several"
        )


def add_key(parser: argparse.ArgumentParser, *, needed: bool = True) -> None:
    """Options that say which key file, and where its passphrases come from."""
    parser.add_argument(
        "--key", type=Path, required=needed, metavar="FILE", help="the organisation's key file"
    )
    parser.add_argument(
        "--passphrase-fd",
        type=int,
        action="append",
        default=[],
        metavar="N",
        help="read a passphrase from this file descriptor; give it twice, for the two people",
    )


def engine(asked: argparse.Namespace) -> Engine:
    """The database that was named, with the tables of this version."""
    made = engine_of(owner_dsn(asked), 2)
    asked.closing.callback(made.dispose)
    return made


def owner_dsn(asked: argparse.Namespace) -> str:
    """The address of the database for the role that owns the tables."""
    if asked.dsn:
        return str(asked.dsn)
    if asked.data:
        from central_store.embedded import embedded  # noqa: PLC0415 - not needed with --dsn

        return embedded(data(asked) / POSTGRES).owner
    raise OfficeError(
        "It was not said where the database is.",
        "Nothing was changed.",
        f"Give --dsn or --data, or set {DSN} or {DATA}.",
    )


def data(asked: argparse.Namespace) -> Path:
    """The folder with the embedded database and what lies beside it."""
    return Path(asked.data).absolute()


def erasures(asked: argparse.Namespace) -> Path:
    """Where erasures are written down: outside of every backup of the database."""
    if asked.erasures:
        return Path(asked.erasures)
    if asked.data:
        return data(asked) / ERASURES
    raise OfficeError(
        "It was not said where erasures are written down.",
        "Nothing was changed.",
        "Give --erasures FILE, a file that the database's backups do not hold.",
    )


def office(asked: argparse.Namespace) -> Office:
    """The office of the organisation that was named."""
    return office_of(engine(asked), asked.organisation)


def terminal(asked: argparse.Namespace) -> Terminal:
    """Where passphrases come from."""
    return Terminal(asked.passphrase_fd, getattr(asked, "new_passphrase_fd", []))


def opened(asked: argparse.Namespace) -> key_file.KeyFile:
    """The key file, opened by its two people."""
    return key_file.opened(asked.key, terminal(asked).both())


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)
