"""Whoever has the right words gets in, nobody else, whatever happens to the slots file."""

from __future__ import annotations

import json
import os
import stat
import unicodedata
from pathlib import Path

import pytest

from caseworker_app.errors import (
    FolderTaken,
    MistypedRecoveryKey,
    SlotsDamaged,
    WrongPassphrase,
    WrongRecoveryKey,
)
from caseworker_app.sync.wire.passphrases import FLOOR
from caseworker_app.vault import SLOTS_NAME, slot_file, slots
from caseworker_app.vault.recovery import RecoveryKey
from caseworker_app.vault.slots import DataKey
from tests.store.slots_at_hand import (
    LATER,
    NOW,
    OTHER_WORDS,
    STORE,
    WORDS,
    changed,
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


def test_the_passphrase_and_the_recovery_key_open_the_same_data_key(folder, made):
    _, data_key, recovery_key = made
    assert slots.unlock(folder, WORDS) == data_key
    assert slots.unlock_with_recovery(folder, recovery_key.text.lower()) == data_key


def test_two_stores_with_the_same_passphrase_have_different_keys(tmp_path, made):
    data_key, recovery_key = slots.create(tmp_path, STORE, WORDS, now=NOW, cost=FLOOR)
    assert data_key != made[1]
    assert recovery_key != made[2]


@pytest.mark.parametrize(
    "wrong",
    ["", "   ", "zebra", WORDS.upper(), WORDS + ".", "\udcff", "x" * 9999],
    ids=["empty", "spaces", "first word", "capitals", "one more", "no letter", "very long"],
)
def test_any_other_passphrase_is_answered_with_one_sentence(folder, wrong):
    with pytest.raises(WrongPassphrase):
        slots.unlock(folder, wrong)


def test_a_recovery_key_of_another_store_is_named_as_such(folder):
    with pytest.raises(WrongRecoveryKey):
        slots.unlock_with_recovery(folder, RecoveryKey(bytes(16)).text)


def test_a_mistyped_recovery_key_is_noticed_before_the_file_is_tried(folder, made):
    with pytest.raises(MistypedRecoveryKey):
        slots.unlock_with_recovery(folder, made[2].text[:-1])


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_the_way_a_keyboard_composes_letters_locks_nobody_out(tmp_path, form):
    words = "Grüße für den IJssel-Café ﬁets"
    data_key, _ = slots.create(tmp_path, STORE, words, now=NOW, cost=FLOOR)
    assert slots.unlock(tmp_path, unicodedata.normalize(form, words)) == data_key


def test_spaces_that_nobody_sees_do_not_count(folder, made):
    typed = "  " + WORDS.replace(" ", "\u00a0 ", 1) + "\n"
    assert slots.unlock(folder, typed) == made[1]


def test_the_file_tells_its_store_and_the_date_of_the_sheet_without_being_opened(folder, made):
    slots.renew_recovery_key(folder, made[1], now=LATER)
    told = slots.about(folder)
    assert (told.store, told.created, told.recovery_made) == (STORE, NOW, LATER)


def test_the_file_holds_neither_key_nor_passphrase(folder, made):
    content, data_key, recovery_key = made
    secrets = (data_key.raw, recovery_key.bits)
    texts = [WORDS, recovery_key.text, *(secret.hex() for secret in secrets)]
    assert not any(text.encode() in content for text in texts)
    assert not any(secret in content for secret in secrets)


@pytest.mark.skipif(os.name == "nt", reason="POSIX file modes")
def test_only_the_owner_may_read_the_file(tmp_path):
    slots.create(tmp_path, STORE, WORDS, now=NOW, cost=FLOOR)
    assert stat.S_IMODE((tmp_path / SLOTS_NAME).stat().st_mode) == 0o600


def test_a_new_file_never_takes_the_place_of_one_that_is_there(folder, made):
    with pytest.raises(FolderTaken):
        slots.create(folder, STORE, OTHER_WORDS, now=NOW, cost=FLOOR)
    assert (folder / SLOTS_NAME).read_bytes() == made[0]


def test_an_empty_passphrase_is_never_set(tmp_path, folder, made):
    with pytest.raises(ValueError, match="empty"):
        slots.change_passphrase(folder, made[1], " \u00a0", now=NOW, cost=FLOOR)
    assert (folder / SLOTS_NAME).read_bytes() == made[0]


def test_after_a_change_only_the_new_passphrase_opens(folder, made):
    slots.change_passphrase(folder, WORDS, OTHER_WORDS, now=LATER, cost=FLOOR)
    assert slots.unlock(folder, OTHER_WORDS) == made[1]
    with pytest.raises(WrongPassphrase):
        slots.unlock(folder, WORDS)
    assert slots.unlock_with_recovery(folder, made[2].text) == made[1]
    assert [path.name for path in folder.glob("slots*")] == [SLOTS_NAME]


def test_the_wrong_old_passphrase_changes_nothing(folder, made):
    with pytest.raises(WrongPassphrase):
        slots.change_passphrase(folder, OTHER_WORDS, "whatever", now=LATER, cost=FLOOR)
    assert (folder / SLOTS_NAME).read_bytes() == made[0]


def test_whoever_came_in_by_the_sheet_sets_a_new_passphrase(folder, made):
    changed(folder, lambda document: slot_of(document, "passphrase").update(wrapped="AAAA"))
    data_key = slots.unlock_with_recovery(folder, made[2].text)
    slots.change_passphrase(folder, data_key, OTHER_WORDS, now=LATER, cost=FLOOR)
    assert slots.unlock(folder, OTHER_WORDS) == made[1]


def test_the_key_of_another_store_is_never_put_into_a_slot(folder, made):
    stranger = DataKey(bytes(32))
    with pytest.raises(SlotsDamaged):
        slots.change_passphrase(folder, stranger, OTHER_WORDS, now=LATER, cost=FLOOR)
    with pytest.raises(SlotsDamaged):
        slots.renew_recovery_key(folder, stranger, now=LATER)
    assert (folder / SLOTS_NAME).read_bytes() == made[0]


def test_after_renewing_the_old_sheet_opens_nothing(folder, made):
    renewed = slots.renew_recovery_key(folder, made[1], now=LATER)
    assert slots.unlock_with_recovery(folder, renewed.text) == made[1]
    assert slots.unlock(folder, WORDS) == made[1]
    with pytest.raises(WrongRecoveryKey):
        slots.unlock_with_recovery(folder, made[2].text)


def test_slots_of_other_kinds_are_kept_as_they_are(folder, made):
    escrow = {"kind": "organisation", "suite": "x", "wrapped": "…", "people": [1, 2.5, None]}
    changed(folder, lambda document: document["slots"].insert(0, escrow))
    changed(folder, lambda document: document.update(note="kept too"))
    slots.renew_recovery_key(folder, made[1], now=LATER)
    slots.change_passphrase(folder, WORDS, OTHER_WORDS, now=LATER, cost=FLOOR)
    document = json.loads((folder / SLOTS_NAME).read_bytes())
    assert escrow in document["slots"]
    assert document["note"] == "kept too"
    assert len(document["slots"]) == 3


def test_neither_key_shows_itself_in_a_traceback(made):
    _, data_key, recovery_key = made
    assert repr(data_key) == "<data key>"
    assert repr(recovery_key) == "<recovery key>"


WRITTEN_IN_2026 = """{
 "format": "caseworker-slots", "version": 1,
 "store": "00000000-0000-0001-0000-000000000007", "created": "2026-11-23T10:21:00+00:00",
 "slots": [
  {"kind": "recovery", "kdf": "hkdf-sha256", "made": "2026-11-23T10:21:00+00:00",
   "params": {"salt": "r4OJ89GA2iPJWavVC6JDBw=="}, "nonce": "60Y1+I/2vp4VVRj9",
   "wrapped": "npwDqK2XSoqoPzTdm3k3ljpAzU1/wy1Lk6QPMO02ZP6JEzZvCahcA6r3qRjwViq6"},
  {"kind": "passphrase", "kdf": "argon2id", "made": "2026-11-23T10:21:00+00:00",
   "params": {"salt": "eXvrnweuDmn6YprpE6vAsQ==", "memory_kib": 65536, "passes": 3, "lanes": 4},
   "nonce": "UbNLbP/KXoJzpUrp",
   "wrapped": "PwtoyG3atzfD3RrM6ZqGwn+0dSc6Ie4g2OAPFzOLygIfE4jgxHhIqM1E24nA1Nkp"}],
 "fingerprint": "a802cf5897bead1ba67ba37458d42b4f40a21afc0bed7669c164789d404bdf2d",
 "check": "6fb3435d3c9f0d1ce8df077c44d61829029653a001014eb7987692b13c728dbf"
}"""


def test_a_file_of_the_first_version_opens_for_ever(tmp_path):
    (tmp_path / SLOTS_NAME).write_text(WRITTEN_IN_2026)
    expected = "54fce489c4e5e44efa34a3efae6bbadaa042f57c43aed5bd759d5553a41850b7"
    by_words = slots.unlock(tmp_path, "zebra tulp fiets winter kaas")
    by_sheet = slots.unlock_with_recovery(tmp_path, "EW8E C4B9 VYXP E677 SPME D96C YMKP")
    assert by_words.raw.hex() == by_sheet.raw.hex() == expected
    assert slot_file.intact(slot_file.read(tmp_path))
