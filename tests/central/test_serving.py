"""`caseworker-central serve` as a process of its own: it ends in order when it is told to."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM to be heard")
def test_told_to_stop_it_takes_its_postgresql_along():
    with tempfile.TemporaryDirectory(prefix="central-", ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        with socket.create_server(("127.0.0.1", 0)) as listening:
            port = listening.getsockname()[1]
        running = subprocess.Popen(
            [sys.executable, "-m", "central_store", "serve", "--data", data, "--port", str(port)],
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
        )
        wait_until_it_answers(running, port)
        sign_of_life = data / "postgres" / "postmaster.pid"
        assert sign_of_life.exists()
        running.send_signal(signal.SIGTERM)
        assert running.wait(PATIENCE) == 0
        assert not sign_of_life.exists()


def wait_until_it_answers(running: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert running.poll() is None
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
    raise AssertionError("it does not answer")
