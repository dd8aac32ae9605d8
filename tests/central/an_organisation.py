"""An organisation with coaches and connected laptops, made in one line through the real office.

ours = an_organisation(engine, "Ine Voorbeeld", "Tom Beispiel")
ours.coaches[0].device.public   # its laptop, listed in ours.directory
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import Engine

from caseworker_app.sync.wire.directory import Directory
from caseworker_app.sync.wire.messages import Enrol, Enrolled
from caseworker_app.sync.wire.signing import Purpose, to_sign
from caseworker_app.vault.device import Device
from central_store import admission
from central_store.call import Call
from central_store.kept_directory import latest
from central_store.office.devices import confirm_device, revoke_device
from central_store.office.directory import build_directory, first_directory, sign_directory
from central_store.office.enrolment import enrolment_code
from central_store.office.keys import OfficeKeys, new_keys
from central_store.office.papers import Signed
from central_store.office.partners import add_partner, partner_card
from central_store.office.people import add_user
from central_store.office.place import Office
from central_store.office.publishing import admit, publish
from central_store.office.wishes import prepare

SERVER = "http://127.0.0.1:8765"
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Coach:
    """A user of the organisation, and the laptop that was connected for them."""

    user: UUID
    name: str
    device: Device


@dataclass
class AnOrganisation:
    """An organisation at a central store, with its keys at hand."""

    office: Office
    keys: OfficeKeys
    now: datetime = NOW
    coaches: list[Coach] = field(default_factory=list)

    @property
    def org(self) -> UUID:
        return self.office.org

    @property
    def handle(self) -> str:
        return self.office.handle

    @property
    def directory(self) -> Directory:
        """The directory in force."""
        with self.office.work() as db:
            signed = latest(db, self.org)
        assert signed is not None
        return signed.directory

    def sign(self) -> Directory:
        """Sign and publish what waits."""
        wishes = prepare(self.office)
        signed, self.keys = sign_directory(self.keys, build_directory(self.keys, wishes, self.now))
        publish(self.office, Signed(signed, wishes.asked), self.now)
        return signed.directory

    def connect(self, user: UUID, device: Device | None = None) -> Device:
        """A laptop that came with a code and now waits to be confirmed."""
        device = device or Device.generate(uuid4())
        invitation = enrolment_code(self.office, str(user), SERVER, self.now)
        self.enrol(invitation.code, device)
        return device

    def enrol(self, code: bytes, device: Device) -> Enrolled:
        """What the server does when a laptop comes with a code."""
        public = device.public
        said = code + public.id.bytes + public.signing + public.receiving
        proof = device.signing.sign(to_sign(Purpose.ENROLMENT, said))
        with self.office.work() as db:
            call = Call(db, self.org, self.office.handle, self.now, secrets.token_bytes)
            asked = Enrol(code, public.id, public.signing, public.receiving, proof)
            return admission.enrol(call, asked)

    def new_coach(self, name: str, *, signed: bool = True) -> Coach:
        """Somebody new, with a laptop that is confirmed; in the directory if `signed`."""
        user = add_user(self.office, name, self.now)
        coach = Coach(user, name, self.new_laptop(user, signed=False))
        self.coaches.append(coach)
        if signed:
            self.sign()
        return coach

    def new_laptop(self, user: UUID, *, signed: bool = True) -> Device:
        """One more confirmed laptop of a user."""
        device = self.connect(user)
        confirm_device(self.office, str(device.id), self.now)
        if signed:
            self.sign()
        return device

    def revoke(self, device: UUID) -> Directory:
        """Revoke a laptop, signed and published."""
        revoke_device(self.office, str(device), self.now)
        return self.sign()

    def befriend(self, other: AnOrganisation) -> None:
        """Make the two partners, signed and published by both."""
        add_partner(self.office, partner_card(other.keys), self.now)
        add_partner(other.office, partner_card(self.keys), other.now)
        self.sign()
        other.sign()


def an_organisation(
    engine: Engine, *names: str, handle: str = "", now: datetime = NOW
) -> AnOrganisation:
    """An organisation with these coaches, each with a laptop. `engine` is the tables' owner's."""
    handle = handle or f"org-{secrets.token_hex(6)}"
    signed, keys = first_directory(new_keys(handle, f"Organisation {handle}"), now)
    made = AnOrganisation(admit(engine, signed, now), keys, now)
    for name in names:
        made.new_coach(name, signed=False)
    if names:
        made.sign()
    return made
