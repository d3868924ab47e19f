"""Places as people type them: read strictly, and shown in every notation."""

import asyncio
from typing import Annotated, Final

from msgspec import Meta, Struct

from wideberth.errors import WideberthError
from wideberth.formats.typed_place import Notation, read, written
from wideberth.model.agreement import Agreement
from wideberth.node.people import Permission
from wideberth.web.api_forms import Form
from wideberth.web.api_route import Asked, Route, v1
from wideberth.web.problems import Fault

MOST_PLACES: Final = 1000
Typed = Annotated[str, Meta(max_length=1000)]


class PlacesForm(Form, frozen=True):
    """texts: one place each. notation: the only one that is taken; null: each that is unambiguous.

    lat-lon and lon-lat are for two bare numbers, of which a person said the order.
    """

    texts: Annotated[tuple[Typed, ...], Meta(min_length=1, max_length=MOST_PLACES)]
    notation: Notation | None = None


class PlaceRead(Struct, frozen=True, kw_only=True):
    """A place, and the same in every notation, in which a slip is seen.

    notation: in which it was written; within_m: how far off its last figure may put it. utm is
    empty near the poles, bearing where the agreement names no point.
    """

    lon_deg: float
    lat_deg: float
    notation: Notation
    within_m: float
    dd: str
    ddm: str
    dms: str
    utm: str
    mgrs: str
    bearing: str


class PlaceLine(Struct, frozen=True, kw_only=True):
    """What one text names: a place, or why it names none; one of the two is null."""

    text: str
    place: PlaceRead | None
    problem: Fault | None


async def places(asked: Asked) -> tuple[PlaceLine, ...]:
    """Return what each text names, in their order."""
    form, agreement = asked.body, asked.desk.agreement
    return await asyncio.to_thread(
        lambda: tuple(_line(text, form.notation, agreement) for text in form.texts)
    )


def _line(text: str, notation: Notation | None, agreement: Agreement) -> PlaceLine:
    try:
        found = read(text, notation, agreement)
        said = written(found.point, agreement)
    except WideberthError as error:
        fault = Fault(where="", what=error.what, remedy=error.remedy)
        return PlaceLine(text=text, place=None, problem=fault)
    place = PlaceRead(
        lon_deg=found.point[0],
        lat_deg=found.point[1],
        notation=found.notation,
        within_m=found.within_m,
        dd=said.dd,
        ddm=said.ddm,
        dms=said.dms,
        utm=said.utm,
        mgrs=said.mgrs,
        bearing=said.bearing,
    )
    return PlaceLine(text=text, place=place, problem=None)


ROUTES: Final[tuple[Route, ...]] = (
    v1(
        "POST",
        "/places",
        Permission.READ,
        "Places as they are typed, in every notation",
        handle=places,
        takes=PlacesForm,
        gives=tuple[PlaceLine, ...],
    ),
)
