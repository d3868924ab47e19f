"""Figures with a unit, in digits or words: distances, frequencies, marine VHF channels."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from wideberth.formats.navwarn_times import at
from wideberth.formats.navwarn_tokens import NUM, UNIT, Token
from wideberth.units import (
    HERTZ_PER_GIGAHERTZ,
    HERTZ_PER_KILOHERTZ,
    HERTZ_PER_MEGAHERTZ,
    METRES_PER_NAUTICAL_MILE,
)

HALF_WIDTH_HZ: Final = 12_500.0  # ITU-R M.1084: 25 kHz marine channels; assumed for any figure
AIS_HZ: Final = ((161.9625e6, 161.9875e6), (162.0125e6, 162.0375e6))  # ITU-R M.1371: AIS 1 and 2
GNSS_HZ: Final = (1.559e9, 1.610e9)  # ITU Radio Regulations, article 5: radionavigation-satellite
LEAST_METRES: Final = 50.0  # "200M" is metres, "5M" is miles: the chart's sign for both is M
_MAX_METRES: Final = 1.0e7
_MAX_HZ: Final = 3.0e12  # where the Radio Regulations' table ends
_FREQUENCY: Final = {
    "HZ": 1.0,
    "KHZ": HERTZ_PER_KILOHERTZ,
    "MHZ": HERTZ_PER_MEGAHERTZ,
    "GHZ": HERTZ_PER_GIGAHERTZ,
}
_CHANNEL_WORDS: Final = frozenset(("CHANNEL", "CHANNELS", "CH", "CHAN"))
_RANGES: Final = frozenset(("-", "TO"))
_JOINS: Final = _RANGES | {"AND", "OR", "/"}
_DUPLEX: Final = frozenset((*range(1, 6), 7, *range(18, 29), *range(60, 67), *range(78, 87)))


class Distance(NamedTuple):
    """Metres, whether M had to be guessed, and the place after it."""

    metres: float
    is_guessed: bool
    end: int


def distance_at(tokens: Sequence[Token], i: int) -> Distance | None:
    """Return the distance at a place: 2.5 MILES, TWO MILE, ONE HALF MILE, 1/2 MILE, 200M."""
    if at(tokens, i).kind != NUM:
        return None
    number, j = _number(tokens, i)
    j += at(tokens, j).text == "-"
    if at(tokens, j).text == "A" and number < 1.0:
        j += 1  # HALF A MILE
    unit = at(tokens, j)
    if unit.kind != UNIT or not isinstance(unit.value, float):
        return None
    guessed = unit.value == 0.0
    unit_m = unit.value
    if guessed:
        unit_m = 1.0 if number >= LEAST_METRES else METRES_PER_NAUTICAL_MILE
    metres = number * unit_m
    return Distance(metres, guessed, j + 1) if metres <= _MAX_METRES else None


def _value(token: Token) -> float:
    return token.value if isinstance(token.value, float) else 0.0


def _number(tokens: Sequence[Token], i: int) -> tuple[float, int]:
    first = at(tokens, i)
    if first.text[0].isdigit():
        below = at(tokens, i + 2)
        if at(tokens, i + 1).text == "/" and below.kind == NUM and _value(below) > 0.0:
            return _value(first) / _value(below), i + 3
        return _value(first), i + 1
    total, j = _value(first), i + 1
    while at(tokens, j).kind == NUM and not at(tokens, j).text[0].isdigit():
        part = _value(at(tokens, j))
        total = total * part if part in {0.25, 0.5, 100.0} else total + part
        j += 1
    if at(tokens, j).text == "AND":  # ONE AND ONE HALF, TWO AND A HALF
        k = j + 1 + (at(tokens, j + 1).text in {"A", "ONE"})
        if _value(at(tokens, k)) in {0.25, 0.5} and at(tokens, k).kind == NUM:
            return total + _value(at(tokens, k)), k + 1
    return total, j


def frequencies_at(tokens: Sequence[Token], i: int) -> tuple[tuple[tuple[float, float], ...], int]:
    """Return the bands (low, high in hertz) at a place, and the place after; none: same place.

    A duplex channel of ITU Radio Regulations appendix 18 gives the ship's and the coast's band.
    """
    token = at(tokens, i)
    if token.kind == NUM:
        return _figures(tokens, i)
    if token.text not in _CHANNEL_WORDS:
        return (), i
    bands: list[tuple[float, float]] = []
    end = j = i + 1
    while (number := at(tokens, j)).kind == NUM and number.text.isdigit():
        found = _channel(int(number.text))
        if not found:
            break
        bands.extend(found)
        end = j = j + 1
        j += at(tokens, j).text in {",", "AND", "OR", "/"}
    return (tuple(bands), end) if bands else ((), i)


def _figures(tokens: Sequence[Token], i: int) -> tuple[tuple[tuple[float, float], ...], int]:
    """Return the bands of figures with one unit: 406 MHZ, 225-400 MHZ, 161.975 AND 162.025 MHZ."""
    figures, joins, j = [_value(at(tokens, i))], [], i + 1
    while at(tokens, j).text in _JOINS and at(tokens, j + 1).kind == NUM:
        joins.append(at(tokens, j).text)
        figures.append(_value(at(tokens, j + 1)))
        j += 2
    unit_hz = _FREQUENCY.get(at(tokens, j).text, 0.0)
    centres_hz = [figure * unit_hz for figure in figures]
    if not all(HALF_WIDTH_HZ < centre_hz <= _MAX_HZ for centre_hz in centres_hz):
        return (), i
    is_between = i > 0 and at(tokens, i - 1).text == "BETWEEN"
    if len(figures) == 2 and (joins[0] in _RANGES or (joins[0] == "AND" and is_between)):
        low_hz, high_hz = min(centres_hz), max(centres_hz)
        return (((low_hz, high_hz) if low_hz < high_hz else _band(low_hz)),), j + 1
    return tuple(map(_band, centres_hz)), j + 1


def _channel(number: int) -> tuple[tuple[float, float], ...]:
    if 1 <= number <= 28:
        ship_hz = 156.0e6 + 50e3 * number
    elif 60 <= number <= 88:
        ship_hz = 156.025e6 + 50e3 * (number - 60)
    else:
        return ()
    ship = _band(ship_hz)
    return (ship, _band(ship_hz + 4.6e6)) if number in _DUPLEX else (ship,)


def _band(centre_hz: float) -> tuple[float, float]:
    return centre_hz - HALF_WIDTH_HZ, centre_hz + HALF_WIDTH_HZ
