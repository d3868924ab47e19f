"""One volume on a report's map: its outline, its name, and a label where there is room."""

from dataclasses import dataclass, replace
from typing import Final

import shapely

from wideberth.engine.outline import areas_of, rings_of
from wideberth.formats.lookalike import names
from wideberth.formats.report_aboard import volume_words
from wideberth.formats.report_facts import VolumeIndex
from wideberth.formats.report_parties import PartyLook
from wideberth.formats.report_plane import HEIGHT_PX, WIDTH_PX, View
from wideberth.formats.report_svg import Box, Labels, path_of, text_width
from wideberth.formats.report_ticks import Tick, time_ticks
from wideberth.formats.report_words import heights, window
from wideberth.formats.shown import fitted, plain
from wideberth.interference.craft import is_aboard
from wideberth.model.activity import Activity
from wideberth.model.conflict import VolumeRef
from wideberth.model.footprint import Track
from wideberth.model.volume import Volume

_TOLERANCE_PX: Final = 0.15
_SMALL_PX: Final = 26.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """One volume: its path, how it looks, its full name, and its label ("" for none).

    is_late: the label is for looking closely only.
    """

    path: str
    look: PartyLook
    name: str
    is_line: bool
    label: str = ""
    x: float = 0.0
    y: float = 0.0
    is_late: bool = False
    ticks: tuple[Tick, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A volume laid on the view, in pixels."""

    ref: VolumeRef
    activity: Activity
    volume: Volume
    shape: shapely.Geometry


def placed(ref: VolumeRef, index: VolumeIndex, view: View) -> Placed:
    """Lay a volume on the view."""
    activity, volume = index[ref]
    rings = rings_of(volume.footprint, tolerance_m=_TOLERANCE_PX * view.metres_per_px)
    return Placed(ref, activity, volume, view.shape(rings))


def drawn(found: Placed, look: PartyLook) -> Drawn:
    """Return a volume's outline and name, without a label."""
    dimensions = int(shapely.get_dimensions(found.shape))
    shape = found.shape if dimensions > 0 else shapely.buffer(found.shape, 3.0)
    name = volume_name(found.activity, found.volume)
    return Drawn(path_of(shape, 2), look, name, is_line=dimensions == 1)


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """Where labels may go; is_crowded: labels of small shapes wait until one looks closely."""

    labels: Labels
    hatched: shapely.Geometry
    is_crowded: bool


def labelled(found: Placed, look: PartyLook, view: View, room: Room) -> Drawn:
    """Return a volume's outline with its label and, if it moves, its times."""
    bare = drawn(found, look)
    if shapely.is_empty(found.shape):
        return bare
    label = short_name(found.activity, found.volume)
    left, top, right, bottom = shapely.bounds(found.shape).tolist()
    is_small = max(right - left, bottom - top) < _SMALL_PX
    box = None
    if not (room.is_crowded and is_small):
        places = _label_places(found.shape, room.hatched, 26.0 + text_width(label))
        box = room.labels.find(places)
    ticks = _track_ticks(found.volume, view, room.labels)
    if box is None:
        middle = shapely.point_on_surface(found.shape)
        return replace(bare, label=label, x=middle.x, y=bottom, is_late=True, ticks=ticks)
    return replace(bare, label=label, x=box[0], y=box[3] - 5.0, ticks=ticks)


def _label_places(shape: shapely.Geometry, hatched: shapely.Geometry, width: float) -> list[Box]:
    """Return where a label may stand: in the shape's free parts, else close by them."""
    shape = shapely.make_valid(shape)
    free = areas_of(shapely.difference(shape, hatched))
    inside = shape if shapely.is_empty(free) else free
    seen = shapely.intersection(inside, shapely.box(0.0, 0.0, WIDTH_PX, HEIGHT_PX - 20.0))
    if shapely.is_empty(seen):
        return []
    left, top, right, bottom = shapely.bounds(seen).tolist()
    third = (right - left) / 3.0
    pieces = [seen]
    for k in (1, 0, 2):
        strip = shapely.box(left + k * third, top, left + (k + 1) * third, bottom)
        piece = shapely.intersection(seen, strip)
        pieces += [piece] if not shapely.is_empty(piece) else []
    middles = [shapely.point_on_surface(piece) for piece in pieces]
    anchors = [(m.x - width / 2, m.y + 9) for m in middles]
    for m in middles:
        anchors += [(m.x - width / 2, m.y + dy) for dy in (30, -12, 48, -30)]
    anchors += [(right + 4, middles[0].y + 9), (left - width - 4, middles[0].y + 9)]
    return [(ax, ay - 18.0, ax + width, ay) for ax, ay in anchors]


def _track_ticks(volume: Volume, view: View, labels: Labels) -> tuple[Tick, ...]:
    if not isinstance(volume.footprint, Track):
        return ()
    found = []
    for tick in time_ticks(volume.footprint):
        x, y = view.place((tick.x, tick.y))
        has_room = labels.find([(x - 20.0, y + 4.0, x + 20.0, y + 18.0)]) is not None
        found.append(Tick(x, y, tick.words if has_room else ""))
    return tuple(found)


def volume_name(activity: Activity, volume: Volume) -> str:
    """Return all that a picture's tip says of a volume."""
    title = f" {plain(activity.title)}" if activity.title else ""
    return (
        f"{names(activity.party, activity.id)}{title},"
        f" {volume_words(activity, volume)}; {heights(volume.height)};"
        f" {window(volume.time.start_s, volume.time.end_s)}"
    )


def short_name(activity: Activity, volume: Volume, longest: int = 20) -> str:
    """Return a label: the activity, with the volume where there are several, cut to fit.

    Of a receiver aboard a craft: the activity and the service.
    """
    if is_aboard(volume):
        name = f"{activity.id} {volume.radio.service if volume.radio else ''}"
    else:
        several = sum(not is_aboard(one) for one in activity.volumes) > 1
        name = f"{activity.id} {volume.id}" if several else activity.id
    return fitted(name, longest)
