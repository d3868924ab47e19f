"""The scope of an assurance as nodes write it: SI units, degrees, null for "all of them"."""

import math
from typing import Annotated

from msgspec import Meta

from wideberth.errors import ImpossibleValueError
from wideberth.model.assurance import ANY_KIND, Scope
from wideberth.model.footprint import Part
from wideberth.model.span import Datum, FrequencyBand, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena
from wideberth.peering.strict import Instant, Strict
from wideberth.peering.wire import MOST_EFFORT, Height, Hertz, Name
from wideberth.peering.wire_footprint import (
    WireFootprint,
    effort_of,
    footprint_from_wire,
    footprint_to_wire,
)


class WireHeights(Strict, frozen=True, kw_only=True):
    """A height band; null: no limit that way."""

    lower_m: Height | None = None
    lower_datum: Datum = Datum.MSL
    upper_m: Height | None = None
    upper_datum: Datum = Datum.MSL


class WireBand(Strict, frozen=True, kw_only=True):
    """A frequency band."""

    low_hz: Hertz
    high_hz: Hertz


class WireScope(Strict, frozen=True, kw_only=True):
    """What is promised not to be done (model/assurance.py). end_s: the expiry."""

    start_s: Instant
    end_s: Instant
    arenas: Annotated[tuple[Arena, ...], Meta(min_length=1, max_length=len(Arena))]
    kinds: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=50)] = (ANY_KIND,)
    area: WireFootprint | None = None
    heights: WireHeights | None = None
    band: WireBand | None = None


def scope_to_wire(scope: Scope) -> WireScope:
    """Return a scope in its written form."""
    heights, band = scope.heights, scope.band
    return WireScope(
        start_s=scope.window.start_s,
        end_s=scope.window.end_s,
        arenas=scope.arenas,
        kinds=scope.kinds,
        area=None if scope.area is None else footprint_to_wire(scope.area),
        heights=None if heights is None else _heights_to_wire(heights),
        band=None if band is None else WireBand(low_hz=band.low_hz, high_hz=band.high_hz),
    )


def scope_from_wire(wire: WireScope, *, is_checked: bool = False) -> Scope:
    """Return the scope; raises ImpossibleValueError for what cannot be.

    is_checked: it was, when this node took it; its outline is not looked at again.
    """
    if wire.area is not None and not is_checked and effort_of(wire.area) > MOST_EFFORT:
        raise ImpossibleValueError(
            "its outline goes to and fro too often to be checked.", remedy="Leave out vertices."
        )
    band, part = wire.band, Part.as_checked if is_checked else Part
    return Scope(
        window=TimeWindow(wire.start_s, wire.end_s),
        arenas=wire.arenas,
        kinds=wire.kinds,
        area=None if wire.area is None else footprint_from_wire(wire.area, part),
        heights=None if wire.heights is None else _heights_from_wire(wire.heights),
        band=None if band is None else FrequencyBand(band.low_hz, band.high_hz),
    )


def _heights_to_wire(heights: HeightBand) -> WireHeights:
    lower, upper = heights.lower, heights.upper
    return WireHeights(
        lower_m=lower.height_m if math.isfinite(lower.height_m) else None,
        lower_datum=lower.datum,
        upper_m=upper.height_m if math.isfinite(upper.height_m) else None,
        upper_datum=upper.datum,
    )


def _heights_from_wire(wire: WireHeights) -> HeightBand:
    lower_m = -math.inf if wire.lower_m is None else wire.lower_m
    upper_m = math.inf if wire.upper_m is None else wire.upper_m
    return HeightBand(
        HeightLimit(lower_m, wire.lower_datum), HeightLimit(upper_m, wire.upper_datum)
    )
