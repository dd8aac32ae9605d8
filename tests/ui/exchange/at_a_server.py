"""A real central store behind the windows of tests: PostgreSQL, HTTP, an office, colleagues."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import uvicorn
from sqlalchemy import Engine

from caseworker_app.domain.exchange import Colleague
from caseworker_app.services.exchange import by_network, connecting
from caseworker_app.store.store import Store
from caseworker_app.sync.wire.invitation import Invitation
from central_store.application import create_application
from central_store.limits import NO_LIMITS
from central_store.office.devices import confirm_device, revoke_device
from central_store.office.enrolment import enrolment_code
from central_store.office.people import add_user
from tests.builders import NOW, a_profile, a_store
from tests.central.an_organisation import AnOrganisation, an_organisation


def now() -> datetime:
    """The time of these tests stands still."""
    return NOW


@contextmanager
def served(engine: Engine) -> Iterator[str]:
    """The central store at a free port of this machine; gives its address."""
    application = create_application(engine, now, os.urandom, NO_LIMITS)
    config = uvicorn.Config(application, log_config=None, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        running = threading.Thread(target=server.run, args=([listening],))
        running.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        running.join()


@dataclass
class Laptop:
    """Another coach's laptop: connected, confirmed, without a window."""

    store: Store
    who: Colleague

    def exchange(self) -> None:
        by_network.run(self.store, now, lambda: False)


@dataclass
class Town:
    """An organisation at the central store."""

    ours: AnOrganisation
    server: str
    folder: Path

    def new_user(self, name: str) -> tuple[Colleague, Invitation]:
        """Somebody who has got a letter."""
        who = Colleague(self.ours.org, add_user(self.ours.office, name, NOW), name)
        return who, self.code_for(who)

    def code_for(self, who: Colleague) -> Invitation:
        """One more code for the same user."""
        return enrolment_code(self.ours.office, str(who.user), self.server, NOW)

    def confirm(self, store: Store) -> None:
        """The office enters a laptop in the directory."""
        confirm_device(self.ours.office, str(store.keys.device_id), NOW)
        self.ours.sign()

    def revoke(self, store: Store) -> None:
        """The office signs a laptop off."""
        revoke_device(self.ours.office, str(store.keys.device_id), NOW)
        self.ours.sign()

    def laptop(self, name: str) -> Laptop:
        """Somebody else, connected and confirmed."""
        who, code = self.new_user(name)
        laptop = Laptop(a_store(self.folder / name, a_profile(name)), who)
        by_network.connect(laptop.store, code, now)
        self.confirm(laptop.store)
        return laptop


def a_town(owner: Engine, server: str, folder: Path) -> Town:
    """A new organisation without anybody in it."""
    return Town(an_organisation(owner, now=NOW), server, folder)


def connected(town: Town, store: Store, name: str = "Miriam Falk") -> Colleague:
    """Connect and confirm the store of a window."""
    who, code = town.new_user(name)
    by_network.connect(store, code, now)
    town.confirm(store)
    assert connecting.server(store) == town.server
    return who
