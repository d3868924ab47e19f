"""Terrain from a GeoTIFF whose grid is longitude and latitude on WGS-84, through tifffile.

Source: OGC 19-008r4 (GeoTIFF 1.1): keys in 7.1 and annex B, pixels in 7.1.2 (tie points, scale,
transformation). Any other grid is refused: to bend it is the work of a tool that knows projections.
"""

import hashlib
import io
import math
import re
import zlib
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wideberth.formats.terrain import UnreadableTerrainError, base_name, heights_of
from wideberth.spectrum.terrain import MAX_POINTS, Terrain

_SCALE_TAG: Final = 33550  # tags and keys: OGC 19-008r4, annex B
_TIE_TAG: Final = 33922
_TRANSFORM_TAG: Final = 34264
_KEYS_TAG: Final = 34735
_GDAL_METADATA_TAG: Final = 42112  # GDAL's GTiff driver page
_GDAL_NODATA_TAG: Final = 42113
_MODEL_KEY: Final = 1024
_RASTER_KEY: Final = 1025
_GEODETIC_KEY: Final = 2048
_ANGULAR_KEY: Final = 2054
_VERTICAL_KEY: Final = 4096
_VERTICAL_UNITS_KEY: Final = 4099
_GEOGRAPHIC: Final = 2
_WGS_84: Final = 4326
_DEGREE: Final = 9102
_METRE: Final = 9001
_ABOVE_SEA: Final = (None, 5773, 3855, 5714)  # none said; EGM96, EGM2008, mean sea level (EPSG)
_PACKINGS: Final = (1, 5, 8, 32946)  # none, LZW, deflate and its older number
_DEFLATES: Final = (8, 32946)
_LZW: Final = 5
_FLOATING_PREDICTOR: Final = 3

_WARP: Final = "Convert it: gdalwarp -t_srs EPSG:4326 IN OUT."
_PACK: Final = "Pack it otherwise: gdal_translate -co COMPRESS=DEFLATE -co PREDICTOR=1 IN OUT."
_SCALED: Final = re.compile(r'role="(scale|offset)"')
_UNIT: Final = re.compile(r'role="unittype"[^>]*>\s*([^<]*?)\s*<')


def read(data: bytes, name: str) -> Terrain:
    """Return the tile of the file's first picture; overviews and masks are not looked at.

    Raises UnreadableTerrainError for what is no plain grid of heights, and without tifffile.
    """
    if find_spec("tifffile") is None:
        raise UnreadableTerrainError(
            "reading GeoTIFF needs the package tifffile, which is not installed.",
            remedy="Install the extra geotiff: pip install 'wideberth[geotiff]'; or give .hgt"
            " (gdal_translate -of SRTMHGT IN OUT) or .npz.",
        )
    tifffile: Any = import_module("tifffile")
    try:
        with tifffile.TiffFile(io.BytesIO(data)) as file:
            page = file.pages[0]
            _check_picture(page, data)
            tags = {tag.code: tag.value for tag in page.tags}
            _check_keys(tags)
            west_deg, north_deg, step_lon_deg, step_lat_deg = _grid(tags)
            void = _void(tags)
            southward = np.asarray(page.asarray(maxworkers=1))
    except UnreadableTerrainError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken file may make the parser raise anything
        what = f"the TIFF file is broken: {error or type(error).__name__}."
        raise UnreadableTerrainError(what, remedy="Fetch it again.") from None
    return Terrain(
        base_name(name),
        hashlib.sha256(data).hexdigest(),
        west_deg,
        north_deg - (southward.shape[0] - 1) * step_lat_deg,
        step_lon_deg,
        step_lat_deg,
        heights_of(southward[::-1], void),
    )


def _check_picture(page: Any, data: bytes) -> None:
    """Refuse a picture that is no table of figures, is too large, or inflates beyond its size."""
    if page.samplesperpixel != 1 or page.dtype is None or page.dtype.kind not in "iuf":
        what = f"the picture has {page.samplesperpixel} bands of {page.dtype}."
        raise UnreadableTerrainError(what, remedy="Keep one band: gdal_translate -b 1 IN OUT.")
    points, chunk = page.imagewidth * page.imagelength, math.prod(page.chunks)
    if max(points, chunk) > MAX_POINTS or page.imagedepth != 1 or min(page.shape) < 1:
        raise UnreadableTerrainError(
            f"the picture has {page.imagewidth} x {page.imagelength} points in pieces of {chunk};"
            f" at most {MAX_POINTS} are read.",
            remedy="Cut it into tiles: gdal_retile, or gdal_translate -projwin.",
        )
    if page.compression not in _PACKINGS:
        what = f"the picture is packed by method {int(page.compression)}."
        raise UnreadableTerrainError(what, remedy=_PACK)
    needs_codecs = page.compression == _LZW or page.predictor == _FLOATING_PREDICTOR
    if needs_codecs and find_spec("imagecodecs") is None:
        raise UnreadableTerrainError(
            "the picture is packed by LZW or the floating-point predictor, which needs the package"
            " imagecodecs.",
            remedy=f"Install it: pip install imagecodecs. {_PACK}",
        )
    if page.compression in _DEFLATES:
        _check_inflated(page, data, chunk * page.dtype.itemsize)


def _check_inflated(page: Any, data: bytes, most: int) -> None:
    """Unpack each piece up to the size that it may have: no bomb reaches the reader."""
    for offset, count in zip(page.dataoffsets, page.databytecounts, strict=True):
        if len(zlib.decompressobj().decompress(data[offset : offset + count], most + 1)) > most:
            raise UnreadableTerrainError(
                f"a piece of the picture unpacks to more than its {most} bytes.",
                remedy="Fetch it again.",
            )


def _check_keys(tags: dict[int, Any]) -> None:
    """Refuse a grid that is not degrees of WGS-84, and heights not in metres above the sea."""
    keys = _keys(tags)
    if keys.get(_MODEL_KEY) != _GEOGRAPHIC:
        what = "the grid is projected or has no place on the Earth, and not in degrees."
        raise UnreadableTerrainError(what, remedy=_WARP)
    if keys.get(_GEODETIC_KEY) != _WGS_84 or keys.get(_ANGULAR_KEY, _DEGREE) != _DEGREE:
        what = f"the grid is not WGS-84 (EPSG:4326): its key is {keys.get(_GEODETIC_KEY)}."
        raise UnreadableTerrainError(what, remedy=_WARP)
    if keys.get(_RASTER_KEY) not in (1, 2):
        what = "the file does not say whether a figure stands for an area or a point."
        raise UnreadableTerrainError(
            what, remedy="Say so: gdal_translate -mo AREA_OR_POINT=Area IN OUT."
        )
    if keys.get(_VERTICAL_KEY) not in _ABOVE_SEA:
        what = f"heights are on the vertical reference EPSG:{keys[_VERTICAL_KEY]}."
        raise UnreadableTerrainError(
            what, remedy="Convert it: gdalwarp -t_srs EPSG:4326+5773 IN OUT (mean sea level)."
        )
    metadata = str(tags.get(_GDAL_METADATA_TAG) or "")
    units = [unit.lower() for unit in _UNIT.findall(metadata)]
    is_metric = keys.get(_VERTICAL_UNITS_KEY, _METRE) == _METRE
    if not is_metric or set(units) - {"", "m", "metre", "metres", "meter", "meters"}:
        what = f"heights are not in metres: {', '.join(units) or 'the vertical unit is another'}."
        raise UnreadableTerrainError(what, remedy="Convert them: gdal_calc.py.")
    if _SCALED.search(metadata):
        what = "the figures are to be scaled or shifted to be heights."
        raise UnreadableTerrainError(what, remedy="Do so: gdal_translate -unscale IN OUT.")


def _keys(tags: dict[int, Any]) -> dict[int, int]:
    """Return the GeoTIFF keys that hold a number of their own (OGC 19-008r4, 7.1.1)."""
    shorts = tuple(int(value) for value in _figures(tags, _KEYS_TAG))
    entries = zip(*(shorts[4 + i :: 4] for i in range(4)), strict=False)
    return {key: value for key, location, _, value in entries if location == 0}


def _grid(tags: dict[int, Any]) -> tuple[float, float, float, float]:
    """Return longitude and latitude of the first figure's node, and steps east and south."""
    scale, tie = _figures(tags, _SCALE_TAG), _figures(tags, _TIE_TAG)
    matrix = _figures(tags, _TRANSFORM_TAG)
    if len(scale) == 3 and len(tie) == 6:
        column, row, _, lon_deg, lat_deg, _ = tie
        step_lon_deg, step_lat_deg = scale[0], scale[1]
    elif len(matrix) == 16 and matrix[1] == matrix[4] == 0.0:
        column = row = 0.0
        lon_deg, lat_deg = matrix[3], matrix[7]
        step_lon_deg, step_lat_deg = matrix[0], -matrix[5]
    else:
        what = "the grid is turned, or tied to the Earth at several points or none."
        raise UnreadableTerrainError(what, remedy=_WARP)
    centre = 0.5 if _keys(tags)[_RASTER_KEY] == 1 else 0.0  # OGC 19-008r4, 7.1.2.2: area or point
    west_deg = lon_deg + (centre - column) * step_lon_deg
    return west_deg, lat_deg - (centre - row) * step_lat_deg, step_lon_deg, step_lat_deg


def _figures(tags: dict[int, Any], code: int) -> tuple[float, ...]:
    value: NDArray[Any] = np.atleast_1d(np.asarray(tags.get(code, ())))
    return tuple(float(figure) for figure in value)


def _void(tags: dict[int, Any]) -> float | None:
    """Return the figure that marks a void, or None where the file names none."""
    text = str(tags.get(_GDAL_NODATA_TAG, "")).strip().strip("\0")
    return float(text) if text else None
