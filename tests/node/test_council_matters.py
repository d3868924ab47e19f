"""Matters between two nodes: what is said on one side stands on both."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from key_scenes import Holder
from msgspec import structs
from two_nodes import an_activity, an_agreement, two_nodes

from wideberth.council.kinds import KINDS, stand_of
from wideberth.council.refusals import NotFittingError
from wideberth.errors import WideberthError
from wideberth.model.agreement import Clause
from wideberth.model.command import AddPeer, Suspend
from wideberth.node import tables
from wideberth.node.council import matters
from wideberth.node.council.hearing import heard
from wideberth.node.council.saying import Say
from wideberth.node.draft import Draft
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.node.settings import Settings
from wideberth.node.work import Work
from wideberth.peering.council.decision import (
    DecisionPosition,
    DecisionProposed,
    DecisionWithdrawn,
    Position,
)

AGREEMENT = an_agreement()
PROPOSED = DecisionProposed(role="secretary", title="Frequencies", text="Use 243 MHz for distress.")


async def proposed(node, **different):
    answer = await node.do(Say(structs.replace(PROPOSED, **different), "user"))
    return answer.matter


def position_on(matter, position, **more):
    return DecisionPosition(
        opener=matter.opener, matter=matter.id, role="secretary", position=position, **more
    )


async def found(node, matter):
    return await node.desk.read(
        lambda reader: matters.matter(reader, matter.kind, matter.opener, matter.id)
    )


async def stand(node, matter):
    return stand_of(await found(node, matter), AGREEMENT)


def test_a_decision_that_both_adopt_stands_on_both_sides_and_is_in_both_ledgers():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await proposed(pair.north)
            await pair.settle()
            assert (await stand(pair.south, one)).state == "proposed"
            await pair.south.do(Say(position_on(one, Position.ADOPT, dissent="not at night"), "u"))
            await pair.settle()
            for node in (pair.north, pair.south):
                said = await stand(node, one)
                assert (said.state, said.is_open) == ("adopted", False)
                assert said.dissents[0].words == "not at night"
            north, south = await found(pair.north, one), await found(pair.south, one)
            assert north.steps[0].deliveries[0].message == south.steps[0].message
            assert south.steps[1].deliveries[0].message == north.steps[1].message
            assert north.steps[0].is_delivered
            assert south.steps[1].is_delivered
            assert north.steps[1].by == ""
            for node, matter in ((pair.north, north), (pair.south, south)):
                indices = {
                    *(s.index for s in matter.steps if s.message),
                    *(d.index for s in matter.steps for d in s.deliveries),
                }
                assert len(indices) == 2
                assert min(indices) >= 0
                assert await node.desk.read(lambda r: matters.matters(r, is_open=True)) == ([], "")

    asyncio.run(run())


MOVES = st.lists(
    st.tuples(
        st.sampled_from(("north", "south", "line")),
        st.sampled_from((*Position, "withdraw")),
    ),
    min_size=1,
    max_size=10,
)


@settings(max_examples=40)
@given(MOVES)
def test_both_sides_come_to_the_same_stand_however_their_messages_cross(moves):
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await proposed(pair.north)
            await pair.settle()
            for who, what in moves:
                if who == "line":
                    await pair.settle()
                    continue
                node = getattr(pair, who)
                said = (
                    DecisionWithdrawn(opener=one.opener, matter=one.id, role="secretary")
                    if what == "withdraw"
                    else position_on(one, what)
                )
                try:
                    await node.do(Say(said, "user"))
                except NotFittingError:
                    assert what == "withdraw" or not (await stand(node, one)).is_open
            await pair.settle()
            north, south = await found(pair.north, one), await found(pair.south, one)
            assert [(s.order, s.said) for s in north.steps] == [
                (s.order, s.said) for s in south.steps
            ]
            assert stand_of(north, AGREEMENT) == stand_of(south, AGREEMENT)

    asyncio.run(run())


def test_a_step_that_crossed_the_end_stays_in_the_record_and_changes_nothing():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await proposed(pair.north)
            await pair.settle()
            await pair.south.do(Say(position_on(one, Position.DEFER), "u"))
            withdrawn = DecisionWithdrawn(opener="north", matter=one.id, role="secretary")
            await pair.north.do(Say(withdrawn, "u"))
            await pair.settle()
            for node in (pair.north, pair.south):
                said = await stand(node, one)
                assert said.state == "withdrawn"
                assert [(i.party, i.why) for i in said.idle] == [
                    ("south", "the decision was withdrawn already")
                ]

    asyncio.run(run())


def test_a_suspended_exchange_stops_nothing_that_is_said_in_the_council():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            await pair.north.do(Suspend("south", True, "admin", "for reasons"))
            one = await proposed(pair.north)
            await pair.settle()
            await pair.south.do(Say(position_on(one, Position.ADOPT), "u"))
            await pair.settle()
            assert (await stand(pair.north, one)).state == "adopted"

    asyncio.run(run())


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        (structs.replace(PROPOSED, clause="no such"), NotFittingError, "clause"),
        (structs.replace(PROPOSED, role=" "), NotAllowedError, "role"),
        (structs.replace(PROPOSED, parties=("north",)), NotAllowedError, "another party"),
        (structs.replace(PROPOSED, parties=("west",)), NotFoundError, "no peer"),
        (structs.replace(PROPOSED, text=""), NotAllowedError, "no other node could read"),
        (structs.replace(PROPOSED, matter="x" * 201), NotAllowedError, "too long"),
        (
            DecisionWithdrawn(opener="south", matter="D-1", role="secretary"),
            NotFoundError,
            "no such decision",
        ),
    ],
)
def test_what_cannot_be_said_is_refused_and_leaves_nothing(said, error, words):
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            with pytest.raises(error, match=words):
                await pair.north.do(Say(said, "user"))
            assert await pair.north.desk.read(matters.matters) == ([], "")
            assert (await pair.north.peer("south")).out_sequence == 0

    asyncio.run(run())


def test_a_name_is_used_once_and_the_node_numbers_what_has_none():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            names = [(await proposed(pair.north)).id for _ in range(2)]
            assert names == ["D-1", "D-2"]
            with pytest.raises(NotAllowedError, match="of that name"):
                await proposed(pair.north, matter="D-2")

    asyncio.run(run())


FORGED = structs.replace(
    PROPOSED, opener="north", matter="D-1", turn=1, at_s=1.0, parties=("north", "south")
)


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"opener": "south"}, "in the name of another"),
        ({"turn": 2}, "not in turn"),
        ({"matter": " "}, "without a name"),
        ({"parties": ("north", "west")}, "parties"),
        ({"parties": ("north",)}, "parties"),
        ({"parties": ("north", "south", "north")}, "named twice"),
        ({"role": " "}, "without a role"),
        ({"clause": "no such"}, "clause"),
    ],
)
def test_an_opening_that_is_not_as_it_must_be_is_not_taken(different, words):
    refused(structs.replace(FORGED, **different), words)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (DecisionWithdrawn(opener="south", matter="D-1", turn=5, role="r"), "only south may"),
        (DecisionWithdrawn(opener="south", matter="D-1", turn=0, role="r"), "not in turn"),
        (DecisionWithdrawn(opener="south", matter="D-1", turn=1, role="r"), "not in turn"),
        (DecisionWithdrawn(opener="south", matter="D-1", turn=9999, role="r"), "not in turn"),
        (DecisionWithdrawn(opener="south", matter="D-7", turn=2, role="r"), "no decision"),
        (DecisionWithdrawn(opener="west", matter="D-1", turn=2, role="r"), "no decision"),
    ],
)
def test_a_step_that_its_sender_may_not_say_is_not_taken(said, words):
    refused(said, words)


def refused(said, words):
    """Check that south, which has opened D-1, does not take a step from north."""

    async def run():
        async with two_nodes(AGREEMENT) as pair:
            opened = await proposed(pair.south)
            desk = pair.south.desk

            def take(transaction):
                work = Work(desk.bench, Draft(transaction), pair.clock.now_s())
                with pytest.raises(WideberthError, match=words):
                    heard(work, said, "north", ("0" * 64, 7))

            await pair.south.store.transact(take)
            assert await found(pair.south, opened) == opened

    asyncio.run(run())


def test_one_side_cannot_keep_the_other_from_speaking():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            one = await proposed(pair.north)
            await pair.settle()
            for _ in range(matters.MOST_STEPS - 1):
                await pair.north.do(Say(position_on(one, Position.DEFER), "u"))
            with pytest.raises(NotFittingError, match="far too much"):
                await pair.north.do(Say(position_on(one, Position.DEFER), "u"))
            await pair.settle()
            await pair.south.do(Say(position_on(one, Position.ADOPT), "u"))

    asyncio.run(run())


def test_every_kind_of_matter_has_a_name_of_its_own_for_all_it_says():
    for name, kind in KINDS.items():
        assert kind.name == name
        bodies = [kind.opening, *kind.steps.values()]
        assert {body.kind for body in bodies} == {name}
        assert len(set(bodies)) == len(bodies)
        assert all(
            body.__struct_config__.tag.startswith(name) or body.kind == name for body in bodies
        )
    assert len({kind.prefix for kind in KINDS.values()}) == len(KINDS)


def test_what_waits_while_keys_are_lost_is_signed_anew_and_known_as_delivered():
    async def run():
        async with two_nodes(AGREEMENT) as pair:
            await pair.north.declare(an_activity())
            await pair.settle()
            pair.network.partition(["north"], ["south"])
            one = await proposed(pair.north)
            before = (await found(pair.north, one)).steps[0].deliveries[0].message
            await pair.settle()
            holder = Holder("north")
            new = holder.next(holder.first(), lost=True)
            pair.north.signer.generation = 2
            await pair.south.do(AddPeer(holder.card(new), "admin"))
            pair.network.heal()
            pair.clock.now += 30.0
            for _ in range(3):  # refused, signed anew, taken
                await pair.settle()
            ours, theirs = await found(pair.north, one), await found(pair.south, one)
            delivery = ours.steps[0].deliveries[0]
            assert delivery.delivered_s == pair.clock.now
            assert delivery.message == theirs.steps[0].message != before
            assert await pair.north.desk.read(lambda r: list(r.scan(tables.MATTER_SAID))) == []

    asyncio.run(run())


def test_a_step_that_the_peer_does_not_accept_says_so_and_raises_an_alarm():
    async def run():
        clauses = (*AGREEMENT.clauses, Clause("N9", "A clause that south does not know."))
        async with two_nodes(AGREEMENT) as pair:
            desk = pair.north.desk
            mine = Settings.of("north", replace(AGREEMENT, clauses=clauses))
            desk.bench = replace(
                desk.bench, settings=replace(mine, digest=desk.bench.settings.digest)
            )
            one = await proposed(pair.north, clause="N9")
            await pair.settle()
            assert await found(pair.south, one) is None
            delivery = (await found(pair.north, one)).steps[0].deliveries[0]
            assert delivery.delivered_s is not None
            assert "clause" in delivery.problems[0]
            assert "not accepted" in await pair.north.alarms()

    asyncio.run(run())
