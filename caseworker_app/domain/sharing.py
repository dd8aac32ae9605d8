"""Who works with a case, and in which way."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody may do in a case: look, write, or also say who else is in it."""

    READS = "reads"
    WRITES = "writes"
    LEADS = "leads"
