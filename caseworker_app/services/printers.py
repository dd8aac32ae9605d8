"""Handing the plan's bytes to the system's printers, as they are.

On Linux and macOS `lp` takes the PDF from its standard input, so no copy of it lies on the disk.
On Windows, which has no `lp`, the screen prints it itself.
"""

from __future__ import annotations

import shutil
import subprocess

from caseworker_app import errors

SECONDS = 30


def can_print_directly() -> bool:
    """Whether the system takes a PDF as it is."""
    return shutil.which("lp") is not None


def names() -> tuple[str, ...]:
    """The printers of this laptop, the usual one first; empty when there is none."""
    if shutil.which("lpstat") is None:
        return ()
    listed = _answer(["lpstat", "-e"]).split()
    usual = _answer(["lpstat", "-d"]).rpartition(":")[2].strip()
    return tuple(sorted(listed, key=lambda name: name != usual))


def print_pdf(pdf: bytes, printer: str, copies: int = 1) -> None:
    """Print on both sides of the paper, unscaled. NoPrinter, PrinterRefused.

    The job's title is the program's name: a participant's name has no place in a printer's list.
    """
    if not printer or not can_print_directly():
        raise errors.NoPrinter
    if _is_stopped(printer):
        raise errors.PrinterRefused
    command = [
        "lp", "-s", "-d", printer, "-n", str(copies), "-t", "Caseworker",
        "-o", "sides=two-sided-long-edge", "-o", "print-scaling=none", "-",
    ]  # fmt: skip
    try:
        done = _run(command, pdf)
    except subprocess.TimeoutExpired as error:
        raise errors.PrinterRefused from error
    if done.returncode != 0:
        raise errors.PrinterRefused


def _is_stopped(printer: str) -> bool:
    """Whether the queue would take the plan and keep it unprinted, until somebody wakes it up."""
    return "printer-state=5" in _answer(["lpoptions", "-p", printer]).split()


def _answer(command: list[str]) -> str:
    """What the print service says; nothing when it does not answer."""
    try:
        return _run(command).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _run(command: list[str], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, input=given, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
