"""Documents between two laptops and the real server, over lines that are cut at any byte."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, repeat
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import uvicorn
from sqlalchemy import Engine, delete
from starlette.testclient import TestClient

from caseworker_app import errors
from caseworker_app.domain.people import Document
from caseworker_app.domain.pieces import PIECE, SEALED_PIECE, Whereabouts
from caseworker_app.domain.sharing import Role
from caseworker_app.services import checking, goals, papers
from caseworker_app.services.exchange import blobs as moving
from caseworker_app.store import blob_moves, blob_references, blobs, streams
from caseworker_app.store.store import Store
from caseworker_app.sync.http import Https
from caseworker_app.sync.link import Answer, Link, Transport
from caseworker_app.sync.refusals import NotBelieved, Refused, Unreachable
from caseworker_app.sync.wire.membership import SignedMembership
from central_store import tables
from central_store.application import create_application
from central_store.database import transaction
from central_store.limits import NO_LIMITS
from tests.builders import NOW, a_case, a_store
from tests.central.cut_lines import FOR_EVER, Line, cut_proxy, with_body
from tests.central.laptop import Laptop
from tests.central.moments import Clock
from tests.central.office import Office
from tests.store.large_papers import a_large_file
from tests.store.test_papers import an_old_paper

SIZE = PIECE + 300_000
MOST_TRIES = 500


@dataclass
class Two:
    """Two laptops of one coach with the same case; the first one has papers."""

    client: TestClient
    office: Office
    case: UUID
    first: Store
    second: Store
    folder: Path
    starter: Laptop
    record: SignedMembership

    def link(self, store: Store, transport: Transport | None = None) -> Link:
        line = transport or Line(self.client)
        return Link(line, self.office.handle, self.office.org, store.keys)

    def paper(self, size: int = SIZE) -> Document:
        file = self.folder / f"{uuid4()}.bin"
        a_large_file(file, size)
        document = papers.add_file(self.first, self.case, file, NOW)
        assert document is not None
        return document

    def tell(self, document: Document) -> None:
        """The second laptop learns of a paper."""
        with self.second.changing(NOW) as changing:
            changing.put(document)

    def hand_over(self, transport: Transport | None = None) -> None:
        until_done(moving.hand_over, self.first, self.link(self.first, transport), self.case)

    def fetch(self, transport: Transport | None = None) -> None:
        until_done(moving.fetch, self.second, self.link(self.second, transport), self.case)

    def where(self, store: Store, document: Document) -> Whereabouts:
        return papers.lying(store, self.case)[document.id].where


def until_done(move: Callable[..., moving.Moved], store: Store, link: Link, case: UUID) -> None:
    """As the rounds of a laptop do it: again and again, until nothing is left to move."""
    for _ in range(MOST_TRIES):
        try:
            moved = move(store, link, [case], NOW)
            if moved.troubles:
                raise moved.troubles[0]
            if not moved.more:
                return
        except Unreachable:
            pass
    pytest.fail("it never came to an end")


@pytest.fixture
def two(client: TestClient, office: Office, tmp_path: Path) -> Two:
    first, second = a_store(tmp_path / "first"), a_store(tmp_path / "second")
    case, user = a_case(first), office.user()
    starter = Laptop(client, office, user)
    for public in (first.keys.public, second.keys.public, starter.device.public):
        office.add(user, public)
    office.publish()
    starter.sign_in()
    record = starter.record(case)
    assert starter.put(case, record).status_code == 200
    return Two(client, office, case, first, second, tmp_path, starter, record)


def ciphertext(store: Store, document: Document) -> bytes:
    with store.reading() as reading:
        state = blobs.state(reading, document.cipher)
        assert state is not None
        offsets = range(0, state.size, SEALED_PIECE)
        return b"".join(
            blobs.sealed_part(reading, document.cipher, offset, SEALED_PIECE) for offset in offsets
        )


def is_there(two: Two, document: Document) -> bool:
    """Whether anybody in the case could fetch it by now, and it is what it is called."""
    link = two.link(two.second)
    path, found, here = f"blobs/{document.cipher.hex()}?case={two.case.hex}", bytearray(), 1 << 20
    while here == 1 << 20:
        wanted = {"Range": f"bytes={len(found)}-{len(found) + (1 << 20) - 1}"}
        try:
            body = link.raw("GET", path, headers=wanted).body
        except Refused:
            return False
        found, here = found + body, len(body)
    return hashlib.sha256(found).digest() == document.cipher


# --- the whole way --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 5000, PIECE, SIZE])
def test_a_paper_comes_to_the_other_laptop(two: Two, size: int) -> None:
    document = two.paper(size)
    assert two.where(two.first, document) is Whereabouts.ONLY_HERE
    two.hand_over()
    assert two.where(two.first, document) is Whereabouts.HANDED_OVER
    two.tell(document)
    assert two.where(two.second, document) is Whereabouts.AWAY
    papers.fetch(two.second, document, NOW)
    two.fetch()
    assert two.where(two.second, document) is Whereabouts.HANDED_OVER
    assert papers.content(two.second, document) == papers.content(two.first, document)
    assert checking.check_open(two.second).findings == []


def test_small_papers_come_unasked_and_large_ones_do_not(two: Two) -> None:
    small, large = two.paper(5000), two.paper(blob_moves.SMALL + 1)
    two.hand_over()
    for document in (small, large):
        two.tell(document)
    two.fetch()
    assert two.where(two.second, small) is Whereabouts.HANDED_OVER
    assert two.where(two.second, large) is Whereabouts.AWAY


def test_a_paper_that_was_called_off_is_not_fetched_by_itself(two: Two) -> None:
    document = two.paper(5000)
    two.hand_over()
    two.tell(document)
    papers.fetch(two.second, document, NOW)
    papers.stop_fetching(two.second, document, NOW)
    two.fetch()
    assert two.where(two.second, document) is Whereabouts.AWAY


def test_what_is_not_at_the_central_store_yet_comes_another_time(two: Two) -> None:
    document = two.paper(5000)
    two.tell(document)
    two.fetch()
    assert two.where(two.second, document) is Whereabouts.COMING
    two.hand_over()
    two.fetch()
    assert two.where(two.second, document) is Whereabouts.HANDED_OVER


def test_a_round_moves_only_so_much_and_the_next_goes_on(two: Two) -> None:
    document = two.paper()
    link = two.link(two.first)
    rounds = 1
    while moving.hand_over(two.first, link, [two.case], NOW, most=PIECE // 2).more:
        rounds += 1
    assert rounds == 2
    assert is_there(two, document)


def test_an_old_paper_is_sealed_anew_before_it_is_handed_over(two: Two) -> None:
    old = an_old_paper(two.first, two.case, b"an old letter")
    two.hand_over()
    with two.first.reading() as reading:
        renewed = reading.get(Document, old.id)
        assert reading.connection.exec_driver_sql("SELECT count(*) FROM blob").scalar() == 0
    assert renewed is not None
    assert renewed == replace(old, seal=renewed.seal)
    assert papers.content(two.first, renewed) == b"an old letter"
    assert checking.check_open(two.first).findings == []
    two.tell(renewed)
    two.fetch()
    assert papers.content(two.second, renewed) == b"an old letter"


# --- changes wait for their documents -------------------------------------------------------------


def what_may_go(two: Two) -> list[bool]:
    with two.first.reading() as reading:
        may_go = blob_references.may_go(reading, two.case)
        outbox = streams.outbox(reading, two.case, lambda _header: True)
        return [may_go(sealed.header) for sealed in outbox.changes]


def test_a_change_waits_until_its_paper_is_handed_over(two: Two) -> None:
    before = len(what_may_go(two))
    document = two.paper()
    goals.add_goal(two.first, two.case, "behind it", "L04", NOW)
    assert what_may_go(two) == [True] * before + [False] * 2
    link = two.link(two.first)
    assert moving.hand_over(two.first, link, [two.case], NOW, most=PIECE).more
    assert what_may_go(two) == [True] * before + [False] * 2
    two.hand_over()
    assert what_may_go(two) == [True] * (before + 2)
    assert is_there(two, document)


def test_after_the_central_store_was_put_back_papers_are_offered_anew(
    two: Two, owner: Engine
) -> None:
    document = two.paper(5000)
    two.hand_over()
    with transaction(owner, two.office.org) as db:
        db.execute(delete(tables.blob).where(tables.blob.c.blob_id == document.cipher))
    assert not is_there(two, document)
    with two.first.changing(NOW) as changing:
        blob_moves.forget_receipts(changing, two.case)
    assert two.where(two.first, document) is Whereabouts.ONLY_HERE
    two.hand_over()
    assert is_there(two, document)


# --- cut lines ------------------------------------------------------------------------------------


def places(total: int) -> list[int]:
    """Around the ends of requests, and some between."""
    edges = {place for end in (0, SEALED_PIECE, total) for place in range(end - 1, end + 2)}
    return sorted(edges | set(random.Random(3).sample(range(total), 10)))


def test_handing_over_goes_on_wherever_it_was_cut(two: Two) -> None:
    for place in places(SIZE):
        document = two.paper()
        line = Line(two.client, left=max(0, place))
        two.hand_over(line)
        assert two.where(two.first, document) is Whereabouts.HANDED_OVER
        assert is_there(two, document), place
        assert line.sent <= SIZE * 1.04 + PIECE, place


def test_fetching_goes_on_wherever_it_was_cut(two: Two) -> None:
    document = two.paper()
    two.hand_over()
    expected = papers.content(two.first, document)
    two.tell(document)
    for place in places(SIZE):
        papers.fetch(two.second, document, NOW)
        line = Line(two.client, left=max(0, place))
        two.fetch(line)
        assert papers.content(two.second, document) == expected, place
        assert line.came <= SIZE * 1.04 + PIECE, place
        with two.second.changing(NOW) as changing:
            blobs.erase(changing, two.case)


@pytest.mark.parametrize("seed", range(4))
def test_a_line_that_is_cut_again_and_again_carries_it_all(two: Two, seed: int) -> None:
    chance = random.Random(seed)
    document = two.paper()
    line = Line(two.client, 0, lambda: chance.randrange(400_000))
    two.hand_over(line)
    two.tell(document)
    papers.fetch(two.second, document, NOW)
    two.fetch(line)
    assert papers.content(two.second, document) == papers.content(two.first, document)


def test_a_receipt_is_never_believed_before_the_whole_is_there(two: Two) -> None:
    document = two.paper()
    line = Line(two.client, SEALED_PIECE + 5)
    with pytest.raises(Unreachable):
        moving.hand_over(two.first, two.link(two.first, Always(line)), [two.case], NOW)
    assert two.where(two.first, document) is Whereabouts.ONLY_HERE
    assert 0 < papers.lying(two.first, two.case)[document.id].moved < SIZE
    assert not is_there(two, document)


@dataclass
class Always:
    """Once cut, it stays cut."""

    line: Line
    is_cut: bool = False

    def send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        if self.is_cut:
            raise Unreachable
        try:
            return self.line.send(method, path, body, headers)
        except Unreachable:
            self.is_cut = True
            raise


@pytest.fixture
def real_port(app_engine: Engine, clock: Clock) -> Iterator[int]:
    """The real server behind a real socket."""
    application = create_application(app_engine, clock, random.Random(1).randbytes, NO_LIMITS)
    config = uvicorn.Config(application, port=0, log_level="critical", lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("seed", range(3))
def test_real_connections_that_break_off_at_any_byte(two: Two, real_port: int, seed: int) -> None:
    chance = random.Random(seed)
    document = two.paper()
    limits = chain((chance.randrange(1, 1_500_000) for _ in range(12)), repeat(FOR_EVER))
    with cut_proxy(real_port, limits) as proxy:
        way = Https(f"http://127.0.0.1:{proxy.port}")
        two.hand_over(way)
        assert is_there(two, document)
        two.tell(document)
        papers.fetch(two.second, document, NOW)
        two.fetch(way)
        way.close()
    assert papers.content(two.second, document) == papers.content(two.first, document)


@pytest.mark.parametrize("parts", [1, 4, 7])
def test_kill_9_in_the_middle_loses_nothing_that_has_arrived(
    two: Two, real_port: int, parts: int
) -> None:
    size = 9 * PIECE
    document = two.paper(size)
    two.first.close()
    kill_after(two, two.first, real_port, "hand_over", parts)
    assert checking.check_open(two.first).findings == []
    assert two.where(two.first, document) is Whereabouts.ONLY_HERE
    line = Line(two.client)
    two.hand_over(line)
    assert line.sent <= (9 - parts) * SEALED_PIECE
    assert is_there(two, document)

    two.tell(document)
    papers.fetch(two.second, document, NOW)
    two.second.close()
    kill_after(two, two.second, real_port, "fetch", parts)
    assert checking.check_open(two.second).findings == []
    assert two.where(two.second, document) is Whereabouts.COMING
    line = Line(two.client)
    two.fetch(line)
    assert line.came <= (9 - parts + 1) * SEALED_PIECE  # the last one heard of is perhaps not kept
    assert papers.content(two.second, document) == papers.content(two.first, document)
    assert checking.check_open(two.second).findings == []


def kill_after(two: Two, store: Store, port: int, what: str, parts: int) -> None:
    program = [sys.executable, "-m", "tests.central.moving_until_killed"]
    told = [what, str(store.folder), str(port), two.office.handle, str(two.case)]
    with subprocess.Popen([*program, *told], stdout=subprocess.PIPE) as dying:
        assert dying.stdout is not None
        for _ in range(parts):
            assert dying.stdout.readline() == b"part\n"
        dying.kill()


# --- a server that means harm ---------------------------------------------------------------------


def flipped(place: int) -> Callable[[str, str, Answer], Answer]:
    def meddle(method: str, _path: str, answer: Answer) -> Answer:
        if method != "GET":
            return answer
        changed = bytearray(answer.body)
        changed[place % len(changed)] ^= 1
        return with_body(answer, bytes(changed))

    return meddle


def instead(body: Callable[[bytes], bytes]) -> Callable[[str, str, Answer], Answer]:
    return lambda method, _path, answer: (
        with_body(answer, body(answer.body)) if method == "GET" else answer
    )


@pytest.mark.parametrize(
    "meddles",
    [
        *(flipped(place) for place in (0, 1, PIECE // 3, PIECE - 1)),
        instead(lambda body: body[::-1]),
        instead(lambda body: bytes(len(body))),
        instead(lambda body: body[1:] + b"x"),
    ],
)
def test_a_paper_that_was_meddled_with_is_never_shown(
    two: Two, meddles: Callable[[str, str, Answer], Answer]
) -> None:
    document = two.paper(PIECE)
    two.hand_over()
    two.tell(document)
    papers.fetch(two.second, document, NOW)
    with pytest.raises(NotBelieved):
        two.fetch(Line(two.client, meddles=meddles))
    assert two.where(two.second, document) is Whereabouts.AWAY
    with pytest.raises(errors.DocumentAway):
        papers.content(two.second, document)
    assert checking.check_open(two.second).findings == []
    papers.fetch(two.second, document, NOW)
    two.fetch()
    assert papers.content(two.second, document) == papers.content(two.first, document)


def test_answers_that_are_too_long_or_too_short_do_no_harm(two: Two) -> None:
    document = two.paper()
    two.hand_over()
    two.tell(document)
    for body in (lambda found: found + found, lambda found: found[: len(found) // 2 + 1]):
        papers.fetch(two.second, document, NOW)
        two.fetch(Line(two.client, meddles=instead(body)))
        assert papers.content(two.second, document) == papers.content(two.first, document)
        with two.second.changing(NOW) as changing:
            blobs.erase(changing, two.case)


@pytest.mark.parametrize("offset", ["", "-1", "1e3", str(1 << 70), "²", str(SIZE * 2)])
def test_an_offset_that_is_none_is_no_receipt(two: Two, offset: str) -> None:
    document = two.paper(5000)

    def meddle(_method: str, _path: str, answer: Answer) -> Answer:
        return replace(answer, headers={**answer.headers, "upload-offset": offset})

    with pytest.raises(Unreachable):
        moving.hand_over(
            two.first, two.link(two.first, Line(two.client, meddles=meddle)), [two.case], NOW
        )
    assert two.where(two.first, document) is Whereabouts.ONLY_HERE


def test_a_document_that_does_not_grow_there_ends_in_trouble_and_not_in_a_loop(two: Two) -> None:
    document = two.paper(5000)

    def meddle(_method: str, _path: str, answer: Answer) -> Answer:
        return replace(answer, headers={**answer.headers, "upload-offset": "0"})

    with pytest.raises(NotBelieved):
        two.hand_over(Line(two.client, meddles=meddle))
    assert two.where(two.first, document) is Whereabouts.ONLY_HERE


def test_trouble_with_one_paper_leaves_the_others_alone(two: Two) -> None:
    one, other = two.paper(PIECE), two.paper(PIECE)
    two.hand_over()
    for document in (one, other):
        two.tell(document)

    def meddle(method: str, path: str, answer: Answer) -> Answer:
        if method == "GET" and one.cipher.hex() in path:
            return with_body(answer, bytes(len(answer.body)))
        return answer

    with pytest.raises(NotBelieved):
        two.fetch(Line(two.client, meddles=meddle))
    assert two.where(two.second, one) is Whereabouts.AWAY
    assert two.where(two.second, other) is Whereabouts.HANDED_OVER


def test_somebody_who_only_reads_can_fetch_and_a_stranger_cannot(two: Two) -> None:
    document = two.paper(5000)
    two.hand_over()
    reader = Laptop(two.client, two.office, two.office.user())
    two.office.add(reader.user, reader.device.public)
    two.office.publish()
    reader.sign_in()
    path = f"blobs/{document.cipher.hex()}"
    assert reader.raw("GET", path).status_code == 404
    members = (two.starter.member(), reader.member(Role.READS))
    second = two.starter.record(two.case, members, two.record)
    assert two.starter.put(two.case, second).status_code == 200
    assert reader.raw("GET", path).content == ciphertext(two.first, document)
