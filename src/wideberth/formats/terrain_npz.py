"""Terrain as a NumPy archive, .npz: heights, a corner and the steps, each under its name.

Keys: heights_m (rows, columns); west_deg; south_deg where row 0 is the southernmost, or north_deg
where it is the northernmost; step_deg, or step_lon_deg and step_lat_deg; void_value and datum
("msl") if wanted. Nothing is unpickled, and nothing is inflated before its size is known.
"""

import hashlib
import io
import math
import zipfile
import zlib
from typing import IO, Any, Final

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from wideberth.formats.terrain import UnreadableTerrainError, base_name, heights_of
from wideberth.spectrum.terrain import MAX_POINTS, Terrain

_KEYS: Final = frozenset(
    (
        "heights_m", "west_deg", "south_deg", "north_deg", "step_deg", "step_lon_deg",
        "step_lat_deg", "void_value", "datum",
    )
)  # fmt: skip
_PLAIN_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_HEADER_BYTES: Final = 1 << 12
_AGAIN: Final = "Write it again with numpy.savez_compressed."
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


def read(data: bytes, name: str) -> Terrain:
    """Return the tile of an archive. Raises UnreadableTerrainError for any other archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            arrays = {key: _array(archive, member) for key, member in _members(archive).items()}
    except _BROKEN as error:
        what = f"the archive is broken: {error or type(error).__name__}."
        raise UnreadableTerrainError(what, remedy=_AGAIN) from None
    return _terrain(arrays, hashlib.sha256(data).hexdigest(), base_name(name))


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the archive's arrays by key; all of them are known, none is there twice."""
    members = archive.infolist()
    keys = [member.filename.removesuffix(".npy") for member in members]
    if not any(member.filename.endswith(".npy") for member in members):
        raise UnreadableTerrainError(
            "the file is a zip archive without arrays, so no .npz.",
            remedy="Unpack it, and give the .hgt or GeoTIFF file inside.",
        )
    unknown = sorted(set(keys) - _KEYS)
    if unknown or len(set(keys)) < len(keys):
        odd = ", ".join(map(repr, unknown[:5])) or "the same key twice"
        remedy = f"Keys are {', '.join(sorted(_KEYS))}."
        raise UnreadableTerrainError(f"the archive holds {odd}.", remedy=remedy)
    return dict(zip(keys, members, strict=True))


def _array(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> NDArray[Any]:
    """Return one array, after its header has said that it is small enough and holds no objects."""
    if member.flag_bits & 0x1 or member.compress_type not in _PLAIN_METHODS:
        what = f"{member.filename!r} is encrypted or packed otherwise than by deflate."
        raise UnreadableTerrainError(what, remedy=_AGAIN)
    with archive.open(member) as stream:
        shape, dtype = _header(stream)
    count = math.prod(shape)
    if dtype.itemsize > 64 or dtype.kind not in "iufU":
        what = f"{member.filename!r} holds {dtype.name[:40]} and not figures."
        raise UnreadableTerrainError(what, remedy="Store plain integers or floats.")
    bytes_needed = count * dtype.itemsize
    if count > MAX_POINTS or not 0 <= member.file_size - bytes_needed <= _HEADER_BYTES:
        raise UnreadableTerrainError(
            f"{member.filename!r} claims {count} figures of {dtype.itemsize} bytes and unpacks to"
            f" {member.file_size} bytes; at most {MAX_POINTS} figures are read.",
            remedy="Cut it into tiles.",
        )
    with archive.open(member) as stream:
        return np.asarray(npy.read_array(stream, allow_pickle=False))


def _header(stream: IO[bytes]) -> tuple[tuple[int, ...], np.dtype[Any]]:
    if npy.read_magic(stream) == (1, 0):
        shape, _, dtype = npy.read_array_header_1_0(stream)
    else:
        shape, _, dtype = npy.read_array_header_2_0(stream)
    return shape, dtype


def _terrain(arrays: dict[str, NDArray[Any]], sha256: str, name: str) -> Terrain:
    heights = arrays.get("heights_m")
    if heights is None or heights.ndim != 2 or heights.dtype.kind not in "iuf":
        what = "'heights_m' is missing or no table of figures."
        raise UnreadableTerrainError(what, remedy="Store rows and columns of metres.")
    if "datum" in arrays and arrays["datum"].tolist() != "msl":
        what = f"the datum is {str(arrays['datum'].tolist())[:40]!r}."
        raise UnreadableTerrainError(what, remedy="Heights above mean sea level ('msl') are read.")
    if ("south_deg" in arrays) == ("north_deg" in arrays):
        raise UnreadableTerrainError(
            "row 0 is neither the southernmost nor the northernmost, or both.",
            remedy="Give its latitude as south_deg where rows run northwards, else as north_deg.",
        )
    step_lon_deg, step_lat_deg = _steps(arrays)
    void = _figure(arrays, "void_value") if "void_value" in arrays else None
    if "south_deg" in arrays:
        south_deg = _figure(arrays, "south_deg")
    else:
        south_deg = _figure(arrays, "north_deg") - (heights.shape[0] - 1) * step_lat_deg
        heights = heights[::-1]
    west_deg = _figure(arrays, "west_deg")
    rows = heights_of(heights, void)
    return Terrain(name, sha256, west_deg, south_deg, step_lon_deg, step_lat_deg, rows)


def _steps(arrays: dict[str, NDArray[Any]]) -> tuple[float, float]:
    if "step_deg" not in arrays:
        return _figure(arrays, "step_lon_deg"), _figure(arrays, "step_lat_deg")
    if "step_lon_deg" in arrays or "step_lat_deg" in arrays:
        what = "'step_deg' stands beside 'step_lon_deg' or 'step_lat_deg'."
        raise UnreadableTerrainError(what, remedy="Keep the one, or the other two.")
    return _figure(arrays, "step_deg"), _figure(arrays, "step_deg")


def _figure(arrays: dict[str, NDArray[Any]], key: str) -> float:
    array = arrays.get(key)
    if array is None or array.size != 1 or array.dtype.kind not in "iuf":
        what = f"{key!r} is missing or not one figure."
        raise UnreadableTerrainError(what, remedy="Store one number under that key.")
    return float(array.reshape(()))
