"""What the questions about the spectrum are asked of: plans, an agreement, areas, tiles, times."""

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click

from wideberth.cli.inputs import read_files
from wideberth.cli.outputs import RefusedError, say_aside, show_errors, show_text, write_whole
from wideberth.cli.parties import named_parties
from wideberth.cli.progress import Bar
from wideberth.errors import WideberthError
from wideberth.formats.builtin import builtin_agreement
from wideberth.formats.gathering import gather
from wideberth.formats.reading import Reading
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement

if TYPE_CHECKING:
    from wideberth.model.footprint import Footprint
    from wideberth.spectrum.terrain import Mosaic

MOST_REPORT_BYTES: Final = 256 * 1024 * 1024
HERTZ_PER_MEGAHERTZ: Final = 1e6
T = TypeVar("T")
_CIRCLE: Final = re.compile(
    r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?),(\d+(?:\.\d+)?) ?(nm|km|m)", re.IGNORECASE
)
_WIDTHS: Final = {"k": 1e3, "m": 1e6, "g": 1e9}


@dataclass(frozen=True, slots=True)
class Known:
    """What files say: activities, the agreement, and how many pieces could not be read."""

    activities: tuple[Activity, ...]
    agreement: Agreement
    unread: int
    paths: tuple[str, ...]


def known(files: Sequence[str], agreement: str | None, party: Sequence[str], bar: Bar) -> Known:
    """Return what files say; what could not be read is told on standard error.

    Raises RefusedError where an agreement was given and there is none to judge by.
    """
    paths = tuple(files) if agreement is None else (*files, agreement)
    readings = read_files(paths, parties=named_parties(party, paths), progress=bar)
    in_force = _agreement(readings, is_given=agreement is not None)
    activities, _links, readings = gather(readings)
    unread = show_errors(readings)
    if unread:
        click.echo(f"THE ANSWER IS NOT COMPLETE: {unread:,} could not be read (above).", err=True)
    return Known(tuple(activities), in_force, unread, paths)


def _agreement(readings: Sequence[Reading], *, is_given: bool) -> Agreement:
    found = [reading for reading in readings if reading.format == "agreement"]
    if len(found) > 1:
        names = ", ".join(reading.source for reading in found)
        raise RefusedError(f"more than one agreement: {names}. Give the one in force.")
    if not found and not is_given:
        return builtin_agreement()
    if not found or found[0].agreement is None:
        show_errors(readings)
        raise RefusedError("there is no agreement to judge by. Correct it and ask again.")
    return found[0].agreement


def band_of(text: str) -> tuple[float, float]:
    """Return the edges in hertz of a band in megahertz: 225-400."""
    low, mark, high = text.partition("-")
    try:
        edges = float(low) * HERTZ_PER_MEGAHERTZ, float(high) * HERTZ_PER_MEGAHERTZ
    except ValueError:
        edges = (0.0, 0.0)
    if not mark or not 0.0 < edges[0] < edges[1] < 1e15:
        raise click.BadParameter(f"{text!r} is no band. Give megahertz: 225-400.")
    return edges


def width_of(text: str) -> float:
    """Return a width in hertz: 25k, 8.33k, 1M, or hertz."""
    given = text.strip().lower().removesuffix("hz").strip()
    factor = _WIDTHS.get(given[-1:], 1.0)
    try:
        width_hz = float(given[:-1] if factor > 1.0 else given) * factor
    except ValueError:
        width_hz = 0.0
    if not 0.0 < width_hz < 1e12:
        raise click.BadParameter(f"{text!r} is no width. Give it as 25k, 8.33k or 1M.")
    return width_hz


def instant_of(text: str) -> float:
    """Return seconds since 1970 of an instant: 2026-11-22T08:00Z."""
    from wideberth.formats.times import parse_rfc3339  # noqa: PLC0415 - when it is wanted

    whole = text.strip().upper()
    if whole.count(":") == 1 and whole.endswith("Z"):
        whole = f"{whole[:-1]}:00Z"
    try:
        return parse_rfc3339(whole)
    except (WideberthError, ValueError):
        raise click.BadParameter(f"{text!r} is no instant. Give 2026-11-22T08:00Z.") from None


def area_of(path: str) -> "Footprint":
    """Return the area in a GeoJSON file, or a circle LON,LAT,RADIUS; raises RefusedError."""
    from wideberth.assessing.area import area_of as of_geojson  # noqa: PLC0415 - when wanted
    from wideberth.assessing.area import read_area  # noqa: PLC0415 - when it is wanted

    circle = _CIRCLE.fullmatch(path.strip())
    if circle is not None:
        lon, lat, radius, unit = circle.groups()
        point = {"type": "Point", "coordinates": [float(lon), float(lat)]}
        return asked(lambda: of_geojson(point | {f"radius_{unit.lower()}": float(radius)}))
    return asked(lambda: read_area(_read(path).decode("utf-8", errors="replace")))


def mosaic_of(paths: Sequence[str]) -> "Mosaic | None":
    """Return the terrain in tiles; None: none was given. Raises RefusedError."""
    if not paths:
        return None
    from wideberth.formats.terrain import read_terrain  # noqa: PLC0415 - when it is wanted
    from wideberth.spectrum.terrain import Mosaic  # noqa: PLC0415 - when it is wanted

    return asked(lambda: Mosaic.of(read_terrain(_read(path), Path(path).name) for path in paths))


def report_of(path: str) -> str:
    """Return the text of a report; - is standard input."""
    if path == "-":
        return sys.stdin.buffer.read(MOST_REPORT_BYTES).decode("utf-8", errors="replace")
    return _read(path).decode("utf-8", errors="replace")


def _read(path: str) -> bytes:
    try:
        if Path(path).stat().st_size > MOST_REPORT_BYTES * 2:
            raise RefusedError(f"{path} is too large.")
        return Path(path).read_bytes()
    except OSError as error:
        raise RefusedError(f"{path} cannot be read: {error.strerror or error}.") from None


def asked(question: Callable[[], T]) -> T:
    """Return an answer; what is refused is said with its remedy, exit code 2."""
    try:
        return question()
    except WideberthError as error:
        raise RefusedError(error.diagnostics()) from None


def give(text: str, output: str | None, inputs: Sequence[str]) -> None:
    """Write an answer to standard output, or to a file whole or not at all."""
    if output is None:
        show_text(text)
        return
    write_whole(output, text, inputs=inputs)
    say_aside(f"Wrote {output}.")
