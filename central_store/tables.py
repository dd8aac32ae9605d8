"""The tables of the central store: every one belongs to an organisation, every key starts with it.

So one row-security policy fits all of them, no key can tell whether another organisation has
something, and the whole can be divided by organisation when it grows.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from central_store.columns import (
    belongs,
    key,
    metadata,
    moment,
    number,
    octets,
    of_an_org,
    uuid,
)

ORG_SETTING = "caseworker.org"
"""The setting of a transaction that the row-security policies read."""

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
    uuid("epoch"),
    octets("secret"),
)
"""One row, of no organisation. `epoch` is another one after a restore; `secret` marks nonces."""

organisation = of_an_org(
    "organisation",
    Column("handle", Text, nullable=False),
    octets("root"),
    number("quota"),
    moment("since"),
)
"""`root` is the first root key: what is believed goes back to it. `quota` in bytes of documents."""

directory = of_an_org(
    "directory",
    belongs("organisation"),
    number("version"),
    octets("signed"),
)
"""The latest signed directory, as it is handed on."""

device = of_an_org(
    "device",
    key("device_id", Uuid),
    belongs("organisation"),
    uuid("home_org"),
    uuid("user_id"),
    octets("signing"),
    octets("receiving", needed=False),
    Column(
        "state",
        Text,
        CheckConstraint("state in ('pending', 'active', 'revoked')", name="states"),
        nullable=False,
    ),
    moment("since"),
    moment("last_seen", needed=False),
    Index(None, "org_id", "home_org", "user_id"),
)
"""Laptops, also those of guests: then `home_org` is another organisation than `org_id`."""

code = of_an_org(
    "code",
    key("code_hash", LargeBinary),
    belongs("organisation"),
    uuid("user_id"),
    moment("until"),
    uuid("used_by", needed=False),
)
"""One-time codes to connect a laptop. Only their hashes are here."""

token = of_an_org(
    "token",
    key("token_hash", LargeBinary),
    uuid("device_id"),
    belongs("device", "device_id"),
    moment("until"),
    Index(None, "org_id", "device_id"),
)

spent = of_an_org("spent", key("nonce", LargeBinary), moment("until"))
"""Nonces that were signed once and are not good again."""

elsewhere = of_an_org(
    "elsewhere",
    key("user_id", Uuid),
    key("host_org", Uuid),
    Column("handle", Text, nullable=False),
)
"""Which other organisations of this central store invited a user of this one."""

stream = of_an_org(
    "stream",
    key("case_id", Uuid),
    belongs("organisation"),
    number("seq"),
    octets("digest"),
    Column("membership", Integer, nullable=False),
)
"""One for each case. Who pushes locks its row, so numbers are given in the order of commits."""

erased_case = of_an_org("erased_case", key("case_id", Uuid), belongs("organisation"))
"""Cases that the organisation has erased: what laptops bring of them is let fall.

Also those of which nothing is here, as a backup that was put back may be older than the case.
"""

change = of_an_org(
    "change",
    key("case_id", Uuid),
    key("seq", BigInteger),
    uuid("change_id"),
    uuid("device_id"),
    number("push_end"),
    octets("header"),
    octets("body", needed=False),
    octets("body_hash", needed=False),
    octets("signature", needed=False),
    UniqueConstraint("org_id", "change_id"),
    CheckConstraint("(body is null) <> (body_hash is null)", name="body_or_hash"),
)
"""An id stands once in all cases: laptops keep the changes of all their cases by their ids.

`push_end`: the last number of what was pushed together. `body_hash` stays of an erased body."""

tail = of_an_org(
    "tail",
    key("case_id", Uuid),
    key("device_id", Uuid),
    belongs("stream", "case_id"),
    number("sequence"),
    octets("hash"),
)
"""Where the chain of each device in a stream ends."""

record = of_an_org(
    "record",
    key("case_id", Uuid),
    Column("version", Integer, primary_key=True, autoincrement=False),
    belongs("stream", "case_id"),
    octets("body"),
    octets("signature"),
)
"""The records of membership, as they were signed."""

seat = of_an_org(
    "seat",
    key("case_id", Uuid),
    key("user_org", Uuid),
    key("user_id", Uuid),
    belongs("stream", "case_id"),
    Column("role", Text, nullable=False),
    Column("gone", Integer),
    Index(None, "org_id", "user_org", "user_id"),
)
"""Who is in a case by its latest record; `gone` is the record with which somebody left."""

wrap = of_an_org(
    "wrap",
    key("case_id", Uuid),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    key("device_id", Uuid),
    belongs("stream", "case_id"),
    octets("wrapped"),
    Index("wrap_empty", "org_id", "case_id", postgresql_where=text("wrapped = ''::bytea")),
)
"""Keys of cases, each wrapped for one device (or for the escrow key, the id of zeros).

An empty one was false, and waits for somebody who leads.
"""

seen = of_an_org(
    "seen",
    key("case_id", Uuid),
    key("device_id", Uuid),
    belongs("stream", "case_id"),
    number("seq"),
    moment("at"),
)

erasure = of_an_org(
    "erasure",
    key("case_id", Uuid),
    key("device_id", Uuid),
    belongs("stream", "case_id"),
    octets("body"),
    octets("signature"),
)

aside = of_an_org(
    "aside",
    key("device_id", Uuid),
    key("case_id", Uuid),
    key("sequence", BigInteger),
    uuid("change_id"),
    octets("hash"),
    octets("header"),
    octets("body"),
    octets("signature", needed=False),
    moment("at"),
    Index(None, "org_id", "case_id"),
)
"""Handed in by devices that may not write any more, until somebody takes it or releases it."""

blob = of_an_org(
    "blob",
    key("case_id", Uuid),
    key("blob_id", LargeBinary),
    belongs("stream", "case_id"),
    number("size"),
    number("offset"),
    Column("whole", Boolean, nullable=False),
    moment("at"),
    Index(None, "org_id", "blob_id"),
)
"""Documents. `whole` once all of it is here and its hash fits; nobody sees it before.

Of an erased one the id stays, and the size `ERASED`: no laptop shall offer it again.
"""

ERASED = 0

blob_part = of_an_org(
    "blob_part",
    key("case_id", Uuid),
    key("blob_id", LargeBinary),
    key("start", BigInteger),
    ForeignKeyConstraint(
        ["org_id", "case_id", "blob_id"],
        ["blob.org_id", "blob.case_id", "blob.blob_id"],
        ondelete="CASCADE",
    ),
    octets("data"),
)

tag = of_an_org(
    "tag",
    key("tag", LargeBinary),
    key("case_id", Uuid),
    belongs("stream", "case_id"),
    Index(None, "org_id", "case_id"),
)
"""Blind tags of the person of a case."""

wish = of_an_org(
    "wish",
    Column("kind", Text, primary_key=True),
    key("subject", LargeBinary),
    belongs("organisation"),
    octets("content"),
    moment("at"),
)
"""What the office wants to have in the next directory; the server itself has no part in it."""
