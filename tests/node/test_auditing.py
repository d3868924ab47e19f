"""The log proved: an honest one passes at any size, and whatever was touched is named by its place.

The store is touched as somebody with the disk in his hands would: below the node, record by record.
"""

import asyncio
import functools
from random import Random

import msgspec
import pytest
from key_scenes import Holder
from two_nodes import Node, Pair, an_activity, two_nodes

from wideberth.model.activity import Disclosure
from wideberth.model.command import RecallNotice
from wideberth.node import auditing, tables
from wideberth.node.logbook import OpenLogbook
from wideberth.peering.checkpoint import log_key_of
from wideberth.peering.envelope import Kind, key_id, seal
from wideberth.peering.evidence import Keys, verify_evidence
from wideberth.peering.payloads import Commitment, Record, encode


def with_two_nodes(test):
    @functools.wraps(test)
    def run(*args, **kwargs):
        async def scenes():
            async with two_nodes() as pair:
                await test(pair, *args, **kwargs)

        asyncio.run(scenes())

    del run.__wrapped__
    return run


async def audit(node: Node) -> auditing.Audit:
    known = {node.signer.kid: Holder(node.party).pair("envelope", 1).public_key}
    settings = node.desk.bench.settings
    return await node.desk.read(lambda r: auditing.audit_own(r, settings, known, lambda *_: None))


async def audit_of(node: Node, party: str) -> auditing.Audit:
    settings = node.desk.bench.settings
    return await node.desk.read(lambda r: auditing.audit_peers(r, settings, party, lambda *_: None))


async def spoken(pair: Pair, times: int) -> int:
    """Let both declare that often, one thing in private, and return the size of north's log."""
    for k in range(times):
        await pair.north.declare(an_activity("north", f"N{k}"))
        await pair.south.declare(an_activity("south", f"S{k}"))
        await pair.settle()
    await pair.north.declare(an_activity("north", "P", disclose=Disclosure.PRIVATE))
    return (await audit(pair.north)).size


async def touch(node: Node, table: str, changes: dict[str, bytes | None]) -> None:
    """Change records below the node."""

    def work(tx):
        for key, record in changes.items():
            if record is None:
                tx.delete(table, key)
            else:
                tx.put(table, key, record)

    await node.store.transact(work)


async def rows(node: Node, table: str) -> dict[str, bytes]:
    return await node.desk.read(lambda r: dict(r.scan(table)))


@with_two_nodes
async def test_an_honest_log_passes_at_every_size(pair):
    for k in range(12):
        await pair.north.declare(an_activity("north", f"N{k}"))
        await pair.settle()
        for node, other in ((pair.north, "south"), (pair.south, "north")):
            found = await audit(node)
            assert found.first_bad is None, found.said
            assert (await audit_of(node, other)).first_bad is None
    assert found.size > 40
    assert "countersigned" in found.said[-1]


@with_two_nodes
async def test_an_entry_with_one_bit_flipped_is_named(pair):
    size = await spoken(pair, 2)
    chance = Random(1)
    entries = await rows(pair.north, tables.ENTRY)
    assert len(entries) == size
    for index, (key, raw) in enumerate(sorted(entries.items())):
        spoiled = bytearray(raw)
        spoiled[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        await touch(pair.north, tables.ENTRY, {key: bytes(spoiled)})
        assert (await audit(pair.north)).first_bad == index
        await touch(pair.north, tables.ENTRY, {key: raw})
    assert (await audit(pair.north)).first_bad is None


@with_two_nodes
async def test_an_entry_that_was_removed_emptied_or_cut_short_is_named(pair):
    await spoken(pair, 2)
    for index, (key, raw) in enumerate(sorted((await rows(pair.north, tables.ENTRY)).items())):
        for lie in (None, b"", raw[:-1], raw + b"\n"):
            await touch(pair.north, tables.ENTRY, {key: lie})
            assert (await audit(pair.north)).first_bad == index
        await touch(pair.north, tables.ENTRY, {key: raw})


@with_two_nodes
async def test_two_entries_that_were_swapped_are_named_by_the_first(pair):
    size = await spoken(pair, 2)
    entries = sorted((await rows(pair.north, tables.ENTRY)).items())
    chance = Random(2)
    for _ in range(20):
        a, b = sorted(chance.sample(range(size), 2))
        (one, first), (other, second) = entries[a], entries[b]
        await touch(pair.north, tables.ENTRY, {one: second, other: first})
        assert (await audit(pair.north)).first_bad == a
        await touch(pair.north, tables.ENTRY, {one: first, other: second})


@with_two_nodes
async def test_a_hash_that_was_altered_removed_or_swapped_is_named_by_the_entry_it_ends_with(pair):
    await spoken(pair, 2)
    hashes = await rows(pair.north, tables.HASH)
    for key, kept in hashes.items():
        level, place = (int(part) for part in tables.parts(key))
        last_under = ((place + 1) << level) - 1
        for lie in (None, bytes([kept[0] ^ 1]) + kept[1:], b"", kept[::-1]):
            await touch(pair.north, tables.HASH, {key: lie})
            assert (await audit(pair.north)).first_bad == last_under
        await touch(pair.north, tables.HASH, {key: kept})


@with_two_nodes
async def test_an_entry_put_in_after_the_last_one_is_named(pair):
    size = await spoken(pair, 1)
    first = (await rows(pair.north, tables.ENTRY))[tables.key(0)]
    await touch(pair.north, tables.ENTRY, {tables.key(size): first})
    assert (await audit(pair.north)).first_bad == size


@with_two_nodes
async def test_an_entry_that_nobody_known_signed_is_named_though_every_hash_agrees(pair):
    await spoken(pair, 1)
    stranger = Holder("stranger").pair("envelope", 1)
    record = Record(at_s=0.0, body=Commitment(digest="ab" * 32))
    raw = seal(encode(record), Kind.RECORD, kid=key_id(stranger.public_key), sign=stranger.sign)

    def forge(tx):
        return OpenLogbook(tx).append(raw)

    index = await pair.north.store.transact(forge)
    assert (await audit(pair.north)).first_bad == index


@with_two_nodes
async def test_a_log_written_anew_from_its_start_is_told_by_what_the_peer_countersigned(pair):
    await spoken(pair, 2)

    def forge(tx):
        entries = [raw for _, raw in tx.scan(tables.ENTRY)]
        tx.delete(tables.META, "log")
        log = OpenLogbook(tx)
        for raw in [*entries[:1], *entries]:
            log.append(raw)

    await pair.north.store.transact(forge)
    found = await audit(pair.north)
    assert found.first_bad is not None
    assert "south" in found.said[-1]


@with_two_nodes
async def test_a_log_cut_short_with_all_its_hashes_is_told_by_what_the_peer_countersigned(pair):
    await spoken(pair, 2)

    def cut(tx):
        entries = [raw for _, raw in tx.scan(tables.ENTRY)]
        for table in (tables.ENTRY, tables.HASH):
            for key, _ in list(tx.scan(table)):
                tx.delete(table, key)
        tx.delete(tables.META, "log")
        log = OpenLogbook(tx)
        for raw in entries[:4]:
            log.append(raw)

    await pair.north.store.transact(cut)
    found = await audit(pair.north)
    assert found.first_bad == 4
    assert "4 are left" in found.said[-1]


@pytest.mark.parametrize("lie", ["x", "", "a\n1\nb\n\n\N{EM DASH} a b\n"])
def test_a_countersignature_that_was_spoiled_in_the_store_is_told(lie):
    @with_two_nodes
    async def scene(pair):
        await spoken(pair, 2)
        note = (await pair.north.peer("south")).cosigned_by_peer
        assert note
        head, _, _ = note.rstrip("\n").rpartition("\n")
        key = tables.key("south")
        record = (await rows(pair.north, tables.PEER))[key]
        changed = msgspec.json.decode(record) | {"cosigned_by_peer": lie or f"{head}\n"}
        await touch(pair.north, tables.PEER, {key: msgspec.json.encode(changed)})
        assert (await audit(pair.north)).first_bad == 0

    scene()


@with_two_nodes
async def test_a_recall_leaves_a_log_that_passes_and_says_what_is_gone(pair):
    await spoken(pair, 2)
    notice = next(n for n in await pair.north.notices() if n.activity == "N0")
    await pair.north.do(RecallNotice(notice.message, "p", "not for you"))
    await pair.settle()
    empty = [k for k, raw in (await rows(pair.south, tables.ENTRY)).items() if not raw]
    assert empty
    for node in (pair.north, pair.south):
        found = await audit(node)
        assert found.first_bad is None, found.said


@with_two_nodes
async def test_every_entry_is_proved_to_a_third_person_by_public_keys_alone(pair):
    size = await spoken(pair, 2)
    settings = pair.north.desk.bench.settings
    log = log_key_of(settings.origin("north"), pair.north.signer.log_key)
    note = await pair.north.desk.read(lambda r: auditing.best_checkpoint(r, 0))
    assert note is not None
    covered = int(note.split(b"\n")[1])
    assert 0 < covered <= size
    for index in range(covered):
        file = await pair.north.desk.read(lambda r, i=index: auditing.prove(r, i, note))
        assert verify_evidence(file, Keys(log)).is_shown
