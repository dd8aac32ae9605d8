"""The central store or a laptop went back to an older state: nothing is lost, and it shows."""

from __future__ import annotations

import shutil
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text

from caseworker_app.services import checking, goals, stores
from caseworker_app.services.exchange import view as exchange_view
from caseworker_app.store.store import Store
from central_store import tables
from tests.builders import NOW, PASSPHRASE
from tests.store.test_exchange import seen_in
from tests.sync.office_and_laptops import Laptop, Team
from tests.sync.test_rounds import shared, words


def copied(store: Store, to: str) -> None:
    """Lay a copy of the closed store beside it."""
    shutil.copytree(store.folder, store.folder.with_name(to))


def put_back(laptop: Laptop, of: str) -> Laptop:
    """The laptop with the copy in the place of its store."""
    folder = laptop.store.folder
    laptop.store.close()
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name(of), folder)
    return replace(laptop, store=stores.unlock(folder, PASSPHRASE))


def reopened(laptop: Laptop) -> Laptop:
    laptop.store.close()
    return replace(laptop, store=stores.unlock(laptop.store.folder, PASSPHRASE))


def forget(owner: Engine, org: UUID, after: int, *, new_epoch: bool) -> None:
    """Put the central store back to where the streams of this organisation ended after so many."""
    with owner.begin() as db:
        db.execute(text("SELECT set_config('caseworker.org', :org, true)"), {"org": str(org)})
        if after == 0:
            for table in reversed(tables.metadata.sorted_tables):
                if "case_id" in table.c:
                    db.execute(table.delete().where(table.c.org_id == org))
        else:
            gone = db.execute(
                text("DELETE FROM change WHERE org_id = :org AND seq > :seq RETURNING hash"),
                {"org": org, "seq": after},
            )
            assert gone.rowcount
        if new_epoch:
            db.execute(text("UPDATE server SET epoch = :epoch"), {"epoch": uuid4()})


def after_a_fire(team: Team) -> tuple[Laptop, Laptop, UUID]:
    """Ine's laptop was put back from before what she handed over last, and she wrote on."""
    ine, tom, case = shared(team)
    ine.store.close()
    copied(ine.store, "copy")
    ine = reopened(ine)
    goals.add_goal(ine.store, case, "vor dem Brand", "", NOW)
    ine.exchange()
    ine = put_back(ine, "copy")
    goals.add_goal(ine.store, case, "nach dem Brand", "", NOW)
    return ine, tom, case


def test_a_laptop_that_was_put_back_gets_its_own_changes_again(team: Team) -> None:
    ine, tom, case = after_a_fire(team)
    goals.add_goal(ine.store, case, "und noch eins", "", NOW)
    ine.exchange()
    tom.exchange()
    assert sorted(words(tom, case)) == ["nach dem Brand", "und noch eins", "vor dem Brand"]
    assert seen_in(ine.store, case) == seen_in(tom.store, case)
    assert checking.check_open(ine.store).findings == []
    assert exchange_view.view(ine.store).changes_waiting == 0


@pytest.mark.parametrize("new_epoch", [True, False])
def test_a_central_store_that_lost_everything_is_filled_again(
    team: Team, owner: Engine, new_epoch: bool
) -> None:
    ine, tom, case = shared(team)
    goals.add_goal(tom.store, case, "Ruhe", "", NOW)
    tom.exchange()
    ine.exchange()
    forget(owner, team.ours.org, 0, new_epoch=new_epoch)
    for _ in range(3):
        ine.exchange()
        tom.exchange()
    fresh = team.laptop(tom.colleague, 2)
    ine.exchange()
    fresh.exchange()
    assert words(fresh, case) == ["Ruhe"]
    assert seen_in(ine.store, case) == seen_in(fresh.store, case)
    assert exchange_view.view(ine.store).gone_back is not None
    assert exchange_view.view(ine.store).changes_waiting == 0
