"""The necessary bandwidth that an emission designator begins with."""

import re
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.model.span import FrequencyBand
from wideberth.units import HERTZ_PER_GIGAHERTZ, HERTZ_PER_KILOHERTZ, HERTZ_PER_MEGAHERTZ

_LETTERS: Final = {
    "H": 1.0,
    "K": HERTZ_PER_KILOHERTZ,
    "M": HERTZ_PER_MEGAHERTZ,
    "G": HERTZ_PER_GIGAHERTZ,
}
_ROUNDING: Final = 1e-9
_DESIGNATOR: Final = re.compile(
    r"(?P<width>(?=[0-9HKMG]{4})[0-9]{0,3}[HKMG][0-9]{0,3})(?P<class>[A-Z][0-9X][A-Z]([A-Z-]{2})?)"
)


def width_hz(designator: str) -> float:
    """Return the necessary bandwidth in hertz (RR Appendix 1, section I): 25K0F3E is 25,000.

    Raises ImpossibleValueError for text that is no designator.
    """
    text = designator.strip().upper()
    found = _DESIGNATOR.fullmatch(text)
    wrong = ImpossibleValueError(
        f"{designator[:40]!r} is no emission designator.",
        remedy="Write it like 25K0F3E: four characters of bandwidth, then its class.",
    )
    if found is None or len(found["width"]) != 4 or found["width"][0] in "0KMG":
        raise wrong
    whole, letter, rest = re.split(r"([HKMG])", found["width"])
    return float(f"{whole or '0'}.{rest or '0'}") * _LETTERS[letter]


def check_fits(designator: str, band: FrequencyBand) -> None:
    """Raise ImpossibleValueError where an emission needs more than the band, or is none."""
    needed_hz, declared_hz = width_hz(designator), band.high_hz - band.low_hz
    if needed_hz > declared_hz * (1.0 + _ROUNDING):
        raise ImpossibleValueError(
            f"'emission' needs {needed_hz:,.12g} Hz, and the band is {declared_hz:,.12g} Hz wide.",
            remedy="Give the whole band that is used, or correct the designator.",
        )
