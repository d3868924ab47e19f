"""A report of interference as nodes write it: SI units, degrees, null for a time without end."""

import math
from typing import Annotated

from msgspec import Meta, Struct

from wideberth.errors import ImpossibleValueError
from wideberth.model.footprint import Point
from wideberth.model.interference import Bearing, Effect, Report, Service, Source
from wideberth.model.span import FrequencyBand, TimeWindow
from wideberth.peering.wire import MOST_EFFORT, Hertz, Name, Text
from wideberth.peering.wire_footprint import (
    Instant,
    WireFootprint,
    effort_of,
    footprint_from_wire,
    footprint_to_wire,
)

Degrees = Annotated[float, Meta(ge=0.0, lt=360.0)]


class WireBearing(Struct, frozen=True, forbid_unknown_fields=True):
    """A direction: degrees from true north, clockwise, seen from a place."""

    bearing_deg: Degrees
    seen_from: Point


class WireSource(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is suspected: an activity by party and id, words, or both."""

    party: Annotated[str, Meta(max_length=200)] = ""
    activity: Annotated[str, Meta(max_length=200)] = ""
    words: Text = ""


class WireReport(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was noticed. end_s null: it goes on. role: who reports, a role and never a name.

    place: where it is noticed. action: what was done about it so far. conflict: id of a conflict
    that foretold it.
    """

    system: Name
    service: Service
    low_hz: Hertz
    high_hz: Hertz
    effect: Effect
    start_s: Instant
    role: Name
    end_s: Instant | None = None
    place: WireFootprint | None = None
    bearing: WireBearing | None = None
    source: WireSource | None = None
    action: Text = ""
    conflict: Annotated[str, Meta(max_length=200)] = ""


def report_to_wire(report: Report) -> WireReport:
    """Return a report in its written form."""
    source, end_s = report.source, report.when.end_s
    return WireReport(
        system=report.system,
        service=report.service,
        low_hz=report.band.low_hz,
        high_hz=report.band.high_hz,
        effect=report.effect,
        start_s=report.when.start_s,
        role=report.role,
        end_s=end_s if math.isfinite(end_s) else None,
        place=None if report.place is None else footprint_to_wire(report.place),
        bearing=bearing_to_wire(report.bearing),
        source=None if source is None else WireSource(source.party, source.activity, source.words),
        action=report.action,
        conflict=report.conflict,
    )


def report_from_wire(wire: WireReport) -> Report:
    """Return the report; raises ImpossibleValueError for what cannot be."""
    if wire.place is not None and effort_of(wire.place) > MOST_EFFORT:
        raise ImpossibleValueError(
            "its outline goes to and fro too often to be checked.", remedy="Leave out vertices."
        )
    source = wire.source
    return Report(
        system=wire.system,
        service=wire.service,
        band=FrequencyBand(wire.low_hz, wire.high_hz),
        effect=wire.effect,
        when=TimeWindow(wire.start_s, math.inf if wire.end_s is None else wire.end_s),
        role=wire.role,
        place=None if wire.place is None else footprint_from_wire(wire.place),
        bearing=bearing_from_wire(wire.bearing),
        source=None if source is None else Source(source.party, source.activity, source.words),
        action=wire.action,
        conflict=wire.conflict,
    )


def bearing_to_wire(bearing: Bearing | None) -> WireBearing | None:
    """Return a bearing in its written form, if there is one."""
    return None if bearing is None else WireBearing(bearing.bearing_deg, bearing.seen_from)


def bearing_from_wire(wire: WireBearing | None) -> Bearing | None:
    """Return a bearing, if there is one; raises ImpossibleValueError."""
    return None if wire is None else Bearing(wire.bearing_deg, wire.seen_from)
