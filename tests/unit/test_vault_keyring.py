"""Sealed pieces open for the right device, in the right place, unchanged, and for nothing else."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.errors import StoreDamaged
from caseworker_app.vault.device import Device
from caseworker_app.vault.keyring import Keyring
from caseworker_app.vault.tampered import Tampered

CASE = UUID(int=11)
OTHER_CASE = UUID(int=12)
MINE = Device.generate(UUID(int=1))
THEIRS = Device.generate(UUID(int=2))
KEYRING = Keyring(MINE)
WRAPPED = KEYRING.new_case_key(CASE, 1)


def flipped(value: bytes, place: int) -> bytes:
    changed = bytearray(value)
    changed[place // 8] ^= 1 << place % 8
    return bytes(changed)


@given(st.binary(max_size=2000), st.binary(max_size=200))
def test_what_is_sealed_opens_again(plaintext, header):
    sealed = KEYRING.seal(CASE, 1, WRAPPED, plaintext, header)
    assert len(sealed) == len(plaintext) + 28
    assert KEYRING.open(CASE, 1, WRAPPED, sealed, header) == plaintext


def test_the_same_piece_is_sealed_differently_each_time():
    assert len({KEYRING.seal(CASE, 1, WRAPPED, b"x", b"") for _ in range(50)}) == 50


def test_a_restart_opens_what_was_sealed_before():
    sealed = KEYRING.seal(CASE, 1, WRAPPED, b"words", b"header")
    again = Keyring(Device.load(MINE.export()))
    assert again.device_id == MINE.id
    assert again.open(CASE, 1, WRAPPED, sealed, b"header") == b"words"


def test_every_flipped_bit_of_a_sealed_piece_or_its_header_is_noticed():
    sealed = KEYRING.seal(CASE, 1, WRAPPED, b"words", b"header")
    for place in range(8 * len(sealed)):
        with pytest.raises(Tampered):
            KEYRING.open(CASE, 1, WRAPPED, flipped(sealed, place), b"header")
    for place in range(8 * len(b"header")):
        with pytest.raises(Tampered):
            KEYRING.open(CASE, 1, WRAPPED, sealed, flipped(b"header", place))


@pytest.mark.parametrize("length", [0, 1, 11, 12, 27])
def test_a_piece_cut_short_is_noticed(length):
    sealed = KEYRING.seal(CASE, 1, WRAPPED, b"", b"")
    with pytest.raises(Tampered):
        KEYRING.open(CASE, 1, WRAPPED, sealed[:length], b"")


def test_every_flipped_bit_of_a_wrapped_key_is_noticed_although_the_key_is_in_memory():
    assert len(WRAPPED) == 80
    sealed = KEYRING.seal(CASE, 1, WRAPPED, b"words", b"")
    for place in range(8 * len(WRAPPED)):
        with pytest.raises(Tampered):
            KEYRING.open(CASE, 1, flipped(WRAPPED, place), sealed, b"")


@pytest.mark.parametrize(
    "wrapped", [b"", WRAPPED[:79], WRAPPED + b"\0"], ids=["none", "short", "long"]
)
def test_a_wrap_of_another_length_is_noticed(wrapped):
    with pytest.raises(Tampered):
        KEYRING.seal(CASE, 1, wrapped, b"words", b"")


@pytest.mark.parametrize(("case", "epoch"), [(OTHER_CASE, 1), (CASE, 2), (CASE, 0)])
def test_a_wrapped_key_belongs_to_its_case_and_epoch(case, epoch):
    with pytest.raises(Tampered):
        Keyring(MINE).seal(case, epoch, WRAPPED, b"words", b"")


def test_another_device_opens_only_what_was_wrapped_for_it():
    sealed = KEYRING.seal(CASE, 1, WRAPPED, b"words", b"")
    theirs = Keyring(THEIRS)
    with pytest.raises(Tampered):
        theirs.open(CASE, 1, WRAPPED, sealed, b"")
    handed = KEYRING.wrap_for(THEIRS.public.receiving, CASE, 1, WRAPPED)
    assert theirs.open(CASE, 1, handed, sealed, b"") == b"words"
    with pytest.raises(Tampered):
        Keyring(MINE).open(CASE, 1, handed, sealed, b"")


def test_every_case_and_epoch_has_a_key_of_its_own():
    sealed = KEYRING.seal(CASE, 1, WRAPPED, b"words", b"")
    later = KEYRING.new_case_key(CASE, 2)
    with pytest.raises(Tampered):
        KEYRING.open(CASE, 2, later, sealed, b"")


def test_a_case_key_opens_by_its_wrap_alone():
    keyring = Keyring(MINE)
    wrapped = keyring.new_case_key(CASE, 1)
    sealed = keyring.seal(CASE, 1, wrapped, b"words", b"")
    assert Keyring(MINE).open(CASE, 1, wrapped, sealed, b"") == b"words"


def test_a_signature_vouches_for_its_device_and_digest_alone():
    signature = KEYRING.sign(b"digest")
    mine, theirs = MINE.public.signing, THEIRS.public.signing
    assert Keyring.verify(mine, signature, b"digest")
    assert not Keyring.verify(theirs, signature, b"digest")
    assert not Keyring.verify(mine, signature, b"Digest")
    assert not any(
        Keyring.verify(mine, flipped(signature, place), b"digest") for place in range(512)
    )


@pytest.mark.parametrize(
    ("key", "signature"), [(b"", b""), (bytes(31), bytes(64)), (bytes(32), b"x")]
)
def test_what_is_no_key_or_signature_never_verifies(key, signature):
    assert not Keyring.verify(key, signature, b"digest")


def test_a_device_is_the_same_after_saving_and_loading():
    loaded = Device.load(MINE.export())
    assert loaded.public == MINE.public
    assert loaded.export() == MINE.export()
    assert len(MINE.export()) == 81


@pytest.mark.parametrize(
    "exported",
    [b"", MINE.export()[:-1], b"\x02" + MINE.export()[1:]],
    ids=["none", "short", "other"],
)
def test_a_damaged_device_is_noticed(exported):
    with pytest.raises(Tampered):
        Device.load(exported)


def test_two_devices_with_one_id_have_different_keys():
    one, two = Device.generate(MINE.id).public, MINE.public
    assert one.signing != two.signing
    assert one.receiving != two.receiving


def test_keys_do_not_show_themselves_in_a_traceback():
    assert repr(MINE) == f"<device {MINE.id}>"
    assert repr(KEYRING) == f"<keyring of {MINE.id}>"


def test_a_broken_seal_is_told_like_any_damage_of_the_store():
    told = str(Tampered())
    assert issubclass(Tampered, StoreDamaged)
    assert "seal" in told
    assert "backup" in told
