"""Item E's areas: polygons, circles and corridors; every position is used or reported."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.notam_circle import enclosing
from wideberth.formats.notam_runs import Extent, Run, extents_in, runs_of
from wideberth.formats.reading import Problem, ReadOptions, Severity
from wideberth.formats.rings import polygon_of
from wideberth.model.footprint import Circle, Corridor, Footprint, Point

_ARC: Final = re.compile(
    r"(?<![A-Z])(?:ARCS?|(?:ANTI|COUNTER)?[ -]?CLOCKWISE|CW|CCW)(?![A-Z])"
    r"|(?:ALONG|FOLLOWING|FLW) (?:THE )?[A-Z/ ]{0,30}"
    r"(?:BORDER|BOUNDARY|BDRY|COAST|SHORE|RIVER|FRONTIER|FIR|LIMIT)"
)
_RING_WORDS: Final = re.compile(r"BOUND|JOINING|CONNECT|POLYGON|LATERAL LIMITS|VERTICES|CORNERS")
_LINE_WORDS: Final = re.compile(r"(?<![A-Z])(?:TRACK|ROUTE|LINE|AXIS|ALONG)(?![A-Z])[^.]{0,30}\Z")
_AREA_WORDS: Final = re.compile(r"AREA|SECTOR|ZONE|PART|CIRCLE|RADIUS|BOUND|WITHIN|WI |CENT")
_TAIL_GAP: Final = re.compile(r"[ ,;./()\-]{0,4}(?:(?:WITH|AND|A|HAVING|CIRCLE|OF) ){0,4}")
_NEXT: Final = re.compile(r" ?(?:(?:OF|AROUND|ARND|FM|FROM|ON|AT|ABOUT)(?![A-Z])|CENT)")
_CIRCLE_TAKEN: Final = "the Q line's circle is taken"
_ASK: Final = "Ask the issuer, or draw the area in a plan file."


@dataclass(slots=True)
class Places:
    """The areas of an item E and remarks on them.

    needs_circle: some place could not be told, so the Q line's circle is to count as well.
    has_positions: the text has something that looks like a position. is_area: it gives, or tries
    to give, an area; a position or two alone are none.
    """

    areas: list[Footprint] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    needs_circle: bool = False
    has_positions: bool = False
    is_area: bool = False


def places_in(text: str, options: ReadOptions, where: str) -> Places:
    """Return the areas of a text in capitals with evened spaces."""
    runs = runs_of(text)
    places = Places(has_positions=bool(runs))
    if not runs:
        return places
    extents = extents_in(text)
    arc = _ARC.search(text, runs[0].start)
    if arc is not None and sum(len(r.points) for r in runs) > 1:
        places.is_area = True
        _take_arcs(places, runs, extents, (arc[0], where))
        return places
    used: set[int] = set()
    for i, run in enumerate(runs):
        places.is_area = places.is_area or len(run.tokens) > 2
        if run.faults:
            _doubt(places, where, f"{' '.join(run.faults)} So {_CIRCLE_TAKEN}.", run.words)
            continue
        extent = _extent_of(run, text, extents, used)
        if extent is not None:
            places.is_area = True
            _take_extent(places, run, extent, where)
            if _is_closed(run) and not extent.is_corridor:
                _take_rings(places, run, options, where)
        elif len(run.points) < 3 or _is_bare_line(run, text):
            what = f"{len(run.points)} position(s) without an extent; {_CIRCLE_TAKEN}."
            _doubt(places, where, what, run.words)
        else:
            _take_rings(places, run, options, where)
            _look_on(places, text, runs[i : i + 2], where)
    for extent in extents:
        if extent.start not in used:
            what = f"a length that belongs to no position; {_CIRCLE_TAKEN} too."
            _doubt(places, where, what, extent.words)
    return places


def _doubt(places: Places, where: str, what: str, words: str) -> None:
    places.problems.append(Problem(Severity.PARTIAL, where, what, _ASK, words))
    places.needs_circle = True


def _take_arcs(
    places: Places, runs: Sequence[Run], extents: Sequence[Extent], said: tuple[str, str]
) -> None:
    """Take a circle about all positions, wider by the largest radius; arcs are not drawn."""
    word, where = said
    points = tuple(p for run in runs for p in run.points)
    places.areas.append(enclosing(points, max((e.length_m for e in extents), default=0.0)))
    what = (
        f"{word!r}: an edge that is no straight line; a circle about all positions is taken, and"
        " the Q line's circle too."
    )
    _doubt(places, where, what, " ".join(r.words for r in runs))
    for run in runs:
        for fault in run.faults:
            _doubt(places, where, fault, run.words)


def _extent_of(run: Run, text: str, extents: Sequence[Extent], used: set[int]) -> Extent | None:
    """Return the radius or width that belongs to a run: the last before it, or the first after."""
    for extent in reversed(extents):
        if extent.start in used or not run.lead <= extent.start <= extent.end <= run.start:
            continue
        after = text[extent.end : run.start]
        is_apart = (". " in after and "CENT" not in after) or _RING_WORDS.search(after)
        if not is_apart and _fits(extent, run):
            used.add(extent.start)
            return extent
        break
    for extent in extents:
        if extent.start in used or not run.end <= extent.start < extent.end <= run.tail:
            continue
        gap = text[run.end : extent.start]
        if (
            _TAIL_GAP.fullmatch(gap)
            and not _NEXT.match(text, extent.end)
            and _fits(extent, run)
            and (extent.is_corridor or len(run.points) < 3)
        ):
            used.add(extent.start)
            return extent
        break
    return None


def _fits(extent: Extent, run: Run) -> bool:
    return len(run.points) > 1 or not extent.is_corridor


def _take_extent(places: Places, run: Run, extent: Extent, where: str) -> None:
    """Take a circle about each position, or a corridor where dashes join them."""
    points, length_m = run.points, extent.length_m
    try:
        if extent.is_corridor or (run.is_line and len(points) > 1):
            places.areas.append(Corridor(points, length_m))
        else:
            places.areas.extend(Circle(point, length_m) for point in points)
    except ImpossibleValueError as error:
        problem = Problem.of(error, where)
        places.problems.append(replace(problem, text=f"{extent.words} {run.words}"))


def _is_closed(run: Run) -> bool:
    return len(run.points) > 3 and run.points[0] == run.points[-1]


def _is_bare_line(run: Run, text: str) -> bool:
    """Say whether the words before an open run of positions call it a line, not an area."""
    lead = text[run.lead : run.start]
    return (
        not _is_closed(run)
        and _LINE_WORDS.search(lead) is not None
        and _RING_WORDS.search(lead) is None
    )


def _rings(points: Sequence[Point]) -> Iterator[tuple[tuple[Point, ...], bool]]:
    """Yield rings, each until its first point comes again, and whether it was closed so."""
    start = 0
    for i, point in enumerate(points):
        if i - start >= 3 and point == points[start]:
            yield tuple(points[start : i + 1]), True
            start = i + 1
    if start < len(points):
        yield tuple(points[start:]), False


def _take_rings(places: Places, run: Run, options: ReadOptions, where: str) -> None:
    for ring, is_closed in _rings(run.points):
        if len(ring) < 3:
            what = f"{len(ring)} position(s) after a closed area; {_CIRCLE_TAKEN} too."
            _doubt(places, where, what, run.words)
            continue
        polygon, problems = polygon_of(ring, options, where=where)
        places.problems.extend(replace(p, text=run.words) for p in problems)
        if polygon is not None:
            places.areas.append(polygon)
        if not is_closed:
            what = "the area's last position does not repeat the first; they are joined."
            places.problems.append(Problem(Severity.ASSUMED, where, what))


def _look_on(places: Places, text: str, runs: Sequence[Run], where: str) -> None:
    """Doubt an open area when more positions follow after words that begin no new area."""
    run = runs[0]
    if len(runs) < 2 or _is_closed(run) or runs[1].is_labelled:
        return
    gap = text[run.end : runs[1].start]
    if _AREA_WORDS.search(gap) is None:
        what = f"words between positions of one area, perhaps; {_CIRCLE_TAKEN} too."
        _doubt(places, where, what, gap.strip())
