"""Terrain made up for tests: analytic shapes with known answers, and a seeded fractal.

Every maker gives a Terrain; its SHA-256 is that of its heights' bytes, so like tiles are like.
"""

import hashlib
import io
import struct
import zlib

import numpy as np

from wideberth.spectrum.terrain import Terrain

CORNER = (33.0, 34.0)  # west, south: in the eastern Mediterranean
STEP_DEG = 1.0 / 1200.0  # three arc-seconds
DEGREE_M = 111_195.0  # along a great circle of a sphere of 6371 km


def a_terrain(heights_m, *, corner=CORNER, step_deg=STEP_DEG, name="made-up"):
    """Return a tile of heights given by row (northwards) and column."""
    heights_m = np.asarray(heights_m)
    if heights_m.dtype != np.float32:
        heights_m = heights_m.astype(float)
    steps = step_deg if isinstance(step_deg, tuple) else (step_deg, step_deg)
    digest = hashlib.sha256(heights_m.tobytes()).hexdigest()
    return Terrain(name, digest, *corner, *steps, heights_m)


def from_formula(height_m, *, side=121, **place):
    """Return a tile with height_m(lon_deg, lat_deg) at each node, an array function."""
    corner, step_deg = place.get("corner", CORNER), place.get("step_deg", STEP_DEG)
    steps = step_deg if isinstance(step_deg, tuple) else (step_deg, step_deg)
    rows, columns = (side, side) if isinstance(side, int) else side
    lon = corner[0] + np.arange(columns) * steps[0]
    lat = corner[1] + np.arange(rows) * steps[1]
    heights_m = np.broadcast_to(height_m(lon[None, :], lat[:, None]), (rows, columns))
    return a_terrain(heights_m, **place)


def flat_sea(*, side=121, **place):
    """Return a tile of height 0."""
    return from_formula(lambda lon, lat: 0.0 * lon * lat, side=side, **place)


def plane(base_m, east_m, north_m, *, side=121, **place):
    """Return a tilted plane: base_m at (0, 0), rising by metres a degree; bilinear is exact."""
    return from_formula(lambda lon, lat: base_m + east_m * lon + north_m * lat, side=side, **place)


def ridge(lon_deg, height_m, *, half_width_deg=STEP_DEG, side=121, **place):
    """Return a single ridge along a meridian: height_m at lon_deg, straight down to 0 beside it."""
    return from_formula(
        lambda lon, lat: (
            height_m * np.clip(1.0 - np.abs(lon - lon_deg) / half_width_deg, 0.0, None) + 0.0 * lat
        ),
        side=side,
        **place,
    )


def spherical_hill(centre, height_m, radius_m, *, side=121, **place):
    """Return the cap of a sphere of a radius, height_m high at its centre (lon, lat), else 0."""

    def cap_m(lon, lat):
        east_m = (lon - centre[0]) * DEGREE_M * np.cos(np.radians(centre[1]))
        north_m = (lat - centre[1]) * DEGREE_M
        inside = np.clip(radius_m**2 - east_m**2 - north_m**2, 0.0, None)
        return np.clip(np.sqrt(inside) - (radius_m - height_m), 0.0, None)

    return from_formula(cap_m, side=side, **place)


def fractal(seed, *, levels=7, relief_m=800.0, roughness=0.55, **place):
    """Return a fractal of 2^levels + 1 nodes a side by diamond and square, heights from 0 up.

    The same seed gives the same heights; roughness: what is left of the relief at half the scale.
    """
    chance = np.random.default_rng(seed)
    side = 2**levels + 1
    heights_m = np.zeros((side, side))
    heights_m[:: side - 1, :: side - 1] = chance.uniform(0.0, relief_m, (2, 2))
    step, spread_m = side - 1, relief_m / 2
    while step > 1:
        half = step // 2
        _squares(heights_m, step, half, lambda shape, s=spread_m: chance.uniform(-s, s, shape))
        step, spread_m = half, spread_m * roughness
    return a_terrain(np.clip(heights_m, 0.0, None), **place)


def _squares(heights_m, step, half, noise_m):
    """Fill in the middles of squares of a step, then the middles of their sides."""
    corners = heights_m[::step, ::step]
    middles = (corners[:-1, :-1] + corners[:-1, 1:] + corners[1:, :-1] + corners[1:, 1:]) / 4
    heights_m[half::step, half::step] = middles + noise_m(middles.shape)
    grid = heights_m[::half, ::half]
    around = np.pad(grid, 1)
    known = np.pad(np.ones_like(grid), 1)
    total = around[:-2, 1:-1] + around[2:, 1:-1] + around[1:-1, :-2] + around[1:-1, 2:]
    count = known[:-2, 1:-1] + known[2:, 1:-1] + known[1:-1, :-2] + known[1:-1, 2:]
    rows, columns = np.indices(grid.shape)
    is_side = (rows + columns) % 2 == 1
    grid[is_side] = (total / count)[is_side] + noise_m(int(is_side.sum()))


def hgt_bytes(heights_m):
    """Return an .hgt file's bytes of whole heights given by row (northwards)."""
    return np.asarray(heights_m)[::-1].astype(">i2").tobytes()


def npz_bytes(**arrays):
    """Return an .npz file's bytes, the same bytes each time."""
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


GEO_KEYS = {1024: 2, 1025: 1, 2048: 4326}  # geographic, a pixel is an area, WGS-84
_FIELD = {"H": 3, "I": 4, "d": 12, "c": 2}  # TIFF 6.0, section 2: types by what struct calls them


def geotiff_bytes(heights_m, *, north_west=(33.0, 35.0), **how):
    """Return a GeoTIFF of heights given by row (northwards), written by hand from the standard.

    north_west: the first pixel's outer corner. how: keys over GEO_KEYS (None takes one away), tags
    over those written, step_deg, tile (side in pixels), packed (deflate), order ("<" or ">").
    """
    order = how.get("order", "<")
    southward = np.ascontiguousarray(np.asarray(heights_m)[::-1])
    southward = southward.astype(southward.dtype.newbyteorder(order))
    pieces = [_piece.tobytes() for _piece in _pieces(southward, how.get("tile"))]
    if how.get("packed"):
        pieces = [zlib.compress(piece) for piece in pieces]
    tags = _tags(southward, north_west, how)
    offsets = np.cumsum([8] + [len(piece) for piece in pieces]).tolist()
    where, counts = (324, 325) if how.get("tile") else (273, 279)
    tags |= {where: ("I", offsets[:-1]), counts: ("I", [len(piece) for piece in pieces])}
    tags |= how.get("tags", {})
    tags = {code: tag for code, tag in tags.items() if tag is not None}
    start = offsets[-1] + offsets[-1] % 2
    head = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, start)
    body = b"".join([head, *pieces]).ljust(start, b"\0")
    return body + _directory(tags, start, order)


def _pieces(southward, tile):
    """Return the picture as one strip, or as square tiles filled up with zeros."""
    if not tile:
        return [southward]
    rows, columns = (-(-n // tile) * tile for n in southward.shape)
    full = np.zeros((rows, columns), southward.dtype)
    full[: southward.shape[0], : southward.shape[1]] = southward
    return [
        full[r : r + tile, c : c + tile]
        for r in range(0, rows, tile)
        for c in range(0, columns, tile)
    ]


def _tags(southward, north_west, how):
    keys = {k: v for k, v in (GEO_KEYS | how.get("keys", {})).items() if v is not None}
    directory = [1, 1, 0, len(keys)]
    for key, value in sorted(keys.items()):
        directory += [key, 0, 1, value]
    step_deg = how.get("step_deg", STEP_DEG)
    tile = how.get("tile")
    tags = {
        256: ("I", [southward.shape[1]]),
        257: ("I", [southward.shape[0]]),
        258: ("H", [southward.dtype.itemsize * 8]),
        259: ("H", [8 if how.get("packed") else 1]),
        262: ("H", [1]),
        277: ("H", [1]),
        339: ("H", [{"u": 1, "i": 2, "f": 3}[southward.dtype.kind]]),
        33550: ("d", [step_deg, step_deg, 0.0]),
        33922: ("d", [0.0, 0.0, 0.0, *north_west, 0.0]),
        34735: ("H", directory),
    }
    return tags | ({322: ("I", [tile]), 323: ("I", [tile])} if tile else {278: tags[257]})


def _directory(tags, start, order):
    """Return an image file directory that is to stand at an offset, and what its tags point at."""
    beyond = start + 2 + 12 * len(tags) + 4
    entries, more = [], b""
    for code, (letter, values) in sorted(tags.items()):
        if letter == "c":
            packed = str(values).encode() + b"\0"
            count = len(packed)
        else:
            count, packed = len(values), struct.pack(f"{order}{len(values)}{letter}", *values)
        if len(packed) > 4:
            place = struct.pack(f"{order}I", beyond + len(more))
            more += packed + b"\0" * (len(packed) % 2)
        else:
            place = packed.ljust(4, b"\0")
        entries.append(struct.pack(f"{order}HHI", code, _FIELD[letter], count) + place)
    head = struct.pack(f"{order}H", len(tags))
    return b"".join([head, *entries, struct.pack(f"{order}I", 0), more])
