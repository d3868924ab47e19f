"""With the line down a call goes by telephone, and both ledgers come to hold it (R8)."""

import asyncio
import dataclasses

from behind import pass_time
from hypothesis import given, settings
from msgspec import structs
from phrase_scenes import messages
from two_nodes import an_agreement, two_nodes

from wideberth.council.call_stand import content, stand
from wideberth.council.call_voice import call_heard, heard_name, is_said, step_heard, to_voice
from wideberth.council.matter import Matter, Step
from wideberth.formats.phrase_voice import read_voice, write_voice
from wideberth.model.council_rules import Precedence
from wideberth.node.council import matters
from wideberth.node.council.saying import Say
from wideberth.peering.council.call import CallAnswered, CallClosed, CallMade, CallTaken

AGREEMENT = an_agreement()
CEASE = CallMade(
    role="duty officer",
    to_role="air desk",
    precedence=Precedence.FLASH,
    code="D3T",
    values=("7", "34-00-15.00N 033-00-00.00E"),
    words="Шум ветра",
    language="ru",
)


def played(scene):
    hotline = AGREEMENT.council.hotline
    desks = dataclasses.replace(hotline, roles=(*hotline.roles, "air desk"))
    agreement = an_agreement(council=dataclasses.replace(AGREEMENT.council, hotline=desks))

    async def whole():
        async with two_nodes(agreement) as pair:
            pair.network.partition(["north"], ["south"])
            await scene(pair)

    asyncio.run(whole())


async def found(node, opener, name):
    return await node.desk.read(lambda r: matters.matter(r, "call", opener, name))


async def seen(node, opener, name):
    return stand(await found(node, opener, name), node.desk.agreement)


async def read_aloud(node, opener, name):
    """Return what somebody at the other side writes down and types in."""
    one = await found(node, opener, name)
    said = write_voice(to_voice(one, stand(one, node.desk.agreement), node.party))
    return read_voice(said.lower().replace(" ", ""))


async def called_by_phone(pair):
    made = await pair.north.do(Say(CEASE, "user"))
    heard = await read_aloud(pair.north, "north", made.matter.id)
    return made.matter, heard


def test_a_call_read_aloud_rings_at_the_other_side_and_says_who_read_it_to_whom():
    async def scene(pair):
        call, heard = await called_by_phone(pair)
        answer = await pair.south.do(Say(call_heard(heard, "south", "deputy"), "user"))
        assert "flash call" in await pair.south.alarms()
        name = heard_name("north", call.id)
        assert answer.matter.id == name
        standing = await seen(pair.south, "south", name)
        (text,) = standing.texts
        assert (text.via, text.role, text.heard_by) == ("voice", "duty officer", "deputy")
        assert (text.code, text.values) == (CEASE.code, CEASE.values)
        assert (text.words, text.language) == (CEASE.words, "ru")
        assert (standing.caller, standing.called, standing.via) == ("north", "south", "voice")
        assert [one.role for one in standing.rung][:2] == ["air desk", "duty officer"]

    played(scene)


def test_the_answer_read_back_stands_at_the_caller_before_the_line_is_up():
    async def scene(pair):
        call, heard = await called_by_phone(pair)
        await pair.south.do(Say(call_heard(heard, "south", "deputy"), "user"))
        name = heard_name("north", call.id)
        await pair.south.do(Say(CallTaken(opener="south", matter=name, role="deputy"), "user"))
        body = CallAnswered(opener="south", matter=name, role="deputy", code="L3A")
        await pair.south.do(Say(body, "user"))
        back = await read_aloud(pair.south, "south", name)
        assert (back.opener, back.call) == ("north", call.id)
        one = await found(pair.north, "north", call.id)
        await pair.north.do(Say(step_heard(back, one, "duty officer"), "user"))
        standing = await seen(pair.north, "north", call.id)
        assert (standing.state, standing.holder) == ("answered", "deputy")
        assert standing.texts[-1].via == "voice"
        assert is_said(back, standing)

    played(scene)


def test_when_the_line_is_up_again_the_call_does_not_ring_twice_and_both_sides_hold_both():
    async def scene(pair):
        call, heard = await called_by_phone(pair)
        await pair.south.do(Say(call_heard(heard, "south", "deputy"), "user"))
        name = heard_name("north", call.id)
        body = CallAnswered(opener="south", matter=name, role="deputy", code="L3A")
        await pair.south.do(Say(body, "user"))
        before = len(pair.south.heard.alerts)
        pair.network.heal()
        await pass_time(pair, 10.0)
        for node in (pair.north, pair.south):
            standing = await seen(node, "north", call.id)
            assert (standing.state, standing.goes_on) == ("matched", f"call/south/{name}")
            assert (await seen(node, "south", name)).state == "answered"
            assert "flash call" not in await node.alarms()
        assert not [text for _r, text in pair.south.heard.alerts[before:] if "calls our" in text]

    played(scene)


def test_what_was_misheard_in_its_meaning_is_found_when_the_line_is_up_again():
    async def scene(pair):
        call, heard = await called_by_phone(pair)
        other = structs.replace(call_heard(heard, "south", "deputy"), values=("9", CEASE.values[1]))
        await pair.south.do(Say(other, "user"))
        pair.network.heal()
        await pass_time(pair, 10.0)
        for node in (pair.north, pair.south):
            assert "heard differently" in await node.alarms()
            assert (await seen(node, "north", call.id)).state == "ringing"

    played(scene)


def test_a_call_that_somebody_made_in_our_name_by_telephone_is_in_red_when_the_line_is_up():
    async def scene(pair):
        _call, heard = await called_by_phone(pair)
        false = dataclasses.replace(heard, call="C-99")
        await pair.south.do(Say(call_heard(false, "south", "deputy"), "user"))
        pair.network.heal()
        await pass_time(pair, 10.0)
        assert "call not ours" in await pair.north.alarms()

    played(scene)


@settings(max_examples=40, deadline=None)
@given(messages())
def test_any_phrase_read_aloud_is_entered_with_the_same_code_and_values(message):
    opening = structs.replace(
        CEASE, opener="north", matter="C-1", turn=1, at_s=1.8e9, parties=("north", "south"),
        code=message.code, values=message.values,
    )  # fmt: skip
    step = Step(party="north", said=opening, known_s=1.8e9)
    one = Matter(
        kind="call", opener="north", id="C-1", parties=("north", "south"), opened_s=1.8e9,
        steps=(step,),
    )  # fmt: skip
    told = read_voice(write_voice(to_voice(one, stand(one, AGREEMENT), "north")))
    entered = call_heard(told, "south", "deputy")
    assert content(entered) == content(opening)
    assert (entered.precedence, entered.to_role) == (opening.precedence, opening.to_role)


def test_an_answer_heard_otherwise_than_it_was_sent_is_in_red_on_both_sides():
    async def scene(pair):
        pair.network.heal()
        made = await pair.north.do(Say(CEASE, "user"))
        call = made.matter
        await pair.settle()
        pair.network.partition(["north"], ["south"])
        body = CallAnswered(opener="north", matter=call.id, role="deputy", code="L3A")
        await pair.south.do(Say(body, "user"))
        heard = await read_aloud(pair.south, "north", call.id)
        one = await found(pair.north, "north", call.id)
        right = step_heard(heard, one, "duty officer")
        await pair.north.do(Say(structs.replace(right, code="L4F"), "user"))
        assert (await seen(pair.north, "north", call.id)).state == "answered"
        pair.network.heal()
        await pass_time(pair, 10.0)
        for node in (pair.north, pair.south):
            assert "heard differently" in await node.alarms()

    played(scene)


def test_the_end_of_a_call_can_be_read_aloud_too():
    async def scene(pair):
        call, heard = await called_by_phone(pair)
        await pair.south.do(Say(call_heard(heard, "south", "deputy"), "user"))
        body = CallClosed(opener="north", matter=call.id, role="duty officer")
        await pair.north.do(Say(body, "user"))
        ended = await read_aloud(pair.north, "north", call.id)
        one = await found(pair.south, "south", heard_name("north", call.id))
        await pair.south.do(Say(step_heard(ended, one, "deputy"), "user"))
        assert (await seen(pair.south, "south", one.id)).state == "closed"
        assert "flash call" not in await pair.south.alarms()

    played(scene)
