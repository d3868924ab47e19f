"""What a node notes of what is in force, to tell which pairs of arenas nobody could judge.

An activity is marked by its arenas; a craft whose equipage the agreement does not know is deaf:
what it listens to is not known; and what radiates is marked so.
"""

from itertools import combinations_with_replacement
from typing import Final

from wideberth.engine.detect import DEAF, UNRULED
from wideberth.interference.craft import equipped, is_aboard
from wideberth.model.activity import Activity
from wideberth.model.spectrum_rules import SpectrumRules
from wideberth.model.volume import Arena, Role

EMITTING: Final = "emitting"
_DEAF: Final = {Arena.AIR: "air, deaf", Arena.SEA: "sea, deaf"}
ALL_MARKS: Final = (*(arena.value for arena in Arena), EMITTING, *_DEAF.values())


def marks_of(activity: Activity, rules: SpectrumRules) -> frozenset[str]:
    """Return the marks of an activity; none where it is over."""
    if activity.is_over:
        return frozenset()
    arenas = {volume.arena for volume in activity.volumes}
    marks = {arena.value for arena in arenas}
    if any(volume.role is Role.EMIT for volume in activity.volumes):
        marks.add(EMITTING)
    craft = equipped(activity, rules)
    listening = {v.radio.aboard for v in craft.volumes if is_aboard(v) and v.radio is not None}
    marks |= {_DEAF[arena] for arena in arenas if arena in _DEAF and arena not in listening}
    return frozenset(marks)


def unruled(ruled: set[frozenset[Arena]]) -> list[tuple[Arena, Arena, str, str, str]]:
    """Return the pairs of arenas that no rule is about: with the marks that meet there, and why."""
    found: list[tuple[Arena, Arena, str, str, str]] = []
    for one, other in combinations_with_replacement(Arena, 2):
        if frozenset((one, other)) in ruled:
            continue
        if other is not Arena.SPECTRUM:
            found.append((one, other, one.value, other.value, UNRULED))
        elif one is Arena.SPECTRUM:
            found.append((one, other, EMITTING, EMITTING, UNRULED))
        else:
            found.append((one, other, _DEAF[one], EMITTING, DEAF))
    return found
