"""Papers large and small: byte for byte or not at all, never half, never readable on the disk."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from caseworker_app import errors
from caseworker_app.domain.people import Document
from caseworker_app.domain.pieces import MOST_BYTES, PIECE, SEALED_PIECE, Lying, Whereabouts
from caseworker_app.services import cases, checking, papers, removing, stores
from caseworker_app.store import blobs
from caseworker_app.store.connection import transaction
from caseworker_app.store.store import Store
from tests.builders import NOW, PASSPHRASE, a_case, a_store
from tests.store.large_papers import MARKER, a_large_file

MEMORY = 40
"""MiB that 100 MiB may cost."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return a_store(tmp_path / "store")


@pytest.fixture
def case(store: Store) -> UUID:
    return a_case(store)


def a_paper(store: Store, case: UUID, file: Path, size: int = 3 * PIECE - 1000) -> Document:
    a_large_file(file, size)
    document = papers.add_file(store, case, file, NOW)
    assert document is not None
    return document


def rows(store: Store, table: str) -> int:
    with store.reading() as reading:
        query = f"SELECT count(*) FROM {table}"
        return int(reading.connection.exec_driver_sql(query).scalar_one())


def an_old_paper(store: Store, case: UUID, content: bytes) -> Document:
    """As the program kept papers before there was an exchange: sealed as a whole."""
    blob = uuid4()
    with store.changing(NOW) as changing:
        paper = papers.put(changing, case, "Old letter.pdf", "application/pdf", content, NOW)
    with store.changing(NOW) as changing:
        epoch, wrapped = changing.wrapped_key(case)
        sealed = store.keys.seal(case, epoch, wrapped, content, blob.bytes)
        changing.connection.exec_driver_sql(
            "INSERT INTO blob (id, case_id, epoch, sealed) VALUES (?, ?, ?, ?)",
            (blob.bytes, case.bytes, epoch, sealed),
        )
        for table in ("blob_piece", "blob_state"):
            changing.connection.exec_driver_sql(f"DELETE FROM {table}")
        return changing.put(replace(paper, seal=b"", blob=blob))


# --- byte for byte --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "size", [0, 1, 255, 256, 257, PIECE - 1, PIECE, PIECE + 1, 5 * PIECE + 7, 65 * PIECE + 1]
)
def test_a_file_comes_out_as_it_went_in(
    store: Store, case: UUID, tmp_path: Path, size: int
) -> None:
    expected = a_large_file(tmp_path / "in", size)
    document = papers.add_file(store, case, tmp_path / "in", NOW)
    assert document is not None
    papers.save_copy(store, document, tmp_path / "out")
    assert (tmp_path / "out").stat().st_size == document.size == size
    assert hashlib.sha256((tmp_path / "out").read_bytes()).hexdigest() == expected
    assert papers.lying(store, case)[document.id].where is Whereabouts.ONLY_HERE
    assert checking.check_open(store).findings == []


def test_the_name_of_a_paper_is_the_hash_of_its_whole_ciphertext(
    store: Store, case: UUID, tmp_path: Path
) -> None:
    document = a_paper(store, case, tmp_path / "in")
    with store.reading() as reading:
        parts = [
            blobs.sealed_part(reading, document.cipher, n * SEALED_PIECE, SEALED_PIECE)
            for n in range(3)
        ]
    assert hashlib.sha256(b"".join(parts)).digest() == document.cipher


def test_the_same_file_twice_has_nothing_in_common_outside(
    store: Store, case: UUID, tmp_path: Path
) -> None:
    one, other = (a_paper(store, case, tmp_path / "in") for _ in range(2))
    assert one.sha256 == other.sha256
    assert one.cipher != other.cipher
    assert one.key != other.key


def test_a_key_is_never_shown(store: Store, case: UUID, tmp_path: Path) -> None:
    document = a_paper(store, case, tmp_path / "in", 100)
    shown = repr((document, [document], cases.view(store, case)))
    assert document.key.hex() not in shown
    assert repr(document.key) not in shown


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux alone")
def test_a_hundred_mebibytes_cost_little_memory(store: Store, case: UUID, tmp_path: Path) -> None:
    expected = a_large_file(tmp_path / "large.bin", MOST_BYTES)
    store.close()
    command = [sys.executable, "-m", "tests.store.large_papers", "memory", str(tmp_path)]
    grown = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    assert grown["in"] < MEMORY
    assert grown["out"] < MEMORY
    copied = hashlib.sha256()
    with (tmp_path / "copy.bin").open("rb") as opened:
        while part := opened.read(PIECE):
            copied.update(part)
    assert copied.hexdigest() == expected


def test_nothing_of_a_paper_lies_readable_anywhere(
    store: Store, case: UUID, tmp_path: Path, home: Path
) -> None:
    with_marker = tmp_path / "outside" / "in"
    with_marker.parent.mkdir()
    document = a_paper(store, case, with_marker)
    papers.content(store, document)
    for file in (*store.folder.rglob("*"), *home.rglob("*")):
        assert not file.is_file() or MARKER not in file.read_bytes(), file.name
    assert sorted(one.name for one in tmp_path.iterdir()) == ["home", "outside", "store"]


# --- damage ---------------------------------------------------------------------------------------


def flip(place: int) -> Callable[[Connection], Any]:
    def damage(connection: Connection) -> None:
        query = "SELECT id, bytes FROM blob_piece WHERE number = 1"
        row, raw = connection.exec_driver_sql(query).one()
        changed = bytearray(raw)
        changed[place] ^= 1
        query = "UPDATE blob_piece SET bytes = ? WHERE id = ?"
        connection.exec_driver_sql(query, (bytes(changed), row))

    return damage


def run(*statements: str) -> Callable[[Connection], Any]:
    return lambda connection: [connection.exec_driver_sql(one) for one in statements]


@pytest.mark.parametrize(
    "damage",
    [
        *(flip(place) for place in (0, 1, PIECE // 2, PIECE - 1, PIECE, PIECE + 15)),
        run(
            "UPDATE blob_piece SET number = 9 WHERE number = 0",
            "UPDATE blob_piece SET number = 0 WHERE number = 1",
            "UPDATE blob_piece SET number = 1 WHERE number = 9",
        ),
        run("DELETE FROM blob_piece WHERE number = 2"),
        run("DELETE FROM blob_piece WHERE number = 1"),
        run("DELETE FROM blob_piece"),
        run("UPDATE blob_piece SET bytes = substr(bytes, 1, length(bytes) - 1) WHERE number = 2"),
        run("UPDATE blob_piece SET bytes = x'' WHERE number = 2"),
        run(
            "DELETE FROM blob_piece WHERE number = 0",
            "UPDATE blob_piece SET number = number - 1",
        ),
    ],
)
def test_damage_is_found_and_leaves_no_half_copy(
    store: Store, case: UUID, tmp_path: Path, damage: Callable[[Connection], Any]
) -> None:
    document = a_paper(store, case, tmp_path / "in")
    with transaction(store._engine, "BEGIN IMMEDIATE") as connection:
        damage(connection)
    with pytest.raises(errors.StoreDamaged):
        papers.save_copy(store, document, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert len(checking.check_open(store).findings) == 1


def test_another_document_of_the_same_size_in_its_place_is_found(
    store: Store, case: UUID, tmp_path: Path
) -> None:
    one, other = (a_paper(store, case, tmp_path / "in") for _ in range(2))
    with transaction(store._engine, "BEGIN IMMEDIATE") as connection:
        run("UPDATE blob_piece SET blob = 3 - blob, number = number + 10")(connection)
        run("UPDATE blob_piece SET number = number - 10")(connection)
    for document in (one, other):
        with pytest.raises(errors.StoreDamaged):
            papers.content(store, document)
    assert len(checking.check_open(store).findings) == 2


def test_an_old_copy_is_not_lost_to_a_paper_that_is_not_here(
    store: Store, case: UUID, tmp_path: Path
) -> None:
    document = a_paper(store, case, tmp_path / "in")
    (tmp_path / "out").write_bytes(b"kept")
    with transaction(store._engine, "BEGIN IMMEDIATE") as connection:
        run("UPDATE blob_state SET complete = 0")(connection)
    with pytest.raises(errors.DocumentAway):
        papers.save_copy(store, document, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"kept"


# --- never half -----------------------------------------------------------------------------------


class Interfering(papers.TakingIn):
    """Does something once so many bytes are in."""

    def __init__(self, after: int, what: Callable[[], object]) -> None:
        super().__init__()
        self._after, self._what = after, what

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if name == "done" and value == getattr(self, "_after", None):
            self._what()


def test_taking_in_can_be_stopped_and_leaves_nothing(
    store: Store, case: UUID, tmp_path: Path
) -> None:
    a_large_file(tmp_path / "in", 4 * PIECE)
    taking = Interfering(2 * PIECE, lambda: setattr(taking, "stopped", True))
    assert papers.add_file(store, case, tmp_path / "in", NOW, taking) is None
    assert (taking.done, taking.of) == (2 * PIECE, 4 * PIECE)
    assert cases.view(store, case).documents == ()
    assert (rows(store, "blob_state"), rows(store, "blob_piece")) == (0, 0)


@pytest.mark.parametrize("size", [3 * PIECE, 4 * PIECE + 1])
def test_a_file_that_changes_meanwhile_is_not_taken_in(
    store: Store, case: UUID, tmp_path: Path, size: int
) -> None:
    file = tmp_path / "in"
    a_large_file(file, 4 * PIECE)

    def change() -> None:
        with file.open("r+b") as opened:
            opened.truncate(size)

    with pytest.raises(errors.DocumentChanging):
        papers.add_file(store, case, file, NOW, Interfering(2 * PIECE, change))
    assert cases.view(store, case).documents == ()
    assert rows(store, "blob_piece") == 0


def test_a_folder_and_a_missing_file_are_refused_without_their_names(
    store: Store, case: UUID, tmp_path: Path
) -> None:
    for file in (tmp_path, tmp_path / "Geheimnis.pdf"):
        with pytest.raises(errors.CaseworkerError) as refused:
            papers.add_file(store, case, file, NOW)
        assert "Geheimnis" not in str(refused.value)


@pytest.mark.parametrize("after", [1, 5, 11])
def test_nothing_is_half_there_after_kill_9(
    store: Store, case: UUID, tmp_path: Path, after: int
) -> None:
    expected = a_large_file(tmp_path / "large.bin", 30 * PIECE)
    store.close()
    command = [sys.executable, "-m", "tests.store.large_papers", "until-killed", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as dying:
        assert dying.stdout is not None
        for _ in range(after):
            assert dying.stdout.readline() == b"piece\n"
        dying.kill()
    store = stores.unlock(store.folder, PASSPHRASE)
    assert cases.view(store, case).documents == ()
    assert checking.check_open(store).findings == []
    assert rows(store, "blob_piece") >= after
    later = NOW + timedelta(hours=2)
    document = papers.add_file(store, case, tmp_path / "large.bin", later)
    assert document is not None
    assert document.sha256 == expected
    assert rows(store, "blob_piece") == 30
    assert checking.check_open(store).findings == []


# --- from before, and from others -----------------------------------------------------------------


def test_a_paper_from_before_the_exchange_is_read_checked_and_kept(
    store: Store, case: UUID, tmp_path: Path
) -> None:
    document = an_old_paper(store, case, b"an old letter")
    assert papers.content(store, document) == b"an old letter"
    papers.save_copy(store, document, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"an old letter"
    assert papers.lying(store, case)[document.id] == Lying(Whereabouts.ONLY_HERE)
    assert checking.check_open(store).lines()[-1] == "clean"
    with transaction(store._engine, "BEGIN IMMEDIATE") as connection:
        run("DELETE FROM blob")(connection)
    assert any("missing" in one for one in checking.check_open(store).findings)


def test_a_paper_of_others_that_has_not_come_yet_is_no_damage(
    store: Store, case: UUID, tmp_path: Path
) -> None:
    with store.changing(NOW) as changing:
        theirs = changing.put(
            Document(id=uuid4(), case=case, name="Theirs.pdf", size=5000, seal=bytes(64))
        )
    assert papers.lying(store, case)[theirs.id] == Lying(Whereabouts.AWAY)
    report = checking.check_open(store)
    assert report.findings == []
    assert "1 documents (1 not on this laptop yet)" in report.lines()[0]
    with pytest.raises(errors.DocumentAway):
        papers.content(store, theirs)
    papers.fetch(store, theirs, NOW)
    assert papers.lying(store, case)[theirs.id] == Lying(Whereabouts.COMING, 0, 5136)
    papers.stop_fetching(store, theirs, NOW)
    assert papers.lying(store, case)[theirs.id] == Lying(Whereabouts.AWAY, 0, 5136)


@pytest.mark.parametrize(
    "claimed", [{"size": -1}, {"size": MOST_BYTES + 1}, {"seal": b"x"}, {"seal": bytes(65)}]
)
def test_a_paper_of_others_that_cannot_be_true_is_never_asked_for(
    store: Store, case: UUID, claimed: dict[str, Any]
) -> None:
    values: dict[str, Any] = {"size": 5000, "seal": bytes(64), **claimed}
    with store.changing(NOW) as changing:
        theirs = changing.put(Document(id=uuid4(), case=case, **values))
    papers.fetch(store, theirs, NOW)
    assert papers.lying(store, case)[theirs.id].where is Whereabouts.AWAY
    assert checking.check_open(store).findings == []
    with pytest.raises(errors.DocumentAway):
        papers.content(store, theirs)


def test_a_removed_paper_comes_back_with_its_bytes(
    store: Store, case: UUID, tmp_path: Path
) -> None:
    document = a_paper(store, case, tmp_path / "in", 5000)
    removing.remove(store, document, NOW)
    removing.restore(store, document, NOW)
    assert papers.content(store, document) == (tmp_path / "in").read_bytes()


def test_with_its_case_every_byte_of_a_paper_goes(store: Store, case: UUID, tmp_path: Path) -> None:
    other = a_case(store, "Ayşe Yılmaz")
    kept = a_paper(store, other, tmp_path / "in", 5000)
    a_paper(store, case, tmp_path / "in", 5000)
    with store.changing(NOW) as changing:
        blobs.erase(changing, case)
    assert rows(store, "blob_piece") == 1
    assert papers.content(store, kept)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Bescheid Ümlaut (2).pdf", "Bescheid Ümlaut (2).pdf"),
        ("صورة.jpg", "صورة.jpg"),
        ("../../.ssh/config", "ssh config"),
        ("C:\\Users\\x\\a.pdf", "C Users x a.pdf"),
        ("/etc/passwd", "etc passwd"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("a\0b\nc.pdf", "a b c.pdf"),
        ("letter\u202efdp.exe", "letter fdp.exe"),
        ("~$a|b?.doc. ", "~$a b .doc"),
        ("", "_"),
        ("...", "_"),
        (" . ", "_"),
    ],
)
def test_a_name_from_somebody_else_leads_to_no_other_folder(name: str, expected: str) -> None:
    assert papers.file_name(name) == expected


@given(st.text(max_size=400))
def test_every_name_can_be_a_file_in_the_folder_that_was_chosen(name: str) -> None:
    found = papers.file_name(name)
    assert Path(found).name == found
    assert 0 < len(found) <= 121
    assert found.isprintable()
    assert found == papers.file_name(found)


def test_a_long_name_keeps_its_ending() -> None:
    assert papers.file_name("a" * 300 + ".pdf").endswith("a.pdf")
