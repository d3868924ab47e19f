"""The answer clock of requests to cease: red on both sides when it runs out, and not before."""

from dataclasses import replace

import pytest
from behind import pass_time
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
)
from two_nodes import T0, an_agreement

from wideberth.model.command import ClearAlarm
from wideberth.model.interference import (
    CaseState,
    CeaseAnswer,
    Service,
)
from wideberth.model.notice import CeaseRules, NoticeRules
from wideberth.node import queries
from wideberth.node.refusals import NotAllowedError


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


def test_an_agreement_that_says_nothing_gives_fifteen_minutes_and_safety_five():
    assert NoticeRules().cease == CeaseRules(answer_s=900.0, safety_s=300.0, clause="")
