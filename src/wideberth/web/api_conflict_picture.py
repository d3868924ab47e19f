"""The picture of one conflict: both volumes, where they come together, what is owed and found."""

import asyncio
import math
from typing import Final, Literal

import msgspec
from msgspec import Struct

from wideberth.arenas import standing_activities
from wideberth.assessing.meeting_area import MeetingArea, during, meeting_area
from wideberth.engine.protected import protected_activity
from wideberth.errors import WideberthError
from wideberth.formats.outlines import Outline
from wideberth.formats.report_geojson import geometry
from wideberth.interference.craft import equipped
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.model.footprint import Point
from wideberth.model.volume import Arena, Volume
from wideberth.node import queries, tables
from wideberth.node.ports import Reader
from wideberth.node.records import Held, Met, Side
from wideberth.peering.wire import from_wire
from wideberth.peering.wire_footprint import footprint_to_wire
from wideberth.web.api_agreement import MinimaView
from wideberth.web.api_notices import conflict
from wideberth.web.api_picture_views import Drawn, Geometry, geometry_of, moving, shape_of
from wideberth.web.api_route import Asked, Route, v1_read

_OF_THE_AGREEMENT: Final = 0  # the revision of what the agreement itself keeps


class SidePicture(Struct, frozen=True, kw_only=True):
    """One side of a conflict; drawn null: what was declared then is not kept here any more.

    aboard: the receiver that the finding is about goes with the craft that is drawn.
    """

    side: Side
    title: str
    kind: str
    aboard: str
    drawn: Drawn | None


class ConflictPicture(Struct, frozen=True, kw_only=True):
    """A conflict for the map and beside it.

    required: the minima of the pair of arenas; null: another rule found it (see the clause).
    What was found on each axis is in the conflict: 0 where they overlap. gap_m, nearest: of the
    footprints, of a track as far as it flies while the conflict lasts; null where they meet, or
    nothing is known of a side. area: to be hatched: what both cover (area_is overlap), or what
    both cover once each is widened by padded_by_m, half of the minimum and 5 m (padded); null:
    none can be told. It is for the eye.
    """

    conflict: Met
    a: SidePicture
    b: SidePicture
    required: MinimaView | None
    gap_m: float | None
    nearest: tuple[Point, Point] | None
    area: Geometry | None
    area_is: Literal["overlap", "padded", "none"]
    padded_by_m: float


async def picture(asked: Asked) -> ConflictPicture:
    """Return the picture of a conflict; raises NotFoundError."""
    met = await conflict(asked)
    agreement = asked.desk.agreement
    held = await asked.desk.read(lambda reader: [_activity(reader, one) for one in (met.a, met.b)])
    found = await asyncio.to_thread(
        lambda: [
            _volume(one or _standing(side, agreement), side, agreement)
            for one, side in zip(held, (met.a, met.b), strict=True)
        ]
    )
    a = await _side(asked, met.a, found[0])
    b = await _side(asked, met.b, found[1])
    volumes = [None if one is None else one[2] for one in found]
    required = _required(agreement, volumes)
    lateral_m = required.lateral_m if required is not None else 0.0
    area = await asyncio.to_thread(_meeting, met, volumes, lateral_m)
    drawn = None if area is None or area.area is None else geometry(area.area)
    padded_by_m = 0.0 if area is None else area.padded_by_m
    return ConflictPicture(
        conflict=met,
        a=a,
        b=b,
        required=required,
        gap_m=None if area is None else area.gap_m,
        nearest=None if area is None else area.nearest,
        area=None if drawn is None else Geometry(**drawn),
        area_is="none" if drawn is None else "padded" if padded_by_m else "overlap",
        padded_by_m=padded_by_m,
    )


def _activity(reader: Reader, side: Side) -> Activity | None:
    """Return what was declared when the conflict was found."""
    if side.revision == _OF_THE_AGREEMENT:
        return None
    key = tables.key(side.party, side.activity, side.revision)
    record = reader.get(tables.REVISION, key)
    held = queries.activity(reader, side.party, side.activity)
    if record is not None:
        held = msgspec.json.decode(record, type=Held)
    if held is None or held.activity.revision != side.revision:
        return None
    return from_wire(held.activity, is_checked=True)


def _standing(side: Side, agreement: Agreement) -> Activity | None:
    """Return what the agreement itself keeps under a name: a band, or a protected volume."""
    if side.revision != _OF_THE_AGREEMENT:
        return None
    kept = [protected_activity(one, agreement) for one in agreement.protected]
    for one in (*standing_activities(agreement), *kept):
        if (one.party, one.id) == (side.party, side.activity):
            return one
    return None


Found = tuple[Activity, int, Volume]


def _volume(activity: Activity | None, side: Side, agreement: Agreement) -> Found | None:
    """Return the volume of a side, with its activity and its place there."""
    if activity is None:
        return None
    for one in (activity, equipped(activity, agreement.spectrum)):
        for index, volume in enumerate(one.volumes):
            if volume.id == side.volume:
                return activity, index, volume
    return None


async def _side(asked: Asked, side: Side, found: Found | None) -> SidePicture:
    if found is None:
        return SidePicture(side=side, title="", kind="", aboard="", drawn=None)
    activity, index, volume = found
    wire = footprint_to_wire(volume.footprint)
    (outline,) = await asked.door.pictures.draw([wire], is_checked=True)
    drawn = None
    if isinstance(outline, Outline):
        drawn = Drawn(
            party=activity.party,
            activity=activity.id,
            revision=side.revision,
            state=activity.state,
            volume=volume.id,
            index=index,
            arena=volume.arena,
            shape=shape_of(wire),
            geometry=geometry_of(outline),
            start_s=_finite(volume.time.start_s),
            end_s=_finite(volume.time.end_s),
            lower_m=_finite(volume.height.lower.height_m),
            lower_datum=volume.height.lower.datum,
            upper_m=_finite(volume.height.upper.height_m),
            upper_datum=volume.height.upper.datum,
            low_hz=None if volume.freq is None else volume.freq.low_hz,
            high_hz=None if volume.freq is None else volume.freq.high_hz,
            role=volume.role,
            **moving(wire),
        )
    aboard = "" if volume.radio is None else volume.radio.aboard
    service = volume.radio.service if volume.radio is not None and aboard else ""
    return SidePicture(
        side=side, title=activity.title, kind=activity.kind, aboard=service, drawn=drawn
    )


def _required(agreement: Agreement, volumes: list[Volume | None]) -> MinimaView | None:
    """Return the minima of the pair of arenas, where the agreement has some."""
    a, b = volumes
    if a is None or b is None or Arena.SPECTRUM in (a.arena, b.arena):
        return None
    found = agreement.separation(a.arena, b.arena)
    if found is None:
        return None
    minima = found.minima
    return MinimaView(
        arenas=(a.arena.value, b.arena.value),
        clause=found.clause,
        lateral_m=minima.lateral_m,
        vertical_m=_finite(minima.vertical_m),
        time_s=minima.time_s,
        freq_hz=minima.freq_hz,
    )


def _meeting(met: Met, volumes: list[Volume | None], lateral_m: float) -> MeetingArea | None:
    """Return where both come together; None where a side is not known, or cannot be drawn."""
    a, b = volumes
    if a is None or b is None:
        return None
    start_s = -math.inf if met.from_s is None else met.from_s
    end_s = math.inf if met.to_s is None else met.to_s
    one, other = (during(volume.footprint, start_s, end_s) for volume in (a, b))
    try:
        return meeting_area(one, other, (met.lon_deg, met.lat_deg), lateral_m)
    except WideberthError:
        return None


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


ROUTES: Final[tuple[Route, ...]] = (
    v1_read(
        "/conflicts/{conflict}/picture",
        "Both volumes of a conflict, and where they come together",
        picture,
        ConflictPicture,
        says=(404,),
    ),
)
