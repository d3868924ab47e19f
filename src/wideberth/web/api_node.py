"""What a console's frame shows: who we are, the agreement in force, the lines, names for hints."""

import math
from typing import Final, Literal

import msgspec
from msgspec import Struct

from wideberth import __version__
from wideberth.council import agreement as council_agreement
from wideberth.engine.bounds import Box, bounds_of
from wideberth.errors import WideberthError
from wideberth.formats.agreement_json import agreement_digest
from wideberth.model.activity import Disclosure, State
from wideberth.model.agreement import Agreement, Channel, Contact
from wideberth.model.footprint import Part
from wideberth.model.notice import Unit
from wideberth.node import queries, tables
from wideberth.node.council import matters
from wideberth.node.ports import Reader
from wideberth.node.records import Peer
from wideberth.node.working_agreement import working
from wideberth.peering.wire_footprint import WireFootprint, footprint_from_wire
from wideberth.web.api_agreement import PeriodView, PointView
from wideberth.web.api_route import Asked, Route, v1_read

MOST_IN_VIEW: Final = 20_000
_OVER: Final = frozenset({State.ENDED, State.WITHDRAWN})


class AgreementHead(Struct, frozen=True, kw_only=True):
    """Which agreement the node works under. from_s, until_s: its validity; null: open.

    matter: in which it was signed; empty: it is from the node's file. state: as the clock and that
    matter have it; conflicts are found under it in every state. suspended_by: parties.
    """

    id: str
    version: int
    title: str
    digest: str
    builtin: bool
    matter: str
    from_s: float | None
    until_s: float | None
    state: Literal["in force", "not yet in force", "suspended", "terminated", "expired"]
    suspended_by: tuple[str, ...] = ()


class LineView(Struct, frozen=True, kw_only=True):
    """The line to a peer. link: unknown where nothing was ever heard nor missed.

    suspended_by_us, suspended_by_them: why the exchange is suspended; empty: it is not. waiting:
    messages of ours without its receipt, 1,000 at most counted. same: whether both lists of what
    is in force agreed when they were last compared; null: never compared.
    """

    party: str
    link: Literal["up", "down", "unknown"]
    down_since_s: float | None
    down_reason: str
    last_heard_s: float | None
    last_sent_s: float | None
    skew_s: float | None
    suspended_by_us: str
    suspended_by_them: str
    suspended_s: float | None
    waiting: int
    compared_s: float | None
    same: bool | None


class NodeView(Struct, frozen=True, kw_only=True):
    """All that the frame of a console shows.

    theatre, in_force: boxes [west, south, east, north] in degrees, west more than east where they
    lie across the antimeridian; null: nothing is named, or in force. kinds: of activities that the
    agreement names.
    """

    party: str
    program: str
    at_s: float
    status: Literal["ok", "degraded"]
    agreement: AgreementHead
    parties: tuple[str, ...]
    peers: tuple[LineView, ...]
    theatre: Box | None
    in_force: Box | None
    kinds: tuple[str, ...]
    notice_periods: tuple[PeriodView, ...]
    units: tuple[Unit, ...]
    contacts: tuple[Contact, ...]
    channels: tuple[Channel, ...]
    named_points: tuple[PointView, ...]
    languages: tuple[str, ...]


async def node(asked: Asked) -> NodeView:
    """Return what the frame shows; of private activities not even where they are."""
    desk, now_s = asked.desk, asked.door.now_s()
    now = desk.agreement
    sees_private = asked.sees_private
    return NodeView(
        party=desk.party,
        program=__version__,
        at_s=now_s,
        status=await _status(asked),
        agreement=await desk.read(lambda reader: _head(reader, now, now_s)),
        parties=now.parties,
        peers=await desk.read(
            lambda reader: tuple(_line(reader, p) for p in queries.peers(reader))
        ),
        theatre=None if now.theatre is None else bounds_of([now.theatre]),
        in_force=await desk.read(lambda reader: _in_force(reader, sees_private=sees_private)),
        kinds=_kinds(now),
        notice_periods=tuple(
            PeriodView(kind=one.kind, clause=one.clause, lead_s=one.lead_s)
            for one in now.notice_periods
        ),
        units=now.notice.units,
        contacts=now.contacts,
        channels=now.channels,
        named_points=tuple(
            PointView(name=name, lon_deg=at[0], lat_deg=at[1]) for name, at in now.named_points
        ),
        languages=now.languages,
    )


async def _status(asked: Asked) -> Literal["ok", "degraded"]:
    status = asked.desk.status()
    alarm = await asked.desk.read(lambda reader: next(reader.scan(tables.ALARM_ON, limit=1), None))
    is_well = status.get("running", True) and not status.get("degraded", False)
    return "ok" if is_well and alarm is None else "degraded"


def _head(reader: Reader, now: Agreement, now_s: float) -> AgreementHead:
    """Return which agreement is in force, and how it stands."""
    digest, found = agreement_digest(now), working(reader)
    ref = found.matter if found is not None and found.digest == digest else ""
    matter = matters.matter(reader, *ref.split("/", 2)) if ref else None
    stand = None if matter is None else council_agreement.stand(matter, now)
    suspended_by = () if stand is None else stand.suspenders
    window = now.validity
    start_s, end_s = (-math.inf, math.inf) if window is None else (window.start_s, window.end_s)
    state: Literal["in force", "not yet in force", "suspended", "terminated", "expired"]
    if now_s >= end_s:
        state = "expired"
    elif stand is not None and stand.ends_s is not None and now_s >= stand.ends_s:
        state = "terminated"
    elif suspended_by:
        state = "suspended"
    else:
        state = "in force" if now_s >= start_s else "not yet in force"
    return AgreementHead(
        id=now.id,
        version=now.version,
        title=now.title,
        digest=digest,
        builtin=now.builtin,
        matter=ref,
        from_s=start_s if math.isfinite(start_s) else None,
        until_s=end_s if math.isfinite(end_s) else None,
        state=state,
        suspended_by=suspended_by,
    )


def _line(reader: Reader, peer: Peer) -> LineView:
    first, before = tables.under(peer.party)
    waiting = reader.scan(tables.OUTBOX, first=first, before=before, limit=1000)
    link: Literal["up", "down", "unknown"] = "unknown"
    if peer.down_since_s is not None:
        link = "down"
    elif peer.last_heard_s is not None:
        link = "up"
    return LineView(
        party=peer.party,
        link=link,
        down_since_s=peer.down_since_s,
        down_reason=peer.down_reason,
        last_heard_s=peer.last_heard_s,
        last_sent_s=peer.last_sent_s,
        skew_s=peer.skew_s,
        suspended_by_us=peer.suspended_by_us,
        suspended_by_them=peer.suspended_by_them,
        suspended_s=peer.suspended_s,
        waiting=sum(1 for _row in waiting),
        compared_s=peer.compared_s,
        same=peer.compared_same,
    )


class _VolumeSeen(Struct):
    footprint: WireFootprint


class _ActivitySeen(Struct):
    volumes: tuple[_VolumeSeen, ...]
    state: State = State.ACCEPTED
    disclose: Disclosure = Disclosure.FULL


class _HeldSeen(Struct):
    """As little of Held as the box needs: all of it would take long to decode."""

    activity: _ActivitySeen


def _in_force(reader: Reader, *, sees_private: bool) -> Box | None:
    decoder = msgspec.json.Decoder(_HeldSeen)
    found = (
        decoder.decode(record).activity
        for _key, record in reader.scan(tables.ACTIVITY, limit=MOST_IN_VIEW)
    )
    footprints = []
    for one in found:
        is_shown = sees_private or one.disclose is not Disclosure.PRIVATE
        if not is_shown or one.state in _OVER:
            continue
        for volume in one.volumes:
            try:
                footprints.append(footprint_from_wire(volume.footprint, Part.as_checked))
            except WideberthError:
                continue  # a shape that nobody can draw is in no view
    return bounds_of(footprints)


def _kinds(agreement: Agreement) -> tuple[str, ...]:
    named = {one.kind for one in agreement.notice_periods}
    named |= {kind for one in agreement.protected for kind in one.kinds}
    return tuple(sorted(named - {"*", ""}))


ROUTES: Final[tuple[Route, ...]] = (
    v1_read("/node", "What a console's frame shows", node, NodeView),
)
