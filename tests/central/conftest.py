"""One embedded PostgreSQL for all tests here, and a new organisation for each."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from central_store.application import create_application
from central_store.database import engine_of
from central_store.embedded import Embedded, embedded
from central_store.limits import NO_LIMITS
from tests.central.laptop import Laptop, laptops_of
from tests.central.moments import Clock
from tests.central.office import Office


@pytest.fixture(scope="session")
def postgres() -> Iterator[Embedded]:
    """A real PostgreSQL; the name of its folder is short, for the socket lies in it."""
    with tempfile.TemporaryDirectory(prefix="central-") as folder:
        yield embedded(Path(folder) / "pg")


@pytest.fixture
def own_folder() -> Iterator[Path]:
    """For a PostgreSQL of its own: not under `tmp_path`, which its user may not enter."""
    with tempfile.TemporaryDirectory(prefix="central-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def app_engine(postgres: Embedded) -> Iterator[Engine]:
    engine = engine_of(postgres.app)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def owner(postgres: Embedded) -> Iterator[Engine]:
    engine = engine_of(postgres.owner)
    yield engine
    engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(app_engine: Engine, clock: Clock) -> Iterator[TestClient]:
    application = create_application(app_engine, clock, os.urandom, NO_LIMITS)
    with TestClient(application) as made:
        yield made


@pytest.fixture
def office(owner: Engine, clock: Clock) -> Office:
    return Office(owner, clock).create()


@pytest.fixture
def laptop(client: TestClient, office: Office) -> Callable[..., Laptop]:
    """Makes laptops that are in the directory and signed in."""
    return laptops_of(client, office)
