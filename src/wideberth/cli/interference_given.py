"""What the options of `wideberth interference` mean: bands, places, times, and the whole report."""

import math
import re
from collections.abc import Callable
from typing import Any, Final

import click

from wideberth.cli.outputs import RefusedError
from wideberth.formats.coordinates import read_position
from wideberth.formats.times import parse_rfc3339
from wideberth.model.footprint import Circle, Point
from wideberth.model.interference import Bearing, Effect, Report, Service, Source
from wideberth.model.span import FrequencyBand, TimeWindow
from wideberth.units import HERTZ_PER_MEGAHERTZ, METRES_PER_KILOMETRE

_BAND: Final = re.compile(r"(?P<low>\d+(?:\.\d+)?)-(?P<high>\d+(?:\.\d+)?)")
_Command = Callable[..., Any]


def seen_options(function: _Command) -> _Command:
    """Add what can be seen of interference: its effect, and where it comes from."""
    for option in (
        click.option("--effect", type=click.Choice([e.value for e in Effect])),
        click.option(
            "--bearing", type=float, metavar="DEG", help="It comes from there: true, clockwise."
        ),
        click.option(
            "--seen-from",
            type=(float, float),
            metavar="LON LAT",
            help="Where the bearing was taken; else the place.",
        ),
    ):
        function = option(function)
    return function


def report_options(function: _Command) -> _Command:
    """Add what a report says."""
    for option in reversed(
        (
            click.option("--system", required=True, help="What suffers, in words."),
            click.option("--service", required=True, type=click.Choice([s.value for s in Service])),
            click.option("--band", required=True, metavar="LOW-HIGH", help="In MHz."),
            click.option("--from", "start", metavar="TIME", help="First noticed; else now."),
            click.option("--to", "end", metavar="TIME", help="If it is over already."),
            click.option(
                "--place", type=(float, float), metavar="LON LAT", help="Where it is noticed."
            ),
            click.option(
                "--radius-km", type=float, default=0.0, metavar="KM", help="About the place."
            ),
            click.option("--source", default="", help="What is suspected, in words."),
            click.option(
                "--activity",
                metavar="PARTY/ID",
                help="The activity that is suspected: theirs, or ours that they know.",
            ),
            click.option("--conflict", default="", metavar="ID", help="That foretold it."),
            click.option("--action", default="", help="What was done about it so far."),
        )
    ):
        function = option(function)
    return seen_options(function)


def report_of(given: dict[str, Any], now_s: float) -> Report:
    """Return the report that the options say; now_s: when it begins unless they say it."""
    if given["effect"] is None:
        raise RefusedError("say what it does: --effect degraded, intermittent or lost.")
    end_s = math.inf if given["end"] is None else parse_rfc3339(given["end"])
    start_s = now_s if given["start"] is None else parse_rfc3339(given["start"])
    place = None if given["place"] is None else read_position(given["place"])
    return Report(
        system=given["system"],
        service=Service(given["service"]),
        band=band_of(given["band"]),
        effect=Effect(given["effect"]),
        when=TimeWindow(start_s, end_s),
        role=given["by"],
        place=None if place is None else Circle(place, given["radius_km"] * METRES_PER_KILOMETRE),
        bearing=bearing_of(given, place),
        source=_source_of(given["activity"], given["source"]),
        action=given["action"],
        conflict=given["conflict"],
    )


def band_of(text: str) -> FrequencyBand:
    """Return a band given as LOW-HIGH in MHz."""
    found = _BAND.fullmatch(text)
    if found is None:
        raise RefusedError(f"--band {text} is no band. Give it as LOW-HIGH in MHz: 118-137.")
    low_hz, high_hz = (float(found[name]) * HERTZ_PER_MEGAHERTZ for name in ("low", "high"))
    return FrequencyBand(low_hz, high_hz)


def bearing_of(given: dict[str, Any], place: Point | None = None) -> Bearing | None:
    """Return the bearing that the options say, taken from the place unless they say from where."""
    if given["bearing"] is None:
        if given["seen_from"] is not None:
            raise RefusedError("--seen-from without --bearing. Give both, or neither.")
        return None
    seen_from = place if given["seen_from"] is None else read_position(given["seen_from"])
    if seen_from is None:
        raise RefusedError("a bearing from nowhere. Say from where: --seen-from LON LAT.")
    return Bearing(given["bearing"], seen_from)


def time_of(text: str | None) -> float | None:
    """Return a time given as RFC 3339, if one is."""
    return None if text is None else parse_rfc3339(text)


def _source_of(activity: str | None, words: str) -> Source | None:
    if activity is None:
        return Source(words=words) if words.strip() else None
    party, _, name = activity.partition("/")
    if not party or not name:
        raise RefusedError(f"--activity {activity}: give it as PARTY/ID, as south/S-7.")
    return Source(party, name, words)
