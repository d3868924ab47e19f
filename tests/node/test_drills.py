"""Drills between two nodes: called by the nodes, answered by people; a miss says why (R19)."""

import asyncio
from dataclasses import replace

import pytest
from behind import pass_time
from drill_scenes import (
    FOUR_S,
    NINE_S,
    answer_all,
    call,
    drilled_agreement,
    drills,
    in_drill,
    red,
    say,
    scores,
    states,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from two_nodes import T0, an_activity, two_nodes

from wideberth.council.drill_stand import stand
from wideberth.council.refusals import NotFittingError
from wideberth.errors import ImpossibleValueError
from wideberth.formats.slip_checkin import CheckIn, checkin_code
from wideberth.model.command import Suspend
from wideberth.node.climbing import secret_of
from wideberth.node.council.drilling import REVISION, code_name
from wideberth.node.refusals import NotAllowedError
from wideberth.peering.council.drill import (
    DrillAcknowledged,
    DrillAnswered,
    DrillPassed,
    DrillRead,
    DrillResumed,
    Exercise,
)

AGREEMENT = drilled_agreement()


def played(scene, agreement=AGREEMENT):
    async def whole():
        async with two_nodes(agreement) as pair:
            await pass_time(pair, 60.0, step_s=30.0)
            await scene(pair)

    asyncio.run(whole())


async def until(pair, at_s, step_s=60.0):
    await pass_time(pair, at_s - pair.clock.now, step_s=step_s)


def nodes(pair):
    return ((pair.north, "south"), (pair.south, "north"))


def test_both_nodes_call_at_the_agreements_times_and_people_answer():
    async def scene(pair):
        await until(pair, NINE_S + 60.0)
        for node, other in nodes(pair):
            (one,) = await drills(node, opener=node.party)
            assert one.id == f"20270115-0900-{other}"
            assert one.opening.role == "node"
            assert "DRILL call" in await node.alarms()
            assert await answer_all(node) == 1
        await pair.settle()
        for node, _other in nodes(pair):
            assert await states(node) == ["answered", "answered"]
            assert await node.alarms() == []
        await until(pair, NINE_S + 900.0)
        for node, _other in nodes(pair):
            assert await node.alarms() == []

    played(scene)


def test_a_miss_is_red_on_both_sides_and_its_words_follow_the_truth():
    async def scene(pair):
        await until(pair, NINE_S - 60.0)
        pair.network.partition(["north"], ["south"])
        await until(pair, NINE_S + 400.0)
        one = await drills(pair.north, opener="north")
        assert len(one) == 1
        text = next(t for t in await red(pair.north) if "DRILL north/" in t)
        assert "has not reached its node: line fault" in text
        assert AGREEMENT.council.drills.clause in text
        pair.network.heal()
        await pass_time(pair, 70.0)
        for node, _other in nodes(pair):
            (text,) = [t for t in await red(node) if "DRILL north/" in t]
            assert "too late: line fault" in text
            assert "no answer" not in text
        await answer_all(pair.south)
        await pair.settle()
        for node, _other in nodes(pair):
            assert not [t for t in await red(node) if "DRILL north/" in t]
            (one,) = await drills(node, opener="north")
            assert stand(one, AGREEMENT).state == "answered late"

    played(scene)


def test_people_who_are_silent_are_told_from_a_node_that_went_silent():
    async def scene(pair):
        await until(pair, NINE_S + 400.0)
        for node, _other in nodes(pair):
            assert await node.alarms() == ["DRILL unanswered", "DRILL unanswered"]
        (text,) = [t for t in await red(pair.north) if "DRILL north/" in t]
        assert "is on the line: no answer" in text
        assert any("no answer by us" in t for t in await red(pair.south))
        pair.network.partition(["north"], ["south"])
        await pass_time(pair, 400.0, step_s=20.0)
        (text,) = [t for t in await red(pair.north) if "DRILL north/" in t]
        assert "line fault; whether anybody answered is not known" in text

    played(scene)


def test_an_answer_that_the_line_holds_back_is_red_where_it_was_given():
    async def scene(pair):
        await until(pair, NINE_S + 30.0)
        pair.network.partition(["north"], ["south"])
        await answer_all(pair.south)
        await until(pair, NINE_S + 400.0)
        assert any("our answer has not reached" in t for t in await red(pair.south))
        pair.network.heal()
        await pass_time(pair, 70.0)
        (one,) = await drills(pair.north, opener="north")
        assert stand(one, AGREEMENT).state == "answered"
        assert not [t for t in await red(pair.south) if "DRILL north/" in t]

    played(scene)


def test_the_next_drill_ends_the_one_that_was_missed_so_that_one_alarm_lasts():
    async def scene(pair):
        await until(pair, FOUR_S + 250.0, step_s=280.0)
        for node, _other in nodes(pair):
            assert (await node.alarms()).count("DRILL unanswered") == 2
        await until(pair, FOUR_S + 600.0, step_s=280.0)
        for node, _other in nodes(pair):
            assert await node.alarms() == ["DRILL unanswered", "DRILL unanswered"]
            assert await states(node) == ["missed", "called", "missed", "called"]

    played(scene)


def test_nothing_of_a_drill_touches_a_notice_an_activity_or_another_alarm():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await pair.settle()
        before = [(await n.notices(), await n.held("north", "A1")) for n, _ in nodes(pair)]
        for what in (Exercise.SURPRISE, Exercise.END_TO_END):
            one = await say(pair.north, call(what))
            await pair.settle()
            if what is Exercise.SURPRISE:
                await answer_all(pair.south)
            else:
                await say(pair.south, in_drill(DrillRead, one))
                units = ("battery", "frigate")
                await say(pair.south, in_drill(DrillPassed, one, units=units))
                for unit in units:
                    await say(pair.south, in_drill(DrillAcknowledged, one, unit=unit))
            await pair.settle()
        assert [(await n.notices(), await n.held("north", "A1")) for n, _ in nodes(pair)] == before
        assert await states(pair.north) == ["answered", "answered"]
        for node, _other in nodes(pair):
            assert await node.alarms() == []
            alerts = [text for _role, text in node.heard.alerts]
            assert alerts == [text for text in alerts if text.startswith("DRILL ")]

    played(scene)


def test_a_drill_down_to_the_units_climbs_rung_by_rung_and_a_code_proves_the_unit():
    async def scene(pair):
        one = await say(pair.north, call(Exercise.END_TO_END))
        await pair.settle()
        passing = in_drill(DrillPassed, one, units=("battery", "frigate"))
        with pytest.raises(NotFittingError, match="nobody has read"):
            await say(pair.south, passing)
        await say(pair.south, in_drill(DrillRead, one))
        with pytest.raises(NotFittingError, match="does not name"):
            await say(pair.south, in_drill(DrillPassed, one, units=("wing",)))
        await say(pair.south, passing)
        pair.clock.now += 100.0
        secret = await pair.south.desk.read(lambda reader: secret_of(reader, "frigate"))
        said = CheckIn("north", code_name(one.id), REVISION, "frigate")
        code = checkin_code(said, secret=secret)
        ack = in_drill(DrillAcknowledged, one, unit="frigate", code=code)
        other = checkin_code(replace(said, unit="battery"), secret=secret)
        with pytest.raises(NotAllowedError, match="not this unit's"):
            await say(pair.south, structs.replace(ack, code=other))
        with pytest.raises(ImpossibleValueError, match="heard right"):
            await say(pair.south, structs.replace(ack, code="nonsense"))
        await say(pair.south, ack)
        claimed = in_drill(DrillAcknowledged, one, unit="battery", is_proved=True)
        await say(pair.south, claimed)
        await pair.settle()
        stands = [stand((await drills(node))[0], AGREEMENT) for node, _ in nodes(pair)]
        assert stands[0] == stands[1]
        assert stands[0].state == "answered"
        assert stands[0].answered_s == pair.clock.now
        assert [mark.is_proved for mark in stands[0].units] == [False, True]
        steps = (await drills(pair.north))[0].steps
        assert not any(getattr(step.said, "code", "") for step in steps)

    played(scene)


def test_a_suspended_exchange_stops_no_drill():
    async def scene(pair):
        await pair.north.do(Suspend("south", True, "admin", "for reasons"))
        await until(pair, NINE_S + 60.0)
        for node, _other in nodes(pair):
            assert await answer_all(node) == 1
        await pair.settle()
        assert await states(pair.north) == ["answered", "answered"]

    played(scene)


def test_a_pause_is_told_stops_the_calls_and_is_counted_as_paused():
    async def scene(pair):
        pause = call(Exercise.PAUSE, until_s=NINE_S + 600.0, words="heavy rain")
        await say(pair.south, pause)
        await pair.settle()
        for node, _other in nodes(pair):
            assert await node.alarms() == ["DRILL paused"]
            assert all("silence meanwhile is no fault" in text for text in await red(node))
        await until(pair, NINE_S + 700.0)
        for node, other in nodes(pair):
            assert await states(node) == ["resumed"]
            assert await node.alarms() == []
            score = await scores(node, other, pair.clock.now)
            assert [one.paused for one in score] == [1, 0, 0, 1, 0, 0]
            assert sum(one.line + one.silence + one.not_called for one in score) == 0

    played(scene)


def test_a_pause_that_is_ended_before_its_time_ends_then():
    async def scene(pair):
        until_s = NINE_S + 600.0
        one = await say(pair.south, call(Exercise.PAUSE, until_s=until_s, words="a power cut"))
        await pair.settle()
        with pytest.raises(NotFittingError, match="only south"):
            await say(pair.north, in_drill(DrillResumed, one))
        await say(pair.south, in_drill(DrillResumed, one))
        await pair.settle()
        await until(pair, NINE_S + 60.0)
        assert len(await drills(pair.north, what=Exercise.SCHEDULED)) == 2

    played(scene)


@pytest.mark.parametrize(
    ("opening", "words"),
    [
        (call(Exercise.PAUSE, words="rain"), "until when"),
        (call(Exercise.PAUSE, until_s=T0 + 3600.0), "without a reason"),
        (call(Exercise.PAUSE, until_s=T0 + 40 * 86_400.0, words="rain"), "within 31 days"),
        (call(Exercise.PAUSE, until_s=T0 - 1.0, words="rain"), "within 31 days"),
        (call(until_s=T0 + 3600.0), "until when"),
        (call(units=("frigate",)), "names units"),
        (call(Exercise.END_TO_END, units=("wing",)), "does not name"),
        (call(slots=(T0,)), "times"),
        (call(Exercise.NOT_CALLED), "times"),
    ],
)
def test_an_opening_that_is_none_is_refused(opening, words):
    async def scene(pair):
        with pytest.raises(NotFittingError, match=words):
            await say(pair.north, opening)
        assert await drills(pair.north) == []

    played(scene)


def test_a_drill_is_answered_by_a_person_of_the_side_that_was_called():
    async def scene(pair):
        one = await say(pair.north, call())
        await pair.settle()
        with pytest.raises(NotFittingError, match="only south"):
            await say(pair.north, in_drill(DrillAnswered, one))
        by_node = structs.replace(in_drill(DrillAnswered, one), role="node")
        with pytest.raises(NotFittingError, match="person"):
            await say(pair.south, by_node)
        with pytest.raises(NotFittingError, match="goes to units"):
            await say(pair.south, in_drill(DrillRead, one))

    played(scene)


def test_that_nobody_tests_by_surprise_or_to_the_units_is_red_until_somebody_does():
    rules = drilled_agreement(times=(), surprise_every_s=3600.0, end_to_end_every_s=7200.0)
    lacking = ["DRILL no surprise test", "DRILL no test to the units"]

    async def scene(pair):
        await pass_time(pair, 3500.0, step_s=100.0)
        assert await pair.north.alarms() == []
        await pass_time(pair, 4000.0, step_s=100.0)
        for node, _other in nodes(pair):
            assert await node.alarms() == lacking
        await say(pair.south, call())
        await say(pair.south, call(Exercise.END_TO_END))
        await pair.settle()
        await pass_time(pair, 30.0, step_s=30.0)
        for node, _other in nodes(pair):
            assert not set(lacking) & set(await node.alarms())

    played(scene, rules)


WAYS = st.lists(
    st.sampled_from(
        ("wait", "wait long", "cut", "heal", "north answers", "south answers", "surprise", "pause")
    ),
    min_size=3,
    max_size=14,
)


@settings(max_examples=15)
@given(WAYS)
def test_both_sides_have_the_same_score_once_all_is_delivered(ways):
    async def scene(pair):
        await until(pair, NINE_S - 120.0, step_s=600.0)
        for number, way in enumerate(ways):
            match way:
                case "wait":
                    await pass_time(pair, 130.0, step_s=130.0)
                case "wait long":
                    await pass_time(pair, 25_200.0, step_s=280.0)
                case "cut":
                    pair.network.partition(["north"], ["south"])
                case "heal":
                    pair.network.heal()
                case "north answers" | "south answers":
                    await answer_all(getattr(pair, way.split()[0]))
                case "surprise":
                    await say((pair.north, pair.south)[number % 2], call())
                case "pause":
                    until_s = pair.clock.now + 5000.0
                    body = call(Exercise.PAUSE, until_s=until_s, words="rain")
                    await say((pair.south, pair.north)[number % 2], body)
        pair.network.heal()
        await pass_time(pair, 400.0, step_s=100.0)
        north, south = [await scores(n, o, pair.clock.now) for n, o in nodes(pair)]
        assert north == south
        for one in north:
            whole = one.answered + one.line + one.silence + one.waiting
            assert whole <= one.held <= whole + one.paused

    played(scene)
