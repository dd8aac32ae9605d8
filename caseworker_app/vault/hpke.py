"""Hybrid public key encryption as the vault uses it: a broken seal is something a coach is told.

The one suite stands in `sync.wire.hpke`, because the organisation's office wraps keys with it too.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from caseworker_app.sync.wire import hpke
from caseworker_app.sync.wire.packing import Malformed
from caseworker_app.vault.tampered import Tampered

wrap = hpke.wrap
case_key_info = hpke.case_key_info


def unwrap(private_key: X25519PrivateKey, wrapped: bytes, info: bytes) -> bytes:
    """The secret again. Tampered if it was wrapped for another key or bound to something else."""
    try:
        return hpke.unwrap(private_key, wrapped, info)
    except Malformed:
        raise Tampered from None
