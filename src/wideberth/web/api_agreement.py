"""The agreement as the API shows it."""

import math

from msgspec import Struct

from wideberth.model.agreement import Agreement, Channel, Clause, Contact, HeightRanges
from wideberth.model.notice import NoticeRules
from wideberth.model.span import TimeWindow
from wideberth.model.spectrum_rules import SpectrumRules
from wideberth.peering.wire_footprint import WireFootprint, footprint_to_wire


class MinimaView(Struct, frozen=True, kw_only=True):
    """The minima of a pair of arenas; vertical_m null: height does not separate."""

    arenas: tuple[str, str]
    clause: str
    lateral_m: float
    vertical_m: float | None
    time_s: float
    freq_hz: float


class PeriodView(Struct, frozen=True, kw_only=True):
    """How long before its start an activity of a kind is to be declared ("*": any kind)."""

    kind: str
    clause: str
    lead_s: float


class BandView(Struct, frozen=True, kw_only=True):
    """A band that the parties keep free in an area; null: open-ended.

    clause: empty where it stands on a standard, `source`, alone; verified: whether it was read
    there. review_s: when the parties look at it again.
    """

    id: str
    kind: str
    clause: str
    low_hz: float
    high_hz: float
    area: WireFootprint
    start_s: float | None
    end_s: float | None
    title: str
    contact: str
    review_s: float | None
    source: str
    verified: bool


class PointView(Struct, frozen=True, kw_only=True):
    """A named point, for read-back by bearing and distance."""

    name: str
    lon_deg: float
    lat_deg: float


class AgreementView(Struct, frozen=True, kw_only=True):
    """What all parties signed. theatre null: no area is named; times null: open-ended.

    builtin: the default, used where there is no agreement. notice: at which rung a declaration is
    effective, deadlines, who is alerted when, how long each party needs to react, units. spectrum:
    how radio waves are reckoned, what services need, what craft listen with.
    """

    id: str
    version: int
    title: str
    builtin: bool
    parties: tuple[str, ...]
    theatre: WireFootprint | None
    clauses: tuple[Clause, ...]
    separations: tuple[MinimaView, ...]
    heights: HeightRanges
    notice_periods: tuple[PeriodView, ...]
    restrictions: tuple[BandView, ...]
    channels: tuple[Channel, ...]
    contacts: tuple[Contact, ...]
    named_points: tuple[PointView, ...]
    start_s: float | None
    end_s: float | None
    notice: NoticeRules
    spectrum: SpectrumRules


def view_of(agreement: Agreement) -> AgreementView:
    """Return the agreement in SI units; infinite is null."""
    start_s, end_s = _ends(agreement.validity)
    return AgreementView(
        id=agreement.id,
        version=agreement.version,
        title=agreement.title,
        builtin=agreement.builtin,
        parties=agreement.parties,
        theatre=None if agreement.theatre is None else footprint_to_wire(agreement.theatre),
        clauses=agreement.clauses,
        separations=_separations(agreement),
        heights=agreement.heights,
        notice_periods=tuple(
            PeriodView(kind=period.kind, clause=period.clause, lead_s=period.lead_s)
            for period in agreement.notice_periods
        ),
        restrictions=_restrictions(agreement),
        channels=agreement.channels,
        contacts=agreement.contacts,
        named_points=tuple(
            PointView(name=name, lon_deg=lon_deg, lat_deg=lat_deg)
            for name, (lon_deg, lat_deg) in agreement.named_points
        ),
        start_s=start_s,
        end_s=end_s,
        notice=agreement.notice,
        spectrum=agreement.spectrum,
    )


def _separations(agreement: Agreement) -> tuple[MinimaView, ...]:
    return tuple(
        MinimaView(
            arenas=(one.arenas[0].value, one.arenas[1].value),
            clause=one.clause,
            lateral_m=one.minima.lateral_m,
            vertical_m=_finite(one.minima.vertical_m),
            time_s=one.minima.time_s,
            freq_hz=one.minima.freq_hz,
        )
        for one in agreement.separations
    )


def _restrictions(agreement: Agreement) -> tuple[BandView, ...]:
    return tuple(
        BandView(
            id=one.id,
            kind=one.kind.value,
            clause=one.clause,
            low_hz=one.band.low_hz,
            high_hz=one.band.high_hz,
            area=footprint_to_wire(one.area),
            start_s=_ends(one.window)[0],
            end_s=_ends(one.window)[1],
            title=one.title,
            contact=one.contact,
            review_s=one.review_s,
            source=one.source,
            verified=one.verified,
        )
        for one in agreement.restrictions
    )


def _ends(window: TimeWindow | None) -> tuple[float | None, float | None]:
    return (None, None) if window is None else (_finite(window.start_s), _finite(window.end_s))


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
