"""A case of interference between two nodes: from the report to its end, both hold the same."""

import asyncio
from dataclasses import replace

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
    said,
)
from key_scenes import Holder
from two_nodes import T0, an_activity, an_agreement, two_nodes

from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.model.activity import Disclosure
from wideberth.model.command import AddPeer, ClearAlarm, Suspend
from wideberth.model.footprint import Circle
from wideberth.model.interference import (
    LONGEST_PROMISE_S,
    Bearing,
    CaseState,
    CeaseAnswer,
    Effect,
    Outcome,
    Service,
    Source,
)
from wideberth.model.notice import CeaseRules, NoticeRules
from wideberth.node import queries, tables
from wideberth.node.case_records import StepKind
from wideberth.node.cases import MOST_MOVES, MOST_REMARKS
from wideberth.node.refusals import NotAllowedError, NotFoundError

CLOCK = {"cease request", "cease unanswered", "cease promise not kept"}


def played(scene, agreement=None):
    async def whole():
        async with two_nodes(agreement) as pair:
            result = await scene(pair)
            assert pair.network.failures == []
            return result

    return asyncio.run(whole())


async def red(node):
    """Return the kinds of alarms about cases that last at a node."""
    kinds = {"interference", "will not cease", *CLOCK}
    return sorted(kinds & set(await node.alarms()))


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


@pytest.mark.parametrize("service", list(Service))
def test_past_its_due_a_request_is_in_red_on_both_sides_and_not_before(service):
    rules = CeaseRules(answer_s=900.0, safety_s=300.0)
    owed_s = 300.0 if service.is_safety else 900.0
    agreement = an_agreement()
    agreement = replace(agreement, notice=replace(agreement.notice, cease=rules))

    async def scene(pair):
        await opened(pair.north, cease=True, report=a_report(service=service))
        await pair.settle()
        await pass_time(pair, owed_s - 5.0)
        assert await red(pair.north) == []
        assert await red(pair.south) == ["cease request"]
        await pass_time(pair, 10.0)
        assert await red(pair.north) == ["cease unanswered"]
        assert await red(pair.south) == ["cease request", "cease unanswered"]
        (theirs,) = await cases_of(pair.south)
        assert theirs.overdue
        assert theirs.due_s == T0 + owed_s
        texts = [
            next(a.text for a in await n.desk.read(queries.alarms) if a.kind == "cease unanswered")
            for n in (pair.north, pair.south)
        ]
        assert "south was asked" in texts[0]
        assert "no answer" in texts[0]
        assert "we owe north an answer" in texts[1]
        await answered(pair.south, CeaseAnswer.NOT_OURS)
        await pair.settle()
        assert await red(pair.north) == ["will not cease"]
        assert await red(pair.south) == []
        assert not (await cases_of(pair.north))[0].overdue

    played(scene, agreement)


def test_an_unanswered_request_climbs_the_levels_on_both_sides():
    async def scene(pair):
        await opened(pair.north, cease=True)
        await pair.settle()
        for node in (pair.north, pair.south):
            node.heard.alerts.clear()
        await pass_time(pair, 300.0 + 125.0)
        for node in (pair.north, pair.south):
            roles = [role for role, _text in node.heard.alerts]
            assert roles == ["duty officer", "duty officer", "deputy", "decision level"]

    played(scene)


def test_an_alarm_of_the_answer_clock_cannot_be_cleared_by_hand():
    async def scene(pair):
        await opened(pair.north, cease=True)
        await pair.settle()
        await pass_time(pair, 310.0)
        for node in (pair.north, pair.south):
            for alarm in await node.desk.read(queries.alarms):
                with pytest.raises(NotAllowedError):
                    await node.do(ClearAlarm(alarm.id, "p", "seen"))

    played(scene)


def test_a_promise_that_is_not_kept_is_in_red_on_both_sides_until_it_is():
    async def scene(pair):
        await opened(pair.north, cease=True)
        await pair.settle()
        await answered(pair.south, CeaseAnswer.CEASING, when_s=pair.clock.now + 600.0)
        await pair.settle()
        await pass_time(pair, 590.0)
        assert await red(pair.north) == await red(pair.south) == []
        await pass_time(pair, 20.0)
        assert await red(pair.north) == await red(pair.south) == ["cease promise not kept"]
        await answered(pair.south)
        await pair.settle()
        assert await red(pair.north) == await red(pair.south) == []

    played(scene)


def test_a_promise_runs_to_its_own_time_and_not_to_that_of_the_answer_before_it():
    async def scene(pair):
        await opened(pair.north, cease=True)
        await pair.settle()
        await pass_time(pair, 290.0)
        await answered(pair.south, CeaseAnswer.CEASING, when_s=T0 + 310.0)
        await pair.settle()
        await pass_time(pair, 18.0, step_s=3.0)
        assert await red(pair.north) == await red(pair.south) == []
        await pass_time(pair, 4.0, step_s=1.0)
        assert await red(pair.north) == await red(pair.south) == ["cease promise not kept"]

    played(scene)


def test_asking_again_after_a_broken_promise_begins_anew_and_is_not_overdue_at_once():
    async def scene(pair):
        await opened(pair.north, cease=True)
        await pair.settle()
        await answered(pair.south, CeaseAnswer.CEASING, when_s=T0 + 60.0)
        await pair.settle()
        await pass_time(pair, 100.0)
        await asked(pair.north)
        await pair.settle()
        for node in (pair.north, pair.south):
            (case,) = await cases_of(node)
            assert (case.state, case.overdue, case.due_s) == (CaseState.ASKED, False, T0 + 400.0)
        assert await red(pair.north) == []
        assert await red(pair.south) == ["cease request"]
        await pass_time(pair, 310.0)
        assert await red(pair.north) == ["cease unanswered"]

    played(scene)


def test_a_report_is_in_red_with_who_was_told_until_somebody_there_acts_on_it():
    async def scene(pair):
        await opened(pair.north)
        await pair.settle()
        await observed(pair.north)
        await pair.settle()
        assert await red(pair.south) == ["interference"]
        await observed(pair.south)
        assert await red(pair.south) == []

    played(scene)


@pytest.mark.parametrize("wait_s", [0.0, 400.0])
@pytest.mark.parametrize("answer", [None, CeaseAnswer.CEASING, CeaseAnswer.CANNOT], ids=str)
def test_closing_ends_every_alarm_of_a_case_on_both_sides(answer, wait_s):
    async def scene(pair):
        await opened(pair.north, cease=True)
        await pair.settle()
        if answer is not None:
            reason = "a rescue" if answer.needs_reason else ""
            await answered(pair.south, answer, reason=reason)
            await pair.settle()
        await pass_time(pair, wait_s)
        is_red = bool(await red(pair.north))
        assert is_red == (wait_s > 0.0 or answer is CeaseAnswer.CANNOT)
        await closed(pair.north)
        await pair.settle()
        await pass_time(pair, 100.0)
        assert await red(pair.north) == await red(pair.south) == []
        held = [case.due_s for node in (pair.north, pair.south) for case in await cases_of(node)]
        assert held == [None, None]

    played(scene)


def test_asking_again_does_not_put_the_clock_off():
    async def scene(pair):
        await opened(pair.north, cease=True)
        await pair.settle()
        await pass_time(pair, 200.0)
        await asked(pair.north)
        await pair.settle()
        (ours,), (theirs,) = await cases_of(pair.north), await cases_of(pair.south)
        assert ours.due_s == theirs.due_s == T0 + 300.0

    played(scene)


def test_asking_again_after_an_answer_runs_a_new_clock_and_ends_what_was_in_red():
    async def scene(pair):
        await opened(pair.north, cease=True)
        await pair.settle()
        await answered(pair.south, CeaseAnswer.CANNOT, reason="a rescue is under way")
        await pair.settle()
        assert await red(pair.north) == ["will not cease"]
        await pass_time(pair, 1000.0, step_s=100.0)
        await asked(pair.north)
        await pair.settle()
        assert await red(pair.north) == []
        assert await red(pair.south) == ["cease request"]
        assert (await cases_of(pair.south))[0].due_s == T0 + 1300.0

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


def test_a_request_that_waits_for_the_line_says_line_fault_and_is_overdue_where_it_comes_to():
    async def scene(pair):
        pair.network.partition(["north"], ["south"])
        await opened(pair.north, cease=True)
        await pass_time(pair, 310.0, step_s=50.0)
        (alarm,) = [
            a for a in await pair.north.desk.read(queries.alarms) if a.kind == "cease unanswered"
        ]
        assert "line fault" in alarm.text
        assert await cases_of(pair.south) == []
        pair.network.heal()
        await pair.settle()
        await pair.south.tick()
        assert "cease unanswered" in await red(pair.south)
        await answered(pair.south)
        await pair.settle()
        assert await red(pair.north) == await red(pair.south) == []

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


@pytest.mark.parametrize(
    "move",
    [
        lambda pair: asked(pair.south),
        lambda pair: asked(pair.north, "NO-SUCH"),
        lambda pair: closed(pair.south),
        lambda pair: answered(pair.north),
        lambda pair: answered(pair.south, case="NO-SUCH"),
        lambda pair: observed(pair.south, ""),
        lambda pair: observed(pair.south, "x" * 2001),
        lambda pair: asked(pair.north, role=""),
        lambda pair: asked(pair.north, words="x" * 2001),
        lambda pair: opened(pair.north),
        lambda pair: opened(pair.north, case=" "),
        lambda pair: opened(pair.north, case="x" * 201),
        lambda pair: opened(pair.north, case="B", peer="west"),
        lambda pair: opened(pair.north, case="B", report=a_report(system="x" * 201)),
        lambda pair: answered(pair.south, CeaseAnswer.CANNOT),
        lambda pair: answered(pair.south, CeaseAnswer.CEASING, when_s=T0),
        lambda pair: answered(pair.south, CeaseAnswer.CEASING, when_s=T0 + LONGEST_PROMISE_S + 1),
        lambda pair: answered(pair.south, CeaseAnswer.CEASED, when_s=T0 + 1.0),
        lambda pair: answered(pair.south, CeaseAnswer.NOT_OURS, when_s=T0),
    ],
)
def test_what_is_refused_leaves_nothing(move):
    async def scene(pair):
        await opened(pair.north, cease=True)
        await pair.settle()
        before = [await cases_of(node) for node in (pair.north, pair.south)]
        size = [(await node.peer(o)).out_sequence for node, o in both(pair)]
        with pytest.raises(WideberthError):
            await move(pair)
        assert [await cases_of(node) for node in (pair.north, pair.south)] == before
        assert [(await node.peer(o)).out_sequence for node, o in both(pair)] == size

    played(scene)


def both(pair):
    return (pair.north, "south"), (pair.south, "north")


def test_nobody_answers_what_nobody_asked():
    async def scene(pair):
        await opened(pair.north)
        await pair.settle()
        with pytest.raises(NotAllowedError):
            await answered(pair.south)
        await closed(pair.north)
        await pair.settle()
        for move in (answered(pair.south), asked(pair.north), closed(pair.north)):
            with pytest.raises(NotAllowedError):
                await move

    played(scene)


def test_cases_without_a_name_are_numbered_and_take_no_name_that_is_there():
    async def scene(pair):
        await opened(pair.north, case="I-2")
        names = [(await opened(pair.north, case="")).id for _ in range(3)]
        assert names == ["I-1", "I-3", "I-4"]
        assert (await opened(pair.south, case="")).id == "I-1"
        await pair.settle()
        assert len(await cases_of(pair.north)) == len(await cases_of(pair.south)) == 5

    played(scene)


def test_a_private_activity_and_a_conflict_with_it_cannot_be_named_nor_told_from_none():
    async def scene(pair):
        await pair.south.declare(an_activity("south", "B1"))
        await pair.settle()
        await pair.north.declare(an_activity(name="HUSH", disclose=Disclosure.PRIVATE))
        (met,) = await pair.north.conflicts()
        assert met.private
        told = []
        for source in (Source("north", "HUSH"), Source("north", "NONE"), Source("west", "W1")):
            with pytest.raises(ImpossibleValueError) as refusal:
                await opened(pair.north, report=a_report(source=source))
            told.append(str(refusal.value))
        assert len(set(told)) == 1
        told = []
        for conflict in (met.id, "none"):
            with pytest.raises(ImpossibleValueError) as refusal:
                await opened(pair.north, report=a_report(conflict=conflict))
            told.append(str(refusal.value))
        assert len(set(told)) == 1
        await pair.settle()
        assert await cases_of(pair.south) == []

    played(scene)


def test_a_suspected_activity_and_a_conflict_that_both_know_are_named():
    async def scene(pair):
        await pair.south.declare(an_activity("south", "B1"))
        await pair.north.declare(an_activity(name="A1"))
        await pair.settle()
        (met,) = await pair.north.conflicts()
        report = a_report(source=Source("south", "B1", "their radar"), conflict=met.id)
        await opened(pair.north, report=report)
        await pair.settle()
        (theirs,) = await cases_of(pair.south)
        assert (theirs.report.source.activity, theirs.report.conflict) == ("B1", met.id)
        assert (await pair.south.conflicts())[0].id == met.id

    played(scene)


def test_one_side_cannot_fill_a_case_so_that_the_other_cannot_speak():
    async def scene(pair):
        await opened(pair.north, cease=True)
        for _ in range(MOST_REMARKS):
            await observed(pair.north)
        for _ in range(MOST_MOVES - 1):
            await asked(pair.north)
        for move in (observed(pair.north), asked(pair.north)):
            with pytest.raises(NotAllowedError):
                await move
        await pair.settle(rounds=400)
        await observed(pair.south)
        await answered(pair.south)
        await closed(pair.north)
        await pair.settle()
        assert (await cases_of(pair.south))[0].state is CaseState.CLOSED

    played(scene)


def test_a_third_party_has_no_part_in_a_case():
    async def scene(pair):
        await opened(pair.north, cease=True)
        await pair.settle()
        with pytest.raises(NotFoundError):
            await answered(pair.south, opener="west")

    played(scene)


def test_an_agreement_that_says_nothing_gives_fifteen_minutes_and_safety_five():
    assert NoticeRules().cease == CeaseRules(answer_s=900.0, safety_s=300.0, clause="")
