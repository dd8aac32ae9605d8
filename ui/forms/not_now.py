"""Asks why a goal is put aside. Any reason is a good one, and so is none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import _
from ui.dialogs import Sheet
from ui.widgets.fields import LongField


def ask_why_not_now(parent: QWidget, put_aside: Callable[[str], object]) -> None:
    """Open the sheet; `put_aside` is called with the reason on one line."""
    reason = LongField(_("Not now, because …"), lines=2)
    sheet = Sheet(parent, _("Put this goal aside for now?"), reason)
    sheet.add_button(_("Leave it as it is"), "quiet")
    sheet.add_button(_("Put aside"), "primary", lambda: put_aside(" ".join(reason.value().split())))
    sheet.open()
    reason.setFocus()
