"""What can be asked of the central store: the one table from which everything else is made.

Starlette's routes, the OpenAPI description, the labels of the metrics and the test that tries every
route with every foreign id are generated from `ROUTES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.directory import MOST_DIRECTORY_BYTES, SignedDirectory
from caseworker_app.sync.wire.packing import MOST_BYTES
from central_store import admission, directories, members, pushing, recording, streams
from central_store.call import Call, Raw

SMALL = 64 * 1024
"""More than this is read only from somebody who has signed in."""

MOST_RECORDS_BYTES = MOST_BYTES


class Access(Enum):
    """Who may ask."""

    ANYBODY = "anybody"
    CONNECTED = "connected"  # with a token, also of a laptop that is not signed yet
    SIGNED = "signed"  # with the token of a laptop that is in the directory, or of a guest's


@dataclass(frozen=True, slots=True)
class Route:
    """One of them. `name` is its label everywhere; `path` stands after `/{handle}/v1/`."""

    name: str
    method: str
    path: str
    access: Access
    action: Callable[[Call, Any], Any]
    asks: type
    answers: type
    sentence: str
    most_bytes: int = SMALL
    any_handle: bool = False


def _route(
    name: str,
    method: str,
    path: str,
    access: Access,
    action: Callable[[Call, Any], Any],
    types: tuple[type, type],
    sentence: str,
    most_bytes: int = SMALL,
) -> Route:
    return Route(name, method, path, access, action, *types, sentence, most_bytes)


ROUTES: tuple[Route, ...] = (
    Route(
        "hello",
        "GET",
        "hello",
        Access.ANYBODY,
        admission.hello,
        Raw,
        m.Hello,
        "Who is there; the only route without an organisation.",
        any_handle=True,
    ),
    Route(
        "enrol",
        "POST",
        "enrol",
        Access.ANYBODY,
        admission.enrol,
        m.Enrol,
        m.Enrolled,
        "Connect a laptop with a one-time code.",
    ),
    Route(
        "nonce",
        "POST",
        "nonce",
        Access.ANYBODY,
        admission.nonce,
        m.AskNonce,
        m.Nonce,
        "Something to sign, for any id.",
    ),
    Route(
        "token",
        "POST",
        "token",
        Access.ANYBODY,
        admission.sign_in,
        m.SignIn,
        m.Token,
        "A token for a signed nonce; for a revoked laptop the directory that says so (410).",
    ),
    Route(
        "directory",
        "GET",
        "directory",
        Access.CONNECTED,
        directories.get,
        Raw,
        SignedDirectory,
        "The signed directory of the organisation.",
    ),
    Route(
        "put_directory",
        "PUT",
        "directory",
        Access.SIGNED,
        directories.put,
        SignedDirectory,
        m.Done,
        "Put back a newer directory than the one here.",
        MOST_DIRECTORY_BYTES + SMALL,
    ),
    Route(
        "partner",
        "GET",
        "partners/{org}/directory",
        Access.SIGNED,
        directories.get_partner,
        Raw,
        SignedDirectory,
        "The directory of a partner organisation, if each names the other.",
    ),
    Route(
        "heads",
        "POST",
        "heads",
        Access.SIGNED,
        streams.heads,
        Raw,
        m.Heads,
        "How far all streams of this device are.",
    ),
    Route(
        "pull",
        "POST",
        "pull",
        Access.SIGNED,
        streams.pull,
        m.Pull,
        m.Page,
        "What comes after a number in a stream.",
    ),
    Route(
        "push",
        "POST",
        "push",
        Access.SIGNED,
        pushing.push,
        m.Push,
        m.Pushed,
        "Take changes in; each batch has an outcome of its own.",
        MOST_BYTES,
    ),
    Route(
        "members",
        "POST",
        "members",
        Access.SIGNED,
        members.get,
        m.AskMembers,
        m.Members,
        "The records of a case, its keys, the ends of chains.",
    ),
    Route(
        "put_members",
        "PUT",
        "members",
        Access.SIGNED,
        recording.put,
        m.PutMembers,
        m.Done,
        "New records on top of the latest, and wrapped keys.",
        MOST_BYTES,
    ),
)
