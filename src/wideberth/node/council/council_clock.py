"""The clocks of matters: those whose time has come are looked at on every tick."""

import math
from typing import Final

from wideberth.node import tables
from wideberth.node.council import attending, hooks, matters
from wideberth.node.council.saying import BY_ITSELF, Say, say
from wideberth.node.work import Work

MOST_AT_ONCE: Final = 1000  # what is left is taken by the next tick


def look(work: Work) -> int:
    """Look at the matters whose time has come, the longest waiting first; return how many."""
    before = tables.key(max(0, math.floor(work.now_s)) + 1)
    keys = [key for key, _ in work.draft.scan(tables.MATTER_DUE, before=before, limit=MOST_AT_ONCE)]
    for key in keys:
        work.draft.delete(tables.MATTER_DUE, key)
        _second, kind, opener, matter_id = tables.parts(key)
        found = matters.matter(work.draft, kind, opener, matter_id)
        if found is None:
            continue
        looked = hooks.LOOKED.get(kind)
        for said in () if looked is None else looked(work, found):
            say(work, Say(said, BY_ITSELF))
        attending.look_at(work, matters.existing(work, kind, opener, matter_id))
    return len(keys)


def look_at_all(work: Work) -> None:
    """Have every open matter looked at by the next tick: the agreement has changed."""
    for key, _mark in work.draft.scan(tables.MATTER_OPEN):
        work.draft.put(tables.MATTER_DUE, f"{tables.key(0)}/{key}", b"")
