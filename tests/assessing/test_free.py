"""A channel that is called free gives no conflict when somebody declares a use of it there."""

import dataclasses
import math

import drawing
import pytest
from assessing_scenes import declared_crowds
from builders import NOON_S, an_activity
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from radio_scenes import AGREEMENT, HERE, a_flight, a_receiver, an_emission

from wideberth.assessing.free import MOST_CHANNELS, Wish, free
from wideberth.checking import check
from wideberth.errors import ImpossibleValueError
from wideberth.model.footprint import Circle
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role, Volume

LAW = settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
AWAY = drawing.go(HERE, 0.0, 30_000.0)
WINDOW = TimeWindow(NOON_S, NOON_S + 3600.0)


def a_wish(low_mhz=299.0, high_mhz=301.0, width_khz=25.0, **more):
    given = {"area": Circle(HERE, 1000.0), "window": WINDOW} | more
    return Wish(FrequencyBand(low_mhz * 1e6, high_mhz * 1e6), width_khz * 1e3, **given)


def declared(wish, channel, party="west"):
    volume = Volume(
        id="new",
        arena=Arena.SPECTRUM,
        footprint=wish.area,
        height=HeightBand.of(0.0, wish.height_m),
        time=wish.window,
        freq=FrequencyBand(channel.low_hz, channel.high_hz),
        role=wish.role,
        eirp_dbm=wish.eirp_dbm if wish.role is Role.EMIT else None,
    )
    return an_activity(volume, party=party, name="new")


@st.composite
def wishes(draw):
    middle_mhz = draw(st.sampled_from((31.0, 121.5, 150.0, 300.0, 1575.42)))
    width_khz = draw(st.sampled_from((25.0, 1000.0)))
    place = drawing.go(draw(st.sampled_from(drawing.ANCHORS)), 90.0, draw(st.floats(0.0, 40e3)))
    return a_wish(
        middle_mhz - 2.5 * width_khz / 1000.0,
        middle_mhz + 2.5 * width_khz / 1000.0,
        width_khz,
        area=Circle(place, draw(st.sampled_from((0.0, 2000.0)))),
        role=draw(st.sampled_from((Role.EMIT, Role.RECEIVE))),
        eirp_dbm=draw(st.sampled_from((-40.0, 0.0, 40.0))),
        height_m=draw(st.sampled_from((10.0, 5000.0))),
    )


@LAW
@given(declared_crowds(), wishes())
def test_no_channel_that_is_called_free_gives_a_conflict(activities, wish):
    found = free(activities, AGREEMENT, wish)
    event(f"{len(found.free)} of {len(found.channels)} free")
    for channel in found.free:
        new = declared(wish, channel)
        result = check([*activities, new], AGREEMENT, about=frozenset({("west", "new")}))
        assert result.conflicts == ()


def test_five_that_singly_pass_hold_a_channel_together():
    ear = a_receiver(300.0, place=HERE, criterion="-100 dBm")
    ears = an_activity(ear, party="south", name="ear")
    place = drawing.go(HERE, 0.0, 20_000.0)

    def crowd(eirp_dbm, count):
        return [
            an_activity(an_emission(300.0, place=place, eirp_dbm=eirp_dbm), name=f"E{k}")
            for k in range(count)
        ]

    agreement = dataclasses.replace(AGREEMENT, separations=(), restrictions=())
    south = drawing.go(HERE, 180.0, 20_000.0)
    wish = a_wish(299.9875, 300.0125, area=Circle(south, 0.0), eirp_dbm=3.0, height_m=30.0)
    alone = free([ears], agreement, wish)
    assert len(alone.free) == 1
    new = declared(wish, alone.channels[0])
    about = frozenset({("west", "new")})
    for count in (1, 4, 40):
        activities = [ears, *crowd(3.0, count)]
        found = free(activities, agreement, wish)
        bad = check([*activities, new], agreement, about=about).conflicts
        assert len(found.free) == (0 if bad else 1)
    assert bad


def test_a_receiver_and_a_band_that_is_kept_free_hold_their_channels_alone():
    ears = an_activity(a_receiver(300.0125, place=AWAY), party="south", name="ear")
    found = free([ears], AGREEMENT, a_wish(299.0, 301.0, eirp_dbm=0.0))
    held = [c for c in found.channels if not c.is_free]
    assert {c.reasons[0].activity for c in held} == {"ear"}
    assert 300e6 in {c.low_hz for c in held}
    assert len(held) < 5
    assert len(found.channels) == 80
    guarded = free([], AGREEMENT, a_wish(242.0, 244.0))
    assert any("restricted" in c.reasons[0].why for c in guarded.channels if not c.is_free)


def test_the_cleanest_is_first_and_what_is_held_is_last():
    ears = an_activity(a_receiver(300.0125, place=AWAY), party="south", name="ear")
    found = free([ears], AGREEMENT, a_wish(299.0, 301.0, eirp_dbm=-30.0))
    marks = [
        (not c.is_free, -math.inf if c.margin_db is None else -c.margin_db) for c in found.channels
    ]
    assert marks == sorted(marks)


def test_what_is_ones_own_is_not_held_against_one():
    ears = an_activity(a_receiver(300.0125, place=AWAY), party="south", name="ear")
    assert len(free([ears], AGREEMENT, a_wish(party="south")).free) == 80
    assert len(free([ears], AGREEMENT, a_wish(party="north")).free) < 80


def test_what_was_not_judged_is_said_beside_what_is_free():
    deaf = dataclasses.replace(a_flight(), equipage="")
    found = free([deaf], AGREEMENT, a_wish(area=Circle(HERE, 50_000.0)))
    assert [entry.arenas for entry in found.not_judged]
    assert not free([], AGREEMENT, a_wish()).not_judged


def test_thousands_of_channels_and_volumes_are_answered():
    activities = [
        an_activity(
            an_emission(225.0 + 0.175 * k, place=(30.0 + k % 40 * 0.2, 32.0 + k // 40 * 0.2)),
            a_receiver(225.0 + 0.175 * k, place=(30.0 + k % 40 * 0.2, 32.1 + k // 40 * 0.2)),
            party="south",
            name=f"S{k}",
        )
        for k in range(60)
    ]
    found = free(activities, AGREEMENT, a_wish(225.0, 240.0, eirp_dbm=30.0))
    assert len(found.channels) == 600
    assert 0 < len(found.free) < 600


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"width_khz": 0.0}, "width"),
        ({"width_khz": 1e-3}, "channels"),
        ({"width_khz": 3000.0}, "channels"),
        ({"role": Role.GUARD}, "emit or to receive"),
        ({"height_m": -1.0}, "height"),
        ({"height_m": math.nan}, "height"),
        ({"eirp_dbm": math.inf}, "EIRP"),
    ],
)
def test_a_wish_that_is_none_is_refused(more, said):
    with pytest.raises(ImpossibleValueError, match=said):
        a_wish(**more)
    assert MOST_CHANNELS == 20_000


def law_holds(activities, wish, agreement=AGREEMENT):
    """Return whether the check finds nothing in any channel called free, and how many are free."""
    found = free(activities, agreement, wish).free
    for channel in found:
        about = frozenset({("west", "new")})
        new = declared(wish, channel)
        assert check([*activities, new], agreement, about=about).conflicts == ()
    return len(found)


def test_a_channel_whose_product_with_an_emitter_nearby_falls_on_distress_is_not_free():
    other = an_activity(an_emission(118.5, eirp_dbm=50.0), name="tower")
    wish = a_wish(119.9875, 120.0125, eirp_dbm=50.0)
    assert law_holds([], wish) == 1
    assert law_holds([other], wish) == 0
    new = declared(wish, free([], AGREEMENT, wish).channels[0])
    rules = {c.finding.rule for c in check([other, new], AGREEMENT).conflicts}
    assert "interference intermodulation" in rules


@pytest.mark.parametrize("eirp_dbm", range(-100, 40, 10))
def test_below_30_mhz_nothing_in_band_is_called_free_however_weak(eirp_dbm):
    ear = an_activity(a_receiver(15.0, place=AWAY, criterion="-90 dBm"), party="south", name="ear")
    law_holds([ear], a_wish(14.99, 15.01, 20.0, eirp_dbm=float(eirp_dbm)))
