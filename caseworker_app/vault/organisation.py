"""What a laptop may do with its organisation's secret: read names, and make blind tags.

A tag says nothing to anybody without the secret. Two laptops make the same one for the same person,
so the central store can tell that somebody is known already, and not who it is.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from uuid import UUID

from caseworker_app.sync.wire import organisation_secret as secret_of
from caseworker_app.sync.wire.directory import Directory, Partner, User
from caseworker_app.sync.wire.packing import Malformed

UNREADABLE = ""


class OrganisationKeys:
    """The keys that follow from one organisation's secret; they stay in here."""

    def __init__(self, org: UUID, secret: bytes) -> None:
        self._org, self._secret = org, secret
        self._names = secret_of.name_key(secret, org)

    def __repr__(self) -> str:
        return f"<keys of organisation {self._org}>"

    def name(self, user: User) -> str:
        """The name of a user of this organisation; empty when it cannot be read."""
        return _opened(self._names, self._org, user)

    def partner_names(self, partner: Partner, directory: Directory) -> dict[UUID, str]:
        """The names of all users of a partner organisation, as far as they can be read."""
        try:
            key = secret_of.open_partner_key(self._secret, self._org, partner.org, partner.names)
        except Malformed:
            return {}
        return {user.id: _opened(key, partner.org, user) for user in directory.users}

    def tags(self, words: Iterable[str]) -> tuple[bytes, ...]:
        """The blind tag (32 bytes) of each of these words."""
        key = secret_of.index_key(self._secret, self._org)
        return tuple(hmac.digest(key, word.encode(), "sha256") for word in words)


def _opened(key: bytes, org: UUID, user: User) -> str:
    try:
        return secret_of.open_name(key, org, user.id, user.name)
    except Malformed:
        return UNREADABLE
