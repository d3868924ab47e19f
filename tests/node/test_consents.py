"""Consent to enter a caution area, between two nodes: for this shape, by two people, or in red."""

import asyncio
import math
from dataclasses import replace

import pytest
from behind import pass_time
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from two_nodes import T0, a_volume, an_activity, an_agreement, make_node, two_nodes

from wideberth.council import consent
from wideberth.council.consent import NO_CONSENT, REFUSED
from wideberth.council.refusals import NotFittingError
from wideberth.model.activity import Disclosure, State
from wideberth.model.agreement import Channel
from wideberth.model.binding import CautionArea
from wideberth.model.command import MarkRead, PassToUnits, Suspend, UnitAcknowledge
from wideberth.model.footprint import Circle
from wideberth.model.span import HeightBand, TimeWindow
from wideberth.node import queries
from wideberth.node.council import matters
from wideberth.node.council.consents import NOT_ASKED
from wideberth.node.council.saying import Say
from wideberth.node.refusals import NotAllowedError
from wideberth.node.renewing import renew
from wideberth.node.settings import Settings
from wideberth.peering.council.consent import ConsentChanged, ConsentGiven, ConsentRefused

BASE = an_agreement()
CLAUSE = BASE.clauses[-1].id
NARROWS = CautionArea(
    "narrows",
    "The narrows",
    CLAUSE,
    Circle((33.0, 34.0), 5000.0),
    TimeWindow(-math.inf, math.inf),
    lead_s=10_000.0,
    heights=HeightBand.of(0.0, 2000.0),
    channel="A",
)
AGREEMENT = replace(BASE, caution_areas=(NARROWS,), channels=(Channel("A", "VHF 16"),))
CAREFUL = replace(NARROWS, consent=False)


def played(scene, agreement=AGREEMENT):
    async def whole():
        async with two_nodes(agreement) as pair:
            await scene(pair)

    asyncio.run(whole())


async def consents(node):
    found, _ = await node.desk.read(lambda r: matters.matters(r, kind="consent", is_open=False))
    return found


async def stands(pair):
    """Return where every consent stands, which must be alike on both sides."""
    await pair.settle()
    found = [
        [consent.stand(one, AGREEMENT) for one in await consents(node)]
        for node in (pair.north, pair.south)
    ]
    assert found[0] == found[1]
    return found[0]


async def say(node, body, role="duty officer", by=None, **more):
    (one,) = await consents(node)
    now = consent.stand(one, AGREEMENT)
    said = {"digest": now.digest} | more
    await node.do(Say(body(opener=one.opener, matter=one.id, role=role, **said), by or role))


async def give_both(pair):
    await say(pair.south, ConsentGiven)
    await say(pair.south, ConsentGiven, "decision level")


async def acknowledge(pair):
    """Have south read the newest notice and its units acknowledge it."""
    await pair.settle()
    notice = (await pair.south.notices())[-1].message
    await pair.south.do(MarkRead(notice, "duty officer"))
    await pair.south.do(PassToUnits(notice, ("battery", "frigate"), "duty officer"))
    for unit in ("battery", "frigate"):
        await pair.south.do(UnitAcknowledge(notice, unit, "duty officer"))


async def effective(pair):
    await pair.settle()
    newest = [(await node.notices())[-1] for node in (pair.north, pair.south)]
    return [one.effective_s is not None for one in newest]


async def red(pair):
    await pair.settle()
    return [
        [a for a in await node.desk.read(queries.alarms) if a.kind == NO_CONSENT]
        for node in (pair.north, pair.south)
    ]


def test_an_activity_in_the_area_asks_for_consent_and_owes_its_lead_under_its_clause():
    async def scene(pair):
        await pair.north.declare(an_activity())
        (now,) = await stands(pair)
        assert (now.state, now.area, now.clause, now.activity) == ("asked", "narrows", CLAUSE, "A1")
        assert now.channel == "A, VHF 16"
        assert [(d.party, d.at_s, d.clause) for d in now.dues] == [("south", T0 + 7200.0, CLAUSE)]
        for node in (pair.north, pair.south):
            (notice,) = await node.notices()
            assert (notice.lead.owed_s, notice.lead.clause) == (10_000.0, CLAUSE)
            assert notice.lead.late
            assert notice.cautions == (f"caution area The narrows ({CLAUSE}): channel A, VHF 16",)

    played(scene)


def test_a_conflict_of_what_is_in_the_area_names_it_with_its_channel_on_both_sides():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await pair.settle()
        await pair.south.declare(an_activity("south", "B1", volumes=(a_volume(33.15),)))
        await pair.settle()
        for node in (pair.north, pair.south):
            (met,) = await node.conflicts()
            assert f"In caution area The narrows ({CLAUSE}): channel A, VHF 16" in met.notes

    played(scene)


def test_an_area_without_consent_asks_for_its_lead_alone():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await acknowledge(pair)
        assert await stands(pair) == []
        assert (await pair.south.notices())[0].lead.owed_s == 10_000.0
        assert await effective(pair) == [True, True]

    played(scene, replace(AGREEMENT, caution_areas=(CAREFUL,)))


def test_a_notice_counts_only_once_both_levels_consent_whatever_comes_first():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await acknowledge(pair)
        assert await effective(pair) == [False, False]
        await say(pair.south, ConsentGiven)
        assert [s.state for s in await stands(pair)] == ["half"]
        assert await effective(pair) == [False, False]
        await say(pair.south, ConsentGiven, "decision level")
        assert [s.state for s in await stands(pair)] == ["given"]
        assert await effective(pair) == [True, True]
        await say(pair.south, ConsentRefused, reason="no more")
        assert await effective(pair) == [False, False]
        await give_both(pair)
        assert await effective(pair) == [True, True]
        await pair.north.change("A1", State.ACTIVATED)
        await acknowledge(pair)
        assert await effective(pair) == [True, True]

    played(scene)


def test_consent_for_one_shape_is_none_for_another_and_a_title_changes_nothing():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await pair.settle()
        await give_both(pair)
        await pair.north.declare(an_activity(revision=2, title="another"))
        assert [s.state for s in await stands(pair)] == ["given"]
        moved = an_activity(revision=3, volumes=(a_volume(33.01),))
        await pair.north.declare(moved)
        assert [s.state for s in await stands(pair)] == ["asked"]
        await acknowledge(pair)
        assert await effective(pair) == [False, False]
        await give_both(pair)
        assert await effective(pair) == [True, True]

    played(scene)


def test_a_consent_that_crossed_an_amendment_stands_for_nothing():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await pair.settle()
        await give_both(pair)
        await pair.north.declare(an_activity(revision=2, volumes=(a_volume(33.01),)))
        (now,) = await stands(pair)
        assert (now.state, len(now.idle)) == ("asked", 2)

    played(scene)


def test_one_person_cannot_give_both_levels_and_nobody_consents_to_its_own():
    async def scene(pair):
        await pair.north.declare(an_activity())
        await pair.settle()
        await say(pair.south, ConsentGiven, by="p")
        with pytest.raises(NotAllowedError, match="same person"):
            await say(pair.south, ConsentGiven, "decision level", by="p")
        with pytest.raises(NotFittingError, match="consented already"):
            await say(pair.south, ConsentGiven, "deputy", by="q")
        await say(pair.south, ConsentGiven, " Decision  LEVEL ", by="q")
        assert [s.state for s in await stands(pair)] == ["given"]
        with pytest.raises(NotFittingError, match="its own"):
            await say(pair.north, ConsentGiven)
        with pytest.raises(NotFittingError, match="only north"):
            await say(pair.south, ConsentChanged)

    played(scene)


@pytest.mark.parametrize("said", ["nothing", "half", "refused", "given"])
@pytest.mark.parametrize("way", ["begins", "activated"])
def test_an_activity_that_begins_without_consent_is_in_red_on_both_sides(said, way):
    async def scene(pair):
        await pair.north.declare(an_activity())
        await pair.settle()
        if said in ("half", "given"):
            await say(pair.south, ConsentGiven)
        if said == "given":
            await say(pair.south, ConsentGiven, "decision level")
        if said == "refused":
            await say(pair.south, ConsentRefused, reason="a swimmer is there")
            await pair.settle()
            assert REFUSED in await pair.north.alarms()
        assert await red(pair) == [[], []]
        if way == "begins":
            await pass_time(pair, 7201.0, step_s=7201.0)
        else:
            await pair.north.change("A1", State.ACTIVATED)
        found = await red(pair)
        for alarms in found:
            if said == "given":
                assert alarms == []
            else:
                (alarm,) = alarms
                assert f"({CLAUSE})" in alarm.text
                assert "swimmer" not in alarm.text
        await pair.north.change("A1", State.ENDED if way == "activated" else State.WITHDRAWN)
        assert await red(pair) == [[], []]
        assert [s.state for s in await stands(pair)] == ["ended"]

    played(scene)


def test_a_private_or_untold_activity_in_the_area_is_an_alarm_here_and_nothing_there():
    async def scene(pair):
        await pair.north.declare(an_activity(disclose=Disclosure.PRIVATE))
        await pair.north.do(Suspend("south", True, "admin", "x"))
        await pair.north.declare(an_activity(name="A2"))
        assert await stands(pair) == []
        assert (await pair.north.alarms()).count(NOT_ASKED) == 2
        assert NOT_ASKED not in await pair.south.alarms()
        await pair.north.do(Suspend("south", False, "admin", "over"))
        await pass_time(pair, 30.0)
        assert [s.activity for s in await stands(pair)] == ["A2"]
        assert (await pair.north.alarms()).count(NOT_ASKED) == 1

    played(scene)


GEOD = Geod(ellps="WGS84")
AREAS = st.lists(
    st.builds(
        lambda k, lon, radius_m, low, start: CautionArea(
            f"area {k}",
            "",
            CLAUSE,
            Circle((lon, 34.0), radius_m),
            TimeWindow(T0 + start, math.inf),
            lead_s=0.0,
            heights=HeightBand.of(low, low + 1000.0),
        ),
        st.integers(0, 2),
        st.sampled_from([33.0, 33.2]),
        st.sampled_from([8000.0, 9000.0, 30_000.0]),
        st.sampled_from([2999.0, 3000.0, 0.0]),
        st.sampled_from([0.0, 10_799.0, 10_800.0]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda area: area.id,
)
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["A1", "A2"]),
        st.sampled_from(["declare", "declare", "declare", "declare", "private", "end"]),
        st.sampled_from([33.0, 33.2, 33.4]),
    ),
    min_size=1,
    max_size=5,
)


def is_in(activity, area):
    """Return whether an activity of one disc overlaps an area: by hand, with no engine."""
    (one,) = activity.volumes
    (_, _, apart_m) = GEOD.inv(*one.footprint.centre, *area.area.centre)
    high, low = one.height, area.heights
    return (
        apart_m < one.footprint.radius_m + area.area.radius_m
        and max(high.lower.height_m, low.lower.height_m)
        < min(high.upper.height_m, low.upper.height_m)
        and max(one.time.start_s, area.window.start_s) < min(one.time.end_s, area.window.end_s)
    )


@settings(max_examples=30)
@given(AREAS, AREAS, MOVES, MOVES)
def test_every_disclosed_activity_that_meets_an_area_asks_for_its_consent_and_no_other_does(
    first, then, before, after
):
    """Whatever is declared, amended and ended in whatever order, and when the areas change."""

    async def scene(pair):
        held = {}
        await move(pair.north, before, held)
        await pair.settle()
        await judged(pair.north, first, held)
        agreement = replace(AGREEMENT, caution_areas=tuple(then))
        bench = replace(pair.north.desk.bench, settings=Settings.of("north", agreement))
        node = make_node("north", agreement, pair.clock, store=pair.north.store)
        await renew(bench, pair.north.store, pair.clock.now)
        await judged(node, then, held)
        task = asyncio.create_task(node.desk.run())
        try:
            await move(node, after, held)
            await judged(node, then, held)
        finally:
            task.cancel()

    played(scene, replace(AGREEMENT, caution_areas=tuple(first)))


async def move(node, moves, held):
    for name, what, lon in moves:
        old = held.get(name)
        if what == "end":
            if old is not None and not old.is_over:
                await node.change(name, State.WITHDRAWN)
                held[name] = replace(old, state=State.WITHDRAWN, revision=old.revision + 1)
            continue
        if old is not None and old.is_over:
            continue
        revision = 1 if old is None else old.revision + 1
        private = what == "private" and (old is None or old.disclose is Disclosure.PRIVATE)
        disclose = Disclosure.PRIVATE if private else Disclosure.FULL
        held[name] = an_activity(
            name=name, revision=revision, disclose=disclose, volumes=(a_volume(lon),)
        )
        await node.declare(held[name])


async def judged(node, areas, held):
    wanted = {
        (one.id, area.id)
        for one in held.values()
        for area in areas
        if one.disclose is Disclosure.FULL and not one.is_over and is_in(one, area)
    }
    found = [consent.stand(one, node.desk.agreement) for one in await consents(node)]
    asked = [(one.activity, one.area) for one in found if one.is_open]
    assert sorted(asked) == sorted(wanted)
    private = {
        one.id
        for one in held.values()
        if one.disclose is Disclosure.PRIVATE
        and not one.is_over
        and any(is_in(one, area) for area in areas)
    }
    assert (await node.alarms()).count(NOT_ASKED) == len(private)
