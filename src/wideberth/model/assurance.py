"""An assurance: what one party promises not to do, where, and from when until when.

It holds for what the party declares and for what it keeps to itself. It lapses by itself at its
expiry unless it is renewed, and never silently goes on.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.model.footprint import Everywhere, Footprint, Track
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role, Volume

ANY_KIND: Final = "*"


@dataclass(frozen=True, slots=True)
class Scope:
    """What is promised not to be done.

    window: from when, and the expiry; both finite. arenas: the volumes it is about; in the spectrum
    those that radiate, for listening disturbs nobody. kinds: of activities, ("*",) for any. area,
    heights: None is everywhere, at all heights; an area may be a track, a disc that moves. band:
    None is all bands; only for a promise about the spectrum alone.
    """

    window: TimeWindow
    arenas: tuple[Arena, ...]
    kinds: tuple[str, ...] = (ANY_KIND,)
    area: Footprint | None = None
    heights: HeightBand | None = None
    band: FrequencyBand | None = None

    def __post_init__(self) -> None:
        if math.isinf(self.window.start_s) or math.isinf(self.window.end_s):
            raise ImpossibleValueError(
                "an assurance without a beginning or an end.",
                remedy="Give both; it can be renewed.",
            )
        _refuse_none_or_twice("arena", self.arenas)
        _refuse_none_or_twice("kind of activity", [_plain(kind) for kind in self.kinds])
        if not all(_plain(kind) for kind in self.kinds):
            raise ImpossibleValueError("a kind of activity is blank.", remedy="'*' is any kind.")
        if ANY_KIND in self.kinds and len(self.kinds) > 1:
            raise ImpossibleValueError(
                "any kind of activity, and some.", remedy="Give '*' alone, or the kinds."
            )
        if self.band is not None and self.arenas != (Arena.SPECTRUM,):
            raise ImpossibleValueError(
                "a band is given for what does not radiate.",
                remedy="Give an assurance about the spectrum alone, and another about the rest.",
            )
        if isinstance(self.area, Everywhere):
            raise ImpossibleValueError(
                "the area is the whole Earth.", remedy="Leave the area out: that is everywhere."
            )
        if isinstance(self.area, Track) and not (
            self.area.times_s[0] <= self.window.start_s
            and self.window.end_s <= self.area.times_s[-1]
        ):
            raise ImpossibleValueError(
                "the area moves, but not for all of the assurance's time.",
                remedy="Give it for the time of the track, or an area that stays.",
            )

    def covers_kind(self, kind: str) -> bool:
        """Return whether an activity of a kind is meant; one that names none may be of any."""
        named = {_plain(one) for one in self.kinds}
        return ANY_KIND in named or not _plain(kind) or _plain(kind) in named

    def covers_volume(self, volume: Volume) -> bool:
        """Return whether a volume is of an arena that is meant, and does more than listen."""
        return volume.arena in self.arenas and volume.role in (None, Role.EMIT)

    def until(self, end_s: float) -> "Scope | None":
        """Return the scope with another end, or None where that leaves no time of it."""
        if end_s <= self.window.start_s:
            return None
        return replace(self, window=TimeWindow(self.window.start_s, end_s))


@dataclass(frozen=True, slots=True)
class Assurance:
    """A promise of a party; (party, id) names it."""

    party: str
    id: str
    scope: Scope

    def __post_init__(self) -> None:
        if not self.party.strip() or not self.id.strip():
            raise ImpossibleValueError("an assurance needs a party and an id.")


def _plain(kind: str) -> str:
    """Return a kind as it is compared: without regard to case, and to spaces about it."""
    return kind.strip().casefold()


def _refuse_none_or_twice(what: str, given: Iterable[str]) -> None:
    listed = list(given)
    if not listed:
        raise ImpossibleValueError(f"an assurance about no {what}.", remedy="Name at least one.")
    if len(set(listed)) != len(listed):
        raise ImpossibleValueError(f"an assurance names one {what} twice.")
