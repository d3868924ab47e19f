"""What one matter, or one person, does wrong keeps nothing else of the council from going on."""

import asyncio
import math

import msgspec
import pytest
from agreement_scenes import signed_by_both, text, version
from council_scenes import held, opened, said, stand, texts_of
from council_talk import Talk
from msgspec import structs
from two_nodes import T0, an_activity, an_agreement, two_nodes

from wideberth.council.agreement import MOST_TEXTS
from wideberth.council.refusals import NotFittingError
from wideberth.model.activity import Disclosure
from wideberth.model.binding import CautionArea
from wideberth.model.command import ClearAlarm
from wideberth.model.council_rules import Precedence
from wideberth.model.footprint import Circle
from wideberth.model.span import TimeWindow
from wideberth.model.volume import Arena
from wideberth.node import queries, tables
from wideberth.node.council.matters import MOST_STEPS
from wideberth.node.council.saying import Say
from wideberth.node.draft import Draft
from wideberth.node.outgoing import send
from wideberth.node.work import Work
from wideberth.peering.council.agreement import AgreementCountered, AgreementProposed
from wideberth.peering.council.assurance import AssuranceGiven
from wideberth.peering.council.call import CallHeard, CallMade
from wideberth.peering.council.decision import DecisionPosition, DecisionProposed, Position
from wideberth.peering.wire_scope import WireScope

FLASH = CallMade(
    role="duty officer",
    to_role="duty officer",
    precedence=Precedence.FLASH,
    words="Ship aground.",
    language="en",
)
GIVEN = AssuranceGiven(
    role="deputy",
    title="No patrols",
    scope=WireScope(start_s=T0, end_s=T0 + 50.0, arenas=(Arena.AIR,)),
)
PROPOSED = DecisionProposed(role="secretary", title="T", text="One.")
DAY_S = 86_400.0
NARROWS = CautionArea(
    "narrows",
    "The narrows",
    an_agreement().clauses[-1].id,
    Circle((33.0, 34.0), 5000.0),
    TimeWindow(-math.inf, math.inf),
    lead_s=10_000.0,
)


def played(scene, agreement=None):
    async def whole():
        async with two_nodes(agreement) as pair:
            await scene(pair)

    asyncio.run(whole())


def test_a_matter_in_which_a_node_can_say_no_more_stops_no_other_clock():
    async def story(pair):
        promise = await opened(pair, pair.north, GIVEN)
        await _fill(pair.north, promise)
        call = await opened(pair, pair.south, FLASH)
        pair.clock.now += 200.0
        await pair.north.tick()
        rung = {one.role for one in (await stand(pair.north, call)).rung}
        assert rung >= {step.role for step in pair.north.desk.agreement.council.hotline.flash}
        alarms = await pair.north.alarms()
        assert {"assurance lapsed", "call not taken", "matter not looked at"} <= set(alarms)

    played(story)


async def _fill(node, matter):
    """Let a matter have so many steps of its opener that it can say nothing more in it."""
    whole = await held(node, matter)
    steps = tuple(
        structs.replace(whole.steps[0], said=structs.replace(whole.opening, turn=k + 1))
        for k in range(MOST_STEPS)
    )
    key = tables.key(matter.kind, matter.opener, matter.id)
    record = msgspec.json.encode(structs.replace(whole, steps=steps))
    await node.store.transact(lambda tx: tx.put(tables.MATTER, key, record))


def test_a_name_that_a_person_gave_is_passed_over_when_the_node_names_the_next():
    async def story(pair):
        proposed = DecisionProposed(role="secretary", title="T", text="One.", matter="D-1")
        await pair.north.do(Say(proposed, "anna"))
        after = [
            (await pair.north.do(Say(structs.replace(proposed, matter=""), "anna"))).matter.id
            for _ in range(2)
        ]
        assert after == ["D-2", "D-3"]

    played(story)


def test_an_alarm_that_a_person_has_dealt_with_comes_again_for_another_thing_of_its_kind():
    async def story(pair):
        call = await opened(pair, pair.north, FLASH)
        heard = {"said": "more", "of_turn": 1, "by_role": "watch", "told_s": T0, "language": "en"}
        await said(pair, pair.south, call, CallHeard, words="Ship around.", **heard)
        await _clear(pair.north, "heard differently")
        assert not await texts_of(pair.north, "heard differently")
        await pair.north.tick()
        assert not await texts_of(pair.north, "heard differently")
        await said(pair, pair.south, call, CallHeard, words="Sheep aground.", **heard)
        assert await texts_of(pair.north, "heard differently")

    played(story)


async def _clear(node, kind):
    alarm = next(one for one in await node.desk.read(queries.alarms) if one.kind == kind)
    await node.do(ClearAlarm(alarm.id, by="anna", how="read again"))


def test_an_alarm_that_a_new_agreement_brings_is_told_to_people_when_it_comes_into_force():
    async def story(pair):
        activity = an_activity("north", "A1", disclose=Disclosure.PRIVATE)
        await pair.north.declare(activity)
        await signed_by_both(pair, version(caution_areas=(NARROWS,)))
        assert pair.north.desk.agreement.caution_areas
        texts = [one.text for one in await pair.north.desk.read(queries.alarms)]
        about = [text for text in texts if "caution area" in text]
        assert about
        assert set(about) <= {text for _role, text in pair.north.heard.alerts}

    played(story, an_agreement())


def test_a_flash_rings_everybody_where_the_clock_was_put_back_since_it_came():
    async def story(pair):
        call = await opened(pair, pair.north, FLASH)
        for node in (pair.north, pair.south):
            await node.tick()
        pair.clock.now -= 3600.0
        await pair.south.tick()
        rung = {one.role for one in (await stand(pair.south, call)).rung}
        assert rung >= {step.role for step in pair.south.desk.agreement.council.hotline.flash}
        assert await texts_of(pair.south, "call not taken")
        await pair.north.tick()
        assert await texts_of(pair.north, "call not taken")

    played(story)


def test_a_step_said_to_be_of_a_time_after_its_message_was_sent_is_not_taken():
    async def story(pair):
        matter = await opened(pair, pair.south, PROPOSED)
        for later_s, wanted in ((0.0, 2), (10.0 * DAY_S, 2)):
            step = DecisionPosition(
                opener="south",
                matter=matter.id,
                turn=2 if later_s == 0.0 else 3,
                at_s=T0 + later_s,
                role="deputy",
                position=Position.DEFER,
            )
            await _send(pair.south, "north", step)
            await pair.settle()
            assert len((await held(pair.north, matter)).steps) == wanted
        assert "not accepted" in await pair.south.alarms()

    played(story)


async def _send(node, peer, said):
    """Send what no node of ours would say."""

    def sent(transaction):
        draft = Draft(transaction)
        send(Work(node.desk.bench, draft, node.clock.now), peer, said)
        draft.keep()

    await node.store.transact(sent)


def test_a_side_lays_so_many_texts_on_one_table_and_the_other_may_still_counter():
    talk = Talk(AgreementProposed(role="deputy", text=text(version())), agreement=an_agreement())
    for _ in range(MOST_TEXTS - 1):
        talk.hear("north", AgreementCountered(role="deputy", text=text(version())))
    with pytest.raises(NotFittingError, match="texts on this table"):
        talk.hear("north", AgreementCountered(role="deputy", text=text(version())))
    talk.say("south", AgreementCountered(role="deputy", text=text(version(3))))
    assert talk.stand.version == 3


def test_a_flash_rings_though_a_call_of_ours_has_the_name_of_one_heard_by_voice():
    async def story(pair):
        ours = structs.replace(FLASH, precedence=Precedence.ROUTINE, matter="C-1@north")
        await opened(pair, pair.south, ours)
        call = await opened(pair, pair.north, FLASH)
        assert (await stand(pair.south, call)).rung
        assert "flash call" in await pair.south.alarms()

    played(story)
