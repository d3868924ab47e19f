"""A case of interference between two nodes: from the report to its end, both hold the same."""

import pytest
from behind import pass_time
from hypothesis import given, settings
from hypothesis import strategies as st
from interference_scenes import (
    a_report,
    answered,
    asked,
    cases_of,
    closed,
    observed,
    opened,
    played,
    red,
    said,
)
from key_scenes import Holder
from two_nodes import T0, an_activity

from wideberth.errors import WideberthError
from wideberth.model.command import AddPeer, Suspend
from wideberth.model.footprint import Circle
from wideberth.model.interference import (
    Bearing,
    CaseState,
    CeaseAnswer,
    Effect,
    Outcome,
)
from wideberth.node import tables
from wideberth.node.case_records import StepKind


def test_a_request_is_answered_and_the_case_closed_and_both_sides_hold_all_of_it():
    async def scene(pair):
        await opened(pair.north, report=a_report(place=Circle((33.0, 34.0), 5000.0), action="x"))
        await pair.settle()
        assert await red(pair.south) == ["interference"]
        await asked(pair.north, words="please switch off")
        await pair.settle()
        assert await red(pair.south) == ["cease request"]
        await observed(pair.south, effect=Effect.DEGRADED, bearing=Bearing(225.0, (33.2, 34.1)))
        until_s = pair.clock.now + 120.0
        await answered(pair.south, CeaseAnswer.CEASING, when_s=until_s, reason="our own test")
        await pair.settle()
        assert (await cases_of(pair.north))[0].state is CaseState.CEASING
        assert await red(pair.south) == []
        pair.clock.now += 60.0
        await answered(pair.south)
        await pair.settle()
        await closed(pair.north)
        await pair.settle()
        await observed(pair.south, "we see it otherwise")
        await pair.settle()
        (ours,), (theirs,) = await cases_of(pair.north), await cases_of(pair.south)
        assert said(ours) == said(theirs)
        kinds = " ".join(step.kind.value for step in ours.steps)
        assert kinds == "opened asked observed answered answered closed observed"
        assert [step.number for step in ours.steps] == list(range(1, 8))
        assert (ours.state, ours.outcome) == (CaseState.CLOSED, Outcome.CEASED)
        assert ours.answer is CeaseAnswer.CEASED
        assert await cases_of(pair.north, is_open=True) == []
        assert await red(pair.north) == await red(pair.south) == []
        await pass_time(pair, 2000.0, step_s=100.0)
        assert await red(pair.north) == await red(pair.south) == []

    played(scene)


def test_every_step_stands_in_both_ledgers_and_says_that_the_peer_has_it():
    async def scene(pair):
        await opened(pair.north, cease=True)
        (before,) = await cases_of(pair.north)
        assert [step.delivered_s for step in before.steps] == [None, None]
        await pair.settle()
        for node in (pair.north, pair.south):
            (case,) = await cases_of(node)
            for step in case.steps:
                entry = await node.desk.read(
                    lambda r, at=step.index: r.get(tables.ENTRY, tables.key(at))
                )
                assert entry is not None
        (ours,) = await cases_of(pair.north)
        assert all(step.delivered_s == pair.clock.now for step in ours.steps)
        assert await pair.north.desk.read(lambda r: list(r.scan(tables.CASE_SAID))) == []

    played(scene)


def test_who_gave_it_is_told_to_nobody_and_the_role_is():
    async def scene(pair):
        await opened(pair.north, cease=True)
        await pair.settle()
        (ours,), (theirs,) = await cases_of(pair.north), await cases_of(pair.south)
        assert {step.by for step in ours.steps} == {"ann"}
        assert {step.by for step in theirs.steps} == {""}
        assert {step.role for step in theirs.steps} == {"duty officer"}

    played(scene)


def test_a_request_that_waits_while_keys_are_lost_is_signed_anew_and_known_as_delivered():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await pair.settle()
        pair.network.partition(["north"], ["south"])
        await opened(pair.north, cease=True)
        await pair.settle()
        holder = Holder("north")
        new = holder.next(holder.first(), lost=True)
        pair.north.signer.generation = 2
        await pair.south.do(AddPeer(holder.card(new), "admin"))
        pair.network.heal()
        pair.clock.now += 30.0
        for _ in range(3):  # refused, signed anew, taken
            await pair.settle()
        (ours,), (theirs,) = await cases_of(pair.north), await cases_of(pair.south)
        assert said(ours) == said(theirs)
        assert [step.delivered_s for step in ours.steps] == [pair.clock.now] * 2
        assert ours.due_s == theirs.due_s == T0 + 300.0
        held = await pair.north.desk.read(lambda r: list(r.scan(tables.CASE_SAID)))
        assert held == []

    played(scene)


@pytest.mark.parametrize("suspender", ["north", "south"])
def test_a_suspended_exchange_stops_no_request_no_answer_and_no_closing(suspender):
    async def scene(pair):
        north, south = pair.north, pair.south
        node, other = (north, south) if suspender == "north" else (south, north)
        await node.do(Suspend(other.party, suspended=True, by="p", reason="a dispute"))
        await pair.settle()
        await north.declare(an_activity())
        await opened(north, cease=True)
        await pair.settle()
        assert await south.held("north", "A1") is None, "the exchange is suspended"
        await answered(south)
        await observed(south)
        await pair.settle()
        await closed(north)
        await pair.settle()
        (ours,), (theirs,) = await cases_of(north), await cases_of(south)
        assert said(ours) == said(theirs)
        assert ours.state is CaseState.CLOSED

    played(scene)


def test_messages_that_come_twice_and_late_make_no_second_case_and_no_second_step():
    async def scene(pair):
        for line in pair.network.both("north", "south"):
            line.duplicate, line.drop_answer, line.late = 0.5, 0.3, 0.3
        await opened(pair.north, cease=True)
        for number in range(8):
            await observed(pair.north, f"seen {number}")
            await observed(pair.south, f"heard {number}") if await cases_of(pair.south) else None
            await pair.settle()
        pair.network.heal()
        await pair.network.settle()
        await pair.settle()
        (ours,), (theirs,) = await cases_of(pair.north), await cases_of(pair.south)
        assert said(ours) == said(theirs)
        messages = [step.message for step in ours.steps]
        assert len(set(messages)) == len(messages)

    played(scene)


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["ask", "ceasing", "ceased", "cannot", "not-ours", "see", "hear", "close"]),
        st.sampled_from([0.0, 20.0, 299.0, 301.0, 700.0]),
        st.booleans(),
    ),
    max_size=7,
)


async def moved(pair, move):
    """Make a move where the state of things allows it."""
    try:
        match move:
            case "ask":
                await asked(pair.north)
            case "ceasing":
                await answered(pair.south, CeaseAnswer.CEASING)
            case "ceased":
                await answered(pair.south)
            case "cannot":
                await answered(pair.south, CeaseAnswer.CANNOT, reason="a rescue")
            case "not-ours":
                await answered(pair.south, CeaseAnswer.NOT_OURS)
            case "see":
                await observed(pair.north)
            case "hear":
                await observed(pair.south)
            case "close":
                await closed(pair.north)
    except WideberthError:
        pass


@settings(max_examples=60, deadline=None)
@given(MOVES)
def test_whatever_is_said_in_whatever_order_both_hold_the_same_and_red_follows_the_clock(moves):
    async def scene(pair):
        await opened(pair.north)
        for move, wait_s, is_told in moves:
            await moved(pair, move)
            if is_told:
                await pair.settle()
            pair.clock.now += wait_s
            for node in (pair.north, pair.south):
                await node.tick()
        await pair.settle()
        for node in (pair.north, pair.south):
            await node.tick()
        await pair.settle()
        (ours,), (theirs,) = await cases_of(pair.north), await cases_of(pair.south)
        assert said(ours)[:4] == said(theirs)[:4]
        assert said(ours)[-1] == said(theirs)[-1], "no step is lost or changed"
        for node, case in ((pair.north, ours), (pair.south, theirs)):
            is_late = case.is_running and case.due_s <= pair.clock.now
            assert case.overdue == is_late
            lasting = set(await red(node)) & {"cease unanswered", "cease promise not kept"}
            assert bool(lasting) == is_late
            assert (case.state is CaseState.CLOSED) == (case.closed_s is not None)
        assert "not accepted" not in await pair.north.alarms()
        is_asking = theirs.state is CaseState.ASKED
        assert ("cease request" in await red(pair.south)) == is_asking
        if not any(step.kind is StepKind.CLOSED for step in ours.steps):
            listed = await cases_of(pair.north, is_open=True)
            assert listed == [ours]

    played(scene)


def test_an_answer_that_crosses_a_closing_is_kept_and_changes_nothing():
    async def scene(pair):
        await opened(pair.north, cease=True)
        await pair.settle()
        await closed(pair.north, Outcome.UNEXPLAINED)
        await answered(pair.south, CeaseAnswer.DISPUTED, reason="not before noon")
        await pair.settle()
        (ours,), (theirs,) = await cases_of(pair.north), await cases_of(pair.south)
        assert ours.state is theirs.state is CaseState.CLOSED
        assert [step.kind.value for step in ours.steps][-2:] == ["closed", "answered"]
        assert await red(pair.north) == await red(pair.south) == []
        assert "not accepted" not in await pair.south.alarms()

    played(scene)
