"""The key file opens for its two people together, in any order, and for nobody else."""

from __future__ import annotations

import json
import os
import random
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from caseworker_app.sync.wire.passphrases import FLOOR, Cost
from central_store.office import key_file
from central_store.office.errors import KeyFileDamaged, OfficeError, WrongPassphrases
from central_store.office.keys import new_keys, rotated
from central_store.office.passphrases import proposal

FIRST = "vier Birnen fahren heute Zug"
SECOND = "een blauwe kast zingt zacht"


@pytest.fixture
def file(tmp_path: Path) -> key_file.KeyFile:
    keys = new_keys("probe", "Probe")
    return key_file.create(tmp_path / "probe.keys", keys, (FIRST, SECOND), FLOOR)


@pytest.mark.parametrize("pair", [(FIRST, SECOND), (SECOND, FIRST), (f" {FIRST}  ", SECOND)])
def test_two_people_open_it_in_any_order(file, pair):
    assert key_file.opened(file.path, pair).keys == file.keys


@pytest.mark.parametrize(
    "pair",
    [
        (FIRST, FIRST),
        (SECOND, SECOND),
        (FIRST, ""),
        ("", SECOND),
        ("", ""),
        (FIRST, SECOND + "!"),
        (FIRST.upper(), SECOND),
        (FIRST + SECOND, ""),
    ],
)
def test_one_passphrase_alone_opens_nothing(file, pair):
    with pytest.raises(WrongPassphrases):
        key_file.opened(file.path, pair)


def test_nothing_of_the_keys_stands_in_the_file(file):
    content = file.path.read_bytes()
    for secret in (file.keys.root, file.keys.escrows[0], file.keys.secret):
        assert secret not in content
        assert secret.hex().encode() not in content
    if os.name == "posix":
        assert stat.S_IMODE(file.path.stat().st_mode) == 0o600


def test_every_byte_that_is_changed_is_noticed_or_does_no_harm(file, monkeypatch):
    """No change makes it say that a passphrase was wrong, or gives other keys.

    The stretching is done once and remembered: every place of the file is tried, not Argon2id.
    """
    remembered = {}

    def stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
        known = (passphrase, salt, cost)
        if known not in remembered:
            first_ones = len(remembered) < 4
            remembered[known] = original(passphrase, salt, FLOOR) if first_ones else salt * 2
        return remembered[known]

    original = key_file.stretch
    monkeypatch.setattr(key_file, "stretch", stretch)
    content = file.path.read_bytes()
    key_file.opened(file.path, (FIRST, SECOND))
    with pytest.raises(WrongPassphrases):
        key_file.opened(file.path, (FIRST, "another one, long enough"))
    damaged = 0
    for place in range(len(content)):
        changed = bytearray(content)
        changed[place] ^= 1 << random.Random(place).randrange(8)
        file.path.write_bytes(changed)
        try:
            assert key_file.opened(file.path, (FIRST, SECOND)).keys == file.keys
        except KeyFileDamaged:
            damaged += 1
    assert damaged > len(content) * 0.9


def test_a_file_that_was_cut_is_called_damaged(file):
    content = file.path.read_bytes()
    for length in range(0, len(content) - 1, 7):
        file.path.write_bytes(content[:length])
        with pytest.raises(KeyFileDamaged):
            key_file.opened(file.path, (FIRST, SECOND))


@pytest.mark.parametrize(
    "weak", [{"memory_kib": 8}, {"passes": 1}, {"lanes": 1}, {"memory_kib": 1 << 40}]
)
def test_weak_parameters_are_never_used(file, weak):
    document = json.loads(file.path.read_bytes())
    document["people"][0] |= weak
    file.path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(KeyFileDamaged):
        key_file.opened(file.path, (FIRST, SECOND))


def test_one_person_is_followed_by_another(file):
    third = proposal()
    changed = file.with_passphrases((third, SECOND), FLOOR)
    assert key_file.opened(file.path, (third, SECOND)).keys == file.keys == changed.keys
    with pytest.raises(WrongPassphrases):
        key_file.opened(file.path, (FIRST, SECOND))


def test_new_keys_are_kept_under_the_same_passphrases(file):
    newer = rotated(file.keys, escrow=True)
    file.with_keys(newer)
    assert key_file.opened(file.path, (FIRST, SECOND)).keys == newer
    assert [path.name for path in file.path.parent.glob("*.keys*")] == ["probe.keys"]


def test_a_crash_while_writing_leaves_the_file_that_was_there(file, monkeypatch):
    before = file.path.read_bytes()

    def no_room(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(key_file.os, "fsync", no_room)
    with pytest.raises(OfficeError, match="unchanged"):
        file.with_keys(rotated(file.keys))
    assert file.path.read_bytes() == before
    assert [path.name for path in file.path.parent.glob("*.keys*")] == ["probe.keys"]


@pytest.mark.parametrize("pair", [("short", SECOND), (FIRST, FIRST + " "), (FIRST, "")])
def test_weak_or_equal_passphrases_are_refused(tmp_path, pair):
    with pytest.raises(OfficeError):
        key_file.create(tmp_path / "k", new_keys("probe", "Probe"), pair, FLOOR)
    assert not (tmp_path / "k").exists()


def test_a_file_that_is_there_is_never_overwritten(file):
    before = file.path.read_bytes()
    with pytest.raises(OfficeError, match="already"):
        key_file.create(file.path, replace(file.keys), (FIRST, SECOND), FLOOR)
    assert file.path.read_bytes() == before


def test_a_newer_format_is_not_called_damaged(file):
    document = json.loads(file.path.read_bytes()) | {"version": 2}
    document["check"] = key_file._check(document)
    file.path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(OfficeError, match="newer version"):
        key_file.opened(file.path, (FIRST, SECOND))
