"""The compiled path finds the pairs that the plain one finds, and is never surely wrong."""

import math

import numpy as np
import pytest
from builders import NOON_S, RANGES, a_volume, an_activity
from drawing import go, pairs
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scenes import minima, theatres

from wideberth.engine.axes import are_too_close
from wideberth.engine.columns import _outlines, columns_of
from wideberth.engine.distance import gap
from wideberth.engine.entries import discs_in_arrays, entries_of
from wideberth.engine.minima import Citation, judge_minima
from wideberth.engine.near import ReachColumns, candidates
from wideberth.engine.screen import Verdict
from wideberth.engine.separation import Reach
from wideberth.engine.shape import shape_of
from wideberth.model.agreement import Minima
from wideberth.model.footprint import Circle, Corridor, Everywhere, Part, Polygon, Track
from wideberth.model.volume import Arena

pytest.importorskip("numba", reason="the extra `fast` is not installed")

from wideberth.engine.fast import Search, find
from wideberth.engine.fast_entries import discs_compiled

reaches = st.builds(
    Reach,
    lateral_m=st.sampled_from((0.0, 9260.0, 400_000.0)),
    vertical_m=st.sampled_from((0.0, 300.0, math.inf)),
    time_s=st.sampled_from((0.0, 60.0, 300.0)),
    freq_hz=st.sampled_from((0.0, 25e3)),
)


def sides_of(columns, arenas):
    sides = np.zeros((2, len(columns)), bool)
    for side, arena in zip(sides, arenas, strict=True):
        side[columns.members(arena)] = True
    return sides


def found(columns, arenas, reach, least=None, *, within=False):
    owner = columns.activity if within else columns.party
    i, j, verdicts = find(columns, Search(sides_of(columns, arenas), owner, reach, least))
    pairs_found = list(zip(i.tolist(), j.tolist(), strict=True))
    assert pairs_found == sorted(set(pairs_found))  # in order, each once
    return dict(zip(pairs_found, verdicts.tolist(), strict=True))


def plain(columns, arenas, reach, *, within=False):
    members = [columns.members(a) for a in arenas]
    i, j = candidates(columns, *members, reach, within=within)
    return list(zip(i.tolist(), j.tolist(), strict=True))


arena_pairs = st.sampled_from([(a, b) for a in Arena for b in Arena])


@settings(max_examples=150, deadline=None)
@given(theatres(), arena_pairs, st.data(), st.booleans())
def test_the_same_pairs_are_within_reach_as_on_the_plain_path(activities, arenas, data, within):
    columns = columns_of(activities, RANGES)
    parts = [data.draw(reaches) for _ in range(len(columns))]
    rows = [(r.lateral_m, r.vertical_m, r.time_s, r.freq_hz) for r in parts]
    for reach in (parts[0], ReachColumns(*(np.array(c) for c in zip(*rows, strict=True)))):
        here = list(found(columns, arenas, reach, within=within))
        there = plain(columns, arenas, reach, within=within)
        # discs may be held to be a centimetre nearer here than there
        assert set(there) <= set(here)
        assert here == sorted(set(here))
        same = reach if isinstance(reach, ReachColumns) else ReachColumns.of(reach, len(columns))
        wider = ReachColumns(same.lateral_m + 0.1, same.vertical_m, same.time_s, same.freq_hz)
        assert set(here) <= set(plain(columns, arenas, wider, within=within))


@settings(max_examples=200, deadline=None)
@given(theatres(), arena_pairs, minima, st.booleans())
def test_no_verdict_of_the_compiled_path_is_contradicted_by_the_exact_judge(
    activities, arenas, least, within
):
    columns = columns_of(activities, RANGES)
    volumes = [v for a in activities for v in a.volumes]
    verdicts = found(columns, arenas, Reach.of(least), least, within=within)
    for i, j in plain(columns, arenas, Reach.of(least), within=within):
        finding = judge_minima(volumes[i], volumes[j], least, RANGES, Citation("test", "S1"))
        verdict = verdicts.get((i, j), Verdict.APART)
        assert verdict != (Verdict.APART if finding else Verdict.CONFLICT)
        if verdict == Verdict.UNSURE and not (columns.is_moving[i] or columns.is_moving[j]):
            assert are_too_close(columns, np.array([i]), np.array([j]), least)[0]


@settings(max_examples=400, deadline=None)
@given(pairs(), st.sampled_from((-100.0, -1.0, -0.05, 0.0, 0.01, 0.05, 1.0, 100.0)), st.booleans())
def test_no_verdict_on_a_pair_is_contradicted_near_the_limit(pair, off_m, is_zero):
    exact = gap(*(shape_of(f) for f in pair))
    lateral_m = 0.0 if is_zero else exact.gap_m + off_m
    assume(lateral_m >= 0.0)
    activities = [an_activity(a_volume(f), party=p) for f, p in zip(pair, "ns", strict=True)]
    columns = columns_of(activities, RANGES)
    least = Minima(lateral_m, 0.0, 0.0)
    verdicts = found(columns, (Arena.AIR, Arena.AIR), Reach.of(least), least)
    is_conflict = exact.is_overlap or exact.gap_m < lateral_m - 1e-4
    verdict = verdicts.get((0, 1), Verdict.APART)
    assert verdict != (Verdict.APART if is_conflict else Verdict.CONFLICT)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 10**6),
    st.sampled_from(((179.9, 10.0), (30.0, 89.5), (33.0, 34.0), (0.0, -90.0))),
    st.sampled_from((1, 2, 3, 40)),
)
def test_among_many_of_all_sizes_the_same_pairs_are_found_as_on_the_plain_path(
    seed, anchor, parties
):
    chance = np.random.default_rng(seed)
    activities = []
    for k in range(250):
        start_s = NOON_S + float(chance.uniform(0.0, 20.0)) * 3600.0
        lasts_s = float(chance.choice([600.0, 3600.0, 200_000.0, math.inf]))
        place = go(anchor, float(chance.uniform(0, 360)), float(chance.uniform(0, 4e5)))
        radius_m = float(
            chance.choice([0.0, 100.0, 5000.0, 80_000.0, 3e6], p=[0.1, 0.3, 0.3, 0.27, 0.03])
        )
        low_m = float(chance.choice([-math.inf, 0.0, 3000.0, 9000.0]))
        volume = a_volume(
            Circle(place, radius_m) if k else Everywhere(),
            start_s=start_s, end_s=start_s + lasts_s,
            lower_m=low_m, upper_m=max(low_m, 0.0) + float(chance.choice([500.0, math.inf])),
        )  # fmt: skip
        activities.append(an_activity(volume, party=f"p{k % parties}", name=str(k)))
    columns = columns_of(activities, RANGES)
    reach = Reach(9260.0, 300.0, 300.0)
    for within in (False, True):
        here = found(columns, (Arena.AIR, Arena.AIR), reach, within=within)
        assert list(here) == plain(columns, (Arena.AIR, Arena.AIR), reach, within=within)


@settings(max_examples=60, deadline=None)
@given(theatres())
def test_discs_found_either_way_are_the_same(activities):
    seen = []

    def both(rings):
        seen.append((discs_in_arrays(rings), discs_compiled(rings)))
        return discs_in_arrays(rings)

    entries_of(_outlines([v for a in activities for v in a.volumes], None), both)
    for arrays, compiled in seen:
        for one, other in zip(arrays, compiled, strict=True):
            assert np.allclose(one, other, rtol=1e-6, atol=1e-3)


def test_everyday_pairs_are_settled_without_the_exact_judge():
    ring = [go((33.0, 34.0), 30.0 * k, 20_000.0 + 9000.0 * (k % 2)) for k in range(12)]
    for east_m, expected in ((30_000.0, Verdict.CONFLICT), (70_000.0, Verdict.APART)):
        line = (go((33.0, 34.0), 90.0, east_m), go((33.0, 34.0), 80.0, east_m + 20_000.0))
        others = Corridor(line, 3000.0), Circle(line[0], 3000.0)
        for other in others:
            volumes = a_volume(Polygon.of(ring)), a_volume(other)
            columns = columns_of(
                [an_activity(v, party=p) for v, p in zip(volumes, "ns", strict=True)], RANGES
            )
            least = Minima(9260.0, 300.0, 300.0)
            verdicts = found(columns, (Arena.AIR, Arena.AIR), Reach.of(least), least)
            assert verdicts.get((0, 1), Verdict.APART) == expected


def verdict(one, other, lateral_m=1000.0):
    activities = [an_activity(v, party=p) for v, p in zip((one, other), "ns", strict=True)]
    columns = columns_of(activities, RANGES)
    least = Minima(lateral_m, 0.0, 0.0)
    return found(columns, (Arena.AIR, Arena.AIR), Reach.of(least), least).get((0, 1))


def test_an_area_with_a_hole_is_apart_or_left_to_the_exact_judge():
    def square(low, high):
        corners = (low, low), (high, low), (high, high), (low, high)
        return tuple((30.0 + x, 30.0 + y) for x, y in corners)

    area = a_volume(Polygon((Part(square(0.0, 1.0), (square(0.2, 0.8),)),)))
    assert verdict(area, a_volume(Circle((30.5, 30.5), 1000.0))) is None
    assert verdict(area, a_volume(Circle((30.1, 30.1), 1000.0))) == Verdict.UNSURE


def test_a_mover_is_apart_or_left_to_the_exact_judge():
    track = a_volume(Track(((30.0, 30.0), (31.0, 30.0)), (NOON_S, NOON_S + 600.0), 100.0))
    assert verdict(track, a_volume(Circle((30.5, 30.0), 9000.0))) == Verdict.UNSURE
    assert verdict(track, a_volume(Circle((30.5, 33.0), 9000.0))) is None


@pytest.mark.parametrize(("height_m", "is_in"), [(3000.0, True), (3300.0, False), (3100.0, True)])
@pytest.mark.parametrize("is_swapped", [False, True])
def test_a_single_height_meets_a_band_from_its_foot_to_below_its_top(height_m, is_in, is_swapped):
    level, band = a_volume(lower_m=height_m, upper_m=height_m), a_volume()
    pair = (band, level) if is_swapped else (level, band)
    assert verdict(*pair) == (Verdict.CONFLICT if is_in else None)


def test_nothing_gives_nothing():
    columns = columns_of([], RANGES)
    assert found(columns, (Arena.AIR, Arena.AIR), Reach(1.0, 1.0, 1.0)) == {}
