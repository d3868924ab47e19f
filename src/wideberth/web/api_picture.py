"""Pictures for the map: the outline of every volume that the asker may see."""

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from wideberth.errors import WideberthError
from wideberth.formats.outlines import Box, Outline
from wideberth.node import queries, tables
from wideberth.node.people import Permission
from wideberth.node.ports import Reader
from wideberth.node.records import Held
from wideberth.node.refusals import NotFoundError
from wideberth.peering.wire import MOST_EFFORT, Text, WireVolume
from wideberth.peering.wire_footprint import Instant, WireFootprint, effort_of
from wideberth.web.api_forms import Form, Paged
from wideberth.web.api_picture_views import (
    DraftDrawn,
    DraftFault,
    DraftPicture,
    Drawn,
    DrawnPage,
    geometry_of,
    heights_and_times,
    moving,
    shape_of,
)
from wideberth.web.api_route import Asked, Route, v1, v1_read
from wideberth.web.api_shown import is_private
from wideberth.web.problems import Fault, RefusedError

MOST_VOLUMES: Final = 1000  # of a draft
MOST_PAGE_BYTES: Final = 8 * 1024 * 1024


class PictureQuery(Paged, frozen=True):
    """party: whose; empty: all. from_s, to_s: in force at some time between.

    bbox: west,south,east,north in degrees; west more than east: across the antimeridian.
    """

    party: Text = ""
    from_s: Instant | None = None
    to_s: Instant | None = None
    bbox: Annotated[str, Meta(max_length=100)] = ""


class DraftForm(Form, frozen=True):
    """volumes: of a draft; each needs its footprint, the rest may be missing or unfinished."""

    volumes: Annotated[tuple[msgspec.Raw, ...], Meta(max_length=MOST_VOLUMES)]


class _Draft(msgspec.Struct):
    footprint: WireFootprint
    id: str = ""


async def page(asked: Asked) -> DrawnPage:
    """Return outlines by party and activity; a page ends early where it would be large."""
    query = asked.query
    boxes = _boxes(query.bbox)
    found = await asked.desk.read(
        lambda reader: queries.activities(
            reader, party=query.party, after=query.after, limit=query.limit
        )
    )
    is_last = len(found) < query.limit

    def is_wanted(volume: WireVolume) -> bool:
        starts = query.to_s is None or volume.start_s is None or volume.start_s <= query.to_s
        ends = query.from_s is None or volume.end_s is None or volume.end_s >= query.from_s
        return starts and ends

    shown = [held for held in found if asked.sees_private or not is_private(held)]
    items, faults, last = await _drawn(asked, shown, boxes, is_wanted)
    if last is None and not is_last:
        last = found[-1]
    after = "" if last is None else tables.key(last.activity.party, last.activity.id)
    return DrawnPage(items=tuple(items), next=after, faults=tuple(faults))


async def one(asked: Asked) -> DrawnPage:
    """Return the outlines of one activity."""
    party, name = asked.path("party"), asked.path("activity")
    held = await asked.desk.read(lambda reader: _held(reader, party, name))
    if held is None or (is_private(held) and not asked.sees_private):
        raise NotFoundError("there is no such activity.")
    items, faults, _last = await _drawn(asked, [held], (), lambda _volume: True)
    return DrawnPage(items=tuple(items), next="", faults=tuple(faults))


def _held(reader: Reader, party: str, name: str) -> Held | None:
    return queries.activity(reader, party, name)


async def _drawn(
    asked: Asked,
    shown: Sequence[Held],
    boxes: Sequence[Box],
    is_wanted: Callable[[WireVolume], bool],
) -> tuple[list[Drawn], list[Fault], Held | None]:
    """Return outlines, and after which activity they were cut off; None: nowhere."""
    wanted = [
        (held, index, volume)
        for held in shown
        for index, volume in enumerate(held.activity.volumes)
        if is_wanted(volume)
    ]
    items: list[Drawn] = []
    faults: list[Fault] = []
    size, before = 0, None
    pictures = asked.door.pictures
    for chunk in _chunks(wanted):
        drawn = await pictures.draw([volume.footprint for _h, _i, volume in chunk], is_checked=True)
        for (held, index, volume), outline in zip(chunk, drawn, strict=True):
            if size > MOST_PAGE_BYTES and before is not None and held is not before:
                return items, faults, before
            before = held
            if not isinstance(outline, Outline):
                where = f"{held.activity.party}/{held.activity.id}/{volume.id}"
                faults.append(Fault(where=where, what=outline.what, remedy=outline.remedy))
            elif not boxes or _meet(outline.boxes, boxes):
                items.append(_item(held, index, volume, outline))
                size += len(outline.coordinates)
    return items, faults, None


Wanted = tuple[Held, int, WireVolume]


def _chunks(wanted: Sequence[Wanted], count: int = 500) -> Iterable[Sequence[Wanted]]:
    for start in range(0, len(wanted), count):
        yield wanted[start : start + count]


def _item(held: Held, index: int, volume: WireVolume, outline: Outline) -> Drawn:
    return Drawn(
        party=held.activity.party,
        activity=held.activity.id,
        revision=held.activity.revision,
        state=held.activity.state,
        volume=volume.id,
        index=index,
        arena=volume.arena,
        shape=shape_of(volume.footprint),
        geometry=geometry_of(outline),
        **heights_and_times(volume),
        **moving(volume.footprint),
    )


def _boxes(text: str) -> tuple[Box, ...]:
    """Return what a bbox asks for, in one or two boxes; raises RefusedError."""
    if not text:
        return ()
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        west = south = east = north = float("nan")
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise RefusedError(
            422, "bbox is no box.", remedy="Give west,south,east,north in degrees: 32,33,36,35."
        )
    if west <= east:
        return ((west, south, east, north),)
    return (west, south, 180.0, north), (-180.0, south, east, north)


def _meet(those: Iterable[Box], others: Iterable[Box]) -> bool:
    return any(
        a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]
        for a in those
        for b in others
    )


async def draft(asked: Asked) -> DraftPicture:
    """Return the outlines of volumes that nobody has declared; one that is wrong stops no other."""
    faults: list[DraftFault] = []
    sound: list[tuple[int, _Draft]] = []
    effort = 0
    for index, raw in enumerate(asked.body.volumes):
        try:
            volume = msgspec.json.decode(raw, type=_Draft)
        except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
            what = f"it is not as it should be: {str(error)[:200]}."
            faults.append(DraftFault(index=index, what=what, remedy="See /openapi.json."))
            continue
        effort += effort_of(volume.footprint)
        sound.append((index, volume))
    if effort > MOST_EFFORT:
        raise RefusedError(
            422,
            "its outlines go to and fro too often to be checked.",
            remedy="Leave out vertices, or split it.",
        )
    drawn = await asked.door.pictures.draw([volume.footprint for _index, volume in sound])
    items: list[DraftDrawn] = []
    for (index, volume), outline in zip(sound, drawn, strict=True):
        if isinstance(outline, WideberthError):
            faults.append(DraftFault(index=index, what=outline.what, remedy=outline.remedy))
            continue
        items.append(
            DraftDrawn(
                index=index,
                volume=volume.id,
                shape=shape_of(volume.footprint),
                geometry=geometry_of(outline),
                **moving(volume.footprint),
            )
        )
    return DraftPicture(items=tuple(items), faults=tuple(sorted(faults, key=lambda f: f.index)))


ROUTES: Final[tuple[Route, ...]] = (
    v1_read("/picture", "Outlines of what is in force", page, DrawnPage, query=PictureQuery),
    v1_read("/picture/{party}/{activity}", "Outlines of an activity", one, DrawnPage, says=(404,)),
    v1(
        "POST",
        "/picture",
        Permission.READ,
        "Outlines of a draft",
        handle=draft,
        takes=DraftForm,
        gives=DraftPicture,
    ),
)
