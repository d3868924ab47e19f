"""Columns say what the volumes say, and every entry's disc holds what it stands for."""

import numpy as np
from builders import NOON_S, RANGES, a_volume, an_activity
from drawing import GEOD
from hypothesis import given, settings
from oracle import lines_of, radius_of
from scenes import theatres

from wideberth.engine.columns import ARENAS, columns_of
from wideberth.engine.entries import EDGE_M, SINGLE, geodesic_bound_m
from wideberth.engine.geodesy import ECCENTRICITY_2
from wideberth.engine.heights import msl_range_m
from wideberth.engine.shape import HALF_WORLD_M, shape_of
from wideberth.model.footprint import Corridor, Everywhere, Part, Polygon, Track
from wideberth.model.span import Datum
from wideberth.model.volume import Arena


def lonlat(xyz):
    lon = np.degrees(np.arctan2(xyz[:, 1], xyz[:, 0]))
    across = np.hypot(xyz[:, 0], xyz[:, 1])
    return lon, np.degrees(np.arctan2(xyz[:, 2] / (1 - ECCENTRICITY_2), across))


def true_vertices(entries):
    sizes = np.diff(entries.ring_start[entries.first_ring])
    return np.repeat(entries.centre, sizes, axis=0) + entries.vertices


def all_volumes(activities):
    return [v for a in activities for v in a.volumes]


@settings(max_examples=60)
@given(theatres())
def test_every_point_of_a_footprint_is_in_the_disc_of_one_of_its_entries(activities):
    columns = columns_of(activities, RANGES)
    entries = columns.entries
    lon, lat = lonlat(entries.centre)
    for k, volume in enumerate(all_volumes(activities)):
        mine = np.flatnonzero(entries.volume == k)
        assert len(mine)
        if isinstance(volume.footprint, Everywhere):
            assert (entries.cap_m[mine] == HALF_WORLD_M).all()
            continue
        for line in lines_of(volume.footprint):
            points = line.at(np.linspace(0, line.count, line.count * 16 + 1))
            held = np.zeros(len(points), bool)
            for e in mine:
                far = GEOD.inv(*np.broadcast_to([[lon[e]], [lat[e]]], (2, len(points))), *points.T)[
                    2
                ]
                held |= far <= entries.core_m[e] + 1e-6
                radius_m = radius_of(volume.footprint)
                assert entries.cap_m[e] >= min(HALF_WORLD_M, entries.core_m[e] + radius_m)
            assert held.all()


@settings(max_examples=60)
@given(theatres())
def test_a_moving_disc_is_in_an_entry_that_is_there_at_the_time(activities):
    columns = columns_of(activities, RANGES)
    entries = columns.entries
    for k, volume in enumerate(all_volumes(activities)):
        mine = np.flatnonzero(entries.volume == k)
        if not isinstance(volume.footprint, Track):
            assert (entries.start_s[mine] == volume.time.start_s).all()
            assert (entries.end_s[mine] == volume.time.end_s).all()
            continue
        track = volume.footprint
        (line,) = lines_of(track)
        times = np.linspace(track.times_s[0], track.times_s[-1], 97)
        points = line.at(np.interp(times, track.times_s, np.arange(len(track.points))))
        lon, lat = lonlat(entries.centre[mine])
        n, m = len(mine), len(times)
        far = GEOD.inv(np.repeat(lon, m), np.repeat(lat, m), *np.tile(points.T, (1, n)))[2]
        is_near = far.reshape(n, m) <= entries.core_m[mine, None] + 1e-6
        is_then = (entries.start_s[mine, None] <= times) & (times <= entries.end_s[mine, None])
        assert (is_near & is_then).any(axis=0).all()


@settings(max_examples=60)
@given(theatres())
def test_each_row_says_what_its_volume_says(activities):
    columns = columns_of(activities, RANGES)
    volumes = all_volumes(activities)
    assert len(columns) == len(volumes)
    for k, volume in enumerate(volumes):
        activity = activities[columns.activity[k]]
        assert activity.volumes[columns.place[k]] is volume
        assert ARENAS[columns.arena[k]] is volume.arena
        low = np.nan if volume.freq is None else volume.freq.low_hz
        np.testing.assert_equal(columns.freq_low_hz[k], low)
        assert columns.lower_m[k] == volume.height.lower.height_m
        assert columns.is_moving[k] == isinstance(volume.footprint, Track)
        datums = {
            limit.datum
            for v in volumes
            for limit in (v.height.lower, v.height.upper)
            if np.isfinite(limit.height_m)
        }
        if len(datums) > 1:
            shape = shape_of(volume.footprint)
            assert columns.lowest_m[k] == msl_range_m(volume.height.lower, shape, RANGES)[0]
            assert columns.highest_m[k] == msl_range_m(volume.height.upper, shape, RANGES)[1]
    parties = [activities[k].party for k in columns.activity]
    links = [activities[k].linked for k in columns.activity]
    for i in range(len(volumes)):
        for j in range(len(volumes)):
            assert (columns.party[i] == columns.party[j]) == (parties[i] == parties[j])
            assert (columns.link[i] == columns.link[j]) == (links[i] == links[j])


@settings(max_examples=40)
@given(theatres())
def test_no_edge_of_an_entry_is_long_and_edge_m_is_the_longest(activities):
    entries = columns_of(activities, RANGES).entries
    for k in range(len(entries)):
        longest = 0.0
        for r in range(entries.first_ring[k], entries.first_ring[k + 1]):
            ring = entries.vertices[entries.ring_start[r] : entries.ring_start[r + 1]]
            steps = np.linalg.norm(np.diff(ring.astype(float), axis=0), axis=1)
            longest = max(longest, float(steps.max(initial=0.0)))
        assert longest <= EDGE_M + 1.0
        assert abs(entries.edge_m[k] - longest) < 1e-3 + 4.0 * SINGLE * entries.core_m[k]


def test_each_part_of_an_area_is_an_entry_with_its_own_holes():
    def square(lon, size):
        return tuple((lon + size * x, 10.0 + size * y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1)))

    hole = tuple((x + 0.1, y + 0.1) for x, y in square(20.0, 0.2))
    area = Polygon((Part(square(20.0, 0.5), (hole,)), Part(square(30.0, 0.5))))
    entries = columns_of([an_activity(a_volume(area))], RANGES).entries
    assert len(entries) == 2
    assert np.diff(entries.first_ring).tolist() == [2, 1]


def test_a_long_line_has_several_entries_that_share_end_vertices():
    line = Corridor(tuple((float(x), 0.0) for x in range(12)), 5000.0)
    entries = columns_of([an_activity(a_volume(line))], RANGES).entries
    assert len(entries) > 4
    ends = entries.centre[:-1] + entries.vertices[entries.ring_start[1:-1] - 1]
    starts = entries.centre[1:] + entries.vertices[entries.ring_start[1:-1]]
    assert np.abs(ends - starts).max() < 0.1
    assert entries.cap_m.max() < 200_000.0


def test_a_track_over_a_long_leg_is_at_each_stretch_for_a_part_of_the_leg():
    track = Track(((0.0, 0.0), (9.0, 0.0)), (NOON_S, NOON_S + 9000.0), 100.0)
    entries = columns_of([an_activity(a_volume(track))], RANGES).entries
    assert (entries.end_s - entries.start_s).max() < 1000.0


def test_a_chord_bounds_the_geodesic_over_it():
    for lat, azimuth in ((0.0, 0.0), (0.0, 90.0), (89.0, 10.0), (45.0, 45.0)):
        for length in (1.0, 1e4, 1e6, 5e6, 1.5e7):
            lon2, lat2, _ = GEOD.fwd(10.0, lat, azimuth, length)
            ends = columns_of(
                [an_activity(a_volume(Corridor(((10.0, lat), (lon2, lat2)), 0.0)))], RANGES
            ).entries
            chord = np.linalg.norm(true_vertices(ends)[-1] - true_vertices(ends)[0])
            assert chord <= length + 0.5
            assert geodesic_bound_m(np.array([chord]))[0] >= length - 0.5


def test_progress_is_told_and_no_activities_give_no_rows():
    assert len(columns_of([], RANGES)) == 0
    assert len(columns_of([], RANGES).entries) == 0
    said = []
    many = [an_activity(name=str(k)) for k in range(5000)]
    columns_of(many, RANGES, progress=lambda done, total: said.append((done, total)))
    assert said == [(4096, 5000)]


def test_members_are_the_volumes_of_an_arena():
    activity = an_activity(a_volume(volume_id="0"), a_volume(arena=Arena.SEA, volume_id="1"))
    columns = columns_of([activity], RANGES)
    assert columns.members(Arena.SEA).tolist() == [1]
    assert columns.members(Arena.SPECTRUM).tolist() == []


def test_heights_of_one_datum_are_left_as_they_are_declared():
    volume = a_volume(datum=Datum.PRESSURE)
    columns = columns_of([an_activity(volume)], RANGES)
    assert columns.lowest_m.tolist() == [3000.0]
