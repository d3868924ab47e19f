"""A place as a person types or pastes it, in any notation that cannot be taken for another.

Read strictly: what may mean two places is refused with what to write. Whoever typed it is shown
it in every other notation, in which a slip is seen.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.coordinates import read_position
from wideberth.formats.notam_positions import tokens_in
from wideberth.formats.notation import bearing_of, dms_of, mgrs_of, opens, point_of_mgrs
from wideberth.formats.sheet_positions import positions_of
from wideberth.formats.utm import WITHIN_M as UTM_WITHIN_M
from wideberth.formats.utm import looks_like_utm, point_of_utm, utm_of
from wideberth.model.agreement import Agreement
from wideberth.model.footprint import Point


class Notation(StrEnum):
    """How a place is written. The last two: two bare numbers, of which a person said the order."""

    DD = "dd"
    DDM = "ddm"
    DMS = "dms"
    UTM = "utm"
    MGRS = "mgrs"
    BEARING = "bearing"
    LAT_LON = "lat-lon"
    LON_LAT = "lon-lat"


@dataclass(frozen=True, slots=True)
class TypedPlace:
    """A place that was read: how it was written, and how far off its last figure may put it."""

    point: Point
    notation: Notation
    within_m: float


@dataclass(frozen=True, slots=True)
class Written:
    """A place in every notation; utm empty near the poles, bearing where no point is named."""

    dd: str
    ddm: str
    dms: str
    utm: str
    mgrs: str
    bearing: str


LONGEST: Final = 200
_FORMS: Final = (
    "Write 34.5000N 033.2500E, 34-30.00N 033-15.00E, 34-30-00N 033-15-00E, 36 north 684123 3765432"
    " or 36S YC 12345 67890."
)
_MGRS: Final = re.compile(
    r"([0-9]{1,2}[C-HJ-NP-X]|[ABYZ]) ?([A-HJ-NP-Z]{2}) ?(?:([0-9]+) +([0-9]+)|([0-9]*))"
)
_BARE: Final = re.compile(r"([+-]?[0-9]{1,3}(?:\.[0-9]+)?) ?[ ,;] ?([+-]?[0-9]{1,3}(?:\.[0-9]+)?)")
_ISO: Final = re.compile(r"([+-][0-9]{2}(?:\.[0-9]+)?)([+-][0-9]{3}(?:\.[0-9]+)?)/?")
_SIGNED: Final = re.compile(r"(?:^|[\s,;])[+-]\s?[0-9][^NSEW]*[NSEW]|[NSEW]\s*[+-]\s?[0-9]")
_FIGURES: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_METRES_PER_DEGREE: Final = 111_700.0


def read(text: str, notation: Notation | None, agreement: Agreement) -> TypedPlace:
    """Return the place that a text names; notation: the only one that is taken, if given.

    Raises ImpossibleValueError.
    """
    stated = " ".join(text.split())
    if len(stated) > LONGEST:
        raise ImpossibleValueError("this is too long for a place.", remedy=_FORMS)
    found = _read(stated, notation, agreement)
    bare = (Notation.LAT_LON, Notation.LON_LAT)
    if notation is not None and notation not in bare and found.notation is not notation:
        raise ImpossibleValueError(
            f"{stated!r} is written as {found.notation.value}, not as {notation.value}.",
            remedy="Choose the notation that it is in.",
        )
    return found


def written(point: Point, agreement: Agreement) -> Written:
    """Return a place in every notation; each but bearing reads back to the same."""
    lon_deg, lat_deg = point
    ns, ew = "NS"[lat_deg < 0.0], "EW"[lon_deg < 0.0]
    return Written(
        dd=f"{abs(lat_deg):09.6f}{ns} {abs(lon_deg):010.6f}{ew}",
        ddm=f"{_ddm(lat_deg, 2)}{ns} {_ddm(lon_deg, 3)}{ew}",
        dms=dms_of(point),
        utm=utm_of(point),
        mgrs=mgrs_of(point),
        bearing=bearing_of(point, agreement) or "",
    )


def _ddm(angle_deg: float, digits: int) -> str:
    whole, parts = divmod(round(abs(angle_deg) * 600_000.0), 600_000)
    return f"{whole:0{digits}d}-{parts / 10_000:07.4f}"


def _read(text: str, notation: Notation | None, agreement: Agreement) -> TypedPlace:
    upper = text.upper()
    if " NM FROM " in upper:
        found = opens(text, agreement)
        return TypedPlace(found.point, Notation.BEARING, found.within_m)
    if looks_like_utm(upper):
        return TypedPlace(read_position(point_of_utm(upper)), Notation.UTM, _utm_within_m(upper))
    mgrs = _MGRS.fullmatch(upper)
    if mgrs is not None:
        return _mgrs(mgrs)
    bare = _BARE.fullmatch(text)
    iso = _ISO.fullmatch(text)
    if iso is not None:
        return _pair(iso[1], iso[2])
    if bare is not None:
        return _bare(bare[1], bare[2], text, notation)
    return _angles(text, upper)


def _bare(first: str, second: str, text: str, notation: Notation | None) -> TypedPlace:
    """Return the place of two bare numbers, where somebody said which is which."""
    if notation is Notation.LAT_LON:
        return _pair(first, second)
    if notation is Notation.LON_LAT:
        return _pair(second, first)
    raise ImpossibleValueError(
        f"{text!r} has no N, S, E or W; which number is which is not known.",
        remedy="Add the letters, 34.5N 33.2E, or say that latitude or longitude comes first.",
    )


def _pair(lat: str, lon: str) -> TypedPlace:
    decimals = min(_decimals(one) for one in (lat, lon))
    point = read_position([float(lon), float(lat)])
    return TypedPlace(point, Notation.DD, _within_m(10.0**-decimals))


def _mgrs(found: re.Match[str]) -> TypedPlace:
    """Return the middle of a square of 1, 10 or 100 m."""
    zone, square, east, north, packed = found.groups()
    if east is None:
        east, north = packed[: len(packed) // 2], packed[len(packed) // 2 :]
    if len(east) != len(north):
        raise ImpossibleValueError(
            "it has not as many figures east as north.", remedy="Write 36S YC 12345 67890."
        )
    if not 3 <= len(east) <= 5:
        what = f"{len(east)} figures each way do not name a place to 100 m."
        raise ImpossibleValueError(what, remedy="Write 3, 4 or 5 figures each way.")
    middle = "" if len(east) == 5 else "5".ljust(5 - len(east), "0")
    point = point_of_mgrs(f"{zone} {square} {east}{middle} {north}{middle}")
    return TypedPlace(point, Notation.MGRS, 0.75 * 10.0 ** (5 - len(east)))


def _utm_within_m(text: str) -> float:
    decimals = min(_decimals(one) for one in _FIGURES.findall(text)[-2:])
    return max(UTM_WITHIN_M, 0.75 * 10.0**-decimals)


def _angles(text: str, upper: str) -> TypedPlace:
    """Return the place of degrees, with minutes and seconds or packed, and hemisphere letters."""
    if _SIGNED.search(upper):
        raise ImpossibleValueError(
            f"{text!r} has a sign and a letter; both may say the side.",
            remedy="Write the letter alone.",
        )
    points, errors = positions_of(text)
    if len(points) + len(errors) > 1:
        raise ImpossibleValueError("this is more than one place.", remedy="Give one at a time.")
    if points:
        return _alike(points[0], upper)
    tokens = tokens_in(upper)
    if len(tokens) == 1 and tokens[0].words == upper:
        if tokens[0].point is None:
            raise ImpossibleValueError(tokens[0].fault, remedy=_FORMS)
        return _alike(tokens[0].point, upper)
    what = errors[0].what.partition(": ")[2] if errors else "there is no place here."
    raise ImpossibleValueError(what, remedy=_FORMS)


def _alike(point: Point, upper: str) -> TypedPlace:
    """Return a place with its notation; latitude and longitude are to be written alike."""
    figures = _FIGURES.findall(upper)
    lat, lon = figures[: len(figures) // 2], figures[len(figures) // 2 :]
    lat_digits, lon_digits = (len(one[0].partition(".")[0]) for one in (lat, lon))
    is_packed = max(lat_digits, lon_digits) > 3
    if len(lat) != len(lon) or (is_packed and lon_digits != lat_digits + 1):
        raise ImpossibleValueError(
            f"latitude and longitude of {upper!r} are not written alike.",
            remedy="Give both in degrees, both with minutes, or both with seconds.",
        )
    parts = (lat_digits - 2) // 2 + 1 if is_packed else len(lat)
    step = 10.0 ** -min(_decimals(lat[-1]), _decimals(lon[-1])) / 60.0 ** (parts - 1)
    notation = (Notation.DD, Notation.DDM, Notation.DMS)[parts - 1]
    return TypedPlace(point, notation, _within_m(step))


def _within_m(step_deg: float) -> float:
    """Return how far off a place may be whose figures are rounded to a step, both ways."""
    return 0.71 * step_deg * _METRES_PER_DEGREE


def _decimals(figure: str) -> int:
    return len(figure.partition(".")[2])
