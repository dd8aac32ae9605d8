"""The code by which a laptop is connected: typed from a letter, or read from a QR code.

The letter names the address of the organisation (`https://host/handle`) and a short code that works
once, for a quarter of an hour. The long form carries both and the root key's fingerprint.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit
from uuid import UUID

from caseworker_app.sync.wire.directory import org_id
from caseworker_app.sync.wire.packing import Malformed

CODE_BYTES = 16
CODE_MINUTES = 15
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without I and O, 1 and 0, which are mistaken for each other."""

_STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_CHECK_BYTES = 1
_GROUP = 4
SCHEME = "caseworker"
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True, repr=False)
class Invitation:
    """Where to connect and with which code. `root` is the root key's fingerprint, "" if unknown."""

    address: str
    code: bytes
    root: str = ""

    @property
    def handle(self) -> str:
        """The organisation's word in the address."""
        return urlsplit(self.address).path.strip("/")

    @property
    def org(self) -> UUID:
        """The organisation's id."""
        return org_id(self.handle)

    @property
    def server(self) -> str:
        """The address of the central store itself."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


def is_server(address: str) -> bool:
    """Whether laptops go to this address: https://host[:port]; plain http to this machine alone."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    if parts.username is not None or parts.path.strip("/") or parts.query or parts.fragment:
        return False
    return bool(host) and (
        parts.scheme == "https" or (parts.scheme == "http" and host in _THIS_MACHINE)
    )


def code_text(code: bytes) -> str:
    """The code (16 bytes) as groups of letters, with a check against typing mistakes."""
    letters = _letters(code)
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def code_bytes(typed: str) -> bytes:
    """The code that was typed, in any case and grouping. Malformed when it has a mistake."""
    letters = "".join(typed.upper().replace("-", " ").split())
    if any(letter not in ALPHABET for letter in letters):
        raise Malformed
    standard = letters.translate(str.maketrans(ALPHABET, _STANDARD))
    try:
        raw = base64.b32decode(standard + "=" * (-len(standard) % 8))
    except ValueError:
        raise Malformed from None
    code, check = raw[:CODE_BYTES], raw[CODE_BYTES:]
    if len(code) != CODE_BYTES or check != _check(code) or letters != _letters(code):
        raise Malformed
    return code


def link(invitation: Invitation) -> str:
    """The long form, which the QR code holds."""
    root = "".join(invitation.root.split())
    address, code = quote(invitation.address, safe=""), code_text(invitation.code)
    return f"{SCHEME}://connect?to={address}&code={code}&root={root}"


def from_link(text: str) -> Invitation:
    """The invitation in a long form. Malformed when it is none."""
    parts = urlsplit(text.strip())
    asked = parse_qs(parts.query)
    try:
        address, code = asked["to"][0], asked["code"][0]
    except (KeyError, IndexError):
        raise Malformed from None
    if parts.scheme != SCHEME:
        raise Malformed
    digits = asked.get("root", [""])[0]
    root = " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))
    return Invitation(address.rstrip("/"), code_bytes(code), root)


def _letters(code: bytes) -> str:
    raw = base64.b32encode(code + _check(code)).decode().rstrip("=")
    return raw.translate(str.maketrans(_STANDARD, ALPHABET))


def _check(code: bytes) -> bytes:
    return hashlib.sha256(code).digest()[:_CHECK_BYTES]
