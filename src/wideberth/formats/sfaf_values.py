"""What the texts of single SFAF items mean; each function raises ImpossibleValueError."""

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.coordinates import read_position
from wideberth.formats.emission import width_hz
from wideberth.formats.plan_radio import dbm
from wideberth.formats.positions import degrees
from wideberth.formats.times import utc
from wideberth.model.footprint import Point
from wideberth.model.span import FrequencyBand
from wideberth.units import METRES_PER_FOOT, METRES_PER_KILOMETRE, METRES_PER_NAUTICAL_MILE

SERVICE_UNIT_M: Final = 1000.0 * METRES_PER_FOOT
_FIGURE: Final = r"\d+(?:\.\d*)?|\.\d+"
_UNITS: Final = {"K": 3, "M": 6, "G": 9, "T": 12}  # powers of ten of a hertz
_WATTS: Final = {"W": 1.0, "K": 1e3, "M": 1e6, "G": 1e9}
_FREQUENCY: Final = re.compile(
    rf"(?P<unit>[KMGT])(?P<low>{_FIGURE})"
    rf"(?:-(?P<other>[KMGT])?(?P<high>{_FIGURE})|\((?P<reference>{_FIGURE})\))?"
)
_POWER: Final = re.compile(rf"(?P<unit>[WKMG])(?P<figure>{_FIGURE})")
_PLACE: Final = re.compile(r"(\d\d)(\d\d)(\d\d)([NS])(\d{3})(\d\d)(\d\d)([EW])")
_RADIUS: Final = re.compile(r"(?P<km>\d{1,4})(?P<suffix>[TB])?")
_DATE: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_NUMBER: Final = re.compile(rf"-?(?:{_FIGURE})")
_EMISSION: Final = re.compile(
    r"(?P<whole>\d{0,3})(?P<unit>[HKMG])(?P<part>\d{0,3})"
    r"(?P<class>[A-Z][0-9X][A-Z](?:[A-Z-]{2}|[A-Z-])?)"
)


@dataclass(frozen=True, slots=True)
class Assigned:
    """Item 110: the lowest and highest frequency, the same where one is assigned.

    reference_hz: of a suppressed carrier, where it is given.
    """

    low_hz: float
    high_hz: float
    reference_hz: float | None = None

    def band(self, emission: str) -> FrequencyBand:
        """Return the band: that assigned, or the emission's about the one frequency."""
        if self.low_hz < self.high_hz:
            return FrequencyBand(self.low_hz, self.high_hz)
        if not emission:
            raise ImpossibleValueError(
                "one frequency without an emission designator has no bandwidth.",
                remedy="Give item 114.",
            )
        half_hz = width_hz(emission) / 2.0
        return FrequencyBand(self.low_hz - half_hz, self.low_hz + half_hz)


def assigned(text: str) -> Assigned:
    """Return what item 110 assigns: K275, M225-M400, K6737.5(6736)."""
    found = _FREQUENCY.fullmatch(text.upper().replace(" ", ""))
    if found is None:
        raise _refused("110", text, "K275, M225-M400 or K6737.5(6736)")
    unit = found["unit"]
    low_hz = _hertz(found["low"], unit)
    high_hz = low_hz if found["high"] is None else _hertz(found["high"], found["other"] or unit)
    reference = found["reference"]
    if high_hz < low_hz or low_hz <= 0.0:
        raise ImpossibleValueError(f"the band {text!r} runs backwards or is empty.")
    return Assigned(low_hz, high_hz, None if reference is None else _hertz(reference, unit))


def _hertz(figure: str, unit: str) -> float:
    return float(Decimal(figure).scaleb(_UNITS[unit]))


def designator(text: str) -> str:
    """Return item 114 as RR Appendix 1 spells it: 600H00P0N is 600HP0N.

    SFAF allows more figures than the three of the Regulations; none that counts is left out.
    """
    found = _EMISSION.fullmatch(text.upper().replace(" ", ""))
    if found is None:
        raise _refused("114", text, "2K04A2A")
    figures = f"{found['whole'].lstrip('0')}{found['unit']}{found['part']}"
    width, more = figures[:4].ljust(4, "0"), figures[4:]
    if more.strip("0"):
        raise _refused("114", text, "a bandwidth of three figures, as 2K04")
    kind = found["class"]
    spelt = f"{width}{kind}{'-' if len(kind) == 4 else ''}"
    width_hz(spelt)
    return spelt


def power_dbm(text: str) -> float:
    """Return item 115 in dBm: W400 is 56.02."""
    found = _POWER.fullmatch(text.upper().replace(" ", ""))
    watts = float(found["figure"]) * _WATTS[found["unit"]] if found else 0.0
    if watts <= 0.0:
        raise _refused("115", text, "W400 or K1.5")
    return dbm(watts)


def place(text: str, number: str) -> Point:
    """Return the position of item 303 or 403: 614726N1655811W."""
    found = _PLACE.fullmatch(text.upper().replace(" ", ""))
    if found is None:
        raise _refused(number, text, "614726N1655811W")
    lat = degrees(found[4], float(found[1]), float(found[2]), float(found[3]))
    lon = degrees(found[8], float(found[5]), float(found[6]), float(found[7]))
    return read_position([lon, lat])


def radius_m(text: str, number: str) -> tuple[float, str]:
    """Return metres and T, B or nothing of item 306 or 406: 46B is 46 km of both."""
    found = _RADIUS.fullmatch(text.upper().replace(" ", ""))
    if found is None:
        raise _refused(number, text, "46, 30T or 150B, in kilometres")
    return float(found["km"]) * METRES_PER_KILOMETRE, found["suffix"] or ""


def day_s(text: str, number: str) -> float:
    """Return the first moment, in UTC, of the date of item 140, 141 or 142: 20200825."""
    found = _DATE.fullmatch(text.replace(" ", ""))
    if found is None:
        raise _refused(number, text, "20200825")
    year, month, day = map(int, found.groups())
    if not 1970 <= year <= 2199:
        raise ImpossibleValueError(f"item {number}: the year of {text!r} is not 1970 to 2199.")
    try:
        return utc(year, month, day)
    except ImpossibleValueError:
        raise _refused(number, text, "a date that exists") from None


def range_and_height_m(text: str) -> tuple[float, float]:
    """Return the service range and height of item 711: 250050 is 250 NM and 50,000 ft."""
    digits = text.replace(" ", "")
    if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
        raise _refused("711", text, "250050")
    return float(digits[:3]) * METRES_PER_NAUTICAL_MILE, float(digits[3:]) * SERVICE_UNIT_M


def figure(text: str, number: str) -> float:
    """Return the number that an item is: metres, degrees or decibels."""
    if _NUMBER.fullmatch(text.strip()) is None:
        raise _refused(number, text, "a number")
    return float(text)


def shortened(value: float, characters: int) -> str:
    """Return a figure in so many characters, rounded up where it has more."""
    exact = Decimal(repr(value))
    for places in range(12, -1, -1):
        kept = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_CEILING)
        text = f"{kept:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        if len(text) <= characters:
            return "0" if text == "-0" else text
    raise ImpossibleValueError(f"{value:g} does not fit into {characters} characters.")


def _refused(number: str, text: str, form: str) -> ImpossibleValueError:
    return ImpossibleValueError(f"item {number} is {text[:60]!r}.", remedy=f"Write it like {form}.")
