"""The recovery sheet on paper: made from the key while it is shown, and kept nowhere by us."""

from __future__ import annotations

from datetime import datetime

from caseworker_app import i18n
from caseworker_app.services import stores
from caseworker_app.store.store import Store
from caseworker_app.vault.recovery import RecoveryKey


def pdf(store: Store, key: RecoveryKey, now: datetime, texts: i18n.Texts) -> bytes:
    """The sheet of this coach, as a PDF in the language of `texts`."""
    from caseworker_app.printing.recovery_pdf import recovery_sheet_pdf  # noqa: PLC0415 - 10 MB

    coach = stores.profile(store)
    day = now.astimezone().date()
    return recovery_sheet_pdf(coach.name, coach.organisation, day, key.groups, texts)
