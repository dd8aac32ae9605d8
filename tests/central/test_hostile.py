"""A real server under attack: it refuses, stays small, and serves others meanwhile."""

import os
import socket
import threading
import time

import httpx2
import pytest

from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import pack_batch
from caseworker_app.sync.wire.packing import pack
from central_store.database import engine_of
from tests.central.hostile import MEGABYTE, bombs, head, raw, status_of, too_much, unsigned
from tests.central.laptop import Laptop
from tests.central.office import Office
from tests.central.real_server import IMPATIENT_SECONDS, RealServer
from tests.central.server_killed import RealTime
from tests.central.waiting import until

MOST_MORE = 64 * MEGABYTE


@pytest.fixture(scope="module")
def server(postgres):
    with RealServer(postgres.app, impatient=True) as running:
        yield running
        assert running.stop() == 0


@pytest.fixture(scope="module")
def laptop(server, postgres):
    """Somebody who is let in, and has worked for a while."""
    owner = engine_of(postgres.owner, 1)
    office = Office(owner, RealTime()).create()
    with httpx2.Client(base_url=server.address, timeout=30) as client:
        made = Laptop(client, office, office.user())
        office.add(made.user, made.device.public)
        office.publish()
        made.sign_in()
        case, _ = made.start()
        for _ in range(4):
            made.push(made.signed(case, [made.change(case, 1_900_000) for _ in range(2)]))
            made.pull(case)
        yield made
    owner.dispose()


@pytest.fixture
def flat(server, laptop):
    """Memory stays flat, and afterwards somebody else is served."""
    before = server.memory()
    yield
    assert server.memory() - before <= MOST_MORE
    assert laptop.ask("POST", "heads").status_code == 200


def push_path(laptop) -> str:
    return f"/{laptop.handle}/v1/push"


def test_too_much_is_refused_without_being_read(server, laptop, flat):
    answers = dict(too_much(server, laptop))
    assert set(answers.values()) <= {0, 400, 401, 404, 413}, answers
    assert (answers["huge"], answers["huge, no token"]) == (413, 401)
    assert answers["huge, a stranger's"] == 413


def test_many_large_bodies_at_once_take_turns(server, laptop, flat):
    body = os.urandom(4 * MEGABYTE)
    request = head("POST", push_path(laptop), laptop, Content_Length=len(body))
    stranger = head("POST", f"/{laptop.handle}/v1/handin", Content_Length=len(body))
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda one=one: answers.append(raw(server, one, body)))
        for one in [request, stranger] * 15
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {400, 503, 0}
    assert len(answers) == 30


def test_what_is_small_to_send_does_not_become_large(server, laptop, flat):
    wrong = [told for told in bombs(laptop) if told[1] not in (400, 413)]
    assert wrong == []


def test_who_speaks_slowly_holds_up_nobody(server, laptop, flat):
    """Heads without an end, bodies byte by byte: others are served, and in time the line is cut."""
    begun = [
        b"POST /x HTTP/1.1\r\nHost: x\r\n",
        head("POST", f"/{laptop.handle}/v1/nonce", Content_Length=50) + b"\xa1",
        head("POST", push_path(laptop), laptop, Content_Length=4_000_000) + b"\xa1",
        head("POST", f"/{laptop.handle}/v1/handin", Content_Length=4_000_000) + b"\xa1",
        b"",
    ]
    lines = [socket.create_connection(("127.0.0.1", server.port), 30) for _ in range(200)]
    start = time.monotonic()
    for number, line in enumerate(lines):
        line.sendall(begun[number % len(begun)])
    took = []
    for _ in range(40):
        before = time.perf_counter()
        assert laptop.ask("POST", "heads").status_code == 200
        took.append(time.perf_counter() - before)
    assert sorted(took)[len(took) // 2] < 1
    statuses = [status_of(line) for line in lines]
    assert set(statuses) <= {0, 400, 503}
    assert time.monotonic() - start < 10 * IMPATIENT_SECONDS
    for line in lines:
        line.close()


def test_an_answer_does_not_wait_for_ever_for_who_does_not_read_it(server, laptop, flat):
    """Who reads slowly gets all of it; a line that stands is cut."""
    case, _ = laptop.start()
    laptop.push(laptop.signed(case, [laptop.change(case, 1_900_000) for _ in range(2)]))
    body = pack(m.Pull(case, 0))
    path = f"/{laptop.handle}/v1/pull"
    asked = head("POST", path, laptop, Content_Length=len(body), Connection="close") + body
    lines = [socket.socket() for _ in range(4)]
    for line in lines:
        line.settimeout(30)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
        line.connect(("127.0.0.1", server.port))
        line.sendall(asked)
    slow, *others = lines
    ports = [line.getsockname()[1] for line in others]
    got = bytearray()

    def all_are_cut() -> bool:
        got.extend(slow.recv(8 * 1024))
        return not server.lines_from(ports)

    until(all_are_cut, "lines that are cut")
    assert len(got) < 3 * MEGABYTE
    while piece := slow.recv(MEGABYTE):
        got.extend(piece)
    assert len(got) > 3_800_000
    for line in lines:
        line.close()


def test_what_nobody_signed_is_not_remembered(server, laptop, flat):
    answers = set(unsigned(laptop))
    assert answers == {400, 404}


def test_a_line_that_is_cut_leaves_nothing_behind(server, laptop, flat):
    case, _ = laptop.start()

    batch = laptop.write(case, 20)
    body = pack(m.Push([pack_batch(batch)]))
    whole = head("POST", push_path(laptop), laptop, Content_Length=len(body)) + body
    for end in range(0, len(whole), len(whole) // 60):
        with socket.create_connection(("127.0.0.1", server.port), 30) as line:
            line.sendall(whole[:end])
    assert laptop.pull(case)[1].seq == 0
    assert laptop.push(batch)[0].seqs == tuple(range(1, 21))


def test_its_lines_say_nothing_of_anybody(server, laptop):
    case, _ = laptop.start()
    laptop.push(laptop.write(case))
    laptop.raw("GET", f"blobs/{'ab' * 32}?case={case}")
    laptop.raw("GET", f"partners/{case}/directory")
    said = server.said()
    assert '"verb": "push", "status": 200' in said
    metrics = laptop.client.get("/metrics").text
    secret = (case, laptop.device.id, laptop.user, laptop.office.org)
    for text in (said, metrics):
        for one in (laptop.handle, laptop.token.hex(), "ab" * 32, "127.0.0.1"):
            assert one not in text
        for id_ in secret:
            assert str(id_) not in text
            assert id_.hex not in text
