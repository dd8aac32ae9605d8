"""A real server for tests: uvicorn in a process of its own, to be killed and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Self

import httpx2
import psutil

from central_store import answering, reading, serving
from central_store.embedded import embedded
from central_store.limits import NO_LIMITS
from central_store.serving import serve
from tests.central.waiting import until

IMPATIENT_SECONDS = 3
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class RealServer:
    """Uvicorn on a database. It can be killed, and started again at the same address."""

    dsn: str
    impatient: bool = False
    greedy: bool = False
    port: int = 0
    process: subprocess.Popen[bytes] = field(init=False)
    lines: IO[bytes] = field(default_factory=tempfile.TemporaryFile)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Self:
        """Start it, and wait until it is ready."""
        self.port = self.port or free_port()
        command = [sys.executable, "-m", __name__, self.dsn, str(self.port)]
        how = [name for name in ("impatient", "greedy") if getattr(self, name)]
        self.process = subprocess.Popen(
            [*command, *how], cwd=ROOT, stdout=self.lines, stderr=subprocess.STDOUT
        )
        until(self.is_ready, "a server that is ready")
        return self

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.kill()
        self.lines.close()

    def is_ready(self) -> bool:
        """Whether it says that it is."""
        assert self.process.poll() is None, "the server has ended"
        try:
            return httpx2.get(f"{self.address}/ready", timeout=5).status_code == 200
        except httpx2.HTTPError:
            return False

    def kill(self) -> None:
        """As when the power goes."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """As the operator stops it; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def memory(self) -> int:
        """Bytes of memory that it has used at the most until now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024

    def lines_from(self, ports: Iterable[int]) -> int:
        """How many lines from these ports it still keeps."""
        kept = psutil.Process(self.process.pid).net_connections("tcp4")
        return len({one.raddr.port for one in kept if one.raddr} & {*ports})

    def said(self) -> str:
        """All its lines until now."""
        self.lines.seek(0)
        return self.lines.read().decode()


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def kill_postgres(data: Path) -> None:
    """As when the power goes: all processes of this PostgreSQL end at once."""
    postmaster = psutil.Process(int((data / "postmaster.pid").read_text().splitlines()[0]))
    family = [postmaster, *postmaster.children(recursive=True)]
    for one in family:
        try:
            one.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(family, timeout=30)


def start_postgres(data: Path) -> None:
    """Start it again on what it left. In a process of its own, which leaves it running."""
    command = [sys.executable, "-m", __name__, "postgres", str(data)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def main(arguments: list[str]) -> Any:
    """Run as the process that is started above."""
    if arguments[0] == "postgres":
        return embedded(Path(arguments[1]))
    dsn, port, *how = arguments
    if "impatient" in how:  # so that no test has to wait as long as a real line may take
        serving.HEADER_SECONDS = reading.FIRST_SECONDS = IMPATIENT_SECONDS
        serving.READER_SECONDS = IMPATIENT_SECONDS
    if "greedy" in how:  # the planted bug: it reads whatever is sent
        answering.body_of = lambda request, most: reading.body_of(request, most << 20)
    return serve(dsn, None, int(port), limits=NO_LIMITS)


if __name__ == "__main__":
    os.chdir(ROOT)
    main(sys.argv[1:])
