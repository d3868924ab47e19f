"""An agreement that is signed: suspended, resumed, terminated, expired."""

import pytest
from agreement_scenes import DAY_S, FIRST, run, say, signed_by_both, stand, version
from two_nodes import T0, a_volume, an_activity

from wideberth.council.refusals import NotFittingError
from wideberth.model.span import TimeWindow
from wideberth.node import queries
from wideberth.peering.council.agreement import (
    AgreementResumed,
    AgreementSuspended,
    AgreementTerminated,
    AgreementTicked,
)


def test_a_suspension_stops_declarations_leaves_matters_open_and_ends_with_the_checklist():
    async def story(pair):
        matter = await signed_by_both(pair, version())
        await say(pair.south, matter, AgreementSuspended, words="After the incident.")
        await pair.settle()
        for node in (pair.north, pair.south):
            assert (await stand(node, matter)).state == "suspended"
            assert "agreement suspended" in await node.alarms()
        assert "suspended by us" in await pair.south.alarms()
        assert "suspended" in await pair.north.alarms()
        await say(pair.north, matter, AgreementTicked, item="line")  # the council goes on
        pair.clock.now += 3600.0
        for node, item in ((pair.south, "line"), (pair.south, "lists")):
            await say(node, matter, AgreementTicked, item=item)
        await pair.settle()
        with pytest.raises(NotFittingError, match="not ticked yet: lists by north"):
            await say(pair.south, matter, AgreementResumed)
        await say(pair.north, matter, AgreementTicked, item="lists")
        await pair.settle()
        with pytest.raises(NotFittingError, match="north does not suspend it"):
            await say(pair.north, matter, AgreementResumed)
        await say(pair.south, matter, AgreementResumed)
        await pair.settle()
        for node in (pair.north, pair.south):
            now = await stand(node, matter)
            assert (now.state, now.suspended_for_s) == ("signed", 3600.0)
            alarms = await node.alarms()
            assert not {"agreement suspended", "suspended", "suspended by us"} & set(alarms)
        await say(pair.south, matter, AgreementSuspended, words="Once more.")
        with pytest.raises(NotFittingError, match="not ticked yet: line by north"):
            await say(pair.south, matter, AgreementResumed)

    run(story)


def test_notice_ends_it_on_the_day_and_conflicts_are_found_after_it():
    async def story(pair):
        matter = await signed_by_both(pair, version())
        with pytest.raises(NotFittingError, match="10 days' notice"):
            await say(pair.north, matter, AgreementTerminated, ends_s=T0 + 9 * DAY_S)
        await say(pair.north, matter, AgreementTerminated, ends_s=T0 + 10 * DAY_S)
        await pair.settle()
        for node in (pair.north, pair.south):
            assert "agreement ends" in await node.alarms()
        pair.clock.now = T0 + 10 * DAY_S + 1.0
        for node in (pair.north, pair.south):
            await node.tick()
        await pair.settle()
        for node in (pair.north, pair.south):
            assert "agreement ended" in await node.alarms()
            assert node.desk.agreement == version()

    run(story)


def test_an_agreement_expires_loudly_before_and_after_and_is_searched_under_all_the_same():
    ends = version(validity=TimeWindow(T0 - DAY_S, T0 + 3 * DAY_S))

    async def story(pair):
        await signed_by_both(pair, ends)
        for days, wanted in (
            (1.0, set()),
            (2.1, {"agreement expires"}),
            (3.1, {"agreement expired"}),
        ):
            pair.clock.now = T0 + days * DAY_S
            for node in (pair.north, pair.south):
                await node.tick()
                alarms = {kind for kind in await node.alarms() if kind.startswith("agreement ")}
                assert alarms == wanted
        texts = [one.text for one in await pair.north.desk.read(queries.alarms)]
        assert any(f"clause {FIRST.clauses[0].id}" in one for one in texts)
        near = a_volume(lon_deg=33.32, time=TimeWindow(T0 + 3.5 * DAY_S, T0 + 3.6 * DAY_S))
        await pair.north.declare(an_activity("north", "A1", volumes=(near,)))
        await pair.south.declare(an_activity("south", "B1", volumes=(near,)))
        await pair.settle()
        assert len(await pair.north.conflicts()) == 1

    run(story)


def test_a_suspension_and_an_end_count_no_more_when_the_next_version_is_in_force():
    async def story(pair):
        first = await signed_by_both(pair, version())
        await say(pair.south, first, AgreementTerminated, ends_s=T0 + 20 * DAY_S)
        await say(pair.south, first, AgreementSuspended, words="Until there is another.")
        await pair.settle()
        assert "suspended" in await pair.north.alarms()
        await signed_by_both(pair, version(3))
        for node in (pair.north, pair.south):
            await node.tick()
        await pair.settle()
        for node in (pair.north, pair.south):
            assert node.desk.agreement.version == 3
            alarms = {one for one in await node.alarms() if "suspended" in one or "agree" in one}
            assert alarms == set()

    run(story)
