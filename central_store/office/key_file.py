"""The organisation's key file: root key, escrow keys and secret, sealed so that two people open it.

Each of the two has a passphrase. Both are stretched (Argon2id), and the key of the file is made
from both together (HKDF): with one alone there is nothing to try the other against but the whole
file. The header is associated data of the seal, so a changed parameter opens nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from caseworker_app.sync.wire.packing import pack, unpack
from caseworker_app.sync.wire.passphrases import (
    KEY_BYTES,
    SALT_BYTES,
    USUAL,
    Cost,
    normalised,
    stretch,
)
from central_store.office.errors import KeyFileDamaged, OfficeError, WrongPassphrases
from central_store.office.keys import OfficeKeys
from central_store.office.passphrases import long_enough

FORMAT = "caseworker-organisation-keys"
VERSION = 1
MOST_BYTES = 16 << 20
"""It holds the directory that was signed last."""

NONCE_BYTES = 12
_INFO = b"caseworker organisation key file 1"
_NOT_HEADER = ("nonce", "sealed", "check")
_ABOUT = (
    "The keys of an organisation for Caseworker. Two people open it together, each with a "
    "passphrase of their own. Keep two copies on two media in two places, never on a server."
)

Passphrases = tuple[str, str]
_Document = dict[str, Any]


@dataclass(frozen=True, slots=True, repr=False)
class KeyFile:
    """A key file that two people have opened. It forgets nothing until the process ends."""

    path: Path
    keys: OfficeKeys
    _header: _Document
    _file_key: bytes

    def with_keys(self, keys: OfficeKeys) -> KeyFile:
        """The same file with other keys in it, written to the disk."""
        return _write(self.path, keys, self._header, self._file_key)

    def with_passphrases(self, passphrases: Passphrases, cost: Cost = USUAL) -> KeyFile:
        """The same keys, opened by other passphrases from now on, written to the disk."""
        _refuse_weak(passphrases)
        header, file_key = _new_header(self.keys.handle, passphrases, cost)
        return _write(self.path, self.keys, header, file_key)


def create(path: Path, keys: OfficeKeys, passphrases: Passphrases, cost: Cost = USUAL) -> KeyFile:
    """A new key file. OfficeError if there is one, or if a passphrase is too short."""
    if path.exists():
        raise OfficeError(
            f"There is already a file {path}.",
            "It is unchanged.",
            "Choose another name for the key file.",
        )
    _refuse_weak(passphrases)
    header, file_key = _new_header(keys.handle, passphrases, cost)
    return _write(path, keys, header, file_key)


def opened(path: Path, passphrases: Passphrases) -> KeyFile:
    """The key file, opened by its two passphrases in any order.

    WrongPassphrases, KeyFileDamaged, or OfficeError when there is none.
    """
    document = _read(path)
    header = {name: value for name, value in document.items() if name not in _NOT_HEADER}
    try:
        nonce, sealed = _bytes(document["nonce"]), _bytes(document["sealed"])
        for pair in (passphrases, passphrases[::-1]):
            file_key = _file_key(header, pair)
            try:
                plain = AESGCM(file_key).decrypt(nonce, sealed, _canonical(header))
            except InvalidTag:
                continue
            return KeyFile(path, unpack(OfficeKeys, plain, MOST_BYTES), header, file_key)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise KeyFileDamaged from None
    raise WrongPassphrases if _intact(document) else KeyFileDamaged


def _refuse_weak(passphrases: Passphrases) -> None:
    first, second = (normalised(one) for one in passphrases)
    if first == second:
        raise OfficeError(
            "Both people chose the same passphrase.",
            "Nothing was written.",
            "Each of the two needs one of their own, which the other does not know.",
        )
    if not (long_enough(first) and long_enough(second)):
        raise OfficeError(
            "A passphrase is too short.",
            "Nothing was written.",
            "Take at least 14 characters, better five or more words that do not belong together.",
        )


def _new_header(handle: str, passphrases: Passphrases, cost: Cost) -> tuple[_Document, bytes]:
    def person() -> _Document:
        salt = _text(secrets.token_bytes(SALT_BYTES))
        return {"kdf": "argon2id", "salt": salt, **asdict(cost)}

    header = {
        "about": _ABOUT,
        "format": FORMAT,
        "version": VERSION,
        "handle": handle,
        "salt": _text(secrets.token_bytes(SALT_BYTES)),
        "people": [person(), person()],
    }
    return header, _file_key(header, passphrases)


def _file_key(header: _Document, passphrases: Passphrases) -> bytes:
    first, second = header["people"]
    parts = []
    for person, passphrase in zip((first, second), passphrases, strict=True):
        salt = _bytes(person["salt"])
        cost = Cost(person["memory_kib"], person["passes"], person["lanes"])
        parts.append(stretch(passphrase, salt, cost))
    return HKDF(SHA256(), KEY_BYTES, _bytes(header["salt"]), _INFO).derive(b"".join(parts))


def _write(path: Path, keys: OfficeKeys, header: _Document, file_key: bytes) -> KeyFile:
    """Put the file in its place; a crash at any moment leaves the old one or the new one."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(file_key).encrypt(nonce, pack(keys), _canonical(header))
    document = {**header, "nonce": _text(nonce), "sealed": _text(sealed)}
    document["check"] = _check(document)
    content = (json.dumps(document, indent=1) + "\n").encode()
    try:
        _replace(path, content)
    except OSError as error:
        raise OfficeError(
            f"The key file could not be written: {error.strerror}.",
            "The key file that was there is unchanged.",
            "Choose a place with room where you may write.",
        ) from error
    return KeyFile(path, keys, header, file_key)


def _replace(path: Path, content: bytes) -> None:
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    try:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    if os.name != "nt":  # make the renaming last a power cut
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def _read(path: Path) -> _Document:
    try:
        with path.open("rb") as file:
            document = json.loads(file.read(MOST_BYTES))
    except OSError as error:
        raise OfficeError(
            f"The key file {path} cannot be read: {error.strerror}.",
            "Nothing was changed.",
            "Insert the medium with the key file, and check its name.",
        ) from error
    except (ValueError, RecursionError):
        raise KeyFileDamaged from None
    known = isinstance(document, dict) and document.get("format") == FORMAT
    if known and document.get("version") != VERSION and _intact(document):
        raise OfficeError(
            "This key file was written by a newer version of the program.",
            "It was not changed.",
            "Install the newest version on this machine.",
        )
    if not known or document.get("version") != VERSION:
        raise KeyFileDamaged
    return dict(document)


def _intact(document: _Document) -> bool:
    """Whether it is the document that was written. No seal: it tells damage from a wrong word."""
    return document.get("check") == _check(document)


def _check(document: _Document) -> str:
    rest = {name: value for name, value in document.items() if name != "check"}
    return hashlib.sha256(_canonical(rest)).hexdigest()


def _canonical(value: _Document) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _text(value: bytes) -> str:
    return b64encode(value).decode()


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)
