"""A band cut into channels, and the volumes by which the rules are asked about each of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from wideberth.model.activity import Activity
from wideberth.model.footprint import Footprint
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role, Volume

NAME: Final = "(asked)"
NOBODY: Final = "(nobody)"


class Wished(Protocol):
    """What a wish says; see `free.Wish`."""

    @property
    def area(self) -> Footprint: ...  # noqa: D102 - see Wish
    @property
    def window(self) -> TimeWindow: ...  # noqa: D102 - see Wish
    @property
    def role(self) -> Role: ...  # noqa: D102 - see Wish
    @property
    def eirp_dbm(self) -> float: ...  # noqa: D102 - see Wish
    @property
    def height_m(self) -> float: ...  # noqa: D102 - see Wish
    @property
    def party(self) -> str: ...  # noqa: D102 - see Wish


@dataclass(frozen=True, slots=True)
class Found:
    """Who is in the way of a channel: whose, and why in a few words."""

    party: str
    activity: str
    volume: str
    why: str


@dataclass(slots=True)
class Answer:
    """What was found of channels, by their number; screened: those not looked at closely."""

    held: dict[int, dict[tuple[str, str, str], Found]] = field(default_factory=dict)
    margin_db: dict[int, float] = field(default_factory=dict)
    screened: set[int] = field(default_factory=set)

    def hold(self, channel: int, found: Found) -> None:
        """Note who is in the way, each volume once."""
        key = (found.party, found.activity, found.volume)
        self.held.setdefault(channel, {}).setdefault(key, found)

    def weigh(self, channel: int, margin_db: float) -> None:
        """Note a margin; the least counts."""
        self.margin_db[channel] = min(margin_db, self.margin_db.get(channel, margin_db))


@dataclass(frozen=True, slots=True)
class Probes:
    """The wish as activities: one volume a channel, and one volume for the whole band."""

    each: Activity
    whole: Activity
    edges: tuple[tuple[float, float], ...]

    @property
    def name(self) -> tuple[str, str]:
        """Return (party, id) of both."""
        return self.each.party, self.each.id


@dataclass(frozen=True, slots=True)
class Band:
    """The channels' edges, in order."""

    edges: tuple[tuple[float, float], ...]

    def probes(self, wish: Wished) -> Probes:
        """Return the wish as activities."""
        party = wish.party or NOBODY
        each = [_probe(str(k), edges, wish) for k, edges in enumerate(self.edges)]
        whole = _probe("whole", (self.edges[0][0], self.edges[-1][1]), wish)
        return Probes(
            Activity(party, NAME, tuple(each)), Activity(party, NAME, (whole,)), self.edges
        )


def band_of(band: FrequencyBand, width_hz: float, count: int) -> Band:
    """Return a band cut from its lower edge into so many channels."""
    starts = (band.low_hz + k * width_hz for k in range(count))
    return Band(tuple((low_hz, min(low_hz + width_hz, band.high_hz)) for low_hz in starts))


def _probe(name: str, edges: tuple[float, float], wish: Wished) -> Volume:
    return Volume(
        id=name,
        arena=Arena.SPECTRUM,
        footprint=wish.area,
        height=HeightBand.of(0.0, wish.height_m),
        time=wish.window,
        freq=FrequencyBand(*edges),
        role=wish.role,
        eirp_dbm=wish.eirp_dbm if wish.role is Role.EMIT else None,
    )


def only(activities: Iterable[Activity], roles: Iterable[Role]) -> list[Activity]:
    """Return activities with their volumes of some roles alone, without those that have none."""
    wanted = frozenset(roles)
    found = []
    for activity in activities:
        volumes = tuple(v for v in activity.volumes if v.role in wanted)
        if volumes:
            found.append(replace(activity, volumes=volumes))
    return found
