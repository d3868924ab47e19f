"""Whether two nodes that fell and rose again lost, doubled or invented anything; read at rest."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import sha256

import msgspec
from node_process import NodeProcess

from wideberth.adapters.clock import SystemClock
from wideberth.node import auditing, queries, tables
from wideberth.node.desk import Desk
from wideberth.node.inbox import TakenMessage
from wideberth.node.logbook import Logbook
from wideberth.node.outgoing import SentMessage
from wideberth.node.ports import Reader
from wideberth.node.records import Alarm, Held, Met, Notice, Peer, Way
from wideberth.peering.envelope import Kind, key_id, peek

EXPECTED_ALARMS = {"line down", "clock skew"}  # of a line that was down; all others are false

PEACE_WITHIN_S = 240.0  # a busy machine is no failure


@dataclass(frozen=True)
class Found:
    """What a node's store holds, as far as it can be compared."""

    party: str
    peer: Peer
    audits: tuple[auditing.Audit, ...]
    entries: dict[Kind, list[str]]
    sent: dict[int, SentMessage]
    taken: dict[int, TakenMessage]
    receipts: dict[int, int]
    waiting: int
    evidence: int
    notices: list[Notice]
    held: dict[str, Held]
    revisions: dict[str, Held]
    alarms: list[Alarm]
    conflicts: set[tuple[str, str, str, str, int, int]]


async def found_in(node: NodeProcess) -> Found:
    """Return what a node's store holds while the node does not run."""

    async def work(desk: Desk) -> Found:
        public = [bytes.fromhex(one) for one in _own_keys(node)]
        known = {key_id(one): one for one in public}
        return await desk.read(lambda reader: _found(reader, desk, known))

    return await node.ask(work)


async def at_rest(nodes: Sequence[NodeProcess]) -> tuple[Found, Found]:
    """End both nodes at once and return what they hold; if something is on its way, try again."""
    for tried in range(20):
        for node in nodes:
            node.kill()
        found = (await found_in(nodes[0]), await found_in(nodes[1]))
        if not any(one.waiting for one in found):
            break
        for node in nodes:
            node.start()
        for node in nodes:
            await node.healthy()
        await asyncio.sleep(0.3 * (1 + tried))
    return found


async def at_peace(nodes: Sequence[NodeProcess]) -> None:
    """Return once each node has receipts for all it said, and has compared what is in force."""
    calm_s = SystemClock().now_s()
    async with asyncio.timeout(PEACE_WITHIN_S):
        for node in nodes:
            async with node.client() as client:
                while True:
                    said = (await client.get("/api/v1/peers")).content
                    if _is_at_peace(said, calm_s):
                        break
                    await asyncio.sleep(0.1)


def _is_at_peace(said: bytes, since_s: float) -> bool:
    (peer,) = msgspec.json.decode(said, type=list[Peer])
    has_all = peer.out_sequence == peer.receipted
    return has_all and bool(peer.compared_same) and peer.compared_s > since_s


def _own_keys(node: NodeProcess) -> list[str]:
    from wideberth.adapters.keys_file import KeysFile  # noqa: PLC0415
    from wideberth.assembly.config import KEYS  # noqa: PLC0415

    return [one.said.envelope for one in KeysFile(node.folder / KEYS).statements]


def _found(reader: Reader, desk: Desk, known: dict[str, bytes]) -> Found:
    settings = desk.bench.settings
    (peer,) = queries.peers(reader)
    log = Logbook(reader)
    entries: dict[Kind, list[str]] = {kind: [] for kind in Kind}
    for index in range(log.size):
        entry = log.entry(index)
        assert entry, f"entry {index} of {log.size} is missing"
        entries[peek(entry).kind].append(sha256(entry).hexdigest())
    lasting = [one for one in _all(reader, tables.CONFLICT, Met).values() if one.ended_s is None]
    return Found(
        party=desk.party,
        peer=peer,
        audits=(
            auditing.audit_own(reader, settings, known, lambda _n, _of: None),
            auditing.audit_peers(reader, settings, peer.party, lambda _n, _of: None),
        ),
        entries=entries,
        sent=_numbered(_all(reader, tables.SENT, SentMessage)),
        taken=_numbered(_all(reader, tables.TAKEN, TakenMessage)),
        receipts=_numbered({key: int(raw) for key, raw in reader.scan(tables.RECEIPT)}),
        waiting=len(list(reader.scan(tables.OUTBOX))),
        evidence=len(list(reader.scan(tables.EVIDENCE))),
        notices=list(_all(reader, tables.NOTICE, Notice).values()),
        held=_all(reader, tables.ACTIVITY, Held),
        revisions=_all(reader, tables.REVISION, Held),
        alarms=list(_all(reader, tables.ALARM, Alarm).values()),
        conflicts={
            (m.a.party, m.a.activity, m.b.party, m.b.activity, m.a.revision, m.b.revision)
            for m in lasting
        },
    )


def _all(reader: Reader, table: str, kind: type) -> dict:
    return {key: msgspec.json.decode(raw, type=kind) for key, raw in reader.scan(table)}


def _numbered(rows: dict) -> dict:
    return {int(tables.parts(key)[-1]): row for key, row in rows.items()}


def assert_whole(
    north: Found, south: Found, *, allowed: AbstractSet[str] = EXPECTED_ALARMS
) -> None:
    """Raise AssertionError with what was lost, doubled, invented, or still waits.

    allowed: kinds of alarms that may have been raised; any other is a false one.
    """
    for one, other in ((north, south), (south, north)):
        for audit in one.audits:
            assert audit.first_bad is None, (one.party, audit.said)
        _assert_exchanged(one, other)
        _assert_delivered_once(one, other)
        strange = [a.text for a in one.alarms if a.kind not in allowed]
        assert not strange, (one.party, strange)
        assert not one.peer.fraud
        assert one.evidence == 0
        assert one.peer.compared_same is True
        assert one.peer.in_force_differences == ()
    for kind in (Kind.MESSAGE, Kind.RECEIPT):
        assert set(north.entries[kind]) == set(south.entries[kind]), kind
    assert north.conflicts == south.conflicts


def _assert_exchanged(one: Found, other: Found) -> None:
    """Check the numbers: no gap, a receipt each, the other side took the same."""
    assert one.waiting == 0, f"{one.party}: {one.waiting} messages wait"
    count = one.peer.out_sequence
    numbers = list(range(1, count + 1))
    assert sorted(one.sent) == numbers
    assert sorted(one.receipts) == numbers
    assert sorted(other.taken) == numbers
    assert other.peer.in_sequence == one.peer.receipted == count
    for number in numbers:
        assert one.sent[number].digest == other.taken[number].digest
    for kind, logged in one.entries.items():
        twice = [digest for digest, times in Counter(logged).items() if times > 1]
        assert not twice, f"{one.party} logged {kind} twice: {twice[:3]}"


def _assert_delivered_once(one: Found, other: Found) -> None:
    """Check that each notice of one is with the other, once, as high on the ladder."""
    out = {n.message: n for n in one.notices if n.way is Way.OUT}
    came = {n.message: n for n in other.notices if n.way is Way.IN}
    assert out.keys() == came.keys()
    named = Counter((n.owner, n.activity, n.revision) for n in out.values())
    assert set(named.values()) <= {1}, [name for name, times in named.items() if times > 1]
    for message, notice in out.items():
        there = came[message]
        assert notice.accepted, notice
        assert notice.receipted_s is not None
        assert (notice.rung, notice.superseded) == (there.rung, there.superseded), (notice, there)
        units = ({u.unit: u.acknowledged_s for u in n.units} for n in (notice, there))
        assert next(units) == next(units)
    mine = {k: h for k, h in one.revisions.items() if h.activity.party == one.party}
    its = {k: h for k, h in other.revisions.items() if h.activity.party == one.party}
    assert {k: h.activity for k, h in mine.items()} == {k: h.activity for k, h in its.items()}
    assert len(mine) == len(out)
