"""The times of a calendar as seconds UTC: by UTC, by zone name, never by the reader's own clock.

A zone is known by its name: IANA, Windows (Outlook), or either with a maker's prefix. The file's
own definition of a zone is not evaluated. Sources: RFC 5545, 3.3.5 and 3.3.6; CLDR windowsZones.
"""

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from icalendar.prop import vDuration
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from wideberth.errors import ImpossibleValueError
from wideberth.formats.ical_tree import Line
from wideberth.formats.shown import plain

_MOMENT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)", re.ASCII)
_DAY: Final = re.compile(r"\d{8}", re.ASCII)
_CONTINENTS: Final = frozenset(
    {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia"}
    | {"Europe", "Indian", "Pacific", "Etc"}
)
_UTC_NAMES: Final = frozenset({"UTC", "GMT", "Z"})
_IN_UTC: Final = "Save the meeting with a time zone (or in UTC) and export it again."


def moment(line: Line) -> tuple[float, tuple[str, ...]]:
    """Return seconds UTC of a date-time, and what was assumed; raises ImpossibleValueError."""
    value = line.value.strip()
    if line.params.get("VALUE", "").upper() == "DATE" or _DAY.fullmatch(value):
        raise ImpossibleValueError(
            f"{line.name} {plain(value)} is a day without an hour.",
            remedy="Save it with a start and an end.",
        )
    found = _MOMENT.fullmatch(value)
    if found is None:
        raise ImpossibleValueError(f"{line.name} {plain(value[:40])!r} is no date-time.")
    try:
        naive = datetime(*map(int, found.groups()[:6]))  # type: ignore[arg-type]  # noqa: DTZ001
        if found[7]:
            return naive.replace(tzinfo=UTC).timestamp(), ()
        return _local(line, naive)
    except (ValueError, OverflowError) as error:
        if isinstance(error, ImpossibleValueError):
            raise
        raise ImpossibleValueError(f"{line.name} {plain(value)} does not exist.") from None


def _local(line: Line, naive: datetime) -> tuple[float, tuple[str, ...]]:
    name = line.params.get("TZID", "").strip().strip('"')
    if not name:
        raise ImpossibleValueError(
            f"{line.name} {line.value.strip()} floats: it names no time zone.", remedy=_IN_UTC
        )
    zone, zone_name = _zone(line.name, name)
    assumed = []
    if zone_name != name:
        assumed.append(f"the zone {plain(name)!r} is taken as {zone_name}.")
    at = naive.replace(tzinfo=zone)
    if at.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        assumed.append(f"{line.name} {line.value.strip()} falls into the hour that clocks skip.")
    elif at.utcoffset() != at.replace(fold=1).utcoffset():
        assumed.append(
            f"{line.name} {line.value.strip()} comes twice as clocks go back; the first is taken."
        )
    return at.timestamp(), tuple(assumed)


def _zone(what: str, name: str) -> tuple[ZoneInfo, str]:
    """Return the zone of a name, and the name it is known by."""
    parts = name.split("/")
    tries = [name, WINDOWS_TO_OLSON.get(name, "")]
    tries += ["/".join(parts[i:]) for i in range(1, len(parts))]
    tries += [WINDOWS_TO_OLSON.get(parts[-1], "")]
    for one in tries:
        if one.upper() in _UTC_NAMES:
            return ZoneInfo("UTC"), "UTC"
        if one.partition("/")[0] in _CONTINENTS and "/" in one:
            try:
                return ZoneInfo(one), one
            except (KeyError, ValueError, OSError):
                continue
    raise ImpossibleValueError(
        f"{what} is in the zone {plain(name[:60])!r}, which is not known.", remedy=_IN_UTC
    )


def length_s(line: Line) -> float:
    """Return seconds of a DURATION, whole and not below zero; raises ImpossibleValueError."""
    try:
        found = vDuration.from_ical(line.value.strip())  # type: ignore[no-untyped-call]
        found_s = float(found.total_seconds())
    except (ValueError, OverflowError):
        found_s = -1.0
    if found_s < 0.0:
        raise ImpossibleValueError(f"{line.name} {plain(line.value[:40])!r} is no length of time.")
    return found_s
