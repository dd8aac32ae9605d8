"""Texts of a guide: in each of its languages, and in the forms in which people are spoken to."""

from __future__ import annotations

import re

from caseworker_app.content.desk import Desk, Table
from caseworker_app.content.toml_lines import KeyPath
from caseworker_app.domain.guide import FORMS, Words
from caseworker_app.i18n import N_

MOST_LANGUAGES = 20

_LANGUAGE = re.compile(r"[a-z]{2,3}")


def read_languages(desk: Desk, data: Table) -> None:
    """Learn in which languages the texts of this file are given; `words` asks for them."""
    desk.languages = _codes(desk, data, "languages")
    if not desk.languages and data.get("languages") == []:
        desk.mistake(("languages",), N_("This guide names no language."))
    if "participant_languages" not in data:
        return
    more = _codes(desk, data, "participant_languages")
    desk.participant_languages = tuple(one for one in more if one not in desk.languages)
    if len(more) != len(desk.participant_languages):
        message = N_("“participant_languages” names only languages that “languages” does not.")
        desk.mistake(("participant_languages",), message)


def _codes(desk: Desk, data: Table, key: str) -> tuple[str, ...]:
    listed: list[object] = desk.value((), data, key, [])
    if len(listed) > MOST_LANGUAGES:
        message = N_("“{key}” may name at most {most} languages.")
        desk.mistake((key,), message, key=key, most=MOST_LANGUAGES)
        return ()
    found: dict[str, None] = {}
    for number, language in enumerate(listed):
        if not (isinstance(language, str) and _LANGUAGE.fullmatch(language)):
            message = N_("A language is given by its code, such as “de” or “nl”.")
            desk.mistake((key, number), message)
        elif language in found:
            desk.mistake((key, number), N_("“{word}” is named twice."), word=language)
        else:
            found[language] = None
    return tuple(found)


def words(desk: Desk, at: KeyPath, table: Table, key: str) -> Words:
    """A text for the participant: in every language, and in the forms that it needs."""
    found = desk.value(at, table, key, Table())
    if not (desk.languages and isinstance(table.get(key), dict)):
        return Words(())
    languages = (*desk.languages, *desk.participant_languages)
    place = (*at, key)
    for tag in found:
        _check_tag(desk, (*place, tag), tag, languages)
    given = []
    for language in languages:
        tags = [f"{language}-{form}" if form else language for form in FORMS]
        given += [(tag, _text(desk, place, found, tag)) for tag in tags if tag in found]
        if language not in found:
            _lacks(desk, place, language, next((tag for tag in tags if tag in found), ""))
    return Words(tuple(given))


def coach_words(desk: Desk, at: KeyPath, table: Table, key: str) -> Words:
    """A text for the coach, if there is one: in the languages of the guide, in one form."""
    found = desk.typed((*at, key), table.get(key, {}), Table())
    if not (desk.languages and isinstance(table.get(key), dict)):
        return Words(())
    place = (*at, key)
    for tag in found:
        if tag not in desk.languages:
            message = N_("“{key}” is for the coach and is given only as {tags}.")
            tags = ", ".join(f"“{key}.{language}”" for language in desk.languages)
            desk.mistake((*place, tag), message, key=key, tags=tags)
    for language in desk.languages:
        if language not in found:
            _lacks(desk, place, language)
    given = tuple(tag for tag in desk.languages if tag in found)
    return Words(tuple((tag, _text(desk, place, found, tag)) for tag in given))


def _check_tag(desk: Desk, at: KeyPath, tag: str, languages: tuple[str, ...]) -> None:
    language, _, form = tag.partition("-")
    if language not in languages:
        message = N_("“{language}” is not one of the languages of this guide.")
        desk.mistake(at, message, language=language)
    elif form or tag.endswith("-"):
        forms = tuple(f"{language}-{one}" for one in FORMS if one)
        message = N_("There is no form “{word}”. The nearest one is “{nearest}”.")
        desk.known(at, tag, forms, message)


def _lacks(desk: Desk, at: KeyPath, language: str, form: str = "") -> None:
    if form:
        message = N_("“{form}” cannot stand alone: the text “{language}” is missing.")
        desk.mistake((*at, form), message, form=form, language=language)
    else:
        message = N_("The text in the language “{language}” is missing.")
        desk.mistake(at, message, language=language)


def _text(desk: Desk, at: KeyPath, found: Table, tag: str) -> str:
    text = desk.typed((*at, tag), found[tag], "").strip()
    if not text and isinstance(found[tag], str):
        message = N_("The text “{tag}” is empty.")
        desk.mistake((*at, tag), message, tag=tag)
    return text
