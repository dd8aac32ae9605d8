"""What the vault says when a seal is broken."""

from __future__ import annotations

from caseworker_app.errors import StoreDamaged
from caseworker_app.i18n import N_


class Tampered(StoreDamaged):
    """A sealed piece was changed, moved to another place, or is sealed with another key."""

    code = "tampered"
    happened = N_("A part of the store does not carry its seal any more.")
    safe = N_("Nothing was taken over from it. Your backups are not affected.")
