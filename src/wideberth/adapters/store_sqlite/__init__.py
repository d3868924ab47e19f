"""A store in one file, by SQLite: the one a node uses unless told otherwise."""

from wideberth.adapters.store_sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
