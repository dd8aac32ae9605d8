"""The lists of choices of a form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyxform.constants import LIST_NAME_S

from caseworker_app.content.desk import Table
from caseworker_app.content.xlsform_names import to_id, unlike
from caseworker_app.content.xlsform_remarks import Remarks
from caseworker_app.content.xlsform_sheets import CHOICES, Sheet
from caseworker_app.content.xlsform_texts import Spoken
from caseworker_app.i18n import N_

YES = {
    "de": "Ja",
    "nl": "Ja",
    "en": "Yes",
    "fr": "Oui",
    "es": "Sí",
    "pt": "Sim",
    "it": "Sì",
    "pl": "Tak",
    "uk": "Так",
    "ru": "Да",
    "ar": "نعم",
    "tr": "Evet",
}
NO = {
    "de": "Nein",
    "nl": "Nee",
    "en": "No",
    "fr": "Non",
    "es": "No",
    "pt": "Não",
    "it": "No",
    "pl": "Nie",
    "uk": "Ні",
    "ru": "Нет",
    "ar": "لا",
    "tr": "Hayır",
}
OTHER = {
    "de": "Etwas anderes",
    "nl": "Iets anders",
    "en": "Something else",
    "fr": "Autre chose",
    "uk": "Щось інше",
    "ar": "شيء آخر",
    "tr": "Başka bir şey",
}
OTHER_NAME = "other"

_YES = {word.casefold() for word in YES.values()}
_NO = {word.casefold() for word in NO.values()}


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list: its name in the form, the id it gets, and its text."""

    name: str
    id: str
    row: int
    texts: Table


Lists = Mapping[str, Sequence[Choice]]


def read_lists(sheet: Sheet, spoken: Spoken, remarks: Remarks) -> Lists:
    """All lists by their names. A choice without a text is called by its name."""
    lists: dict[str, list[Choice]] = {}
    taken: dict[str, set[str]] = defaultdict(set)
    for row in sheet.rows:
        name, within = row.get("name"), row.get(LIST_NAME_S)
        if not (name and within):
            if name or within:
                message = N_("A choice needs a “list_name” and a “name”.")
                remarks.mistake((CHOICES, row.number), message)
            continue
        texts = spoken.texts(CHOICES, row) or dict.fromkeys(
            (*spoken.languages, *spoken.participants), name
        )
        its_id = row.ours("id") or unlike(to_id(name), taken[within], "-")
        taken[within].add(its_id)
        lists.setdefault(within, []).append(Choice(name, its_id, row.number, texts))
    return lists


def with_other(choices: Sequence[Choice], spoken: Spoken) -> Sequence[Choice]:
    """The list and "something else" as its last choice, unless it has one already."""
    if not choices or any(choice.name == OTHER_NAME for choice in choices):
        return choices
    languages = (*spoken.languages, *spoken.participants)
    texts = {language: OTHER.get(language, OTHER["en"]) for language in languages}
    return [*choices, Choice(OTHER_NAME, OTHER_NAME, choices[0].row, texts)]


def yes_no(choices: Sequence[Choice]) -> dict[str, str] | None:
    """The names of "yes" and "no" by these ids, when the list has just the two."""
    yes = [choice.name for choice in choices if _says(choice, _YES)]
    no = [choice.name for choice in choices if _says(choice, _NO)]
    if len(choices) == len(yes) + len(no) == 2 and len(yes) == 1:  # noqa: PLR2004 - the two
        return {"yes": yes[0], "no": no[0]}
    return None


def _says(choice: Choice, words: set[str]) -> bool:
    """Whether it says this and nothing more; what else it says must not be lost."""
    said = next(iter(choice.texts.values()), "").casefold().rstrip(".!")
    return said in words or (choice.name.casefold() in words and " " not in said)
