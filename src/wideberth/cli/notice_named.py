"""A notice by how people name it: its number's first digits, or its activity."""

import re
from functools import partial
from typing import Final

from wideberth.cli.node_folder import Opened
from wideberth.cli.outputs import RefusedError
from wideberth.formats.lookalike import names
from wideberth.node import queries, tables
from wideberth.node.records import Notice, Way

_DIGITS: Final = re.compile(r"[0-9a-f]{6,64}")
SHOWN_DIGITS: Final = 8


async def every_notice(at: Opened) -> list[Notice]:
    """Return all notices, in the order of the ledger."""
    found: list[Notice] = []
    after = ""
    while True:
        page = await at.desk.read(partial(queries.notices, after=after))
        found += page
        if len(page) < queries.LARGEST_PAGE:
            return found
        after = tables.key(page[-1].index)


async def named(at: Opened, name: str, *, way: Way, peer: str | None = None) -> Notice:
    """Return the one notice of a way that is meant; RefusedError where none or several are.

    An activity's name means its newest notice to or from the peer.
    """
    notices = [n for n in await every_notice(at) if n.way is way and peer in (None, n.peer)]
    if _DIGITS.fullmatch(name):
        found = [one for one in notices if one.message.startswith(name)]
        if found:
            return _only(found, name)
    of_activity = [one for one in notices if one.activity == name]
    newest = {one.peer: one for one in of_activity}
    direction = "from" if way is Way.IN else "to"
    if not newest:
        raise RefusedError(
            f"there is no notice {direction} a peer called {names(name)}."
            " List them: wideberth notice list"
        )
    return _only(list(newest.values()), name)


def _only(found: list[Notice], name: str) -> Notice:
    if len(found) > 1:
        peers = ", ".join(sorted(names(one.peer) for one in found))
        raise RefusedError(f"{names(name)} means several notices ({peers}). Say which by --peer.")
    return found[0]
