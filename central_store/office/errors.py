"""What may go wrong in the office: what happened, what is safe, what to do."""

from __future__ import annotations


class OfficeError(Exception):
    """Something a person at the terminal can be told about calmly, in three sentences."""

    def __init__(self, happened: str, safe: str, to_do: str) -> None:
        """The three sentences."""
        super().__init__(" ".join(part for part in (happened, safe, to_do) if part))


class WrongPassphrases(OfficeError):
    """At least one of the two is another one. Which, nobody can know."""

    def __init__(self) -> None:
        super().__init__(
            "The two passphrases do not open this key file.",
            "The file is unchanged.",
            "One of them, or both, has a mistake. Type both once more, in any order.",
        )


class KeyFileDamaged(OfficeError):
    """The key file is not as it was written."""

    def __init__(self) -> None:
        super().__init__(
            "The key file is damaged or is no key file.",
            "It was not changed.",
            "Take the other copy from the safe, and make a new copy of it.",
        )


class NotTaken(OfficeError):
    """Something that came in a file is not signed as it must be, or is not the newest."""
