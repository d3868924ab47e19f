"""The clocks of matters: those whose time has come are looked at on every tick."""

import math
from collections.abc import Callable
from typing import Final

from wideberth.council.matter import Matter
from wideberth.errors import WideberthError
from wideberth.node import tables
from wideberth.node.council import attending, hooks, matters
from wideberth.node.council.saying import BY_ITSELF, Say, say
from wideberth.node.judging import UNJUDGEABLE
from wideberth.node.ports import StoreError
from wideberth.node.work import Work

MOST_AT_ONCE: Final = 1000  # what is left is taken by the next tick
AGAIN_S: Final = 60.0
NOTED_EVERY_S: Final = 60.0  # how often the time is written down
_LAST: Final = "council looked at"
NOT_LOOKED_AT: Final = "matter not looked at"
Name = tuple[str, str, str]


def look(work: Work) -> int:
    """Look at the matters whose time has come, the longest waiting first; return how many.

    One that cannot be looked at is an alarm, and keeps no other from its turn.
    """
    _look_at_all_where_put_back(work)
    before = tables.key(max(0, math.floor(work.now_s)) + 1)
    keys = [key for key, _ in work.draft.scan(tables.MATTER_DUE, before=before, limit=MOST_AT_ONCE)]
    for key in keys:
        work.draft.delete(tables.MATTER_DUE, key)
        _second, kind, opener, matter_id = tables.parts(key)
        _look_at(work, (kind, opener, matter_id))
    return len(keys)


def _look_at_all_where_put_back(work: Work) -> None:
    """Look at every open matter where our clock was put back: each waits for a time by the old."""
    last_s = float(work.draft.get(tables.META, _LAST) or b"0")
    if work.now_s < last_s:
        look_at_all(work)
    if not last_s <= work.now_s < last_s + NOTED_EVERY_S:
        work.draft.put(tables.META, _LAST, str(work.now_s).encode())


def _look_at(work: Work, name: Name) -> None:
    why = _tried(work, name, _speak) or _tried(work, name, _watch)
    about = tables.key("council", *name)
    if why:
        _tried(work, name, _watch)
        text = f"{'/'.join(name)}: its clock could not be looked at ({why})."
        work.raise_alarm(NOT_LOOKED_AT, about, text)
        second = math.ceil(work.now_s + AGAIN_S)
        work.draft.put(tables.MATTER_DUE, tables.key(second, *name), b"")
    else:
        work.clear_alarm(NOT_LOOKED_AT, about, "it was looked at")


def _tried(work: Work, name: Name, do: Callable[[Work, Matter], None]) -> str:
    """Return why something could not be done about a matter; empty: it was, or there is none."""

    def attempted(attempt: Work) -> None:
        found = matters.matter(attempt.draft, *name)
        if found is not None:
            do(attempt, found)

    try:
        work.attempt(attempted)
    except StoreError:
        raise
    except UNJUDGEABLE as error:
        return error.what if isinstance(error, WideberthError) else type(error).__name__
    return ""


def _speak(work: Work, one: Matter) -> None:
    looked = hooks.LOOKED.get(one.kind)
    for said in () if looked is None else looked(work, one):
        say(work, Say(said, BY_ITSELF))


def _watch(work: Work, one: Matter) -> None:
    attending.look_at(work, one)


def look_at_all(work: Work) -> None:
    """Have every open matter looked at by the next tick: the agreement or the clock has changed."""
    for key, _mark in work.draft.scan(tables.MATTER_OPEN):
        work.draft.put(tables.MATTER_DUE, f"{tables.key(0)}/{key}", b"")
