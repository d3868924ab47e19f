"""What a craft listens with is added once, under names of its own; what is not known is said."""

import dataclasses

import pytest
from builders import a_volume, an_activity
from radio_scenes import AGREEMENT, a_flight, an_emission

from wideberth.checking import check
from wideberth.engine.detect import DEAF
from wideberth.interference.craft import declared, equipped, is_aboard
from wideberth.model.activity import State
from wideberth.model.volume import Arena, Role

RULES = AGREEMENT.spectrum
AIRBORNE = [craft.id for craft in RULES.equipages if craft.arena == Arena.AIR]
AFLOAT = [craft.id for craft in RULES.equipages if craft.arena == Arena.SEA]


def a_craft(equipage):
    """Return an activity in the air and at sea, whose volumes have names that equipage may want."""
    volumes = [
        dataclasses.replace(a_volume(arena=arena), id=name)
        for arena, name in ((Arena.AIR, "0"), (Arena.SEA, "1"), (Arena.AIR, "0 gnss_l1"))
    ]
    return dataclasses.replace(an_activity(*volumes), equipage=equipage)


@pytest.mark.parametrize("name", [*AIRBORNE, *AFLOAT])
def test_each_receiver_of_a_craft_is_added_once_under_a_name_of_its_own(name):
    craft, plain = equipped(a_craft(name), RULES), a_craft(name)
    arena = RULES.equipage(name).arena
    aboard = [v for v in craft.volumes if is_aboard(v)]
    bands = [
        band
        for service in RULES.equipage(name).receivers
        for band in RULES.protection(service).listens or (RULES.protection(service).band,)
    ]
    hosts = [v for v in plain.volumes if v.arena == arena]
    assert len(aboard) == len(bands) * len(hosts) > 0
    assert {v.radio.aboard for v in aboard} == {arena}
    assert {v.role for v in aboard} == {Role.RECEIVE}
    assert [v.freq for v in aboard] == bands * len(hosts)
    assert {v.time for v in aboard} == {v.time for v in hosts}
    assert len({v.id for v in craft.volumes}) == len(craft.volumes)
    assert craft.volumes[: len(plain.volumes)] == plain.volumes


@pytest.mark.parametrize("name", [*AIRBORNE, *AFLOAT, "nobody knows", ""])
def test_equipping_twice_is_as_good_as_once_and_is_undone(name):
    plain = a_craft(name)
    once = equipped(plain, RULES)
    assert equipped(once, RULES) == once
    assert declared(once) == plain


def test_what_is_over_listens_to_nothing_even_if_it_once_did():
    flying = equipped(a_flight(), RULES)
    assert any(map(is_aboard, flying.volumes))
    over = dataclasses.replace(flying, state=State.ENDED)
    assert not any(map(is_aboard, equipped(over, RULES).volumes))


def test_a_criterion_of_the_craft_is_none_of_its_receivers():
    flight = a_flight()
    volume = dataclasses.replace(flight.volumes[0], criterion="-250 dBm")
    found = equipped(dataclasses.replace(flight, volumes=(volume,)), RULES)
    assert {v.criterion for v in found.volumes if is_aboard(v)} == {""}


def deaf(flight):
    jammer = an_activity(an_emission(1575.42, top_m=12_000.0), party="south", name="J")
    result = check([flight, jammer], AGREEMENT, fast=False)
    return [one for one in result.not_judged if one.why == DEAF]


@pytest.mark.parametrize("name", ["", "nobody knows", *AFLOAT[:1]])
def test_an_emission_against_a_flight_of_unknown_ears_is_listed_as_not_judged(name):
    (found,) = deaf(a_flight(equipage=name))
    assert found.arenas == ("air", "spectrum")
    assert found.pairs == 1


@pytest.mark.parametrize("name", AIRBORNE)
def test_an_emission_against_a_flight_of_known_ears_is_judged(name):
    assert all(one.pairs == 0 for one in deaf(a_flight(equipage=name)))


def test_a_ship_of_which_only_its_radar_is_declared_is_not_deaf_to_another_ship():
    radar = dataclasses.replace(an_emission(9400.0, 20e3), id="0")
    ship = dataclasses.replace(an_activity(radar, name="W"), equipage="warship")
    jammer = an_activity(an_emission(1575.42), party="south", name="J")
    found = check([ship, jammer], AGREEMENT, fast=False).conflicts
    assert "0 gnss_l1" in {one.a.volume for one in found if one.a.activity == "W"}


def test_an_emission_far_from_a_flight_of_unknown_ears_is_not_counted_as_no_pair():
    flight = a_flight(equipage="")
    away = [
        an_activity(an_emission(1575.42, place=(36.0 + k, 34.0)), party=party, name=f"J{k}")
        for k, party in enumerate(("south", "south", "north"))
    ]
    later = dataclasses.replace(
        away[0].volumes[0],
        time=dataclasses.replace(
            away[0].volumes[0].time, start_s=flight.volumes[0].time.end_s, end_s=2e9
        ),
    )
    after = an_activity(later, party="south", name="L")
    (found,) = (
        one
        for one in check([flight, *away, after], AGREEMENT).not_judged
        if one.arenas == ("air", "spectrum")
    )
    assert found.pairs == 2
