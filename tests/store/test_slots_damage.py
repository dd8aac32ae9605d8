"""A damaged, foreign or cleverly changed slots file: our error, or the right key, nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseworker_app.errors import (
    FolderNotWritable,
    SlotsDamaged,
    SlotsMissing,
    StoreTooNew,
    WrongPassphrase,
    WrongRecoveryKey,
)
from caseworker_app.sync.wire.passphrases import FLOOR
from caseworker_app.vault import SLOTS_NAME, slot_file, slots
from caseworker_app.vault.recovery import RecoveryKey
from caseworker_app.vault.slot_file import NEW_NAME
from caseworker_app.vault.slots import DataKey
from tests.store.slots_at_hand import (
    LATER,
    NOW,
    SAME_STORE,
    STORE,
    WORDS,
    changed,
    headed,
    slot_of,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[bytes, DataKey, RecoveryKey]:
    """A slots file at the lowest cost, with both ways into it."""
    folder = tmp_path_factory.mktemp("made")
    data_key, recovery_key = slots.create(folder, STORE, WORDS, now=NOW, cost=FLOOR)
    return (folder / SLOTS_NAME).read_bytes(), data_key, recovery_key


@pytest.fixture
def folder(tmp_path: Path, made) -> Path:
    (tmp_path / SLOTS_NAME).write_bytes(made[0])
    return tmp_path


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SlotsMissing) as caught:
        slots.unlock(tmp_path, WORDS)
    assert caught.value.details == {"name": SLOTS_NAME}


def test_a_later_format_is_told_from_a_damaged_one(folder):
    changed(folder, lambda document: document.update(version=2))
    with pytest.raises(StoreTooNew):
        slots.unlock(folder, WORDS)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 900,
        b"{}",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"format": "caseworker-slots"}',
        headed(b'"store": 5, "slots": []'),
        headed(b'"store": "5", "slots": []'),
        headed(SAME_STORE + b', "slots": null'),
        headed(SAME_STORE + b', "slots": [1]'),
        headed(SAME_STORE + b', "slots": []'),
        headed(SAME_STORE + b', "slots": [{"kind": "passphrase"}, {"kind": "recovery"}]'),
        b" " * 2_000_000,
    ],
)
def test_what_is_no_slots_file_is_called_damaged(tmp_path, content):
    (tmp_path / SLOTS_NAME).write_bytes(content)
    for opening in (
        lambda: slots.unlock(tmp_path, WORDS),
        lambda: slots.unlock_with_recovery(tmp_path, RecoveryKey(bytes(16)).text),
        lambda: slots.about(tmp_path),
        lambda: slots.renew_recovery_key(tmp_path, DataKey(bytes(32)), now=NOW),
    ):
        with pytest.raises(SlotsDamaged):
            opening()


def test_a_file_cut_short_anywhere_never_opens(folder, made):
    content, _, recovery_key = made
    for length in range(len(content.rstrip()) - 1):
        (folder / SLOTS_NAME).write_bytes(content[:length])
        with pytest.raises(SlotsDamaged):
            slots.unlock_with_recovery(folder, recovery_key.text)


def test_one_flipped_bit_anywhere_gives_the_right_key_or_our_error(folder, made):
    """By the recovery key, which is quick, so that every bit of every byte has its turn."""
    content, data_key, recovery_key = made
    opened = 0
    for place in range(len(content)):
        for bit in range(8):
            flipped = bytearray(content)
            flipped[place] ^= 1 << bit
            (folder / SLOTS_NAME).write_bytes(flipped)
            try:
                assert slots.unlock_with_recovery(folder, recovery_key.text) == data_key
                opened += 1
            except SlotsDamaged:
                pass
    assert 0 < opened < 8 * len(content) / 2


def test_one_flipped_byte_in_the_passphrase_slot_gives_our_error(folder, made):
    content, _, _ = made
    start, end = content.index(b'"argon2id"'), content.index(b'"fingerprint"')
    for place in range(start, end - 8, 12):
        flipped = bytearray(content)
        flipped[place] ^= 0x04
        (folder / SLOTS_NAME).write_bytes(flipped)
        with pytest.raises(SlotsDamaged):
            slots.unlock(folder, WORDS)


@pytest.mark.parametrize(
    ("name", "value"),
    [("passes", 4), ("memory_kib", 65 * 1024), ("lanes", 5)],
)
def test_a_changed_parameter_opens_nothing(folder, name, value):
    changed(folder, lambda d: slot_of(d, "passphrase")["params"].update({name: value}))
    with pytest.raises(WrongPassphrase):
        slots.unlock(folder, WORDS)


@pytest.mark.parametrize("name", ["store", "created"])
def test_a_slot_opens_in_no_other_file(folder, made, name):
    other = {"store": "00000000-0000-4000-8000-000000000002", "created": LATER.isoformat()}
    changed(folder, lambda document: document.update({name: other[name]}))
    with pytest.raises(WrongRecoveryKey):
        slots.unlock_with_recovery(folder, made[2].text)


def test_a_slot_opens_under_no_other_name(folder, made):
    changed(folder, lambda document: slot_of(document, "recovery").update(made="2020-01-01"))
    with pytest.raises(WrongRecoveryKey):
        slots.unlock_with_recovery(folder, made[2].text)


@pytest.mark.parametrize(
    "params",
    [
        {"memory_kib": 64 * 1024 - 1},
        {"memory_kib": 1024 * 1024 + 1},
        {"memory_kib": 2**62},
        {"passes": 2},
        {"passes": 10**9},
        {"lanes": 3},
        {"lanes": 10**6},
        {"passes": True},
        {"passes": 3.0},
        {"passes": "3"},
        {"memory_kib": None},
        {"salt": "AAAA"},
        {"salt": 5},
    ],
)
def test_a_cost_outside_the_limits_is_refused_unused(folder, params):
    changed(folder, lambda document: slot_of(document, "passphrase")["params"].update(params))
    with pytest.raises(SlotsDamaged):
        slots.unlock(folder, WORDS)


def test_two_slots_of_one_kind_are_refused(folder, made):
    changed(folder, lambda document: document["slots"].append(slot_of(document, "recovery")))
    with pytest.raises(SlotsDamaged):
        slots.unlock_with_recovery(folder, made[2].text)


def test_a_folder_that_is_not_there_cannot_be_written(tmp_path):
    with pytest.raises(FolderNotWritable):
        slots.create(tmp_path / "gone", STORE, WORDS, now=NOW, cost=FLOOR)


def test_a_half_written_new_file_of_a_crash_is_in_nobodys_way(folder, made):
    (folder / NEW_NAME).write_bytes(made[0][:100])
    assert slots.unlock(folder, WORDS) == made[1]
    slots.renew_recovery_key(folder, made[1], now=LATER)
    assert not (folder / NEW_NAME).exists()


def test_a_new_file_that_does_not_open_never_replaces_the_old_one(folder, made):
    def refuse(_written: dict) -> None:
        raise SlotsDamaged(name=SLOTS_NAME)

    with pytest.raises(SlotsDamaged):
        slot_file.replace(folder, slot_file.read(folder), refuse)
    assert (folder / SLOTS_NAME).read_bytes() == made[0]
    assert not (folder / NEW_NAME).exists()
