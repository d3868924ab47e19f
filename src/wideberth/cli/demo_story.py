"""The demonstration's story, chapter by chapter; every line shown is read from a node's store."""

from collections.abc import Awaitable, Callable
from typing import Final

from wideberth.assembly.demo_nodes import DemoNode
from wideberth.assembly.demo_scenario import UNITS, Scenario, scenario
from wideberth.cli.demo_proof import prove
from wideberth.cli.demo_voice import Row, Voice
from wideberth.cli.met import lead_words
from wideberth.cli.screen import GREEN, RED
from wideberth.errors import WideberthError
from wideberth.formats.report_words import position, window
from wideberth.model.activity import Activity
from wideberth.model.command import AddPeer, Declare, MarkRead, PassToUnits, UnitAcknowledge
from wideberth.model.notice import Rung, reaches
from wideberth.node import queries
from wideberth.node.records import Met, Notice, Side, Way
from wideberth.peering.cards import open_card

_PATIENCE_S: Final = 30.0
_LOOK_EVERY_S: Final = 0.05


class StoryError(WideberthError):
    """Something did not happen in time."""


async def tell(voice: Voice, north: DemoNode, south: DemoNode) -> None:
    """Tell the whole story."""
    plan = scenario(north.desk.clock.now_s())
    await _meet(voice, north, south)
    await _conflict(voice, north, south, plan)
    await _ladder(voice, north, south)
    await _move(voice, north, south, plan)
    await _quiet(voice, north, south, plan)
    await _line_down(voice, north, south, plan)
    await prove(voice, north, south)


async def until(what: str, holds: Callable[[], Awaitable[bool]], node: DemoNode) -> None:
    """Return once it holds; raises StoryError after half a minute."""
    clock = node.desk.clock
    end_s = clock.now_s() + _PATIENCE_S
    while not await holds():
        if clock.now_s() > end_s:
            raise StoryError(f"this did not happen in {_PATIENCE_S:.0f} s: {what}.")
        await clock.sleep(_LOOK_EVERY_S)


async def _meet(voice: Voice, north: DemoNode, south: DemoNode) -> None:
    voice.chapter(
        "Two nodes, no centre",
        "North and South share a strait and no commander. Each runs a node of its own. They trade\n"
        "cards by hand and read the fingerprints to each other; from then on, the nodes talk\n"
        "directly over TLS, each knowing the other's key.",
    )
    for node, other in ((north, south), (south, north)):
        await node.desk.do(AddPeer(other.made.keys.card, "admin"))
    voice.sides(_card(north), _card(south))


def _card(node: DemoNode) -> list[Row]:
    card = open_card(node.made.keys.card)
    return [("address", card.url), ("fingerprint", card.fingerprint)]


async def _conflict(voice: Voice, north: DemoNode, south: DemoNode, plan: Scenario) -> None:
    voice.chapter(
        "Each declares; each finds the conflict",
        "North declares a survey flight, South a firing. Nobody asks a third party: each node\n"
        "searches for itself, and both come to the same finding under the same clause.",
    )
    for node, activity in ((north, plan.survey), (south, plan.firing)):
        answer = await _declare(node, activity)
        volume = activity.volumes[0]
        when = window(volume.time.start_s, volume.time.end_s)
        voice.line(f"{node.party} declares {activity.id}: {activity.title}, {when}")
        for notice in answer:
            words, style = lead_words(notice.lead) if notice.lead else ("", "")
            voice.line(f"  {words}", style)
    voice.line("")

    async def both_know() -> bool:
        return bool(await conflicts(north)) and bool(await conflicts(south))

    await until("both find the conflict", both_know, north)
    voice.sides(await _met(north), await _met(south))


async def _declare(node: DemoNode, activity: Activity) -> tuple[Notice, ...]:
    answer = await node.desk.do(Declare(activity, contact="duty officer", by="planner"))
    return answer.notices


async def conflicts(node: DemoNode) -> list[Met]:
    """Return the conflicts that last."""
    met = await node.desk.read(queries.conflicts)
    return [one for one in met if one.ended_s is None]


async def _met(node: DemoNode) -> list[Row]:
    rows: list[Row] = []
    for met in await conflicts(node):
        rows += [
            (
                "conflict",
                f"{met.a.party} {met.a.activity} with {met.b.party} {met.b.activity}",
                RED,
            ),
            ("where", position((met.lon_deg, met.lat_deg))),
            ("why", f"{met.why} ({met.clause})"),
        ]
        if met.private:
            rows.append(("", "one of them is private: only this node knows of it"))
    return rows or [("", "no conflict found", GREEN)]


def _name(side: Side) -> str:
    return f"{side.party} {side.activity}"


async def _sent(node: DemoNode, activity: str) -> Notice | None:
    """Return the newest notice of an activity."""
    found = await node.desk.read(queries.notices)
    of_activity = [one for one in found if one.activity == activity]
    return of_activity[-1] if of_activity else None


async def _ladder(voice: Voice, north: DemoNode, south: DemoNode) -> None:
    voice.chapter(
        "The receipts climb",
        "Sent is not received, and received is not read. South's watch reads the notice, passes\n"
        "it to its units, and each acknowledges. Only then does it count; North sees every step,\n"
        "signed.",
    )
    received = await _sent(south, "N-SURVEY")
    assert received is not None, "the conflict was found from it"
    name = received.message
    steps = (
        ("South's watch officer reads it.", [MarkRead(name, "duty officer")], Rung.READ),
        (
            f"South passes it to {' and '.join(UNITS)}.",
            [PassToUnits(name, UNITS, "duty officer")],
            Rung.PASSED,
        ),
        (
            "Both units acknowledge.",
            [UnitAcknowledge(name, unit, unit) for unit in UNITS],
            Rung.ACKNOWLEDGED,
        ),
    )
    await _reached(north, "N-SURVEY", Rung.DELIVERED)
    voice.line("South's node signs for the notice: delivered.")
    for said, commands, rung in steps:
        for command in commands:
            await south.desk.do(command)
        await _reached(north, "N-SURVEY", rung)
        voice.line(f"{said} North's node shows: {rung.value}.")
    voice.line("")
    voice.sides(await _climbed(north), await _climbed(south))


async def _reached(node: DemoNode, activity: str, rung: Rung) -> None:
    async def holds() -> bool:
        notice = await _sent(node, activity)
        return notice is not None and reaches(notice.rung, rung)

    await until(f"the notice of {activity} is {rung.value}", holds, node)


async def _climbed(node: DemoNode) -> list[Row]:
    notice = await _sent(node, "N-SURVEY")
    assert notice is not None, "it was declared"
    way = "sent to" if notice.way is Way.OUT else "received from"
    effective = "yes" if notice.effective_s is not None else "not yet"
    return [
        ("notice", f"N-SURVEY, {way} {notice.peer}"),
        ("has come to", notice.rung.value, GREEN),
        ("units", ", ".join(step.unit for step in notice.units)),
        ("effective", effective, GREEN),
    ]


async def _move(voice: Voice, north: DemoNode, south: DemoNode, plan: Scenario) -> None:
    voice.chapter(
        "An amendment that moves",
        "South moves its firing out of the way. The amendment says how far; the conflict ends on\n"
        "both sides, and North's node reads the places back in a second notation.",
    )
    await _declare(south, plan.firing_moved)

    async def gone() -> bool:
        notice = await _sent(south, "S-FIRING")
        is_read_back = notice is not None and bool(notice.read_back)
        return is_read_back and not await conflicts(north) and not await conflicts(south)

    await until("the conflict ends on both sides", gone, north)
    notice = await _sent(north, "S-FIRING")
    assert notice is not None, "it ended the conflict"
    voice.line(f"The amendment: {notice.moved}")
    ours = await _sent(south, "S-FIRING")
    assert ours is not None, "it was sent"
    alike = "as they were meant" if ours.read_back == "said" else ours.read_back
    voice.line(f"North's read-back of the new places: {alike}.")
    voice.sides(await _met(north), await _met(south))


async def _quiet(voice: Voice, north: DemoNode, south: DemoNode, plan: Scenario) -> None:
    voice.chapter(
        "What is private stays at home",
        "North plans something it tells nobody. Its own node warns it of the conflict; South's\n"
        "node never gets a byte of it.",
    )
    await _declare(north, plan.secret)
    voice.sides(await _met(north), await _met(south))


async def _line_down(voice: Voice, north: DemoNode, south: DemoNode, plan: Scenario) -> None:
    voice.chapter(
        "The line goes down, and comes back",
        "South's node is switched off. North declares all the same: nothing is lost, nothing is\n"
        "silent. When South is back, what waited arrives, in order, once.",
    )
    await south.stop()
    voice.line("South's node is off. North declares N-RESUPPLY.")
    await _declare(north, plan.resupply)

    async def alarmed() -> bool:
        return any(a.kind == "line down" for a in await north.desk.read(queries.alarms))

    await until("north raises the alarm", alarmed, north)
    notice = await _sent(north, "N-RESUPPLY")
    assert notice is not None, "it was declared"
    alarms = [a for a in await north.desk.read(queries.alarms) if a.kind == "line down"]
    voice.one(
        "north",
        [("ALARM", alarms[0].text, RED), ("N-RESUPPLY", f"{notice.rung.value}, and no further")],
    )
    await south.start()
    voice.line("South's node is on again.")
    await _reached(north, "N-RESUPPLY", Rung.DELIVERED)

    async def calm() -> bool:
        return not await alarmed()

    await until("the alarm is cleared", calm, north)
    voice.line("N-RESUPPLY: delivered. The alarm is cleared by its cause: the line is up.", GREEN)
