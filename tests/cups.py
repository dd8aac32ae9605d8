"""A real print service for tests: a cupsd of our own, with queues that keep what they are sent.

It listens on a socket in a folder of its own and touches nothing of the system's printing. `lp` and
`lpstat` find it through CUPS_SERVER. Runs as root and as any user.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

CUPSD = shutil.which("cupsd", path=f"{os.environ['PATH']}:/usr/sbin")
SYSTEM = Path("/usr/lib/cups")
PLANS, REJECTING, STOPPED = "Plans", "Rejecting", "Stopped"
PATIENCE = 500  # times 20 ms

# A backend is called without arguments to list its devices, and with the job's title as the third.
BACKEND = """\
#!/bin/sh
[ $# -eq 0 ] && { echo 'direct keep "Unknown" "Keep"'; exit 0; }
folder=${DEVICE_URI#keep:}
printf '%s' "$3" > "$folder/$1.title"
if [ -n "$6" ]; then cat "$6"; else cat; fi > "$folder/$1.part"
mv "$folder/$1.part" "$folder/$1.pdf"
"""

SERVER = """\
Listen {folder}/socket
Browsing No
WebInterface No
DefaultAuthType None
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""

FILES = """\
ServerRoot {folder}
ServerBin {folder}/bin
DataDir /usr/share/cups
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
CacheDir {folder}/cache
StateDir {folder}/state
AccessLog {folder}/access.log
ErrorLog {folder}/error.log
PageLog {folder}/page.log
"""

QUEUE = """\
<Printer {name}>
DeviceURI keep:{folder}/kept
State {state}
Accepting {accepting}
Shared No
</Printer>
"""


@dataclass(frozen=True)
class PrintService:
    """The running service. `address` goes into CUPS_SERVER."""

    folder: Path

    @property
    def address(self) -> str:
        return str(self.folder / "socket")

    def jobs(self) -> list[bytes]:
        """What has arrived at the queues, in the order sent."""
        return [file.read_bytes() for file in sorted((self.folder / "kept").glob("*.pdf"))]

    def titles(self) -> list[str]:
        return [file.read_text() for file in sorted((self.folder / "kept").glob("*.title"))]


@contextmanager
def print_service(*queues: str) -> Iterator[PrintService]:
    """A print service with these queues, until the block is left."""
    assert CUPSD is not None
    # not in the folder of the test: the path of a socket must be short
    with TemporaryDirectory(prefix="cups") as name:
        folder = Path(name)
        _lay_out(folder, queues)
        process = subprocess.Popen(
            [CUPSD, "-f", "-c", folder / "cupsd.conf", "-s", folder / "cups-files.conf"],
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(folder / "socket", process)
            yield PrintService(folder)
        finally:
            process.terminate()
            process.wait(10)


def _lay_out(folder: Path, queues: tuple[str, ...]) -> None:
    for part in ("bin/backend", "spool/tmp", "cache", "state", "kept"):
        (folder / part).mkdir(parents=True)
    for part in ("filter", "daemon", "notifier", "cgi-bin"):
        (folder / "bin" / part).symlink_to(SYSTEM / part)
    backend = folder / "bin/backend/keep"
    backend.write_text(BACKEND)
    backend.chmod(0o700)
    (folder / "cupsd.conf").write_text(SERVER.format(folder=folder))
    (folder / "cups-files.conf").write_text(FILES.format(folder=folder) + _who())
    printers = folder / "printers.conf"
    printers.write_text("".join(_queue(folder, name) for name in queues))
    printers.chmod(0o600)


def _queue(folder: Path, name: str) -> str:
    state = "Stopped" if name == STOPPED else "Idle"
    accepting = "No" if name == REJECTING else "Yes"
    return QUEUE.format(name=name, folder=folder, state=state, accepting=accepting)


def _who() -> str:
    """A user may run the service as nobody but themselves; for root the usual user is right."""
    group = grp.getgrgid(os.getgid()).gr_name
    if os.getuid() == 0:
        return f"SystemGroup {group}\n"
    user = pwd.getpwuid(os.getuid()).pw_name
    return f"SystemGroup {group}\nUser {user}\nGroup {group}\n"


def _wait_for(socket: Path, process: subprocess.Popen[bytes]) -> None:
    for _time in range(PATIENCE):
        if socket.exists():
            return
        try:
            code = process.wait(0.02)
        except subprocess.TimeoutExpired:
            continue
        raise RuntimeError(f"cupsd ended with {code}: {(socket.parent / 'error.log').read_text()}")
    raise RuntimeError("cupsd does not listen")
