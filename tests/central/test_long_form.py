"""The long form's tests in small: they find nothing, and notice the guard that is taken out."""

from __future__ import annotations

import pytest

from tests.faults import exchange_server
from tests.faults.exchange_server import World, foreign_ids, forged, replayed


@pytest.mark.parametrize("fault", [forged, replayed, foreign_ids])
def test_a_planted_bug_is_caught(fault, postgres, owner, app_engine, client, clock, monkeypatch):
    monkeypatch.setattr(exchange_server, "FORGERIES", 200)
    monkeypatch.setattr(exchange_server, "ROUNDS", 1)
    row = fault(World(postgres, owner, app_engine, client, clock))
    assert row["trials"] > 0
    assert (row["failures"], row["planted_bugs_caught"]) == (0, 1)
