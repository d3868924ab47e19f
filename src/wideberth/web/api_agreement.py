"""The agreement as the API shows it."""

import math

from msgspec import Struct

from wideberth.model.agreement import Agreement, Channel, Contact, HeightRanges
from wideberth.model.binding import ProhibitedAct, Signatory
from wideberth.model.clause import Clause
from wideberth.model.council_rules import CouncilRules
from wideberth.model.notice import NoticeRules
from wideberth.model.span import HeightBand, HeightLimit, TimeWindow
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


class ForceView(Struct, frozen=True, kw_only=True):
    """A force that a party answers for; null: open-ended."""

    party: str
    name: str
    from_s: float | None
    until_s: float | None
    clause: str


class LimitView(Struct, frozen=True, kw_only=True):
    """One limit of a height band; height_m null: there is none."""

    height_m: float | None
    datum: str


class CautionAreaView(Struct, frozen=True, kw_only=True):
    """An area with a stricter clock; lower and upper null: all heights.

    consent: the duty level and the decision level of the other party must both consent.
    """

    id: str
    title: str
    clause: str
    area: WireFootprint
    lower: LimitView | None
    upper: LimitView | None
    start_s: float | None
    end_s: float | None
    lead_s: float
    consent: bool
    channel: str


class ProtectedView(Struct, frozen=True, kw_only=True):
    """Air kept for activities of some kinds; limits null: all heights, times null: open-ended."""

    id: str
    title: str
    clause: str
    area: WireFootprint
    lower: LimitView | None
    upper: LimitView | None
    start_s: float | None
    end_s: float | None
    kinds: tuple[str, ...]
    contact: str


class AgreementView(Struct, frozen=True, kw_only=True):
    """What all parties signed. theatre null: no area is named; times null: open-ended.

    builtin: the default, used where there is no agreement. notice: at which rung a declaration is
    effective, deadlines, who is alerted when, how long each party needs to react, units. spectrum:
    how radio waves are reckoned, what services need, what craft listen with. council: leads,
    hotline and clocks of the working group. languages: equally authentic; each clause is in all.
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
    council: CouncilRules
    languages: tuple[str, ...]
    forces: tuple[ForceView, ...]
    caution_areas: tuple[CautionAreaView, ...]
    protected: tuple[ProtectedView, ...]
    prohibited: tuple[ProhibitedAct, ...]
    signatories: tuple[Signatory, ...]


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
        council=agreement.council,
        languages=agreement.languages,
        forces=_forces(agreement),
        caution_areas=_caution_areas(agreement),
        protected=_protected(agreement),
        prohibited=agreement.prohibited,
        signatories=agreement.signatories,
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


def _forces(agreement: Agreement) -> tuple[ForceView, ...]:
    return tuple(
        ForceView(
            party=one.party,
            name=one.name,
            from_s=_finite(one.from_s),
            until_s=_finite(one.until_s),
            clause=one.clause,
        )
        for one in agreement.forces
    )


def _caution_areas(agreement: Agreement) -> tuple[CautionAreaView, ...]:
    return tuple(
        CautionAreaView(
            id=one.id,
            title=one.title,
            clause=one.clause,
            area=footprint_to_wire(one.area),
            lower=_limit(one.heights, upper=False),
            upper=_limit(one.heights, upper=True),
            start_s=_ends(one.window)[0],
            end_s=_ends(one.window)[1],
            lead_s=one.lead_s,
            consent=one.consent,
            channel=one.channel,
        )
        for one in agreement.caution_areas
    )


def _protected(agreement: Agreement) -> tuple[ProtectedView, ...]:
    return tuple(
        ProtectedView(
            id=one.id,
            title=one.title,
            clause=one.clause,
            area=footprint_to_wire(one.area),
            lower=_limit(one.heights, upper=False),
            upper=_limit(one.heights, upper=True),
            start_s=_ends(one.window)[0],
            end_s=_ends(one.window)[1],
            kinds=one.kinds,
            contact=one.contact,
        )
        for one in agreement.protected
    )


def _limit(heights: HeightBand | None, *, upper: bool) -> LimitView | None:
    if heights is None:
        return None
    limit: HeightLimit = heights.upper if upper else heights.lower
    return LimitView(height_m=_finite(limit.height_m), datum=limit.datum.value)


def _ends(window: TimeWindow | None) -> tuple[float | None, float | None]:
    return (None, None) if window is None else (_finite(window.start_s), _finite(window.end_s))


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
