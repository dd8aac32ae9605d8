"""The tables of the central store: every one belongs to an organisation, every key starts with it.

So one row-security policy fits all of them, no key can tell whether another organisation has
something, and the whole can be divided by organisation when it grows.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.schema import SchemaItem

ORG_SETTING = "caseworker.org"
"""The setting of a transaction that the row-security policies read."""

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_key",
        "uq": "%(table_name)s_%(column_0_N_name)s_once",
        "fk": "%(table_name)s_%(referred_table_name)s",
        "ck": "%(table_name)s_%(constraint_name)s",
        "ix": "%(table_name)s_by_%(column_0_N_name)s",
    }
)


def _of_an_org(name: str, *parts: SchemaItem) -> Table:
    return Table(name, metadata, Column("org_id", Uuid, primary_key=True), *parts)


def _key(name: str, kind: type[Any]) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=False)


def _time(name: str, *, needed: bool = True) -> Column[Any]:
    return Column(name, DateTime(timezone=True), nullable=not needed)


def _bytes(name: str, *, needed: bool = True) -> Column[Any]:
    return Column(name, LargeBinary, nullable=not needed)


def _number(name: str, *, needed: bool = True) -> Column[Any]:
    return Column(name, BigInteger, nullable=not needed)


def _id(name: str, *, needed: bool = True) -> Column[Any]:
    return Column(name, Uuid, nullable=not needed)


def _belongs(table: str, *columns: str) -> ForeignKeyConstraint:
    names = ["org_id", *columns]
    return ForeignKeyConstraint(names, [f"{table}.{name}" for name in names])


server = Table(
    "server",
    metadata,
    Column(
        "one",
        SmallInteger,
        CheckConstraint("one = 1", name="row"),
        primary_key=True,
        autoincrement=False,
    ),
    _id("epoch"),
    _bytes("secret"),
)
"""One row, of no organisation. `epoch` is another one after a restore; `secret` marks nonces."""

organisation = _of_an_org(
    "organisation",
    Column("handle", Text, nullable=False),
    _bytes("root"),
    _number("quota"),
    _time("since"),
)
"""`root` is the first root key: what is believed goes back to it. `quota` in bytes of documents."""

directory = _of_an_org(
    "directory",
    _belongs("organisation"),
    _number("version"),
    _bytes("signed"),
)
"""The latest signed directory, as it is handed on."""

device = _of_an_org(
    "device",
    _key("device_id", Uuid),
    _belongs("organisation"),
    _id("home_org"),
    _id("user_id"),
    _bytes("signing"),
    _bytes("receiving", needed=False),
    Column(
        "state",
        Text,
        CheckConstraint("state in ('pending', 'active', 'revoked')", name="states"),
        nullable=False,
    ),
    _time("since"),
    _time("last_seen", needed=False),
    Index(None, "org_id", "home_org", "user_id"),
)
"""Laptops, also those of guests: then `home_org` is another organisation than `org_id`."""

code = _of_an_org(
    "code",
    _key("code_hash", LargeBinary),
    _belongs("organisation"),
    _id("user_id"),
    _time("until"),
    _id("used_by", needed=False),
)
"""One-time codes to connect a laptop. Only their hashes are here."""

token = _of_an_org(
    "token",
    _key("token_hash", LargeBinary),
    _id("device_id"),
    _belongs("device", "device_id"),
    _time("until"),
    Index(None, "org_id", "device_id"),
)

spent = _of_an_org("spent", _key("nonce", LargeBinary), _time("until"))
"""Nonces that were signed once and are not good again."""

elsewhere = _of_an_org(
    "elsewhere",
    _key("user_id", Uuid),
    _key("host_org", Uuid),
    Column("handle", Text, nullable=False),
)
"""Which other organisations of this central store invited a user of this one."""

stream = _of_an_org(
    "stream",
    _key("case_id", Uuid),
    _belongs("organisation"),
    _number("seq"),
    _bytes("digest"),
    Column("membership", Integer, nullable=False),
)
"""One for each case. Who pushes locks its row, so numbers are given in the order of commits."""

change = _of_an_org(
    "change",
    _key("case_id", Uuid),
    _key("seq", BigInteger),
    _id("change_id"),
    _id("device_id"),
    _number("push_end"),
    _bytes("header"),
    _bytes("body", needed=False),
    _bytes("body_hash", needed=False),
    _bytes("signature", needed=False),
    UniqueConstraint("org_id", "change_id"),
    CheckConstraint("(body is null) <> (body_hash is null)", name="body_or_hash"),
)
"""An id stands once in all cases: laptops keep the changes of all their cases by their ids.

`push_end`: the last number of what was pushed together. `body_hash` stays of an erased body."""

tail = _of_an_org(
    "tail",
    _key("case_id", Uuid),
    _key("device_id", Uuid),
    _belongs("stream", "case_id"),
    _number("sequence"),
    _bytes("hash"),
)
"""Where the chain of each device in a stream ends."""

record = _of_an_org(
    "record",
    _key("case_id", Uuid),
    Column("version", Integer, primary_key=True, autoincrement=False),
    _belongs("stream", "case_id"),
    _bytes("body"),
    _bytes("signature"),
)
"""The records of membership, as they were signed."""

seat = _of_an_org(
    "seat",
    _key("case_id", Uuid),
    _key("user_org", Uuid),
    _key("user_id", Uuid),
    _belongs("stream", "case_id"),
    Column("role", Text, nullable=False),
    Column("gone", Integer),
    Index(None, "org_id", "user_org", "user_id"),
)
"""Who is in a case by its latest record; `gone` is the record with which somebody left."""

wrap = _of_an_org(
    "wrap",
    _key("case_id", Uuid),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    _key("device_id", Uuid),
    _belongs("stream", "case_id"),
    _bytes("wrapped"),
)
"""Keys of cases, each wrapped for one device (or for the escrow key, the id of zeros)."""

seen = _of_an_org(
    "seen",
    _key("case_id", Uuid),
    _key("device_id", Uuid),
    _belongs("stream", "case_id"),
    _number("seq"),
    _time("at"),
)

erasure = _of_an_org(
    "erasure",
    _key("case_id", Uuid),
    _key("device_id", Uuid),
    _belongs("stream", "case_id"),
    _bytes("body"),
    _bytes("signature"),
)

aside = _of_an_org(
    "aside",
    _key("device_id", Uuid),
    _key("case_id", Uuid),
    _key("sequence", BigInteger),
    _id("change_id"),
    _bytes("hash"),
    _bytes("header"),
    _bytes("body"),
    _bytes("signature", needed=False),
    _time("at"),
)
"""Handed in by devices that may not write any more, until somebody takes it or releases it."""

blob = _of_an_org(
    "blob",
    _key("case_id", Uuid),
    _key("blob_id", LargeBinary),
    _belongs("stream", "case_id"),
    _number("size"),
    _number("offset"),
    Column("whole", Boolean, nullable=False),
    _time("at"),
    Index(None, "org_id", "blob_id"),
)
"""Documents. `whole` once all of it is here and its hash fits; nobody sees it before."""

blob_part = _of_an_org(
    "blob_part",
    _key("case_id", Uuid),
    _key("blob_id", LargeBinary),
    _key("start", BigInteger),
    ForeignKeyConstraint(
        ["org_id", "case_id", "blob_id"],
        ["blob.org_id", "blob.case_id", "blob.blob_id"],
        ondelete="CASCADE",
    ),
    _bytes("data"),
)

tag = _of_an_org(
    "tag",
    _key("tag", LargeBinary),
    _key("case_id", Uuid),
    _belongs("stream", "case_id"),
    Index(None, "org_id", "case_id"),
)
"""Blind tags of the person of a case."""

wish = _of_an_org(
    "wish",
    Column("kind", Text, primary_key=True),
    _key("subject", LargeBinary),
    _belongs("organisation"),
    _bytes("content"),
    _time("at"),
)
"""What the office wants to have in the next directory; the server itself has no part in it."""
