"""A network that loses, repeats, delays and cuts, between real laptops and a real store."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from caseworker_app.sync.link import Answer
from caseworker_app.sync.refusals import Unreachable
from caseworker_app.sync.wire.messages import PROTOCOL, PROTOCOL_HEADER
from tests.sync.simulation.asgi import ask
from tests.sync.simulation.central import before_push_commits
from tests.sync.simulation.trace import Trace

PORTAL = Answer(200, {"content-type": "text/html"}, b"<html>Welcome to the hotel</html>")


class PowerCut(BaseException):
    """The laptop stops here. No program can catch it: what was not committed is gone."""


@dataclass(frozen=True, slots=True)
class Weather:
    """How often what goes wrong with a request."""

    dropped: float = 0.0  # it never came to the central store
    lost: float = 0.0  # the central store did it, and the answer was lost
    repeated: float = 0.0  # it came twice
    strayed: float = 0.0  # a copy of it comes again, some time later
    cut: float = 0.0  # the answer ends somewhere in the middle
    portal: float = 0.0  # somebody else answered


FAIR = Weather()
FOUL = Weather(dropped=0.05, lost=0.05, repeated=0.04, strayed=0.03, cut=0.04, portal=0.01)


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it went out."""

    method: str
    path: str
    body: bytes
    headers: Mapping[str, str]


class Network:
    """Between all laptops and the one central store."""

    def __init__(
        self, app: Callable[..., object], chance: random.Random, trace: Trace, handle: str
    ) -> None:
        """`handle` is left out of the trace."""
        self._app = app
        self._chance = chance
        self._trace = trace
        self._handle = handle
        self._strays: list[Request] = []
        self.weather = FAIR
        self.requests = 0
        self.tamper: Callable[[Request, Answer], Answer] = lambda _request, answer: answer

    def deliver(self, request: Request) -> Answer:
        """The central store's answer; a plain 500 is an error that nobody may see."""
        self.requests += 1
        pieces = 1 if self.weather is FAIR else self._chance.choice((1, 1, 1, 3))
        answer = ask(self._app, request.method, request.path, request.body, request.headers, pieces)
        assert answer.status != 500, f"{request.method} {request.path} broke the central store"
        return self.tamper(request, answer)

    def carry(self, who: str, request: Request) -> Answer:
        """One request of a laptop, in today's weather."""
        luck, weather = self._chance.random(), self.weather
        route = self._route(request)
        for chance, happens in (
            (weather.dropped, self._dropped),
            (weather.lost, self._lost),
            (weather.repeated, self._repeated),
            (weather.strayed, self._strayed),
            (weather.cut, self._cut),
            (weather.portal, self._portal),
        ):
            if luck < chance:
                self._trace.note(who, route, happens.__name__)
                answer = happens(request)
                break
            luck -= chance
        else:
            answer = self.deliver(request)
        self._trace.note(who, request.method, route, answer.status, len(answer.body))
        return answer

    def bring_strays(self) -> None:
        """Copies of old requests reach the central store now, in some other order."""
        self._chance.shuffle(self._strays)
        strays, self._strays = self._strays, []
        for request in strays:
            answer = self.deliver(request)
            self._trace.note("stray", self._route(request), answer.status)

    def _route(self, request: Request) -> str:
        return request.path.partition("?")[0].replace(f"/{self._handle}/v1/", "")

    def _dropped(self, _request: Request) -> Answer:
        raise Unreachable

    def _lost(self, request: Request) -> Answer:
        self.deliver(request)
        raise Unreachable

    def _repeated(self, request: Request) -> Answer:
        answers = [self.deliver(request), self.deliver(request)]
        return self._chance.choice(answers)

    def _strayed(self, request: Request) -> Answer:
        self._strays.append(request)
        return self.deliver(request)

    def _cut(self, request: Request) -> Answer:
        whole = self.deliver(request)
        end = self._chance.randrange(len(whole.body) + 1)
        return Answer(whole.status, whole.headers, whole.body[:end])

    def _portal(self, _request: Request) -> Answer:
        return PORTAL


class Line:
    """One laptop's way to the central store: what its program takes for the network."""

    def __init__(self, network: Network, who: str) -> None:
        self._network = network
        self._who = who
        self.offline = False
        self.protocol: int | None = PROTOCOL
        self.requests_left: int | None = None
        self.meanwhile: Callable[[], None] | None = None

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The answer, or a part of one, or none."""
        if self.offline:
            raise Unreachable
        if self.requests_left is not None:
            self.requests_left -= 1
            if self.requests_left < 0:
                raise PowerCut
        if self.meanwhile and path.endswith("/push"):
            before_push_commits(self.meanwhile, len(body))
            self.meanwhile = None
        try:
            return self._network.carry(self._who, Request(method, path, body, self._said(headers)))
        finally:
            before_push_commits(None)

    def _said(self, headers: Mapping[str, str]) -> dict[str, str]:
        """A program of another version says so; one from the beginning says nothing."""
        others = {name: value for name, value in headers.items() if name != PROTOCOL_HEADER}
        return others if self.protocol is None else {**others, PROTOCOL_HEADER: str(self.protocol)}
