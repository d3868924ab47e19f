"""Spectrum volumes as SFAF records, and every word and figure that a record cannot carry.

What is written is read back, and whatever does not come back as it was is told; so nothing is
lost unsaid. Figures are rounded outwards: the record never covers less than was declared.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from wideberth.engine.words import hertz
from wideberth.errors import WideberthError
from wideberth.formats.notation import dms_of
from wideberth.formats.plan_builder import SHARED_KEYS
from wideberth.formats.readback_words import antenna, heights, shape, times
from wideberth.formats.reading import Problem, ReadOptions, Severity
from wideberth.formats.sfaf import read
from wideberth.formats.sfaf_lines import lines_of
from wideberth.model.activity import Activity
from wideberth.model.footprint import Circle, Everywhere
from wideberth.model.radio import Antenna, Radio
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role, Volume

_WHOLE: Final = ("footprint", "height", "time", "freq", "role", "eirp_dbm", "criterion")
_KEEP: Final = "Keep the plan beside it."


@dataclass(frozen=True, slots=True)
class Written:
    """A text, and what is told of it."""

    text: str
    problems: tuple[Problem, ...]


def write_sfaf(activities: Iterable[Activity]) -> Written:
    """Return a record for each activity that has a station, and what is not in it.

    The first emission is the transmitter; volumes that listen on its band at its time are its
    receivers. Other volumes are told, for a record has one transmitter.
    """
    texts: list[str] = []
    problems: list[Problem] = []
    for activity in activities:
        where = f"activity {activity.id!r} of {activity.party}"
        stations, others = _stations(activity)
        problems += [_left_out(where, volume) for volume in others]
        if not stations:
            continue
        try:
            lines = lines_of(activity, stations)
        except WideberthError as error:
            what = f"not written: {error.what}"
            problems.append(Problem(Severity.ERROR, where, what, error.remedy or _KEEP))
            continue
        text = "".join(f"{number}.     {words}\n" for number, words in lines)
        text = text.encode("utf-8", "replace").decode()
        found = _read_back(text)
        if found is None or len(found.volumes) != len(stations):
            what = "not written: a record of it would not read back."
            problems.append(Problem(Severity.ERROR, where, what, _KEEP))
            continue
        texts.append(text)
        problems += _unlike(where, activity, stations, found)
    return Written("".join(texts), tuple(problems))


def _stations(activity: Activity) -> tuple[list[Volume], list[Volume]]:
    """Return the transmitter and receivers of one record, and all other volumes."""
    radios = [v for v in activity.volumes if v.arena is Arena.SPECTRUM and v.role is not Role.GUARD]
    first = next((v for v in radios if v.role is Role.EMIT), radios[0] if radios else None)
    if first is None:
        return [], list(activity.volumes)
    stations = [first] + [
        v
        for v in radios
        if v is not first
        and v.role is Role.RECEIVE
        and (v.freq, v.time) == (first.freq, first.time)
    ]
    return stations, [v for v in activity.volumes if v not in stations]


def _left_out(where: str, volume: Volume) -> Problem:
    what = f"volume {volume.id!r} is not written: "
    if volume.arena is not Arena.SPECTRUM:
        what += f"SFAF has no place for the {volume.arena.value} arena."
        return Problem(Severity.PARTIAL, where, what, _KEEP)
    what += "a record has one transmitter, and receivers on its band at its time."
    return Problem(Severity.ERROR, where, what, "Give it an activity of its own.")


def _read_back(text: str) -> Activity | None:
    reading = read(text.encode(), "", ReadOptions())
    is_one = len(reading.activities) == 1 and not reading.is_refused
    return reading.activities[0] if is_one else None


def _unlike(
    where: str, activity: Activity, stations: Sequence[Volume], found: Activity
) -> Iterator[Problem]:
    """Yield what reading the record back does not give as it was."""
    for name in ("party", *SHARED_KEYS):
        yield from _told(where, name, getattr(activity, name), getattr(found, name))
    for volume, other in zip(stations, found.volumes, strict=True):
        at = f"{where}, volume {volume.id!r}"
        for name in _WHOLE:
            yield from _told(at, name, getattr(volume, name), getattr(other, name))
        one, two = volume.radio or Radio(), other.radio or Radio()
        for name in (field.name for field in fields(Radio)):
            yield from _told(at, name, getattr(one, name), getattr(two, name))


def _told(where: str, name: str, given: Any, found: Any) -> Iterator[Problem]:
    if given == found:
        return
    if found in (None, "", (), 0) or name in SHARED_KEYS:
        what = f"{name} is not carried: {_shown(given)}."
    else:
        what = f"{name} is written as {_shown(found)}."
    yield Problem(Severity.PARTIAL, where, what, _KEEP, _shown(given))


def _shown(value: Any) -> str:
    """Return a value in words for a person."""
    match value:
        case float():
            return f"{value:g}"
        case TimeWindow():
            return times(value, Everywhere())
        case HeightBand():
            return heights(value)
        case FrequencyBand(low_hz, high_hz):
            return f"{hertz(low_hz)} to {hertz(high_hz)}"
        case Circle(centre, _):
            return f"{shape(value)} about {dms_of(centre)}"
        case Antenna():
            return antenna(value)
    return str(value)[:200]
