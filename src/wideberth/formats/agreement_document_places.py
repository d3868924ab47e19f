"""Areas and times as the tables of an agreement file say them."""

import math
from datetime import UTC, datetime
from typing import Any

from wideberth.errors import WideberthError
from wideberth.model.footprint import Circle, Footprint, Polygon
from wideberth.model.span import TimeWindow

Table = dict[str, Any]


class UnsayableError(WideberthError):
    """An agreement holds what no agreement file can say."""


def area(footprint: Footprint) -> Table:
    """Return an area as a file gives it; raises UnsayableError for what is no area of a file."""
    match footprint:
        case Polygon(parts) if len(parts) == 1 and not parts[0].holes:
            return {"polygon": [list(point) for point in parts[0].outer]}
        case Circle(centre, radius_m):
            return {"center": list(centre), "radius_m": radius_m}
    raise UnsayableError(
        f"an agreement file has no words for the area {footprint!r:.60}.",
        remedy="Give one ring without holes, or a circle.",
    )


def instant(time_s: float) -> str:
    """Return RFC 3339 in UTC, to the microsecond where seconds are not enough."""
    when = datetime.fromtimestamp(time_s, UTC)
    spec = "microseconds" if when.microsecond else "seconds"
    return when.isoformat(timespec=spec).replace("+00:00", "Z")


def window(times: TimeWindow) -> Table:
    """Return start and end, without those that are open."""
    ends = (("start", times.start_s), ("end", times.end_s))
    return {key: instant(end_s) for key, end_s in ends if math.isfinite(end_s)}
