"""Single cases of the screen: the edges of band, window, place, level; what is refused."""

import math

import numpy as np
import pytest
from screen_ways import WAYS
from screen_worlds import a_receiver, an_emitter, emitters_of, on_earth, receivers_of

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum.screen import (
    Emitters,
    Index,
    Receivers,
    find,
    in_band_range_m,
    out_of_band_range_m,
    rejection_db,
)

FAR = on_earth(3.0, 0.0)  # 333 km from the others: 132.5 dB at 300 MHz
HIT, NO_HIT = 1, 0


def count(sent, heard, **asked):
    """Return how many hits a pair is, the same in every way."""
    sides = emitters_of([sent]), receivers_of([heard])
    counts = {len(way(*sides, **asked)) for way in WAYS.values()}
    assert len(counts) == 1
    return counts.pop()


def margin_db(sent, heard):
    return find(emitters_of([sent]), receivers_of([heard]), slack_db=500.0).margin_db[0]


@pytest.mark.parametrize(
    ("low_hz", "hits"),
    [(300.025e6, NO_HIT), (math.nextafter(300.025e6, 0.0), HIT), (400e6, NO_HIT)],
)
def test_bands_that_touch_do_not_overlap(low_hz, hits):
    heard = a_receiver(centre=FAR, low_hz=low_hz, high_hz=low_hz + 25e3)
    assert count(an_emitter(), heard) == hits


@pytest.mark.parametrize(
    ("start_s", "hits"), [(3600.0, NO_HIT), (math.nextafter(3600.0, 0.0), HIT), (-math.inf, HIT)]
)
def test_windows_that_touch_do_not_overlap(start_s, hits):
    assert count(an_emitter(), a_receiver(start_s=start_s, end_s=math.inf)) == hits
    later = an_emitter(start_s=start_s, end_s=math.inf)
    assert count(later, a_receiver()) == hits


def test_rows_of_one_owner_never_meet():
    assert count(an_emitter(owner=3), a_receiver(owner=3)) == NO_HIT


@pytest.mark.parametrize(("links", "hits"), [((5, 5), NO_HIT), ((5, 6), HIT), ((-1, -1), HIT)])
def test_the_two_ends_of_a_link_do_not_interfere(links, hits):
    assert count(an_emitter(link=links[0]), a_receiver(link=links[1])) == hits


def test_neighbours_off_the_channel_are_held_by_the_rejection_floor_alone():
    heard = {"low_hz": 9e9, "high_hz": 9.1e9}
    assert count(an_emitter(), a_receiver(**heard)) == HIT
    assert count(an_emitter(), a_receiver(**heard, centre=on_earth(0.05, 0.0))) == NO_HIT
    wanted_db = -110.0 - (40.0 - 21.9902 - (80.0 - 3.0103))  # 1 m at 300 MHz: 21.99 dB
    assert margin_db(an_emitter(), a_receiver(**heard)) == pytest.approx(wanted_db, abs=1e-3)


def test_the_worse_of_two_floors_counts_and_each_lets_in_half():
    assert rejection_db(60.0, 80.0) == pytest.approx(60.0 - 3.0103, abs=1e-4)
    assert rejection_db([80.0, math.nan], [50.0, 50.0]).tolist() == [50.0 - 10 * math.log10(2), 0.0]


def test_out_of_band_is_never_worse_than_in_band():
    assert rejection_db(2.0, 90.0) == 0.0
    away = {"low_hz": 9e9, "high_hz": 9.1e9, "floor_db": 0.0}
    assert margin_db(an_emitter(), a_receiver(**away)) == margin_db(an_emitter(), a_receiver())


def test_an_unknown_floor_guarantees_nothing():
    away = {"low_hz": 9e9, "high_hz": 9.1e9, "centre": FAR}
    assert count(an_emitter(), a_receiver(**away)) == NO_HIT
    assert count(an_emitter(), a_receiver(**away, floor_db=math.nan)) == HIT
    assert count(an_emitter(floor_db=math.nan), a_receiver(**away)) == HIT


@pytest.mark.parametrize("changed", [{"eirp_dbm": math.nan}, {"limit_dbm": math.nan}])
def test_an_unknown_level_is_a_hit_within_the_range_where_bands_overlap(changed):
    sent = an_emitter(**{k: v for k, v in changed.items() if k == "eirp_dbm"})
    heard = {k: v for k, v in changed.items() if k == "limit_dbm"}
    length_m = math.dist(FAR, an_emitter()["centre"])
    assert count(sent, a_receiver(**heard, centre=FAR)) == HIT
    assert count(sent, a_receiver(**heard, centre=FAR), unknown_range_m=length_m) == HIT
    assert count(sent, a_receiver(**heard, centre=FAR), unknown_range_m=length_m - 0.01) == NO_HIT
    assert count(sent, a_receiver(**heard), unknown_range_m=0.0) == HIT
    assert count(sent, a_receiver(**heard, low_hz=4e8, high_hz=5e8)) == NO_HIT
    assert math.isnan(margin_db(sent, a_receiver(**heard)))


def test_the_nearest_points_count_and_those_inside_are_a_metre_apart():
    sent, heard = an_emitter(radius_m=100e3), a_receiver(centre=FAR)
    gap_m = math.dist(FAR, sent["centre"]) - 100e3
    loss_db = 20 * math.log10(4 * math.pi * gap_m * 300e6 / 299_792_458)
    assert margin_db(sent, heard) == pytest.approx(-110.0 - 40.0 + loss_db, abs=1e-9)
    inside = an_emitter(radius_m=1000e3)
    assert margin_db(inside, heard) == margin_db(an_emitter(), a_receiver())


def test_the_far_side_of_the_earth_is_reached_through_it():
    heard = a_receiver(centre=on_earth(180.0, 0.0), limit_dbm=-200.0)
    assert count(an_emitter(), heard) == HIT
    assert margin_db(an_emitter(), heard) == pytest.approx(-200.0 - 40.0 + 164.09, abs=0.01)


@pytest.mark.parametrize(("sent", "heard"), [(0, 0), (0, 3), (3, 0)])
def test_an_empty_side_has_no_hits(sent, heard):
    sides = emitters_of([an_emitter()] * sent), receivers_of([a_receiver()] * heard)
    for name, way in WAYS.items():
        hits = way(*sides)
        assert (len(hits), hits.emitter.dtype, hits.margin_db.dtype) == (0, np.int64, float), name


def test_exactly_the_limit_is_a_hit_and_slack_finds_what_lies_below_it():
    sent, heard = an_emitter(), a_receiver(centre=FAR)
    under = a_receiver(centre=FAR, limit_dbm=float(heard["limit_dbm"] - margin_db(sent, heard)))
    margin = float(margin_db(sent, under))
    assert abs(margin) < 1e-9
    weaker = {**sent, "eirp_dbm": 38.0}
    assert count(weaker, under) == NO_HIT
    assert count(weaker, under, slack_db=float(margin_db(weaker, under))) == HIT
    assert count(weaker, under, slack_db=1.99) == NO_HIT


@pytest.mark.parametrize("eirp_dbm", [-30.0, 0.0, 44.0, 110.0])
def test_a_range_is_where_hits_end(eirp_dbm):
    def hits_at(range_m, **changes):
        sent = an_emitter(eirp_dbm=eirp_dbm, centre=(0.0, 0.0, 0.0))
        return count(sent, a_receiver(centre=(range_m, 0.0, 0.0), **changes))

    in_m = float(in_band_range_m(eirp_dbm, -110.0, 300e6))
    assert hits_at(in_m * (1 - 1e-6)) == HIT
    assert hits_at(in_m * (1 + 1e-6)) == NO_HIT
    away = {"low_hz": 9e9, "high_hz": 9.1e9, "floor_db": 60.0}
    out_m = float(out_of_band_range_m(eirp_dbm, -110.0, 300e6, 60.0))
    assert hits_at(max(out_m * (1 - 1e-6), 1.0), **away) == (HIT if out_m else NO_HIT)
    assert hits_at(max(out_m * (1 + 1e-6), 1.0), **away) == (HIT if out_m == 1.0 else NO_HIT)


def test_a_range_below_a_metre_is_none_and_an_unknown_one_is_unknown():
    ranges_m = in_band_range_m([0.0, math.nan, 0.0], [0.0, 0.0, -180.0], 1e9)
    assert ranges_m[0] == 0.0
    assert math.isnan(ranges_m[1])
    assert ranges_m[2] == pytest.approx(0.0238567 * 1e9, rel=1e-5)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"centre": (math.nan, 0.0, 0.0)}, "centre"),
        ({"radius_m": -1.0}, "radius_m"),
        ({"radius_m": math.inf}, "radius_m"),
        ({"low_hz": 0.0}, "low_hz"),
        ({"low_hz": math.nan}, "low_hz"),
        ({"high_hz": 300e6}, "high_hz"),
        ({"high_hz": math.inf}, "high_hz"),
        ({"floor_db": -1.0}, "floor_db"),
        ({"floor_db": math.inf}, "floor_db"),
        ({"end_s": 0.0}, "end_s"),
        ({"start_s": math.nan}, "end_s"),
        ({"owner": 1 << 53}, "owner"),
        ({"eirp_dbm": math.inf}, "eirp_dbm"),
        ({"eirp_dbm": -1001.0}, "eirp_dbm"),
    ],
)
def test_an_impossible_row_is_refused_by_name_and_number(changes, where):
    with pytest.raises(ImpossibleValueError) as refused:
        emitters_of([an_emitter(), an_emitter(**changes)])
    assert refused.value.where == f"{where}, row 1"


def test_a_limit_out_of_all_bounds_is_refused():
    with pytest.raises(ImpossibleValueError, match="limit_dbm, row 0"):
        receivers_of([a_receiver(limit_dbm=math.inf)])


def test_columns_of_unequal_length_are_refused():
    rows = emitters_of([an_emitter()] * 2)
    columns = {name: getattr(rows, name) for name in Emitters.__dataclass_fields__}
    with pytest.raises(ImpossibleValueError, match="floor_db"):
        Emitters(**{**columns, "floor_db": np.array([80.0])})
    with pytest.raises(ImpossibleValueError, match="centre"):
        Emitters(**{**columns, "centre": np.zeros((2, 2))})


def test_an_index_refuses_rows_of_its_own_side():
    index = Index.over(receivers_of([a_receiver()]))
    with pytest.raises(ImpossibleValueError, match="Receivers"):
        index.against(receivers_of([a_receiver()]))


@pytest.mark.parametrize(
    "asked", [{"slack_db": -1.0}, {"slack_db": math.nan}, {"unknown_range_m": math.nan}]
)
def test_a_slack_or_range_that_means_nothing_is_refused(asked):
    for way in WAYS.values():
        with pytest.raises(ImpossibleValueError, match=next(iter(asked))):
            way(emitters_of([an_emitter()]), receivers_of([a_receiver()]), **asked)


def test_receivers_and_emitters_say_how_many_they_are():
    assert len(receivers_of([a_receiver()] * 3)) == 3
    assert isinstance(receivers_of([]), Receivers)
