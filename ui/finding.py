"""The palette: a person or a command, from anywhere, with a few letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from caseworker_app.i18n import _
from caseworker_app.services import find, people
from ui import dialogs
from ui.context import App
from ui.page import Route
from ui.widgets.shell_frame import places
from ui.widgets.shell_keys import spoken
from ui.widgets.shell_palette import Found, Palette
from ui.widgets.text import isolated


def open_palette(
    owner: QWidget, app: App, go: Callable[[Route], object], commands: Sequence[Found]
) -> None:
    """Open the palette over a window. The names are read now and forgotten with it."""
    going = [
        Found(one.words, partial(go, Route(one.id)), one.icon, keys=spoken(one.keys))
        for one in places()
    ]
    palette = Palette([*going, *commands])
    sheet = dialogs.Sheet(owner, _("Find a person or a command"), palette)
    store, now = app.store, app.now()

    def person(hit: find.PersonHit) -> Found:
        line = hit.line
        meta = " · ".join(part for part in (line.place, line.number) if part)
        there = partial(go, Route("case", line.case))
        return Found(isolated(line.name), there, "user-round", second=meta)

    def ready(index: find.PeopleIndex) -> None:
        palette.set_people(lambda typed: [person(hit) for hit in index.find(typed)])

    def act(found: Found) -> None:
        sheet.accept()
        found.act()

    palette.chosen.connect(act)
    app.background.run(palette, lambda: find.PeopleIndex(people.lines(store, now)), ready)
    sheet.open()
    palette.setFocus()
