"""The tables: a log that is the truth, what belongs to this device, and a projection of the log.

The projection's tables are derived from the values themselves. `PROJECTION` names their form; when
a new version of the program has another one, the projection is built anew from the log.
"""

from __future__ import annotations

import hashlib

from caseworker_app.domain.kinds import KINDS
from caseworker_app.domain.names import folded
from caseworker_app.store import codec

SCHEMA = 4
"""The version of the log's own form. A store with a greater one was written by a newer program."""

LOG = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID",
    "CREATE TABLE device (id BLOB PRIMARY KEY, signing BLOB, receiving BLOB, private BLOB)",
    (
        "CREATE TABLE case_key (case_id BLOB, epoch INTEGER, wrapped BLOB,"
        " PRIMARY KEY (case_id, epoch)) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE change (arrival INTEGER PRIMARY KEY, id BLOB UNIQUE, case_id BLOB,"
        " device BLOB, sequence INTEGER, clock INTEGER, header BLOB, sealed BLOB,"
        " sealed_hash BLOB, hash BLOB, signature BLOB, UNIQUE (case_id, device, sequence))"
    ),
    "CREATE INDEX change_clock ON change (clock)",
    "CREATE TABLE blob (id BLOB PRIMARY KEY, case_id BLOB, epoch INTEGER, sealed BLOB)",
    (
        "CREATE TABLE bookmark (conversation BLOB PRIMARY KEY, section TEXT, question TEXT)"
        " WITHOUT ROWID"
    ),
)

# What came with the exchange. A store made before it gets these tables when it is opened.
#
# A change has the number that the central store gave it (`seq`), or none yet (see `WAITING`).
# `refused` ones came from others, are signed, and cannot be read: they stay for the chain and show
# nothing. `wish` is what the coach wants to be different about who is in a case, until an exchange
# carries it out.
# `blob_state` and `blob_piece` hold the ciphertext of documents and how far each has come and gone
# (see `blobs.py`); `blob` holds those from before, sealed as a whole.
EXCHANGE = (
    "ALTER TABLE change ADD COLUMN seq INTEGER",
    "ALTER TABLE change ADD COLUMN refused INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX change_unsent ON change (case_id, device, sequence) WHERE seq IS NULL",
    "ALTER TABLE device ADD COLUMN org BLOB",
    "ALTER TABLE device ADD COLUMN user BLOB",
    "ALTER TABLE device ADD COLUMN revoked INTEGER NOT NULL DEFAULT 0",
    (
        "CREATE TABLE organisation (org BLOB PRIMARY KEY, handle TEXT, own INTEGER, root BLOB,"
        " body BLOB, signature BLOB, roots BLOB) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE stream (case_id BLOB PRIMARY KEY, org BLOB, cursor INTEGER, digest BLOB,"
        " epoch BLOB, state TEXT, checked INTEGER) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE membership (case_id BLOB, version INTEGER, body BLOB, signature BLOB,"
        " PRIMARY KEY (case_id, version)) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE erasure (case_id BLOB PRIMARY KEY, org BLOB, body BLOB, signature BLOB,"
        " given INTEGER) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE wish (case_id BLOB, org BLOB, user BLOB, role TEXT, made INTEGER,"
        " PRIMARY KEY (case_id, org, user)) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE blob_state (number INTEGER PRIMARY KEY, cipher BLOB UNIQUE, case_id BLOB,"
        " size INTEGER, begun INTEGER, arrived INTEGER DEFAULT 0, sent INTEGER DEFAULT 0,"
        " complete INTEGER DEFAULT 0, handed_over INTEGER DEFAULT 0, wanted INTEGER DEFAULT 0)"
    ),
    "CREATE INDEX blob_state_case ON blob_state (case_id)",
    (
        "CREATE TABLE blob_piece (id INTEGER PRIMARY KEY, blob INTEGER, number INTEGER,"
        " bytes BLOB, UNIQUE (blob, number))"
    ),
)

# `waiting` names the changes of which the central store has not said yet that it has them. As a
# column of `change`, a receipt for a push wrote all that was pushed once more.
WAITING = (
    (
        "CREATE TABLE waiting (case_id BLOB, device BLOB, sequence INTEGER,"
        " PRIMARY KEY (case_id, device, sequence)) WITHOUT ROWID"
    ),
    "INSERT INTO waiting SELECT case_id, device, sequence FROM change WHERE seq IS NULL",
    "DROP INDEX change_unsent",
    "ALTER TABLE change DROP COLUMN seq",
)
UPGRADES: dict[int, tuple[str, ...]] = {3: EXCHANGE, 4: WAITING}
"""What a store needs to come to a version of the log's form from the one before."""

# The same letters and figures that `names.tokens` takes words to consist of; a sign beside a word
# ("☕Kaffee") is no part of it.
TOKENIZER = "unicode61 remove_diacritics 2 categories ''L* N*''"

SEARCH = (
    "CREATE TABLE found (number INTEGER PRIMARY KEY, id BLOB UNIQUE, kind TEXT, case_id BLOB)",
    (
        "CREATE VIRTUAL TABLE word USING fts5(words, content='', contentless_delete=1,"
        f" tokenize='{TOKENIZER}', prefix='2 3 4 5 6 7')"
    ),
    "CREATE TABLE unindexed (number INTEGER PRIMARY KEY, kind TEXT, id BLOB, case_id BLOB)",
)


def _table(kind: str) -> tuple[str, ...]:
    cls = KINDS[kind]
    listed = ", ".join(f"{name} {sql}" for name, sql in codec.columns(cls).items())
    table = (
        f"CREATE TABLE {kind} (_row INTEGER PRIMARY KEY, id BLOB UNIQUE, case_id BLOB,"
        f" _state BLOB, _disputed INTEGER, {listed})"
    )
    looked_up = ("case_id", *codec.indexed(cls))
    apart = f"CREATE INDEX {kind}_apart ON {kind} (case_id) WHERE _disputed"
    return table, apart, *(f"CREATE INDEX {kind}_{name} ON {kind} ({name})" for name in looked_up)


# All that the list of people asks of these tables stands in the index itself.
_LISTED = {
    "case_file": "removed, case_id, number, status, opened",
    "person": "case_id, removed, given_name, family_name, birth_date, place, phone",
    "conversation": "case_id, removed, status, planned_for, started",
    "step": "case_id, removed, done_on, due, what, goal",
    "relation": "case_id, removed, name",
}
LIST_OF_PEOPLE = tuple(
    f"CREATE INDEX {table}_listed ON {table} ({listed})" for table, listed in _LISTED.items()
)

PROJECTED = (
    *(statement for kind in KINDS for statement in _table(kind)),
    *LIST_OF_PEOPLE,
    *SEARCH,
)
# The index holds folded words, so how they are folded belongs to its form.
_FOLDED = folded(" ".join(map(chr, range(ord("!"), 0x250))))
PROJECTION = hashlib.sha256("\n".join((*PROJECTED, _FOLDED)).encode()).digest()
DROP_PROJECTION = tuple(
    f"DROP TABLE IF EXISTS {name}" for name in (*KINDS, "found", "word", "unindexed")
)
