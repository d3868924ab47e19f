"""GeoTIFF terrain, written by hand from the standard; needs the extra geotiff."""

import numpy as np
import pytest
import synthetic_terrain as made
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.terrain import UnreadableTerrainError, read_terrain
from wideberth.spectrum.terrain import Mosaic

pytest.importorskip("tifffile", reason="the extra `geotiff` is not installed")

HEIGHTS = np.arange(35 * 50, dtype=np.float32).reshape(35, 50)  # higher northwards and eastwards
STEP = made.STEP_DEG


def tiff(heights=HEIGHTS, **how):
    return made.geotiff_bytes(heights, **how)


def refused(data):
    with pytest.raises(UnreadableTerrainError) as caught:
        read_terrain(data, "a.tif")
    assert caught.value.remedy
    assert caught.value.where == "a.tif"
    return str(caught.value)


@settings(max_examples=60)
@given(
    st.sampled_from([np.int16, np.uint16, np.int32, np.float32, np.float64]),
    st.sampled_from([None, 16, 32]), st.booleans(), st.sampled_from(["<", ">"]),
)  # fmt: skip
def test_strips_and_tiles_packed_or_not_in_either_byte_order_are_the_heights(
    dtype, tile, packed, order
):
    heights = HEIGHTS.astype(dtype)
    found = read_terrain(tiff(heights, tile=tile, packed=packed, order=order), "a.tif")
    assert np.array_equal(found.heights_m, heights)


def test_a_pixel_that_is_an_area_has_its_height_at_its_centre_and_a_point_at_its_corner():
    area = read_terrain(tiff(), "a.tif")
    point = read_terrain(tiff(keys={1025: 2}), "a.tif")
    assert area.west_deg == pytest.approx(33.0 + STEP / 2, abs=1e-12)
    assert area.north_deg == pytest.approx(35.0 - STEP / 2, abs=1e-12)
    assert (point.west_deg, point.north_deg) == pytest.approx((33.0, 35.0), abs=1e-12)


def test_a_transformation_says_the_same_as_scale_and_tie_point():
    matrix = [STEP, 0, 0, 33.0, 0, -STEP, 0, 35.0, 0, 0, 0, 0, 0, 0, 0, 1.0]
    other = tiff(tags={33550: None, 33922: None, 34264: ("d", matrix)})
    one, two = read_terrain(tiff(), "a.tif"), read_terrain(other, "a.tif")
    assert (one.west_deg, one.south_deg) == (two.west_deg, two.south_deg)
    assert one.step_lat_deg == two.step_lat_deg


def test_a_tie_point_may_be_any_pixel():
    tags = {33922: ("d", [10.0, 4.0, 0.0, 33.0 + 10 * STEP, 35.0 - 4 * STEP, 0.0])}
    one, two = read_terrain(tiff(), "a.tif"), read_terrain(tiff(tags=tags), "a.tif")
    assert (two.west_deg, two.south_deg) == pytest.approx((one.west_deg, one.south_deg), abs=1e-12)


@pytest.mark.parametrize("mark", ["77", "77.0", "7.7e1"])
@pytest.mark.parametrize("dtype", [np.int16, np.float32])
def test_the_figure_that_marks_voids_is_one(mark, dtype):
    found = read_terrain(tiff(HEIGHTS.astype(dtype), tags={42113: ("c", mark)}), "a.tif")
    assert found.void.tolist() == (HEIGHTS == 77).tolist()


def test_pixels_given_by_their_centres_join_across_the_seam_between_two_files():
    west = read_terrain(tiff(HEIGHTS[:, :20]), "west.tif")
    east = read_terrain(tiff(HEIGHTS[:, 20:], north_west=(33.0 + 20 * STEP, 35.0)), "east.tif")
    seam = Mosaic.of([east, west]).height_m(33.0 + 20 * STEP, 35.0 - 10.5 * STEP)
    assert seam == pytest.approx(HEIGHTS[35 - 11, 19:21].mean())


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"keys": {1024: 1, 2048: None, 3072: 32636}}, "gdalwarp -t_srs EPSG:4326"),
        ({"keys": {1024: None}}, "projected or has no place"),
        ({"tags": {34735: None}}, "projected or has no place"),
        ({"keys": {2048: 4230}}, "its key is 4230"),
        ({"keys": {2054: 9101}}, "not WGS-84"),
        ({"keys": {1025: None}}, "an area or a point"),
        ({"keys": {4096: 4979}}, "vertical reference EPSG:4979"),
        ({"keys": {4099: 9002}}, "not in metres"),
        ({"tags": {33922: None}}, "turned, or tied"),
        ({"tags": {33922: ("d", [0.0] * 12)}}, "several points"),
        ({"tags": {33550: None, 34264: ("d", [1e-3, 1e-4, 0, 33, 0, -1e-3, 0, 35] + [0] * 8)}},
         "turned"),
        ({"tags": {42112: ("c", '<Item sample="0" role="scale">0.1</Item>')}}, "-unscale"),
        ({"tags": {42112: ("c", '<Item sample="0" role="unittype">ft</Item>')}}, "in metres: ft"),
        ({"tags": {259: ("H", [50000])}}, "packed by method 50000"),
        ({"tags": {277: ("H", [3])}}, "3 bands"),
        ({"tags": {256: ("I", [100_000]), 257: ("I", [100_000])}}, "at most"),
        ({"tags": {42113: ("c", "none")}}, "broken"),
        ({"north_west": (33.0, 135.0)}, "latitude"),
    ],
)  # fmt: skip
def test_a_grid_that_is_no_plain_terrain_is_refused_with_what_to_do(how, says):
    assert says in refused(tiff(**how))


def test_a_key_whose_value_lies_elsewhere_is_not_taken_for_its_place():
    keys = [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 34736, 1, 4326]
    assert "its key is None" in refused(tiff(tags={34735: ("H", keys)}))


def test_heights_on_the_sea_s_own_surface_are_taken():
    for code in (5773, 3855, 5714):
        assert read_terrain(tiff(keys={4096: code, 4099: 9001}), "a.tif").heights_m.size == 1750
    metre = {42112: ("c", '<Item name="UNITTYPE" sample="0" role="unittype">m</Item>')}
    assert read_terrain(tiff(tags=metre), "a.tif").heights_m.size == 1750


def test_an_undeclared_mark_of_a_void_is_not_taken_for_a_height():
    holed = HEIGHTS.copy()
    holed[3, 3] = -9999.0
    assert "Declare the value that marks voids" in refused(tiff(holed))


def test_a_piece_that_inflates_beyond_its_size_is_refused():
    bomb = made.geotiff_bytes(np.zeros((2000, 2000), np.float32), packed=True)
    small = {256: ("I", [10]), 257: ("I", [10]), 278: ("I", [10])}
    assert "more than its 400 bytes" in refused(
        made.geotiff_bytes(np.zeros((2000, 2000), np.float32), packed=True, tags=small)
    )
    assert read_terrain(bomb, "a.tif").heights_m.shape == (2000, 2000)


def test_a_picture_that_needs_another_package_says_so_or_is_read():
    try:
        import imagecodecs  # noqa: F401, PLC0415
    except ImportError:
        assert "pip install imagecodecs" in refused(tiff(packed=True, tags={317: ("H", [3])}))
    else:
        assert "broken" in refused(tiff(tags={259: ("H", [5])}))


@given(st.integers(0, 10**9), st.integers(0, 255))
@settings(max_examples=150)
def test_a_file_with_a_byte_changed_is_read_or_refused_and_never_breaks(place, byte):
    data = bytearray(tiff(HEIGHTS[:6, :6], packed=True))
    data[place % len(data)] = byte
    try:
        read_terrain(bytes(data), "a.tif")
    except UnreadableTerrainError as error:
        assert error.remedy  # noqa: PT017 - both ends are right


@pytest.mark.parametrize("length", [4, 8, 20, 500, -1, -200])
def test_a_file_that_is_cut_off_is_refused(length):
    assert refused(tiff()[:length])
