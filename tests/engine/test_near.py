"""The broad step loses no pair, offers each once, and never pairs what belongs together."""

import math

import numpy as np
from builders import NOON_S, RANGES, a_volume, an_activity
from drawing import go
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import is_still, minima, theatres

from wideberth.engine.columns import ARENAS, columns_of
from wideberth.engine.distance import gap
from wideberth.engine.heights import vertical_gap
from wideberth.engine.minima import Citation, judge_minima
from wideberth.engine.near import ReachColumns, candidates
from wideberth.engine.separation import Reach
from wideberth.engine.shape import shape_of
from wideberth.model.footprint import Circle, Everywhere
from wideberth.model.volume import Arena

CITATION = Citation("test", "S1")
reaches = st.builds(
    Reach,
    lateral_m=st.sampled_from((0.0, 9260.0, 400_000.0)),
    vertical_m=st.sampled_from((0.0, 300.0, math.inf)),
    time_s=st.sampled_from((0.0, 60.0, 300.0)),
    freq_hz=st.sampled_from((0.0, 25e3)),
)
arena_pairs = st.sampled_from([(a, b) for a in Arena for b in Arena])


def rows(activities):
    return [(a, v) for a in activities for v in a.volumes]


def may_pair(one, other, arenas, *, within):
    (a, v), (b, w) = one, other
    if {(v.arena, w.arena), (w.arena, v.arena)}.isdisjoint({arenas}):
        return False
    if a is b or (a.linked and a.linked == b.linked):
        return False
    return within or a.party != b.party


def gaps(v, w):
    """Return the gaps on the ground, in height, time and frequency (or None)."""
    shapes = shape_of(v.footprint), shape_of(w.footprint)
    time_s = max(0.0, v.time.start_s - w.time.end_s, w.time.start_s - v.time.end_s)
    freq_hz = 0.0
    if v.freq and w.freq:
        freq_hz = max(0.0, v.freq.low_hz - w.freq.high_hz, w.freq.low_hz - v.freq.high_hz)
    high = vertical_gap(v.height, w.height, shapes, RANGES).gap_m
    return gap(*shapes).gap_m, high, time_s, freq_hz


def found(activities, arenas, reach, *, within):
    columns = columns_of(activities, RANGES)
    members = [columns.members(a) for a in arenas]
    i, j = candidates(columns, *members, reach, within=within)
    return list(zip(i.tolist(), j.tolist(), strict=True))


@settings(max_examples=150, deadline=None)
@given(theatres(), arena_pairs, st.data(), st.booleans())
def test_no_pair_within_reach_on_every_axis_is_lost(activities, arenas, data, within):
    all_rows = rows(activities)
    reach = [data.draw(reaches) for _ in all_rows]
    parts = [(r.lateral_m, r.vertical_m, r.time_s, r.freq_hz) for r in reach]
    columns = ReachColumns(*(np.array(c) for c in zip(*parts, strict=True)))
    pairs = found(activities, arenas, columns, within=within)
    assert pairs == sorted(set(pairs))
    for i, one in enumerate(all_rows):
        for j in range(i + 1, len(all_rows)):
            other = all_rows[j]
            if not may_pair(one, other, arenas, within=within):
                assert (i, j) not in pairs
            elif is_still(one[1]) and is_still(other[1]):
                limits = [max(a, b) for a, b in zip(parts[i], parts[j], strict=True)]
                is_near = all(
                    g <= most for g, most in zip(gaps(one[1], other[1]), limits, strict=True)
                )
                assert (i, j) in pairs or not is_near


@settings(max_examples=150, deadline=None)
@given(theatres(), arena_pairs, minima, st.booleans())
def test_no_pair_that_the_exact_judge_reports_is_lost(activities, arenas, least, within):
    all_rows = rows(activities)
    pairs = found(activities, arenas, Reach.of(least), within=within)
    for i, one in enumerate(all_rows):
        for j in range(i + 1, len(all_rows)):
            other = all_rows[j]
            if may_pair(one, other, arenas, within=within):
                finding = judge_minima(one[1], other[1], least, RANGES, CITATION)
                assert finding is None or (i, j) in pairs


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(((179.9, 10.0), (30.0, 89.5), (33.0, 34.0))))
def test_among_many_the_same_pairs_are_found_as_by_looking_at_all(seed, anchor):
    chance = np.random.default_rng(seed)
    activities = []
    for k in range(120):
        start_s = NOON_S + float(chance.uniform(0.0, 40.0)) * 3600.0
        lasts_s = float(chance.choice([600.0, 3600.0, 200_000.0, math.inf]))
        place = go(anchor, float(chance.uniform(0, 360)), float(chance.uniform(0, 4e5)))
        circle = Circle(place, float(chance.choice([100.0, 5000.0, 80_000.0])))
        volume = a_volume(circle, start_s=start_s, end_s=start_s + lasts_s)
        activities.append(an_activity(volume, party="abc"[k % 3], name=str(k)))
    reach = Reach(9260.0, 300.0, 300.0)
    pairs = set(found(activities, (Arena.AIR, Arena.AIR), reach, within=False))
    columns = columns_of(activities, RANGES)
    i, j = np.triu_indices(len(columns), 1)
    entries = columns.entries
    chord = np.linalg.norm(entries.centre[i] - entries.centre[j], axis=1)
    near = chord <= entries.cap_m[i] + entries.cap_m[j] + 9260.0
    near &= columns.start_s[i] - columns.end_s[j] <= 300.0
    near &= columns.start_s[j] - columns.end_s[i] <= 300.0
    near &= columns.party[i] != columns.party[j]
    assert pairs == set(zip(i[near].tolist(), j[near].tolist(), strict=True))


def test_everywhere_is_near_everything():
    anywhere = an_activity(a_volume(Everywhere()), party="south", name="all")
    others = [
        an_activity(a_volume(Circle(p, 10.0)), name=str(p))
        for p in ((0.0, 0.0), (180.0, -90.0), (-120.0, 45.0))
    ]
    reach = Reach(0.0, 0.0, 0.0)
    assert len(found([anywhere, *others], (Arena.AIR, Arena.AIR), reach, within=False)) == 3


def test_two_places_meet_across_the_antimeridian_and_over_the_pole():
    for one, other in (((180.0, 5.0), (-180.0, 5.0)), ((0.0, 89.99), (180.0, 89.99))):
        a = an_activity(a_volume(Circle(one, 1500.0)))
        b = an_activity(a_volume(Circle(other, 1500.0)), party="south")
        reach = Reach(0.0, 0.0, 0.0)
        assert found([a, b], (ARENAS[0], ARENAS[0]), reach, within=False) == [(0, 1)]


def test_nothing_gives_nothing():
    assert found([], (Arena.AIR, Arena.SEA), Reach(1.0, 1.0, 1.0), within=True) == []
