"""A conflict: two volumes, the rule and clause, the gaps found, and by how much they fall short."""

from dataclasses import dataclass

from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement, Minima
from wideberth.model.budget import LinkBudget, Verdict


@dataclass(frozen=True, slots=True, order=True)
class VolumeRef:
    """Which volume of which activity; `place` is its place among the activity's volumes."""

    party: str
    activity: str
    place: int
    volume: str


@dataclass(frozen=True, slots=True)
class Gaps:
    """How far apart two volumes are on each axis, as declared; 0 means that they overlap there.

    vertical_m may rest on converted datums and is then the least possible gap.
    freq_hz is None where frequency plays no part.
    """

    lateral_m: float
    vertical_m: float
    time_s: float
    freq_hz: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of two volumes that are too close.

    start_s, end_s: when both are there (or the gap between, if one follows the other); infinite
    where open. why: one sentence for a person. place: (lon_deg, lat_deg) where they are closest.
    budget: what was reckoned, where radio waves are the matter; the minimum sideways is then the
    distance from which on they would be borne in free space.
    """

    rule: str
    clause: str
    gaps: Gaps
    minima: Minima
    start_s: float
    end_s: float
    why: str
    place: tuple[float, float]
    notes: tuple[str, ...] = ()
    budget: LinkBudget | None = None

    @property
    def is_cleared(self) -> bool:
        """Return whether a model cleared what the screen reported: kept to show, no conflict."""
        return self.budget is not None and self.budget.verdict is Verdict.CLEARED


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two volumes of two activities, a < b, and what a rule found."""

    a: VolumeRef
    b: VolumeRef
    finding: Finding


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A pair of arenas that no rule covers, and how many pairs of volumes meet in place and time.

    Shown beside every answer: what was not judged is not clear.
    """

    arenas: tuple[str, str]
    pairs: int
    why: str


@dataclass(frozen=True, slots=True)
class Link:
    """Notices that speak of one activity, (party, id) each, and where they disagree."""

    name: str
    members: tuple[tuple[str, str], ...]
    why: str
    disagreements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check looked at and found; conflicts are in order, the same on every machine.

    cleared: pairs that free space alone would report and a propagation model cleared, each with
    the inputs it was cleared by.
    """

    activities: tuple[Activity, ...]
    conflicts: tuple[Conflict, ...]
    agreement: Agreement
    not_judged: tuple[NotJudged, ...] = ()
    links: tuple[Link, ...] = ()
    within: bool = False
    cleared: tuple[Conflict, ...] = ()
