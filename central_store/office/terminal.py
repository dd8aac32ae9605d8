"""The person at the terminal: what is said, passphrases that are asked for, a yes.

Passphrases come from the keyboard or from a pipe (`--passphrase-fd`), never from an argument that
others on the machine could see.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from getpass import getpass

from caseworker_app.sync.wire.passphrases import normalised
from central_store.office.errors import OfficeError
from central_store.office.key_file import Passphrases
from central_store.office.passphrases import long_enough, proposal

MOST_BYTES = 4096
PEOPLE = ("first", "second")


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where the answers come from. A pipe that is named twice gives a line for each of the two."""

    passphrases: list[int] = field(default_factory=list)
    new_passphrases: list[int] = field(default_factory=list)

    def both(self) -> Passphrases:
        """The passphrases of the two people who open the key file."""
        first, second = (self._asked(self.passphrases, n, f"{p} person") for n, p in _PEOPLE)
        return first, second

    def both_new(self) -> Passphrases:
        """Passphrases for a new key file, each chosen by one of the two."""
        if self.passphrases:
            return self.both()
        first, second = (_chosen(f"the {person} person") for _n, person in _PEOPLE)
        return first, second

    def one_new(self) -> str:
        """The passphrase of somebody who follows another."""
        if self.new_passphrases:
            return _line_of(self.new_passphrases[0])
        return _chosen("the new person")

    def _asked(self, pipes: list[int], number: int, whose: str) -> str:
        if pipes:
            return _line_of(pipes[min(number, len(pipes) - 1)])
        return getpass(f"Passphrase of the {whose}: ")

    @staticmethod
    def agrees(question: str) -> bool:
        """Whether the person types yes, in full."""
        say(f"{question} Type yes to go on: ", end="")
        return sys.stdin.readline().strip().lower() in ("yes", "ja")


_PEOPLE = tuple(enumerate(PEOPLE))


def say(*lines: str, end: str = "\n") -> None:
    """Lines for the person, at once."""
    sys.stdout.write("\n".join(lines) + end)
    sys.stdout.flush()


def complain(line: str) -> None:
    """A line about what went wrong."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _line_of(pipe: int) -> str:
    """One line of a pipe, byte by byte, so that the rest stays for the other passphrase."""
    line = b""
    try:
        while len(line) < MOST_BYTES and not line.endswith(b"\n"):
            letter = os.read(pipe, 1)
            if not letter:
                break
            line += letter
    except OSError as error:
        raise OfficeError(
            f"The pipe {pipe} cannot be read: {error.strerror}.",
            "Nothing was changed.",
            "Open it for this command, for example with 3<<<'...' --passphrase-fd 3.",
        ) from error
    return line.decode("utf-8", "surrogateescape").rstrip("\r\n")


def _chosen(whose: str) -> str:
    """A passphrase chosen at the keyboard, or proposed; typed twice."""
    say(
        f"\nPassphrase of {whose}; the other person looks away.",
        "At least 14 characters, better five or more words that do not belong together.",
        "Press only Enter to be given one to write on a sheet for the safe.",
    )
    while True:
        typed = getpass("New passphrase: ")
        if not normalised(typed):
            typed = proposal()
            say(f"\n    {typed}\n", "Write it down now, letter by letter.")
            if sys.stdin.isatty():
                getpass("Then press Enter; it is taken off the screen.")
                say("\033[2J\033[H", end="")
        elif not long_enough(typed):
            say("That is too short.")
            continue
        if normalised(getpass("The same again: ")) == normalised(typed):
            return typed
        say("They differ. Once more, please.")
