"""A member of a case who means harm hurts nobody but themselves: nothing stops, nothing is lost."""

from __future__ import annotations

import zlib
from contextlib import suppress
from datetime import timedelta
from uuid import UUID, uuid4

import cbor2
import pytest

from caseworker_app.domain.kinds import KINDS
from caseworker_app.domain.sharing import Role
from caseworker_app.domain.talk import Statement
from caseworker_app.services import answers, checking, goals, people
from caseworker_app.services.exchange import sharing
from caseworker_app.store import STORE_NAME, members, organisations, projection, streams
from caseworker_app.store.organisations import Organisation
from caseworker_app.sync.refusals import Refused
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.directory import ESCROW
from tests.builders import NOW, a_case, a_talk, say
from tests.sync.harm import write, write_body
from tests.sync.office_and_laptops import Laptop, Team
from tests.sync.test_rounds import shared, words

NUMBERS = (2**63 - 1, 2**64 - 1, -(2**64), 2**31, 0.5, float("nan"), float("inf"), -1)
MOMENTS = (
    "2026-01-01", "2026-01-01T00:00:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:00",
    "9999-12-31", "0001-01-01",
)  # fmt: skip
THINGS = (None, True, "", "x" * 16, "\0", "'; DROP TABLE goal; --", b"", bytes(16), [], {}, [[]])
ANYTHING = (*NUMBERS, *MOMENTS, *THINGS)
MOST_CLOCK = 2**63 - 1


def harmed(team: Team) -> tuple[Laptop, Laptop, UUID]:
    """Ine, and Tom who means harm, in one case in which something stands already."""
    ine, tom, case = shared(team)
    goals.add_goal(ine.store, case, "Fahrrad", "", NOW)
    ine.exchange()
    tom.exchange()
    return ine, tom, case


def nothing_is_hurt(ine: Laptop, tom: Laptop, case: UUID) -> None:
    """Tom hands over; Ine takes it, and goes on as before."""
    tom.exchange()
    ine.exchange()
    assert "Fahrrad" in words(ine, case)
    goals.add_goal(ine.store, case, "danach", "", NOW)
    ine.exchange()
    assert "danach" in words(ine, case)
    with ine.store.reading() as reading:
        unnumbered = reading.connection.exec_driver_sql(
            "SELECT count(*) FROM waiting WHERE case_id = ?", (case.bytes,)
        ).scalar_one()
    assert unnumbered == 0
    assert checking.check_open(ine.store).findings == []


BODIES = (
    b"",
    b"no body at all",
    zlib.compress(b"no CBOR"),
    zlib.compress(cbor2.dumps(5)),
    zlib.compress(cbor2.dumps([["goal", "x" * 16, "words", "", []]])),
    zlib.compress(cbor2.dumps([["goal", bytes(16), "words", "", ["x" * 16]]])),
    zlib.compress(cbor2.dumps([["goal", bytes(16), "words", ""]])),
    zlib.compress(cbor2.dumps([["goal", bytes(16), "words", "", [bytes(16)] * 60_000]])),
    zlib.compress(bytes(64 << 20)),
    zlib.compress(b"\x81" * (4 << 20)),
    zlib.compress(b"\x9b" + b"\xff" * 8),
)


def test_a_body_that_is_none_is_kept_for_the_chain_and_shows_nothing(team: Team) -> None:
    ine, tom, case = harmed(team)
    for body in BODIES:
        write_body(tom, case, body)
    nothing_is_hurt(ine, tom, case)


def test_no_value_of_any_field_stops_anybody(team: Team) -> None:
    ine, tom, case = harmed(team)
    for kind in KINDS:
        for value in ANYTHING:
            value_id = uuid4().bytes
            edits = [[kind, value_id, name, value] for name in projection.COLUMNS[kind]]
            write(tom, case, *edits)
    with ine.store.reading() as reading:
        there = [one.id.bytes for one in reading.all(KINDS["goal"], case=case)]
    for value in ANYTHING:
        write(tom, case, *(["goal", there[0], name, value] for name in ("position", "confidence")))
    nothing_is_hurt(ine, tom, case)


def test_names_of_fields_and_kinds_are_no_sql(team: Team) -> None:
    ine, tom, case = harmed(team)
    for name in (
        "",
        "\0",
        "words; DROP TABLE goal",
        "id",
        "case_id",
        "_state",
        "_row",
        "x" * 70000,
    ):
        write(tom, case, ["goal", uuid4().bytes, name, "x"], [name, uuid4().bytes, "words", "x"])
    nothing_is_hurt(ine, tom, case)


def test_a_clock_at_the_end_of_time_leaves_the_clocks_of_others_alone(team: Team) -> None:
    ine, tom, case = harmed(team)
    goal = uuid4().bytes
    write(tom, case, ["goal", goal, "words", "am Ende der Zeit"], clock=MOST_CLOCK)
    nothing_is_hurt(ine, tom, case)
    assert "am Ende der Zeit" in words(ine, case)
    people.lines(ine.store, NOW)
    own = ine.store.keys.device_id.bytes
    with ine.store.reading() as reading:
        latest = reading.connection.exec_driver_sql(
            "SELECT max(clock) FROM change WHERE device = ?", (own,)
        ).scalar_one()
    assert latest >> 16 < (NOW + timedelta(days=1)).timestamp() * 1000


@pytest.mark.parametrize("epoch", [0, 2**32])
def test_a_key_that_nobody_ever_made_is_waited_for_by_nobody(team: Team, epoch: int) -> None:
    ine, tom, case = harmed(team)
    goals.add_goal(tom.store, case, "zuvor", "", NOW)
    tom.exchange()
    write(tom, case, ["goal", uuid4().bytes, "words", "x"], epoch=epoch)
    write(tom, case, ["goal", uuid4().bytes, "words", "y"])
    with suppress(Refused):
        tom.exchange()
    ine.exchange()
    goals.add_goal(ine.store, case, "danach", "", NOW)
    ine.exchange()
    assert set(words(ine, case)) == {"Fahrrad", "zuvor", "danach"}
    with ine.store.reading() as reading:
        stream = streams.stream(reading, case)
    assert stream is not None
    assert stream.state is streams.State.OPEN


def test_the_id_of_a_change_of_another_case_stops_neither(team: Team) -> None:
    ine, tom, case = harmed(team)
    other = a_case(ine.store, "Esra Musterfrau")
    ine.exchange()
    sharing.invite(ine.store, other, tom.colleague, Role.WRITES, NOW)
    ine.exchange()
    tom.exchange()
    with ine.store.reading() as reading:
        taken = UUID(
            bytes=reading.connection.exec_driver_sql(
                "SELECT id FROM change WHERE case_id = ?", (other.bytes,)
            ).scalar()
        )
    with tom.store.changing(NOW) as changing:
        changing.connection.exec_driver_sql("DELETE FROM change WHERE id = ?", (taken.bytes,))
    write(tom, case, ["goal", uuid4().bytes, "words", "x"], change=taken)
    with suppress(Refused):
        tom.exchange()
    ine.exchange()
    goals.add_goal(ine.store, case, "danach", "", NOW)
    goals.add_goal(ine.store, other, "auch hier", "", NOW)
    ine.exchange()
    assert set(words(ine, case)) == {"Fahrrad", "danach"}
    assert words(ine, other) == ["auch hier"]


def test_very_many_fields_cost_no_more_than_they_weigh(team: Team) -> None:
    ine, tom, case = harmed(team)
    goal = uuid4().bytes
    for number in range(3):
        write(tom, case, *(["goal", goal, f"{number}.{field}", ""] for field in range(8000)))
    nothing_is_hurt(ine, tom, case)


def test_small_bodies_of_much_fill_nobodys_disk(team: Team) -> None:
    ine, tom, case = harmed(team)
    for _ in range(40):
        write(tom, case, ["goal", uuid4().bytes, "words", "x" * (7 << 20)])
    nothing_is_hurt(ine, tom, case)
    assert (ine.store.folder / STORE_NAME).stat().st_size < 8 << 20


def test_what_somebody_pastes_a_thousand_times_still_comes(team: Team) -> None:
    ine, tom, case = harmed(team)
    goals.add_goal(tom.store, case, "immer wieder " * 100_000, "", NOW)
    nothing_is_hurt(ine, tom, case)
    assert "immer wieder " * 100_000 in words(ine, case)


def test_saying_one_thing_twice_in_one_change_counts_once(team: Team) -> None:
    ine, tom, case = harmed(team)
    goal = uuid4().bytes
    write(tom, case, ["goal", goal, "words", "eins"], ["goal", goal, "words", "zwei"])
    nothing_is_hurt(ine, tom, case)


def test_a_key_that_opens_nothing_takes_nobody_theirs(team: Team) -> None:
    ine, tom, case = harmed(team)
    with tom.store.reading() as reading:
        latest = members.latest(reading, case)
    assert latest is not None
    everybody = (ine.store.keys.device_id, tom.store.keys.device_id, ESCROW)
    false = tuple(m.WrappedKey(1, device, bytes(80)) for device in everybody)
    tom.way.link(tom.store, own(tom)).put_members(m.PutMembers(case, (), false))
    second = team.laptop(ine.colleague, 2)
    ine.exchange()
    second.exchange()
    assert words(second, case) == ["Fahrrad"]
    said = ine.way.link(ine.store, own(ine)).ask(m.Members, "members", m.AskMembers(case, 0))
    assert bytes(80) not in [key.wrapped for key in said.keys]
    nothing_is_hurt(ine, tom, case)


def test_a_false_key_that_comes_first_is_said_to_be_false_and_replaced(team: Team) -> None:
    ine, tom, case = harmed(team)
    sharing.change_role(ine.store, case, tom.colleague, Role.READS, NOW)
    ine.exchange()
    second = team.laptop(ine.colleague, 2)
    false = (m.WrappedKey(1, second.store.keys.device_id, bytes(80)),)
    link = tom.way.link(tom.store, own(tom))
    link.put_members(m.PutMembers(case, (), false))
    ine.exchange()
    second.exchange()
    link.put_members(m.PutMembers(case, (), false))
    ine.exchange()
    link.put_members(m.PutMembers(case, (), false))
    second.exchange()
    assert words(second, case) == ["Fahrrad"]


def own(laptop: Laptop) -> Organisation:
    with laptop.store.reading() as reading:
        found = organisations.own(reading)
    assert found is not None
    return found


def test_what_is_said_to_belong_to_a_talk_of_another_case_is_no_part_of_it(team: Team) -> None:
    ine, tom, case = harmed(team)
    other = a_case(ine.store, "Esra Musterfrau")
    talk = a_talk(ine.store, other)
    question = {"conversation": talk.id.bytes, "question": "last-year", "section": "how-are-you"}
    for kind in ("answer", "statement", "rating", "topic", "prompt"):
        value_id = uuid4().bytes
        edits = [[kind, value_id, name, value] for name, value in question.items()]
        write(
            tom, case, *edits, [kind, value_id, "draft", True], [kind, value_id, "removed", False]
        )
    tom.exchange()
    ine.exchange()
    say(ine.store, talk, "nur hier")
    answers.set_value(ine.store, talk, "last-year", "ja", NOW)
    answers.rate(ine.store, talk, "home", NOW, satisfaction=5)
    with ine.store.reading() as reading:
        assert {one.case for one in streams.unsent(reading)} == {other}
        assert [one.words for one in reading.all(Statement, case=other)] != []
        assert {one.case for one in reading.all(Statement, conversation=talk.id)} == {other}
