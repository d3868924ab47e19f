"""A year in small: everything that figures count, done at random at two nodes."""

import contextlib

from drill_scenes import answer_all, call, drilled_agreement
from interference_scenes import answered, closed, opened
from two_nodes import T0, a_volume, an_activity

from wideberth.council.figures import Period
from wideberth.errors import WideberthError
from wideberth.model.activity import Disclosure, State
from wideberth.model.command import (
    AnswerReadBack,
    MarkRead,
    PassToUnits,
    RecallNotice,
    Suspend,
    UnitAcknowledge,
)
from wideberth.model.council_rules import Precedence
from wideberth.node.bundles import export_bundle, import_bundle
from wideberth.node.council import matters
from wideberth.node.council.figures_read import figures_here
from wideberth.node.council.saying import Say
from wideberth.node.records import Way
from wideberth.peering.council.action import ActionDone, ActionOpened
from wideberth.peering.council.call import CallAnswered, CallMade, CallTaken
from wideberth.peering.council.decision import DecisionPosition, DecisionProposed, Position

AGREEMENT = drilled_agreement(times=("08:30", "09:00"))
DEEDS = (
    *("declare", "amend", "near", "private", "change", "withdraw"),
    *("read", "pass", "acknowledge", "read back", "recall"),
    *("suspend", "interfere", "cease", "close case"),
    *("drill", "answer drills", "call", "take call", "answer call"),
    *("decide", "adopt", "task", "task done"),
)
ROUND = ("wait", "wait long", "cut", "heal", "settle", "bundle")


async def carried(pair):
    """Carry what waits by file, both ways."""
    for here, there in ((pair.north, pair.south), (pair.south, pair.north)):
        made = await export_bundle(here.desk, there.party)
        with contextlib.suppress(WideberthError):
            await import_bundle(there.desk, made.data)


async def said_in(node, kind, body, **fields):
    """Say a body in the newest matter of a kind."""
    found, _next = await node.desk.read(
        lambda reader: matters.matters(reader, kind=kind, is_open=False)
    )
    if found:
        one = found[-1]
        said = body(opener=one.opener, matter=one.id, role="duty officer", **fields)
        await node.do(Say(said, "user"))


async def acted(pair, who, deed, number):
    """Do one deed at one side; what the state of things does not allow is not done."""
    node = getattr(pair, who)
    with contextlib.suppress(WideberthError):
        await _act(pair, node, deed, number)


async def _act(pair, node, deed, number):
    party, other = node.party, "south" if node.party == "north" else "north"
    held = [h.activity for h in [await node.held(party, f"A{n}") for n in range(3)] if h]
    incoming = [n for n in await node.notices() if n.way is Way.IN]
    match deed:
        case "declare":
            kind = ("patrol", "exercise")[number % 2]
            volume = a_volume(33.0 + 0.04 * (number % 5))
            one = an_activity(party, f"A{number % 3}", kind=kind, volumes=(volume,))
            await node.declare(one)
        case "near":
            disclose = (Disclosure.FULL, Disclosure.EXTENT)[number % 2]
            await node.declare(an_activity(party, f"A{number % 3}", disclose=disclose))
        case "private":
            await node.declare(an_activity(party, "P1", disclose=Disclosure.PRIVATE))
        case "amend" if held:
            moved = a_volume(33.0 + 0.3 * (number % 3))
            one = an_activity(party, held[0].id, volumes=(moved,), revision=held[0].revision + 1)
            await node.declare(one)
        case "change" if held:
            await node.change(held[-1].id, (State.ACTIVATED, State.ENDED)[number % 2])
        case "withdraw" if held:
            await node.change(held[-1].id, State.WITHDRAWN)
        case "read" if incoming:
            await node.do(MarkRead(incoming[-1].message, "duty officer"))
        case "pass" if incoming:
            units = ("frigate", "battery") if party == "south" else ("wing",)
            await node.do(PassToUnits(incoming[-1].message, units, "duty officer"))
        case "acknowledge" if incoming:
            unit = ("frigate", "battery")[number % 2] if party == "south" else "wing"
            await node.do(UnitAcknowledge(incoming[-1].message, unit, "duty officer"))
        case "read back":
            ours = [n for n in await node.notices() if n.way is Way.OUT and n.read_back]
            if ours:
                said = AnswerReadBack(ours[-1].message, number % 2 == 0, "duty officer", "other")
                await node.do(said)
        case "recall":
            ours = [n for n in await node.notices() if n.way is Way.OUT and not n.recalled]
            if ours and number % 3 == 0:
                await node.do(RecallNotice(ours[0].message, "duty officer", "not for you"))
        case "suspend":
            peer = await node.peer(other)
            await node.do(Suspend(other, not peer.suspended_by_us, "admin", "for reasons"))
        case "interfere":
            await opened(node, case=f"C{number % 4}", cease=True, peer=other)
        case "cease":
            for n in range(4):
                with contextlib.suppress(WideberthError):
                    await answered(node, opener=other, case=f"C{n}")
        case "close case":
            await closed(node, case=f"C{number % 4}")
        case "drill":
            await node.do(Say(call(), "user"))
        case "answer drills":
            await answer_all(node)
        case _:
            await _confer(node, deed, number)


async def _confer(node, deed, number):
    match deed:
        case "call":
            body = CallMade(
                role="duty officer",
                precedence=tuple(Precedence)[number % 4],
                to_role="duty officer",
                words="how do you read?",
                language="en",
            )
            await node.do(Say(body, "user"))
        case "take call":
            await said_in(node, "call", CallTaken)
        case "answer call":
            await said_in(node, "call", CallAnswered, words="well", language="en")
        case "decide":
            body = DecisionProposed(role="secretary", title="Frequencies", text="243 MHz")
            await node.do(Say(body, "user"))
        case "adopt":
            await said_in(node, "decision", DecisionPosition, position=Position.ADOPT)
        case "task":
            body = ActionOpened(
                role="secretary",
                title="Check",
                owner="south",
                owner_role="duty officer",
                due_s=node.clock.now + 600.0,
            )
            await node.do(Say(body, "user"))
        case "task done":
            await said_in(node, "action", ActionDone, proof="seen")


async def figures(node, period=None):
    """Return a node's figures of all the time of a scene."""
    other = "south" if node.party == "north" else "north"
    period = period or Period(T0 - 1.0, node.clock.now)
    agreement = node.desk.agreement
    return await node.store.read(
        lambda reader: figures_here(reader, (node.party, other), agreement=agreement, period=period)
    )


def value(found, section, about, name):
    """Return one figure."""
    (line,) = [one for one in found.lines if one.key == (section, about, name)]
    return line.value
