"""Where an incident stands: each side's reports, excerpts and findings, and what differs."""

from msgspec import Struct, field

from wideberth.council.stand import Stand
from wideberth.peering.council.incident import Harm
from wideberth.peering.wire_footprint import WireFootprint


class Account(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a side says has happened, as it said last; turn, at_s: of that report."""

    turn: int
    at_s: float
    text: str
    happened_s: float
    until_s: float | None = None
    place: WireFootprint | None = None
    about: tuple[str, ...] = ()
    act: str = ""
    clause: str = ""
    harm: Harm = Harm.UNKNOWN
    third_parties: str = ""


class Frozen(Struct, frozen=True, kw_only=True):
    """An excerpt that a side froze, by its number and digest."""

    number: int
    digest: str
    entries: int
    size: int
    at_s: float


class Finding(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a side finds. agrees_with: whose finding it shares; empty: it is its own."""

    turn: int
    text: str
    agrees_with: str = ""
    clause: str = ""
    actions: tuple[str, ...] = ()


class Difference(Struct, frozen=True, kw_only=True):
    """A field of the form in which the sides' reports differ, with what each says of it."""

    field: str
    said: dict[str, str]


class IncidentStand(Stand, frozen=True, kw_only=True, omit_defaults=True):
    """state: reported (a preliminary report is missing), under review, closing or closed.

    By party: preliminary and final (the newest of each), frozen, findings; closed: who has closed
    it on what is known now. late: whose preliminary report came too late. findings_agree: all
    sides have found, and the same. reopened: how often it was. since_s: the event, or the newest
    reopening: from then the review is counted.
    """

    since_s: float = 0.0
    preliminary: dict[str, Account] = field(default_factory=dict)
    final: dict[str, Account] = field(default_factory=dict)
    frozen: dict[str, tuple[Frozen, ...]] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)
    findings_agree: bool = False
    differences: tuple[Difference, ...] = ()
    actions: tuple[str, ...] = ()
    meeting: str = ""
    closed: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    reopened: int = 0

    def account(self, party: str) -> Account | None:
        """Return what a side says in the end, or so far."""
        return self.final.get(party) or self.preliminary.get(party)
