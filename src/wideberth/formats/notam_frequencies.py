"""Radio frequencies in item E: bands to listen on, and bands that are interfered with."""

import re
from dataclasses import dataclass
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.reading import Problem, Severity
from wideberth.model.span import FrequencyBand
from wideberth.model.volume import Role
from wideberth.units import HERTZ_PER_GIGAHERTZ, HERTZ_PER_KILOHERTZ, HERTZ_PER_MEGAHERTZ

_FIGURE: Final = r"[0-9]{1,6}(?:[.,][0-9]{1,6})?"
_WITH_UNIT: Final = re.compile(
    rf"(?<![0-9.,])(?:({_FIGURE}) ?(-|/|,|TO|AND) ?)?({_FIGURE}) ?([KMG])HZ(?![A-Z])"
)
_WITHOUT_UNIT: Final = re.compile(  # the band of voice in the air, 118 to 137 MHz
    r"(?:FREQ(?:UENCY)?|CONTACT|CTC|MONITOR|CALL)[^.0-9]{0,40}"
    r"(1(?:1[89]|2[0-9]|3[0-6])\.[0-9]{1,3})(?![0-9]|\.[0-9]| ?(?:[KMG]HZ|NM|KM|M|FT)(?![A-Z]))"
)
_INTERFERES: Final = re.compile(
    r"INTERFER|JAMM|SPOOF|TRANSMI|RADIAT|EMISSION|EMITT|ELECTRONIC WARFARE"
)
_CONTACT: Final = re.compile(r"CONTACT|CTC|MONITOR|LISTEN|CALL|GUARD|TWR|ATIS|AFIS|INFO(?![A-Z])")
_SATELLITES: Final = re.compile(r"(?<![A-Z])(?:GPS|GNSS|SATNAV)(?![A-Z])")
_DEGRADED: Final = re.compile(r"INTERFER|JAMM|SPOOF|UNREL|UNAVBL|UNAVAIL|DEGRAD|OUTAGE")
_HAS_RADIO: Final = re.compile(r"HZ|GPS|GNSS|SATNAV|FREQ|CONTACT|CTC|MONITOR|CALL")
_HERTZ: Final = {"K": HERTZ_PER_KILOHERTZ, "M": HERTZ_PER_MEGAHERTZ, "G": HERTZ_PER_GIGAHERTZ}
_CHANNEL_HZ: Final = 25.0 * HERTZ_PER_KILOHERTZ  # ICAO Annex 10, volume V: spacing of voice
_LOOK_BACK: Final = 80  # characters
SATELLITE_BAND: Final = FrequencyBand(1559e6, 1610e6)  # ITU RR, radionavigation-satellite, L1


@dataclass(frozen=True, slots=True)
class Signal:
    """A band and whether the notice's place listens there or is a source of emissions."""

    band: FrequencyBand
    role: Role

    @property
    def service(self) -> str:
        """Return which service an emission disturbs, by its band; of a listener nothing is said."""
        band, satellites = self.band, SATELLITE_BAND
        overlaps = band.low_hz < satellites.high_hz and satellites.low_hz < band.high_hz
        return "gnss_l1" if self.role is Role.EMIT and overlaps else ""


def signals_in(text: str, where: str) -> tuple[tuple[Signal, ...], tuple[Problem, ...]]:
    """Return the bands of a text in capitals, with what was assumed about each."""
    if _HAS_RADIO.search(text) is None:
        return (), ()
    interferes = _INTERFERES.search(text) is not None
    found: dict[Signal, None] = {}
    problems: list[Problem] = []
    for match in _WITH_UNIT.finditer(text):
        role, why = _role(text, match.start(), interferes=interferes)
        for low_hz, high_hz in _edges(match):
            band, width = _band(low_hz, high_hz)
            if band is None:
                what = "a frequency that cannot be; it was not used."
                problems.append(_problem(Severity.PARTIAL, where, what, match[0]))
                continue
            found[Signal(band, role)] = None
            if why or width:
                problems.append(_problem(Severity.ASSUMED, where, f"{width}{why}", match[0]))
    for match in _WITHOUT_UNIT.finditer(text):
        band, width = _band(None, float(match[1]) * HERTZ_PER_MEGAHERTZ)
        if band is not None:
            found[Signal(band, Role.RECEIVE)] = None
            what = f"MHz is assumed, and a listener. {width}"
            problems.append(_problem(Severity.ASSUMED, where, what, match[1]))
    satellites = _SATELLITES.search(text)
    if satellites is not None and _DEGRADED.search(text) and not _has_emission(found):
        found[Signal(SATELLITE_BAND, Role.EMIT)] = None
        what = "no frequency is given; emissions from 1559 to 1610 MHz are assumed."
        problems.append(_problem(Severity.ASSUMED, where, what, satellites[0]))
    return tuple(found), tuple(problems)


def without_frequencies(text: str) -> str:
    """Return a text without the figures that signals_in uses or tells."""
    if _HAS_RADIO.search(text) is None:
        return text
    return _WITHOUT_UNIT.sub(" ", _WITH_UNIT.sub(" ", text))


def _problem(severity: Severity, where: str, what: str, words: str) -> Problem:
    return Problem(severity, where, what.strip(), "Declare the band in a plan file.", words)


def _has_emission(found: dict[Signal, None]) -> bool:
    return any(signal.role is Role.EMIT for signal in found)


def _edges(match: re.Match[str]) -> tuple[tuple[float | None, float], ...]:
    """Return the edges in hertz of a range, or (None, middle) of one frequency or of two."""
    low, join, high, unit = match.groups()
    high_hz = _number(high) * _HERTZ[unit]
    if low is None:
        return ((None, high_hz),)
    low_hz = _number(low) * _HERTZ[unit]
    is_range = join in ("-", "TO") or match.string[: match.start()].endswith(("BTN ", "BETWEEN "))
    return ((low_hz, high_hz),) if is_range else ((None, low_hz), (None, high_hz))


def _number(figure: str) -> float:
    """Return a figure; its comma parts thousands in 1,559 and decimals in 121,500."""
    whole, _, rest = figure.partition(",")
    is_thousands = len(rest) == 3 and len(whole) < 3
    return float(whole + rest if is_thousands else figure.replace(",", "."))


def _band(low_hz: float | None, high_hz: float) -> tuple[FrequencyBand | None, str]:
    """Return a band, and the remark on its width where only its middle is given."""
    try:
        if low_hz is not None:
            return FrequencyBand(min(low_hz, high_hz), max(low_hz, high_hz)), ""
        half_hz = min(_CHANNEL_HZ, high_hz) / 2.0
        band = FrequencyBand(high_hz - half_hz, high_hz + half_hz)
    except ImpossibleValueError:
        return None, ""
    return band, "A bandwidth of 25 kHz is assumed. "


def _role(text: str, at: int, *, interferes: bool) -> tuple[Role, str]:
    """Return the role of the frequency that stands at a place, and what was assumed about it."""
    if _CONTACT.search(text, max(0, at - _LOOK_BACK), at):
        return Role.RECEIVE, ""
    if interferes:
        return Role.EMIT, ""
    return Role.RECEIVE, "A listener is assumed; the text does not say."
