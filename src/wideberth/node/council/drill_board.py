"""The score board from the drills that a node keeps."""

from collections.abc import Iterator

from wideberth.council.drill_score import Score, Tried, board
from wideberth.council.drill_stand import stand
from wideberth.council.drill_watch import reached_s
from wideberth.council.matter import Matter
from wideberth.node.council import matters
from wideberth.node.ports import Reader
from wideberth.node.settings import Settings
from wideberth.peering.council.drill import DrillOpened


def board_of(reader: Reader, *, settings: Settings, peer: str, now_s: float) -> tuple[Score, ...]:
    """Return the score board of all drills with a peer."""
    found = (_tried(one, settings) for one in _with(reader, peer))
    rules = settings.agreement.council.drills
    return board(found, (settings.party, peer), rules, now_s=now_s)


def _tried(one: Matter, settings: Settings) -> Tried:
    opening = one.opening
    assert isinstance(opening, DrillOpened)
    found = stand(one, settings.agreement)
    return Tried(one.opener, opening, found, reached_s(one, settings.party))


def _with(reader: Reader, peer: str) -> Iterator[Matter]:
    after = ""
    while True:
        page, after = matters.matters(reader, kind="drill", is_open=False, after=after)
        yield from (one for one in page if peer in one.parties)
        if not after:
            return
