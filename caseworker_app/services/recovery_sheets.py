"""The recovery sheet on paper: made from the key while it is shown, and kept nowhere by us."""

from __future__ import annotations

import errno
from datetime import datetime
from pathlib import Path

from caseworker_app import errors, i18n
from caseworker_app.printing.recovery_pdf import recovery_sheet_pdf
from caseworker_app.services import stores
from caseworker_app.store.store import Store
from caseworker_app.vault.recovery import RecoveryKey


def pdf(store: Store, key: RecoveryKey, now: datetime, texts: i18n.Texts) -> bytes:
    """The sheet of this coach, as a PDF in the language of `texts`."""
    coach = stores.profile(store)
    day = now.astimezone().date()
    return recovery_sheet_pdf(coach.name, coach.organisation, day, key.groups, texts)


def save(sheet: bytes, file: Path) -> None:
    """Write the sheet where the coach wants it. DiskFull, FolderNotWritable."""
    try:
        file.write_bytes(sheet)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (errors.DiskFull if full else errors.FolderNotWritable) from error
