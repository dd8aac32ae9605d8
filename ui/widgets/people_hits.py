"""Rows of the search: people with what was hit in them, and words from conversations and notes."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.lines import PersonLine, WordHit
from caseworker_app.domain.names import digits
from caseworker_app.i18n import _, texts
from ui.widgets.day_words import day_words
from ui.widgets.marks import Marks
from ui.widgets.people_words import born_and_place, due_of, last_talk
from ui.widgets.rows import RowValue
from ui.widgets.text import isolated


def person_row(line: PersonLine, today: date, name_marks: Marks = ()) -> RowValue:
    """Somebody with what is due."""
    due, tone = due_of(line, today)
    return RowValue(
        line.case,
        line.name or _("No name yet"),
        born_and_place(line),
        due,
        last_talk(line, today),
        tone,
        tuple(name_marks),
    )


def network_words(name: str, marks: Marks) -> tuple[str, Marks]:
    """Somebody around the person was meant, and where in the line the hits are."""
    words = _("In the network: {name}").format(name=isolated(name))
    start = words.index(name)
    return words, tuple((start + place, length) for place, length in marks)


def number_words(line: PersonLine, number: str) -> tuple[str, Marks]:
    """Which number was meant: of the telephone, of the file, or the birth date."""
    if number in digits(line.phone):
        words, shown = _("Phone {number}").format(number=isolated(line.phone)), line.phone
    elif number in digits(line.number):
        words, shown = _("file {number}").format(number=line.number), line.number
    elif line.birth_date:
        shown = texts().day(line.birth_date)
        words = _("born on {day}").format(day=shown)
    else:
        return born_and_place(line), ()
    return words, ((words.index(shown), len(shown)),)


def place_marks(line: PersonLine, marks: Marks) -> Marks:
    """Where the hits in the place stand in the line that ends with it."""
    start = len(born_and_place(line)) - len(line.place)
    return tuple((start + place, length) for place, length in marks)


def word_row(hit: WordHit, excerpt: str, marks: Marks, today: date) -> RowValue:
    """Words that somebody said or wrote, with whose file they stand in."""
    day = day_words(hit.at.astimezone().date(), today) if hit.at else ""
    kinds = {
        "statement": _("Conversation"),
        "rating": _("Conversation"),
        "contact_note": _("Note"),
        "goal": _("Goal"),
        "step": _("Step"),
        "document": _("Paper"),
        "relation": _("Household and network"),
        "person": _("Good to know"),
    }
    return RowValue(
        hit, hit.person, excerpt, kinds.get(hit.kind, ""), day, "text_2", meta_marks=tuple(marks)
    )
