"""An activity as peers know it: what a node may say of it by itself in the council."""

import math
from dataclasses import dataclass
from typing import Final

from wideberth.model.activity import Activity
from wideberth.node.records import Held
from wideberth.node.telling import Due, due, told_to
from wideberth.node.work import Work
from wideberth.peering.disclosed import disclosed
from wideberth.peering.shape_digest import shape_digest
from wideberth.peering.wire import from_wire

BY_ITSELF: Final = "node"  # the role in which a node speaks of its own accord
Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """An activity as disclosed; begins_s None: it has no start. digest: of its volumes."""

    held: Held
    seen: Activity
    begins_s: float | None
    digest: str

    @property
    def name(self) -> Name:
        """Return its party and id."""
        return self.seen.party, self.seen.id


def known_of(work: Work, name: Name) -> Known | None:
    """Return an activity as peers know it; None: there is none, or it is private."""
    held = work.held(*name)
    if held is None:
        return None
    activity = from_wire(held.activity, is_checked=True)
    seen = disclosed(activity) if name[0] == work.party else activity
    if seen is None:
        return None
    start_s = min(volume.time.start_s for volume in seen.volumes)
    begins_s = max(0.0, start_s) if math.isfinite(start_s) else None
    return Known(held, seen, begins_s, shape_digest(seen))


def has_all(work: Work, party: str, known: Known) -> bool:
    """Return whether a party was told of an own activity as it is now, or may not be told."""
    told = told_to(work.draft, party, known.seen.id)
    return told is not None and due(told, known.seen, known.held) is Due.NOTHING


def may_be_told(work: Work, party: str, known: Known) -> bool:
    """Return whether a party knows an own activity as it is now, and it was not recalled."""
    told = told_to(work.draft, party, known.seen.id)
    is_recalled = told is not None and told.recalled
    return has_all(work, party, known) and not is_recalled
