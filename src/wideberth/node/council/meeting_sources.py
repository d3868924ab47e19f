"""What a meeting takes from beside the council: late notices (R1), what is in force, the ledger."""

from dataclasses import dataclass

from wideberth.council.agenda import Item, Late, agenda
from wideberth.council.kinds import stand_of
from wideberth.council.matter import Matter
from wideberth.council.meeting_stand import MeetingStand
from wideberth.council.pack import Sources
from wideberth.formats.pages import LedgerHead
from wideberth.model.activity import Activity, State
from wideberth.model.agreement import Agreement
from wideberth.node import queries, tables
from wideberth.node.council import matters
from wideberth.node.logbook import Logbook
from wideberth.node.ports import Reader
from wideberth.node.queries import LARGEST_PAGE
from wideberth.node.records import Held, Notice
from wideberth.peering.disclosed import disclosed
from wideberth.peering.wire import from_wire
from wideberth.units import SECONDS_PER_DAY

_YEAR_S = 366.0 * SECONDS_PER_DAY
_OVER = (State.ENDED, State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Here:
    """Whose node asks, and when."""

    party: str
    now_s: float


def late_notices(reader: Reader, since_s: float) -> tuple[Late, ...]:
    """Return the notices of both sides that were given later than owed, sent since a time."""
    found: list[Late] = []
    after = ""
    while True:
        page = queries.notices(reader, after=after)
        found += [late for one in page if one.sent_s >= since_s for late in _late(one)]
        if len(page) < LARGEST_PAGE:
            return tuple(found)
        after = tables.key(page[-1].index)


def _late(notice: Notice) -> tuple[Late, ...]:
    lead = notice.lead
    if lead is None or not lead.late or lead.owed_s is None:
        return ()
    late = Late(
        party=notice.owner,
        activity=notice.activity,
        owed_s=lead.owed_s,
        given_s=lead.given_s,
        clause=lead.clause,
    )
    return (late,)


def in_force(reader: Reader, party: str, now_s: float) -> tuple[Activity, ...]:
    """Return what both sides know to be in force: of our own, only as far as it is disclosed."""
    found: list[Activity] = []
    after = ""
    while True:
        page = queries.activities(reader, after=after)
        found += [shown for held in page for shown in _shown(held, party, now_s)]
        if len(page) < LARGEST_PAGE:
            return tuple(found)
        last = page[-1].activity
        after = tables.key(last.party, last.id)


def _shown(held: Held, party: str, now_s: float) -> tuple[Activity, ...]:
    activity = from_wire(held.activity)
    if activity.state in _OVER or all(v.time.end_s <= now_s for v in activity.volumes):
        return ()
    if activity.party != party:
        return (activity,)
    shown = disclosed(activity)
    return () if shown is None else (shown,)


def ledger_head(reader: Reader, party: str) -> LedgerHead:
    """Return how far our own ledger goes, and the root over it."""
    log = Logbook(reader)
    return LedgerHead(party, log.size, log.root.hex())


def with_times(reader: Reader) -> list[Matter]:
    """Return the matters of a calendar: all meetings and action items, of the rest what is open."""
    found = _every(reader, is_open=True)
    known = {one.ref for one in found}
    for kind in ("meeting", "action"):
        found += [one for one in _every(reader, kind=kind, is_open=False) if one.ref not in known]
    return found


def _every(reader: Reader, *, kind: str = "", is_open: bool) -> list[Matter]:
    found: list[Matter] = []
    after = ""
    while True:
        page, after = matters.matters(reader, kind=kind, is_open=is_open, after=after)
        found += page
        if not after:
            return found


def agenda_now(reader: Reader, one: Matter, agreement: Agreement) -> tuple[Item, ...]:
    """Return a meeting's agenda as seen here now, with late notices of the year before its call."""
    now = stand_of(one, agreement)
    assert isinstance(now, MeetingStand)
    late = late_notices(reader, one.opened_s - _YEAR_S)
    others = [other for other in _every(reader, is_open=True) if other.ref != one.ref]
    return agenda(now, others, agreement, late)


def pack_now(reader: Reader, one: Matter, agreement: Agreement, seen: Here) -> Sources:
    """Return what a meeting's pack is made of, as this node sees it now."""
    return Sources(
        meeting=one,
        agenda=agenda_now(reader, one, agreement),
        matters=tuple(_every(reader, is_open=True)),
        activities=in_force(reader, seen.party, seen.now_s),
        heads=(ledger_head(reader, seen.party),),
        agreement=agreement,
        party=seen.party,
        now_s=seen.now_s,
    )
