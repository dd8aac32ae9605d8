"""Where each key of a TOML file stands, so that a mistake can be named with its line.

The standard library reads TOML without positions. This walks the same text once more, after it was
found to be valid, and notes the line of every heading, key and list entry. It judges nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections import deque

KeyPath = tuple[str | int, ...]

_TOKEN = re.compile(
    r'''"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'''
    r"""|'''(?:[^']|'{1,2}(?!'))*'{3,5}"""
    r'''|"(?:[^"\\\n]|\\.)*"'''
    r"""|'[^'\n]*'"""
    r"""|\#[^\n]*|\n|[\[\]{}=,.]|[^\s\[\]{}=,."'\#]+""",
    re.DOTALL,
)
_SCALAR_ENDS = ("\n", ",", "]", "}")


class TomlLines:
    """The lines of one TOML text. The text must be one that `tomllib` accepts."""

    def __init__(self, source: str) -> None:
        self._found: dict[KeyPath, int] = {(): 1}
        self._counts: dict[KeyPath, int] = {}
        self._tokens = deque(_tokens(source))
        self._walk()

    def line(self, path: KeyPath) -> int:
        """The line on which `path` begins; of a missing key, the line of what it is missing in."""
        while path not in self._found:
            path = path[:-1]
        return self._found[path]

    def _walk(self) -> None:
        table: KeyPath = ()
        while self._skip_blank():
            if self._tokens[0][0] == "[":
                table = self._heading()
            else:
                self._pair(table)

    def _skip_blank(self) -> bool:
        """Drop line ends and comments. False when nothing else is left."""
        while self._tokens and self._tokens[0][0][0] in "\n#":
            self._tokens.popleft()
        return bool(self._tokens)

    def _take(self) -> tuple[str, int]:
        return self._tokens.popleft()

    def _heading(self) -> KeyPath:
        """`[a.b]`, or `[[a.b]]`, which begins a new entry of the list `b`."""
        _, line = self._take()
        is_list = self._tokens[0][0] == "["
        if is_list:
            self._take()
        keys = self._keys("]")
        if is_list:
            self._take()
        parent = self._within((), keys[:-1], line)
        path = (*parent, keys[-1])
        self._found.setdefault(path, line)
        if not is_list:
            return self._entered(path)
        entry = (*path, self._counts.get(path, 0))
        self._counts[path] = self._counts.get(path, 0) + 1
        self._found[entry] = line
        return entry

    def _pair(self, table: KeyPath) -> None:
        """`key.key = value`."""
        line = self._tokens[0][1]
        keys = self._keys("=")
        path = (*self._within(table, keys[:-1], line), keys[-1])
        self._found[path] = line
        self._value(path)

    def _within(self, start: KeyPath, keys: list[str], line: int) -> KeyPath:
        """Follow `keys` from `start`; a list of tables leads into its newest entry."""
        path = start
        for key in keys:
            path = (*path, key)
            self._found.setdefault(path, line)
            path = self._entered(path)
        return path

    def _entered(self, path: KeyPath) -> KeyPath:
        return (*path, self._counts[path] - 1) if path in self._counts else path

    def _keys(self, end: str) -> list[str]:
        """The parts of a dotted key, up to and including the token that ends it."""
        keys = []
        while (part := self._take()[0]) != end:
            if part != ".":
                keys.append(_unquoted(part))
        return keys

    def _value(self, path: KeyPath) -> None:
        first = self._tokens[0][0]
        if first == "[":
            self._list(path)
        elif first == "{":
            self._inline_table(path)
        else:
            while self._tokens and self._tokens[0][0] not in _SCALAR_ENDS:
                self._take()

    def _list(self, path: KeyPath) -> None:
        self._take()
        index = 0
        while self._skip_blank() and self._tokens[0][0] != "]":
            if self._tokens[0][0] == ",":
                self._take()
                continue
            self._found[(*path, index)] = self._tokens[0][1]
            self._value((*path, index))
            index += 1
        self._take()

    def _inline_table(self, path: KeyPath) -> None:
        self._take()
        while self._skip_blank() and self._tokens[0][0] != "}":
            if self._tokens[0][0] == ",":
                self._take()
            else:
                self._pair(path)
        self._take()


def _tokens(source: str) -> list[tuple[str, int]]:
    """Every token with the line it begins on."""
    found = []
    line = 1
    for match in _TOKEN.finditer(source):
        found.append((match.group(), line))
        line += match.group().count("\n")
    return found


def _unquoted(key: str) -> str:
    """A key as it is meant: quoted keys may hold escapes."""
    if key[0] not in "\"'":
        return key
    meant = tomllib.loads(f"key = {key}")["key"]
    return str(meant)
