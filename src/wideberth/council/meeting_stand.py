"""What stands of a meeting."""

from msgspec import Struct, field

from wideberth.council.stand import Stand
from wideberth.peering.council.meeting import Coming, MeetingKind, When


class Held(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a party holds to: a time, a place, its last answer; None or empty: nothing.

    time_no, place_no: the number of the step in which it last spoke of each.
    """

    when: When | None = None
    place: str = ""
    answer: Coming | None = None
    time_no: int = 0
    place_no: int = 0


class Point(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A point of the agenda that a party added; ref: the matter it rests on."""

    party: str
    turn: int
    title: str
    ref: str = ""
    clause: str = ""


class Minutes(Struct, frozen=True, kw_only=True):
    """The newest minutes, the SHA-256 of their text, and the parties that agree to them."""

    party: str
    text: str
    digest: str
    at_s: float
    agreed: tuple[str, ...]


class Dissent(Struct, frozen=True, kw_only=True):
    """What a party said beside the minutes."""

    party: str
    words: str


class MeetingStand(Stand, frozen=True, kw_only=True, omit_defaults=True):
    """state: called, placed, dated, settled, held, minutes, closed or cancelled.

    when, place: settled. holds: by party. heads, members: roles by party. sequence: how often a
    time or place was proposed anew (RFC 5545). asked: since when a party owes an answer.
    dateless_s: since when no date stands that somebody could answer; dateless_party: who owes one.
    """

    meeting_kind: MeetingKind
    called_s: float
    when: When | None = None
    place: str = ""
    dated_s: float | None = None
    holds: dict[str, Held] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    members: dict[str, tuple[str, ...]] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    sequence: int = 0
    asked: dict[str, float] = field(default_factory=dict)
    dateless_s: float | None = None
    dateless_party: str = ""
    held_s: float | None = None
    minutes: Minutes | None = None
    dissents: tuple[Dissent, ...] = ()
