"""What is left of a case on a laptop that erased it: looked for in every page of the real file."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from caseworker_app.services import goals, papers, people
from caseworker_app.services.exchange import sharing
from caseworker_app.store import drafts, streams
from caseworker_app.store.store import Store
from caseworker_app.vault import slots
from tests.builders import NOW, PASSPHRASE, a_talk, say
from tests.sync.office_and_laptops import Laptop, Team
from tests.sync.test_rounds import shared

PAGE, SALT, RESERVED, IV = 4096, 16, 80, 16
LOG_HEAD, FRAME_HEAD = 32, 24
"""As SQLCipher 4 lays out a page: the vector and the check stand at its end."""

MARKS = ("qxvolminze", "qywrosmarin", "qzkschafgarbe", "wqblavendel", "wxcthymian")
PART = 5
"""Letters: the index keeps words in parts."""


def plain_pages(store: Store) -> bytes:
    """All pages of file and log, decrypted one by one: those that no table uses any more, too."""
    key = slots.unlock(store.folder, PASSPHRASE).raw
    file = (store.folder / "store.db").read_bytes()
    found = [(at == 0, file[at : at + PAGE]) for at in range(0, len(file), PAGE)]
    log = (store.folder / "store.db-wal").read_bytes()[LOG_HEAD:]
    for at in range(0, len(log), FRAME_HEAD + PAGE):
        frame = log[at : at + FRAME_HEAD + PAGE]
        found.append((int.from_bytes(frame[:4], "big") == 1, frame[FRAME_HEAD:]))
    return b"".join(_plain(key, page, is_first=is_first) for is_first, page in found)


def _plain(key: bytes, page: bytes, *, is_first: bool) -> bytes:
    vector = page[PAGE - RESERVED : PAGE - RESERVED + IV]
    opening = Cipher(AES(key), CBC(vector)).decryptor()
    return opening.update(page[SALT if is_first else 0 : PAGE - RESERVED])


def left_of(store: Store, *marks: str) -> list[str]:
    """The parts of these words that stand anywhere in the file or in its log."""
    there = plain_pages(store).lower()
    parts = {m[at : at + PART] for m in marks for at in range(len(m) - PART + 1)}
    return sorted(part for part in parts if part.encode() in there)


def full_of_marks(team: Team, folder: Path) -> tuple[Laptop, Laptop, UUID]:
    """A case of two with a mark in all that it can hold; both laptops have all of it."""
    ine, tom, case = shared(team)
    for number in range(30):
        goals.add_goal(ine.store, case, f"{MARKS[0]}{number} und {MARKS[1]}", "", NOW)
    talk = a_talk(ine.store, case)
    say(ine.store, talk, MARKS[2])
    (folder / f"{MARKS[3]}.txt").write_bytes(MARKS[3].encode() * 5000)
    papers.add_file(ine.store, case, folder / f"{MARKS[3]}.txt", NOW)
    ine.exchange()
    tom.exchange()
    tom.exchange()
    with tom.store.changing(NOW) as changing:
        drafts.keep(changing, case, {"somewhere": MARKS[4]})
        changing.set_bookmark(talk.id, "section", MARKS[4])
    return ine, tom, case


def test_nothing_is_left_in_any_page_of_the_file(team: Team, tmp_path: Path) -> None:
    ine, tom, case = full_of_marks(team, tmp_path)
    tom.store.sweep()
    assert left_of(tom.store, *MARKS)
    sharing.take_out(ine.store, case, tom.colleague, NOW)
    ine.exchange()
    tom.exchange()
    assert people.lines(tom.store, NOW) == []
    assert left_of(tom.store, *MARKS) == []
    assert not [opened for opened in tom.store.keys._opened if opened[0] == case]  # type: ignore[attr-defined]


def test_of_the_case_only_the_proof_is_left(team: Team, tmp_path: Path) -> None:
    ine, tom, case = full_of_marks(team, tmp_path)
    sharing.hand_over(ine.store, case, tom.colleague, NOW)
    ine.exchange()
    ine.exchange()
    with ine.store.reading() as reading:
        run = reading.connection.exec_driver_sql
        names = [name for (name,) in run("SELECT name FROM meta")]
        values = b"".join(bytes(value) for (value,) in run("SELECT value FROM meta"))
        proofs = run("SELECT count(*) FROM erasure WHERE case_id = ?", (case.bytes,)).scalar()
    assert proofs == 1
    assert [name for name in names if str(case) in name] == []
    assert case.bytes not in values


class PowerCut(BaseException):
    """The battery is empty."""


def test_a_proof_is_never_given_before_the_file_was_swept(team: Team, tmp_path: Path) -> None:
    ine, tom, case = full_of_marks(team, tmp_path)
    sharing.take_out(ine.store, case, tom.colleague, NOW)
    ine.exchange()

    def cut_once_erased() -> None:
        if not people.lines(tom.store, NOW):
            with tom.store.reading() as reading:
                if streams.stream(reading, case) is None:
                    raise PowerCut

    listens = tom.store.written
    tom.store.written = cut_once_erased
    with pytest.raises(PowerCut):
        tom.exchange()
    tom.store.written = listens
    assert left_of(tom.store, *MARKS)
    tom.exchange()
    assert left_of(tom.store, *MARKS) == []
