"""What is to be said about a form while it is read: its mistakes, and what was not taken over."""

from __future__ import annotations

from caseworker_app.content.desk import Desk, Problem
from caseworker_app.content.toml_lines import KeyPath
from caseworker_app.content.xlsform_sheets import SURVEY

Place = tuple[str, int]
"""A sheet and a row."""


class Remarks:
    """Both lists, in the order in which things were come upon."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._said: set[tuple[object, str]] = set()
        self.mistakes: list[Problem] = []
        self.notes: list[Problem] = []

    def mistake(self, at: Place, message: str, **fields: str | int) -> None:
        """The form cannot be taken over like this."""
        self.mistakes.append(Problem(self._file, at[1], message, fields, at[0]))

    def note(self, at: Place, message: str, **fields: str | int) -> None:
        """This one thing stays behind; the rest is taken over. Said once for each row."""
        if (at, message) not in self._said:
            self._said.add((at, message))
            self.notes.append(Problem(self._file, at[1], message, fields, at[0]))

    def note_once(self, at: Place, message: str, **fields: str | int) -> None:
        """The same, said where it is met first and not again."""
        if ("", message) not in self._said:
            self._said.add(("", message))
            self.note(at, message, **fields)


class SheetDesk(Desk):
    """A form on the desk: its keys stand in rows of sheets."""

    def __init__(self, file: str, places: dict[KeyPath, Place]) -> None:
        super().__init__(file, "")
        self._places = places

    def place(self, at: KeyPath) -> Place:
        """The row of `at`, or of what it belongs to."""
        path = at
        while path and path not in self._places:
            path = path[:-1]
        return self._places.get(path, (SURVEY, 1))
