"""Profiles along geodesics: where their points lie, what they draw on, and "no model"."""

import math

import numpy as np
import pytest
import synthetic_terrain as made
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum.terrain import Mosaic
from wideberth.spectrum.terrain_profile import profile, profiles, tile_name
from wideberth.spectrum.validity import NoModelError

GEOD = Geod(ellps="WGS84")
EARTH = Mosaic.of([made.flat_sea(side=(19, 36), corner=(-180.0, -90.0), step_deg=10.0)])
HILLS = made.fractal(11, levels=6)
ACROSS_DEG = 64 * made.STEP_DEG
INSIDE = st.tuples(
    st.floats(33.0, 33.0 + ACROSS_DEG - 1e-6), st.floats(34.0 + 1e-4, 34.0 + ACROSS_DEG - 1e-4)
)
ANYWHERE = st.tuples(
    st.one_of(st.sampled_from([-180.0, 0.0, 179.9, 180.0]), st.floats(-180.0, 180.0)),
    st.one_of(st.sampled_from([-90.0, 0.0, 89.9, 90.0]), st.floats(-90.0, 90.0)),
)


@given(ANYWHERE, ANYWHERE, st.integers(2, 60))
def test_points_lie_equally_spaced_on_the_geodesic(start, end, n):
    found = profile(EARTH, start, end, n_points=n)
    azimuth, _, length_m = GEOD.inv(*start, *end)
    along_m = np.linspace(0.0, length_m, n)
    assert np.allclose(found.distance_m, along_m, rtol=1e-12, atol=1e-9)
    lon, lat, _ = GEOD.fwd([start[0]] * n, [start[1]] * n, [azimuth] * n, along_m)
    off_m = GEOD.inv(lon, lat, found.lon_deg, found.lat_deg)[2]
    assert max(off_m) < 1e-6


@given(ANYWHERE, ANYWHERE, st.integers(2, 60))
def test_the_ends_are_the_ends_to_the_last_bit(start, end, n):
    found = profile(EARTH, start, end, n_points=n)
    assert (found.lon_deg[0], found.lat_deg[0]) == start
    assert (found.lon_deg[-1], found.lat_deg[-1]) == end
    assert found.distance_m[0] == 0.0
    assert len(found.height_m) == n


@given(st.lists(st.tuples(INSIDE, INSIDE), min_size=1, max_size=6), st.integers(2, 40))
def test_many_paths_at_once_are_each_path_alone(paths, n):
    mosaic = Mosaic.of([HILLS])
    starts, ends = [a for a, _ in paths], [b for _, b in paths]
    batch = profiles(mosaic, starts, ends, n_points=n)
    for i, (start, end) in enumerate(paths):
        alone, of_batch = profile(mosaic, start, end, n_points=n), batch.one(i)
        for name in ("lon_deg", "lat_deg", "distance_m", "height_m"):
            assert np.allclose(
                getattr(alone, name), getattr(of_batch, name), rtol=1e-13, atol=1e-6
            ), name
        assert alone.digests == of_batch.digests


@given(INSIDE, INSIDE)
def test_the_way_back_sees_the_same_ground(start, end):
    mosaic = Mosaic.of([HILLS])
    there = profile(mosaic, start, end, n_points=31)
    back = profile(mosaic, end, start, n_points=31)
    assert np.allclose(there.height_m, back.height_m[::-1], atol=1e-3)


def test_more_paths_than_one_block_holds_are_all_looked_up():
    mosaic = Mosaic.of([made.plane(0.0, 1.0, 10.0, side=11, step_deg=0.1)])
    lat = np.linspace(34.1, 34.9, 1500)
    starts, ends = np.stack([np.full(1500, 33.1), lat], 1), np.stack([np.full(1500, 33.9), lat], 1)
    batch = profiles(mosaic, starts, ends, n_points=1000)
    assert np.allclose(batch.height_m, batch.lon_deg + 10.0 * batch.lat_deg, atol=1e-9)
    assert set(batch.digests) == {(mosaic.tiles[0].sha256,)}


def test_one_place_stands_for_all_paths():
    mosaic = Mosaic.of([HILLS])
    batch = profiles(mosaic, (33.01, 34.01), [(33.02, 34.02), (33.03, 34.01)], n_points=5)
    assert batch.height_m.shape == (2, 5)
    assert batch.lon_deg[:, 0].tolist() == [33.01, 33.01]


WEST = made.a_terrain(HILLS.heights_m[:, :33], name="west")
EAST = made.a_terrain(HILLS.heights_m[:, 32:], name="east", corner=(33.0 + ACROSS_DEG / 2, 34.0))
LATITUDE = 34.0 + ACROSS_DEG / 2 + 1e-5


def test_a_profile_names_the_files_that_it_was_drawn_from_and_no_other():
    mosaic = Mosaic.of([EAST, WEST])
    middle = 33.0 + ACROSS_DEG / 2
    paths = [
        ((33.001, LATITUDE), (33.009, LATITUDE)),
        ((middle + 0.001, LATITUDE), (middle + 0.009, LATITUDE)),
        ((33.001, LATITUDE), (middle + 0.009, LATITUDE)),
    ]
    batch = profiles(mosaic, [a for a, _ in paths], [b for _, b in paths], n_points=50)
    both = tuple(sorted([WEST.sha256, EAST.sha256]))
    assert batch.digests == ((WEST.sha256,), (EAST.sha256,), both)


def test_the_digest_of_a_coarser_tile_is_named_only_where_it_fills_in():
    fine_m = np.full((11, 11), 500.0)
    fine_m[5, 5] = np.nan
    fine = made.a_terrain(fine_m, corner=(33.4, 34.4), step_deg=0.01)
    coarse = made.flat_sea(side=11, step_deg=0.1)
    mosaic = Mosaic.of([fine, coarse])
    clear = profile(mosaic, (33.41, 34.42), (33.49, 34.42), n_points=9)
    holed = profile(mosaic, (33.41, 34.45), (33.49, 34.45), n_points=9)
    assert clear.digests == (fine.sha256,)
    assert holed.digests == tuple(sorted([fine.sha256, coarse.sha256]))


def test_of_paths_on_unlike_grids_each_names_its_own():
    fine = made.flat_sea(side=11, corner=(33.4, 34.4), step_deg=0.01)
    coarse = made.a_terrain(np.ones((11, 11)), step_deg=0.1)
    batch = profiles(
        Mosaic.of([coarse, fine]),
        [(33.41, 34.45), (33.1, 34.1), (33.42, 34.45)],
        [(33.49, 34.45), (33.2, 34.1), (33.48, 34.45)],
        n_points=9,
    )
    assert batch.digests == ((fine.sha256,), (coarse.sha256,), (fine.sha256,))


def along(lon_deg, *tiles):
    """The digests of a path along a meridian."""
    starts, ends = [(lon_deg, 34.01)], [(lon_deg, 34.02)]
    return profiles(Mosaic.of(tiles), starts, ends, n_points=9).digests[0]


def test_a_tile_is_not_named_for_what_it_does_not_know_or_what_does_not_count():
    line = 33.0 + ACROSS_DEG / 2
    blind_m = HILLS.heights_m[:, :33].copy()
    blind_m[:, -1] = np.nan
    blind = made.a_terrain(blind_m)
    beside = made.a_terrain(HILLS.heights_m[:, 33:], corner=(line + made.STEP_DEG, 34.0))
    assert along(line, WEST, EAST) == tuple(sorted([WEST.sha256, EAST.sha256]))
    assert along(line, blind, EAST) == (EAST.sha256,)
    assert along(line, WEST, beside) == (WEST.sha256,)
    assert along(line + made.STEP_DEG / 2, WEST, beside) == tuple(
        sorted([WEST.sha256, beside.sha256])
    )
    assert along(line + made.STEP_DEG / 2, WEST) == ()
    holed_m = HILLS.heights_m.copy()
    holed_m[9, 9] = np.nan
    node = (33.0 + 9 * made.STEP_DEG, 34.0 + 9 * made.STEP_DEG)
    both = Mosaic.of([made.a_terrain(holed_m), HILLS])
    assert profile(both, node, node, n_points=2).digests == (HILLS.sha256,)


def test_across_a_tile_s_edge_the_ground_is_the_whole_one():
    start, end = (33.001, LATITUDE), (33.0 + ACROSS_DEG - 0.001, LATITUDE)
    whole = profile(Mosaic.of([HILLS]), start, end, n_points=997)
    parted = profile(Mosaic.of([EAST, WEST]), start, end, n_points=997)
    assert np.allclose(whole.height_m, parted.height_m, atol=1e-9)


@pytest.mark.parametrize(
    ("west", "east"), [(179.99, -179.99), (179.99, 180.01), (-180.01, -179.99)]
)
def test_a_path_across_180_degrees_goes_the_short_way_over_known_ground(west, east):
    corner = (180.0 - 32 * made.STEP_DEG, 34.0)
    mosaic = Mosaic.of([made.a_terrain(HILLS.heights_m, corner=corner)])
    here = Mosaic.of([HILLS])
    middle = 33.0 + 32 * made.STEP_DEG
    found = profile(mosaic, (west, 34.02), (east, 34.03), n_points=77)
    want = profile(here, (middle - 0.01, 34.02), (middle + 0.01, 34.03), n_points=77)
    assert found.distance_m[-1] == pytest.approx(want.distance_m[-1])
    assert np.allclose(found.height_m, want.height_m, atol=1e-5)


def test_a_ridge_across_the_path_stands_where_it_is():
    mosaic = Mosaic.of([made.ridge(33.05, 120.0, half_width_deg=5 * made.STEP_DEG)])
    found = profile(mosaic, (33.0, 34.05), (33.1, 34.05), n_points=121)
    assert found.height_m.argmax() == 60
    assert found.height_m.max() == pytest.approx(120.0)
    assert found.lon_deg[60] == pytest.approx(33.05, abs=1e-9)


def test_a_path_out_of_the_tiles_is_no_model_and_says_where_and_which_tile():
    mosaic = Mosaic.of([made.flat_sea(side=11, step_deg=0.1)])
    with pytest.raises(NoModelError) as caught:
        profile(mosaic, (33.5, 34.5), (34.5, 34.5), n_points=11)
    assert caught.value.reason.model == "terrain profile"
    why = caught.value.reason.why
    assert "34.10000 E, 34.50" in why
    assert "55.1" in why
    assert "(5 of 11 points lack one)" in why
    assert why.endswith("N34E034.")
    batch = profiles(mosaic, (33.5, 34.5), [(34.5, 34.5), (33.6, 34.6)], n_points=11)
    assert batch.no_model(0) == caught.value.reason
    assert batch.no_model(1) is None
    assert np.isnan(batch.height_m[0]).sum() == 5


def test_a_single_void_on_the_path_is_no_model():
    heights_m = np.zeros((11, 11))
    heights_m[5, 5] = np.nan
    mosaic = Mosaic.of([made.a_terrain(heights_m, step_deg=0.1)])
    with pytest.raises(NoModelError, match="it is void there"):
        profile(mosaic, (33.1, 34.5), (33.9, 34.5), n_points=300)


@pytest.mark.parametrize(
    ("start", "end", "n"),
    [
        ((33.0, 34.0), (33.1, 34.1), 1), ((33.0, 91.0), (33.1, 34.1), 5),
        ((33.0, 34.0), (math.nan, 34.1), 5), ((34.0, 33.0, 5.0), (33.1, 34.1), 5),
        ((400.0, 34.0), (33.1, 34.1), 5),
    ],
)  # fmt: skip
def test_what_is_no_path_is_refused(start, end, n):
    with pytest.raises(ImpossibleValueError):
        profile(EARTH, start, end, n_points=n)


@pytest.mark.parametrize(
    ("lon", "lat", "name"),
    [
        (35.2, 34.9, "N34E035"), (-0.1, -0.1, "S01W001"), (180.0, 0.0, "N00W180"),
        (179.9, 90.0, "N89E179"), (-180.0, -90.0, "S90W180"), (190.5, 1.0, "N01W170"),
    ],
)  # fmt: skip
def test_a_tile_is_named_by_its_south_west_corner(lon, lat, name):
    assert tile_name(lon, lat) == name
