"""What the operator of a central store is told, and how it starts and stops."""

import json
import logging
import os
import socket
import threading
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.packing import unpack
from central_store import organisations
from central_store.application import create_application
from central_store.database import engine_of, transaction
from central_store.limits import NO_LIMITS
from central_store.routes import ROUTES, path_of
from central_store.serving import NotReady, check, serve
from tests.central.laptop import Laptop
from tests.central.office import Office
from tests.central.real_server import RealServer, free_port
from tests.central.server_killed import RealTime
from tests.central.waiting import until


def test_health_and_readiness(client, owner):
    assert client.get("/health").json() == {"status": "here"}
    assert client.get("/ready").json() == {"status": "ready"}
    with owner.begin() as db:
        now = db.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        db.execute(text("UPDATE alembic_version SET version_num = 'another'"))
    try:
        assert client.get("/ready").status_code == 503
        assert client.get("/health").status_code == 200
        with pytest.raises(NotReady):
            check(owner)
    finally:
        with owner.begin() as db:
            db.execute(text("UPDATE alembic_version SET version_num = :now"), {"now": now})
    assert client.get("/ready").status_code == 200


def test_without_a_database_it_says_busy_and_goes_on_later(clock):
    engine = engine_of(f"postgresql://nobody@127.0.0.1:{free_port()}/none", 1)
    with TestClient(create_application(engine, clock, os.urandom, NO_LIMITS)) as client:
        assert client.get("/ready").status_code == 503
        answer = client.get("/v1/hello")
        assert answer.status_code == 503
        assert unpack(m.Refusal, answer.content) == m.Refusal("busy", 2)
    engine.dispose()


def test_what_breaks_is_told_to_the_operator_and_not_to_the_laptop(
    app_engine, clock, office, laptop, caplog
):
    one = laptop()

    def broken(_: int) -> bytes:
        raise RuntimeError("the secret of a case")

    with TestClient(create_application(app_engine, clock, broken, NO_LIMITS)) as client:
        one.client = client
        answer = one.ask("POST", "nonce", m.AskNonce(one.device.id))
    assert (answer.status_code, unpack(m.Refusal, answer.content).error) == (500, "broken")
    said = [record.said for record in caplog.records if record.levelno == logging.ERROR]
    assert [(one["verb"], one["fault"]) for one in said] == [("nonce", "RuntimeError")]
    assert said[0]["request"] == answer.headers["request-id"]
    assert "secret of a case" not in json.dumps(said)


def test_figures_are_counted_by_route_and_status(client, laptop):
    one = laptop()
    one.ask("POST", "heads")
    one.raw("POST", "pull", b"nothing")
    text_ = client.get("/metrics").text
    assert 'caseworker_requests_total{route="heads",status="200"} 1.0' in text_
    assert 'caseworker_requests_total{route="pull",status="400"} 1.0' in text_
    assert 'caseworker_request_seconds_count{route="heads"} 1.0' in text_
    assert "caseworker_requests_running 0.0" in text_


def test_the_description_names_every_route_and_every_message(client):
    said = client.get("/openapi.json").json()
    operations = {
        operation["operationId"]: (path, method.upper())
        for path, methods in said["paths"].items()
        for method, operation in methods.items()
    }
    assert operations == {route.name: (path_of(route), route.method) for route in ROUTES}
    names = said["components"]["schemas"]
    references = json.dumps(said).split('"#/components/schemas/')[1:]
    assert {one.partition('"')[0] for one in references} <= set(names)
    assert names["Head"]["properties"]["role"]["enum"] == ["reads", "writes", "leads"]
    assert names["Page"]["properties"]["digest"] == {"type": "string", "format": "binary"}


def test_a_backup_that_was_put_back_has_another_epoch(client, owner, app_engine, laptop):
    before = unpack(m.Hello, client.get("/v1/hello").content)
    epoch = uuid4()
    organisations.restored(owner, epoch)
    after = unpack(m.Hello, client.get("/v1/hello").content)
    assert after.epoch == epoch != before.epoch
    assert laptop().get(m.Heads, "POST", "heads").epoch == epoch


def test_it_serves_a_database_as_the_right_role_alone(postgres):
    with pytest.raises(NotReady):
        serve(None, None)
    with pytest.raises(NotReady):
        serve(postgres.owner, None, free_port())


def test_it_ends_what_is_under_way_before_it_stops(postgres, owner):
    """SIGTERM while a request waits for a lock: the request is answered, and then it ends."""
    admin = engine_of(postgres.admin, 1)
    office = Office(owner, RealTime()).create()
    with (
        RealServer(postgres.app) as server,
        httpx2.Client(base_url=server.address, timeout=30) as client,
    ):
        one = Laptop(client, office, office.user())
        office.add(one.user, one.device.public)
        office.publish()
        one.sign_in()
        case, _ = one.start()
        outcomes = []
        batch = one.write(case, 3)
        pushing = threading.Thread(target=lambda: outcomes.extend(one.push(batch)))
        with transaction(owner, office.org) as db:
            db.execute(text("SELECT 1 FROM stream FOR UPDATE"))
            pushing.start()
            waits = text("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as other:
                until(lambda: other.execute(waits).first(), "a push that waits for the lock")
            server.process.terminate()
            refused = lambda: not _takes_connections(server)  # noqa: E731
            until(refused, "a server that takes no more connections")
        admin.dispose()
        pushing.join()
        assert outcomes[0].seqs == (1, 2, 3)
        assert server.stop() == 0


def _takes_connections(server) -> bool:
    try:
        socket.create_connection(("127.0.0.1", server.port), 5).close()
    except OSError:
        return False
    return True
