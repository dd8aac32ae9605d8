"""Nobody sees anything of others: every route with every foreign id, and what PostgreSQL keeps."""

from threading import Thread
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.packing import pack, unpack
from central_store import tables as t
from central_store.database import APP, engine_of, transaction
from central_store.routes import ROUTES, Access
from central_store.serving import NotReady, check
from tests.central.foreign import NOT_HERE, Foreign, ask_all, digest, held, questions
from tests.central.office import Office


@pytest.fixture
def holding(laptop):
    """Makes a laptop with one of everything."""
    return lambda at: held(laptop, at)


OF_NO_ID = {"hello", "nonce", "directory", "put_directory", "heads", "push", "known"}
"""Routes that name nothing, or answer each part by itself; they have tests of their own below."""


def test_every_route_is_tried(holding, office, laptop):
    tried = set(questions(holding(office), laptop()))
    assert tried | OF_NO_ID == {route.name for route in ROUTES}
    assert not tried & OF_NO_ID


@pytest.mark.parametrize("whose", ["a colleague's", "another organisation's"])
def test_what_is_foreign_looks_like_what_is_not_there(whose, owner, clock, office, holding, laptop):
    theirs = office if whose == "a colleague's" else Office(owner, clock).create()
    foreign = holding(theirs)
    asking = laptop()
    before = fingerprint(owner, theirs.org)
    tried, told = ask_all(foreign, asking)
    assert told == []
    assert tried >= 20
    assert fingerprint(owner, theirs.org) == before


def test_the_same_for_a_token_at_another_organisation(owner, clock, office, holding, laptop):
    theirs = Office(owner, clock).create()
    foreign = holding(theirs)
    asking = laptop()
    asking.handle = theirs.handle
    sign_in = pack(m.Refusal("sign-in"))
    for route in ROUTES:
        if route.access is Access.ANYBODY:
            continue
        path = route.path.format(id=digest(foreign.blob), org=office.org)
        answer = asking.raw(route.method, path)
        assert answer.status_code == 401
        assert answer.content == (b"" if route.method == "HEAD" else sign_in)


def test_an_organisation_that_is_not_here_has_nothing(client, laptop):
    asking = laptop()
    asking.handle = "nobody-of-this-name"
    for route in ROUTES:
        if route.any_handle:
            continue
        path = route.path.format(id=digest(b""), org=asking.office.org)
        said = {
            "nonce": pack(m.AskNonce(uuid4())),
            "token": pack(m.SignIn(uuid4(), bytes(40), bytes(64))),
            "enrol": pack(asking.enrolment(bytes(16))),
            "handin": pack(m.HandIn(uuid4(), [])),
        }
        answer = asking.raw(route.method, path, said.get(route.name, b""))
        assert answer.status_code == 404, route.name
        assert answer.content == (b"" if route.method == "HEAD" else NOT_HERE)
    for path in ("/", "/v1", f"/{asking.office.handle}/v1/nothing", "/hello", "/v1/hello/x"):
        assert client.get(path).content == NOT_HERE


def test_lists_hold_nothing_foreign(owner, clock, office, holding, laptop):
    theirs = Office(owner, clock).create()
    foreign, near = holding(theirs), holding(office)
    asking = laptop()
    heads = asking.get(m.Heads, "POST", "heads")
    assert (heads.streams, heads.elsewhere) == ((), ())
    assert asking.get(m.Known, "POST", "known", m.AskTags((foreign.tag,))).users == ()
    for one in (foreign, near):
        outcome = asking.push(one.laptop.write(one.case))[0]
        assert (outcome.refused, outcome.seqs) == ("not-here", ())
        assert asking.push(asking.write(one.case))[0] == outcome
        assert asking.push(asking.write(uuid4()))[0].refused == outcome.refused


def fingerprint(owner, org) -> list[int]:
    """How many rows of each kind an organisation has."""
    with transaction(owner, org) as db:
        return [
            db.execute(
                select(func.count()).select_from(table).where(table.c.org_id == org)
            ).scalar()
            for table in t.metadata.sorted_tables
            if "org_id" in table.c and table.name not in {"token", "spent"}
        ]


# --- PostgreSQL -----------------------------------------------------------------------------------


@pytest.fixture
def catalogue(owner):
    with owner.connect() as db:
        yield db


def test_every_table_forces_row_security_and_the_app_role_owns_none(catalogue):
    rows = catalogue.execute(
        text(
            "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, r.rolname FROM pg_class c"
            " JOIN pg_roles r ON r.oid = c.relowner"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'p', 'm', 'v') AND n.nspname = 'public'"
        )
    ).all()
    assert {row.relname for row in rows} == {table.name for table in t.metadata.sorted_tables} | {
        "alembic_version"
    }
    assert {(row.relrowsecurity, row.relforcerowsecurity) for row in rows} == {(True, True)}
    assert APP not in {row.rolname for row in rows}


def test_every_policy_is_about_the_organisation(catalogue):
    rows = catalogue.execute(
        text("SELECT tablename, policyname, roles, qual, with_check FROM pg_policies")
    ).all()
    mine = "(org_id = (NULLIF(current_setting('caseworker.org'::text, true), ''::text))::uuid)"
    for row in rows:
        if row.policyname == "listed":
            assert (row.tablename, list(row.roles)) == ("organisation", ["caseworker_owner"])
        elif row.tablename in {"server", "alembic_version"}:
            assert (row.qual, row.with_check) == ("true", "true")
        else:
            assert (row.tablename, row.qual, row.with_check) == (row.tablename, mine, mine)
    assert {row.tablename for row in rows} == {table.name for table in t.metadata.sorted_tables} | {
        "alembic_version"
    }


def test_every_key_begins_with_the_organisation(catalogue):
    rows = catalogue.execute(
        text(
            "SELECT i.indexrelid::regclass::text AS name, a.attname FROM pg_index i"
            " JOIN pg_class c ON c.oid = i.indrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]"
            " WHERE n.nspname = 'public'"
        )
    ).all()
    other = {row.name for row in rows if row.attname != "org_id"}
    assert other == {"server_key", "alembic_version_pkc"}


def test_the_app_role_can_raise_itself_to_nothing(catalogue):
    role = catalogue.execute(
        text(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,"
            " (SELECT count(*) FROM pg_auth_members m WHERE m.member = r.oid) AS member_of"
            " FROM pg_roles r WHERE rolname = :role"
        ),
        {"role": APP},
    ).one()
    assert tuple(role) == (False, False, False, False, False, 0)


FORBIDDEN = [
    "INSERT INTO code VALUES ('{org}', 'x', '{org}', now(), NULL)",
    "UPDATE organisation SET quota = 1",
    "UPDATE server SET epoch = '{org}'",
    "DELETE FROM alembic_version",
    "ALTER TABLE change DISABLE ROW LEVEL SECURITY",
    "DROP POLICY of_the_org ON change",
    "SET ROLE caseworker_owner",
    "SET SESSION AUTHORIZATION caseworker_owner",
    "CREATE TABLE mine (a int)",
    "COPY change TO '/tmp/x'",
    "COPY change TO PROGRAM 'true'",
    "SELECT * FROM pg_authid",
    "SELECT * FROM wish",
    "TRUNCATE change",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_app_role_may_not(app_engine, office, statement):
    with pytest.raises(DBAPIError), transaction(app_engine, office.org) as db:
        db.exec_driver_sql(statement.format(org=office.org))


def test_a_server_does_not_start_with_a_role_that_sees_all(postgres, owner, app_engine):
    check(app_engine)
    for dsn in (postgres.owner, postgres.admin):
        engine = engine_of(dsn, 1)
        with pytest.raises(NotReady):
            check(engine)
        engine.dispose()


def test_without_an_organisation_there_is_not_a_single_row(app_engine, owner, office, holding):
    holding(office)
    for engine in (app_engine, owner):
        with engine.connect() as db:
            for table in t.metadata.sorted_tables:
                listed = table.name == "organisation" and engine is owner
                if "org_id" in table.c and not listed and table.name != "wish":
                    assert not db.execute(select(table).limit(1)).all()


def test_nothing_of_another_organisation_can_be_read_or_written(
    app_engine, owner, clock, office, holding
):
    theirs = Office(owner, clock).create()
    holding(theirs)
    holding(office)
    row = {"org_id": theirs.org, "nonce": b"x", "until": clock()}
    with transaction(app_engine, office.org) as db:
        for table in t.metadata.sorted_tables:
            if "org_id" in table.c and table.name not in {"organisation", "wish"}:
                assert not db.execute(select(table).where(table.c.org_id == theirs.org)).all()
        changed = update(t.device).where(t.device.c.org_id == theirs.org).values(state="revoked")
        assert db.execute(changed).rowcount == 0
        assert db.execute(delete(t.change).where(t.change.c.org_id == theirs.org)).rowcount == 0
    with pytest.raises(DBAPIError), transaction(app_engine, office.org) as db:
        db.execute(insert(t.spent).values(row))
    with pytest.raises(DBAPIError), transaction(app_engine, office.org) as db:
        db.execute(update(t.device).values(org_id=theirs.org))


def test_the_setting_does_not_stay_in_a_pooled_connection(postgres, office, holding):
    holding(office)
    engine = engine_of(postgres.app, 1)
    with transaction(engine, office.org) as db:
        process = db.execute(text("SELECT pg_backend_pid()")).scalar()
        assert db.execute(select(func.count()).select_from(t.change)).scalar() == 3
    with pytest.raises(ZeroDivisionError), transaction(engine, office.org):
        1 / 0  # noqa: B018
    with engine.connect() as db:
        assert db.execute(text("SELECT pg_backend_pid()")).scalar() == process
        assert db.execute(select(func.count()).select_from(t.change)).scalar() == 0
        assert not db.execute(text("SELECT current_setting('caseworker.org', true)")).scalar()
    engine.dispose()


def test_many_at_once_over_few_connections_each_get_their_own(app_engine, owner, clock, holding):
    offices = [Office(owner, clock).create() for _ in range(3)]
    held = [holding(one) for one in offices]
    wrong = []

    def ask(foreign: Foreign) -> None:
        for _ in range(12):
            heads = foreign.laptop.get(m.Heads, "POST", "heads")
            if [one.case for one in heads.streams] != [foreign.case]:
                wrong.append(heads)

    threads = [Thread(target=ask, args=(one,)) for one in held for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_tables_are_those_of_the_migrations(catalogue):
    assert compare_metadata(MigrationContext.configure(catalogue), t.metadata) == []


def test_unpack_of_the_one_answer():
    assert unpack(m.Refusal, NOT_HERE) == m.Refusal("not-here")
