"""Questions about the spectrum, asked of what is in force at the node; nothing is kept or told.

The work is bounded: so many volumes, channels, azimuths. It is done beside the node's own loop,
one question at a time.
"""

import asyncio
from collections.abc import Callable
from typing import Annotated, Any, Final, Literal, TypeVar

from msgspec import UNSET, Meta, Struct, UnsetType

from wideberth.arenas import standing_activities
from wideberth.assessing import affected_json, contour_geojson, free_shown, occupancy_shown
from wideberth.assessing.affected import Subject, UnknownEmissionError, assess, emissions
from wideberth.assessing.contour import LEAST_AZIMUTHS, Level, Receiver, contours
from wideberth.assessing.free import LIKELY_EIRP_DBM, LIKELY_HEIGHT_M, Wish, free
from wideberth.assessing.levels import level_of_service
from wideberth.assessing.occupancy import Sought, occupancy
from wideberth.errors import ImpossibleValueError
from wideberth.model.activity import Activity
from wideberth.model.footprint import Footprint
from wideberth.model.span import FrequencyBand, TimeWindow
from wideberth.model.volume import Role
from wideberth.node import queries, tables
from wideberth.node.people import Permission
from wideberth.node.ports import Reader
from wideberth.node.refusals import NotFoundError
from wideberth.peering.wire import Name, Text, from_wire
from wideberth.peering.wire_footprint import WireFootprint, effort_of, footprint_from_wire
from wideberth.web.api_forms import Form
from wideberth.web.api_route import Asked, Route, v1
from wideberth.web.api_shown import is_private
from wideberth.web.problems import RefusedError

MOST_VOLUMES: Final = 5_000
MOST_CHANNELS: Final = 2_000
MOST_AZIMUTHS: Final = 360
MOST_LEVELS: Final = 4
MOST_PATHS: Final = 200
MOST_EFFORT: Final = 2_000  # of an area's outline

Hertz = Annotated[float, Meta(gt=0.0, le=1e12)]
Seconds = Annotated[float, Meta(ge=-1e11, le=1e11)]
Dbm = Annotated[float, Meta(ge=-300.0, le=200.0)]
T = TypeVar("T")

_TURN: Final = asyncio.Semaphore(1)


class AssessForm(Form, frozen=True):
    """party: whose activity; empty: our own. volume: empty for all that it radiates."""

    activity: Name
    party: Text = ""
    volume: Text = ""
    within: bool = False


class BandForm(Form, frozen=True):
    """A band, a window, and an area; without one: the whole Earth."""

    low_hz: Hertz
    high_hz: Hertz
    start_s: Seconds
    end_s: Seconds
    area: WireFootprint | UnsetType = UNSET


class FreeForm(Form, frozen=True):
    """What somebody would like to do in a channel of a band, where and when."""

    low_hz: Hertz
    high_hz: Hertz
    start_s: Seconds
    end_s: Seconds
    width_hz: Hertz
    area: WireFootprint
    role: Literal["emit", "receive"] = "emit"
    eirp_dbm: Annotated[float, Meta(ge=-100.0, le=150.0)] = LIKELY_EIRP_DBM
    height_m: Annotated[float, Meta(ge=0.0, le=100_000.0)] = LIKELY_HEIGHT_M


class ContourForm(Form, frozen=True):
    """An emission, the receiver that is thought of, and levels or limits of services."""

    activity: Name
    party: Text = ""
    volume: Text = ""
    levels_dbm: Annotated[tuple[Dbm, ...], Meta(max_length=MOST_LEVELS)] = ()
    services: Annotated[tuple[Text, ...], Meta(max_length=MOST_LEVELS)] = ()
    height_m: Annotated[float, Meta(ge=0.0, le=20_000.0)] = 10.0
    gain_dbi: Annotated[float, Meta(ge=-60.0, le=90.0)] = 0.0
    azimuths: Annotated[int, Meta(ge=LEAST_AZIMUTHS, le=MOST_AZIMUTHS)] = LEAST_AZIMUTHS


class InForce(Struct, frozen=True):
    """What is in force, as far as the asker may see it; left_out: how many activities more."""

    activities: tuple[Activity, ...]
    left_out: int


async def assess_(asked: Asked) -> dict[str, Any]:
    """Return what an emission does to every receiver."""
    form = asked.body
    known = await _in_force(asked)
    subject = Subject(form.party or asked.desk.party, form.activity, form.volume)
    agreement = asked.desk.agreement

    def answer() -> dict[str, Any]:
        found = assess(known.activities, agreement, subject, within=form.within)
        return affected_json.fields(found)

    return await _answered(answer, known)


async def free_(asked: Asked) -> dict[str, Any]:
    """Return the channels of a band, cleanest first."""
    form, agreement = asked.body, asked.desk.agreement
    wish = Wish(
        band=FrequencyBand(form.low_hz, form.high_hz),
        width_hz=form.width_hz,
        area=_area(form.area),
        window=TimeWindow(form.start_s, form.end_s),
        role=Role(form.role),
        eirp_dbm=form.eirp_dbm,
        height_m=form.height_m,
        party=asked.desk.party,
    )
    if wish.count > MOST_CHANNELS:
        raise ImpossibleValueError(
            f"the band has {wish.count:,} channels of this width; up to {MOST_CHANNELS:,} can be"
            " asked for here.",
            remedy="Ask for a part of the band, or at the command line.",
        )
    known = await _in_force(asked)

    def answer() -> dict[str, Any]:
        return free_shown.fields(free(known.activities, agreement, wish, most_paths=MOST_PATHS))

    return await _answered(answer, known)


async def occupancy_(asked: Asked) -> dict[str, Any]:
    """Return who uses a band over a window."""
    form, agreement = asked.body, asked.desk.agreement
    area = None if form.area is UNSET else _area(form.area)
    window = TimeWindow(form.start_s, form.end_s)
    sought = Sought(FrequencyBand(form.low_hz, form.high_hz), window, area)
    known = await _in_force(asked)

    def answer() -> dict[str, Any]:
        standing = standing_activities(agreement)
        return occupancy_shown.fields(occupancy(known.activities, standing, agreement, sought))

    return await _answered(answer, known)


async def contour(asked: Asked) -> dict[str, Any]:
    """Return how far an emission is heard, as GeoJSON."""
    form, agreement = asked.body, asked.desk.agreement
    levels = [Level(value) for value in form.levels_dbm]
    levels += [level_of_service(service, agreement) for service in form.services]
    known = await _in_force(asked)
    subject = Subject(form.party or asked.desk.party, form.activity, form.volume)

    def answer() -> dict[str, Any]:
        volumes = emissions(known.activities, subject)
        if len(volumes) != 1:
            names = ", ".join(volume.id for volume in volumes)
            raise ImpossibleValueError(
                "the activity has several emissions.", remedy=f"Say which: {names}."
            )
        receiver = Receiver(form.height_m, form.gain_dbi)
        found = contours(volumes[0], receiver, levels, agreement, azimuths=form.azimuths)
        return contour_geojson.fields(found, agreement)

    return await _answered(answer, known)


async def _in_force(asked: Asked) -> InForce:
    """Return what is in force, as far as the asker may see it; raises RefusedError."""
    sees_private = asked.sees_private
    known = await asked.desk.read(lambda reader: _read(reader, sees_private=sees_private))
    if sum(len(activity.volumes) for activity in known.activities) > MOST_VOLUMES:
        raise RefusedError(
            422,
            f"more than {MOST_VOLUMES:,} volumes are in force, too much for one question here.",
            remedy="Ask at the command line: wideberth spectrum.",
        )
    return known


def _read(reader: Reader, *, sees_private: bool) -> InForce:
    found: list[Activity] = []
    after, left_out, volumes = "", 0, 0
    while True:
        page = queries.activities(reader, after=after)
        for held in page:
            if is_private(held) and not sees_private:
                left_out += 1
                continue
            activity = from_wire(held.activity, is_checked=True)
            if not activity.is_over:
                found.append(activity)
                volumes += len(activity.volumes)
        if len(page) < queries.LARGEST_PAGE or volumes > MOST_VOLUMES:
            return InForce(tuple(found), left_out)
        after = tables.key(page[-1].activity.party, page[-1].activity.id)


def _area(wire: WireFootprint) -> Footprint:
    if effort_of(wire) > MOST_EFFORT:
        raise ImpossibleValueError("the area's outline is too long.", remedy="Give fewer points.")
    return footprint_from_wire(wire)


async def _answered(answer: Callable[[], dict[str, Any]], known: InForce) -> dict[str, Any]:
    """Return an answer reckoned beside the loop, one at a time; left_out is said with it."""
    try:
        async with _TURN:
            found = await asyncio.to_thread(answer)
    except UnknownEmissionError as error:
        raise NotFoundError(error.what, remedy=error.remedy) from None
    return {**found, "left_out": known.left_out}


def _route(
    path: str, summary: str, handle: Callable[[Asked], Any], takes: type, *says: int
) -> Route:
    more = {"handle": handle, "takes": takes, "gives": dict[str, Any], "says": says}
    return v1("POST", f"/spectrum/{path}", Permission.READ, summary, **more)


ROUTES: Final = (
    _route("assess", "What an emission does to every receiver", assess_, AssessForm, 404),
    _route("free", "Which channels of a band are free", free_, FreeForm),
    _route("occupancy", "Who uses a band over a window", occupancy_, BandForm),
    _route("contour", "How far an emission is heard, as GeoJSON", contour, ContourForm, 404),
)
