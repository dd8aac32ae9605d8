"""One embedded PostgreSQL for all tests here, and a team for each that wants one."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from tests.central.conftest import app_engine, client, clock, owner, postgres
from tests.sync.office_and_laptops import Team, a_team

__all__ = ("app_engine", "client", "clock", "owner", "postgres")


@pytest.fixture
def team(tmp_path: Path, client: TestClient, owner: Engine) -> Team:
    return a_team(tmp_path, client, owner)
