"""Matters of three parties: each hears the two others over lines of its own, in any order."""

import asyncio
import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from three_nodes import AGREEMENT, PARTIES, three_nodes

from wideberth.council.kinds import stand_of
from wideberth.council.refusals import NotFittingError
from wideberth.node.council import matters
from wideberth.node.council.hearing import heard
from wideberth.node.council.saying import Say
from wideberth.node.draft import Draft
from wideberth.node.refusals import NotFoundError
from wideberth.node.work import Work
from wideberth.peering.council.decision import (
    DecisionPosition,
    DecisionProposed,
    DecisionWithdrawn,
    Position,
)

PROPOSED = DecisionProposed(role="secretary", title="Frequencies", text="Use 243 MHz.")


def position_on(one, position):
    return DecisionPosition(opener=one.opener, matter=one.id, role="lead", position=position)


async def found(node, one):
    return await node.desk.read(lambda reader: matters.matter(reader, one.kind, one.opener, one.id))


async def opened(three):
    return (await three.nodes["north"].do(Say(PROPOSED, "user"))).matter


def test_a_step_that_comes_before_its_opening_waits_for_it():
    async def run():
        async with three_nodes() as three:
            one = await opened(three)
            await three.send("north", "south")
            await three.nodes["south"].do(Say(position_on(one, Position.RESERVE), "user"))
            await three.send("south", "east")
            assert await found(three.nodes["east"], one) is None
            assert await three.nodes["east"].alarms() == []
            await three.settle()
            seen = await found(three.nodes["east"], one)
            assert [step.party for step in seen.steps] == ["north", "south"]
            assert stand_of(seen, AGREEMENT).state == "reserved"
            assert seen.steps[1].index < seen.steps[0].index

    asyncio.run(run())


def test_a_step_that_cannot_be_taken_after_it_waited_is_an_alarm_and_the_others_are_taken():
    async def run():
        async with three_nodes() as three:
            east, south = three.nodes["east"], three.nodes["south"]
            one = await opened(three)
            forged = DecisionWithdrawn(opener="north", matter=one.id, turn=2, role="r")

            def take(transaction):
                draft = Draft(transaction)
                heard(Work(east.desk.bench, draft, 0.0), forged, "south", ("a" * 64, 500))
                draft.keep()

            await east.store.transact(take)
            await three.send("north", "south")
            await south.do(Say(position_on(one, Position.RESERVE), "user"))
            await three.send("south", "east")
            await three.settle()
            seen = await found(east, one)
            assert [step.party for step in seen.steps] == ["north", "south"]
            assert stand_of(seen, AGREEMENT).state == "reserved"
            assert await east.alarms() == ["step not taken"]

    asyncio.run(run())


def test_a_party_without_a_part_in_a_matter_hears_nothing_of_it_and_says_nothing_in_it():
    async def run():
        async with three_nodes() as three:
            east, south = three.nodes["east"], three.nodes["south"]
            parties = ("north", "south")
            said = DecisionProposed(role="r", title="T", text="t", parties=parties)
            one = (await three.nodes["north"].do(Say(said, "user"))).matter
            await three.settle()
            assert await found(east, one) is None
            forged = DecisionPosition(
                opener="north", matter=one.id, turn=2, role="r", position=Position.ADOPT
            )

            def take(transaction):
                work = Work(south.desk.bench, Draft(transaction), 0.0)
                with pytest.raises(NotFoundError, match="no part"):
                    heard(work, forged, "east", ("a" * 64, 0))

            await south.store.transact(take)

    asyncio.run(run())


MOVES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(PARTIES), st.sampled_from(Position)),
        st.tuples(st.sampled_from(PARTIES), st.sampled_from(PARTIES)),
    ),
    max_size=14,
)


@settings(max_examples=25)
@given(MOVES)
def test_three_sides_come_to_the_same_stand_however_lines_deliver(moves):
    async def run():
        async with three_nodes() as three:
            one = await opened(three)
            for who, what in moves:
                if isinstance(what, Position):
                    if await found(three.nodes[who], one) is not None:
                        with contextlib.suppress(NotFittingError):
                            answer = await three.nodes[who].do(Say(position_on(one, what), "user"))
                            assert answer.matter.steps[-1].party == who, "it knew all before it"
                elif what != who:
                    await three.send(who, what)
            await three.settle()
            held = [await found(node, one) for node in three.nodes.values()]
            said = [[(step.order, step.said) for step in matter.steps] for matter in held]
            assert said[0] == said[1] == said[2]
            assert len({repr(stand_of(matter, AGREEMENT)) for matter in held}) == 1

    asyncio.run(run())
