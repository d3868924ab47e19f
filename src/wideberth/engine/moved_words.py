"""What changed between two revisions of a volume, in the words of the people who read it.

How far something moved is rounded up: a move must not look smaller than it is.
"""

import math
from typing import Final, Protocol

from wideberth.engine.words import feet, figure, hertz, metres
from wideberth.model.span import FrequencyBand, HeightLimit
from wideberth.units import (
    METRES_PER_KILOMETRE,
    SECONDS_PER_DAY,
    SECONDS_PER_HOUR,
    SECONDS_PER_MINUTE,
)

Limits = tuple[HeightLimit, HeightLimit]

_POINTS: Final = (
    "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west",
)  # fmt: skip
_HARDLY_M: Final = 1.0
_OTHERS: Final = {
    "arena": "is in another arena",
    "role": "has another role",
    "eirp_dbm": "radiates with another power",
    "criterion": "has another criterion",
    "motion": "moves at other times along its way",
}


class Change(Protocol):
    """What is said of a volume beside its height limits."""

    @property
    def lateral_m(self) -> float:
        """Return how far the footprints lie off one another."""

    @property
    def centre_m(self) -> float:
        """Return how far the middle moved."""

    @property
    def bearing_deg(self) -> float | None:
        """Return where to, degrees true."""

    @property
    def start_s(self) -> float:
        """Return how much later it starts."""

    @property
    def end_s(self) -> float:
        """Return how much later it ends."""

    @property
    def freq(self) -> tuple[FrequencyBand | None, FrequencyBand | None] | None:
        """Return the bands before and after."""

    @property
    def others(self) -> tuple[str, ...]:
        """Return what else changed."""


def sentence(change: Change, lower: Limits | None, upper: Limits | None) -> str:
    """Return what changed of a volume, part by part."""
    parts = [*_ground(change)]
    parts += [_limit("lower limit", lower)] if lower else []
    parts += [_limit("upper limit", upper)] if upper else []
    parts += [_time("starts", change.start_s)] if change.start_s else []
    parts += [_time("ends", change.end_s)] if change.end_s else []
    parts += [_band(change.freq[1])] if change.freq else []
    parts += [_OTHERS[name] for name in change.others]
    return "; ".join(parts)


def compass_point(bearing_deg: float) -> str:
    """Return the nearest of eight compass points.

    >>> compass_point(44.0), compass_point(359.0)
    ('north-east', 'north')
    """
    return _POINTS[round(bearing_deg / 45.0) % 8]


def far(length_m: float) -> str:
    """Return a length as a move is told: kilometres, or metres below one, rounded up.

    >>> far(9087.3), far(12.0)
    ('9.1 km', '12 m')
    """
    if length_m < METRES_PER_KILOMETRE:
        return metres(length_m, up=True)
    return f"{figure(length_m / METRES_PER_KILOMETRE, 1, up=True)} km"


def lasting(length_s: float) -> str:
    """Return a length of time in days, hours, minutes and seconds.

    >>> lasting(900.0), lasting(5400.0), lasting(90.0), lasting(0.25)
    ('15 min', '1 h 30 min', '1 min 30 s', '0.25 s')
    """
    if length_s < SECONDS_PER_MINUTE:
        return f"{length_s:.3g} s"
    left_s = round(length_s)
    words = []
    for unit_s, unit in (
        (SECONDS_PER_DAY, "d"),
        (SECONDS_PER_HOUR, "h"),
        (SECONDS_PER_MINUTE, "min"),
        (1.0, "s"),
    ):
        number, left_s = divmod(left_s, round(unit_s))
        words += [f"{number} {unit}"] if number else []
    return " ".join(words)


def _ground(change: Change) -> list[str]:
    if change.lateral_m == change.centre_m == 0.0:
        return []
    said = []
    if change.bearing_deg is not None and change.centre_m >= _HARDLY_M:
        said.append(f"moved {far(change.centre_m)} to the {compass_point(change.bearing_deg)}")
    if not said or change.lateral_m > 1.02 * change.centre_m + _HARDLY_M:
        said.append(f"outline changed by up to {far(change.lateral_m)}")
    return said


def _limit(name: str, limits: Limits) -> str:
    was, now = limits
    if math.isinf(now.height_m):
        return f"{name} lifted"
    if math.isinf(was.height_m) or was.datum is not now.datum:
        return f"{name} now {now.height_m:,.0f} m ({now.datum.value})"
    rise_m = now.height_m - was.height_m
    amount = f"{metres(abs(rise_m), up=True)} ({feet(abs(rise_m), up=True)})"
    return f"{name} {amount} {'higher' if rise_m > 0.0 else 'lower'}"


def _time(verb: str, later_s: float) -> str:
    if math.isinf(later_s):
        is_open = (later_s < 0.0) == (verb == "starts")
        return f"{verb} at no stated time" if is_open else f"{verb} at a stated time now"
    return f"{verb} {lasting(abs(later_s))} {'later' if later_s > 0.0 else 'earlier'}"


def _band(now: FrequencyBand | None) -> str:
    if now is None:
        return "uses no frequency now"
    return f"band now {hertz(now.low_hz)} to {hertz(now.high_hz)}"
