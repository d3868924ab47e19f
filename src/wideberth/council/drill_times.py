"""When test calls are due, and their names: by time and party, so that none is made twice."""

import math
from collections.abc import Iterator

from wideberth.formats.times import show_utc
from wideberth.model.council_clocks import DrillRules
from wideberth.units import SECONDS_PER_DAY


def slots(rules: DrillRules, *, after_s: float, until_s: float) -> Iterator[float]:
    """Yield the times of test calls after one instant and up to another, in order.

    >>> list(slots(DrillRules(), after_s=0.0, until_s=86_400.0))
    [32400.0, 57600.0]
    """
    day = math.floor(after_s / SECONDS_PER_DAY)
    while rules.times and day * SECONDS_PER_DAY <= until_s:
        for time_s in rules.times_s:
            slot_s = day * SECONDS_PER_DAY + time_s
            if after_s < slot_s <= until_s:
                yield slot_s
        day += 1


def name_of(slot_s: float, callee: str) -> str:
    """Return the name of a scheduled test call.

    >>> name_of(32_400.0, "south")
    '19700101-0900-south'
    """
    shown = show_utc(slot_s) or ""
    digits = "".join(c for c in shown if c.isdigit())
    return f"{digits[:8]}-{digits[8:12]}-{callee}"
