"""How somebody likes to be spoken to, and what is better left alone."""

from __future__ import annotations

from collections.abc import Sequence

from caseworker_app.domain.people import Person
from caseworker_app.i18n import _
from ui.widgets.boxes import Box
from ui.widgets.layout import column
from ui.widgets.text import IconText, isolated


class AvoidBox(Box):
    """What is better left alone, to be seen at once; it is no alarm and never red."""

    def __init__(self, things: Sequence[str]) -> None:
        super().__init__("warn_tint", "warn_edge", radius=12)
        lines = [IconText("hand", one, colour="warn_ink", icon_colour="warn_ink") for one in things]
        self.setLayout(column(*lines, gap=6, margins=(16, 12, 16, 12)))


def address_lines(person: Person, language: str) -> list[tuple[str, str]]:
    """Icon and words for each thing to know about speaking with somebody.

    `language` is the name of theirs, where it is not the coach's own.
    """
    lines = [
        (
            "message-circle",
            _("Address informally, by the first name")
            if person.informal
            else _("Address formally, by the family name"),
        )
    ]
    if person.plain:
        lines.append(("file-text", _("Plain words and short sentences")))
    if person.faces:
        lines.append(("smile", _("Rates with faces instead of numbers")))
    if language:
        words = _("Speaks {language}").format(language=isolated(language))
        lines.append(("languages", words))
    if person.interpreter:
        words = _("Interpreter: {name}").format(name=isolated(person.interpreter))
        lines.append(("users", words))
    return lines
