"""Whom and what the agreement binds: forces, signatories, caution areas, prohibited acts."""

import math
from dataclasses import dataclass

from wideberth.errors import ImpossibleValueError
from wideberth.model.footprint import Footprint
from wideberth.model.notice import check_wait
from wideberth.model.span import HeightBand, TimeWindow


@dataclass(frozen=True, slots=True)
class Force:
    """A force that a party answers for, from when until when (seconds UTC, infinite: open)."""

    party: str
    name: str
    from_s: float = -math.inf
    until_s: float = math.inf
    clause: str = ""

    def __post_init__(self) -> None:
        if not self.party.strip() or not self.name.strip():
            raise ImpossibleValueError("a force needs a party that answers for it, and a name.")
        TimeWindow(self.from_s, self.until_s)

    def is_bound(self, at_s: float) -> bool:
        """Return whether the party answers for it at an instant."""
        return self.from_s <= at_s < self.until_s


@dataclass(frozen=True, slots=True)
class CautionArea:
    """An area with a stricter clock: what touches it is declared lead_s ahead.

    heights: None means all. consent: both the duty level and the decision level of the other party
    must consent. channel: the id of the channel that is kept there (empty: none named).
    """

    id: str
    title: str
    clause: str
    area: Footprint
    window: TimeWindow
    lead_s: float
    heights: HeightBand | None = None
    consent: bool = True
    channel: str = ""

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise ImpossibleValueError("a caution area has no id.")
        check_wait(f"lead of caution area {self.id!r}", self.lead_s, zero=True)


@dataclass(frozen=True, slots=True)
class ProtectedVolume:
    """Air kept for slow or landing aircraft: whatever notice was given, nobody else is in it.

    heights: None means all. kinds: of activity for which it is kept, which may be in it. contact:
    whom to ask (empty: nobody is named).
    """

    id: str
    title: str
    clause: str
    area: Footprint
    window: TimeWindow
    heights: HeightBand | None = None
    kinds: tuple[str, ...] = ()
    contact: str = ""

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise ImpossibleValueError("a protected volume has no id.")
        if any(not kind.strip() for kind in self.kinds):
            raise ImpossibleValueError(f"protected volume {self.id!r} is kept for an empty kind.")


@dataclass(frozen=True, slots=True)
class ProhibitedAct:
    """What nobody does, with the code by which an incident names it."""

    code: str
    text: str
    clause: str

    def __post_init__(self) -> None:
        if not self.code.strip() or not self.text.strip():
            raise ImpossibleValueError("a prohibited act needs a code and a text.")


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for a party; keys: how many different people of it must sign (1 or 2)."""

    party: str
    role: str
    keys: int = 1
    clause: str = ""

    def __post_init__(self) -> None:
        if not self.party.strip() or not self.role.strip():
            raise ImpossibleValueError("a signatory needs a party and a role.")
        if self.keys not in (1, 2):
            raise ImpossibleValueError(
                f"{self.keys} keys are asked of {self.party!r}.", remedy="Ask for 1 or 2."
            )
