"""An organisation at a real central store, and laptops with real stores that exchange with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from starlette.testclient import TestClient

from caseworker_app.domain.exchange import Colleague
from caseworker_app.services.exchange import connecting, rounds
from caseworker_app.services.exchange.way import Way
from caseworker_app.store.store import Store
from caseworker_app.sync.link import Answer
from central_store.office.devices import confirm_device
from central_store.office.enrolment import enrolment_code
from central_store.office.people import add_user
from tests.builders import NOW, a_profile, a_store
from tests.central.an_organisation import AnOrganisation, an_organisation

SERVER = "http://127.0.0.1:8765"


class InProcess:
    """The real application of the central store, without a network in between."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        said = self.client.request(method, path, content=body, headers=dict(headers))
        named = {name.lower(): value for name, value in said.headers.items()}
        return Answer(said.status_code, named, said.content)


@dataclass
class Laptop:
    """A laptop of a coach, connected and confirmed."""

    store: Store
    way: Way
    colleague: Colleague

    def exchange(self) -> None:
        rounds.run(self.store, self.way)


@dataclass
class Team:
    """An organisation and its laptops."""

    folder: Path
    client: TestClient
    ours: AnOrganisation
    now: datetime = NOW

    @property
    def way(self) -> Way:
        return Way(InProcess(self.client), lambda: self.now)

    def coach(self, name: str) -> Laptop:
        """Somebody new with a connected laptop."""
        user = add_user(self.ours.office, name, self.now)
        return self.laptop(Colleague(self.ours.org, user, name))

    def laptop(self, of: Colleague, number: int = 1) -> Laptop:
        """One more laptop of somebody, connected with a code and confirmed by the office."""
        folder = self.folder / self.ours.office.handle / f"{of.name} {number}"
        laptop = Laptop(a_store(folder, a_profile(of.name)), self.way, of)
        code = enrolment_code(self.ours.office, str(of.user), SERVER, self.now)
        connecting.connect(laptop.store, code, self.way)
        confirm_device(self.ours.office, str(laptop.store.keys.device_id), self.now)
        self.ours.sign()
        return laptop


def a_team(folder: Path, client: TestClient, owner: Engine) -> Team:
    """A new organisation without anybody in it."""
    return Team(folder, client, an_organisation(owner, now=NOW))
