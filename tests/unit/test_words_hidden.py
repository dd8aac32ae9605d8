"""What a person said must not reach a log by way of a traceback: values do not show their words."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator

import caseworker_app

# These hold no words of anybody: guides, ids, counts, dates, public keys, sealed names, the
# program's own sentences.
SHOWN = {
    "About", "All", "Answered", "Any", "Asked", "Asking", "Box", "Brought", "Checked", "Choice",
    "Closed", "Column", "Cost", "DeviceEntry", "Directory", "Due", "Family", "Fetched", "Group",
    "Guide", "Header", "Includes", "Is", "Kind", "LifeDomain", "Look", "Lying", "Marked", "Me",
    "Member", "Membership", "MoreThan", "Moved", "NewRoot", "Not", "Option", "Owner", "PaperChoice",
    "Part", "Parted", "Partner", "Place", "Problem", "Progress", "PublicDevice", "Question",
    "Recipient", "Released", "Relevant", "Report", "Row", "Scale", "Section", "Settings", "Sheet",
    "Stop", "Stream", "Strength", "Strip", "Style", "Successor", "Taken", "TakingIn", "There",
    "Tick", "Tongue", "UnderWay", "Unsent", "User", "Way", "Wish", "Words", "_Nobody", "_Operand",
    "_Round", "_SetCell",
}  # fmt: skip


def values() -> Iterator[type]:
    """Every dataclass of the program, but for the fictional people of the sample."""
    for module in pkgutil.walk_packages(caseworker_app.__path__, "caseworker_app."):
        if module.name.endswith(("__main__", "content.sample")):
            continue
        for thing in vars(importlib.import_module(module.name)).values():
            is_value = isinstance(thing, type) and dataclasses.is_dataclass(thing)
            if is_value and thing.__module__ == module.name:
                yield thing


def test_only_values_without_words_show_what_they_hold() -> None:
    open_ones = {cls.__name__ for cls in values() if cls.__dataclass_params__.repr}
    assert sorted(open_ones ^ SHOWN) == []
