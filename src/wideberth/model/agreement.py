"""The agreement: clauses, minima by pair of arenas, notice periods, ranges, restricted bands."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.model.binding import CautionArea, Force, ProhibitedAct, ProtectedVolume, Signatory
from wideberth.model.clause import Clause, check_languages
from wideberth.model.council_rules import DEFAULT_COUNCIL_RULES, CouncilRules
from wideberth.model.footprint import Footprint, Point
from wideberth.model.notice import DEFAULT_NOTICE_RULES, NoticeRules
from wideberth.model.span import FrequencyBand, TimeWindow
from wideberth.model.spectrum_rules import DEFAULT_SPECTRUM_RULES, SpectrumRules
from wideberth.model.volume import Arena

_LAST_VERSION: Final = 2**53 - 1  # the largest whole number that RFC 8785 writes


@dataclass(frozen=True, slots=True)
class Minima:
    """How far apart is apart: less than this on every axis is a conflict.

    vertical_m infinite: height does not separate (radio waves). freq_hz: a guard band.
    """

    lateral_m: float
    vertical_m: float
    time_s: float
    freq_hz: float = 0.0

    def __post_init__(self) -> None:
        for name, value in (
            ("lateral_m", self.lateral_m),
            ("time_s", self.time_s),
            ("freq_hz", self.freq_hz),
        ):
            if not (math.isfinite(value) and value >= 0.0):
                raise ImpossibleValueError(f"minimum {name} {value:g} is not zero or more.")
        if math.isnan(self.vertical_m) or self.vertical_m < 0.0:
            raise ImpossibleValueError(f"minimum vertical_m {self.vertical_m:g} is not 0 or more.")


@dataclass(frozen=True, slots=True)
class Separation:
    """The minima agreed for a pair of arenas, and the clause that says so."""

    arenas: tuple[Arena, Arena]
    clause: str
    minima: Minima

    @property
    def pair(self) -> frozenset[Arena]:
        """Return the arenas without their order."""
        return frozenset(self.arenas)


@dataclass(frozen=True, slots=True)
class NoticePeriod:
    """How long before its start an activity of a kind is to be declared ("*": any kind)."""

    kind: str
    clause: str
    lead_s: float


class RestrictionKind(StrEnum):
    """TABOO: never to be radiated on. PROTECTED: not to be interfered with."""

    TABOO = "TABOO"
    PROTECTED = "PROTECTED"


@dataclass(frozen=True, slots=True)
class Restriction:
    """A band that the parties keep free, with where and when; no area means everywhere.

    clause: of the agreement; empty where it stands on a standard alone, which `source` then names
    (verified: whether it was read there). review_s: when the parties look at it again.
    """

    id: str
    kind: RestrictionKind
    clause: str
    band: FrequencyBand
    area: Footprint
    window: TimeWindow
    title: str = ""
    contact: str = ""
    review_s: float | None = None
    source: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class HeightRanges:
    """What is known about the theatre's air and ground, to compare heights of unlike datum.

    qnh_hpa: pressure at mean sea level, lowest and highest. terrain_m: ground above mean sea level.
    isa_deviation_k: how far the air's temperature may be from standard. Each is (low, high).
    """

    qnh_hpa: tuple[float, float]
    terrain_m: tuple[float, float]
    isa_deviation_k: tuple[float, float]

    def __post_init__(self) -> None:
        for name, (low, high) in (
            ("qnh_hpa", self.qnh_hpa),
            ("terrain_m", self.terrain_m),
            ("isa_deviation_k", self.isa_deviation_k),
        ):
            if not (math.isfinite(low) and math.isfinite(high) and low <= high):
                raise ImpossibleValueError(f"range {name} runs backwards: {low:g} to {high:g}.")
        if not 800.0 <= self.qnh_hpa[0] <= self.qnh_hpa[1] <= 1100.0:
            raise ImpossibleValueError(f"qnh_hpa {self.qnh_hpa} is not within 800 to 1100 hPa.")


@dataclass(frozen=True, slots=True)
class Contact:
    """A role that answers, never a person's name."""

    party: str
    role: str
    how: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A way for the parties to speak."""

    id: str
    what: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What all parties signed. `builtin` marks the default used where there is none.

    validity: from when until when it is in force. languages: BCP 47 tags, all equally authentic;
    every clause has its text in each. forces: whom the parties answer for. signatories: who signs;
    a party that is not among them signs by its lead, with one key.
    """

    id: str
    version: int
    title: str
    parties: tuple[str, ...]
    clauses: tuple[Clause, ...]
    separations: tuple[Separation, ...]
    heights: HeightRanges
    notice_periods: tuple[NoticePeriod, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    channels: tuple[Channel, ...] = ()
    contacts: tuple[Contact, ...] = ()
    theatre: Footprint | None = None
    named_points: tuple[tuple[str, Point], ...] = ()
    validity: TimeWindow | None = None
    builtin: bool = False
    notice: NoticeRules = DEFAULT_NOTICE_RULES
    spectrum: SpectrumRules = DEFAULT_SPECTRUM_RULES
    council: CouncilRules = DEFAULT_COUNCIL_RULES
    languages: tuple[str, ...] = ()
    forces: tuple[Force, ...] = ()
    caution_areas: tuple[CautionArea, ...] = ()
    protected: tuple[ProtectedVolume, ...] = ()
    prohibited: tuple[ProhibitedAct, ...] = ()
    signatories: tuple[Signatory, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.version <= _LAST_VERSION:
            raise ImpossibleValueError(
                f"agreement version {self.version} is not 1 to {_LAST_VERSION}."
            )
        check_languages(self.languages, "the agreement")
        for clause in self.clauses:
            if tuple(language for language, _text in clause.texts) != self.languages:
                raise ImpossibleValueError(
                    f"clause {clause.id!r} is not in the languages of the agreement.",
                    remedy=f"Give its text in each: {', '.join(self.languages) or 'none'}.",
                )
        self._refuse_repeats()
        self._refuse_strangers()
        known = [clause.id for clause in self.clauses]
        for cited in self.cited:
            if cited not in known:
                raise ImpossibleValueError(
                    f"clause {cited!r} is cited but not in the agreement.",
                    remedy=f"Known clauses: {', '.join(known) or 'none'}.",
                )
        channels = {channel.id for channel in self.channels}
        for area in self.caution_areas:
            if area.channel and area.channel not in channels:
                raise ImpossibleValueError(
                    f"caution area {area.id!r} names channel {area.channel!r}, which there is not."
                )

    def _refuse_repeats(self) -> None:
        for what, names in (
            ("clauses share an id", [clause.id for clause in self.clauses]),
            ("separations are given for one pair of arenas", [s.pair for s in self.separations]),
            ("caution areas share an id", [area.id for area in self.caution_areas]),
            (
                "protected volumes, or one and a restricted band, share an id",
                [one.id for one in self.protected] + sorted({r.id for r in self.restrictions}),
            ),
            ("prohibited acts share a code", [act.code for act in self.prohibited]),
            ("signatories are given for one party", [one.party for one in self.signatories]),
        ):
            if len(set(names)) != len(names):
                raise ImpossibleValueError(f"two {what}.")

    def _refuse_strangers(self) -> None:
        for what, names in (
            ("the rules for notices", self.notice.parties),
            ("the leads", {lead.party for lead in self.council.leads}),
            ("the forces", {force.party for force in self.forces}),
            ("the signatories", {one.party for one in self.signatories}),
        ):
            strangers = sorted(names - set(self.parties))
            if strangers:
                raise ImpossibleValueError(
                    f"{what} name {', '.join(map(repr, strangers))}, not of this agreement.",
                    remedy=f"Parties: {', '.join(self.parties)}.",
                )

    @property
    def cited(self) -> tuple[str, ...]:
        """Return every clause that something of this agreement cites, some more than once."""
        may = (
            *(one.clause for one in self.channels),
            *(one.clause for one in self.forces),
            *(one.clause for one in self.signatories),
            self.spectrum.clause,
        )
        return (
            *(one.clause for one in self.separations),
            *(one.clause for one in self.notice_periods),
            *(one.clause for one in self.restrictions if one.clause or not one.source),
            *(one.clause for one in self.caution_areas),
            *(one.clause for one in self.protected),
            *(one.clause for one in self.prohibited),
            *(clause for clause in may if clause),
            *self.notice.clauses,
            *self.council.clauses,
        )

    def signatory(self, party: str) -> Signatory:
        """Return who signs for a party: its lead with one key where nothing else is said."""
        lead = self.council.lead(party)
        named = (one for one in self.signatories if one.party == party)
        return next(named, Signatory(party, lead.role, 1, lead.clause))

    def separation(self, one: Arena, other: Arena) -> Separation | None:
        """Return the separation agreed for a pair of arenas, in either order."""
        for separation in self.separations:
            if separation.pair == {one, other}:
                return separation
        return None

    def lead_owed(self, kind: str) -> NoticePeriod | None:
        """Return the notice period of a kind, else that of any kind ("*"), else None.

        Of several for one kind it is the longest.
        """
        for wanted in (kind, "*"):
            periods = [period for period in self.notice_periods if period.kind == wanted]
            if periods:
                return max(periods, key=lambda period: period.lead_s)
        return None
