"""`wideberth spectrum assess` and `contour`: what an emission does, and how far it is heard."""

import json
from pathlib import Path
from typing import Any, Final

import click

from wideberth.assessing import affected_json, affected_text, contour_geojson, contour_svg
from wideberth.assessing.affected import Subject, assess, emissions
from wideberth.assessing.contour import LEAST_AZIMUTHS, Level, Receiver, contours
from wideberth.assessing.levels import level_of_service
from wideberth.assessing.over_terrain import OverTerrain
from wideberth.cli import UNREADABLE
from wideberth.cli.outputs import RefusedError
from wideberth.cli.parties import party_option
from wideberth.cli.progress import Bar
from wideberth.cli.spectrum_inputs import asked, give, known, mosaic_of

_FORMATS: Final = ("text", "json")
_PICTURES: Final = ("geojson", "svg")


def subject_of(activity: str, volume: str) -> Subject:
    """Return whom PARTY/ID names."""
    party, mark, name = activity.partition("/")
    if not mark or not party.strip() or not name.strip():
        raise click.BadParameter(f"{activity!r} is not PARTY/ID.", param_hint="--activity")
    return Subject(party, name, volume)


@click.command("assess")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--activity", required=True, metavar="PARTY/ID", help="The activity that radiates.")
@click.option("--volume", default="", metavar="V", help="Only this emission of it.")
@click.option("--agreement", metavar="A", help="The agreement; a .toml among the files does too.")
@click.option("--terrain", multiple=True, metavar="TILE", help="A tile of terrain; again for more.")
@click.option("--within", is_flag=True, help="Its own party's receivers too.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("--output", "-o", metavar="F", help="Write the answer here.")
@party_option
@click.pass_context
def assess_(ctx: click.Context, /, **given: Any) -> None:
    """Tell what an emission in the FILEs does to every receiver, worst first.

    Exit code 0: nothing to be settled among what was judged, 1: something is, 2: refused, or
    something could not be read.
    """
    subject = subject_of(given["activity"], given["volume"])
    with Bar() as bar:
        world = known(given["files"], given["agreement"], given["party"], bar)
        mosaic = mosaic_of(given["terrain"])
        refine = None if mosaic is None else OverTerrain(mosaic)
        found = asked(
            lambda: assess(
                world.activities,
                world.agreement,
                subject,
                within=given["within"],
                refine=refine,
                progress=bar,
            )
        )
    text = (
        affected_text.render(found)
        if given["form"] == "text"
        else json.dumps(affected_json.fields(found), indent=2, allow_nan=False) + "\n"
    )
    give(text, given["output"], (*world.paths, *given["terrain"]))
    ctx.exit(UNREADABLE if world.unread else 0 if found.is_clear else 1)


@click.command("contour")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--activity", required=True, metavar="PARTY/ID", help="The activity that radiates.")
@click.option("--volume", default="", metavar="V", help="Which of its emissions.")
@click.option("--agreement", metavar="A", help="The agreement; a .toml among the files does too.")
@click.option("--level-dbm", multiple=True, type=float, metavar="DBM", help="A level.")
@click.option("--service", multiple=True, metavar="S", help="The limit of a protected service.")
@click.option("--height-m", type=float, default=10.0, show_default=True, help="Of the receiver.")
@click.option("--gain-dbi", type=float, default=0.0, show_default=True, help="Of its antenna.")
@click.option("--azimuths", type=int, default=LEAST_AZIMUTHS, show_default=True, help="How many.")
@click.option("--terrain", multiple=True, metavar="TILE", help="A tile of terrain; again for more.")
@click.option(
    "--format", "form", type=click.Choice(_PICTURES), default="geojson", show_default=True
)
@click.option("--output", "-o", metavar="F", help="Write it here; .svg gives the picture.")
@party_option
@click.pass_context
def contour(ctx: click.Context, /, **given: Any) -> None:
    """Draw how far an emission in the FILEs is heard, at levels or limits of services.

    Exit code 0: drawn, 2: refused, or something could not be read.
    """
    subject = subject_of(given["activity"], given["volume"])
    with Bar() as bar:
        world = known(given["files"], given["agreement"], given["party"], bar)
    volumes = asked(lambda: emissions(world.activities, subject))
    if len(volumes) != 1:
        names = ", ".join(volume.id for volume in volumes)
        raise RefusedError(
            f"{given['activity']} has more than one emission: {names}. Say --volume."
        )
    levels = [Level(value) for value in given["level_dbm"]]
    levels += asked(lambda: [level_of_service(s, world.agreement) for s in given["service"]])
    if not levels:
        raise RefusedError("no level. Give --level-dbm or --service.")
    mosaic = mosaic_of(given["terrain"])
    found = asked(
        lambda: contours(
            volumes[0],
            Receiver(given["height_m"], given["gain_dbi"]),
            levels,
            world.agreement,
            azimuths=given["azimuths"],
            mosaic=mosaic,
        )
    )
    output = given["output"]
    is_picture = given["form"] == "svg" or Path(output or "").suffix == ".svg"
    text = (
        contour_svg.render(found) if is_picture else contour_geojson.render(found, world.agreement)
    )
    give(text, output, (*world.paths, *given["terrain"]))
    ctx.exit(UNREADABLE if world.unread else 0)
