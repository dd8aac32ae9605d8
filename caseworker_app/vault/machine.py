"""What the vault asks of the machine it runs on, and how it keeps it from leaking memory."""

from __future__ import annotations

import ctypes
import os
import sys

PR_SET_DUMPABLE = 4
OWNER_ONLY = 0o077


def harden_process() -> None:
    """Called once at the start: no memory of this process on the disk, no file for others.

    Best effort, and no replacement for an encrypted disk: a system may still swap. On Linux the
    process also stops being readable for other processes of the same user.
    """
    os.umask(OWNER_ONLY)
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is no such module on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


class _MemoryStatus(ctypes.Structure):
    """MEMORYSTATUSEX of Windows."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        ("total", ctypes.c_uint64),
        ("rest", ctypes.c_uint64 * 6),
    )


def memory_bytes() -> int:
    """The memory built into this machine, in bytes; 0 where the system does not say."""
    if sys.platform == "win32":
        status = _MemoryStatus(length=ctypes.sizeof(_MemoryStatus))
        ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
        return int(status.total)
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return 0
