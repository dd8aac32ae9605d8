"""Bringing the tables up to date, and knowing whether they are."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, pool
from sqlalchemy.engine import make_url


def migrate(owner_dsn: str) -> None:
    """Bring the tables to the newest revision, in the name of the role that owns them."""
    url = make_url(owner_dsn).set(drivername="postgresql+psycopg")
    engine = create_engine(url, poolclass=pool.NullPool, hide_parameters=True)
    with engine.begin() as db:
        config = _config()
        config.attributes["connection"] = db
        command.upgrade(config, "head")
    engine.dispose()


def is_current(db: Connection) -> bool:
    """Whether the tables are those of this program."""
    found = MigrationContext.configure(db).get_current_revision()
    return found == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
