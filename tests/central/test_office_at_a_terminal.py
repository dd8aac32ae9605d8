"""The office at a real terminal, where passphrases are typed and proposed; and `make central`."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from caseworker_app.sync.wire.passphrases import FLOOR
from central_store.cli import INTERRUPTED
from central_store.office import key_file
from central_store.office.errors import WrongPassphrases
from central_store.office.keys import new_keys

ROOT = Path(__file__).resolve().parents[2]
SECOND = "een blauwe kast zingt zacht"
SECONDS = 60


class AtATerminal:
    """A command with a terminal of its own; what is written to it is typed by a person."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.shown = ""
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.environ["PYTHONPATH"] = str(ROOT)
            command = [sys.executable, "-m", "central_store", *words]
            os.execv(sys.executable, command)  # noqa: S606 - no shell is wanted

    def sees(self, text: str) -> str:
        """Wait until this is on the screen; what was on it until then."""
        deadline = time.monotonic() + SECONDS
        while text not in self.shown:
            ready, _, _ = select.select([self.terminal], [], [], deadline - time.monotonic())
            assert ready, self.shown
            self.shown += os.read(self.terminal, 4096).decode()
        before, _, self.shown = self.shown.partition(text)
        return before

    def types(self, line: str) -> None:
        os.write(self.terminal, f"{line}\n".encode())

    def ends(self) -> int:
        """Wait until it has ended; its code."""
        while True:
            try:
                more = os.read(self.terminal, 4096)
            except OSError:  # the other side is closed
                break
            if not more:
                break
            self.shown += more.decode()
        _, status = os.waitpid(self.process, 0)
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(status)


def test_passphrases_are_proposed_typed_twice_and_never_shown(tmp_path):
    words = ("organisation", "create", "--handle", "probe", "--name", "Probe", "--key", "keys")
    person = AtATerminal(tmp_path, *words, "--out", "first", "--cheap")
    person.sees("New passphrase: ")
    person.types("short")
    person.sees("too short")
    person.sees("New passphrase: ")
    person.types("")
    proposed = re.search(r"^ +(\S+)\s*$", person.sees("Then press Enter"), re.MULTILINE).group(1)
    person.types("")
    person.sees("The same again: ")
    person.types(proposed)
    person.sees("New passphrase: ")
    person.types(SECOND)
    person.sees("The same again: ")
    person.types("something else")
    person.sees("They differ")
    person.sees("New passphrase: ")
    person.types(SECOND)
    person.sees("The same again: ")
    person.types(SECOND)
    shown = person.sees("Root key")
    assert person.ends() == 0
    assert SECOND not in shown
    keys = tmp_path / "keys"
    assert key_file.opened(keys, (SECOND, proposed)).keys.handle == "probe"
    with pytest.raises(WrongPassphrases):
        key_file.opened(keys, (SECOND, SECOND))


def test_ctrl_d_where_a_passphrase_is_asked_for_stops_it(tmp_path):
    (tmp_path / "keys").write_bytes(b"")
    person = AtATerminal(tmp_path, "organisation", "show", "--key", "keys")
    person.sees("Passphrase of the first person: ")
    os.write(person.terminal, b"\x04")
    assert person.ends() == INTERRUPTED
    assert "Stopped." in person.shown
    assert "Traceback" not in person.shown


def test_passphrases_are_asked_for_at_the_terminal(tmp_path):
    first = "vier Birnen fahren heute Zug"
    key_file.create(tmp_path / "keys", new_keys("probe", "Probe"), (first, SECOND), FLOOR)
    person = AtATerminal(tmp_path, "organisation", "show", "--key", "keys")
    for passphrase in (SECOND, first):  # in any order
        person.sees("person: ")
        person.types(passphrase)
    assert first not in person.sees("Root key")
    assert person.ends() == 0


def tried(folder: Path, port: int) -> tuple[subprocess.Popen[str], str]:
    """`make central`, up to the moment in which it serves; the process and what it printed."""
    words = ("try", "--data", str(folder), "--port", str(port))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "central_store", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=environment,
    )
    said = ""
    for line in process.stdout:
        said += line
        if line.startswith("Another code"):
            break
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx2.get(f"http://127.0.0.1:{port}/ready").status_code == 200:
                return process, said
        except httpx2.TransportError:
            continue
    process.kill()
    raise AssertionError(said)


def test_a_central_store_to_try_starts_stops_and_starts_again(own_folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    codes, roots = set(), set()
    for _time in (1, 2):
        process, said = tried(own_folder / "central", port)
        codes.add(re.search(r"^Code +(\S+)$", said, re.MULTILINE).group(1))
        roots.add(re.search(r"^Root key +(.+)$", said, re.MULTILINE).group(1))
        process.send_signal(signal.SIGTERM)
        process.stdout.read()
        assert process.wait(SECONDS) == 0
        process.stdout.close()
    assert (len(codes), len(roots)) == (2, 1)
