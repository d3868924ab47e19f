"""`wideberth spectrum free` and `occupancy`: what of a band is free, and who uses it."""

import json
from pathlib import Path
from typing import Any, Final

import click

from wideberth.arenas import standing_activities
from wideberth.assessing import free_shown, occupancy_shown
from wideberth.assessing.free import LIKELY_EIRP_DBM, LIKELY_HEIGHT_M, MOST_PATHS, Wish, free
from wideberth.assessing.occupancy import Sought, occupancy
from wideberth.cli import UNREADABLE
from wideberth.cli.parties import party_option
from wideberth.cli.progress import Bar
from wideberth.cli.spectrum_inputs import area_of, asked, band_of, give, instant_of, known, width_of
from wideberth.model.span import FrequencyBand, TimeWindow
from wideberth.model.volume import Role

_FORMATS: Final = ("text", "json")
_ALL_FORMATS: Final = ("text", "json", "csv", "svg")


def _given_band(_ctx: click.Context, _param: click.Parameter, value: str) -> FrequencyBand:
    return FrequencyBand(*band_of(value))


def _given_width(_ctx: click.Context, _param: click.Parameter, value: str) -> float:
    return width_of(value)


def _given_instant(_ctx: click.Context, _param: click.Parameter, value: str) -> float:
    return instant_of(value)


@click.command("free")
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option("--band", required=True, callback=_given_band, metavar="MHZ-MHZ", help="225-400")
@click.option("--width", required=True, callback=_given_width, metavar="W", help="25k, 1M")
@click.option("--area", required=True, metavar="F", help="GeoJSON, or LON,LAT,RADIUS: 33,34,10nm.")
@click.option("--from", "start", required=True, callback=_given_instant, metavar="T", help="Begin.")
@click.option("--to", "end", required=True, callback=_given_instant, metavar="T", help="End.")
@click.option("--agreement", metavar="A", help="The agreement; a .toml among the files does too.")
@click.option("--role", type=click.Choice(("emit", "receive")), default="emit", show_default=True)
@click.option("--eirp", type=float, default=LIKELY_EIRP_DBM, show_default=True, metavar="DBM")
@click.option("--height-m", type=float, default=LIKELY_HEIGHT_M, show_default=True, help="At most.")
@click.option("--for", "whose", default="", metavar="P", help="The party that asks.")
@click.option("--closely", type=int, default=MOST_PATHS, show_default=True, help="Paths looked at.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("--output", "-o", metavar="F", help="Write the answer here.")
@party_option
@click.pass_context
def free_(ctx: click.Context, /, **given: Any) -> None:
    """List the channels of a band that are free beside what the FILEs declare, cleanest first.

    Exit code 0: some channel is free, 1: none is, 2: refused, or something could not be read.
    """
    area = area_of(given["area"])
    wish = asked(
        lambda: Wish(
            band=given["band"],
            width_hz=given["width"],
            area=area,
            window=TimeWindow(given["start"], given["end"]),
            role=Role(given["role"]),
            eirp_dbm=given["eirp"],
            height_m=given["height_m"],
            party=given["whose"],
        )
    )
    with Bar() as bar:
        world = known(given["files"], given["agreement"], given["party"], bar)
        found = asked(
            lambda: free(
                world.activities,
                world.agreement,
                wish,
                most_paths=max(0, given["closely"]),
                progress=bar,
            )
        )
    is_text = given["form"] == "text"
    text = free_shown.render_text(found) if is_text else _json(free_shown.fields(found))
    give(text, given["output"], (*world.paths, given["area"]))
    ctx.exit(UNREADABLE if world.unread else 0 if found.free else 1)


@click.command("occupancy")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--band", required=True, callback=_given_band, metavar="MHZ-MHZ", help="225-400")
@click.option("--area", metavar="F", help="GeoJSON, as for free; else anywhere.")
@click.option("--from", "start", required=True, callback=_given_instant, metavar="T", help="Begin.")
@click.option("--to", "end", required=True, callback=_given_instant, metavar="T", help="End.")
@click.option("--agreement", metavar="A", help="The agreement; a .toml among the files does too.")
@click.option(
    "--format", "form", type=click.Choice(_ALL_FORMATS), default="text", show_default=True
)
@click.option("--output", "-o", metavar="F", help="Write it here; .svg, .csv and .json say how.")
@party_option
@click.pass_context
def occupancy_(ctx: click.Context, /, **given: Any) -> None:
    """Tell who uses a band over a window, from what the FILEs declare.

    Exit code 0: told, 2: refused, or something could not be read.
    """
    area = area_of(given["area"]) if given["area"] else None
    with Bar() as bar:
        world = known(given["files"], given["agreement"], given["party"], bar)
    found = asked(
        lambda: occupancy(
            world.activities,
            standing_activities(world.agreement),
            world.agreement,
            Sought(given["band"], TimeWindow(given["start"], given["end"]), area),
        )
    )
    ending = Path(given["output"] or "").suffix.removeprefix(".")
    form = ending if given["form"] == "text" and ending in _ALL_FORMATS else given["form"]
    match form:
        case "json":
            text = _json(occupancy_shown.fields(found))
        case "csv":
            text = occupancy_shown.render_csv(found)
        case "svg":
            text = occupancy_shown.render_svg(found)
        case _:
            text = occupancy_shown.render_text(found)
    inputs = (*world.paths, given["area"]) if given["area"] else world.paths
    give(text, given["output"], inputs)
    ctx.exit(UNREADABLE if world.unread else 0)


def _json(fields: dict[str, Any]) -> str:
    return json.dumps(fields, indent=2, allow_nan=False) + "\n"
