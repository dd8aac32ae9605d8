"""What every kept value has in common, and the one place that says how its fields are treated.

A kept value is a frozen dataclass below `Entity`. Its annotations are the single definition from
which the store derives its tables, its codec and the capture of changes; `text` and `link`
add the little that a type cannot say. No field is described anywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Self
from uuid import UUID

SEARCHED = "searched"
INDEXED = "indexed"


def text(*, searched: bool = False) -> Any:
    """Words that somebody typed. `searched` puts them into the full-text index."""
    return field(default="", metadata={SEARCHED: searched})


def link() -> Any:
    """The id of another value, or a column that is looked up often: gets an index."""
    return field(default=None, metadata={INDEXED: True})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Entity:
    """A value with an identity, kept in one case. Its `repr` never shows what it holds."""

    kind: ClassVar[str]
    id: UUID
    case: UUID
    removed: bool = False

    def __repr__(self) -> str:
        """Ids and kinds only: values end up in logs and tracebacks, their words must not."""
        return f"<{self.kind} {self.id}>"

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """The fields a change may carry: all but the identity."""
        return tuple(f.name for f in fields(cls) if f.name not in ("id", "case"))

    def differences(self, seen: Self | None) -> dict[str, Any]:
        """The fields in which this differs from `seen`; for a new value, from its defaults.

        A new value always names `removed`, so that it exists even when all else is default.
        """
        if seen is None:
            defaults = {f.name: f.default for f in fields(self)}
            changed = {
                name: getattr(self, name)
                for name in self.field_names()
                if getattr(self, name) != defaults[name]
            }
            return {"removed": self.removed, **changed}
        return {
            name: getattr(self, name)
            for name in self.field_names()
            if getattr(self, name) != getattr(seen, name)
        }
