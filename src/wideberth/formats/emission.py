"""The necessary bandwidth of an emission beside the band that is declared for it."""

from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.model.span import FrequencyBand
from wideberth.spectrum.designator import parse

_ROUNDING: Final = 1e-9


def width_hz(designator: str) -> float:
    """Return the necessary bandwidth in hertz (RR Appendix 1, section I): 25K0F3E is 25,000.

    Raises ImpossibleValueError for text that is no designator.
    """
    return parse(designator).bandwidth_hz


def check_fits(designator: str, band: FrequencyBand) -> None:
    """Raise ImpossibleValueError where an emission needs more than the band, or is none."""
    needed_hz, declared_hz = width_hz(designator), band.high_hz - band.low_hz
    if needed_hz > declared_hz * (1.0 + _ROUNDING):
        raise ImpossibleValueError(
            f"'emission' needs {needed_hz:,.12g} Hz, and the band is {declared_hz:,.12g} Hz wide.",
            remedy="Give the whole band that is used, or correct the designator.",
        )
