"""The score board from the drills that a node keeps."""

from collections.abc import Iterator

from wideberth.council.drill_score import Score, Tried, board
from wideberth.council.drill_stand import stand
from wideberth.council.drill_watch import reached_s
from wideberth.council.matter import Matter
from wideberth.model.agreement import Agreement
from wideberth.node.council import matters
from wideberth.node.ports import Reader
from wideberth.peering.council.drill import DrillOpened


def board_of(
    reader: Reader, parties: tuple[str, str], *, agreement: Agreement, now_s: float
) -> tuple[Score, ...]:
    """Return the score board of all drills of two parties; the first is this node's."""
    party, peer = parties
    found = (_tried(one, party, agreement) for one in _with(reader, peer))
    return board(found, parties, agreement.council.drills, now_s=now_s)


def _tried(one: Matter, party: str, agreement: Agreement) -> Tried:
    opening = one.opening
    assert isinstance(opening, DrillOpened)
    return Tried(one.opener, opening, stand(one, agreement), reached_s(one, party))


def _with(reader: Reader, peer: str) -> Iterator[Matter]:
    after = ""
    while True:
        page, after = matters.matters(reader, kind="drill", is_open=False, after=after)
        yield from (one for one in page if peer in one.parties)
        if not after:
            return
