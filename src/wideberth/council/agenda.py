"""A meeting's agenda: what was added, what is open between the parties, what always is on it."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from wideberth.council.assurance import AssuranceStand
from wideberth.council.clocks import at
from wideberth.council.kinds import stand_of
from wideberth.council.matter import Matter
from wideberth.council.meeting_stand import MeetingStand, Point
from wideberth.model.agreement import Agreement

_ORDER: Final = (
    "incident",
    "concern",
    "assurance",
    "caveat",
    "decision",
    "action",
    "agreement",
    "review",
)
_WORDS: Final = {"incident": "Incident", "concern": "Concern", "assurance": "Assurance"} | {
    "caveat": "Third parties",
    "decision": "Decision",
    "action": "Action item",
    "agreement": "Agreement",
    "review": "Review",
}


class Item(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One item. rests_on: what it comes from, in words; ref: the matter; party: who added it."""

    title: str
    rests_on: str
    ref: str = ""
    clause: str = ""
    party: str = ""


class Late(Struct, frozen=True, kw_only=True):
    """A notice given late: whose, of which activity, and how late, as the receipt measured it."""

    party: str
    activity: str
    owed_s: float
    given_s: float
    clause: str = ""


def agenda(
    meeting: MeetingStand,
    matters: Sequence[Matter],
    agreement: Agreement,
    late: Sequence[Late] = (),
) -> tuple[Item, ...]:
    """Return the items in order: added by the parties, open, late, standing."""
    added = tuple(_added(point) for point in meeting.points)
    named = {item.ref for item in added if item.ref}
    rest = [one for one in matters if one.ref not in named]
    return (*added, *_open(rest, agreement), *_late(late), *_standing(agreement))


def _added(point: Point) -> Item:
    rests = f"added by {point.party}" + (f": {point.ref}" if point.ref else "")
    return Item(
        title=point.title, rests_on=rests, ref=point.ref, clause=point.clause, party=point.party
    )


def _open(matters: Sequence[Matter], agreement: Agreement) -> Iterator[Item]:
    """Return what is open, by kind, what is due first first."""
    found = []
    for one in matters:
        stand = stand_of(one, agreement)
        if one.kind not in _ORDER or not stand.is_open:
            continue
        due = min(stand.dues, key=lambda d: d.at_s, default=None)
        rests = f"{one.ref}, {stand.state}"
        if due is not None:
            rests += f"; {due.party} owes the {due.what} by {at(due.at_s)}"
        if isinstance(stand, AssuranceStand):
            rests += f"; lapses {at(stand.until_s)} unless it is renewed"
        title = f"{_WORDS[one.kind]}: {stand.title or one.id}"
        clause = "" if due is None else due.clause
        item = Item(title=title, rests_on=rests, ref=one.ref, clause=clause)
        place = _ORDER.index(one.kind), float("inf") if due is None else due.at_s, one.ref
        found.append((place, item))
    yield from (item for _place, item in sorted(found, key=lambda pair: pair[0]))


def _late(late: Sequence[Late]) -> Iterator[Item]:
    parties = sorted({one.party for one in late})
    for party in parties:
        own = [one for one in late if one.party == party]
        short_s = max(one.owed_s - one.given_s for one in own)
        names = ", ".join(one.activity for one in own[:5]) + (" ..." if len(own) > 5 else "")
        yield Item(
            title=f"Late notices of {party}: {len(own)}",
            rests_on=f"{names}; at most {short_s / 60.0:.0f} min less than owed",
            clause=own[0].clause,
            party=party,
        )


def _standing(agreement: Agreement) -> Iterator[Item]:
    rules = agreement.council.meetings
    for title in rules.standing_agenda:
        yield Item(title=title, rests_on="standing agenda", clause=rules.clause)
