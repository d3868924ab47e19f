"""Spans, volumes, activities and agreements that cannot exist cannot be built."""

import dataclasses
import math

import pytest
from builders import NOON_S, a_volume, an_activity, an_agreement

from wideberth.errors import ImpossibleValueError
from wideberth.model.activity import Activity, Flex
from wideberth.model.agreement import HeightRanges, Minima, NoticePeriod
from wideberth.model.footprint import Track
from wideberth.model.span import Datum, FrequencyBand, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Role, Volume


@pytest.mark.parametrize(
    "build",
    [
        lambda: TimeWindow(10.0, 10.0),
        lambda: TimeWindow(10.0, 5.0),
        lambda: TimeWindow(math.nan, 5.0),
        lambda: TimeWindow(math.inf, math.inf),
        lambda: FrequencyBand(0.0, 1.0),
        lambda: FrequencyBand(2.0, 1.0),
        lambda: FrequencyBand(1.0, math.inf),
        lambda: HeightBand.of(900.0, 300.0),
        lambda: HeightBand.of(math.nan, 300.0),
        lambda: HeightBand.of(math.inf, math.inf),
        lambda: Minima(-1.0, 0.0, 0.0),
        lambda: Minima(math.inf, 0.0, 0.0),
        lambda: Minima(0.0, math.nan, 0.0),
        lambda: Flex(time_s=-1.0),
        lambda: HeightRanges((1030.0, 990.0), (0.0, 0.0), (0.0, 0.0)),
        lambda: HeightRanges((29.92, 30.1), (0.0, 0.0), (0.0, 0.0)),
    ],
)
def test_a_span_or_minimum_that_cannot_be_is_refused(build):
    with pytest.raises(ImpossibleValueError):
        build()


def test_reversed_heights_say_what_was_found_and_what_to_do():
    with pytest.raises(ImpossibleValueError) as caught:
        HeightBand.of(900.0, 300.0)
    assert str(caught.value) == (
        "height runs backwards: 900 m to 300 m. Swap lower and upper (depth is negative height)."
    )


def test_limits_of_unlike_datum_and_open_ends_stand():
    HeightBand(HeightLimit(500.0, Datum.GROUND), HeightLimit(100.0, Datum.PRESSURE))
    HeightBand.of(-math.inf, math.inf)
    TimeWindow(-math.inf, math.inf)


def test_frequency_belongs_to_spectrum_volumes_and_only_there():
    with pytest.raises(ImpossibleValueError, match="spectrum volume has no"):
        dataclasses.replace(a_volume(), arena=Arena.SPECTRUM)
    with pytest.raises(ImpossibleValueError, match="air arena carries"):
        dataclasses.replace(a_volume(), freq=FrequencyBand(1e6, 2e6), role=Role.EMIT)


def test_a_tracks_window_is_that_of_its_times():
    track = Track(((1.0, 1.0), (2.0, 2.0)), (NOON_S, NOON_S + 60.0), 10.0)
    with pytest.raises(ImpossibleValueError, match="window"):
        Volume("0", Arena.AIR, track, HeightBand.of(0.0, 1.0), TimeWindow(NOON_S, NOON_S + 61.0))


@pytest.mark.parametrize(
    "build",
    [
        lambda: Activity(party=" ", id="A", volumes=(a_volume(),)),
        lambda: Activity(party="north", id="", volumes=(a_volume(),)),
        lambda: Activity(party="north", id="A", volumes=()),
        lambda: an_activity(a_volume(), a_volume()),
        lambda: dataclasses.replace(an_activity(), revision=0),
    ],
    ids=["no party", "no id", "no volume", "two volumes of one id", "revision 0"],
)
def test_an_activity_that_cannot_be_is_refused(build):
    with pytest.raises(ImpossibleValueError):
        build()


def test_an_agreement_whose_rule_cites_no_clause_of_it_is_refused():
    with pytest.raises(ImpossibleValueError, match="S9"):
        dataclasses.replace(an_agreement(), notice_periods=(NoticePeriod("exercise", "S9", 1.0),))


def test_two_separations_for_one_pair_of_arenas_are_refused():
    agreement = an_agreement()
    twice = (*agreement.separations, agreement.separations[2])
    with pytest.raises(ImpossibleValueError, match="two separations"):
        dataclasses.replace(agreement, separations=twice)


def test_a_separation_is_found_in_either_order_of_its_arenas():
    agreement = an_agreement()
    assert agreement.separation(Arena.SEA, Arena.AIR) is agreement.separation(Arena.AIR, Arena.SEA)
    assert agreement.separation(Arena.AIR, Arena.SPECTRUM) is None
