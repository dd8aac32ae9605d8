"""Asks to leave a BSN or a tax id out, in whatever field it was typed, and never keeps it."""

from __future__ import annotations

from caseworker_app.domain.private_numbers import holds_private_number
from caseworker_app.i18n import _
from ui.widgets.field import Field


def watch(field: Field, *, phone: bool = False) -> None:
    """Look at the field whenever it is left."""

    def look() -> None:
        if holds_private_number(str(field.value()), phone=phone):
            words = _("Please leave numbers like this out. They are not kept here.")
            field.set_problem(words)
        else:
            field.set_problem("")

    field.setProperty("phone", phone)
    field.left.connect(look)


def kept(field: Field, before: str) -> str:
    """What is to be kept of a field: its words, or while a number stands in them, those before."""
    words = str(field.value())
    private = holds_private_number(words, phone=bool(field.property("phone")))
    return before if private else words
