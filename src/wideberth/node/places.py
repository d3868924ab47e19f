"""Read-back (R4) between nodes: what formats/readback.py says, as messages carry it."""

from collections.abc import Sequence

import msgspec

from wideberth.formats import readback
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.node.records import Held
from wideberth.peering.disclosed import disclosed
from wideberth.peering.messages import SaidVolume
from wideberth.peering.wire import from_wire


def said_places(activity: Activity, agreement: Agreement) -> tuple[SaidVolume, ...]:
    """Return every place of an activity in other notations, with heights, times and bands."""
    said = readback.read_back(activity, agreement).volumes
    return msgspec.convert(msgspec.to_builtins(said), type=tuple[SaidVolume, ...])


def misread(
    record: bytes | None, said: Sequence[SaidVolume], agreement: Agreement
) -> tuple[str, ...]:
    """Return where what was read back does not stand for the notice, in words; none: it does."""
    if record is None:
        return ("the notice that was read back is not kept here",)
    seen = disclosed(from_wire(msgspec.json.decode(record, type=Held).activity))
    if seen is None:
        return ("an undisclosed activity was read back",)
    own = readback.read_back(seen, agreement)
    volumes = msgspec.convert(
        msgspec.to_builtins(tuple(said)), type=tuple[readback.VolumeReadBack, ...]
    )
    returned = readback.ReadBack(
        own.party, own.activity, own.revision, own.state, own.kind, volumes
    )
    return tuple(
        f"{one.where}: {one.ours or 'nothing'} sent, {one.theirs or 'nothing'} read back"
        for one in readback.verify(seen, returned, agreement)
    )
