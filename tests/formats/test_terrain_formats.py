"""Terrain files: bytes to tiles, and every file that is none refused with what to do."""

import hashlib
import io
import struct
import subprocess
import sys
import zipfile

import numpy as np
import pytest
import synthetic_terrain as made
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.terrain import UnreadableTerrainError, read_terrain
from wideberth.spectrum.terrain import Mosaic

SIDE = 1201
ROWS, COLUMNS = np.indices((SIDE, SIDE))
SLOPE = (ROWS * 2 + COLUMNS // 100).astype(np.int16)  # higher northwards: upside down would show
SLOPE[7, 9] = -32768
HGT = made.hgt_bytes(SLOPE)


def read(data, name="tile"):
    return read_terrain(data, name)


def refused(data, name="tile"):
    with pytest.raises(UnreadableTerrainError) as caught:
        read_terrain(data, name)
    assert caught.value.remedy
    assert caught.value.where == name
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "west", "south"),
    [
        ("N34E035.hgt", 35, 34), ("S01W001.hgt", -1, -1), ("n34e035.hgt", 35, 34),
        ("s01w001.hgt", -1, -1),
        ("tiles/N00W180.hgt", -180, 0), ("C:\\srtm\\S90E179.SRTMGL3.hgt", 179, -90),
        ("N89E000.HGT", 0, 89),
    ],
)  # fmt: skip
def test_an_hgt_tile_lies_where_its_name_says_and_has_north_on_top(name, west, south):
    tile = read(HGT, name)
    assert (tile.west_deg, tile.south_deg) == (west, south)
    assert (tile.east_deg, tile.north_deg) == (west + 1, south + 1)
    assert tile.heights_m[0, 0] == 0
    assert tile.heights_m[-1, 0] == 2400
    assert tile.heights_m[0, -1] == 12
    assert tile.void.sum() == 1
    assert tile.void[7, 9]


def test_an_hgt_tile_of_one_second_has_3601_nodes_a_side():
    tile = read(made.hgt_bytes(np.full((3601, 3601), 12)), "N34E035.hgt")
    assert tile.heights_m.shape == (3601, 3601)
    assert Mosaic.of([tile]).height_m([35.0, 36.0, 35.5], [34.0, 35.0, 34.5]).tolist() == [12] * 3


def test_the_digest_is_that_of_the_file_s_bytes_whatever_its_name():
    digest = hashlib.sha256(HGT).hexdigest()
    assert {read(HGT, name).sha256 for name in ("N34E035.hgt", "S01W001.hgt")} == {digest}
    npz = made.npz_bytes(heights_m=SLOPE[:5, :5], west_deg=1.0, south_deg=2.0, step_deg=0.1)
    assert read(npz).sha256 == hashlib.sha256(npz).hexdigest()


def test_neighbouring_hgt_tiles_meet_without_a_seam():
    east = made.hgt_bytes(ROWS * 2 + COLUMNS // 100 + 12)
    mosaic = Mosaic.of([read(HGT, "N34E035.hgt"), read(east, "N34E036.hgt")])
    heights_m = mosaic.height_m(np.linspace(35.999, 36.001, 41), 34.5)
    assert np.isfinite(heights_m).all()
    assert mosaic.height_m(36.0, 34.5) == 1212.0


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (HGT[:-1], "N34E035.hgt", "2884801 bytes"),
        (HGT + b"\0", "N34E035.hgt", "2884802 or 25934402"),
        (HGT, "cyprus.hgt", "like N34E035.hgt"),
        (HGT, "N34E0355.hgt", "does not say where"),
        (HGT, "cyprus", "does not say where"),
        (HGT, "N90E035.hgt", "latitude 90"),
        (HGT, "N34E180.hgt", "longitude 180"),
        (HGT, "S91E000.hgt", "latitude -91"),
        (b"", "N34E035.hgt", "empty"),
        (made.hgt_bytes(np.full((1201, 1201), 32767)), "N34E035.hgt", "which is no land"),
    ],
)
def test_an_hgt_file_of_another_size_or_name_is_refused(data, name, says):
    assert says in refused(data, name)


NPZ = {"heights_m": SLOPE[:6, :8], "west_deg": 33.0, "south_deg": 34.0, "step_deg": 0.25}


def without(*keys, **more):
    return made.npz_bytes(**{k: v for k, v in (NPZ | more).items() if k not in keys})


@given(
    st.sampled_from(["<i2", ">i2", "<i4", "u1", "<f4", "<f8", ">f8"]),
    st.integers(2, 6), st.integers(2, 6), st.booleans(), st.booleans(),
)  # fmt: skip
@settings(max_examples=40)
def test_an_npz_archive_holds_what_was_put_in(dtype, rows, columns, is_north_up, is_fortran):
    heights = (np.arange(rows * columns).reshape(rows, columns) % 200).astype(dtype)
    heights += heights.dtype.type(0.3)  # nothing is added to whole figures
    given_rows = heights[::-1] if is_north_up else heights
    given_rows = np.asfortranarray(given_rows) if is_fortran else given_rows
    corner = {"north_deg": 34.0 + (rows - 1) * 0.25} if is_north_up else {"south_deg": 34.0}
    data = made.npz_bytes(
        heights_m=given_rows, west_deg=33, step_lon_deg=0.5, step_lat_deg=0.25, **corner
    )
    tile = read(data)
    assert np.array_equal(tile.heights_m, heights.astype(float))
    assert (tile.west_deg, tile.south_deg) == (33.0, 34.0)
    assert (tile.step_lon_deg, tile.step_lat_deg) == (0.5, 0.25)


def test_an_npz_archive_marks_voids_by_its_own_value_or_as_not_a_number():
    assert read(without(void_value=5, datum="msl")).void.tolist() == (SLOPE[:6, :8] == 5).tolist()
    holed = SLOPE[:6, :8].astype(float)
    holed[1, 2] = np.nan
    assert np.argwhere(read(without(heights_m=holed)).void).tolist() == [[1, 2]]


def zipped(members, **how):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", **how) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def npy_claiming(shape, content=b""):
    text = repr({"descr": "<f8", "fortran_order": False, "shape": shape}).ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode() + content


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (without("heights_m"), "'heights_m' is missing"),
        (without(heights_m=np.arange(5)), "no table"),
        (without(heights_m=np.array([["a", "b"], ["c", "d"]])), "no table"),
        (without(heights_m=np.array([[1, None], [2, 3]], dtype=object)), "not figures"),
        (without(heights_m=np.ones((3, 3), complex)), "not figures"),
        (without("south_deg"), "row 0"),
        (without(north_deg=36.0), "row 0"),
        (without("step_deg"), "'step_lon_deg' is missing"),
        (without(step_lat_deg=0.25), "stands beside"),
        (without(west_deg=[33.0, 34.0]), "'west_deg' is missing or not one figure"),
        (without(datum="ellipsoid"), "the datum is 'ellipsoid'"),
        (without(datum="m"), "the datum is 'm'"),
        (without(heigths=1), "'heigths'"),
        (without(step_deg=-0.25), "steps"),
        (without(step_deg=np.nan), "no degrees"),
        (without(south_deg=89.0), "latitude"),
        (without(heights_m=np.full((3, 3), -9999.0)), "marks voids"),
        (zipped({"N34E035.hgt": b"\0" * 50}), "no .npz"),
        (zipped({"heights_m.npy": b"nonsense"}), "broken"),
        (zipped({"heights_m.npy": npy_claiming((4, 4), b"\0" * 100)}), "broken"),
        (zipped({"heights_m.npy": npy_claiming((10**6, 10**6))}), "claims 1000000000000 figures"),
        (zipped({"heights_m.npy": npy_claiming((-4, -4), b"\0" * 128)}), "broken"),
        (made.npz_bytes(**NPZ)[:-30], "broken"),
        (zipped({"heights_m.npy": npy_claiming((4, 4), b"\0" * 128)}, compression=14), "deflate"),
    ],
)
def test_an_archive_that_is_no_plain_terrain_is_refused(data, says):
    assert says in refused(data)


def test_a_bomb_is_refused_before_it_is_inflated():
    bomb = npy_claiming((20_000, 20_000), b"\0" * (32 << 20))
    data = zipped({"heights_m.npy": bomb}, compression=zipfile.ZIP_DEFLATED)
    assert len(data) < 100_000
    assert "claims 400000000 figures" in refused(data)


@given(st.integers(0, 10**9), st.integers(0, 255))
@settings(max_examples=60)
def test_an_archive_with_a_byte_changed_is_read_or_refused_and_never_breaks(place, byte):
    data = bytearray(made.npz_bytes(**NPZ))
    data[place % len(data)] = byte
    try:
        read(bytes(data))
    except UnreadableTerrainError as error:
        assert error.remedy  # noqa: PT017 - both ends are right


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x1f\x8b\x08" + b"x" * 50, "gzip"), (b"\x89PNG\r\n", "PNG"), (b"\x89HDF\r\n", "HDF5"),
        (b"ncols 5\nnrows 5\n", "ASCII grid"), (b"just words", "begins with bytes 6a 75 73 74"),
        (b"", "empty"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_named_and_refused(data, says):
    assert says in refused(data)


def test_without_the_extra_a_geotiff_says_what_to_install():
    code = (
        "import sys; sys.modules['tifffile'] = None\n"
        "from wideberth.formats.terrain import read_terrain\n"
        "try: read_terrain(b'II*\\0' + b'x' * 99, 'a.tif')\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("UnreadableTerrainError a.tif: reading GeoTIFF needs")
    assert "pip install 'wideberth[geotiff]'" in run.stdout


def test_reading_no_geotiff_loads_no_tiff_package_and_importing_terrain_no_projection():
    code = (
        "import sys, wideberth.formats.terrain, wideberth.spectrum.terrain_profile\n"
        "print([name for name in ('tifffile', 'pyproj', 'numba') if name in sys.modules])\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
