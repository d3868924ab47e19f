"""Which caution areas of the agreement an activity enters, by the same judgement as conflicts."""

import math
from typing import Final

from wideberth.engine.minima import Citation, judge_minima
from wideberth.errors import WideberthError
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement, Minima
from wideberth.model.binding import CautionArea
from wideberth.model.span import HeightBand
from wideberth.model.volume import Arena, Volume

_TOUCHING: Final = Minima(lateral_m=0.0, vertical_m=0.0, time_s=0.0)
_ALL_HEIGHTS: Final = HeightBand.of(-math.inf, math.inf)


def areas_entered(activity: Activity, agreement: Agreement) -> tuple[CautionArea, ...]:
    """Return the caution areas that any volume of an activity overlaps, whatever its arena.

    What only touches an edge is outside. What cannot be judged counts as inside.
    """
    return tuple(
        area
        for area in agreement.caution_areas
        if any(_is_in(volume, area, agreement) for volume in activity.volumes)
    )


def _is_in(volume: Volume, area: CautionArea, agreement: Agreement) -> bool:
    there = Volume(
        id=area.id,
        arena=Arena.AIR,
        footprint=area.area,
        height=area.heights or _ALL_HEIGHTS,
        time=area.window,
    )
    citation = Citation("caution area", area.clause)
    try:
        return judge_minima(volume, there, _TOUCHING, agreement.heights, citation) is not None
    except WideberthError:
        return True


def words_of(area: CautionArea, agreement: Agreement) -> str:
    """Return in words which area it is, by which clause, and which channel is kept there."""
    channel = channel_of(area, agreement)
    kept = f": channel {channel}" if channel else ""
    return f"caution area {area.title or area.id} ({area.clause}){kept}"


def channel_of(area: CautionArea, agreement: Agreement) -> str:
    """Return the channel that is kept in an area, in words; empty: none is named."""
    named = (one for one in agreement.channels if area.channel and one.id == area.channel)
    return next((f"{one.id}, {one.what}" for one in named), "")
