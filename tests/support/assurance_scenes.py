"""Assurances between two nodes: what is given, what acts against it, what is in red."""

from msgspec import structs
from two_nodes import T0, a_volume, an_activity, an_agreement

from wideberth.model.span import TimeWindow
from wideberth.model.volume import Arena
from wideberth.node import promises
from wideberth.node.council.saying import Say
from wideberth.peering.council.assurance import (
    AssuranceGiven,
)
from wideberth.peering.wire_footprint import WireCircle
from wideberth.peering.wire_scope import WireScope

H = 3600.0
AGREEMENT = an_agreement()
SCOPE = WireScope(
    start_s=T0,
    end_s=T0 + 6 * 24 * H,
    arenas=tuple(Arena),
    area=WireCircle(centre=(33.0, 34.0), radius_m=20_000.0),
)
GIVEN = AssuranceGiven(role="deputy", title="Nothing near the strait", scope=SCOPE)


def near(name="A1", hours=2.0, **more):
    start_s = T0 + hours * H
    volume = a_volume(33.0, 34.0, time=TimeWindow(start_s, start_s + H))
    return an_activity(name=name, volumes=(volume,), **more)


def far(name="A1", **more):
    return an_activity(name=name, volumes=(a_volume(35.0, 34.0),), **more)


async def given_by(node, **more):
    return (await node.do(Say(structs.replace(GIVEN, **more), "user"))).matter


def said(matter, body, **more):
    return Say(body(opener=matter.opener, matter=matter.id, role="deputy", **more), "user")


async def broken(node):
    found, _next = await node.desk.read(promises.broken)
    return [(one.party, one.assurance, one.activity) for one in found]


async def red(node):
    return sorted(one for one in await node.alarms() if "assurance" in one)


async def both(pair, expected):
    await pair.settle()
    for node in (pair.north, pair.south):
        assert await broken(node) == expected
        assert (await red(node)).count("assurance broken") == len(expected)
