"""The slots: several ways to the one data key that opens the store, each in its own slot.

The data key is 32 random bytes and never changes when a passphrase does. Each slot holds it,
wrapped by AES-256-GCM under a key of its own: from the passphrase by Argon2id, from the recovery
key by HKDF (it is random already). The slot's whole header is associated data, so a changed
parameter opens nothing. Slots of other kinds are kept as they are.
"""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from hmac import compare_digest
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from caseworker_app.errors import (
    CaseworkerError,
    FolderTaken,
    WrongPassphrase,
    WrongRecoveryKey,
)
from caseworker_app.sync.wire.passphrases import SALT_BYTES, USUAL, Cost, normalised, stretch
from caseworker_app.vault import SLOTS_NAME, slot_file
from caseworker_app.vault.recovery import RecoveryKey
from caseworker_app.vault.slot_file import Document, canonical, damaged

PASSPHRASE = "passphrase"  # noqa: S105 - the name of a slot
RECOVERY = "recovery"
KEY_BYTES = 32
NONCE_BYTES = 12
RECOVERY_INFO = b"caseworker recovery slot"
FINGERPRINT_INFO = b"caseworker data key fingerprint"

Slot = dict[str, Any]


@dataclass(frozen=True, slots=True, repr=False)
class DataKey:
    """The 32 bytes that open the store. Its `repr` shows none of them."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise ValueError("a data key has 32 bytes")

    def __repr__(self) -> str:
        return "<data key>"


@dataclass(frozen=True, slots=True)
class About:
    """What a slots file tells without being opened."""

    store: UUID
    created: datetime
    recovery_made: datetime


def exist(folder: Path) -> bool:
    """Whether this folder has a slots file."""
    return (folder / SLOTS_NAME).is_file()


def about(folder: Path) -> About:
    """Which store this is and from when its recovery sheet is. Nothing here is proven yet."""
    document = slot_file.read(folder)
    try:
        return About(
            UUID(document["store"]),
            datetime.fromisoformat(document["created"]),
            datetime.fromisoformat(_only(document, RECOVERY)["made"]),
        )
    except (KeyError, TypeError, ValueError):
        raise damaged() from None


def create(
    folder: Path, store_id: UUID, passphrase: str, *, now: datetime, cost: Cost = USUAL
) -> tuple[DataKey, RecoveryKey]:
    """A new data key in a new slots file, and the recovery key to print.

    FolderTaken if there is one already; DiskFull or FolderNotWritable.
    """
    if exist(folder):
        raise FolderTaken
    data_key, recovery_key = DataKey(secrets.token_bytes(KEY_BYTES)), RecoveryKey.random()
    empty: Document = {
        "format": slot_file.FORMAT,
        "version": slot_file.VERSION,
        "store": str(store_id),
        "created": now.isoformat(),
        "slots": [],
    }
    document = _with_recovery_slot(empty, data_key, recovery_key, now)
    document = _with_passphrase_slot(document, data_key, passphrase, now, cost)

    def prove(written: Document) -> None:
        _same(_open_by_passphrase(written, passphrase), data_key)
        _same(_open_by_recovery_key(written, recovery_key), data_key)

    slot_file.replace(folder, document, prove)
    return data_key, recovery_key


def unlock(folder: Path, passphrase: str) -> DataKey:
    """The data key by the passphrase. WrongPassphrase, SlotsMissing or SlotsDamaged."""
    return _open_by_passphrase(slot_file.read(folder), passphrase)


def unlock_with_recovery(folder: Path, typed: str) -> DataKey:
    """The data key by the printed recovery key. MistypedRecoveryKey or WrongRecoveryKey."""
    return _open_by_recovery_key(slot_file.read(folder), RecoveryKey.parse(typed))


def change_passphrase(
    folder: Path, old: str | DataKey, new: str, *, now: datetime, cost: Cost = USUAL
) -> DataKey:
    """Another passphrase for the same data key.

    `old` is the old passphrase, or the data key itself when the recovery key has opened it.
    """
    document = slot_file.read(folder)
    data_key = _open_by_passphrase(document, old) if isinstance(old, str) else old
    if data_key is old:
        _fits(document, data_key)
    document = _with_passphrase_slot(document, data_key, new, now, cost)
    slot_file.replace(
        folder, document, lambda written: _same(_open_by_passphrase(written, new), data_key)
    )
    return data_key


def renew_recovery_key(folder: Path, data_key: DataKey, *, now: datetime) -> RecoveryKey:
    """A new recovery key to print. The old sheet opens nothing from now on."""
    document = slot_file.read(folder)
    _fits(document, data_key)
    recovery_key = RecoveryKey.random()
    document = _with_recovery_slot(document, data_key, recovery_key, now)
    slot_file.replace(
        folder,
        document,
        lambda written: _same(_open_by_recovery_key(written, recovery_key), data_key),
    )
    return recovery_key


def _open_by_passphrase(document: Document, passphrase: str) -> DataKey:
    if not normalised(passphrase):
        raise WrongPassphrase
    return _opened(
        document,
        PASSPHRASE,
        lambda params: stretch(passphrase, _salt(params), _cost(document)),
        WrongPassphrase,
    )


def _open_by_recovery_key(document: Document, key: RecoveryKey) -> DataKey:
    return _opened(
        document, RECOVERY, lambda params: _from_recovery(key, _salt(params)), WrongRecoveryKey
    )


def _opened(
    document: Document,
    kind: str,
    slot_key: Callable[[Slot], bytes],
    wrong: type[CaseworkerError],
) -> DataKey:
    """The data key in the slot of this kind.

    A file that is damaged elsewhere still opens here; only when it does not is it asked whether
    the key or the file is to blame.
    """
    slot = _only(document, kind)
    try:
        nonce, wrapped = _bytes(slot["nonce"]), _bytes(slot["wrapped"])
        aes = AESGCM(slot_key(slot["params"]))
        return DataKey(aes.decrypt(nonce, wrapped, _header(document, slot)))
    except InvalidTag:
        raise (wrong() if slot_file.intact(document) else damaged()) from None
    except (KeyError, TypeError, ValueError):
        raise damaged() from None


def _with_passphrase_slot(
    document: Document, data_key: DataKey, passphrase: str, now: datetime, cost: Cost
) -> Document:
    if not normalised(passphrase):
        raise ValueError("a passphrase cannot be empty")
    salt = secrets.token_bytes(SALT_BYTES)
    slot = {
        "kind": PASSPHRASE,
        "kdf": "argon2id",
        "made": now.isoformat(),
        "params": {"salt": _text(salt), **asdict(cost)},
    }
    return _with_slot(document, slot, stretch(passphrase, salt, cost), data_key)


def _with_recovery_slot(
    document: Document, data_key: DataKey, key: RecoveryKey, now: datetime
) -> Document:
    salt = secrets.token_bytes(SALT_BYTES)
    slot = {
        "kind": RECOVERY,
        "kdf": "hkdf-sha256",
        "made": now.isoformat(),
        "params": {"salt": _text(salt)},
    }
    return _with_slot(document, slot, _from_recovery(key, salt), data_key)


def _with_slot(document: Document, slot: Slot, slot_key: bytes, data_key: DataKey) -> Document:
    """The document with this slot in the place of the one of its kind; all others untouched."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    wrapped = AESGCM(slot_key).encrypt(nonce, data_key.raw, _header(document, slot))
    whole = {**slot, "nonce": _text(nonce), "wrapped": _text(wrapped)}
    others = [other for other in document["slots"] if other.get("kind") != slot["kind"]]
    fingerprint = _fingerprint(data_key, document["store"])
    return {**document, "fingerprint": fingerprint, "slots": [*others, whole]}


def _header(document: Document, slot: Slot) -> bytes:
    """All that is said about a slot and its file, as the associated data of its wrapping."""
    of_file = {name: document.get(name) for name in ("format", "version", "store", "created")}
    of_slot = {name: slot[name] for name in slot if name not in ("nonce", "wrapped")}
    return canonical({"file": of_file, "slot": of_slot})


def _from_recovery(key: RecoveryKey, salt: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt, RECOVERY_INFO).derive(key.bits)


def _fingerprint(data_key: DataKey, store: str) -> str:
    """Tells whether a data key is this store's; says nothing about the key itself."""
    return HKDF(SHA256(), KEY_BYTES, store.encode(), FINGERPRINT_INFO).derive(data_key.raw).hex()


def _fits(document: Document, data_key: DataKey) -> None:
    """SlotsDamaged if this is another store's key: wrapping it would lock everybody out."""
    fingerprint = str(document.get("fingerprint"))
    if not compare_digest(fingerprint.encode(), _fingerprint(data_key, document["store"]).encode()):
        raise damaged()


def _same(found: DataKey, expected: DataKey) -> None:
    if found != expected:
        raise damaged()


def _only(document: Document, kind: str) -> Slot:
    """The one slot of this kind."""
    found = [slot for slot in document["slots"] if slot.get("kind") == kind]
    if len(found) != 1:
        raise damaged()
    return dict(found[0])


def _cost(document: Document) -> Cost:
    """The cost written in the passphrase slot; SlotsDamaged outside the limits."""
    try:
        params = _only(document, PASSPHRASE)["params"]
        return Cost(params["memory_kib"], params["passes"], params["lanes"])
    except (KeyError, TypeError, ValueError):
        raise damaged() from None


def _salt(params: Slot) -> bytes:
    salt = _bytes(params["salt"])
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt has 16 bytes")
    return salt


def _text(value: bytes) -> str:
    return b64encode(value).decode()


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)
