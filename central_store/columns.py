"""How the columns and keys of the central store's tables are written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKeyConstraint,
    LargeBinary,
    MetaData,
    Table,
    Uuid,
)
from sqlalchemy.schema import SchemaItem

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_key",
        "uq": "%(table_name)s_%(column_0_N_name)s_once",
        "fk": "%(table_name)s_%(referred_table_name)s",
        "ck": "%(table_name)s_%(constraint_name)s",
        "ix": "%(table_name)s_by_%(column_0_N_name)s",
    }
)


def of_an_org(name: str, *parts: SchemaItem) -> Table:
    """A table every row of which belongs to an organisation."""
    return Table(name, metadata, Column("org_id", Uuid, primary_key=True), *parts)


def key(name: str, kind: type[Any]) -> Column[Any]:
    """A column of the primary key, after the organisation."""
    return Column(name, kind, primary_key=True, autoincrement=False)


def moment(name: str, *, needed: bool = True) -> Column[Any]:
    """A moment, with its zone."""
    return Column(name, DateTime(timezone=True), nullable=not needed)


def octets(name: str, *, needed: bool = True) -> Column[Any]:
    """Bytes of any length."""
    return Column(name, LargeBinary, nullable=not needed)


def number(name: str, *, needed: bool = True) -> Column[Any]:
    """A whole number."""
    return Column(name, BigInteger, nullable=not needed)


def uuid(name: str, *, needed: bool = True) -> Column[Any]:
    """An id."""
    return Column(name, Uuid, nullable=not needed)


def belongs(table: str, *columns: str) -> ForeignKeyConstraint:
    """A row of that table of the same organisation stands behind these columns."""
    names = ["org_id", *columns]
    return ForeignKeyConstraint(names, [f"{table}.{name}" for name in names])
