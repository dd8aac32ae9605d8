"""A save that is too large for one push: no program writes it any more, and an older one has."""

from __future__ import annotations

import base64
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from caseworker_app import errors
from caseworker_app.domain.changes import Edit
from caseworker_app.domain.sharing import Role
from caseworker_app.services import checking, goals
from caseworker_app.services.exchange import revoked, sharing, signed_off
from caseworker_app.services.exchange import view as exchange_view
from caseworker_app.services.exchange.revoked import LaptopRevoked
from caseworker_app.store import HANDOVER_NAME, bodies, log, streams
from caseworker_app.store.streams import State
from caseworker_app.sync.link import Answer, Transport
from caseworker_app.sync.refusals import Refused
from caseworker_app.sync.wire.changes import MOST_PUSH_BYTES
from caseworker_app.sync.wire.packing import pack
from tests.builders import NOW, a_case
from tests.sync.newer_program import write_as_older
from tests.sync.office_and_laptops import Laptop, Team
from tests.sync.test_going_back import after_a_fire
from tests.sync.test_handing_in import aside
from tests.sync.test_leaving import offline, order_of
from tests.sync.test_rounds import shared, words

PASTED = base64.b64encode(random.Random(1).randbytes(4_500_000)).decode()
"""A picture as text, as somebody may paste it: it does not become small enough."""

TOO_MUCH = random.Random(3).randbytes(4_500_000)
"""The same to the exchange, and much less work for the index of words."""


def paste(by: Laptop, case: UUID) -> None:
    """As a program wrote it that knew of no limit."""
    write_as_older(by.store, case, [Edit("goal", uuid4(), "words", TOO_MUCH, ())], NOW)


def waiting(of: Laptop) -> int:
    return exchange_view.view(of.store).changes_waiting


def exchange_in_vain(of: Laptop) -> None:
    with pytest.raises(Refused) as caught:
        of.exchange()
    assert caught.value.error == "too-large"
    assert exchange_view.view(of.store).problem is not None


def test_what_could_never_be_handed_over_is_not_written(team: Team) -> None:
    ine = team.coach("Ine Voorbeeld")
    case = a_case(ine.store)
    with pytest.raises(errors.DocumentTooLarge) as caught:
        goals.add_goal(ine.store, case, PASTED, "", NOW)
    assert caught.value.details == {"most": 4}
    assert words(ine, case) == []
    ine.exchange()
    assert waiting(ine) == 0


def test_the_largest_save_there_is_arrives(team: Team) -> None:
    ine, tom, case = shared(team)
    room = bodies.MOST_SEALED - bodies.SEAL_BYTES - 2 * bodies.STEP
    with ine.store.changing(NOW) as changing:
        edit = Edit("goal", uuid4(), "words", random.Random(2).randbytes(room - 2000), ())
        change = changing.append(case, [edit])
        (last,) = [e for e in log.entries(changing.connection, case) if e.header.change == change]
    assert last.sealed is not None
    assert MOST_PUSH_BYTES - len(last.header_bytes) - len(last.sealed) < 4000
    ine.exchange()
    tom.exchange()
    assert waiting(ine) == 0
    with tom.store.reading() as reading:
        assert log.edits_of(reading.connection, tom.store.keys, change) == (edit,)


def test_a_save_of_an_older_program_that_is_too_large_keeps_back_its_own_case_alone(
    team: Team,
) -> None:
    ine, tom = team.coach("Ine Voorbeeld"), team.coach("Tom Beispiel")
    first, *others = sorted(a_case(ine.store, name) for name in ("Tobias Brandt", "Wim", "Esra"))
    ine.exchange()
    tom.exchange()
    for case in (first, *others):
        sharing.invite(ine.store, case, tom.colleague, Role.WRITES, NOW)
    ine.exchange()
    goals.add_goal(ine.store, first, "davor", "", NOW)
    paste(ine, first)
    for case in (first, *others):
        goals.add_goal(ine.store, case, "danach", "", NOW)
    watched = Counting(ine.way.transport)
    ine.way = replace(ine.way, transport=watched)
    exchange_in_vain(ine)
    exchange_in_vain(ine)
    assert watched.largest < MOST_PUSH_BYTES  # it is not sent in vain in every round
    assert waiting(ine) == 2
    tom.exchange()
    assert words(tom, first) == ["davor"]
    assert [words(tom, case) for case in others] == [["danach"], ["danach"]]


def test_one_case_that_is_refused_on_the_way_does_not_keep_back_the_others(team: Team) -> None:
    """Whoever runs the proxy before the central store left it at a smaller limit."""
    ine = team.coach("Ine Voorbeeld")
    first, *others = sorted(a_case(ine.store, name) for name in ("Tobias Brandt", "Wim", "Esra"))
    ine.exchange()
    goals.add_goal(ine.store, first, PASTED[:1_500_000], "", NOW)
    for case in others:
        goals.add_goal(ine.store, case, "Ruhe", "", NOW)
    way = ine.way
    ine.way = replace(way, transport=Narrow(way.transport))
    exchange_in_vain(ine)
    assert waiting(ine) == 1
    ine.way = way
    ine.exchange()
    assert waiting(ine) == 0


def test_a_laptop_that_was_put_back_keeps_what_is_too_large(team: Team) -> None:
    ine, tom, case = after_a_fire(team)
    paste(ine, case)
    exchange_in_vain(ine)
    tom.exchange()
    assert sorted(words(tom, case)) == ["nach dem Brand", "vor dem Brand"]
    assert sorted(words(ine, case)) == sorted(["", "nach dem Brand", "vor dem Brand"])
    assert waiting(ine) == 1
    assert checking.check_open(ine.store).findings == []


def test_what_somebody_wrote_who_only_reads_lies_aside_up_to_it(team: Team, owner: Engine) -> None:
    ine, tom, case = shared(team)
    sharing.change_role(ine.store, case, tom.colleague, Role.READS, NOW)
    for laptop in (ine, tom):
        laptop.exchange()
    goals.add_goal(tom.store, case, "davor", "", NOW)
    paste(tom, case)
    exchange_in_vain(tom)
    assert (aside(owner, team), waiting(tom)) == (1, 2)


def test_a_case_that_was_taken_away_is_locked_and_not_erased_before_it_can_be_handed_in(
    team: Team, owner: Engine
) -> None:
    ine, tom, case = shared(team)
    goals.add_goal(tom.store, case, "davor", "", NOW)
    paste(tom, case)
    sharing.take_out(ine.store, case, tom.colleague, NOW)
    ine.exchange()
    exchange_in_vain(tom)
    with tom.store.reading() as reading:
        stream = streams.stream(reading, case)
    assert stream is not None
    assert stream.state is State.TAKEN
    assert (aside(owner, team), waiting(tom)) == (1, 2)
    assert checking.check_open(tom.store).findings == []


def test_a_laptop_that_was_signed_off_hands_in_all_but_what_is_too_large(
    team: Team, owner: Engine
) -> None:
    _ine, tom, case = shared(team)
    alone = sorted(a_case(tom.store, name) for name in ("Wim", "Esra"))
    tom.exchange()
    for one in (case, *alone):
        goals.add_goal(tom.store, one, "davor", "", NOW)
    paste(tom, case)
    goals.add_goal(tom.store, case, "danach", "", NOW)
    team.ours.revoke(tom.store.keys.device_id)
    with pytest.raises(LaptopRevoked) as gone:
        revoked.carry_out(tom.store, order_of(team), offline(tom))
    assert gone.value.handed_in == 0
    folder = tom.store.folder
    assert signed_off.look(folder).changes == 3
    assert revoked.hand_in(folder, team.way) == 3
    assert aside(owner, team) == 3
    said = signed_off.look(folder)
    assert (said.changes, said.is_kept) == (0, True)
    (kept,) = folder.iterdir()
    assert kept.stat().st_size > MOST_PUSH_BYTES


def test_where_nothing_waits_but_what_is_too_large_it_is_kept_and_said(team: Team) -> None:
    tom = team.coach("Tom Beispiel")
    case = a_case(tom.store)
    tom.exchange()
    paste(tom, case)
    team.ours.revoke(tom.store.keys.device_id)
    with pytest.raises(LaptopRevoked):
        tom.exchange()
    said = signed_off.look(tom.store.folder)
    assert (said.changes, said.is_kept) == (0, True)
    assert not revoked.was_revoked(tom.store.folder)


@pytest.mark.parametrize(
    "spoilt", [b"", bytes(10), pack([bytes(16), [], []])], ids=["empty", "zeros", "no change"]
)
def test_a_part_of_the_file_that_is_damaged_does_not_keep_back_the_rest(
    team: Team, spoilt: bytes, owner: Engine
) -> None:
    _ine, tom, case = shared(team)
    other = a_case(tom.store, "Wim")
    tom.exchange()
    for one in (case, other):
        goals.add_goal(tom.store, one, "davor", "", NOW)
    team.ours.revoke(tom.store.keys.device_id)
    with pytest.raises(LaptopRevoked):
        revoked.carry_out(tom.store, order_of(team), offline(tom))
    folder = tom.store.folder
    left = revoked.read(folder)
    assert left is not None
    _first, second = left.batches
    (folder / HANDOVER_NAME).write_bytes(pack(replace(left, batches=(spoilt, second))))
    assert signed_off.look(folder).changes == 1
    assert revoked.hand_in(folder, team.way) == 1
    assert aside(owner, team) == 1
    assert signed_off.look(folder).is_kept


@dataclass
class Counting:
    """Knows how large the largest request was."""

    way: Transport
    largest: int = 0

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        self.largest = max(self.largest, len(body))
        return self.way.send(method, path, body, headers)


@dataclass
class Narrow:
    """A proxy on the way that lets no more than a mebibyte pass."""

    way: Transport

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        if len(body) > 1 << 20:
            return Answer(413, {}, b"<html>Request Entity Too Large</html>")
        return self.way.send(method, path, body, headers)
