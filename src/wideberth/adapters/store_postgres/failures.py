"""What the database says went wrong, as what to do about it: run again, or tell a person."""

from typing import TYPE_CHECKING, Final

from wideberth.node.ports import StoreError, UncertainError

if TYPE_CHECKING:
    import psycopg


# SQLSTATE, PostgreSQL manual, appendix A.
_COLLISIONS: Final = frozenset({"40001", "40P01"})  # serialization_failure, deadlock_detected
_UNKNOWN: Final = "40003"  # statement_completion_unknown
_LOST: Final = ("08", "57P")  # connection exceptions; the server goes down
_SAID: Final = {
    "53100": ("the database's disk is full.", "Make room; nothing acknowledged is lost."),
    "53": ("the database lacks memory or connections.", "Give it more, or give others less."),
    "28": ("the database refuses the user.", "Look at the user and password of the store."),
    "3D": ("the database does not exist.", "Create it, or name another."),
    "42": ("the database lacks a table or a right.", "Give the node's user its own schema."),
    "XX": ("the database is damaged.", "Stop the node, and restore the newest backup."),
}
_UNREACHED: Final = (
    "the database cannot be reached.",
    "See that it runs and that the address of the store is right.",
)
_OTHER: Final = ("the database failed.", "Look at the database's log.")


def is_collision(error: "psycopg.Error") -> bool:
    """Return whether the work only has to be run again."""
    return error.sqlstate in _COLLISIONS


def is_lost(error: "psycopg.Error", db: "psycopg.Connection") -> bool:
    """Return whether the line is gone, and with it all that was not committed."""
    state = error.sqlstate or ""
    return bool(db.closed) or state == _UNKNOWN or state.startswith(_LOST)


def store_error(error: "psycopg.Error") -> StoreError:
    """Return what a person can do about it; the code, never the content."""
    state = error.sqlstate
    what, remedy = _UNREACHED
    if state is not None:
        what, remedy = _SAID.get(state) or _SAID.get(state[:2]) or _OTHER
    return StoreError(f"{what[:-1]} ({state or type(error).__name__}).", remedy=remedy)


def uncertain_error() -> UncertainError:
    """Return the error of a commit that was not answered."""
    return UncertainError(
        "the line to the database broke during a commit.",
        remedy="Look whether the change is there before it is repeated.",
    )


def collided_error() -> StoreError:
    """Return the error of work that met other work for too long."""
    return StoreError(
        "other work on the database keeps getting in the way.", remedy="Try again later."
    )


def closed_error() -> StoreError:
    """Return the error of a store that is used after its end."""
    return StoreError("the store is closed.", remedy="Open it again.")
