"""A laptop that was signed off, and the power that goes at every step of it."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from caseworker_app.domain.sharing import Role
from caseworker_app.services import goals, stores
from caseworker_app.services.exchange import revoked, sharing, signed_off
from caseworker_app.services.exchange.revoked import LaptopRevoked
from caseworker_app.store import HANDOVER_NAME, streams
from caseworker_app.vault import slots
from tests.builders import NOW, PASSPHRASE, a_case
from tests.sync.office_and_laptops import Team, a_team
from tests.sync.test_leaving import offline, order_of
from tests.sync.test_rounds import shared

MOST_STEPS = 100
ENDED = 7


def killed_at(step: int, folder: Path, act: object) -> bool:
    """Whether a process that did this was killed before it touched the folder so often."""
    child = os.fork()
    if child:
        return not os.WIFEXITED(os.waitpid(child, 0)[1])
    touched = 0

    def count(event: str, about: tuple[object, ...]) -> None:
        nonlocal touched
        if event in ("open", "os.rename", "os.remove") and str(folder) in str(about[0]):
            touched += 1
            if touched == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    try:
        act()  # type: ignore[operator]
    finally:
        os._exit(ENDED)


def test_killed_at_any_step_it_is_destroyed_by_the_next_start_and_keeps_what_waits(
    team: Team, tmp_path: Path
) -> None:
    _ine, tom, case = shared(team)
    goals.add_goal(tom.store, case, "Pfefferminze", "", NOW)
    team.ours.revoke(tom.store.keys.device_id)
    order = order_of(team)
    tom.store.close()
    key = slots.unlock(tom.store.folder, PASSPHRASE)
    was_destroyed = set()
    for step in range(1, MOST_STEPS):
        folder = tmp_path / f"step {step}"
        shutil.copytree(tom.store.folder, folder)

        def act(folder: Path = folder) -> None:
            revoked.carry_out(stores.open_with(folder, key), order, offline(tom))

        was_killed = killed_at(step, folder, act)
        is_due = (folder / HANDOVER_NAME).exists()
        was_destroyed.add(is_due)
        if is_due:
            assert signed_off.look(folder).changes == 1
            assert [file.name for file in folder.iterdir()] == [HANDOVER_NAME]
        else:
            store = stores.open_with(folder, slots.unlock(folder, PASSPHRASE))
            with store.reading() as reading:
                assert [one.changes for one in streams.unsent(reading)] == [1]
            store.close()
        if not was_killed:
            break
    assert was_destroyed == {True, False}
    assert step > 5


def test_what_was_written_as_a_guest_is_handed_in_where_it_belongs(
    team: Team, tmp_path: Path, client: TestClient, owner: Engine
) -> None:
    other = a_team(tmp_path, client, owner)
    team.ours.befriend(other.ours)
    ine, guest = team.coach("Ine Voorbeeld"), other.coach("Gast Iemand")
    case = a_case(ine.store)
    ine.exchange()
    guest.exchange()
    named = {one.name: one for one in sharing.view(ine.store, case).others}
    sharing.invite(ine.store, case, named["Gast Iemand"], Role.WRITES, NOW)
    ine.exchange()
    guest.exchange()
    goals.add_goal(guest.store, case, "noch von nebenan", "", NOW)
    guest.exchange()
    goals.add_goal(guest.store, case, "und noch mehr", "", NOW)
    at_home = a_case(guest.store, "Esra Musterfrau")
    goals.add_goal(guest.store, at_home, "zuhause", "", NOW)
    other.ours.revoke(guest.store.keys.device_id)
    with pytest.raises(LaptopRevoked):
        guest.exchange()
    assert list(guest.store.folder.iterdir()) == []
