"""Figures with their units as parameters of a phrase: the same digits in every language.

Nothing is converted: what was said in feet is read in feet. Both sides hold the same characters.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from wideberth.errors import ImpossibleValueError

_FIGURE: Final = r"\d{1,9}(?:\.\d{1,6})?"
_POINT: Final = re.compile(r"(?<=\d)P(?=\d)")
_LEVEL: Final = re.compile(r"^FL([\d.]+)$", re.IGNORECASE | re.ASCII)
_TO: Final = re.compile(r"(?<=\d)T(?=\d)")


@dataclass(frozen=True, slots=True)
class FigureType:
    """A figure and what stands behind it: a unit, or a unit and a datum, or nothing.

    units: what may stand behind, as it is written, to the least and greatest figure. is_signed: it
    may be below zero. is_range: two figures with a hyphen may stand for one.
    """

    what: str
    units: Mapping[str, tuple[float, float]]
    sample: str
    is_signed: bool = False
    is_range: bool = False
    places: int = 4
    digits: int = 1  # at least so many before the point
    _spelt: Mapping[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        spelt = {re.sub(r"\W", "", unit).upper(): unit for unit in self.units}
        object.__setattr__(self, "_spelt", spelt)

    def read(self, text: str) -> str:
        """Return the figure without idle zeros, and its unit; raises ImpossibleValueError."""
        sign = "-?" if self.is_signed else ""
        more = f"(?:-({_FIGURE}))?" if self.is_range else "()"
        stated = _LEVEL.sub(r"\1FL", "".join(text.split()))
        found = re.fullmatch(f"({sign}{_FIGURE}){more}(.*)", stated, re.ASCII)
        unit = None if found is None else self._spelt.get(re.sub(r"\W", "", found[3]).upper())
        if found is None or unit is None:
            named = ", ".join(unit for unit in self.units if unit) or "none"
            raise ImpossibleValueError(
                f"{text!r} is no {self.what}.",
                remedy=f"Write it like {self.sample}; unit: {named}.",
            )
        figures = [self._figure(figure, unit) for figure in found.group(1, 2) if figure]
        if len(figures) == 2 and not float(figures[0]) < float(figures[1]):
            raise ImpossibleValueError(f"{text!r} runs backwards.")
        both = "-".join(figures)
        return f"FL {both}" if unit == "FL" else f"{both} {unit}".strip()

    def _figure(self, text: str, unit: str) -> str:
        least, most = self.units[unit]
        value = float(text)
        if not least <= value <= most or round(value, self.places) != value:
            raise ImpossibleValueError(
                f"{self.what} {text} {unit}: not within {least:g} to {most:g},"
                f" or of more than {self.places} decimal places.",
                remedy="Check the unit.",
            )
        whole, _, part = f"{abs(value):.{self.places}f}".partition(".")
        part = part.rstrip("0")
        sign = "-" if value < 0 else ""
        return f"{sign}{whole.zfill(self.digits)}{'.' if part else ''}{part}"

    def code(self, value: str) -> str:
        """Return a value in letters A to Z and digits: M below zero, P for the point, T for to."""
        if value.startswith("FL "):
            return value.replace(" ", "").replace(".", "P")
        figure, _, unit = value.partition(" ")
        sign = "M" if figure.startswith("-") else ""
        said = figure.removeprefix("-").replace(".", "P").replace("-", "T")
        return sign + said + re.sub(r"\W", "", unit).upper()

    def of(self, code: str) -> str:
        """Return the value of a code; raises ImpossibleValueError."""
        said = _TO.sub("-", _POINT.sub(".", code))
        return self.read("-" + said[1:] if said.startswith("M") else said)


_DISTANCE_M: Final = 20_100_000.0  # half way round the Earth
BEARING: Final = FigureType("bearing", {"T": (0.0, 359.9)}, "045 T", places=1, digits=3)
COUNT: Final = FigureType("count", {"": (0, 9_999_999)}, "7", places=0)
DEPTH: Final = FigureType("depth", {"m": (0, 11_000), "ft": (0, 36_100)}, "60 m")
DISTANCE: Final = FigureType(
    "distance",
    {"m": (0, _DISTANCE_M), "km": (0, _DISTANCE_M / 1e3), "NM": (0, 10_853.0)},
    "5 NM",
)
DURATION: Final = FigureType(
    "duration", {"s": (0, 86_400), "min": (0, 10_080), "h": (0, 720), "d": (0, 366)}, "15 min"
)
FREQ: Final = FigureType(
    "frequency",
    {"Hz": (1, 999_999_999), "kHz": (0.001, 1e9), "MHz": (0.001, 1e6), "GHz": (0.001, 3e3)},
    "121.5 MHz",
    is_range=True,
    places=6,
)
_FEET: Final = (-2_000, 330_000)
_METRES: Final = (-600, 100_000)
HEIGHT: Final = FigureType(
    "height",
    {
        "ft MSL": _FEET,
        "m MSL": _METRES,
        "ft AGL": _FEET,
        "m AGL": _METRES,
        "ft HAE": _FEET,
        "m HAE": _METRES,
        "FL": (0, 999),
    },
    "3000 ft MSL",
    is_signed=True,
)
