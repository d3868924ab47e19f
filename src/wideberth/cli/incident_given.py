"""What the options of `wideberth incident report` and `add` mean: the agreed form."""

from collections.abc import Callable
from typing import Any

import click

from wideberth.cli.outputs import RefusedError
from wideberth.council.incident_stand import Account
from wideberth.formats.coordinates import read_position
from wideberth.formats.times import parse_rfc3339
from wideberth.model.footprint import Circle
from wideberth.peering.council.incident import Harm, IncidentForm
from wideberth.peering.wire_footprint import WireFootprint, footprint_to_wire
from wideberth.units import METRES_PER_KILOMETRE

_KEPT = ("happened_s", "until_s", "place", "about", "act", "harm", "third_parties")


def form_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what the form asks."""
    for option in reversed(
        (
            click.option("--text", required=True, help="What happened, in words."),
            click.option("--at", "happened", metavar="TIME", help="When: RFC 3339, or now."),
            click.option("--until", metavar="TIME", help="Until when, if it lasted."),
            click.option("--place", type=(float, float), metavar="LON LAT", help="Where."),
            click.option(
                "--radius-km", type=float, default=0.0, metavar="KM", help="About the place."
            ),
            click.option("--area", metavar="F", help="Where: GeoJSON, instead of a place."),
            click.option(
                "--about",
                multiple=True,
                metavar="WHAT",
                help="activity/PARTY/ID, notice/HASH, conflict/ID, call/OPENER/ID; again for more.",
            ),
            click.option("--act", metavar="CODE", help="A prohibited act of the agreement."),
            click.option(
                "--harm",
                type=click.Choice([h.value for h in Harm]),
                help="To people.",
            ),
            click.option("--third-parties", help="Who else was affected, in words."),
        )
    ):
        function = option(function)
    return function


def form_of(given: dict[str, Any], before: Account | None, now_s: float) -> IncidentForm:
    """Return the form that the options say; what they leave out is as before, if there was one."""
    said: dict[str, Any] = {
        "happened_s": _time(given["happened"], now_s),
        "until_s": _time(given["until"], now_s),
        "place": _place(given),
        "about": given["about"] or None,
        "act": given["act"],
        "harm": None if given["harm"] is None else Harm(given["harm"]),
        "third_parties": given["third_parties"],
    }
    kept = {} if before is None else {name: getattr(before, name) for name in _KEPT}
    fields = kept | {name: value for name, value in said.items() if value is not None}
    if "happened_s" not in fields:
        raise RefusedError("say when it happened: --at TIME.")
    return IncidentForm(text=given["text"], **fields)


def _time(text: str | None, now_s: float) -> float | None:
    if text is None:
        return None
    return now_s if text == "now" else parse_rfc3339(text)


def _place(given: dict[str, Any]) -> WireFootprint | None:
    if given["area"] is not None:
        from wideberth.cli.spectrum_inputs import area_of  # noqa: PLC0415 - when it is wanted

        return footprint_to_wire(area_of(given["area"]))
    if given["place"] is None:
        return None
    centre = read_position(given["place"])
    return footprint_to_wire(Circle(centre, given["radius_km"] * METRES_PER_KILOMETRE))
