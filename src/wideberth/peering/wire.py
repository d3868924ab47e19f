"""An activity as nodes write it: JSON with SI units and geodesic edges, exactly the model.

Used between nodes, in stores and as the API's own form; plan files are for people. Infinite bounds
are null: null from is "since before", null to "until further notice". Unknown fields are refused,
and so are numbers that no place, time or radio has: what cannot be shown cannot be read back.
"""

import math
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.model.activity import Activity, Disclosure, Flex, State
from wideberth.model.footprint import Part
from wideberth.model.span import Datum, FrequencyBand, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Role, Volume
from wideberth.peering.wire_footprint import (
    Instant,
    MakePart,
    WireFootprint,
    effort_of,
    footprint_from_wire,
    footprint_to_wire,
)
from wideberth.peering.wire_radio import WireRadio, radio_from_wire, radio_to_wire

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Text = Annotated[str, Meta(max_length=2000)]
Height = Annotated[float, Meta(ge=-1e9, le=1e9)]
Hertz = Annotated[float, Meta(ge=0.0, le=1e18)]
Power = Annotated[float, Meta(ge=-10_000.0, le=10_000.0)]


class WireVolume(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A volume; low_hz, high_hz, role and radio for spectrum and only there."""

    id: Name
    arena: Arena
    footprint: WireFootprint
    lower_m: Height | None
    lower_datum: Datum
    upper_m: Height | None
    upper_datum: Datum
    start_s: Instant | None
    end_s: Instant | None
    low_hz: Hertz | None = None
    high_hz: Hertz | None = None
    role: Role | None = None
    eirp_dbm: Power | None = None
    criterion: Text = ""
    radio: WireRadio | None = None


class WireFlex(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How far an activity may shift, either way."""

    lateral_m: float = 0.0
    vertical_m: float = 0.0
    time_s: float = 0.0
    freq_hz: float = 0.0


class WireActivity(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An activity; (party, id) names it, revision counts from 1."""

    party: Name
    id: Name
    volumes: Annotated[tuple[WireVolume, ...], Meta(min_length=1, max_length=1000)]
    title: Text = ""
    kind: Text = ""
    priority: int = 0
    disclose: Disclosure = Disclosure.FULL
    revision: Annotated[int, Meta(ge=1, le=2**53)] = 1
    state: State = State.ACCEPTED
    flex: WireFlex | None = None
    equipage: Text = ""
    linked: Text = ""


class WireError(WideberthError):
    """Bytes that are no activity; the message names the place in the JSON, not the content."""


MOST_EFFORT: Final = 2_000_000  # pairs of edges looked at for crossings: some seconds
_MOST_SAID: Final = 200
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(WireActivity)


def write_activity(activity: Activity) -> bytes:
    """Return an activity as JSON; the same activity gives the same bytes."""
    return _encoder.encode(to_wire(activity))


def read_activity(data: bytes) -> Activity:
    """Return the activity.

    Raises WireError where the form is wrong, ImpossibleValueError where a value cannot be.
    """
    try:
        return from_wire(_decoder.decode(data))
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise WireError(
            f"this is no activity: {str(error)[:_MOST_SAID]}.",
            remedy="See docs/protocol/activity.md for the form.",
        ) from error


def within_bounds(wire: WireActivity) -> WireActivity:
    """Return the written form itself if a reader would take it: names and rings not too long.

    Raises WireError. A model value may be larger than what nodes accept from one another.
    """
    try:
        _decoder.decode(_encoder.encode(wire))
    except msgspec.DecodeError as error:
        raise WireError(
            f"no other node could read this: {error}.", remedy="Shorten it, or split it in two."
        ) from error
    return wire


def to_wire(activity: Activity) -> WireActivity:
    """Return an activity in its written form.

    Raises ImpossibleValueError, naming the volume, for one that its equipage brought: those are
    derived by each node for itself, and are no part of what is declared.
    """
    flex = activity.flex
    return WireActivity(
        party=activity.party,
        id=activity.id,
        volumes=tuple(_volume_to_wire(volume) for volume in activity.volumes),
        title=activity.title,
        kind=activity.kind,
        priority=activity.priority,
        disclose=activity.disclose,
        revision=activity.revision,
        state=activity.state,
        flex=None if flex is None else _flex_to_wire(flex),
        equipage=activity.equipage,
        linked=activity.linked,
    )


def from_wire(wire: WireActivity, *, is_checked: bool = False) -> Activity:
    """Return the activity; raises ImpossibleValueError naming the volume.

    is_checked: it comes from this node's own store, where nothing gets in unchecked; rings are
    not looked at again, which is most of the work.
    """
    flex = wire.flex
    part = Part.as_checked if is_checked else Part
    if not is_checked and sum(effort_of(volume.footprint) for volume in wire.volumes) > MOST_EFFORT:
        raise ImpossibleValueError(
            "its outlines go to and fro too often to be checked.",
            remedy="Leave out vertices, or split it.",
        )
    return Activity(
        party=wire.party,
        id=wire.id,
        volumes=tuple(_volume_from_wire(volume, part) for volume in wire.volumes),
        title=wire.title,
        kind=wire.kind,
        priority=wire.priority,
        disclose=wire.disclose,
        revision=wire.revision,
        state=wire.state,
        flex=None if flex is None else _flex_from_wire(flex),
        equipage=wire.equipage,
        linked=wire.linked,
    )


def _flex_to_wire(flex: Flex) -> WireFlex:
    return WireFlex(flex.lateral_m, flex.vertical_m, flex.time_s, flex.freq_hz)


def _flex_from_wire(wire: WireFlex) -> Flex:
    return Flex(wire.lateral_m, wire.vertical_m, wire.time_s, wire.freq_hz)


def _volume_to_wire(volume: Volume) -> WireVolume:
    try:
        radio = None if volume.radio is None else radio_to_wire(volume.radio)
    except ImpossibleValueError as error:
        raise _placed(error, volume.id) from None
    return WireVolume(
        id=volume.id,
        arena=volume.arena,
        footprint=footprint_to_wire(volume.footprint),
        lower_m=_finite(volume.height.lower.height_m),
        lower_datum=volume.height.lower.datum,
        upper_m=_finite(volume.height.upper.height_m),
        upper_datum=volume.height.upper.datum,
        start_s=_finite(volume.time.start_s),
        end_s=_finite(volume.time.end_s),
        low_hz=None if volume.freq is None else volume.freq.low_hz,
        high_hz=None if volume.freq is None else volume.freq.high_hz,
        role=volume.role,
        eirp_dbm=volume.eirp_dbm,
        criterion=volume.criterion,
        radio=radio,
    )


def _volume_from_wire(wire: WireVolume, part: MakePart) -> Volume:
    try:
        return Volume(
            id=wire.id,
            arena=wire.arena,
            footprint=footprint_from_wire(wire.footprint, part),
            height=HeightBand(
                HeightLimit(_or(wire.lower_m, -math.inf), wire.lower_datum),
                HeightLimit(_or(wire.upper_m, math.inf), wire.upper_datum),
            ),
            time=TimeWindow(_or(wire.start_s, -math.inf), _or(wire.end_s, math.inf)),
            freq=_band(wire),
            role=wire.role,
            eirp_dbm=wire.eirp_dbm,
            criterion=wire.criterion,
            radio=None if wire.radio is None else radio_from_wire(wire.radio),
        )
    except ImpossibleValueError as error:
        raise _placed(error, wire.id) from None


def _placed(error: ImpossibleValueError, volume_id: str) -> ImpossibleValueError:
    """Return the error with the volume as its place, where it has none yet."""
    if not error.where:
        error.where = f"volume {volume_id!r}"
        error.args = (error.diagnostics(),)
    return error


def _band(wire: WireVolume) -> FrequencyBand | None:
    if wire.low_hz is None and wire.high_hz is None:
        return None
    if wire.low_hz is None or wire.high_hz is None:
        raise ImpossibleValueError(
            "a band has one edge only.", remedy="Give low_hz and high_hz, or neither."
        )
    return FrequencyBand(wire.low_hz, wire.high_hz)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _or(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def schema() -> dict[str, Any]:
    """Return the JSON Schema of an activity, for the API's description."""
    return msgspec.json.schema(WireActivity)
