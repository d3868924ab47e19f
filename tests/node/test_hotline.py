"""The hotline between two nodes (R7): somebody answers, or both sides know that nobody does."""

import asyncio
import dataclasses

import pytest
from behind import pass_time
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from two_nodes import T0, an_agreement, two_nodes

from wideberth.council.call_stand import stand
from wideberth.council.refusals import NotFittingError
from wideberth.model.command import ClearAlarm, Suspend
from wideberth.model.council_rules import CouncilRules, HotlineRules, Precedence
from wideberth.model.span import TimeWindow
from wideberth.node import queries
from wideberth.node.bundles import export_bundle, import_bundle
from wideberth.node.council import matters
from wideberth.node.council.saying import Say
from wideberth.node.refusals import NotAllowedError
from wideberth.peering.council.call import (
    CallAdded,
    CallAnswered,
    CallClosed,
    CallMade,
    CallPassed,
    CallRead,
    CallTaken,
    CallTranslated,
)

CLAUSE = an_agreement().clauses[0].id
AGREEMENT = an_agreement(council=CouncilRules(hotline=HotlineRules(clause=CLAUSE)))
CEASE = CallMade(
    role="duty officer",
    to_role="duty officer",
    precedence=Precedence.FLASH,
    code="C1F",
    values=("FIRE-7",),
)
UNDERSTOOD = "L3A"


def played(scene, agreement=AGREEMENT):
    async def whole():
        async with two_nodes(agreement) as pair:
            await scene(pair)

    asyncio.run(whole())


async def called(pair, **different):
    """Have north call south, and return the call."""
    answer = await pair.north.do(Say(structs.replace(CEASE, **different), "user"))
    await pair.settle()
    return answer.matter


async def say(pair, node, body, call, **given):
    answer = await node.do(Say(body(opener=call.opener, matter=call.id, **given), "user"))
    await pair.settle()
    return answer


async def seen(node, call):
    found = await node.desk.read(lambda r: matters.matter(r, "call", call.opener, call.id))
    return stand(found, node.desk.agreement)


async def texts_of(node, kind):
    found = await node.desk.read(queries.alarms)
    return [alarm.text for alarm in found if alarm.kind == kind]


def rung(found):
    return [(one.role, one.at_s - T0) for one in found.rung]


def test_a_flash_rings_at_once_passes_an_unanswered_role_and_the_caller_sees_who_holds_it():
    async def scene(pair):
        call = await called(pair)
        assert await pair.south.alarms() == ["flash call"]
        for node in (pair.north, pair.south):
            found = await seen(node, call)
            assert (found.state, found.holder) == ("ringing", "")
            assert rung(found) == [("duty officer", 0.0)]
        await pass_time(pair, 35.0)
        assert [role for role, _text in pair.south.heard.alerts if role == "deputy"]
        await say(pair, pair.south, CallTaken, call, role="deputy")
        found = await seen(pair.north, call)
        assert (found.state, found.holder, found.time_to_take_s) == ("taken", "deputy", 35.0)
        assert [role for role, _s in rung(found)] == ["duty officer", "deputy"]
        pair.clock.now += 5.0
        await say(pair, pair.south, CallAnswered, call, role="deputy", code=UNDERSTOOD)
        found = await seen(pair.north, call)
        assert (found.state, found.time_to_answer_s) == ("answered", 40.0)
        await say(pair, pair.north, CallClosed, call, role="duty officer")
        for node in (pair.north, pair.south):
            assert await node.alarms() == []
            assert (await seen(node, call)).state == "closed"

    played(scene)


def test_every_role_of_the_ladder_is_rung_in_turn_and_then_both_sides_are_in_red():
    async def scene(pair):
        call = await called(pair)
        await pass_time(pair, 130.0, step_s=1.0)
        ladder = ["duty officer", "deputy", "second deputy", "decision level"]
        for node in (pair.north, pair.south):
            found = rung(await seen(node, call))
            assert [role for role, _s in found] == ladder
            late_s = [s - due for (_r, s), due in zip(found, (0, 30, 60, 120), strict=True)]
            assert 0.0 <= min(late_s) <= max(late_s) <= 1.0
            (text,) = await texts_of(node, "call not taken")
            assert CLAUSE in text
        assert "no answer: its node has rung" in " ".join(await texts_of(pair.north, NOT_TAKEN))
        told = list(dict.fromkeys(r for r, text in pair.south.heard.alerts if "calls our" in text))
        assert told == ladder

    played(scene)


NOT_TAKEN = "call not taken"


def test_a_call_that_cannot_get_there_is_a_line_fault_and_not_a_missing_answer():
    async def scene(pair):
        pair.network.partition(["north"], ["south"])
        call = await called(pair)
        await pass_time(pair, 125.0)
        said = " ".join(await texts_of(pair.north, NOT_TAKEN))
        assert "line fault" in said
        assert "no answer" not in said
        assert (await seen(pair.north, call)).rung == ()
        pair.network.heal()
        await pair.settle()
        found = await seen(pair.north, call)
        assert len(found.rung) == 4  # so late, everybody is rung at once
        said = " ".join(await texts_of(pair.north, NOT_TAKEN))
        assert "line fault" not in said

    played(scene)


@pytest.mark.parametrize("precedence", [p for p in Precedence if p is not Precedence.FLASH])
def test_a_call_that_is_no_flash_rings_the_role_it_is_for_and_is_in_red_when_its_answer_is_due(
    precedence,
):
    async def scene(pair):
        call = await called(pair, precedence=precedence, to_role="deputy")
        assert await pair.south.alarms() == ["call"]
        wait_s = AGREEMENT.council.hotline.answer_s(call.opening.precedence)
        pair.clock.now += wait_s - 1.0
        await pass_time(pair, 0.5)
        assert [one.role for one in (await seen(pair.south, call)).rung] == ["deputy"]
        assert await pair.north.alarms() == []
        await pass_time(pair, 2.0)
        for node in (pair.north, pair.south):
            assert {NOT_TAKEN, "answer overdue"} <= set(await node.alarms())
        with pytest.raises(NotFittingError, match="only a flash"):
            await say(pair, pair.south, CallTaken, call, role="watch officer")

    calm = an_agreement(notice=patient_rules())
    played(scene, calm)


def patient_rules():
    """Rules under which a long wait is no fault of the line."""
    day = 86_400.0
    base = an_agreement().notice
    return dataclasses.replace(
        base, heartbeat_s=day, link_down_after_s=3 * day, reconcile_s=9 * day
    )


def test_any_watch_officer_may_take_a_flash():
    async def scene(pair):
        call = await called(pair)
        await say(pair, pair.south, CallTaken, call, role="air desk")
        assert (await seen(pair.north, call)).holder == "air desk"

    played(scene)


def test_a_call_passed_on_is_held_by_who_passed_it_until_it_is_taken_and_rings_the_ladder_anew():
    async def scene(pair):
        call = await called(pair)
        await say(pair, pair.south, CallTaken, call, role="duty officer")
        assert await pair.south.alarms() == []
        pair.clock.now += 10.0
        await say(pair, pair.south, CallPassed, call, role="duty officer", to_role="decision level")
        found = await seen(pair.north, call)
        assert (found.state, found.holder, found.asked) == (
            "passed", "duty officer", "decision level",
        )  # fmt: skip
        assert rung(found)[-1] == ("decision level", 10.0)
        await pass_time(pair, 35.0)
        assert "deputy" in [one.role for one in (await seen(pair.north, call)).rung]
        await say(pair, pair.south, CallTaken, call, role="decision level")
        assert (await seen(pair.north, call)).holder == "decision level"
        assert (await seen(pair.north, call)).time_to_take_s == 0.0

    played(scene)


def test_neither_suspension_nor_an_expired_agreement_stops_a_flash():
    expired = an_agreement(validity=TimeWindow(T0 - 9e6, T0 - 1.0))

    async def scene(pair):
        for node, other in ((pair.north, "south"), (pair.south, "north")):
            await node.do(Suspend(other, True, "admin", "talks failed"))
        call = await called(pair)
        assert "flash call" in await pair.south.alarms()
        await say(pair, pair.south, CallAnswered, call, role="deputy", code=UNDERSTOOD)
        assert (await seen(pair.north, call)).state == "answered"

    played(scene, expired)


def test_a_ringing_call_cannot_be_silenced_by_clearing_its_alarm():
    async def scene(pair):
        await called(pair)
        (alarm,) = await pair.south.desk.read(queries.alarms)
        with pytest.raises(NotAllowedError, match="cause of this alarm lasts"):
            await pair.south.do(ClearAlarm(alarm.id, "somebody", "noise"))

    played(scene)


def test_by_bundle_a_flash_rings_takes_and_answers_as_by_line():
    async def carry(sender, receiver):
        made = await export_bundle(sender.desk, receiver.party)
        await import_bundle(receiver.desk, made.data)

    async def scene(pair):
        made = await pair.north.do(Say(CEASE, "user"))
        call = made.matter
        await carry(pair.north, pair.south)
        assert "flash call" in await pair.south.alarms()
        body = CallAnswered(opener="north", matter=call.id, role="deputy", code=UNDERSTOOD)
        await pair.south.do(Say(body, "user"))
        await carry(pair.south, pair.north)
        found = await seen(pair.north, call)
        assert (found.state, found.holder) == ("answered", "deputy")
        assert found.rung

    played(scene)


def test_words_keep_their_original_beside_a_translation_that_names_who_made_it():
    async def scene(pair):
        call = await called(pair, code="", values=(), words="Прекратите огни", language="ru")
        for machine in (True, False):
            await say(
                pair, pair.south, CallTranslated, call, role="deputy", of_turn=1,
                of_party="north", language="he", text="די", translator="interpreter",
                machine=machine,
            )  # fmt: skip
        (text,) = (await seen(pair.north, call)).texts
        assert (text.words, text.language) == ("Прекратите огни", "ru")
        assert [(t.machine, t.translator) for t in text.translations] == [
            (True, "interpreter"),
            (False, "interpreter"),
        ]

    played(scene)


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"code": "Z9Z", "values": ()}, "phrase book"),
        ({"values": ()}, "phrase book"),
        ({"values": ("two\u202e",)}, "phrase book"),
        ({"code": "", "values": ()}, "says nothing"),
        ({"words": "hello"}, "language"),
        ({"to_role": "nobody", "precedence": Precedence.IMMEDIATE}, "does not name"),
    ],
)
def test_what_the_other_side_could_not_read_alike_is_not_called_out(different, words):
    async def scene(pair):
        with pytest.raises(NotFittingError, match=words):
            await called(pair, **different)

    played(scene)


def test_only_the_called_side_takes_answers_or_passes_on():
    async def scene(pair):
        call = await called(pair)
        for body, more in (
            (CallTaken, {}),
            (CallRead, {}),
            (CallAnswered, {"code": UNDERSTOOD}),
            (CallPassed, {"to_role": "deputy"}),
        ):
            with pytest.raises(NotFittingError, match="only south"):
                await say(pair, pair.north, body, call, role="duty officer", **more)
        await say(pair, pair.north, CallClosed, call, role="duty officer")
        with pytest.raises(NotFittingError, match="closed"):
            await say(pair, pair.south, CallTaken, call, role="duty officer")

    played(scene)


def test_a_role_that_was_rung_before_is_rung_again_when_the_call_is_passed_to_it():
    async def scene(pair):
        call = await called(pair)
        await pass_time(pair, 35.0)
        await say(pair, pair.south, CallTaken, call, role="duty officer")
        await say(pair, pair.south, CallPassed, call, role="duty officer", to_role="deputy")
        found = await seen(pair.north, call)
        assert [one.role for one in found.rung] == ["duty officer", "deputy", "deputy"]
        last = [role for role, text in pair.south.heard.alerts if "calls our deputy" in text]
        assert last == ["deputy"]

    played(scene)


def test_what_is_said_by_who_passed_a_call_on_does_not_count_as_taking_it():
    async def scene(pair):
        call = await called(pair)
        await say(pair, pair.south, CallTaken, call, role="duty officer")
        await say(pair, pair.south, CallPassed, call, role="duty officer", to_role="deputy")
        await say(pair, pair.south, CallAnswered, call, role="duty officer", code=UNDERSTOOD)
        found = await seen(pair.north, call)
        assert (found.state, found.holder) == ("passed", "duty officer")
        assert found.answered_s is not None
        assert "flash call" in await pair.south.alarms()

    played(scene)


def test_a_flash_to_a_role_that_is_not_known_there_rings_the_ladder_all_the_same():
    async def scene(pair):
        call = await called(pair, to_role="admiral of the old version")
        found = await seen(pair.north, call)
        assert [one.role for one in found.rung] == ["admiral of the old version", "duty officer"]

    played(scene)


STEPS = {
    "take": lambda: (CallTaken, {}),
    "read": lambda: (CallRead, {}),
    "answer": lambda: (CallAnswered, {"code": UNDERSTOOD}),
    "say": lambda: (CallAdded, {"words": "go on", "language": "en"}),
    "pass": lambda: (CallPassed, {"to_role": "deputy"}),
    "close": lambda: (CallClosed, {}),
}
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["north", "south", "south", "line", "time"]), st.sampled_from([*STEPS])
    ),
    min_size=1,
    max_size=10,
)


@settings(max_examples=25, deadline=None)
@given(MOVES)
def test_both_sides_see_the_same_call_and_somebody_is_rung_while_nobody_holds_it(moves):
    async def scene(pair):
        call = await called(pair)
        for who, what in moves:
            if who == "line":
                await pair.settle()
            elif who == "time":
                pair.clock.now += 31.0
                await pair.north.tick()
                await pair.south.tick()
            else:
                body, given = STEPS[what]()
                said = body(opener="north", matter=call.id, role="deputy", **given)
                try:
                    await getattr(pair, who).do(Say(said, "user"))
                except NotFittingError:
                    assert who == "north" or not (await seen(pair.south, call)).is_open
        await pair.settle()
        north, south = await seen(pair.north, call), await seen(pair.south, call)
        assert north == south
        is_rung = "flash call" in await pair.south.alarms()
        assert is_rung == (south.state in ("ringing", "passed"))
        assert south.rung or not is_rung

    played(scene)
