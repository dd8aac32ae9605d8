"""What the operator sees: a line of JSON for each request, and figures in Prometheus' text format.

Neither names an organisation, a case, a device or a user, and neither shows a body, a token, a code
or an address that holds one. A request has an id of its own, which the answer names too.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from dataclasses import dataclass, field
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

LOG = logging.getLogger("central_store")
REQUEST_ID = "Request-Id"
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is written down about one request."""

    verb: str
    status: int
    seconds: float
    received: int
    sent: int
    id: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The metrics of one application. Their labels are names of routes and numbers of statuses."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    amount: Counter = field(init=False)
    running: Gauge = field(init=False)

    def __post_init__(self) -> None:
        made = {
            "requests": Counter(
                "caseworker_requests",
                "Requests by route and status.",
                ("route", "status"),
                registry=self.registry,
            ),
            "seconds": Histogram(
                "caseworker_request_seconds",
                "How long requests took.",
                ("route",),
                buckets=_SECONDS,
                registry=self.registry,
            ),
            "amount": Counter(
                "caseworker_bytes",
                "Bytes of bodies, received and sent.",
                ("route", "way"),
                registry=self.registry,
            ),
            "running": Gauge(
                "caseworker_requests_running", "Requests under way.", registry=self.registry
            ),
        }
        for name, metric in made.items():
            object.__setattr__(self, name, metric)

    def count(self, seen: Seen) -> None:
        """Count a request, and write its line."""
        self.requests.labels(seen.verb, str(seen.status)).inc()
        self.seconds.labels(seen.verb).observe(seen.seconds)
        self.amount.labels(seen.verb, "received").inc(seen.received)
        self.amount.labels(seen.verb, "sent").inc(seen.sent)
        line = {
            "verb": seen.verb,
            "status": seen.status,
            "milliseconds": round(seen.seconds * 1000, 1),
            "received": seen.received,
            "sent": seen.sent,
            "request": seen.id,
        }
        LOG.info("request", extra={"said": line})

    def text(self) -> bytes:
        """All figures, as Prometheus reads them."""
        return generate_latest(self.registry)


def note_fault(verb: str, request_id: str, error: BaseException) -> None:
    """Write down where something broke: kinds and lines, never what the error says."""
    places = [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    line = {"verb": verb, "request": request_id, "fault": type(error).__name__, "at": places[-6:]}
    LOG.error("fault", extra={"said": line})


class _Lines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        said = getattr(record, "said", None) or {"says": record.getMessage()}
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return json.dumps({"time": at, "level": record.levelname.lower(), **said})


def write_lines() -> None:
    """Send the server's lines to standard output."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_Lines())
    for name, level in (("central_store", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
