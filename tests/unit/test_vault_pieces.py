"""The pieces of a document open in their own place, unchanged and complete, and nowhere else."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.pieces import (
    MOST_BYTES,
    MOST_SEALED,
    PIECE,
    SEALED_PIECE,
    TAG,
    pieces,
    rounded,
    sealed_size,
)
from caseworker_app.vault.pieces import Pieces
from caseworker_app.vault.tampered import Tampered
from tests.unit.test_vault_keyring import flipped

KEY = Pieces.new_key()
SIZE = 3 * PIECE - 100_000
CONTENTS = (b"the first piece", b"the second", b"the last one")
SEALED = [Pieces.seal(KEY, SIZE, number, content) for number, content in enumerate(CONTENTS)]


def opens(number: int, sealed: bytes, key: bytes = KEY, size: int = SIZE) -> bool:
    try:
        Pieces.open(key, size, number, sealed)
    except Tampered:
        return False
    return True


@given(st.binary(max_size=3000), st.integers(0, MOST_BYTES), st.integers(0, 200))
def test_what_is_sealed_opens_again(content: bytes, size: int, number: int) -> None:
    sealed = Pieces.seal(KEY, size, number, content)
    assert len(sealed) == len(content) + TAG
    assert Pieces.open(KEY, size, number, sealed) == content


def test_every_flipped_bit_of_every_piece_is_noticed() -> None:
    for number, sealed in enumerate(SEALED):
        assert not any(opens(number, flipped(sealed, bit)) for bit in range(8 * len(sealed)))


def test_a_piece_cut_short_or_made_longer_is_noticed() -> None:
    for number, sealed in enumerate(SEALED):
        assert not any(opens(number, sealed[:length]) for length in range(len(sealed)))
        assert not opens(number, sealed + b"\0")


def test_pieces_in_another_order_are_noticed() -> None:
    for order in permutations(range(3)):
        kept = [opens(number, SEALED[taken]) for number, taken in enumerate(order)]
        assert kept == [number == taken for number, taken in enumerate(order)]


@pytest.mark.parametrize("size", [0, PIECE, 2 * PIECE, SIZE - 1, SIZE + 1, 4 * PIECE, MOST_BYTES])
def test_a_document_with_pieces_left_out_or_added_is_noticed(size: int) -> None:
    assert not any(opens(number, sealed, size=size) for number, sealed in enumerate(SEALED))


@pytest.mark.parametrize("key", [b"", b"short", bytes(32), b"k" * 32, bytes(64)])
def test_another_key_opens_nothing(key: bytes) -> None:
    assert not any(opens(number, sealed, key=key) for number, sealed in enumerate(SEALED))


def test_no_two_documents_have_the_same_key() -> None:
    assert len({Pieces.new_key() for _ in range(100)}) == 100


@given(st.integers(0, MOST_BYTES))
def test_sizes_are_rounded_up_a_little_and_tell_little(size: int) -> None:
    assert size <= rounded(size) <= max(size * 1.032 + 1, size + 256)
    assert rounded(size) % 256 == 0
    assert (pieces(size) - 1) * PIECE < rounded(size) <= pieces(size) * PIECE
    assert (pieces(size) - 1) * SEALED_PIECE < sealed_size(size) <= MOST_SEALED


def test_there_are_few_sizes_to_tell_documents_by() -> None:
    assert len({rounded(size) for size in range(1 << 20, MOST_BYTES, 1000)}) < 250
