"""One organisation at the central store, as a laptop speaks to it: one method for each question.

A `Link` keeps a token for ten minutes and fetches a new one when the old one is refused. It decides
nothing about what comes back: whoever asks must check what is signed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

from caseworker_app.sync.refusals import Refused, Unreachable, Unreadable, refusal
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import Batch, pack_batch
from caseworker_app.sync.wire.directory import SignedDirectory
from caseworker_app.sync.wire.packing import MOST_BYTES, Malformed, pack, unpack
from caseworker_app.sync.wire.signing import Purpose, to_sign

T = TypeVar("T")

OK = 200
MOST_ANSWER = 2 * MOST_BYTES
"""Bytes: a page is one push and the rest of another."""

MOST_ANSWER_ITEMS = MOST_ANSWER // 6
"""So many that the bytes are what counts: no list that a central store answers with is denser."""

MOST_AHEAD = 4
"""Answers that are kept for questions to come."""


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What came back: a status, headers with small names, and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """Carries one request to the server of an organisation and one answer back."""

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The answer, whole. Unreachable when there is none, or only a part of one.

        Unreadable when it is too long.
        """


class Aside(Protocol):
    """Does something aside, one after the other, while the caller goes on with something else."""

    def __call__(self, work: Callable[[], T], /) -> Callable[[], T]:
        """Begin; what comes back gives the result, or raises what was raised."""


class Signer(Protocol):
    """What the vault lends: the device's id and its signature."""

    @property
    def device_id(self) -> UUID:
        """The device's id."""

    def sign(self, message: bytes) -> bytes:
        """The device's Ed25519 signature."""


class Revoked(Exception):
    """The organisation has signed this device off. The order still has to be verified."""

    def __init__(self, order: SignedDirectory) -> None:
        super().__init__("revoked")
        self.order = order


class Link:
    """This device and one organisation at the central store."""

    def __init__(
        self,
        transport: Transport,
        handle: str,
        org: UUID,
        signer: Signer,
        stop: Callable[[], bool] = lambda: False,
        aside: Aside | None = None,
    ) -> None:
        """`stop` is asked before each request: the coach may have locked the program."""
        self.transport, self.handle, self.org = transport, handle, org
        self._signer, self._stop, self._aside = signer, stop, aside
        self._token = ""
        self._ahead: dict[tuple[str, bytes], Callable[[], Any]] = {}

    # --- connecting ----------------------------------------------------------------------------

    def hello(self) -> m.Hello:
        """Who is there, and what time it is."""
        return self._said(m.Hello, self._send("GET", "/v1/hello"))

    def enrol(self, request: m.Enrol) -> m.Enrolled:
        """Hand over this device's public keys with a one-time code."""
        return self._said(m.Enrolled, self._post("enrol", request))

    def hand_in(self, batch: Batch) -> m.HandedIn:
        """Hand in what one device wrote, whoever brings it, without being let in any more."""
        request = m.HandIn(batch.changes[0].header.device, [pack_batch(batch)])
        return self._said(m.HandedIn, self._post("handin", request))

    # --- what needs a token ---------------------------------------------------------------------

    def directory(self) -> SignedDirectory:
        """The organisation's latest directory, to be verified."""
        return self._said(SignedDirectory, self._asked("GET", "directory"))

    def put_directory(self, signed: SignedDirectory) -> None:
        """Give a central store that was put back the directory that it has lost."""
        self._asked("PUT", "directory", pack(signed))

    def partner(self, org: UUID) -> SignedDirectory:
        """The directory of a partner organisation, to be verified by its own root key."""
        return self._said(SignedDirectory, self._asked("GET", f"partners/{org}/directory"))

    def ask(self, answer: type[T], name: str, request: object) -> T:
        """Put a question of `messages` and get its answer."""
        body = pack(request)
        ahead = self._ahead.pop((name, body), None)
        if ahead is not None:
            return cast("T", ahead())
        return self._said(answer, self._asked("POST", name, body))

    def ask_ahead(self, answer: type[T], name: str, request: object) -> None:
        """Put a question that `ask` will soon be asked, where the way can do so aside.

        Only what changes nothing there. What is handed over makes answers from before old.
        """
        if self._aside is not None:
            body = pack(request)
            said = self._aside(lambda: self._said(answer, self._asked("POST", name, body)))
            self._ahead[name, body] = said
            while len(self._ahead) > MOST_AHEAD:
                del self._ahead[next(iter(self._ahead))]

    def push(self, batches: Iterable[Batch]) -> m.Pushed:
        """Hand over changes. Only what comes back with a number was taken."""
        return self.pushing(batches)()

    def pushing(self, batches: Iterable[Batch]) -> Callable[[], m.Pushed]:
        """Begin to hand over changes, where the way can do so aside; what gives the answer."""
        self._ahead.clear()
        body = pack(m.Push([pack_batch(one) for one in batches]))

        def push() -> m.Pushed:
            return self._said(m.Pushed, self._asked("POST", "push", body))

        return self._aside(push) if self._aside is not None else push

    def put_members(self, request: m.PutMembers) -> None:
        """Put records and wrapped keys. Refused("moved-on") when there is a newer record."""
        self._ahead.clear()
        self._said(m.Done, self._asked("PUT", "members", pack(request)))

    def raw(
        self, method: str, name: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """A request about a document, whose bytes are no message."""
        return self._asked(method, name, body, headers or {})

    # --- the way there and back -----------------------------------------------------------------

    def _asked(
        self, method: str, name: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Ask with a token; once more with a new one when the old one is not taken."""
        fresh = not self._token
        if fresh:
            self._sign_in()
        try:
            return self._send(method, self._path(name), body, headers or {})
        except Refused as refused:
            if fresh or refused.error != "sign-in":
                raise
        self._sign_in()
        return self._send(method, self._path(name), body, headers or {})

    def _sign_in(self) -> None:
        self._token = ""
        device = self._signer.device_id
        nonce = self._said(m.Nonce, self._post("nonce", m.AskNonce(device))).nonce
        message = to_sign(Purpose.SIGN_IN, self.org.bytes + device.bytes + nonce)
        given = self._post("token", m.SignIn(device, nonce, self._signer.sign(message)))
        self._token = self._said(m.Token, given).token.hex()

    def _post(self, name: str, request: object) -> Answer:
        return self._send("POST", self._path(name), pack(request))

    def _path(self, name: str) -> str:
        return f"/{self.handle}/v1/{name}"

    def _send(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        if self._stop():
            raise Unreachable
        sent = {m.PROTOCOL_HEADER: str(m.PROTOCOL), "Content-Type": m.MEDIA_TYPE, **(headers or {})}
        if self._token:
            sent["Authorization"] = f"Bearer {self._token}"
        answer = self.transport.send(method, path, body, sent)
        if len(answer.body) > MOST_ANSWER:
            raise Unreadable
        if answer.status == m.REFUSALS["revoked"]:
            raise Revoked(self._said(SignedDirectory, answer))
        if answer.status // 100 != OK // 100:
            raise refusal(answer.status, answer.body)
        return answer

    @staticmethod
    def _said(expected: type[T], answer: Answer) -> T:
        """What the answer says. Something else than an answer came from somebody else."""
        try:
            return unpack(expected, answer.body, MOST_ANSWER, MOST_ANSWER_ITEMS)
        except Malformed:
            raise Unreadable from None
