"""One block of OpenAir records as an activity, with everything that was not used."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from wideberth.errors import WideberthError
from wideberth.formats.openair_lines import ATTRIBUTES, LOOKS, SHAPES, Block
from wideberth.formats.openair_shape import footprints_of
from wideberth.formats.openair_values import height, interval
from wideberth.formats.reading import Problem, ReadOptions, Severity
from wideberth.model.activity import Activity
from wideberth.model.footprint import Footprint
from wideberth.model.span import HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Volume

_ALWAYS: Final = TimeWindow(-math.inf, math.inf)
_KINDS: Final = {
    "R": "restricted area",
    "Q": "danger area",
    "P": "prohibited area",
    "CTR": "control zone",
    "TMA": "terminal area",
    "TRA": "temporary reserved area",
    "TSA": "temporary segregated area",
    "TFR": "temporary flight restriction",
    "MTA": "military training area",
    "MTR": "military training route",
    "W": "wave window",
    "GP": "gliders prohibited",
    **{letter: f"airspace class {letter}" for letter in "ABCDEFG"},
}
_UNUSED: Final = {
    "AF": "radio frequency",
    "AG": "station name",
    "AX": "transponder code",
    "TP": "transponder code",
    "AI": "identifier",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an airspace stands: the line of its AC record, its name."""

    line: int
    name: str

    def __str__(self) -> str:
        return f"line {self.line}, airspace {self.name!r}"


def activity_of(block: Block, options: ReadOptions) -> tuple[Activity | None, tuple[Problem, ...]]:
    """Return the activity of one airspace, or None, and every remark about it.

    Its party is a stand-in where options name none; the caller refuses such a file.
    """
    place, problems = _place(block)
    lower, more = _limit(block, "AL", place)
    problems += more
    upper, more = _limit(block, "AH", place)
    problems += more
    windows, more = _windows(block, place)
    problems += more
    footprints, more = footprints_of(block, options, str(place))
    problems += more + _unused(block, place)
    if lower is None or upper is None or not windows or not footprints:
        return None, problems
    try:
        volumes = _volumes(footprints, HeightBand(lower, upper), windows)
        activity = Activity(
            options.party or "?", place.name, volumes, title=place.name, kind=_kind(block)
        )
    except WideberthError as error:
        return None, (*problems, Problem.of(error, str(place)))
    return activity, problems


def _place(block: Block) -> tuple[Place, tuple[Problem, ...]]:
    line = block.records[0].line
    names = block.all_of("AN")
    if len(names) > 1:
        place = Place(line, names[0].value)
        what = f"the airspace has {len(names)} names (AN)."
        remedy = "Keep one; or begin the next airspace with AC."
        return place, (Problem(Severity.ERROR, str(names[1]), what, remedy, names[1].value),)
    if names and names[0].value:
        return Place(line, names[0].value), ()
    place = Place(line, f"airspace at line {line}")
    what = f"the airspace has no name (AN); it is called {place.name!r}."
    return place, (Problem(Severity.ASSUMED, str(place), what),)


def _limit(block: Block, code: str, place: Place) -> tuple[HeightLimit | None, tuple[Problem, ...]]:
    records = block.all_of(code)
    label = "floor (AL)" if code == "AL" else "ceiling (AH)"
    if len(records) != 1:
        found = "no" if not records else str(len(records))
        what = f"the airspace has {found} {label}; 1 was wanted."
        return None, (Problem(Severity.ERROR, str(place), what, f"Give one {code} record."),)
    record = records[0]
    try:
        limit, assumed = height(record.value)
    except WideberthError as error:
        text = f"{code} {record.value}"
        return None, (Problem(Severity.ERROR, str(record), error.what, error.remedy, text),)
    told: tuple[Problem, ...] = ()
    if assumed:
        what = f"{label} {record.value!r} is taken {assumed}."
        told = (Problem(Severity.ASSUMED, str(record), what, text=record.value),)
    return limit, told


def _windows(block: Block, place: Place) -> tuple[tuple[TimeWindow, ...], tuple[Problem, ...]]:
    windows: list[TimeWindow] = []
    problems: list[Problem] = []
    elsewhere = False
    for record in block.all_of("AA"):
        try:
            window = interval(record.value.partition(";")[0].strip())
        except WideberthError as error:
            text = f"AA {record.value}"
            problems.append(Problem(Severity.ERROR, str(record), error.what, error.remedy, text))
            continue
        if window is None:
            elsewhere = True
        elif window not in windows:
            windows.append(window)
    if problems:
        return (), tuple(problems)
    if elsewhere:
        what = "active times are announced elsewhere (AA NONE); taken as active at all times."
        remedy = "Read the NOTAM that activates it as well."
        return (_ALWAYS,), (Problem(Severity.ASSUMED, str(place), what, remedy),)
    if not windows:
        what = "no active times (AA) are given; taken as active at all times."
        return (_ALWAYS,), (Problem(Severity.ASSUMED, str(place), what),)
    return tuple(windows), ()


def _volumes(
    footprints: tuple[Footprint, ...], band: HeightBand, windows: tuple[TimeWindow, ...]
) -> tuple[Volume, ...]:
    pairs = [(footprint, window) for footprint in footprints for window in windows]
    return tuple(
        Volume(str(i), Arena.AIR, footprint, band, window)
        for i, (footprint, window) in enumerate(pairs)
    )


def _kind(block: Block) -> str:
    for code in ("AY", "AC"):
        for record in block.all_of(code):
            word = record.value.upper()
            if word and word not in ("NONE", "UNC", "UNCLASSIFIED", "OTHER"):
                return _KINDS.get(word, record.value.lower())
    return "airspace"


def _unused(block: Block, place: Place) -> tuple[Problem, ...]:
    return (*_unused_records(block), *_unused_words(block, place))


def _unused_records(block: Block) -> Iterable[Problem]:
    for record in block.records:
        if record.code in _UNUSED:
            what = f"{_UNUSED[record.code]} ({record.code}) is not part of a plan; kept out."
            yield Problem(Severity.NOTE, str(record), what, text=record.value)
        elif record.code not in ATTRIBUTES | SHAPES | LOOKS:
            what = "the line is not a record that is known; it was not used."
            remedy = "Check whether it changes the airspace."
            text = f"{record.code} {record.value}".strip()
            yield Problem(Severity.PARTIAL, str(record), what, remedy, text)


def _unused_words(block: Block, place: Place) -> Iterable[Problem]:
    if block.comments:
        what = f"{len(block.comments)} comment(s) not used; they may hold times or conditions."
        yield Problem(Severity.NOTE, str(place), what, text="\n".join(block.comments))
