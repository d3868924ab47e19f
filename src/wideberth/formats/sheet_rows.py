"""The header and the rows of a planning sheet: each row a volume, each problem by its cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from wideberth.errors import WideberthError
from wideberth.formats.fields import Fields, is_targeting, nearest
from wideberth.formats.plan_builder import PlanBuilder
from wideberth.formats.plan_keys import HALF_WIDTH, RADIUS, from_cells, is_ignored
from wideberth.formats.plan_properties import read_properties
from wideberth.formats.reading import Problem, ReadOptions, Severity
from wideberth.formats.rings import polygon_of
from wideberth.formats.sheet_assignments import MARK, SAME, places_missing, properties_of
from wideberth.formats.sheet_columns import ASSIGNMENT_COLUMNS, COLUMNS, GEOMETRY_COLUMNS
from wideberth.formats.sheet_grid import Cell, Row, Unreadable, is_blank, letters
from wideberth.formats.sheet_positions import positions_of, split
from wideberth.model.activity import Activity
from wideberth.model.footprint import Circle, Corridor, Footprint, Point, Track
from wideberth.model.span import TimeWindow

_SIZES: Final[Mapping[str, Mapping[str, float]]] = {
    "circle": RADIUS,
    "corridor": HALF_WIDTH,
    "track": RADIUS | HALF_WIDTH,
    "polygon": {},
}
_LEAST: Final = {"circle": 1, "corridor": 2, "track": 2, "polygon": 3}
_ANY_WINDOW: Final = TimeWindow(0.0, 1.0)  # stands in for times that were refused already
_REMARKS: Final = "remarks"
_NAMED: Final = re.compile(r"^(\w+):|'(\w+)'")


@dataclass(frozen=True, slots=True)
class Header:
    """The columns: name to place; refused: places whose name is not known, or comes twice."""

    row: int
    columns: Mapping[str, int]
    refused: frozenset[int]
    width: int


def header_of(rows: Sequence[Row]) -> tuple[Header | None, list[Problem]]:
    """Return the header, the first row that holds anything, and what is wrong with its columns."""
    row = next((i for i, cells in enumerate(rows) if not all(map(is_blank, cells))), None)
    if row is None:
        return None, [
            Problem(Severity.ERROR, "file", "the sheet is empty.", "Begin with the template.")
        ]
    columns: dict[str, int] = {}
    refused: set[int] = set()
    problems: list[Problem] = []
    for place, cell in enumerate(rows[row]):
        if is_blank(cell):
            continue
        name = cell.strip() if isinstance(cell, str) else str(cell)
        fault = _fault(cell if isinstance(cell, Unreadable) else name, columns)
        if fault is None:
            columns[name] = place
            if is_ignored(name) or name == _REMARKS:
                what = f"column {name!r} is kept out of the plan."
                problems.append(Problem(Severity.NOTE, _cell(place, row), what))
        else:
            refused.add(place)
            problems.append(Problem(Severity.ERROR, _cell(place, row), *fault))
    problems += _of_another_sheet(columns, row)
    missing = places_missing(columns)
    if missing:
        what = f"no column {' and no column '.join(map(repr, missing))}."
        problems.append(Problem(Severity.ERROR, f"row {row + 1}", what, "Use the template."))
    return Header(row, columns, frozenset(refused), len(rows[row])), problems


def _of_another_sheet(columns: Mapping[str, int], row: int) -> list[Problem]:
    """Return what is wrong with words of an assignment sheet in one that is none."""
    if MARK in columns:
        return []
    what = "column {!r} belongs to an assignment sheet, and there is no column 'assignment'."
    remedy = "Call the column of ids 'assignment', or use the planning sheet's own names."
    return [
        Problem(Severity.ERROR, _cell(place, row), what.format(name), remedy)
        for name, place in columns.items()
        if name in ASSIGNMENT_COLUMNS
    ]


def _fault(name: str | Unreadable, columns: Mapping[str, int]) -> tuple[str, str] | None:
    """Return what is wrong with a column's name and what to do, None where it is known."""
    if isinstance(name, Unreadable):
        return name.what, name.remedy
    if name in columns:
        return f"column {name!r} comes twice.", "Keep one."
    if name in COLUMNS or is_ignored(name):
        return None
    if is_targeting(name):
        what = f"column {name!r} speaks of targets, weapons or affiliation; there is no such field."
        return what, "Take it out of the sheet."
    return f"unknown column {name!r}.", f"{nearest(name, COLUMNS)} Or begin it with x_."


def _cell(place: int, row: int, name: str = "") -> str:
    return f"cell {letters(place)}{row + 1}" + (f" ({name})" if name else "")


class RowReader:
    """Reads rows under a header; problems gather here, volumes in the builder."""

    def __init__(self, header: Header, options: ReadOptions) -> None:
        self.header = header
        self.options = options
        self.problems: list[Problem] = []
        self._builder = PlanBuilder()
        self._places = frozenset(header.columns.values())

    def read(self, row: int, cells: Row) -> None:
        """Read one row, counted from 0, that is not blank."""
        before = len(self.problems)
        values = self._values(row, cells)
        fields = Fields({}, f"row {row + 1}")
        is_assignment = MARK in self.header.columns
        properties = properties_of(values, fields) if is_assignment else from_cells(values)
        fields.values.update(properties)
        footprint = self._footprint(fields)
        own = {k: v for k, v in properties.items() if k not in GEOMETRY_COLUMNS}
        window = _window(footprint, fields)
        if window is _ANY_WINDOW:
            own = {k: v for k, v in own.items() if k not in ("start", "end")}
        activity, volume, told = read_properties(
            own, where=fields.where, party=self.options.party, window=window
        )
        self.problems += [self._placed(p, row) for p in (*fields.problems, *told)]
        errors = [p for p in self.problems[before:] if p.severity is Severity.ERROR]
        if errors or activity is None or volume is None or footprint is None:
            self._builder.skip(own.get("party", self.options.party), own.get("activity"))
        else:
            self._builder.add(fields.where, own, activity, volume, footprint)

    def finish(self) -> tuple[Activity, ...]:
        """Return the activities of all rows; clashes between rows join the problems."""
        activities, clashes = self._builder.finish()
        self.problems += clashes
        return activities

    def _values(self, row: int, cells: Row) -> dict[str, Cell]:
        """Return the cells by column, without those that cannot be taken, which are told."""
        for place, cell in enumerate(cells):
            if is_blank(cell):
                continue
            if isinstance(cell, Unreadable):
                what = Problem(Severity.ERROR, _cell(place, row), cell.what, cell.remedy)
                self.problems.append(what)
            elif place in self.header.refused:
                fault = "the cell stands in a column that is refused."
                self.problems.append(Problem(Severity.ERROR, _cell(place, row), fault))
            elif place not in self._places:
                fault = "the cell stands in a column without a name."
                remedy = "Name the column in the header."
                self.problems.append(
                    Problem(Severity.ERROR, _cell(place, row), fault, remedy, str(cell))
                )
        return {
            name: cells[place]
            for name, place in self.header.columns.items()
            if place < len(cells) and not isinstance(cells[place], Unreadable)
        }

    def _placed(self, problem: Problem, row: int) -> Problem:
        """Return a problem with its cell in place of its row, if it names a column of the sheet."""
        for match in _NAMED.finditer(problem.what):
            name = match[1] or match[2]
            for column in (name, *(own for own, same in SAME.items() if same == name)):
                if column in self.header.columns:
                    where = _cell(self.header.columns[column], row, column)
                    return replace(problem, where=where)
        return problem

    def _footprint(self, fields: Fields) -> Footprint | None:
        is_assignment = MARK in self.header.columns
        is_told = is_assignment and bool(fields.problems) and "positions" not in fields
        shape = fields.text("shape", required="shape" in self.header.columns)
        has_places = is_assignment or "positions" in self.header.columns
        points = _points(fields) if has_places and not is_told else None
        if shape is None:
            return None
        if shape not in _SIZES:
            fields.fail(f"'shape' is {shape!r}.", f"Write one of {', '.join(_SIZES)}.")
            return None
        size_m = _size(fields, shape)
        times_s = _times(fields, shape)
        if points is None or fields.problems:
            return None
        if len(points) < _LEAST[shape]:
            fields.fail(
                f"'positions' has {len(points)}; a {shape} needs at least {_LEAST[shape]}.",
                "Separate them by semicolons.",
            )
            return None
        if shape == "polygon":
            polygon, told = polygon_of(points, self.options, where=fields.where)
            fields.problems.extend(replace(p, what=f"'positions': {p.what}") for p in told)
            return polygon
        return _built(fields, shape, points, (size_m or 0.0, times_s))


def _window(footprint: Footprint | None, fields: Fields) -> TimeWindow | None:
    if isinstance(footprint, Track):
        return TimeWindow(footprint.times_s[0], footprint.times_s[-1])
    return _ANY_WINDOW if fields.values.get("shape") == "track" else None


def _points(fields: Fields) -> tuple[Point, ...] | None:
    text = fields.text("positions", required=True)
    if text is None:
        return None
    points, errors = positions_of(text)
    for error in errors:
        fields.fail(f"'positions': {error.what}", error.remedy)
    return None if errors else points


def _size(fields: Fields, shape: str) -> float | None:
    units = _SIZES[shape]
    for key in fields.given(*RADIUS, *HALF_WIDTH):
        if key not in units:
            fields.fail(f"{key!r} has no meaning for a {shape}.", "Leave the cell empty.")
    if units and not fields.given(*units):
        *most, last = units
        fields.fail(f"the {shape} has no {', '.join(most)} or {last}.", "Give one of them.")
    return fields.quantity(units)


def _times(fields: Fields, shape: str) -> tuple[float, ...]:
    text = fields.text("times", required=shape == "track")
    if text is None:
        return ()
    if shape != "track":
        fields.fail(f"'times' has no meaning for a {shape}.", "Leave the cell empty, or use track.")
        return ()
    found = [fields.parse_instant(piece, "times") for piece in split(text)]
    return tuple(time_s for time_s in found if time_s is not None)


def _built(
    fields: Fields, shape: str, points: tuple[Point, ...], extent: tuple[float, tuple[float, ...]]
) -> Footprint | None:
    size_m, times_s = extent
    try:
        if shape == "track":
            return Track(points, times_s, size_m)
        if shape == "corridor":
            return Corridor(points, size_m)
        if len(points) > 1:
            fields.fail(f"'positions' has {len(points)}; a circle has 1.", "Use another shape.")
            return None
        return Circle(points[0], size_m)
    except WideberthError as error:
        fields.note(error)
        return None
