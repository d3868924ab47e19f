"""A store in PostgreSQL, or in what speaks like it, for a node that must outlive its machine."""

from wideberth.adapters.store_postgres.store import PostgresStore

__all__ = ["PostgresStore"]
