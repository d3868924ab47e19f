"""Places and areas as parameters of a phrase: degrees, minutes and seconds, or an agreed name."""

import re
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.notation import dms_of, opens
from wideberth.formats.phrase_figures import DISTANCE
from wideberth.formats.phrase_texts import NAME
from wideberth.formats.slip_codes import spell, unspell

MOST_CORNERS: Final = 12
_CODE_LENGTH: Final = 19
_NOWHERE: Final = "00-00-00.00N 000-00-00.00E"
_PLACE: Final = re.compile(r"(\d\d)(\d\d)(\d\d)(\d\d)([NS])(\d{3})(\d\d)(\d\d)(\d\d)([EW])")
_STARTS: Final = re.compile(
    r"\d{1,3}-\d|(\d{1,2} ?[C-HJ-NP-X]|[ABYZ]) ?[A-HJ-NP-Z]{2} ?\d{5}", re.IGNORECASE
)  # who begins like a position means one
_ROUND: Final = re.compile(r"(?P<at>.+?)\s+R\s+(?P<far>\d[^,]*)", re.IGNORECASE)


def read_place(text: str) -> str:
    """Return a position in degrees, minutes and seconds; MGRS to 1 m is read, too.

    >>> read_place("36S TB 38843 71413")
    '33-09-00.20N 030-12-00.24E'
    """
    place = dms_of(opens(text).point)
    if place == _NOWHERE:
        raise ImpossibleValueError(
            "the position is exactly 0, 0, where lost positions land.",
            remedy="Give the true position.",
        )
    return place


def place_code(place: str) -> str:
    """Return a position as it is read aloud: 34001500N033000000E."""
    return re.sub(r"[-. ]", "", place)


def place_of(code: str) -> str:
    """Return the position of a code; raises ImpossibleValueError."""
    found = _PLACE.fullmatch(code)
    if found is None:
        raise ImpossibleValueError(f"{code!r} is no position.")
    return read_place("{}-{}-{}.{}{} {}-{}-{}.{}{}".format(*found.groups()))


def read_area(text: str) -> str:
    """Return an area: a name both sides know, three to twelve corners, or a place R a distance.

    >>> read_area("34-00-15.00N 033-00-00.00E R 5 nm")
    '34-00-15.00N 033-00-00.00E R 5 NM'
    """
    stated = " ".join(text.split())
    if not _STARTS.match(stated):
        return NAME.read(stated)
    around = _ROUND.fullmatch(stated)
    if around is not None:
        return f"{read_place(around['at'])} R {DISTANCE.read(around['far'])}"
    corners = [read_place(corner) for corner in stated.split(",")]
    if not 3 <= len(set(corners)) == len(corners) <= MOST_CORNERS:
        raise ImpossibleValueError(
            f"an area of {len(set(corners))} different corners.",
            remedy=f"Give 3 to {MOST_CORNERS} with commas, or a place, R and a distance.",
        )
    return ", ".join(corners)


def area_code(area: str) -> str:
    """Return an area as it is read aloud: N and a name, K and corners, or R, a place, distance."""
    if not _STARTS.match(area):
        return "N" + spell(area)
    at, _, far = area.partition(" R ")
    if far:
        return "R" + place_code(at) + DISTANCE.code(far)
    return "K" + "".join(place_code(corner) for corner in area.split(", "))


def area_of(code: str) -> str:
    """Return the area of a code; raises ImpossibleValueError."""
    kind, said = code[:1], code[1:]
    match kind:
        case "N":
            return read_area(unspell(said))
        case "R":
            return f"{place_of(said[:_CODE_LENGTH])} R {DISTANCE.of(said[_CODE_LENGTH:])}"
        case "K":
            corners = (said[k : k + _CODE_LENGTH] for k in range(0, len(said), _CODE_LENGTH))
            return read_area(", ".join(place_of(corner) for corner in corners))
    raise ImpossibleValueError(f"{code!r} is no area.")
