"""Where a warning is: lists of positions, and how the words before them say to join them."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final, NamedTuple

from wideberth.errors import ImpossibleValueError
from wideberth.formats.navwarn_times import at
from wideberth.formats.navwarn_tokens import (
    ITEM,
    LAT,
    LON,
    NUM,
    POSITIONS,
    WORD,
    Coordinate,
    Token,
    whole_words,
)
from wideberth.formats.reading import Problem, ReadOptions, Severity
from wideberth.formats.rings import polygon_of
from wideberth.model.footprint import Circle, Corridor, Footprint, Point, opened

MAX_VERTICES: Final = 500
_JOINERS: Final = frozenset((",", "(", ")", ":", "-", "AND", "TO", "OR", "THE", "POSITION"))
_STOPS: Final = frozenset((".", "WITHIN", "BOUND", "BOUNDED", "TRACKLINE", "TRACKLINES", "CANCEL"))


class Shape(StrEnum):
    """How positions are joined."""

    POINTS = "points"
    LINE = "line"
    AREA = "area"


class Manner(NamedTuple):
    """What the words before a list say: its shape, and the distance around it, if one is given.

    within_m: radius, or half the width; None where none is said. words: (start, end) of the text.
    """

    shape: Shape = Shape.POINTS
    within_m: float | None = None
    words: tuple[int, int] | None = None


class Place(NamedTuple):
    """A list of positions with its manner. slack_m: half a unit of the last written digit.

    start, end: its words in the text. label: numbered paragraph and letter, like "1A".
    """

    manner: Manner
    points: tuple[Point, ...]
    slack_m: tuple[float, ...]
    start: int
    end: int
    label: str = ""


class Listed(NamedTuple):
    """What a list gave: its place (None where refused), tokens used, remarks, the place after."""

    place: Place | None
    used: tuple[int, ...]
    remarks: tuple[tuple[Severity, str, str], ...]
    end: int


def _pair(tokens: Sequence[Token], i: int) -> tuple[Coordinate, Coordinate, int] | None:
    j = i + 1 + (at(tokens, i + 1).text == ",")
    first, second = tokens[i], at(tokens, j)
    if first.kind == LAT and second.kind == LON:
        lat, lon = first.value, second.value
        if isinstance(lat, Coordinate) and isinstance(lon, Coordinate):
            return lat, lon, j + 1
    return None


def list_at(tokens: Sequence[Token], i: int, manner: Manner, text: str, label: str = "") -> Listed:
    """Return the list of positions that begins at a place (a LAT, LON or BAD token).

    A list of a line or an area with a position that cannot be read is refused whole; a list of
    points loses only that one. Both are told with the words.
    """
    points: list[Point] = []
    slacks: list[float] = []
    used: list[int] = []
    spoilt: list[int] = []
    remarks: list[tuple[Severity, str, str]] = []
    j = i
    while True:
        pair = _pair(tokens, j)
        if pair is None:
            spoilt.append(j)
            k = j + 1
        else:
            lat, lon, k = pair
            points.append((lon.degrees, lat.degrees))
            slacks.append(max(lat.slack_m, lon.slack_m))
        used.extend(range(j, k))
        if _is_glued(tokens, k):
            used.append(k)
            glued = text[tokens[k - 1].start : tokens[k].end]
            what = "signs directly after a position; they were not used."
            remarks.append((Severity.PARTIAL, what, glued))
            k += 1
        end, j = k, _next(tokens, k, manner.shape)
        if j < 0:
            break
        remarks.extend(_between(tokens, end, j, manner, text))
    start, stop = tokens[i].start, tokens[end - 1].end
    words = whole_words(text, start, stop)
    is_joined = manner.shape is not Shape.POINTS
    if is_joined and (spoilt or len(points) > MAX_VERTICES):
        what = f"the {manner.shape} has a position that cannot be read; it was refused."
        if not spoilt:
            what = f"the {manner.shape} has more than {MAX_VERTICES} positions; it was refused."
        return Listed(None, tuple(used), (*remarks, (Severity.ERROR, what, words)), end)
    if spoilt:
        remarks.append((Severity.PARTIAL, "a position that cannot be read.", words))
    place = Place(manner, tuple(points), tuple(slacks), start, stop, label) if points else None
    return Listed(place, tuple(used), tuple(remarks), end)


def _is_glued(tokens: Sequence[Token], k: int) -> bool:
    after = at(tokens, k)
    return after.kind in (NUM, WORD) and after.start == tokens[k - 1].end


def _next(tokens: Sequence[Token], k: int, shape: Shape) -> int:
    """Return where the list's next position stands, or -1: words may only part named ends."""
    j = k
    passes_names = shape is not Shape.POINTS
    while j < len(tokens):
        token = tokens[j]
        if token.kind in POSITIONS:
            return j
        if token.text == "." and passes_names and at(tokens, j + 1).kind in POSITIONS:
            return j + 1
        if token.kind == ITEM or token.text in _STOPS:
            return -1
        if token.text not in _JOINERS and not (passes_names and token.kind == WORD):
            return -1
        j += 1
    return -1


def _between(
    tokens: Sequence[Token], end: int, j: int, manner: Manner, text: str
) -> list[tuple[Severity, str, str]]:
    """Return a remark where a list goes on after a full stop, or around words without brackets."""
    gap = tokens[end:j]
    words = text[tokens[end - 1].start : tokens[j].end]
    if any(t.text == "." for t in gap):
        return [(Severity.PARTIAL, "a full stop inside a list; the list was read on.", words)]
    has_name = any(t.kind == WORD for t in gap) and manner.shape is Shape.AREA
    if has_name and not any(t.text == "(" for t in gap):
        return [(Severity.PARTIAL, "words inside an area's list; they were not used.", words)]
    return []


def footprints_of(
    place: Place, berth_m: float, options: ReadOptions, *, where: str, words: str
) -> tuple[tuple[Footprint, ...], tuple[Problem, ...]]:
    """Return the footprints of a place with a berth around it (metres, 0 for none).

    Points are circles (the given radius, else half a unit of the last written digit), plus the
    berth; a line is a corridor; an area is a polygon and, for the berth, a corridor of its ring.
    """
    shape, within_m = place.manner.shape, place.manner.within_m
    around_m = (within_m or 0.0) + berth_m
    try:
        if shape is Shape.POINTS or len(set(place.points)) == 1:
            circles = tuple(
                Circle(p, around_m or s) for p, s in zip(place.points, place.slack_m, strict=True)
            )
            return circles, _too_few(shape, where, words)
        line = opened(place.points) if shape is Shape.AREA else _without_repeats(place.points)
        if shape is Shape.LINE or len(line) == 2:
            corridor = Corridor(line, around_m or max(place.slack_m))
            return (corridor,), (_too_few(shape, where, words) if shape is Shape.AREA else ())
        polygon, problems = polygon_of(place.points, options, where=where)
        told = tuple(replace(p, text=words) for p in problems)
        if polygon is None:
            return (), told
        ring = Corridor((*line, line[0]), around_m) if around_m else None
    except ImpossibleValueError as error:
        return (), (replace(Problem.of(error, where), text=words),)
    else:
        return (polygon, ring) if ring else (polygon,), told


def _without_repeats(points: Sequence[Point]) -> tuple[Point, ...]:
    kept = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
    return tuple(kept)


def _too_few(shape: Shape, where: str, words: str) -> tuple[Problem, ...]:
    if shape is Shape.POINTS:
        return ()
    what = f"the {shape} has too few different positions; what they are was taken."
    return (Problem(Severity.PARTIAL, where, what, "Ask the issuer.", words),)
