"""The map of a report: both sides of each conflict, where they meet, and what else is near."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import shapely

from wideberth.engine.outline import areas_of
from wideberth.formats.report_drawn import Drawn, Room, drawn, labelled, placed
from wideberth.formats.report_facts import VolumeIndex
from wideberth.formats.report_graticule import Line, ScaleBar, graticule, scale_bar
from wideberth.formats.report_marks import Mark, marks
from wideberth.formats.report_parties import PartyLook
from wideberth.formats.report_plane import HEIGHT_PX, WIDTH_PX, View, fit
from wideberth.formats.report_sight import Surroundings, surroundings, to_be_seen
from wideberth.formats.report_svg import Labels, path_of
from wideberth.formats.report_words import count
from wideberth.model.conflict import CheckResult, Conflict, VolumeRef
from wideberth.model.footprint import Everywhere
from wideberth.model.volume import Volume
from wideberth.units import METRES_PER_NAUTICAL_MILE

CONFLICTS_DRAWN: Final = 150
_LABELLED: Final = 60  # without a conflict, up to so many volumes carry their names
_CROWD: Final = 24


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the map's template draws, in pixels, and what it leaves out in words.

    main: volumes with labels; context: the others; dots: a path for each party's many others;
    more_places: a path with the conflicts beyond those drawn in full.
    spots: where to look for each conflict: pixel, and the width that shows it well.
    """

    main: tuple[Drawn, ...]
    context: tuple[Drawn, ...]
    dots: tuple[tuple[PartyLook, str], ...]
    overlaps: tuple[tuple[str, str], ...]
    more_places: str
    rings: tuple[tuple[float, float], ...]
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    scale: ScaleBar
    px_per_nm: float
    spots: tuple[tuple[float, float, float], ...]
    left_out: tuple[str, ...]


def picture(result: CheckResult, index: VolumeIndex, looks: dict[str, PartyLook]) -> Picture | None:
    """Return the map, fitted to the conflicts (or, without any, to all volumes); None if empty."""
    shown = result.conflicts[:CONFLICTS_DRAWN]
    seen = to_be_seen(result.conflicts, CONFLICTS_DRAWN, index)
    if seen is None:
        return None
    view = fit(seen)
    somewhere = {ref: found for ref, found in index.items() if not _is_everywhere(found[1])}
    chosen = {ref for c in shown for ref in (c.a, c.b) if ref in somewhere}
    if not shown and len(index) <= _LABELLED:
        chosen = set(somewhere)
    near = surroundings(chosen, somewhere, view)
    main = [placed(ref, index, view) for ref in sorted(chosen)]
    context = [placed(ref, index, view) for ref in near.outlined]
    shapes = {p.ref: p.shape for p in main}
    overlaps = tuple(_overlap(c, shapes) for c in shown)
    labels = Labels((4.0, 4.0, WIDTH_PX - 4.0, HEIGHT_PX - 22.0))
    scale = scale_bar(view)
    labels.take((10.0, HEIGHT_PX - 40.0, 30.0 + max(scale.length_px, 130.0), HEIGHT_PX))
    badges = marks(shown, view, labels)
    hatched = shapely.union_all([o for o in overlaps if o is not None])
    room = Room(labels, hatched, is_crowded=len(main) > _CROWD)
    return Picture(
        main=tuple(labelled(p, looks[p.ref.party], view, room) for p in main),
        context=tuple(drawn(p, looks[p.ref.party]) for p in context),
        dots=_dots(near, looks),
        overlaps=tuple(
            (path_of(o, 2), f"Conflict {i}")
            for i, o in enumerate(overlaps, start=1)
            if o is not None
        ),
        more_places=_more_places(result.conflicts[CONFLICTS_DRAWN:], view),
        rings=tuple(
            view.place(c.finding.place) for c, o in zip(shown, overlaps, strict=True) if o is None
        ),
        marks=badges,
        lines=graticule(view),
        scale=scale,
        px_per_nm=METRES_PER_NAUTICAL_MILE / view.metres_per_px,
        spots=tuple(_spot(c, shapes, view) for c in shown),
        left_out=(*_more(result, shown), *near.words, *_undrawn(len(index) - len(somewhere))),
    )


def _is_everywhere(volume: Volume) -> bool:
    """Return whether a volume has no edge to draw, as a band has that is kept free worldwide."""
    return isinstance(volume.footprint, Everywhere)


def _undrawn(number: int) -> tuple[str, ...]:
    """Say how many volumes are everywhere: an outline or a name at one spot would mislead."""
    if not number:
        return ()
    does = "fills the whole Earth and is" if number == 1 else "fill the whole Earth and are"
    return (f"{count(number, 'volume')} {does} not drawn.",)


def _more(result: CheckResult, shown: Sequence[Conflict]) -> tuple[str, ...]:
    rest = len(result.conflicts) - len(shown)
    if not rest:
        return ()
    return (f"{count(rest, 'more conflict')} as small squares; the first {len(shown)} in full.",)


def _more_places(rest: Sequence[Conflict], view: View) -> str:
    """Return one path with a small square for the place of each conflict not drawn in full."""
    spots = dict.fromkeys(view.place(conflict.finding.place) for conflict in rest)
    pixels = dict.fromkeys((round(x), round(y)) for x, y in spots)
    return "".join(f"M{x} {y}h0" for x, y in pixels)


def _dots(near: Surroundings, looks: dict[str, PartyLook]) -> tuple[tuple[PartyLook, str], ...]:
    """Return for each party one path of dots, one a pixel."""
    spots: dict[str, dict[str, None]] = {}
    for ref, x, y in near.dots:
        spots.setdefault(ref.party, {})[f"M{round(x)} {round(y)}h0"] = None
    return tuple((looks[party], "".join(spots[party])) for party in sorted(spots))


def _overlap(
    conflict: Conflict, shapes: dict[VolumeRef, shapely.Geometry]
) -> shapely.Geometry | None:
    """Return where both sides are, None where they only come close or too little to be seen."""
    a, b = shapes.get(conflict.a), shapes.get(conflict.b)
    if a is None or b is None or conflict.finding.gaps.lateral_m > 0.0:
        return None
    both = areas_of(shapely.intersection(shapely.make_valid(a), shapely.make_valid(b)))
    return None if shapely.area(both) < 1.0 else both


def _spot(
    conflict: Conflict, shapes: dict[VolumeRef, shapely.Geometry], view: View
) -> tuple[float, float, float]:
    """Return where to look for one conflict: its pixel, and how wide a piece shows it well."""
    x, y = view.place(conflict.finding.place)
    sizes = [
        max(right - left, bottom - top)
        for ref in (conflict.a, conflict.b)
        if ref in shapes and not shapely.is_empty(shapes[ref])
        for left, top, right, bottom in [shapely.bounds(shapes[ref]).tolist()]
    ]
    return x, y, min(max(2.2 * min(sizes, default=100.0), 25.0), WIDTH_PX)
