"""Stores as older programs made them, for the tests of `upgrade`: the statements are those of their time and never change."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from homeward.record.tree import Frontier

_TABLES_1 = {
    "fact": "name TEXT PRIMARY KEY, value BLOB NOT NULL",
    "act": "i INTEGER PRIMARY KEY, line BLOB NOT NULL, leaf BLOB NOT NULL UNIQUE, root BLOB NOT NULL, "
    "author TEXT NOT NULL, n INTEGER NOT NULL, rules_keys INTEGER NOT NULL, UNIQUE (author, n)",
    "edge": "size INTEGER PRIMARY KEY, hashes BLOB NOT NULL",
    "outbox": "id INTEGER PRIMARY KEY, line BLOB NOT NULL, leaf BLOB NOT NULL UNIQUE, author TEXT NOT NULL, "
    "n INTEGER NOT NULL, UNIQUE (author, n)",
    "refused": "leaf BLOB PRIMARY KEY, line BLOB NOT NULL, reason TEXT NOT NULL",
    "head": "size INTEGER PRIMARY KEY, text BLOB NOT NULL",
    "signature": "size INTEGER NOT NULL REFERENCES head (size), line TEXT NOT NULL, PRIMARY KEY (size, line)",
    "signed": "key TEXT NOT NULL, size INTEGER NOT NULL, text BLOB NOT NULL, PRIMARY KEY (key, size)",
    "file": "name TEXT PRIMARY KEY, content BLOB NOT NULL",
}
_WAITING_1 = "CREATE TABLE waiting (digest BLOB PRIMARY KEY, parcel BLOB NOT NULL)"
_RULES_1 = {
    "act": ("NEW.i <> (SELECT coalesce(max(i), -1) + 1 FROM act)", "acts are numbered without a gap"),
    "signed": (
        "NEW.size <= (SELECT coalesce(max(size), -1) FROM signed WHERE key = NEW.key)",
        "a head is signed once, and never a smaller",
    ),
}


def write_format_1(source: Path, target: Path, *, edge_every: int = 1024) -> None:
    """What a program of format 1 would have in `target` if it had taken in what the store `source` holds. Both are database files."""
    new = sqlite3.connect(target, isolation_level=None)
    new.execute("PRAGMA journal_mode=WAL")
    new.execute("BEGIN")
    for name, columns in _TABLES_1.items():
        new.execute(f"CREATE TABLE {name} ({columns})")
    new.execute(_WAITING_1)
    new.execute("CREATE INDEX act_rules_keys ON act (i) WHERE rules_keys")
    for name in _TABLES_1:
        for verb in ("UPDATE", "DELETE"):
            rule = f"BEFORE {verb} ON {name} BEGIN SELECT RAISE(ABORT, 'the record only grows'); END"
            new.execute(f"CREATE TRIGGER {name}_no_{verb} {rule}")
    for name, (broken, message) in _RULES_1.items():
        rule = f"BEFORE INSERT ON {name} WHEN {broken} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        new.execute(f"CREATE TRIGGER {name}_insert {rule}")
    old = sqlite3.connect(source)
    for name in (*_TABLES_1, "waiting"):
        if name != "edge":
            for row in old.execute(f"SELECT * FROM {name} ORDER BY rowid"):
                new.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", row)
    old.close()
    edge = Frontier()
    for (leaf,) in new.execute("SELECT leaf FROM act ORDER BY i").fetchall():
        edge.push(leaf)
        if edge.size % edge_every == 0:
            new.execute("INSERT INTO edge VALUES (?, ?)", (edge.size, b"".join(edge.hashes)))
    new.execute("DROP TRIGGER fact_no_UPDATE")
    new.execute("UPDATE fact SET value = 1 WHERE name = 'format'")
    new.execute("CREATE TRIGGER fact_no_UPDATE BEFORE UPDATE ON fact BEGIN SELECT RAISE(ABORT, 'the record only grows'); END")
    new.execute("COMMIT")
    new.close()
