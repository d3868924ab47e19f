"""Keys change while messages are on their way: nothing is lost, and what was revoked is refused."""

import asyncio
import functools

from key_scenes import Holder, revoked
from two_nodes import Node, Pair, an_activity, two_nodes

from wideberth.model.command import AddPeer, RotateKeys, TakeReceipt
from wideberth.model.notice import Rung
from wideberth.node import auditing, tables
from wideberth.node.outgoing import send
from wideberth.node.work import Work
from wideberth.peering.envelope import key_id
from wideberth.peering.keys import OVERLAP_MESSAGES
from wideberth.peering.messages import Keys
from wideberth.peering.statements import Statement


def with_two_nodes(test):
    @functools.wraps(test)
    def run():
        async def scenes():
            async with two_nodes() as pair:
                await test(pair)
                for node in (pair.north, pair.south):
                    found = await audit(node)
                    assert found.first_bad is None, found.said
                assert pair.network.failures == []

        asyncio.run(scenes())

    del run.__wrapped__
    return run


async def audit(node: Node) -> auditing.Audit:
    public = [node.signer.holder.pair("envelope", n).public_key for n in range(1, 6)]
    known = {key_id(key): key for key in public}
    settings = node.desk.bench.settings
    return await node.desk.read(lambda r: auditing.audit_own(r, settings, known, lambda *_: None))


async def rotate(pair: Pair, statement: Statement, **different) -> Statement:
    """Let north announce new keys and sign with them once the statement is queued."""
    new = Holder("north").next(statement, **different)
    await pair.north.do(RotateKeys(new.raw, new.said.number, "admin"))
    pair.north.signer.generation = new.said.number
    return new


async def exchanged(pair: Pair, name: str) -> None:
    """Both declare, and both are told."""
    await pair.north.declare(an_activity("north", f"N {name}"))
    await pair.south.declare(an_activity("south", f"S {name}"))
    await pair.settle()
    assert await pair.south.held("north", f"N {name}") is not None
    assert await pair.north.held("south", f"S {name}") is not None
    for node in (pair.north, pair.south):
        assert {n.rung for n in await node.notices()} == {Rung.DELIVERED}


@with_two_nodes
async def test_keys_change_twice_and_nothing_is_lost_and_no_alarm_is_raised(pair):
    await exchanged(pair, "before")
    statement = Holder("north").first()
    for number in (2, 3):
        statement = await rotate(pair, statement)
        await exchanged(pair, f"{number}")
    assert await pair.north.alarms() == await pair.south.alarms() == []


@with_two_nodes
async def test_a_countersignature_under_our_log_key_of_before_still_counts(pair):
    await exchanged(pair, "before")
    await pair.north.declare(an_activity("north", "on its way"))
    await pair.settle()
    await pair.south.declare(an_activity("south", "with the cosignature of before"))
    pair.network.line("south", "north").cut = True
    await pair.settle()
    await rotate(pair, Holder("north").first())
    pair.network.heal()
    await pair.settle()
    assert await pair.north.alarms() == []
    assert (await pair.north.peer("south")).cosigned_by_peer


@with_two_nodes
async def test_a_message_whose_receipt_was_lost_gets_one_that_holds_after_a_revocation(pair):
    line = pair.network.line("south", "north")
    await pair.south.declare(an_activity("south", "S1"))
    line.drop_answer = 1.0
    await pair.settle()
    first = Holder("north").first()
    stolen = Holder("north").pair("envelope", 1)
    await rotate(pair, first, revokes=(revoked(stolen),))
    await pair.settle()
    await exchanged_one_way(pair, "after the revocation")
    line.mend()
    await exchanged(pair, "after")
    assert await pair.south.alarms() == []


async def exchanged_one_way(pair: Pair, name: str) -> None:
    await pair.north.declare(an_activity("north", name))
    await pair.settle()
    assert await pair.south.held("north", name) is not None


@with_two_nodes
async def test_a_receipt_that_comes_again_under_the_new_key_is_no_second_one(pair):
    await pair.south.declare(an_activity("south", "S1"))
    (message,) = await pair.south.desk.read(lambda r: [raw for _, raw in r.scan(tables.OUTBOX)])
    await pair.settle()
    (first,) = await pair.network.exchange("south", "north", [message])
    await rotate(pair, Holder("north").first())
    await pair.settle()
    (second,) = await pair.network.exchange("south", "north", [message])
    assert first != second
    before = await audit(pair.south)
    for raw in (second, first):
        await pair.south.do(TakeReceipt("north", raw))
    assert await audit(pair.south) == before
    assert await pair.south.alarms() == await pair.north.alarms() == []


@with_two_nodes
async def test_after_a_revocation_the_old_key_counts_for_nothing_and_the_log_goes_on(pair):
    await exchanged(pair, "before")
    holder = Holder("north")
    stolen = tuple(revoked(holder.pair(p, 1)) for p in ("envelope", "log", "cosign"))
    await rotate(pair, holder.first(), revokes=stolen)
    for k in range(4):
        await exchanged(pair, f"after {k}")
    assert await pair.south.alarms() == await pair.north.alarms() == []
    pair.north.signer.generation = 1
    await pair.north.declare(an_activity("north", "by the thief"))
    await pair.settle()
    assert await pair.south.held("north", "by the thief") is None


@with_two_nodes
async def test_the_old_key_counts_for_the_overlap_and_not_for_one_message_more(pair):
    holder = Holder("north")
    await rotate(pair, holder.first())
    await pair.settle()
    pair.north.signer.generation = 1
    until = (await pair.south.peer("north")).in_sequence + OVERLAP_MESSAGES
    keys = {k.kid: k.until_sequence for k in (await pair.south.peer("north")).keys}
    assert keys[key_id(holder.pair("envelope", 1).public_key)] == until
    await pair.north.declare(an_activity("north", "in the overlap"))
    await pair.settle()
    assert await pair.south.held("north", "in the overlap") is not None


@with_two_nodes
async def test_a_statement_said_again_or_out_of_turn_changes_nothing_and_is_told(pair):
    holder = Holder("north")
    first = holder.first()
    second = await rotate(pair, first)
    await pair.settle()
    before = (await pair.south.peer("north")).keys
    third = holder.next(second)
    fourth = holder.next_raw(third)
    forged = Holder("south").next_raw(Holder("south").first())
    for raw in (first.raw, second.raw, fourth, forged, b"{}"):
        await pair.north.store.transact(
            lambda tx, raw=raw: send(
                Work(pair.north.desk.bench, tx, pair.clock.now_s()),
                "south",
                Keys(statement=raw.decode()),
            )
        )
    await pair.settle()
    assert (await pair.south.peer("north")).keys == before
    assert "not accepted" in await pair.north.alarms()
    await exchanged(pair, "after")


@with_two_nodes
async def test_keys_that_were_lost_are_replaced_by_card_and_nothing_that_waited_is_lost(pair):
    await exchanged(pair, "before")
    pair.network.partition(["north"], ["south"])
    await pair.north.declare(an_activity("north", "waiting"))
    await pair.settle()
    holder = Holder("north")
    new = holder.next(holder.first(), lost=True)
    pair.north.signer.generation = 2
    await pair.north.declare(an_activity("north", "after the loss"))
    await pair.south.do(AddPeer(holder.card(new), "admin"))
    pair.network.heal()
    await exchanged(pair, "by card")
    assert await pair.south.held("north", "waiting") is not None
    assert await pair.south.held("north", "after the loss") is not None
    assert await pair.south.alarms() == []


@with_two_nodes
async def test_what_was_signed_with_a_key_as_it_was_revoked_is_signed_anew_and_arrives(pair):
    await exchanged(pair, "before")
    holder = Holder("north")
    first = holder.first()
    new = holder.next(first, revokes=(revoked(holder.pair("envelope", 1)),))
    await pair.north.do(RotateKeys(new.raw, new.said.number, "admin"))
    await pair.north.declare(an_activity("north", "between"))  # still by the key of before
    pair.north.signer.generation = new.said.number
    await pair.settle()
    await exchanged(pair, "after")
    assert await pair.south.held("north", "between") is not None
    assert await pair.south.alarms() == await pair.north.alarms() == []
