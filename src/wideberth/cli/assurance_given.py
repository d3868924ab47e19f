"""What the options of `wideberth assurance give` mean: the scope of a promise."""

import math
from collections.abc import Callable
from typing import Any

import click

from wideberth.cli.outputs import RefusedError
from wideberth.cli.spectrum_inputs import area_of, band_of, instant_of
from wideberth.model.assurance import ANY_KIND, Scope
from wideberth.model.span import Datum, FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena

_Command = Callable[..., Any]


def scope_options(function: _Command) -> _Command:
    """Add what says when, where and what is promised not to be done."""
    for option in reversed(
        (
            click.option("--from", "start", metavar="TIME", help="From when on; else now."),
            click.option("--until", required=True, metavar="TIME", help="The expiry."),
            click.option("--area", metavar="F", help="GeoJSON, or LON,LAT,RADIUS; else anywhere."),
            click.option(
                "--arena",
                "arenas",
                type=click.Choice([arena.value for arena in Arena]),
                multiple=True,
                help="May be given again; else all of them.",
            ),
            click.option(
                "--kind",
                "kinds",
                multiple=True,
                help="Of activities; may be given again; else any.",
            ),
            click.option("--lower-m", type=float, metavar="M", help="From this height up."),
            click.option("--upper-m", type=float, metavar="M", help="Up to this height."),
            click.option(
                "--datum",
                type=click.Choice([datum.value for datum in Datum]),
                default=Datum.MSL.value,
                show_default=True,
                help="Of both heights.",
            ),
            click.option("--band", metavar="LOW-HIGH", help="In MHz; for the spectrum alone."),
        )
    ):
        function = option(function)
    return function


def scope_of(given: dict[str, Any], now_s: float) -> Scope:
    """Return the scope that the options say; now_s: when it begins unless they say it."""
    start_s = now_s if given["start"] is None else instant_of(given["start"])
    end_s = instant_of(given["until"])
    if end_s <= start_s:
        raise RefusedError("the expiry does not come after the beginning.")
    return Scope(
        window=TimeWindow(start_s, end_s),
        arenas=tuple(map(Arena, given["arenas"])) or tuple(Arena),
        kinds=given["kinds"] or (ANY_KIND,),
        area=None if given["area"] is None else area_of(given["area"]),
        heights=_heights_of(given),
        band=None if given["band"] is None else FrequencyBand(*band_of(given["band"])),
    )


def _heights_of(given: dict[str, Any]) -> HeightBand | None:
    lower_m, upper_m = given["lower_m"], given["upper_m"]
    if lower_m is None and upper_m is None:
        return None
    return HeightBand.of(
        -math.inf if lower_m is None else lower_m,
        math.inf if upper_m is None else upper_m,
        Datum(given["datum"]),
    )
