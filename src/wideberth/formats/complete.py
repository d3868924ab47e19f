"""What a declaration lacks, or cannot mean, before it may be sent (REQUIREMENTS R3, R4).

What is missing is refused, never guessed, and all of it is told at once. Doubts that do not
refuse are those of formats/plausible.py. Nothing told here repeats a position or a time: the
place is named by its volume and vertex.
"""

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from wideberth.engine.distance import gap
from wideberth.engine.heights import is_upside_down
from wideberth.engine.moved_off import offsets_m
from wideberth.engine.shape import Shape, shape_of
from wideberth.engine.words import nautical_miles
from wideberth.formats.readback import places_of
from wideberth.formats.reading import Problem, Severity
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement, HeightRanges
from wideberth.model.footprint import Everywhere, Point
from wideberth.model.span import TimeWindow
from wideberth.model.volume import Arena, Volume
from wideberth.units import SECONDS_PER_DAY

FAR_M: Final = 200_000.0  # from the theatre; what is nearer is doubted, not refused
LONG_AFTER_S: Final = 366.0 * SECONDS_PER_DAY  # after the agreement's end: a slip of the year
_NULL_ISLAND_DEG: Final = 1e-7  # around 0, 0; readers tell to move one that is meant by more


def missing(
    activity: Activity, agreement: Agreement, contact: str, *, may_be_open: bool = False
) -> tuple[Problem, ...]:
    """Return all that keeps a declaration from being sent; none when it is complete.

    contact: the role that answers for it. may_be_open: it may hold until further notice.
    """
    return (
        *_who(activity, contact),
        *(
            problem
            for volume in activity.volumes
            for problem in (
                *_area(volume),
                *_height(volume, agreement.heights),
                *_time(volume, agreement.validity, may_be_open=may_be_open),
                *_lost(volume),
                *_far(volume, agreement),
            )
        ),
    )


def _refused(where: str, what: str, remedy: str) -> Problem:
    return Problem(Severity.ERROR, where, what, remedy)


def _who(activity: Activity, contact: str) -> Iterator[Problem]:
    if not activity.kind.strip():
        yield _refused("kind", "is missing.", "Say what kind of activity it is.")
    if not contact.strip():
        yield _refused("contact", "is missing.", "Name the role that answers for it.")


def _area(volume: Volume) -> Iterator[Problem]:
    if isinstance(volume.footprint, Everywhere):
        yield _refused(_where(volume), "no area: the whole Earth.", "Give the area it takes up.")


def _height(volume: Volume, ranges: HeightRanges) -> Iterator[Problem]:
    is_open = math.isinf(volume.height.lower.height_m) and math.isinf(volume.height.upper.height_m)
    if is_open and volume.arena is not Arena.SPECTRUM:
        name = "depth or height" if volume.arena is Arena.SEA else "height"
        yield _refused(_where(volume), f"no {name}: open both ways.", "Give one limit or both.")
    if is_upside_down(volume.height, volume.footprint, ranges):
        what = "its floor lies above its ceiling, whatever the air and the ground are like."
        yield _refused(_where(volume), what, "Check the limits and their datums.")


def _time(volume: Volume, valid: TimeWindow | None, *, may_be_open: bool) -> Iterator[Problem]:
    window = volume.time
    if math.isinf(window.start_s):
        yield _refused(_where(volume), "no start.", "Say from when.")
    if math.isinf(window.end_s) and not may_be_open:
        yield _refused(_where(volume), "no end.", "Say until when, and extend it if need be.")
    if valid is not None and _is_slip(window, valid):
        yield _refused(
            _where(volume),
            "lies wholly outside the agreement's validity.",
            "Check the date, or renew the agreement.",
        )


def _is_slip(window: TimeWindow, valid: TimeWindow) -> bool:
    """Return whether a time is before the agreement, or so long after it that the year is wrong.

    Just after it is declared as ever: an agreement that expires switches nothing off.
    """
    return window.end_s <= valid.start_s or window.start_s >= valid.end_s + LONG_AFTER_S


def _lost(volume: Volume) -> Iterator[Problem]:
    for which, (lon_deg, lat_deg) in places_of(volume.footprint):
        if abs(lon_deg) < _NULL_ISLAND_DEG and abs(lat_deg) < _NULL_ISLAND_DEG:
            yield _refused(
                f"{_where(volume)}, {which}",
                "is at 0, 0 (null island), where lost positions land.",
                "Give the true position; if it is meant, shift it by 0.000001.",
            )


def _far(volume: Volume, agreement: Agreement) -> Iterator[Problem]:
    """Yield places that only a slip puts where they are, else that the whole volume is far off."""
    if agreement.theatre is None or isinstance(volume.footprint, Everywhere):
        return
    theatre = shape_of(agreement.theatre)
    slips = list(_slips(volume, theatre))
    yield from slips
    away_m = gap(theatre, shape_of(volume.footprint)).gap_m
    if not slips and away_m > FAR_M:
        yield _refused(
            _where(volume),
            f"lies {nautical_miles(away_m)} outside the theatre.",
            "Check its position.",
        )


def _slips(volume: Volume, theatre: Shape) -> Iterator[Problem]:
    places = list(places_of(volume.footprint))
    off_m = offsets_m(np.array([point for _, point in places]), theatre)
    for (which, point), away_m in zip(places, off_m.tolist(), strict=True):
        if away_m <= FAR_M:
            continue
        names, others = zip(*_mended(point), strict=True)
        likely = np.flatnonzero(offsets_m(np.array(others), theatre) <= 0.0)
        if len(likely):
            yield _refused(
                f"{_where(volume)}, {which}",
                "lies far outside the theatre.",
                f"It would lie within if {names[likely[0]]}.",
            )


def _mended(point: Point) -> Iterator[tuple[str, Point]]:
    lon_deg, lat_deg = point
    if abs(lon_deg) <= 90.0:
        yield "longitude and latitude were swapped", (lat_deg, lon_deg)
    yield "east and west were swapped", (-lon_deg, lat_deg)
    yield "north and south were swapped", (lon_deg, -lat_deg)
    yield "both signs were swapped", (-lon_deg, -lat_deg)


def _where(volume: Volume) -> str:
    return f"volume {volume.id}"
