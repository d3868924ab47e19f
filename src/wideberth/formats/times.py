"""Instants as text: RFC 3339 in, UTC out."""

import math
import re
from datetime import UTC, datetime
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.units import SECONDS_PER_DAY

_RFC3339: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?(?P<zone>[Zz]|[+-]\d\d:\d\d)?\Z"
)


def parse_rfc3339(text: str) -> float:
    """Return seconds UTC of an RFC 3339 date-time; seconds may be left out, the zone may not.

    Raises ImpossibleValueError for another form, an impossible date, or a missing zone.
    """
    match = _RFC3339.match(text)
    if match is None:
        raise ImpossibleValueError(
            f"time {text!r} is not RFC 3339.", remedy="Write it like 2026-11-22T08:00:00Z."
        )
    if match["zone"] is None:
        raise ImpossibleValueError(
            f"time {text!r} has no zone.", remedy="End it with Z, or with an offset like +02:00."
        )
    try:
        return datetime.fromisoformat(text.upper().replace(" ", "T")).timestamp()
    except ValueError as error:
        raise ImpossibleValueError(
            f"time {text!r} does not exist: {error}.", remedy="Check day, hour and minute."
        ) from None


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> float:
    """Return seconds UTC of a calendar date and time; 24:00 is the end of the day.

    Raises ImpossibleValueError for a date or time that does not exist.
    """
    extra_s = SECONDS_PER_DAY if (hour, minute) == (24, 0) else 0.0
    try:
        start = datetime(year, month, day, 0 if extra_s else hour, minute, tzinfo=UTC)
    except ValueError as error:
        raise ImpossibleValueError(f"no such date or time: {error}.") from None
    return start.timestamp() + extra_s


def show_utc(time_s: float) -> str | None:
    """Return RFC 3339 in UTC to the second (parts of a second kept), None for an open end.

    Raises ImpossibleValueError for a time that no calendar has.

    >>> show_utc(0.0)
    '1970-01-01T00:00:00Z'
    """
    if math.isinf(time_s):
        return None
    try:
        when = datetime.fromtimestamp(time_s, UTC)
    except (OverflowError, OSError, ValueError):
        raise ImpossibleValueError("a time is outside the years 1 to 9999.") from None
    spec = "seconds" if when.microsecond == 0 else "milliseconds"
    return when.isoformat(timespec=spec).replace("+00:00", "Z")
