"""The ladder says what happened on the other side, and a peer cannot make it say more."""

import asyncio
import contextlib
import dataclasses

import pytest
from behind import whisper
from hypothesis import given, settings
from hypothesis import strategies as st
from two_nodes import T0, an_activity, an_agreement, two_nodes

from wideberth.model.command import MarkRead, PassToUnits, UnitAcknowledge
from wideberth.model.notice import Rung
from wideberth.node import climbing
from wideberth.node.refusals import NotAllowedError
from wideberth.peering.messages import Climbed


def played(scene, agreement=None):
    async def whole():
        async with two_nodes(agreement) as pair:
            await pair.north.declare(an_activity())
            await pair.settle()
            await scene(pair)

    asyncio.run(whole())


def said(notice, rung, **different):
    fields = {"activity": "A1", "revision": 1, "at_s": T0, "by": "watch", "unit": ""}
    return Climbed(notice=notice.message, rung=rung, **(fields | different))


def test_a_unit_that_the_agreement_does_not_name_cannot_acknowledge():
    async def scene(pair):
        (notice,) = await pair.north.notices()
        for body in (
            said(notice, Rung.READ),
            *(said(notice, Rung.ACKNOWLEDGED, unit=unit) for unit in ("ghost", "battery")),
        ):
            await whisper(pair.south, "north", body)
        await pair.settle()
        (notice,) = await pair.north.notices()
        assert [step.unit for step in notice.units] == ["battery"]
        assert notice.rung == "read"  # frigate was never told
        assert "not accepted" in await pair.south.alarms()

    played(scene)


def test_a_peer_that_names_unit_after_unit_does_not_make_a_notice_grow_without_bound():
    rules = an_agreement().notice
    agreement = an_agreement(notice=dataclasses.replace(rules, units=()))

    async def scene(pair):
        (notice,) = await pair.north.notices()
        for number in range(climbing.MOST_UNITS + 5):
            await whisper(pair.south, "north", said(notice, Rung.PASSED, unit=f"U{number}"))
        await pair.settle()
        (notice,) = await pair.north.notices()
        assert len(notice.units) == climbing.MOST_UNITS

    played(scene, agreement)


COMMANDS = st.lists(
    st.sampled_from(["read", "pass battery", "pass both", "ack battery", "ack frigate"]),
    max_size=8,
)


@settings(max_examples=30, deadline=None)
@given(COMMANDS)
def test_no_rung_is_reached_before_the_ones_below_it_and_both_sides_see_the_same(commands):
    async def scene(pair):
        for command in commands:
            (taken,) = await pair.south.notices()
            message = taken.message
            match command.split():
                case ["read"]:
                    do = MarkRead(message, "watch")
                case ["pass", who]:
                    units = ("battery",) if who == "battery" else ("battery", "frigate")
                    do = PassToUnits(message, units, "watch")
                case [_, unit]:
                    do = UnitAcknowledge(message, unit, unit)
            with contextlib.suppress(NotAllowedError):
                await pair.south.do(do)
            await pair.settle()
            (sent,) = await pair.north.notices()
            (taken,) = await pair.south.notices()
            assert (sent.rung, sent.units) == (taken.rung, taken.units)
            reached = {step.unit for step in taken.units if step.acknowledged_s is not None}
            passed = {step.unit for step in taken.units}
            both = {"battery", "frigate"}
            wanted = (
                "acknowledged"
                if reached == both
                else "passed"
                if passed == both
                else "read"
                if taken.read_s is not None
                else "delivered"
            )
            assert taken.rung == wanted
            assert (sent.effective_s is None) == (wanted != "acknowledged")

    played(scene)


@pytest.mark.parametrize("rung", [Rung.SENT, Rung.DELIVERED])
def test_a_peer_cannot_announce_the_rungs_that_receipts_prove(rung):
    async def scene(pair):
        (notice,) = await pair.north.notices()
        await whisper(pair.south, "north", said(notice, rung))
        await pair.settle()
        assert "not accepted" in await pair.south.alarms()

    played(scene)
