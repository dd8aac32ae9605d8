"""Documents: in pieces, byte for byte or not at all, and for members alone."""

import hashlib
import os
from uuid import UUID, uuid4

import pytest

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.packing import unpack
from tests.central.office import Office

PIECE = 1_000_000


@pytest.fixture
def lead(laptop):
    return laptop()


@pytest.fixture
def case(lead) -> UUID:
    return lead.start()[0]


def named(content: bytes) -> str:
    return f"blobs/{hashlib.sha256(content).hexdigest()}"


def begin(laptop, case, content: bytes, size: int | None = None):
    name = f"{named(content)}?case={case}&size={len(content) if size is None else size}"
    return laptop.raw("PUT", name)


def append(laptop, content: bytes, offset: int, end: int):
    headers = {"Upload-Offset": str(offset)}
    return laptop.raw("PATCH", named(content), content[offset:end], **headers)


def bring(laptop, case, content: bytes) -> None:
    assert begin(laptop, case, content).status_code == 200
    for offset in range(0, len(content), PIECE):
        assert append(laptop, content, offset, offset + PIECE).status_code == 204


def state(answer) -> tuple[int, int]:
    return int(answer.headers["upload-offset"]), int(answer.headers["upload-length"])


def error(answer) -> str:
    return unpack(m.Refusal, answer.content).error


def test_a_document_comes_in_pieces_and_goes_out_in_ranges(lead, case, laptop):
    content = os.urandom(9_500_000)
    bring(lead, case, content)
    assert state(lead.raw("HEAD", named(content))) == (len(content), len(content))
    got = b""
    while len(got) < len(content):
        answer = lead.raw("GET", named(content), Range=f"bytes={len(got)}-")
        assert answer.status_code == 206
        end = len(got) + len(answer.content) - 1
        assert answer.headers["content-range"] == f"bytes {len(got)}-{end}/{len(content)}"
        got += answer.content
    assert got == content
    for start, last in (
        (0, 0),
        (999_999, 1_000_000),
        (1_500_000, 4_700_000),
        (9_499_999, 9_499_999),
    ):
        answer = lead.raw("GET", named(content), Range=f"bytes={start}-{last}")
        assert answer.content == content[start : last + 1]
    assert lead.raw("GET", named(content), Range=f"bytes={len(content)}-").status_code == 416
    assert lead.raw("GET", named(content), Range="lines=1-2").status_code == 400


def test_a_small_one_comes_whole(lead, case):
    content = os.urandom(5_000)
    bring(lead, case, content)
    answer = lead.raw("GET", named(content))
    assert (answer.status_code, answer.content) == (200, content)


def test_an_offset_that_is_not_the_documents_is_told(lead, case):
    content = os.urandom(3_000)
    begin(lead, case, content)
    assert append(lead, content, 0, 1_000).status_code == 204
    again = append(lead, content, 0, 1_000)
    assert (again.status_code, error(again), state(again)) == (409, "moved-on", (1_000, 3_000))
    assert append(lead, content, 2_000, 3_000).status_code == 409
    assert state(begin(lead, case, content)) == (1_000, 3_000)
    assert append(lead, content, 1_000, 3_000).status_code == 204
    assert lead.raw("GET", named(content)).content == content


def test_what_has_another_hash_is_thrown_away(lead, case):
    content = os.urandom(3_000)
    begin(lead, case, content)
    append(lead, content, 0, 1_000)
    wrong = bytes(3_000)
    answer = lead.raw("PATCH", named(content), wrong[1_000:], **{"Upload-Offset": "1000"})
    assert (answer.status_code, error(answer)) == (400, "malformed")
    assert lead.raw("HEAD", named(content)).status_code == 404
    bring(lead, case, content)


def test_nobody_sees_what_is_not_whole(lead, laptop):
    writer, reader = laptop(), laptop()
    case, _ = lead.start(writer.member(Role.WRITES), reader.member(Role.READS))
    content = os.urandom(2_000)
    begin(lead, case, content)
    append(lead, content, 0, 1_000)
    assert lead.raw("GET", named(content)).status_code == 404
    assert reader.raw("HEAD", named(content)).status_code == 404
    assert append(reader, content, 1_000, 2_000).status_code == 404
    assert append(writer, content, 1_000, 2_000).status_code == 204  # who has it may go on
    assert reader.raw("GET", named(content)).content == content
    assert begin(reader, case, os.urandom(10)).status_code == 404


def test_the_same_document_in_another_case_is_another_one(lead, laptop):
    other = laptop()
    content = os.urandom(2_000)
    bring(lead, lead.start()[0], content)
    assert other.raw("GET", named(content)).status_code == 404
    theirs = other.start()[0]
    begin(other, theirs, content)
    assert other.raw("GET", named(content)).status_code == 404
    assert state(other.raw("HEAD", named(content))) == (0, 2_000)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("size=0", 400),
        ("size=x", 400),
        ("size=-1", 400),
        ("size=99999999999999999999", 400),
        ("", 400),
        (f"size={101 * 1024 * 1024 + 1}", 413),
    ],
)
def test_a_size_must_be_sensible(lead, case, query, status):
    assert lead.raw("PUT", f"{named(b'x')}?case={case}&{query}").status_code == status


def test_ids_must_be_sensible(lead, case):
    assert lead.raw("PUT", f"blobs/00ff?case={case}&size=1").status_code == 404
    assert lead.raw("PUT", f"{named(b'x')}?case=nothing&size=1").status_code == 400
    assert lead.raw("PUT", f"{named(b'x')}?case={uuid4()}&size=1").status_code == 404
    assert lead.raw("GET", f"blobs/{'zz' * 32}").status_code == 404


def test_it_never_becomes_larger_than_it_was_said_to_be(lead, case):
    content = os.urandom(3_000)
    begin(lead, case, content, 2_000)
    assert append(lead, content, 0, 3_000).status_code == 400
    assert begin(lead, case, content).status_code == 409


def test_an_organisation_has_only_so_much_room_and_what_nobody_finishes_gives_it_back(
    owner, clock, laptop
):
    small = Office(owner, clock).create(quota=10_000)
    lead = laptop(at=small)
    case, _ = lead.start()
    unfinished, content = os.urandom(6_000), os.urandom(7_000)
    begin(lead, case, unfinished)
    append(lead, unfinished, 0, 4_000)
    refused = begin(lead, case, content)
    assert (refused.status_code, error(refused)) == (507, "no-room")
    assert lead.raw("HEAD", named(content)).status_code == 404
    clock.passes(days=7, minutes=1)
    lead.sign_in()
    bring(lead, case, content)
    assert lead.raw("HEAD", named(unfinished)).status_code == 404
    clock.passes(days=30)
    lead.sign_in()
    assert begin(lead, case, os.urandom(3_000)).status_code == 200
    assert lead.raw("GET", named(content)).content == content


def test_who_only_announces_documents_takes_nobody_the_room(owner, clock, laptop):
    small = Office(owner, clock).create(quota=10_000)
    lead = laptop(at=small)
    case, _ = lead.start()
    announced, content = [os.urandom(9_000) for _ in range(3)], os.urandom(7_000)
    for one in announced:
        assert begin(lead, case, one).status_code == 200
    bring(lead, case, content)
    refused = append(lead, announced[0], 0, 9_000)
    assert (refused.status_code, error(refused)) == (507, "no-room")
    assert append(lead, announced[0], 0, 3_000).status_code == 204
    assert error(append(lead, announced[1], 0, 1)) == "no-room"


def test_who_left_the_case_sees_its_documents_no_more(lead, laptop):
    other = laptop()
    case, first = lead.start(other.member(Role.WRITES))
    content = os.urandom(1_000)
    bring(other, case, content)
    lead.put(case, lead.record(case, (lead.member(),), first, epoch=2))
    assert other.raw("GET", named(content)).status_code == 404
    assert other.raw("HEAD", named(content)).status_code == 404
    assert lead.raw("GET", named(content)).content == content
