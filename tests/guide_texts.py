"""A tiny guide without a mistake, for tests to change, and where a word stands in a text."""

from __future__ import annotations

TINY = """\
# A tiny guide
id = "tiny"
version = 1
languages = ["de", "nl"]
title = { de = "Kurz", nl = "Kort" }
purpose = { de = "Ein Versuch.", nl = "Een proef." }

[[sections]]
id = "first"
pictogram = "L01_day"
domains = ["L01"]
title.de = "Anfang"
title.nl = "Begin"

[[sections.questions]]
id = "how"
strength = true
text.de = "Wie geht es?"
text.nl = "Hoe gaat het?"

[[sections.questions]]
id = "place"
kind = "choice"
text.de = "Wo?"
text.nl = "Waar?"
hint.de = "Zeit lassen."
hint.nl = "Geef de tijd."

[[sections.questions.options]]
id = "home"
text = { de = "Zu Hause", nl = "Thuis" }

[[sections.questions.options]]
id = "away"
text = { de = "Anderswo", nl = "Ergens anders" }
"""


def line_of(source: str, words: str) -> int:
    return source[: source.index(words)].count("\n") + 1


def changed(*changes: tuple[str, str], source: str = TINY) -> str:
    """The tiny guide with each of these replaced once; every one must be there."""
    for old, new in changes:
        assert old in source, old
        source = source.replace(old, new, 1)
    return source
