"""What a paper says, line by line, to be read or heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["title", "heading", "question", "words", "item"]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paragraph of a paper."""

    kind: Kind
    words: str
