"""Partner organisations: two offices hand each other a card, and sign it into their directories."""

from __future__ import annotations

from datetime import datetime

from caseworker_app.sync.wire import hpke
from caseworker_app.sync.wire.directory import KEY_BYTES, org_id
from caseworker_app.sync.wire.organisation_secret import SECRET_BYTES
from caseworker_app.sync.wire.packing import pack
from central_store.office import wishes
from central_store.office.directory import partner_info
from central_store.office.errors import OfficeError
from central_store.office.keys import HANDLE, OfficeKeys
from central_store.office.papers import NewPartner, PartnerCard
from central_store.office.people import directory_of
from central_store.office.place import Office
from central_store.office.wishes import Kind


def partner_card(keys: OfficeKeys) -> PartnerCard:
    """What another organisation is handed: who this is, its root key, the key of its names."""
    return PartnerCard(keys.handle, keys.name, keys.public_root, keys.name_key)


def add_partner(office: Office, card: PartnerCard, now: datetime) -> None:
    """Have a partner signed into the next directory. Its name key is sealed at once."""
    fits = len(card.root) == KEY_BYTES and len(card.names) == SECRET_BYTES
    if not fits or not HANDLE.fullmatch(card.handle) or card.handle == office.handle:
        raise OfficeError(
            "This is no card of another organisation.",
            "Nothing was changed.",
            "Ask the partner for the file that their `partner card` wrote.",
        )
    partner = org_id(card.handle)
    with office.work() as db:
        escrow = directory_of(db, office).escrow
        names = hpke.wrap(escrow, card.names, partner_info(office.org, partner))
        content = pack(NewPartner(card.handle, card.name, card.root, names))
        wishes.put(db, office.org, Kind.PARTNER, partner.bytes, content, now)
