"""The tables: a log that is the truth, what belongs to this device, and a projection of the log.

The projection's tables are derived from the values themselves. `PROJECTION` names their form; when
a new version of the program has another one, the projection is built anew from the log.
"""

from __future__ import annotations

import hashlib

from caseworker_app.domain.kinds import KINDS
from caseworker_app.domain.names import folded
from caseworker_app.store import codec

SCHEMA = 2
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

# The same letters and figures that `names.tokens` takes words to consist of; a sign beside a word
# ("☕Kaffee") is no part of it.
TOKENIZER = "unicode61 remove_diacritics 2 categories ''L* N*''"

SEARCH = (
    "CREATE TABLE found (number INTEGER PRIMARY KEY, id BLOB UNIQUE, kind TEXT, case_id BLOB)",
    (
        "CREATE VIRTUAL TABLE word USING fts5(words, content='', contentless_delete=1,"
        f" tokenize='{TOKENIZER}', prefix='2 3 4 5 6 7')"
    ),
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
DROP_PROJECTION = tuple(f"DROP TABLE IF EXISTS {name}" for name in (*KINDS, "found", "word"))
