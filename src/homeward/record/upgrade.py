"""Bringing a store that an older program made to the format of this one, in its place.

One transaction: a power cut in its midst, a full disk, or another program that holds the file leaves the store as it was, and the next
opening begins anew. Nothing is believed on the way: every hash and every root is made again from the lines, and a store in which one
differs is left as it is. An older program must not be left running beside it, and cannot open the store afterwards.

| from | to | what changes |
|---|---|---|
| 1 | 2 | the table of acts loses its two indexes; `place` says where each author's acts stand, `edge` each author's last act |
"""

from __future__ import annotations

import sqlite3

from homeward.record.growth import EDGE_EVERY, remember_edge
from homeward.record.ledger import Author
from homeward.record.note import encode_base64url
from homeward.record.tables import FORMAT, DamagedError, rules_of, schema_of, transaction
from homeward.record.tree import Frontier, leaf_hash


def upgrade(database: sqlite3.Connection) -> None:
    """Bring the store to `FORMAT` if it is of an older format that is known; otherwise leave it alone. Raises `DamagedError`."""
    if _format(database) != 1:
        return
    try:
        with transaction(database):
            # Another program may have been quicker.
            if _format(database) == 1:
                _from_1(database)
    except sqlite3.IntegrityError:
        raise DamagedError("an act is missing, or stands twice") from None


def _format(database: sqlite3.Connection) -> object:
    row = database.execute("SELECT value FROM fact WHERE name = 'format'").fetchone()
    return row and row[0]


def _from_1(database: sqlite3.Connection) -> None:
    for table in ("act", "edge", "fact"):
        _lift_rules(database, table)
    database.execute("DROP INDEX act_rules_keys")
    # What stood in `edge` is made anew from the lines.
    database.execute("DROP TABLE edge")
    database.execute("ALTER TABLE act RENAME TO act_1")
    for table in ("act", "edge", "place"):
        for statement in schema_of(table):
            database.execute(statement)
    database.execute("INSERT INTO act SELECT i, line, leaf, root, author, n, rules_keys FROM act_1 ORDER BY i")
    database.execute("DROP TABLE act_1")
    _make_edges(database)
    database.execute("UPDATE fact SET value = ? WHERE name = 'format'", (FORMAT,))
    for statement in rules_of("fact"):
        database.execute(statement)


def _lift_rules(database: sqlite3.Connection, table: str) -> None:
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? ORDER BY name"
    for (name,) in database.execute(query, (table,)).fetchall():
        database.execute(f'DROP TRIGGER "{name}"')


def _make_edges(database: sqlite3.Connection) -> None:
    """Run through all acts, as if each came in now."""
    edge, authors = Frontier(), dict[str, Author]()
    for line, leaf, root, author, n in database.execute("SELECT line, leaf, root, author, n FROM act ORDER BY i"):
        if type(line) is not bytes or leaf_hash(line) != leaf:
            raise DamagedError(f"act {edge.size} is not what it was when it came in")
        edge.push(leaf)
        if edge.root() != root:
            raise DamagedError(f"the root over the first {edge.size} acts is not what it was")
        authors[author] = Author(n, encode_base64url(leaf))
        if edge.size % EDGE_EVERY == 0:
            remember_edge(database, edge, authors)
