"""The command `caseworker-central`: runs and administers the central store."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from contextlib import ExitStack

from sqlalchemy.exc import DBAPIError

from central_store.commands import deciding, directory, organisation, people, running, trying
from central_store.commands.options import NOT_DONE
from central_store.office.errors import OfficeError
from central_store.office.telling import printable
from central_store.office.terminal import complain

INTERRUPTED = 130
_ABOUT = """
The central store of Caseworker: it keeps what laptops exchange, and cannot read it. An
organisation's keys never lie here: `organisation create`, `directory sign` and `escrow rewrap` are
meant for a machine without a network.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for. 0: done, 1: not done, 2: asked for wrongly."""
    asked = _parser().parse_args(arguments)
    os.umask(0o077)  # whatever is written is for this person alone
    try:
        with ExitStack() as asked.closing:
            return int(asked.run(asked))
    except OfficeError as error:
        complain(printable(str(error)))
    except DBAPIError as error:
        complain(printable(_of_the_database(error)))
    except (KeyboardInterrupt, EOFError):  # Ctrl-C, or Ctrl-D where something was asked for
        complain("\nStopped. What was not said to be done was not done.")
        return INTERRUPTED
    return NOT_DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="caseworker-central", description=_ABOUT)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module in (running, organisation, directory, people, deciding, trying):
        module.add(commands)
    return parser


def _of_the_database(error: DBAPIError) -> str:
    """What PostgreSQL said, in its first line: it names tables and roles, never content."""
    said = str(error.orig).strip().splitlines()
    first = said[0] if said else type(error.orig).__name__
    return (
        f"The database did not do it: {first}. Nothing was changed. Check the address and the role "
        "in --dsn; after an update, call `caseworker-central migrate` first."
    )
