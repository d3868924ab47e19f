"""Reading somebody's file into activities that a person looks at before declaring each.

Nothing is declared, kept or told here. Whatever `wideberth convert` reads is read.
"""

import asyncio
import hashlib
from typing import Annotated, Any, Final

from msgspec import Meta, Struct

from wideberth.errors import WideberthError
from wideberth.formats.gathering import gather
from wideberth.formats.outlines import Outline
from wideberth.formats.reading import Problem, Reading, ReadOptions, Severity
from wideberth.formats.sniff import read_any
from wideberth.node import queries
from wideberth.node.people import Permission
from wideberth.peering.wire import WireActivity, to_wire, within_bounds
from wideberth.web.api_forms import Form
from wideberth.web.api_picture import MOST_PAGE_BYTES
from wideberth.web.api_picture_views import DraftDrawn, geometry_of, moving, shape_of
from wideberth.web.api_route import Asked, Route
from wideberth.web.api_shown import is_private
from wideberth.web.problems import RefusedError

MOST_IMPORT_BYTES: Final = 16 * 1024 * 1024
MOST_ITEMS: Final = 1000
_ENDINGS: Final = {
    "application/geo+json": "plan.geojson",
    "application/json": "plan.json",
    "application/vnd.google-earth.kml+xml": "drawing.kml",
    "application/vnd.google-earth.kmz": "drawing.kmz",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "sheet.xlsx",
    "application/octet-stream": "file",
    "application/xml": "drawing.kml",
    "application/zip": "archive.zip",
    "text/csv": "sheet.csv",
    "text/plain": "notice.txt",
    "text/tab-separated-values": "sheet.tsv",
    "text/xml": "drawing.kml",
}
_TURN: Final = asyncio.Semaphore(1)


class ImportQuery(Form, frozen=True):
    """name: of the file, whose ending helps where the content fits several formats.

    party: of a file that names none; empty: ours. repair: mend rings that cross themselves, and
    say so.
    """

    name: Annotated[str, Meta(max_length=255)] = ""
    party: Annotated[str, Meta(max_length=200)] = ""
    repair: bool = False


class ImportProblem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A remark of the reader. text: the very words that it is about, where there are any.

    error: that piece was refused; partial: not all of it was used, a person must look; assumed:
    the file does not say it; note: worth knowing.
    """

    severity: Severity
    where: str
    what: str
    remedy: str = ""
    text: str = ""


class Unread(Struct, frozen=True, kw_only=True):
    """Words of the file that nothing was made of, as they stand there."""

    where: str
    text: str


class ImportItem(Struct, frozen=True, kw_only=True):
    """An activity that was read. outlines: empty where the file is so large that none are drawn.

    is_ours: it is of our party; others cannot be declared here. held: the revision of that name
    that is in force; null: none. problems: the remarks that name it, what was assumed among them.
    """

    activity: WireActivity
    outlines: tuple[DraftDrawn, ...]
    is_ours: bool
    held: int | None
    problems: tuple[ImportProblem, ...]


class ImportRead(Struct, frozen=True, kw_only=True):
    """What was made of a file. sha256: of its bytes. format: "unknown" where nobody reads it.

    understood: in short sentences. problems: all of them, those of the items too, worst first.
    """

    name: str
    size: int
    sha256: str
    format: str
    understood: tuple[str, ...]
    items: tuple[ImportItem, ...]
    problems: tuple[ImportProblem, ...]
    unread: tuple[Unread, ...]


async def read_in(asked: Asked) -> ImportRead:
    """Return what was understood, assumed and not read of a file; nothing is declared."""
    query, data = asked.query, asked.body
    name = query.name or _ENDINGS[_media(asked)]
    options = ReadOptions(party=query.party or asked.desk.party, repair=query.repair)
    async with _TURN:
        reading, found = await asyncio.to_thread(_read, data, name, options)
    activities, faults = found
    if len(activities) > MOST_ITEMS:
        raise RefusedError(413, f"more than {MOST_ITEMS:,} activities.", remedy="Split the file.")
    problems = tuple(
        _problem(one)
        for one in sorted(
            (*reading.problems, *faults), key=lambda one: list(Severity).index(one.severity)
        )
    )
    held = await asked.desk.read(
        lambda reader: [queries.activity(reader, one.party, one.id) for one in activities]
    )
    outlines = await _outlines(asked, activities)
    items = tuple(
        ImportItem(
            activity=one,
            outlines=drawn,
            is_ours=one.party == asked.desk.party,
            held=None
            if kept is None or (is_private(kept) and not asked.sees_private)
            else kept.activity.revision,
            problems=tuple(problem for problem in problems if _is_about(problem, one.id)),
        )
        for one, kept, drawn in zip(activities, held, outlines, strict=True)
    )
    return ImportRead(
        name=name,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        format=reading.format,
        understood=reading.understood,
        items=items,
        problems=problems,
        unread=tuple(Unread(where=one.where, text=one.text) for one in problems if one.text),
    )


def _media(asked: Asked) -> str:
    return asked.request.headers.get("content-type", "").partition(";")[0].strip().lower()


Found = tuple[list[WireActivity], list[Problem]]


def _read(data: bytes, name: str, options: ReadOptions) -> tuple[Reading, Found]:
    """Return a file's reading, its activities as they are written, and why others cannot be."""
    try:
        first = read_any(data, name, options)
        activities, _links, noted = gather([first])
    except (WideberthError, RecursionError) as error:
        what = error.what if isinstance(error, WideberthError) else "it is nested too deeply."
        refused = Problem(Severity.ERROR, "file", what, "Save it anew.")
        return Reading(name, "unknown", problems=(refused,)), ([], [])
    wires: list[WireActivity] = []
    faults: list[Problem] = []
    for one in activities:
        try:
            wires.append(within_bounds(to_wire(one)))
        except WideberthError as error:
            faults.append(Problem.of(error, f"activity {one.id[:60]!r}"))
    problems = tuple(problem for reading in noted for problem in reading.problems)
    whole = Reading(name, first.format, problems=problems, understood=first.understood)
    return whole, (wires, faults)


def _problem(one: Problem) -> ImportProblem:
    return ImportProblem(
        severity=one.severity, where=one.where, what=one.what, remedy=one.remedy, text=one.text
    )


def _is_about(problem: ImportProblem, activity: str) -> bool:
    """Return whether a remark names an activity, and not one whose name only begins so."""
    _before, is_there, after = problem.where.partition(activity)
    return bool(is_there) and not after[:1].isalnum()


async def _outlines(asked: Asked, activities: list[WireActivity]) -> list[tuple[DraftDrawn, ...]]:
    """Return the outlines of each activity; none from where they would be too large together."""
    found: list[tuple[DraftDrawn, ...]] = []
    size = 0
    for one in activities:
        if size > MOST_PAGE_BYTES:
            found.append(())
            continue
        footprints = [volume.footprint for volume in one.volumes]
        drawn = await asked.door.pictures.draw(footprints, is_checked=True)
        outlines: list[DraftDrawn] = []
        for index, (volume, outline) in enumerate(zip(one.volumes, drawn, strict=True)):
            if not isinstance(outline, Outline):
                continue
            size += len(outline.coordinates)
            more: dict[str, Any] = moving(volume.footprint)
            outlines.append(
                DraftDrawn(
                    index=index,
                    volume=volume.id,
                    shape=shape_of(volume.footprint),
                    geometry=geometry_of(outline),
                    **more,
                )
            )
        found.append(tuple(outlines))
    return found


ROUTES: Final[tuple[Route, ...]] = (
    Route(
        method="POST",
        path="/api/v1/import",
        permission=Permission.DECLARE,
        summary="Read a file into activities to be looked at; nothing is declared",
        handle=read_in,
        query=ImportQuery,
        gives=ImportRead,
        media=tuple(_ENDINGS),
        most_bytes=MOST_IMPORT_BYTES,
    ),
)
