"""The languages that participants speak, by their names in the coach's language."""

from __future__ import annotations

from babel import Locale

from caseworker_app.i18n import N_, Texts

SPOKEN = (
    "de", "nl", "en", "tr", "ar", "uk", "ru", "pl", "ro", "fa", "ku", "ti", "so", "am", "ps", "ur",
    "fr", "es", "it", "pt", "bg", "el", "hr", "sr", "bs", "sq", "hu", "vi", "zh", "pap", "zgh",
    "srn", "rom",
)  # fmt: skip
"""Those heard most often; any other can be typed."""

SIGNED = {
    "gsg": N_("German sign language"),
    "dse": N_("Dutch sign language"),
}


def named(language: str) -> list[tuple[str, str]]:
    """(code, name in `language`), the two languages of the program first, then by name."""
    names = Locale.parse(language).languages
    spoken = [(code, names[code]) for code in SPOKEN if code in names]
    signed = [(code, Texts(language).gettext(name)) for code, name in SIGNED.items()]
    known = [(code, name[:1].upper() + name[1:]) for code, name in spoken + signed]
    return known[:2] + sorted(known[2:], key=lambda pair: pair[1].casefold())
