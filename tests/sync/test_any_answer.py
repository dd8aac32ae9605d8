"""Whatever the central store answers, a round ends in an error that a coach can be told about.

A round in which everything happens is recorded, then played again and again with one answer spoilt.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import cbor2

from caseworker_app.domain.sharing import Role
from caseworker_app.errors import CaseworkerError
from caseworker_app.services import checking, goals, papers, people
from caseworker_app.services.exchange import rounds, sharing
from caseworker_app.services.exchange import view as exchange_view
from caseworker_app.services.exchange.way import Way
from caseworker_app.store import log
from caseworker_app.store.store import Store
from caseworker_app.sync.link import Answer
from caseworker_app.sync.wire.packing import Malformed, plain
from tests.builders import NOW, a_case
from tests.sync.office_and_laptops import Laptop, Team
from tests.sync.recorded import Player, Snapshot, Spoil, anywhere, recorded, with_body
from tests.sync.test_rounds import shared

ROUNDS = 100
OTHERS = (
    None, True, 0, -1, 1, 2**31, 2**63 - 1, 2**63, 2**64 - 1, -(2**63), -(2**64), 0.5,
    float("nan"), float("inf"), "", "x" * 16, "\0", b"", bytes(16), bytes(32), bytes(64),
    [], {}, [[]], [None] * 3, {"a": []},
)  # fmt: skip
STATUS = (200, 204, 206, 301, 400, 401, 404, 409, 410, 413, 426, 429, 500, 503, 507, 599)


def a_busy_laptop(team: Team, folder: Path) -> Laptop:
    """A laptop whose next round asks everything there is to ask."""
    ine, tom, case = shared(team)
    left = a_case(ine.store, "Esra Musterfrau")
    ine.exchange()
    sharing.invite(ine.store, left, tom.colleague, Role.WRITES, NOW)
    ine.exchange()
    tom.exchange()
    sharing.take_out(ine.store, left, tom.colleague, NOW)
    goals.add_goal(ine.store, case, "Fahrrad", "", NOW)
    (folder / "von ine.txt").write_bytes(b"ein Brief" * 200)
    papers.add_file(ine.store, case, folder / "von ine.txt", NOW)
    ine.exchange()
    goals.add_goal(tom.store, left, "noch schnell", "", NOW)
    goals.add_goal(tom.store, case, "Ruhe", "", NOW)
    new = a_case(tom.store, "Amal Proefpersoon")
    (folder / "von tom.txt").write_bytes(b"noch einer" * 200)
    papers.add_file(tom.store, new, folder / "von tom.txt", NOW)
    team.coach("Ada Vorbild")
    return tom


def bytewise(chance: random.Random) -> Spoil:
    """One byte another one, one more, or the end missing."""

    def spoil(answer: Answer) -> Answer:
        body = bytearray(answer.body or b"\0")
        at = chance.randrange(len(body))
        how = chance.randrange(4)
        if how == 0:
            body[at] ^= 1 << chance.randrange(8)
        elif how == 1:
            body[at] = chance.choice((0, 0x7F, 0x80, 0xFF, 0x9F, 0xA0, 0xF6, 0xFB))
        elif how == 2:
            body[at:at] = chance.randbytes(chance.randrange(1, 5))
        else:
            del body[at:]
        return with_body(answer, bytes(body))

    return spoil


def placewise(chance: random.Random) -> Spoil:
    """Well formed, with something else in one place, twice, or away."""

    def spoil(answer: Answer) -> Answer:
        try:
            said = plain(answer.body)
        except Malformed:
            return with_body(answer, chance.randbytes(len(answer.body)))
        places = list(anywhere([said]))
        put, was = chance.choice(places)
        if isinstance(was, list) and was and chance.random() < 0.5:
            put(chance.choice(([*was, was[0]], was[1:], was[::-1])))
        elif isinstance(was, int) and chance.random() < 0.5:
            put(was + chance.choice((-1, 1, 1 << 32)))
        elif isinstance(was, bytes) and chance.random() < 0.5:
            put(chance.randbytes(len(was)))
        else:
            put(chance.choice(OTHERS))
        return with_body(answer, cbor2.dumps(said))

    return spoil


def statuswise(chance: random.Random) -> Spoil:
    """Another status or another header."""

    def spoil(answer: Answer) -> Answer:
        if chance.random() < 0.3:
            odd = chance.choice(("", "-1", "99999999999999", "abc", "1e3", "²", "0"))
            return Answer(answer.status, dict.fromkeys(answer.headers, odd), answer.body)
        return Answer(chance.choice(STATUS), answer.headers, answer.body)

    return spoil


def spoils(chance: random.Random) -> Iterator[Spoil]:
    while True:
        yield bytewise(chance)
        yield placewise(chance)
        yield placewise(chance)
        yield statuswise(chance)


def is_kept_whole(store: Store) -> list[str]:
    """What is wrong with a store: the log, and cursors that are beyond what is here."""
    with store.reading() as reading:
        beyond = reading.connection.exec_driver_sql(
            "SELECT count(*) FROM stream s WHERE cursor >"
            f" (SELECT count(*) FROM change WHERE case_id = s.case_id AND {log.CONFIRMED})"
        ).scalar_one()
    found = list(checking.check_open(store).findings)
    return [*found, "a cursor beyond what is here"] if beyond else found


def play_again(tom: Laptop, seed: int, rounds_played: int) -> None:
    """Play the laptop's next round so often, each time with one answer spoilt."""
    before = Snapshot(tom.store)
    said = recorded(tom)
    chance = random.Random(seed)
    spoiling = spoils(chance)
    at = list(range(len(said))) * (rounds_played // len(said) + 1)
    chance.shuffle(at)
    for number in range(rounds_played):
        with before.store() as store:
            way = Way(Player(said, at[number], next(spoiling)), lambda: NOW)
            with suppress(CaseworkerError):
                rounds.run(store, way)
            exchange_view.view(store)
            for line in people.lines(store, NOW):
                sharing.view(store, line.case)
            if number % 10 == 0:
                rounds.run(store, tom.way)
                assert exchange_view.view(store).changes_waiting == 0
            assert is_kept_whole(store) == []


def test_whatever_is_answered_the_round_ends_in_words_for_a_coach(
    team: Team, tmp_path: Path
) -> None:
    play_again(a_busy_laptop(team, tmp_path), seed=4, rounds_played=ROUNDS)
