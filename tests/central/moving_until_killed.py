"""A laptop that moves documents until the power goes: as a program of its own.

`python -m tests.central.moving_until_killed hand_over|fetch STORE PORT HANDLE CASE` says "part"
after each request about a document, and "done" at the end.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from caseworker_app.services import stores
from caseworker_app.services.exchange import blobs
from caseworker_app.sync.http import Https
from caseworker_app.sync.link import Answer, Link
from caseworker_app.sync.wire.directory import org_id
from tests.builders import NOW, PASSPHRASE


class SaidAloud(Https):
    """Says each answer about a document."""

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        answer = super().send(method, path, body, headers)
        if method in ("PATCH", "GET"):
            print("part", flush=True)
        return answer


def main(what: str, folder: str, port: str, handle: str, case: str) -> None:
    store = stores.unlock(Path(folder), PASSPHRASE)
    way = SaidAloud(f"http://127.0.0.1:{port}")
    link = Link(way, handle, org_id(handle), store.keys)
    while getattr(blobs, what)(store, link, [UUID(case)], NOW).more:
        pass
    print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
