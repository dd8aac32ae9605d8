"""What belongs to somebody else, and every question that names it: it must seem not to be there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import pack_batch
from caseworker_app.sync.wire.packing import pack
from caseworker_app.sync.wire.signing import Purpose, to_sign
from tests.central.laptop import Laptop
from tests.central.office import Office

NOT_HERE = pack(m.Refusal("not-here"))


@dataclass
class Foreign:
    """What somebody else has, of which somebody who asks may learn nothing."""

    laptop: Laptop
    case: UUID
    blob: bytes
    unfinished: bytes
    tag: bytes


def held(make: Callable[..., Laptop], at: Office) -> Foreign:
    """A laptop with one of everything."""
    made, reader = make(at=at), make(at=at)
    case, _ = made.start(reader.member(Role.READS))
    made.push(made.write(case, 3))
    made.put(case, keys=[m.WrappedKey(1, made.device.id, os.urandom(80))])
    blob, unfinished, tag = os.urandom(500), os.urandom(500), os.urandom(32)
    for content in (blob, unfinished):
        made.raw("PUT", f"blobs/{digest(content)}?case={case}&size=500")
    made.raw("PATCH", f"blobs/{digest(blob)}", blob, **{"Upload-Offset": "0"})
    made.ask("POST", "tags", m.PutTags(case, (tag,)))
    return Foreign(made, case, blob, unfinished, tag)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def questions(foreign: Foreign, asking: Laptop) -> dict[str, list[tuple[str, str, bytes, dict]]]:
    """For each route with an id in it: requests that name what belongs to somebody else."""
    case, public = foreign.case, foreign.laptop.device.public
    at = {"Upload-Offset": "0"}
    theirs = foreign.laptop.office
    body = pack(m.Erasure(asking.office.org, case, asking.device.id, 3, bytes(32), 1))
    signature = asking.device.signing.sign(to_sign(Purpose.ERASURE, body))
    record = asking.record(case)
    guest = m.Guest(theirs.org, theirs.handle, foreign.laptop.user, public.id, public.signing)
    hand_in = m.HandIn(public.id, [pack_batch(asking.write(uuid4()))])
    foreign_end = foreign.laptop.write(case)
    own = uuid4()
    blobs = [digest(foreign.blob), digest(foreign.unfinished)]
    return {
        "partner": [("GET", f"partners/{theirs.org}/directory", b"", {})],
        "pull": [("POST", "pull", pack(m.Pull(case, after)), {}) for after in (0, 1, 99)],
        "members": [("POST", "members", pack(m.AskMembers(case, 0)), {})],
        "put_members": [
            ("PUT", "members", pack(message), {})
            for message in (
                m.PutMembers(case, (), ()),
                m.PutMembers(case, (), (m.WrappedKey(1, public.id, bytes(80)),)),
                m.PutMembers(own, (asking.record(own),), (), (guest,)),
                *([m.PutMembers(case, (record,), ())] if theirs is asking.office else []),
            )
        ],
        "put_blob": [("PUT", f"blobs/{one}?case={case}&size=500", b"", {}) for one in blobs],
        "head_blob": [("HEAD", f"blobs/{one}", b"", {}) for one in blobs],
        "patch_blob": [("PATCH", f"blobs/{one}", b"x", at) for one in blobs],
        "get_blob": [
            ("GET", f"blobs/{one}{query}", b"", {})
            for one in blobs
            for query in ("", f"?case={case}")
        ],
        "tags": [("POST", "tags", pack(m.PutTags(case, (bytes(32),))), {})],
        "erased": [("POST", "erased", pack(m.SignedErasure(body, signature)), {})],
        "handin": [
            ("POST", "handin", pack(m.HandIn(uuid4(), hand_in.batches)), {}),
            *(
                []
                if theirs is asking.office
                else [("POST", "handin", pack(m.HandIn(public.id, [pack_batch(foreign_end)])), {})]
            ),
        ],
        "token": [],
        "enrol": [("POST", "enrol", pack(asking.enrolment(os.urandom(16))), {})],
    }


def ask_all(foreign: Foreign, asking: Laptop) -> tuple[int, list[str]]:
    """Ask all of them: how many there are, and which got anything but the one answer."""
    tried, told = 0, []
    for name, requests in questions(foreign, asking).items():
        for method, path, body, headers in requests:
            answer = asking.raw(method, path, body, **headers)
            expected = b"" if method == "HEAD" else NOT_HERE
            tried += 1
            if (answer.status_code, answer.content) != (404, expected):
                told.append(f"{name}: {answer.status_code}, {len(answer.content)} bytes")
    return tried, told
