"""Assurances as the search needs them, and what acts against them here."""

from msgspec import Struct

from wideberth.peering.wire_scope import WireScope


class Promise(Struct, frozen=True, kw_only=True):
    """An assurance that has not lapsed, as it is now. clause: of the agreement; empty: none."""

    party: str
    id: str
    scope: WireScope
    clause: str


class Broken(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An activity that acts against an assurance of its party, from when to when, and a place.

    private: no peer knows of the activity. notes: what the finding rests on. ended_s, ended_why:
    None while it lasts; the record stays.
    """

    party: str
    assurance: str
    activity: str
    revision: int
    clause: str
    volume: str
    from_s: float
    to_s: float
    lon_deg: float
    lat_deg: float
    found_s: float
    notes: tuple[str, ...] = ()
    private: bool = False
    ended_s: float | None = None
    ended_why: str = ""
