"""The slip: one declaration as numbered groups for telephone, radio and paper (REQUIREMENTS R8).

One group a line: a number, a letter that says what it is, what it says, and two check characters
over all of it; only A to Z and 0 to 9, spaces free. The last group counts the groups and checks
the whole. docs/formats/slip.md is for people. What is read is never smaller than what was
written: places are told in MGRS to 1 m, heights in whole metres, times in whole seconds (a
track's in milliseconds), bands in whole hertz, each rounded outwards.
"""

import itertools
import re
from collections.abc import Iterator
from typing import Final

from wideberth.engine.hull import hull
from wideberth.errors import ImpossibleValueError
from wideberth.formats.notation import mgrs_of
from wideberth.formats.slip_area import widened
from wideberth.formats.slip_codes import band_code, heights_code, spell, stamp, window_code
from wideberth.formats.slip_groups import write_groups
from wideberth.model.activity import Activity, Disclosure, State
from wideberth.model.footprint import Circle, Corridor, Everywhere, Footprint, Point, Polygon, Track
from wideberth.model.volume import Arena, Role, Volume

TITLE: Final = "WIDEBERTH SLIP 1"
STATES: Final = dict(zip(State, "ATNCEW", strict=True))
ARENAS: Final = {Arena.AIR: "A", Arena.SEA: "S", Arena.SPECTRUM: "R"}
ROLES: Final = {Role.EMIT: "E", Role.RECEIVE: "R", Role.GUARD: "G"}
DISCLOSED: Final = {Disclosure.FULL: "F", Disclosure.EXTENT: "E"}
_BREATHS: Final = {
    "H": re.compile(r"[A-Z]+\d*"),
    "T": re.compile(r"[A-Z]|\d{8}|\d{6}"),
    "F": re.compile(r"[A-Z]|\d{1,3}"),
    "M": re.compile(
        r"^[A-Z]|(?:\d\d)?[A-Z](?=[A-Z]{2}\d{10})|[A-Z]{2}(?=\d{10})|T(?=\d{17}$)"
        r"|\d{8}(?=\d{9}$)|\d{9}$|\d{5}"
    ),
}


def write_slip(activity: Activity) -> str:
    """Return the slip of an activity; the same activity gives the same text.

    Title, equipage, flex, links, criterion, power and radio are not on it. Of one disclosed by its
    extent only the extent is written. Raises ImpossibleValueError for a private activity and for
    one that needs more than 999 groups.
    """
    if activity.disclose is Disclosure.PRIVATE:
        raise ImpossibleValueError(
            "a private activity is not put on a slip.", remedy="Disclose it first."
        )
    shown = hull(activity) if activity.disclose is Disclosure.EXTENT else activity
    bodies = [*_head(shown), *(body for volume in shown.volumes for body in _volume(volume))]
    return write_groups(TITLE, bodies, _BREATHS)


def _head(activity: Activity) -> Iterator[str]:
    yield "P" + spell(activity.party)
    yield "I" + spell(activity.id)
    sign = "D" if activity.priority < 0 else "U"
    state, disclosed = STATES[activity.state], DISCLOSED[activity.disclose]
    yield f"R{activity.revision}{state}{disclosed}{sign}{abs(activity.priority)}"
    if activity.kind:
        yield "K" + spell(activity.kind)


def _volume(volume: Volume) -> Iterator[str]:
    footprint = widened(volume.footprint)
    yield "V" + ARENAS[volume.arena] + spell(volume.id)
    yield "H" + heights_code(volume.height)
    if not isinstance(footprint, Track):
        yield "T" + window_code(volume.time)
    if volume.freq is not None and volume.role is not None:
        yield "F" + ROLES[volume.role] + band_code(volume.freq)
    yield from _shape(footprint)


def _shape(footprint: Footprint) -> Iterator[str]:
    """Yield the kind of the shape with its width in metres, then its places in their order."""
    match footprint:
        case Everywhere():
            yield "SE"
        case Circle(centre, radius_m):
            yield f"SC{radius_m:.0f}"
            yield from _places([centre])
        case Corridor(points, half_width_m):
            yield f"SL{half_width_m:.0f}"
            yield from _places(points)
        case Track(points, times_s, radius_m):
            yield f"SM{radius_m:.0f}"
            for point, time in zip(points, _track_stamps(times_s), strict=True):
                yield _place("N", point) + "T" + time
        case Polygon(parts):
            yield f"SA{len(parts)}"
            for part in parts:
                yield from _places(part.outer, first="A")
                for hole in part.holes:
                    yield from _places(hole, first="H")


def _places(points: list[Point] | tuple[Point, ...], *, first: str = "N") -> Iterator[str]:
    for mark, point in zip(itertools.chain(first, itertools.repeat("N")), points, strict=False):
        yield _place(mark, point)


def _place(mark: str, point: Point) -> str:
    return "M" + mark + mgrs_of(point).replace(" ", "")


def _track_stamps(times_s: tuple[float, ...]) -> list[str]:
    """Return a track's times in milliseconds; the first is rounded down and the last up."""
    whole = [round(time_s * 1000.0) for time_s in times_s]
    whole[0] = int(times_s[0] * 1000.0 // 1.0)
    whole[-1] = -int(-times_s[-1] * 1000.0 // 1.0)
    if any(later <= earlier for earlier, later in itertools.pairwise(whole)):
        raise ImpossibleValueError(
            "a track has vertices less than a millisecond apart.", remedy="Send it as a file."
        )
    return [f"{stamp(ms // 1000)}{ms % 1000:03d}" for ms in whole]
