"""Concerns between two nodes: overdue on both sides, suspended or not; nothing private is cited."""

import asyncio

import pytest
from assurance_scenes import AGREEMENT, given_by, near
from msgspec import structs
from two_nodes import T0, two_nodes

from wideberth.council import assurance, concern
from wideberth.model.activity import Disclosure
from wideberth.model.command import Suspend
from wideberth.node import queries
from wideberth.node.council import matters
from wideberth.node.council.saying import Say
from wideberth.node.refusals import NotAllowedError
from wideberth.peering.council.concern import (
    Cited,
    ConcernAnswered,
    ConcernRaised,
    ConcernWithdrawn,
    Evidence,
)

D = 86400.0
RAISED = ConcernRaised(
    role="deputy", title="Low passes", words="Two low passes.", clause="default air"
)


async def raised_by(node, **more):
    return (await node.do(Say(structs.replace(RAISED, **more), "user"))).matter


def said(matter, body, **more):
    body = body(opener=matter.opener, matter=matter.id, role="deputy", **more)
    return Say(body, "user")


async def stands(node, matter):
    kept = await node.desk.read(lambda r: matters.matter(r, matter.kind, matter.opener, matter.id))
    return concern.stand(kept, AGREEMENT)


async def red(node):
    found = await node.desk.read(queries.alarms)
    return {one.kind: one for one in found if "overdue" in one.kind or one.kind == "concern"}


def test_silence_is_in_red_on_both_sides_with_the_clause_also_while_the_exchange_is_suspended():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            await pair.south.do(Suspend("north", True, "admin", "for reasons"))
            one = await raised_by(pair.south, urgent=True)
            await pair.settle()
            assert set(await red(pair.north)) == {"concern"}
            pair.clock.now = T0 + 2 * D
            for node in (pair.north, pair.south):
                await node.tick()
                alarm = (await red(node))["answer overdue"]
                assert "(default air)" in alarm.text
            assert "we owe" in (await red(pair.north))["answer overdue"].text
            assert "no answer" in (await red(pair.south))["answer overdue"].text
            pair.clock.now += 60.0
            await pair.north.tick()
            assert (await red(pair.north))["answer overdue"].roles == ("duty officer", "deputy")
            await pair.north.do(said(one, ConcernAnswered, words="It was a charter flight."))
            await pair.settle()
            for node in (pair.north, pair.south):
                assert await red(node) == {}
                assert (await stands(node, one)).state == "answered"

    asyncio.run(run())


def test_silence_of_the_line_is_told_from_silence_of_people():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            pair.network.partition(["north"], ["south"])
            await raised_by(pair.south)
            pair.clock.now = T0 + 7 * D
            await pair.south.tick()
            assert "line fault" in (await red(pair.south))["answer overdue"].text

    asyncio.run(run())


def test_an_answer_that_crosses_the_withdrawal_leaves_the_same_on_both_sides():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await raised_by(pair.south)
            await pair.settle()
            await pair.north.do(said(one, ConcernAnswered, words="It was ours."))
            await pair.south.do(said(one, ConcernWithdrawn, words="It was a mistake."))
            await pair.settle()
            first, other = await stands(pair.north, one), await stands(pair.south, one)
            assert first == other
            assert first.state == "withdrawn"
            assert first.positions == {"north": "answered"}

    asyncio.run(run())


@pytest.mark.parametrize("kind", [Evidence.ACTIVITY, Evidence.CONFLICT])
def test_what_is_private_is_no_evidence_and_nothing_of_it_is_told(kind):
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            await pair.north.declare(near("T", party="north"))
            await pair.settle()
            await pair.south.declare(near("SECRET", party="south", disclose=Disclosure.PRIVATE))
            (met,) = await pair.south.conflicts()
            assert met.private
            what = "south/SECRET" if kind is Evidence.ACTIVITY else met.id
            before = (await pair.south.peer("north")).out_sequence
            cited = Cited(kind=kind, what=what, vouched_by="duty officer")
            with pytest.raises(NotAllowedError, match="do not know"):
                await raised_by(pair.south, evidence=(cited,))
            assert (await pair.south.peer("north")).out_sequence == before
            known = Cited(kind=Evidence.ACTIVITY, what="north/T", vouched_by="duty officer")
            assert (await raised_by(pair.south, evidence=(known,))).id == "CN-1"

    asyncio.run(run())


def test_what_a_suspended_exchange_kept_from_the_other_side_is_no_evidence_either():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            await pair.south.do(Suspend("north", True, "admin", "for reasons"))
            await pair.south.declare(near("KEPT", party="south"))
            cited = Cited(kind=Evidence.ACTIVITY, what="south/KEPT", vouched_by="duty officer")
            with pytest.raises(NotAllowedError, match="do not know"):
                await raised_by(pair.south, evidence=(cited,))
            await pair.south.do(Suspend("north", False, "admin", ""))
            assert (await raised_by(pair.south, evidence=(cited,))).id == "CN-1"

    asyncio.run(run())


def test_an_answer_comes_with_an_assurance_and_each_names_the_other():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await raised_by(pair.south)
            await pair.settle()
            promise = await given_by(pair.north, answers=one.ref)
            answered = said(one, ConcernAnswered, words="See there.", assurance=promise.ref)
            await pair.north.do(answered)
            await pair.settle()
            assert (await stands(pair.south, one)).assurances == (promise.ref,)
            kept = await pair.south.desk.read(
                lambda r: matters.matter(r, "assurance", "north", promise.id)
            )
            assert assurance.stand(kept, AGREEMENT).answers == one.ref

    asyncio.run(run())
