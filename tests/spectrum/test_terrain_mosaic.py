"""Heights between the nodes of tiles: laws, and a plain oracle that reads one cell at a time."""

import math

import numpy as np
import pytest
import synthetic_terrain as made
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum.terrain import Mosaic, Terrain

STEP = made.STEP_DEG
PARTS = st.one_of(st.sampled_from([0.0, 1e-7, 0.5, 1.0 - 1e-7]), st.floats(0.0, 1.0))


def oracle_m(tile, lon_deg, lat_deg):
    """Bilinear interpolation in one tile from the textbook, one point at a time."""
    x = (lon_deg - tile.west_deg) / tile.step_lon_deg
    y = (lat_deg - tile.south_deg) / tile.step_lat_deg
    c = min(math.floor(x), tile.heights_m.shape[1] - 2)
    r = min(math.floor(y), tile.heights_m.shape[0] - 2)
    u, v = x - c, y - r
    h = tile.heights_m
    low = float(h[r, c]) * (1 - u) + float(h[r, c + 1]) * u
    high = float(h[r + 1, c]) * (1 - u) + float(h[r + 1, c + 1]) * u
    return low * (1 - v) + high * v


def cut(tile, columns, rows, **change):
    """A part of a tile as a tile of its own."""
    return made.a_terrain(
        tile.heights_m[rows, columns],
        corner=(
            tile.west_deg + columns.start * tile.step_lon_deg,
            tile.south_deg + rows.start * tile.step_lat_deg,
        ),
        step_deg=(tile.step_lon_deg, tile.step_lat_deg),
        **change,
    )


HILLS = made.fractal(7, levels=5)
WHOLE = Mosaic.of([HILLS])


@given(st.integers(0, 31), st.integers(0, 31), PARTS, PARTS)
def test_heights_between_nodes_are_what_the_oracle_says(column, row, u, v):
    lon = HILLS.west_deg + (column + u) * STEP
    lat = HILLS.south_deg + (row + v) * STEP
    assert WHOLE.height_m(lon, lat) == pytest.approx(oracle_m(HILLS, lon, lat), abs=1e-6)


@given(
    st.floats(-5.0, 5.0), st.floats(-300.0, 300.0), st.floats(-300.0, 300.0),
    st.floats(0.0, 1.0), st.floats(0.0, 1.0),
)  # fmt: skip
def test_a_plane_is_met_exactly(base_m, east_m, north_m, x, y):
    tile = made.plane(base_m, east_m, north_m, side=11, corner=(0.0, 0.0), step_deg=0.05)
    height_m = Mosaic.of([tile]).height_m(x * 0.5, y * 0.5)
    assert height_m == pytest.approx(base_m + east_m * x * 0.5 + north_m * y * 0.5, abs=1e-6)


@pytest.mark.parametrize("corner", [(33.0, 34.0), (-180.0, -90.0), (179.99, 60.0), (-0.01, -0.01)])
def test_at_nodes_the_tile_s_own_height_is_given_to_the_last_bit(corner):
    tile = made.a_terrain(HILLS.heights_m, corner=corner, step_deg=1 / 3600)
    lon = corner[0] + np.arange(33) / 3600
    lat = corner[1] + np.arange(33) / 3600
    heights_m = Mosaic.of([tile]).height_m(lon[None, :], lat[:, None])
    assert np.array_equal(heights_m, tile.heights_m)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 8), st.integers(0, 8), PARTS, PARTS)
def test_a_void_poisons_the_cells_that_touch_it_and_no_other(vc, vr, column, row, u, v):
    heights_m = HILLS.heights_m[:10, :10].copy()
    heights_m[vr, vc] = np.nan
    holed = Mosaic.of([made.a_terrain(heights_m)])
    height_m = holed.height_m(
        made.CORNER[0] + (column + u) * STEP, made.CORNER[1] + (row + v) * STEP
    )
    is_near = abs(column + u - vc) < 1 and abs(row + v - vr) < 1
    assert math.isnan(height_m) == is_near


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (33.0 - 1e-6, 34.01), (33.0 + 32 * STEP + 1e-6, 34.01), (33.01, 34.0 - 1e-6),
        (33.01, 34.0 + 32 * STEP + 1e-6), (math.nan, 34.01), (33.01, math.nan), (math.inf, 34.01),
        (33.01, 90.1), (213.01, 34.01),
    ],
)  # fmt: skip
def test_outside_every_tile_nothing_is_known(lon, lat):
    assert math.isnan(WHOLE.height_m(lon, lat))
    assert math.isnan(Mosaic.of([]).height_m(lon, lat))


@pytest.mark.parametrize("corner", [(33.0, 34.0), (33.1, 34.1), (-180.0, 0.0), (0.0, 0.0)])
def test_a_hair_outside_the_edge_is_at_the_edge(corner):
    mosaic = Mosaic.of([made.a_terrain(HILLS.heights_m, corner=corner)])
    east, north = corner[0] + 32 * STEP, corner[1] + 32 * STEP
    for hair_deg in (1e-13, -1e-13):
        lon = np.array([corner[0], east, corner[0], east]) + hair_deg
        lat = np.array([corner[1], corner[1], north, north]) + hair_deg
        corners_m = HILLS.heights_m[[0, 0, -1, -1], [0, -1, 0, -1]]
        assert mosaic.height_m(lon, lat).tolist() == corners_m.tolist()


def test_how_the_heights_lie_in_memory_makes_no_difference():
    tile = made.a_terrain(np.asfortranarray(HILLS.heights_m))
    lon, lat = 33.0 + np.linspace(0, 32, 99) * STEP, 34.0 + np.linspace(3, 29, 99) * STEP
    assert np.array_equal(Mosaic.of([tile]).height_m(lon, lat), WHOLE.height_m(lon, lat))


def test_heights_broadcast_and_a_scalar_gives_a_scalar():
    assert isinstance(WHOLE.height_m(33.01, 34.01), np.float64)
    assert WHOLE.height_m(np.full((2, 1), 33.01), np.full(3, 34.01)).shape == (2, 3)
    assert WHOLE.height_m([], []).shape == (0,)


QUARTERS = [
    cut(HILLS, slice(a, a + 17), slice(b, b + 17)) for a in (0, 16) for b in (0, 16)
]  # neighbours share a line, as .hgt tiles do
APART = [
    cut(HILLS, slice(a, a + n), slice(b, b + m))
    for a, n in ((0, 16), (16, 17))
    for b, m in ((0, 16), (16, 17))
]  # each ends a step before the next, as pixels given by their centres do


@pytest.mark.parametrize("pieces", [QUARTERS, APART], ids=["sharing a line", "a step apart"])
@given(st.floats(14.0, 18.0), st.floats(0.0, 32.0), st.booleans(), st.permutations(range(4)))
def test_pieces_in_any_order_are_the_whole_also_across_their_seams(pieces, x, y, turned, order):
    x, y = (y, x) if turned else (x, y)
    lon, lat = 33.0 + x * STEP, 34.0 + y * STEP
    mosaic = Mosaic.of([pieces[i] for i in order])
    assert mosaic.height_m(lon, lat) == pytest.approx(WHOLE.height_m(lon, lat), abs=1e-9)
    assert mosaic.tiles == Mosaic.of(pieces).tiles


@given(st.floats(-20.0, 20.0), st.floats(0.0, 32.0), st.sampled_from([-360.0, 0.0, 360.0]))
def test_at_180_degrees_there_is_no_edge(x, y, turn):
    corner = (180.0 - 16 * STEP, 10.0)
    moved = made.a_terrain(HILLS.heights_m, corner=corner)
    halves = [
        made.a_terrain(HILLS.heights_m[:, :17], corner=corner),
        made.a_terrain(HILLS.heights_m[:, 16:], corner=(-180.0, 10.0)),
    ]
    lon, lat = 180.0 + x * STEP, 10.0 + y * STEP
    want_m = WHOLE.height_m(33.0 + (x + 16) * STEP, 34.0 + y * STEP)
    for tiles in ([moved], halves):
        got_m = Mosaic.of(tiles).height_m(lon + turn, lat)
        assert got_m == pytest.approx(want_m, abs=1e-6, nan_ok=True)


def test_a_grid_of_the_whole_earth_closes_on_itself():
    heights_m = np.random.default_rng(1).uniform(0, 1000, (361, 720))
    earth = Mosaic.of([made.a_terrain(heights_m, corner=(-179.75, -90.0), step_deg=0.5)])
    assert earth.height_m(180.0, 0.0) == pytest.approx((heights_m[180, -1] + heights_m[180, 0]) / 2)
    assert earth.height_m(180.0, 0.0) == earth.height_m(-180.0, 0.0)


def test_the_finer_of_two_grids_answers_and_the_coarser_fills_its_voids():
    coarse = made.flat_sea(side=11, corner=(33.0, 34.0), step_deg=0.1)
    fine_m = np.full((11, 11), 500.0)
    fine_m[3, 3] = np.nan
    fine = made.a_terrain(fine_m, corner=(33.2, 34.2), step_deg=0.01)
    for tiles in ([coarse, fine], [fine, coarse]):
        mosaic = Mosaic.of(tiles)
        assert mosaic.height_m([33.25, 33.23, 33.9], [34.25, 34.23, 34.9]).tolist() == [500, 0, 0]


def test_two_tiles_that_cover_the_same_ground_and_differ_are_refused():
    other = made.a_terrain(HILLS.heights_m + 3.0, name="other")
    with pytest.raises(ImpossibleValueError, match=r"differ by up to 3 m\. Keep one"):
        Mosaic.of([HILLS, other])
    shifted = cut(HILLS, slice(20, 33), slice(0, 33))
    assert len(Mosaic.of([HILLS, shifted, HILLS]).tiles) == 2


def test_on_a_shared_line_the_lower_height_holds_whatever_the_order():
    west, east = made.flat_sea(side=5), made.flat_sea(side=5, corner=(33.0 + 4 * STEP, 34.0))
    raised_m = east.heights_m.copy()
    raised_m[:, 0] = 40.0
    raised = made.a_terrain(raised_m, corner=(33.0 + 4 * STEP, 34.0))
    for tiles in ([west, raised], [raised, west]):
        assert Mosaic.of(tiles).height_m(33.0 + 4 * STEP, 34.0 + 1.5 * STEP) == 0.0


def test_grids_that_are_shifted_against_each_other_do_not_join_and_do_not_mix():
    shifted = made.a_terrain(HILLS.heights_m + 1.0, corner=(33.0 + STEP / 2, 34.0))
    mosaic = Mosaic.of([HILLS, shifted])
    assert mosaic.height_m(33.0 + STEP / 4, 34.0) == pytest.approx(
        WHOLE.height_m(33.0 + STEP / 4, 34.0)
    )


def test_a_step_that_does_not_divide_a_turn_is_still_read_to_its_edges():
    tile = made.a_terrain(HILLS.heights_m, corner=(10.0, 10.0), step_deg=0.7)
    mosaic = Mosaic.of([tile])
    assert mosaic.height_m([10.0, 10.0 + 32 * 0.7], [10.0, 10.0 + 32 * 0.7]).tolist() == [
        tile.heights_m[0, 0],
        tile.heights_m[-1, -1],
    ]
    assert mosaic.height_m(10.0 - 1e-13, 10.0) == tile.heights_m[0, 0]
    assert math.isnan(mosaic.height_m(9.99, 10.0))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"heights_m": np.zeros((1, 5))}, "no tile"),
        ({"heights_m": np.zeros(5)}, "no tile"),
        ({"heights_m": np.zeros((5, 5), int)}, "int64"),
        ({"heights_m": np.full((5, 5), -32768.0)}, "marks voids"),
        ({"heights_m": np.full((5, 5), np.inf)}, "no land"),
        ({"heights_m": np.full((5, 5), -600.0)}, "depths of the sea"),
        ({"step_lon_deg": 0.0}, "steps"),
        ({"step_lat_deg": -0.1}, "steps"),
        ({"west_deg": math.nan}, "corner"),
        ({"south_deg": 89.9}, "latitude 89.9 to 90.3"),
        ({"south_deg": -90.1}, "latitude"),
        ({"step_lon_deg": 91.0}, "more than once around"),
        ({"sha256": "F" * 64}, "SHA-256"),
    ],
)
def test_a_tile_that_cannot_be_is_refused(change, says):
    good = {
        "name": "t", "sha256": "0" * 64, "west_deg": 33.0, "south_deg": 34.0,
        "step_lon_deg": 0.1, "step_lat_deg": 0.1, "heights_m": np.zeros((5, 5)),
    }  # fmt: skip
    Terrain(**good)
    with pytest.raises(ImpossibleValueError, match=says):
        Terrain(**(good | change))


def test_a_tile_s_heights_cannot_be_changed_behind_its_back():
    given_m = np.zeros((3, 3))
    tile = Terrain("t", "0" * 64, 33.0, 34.0, 0.1, 0.1, given_m)
    given_m[1, 1] = 7.0
    assert tile.heights_m[1, 1] == 0.0
    with pytest.raises(ValueError, match="read-only"):
        tile.heights_m[0, 0] = 1.0


@settings(max_examples=20)
@given(st.integers(0, 2**32))
def test_the_same_seed_gives_the_same_fractal_and_no_node_is_left_out(seed):
    one, two = made.fractal(seed, levels=4), made.fractal(seed, levels=4)
    assert np.array_equal(one.heights_m, two.heights_m)
    assert not one.void.any()
    assert one.heights_m.min() >= 0.0


def test_made_up_shapes_are_what_their_names_say():
    hill = made.spherical_hill((33.05, 34.05), 300.0, 20_000.0)
    assert Mosaic.of([hill]).height_m(33.05, 34.05) == pytest.approx(300.0, abs=0.01)
    crest = Mosaic.of([made.ridge(33.05, 120.0)])
    assert crest.height_m(33.05, 34.0123) == pytest.approx(120.0)
    assert crest.height_m(33.05 + 2 * STEP, 34.0123) == 0.0
    assert (hill.east_deg, hill.north_deg) == pytest.approx((33.1, 34.1))
