"""The organisation's keys while two people have them open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from caseworker_app.sync.wire import hpke, organisation_secret
from caseworker_app.sync.wire.directory import Directory, NewRoot, SignedDirectory, believed, org_id
from caseworker_app.sync.wire.packing import Malformed, pack
from caseworker_app.sync.wire.signing import Purpose, to_sign
from central_store.office.errors import OfficeError

HANDLE = re.compile(r"[a-z][a-z0-9-]{1,39}")
"""The word of an organisation in its address: `https://host/handle`."""


@dataclass(frozen=True, slots=True, repr=False)
class OfficeKeys:
    """All that the key file holds. Private keys are 32 bytes each.

    `escrows` are the escrow key and its predecessors, newest first: what was wrapped for an old one
    stays wrapped. `roots` tells how the root came to be this one. `last` is the directory that was
    signed last: the next one is built on it even if the central store lost or hides it.
    """

    handle: str
    name: str
    root: bytes
    escrows: tuple[bytes, ...]
    secret: bytes
    roots: tuple[NewRoot, ...] = ()
    last: SignedDirectory | None = None

    @property
    def org(self) -> UUID:
        """The organisation's id."""
        return org_id(self.handle)

    @property
    def public_root(self) -> bytes:
        """What laptops pin."""
        return _public_root(self.root)

    @property
    def public_escrow(self) -> bytes:
        """What laptops wrap case keys for, and the server seals new names for."""
        return X25519PrivateKey.from_private_bytes(self.escrows[0]).public_key().public_bytes_raw()

    @property
    def name_key(self) -> bytes:
        """The key of the names in the directory."""
        return organisation_secret.name_key(self.secret, self.org)

    def sign(self, directory: Directory) -> SignedDirectory:
        """The directory with the root's signature."""
        body = pack(directory)
        signature = Ed25519PrivateKey.from_private_bytes(self.root).sign(
            to_sign(Purpose.DIRECTORY, body)
        )
        return SignedDirectory(body, signature, self.roots)

    def having_signed(self, signed: SignedDirectory) -> OfficeKeys:
        """The keys, remembering this as the last one."""
        return replace(self, last=signed)

    def recognises(self, signed: SignedDirectory) -> Directory | None:
        """What it says, if this root or one before it signed it; else None."""
        candidates = (self.public_root, *(step.old for step in self.roots))
        found = (believed(SignedDirectory(signed.body, signed.signature), r) for r in candidates)
        return next((one for one in found if one is not None and one.org == self.org), None)

    def from_escrow(self, wrapped: bytes, info: bytes) -> bytes:
        """What was wrapped for the escrow key, or one before it. Malformed if it was for none."""
        for private in self.escrows:
            try:
                return hpke.unwrap(X25519PrivateKey.from_private_bytes(private), wrapped, info)
            except Malformed:
                continue
        raise Malformed


def new_keys(handle: str, name: str) -> OfficeKeys:
    """New keys from the system's random source. OfficeError for a handle that is none."""
    if not HANDLE.fullmatch(handle):
        raise OfficeError(
            f"“{handle}” cannot be part of an address.",
            "Nothing was written.",
            "Take 2 to 40 small letters, digits and hyphens, beginning with a letter.",
        )
    return OfficeKeys(handle, name, _new_root(), (_new_escrow(),), organisation_secret.new_secret())


def rotated(keys: OfficeKeys, *, escrow: bool = False) -> OfficeKeys:
    """A new root, signed by the old one, which is forgotten; with `escrow`, a new escrow key."""
    if escrow:
        keys = replace(keys, escrows=(_new_escrow(), *keys.escrows))
    root = _new_root()
    message = to_sign(Purpose.NEW_ROOT, keys.org.bytes + _public_root(root))
    signature = Ed25519PrivateKey.from_private_bytes(keys.root).sign(message)
    step = NewRoot(keys.public_root, _public_root(root), signature)
    return replace(keys, root=root, roots=(*keys.roots, step))


def _new_root() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes_raw()


def _new_escrow() -> bytes:
    return X25519PrivateKey.generate().private_bytes_raw()


def _public_root(private: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
