"""A notice's areas, heights and times put together as volumes."""

from collections.abc import Mapping, Sequence
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.notam_circle import outside_m
from wideberth.formats.notam_frequencies import Signal
from wideberth.formats.notam_heights import GROUND, UNLIMITED, band_of, limit_of, widened
from wideberth.formats.notam_places import Places
from wideberth.formats.notam_qualifier import Qualifier, window_of
from wideberth.formats.notam_schedule import windows_of
from wideberth.formats.reading import Problem, Severity
from wideberth.model.footprint import Circle, Footprint
from wideberth.model.radio import Radio
from wideberth.model.span import HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Volume
from wideberth.units import METRES_PER_NAUTICAL_MILE

_MAX_VOLUMES: Final = 20_000


def areas_of(
    places: Places, circle: Circle | None, where: str, told: list[Problem]
) -> tuple[Footprint, ...]:
    """Return item E's areas, with the Q line's circle where it is needed as well.

    An area beyond the circle is reported and both count. Raises ImpossibleValueError where there
    is nothing to place the notice by, or a place could not be told and there is no circle.
    """
    told.extend(places.problems)
    areas = tuple(places.areas)
    needs_circle = places.needs_circle
    if not areas and not needs_circle:
        if any(p.severity is Severity.ERROR for p in places.problems):
            return ()
        if circle is not None:
            what = "item E gives no area; the Q line's circle is taken."
            remedy = "Draw the area in a plan file if it is known better."
            told.append(Problem(Severity.ASSUMED, where, what, remedy))
        needs_circle = True
    if circle is not None and areas and not needs_circle:
        over_m = max(outside_m(area, circle) for area in areas)
        if over_m > 0.0:
            over_nm = over_m / METRES_PER_NAUTICAL_MILE
            what = f"item E's area reaches {over_nm:.1f} NM beyond the Q line's circle; both count."
            told.append(Problem(Severity.PARTIAL, where, what, "Ask the issuer which holds."))
            needs_circle = True
    if not needs_circle:
        return areas
    if circle is None:
        raise ImpossibleValueError(
            "the notice cannot be placed: no Q line circle stands in for the area that is missing"
            " or not understood.",
            remedy="Correct the Q line or item E, or draw the area in a plan file.",
        )
    return (*areas, circle)


def band_for(
    items: Mapping[str, str], qualifier: Qualifier, where: str, told: list[Problem]
) -> HeightBand:
    """Return the heights of items F and G, else the Q line's, widened by those in item E.

    Raises ImpossibleValueError where they run backwards.
    """
    from_q = qualifier.limits
    lower = _limit(items, "F", (from_q[0] if from_q else GROUND), where, told)
    upper = _limit(items, "G", (from_q[1] if from_q else UNLIMITED), where, told)
    band = band_of(lower, upper)
    if band is None:
        raise ImpossibleValueError(
            f"heights run backwards: {lower.height_m:g} m to {upper.height_m:g} m.",
            remedy="Correct items F and G, or the Q line's levels.",
        )
    if "F" not in items and "G" not in items:
        what = (
            "no items F and G; the Q line's levels are taken."
            if from_q
            else "no heights are given; from the ground without limit is taken."
        )
        told.append(Problem(Severity.ASSUMED, where, what))
    band, problems = widened(band, items.get("E", ""), where)
    told.extend(problems)
    return band


def _limit(
    items: Mapping[str, str], letter: str, missing: HeightLimit, where: str, told: list[Problem]
) -> HeightLimit:
    words = items.get(letter)
    if words is None:
        return missing
    found = limit_of(words)
    if found.limit is None:
        largest = GROUND if letter == "F" else UNLIMITED
        what = f"item {letter} is not understood; the largest extent is taken."
        told.append(Problem(Severity.PARTIAL, where, what, "Ask the issuer.", words))
        return largest
    if found.rest:
        what = f"words in or after item {letter} that are no height."
        told.append(Problem(Severity.PARTIAL, where, what, "Look at them.", found.rest))
    if found.assumed:
        told.append(Problem(Severity.ASSUMED, where, f"item {letter}: {found.assumed}"))
    return found.limit


def windows_for(
    items: Mapping[str, str], where: str, told: list[Problem]
) -> tuple[TimeWindow, ...]:
    """Return the times of items B and C, parted by item D; raises as window_of does."""
    whole, problems = window_of(items.get("B"), items.get("C"), where)
    told.extend(problems)
    if "D" not in items:
        return (whole,)
    windows, problems = windows_of(items["D"], whole, where)
    told.extend(problems)
    return windows


def bounded(
    windows: tuple[TimeWindow, ...], per_window: int, where: str, told: list[Problem]
) -> tuple[TimeWindow, ...]:
    """Return the windows, or the one from first to last where they would make 20,000 volumes.

    per_window: how many volumes each window makes.
    """
    if len(windows) * per_window <= _MAX_VOLUMES:
        return windows
    what = (
        f"{len(windows)} times of {per_window} areas and bands are too many;"
        " the whole time from first to last is taken."
    )
    told.append(Problem(Severity.PARTIAL, where, what, "Split the notice."))
    return (TimeWindow(windows[0].start_s, windows[-1].end_s),)


def volumes_of(
    areas: Sequence[Footprint],
    band: HeightBand,
    windows: Sequence[TimeWindow],
    signals: Sequence[Signal],
    *,
    in_air: bool,
) -> tuple[Volume, ...]:
    """Return a volume for each area, time and (air first) signal; ids count from 0."""
    bands = ([None] if in_air else []) + list(signals)
    made: list[Volume] = []
    for signal in bands:
        arena = Arena.AIR if signal is None else Arena.SPECTRUM
        freq, role = (None, None) if signal is None else (signal.band, signal.role)
        service = signal.service if signal is not None else ""
        radio = Radio(service=service) if service else None
        for area in areas:
            for window in windows:
                name = str(len(made))
                made.append(Volume(name, arena, area, band, window, freq, role, radio=radio))
    return tuple(made)
