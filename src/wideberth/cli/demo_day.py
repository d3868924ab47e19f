"""The demonstration's last chapter: an ordinary day of both sides, for the consoles to show."""

from wideberth.assembly.demo_life import live_through
from wideberth.assembly.demo_nodes import DemoNode
from wideberth.assembly.demo_talk import deal_with_late, go_on, open_talk
from wideberth.cli.demo_story import conflicts, until
from wideberth.cli.demo_voice import Row, Voice
from wideberth.cli.screen import RED
from wideberth.council.matter import Matter
from wideberth.model.activity import Disclosure
from wideberth.node import queries
from wideberth.node.cases import cases
from wideberth.node.council.matters import matters
from wideberth.node.records import Met


async def show_day(voice: Voice, north: DemoNode, south: DemoNode) -> None:
    """Let both sides live a day, and show what each node knows of it."""
    voice.chapter(
        "An ordinary day",
        "Around now both sides fly, sail and transmit: some of it has begun, some meets. They\n"
        "speak on the hotline, one raises a concern, the other gives an assurance.",
    )

    async def all_known() -> bool:
        return await _known(north) == await _known(south)

    await live_through(north, south)
    await until("both know of all that was declared", all_known, north)
    opened = await open_talk(north, south)
    await until("both know of all that was declared and opened", all_known, north)
    await go_on(north, south, opened)
    await until("both know of the answers", all_known, north)
    for node in (north, south):
        await deal_with_late(node)
    voice.sides(await _shown(north), await _shown(south))


async def _known(node: DemoNode) -> list[str]:
    """Return what a node knows that the other is to know."""
    of_both = [one.activity for one in await node.desk.read(queries.activities)]
    told = [one for one in of_both if one.disclose is not Disclosure.PRIVATE]
    declared = sorted(f"{one.party} {one.id} {one.revision}" for one in told)
    met = [one for one in await conflicts(node) if not one.private]
    said = [(one.ref, len(one.steps)) for one in await _matters(node)]
    held = await node.desk.read(cases)
    pairs = sorted(_pair(one) for one in met)
    return [*declared, *pairs, *map(str, said), str(len(held))]


def _pair(met: Met) -> str:
    return " with ".join(sorted(f"{side.party} {side.activity}" for side in (met.a, met.b)))


async def _matters(node: DemoNode) -> list[Matter]:
    return await node.desk.read(lambda reader: matters(reader)[0])


async def _shown(node: DemoNode) -> list[Row]:
    held = await node.desk.read(queries.activities)
    met = await conflicts(node)
    rows: list[Row] = [("activities", f"{len(held)}"), ("conflicts", f"{len(met)}", RED)]
    rows += [("", _pair(one)) for one in met]
    return rows + [("opened", one.ref) for one in await _matters(node)]
