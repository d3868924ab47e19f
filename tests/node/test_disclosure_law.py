"""Law: what is not disclosed leaves its node by no way, whatever is done with it."""

import asyncio
from dataclasses import replace

import structlog
from behind import pass_time
from hypothesis import given, settings
from hypothesis import strategies as st
from traces import Tap, of_store, of_table, opened
from two_nodes import T0, a_volume, an_activity, two_nodes

from wideberth.errors import WideberthError
from wideberth.model.activity import Disclosure, Flex, State
from wideberth.model.command import Suspend
from wideberth.model.footprint import Circle, Corridor, Part, Polygon
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role
from wideberth.node import tables

MARK = "zqxjkvwpy"  # begins every planted word; nothing else holds it
INNER = (33.123456789, 34.123456789)  # a vertex that is no vertex of the hull


def planted(number, disclose, revision=1):
    """Return an activity full of marks, whose figures are marks too."""
    odd = number * 1e-7
    lon, lat = 33.0371 + odd, 34.0711 + odd
    dart = Polygon((Part(((32.9 + odd, 34.0), (33.3 + odd, 34.0), INNER, (33.3 + odd, 34.4)), ()),))
    volumes = (
        a_volume(id="a", footprint=Circle((lon, lat), 7123.25 + number)),
        a_volume(id="b", footprint=dart),
        a_volume(
            id="c",
            arena=Arena.SPECTRUM,
            footprint=Corridor(((lon, lat), (lon + 0.31, lat + 0.07)), 1234.5),
            height=HeightBand.of(11.0, 22.0),
            time=TimeWindow(T0 + 7201.5, T0 + 9201.5),
            freq=FrequencyBand(433.0e6 + number, 434.0e6),
            role=Role.EMIT,
            eirp_dbm=31.4159265,
            criterion=f"{MARK}criterion{number}",
        ),
    )
    return an_activity(
        name=f"{MARK}id{number}" if disclose is Disclosure.PRIVATE else f"open{number}",
        volumes=volumes,
        title=f"{MARK}title{number}",
        equipage=f"{MARK}equipage{number}",
        flex=Flex(lateral_m=98765.25),
        linked=f"{MARK}linked{number}",
        disclose=disclose,
        revision=revision,
    )


FIGURES = (b"7123.", b"33.0371", b"34.0711", b"33.123456789", b"31.4159265", b"98765.25", b"98765")
NEVER = (MARK.encode(), b"33.123456789", b"31.4159265", b"98765.25")  # also not of an extent


def marks(text, kinds):
    return [kind for kind in kinds if kind in text]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["declare", "amend", "activate", "withdraw", "tick", "suspend", "rival"]),
        st.integers(0, 2),
    ),
    min_size=2,
    max_size=8,
)


class Secrets:
    """One side declares what is planted, amends it, ends it; the other listens."""

    def __init__(self, pair, disclose):
        self.pair = pair
        self.disclose = disclose
        self.held = {}
        self.errors = []

    async def do(self, step, number):
        north, south = self.pair.north, self.pair.south
        activity = self.held.get(number)
        try:
            match step:
                case "declare" | "amend":
                    revision = 1 if activity is None else activity.revision + 1
                    new = planted(number, self.disclose, revision)
                    await north.declare(new)
                    self.held[number] = new
                case "activate" | "withdraw" if activity is not None:
                    state = State.ACTIVATED if step == "activate" else State.WITHDRAWN
                    await north.change(activity.id, state)
                    self.held[number] = replace(activity, revision=activity.revision + 1)
                case "suspend":
                    for on in (True, False):
                        await north.do(Suspend("south", suspended=on, by="w", reason="drill"))
                case "rival":
                    await south.declare(
                        an_activity("south", f"B{number}", volumes=(a_volume(33.05),))
                    )
                case "tick":
                    await pass_time(self.pair, 4000.0, step_s=500.0)
        except WideberthError as error:
            self.errors.append(error)
        await self.pair.settle()


def played(disclose, steps):
    """Return what south could see of it all, what the nodes logged, and north's own log."""

    async def scene():
        with structlog.testing.capture_logs() as rows:
            async with two_nodes() as pair:
                taps = {}
                for node in (pair.north, pair.south):
                    receive = pair.network._nodes[node.party]
                    taps[node.party] = Tap(receive)
                    pair.network.join(node.party, taps[node.party])
                secrets = Secrets(pair, disclose)
                for step, number in steps:
                    await secrets.do(step, number)
                await secrets.do("tick", 0)
                assert pair.network.failures == []
                said = "".join(text for _role, text in pair.south.heard.alerts)
                there = [
                    *(tap.text() for tap in taps.values()),
                    await of_store(pair.south),
                    said.encode(),
                    opened(repr(rows).encode()),
                ]
                own_log = b"\n".join(
                    [
                        await of_table(pair.north, tables.ENTRY),
                        await of_table(pair.north, tables.OUTBOX),
                    ]
                )
                alerts = "".join(text for _role, text in pair.north.heard.alerts).encode()
                return b"\n".join(there), b"\n".join([own_log, alerts]), bool(secrets.held)

    return asyncio.run(scene())


@settings(max_examples=15, deadline=None)
@given(STEPS)
def test_no_byte_of_a_private_activity_is_in_anything_that_leaves_or_is_logged(steps):
    there, own, _ = played(Disclosure.PRIVATE, steps)
    assert marks(there, (*NEVER, *FIGURES)) == []
    assert marks(own, (*NEVER, *FIGURES)) == []


@settings(max_examples=15, deadline=None)
@given(STEPS)
def test_an_extent_leaves_as_hulls_without_title_equipage_flex_power_or_criterion(steps):
    there, own, _ = played(Disclosure.EXTENT, steps)
    assert marks(there, NEVER) == []
    assert marks(own, NEVER) == []


LEVELS = st.lists(st.sampled_from(list(Disclosure)), min_size=1, max_size=6)


@settings(max_examples=15, deadline=None)
@given(LEVELS)
def test_each_revision_shows_what_its_own_disclosure_allows_and_no_more(levels):
    async def scene():
        async with two_nodes() as pair:
            told, revision = [], 0
            for level in levels:
                mark = f"{MARK}{len(told)}x"
                radius_m = 5000.0 + 0.0625 * (1 + len(told))
                activity = an_activity(
                    name="open",
                    revision=revision + 1,
                    title=mark,
                    disclose=level,
                    volumes=(a_volume(footprint=Circle((33.0, 34.0), radius_m)),),
                )
                try:
                    await pair.north.declare(activity)
                except WideberthError:
                    continue  # what was told cannot be made private
                revision += 1
                told.append((level, mark.encode(), str(radius_m).encode()))
                await pair.settle()
            await pass_time(pair, 4000.0, step_s=1000.0)
            return told, await of_store(pair.south), await of_table(pair.north, tables.ENTRY)

    told, there, logged = asyncio.run(scene())
    for level, mark, radius_m in told:
        for text in (there, logged):
            assert (mark in text) is (level is Disclosure.FULL)
            assert (radius_m in text) is (level is not Disclosure.PRIVATE)


def test_the_law_sees_what_is_disclosed_so_that_it_would_see_what_is_not():
    there, own, held = played(Disclosure.FULL, [("declare", 0), ("amend", 0)])
    assert held
    seen = [b"zqxjkvwpytitle0", b"zqxjkvwpyequipage0", b"zqxjkvwpycriterion0", *FIGURES[:6]]
    assert marks(there, seen) == seen
    assert marks(own, seen) == seen
    assert b"zqxjkvwpylinked" not in there
