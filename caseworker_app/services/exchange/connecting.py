"""Connecting this laptop to an organisation, with a code from a letter."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from caseworker_app.domain.exchange import Fingerprints
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import N_
from caseworker_app.services.exchange import noticed
from caseworker_app.services.exchange.way import Way
from caseworker_app.store import organisations, streams
from caseworker_app.store.organisations import Organisation
from caseworker_app.store.remembered import recall, remember
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.refusals import NotBelieved, Refused, Unreachable
from caseworker_app.sync.wire import invitation as code
from caseworker_app.sync.wire.directory import Directory, fingerprint
from caseworker_app.sync.wire.invitation import Invitation
from caseworker_app.sync.wire.messages import Enrol
from caseworker_app.sync.wire.packing import Malformed
from caseworker_app.sync.wire.signing import Purpose, to_sign

SERVER, COMPARED = "server", "compared"


class CodeMistyped(CaseworkerError):
    """The address or the code is not one."""

    code = "code-mistyped"
    happened = N_("There is a typing mistake in the address or in the code.")
    safe = N_("Nothing was connected.")
    to_do = N_("Please compare both with your letter, sign by sign.")


class CodeRefused(CaseworkerError):
    """The code was used already, is too old, or belongs to another organisation."""

    code = "code-refused"
    happened = N_("This code does not work (any more).")
    safe = N_("Nothing was connected.")
    to_do = N_("A code works once, for a quarter of an hour. Please ask your IT for a new one.")


class NoCodeInPicture(CaseworkerError):
    """There is no QR code of ours in the picture."""

    code = "no-code-in-picture"
    happened = N_("There is no code in this picture that Caseworker understands.")
    safe = N_("Nothing was connected.")
    to_do = N_("Take a sharper picture, or type the address and the code from your letter.")


class OtherOrganisation(CaseworkerError):
    """The server shows another root key than the letter names."""

    code = "other-organisation"
    happened = N_("The central store is not the one from your letter: its number is another one.")
    safe = N_("Nothing was connected, and nothing was handed over.")
    to_do = N_("Please call your IT before you try again.")


class NotReached(Unreachable):
    """The server of the letter cannot be reached. Nothing goes on by itself yet, as in a round."""

    code = "not-reached"
    safe = N_("Nothing was connected.")
    to_do = N_(
        "Check the internet and the address, and choose “Connect” once more. The code works for"
        " 15 minutes only."
    )


class ConnectedAlready(CaseworkerError):
    """This laptop belongs to an organisation already."""

    code = "connected-already"
    happened = N_("This laptop is connected already.")
    safe = N_("Nothing was changed.")
    to_do = N_("Only your IT can sign a laptop off.")


def read(address: str, typed: str = "") -> Invitation:
    """The invitation in a link, or in an address and a code. CodeMistyped."""
    try:
        if address.strip().startswith(f"{code.SCHEME}://"):
            found = code.from_link(address)
        else:
            found = Invitation(_address(address), code.code_bytes(typed))
    except Malformed:
        raise CodeMistyped from None
    if not found.handle or urlsplit(found.address).scheme not in ("https", "http"):
        raise CodeMistyped
    return found


def read_picture(picture: Path | bytes) -> Invitation:
    """The invitation in a picture of a QR code: a file, or the bytes of one. NoCodeInPicture."""
    from PIL import Image  # noqa: PLC0415 - needed once in the life of a laptop
    from zxingcpp import read_barcodes  # noqa: PLC0415

    try:
        with Image.open(BytesIO(picture) if isinstance(picture, bytes) else picture) as opened:
            texts = [found.text for found in read_barcodes(opened.convert("RGB"))]
    except (OSError, ValueError, Image.DecompressionBombError):
        raise NoCodeInPicture from None
    for text in texts:
        if text.startswith(f"{code.SCHEME}://"):
            return read(text)
    raise NoCodeInPicture


def connect(store: Store, invitation: Invitation, way: Way) -> Fingerprints:
    """Hand over this device's public keys. What is shown then has to be compared with the letter.

    CodeRefused, OtherOrganisation, ConnectedAlready, Unreachable.
    """
    with store.reading() as reading:
        if organisations.own(reading) is not None:
            raise ConnectedAlready
    offered = Organisation(invitation.org, invitation.handle, own=True, root=b"", signed=None)
    public = store.keys.public
    told = invitation.code + public.id.bytes + public.signing + public.receiving
    proof = store.keys.sign(to_sign(Purpose.ENROLMENT, told))
    request = Enrol(invitation.code, public.id, public.signing, public.receiving, proof)
    try:
        enrolled = way.link(store, offered).enrol(request)
    except Refused as refused:
        if refused.error in ("not-here", "malformed", "sign-in"):
            raise CodeRefused from None
        raise
    if invitation.root and fingerprint(enrolled.root) != invitation.root:
        raise OtherOrganisation
    with store.changing(way.now()) as changing:
        known = Organisation(invitation.org, invitation.handle, True, enrolled.root, None)  # noqa: FBT003
        organisations.keep(changing, known)
        remember(changing, SERVER, invitation.server)
        remember(changing, COMPARED, bool(invitation.root))
    return fingerprints(store)


def fingerprints(store: Store) -> Fingerprints:
    """The numbers to compare: the organisation's with the letter, the own one with the IT."""
    with store.reading() as reading:
        own = organisations.own(reading)
    public = store.keys.public
    directory = own.directory if own else None
    return Fingerprints(
        fingerprint(own.root) if own else "",
        fingerprint(public.signing, public.receiving),
        directory.name if directory else "",
    )


def server(store: Store) -> str:
    """The address of the server this laptop is connected to; empty when it is connected to none."""
    with store.reading() as reading:
        return str(recall(reading, SERVER, ""))


def numbers_agree(store: Store, now: datetime) -> None:
    """The coach has compared the organisation's number with the letter: rounds may begin."""
    with store.changing(now) as changing:
        remember(changing, COMPARED, True)  # noqa: FBT003


def is_compared(reading: Reading) -> bool:
    """Whether the organisation's number is the letter's, by a link that named it or by the coach.

    Until then nothing is exchanged: somebody may stand in between.
    """
    return bool(recall(reading, COMPARED, True))  # noqa: FBT003


def take_back(store: Store, now: datetime) -> None:
    """Forget a connection that the organisation has not confirmed, to begin with another code.

    The numbers did not agree, or the central store does not know of this laptop any more.
    """
    with store.changing(now) as changing:
        own = organisations.own(changing)
        if own is None or not is_unconfirmed(changing, own) or streams.streams(changing):
            return
        organisations.forget(changing, own.org)
        noticed.no_problem(changing)


def is_unconfirmed(reading: Reading, own: Organisation) -> bool:
    """Whether the directory does not have this device yet, as far as it is known here."""
    device = reading.place.keys.device_id
    return own.directory is None or own.directory.device(device) is None


def is_listed(store: Store, directory: Directory) -> bool:
    """Whether the directory has this device, with the keys it really has."""
    entry = directory.device(store.keys.device_id)
    if entry is None:
        return False
    public = store.keys.public
    if (entry.signing, entry.receiving) != (public.signing, public.receiving):
        raise NotBelieved(rule="keys of this laptop")
    return not entry.revoked


def _address(typed: str) -> str:
    address = typed.strip().rstrip("/")
    return address if "://" in address else f"https://{address}"
