"""A map for print: activities and areas as one SVG, with each party's letter, line and colour."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np
import shapely

from wideberth.engine.outline import rings_of
from wideberth.formats.lookalike import named, names
from wideberth.formats.report_drawn import Drawn, Room, labelled, placed
from wideberth.formats.report_graticule import graticule, scale_bar
from wideberth.formats.report_parties import STYLES, PartyLook, looks_of
from wideberth.formats.report_plane import HEIGHT_PX, WIDTH_PX, View, fit
from wideberth.formats.report_sight import rough
from wideberth.formats.report_svg import Labels, path_of, px, text_width
from wideberth.formats.shown import line as said
from wideberth.model.activity import Activity
from wideberth.model.conflict import VolumeRef
from wideberth.model.footprint import Everywhere, Footprint
from wideberth.model.span import HeightBand, TimeWindow
from wideberth.model.volume import Arena, Volume

_FONT: Final = "Libertinus Serif, DejaVu Sans Mono, serif"
_INK: Final = "#14202b"
_GRID: Final = "#b4c0ca"
_AREA: Final = "#4b5a67"
_HUES: Final = ("#0072b2", "#bc4d00", "#00775a", "#9a3d7d", "#6b5600", "#3b4a57")
_DASHES: Final = ("none", "9 5", "2 4", "12 4 2 4", "16 6", "5 3 1 3 1 3")
_CROWD: Final = 24
_KEY_PX: Final = 26.0
assert len(_HUES) == len(_DASHES) == STYLES


@dataclass(frozen=True, slots=True)
class Area:
    """A named area that is no activity: the theatre, a caution area."""

    name: str
    footprint: Footprint


def activity_map(activities: Sequence[Activity], areas: Sequence[Area] = ()) -> str | None:
    """Return the map, fitted to all that has an outline; None where nothing has."""
    index = _index(activities)
    shown = [area for area in areas if not isinstance(area.footprint, Everywhere)]
    held = [volume for _activity, volume in index.values()]
    held = held or [_as_volume(area) for area in shown]  # the theatre alone, else what is in it
    seen = [found for volume in held if (found := rough(volume)) is not None]
    if not seen:
        return None
    view = fit(np.concatenate(seen))
    looks = looks_of(sorted({activity.party for activity in activities}))
    height_px = HEIGHT_PX + _KEY_PX * bool(looks)
    parts = "\n".join(_parts(view, index, looks, shown))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {px(WIDTH_PX)} {px(height_px)}"'
        f' font-family="{_FONT}" font-size="13" fill="{_INK}">\n'
        f'<clipPath id="frame"><rect width="{px(WIDTH_PX)}" height="{px(HEIGHT_PX)}"/></clipPath>\n'
        f"{parts}\n</svg>\n"
    )


def _index(activities: Sequence[Activity]) -> dict[VolumeRef, tuple[Activity, Volume]]:
    return {
        VolumeRef(activity.party, activity.id, place, volume.id): (activity, volume)
        for activity in activities
        for place, volume in enumerate(activity.volumes)
        if not isinstance(volume.footprint, Everywhere)
    }


def _as_volume(area: Area) -> Volume:
    always = TimeWindow(float("-inf"), float("inf"))
    height = HeightBand.of(float("-inf"), float("inf"))
    return Volume(area.name, Arena.AIR, area.footprint, height, always)


def _parts(
    view: View,
    index: Mapping[VolumeRef, tuple[Activity, Volume]],
    looks: Mapping[str, PartyLook],
    areas: Sequence[Area],
) -> Iterator[str]:
    labels = Labels((4.0, 4.0, WIDTH_PX - 4.0, HEIGHT_PX - 22.0))
    scale = scale_bar(view)
    labels.take((10.0, HEIGHT_PX - 40.0, 30.0 + max(scale.length_px, 130.0), HEIGHT_PX))
    found = [placed(ref, index, view) for ref in sorted(index)]
    room = Room(labels, shapely.MultiPolygon(), is_crowded=len(found) > _CROWD)
    drawn = [labelled(one, looks[one.ref.party], view, room) for one in found]
    yield '<g clip-path="url(#frame)">'
    yield f'<rect width="{px(WIDTH_PX)}" height="{px(HEIGHT_PX)}" fill="#f4f6f7"/>'
    yield from _grid(view)
    for area in areas:
        yield from _area(area, view, labels)
    for one in drawn:
        yield _outline(one)
    for one in drawn:
        yield from _names(one)
    yield _scale(scale.length_px, scale.words)
    yield "</g>"
    yield from _key(looks.values())


def _grid(view: View) -> Iterator[str]:
    for line in graticule(view):
        if line.is_fine:
            continue
        yield f'<path d="{line.path}" fill="none" stroke="{_GRID}" stroke-width="0.7"/>'
        if line.x >= 0.0:
            yield _text(line.x + 3.0, line.y - 4.0, line.name, f'font-size="10" fill="{_AREA}"')


def _area(area: Area, view: View, labels: Labels) -> Iterator[str]:
    shape = view.shape(rings_of(area.footprint, tolerance_m=0.3 * view.metres_per_px))
    if shapely.is_empty(shape):
        return
    yield (
        f'<path d="{path_of(shape)}" fill="none" stroke="{_AREA}" stroke-width="1.4"'
        ' stroke-dasharray="1 3"/>'
    )
    left, top, _right, _bottom = shapely.bounds(shape).tolist()
    x, y = max(left, 8.0) + 4.0, max(top, 8.0) + 16.0
    name, width = named(area.name), text_width(area.name, 11.0)
    if labels.find([(x, y - 12.0, x + width, y + 3.0)]) is not None:
        yield _text(x, y, name, f'font-size="11" font-style="italic" fill="{_AREA}"')


def _outline(one: Drawn) -> str:
    hue, dash = _HUES[one.look.style], _DASHES[one.look.style]
    fill = "none" if one.is_line else hue
    return (
        f'<path d="{one.path}" fill="{fill}" fill-opacity="0.1" stroke="{hue}" stroke-width="1.6"'
        f' stroke-dasharray="{dash}"/>'
    )


def _names(one: Drawn) -> Iterator[str]:
    hue = _HUES[one.look.style]
    for tick in one.ticks:
        yield f'<circle cx="{px(tick.x)}" cy="{px(tick.y)}" r="2.5" fill="{hue}"/>'
        if tick.words:
            yield _text(tick.x, tick.y + 14.0, tick.words, 'font-size="10" text-anchor="middle"')
    if one.label and not one.is_late:
        halo = 'paint-order="stroke" stroke="#f4f6f7" stroke-width="3"'
        words = f"{one.look.letter}  {one.label}"
        yield _text(one.x, one.y, words, f'{halo} stroke-linejoin="round"')


def _scale(length_px: float, words: str) -> str:
    path = f"M20 {px(HEIGHT_PX - 25.0)}V{px(HEIGHT_PX - 20.0)}H{px(20.0 + length_px)}V"
    return (
        f'<path d="{path}{px(HEIGHT_PX - 25.0)}" fill="none" stroke="{_INK}" stroke-width="1.4"/>'
        + _text(24.0, HEIGHT_PX - 27.0, words)
    )


def _key(looks: Iterable[PartyLook]) -> Iterator[str]:
    x = 4.0
    for look in looks:
        hue, dash = _HUES[look.style], _DASHES[look.style]
        y = HEIGHT_PX + 16.0
        words = f"{look.letter}  {names(look.party)}"
        yield (
            f'<path d="M{px(x)} {px(y - 4.0)}h34" stroke="{hue}" stroke-width="2.5"'
            f' stroke-dasharray="{dash}"/>'
        )
        yield _text(x + 40.0, y, words)
        x += 64.0 + text_width(words, 13.0)


def _text(x: float, y: float, words: str, more: str = "") -> str:
    """Return a line of text that cannot break out of the picture."""
    gap = " " if more else ""
    return f'<text x="{px(x)}" y="{px(y)}"{gap}{more}>{escape(said(words), quote=True)}</text>'
