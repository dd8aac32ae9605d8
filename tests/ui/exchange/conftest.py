"""One embedded PostgreSQL, and a served central store with an organisation for whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.central.conftest import app_engine, owner, postgres
from tests.ui.exchange.at_a_server import Town, a_town, served

__all__ = ("app_engine", "owner", "postgres")


@pytest.fixture
def town(app_engine: Engine, owner: Engine, tmp_path: Path) -> Iterator[Town]:
    """An organisation at a central store that is reached over HTTP."""
    with served(app_engine) as server:
        yield a_town(owner, server, tmp_path / "others")
