"""Receivers that come of a craft's equipage, as reports name, count and draw them.

Nobody declared them, so they bear no name that a reader knows; and they are where their craft is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from wideberth.formats.lookalike import named
from wideberth.formats.shown import plain
from wideberth.interference.craft import declared, is_aboard
from wideberth.model.activity import Activity
from wideberth.model.conflict import CheckResult, Conflict, VolumeRef
from wideberth.model.spectrum_rules import SpectrumRules
from wideberth.model.volume import Volume

_CRAFT: Final = {"air": "aircraft", "sea": "ship"}


def arena_word(volume: Volume) -> str:
    """Return the arena that a volume counts for: of a receiver aboard, that of its craft."""
    aboard = volume.radio.aboard if volume.radio else ""
    return aboard or volume.arena.value


def spoken(volume: Volume, rules: SpectrumRules) -> Volume:
    """Return a receiver aboard with its service's title in place of the id; others as they are."""
    if volume.radio is None or not volume.radio.aboard:
        return volume
    row = rules.protection(volume.radio.service)
    title = row.title if row and row.title else volume.radio.service
    return replace(volume, radio=replace(volume.radio, service=title))


def volume_words(activity: Activity, volume: Volume) -> str:
    """Return which volume of an activity it is: air volume box; aircraft, receiver GNSS L1.

    Which of its volumes a craft's receiver goes with is said where the activity has several.
    """
    if volume.radio is None or not volume.radio.aboard:
        return f"{volume.arena} volume {named(volume.id)}"
    craft = _CRAFT.get(volume.radio.aboard, volume.radio.aboard)
    said = f"{craft}, receiver {plain(volume.radio.service)}"
    carries = list(_carriers(activity, volume))
    several = sum(not is_aboard(one) for one in activity.volumes) > 1
    return f"{said}, volume {named(carries[0][1].id)}" if several and carries else said


def carrier(ref: VolumeRef, index: Mapping[VolumeRef, tuple[Activity, Volume]]) -> VolumeRef:
    """Return the volume of the craft that carries a receiver; any other volume is its own."""
    found = index.get(ref)
    if found is None or not is_aboard(found[1]):
        return ref
    place, volume = next(_carriers(*found), (ref.place, found[1]))
    return VolumeRef(ref.party, ref.activity, place, volume.id)


def _carriers(activity: Activity, receiver: Volume) -> Iterator[tuple[int, Volume]]:
    """Yield the craft's volumes that are where the receiver is, best named first."""
    alike = [
        (place, volume)
        for place, volume in enumerate(activity.volumes)
        if not is_aboard(volume)
        and volume.arena.value == arena_word(receiver)
        and (volume.time, volume.height) == (receiver.time, receiver.height)
        and volume.footprint == receiver.footprint
    ]
    yield from sorted(alike, key=lambda one: -_is_named(one[1], receiver))


def _is_named(volume: Volume, receiver: Volume) -> int:
    """Return how much of a receiver's name is its craft's; 0: it is named otherwise."""
    return len(volume.id) + 1 if receiver.id.startswith(f"{volume.id} ") else 0


def as_declared(
    result: CheckResult, index: Mapping[VolumeRef, tuple[Activity, Volume]]
) -> CheckResult:
    """Return a result with its conflicts at what was declared: the craft, not its receivers."""
    return replace(
        result,
        activities=tuple(
            declared(activity)
            for activity in result.activities
            if not all(is_aboard(volume) for volume in activity.volumes)
        ),
        conflicts=at_carriers(result.conflicts, index),
    )


def at_carriers(
    conflicts: Iterable[Conflict], index: Mapping[VolumeRef, tuple[Activity, Volume]]
) -> tuple[Conflict, ...]:
    """Return conflicts with the craft in place of a receiver aboard."""
    return tuple(replace(c, a=carrier(c.a, index), b=carrier(c.b, index)) for c in conflicts)


def count_aboard(result: CheckResult) -> int:
    """Return how many receivers the equipage of the activities brings."""
    return sum(is_aboard(volume) for a in result.activities for volume in a.volumes)
