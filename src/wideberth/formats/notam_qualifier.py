"""A notice's plain items: the Q line, the places of item A, and the times of items B and C.

Source: ICAO Annex 15, NOTAM format, items Q, A, B and C.
"""

import math
import re
from dataclasses import dataclass
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.notam_circle import circle_of
from wideberth.formats.notam_heights import level_limits
from wideberth.formats.reading import Problem, Severity
from wideberth.formats.times import utc
from wideberth.model.footprint import Circle
from wideberth.model.span import HeightLimit, TimeWindow

_Q_LINE: Final = re.compile(
    r"([A-Z]{4})/(Q[A-Z]{4})/([IVK]*)/([NBOMK]*)/([AEWK]*)/([0-9]{3})/([0-9]{3})(?:/(.*))?"
)
_FIR: Final = re.compile(r"[A-Z]{4}(?=/)")
_PLACES: Final = re.compile(r"[A-Z]{4}(?:[ ,/]+[A-Z]{4})*")
_END: Final = re.compile(r"([0-9]{10}) ?(EST)?|(PERM|UFN)")
_CENTURY: Final = 2000


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A Q line: what it speaks of, where, and between which levels; "" and None where unknown."""

    fir: str = ""
    code: str = ""
    limits: tuple[HeightLimit, HeightLimit] | None = None
    circle: Circle | None = None


def qualifier_of(words: str | None, where: str) -> tuple[Qualifier, tuple[Problem, ...]]:
    """Return what a Q line says; a faulty one keeps its FIR where it has one."""
    if words is None:
        what = "the notice has no Q line."
        return Qualifier(), (Problem(Severity.PARTIAL, where, what, "Ask for the whole text."),)
    packed = words.replace(" ", "")
    match = _Q_LINE.fullmatch(packed)
    if match is None:
        fir = _FIR.match(packed)
        what = "the Q line is not FIR/code/traffic/purpose/scope/lower/upper/place."
        problem = Problem(Severity.PARTIAL, where, what, "Correct the Q line.", words)
        return Qualifier(fir[0] if fir else ""), (problem,)
    fir_name, code, _, _, _, lower, upper, place = match.groups()
    circle = circle_of(place or "")
    problems: tuple[Problem, ...] = ()
    if circle is None:
        what = "the Q line has no centre and radius that can be used."
        problems = (Problem(Severity.PARTIAL, where, what, "Correct the Q line.", words),)
    return Qualifier(fir_name, code, level_limits(lower, upper), circle), problems


def places_of(words: str | None, where: str) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the FIRs or aerodromes of item A, in order."""
    if words is None:
        what = "the notice has no item A."
        return (), (Problem(Severity.PARTIAL, where, what, "Ask for the whole text."),)
    match = _PLACES.match(words)
    named = tuple(re.findall(r"[A-Z]{4}", match[0])) if match else ()
    rest = words[match.end() :].strip() if match else words
    if rest:
        what = "item A holds more than four-letter places."
        return named, (Problem(Severity.PARTIAL, where, what, "Look at it.", rest),)
    if len(named) > 1:
        what = f"the notice concerns {', '.join(named)}."
        return named, (Problem(Severity.NOTE, where, what),)
    return named, ()


def instant_of(words: str, item: str) -> float:
    """Return seconds UTC of YYMMDDhhmm; raises ImpossibleValueError for anything else."""
    if not (len(words) == 10 and words.isascii() and words.isdigit()):
        raise ImpossibleValueError(
            f"item {item} is {words!r}, not a date and time.", remedy="Write it as YYMMDDhhmm."
        )
    year, month, day, hour, minute = (int(words[i : i + 2]) for i in range(0, 10, 2))
    try:
        return utc(_CENTURY + year, month, day, hour, minute)
    except ImpossibleValueError as error:
        raise ImpossibleValueError(
            f"item {item} {words!r}: {error.what}", remedy="Correct its date or time."
        ) from None


def window_of(
    start: str | None, end: str | None, where: str
) -> tuple[TimeWindow, tuple[Problem, ...]]:
    """Return the time from item B to item C; PERM, UFN and no item C have no end.

    Raises ImpossibleValueError for a time that is missing, malformed, or not after its start.
    """
    if start is None:
        raise ImpossibleValueError("the notice has no item B.", remedy="Give its start.")
    start_s = instant_of(start, "B")
    if end is None:
        what = "the notice has no item C; no end is taken."
        problem = Problem(Severity.PARTIAL, where, what, "Ask the issuer for the end.")
        return TimeWindow(start_s, math.inf), (problem,)
    match = _END.fullmatch(end)
    if match is None:
        raise ImpossibleValueError(
            f"item C is {end!r}, not a date and time.", remedy="Write YYMMDDhhmm, EST or PERM."
        )
    if match[3]:
        return TimeWindow(start_s, math.inf), ()
    window = TimeWindow(start_s, instant_of(match[1], "C"))
    if not match[2]:
        return window, ()
    what = "the end is an estimate; it is taken as it stands."
    remedy = "Watch for the notice that replaces or cancels this one."
    return window, (Problem(Severity.ASSUMED, where, what, remedy, end),)
