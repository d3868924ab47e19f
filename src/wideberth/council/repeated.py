"""Read-back (R4) as messages carry it: what formats/readback.py says, and where it differs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import msgspec

from wideberth.formats import readback
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.peering.messages import SaidVolume

MOST_PLACES: Final = 2000  # in one read-back, so that it fits a message


def said_places(activity: Activity, agreement: Agreement) -> tuple[SaidVolume, ...]:
    """Return the places of an activity in other notations, with heights, times and bands.

    Of an activity of more than MOST_PLACES, every so manieth place of each volume is repeated and
    always the first: both sides choose the same.
    """
    said = _chosen(readback.read_back(activity, agreement).volumes)
    return msgspec.convert(msgspec.to_builtins(said), type=tuple[SaidVolume, ...])


def misread(seen: Activity, said: Sequence[SaidVolume], agreement: Agreement) -> tuple[str, ...]:
    """Return where what was read back does not stand for an activity as disclosed, in words."""
    own = readback.read_back(seen, agreement)
    wanted = {
        f"volume {volume.id}: {place.which}"
        for volume in _chosen(own.volumes)
        for place in volume.places
    }
    volumes = msgspec.convert(
        msgspec.to_builtins(tuple(said)), type=tuple[readback.VolumeReadBack, ...]
    )
    returned = readback.ReadBack(
        own.party, own.activity, own.revision, own.state, own.kind, volumes
    )
    return tuple(
        f"{one.where}: {one.ours or 'nothing'} sent, {one.theirs or 'nothing'} read back"
        for one in readback.verify(seen, returned, agreement)
        if not _is_left_out(one, wanted)
    )


def _chosen(volumes: tuple[readback.VolumeReadBack, ...]) -> tuple[readback.VolumeReadBack, ...]:
    count = sum(len(volume.places) for volume in volumes)
    if count <= MOST_PLACES:
        return volumes
    spare = max(1, MOST_PLACES - len(volumes))  # beside the first of each
    each = -(-count // spare)
    return tuple(replace(volume, places=volume.places[::each]) for volume in volumes)


def _is_left_out(one: readback.Difference, wanted: set[str]) -> bool:
    """Return whether a place is lacking that was not to be repeated."""
    return (one.ours, one.theirs) == ("there", "") and (
        "vertex" in one.where and one.where not in wanted
    )
