"""Emissions that mix are found by who hears their product, whatever else comes and goes."""

import asyncio
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from two_nodes import T0, two_nodes

from wideberth.checking import check
from wideberth.model.activity import Activity
from wideberth.model.command import Declare
from wideberth.model.footprint import Circle
from wideberth.model.radio import Radio
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role, Volume
from wideberth.node import queries
from wideberth.peering.wire import from_wire

CLEAN = Radio(mask=((12.5e3, 0.0), (50e3, 90.0)), harmonics_db=90.0)  # heard in its band alone
AN_HOUR_S = 3600.0


def an_emission(name, middle_mhz, first_hour, last_hour, *, party="north", lon_deg=34.5):
    volume = a_radio(lon_deg, middle_mhz, first_hour, last_hour, 12.5e3, Role.EMIT)
    return Activity(party, name, (replace(volume, eirp_dbm=30.0, radio=CLEAN),), kind="link")


def a_receiver(middle_mhz=149.0, first_hour=0, last_hour=1, *, party="south", name="R"):
    volume = a_radio(33.0, middle_mhz, first_hour, last_hour, 100e3, Role.RECEIVE)
    return Activity(party, name, (replace(volume, criterion="-130 dBm"),), kind="watch")


def a_radio(lon_deg, middle_mhz, first_hour, last_hour, half_width_hz, role):
    from_s = T0 + 2.0 * AN_HOUR_S
    return Volume(
        "v",
        Arena.SPECTRUM,
        Circle((lon_deg, 34.0), 0.0),
        HeightBand.of(9000.0, 10_000.0),
        TimeWindow(from_s + first_hour * AN_HOUR_S, from_s + last_hour * AN_HOUR_S),
        FrequencyBand(middle_mhz * 1e6 - half_width_hz, middle_mhz * 1e6 + half_width_hz),
        role,
    )


async def declare(node, activity):
    await node.do(Declare(activity, "duty", "p"))


def named(conflicts):
    return {(met.rule, volumes_of(met)) for met in conflicts}


def volumes_of(conflict):
    return frozenset((side.activity, side.volume) for side in (conflict.a, conflict.b))


async def expected(node):
    held = await node.desk.read(queries.activities)
    found = check([from_wire(one.activity) for one in held], node.desk.agreement).conflicts
    return {(conflict.finding.rule, volumes_of(conflict)) for conflict in found}


def test_a_product_is_found_though_one_of_its_emissions_mixed_with_another_since():
    async def main():
        async with two_nodes() as pair:
            await declare(pair.north, an_emission("E0", 150.0, 0, 2))
            await declare(pair.north, an_emission("E1", 151.0, 0, 4))
            await declare(pair.north, an_emission("E2", 170.0, 3, 4))  # E1's neighbour, never E0's
            await declare(pair.north, an_emission("E3", 170.0, 3, 4, lon_deg=20.0))
            await pair.settle()
            await declare(pair.south, a_receiver())
            await pair.settle()
            for node in (pair.north, pair.south):
                found = named(await node.conflicts())
                assert found == await expected(node)
                assert {rule for rule, _volumes in found} == {"interference intermodulation"}

    asyncio.run(main())


def test_a_product_stays_when_another_product_is_found_that_the_same_receiver_hears():
    async def main():
        async with two_nodes() as pair:
            await declare(pair.south, a_receiver())
            await pair.settle()
            parts = [(150.0, 34.5), (151.0, 34.5), (152.0, 35.5)]
            volumes = tuple(
                replace(an_emission("E", mhz, 0, 2, lon_deg=lon_deg).volumes[0], id=f"{mhz}")
                for mhz, lon_deg in parts
            )
            await declare(pair.north, Activity("north", "E", volumes, kind="link"))
            one = await expected(pair.north)
            await declare(pair.north, an_emission("F", 155.0, 0, 2, lon_deg=35.5))  # 2 x 152 - 155
            both = await expected(pair.north)
            assert len(both) > len(one) > 0
            await pair.settle()
            for node in (pair.north, pair.south):
                assert named(await node.conflicts()) == await expected(node)

    asyncio.run(main())


@st.composite
def emissions(draw):
    name = draw(st.sampled_from(("A", "B", "C", "D")))
    first = draw(st.integers(0, 3))
    last = first + draw(st.integers(1, 4))
    middle_mhz = draw(st.sampled_from((150.0, 151.0, 152.0)))
    lon_deg = draw(st.sampled_from((34.5, 34.54, 34.58)))
    party = draw(st.sampled_from(("north", "south")))
    return an_emission(f"{party}-{name}", middle_mhz, first, last, party=party, lon_deg=lon_deg)


@settings(max_examples=40)
@given(
    st.lists(emissions(), min_size=2, max_size=6),
    st.sampled_from((148.0, 149.0, 150.0)),
    st.integers(0, 5),
    st.integers(0, 6),
)
def test_whoever_comes_last_all_products_are_kept_that_a_whole_check_finds(
    todo, middle_mhz, hour, before
):
    async def main():
        async with two_nodes() as pair:
            for number, emission in enumerate([*todo, None]):
                if number == min(before, len(todo)):
                    for party in ("north", "south"):
                        name = f"R-{party}"
                        listening = a_receiver(middle_mhz, hour, hour + 1, party=party, name=name)
                        await declare(getattr(pair, party), listening)
                    await pair.settle()
                if emission is None:
                    continue
                node = getattr(pair, emission.party)
                held = await node.held(emission.party, emission.id)
                revision = 1 if held is None else held.activity.revision + 1
                await declare(node, replace(emission, revision=revision))
            await pair.settle()
            for node in (pair.north, pair.south):
                assert named(await node.conflicts()) == await expected(node)

    asyncio.run(main())


def test_of_many_emissions_at_one_site_all_is_found_or_it_is_said_not_to_be_clear():
    async def main():
        async with two_nodes() as pair:
            wide = a_receiver(150.0, 0, 4)
            band = FrequencyBand(100e6, 200e6)
            await declare(pair.south, replace(wide, volumes=(replace(wide.volumes[0], freq=band),)))
            await pair.settle()
            one = an_emission("E", 150.0, 0, 4).volumes[0]
            volumes = tuple(
                replace(one, id=f"v{k}", freq=FrequencyBand(low_hz, low_hz + 25e3))
                for k in range(80)
                for low_hz in (150e6 + k * 50e3,)
            )
            await declare(pair.north, Activity("north", "E", volumes, kind="link"))
            found = named(await pair.north.conflicts())
            assert found == await expected(pair.north) or "not judged" in await pair.north.alarms()

    asyncio.run(main())
