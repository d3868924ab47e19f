"""The shape records of one airspace (V, DP, DA, DB, DC, DY) as footprints."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.formats.openair_arc import Arc, arc_of_angles, arc_of_ends, ring_of
from wideberth.formats.openair_lines import SHAPES, Block, Record
from wideberth.formats.openair_values import number, position, positions
from wideberth.formats.reading import Problem, ReadOptions, Severity
from wideberth.formats.rings import polygon_of
from wideberth.model.footprint import Circle, Corridor, Footprint, Point
from wideberth.units import METRES_PER_NAUTICAL_MILE

_SAID_ARC_MISMATCH_M: Final = 1.0


@dataclass(slots=True)
class _Pen:
    """What has been drawn so far, and the variables that later records draw with."""

    centre: Point | None = None
    clockwise: bool = True  # D is + at the start of each airspace (OpenAir 0.92, V record)
    width_m: float | None = None
    outline: list[Point | Arc] = field(default_factory=list)
    circles: list[Circle] = field(default_factory=list)
    airway: list[Point] = field(default_factory=list)

    def draw(self, record: Record) -> None:
        """Take one record; raises ImpossibleValueError for a value that cannot be."""
        match record.code:
            case "V":
                self._set(record.value)
            case "DP":
                self.outline.append(position(record.value))
            case "DA":
                self.outline.append(self._arc_of_angles(record.value))
            case "DB":
                self.outline.append(self._arc_of_ends(record.value))
            case "DC":
                radius_m = number(record.value, "radius") * METRES_PER_NAUTICAL_MILE
                self.circles.append(Circle(self._centre(), radius_m))
            case _:
                self.airway.append(position(record.value))

    def _set(self, text: str) -> None:
        name, _, value = (piece.strip() for piece in text.partition("="))
        match name.upper(), value:
            case "X", _:
                self.centre = None  # a centre that cannot be read must not leave an older one
                self.centre = position(value)
            case "D", "+" | "-":
                self.clockwise = value == "+"
            case "W", _:
                self.width_m = number(value, "airway width") * METRES_PER_NAUTICAL_MILE
            case _:
                raise ImpossibleValueError(
                    f"variable {text!r} is not known.",
                    remedy="Known are V X=position, V D=+ or V D=-, and V W=nautical miles.",
                )

    def _centre(self) -> Point:
        if self.centre is None:
            raise ImpossibleValueError(
                "no centre is set in this airspace.", remedy="Add a V X= record before this one."
            )
        return self.centre

    def _arc_of_angles(self, text: str) -> Arc:
        pieces = text.split(",")
        if len(pieces) != 3:
            raise ImpossibleValueError(
                f"arc {text!r} is not radius, start, end.", remedy="Write it like DA 10, 270, 290."
            )
        radius_nm, *angles_deg = (number(piece, "arc value") for piece in pieces)
        if not all(-360.0 <= angle <= 360.0 for angle in angles_deg):
            raise ImpossibleValueError(
                f"an angle in {text!r} is beyond 360 degrees.", remedy="Give true bearings."
            )
        return arc_of_angles(
            self._centre(),
            radius_nm * METRES_PER_NAUTICAL_MILE,
            (angles_deg[0], angles_deg[1]),
            clockwise=self.clockwise,
        )

    def _arc_of_ends(self, text: str) -> Arc:
        ends = positions(text)
        if len(ends) != 2:
            raise ImpossibleValueError(
                f"2 positions were wanted, {len(ends)} found in {text!r}.",
                remedy="Write the arc's start and end.",
            )
        return arc_of_ends(self._centre(), *ends, clockwise=self.clockwise)


def footprints_of(
    block: Block, options: ReadOptions, where: str
) -> tuple[tuple[Footprint, ...], tuple[Problem, ...]]:
    """Return an airspace's footprints (several circles are several), or none and the reasons."""
    pen = _Pen()
    problems: list[Problem] = []
    for record in block.records:
        if record.code in SHAPES:
            try:
                pen.draw(record)
            except WideberthError as error:
                text = f"{record.code} {record.value}"
                problems.append(
                    Problem(Severity.ERROR, str(record), error.what, error.remedy, text)
                )
    if problems:
        return (), tuple(problems)
    kinds = [bool(pen.outline), bool(pen.circles), bool(pen.airway)].count(True)
    if kinds != 1:
        return (), (_wrong_kinds(kinds, where),)
    if pen.circles:
        return tuple(pen.circles), ()
    if pen.airway:
        return _corridor(pen, where)
    polygon, told = polygon_of(ring_of(tuple(pen.outline)), options, where=where)
    return (() if polygon is None else (polygon,)), (*told, *_mismatches(pen.outline, where))


def _wrong_kinds(kinds: int, where: str) -> Problem:
    if kinds == 0:
        what, remedy = "the airspace has no shape.", "Add DP, DA, DB, DC or DY records."
    else:
        what = "the airspace mixes an outline, circles (DC) or an airway (DY)."
        remedy = "Give each its own airspace, from AC on."
    return Problem(Severity.ERROR, where, what, remedy)


def _corridor(pen: _Pen, where: str) -> tuple[tuple[Footprint, ...], tuple[Problem, ...]]:
    if pen.width_m is None:
        what = "the airway (DY) has no width."
        return (), (Problem(Severity.ERROR, where, what, "Add V W= with nautical miles."),)
    try:
        corridor = Corridor(tuple(pen.airway), pen.width_m / 2.0)
    except WideberthError as error:
        return (), (Problem.of(error, where),)
    what = "the airway's ends are taken as round, half its width beyond the last point."
    return (corridor,), (Problem(Severity.ASSUMED, where, what),)


def _mismatches(outline: Sequence[Point | Arc], where: str) -> Iterable[Problem]:
    gaps_m = [piece.mismatch_m for piece in outline if isinstance(piece, Arc)]
    loose_m = [gap for gap in gaps_m if gap > _SAID_ARC_MISMATCH_M]
    if loose_m:
        what = (
            f"{len(loose_m)} arc(s) have ends at unlike distances from the centre (by up to"
            f" {max(loose_m):.0f} m); the distance that leaves the larger area is taken."
        )
        yield Problem(Severity.ASSUMED, where, what)
