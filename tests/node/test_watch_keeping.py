"""The watch changes hands and nothing that is open is dropped between two officers (R30)."""

import asyncio

import pytest
from two_nodes import T0, an_activity, an_agreement, two_nodes

from wideberth.council.call_stand import stand
from wideberth.model.council_clocks import WatchRules
from wideberth.model.council_rules import CouncilRules, Precedence
from wideberth.model.watch import AcceptWatch, LeaveWatch, OfferWatch, PlanWatch, TakeWatch
from wideberth.node import queries
from wideberth.node.council import matters
from wideberth.node.council.saying import Say
from wideberth.node.refusals import NotAllowedError
from wideberth.node.watch import on_watch
from wideberth.node.watch.open_items import list_code, open_items
from wideberth.peering.council.call import CallMade

AGREEMENT = an_agreement(council=CouncilRules(watch=WatchRules(longest_s=3600.0)))
FLASH = CallMade(
    role="duty officer", to_role="duty officer", precedence=Precedence.FLASH, code="L1N"
)
ROLE = "duty officer"


def played(scene):
    async def whole():
        async with two_nodes(AGREEMENT) as pair:
            await scene(pair)

    asyncio.run(whole())


async def open_names(node):
    found = await node.desk.read(lambda reader: open_items(reader, AGREEMENT))
    return tuple(item.name for item in found)


async def holder(node):
    found = await node.desk.read(lambda reader: on_watch.watch_of(reader, ROLE))
    return None if found is None else found.user


async def with_something_open(pair):
    """South has taken the watch; then a flash and a notice come in."""
    await pair.south.do(TakeWatch(ROLE, "ada", "ada"))
    await pair.north.do(Say(FLASH, "user"))
    await pair.north.declare(an_activity())
    await pair.settle()


def test_who_comes_in_accepts_every_open_item_and_until_then_who_goes_out_has_the_watch():
    async def scene(pair):
        await with_something_open(pair)
        south = pair.south
        names = await open_names(south)
        assert [name.split("/")[0] for name in names] == ["alarm", "call", "notice"]
        with pytest.raises(NotAllowedError, match="was not offered"):
            await south.do(AcceptWatch(ROLE, "ben", "ben", names))
        await south.do(OfferWatch(ROLE, "ben", "ada"))
        for left_out in names:
            some = tuple(name for name in names if name != left_out)
            with pytest.raises(NotAllowedError, match=left_out):
                await south.do(AcceptWatch(ROLE, "ben", "ben", some))
            assert await holder(south) == "ada"
        await south.do(AcceptWatch(ROLE, "ben", "ben", names))
        assert await holder(south) == "ben"
        entry = (await south.desk.read(on_watch.entries))[0]
        assert (entry.user, entry.change.value, entry.items) == ("ben", "accepted", names)

    played(scene)


def test_what_comes_in_between_is_not_accepted_unseen():
    async def scene(pair):
        await with_something_open(pair)
        await pair.south.do(OfferWatch(ROLE, "ben", "ada"))
        names = await open_names(pair.south)
        await pair.north.do(Say(FLASH, "user"))
        await pair.settle()
        with pytest.raises(NotAllowedError, match="call/north/C-2"):
            await pair.south.do(AcceptWatch(ROLE, "ben", "ben", names))
        assert list_code(names) != list_code(await open_names(pair.south))

    played(scene)


def test_the_watch_is_taken_over_without_a_hand_over_only_with_a_reason_that_stays_on_record():
    async def scene(pair):
        node = pair.south
        await node.do(TakeWatch(ROLE, "ada", "ada"))
        with pytest.raises(NotAllowedError, match="somebody has the watch"):
            await node.do(TakeWatch(ROLE, "ben", "ben"))
        await node.do(TakeWatch(ROLE, "ben", "ben", reason="ada is ill"))
        newest = (await node.desk.read(on_watch.entries))[0]
        assert (newest.change.value, newest.reason) == ("taken over", "ada is ill")

    played(scene)


def test_a_watch_that_lasts_too_long_is_in_red_until_it_is_handed_over():
    async def scene(pair):
        node = pair.south
        await node.do(TakeWatch(ROLE, "ada", "ada"))
        pair.clock.now += 3599.0
        await node.tick()
        assert "watch too long" not in await node.alarms()
        pair.clock.now += 1.0
        await node.tick()
        assert "watch too long" in await node.alarms()
        (text,) = [a.text for a in await alarms(node) if a.kind == "watch too long"]
        assert "ada" not in text
        await node.do(OfferWatch(ROLE, "ben", "ada"))
        await node.do(AcceptWatch(ROLE, "ben", "ben", await open_names(node)))
        assert "watch too long" not in await node.alarms()

    played(scene)


async def alarms(node):
    return await node.desk.read(queries.alarms)


def test_nobody_on_watch_is_in_red_here_and_the_caller_sees_it():
    async def scene(pair):
        await pair.south.do(TakeWatch(ROLE, "ada", "ada"))
        await pair.south.do(LeaveWatch(ROLE, "ada", "fire drill"))
        assert await pair.south.alarms() == ["nobody on watch"]
        made = await pair.north.do(Say(FLASH, "user"))
        await pair.settle()
        one = await pair.north.desk.read(
            lambda r: matters.matter(r, "call", "north", made.matter.id)
        )
        rung = stand(one, AGREEMENT).rung
        assert rung[0].role == ROLE
        assert not any(one.manned for one in rung)
        assert len(rung) == len(AGREEMENT.council.hotline.flash)  # nobody waits for nobody
        await pair.south.do(TakeWatch(ROLE, "ben", "ben", await open_names(pair.south)))
        assert "nobody on watch" not in await pair.south.alarms()

    played(scene)


def test_a_role_that_nobody_has_costs_no_time_the_next_one_is_rung_at_once():
    async def scene(pair):
        await pair.south.do(TakeWatch("deputy", "ada", "ada"))
        made = await pair.north.do(Say(FLASH, "user"))
        await pair.settle()
        one = await pair.north.desk.read(
            lambda r: matters.matter(r, "call", "north", made.matter.id)
        )
        rung = [(r.role, r.manned) for r in stand(one, AGREEMENT).rung]
        assert rung == [(ROLE, False), ("deputy", True)]
        assert "deputy" in [role for role, _text in pair.south.heard.alerts]

    played(scene)


def test_a_planned_watch_that_nobody_takes_is_in_red_when_it_begins():
    async def scene(pair):
        node = pair.south
        await node.do(PlanWatch("air desk", "ada", T0 + 60.0, T0 + 3660.0, "chief"))
        await node.tick()
        assert await node.alarms() == []
        pair.clock.now += 61.0
        await node.tick()
        assert await node.alarms() == ["nobody on watch"]

    played(scene)


def test_two_are_not_planned_for_one_watch_and_a_line_can_be_taken_out():
    async def scene(pair):
        node = pair.south
        await node.do(PlanWatch(ROLE, "ada", T0, T0 + 3600.0, "chief"))
        with pytest.raises(NotAllowedError, match="one watch at a time"):
            await node.do(PlanWatch(ROLE, "ben", T0 + 3599.0, T0 + 7200.0, "chief"))
        await node.do(PlanWatch(ROLE, "ben", T0 + 3600.0, T0 + 7200.0, "chief"))
        await node.do(PlanWatch(ROLE, "", T0, T0 + 3600.0, "chief"))
        found = await node.desk.read(on_watch.roster)
        assert [(one.user, one.from_s) for one in found] == [("ben", T0 + 3600.0)]

    played(scene)


def test_no_name_of_a_person_on_watch_leaves_the_node():
    async def scene(pair):
        await pair.south.do(TakeWatch(ROLE, "ada-lovelace", "ada-lovelace"))
        await pair.north.do(Say(FLASH, "user"))
        await pair.settle()

        def everything(reader):
            return [raw for table in ("entry", "matter") for _k, raw in reader.scan(table)]

        held = await pair.north.desk.read(everything)
        assert held
        assert not [raw for raw in held if b"lovelace" in raw]

    played(scene)
