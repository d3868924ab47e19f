"""Deir ez-Zor, 17 September 2016: the place that was passed lay 9 km from the place that was meant.

One side rang the other with a place. It was written down 9 km away from the true one, nobody said
it back, and the strikes began. When the other side rang to stop them, the caller was told that the
usual contact was away, and waited 27 minutes, while the strikes went on.

Here the receiver's node says every place back in another notation and the sender's node measures
it (R4); a person can still say that it is not what was meant; a correction says how far it went. A
call to stop rings a role and, while nobody takes it, others at 30, 60 and 120 seconds up to the
level that decides; the caller sees who has it, and the seconds are on record (R7). A notice that
nobody reads goes up likewise. Every step is on the ladder (R5), and an answer that does not come
is told from a line that is cut (R19).
"""

import asyncio

import pytest
from behind import pass_time, whisper
from council_scenes import opened, said, stand, texts_of
from msgspec import structs
from two_nodes import T0, a_volume, an_activity, two_nodes

from wideberth.engine.geodesy import GEOD
from wideberth.model.activity import State
from wideberth.model.command import AnswerReadBack, MarkRead
from wideberth.model.council_rules import Precedence
from wideberth.model.footprint import Circle
from wideberth.node.places import said_places
from wideberth.peering.council.call import CallAnswered, CallMade, CallTaken
from wideberth.peering.messages import ReadBack

MEANT = (33.0, 34.0)
WRONG = GEOD.fwd(*MEANT, 225.0, 9080.0)[:2]  # 9 km to the south-west


def strike(place=MEANT, **different):
    volume = a_volume(footprint=Circle(place, 2000.0))
    return an_activity(kind="strike", volumes=(volume,), **different)


def played(scene):
    async def whole():
        async with two_nodes() as pair:
            await scene(pair)

    asyncio.run(whole())


async def sent_and_taken(pair):
    await pair.settle()
    return (await pair.north.notices())[-1], (await pair.south.notices())[-1]


@pytest.mark.parametrize("notation", ["mgrs", "dms", "bearing"])
def test_a_place_noted_9_km_away_is_read_back_9_km_away_and_both_are_told_by_how_much(notation):
    async def scene(pair):
        await pair.north.declare(strike())
        sent, _taken = await sent_and_taken(pair)
        right, wrong = (said_places(strike(at), pair.north.desk.agreement) for at in (MEANT, WRONG))
        place = replace_place(right, wrong, notation)
        said = ReadBack(notice=sent.message, activity="A1", revision=1, volumes=place)
        await whisper(pair.south, "north", said)
        sent, _taken = await sent_and_taken(pair)
        assert sent.read_back == "differs"
        assert any("9.1 km off" in line for line in sent.differences)
        assert "read-back differs" in await pair.north.alarms()

    played(scene)


def replace_place(right, wrong, notation):
    (volume,), (other,) = right, wrong
    place = structs.replace(volume.places[0], **{notation: getattr(other.places[0], notation)})
    return (structs.replace(volume, places=(place,)),)


def test_who_hears_the_wrong_place_said_back_says_no_and_both_sides_are_in_red():
    async def scene(pair):
        await pair.north.declare(strike(WRONG))
        sent, _taken = await sent_and_taken(pair)
        assert sent.read_back == "said"  # word for word what was sent: only a person can know
        await pair.north.do(AnswerReadBack(sent.message, agreed=False, by="planner", reason="9 km"))
        sent, taken = await sent_and_taken(pair)
        assert sent.read_back == taken.read_back == "differs"
        assert taken.differences == ("9 km",)
        for node in (pair.north, pair.south):
            assert "read-back differs" in await node.alarms()

    played(scene)


def test_the_correction_says_on_both_sides_that_it_moved_9_km_and_ends_the_red():
    async def scene(pair):
        await pair.north.declare(strike(WRONG))
        sent, _taken = await sent_and_taken(pair)
        await pair.north.do(AnswerReadBack(sent.message, agreed=False, by="planner"))
        await pair.settle()
        await pair.north.declare(strike(revision=2))
        sent, taken = await sent_and_taken(pair)
        assert "moved 9.1 km to the north-east" in sent.moved
        assert sent.moved == taken.moved
        for node in (pair.north, pair.south):
            assert "read-back differs" not in await node.alarms()

    played(scene)


def test_a_change_of_state_does_not_end_the_red_of_a_wrong_place():
    async def scene(pair):
        await pair.north.declare(strike(WRONG))
        sent, _taken = await sent_and_taken(pair)
        await pair.north.do(AnswerReadBack(sent.message, agreed=False, by="planner"))
        await pair.settle()
        await pair.north.change("A1", State.ACTIVATED)
        await pair.settle()
        for node in (pair.north, pair.south):
            assert "read-back differs" in await node.alarms()

    played(scene)


STOP = CallMade(
    role="duty officer",
    to_role="duty officer",  # the usual contact, who is away
    precedence=Precedence.FLASH,
    code="C2L",  # people are there: stop
    values=("34-00-00.00N 033-00-00.00E",),
)


def test_a_call_to_stop_does_not_wait_27_minutes_for_the_usual_contact_a_deputy_has_it_in_one():
    async def scene(pair):
        call = await opened(pair, pair.south, STOP)
        await pass_time(pair, 45.0)
        for node in (pair.north, pair.south):
            found = await stand(node, call)
            assert [one.role for one in found.rung] == ["duty officer", "deputy"]
            assert found.holder == ""
        await said(pair, pair.north, call, CallTaken, role="deputy")
        await pass_time(pair, 10.0)
        await said(pair, pair.north, call, CallAnswered, role="deputy", code="L3A")
        for node in (pair.north, pair.south):
            found = await stand(node, call)
            assert (found.holder, found.state) == ("deputy", "answered")
            assert (found.time_to_take_s, found.time_to_answer_s) == (45.0, 55.0)

    played(scene)


def test_a_call_that_nobody_takes_rings_up_to_the_decision_level_and_both_sides_know_it():
    async def scene(pair):
        call = await opened(pair, pair.south, STOP)
        await pass_time(pair, 122.0, step_s=1.0)
        await pass_time(pair, 27 * 60.0 - 122.0, step_s=15.0)
        for node in (pair.north, pair.south):
            rung = (await stand(node, call)).rung
            roles = ["duty officer", "deputy", "second deputy", "decision level"]
            assert [one.role for one in rung] == roles
            for one, due_s in zip(rung, (0.0, 30.0, 60.0, 120.0), strict=True):
                assert 0.0 <= one.at_s - T0 - due_s <= 1.0
            (text,) = await texts_of(node, "call not taken")
            assert "line fault" not in text

    played(scene)


def alerted(node):
    return list(dict.fromkeys(role for role, text in node.heard.alerts if "no answer" in text))


def test_27_minutes_without_an_answer_go_up_to_the_decision_level_in_two():
    async def scene(pair):
        await pair.north.declare(strike())
        await pair.settle()
        await pass_time(pair, 300.0)  # it is due to be read
        assert alerted(pair.south) == []
        for waited_s, roles in (
            (35.0, ["duty officer"]),
            (30.0, ["duty officer", "deputy"]),
            (60.0, ["duty officer", "deputy", "decision level"]),
            (27 * 60.0 - 425.0, ["duty officer", "deputy", "decision level"]),
        ):
            await pass_time(pair, waited_s)
            assert alerted(pair.north) == alerted(pair.south) == roles
        sent, taken = await sent_and_taken(pair)
        assert sent.overdue == taken.overdue == ("read",)
        for node in (pair.north, pair.south):
            assert "unacknowledged" in await node.alarms()

    played(scene)


def test_the_time_to_the_answer_is_on_record_on_both_sides_and_the_red_ends_with_it():
    async def scene(pair):
        await pair.north.declare(strike())
        await pair.settle()
        await pass_time(pair, 27 * 60.0)
        _sent, taken = await sent_and_taken(pair)
        await pair.south.do(MarkRead(taken.message, "deputy"))
        sent, taken = await sent_and_taken(pair)
        assert sent.read_s - sent.delivered_s == taken.read_s - taken.delivered_s == 27 * 60.0
        assert (sent.read_by, sent.overdue, taken.overdue) == ("deputy", (), ())
        for node in (pair.north, pair.south):
            assert "unacknowledged" not in await node.alarms()

    played(scene)


def test_a_notice_that_does_not_get_there_is_a_line_fault_and_not_a_missing_answer():
    async def scene(pair):
        pair.network.partition(["north"], ["south"])
        await pair.north.declare(strike())
        await pass_time(pair, 400.0)
        said = " ".join(text for _role, text in pair.north.heard.alerts)
        assert "has not reached its node: line fault" in said
        assert "no answer" not in said
        assert {"line down", "unacknowledged"} <= set(await pair.north.alarms())
        assert (await pair.north.peer("south")).down_since_s <= T0 + 5.0

    played(scene)


def test_doubt_about_the_target_area_travels_with_the_notice_and_cannot_be_dropped():
    async def scene(pair):
        await pair.north.declare(strike(), doubt="the analyst is not sure whose post this is")
        await pair.settle()
        held = await pair.south.held("north", "A1")
        assert held.doubt == "the analyst is not sure whose post this is"

    played(scene)
