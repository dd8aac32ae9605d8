"""Names, keys and the organisation's secret open for whom they are meant and in their place."""

from __future__ import annotations

import secrets
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.sync.wire import organisation_secret as of
from caseworker_app.sync.wire.packing import Malformed

ORG, OTHER = UUID(int=1), UUID(int=2)
USER, DEVICE = UUID(int=3), UUID(int=4)
SECRET = bytes(range(32))
KEY = of.name_key(SECRET, ORG)
NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=80)


@given(NAMES)
def test_a_name_opens_again_and_its_length_is_rounded_up(name):
    sealed = of.seal_name(KEY, ORG, USER, name)
    assert of.open_name(KEY, ORG, USER, sealed) == name
    assert (len(sealed) - 28) % of.NAME_STEP == 0


@pytest.mark.parametrize(
    ("key", "org", "user"),
    [
        (of.name_key(SECRET, OTHER), ORG, USER),
        (of.index_key(SECRET, ORG), ORG, USER),
        (KEY, OTHER, USER),
        (KEY, ORG, DEVICE),
    ],
)
def test_a_name_opens_with_no_other_key_and_at_no_other_place(key, org, user):
    sealed = of.seal_name(KEY, ORG, USER, "Ine Voorbeeld")
    with pytest.raises(Malformed):
        of.open_name(key, org, user, sealed)


def test_every_changed_bit_of_a_name_is_noticed():
    sealed = of.seal_name(KEY, ORG, USER, "Ine Voorbeeld")
    for place in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(Malformed):
            of.open_name(KEY, ORG, USER, bytes(changed))
    for length in range(len(sealed)):
        with pytest.raises(Malformed):
            of.open_name(KEY, ORG, USER, sealed[:length])


def test_the_secret_reaches_the_device_it_was_wrapped_for_and_no_other():
    mine, other = X25519PrivateKey.generate(), X25519PrivateKey.generate()
    wrapped = of.wrap_for_device(SECRET, mine.public_key().public_bytes_raw(), ORG, DEVICE)
    assert len(wrapped) == 80
    assert of.unwrap_on_device(mine, wrapped, ORG, DEVICE) == SECRET
    for private, org, device in ((other, ORG, DEVICE), (mine, OTHER, DEVICE), (mine, ORG, USER)):
        with pytest.raises(Malformed):
            of.unwrap_on_device(private, wrapped, org, device)


def test_a_partners_name_key_is_bound_to_both_organisations():
    key = secrets.token_bytes(32)
    sealed = of.seal_partner_key(SECRET, ORG, OTHER, key)
    assert of.open_partner_key(SECRET, ORG, OTHER, sealed) == key
    with pytest.raises(Malformed):
        of.open_partner_key(SECRET, ORG, USER, sealed)
    with pytest.raises(Malformed):
        of.open_partner_key(of.new_secret(), ORG, OTHER, sealed)


def test_keys_for_different_purposes_have_nothing_in_common():
    keys = {make(SECRET, org) for make in (of.name_key, of.index_key) for org in (ORG, OTHER)}
    assert len(keys) == 4
