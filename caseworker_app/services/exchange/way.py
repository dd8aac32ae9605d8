"""What a round is handed: the way to a server, the clock, and whether it shall stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from caseworker_app.store.organisations import Organisation
from caseworker_app.store.store import Store
from caseworker_app.sync.http import Https
from caseworker_app.sync.link import Aside, Link, Transport


@dataclass(frozen=True, slots=True)
class Way:
    """`transport` carries requests to the server of the organisation; `stop` is asked before each.

    `aside` lets the next request be under way while the answer before it is worked on.
    """

    transport: Transport
    now: Callable[[], datetime]
    stop: Callable[[], bool] = lambda: False
    aside: Aside | None = None

    def link(self, store: Store, to: Organisation) -> Link:
        """This device and an organisation on that server."""
        return Link(self.transport, to.handle, to.org, store.keys, self.stop, self.aside)

    def milliseconds(self) -> int:
        """Now, as it is signed and sent."""
        return milliseconds(self.now())


def milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970."""
    return int(moment.timestamp() * 1000)


@contextmanager
def real_way(
    server: str, now: Callable[[], datetime], stop: Callable[[], bool] = lambda: False
) -> Iterator[Way]:
    """The way over the network to this server, closed at the end."""
    transport = Https(server, stop)
    try:
        yield Way(transport, now, stop, transport.aside)
    finally:
        transport.close()
