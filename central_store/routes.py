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
from central_store import (
    admission,
    aside,
    directories,
    documents,
    members,
    pushing,
    recording,
    streams,
    tags,
)
from central_store.call import SMALL, Call, Plain, Raw


class Access(Enum):
    """Who may ask."""

    ANYBODY = "anybody"
    CONNECTED = "connected"  # with a token, also of a laptop that is not signed yet
    SIGNED = "signed"  # with the token of a laptop that is in the directory, or of a guest's


@dataclass(frozen=True, slots=True)
class Route:
    """One of them. `name` is its label everywhere; `path` stands after `/{handle}/v1/`.

    `asks` is `Raw` where there is no message; `limit` names an allowance of `Limits` of its own.
    """

    name: str
    method: str
    path: str
    access: Access
    action: Callable[[Call, Any], Any]
    asks: type
    answers: type
    sentence: str
    most_bytes: int = SMALL
    limit: str = ""
    any_handle: bool = False
    any_protocol: bool = False


_ANYBODY, _CONNECTED, _SIGNED = Access.ANYBODY, Access.CONNECTED, Access.SIGNED
_DIRECTORY_BYTES = MOST_DIRECTORY_BYTES + SMALL

# fmt: off
ROUTES: tuple[Route, ...] = (
    Route("hello", "GET", "hello", _ANYBODY, admission.hello, Raw, m.Hello,
          "Who is there; the only route without an organisation.",
          any_handle=True, any_protocol=True),
    Route("enrol", "POST", "enrol", _ANYBODY, admission.enrol, m.Enrol, m.Enrolled,
          "Connect a laptop with a one-time code.", limit="enrolments"),
    Route("nonce", "POST", "nonce", _ANYBODY, admission.nonce, m.AskNonce, m.Nonce,
          "Something to sign, for any id.", any_protocol=True),
    Route("token", "POST", "token", _ANYBODY, admission.sign_in, m.SignIn, m.Token,
          "A token for a signed nonce; a revoked laptop gets the directory that says so (410).",
          any_protocol=True),
    Route("directory", "GET", "directory", _CONNECTED, directories.get, Raw, SignedDirectory,
          "The signed directory of the organisation."),
    Route("put_directory", "PUT", "directory", _SIGNED, directories.put, SignedDirectory, m.Done,
          "Put back a newer directory than the one here.", _DIRECTORY_BYTES),
    Route("partner", "GET", "partners/{org}/directory", _SIGNED, directories.get_partner,
          Raw, SignedDirectory,
          "The directory of a partner, if each names the other; to guests of a case in common."),
    Route("heads", "POST", "heads", _SIGNED, streams.heads, Raw, m.Heads,
          "How far all streams of this user are."),
    Route("pull", "POST", "pull", _SIGNED, streams.pull, m.Pull, m.Page,
          "What comes after a number in a stream."),
    Route("push", "POST", "push", _SIGNED, pushing.push, m.Push, m.Pushed,
          "Take changes in; each batch has an outcome of its own.", MOST_BYTES,
          any_protocol=True),
    Route("members", "POST", "members", _SIGNED, members.get, m.AskMembers, m.Members,
          "The records of a case, its keys, the ends of chains."),
    Route("put_members", "PUT", "members", _SIGNED, recording.put, m.PutMembers, m.Done,
          "New records on top of the latest, and wrapped keys.", MOST_BYTES),
    Route("put_blob", "PUT", "blobs/{id}", _SIGNED, documents.create, Raw, Plain,
          "Begin a document of a size in a case (`?case=…&size=…`).", any_protocol=True),
    Route("head_blob", "HEAD", "blobs/{id}", _SIGNED, documents.head, Raw, Plain,
          "How far a document is, in Upload-Offset and Upload-Length.", any_protocol=True),
    Route("patch_blob", "PATCH", "blobs/{id}", _SIGNED, documents.append, Raw, Plain,
          "Append bytes at Upload-Offset; 409 tells another offset.", MOST_BYTES,
          any_protocol=True),
    Route("get_blob", "GET", "blobs/{id}", _SIGNED, documents.get, Raw, Plain,
          "A whole document, at most 4 MiB of it at once: ask for the rest with Range."),
    Route("tags", "POST", "tags", _SIGNED, tags.put, m.PutTags, m.Done,
          "The blind tags of the person of a case."),
    Route("known", "POST", "known", _SIGNED, tags.known, m.AskTags, m.Known,
          "Which colleagues lead a case of a person with one of these tags.", limit="tags"),
    Route("handin", "POST", "handin", _ANYBODY, aside.hand_in, m.HandIn, m.HandedIn,
          "Unsent work of a laptop that may not write any more, to be kept aside.",
          MOST_BYTES, any_protocol=True),
    Route("erased", "POST", "erased", _SIGNED, members.erased, m.SignedErasure, m.Done,
          "The proof of a laptop that it has erased a case."),
)
# fmt: on


def path_of(route: Route) -> str:
    """The whole path of a route."""
    return f"/v1/{route.path}" if route.any_handle else f"/{{handle}}/v1/{route.path}"
