"""What has grown large is read; an answer that cannot be read holds up one case alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select

from caseworker_app.domain.sharing import Role
from caseworker_app.services import goals
from caseworker_app.services.exchange import sharing
from caseworker_app.services.exchange.view import view
from caseworker_app.store import organisations
from caseworker_app.sync.link import MOST_ANSWER, Answer, Link, Transport
from caseworker_app.sync.refusals import NotBelieved
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.packing import pack
from central_store import tables as t
from tests.builders import NOW, a_case
from tests.sync.office_and_laptops import Laptop, Team
from tests.sync.test_rounds import shared, words

MANY_CASES = 4_000
MANY_KEYS = 17_000


def link_of(laptop: Laptop) -> Link:
    with laptop.store.reading() as reading:
        own = organisations.own(reading)
    assert own is not None
    return laptop.way.link(laptop.store, own)


def test_whoever_is_in_thousands_of_cases_reads_how_far_they_are(team: Team) -> None:
    ine = team.coach("Ine Voorbeeld")
    a_case(ine.store)
    ine.exchange()
    cases = [uuid4() for _ in range(MANY_CASES - 1)]
    with team.ours.office.work() as db:
        for table in (t.stream, t.record, t.seat):
            here = select(table).where(table.c.org_id == team.ours.org)
            row = db.execute(here).mappings().one()
            db.execute(insert(table), [{**row, "case_id": case} for case in cases])
    heads = link_of(ine).ask(m.Heads, "heads", m.AskHeads())
    assert len(heads.streams) == MANY_CASES


def test_a_case_that_somebody_has_filled_with_keys_goes_on(team: Team) -> None:
    """As a central store may have taken them that did not ask yet which keys there are."""
    ine, tom, case = shared(team)
    device = tom.store.keys.device_id
    row = {"org_id": team.ours.org, "case_id": case, "device_id": device, "wrapped": bytes(80)}
    with team.ours.office.work() as db:
        db.execute(insert(t.wrap), [{**row, "epoch": 2 + one} for one in range(MANY_KEYS)])
    sharing.take_out(ine.store, case, tom.colleague, NOW)
    goals.add_goal(ine.store, case, "Ruhe", "", NOW)
    ine.exchange()
    second = team.laptop(ine.colleague, 2)
    ine.exchange()
    second.exchange()
    assert words(second, case) == ["Ruhe"]
    tom.exchange()
    assert goals.cards(tom.store, case) == ()


@dataclass
class Garbling:
    """One kind of answer about one case is always this."""

    behind: Transport
    case: UUID
    name: str
    answer: bytes

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        answer = self.behind.send(method, path, body, headers)
        is_it = path.endswith(self.name) and self.case.bytes in body
        return replace(answer, body=self.answer) if is_it else answer


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("/members", b"<html>"),
        ("/pull", b"<html>"),
        ("/pull", bytes(MOST_ANSWER + 1)),
        ("/pull", pack(m.Page([], 1, bytes(32)))),
    ],
    ids=["members", "page", "too long", "batch"],
)
def test_what_cannot_be_read_about_one_case_does_not_hold_up_the_others(
    team: Team, name: str, answer: bytes
) -> None:
    ine, tom, first = shared(team)
    cases = sorted(
        [first, a_case(ine.store, "Esra Musterfrau"), a_case(ine.store, "Amal Beispiel")]
    )
    ine.exchange()
    for case in cases:
        sharing.invite(ine.store, case, tom.colleague, Role.LEADS, NOW)
        goals.add_goal(ine.store, case, "Fahrrad", "", NOW)
    ine.exchange()
    spoilt, *others = cases  # the others come after it
    transport = Garbling(tom.way.transport, spoilt, name, answer)
    garbled = replace(tom.way, transport=transport)
    with pytest.raises(NotBelieved):
        Laptop(tom.store, garbled, tom.colleague).exchange()
    assert [words(tom, case) for case in others] == [["Fahrrad"]] * 2
    assert view(tom.store).standing == "trouble"
    tom.exchange()
    assert words(tom, spoilt) == ["Fahrrad"]
