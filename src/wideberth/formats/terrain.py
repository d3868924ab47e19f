"""Bytes of a terrain file -> Terrain: .hgt, .npz or GeoTIFF, told apart by what they hold."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wideberth.errors import WideberthError
from wideberth.spectrum.terrain import Heights, Terrain

MAX_BYTES: Final = 1 << 29  # a tile of 1 degree by half-seconds has 208 million in 32-bit figures
_HGT_BYTES: Final = (2 * 1201**2, 2 * 3601**2)
_TIFF_MAGIC: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")  # TIFF 6.0, section 2; BigTIFF
_ZIP_MAGIC: Final = b"PK\x03\x04"
_READABLE: Final = "Readable: .hgt (SRTM), .npz, GeoTIFF in longitude and latitude."
_UNWELCOME: Final = (
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"\x89PNG", "a PNG picture", "A picture holds no heights."),
    (b"\xff\xd8\xff", "a JPEG picture", "A picture holds no heights."),
    (b"%PDF", "a PDF document", "It holds no heights."),
    (b"\x89HDF", "an HDF5 or NetCDF file", "Convert it: gdal_translate -of GTiff IN OUT."),
    (b"CDF", "a NetCDF file", "Convert it: gdal_translate -of GTiff IN OUT."),
    (b"ncols", "an ASCII grid", "Convert it: gdal_translate -of GTiff IN OUT."),
)


class UnreadableTerrainError(WideberthError):
    """A file that is no terrain, or none that can be read without a guess."""


def read_terrain(data: bytes, name: str) -> Terrain:
    """Return the tile that a file's bytes hold; name is the file's, with or without its folder.

    What the bytes begin with decides; .hgt has no mark of its own and is known by name or size.
    Raises UnreadableTerrainError, which says what to do.
    """
    try:
        return _reader(data, name)(data, name)
    except WideberthError as error:
        raise UnreadableTerrainError(
            error.what, remedy=error.remedy or _READABLE, where=base_name(name)
        ) from None


def _reader(data: bytes, name: str) -> Callable[[bytes, str], Terrain]:
    ending = base_name(name).lower().rpartition(".")[2]
    if not data:
        raise UnreadableTerrainError("the file is empty.", remedy="Fetch it again.")
    if len(data) > MAX_BYTES:
        raise UnreadableTerrainError(
            f"the file has {len(data)} bytes; at most {MAX_BYTES} are read.",
            remedy="Cut it into tiles: gdal_retile, or gdal_translate -projwin.",
        )
    if ending == "hgt" or (len(data) in _HGT_BYTES and not data.startswith(_TIFF_MAGIC)):
        return _from("hgt")
    if data.startswith(_TIFF_MAGIC):
        return _from("geotiff")
    if data.startswith(_ZIP_MAGIC):
        return _from("npz")
    for magic, what, remedy in _UNWELCOME:
        if data.startswith(magic):
            raise UnreadableTerrainError(f"the file is {what}.", remedy=f"{remedy} {_READABLE}")
    raise UnreadableTerrainError(
        f"no known terrain format; it begins with bytes {data[:8].hex(' ')}.", remedy=_READABLE
    )


def _from(kind: str) -> Callable[[bytes, str], Terrain]:
    """Return a format's reader, loaded when it is wanted."""
    reader: Callable[[bytes, str], Terrain] = import_module(
        f"wideberth.formats.terrain_{kind}"
    ).read
    return reader


def base_name(name: str) -> str:
    """Return a file's name without its folder, whichever slash parts them."""
    return name.replace("\\", "/").rpartition("/")[2]


def heights_of(values: NDArray[Any], void: float | None) -> Heights:
    """Return figures as heights that nothing else holds on to, with voids as not a number.

    Whole figures of 16 bits and less are exact in float32; others become float64.
    """
    is_narrow = values.dtype == np.float32 or values.dtype.itemsize <= 2
    heights_m: Heights = values.astype(np.float32 if is_narrow else np.float64)
    if void is not None:
        heights_m[values == void] = np.nan
    heights_m.setflags(write=False)
    return heights_m
