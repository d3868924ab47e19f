"""Positions as planners type them into a cell: latitude first, hemisphere letters, `;` between."""

import re
from typing import Final

from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.formats.coordinates import read_position
from wideberth.formats.positions import degrees
from wideberth.model.footprint import Point

_FORMS: Final = "Write it like 34 40.0N 033 10.0E, 34.6667N 33.1667E or 34-40-00N 033-10-00E."
_NUMBER: Final = r"[0-9]{1,3}(?:\.[0-9]+)?"
_GAP: Final = r"[\s:\-\u00b0'\u2019\u2032]+"
_ANGLE: Final = rf"{_NUMBER}(?:{_GAP}{_NUMBER}){{0,2}}"
_MARKS: Final = r"[\s\u00b0'\u2019\u2032\"\u201d\u2033]*"
_POSITION: Final = re.compile(
    rf"(?P<lat>{_ANGLE}){_MARKS}(?P<ns>[NS])[\s,]*(?P<lon>{_ANGLE}){_MARKS}(?P<ew>[EW])",
    re.IGNORECASE,
)
_SWAPPED: Final = re.compile(rf"{_ANGLE}{_MARKS}[EW][\s,]*{_ANGLE}{_MARKS}[NS]", re.IGNORECASE)


def split(text: str) -> list[str]:
    """Return the pieces of a cell between semicolons or line ends, blank ones left out."""
    return [piece.strip() for piece in re.split(r"[;\r\n]", text) if piece.strip()]


def positions_of(text: str) -> tuple[tuple[Point, ...], tuple[ImpossibleValueError, ...]]:
    """Return the positions of a cell in order, and an error for each that is not understood."""
    points: list[Point] = []
    errors: list[ImpossibleValueError] = []
    for number, piece in enumerate(split(text), start=1):
        try:
            points.append(_position(piece))
        except WideberthError as error:
            errors.append(
                ImpossibleValueError(f"position {number}: {error.what}", remedy=error.remedy)
            )
    return tuple(points), tuple(errors)


def _position(text: str) -> Point:
    match = _POSITION.fullmatch(text)
    if match is None:
        if _SWAPPED.fullmatch(text):
            raise ImpossibleValueError(f"{text!r} gives longitude first.", remedy=_FORMS)
        if not re.search(r"[NSEW]", text, re.IGNORECASE):
            raise ImpossibleValueError(
                f"{text!r} has no N, S, E or W; which number is which is not known.", remedy=_FORMS
            )
        raise ImpossibleValueError(f"{text!r} is not understood.", remedy=_FORMS)
    return read_position([_degrees(match["lon"], match["ew"]), _degrees(match["lat"], match["ns"])])


def _degrees(angle: str, hemisphere: str) -> float:
    pieces = re.split(_GAP, angle)
    if any("." in piece for piece in pieces[:-1]):
        raise ImpossibleValueError(
            f"{angle!r} has a fraction before its last number.", remedy=_FORMS
        )
    return degrees(hemisphere.upper(), *(float(piece) for piece in pieces))
