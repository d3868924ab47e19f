"""The read-back of an activity: every place of it in a second notation, heights, times, bands.

The receiver's node makes one from the copy it holds and sends it back; the sender's node opens
the notations again and compares them with what it declared (REQUIREMENTS R4). A place that came
over nine kilometres wrong cannot be read back right.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final, TypeVar

from wideberth.engine.geodesy import GEOD
from wideberth.engine.moved_words import far
from wideberth.errors import WideberthError
from wideberth.formats.notation import bearing_of, dms_of, mgrs_of, opens
from wideberth.formats.readback_words import bands, heights, shape, times
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.model.footprint import Circle, Everywhere, Footprint, Point, Polygon
from wideberth.model.volume import Volume

T = TypeVar("T")

_NOTATIONS: Final = (" mgrs", " dms", " bearing")


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a footprint: which one it is, and where, in three notations.

    bearing: from the agreement's nearest named point, empty where it names none.
    """

    which: str
    mgrs: str
    dms: str
    bearing: str = ""


@dataclass(frozen=True, slots=True)
class VolumeReadBack:
    """A volume as it is read back: every place of it, and the rest in words."""

    id: str
    arena: str
    shape: str
    places: tuple[Place, ...]
    heights: str
    times: str
    band: str = ""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """An activity as it is read back: who, what, which revision, and its volumes."""

    party: str
    activity: str
    revision: int
    state: str
    kind: str
    volumes: tuple[VolumeReadBack, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What two read-backs do not say alike: where, and either's words (empty: not there)."""

    where: str
    ours: str
    theirs: str


def read_back(activity: Activity, agreement: Agreement) -> ReadBack:
    """Return an activity's read-back, with all places of all its volumes."""
    return ReadBack(
        party=activity.party,
        activity=activity.id,
        revision=activity.revision,
        state=activity.state.value,
        kind=activity.kind,
        volumes=tuple(_volume(volume, agreement) for volume in activity.volumes),
    )


def _volume(volume: Volume, agreement: Agreement) -> VolumeReadBack:
    return VolumeReadBack(
        id=volume.id,
        arena=volume.arena.value,
        shape=shape(volume.footprint),
        places=tuple(
            Place(which, mgrs_of(point), dms_of(point), bearing_of(point, agreement) or "")
            for which, point in places_of(volume.footprint)
        ),
        heights=heights(volume.height),
        times=times(volume.time, volume.footprint),
        band=bands(volume),
    )


def places_of(footprint: Footprint) -> Iterator[tuple[str, Point]]:
    """Yield every given place of a footprint with what it is: centre, vertex 1, hole 1 vertex 2."""
    if isinstance(footprint, Everywhere):
        return
    if isinstance(footprint, Circle):
        yield "centre", footprint.centre
        return
    if not isinstance(footprint, Polygon):
        yield from _numbered("", footprint.points)
        return
    for number, part in enumerate(footprint.parts, start=1):
        head = f"part {number} " if len(footprint.parts) > 1 else ""
        yield from _numbered(head, part.outer)
        for hole, ring in enumerate(part.holes, start=1):
            yield from _numbered(f"{head}hole {hole} ", ring)


def _numbered(head: str, points: tuple[Point, ...]) -> Iterator[tuple[str, Point]]:
    return ((f"{head}vertex {k}", point) for k, point in enumerate(points, start=1))


def differences(ours: ReadBack, theirs: ReadBack) -> tuple[Difference, ...]:
    """Return what two read-backs say differently, field by field; none when they are alike."""
    found = list(_unlike("", ours, theirs))
    for where, one, other in _paired(ours.volumes, theirs.volumes, "volume", "id"):
        if one is None or other is None:
            found.append(_only(where, one, other))
            continue
        found += _unlike(f"{where}: ", one, other)
        for which, place, there in _paired(one.places, other.places, f"{where}:", "which"):
            if place is None or there is None:
                found.append(_only(which, place, there))
            else:
                found += _unlike(f"{which} ", place, there)
    return tuple(found)


def _paired(
    ours: tuple[T, ...], theirs: tuple[T, ...], head: str, key: str
) -> Iterator[tuple[str, T | None, T | None]]:
    mine = {getattr(item, key): item for item in ours}
    others = {getattr(item, key): item for item in theirs}
    for name in dict.fromkeys((*mine, *others)):
        yield f"{head} {name}", mine.get(name), others.get(name)


def _only(where: str, one: object, other: object) -> Difference:
    return Difference(where, "there" if one else "", "there" if other else "")


def _unlike(where: str, ours: object, theirs: object) -> Iterator[Difference]:
    for name in (field.name for field in fields(ours)):  # type: ignore[arg-type]
        one, other = getattr(ours, name), getattr(theirs, name)
        if not isinstance(one, tuple) and one != other:
            yield Difference(f"{where}{name}", str(one), str(other))


def verify(activity: Activity, returned: ReadBack, agreement: Agreement) -> tuple[Difference, ...]:
    """Return where a read-back does not stand for an activity; none when all of it does.

    Each notation of each place is opened anew and measured against the activity's own figures;
    texts are compared as they stand, but places only by where they are.
    """
    own = read_back(activity, agreement)
    found = [d for d in differences(own, returned) if not d.where.endswith(_NOTATIONS)]
    given = {volume.id: dict(places_of(volume.footprint)) for volume in activity.volumes}
    for volume in returned.volumes:
        points = given.get(volume.id, {})
        for place in volume.places:
            if place.which in points:
                where = f"volume {volume.id}: {place.which}"
                found += _strays(where, place, points[place.which], agreement)
    return tuple(found)


def _strays(where: str, place: Place, point: Point, agreement: Agreement) -> Iterator[Difference]:
    for name, text, own in (
        ("mgrs", place.mgrs, mgrs_of(point)),
        ("dms", place.dms, dms_of(point)),
        ("bearing", place.bearing, bearing_of(point, agreement) or ""),
    ):
        if name == "bearing" and not text and not own:
            continue
        try:
            opened = opens(text, agreement)
        except WideberthError as error:
            yield Difference(f"{where} {name}", own, f"{text} ({error.what})")
            continue
        off_m = GEOD.inv(*point, *opened.point)[2]
        if off_m > opened.within_m:
            yield Difference(f"{where} {name}", own, f"{text} ({far(off_m)} off)")
