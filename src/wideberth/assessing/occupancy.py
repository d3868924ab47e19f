"""Who uses a band over a window and an area: each use as a rectangle of frequency and time."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from wideberth.engine.minima import lateral_gap
from wideberth.errors import ImpossibleValueError
from wideberth.interference.craft import equipped
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement, Minima
from wideberth.model.footprint import Footprint
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role, Volume

TOUCHING = Minima(lateral_m=0.0, vertical_m=math.inf, time_s=0.0)


@dataclass(frozen=True, slots=True)
class Sought:
    """The band, window and area that are asked about; area: None for the whole Earth."""

    band: FrequencyBand
    window: TimeWindow
    area: Footprint | None = None

    def __post_init__(self) -> None:
        if not (math.isfinite(self.window.start_s) and math.isfinite(self.window.end_s)):
            raise ImpossibleValueError("the window is open.", remedy="Give its start and end.")


@dataclass(frozen=True, slots=True)
class Use:
    """One use of the band, cut to what was asked; aboard: of a craft that carries the receiver."""

    low_hz: float
    high_hz: float
    start_s: float
    end_s: float
    party: str
    activity: str
    volume: str
    title: str
    role: str
    service: str
    aboard: str
    eirp_dbm: float | None


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Who uses a band, by frequency and then time; share: of the band on which somebody emits."""

    sought: Sought
    uses: tuple[Use, ...]
    share: float
    agreement: Agreement


def occupancy(
    activities: Sequence[Activity],
    standing: Sequence[Activity],
    agreement: Agreement,
    sought: Sought,
) -> Occupancy:
    """Return every use of a band in a window where its footprint touches the area.

    standing: the agreement's own activities, such as bands that are kept free. Receivers that an
    equipage brings are told of too. A use is where it was declared; how far its waves go is not
    asked here.
    """
    own = [equipped(activity, agreement.spectrum) for activity in activities]
    uses = [
        _use(activity, volume, sought)
        for activity in (*own, *standing)
        if not activity.is_over
        for volume in activity.volumes
        if _is_there(volume, sought)
    ]
    uses.sort(key=lambda u: (u.low_hz, u.high_hz, u.start_s, u.party, u.activity, u.volume))
    return Occupancy(sought, tuple(uses), _share(uses, sought.band), agreement)


def _is_there(volume: Volume, sought: Sought) -> bool:
    band, window = volume.freq, sought.window
    if volume.arena is not Arena.SPECTRUM or band is None:
        return False
    if not (band.low_hz < sought.band.high_hz and sought.band.low_hz < band.high_hz):
        return False
    if not (volume.time.start_s < window.end_s and window.start_s < volume.time.end_s):
        return False
    if sought.area is None:
        return True
    here = Volume(
        id="asked",
        arena=Arena.SPECTRUM,
        footprint=sought.area,
        height=HeightBand.of(-math.inf, math.inf),
        time=window,
        freq=sought.band,
        role=Role.RECEIVE,
    )
    found = lateral_gap(volume, here, TOUCHING)
    return found is not None and found.gap_m <= 0.0


def _use(activity: Activity, volume: Volume, sought: Sought) -> Use:
    assert volume.freq is not None
    assert volume.role is not None
    radio = volume.radio
    return Use(
        low_hz=max(volume.freq.low_hz, sought.band.low_hz),
        high_hz=min(volume.freq.high_hz, sought.band.high_hz),
        start_s=max(volume.time.start_s, sought.window.start_s),
        end_s=min(volume.time.end_s, sought.window.end_s),
        party=activity.party,
        activity=activity.id,
        volume=volume.id,
        title=activity.title,
        role=volume.role.value,
        service=radio.service if radio else "",
        aboard=radio.aboard if radio else "",
        eirp_dbm=volume.eirp_dbm,
    )


def _share(uses: Sequence[Use], band: FrequencyBand) -> float:
    """Return the share of a band on which somebody emits at some time."""
    taken_hz, up_to_hz = 0.0, band.low_hz
    for use in uses:
        if use.role != Role.EMIT.value:
            continue
        taken_hz += max(0.0, use.high_hz - max(use.low_hz, up_to_hz))
        up_to_hz = max(up_to_hz, use.high_hz)
    return taken_hz / (band.high_hz - band.low_hz)
