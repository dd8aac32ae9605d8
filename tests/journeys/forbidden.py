"""A folder in which nobody may write, not even an administrator who runs the tests."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_VERSION = 0x20080522
_OVERRIDES = 1 << 1  # CAP_DAC_OVERRIDE: may write where the folder forbids it


@contextmanager
def no_writing_in(folder: Path) -> Iterator[None]:
    """Forbid it. Threads that begin meanwhile are bound by it, too."""
    folder.chmod(0o500)
    try:
        with _bound_by_rights():
            yield
    finally:
        folder.chmod(0o700)


@contextmanager
def _bound_by_rights() -> Iterator[None]:
    if os.name == "nt":
        pytest.skip("rights are kept otherwise there")
    if os.geteuid() != 0:
        yield
        return
    system = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION, 0)
    rights = (ctypes.c_uint32 * 6)()  # twice: effective, permitted, inheritable
    assert system.capget(header, rights) == 0
    before = rights[0]
    rights[0] = before & ~_OVERRIDES
    assert system.capset(header, rights) == 0
    try:
        yield
    finally:
        rights[0] = before
        assert system.capset(header, rights) == 0
