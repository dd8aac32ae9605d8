"""Looks for personal words in files, in every form in which a program might have written them."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from caseworker_app import i18n, paths
from caseworker_app.domain.names import folded, tokens

NOT_PERSONAL = {
    *("language", "pronoun", "question", "domain", "sign", "voice", "way", "status"),
    *("missing", "wants_change", "role", "with_whom", "who"),
}
FEWEST_LETTERS = 4
LONG_WORD = 10
AMONG_RANDOM_BYTES = 6
"""Words of fewer bytes turn up in an encrypted file by chance."""
_PREFIX = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A personal word, and the file it stands in."""

    file: str
    words: str


def personal_words(languages: Iterable[str] = i18n.LANGUAGES) -> set[str]:
    """Names, numbers, addresses, notes and statements of all people in the samples."""
    found: set[str] = set()
    for language in languages:
        text = (paths.resources() / "sample" / f"{language}.toml").read_text("utf-8")
        found.update(_texts(tomllib.loads(text)))
    return {words for words in found if len(words) >= FEWEST_LETTERS}


def long_words(phrases: Iterable[str]) -> set[str]:
    """The long words of what was said, one by one, as a full-text index would hold them."""
    return {word for phrase in phrases for word in tokens(phrase) if len(word) >= LONG_WORD}


class Search:
    """Finds any of these words, whatever the letters' case, the encoding or the escaping."""

    def __init__(self, words: Iterable[str], fewest_bytes: int = AMONG_RANDOM_BYTES) -> None:
        self._forms: dict[bytes, list[tuple[bytes, str]]] = defaultdict(list)
        for one in set(words):
            for form in forms(one):
                if len(form) >= max(fewest_bytes, _PREFIX):
                    self._forms[form[:_PREFIX]].append((form, one))

    def in_bytes(self, content: bytes) -> set[str]:
        """The words that stand in these bytes."""
        lowered, known = content.lower(), self._forms
        found: set[str] = set()
        for at in range(len(lowered) - _PREFIX + 1):
            for form, words in known.get(lowered[at : at + _PREFIX], ()):
                if words not in found and lowered.startswith(form, at):
                    found.add(words)
        return found

    def in_files(self, files: Iterable[Path]) -> list[Found]:
        """What stands in these files, and in their names."""
        return [
            Found(str(file), words)
            for file in sorted(set(files))
            for words in sorted(self.in_bytes(file.read_bytes() + b"\0" + file.name.encode()))
        ]


def forms(words: str) -> set[bytes]:
    """The bytes in which these words may stand somewhere, in small letters."""
    written = {words, words.casefold(), words.upper().lower(), folded(words)}
    encoded = {
        variant.encode(encoding, "replace")
        for variant in written
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "latin-1")
    }
    encoded |= {json.dumps(variant)[1:-1].encode() for variant in written}
    encoded |= {quote(variant).encode() for variant in written}
    return {form.lower() for form in encoded}


def files_in(*folders: Path) -> list[Path]:
    """All files below these folders."""
    return [file for folder in folders for file in folder.rglob("*") if file.is_file()]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in NOT_PERSONAL:
                yield from _texts(item)
