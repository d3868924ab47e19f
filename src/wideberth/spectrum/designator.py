"""Emission designators: necessary bandwidth and class of emission in one word, as 16K0F3E.

Radio Regulations, Appendix 1 (bandwidth: section I; classification: section II).
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from wideberth.errors import ImpossibleValueError

UNITS_HZ: Final = {"H": Decimal(1), "K": Decimal(10**3), "M": Decimal(10**6), "G": Decimal(10**9)}
LEAST_HZ: Final = Decimal("0.001")
ABSENT: Final = "-"
NUMERALS: Final = 3
SPELT: Final = re.compile(r"([0-9]{1,3})?([HKMG])([0-9]{1,3})?")

MODULATIONS: Final = {
    "N": "unmodulated carrier",
    "A": "amplitude modulation, both sidebands",
    "H": "single sideband, full carrier",
    "R": "single sideband, reduced carrier",
    "J": "single sideband, suppressed carrier",
    "B": "independent sidebands",
    "C": "vestigial sideband",
    "F": "frequency modulation",
    "G": "phase modulation",
    "D": "amplitude and angle modulation",
    "P": "unmodulated pulses",
    "K": "pulses modulated in amplitude",
    "L": "pulses modulated in width",
    "M": "pulses modulated in position",
    "Q": "pulses with an angle-modulated carrier",
    "V": "pulses modulated in several ways",
    "W": "several kinds of modulation",
    "X": "another modulation",
}
SIGNALS: Final = {
    "0": "no modulating signal",
    "1": "one digital channel",
    "2": "one digital channel on a subcarrier",
    "3": "one analogue channel",
    "7": "several digital channels",
    "8": "several analogue channels",
    "9": "digital and analogue channels",
    "X": "another signal",
}
INFORMATION: Final = {
    "N": "no information",
    "A": "telegraphy by ear",
    "B": "telegraphy by machine",
    "C": "facsimile",
    "D": "data, telemetry or telecommand",
    "E": "telephony or sound",
    "F": "television",
    "W": "several kinds of information",
    "X": "another kind of information",
}
DETAILS: Final = {
    "A": "two-condition code, elements of different length",
    "B": "two-condition code, elements of one length",
    "C": "two-condition code with error correction",
    "D": "four-condition code",
    "E": "multi-condition code, a condition a signal element",
    "F": "multi-condition code, a condition a character",
    "G": "broadcast sound, mono",
    "H": "broadcast sound, stereo",
    "J": "commercial sound",
    "K": "commercial sound, inverted or split bands",
    "L": "commercial sound with level control by a frequency-modulated signal",
    "M": "monochrome",
    "N": "colour",
    "W": "several details",
    "X": "another detail",
}
MULTIPLEXES: Final = {
    "N": "no multiplex",
    "C": "code-division multiplex",
    "F": "frequency-division multiplex",
    "T": "time-division multiplex",
    "W": "frequency- and time-division multiplex",
    "X": "another multiplex",
}


@dataclass(frozen=True, slots=True)
class Designator:
    """A necessary bandwidth in hertz and the symbols of a class of emission.

    detail and multiplex: the fourth and fifth symbol; empty where they are not said.
    """

    bandwidth_hz: float
    modulation: str
    signal: str
    information: str
    detail: str = ""
    multiplex: str = ""

    def __post_init__(self) -> None:
        bandwidth_text(self.bandwidth_hz)
        _check("first", self.modulation, MODULATIONS)
        _check("second", self.signal, SIGNALS)
        _check("third", self.information, INFORMATION)
        _check("fourth", self.detail, DETAILS | {"": ""})
        _check("fifth", self.multiplex, MULTIPLEXES | {"": ""})

    @property
    def is_pulsed(self) -> bool:
        """Say whether the emission is pulses."""
        return self.modulation in "PKLMQV"

    def text(self) -> str:
        """Return the designator; the bandwidth is rounded as `bandwidth_text` does."""
        name = (
            f"{bandwidth_text(self.bandwidth_hz)}{self.modulation}{self.signal}{self.information}"
        )
        if not self.detail and not self.multiplex:
            return name
        return f"{name}{self.detail or ABSENT}{self.multiplex or ABSENT}"

    def words(self) -> str:
        """Return the class of emission in words, for a reader who knows no symbols."""
        said = [MODULATIONS[self.modulation], SIGNALS[self.signal], INFORMATION[self.information]]
        said += [DETAILS[self.detail]] if self.detail else []
        said += [MULTIPLEXES[self.multiplex]] if self.multiplex else []
        return "; ".join(said)


def parse(text: str) -> Designator:
    """Return the designator that a text spells; letters of either case, spaces left out.

    Raises ImpossibleValueError, saying what is wrong.

    >>> parse("16K0F3E").bandwidth_hz
    16000.0
    """
    spelt = re.sub(r"\s+", "", text).upper()
    if len(spelt) not in (7, 8, 9):
        raise ImpossibleValueError(
            f"emission designator {text!r} has {len(spelt)} symbols, not 7 or 9.",
            remedy="Give four for the bandwidth and three for the class, as 16K0F3E.",
        )
    bandwidth_hz = bandwidth(spelt[:4])
    detail, multiplex = (symbol.replace(ABSENT, "") for symbol in f"{spelt[7:]:{ABSENT}<2}")
    return Designator(bandwidth_hz, spelt[4], spelt[5], spelt[6], detail, multiplex)


def bandwidth(text: str) -> float:
    """Return the hertz of a necessary bandwidth of four symbols, as 25K0 or 400H (section I).

    The first is neither zero nor K, M or G. Raises ImpossibleValueError.
    """
    found = SPELT.fullmatch(text)
    if len(text) != NUMERALS + 1 or found is None:
        raise ImpossibleValueError(
            f"bandwidth {text!r} is not three numerals with H, K, M or G for the decimal point.",
            remedy="Write 25 kHz as 25K0, 400 Hz as 400H.",
        )
    if text[0] in "0KMG":
        raise ImpossibleValueError(
            f"bandwidth {text!r} begins with {text[0]}.",
            remedy="Take the next smaller unit: 0.25 kHz is 250H, not K250.",
        )
    whole, unit, part = found.groups("")
    hertz = Decimal(f"{whole or '0'}.{part or '0'}") * UNITS_HZ[unit]
    if hertz == 0:
        raise ImpossibleValueError(f"bandwidth {text!r} is nothing.", remedy="Give more than 0 Hz.")
    return float(hertz)


def bandwidth_text(bandwidth_hz: float) -> str:
    """Return four symbols for a bandwidth from 0.001 Hz to 999 GHz, halves rounded up.

    Three significant figures; below 1 Hz to the thousandth of a hertz (section I).

    >>> bandwidth_text(180_500.0)
    '181K'
    """
    hertz = Decimal(repr(float(bandwidth_hz)))
    if hertz.is_finite() and hertz >= LEAST_HZ / 2:
        rounded = _rounded(hertz)
        for letter, unit_hz in UNITS_HZ.items():
            if rounded < 1000 * unit_hz:
                return _spelt(rounded / unit_hz, letter)
    raise ImpossibleValueError(
        f"bandwidth {bandwidth_hz:g} Hz is not within 0.001 Hz to 999 GHz.",
        remedy="Give the necessary bandwidth in hertz.",
    )


def _rounded(hertz: Decimal) -> Decimal:
    last = max(hertz.adjusted() - (NUMERALS - 1), -NUMERALS)  # exponent of the last numeral
    return hertz.quantize(Decimal((0, (1,), last)), rounding=ROUND_HALF_UP)


def _spelt(value: Decimal, letter: str) -> str:
    """Return a value below 1000 with a letter for its decimal point."""
    whole, _, part = f"{value:f}".partition(".")
    whole = "" if whole == "0" else whole
    return f"{whole}{letter}{part:0<3}"[: NUMERALS + 1]


def _check(place: str, symbol: str, allowed: dict[str, str]) -> None:
    if symbol not in allowed:
        raise ImpossibleValueError(
            f"{symbol!r} is no {place} symbol of a class of emission.",
            remedy=f"It is one of {', '.join(sorted(filter(None, allowed)))}.",
        )
