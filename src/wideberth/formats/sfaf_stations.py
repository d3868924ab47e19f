"""The stations of an SFAF record as spectrum volumes: where, how high, when, on which band."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.reading import Severity
from wideberth.formats.sfaf_antenna import antennas_of
from wideberth.formats.sfaf_records import Record
from wideberth.formats.sfaf_remarks import Remarks
from wideberth.formats.sfaf_values import (
    Assigned,
    assigned,
    day_s,
    designator,
    figure,
    place,
    power_dbm,
    radius_m,
    range_and_height_m,
)
from wideberth.model.footprint import Circle
from wideberth.model.radio import Antenna, AntennaKind, Radio
from wideberth.model.span import Datum, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role, Volume
from wideberth.units import SECONDS_PER_DAY

_SLACK_DB: Final = 1.0  # item 117 holds whole decibels
_ORBITS: Final = tuple(f"{head}{n}" for head in "34" for n in (15, 16, 17, 18, 19))
_IN_A_PLAN: Final = "Declare it in a plan."


@dataclass(frozen=True, slots=True)
class Common:
    """What all stations of a record share: the frequency, its emissions by number, the time."""

    frequency: Assigned
    emissions: Mapping[int, str]
    window: TimeWindow


def common_of(record: Record, remarks: Remarks) -> Common | None:
    """Return what the stations of a record share, or None with every error noted."""
    if any(record.has(number) for number in _ORBITS):
        remarks.fail("a station is a satellite, which has an orbit and no place.")
        return None
    window = remarks.attempt(partial(_window, record, remarks))
    frequency = remarks.attempt(partial(assigned, record.text("110")))
    emissions: dict[int, str] = {}
    is_whole = True
    for which, text in record.all_of("114").items():
        emission = remarks.attempt(partial(designator, text))
        is_whole = is_whole and emission is not None
        emissions[which] = emission or ""
    if frequency is None or window is None or not is_whole:
        return None
    if frequency.reference_hz is not None:
        remarks.tell(Severity.NOTE, "item 110: the reference frequency is not used.")
    return Common(frequency, emissions or {1: ""}, window)


def _window(record: Record, remarks: Remarks) -> TimeWindow:
    """Return whole days, in UTC, from the required date to the end of the expiration date."""
    required, expires, review = (record.text(number) for number in ("140", "141", "142"))
    start_s = day_s(required, "140") if required else -math.inf
    end_s = day_s(expires, "141") + SECONDS_PER_DAY if expires else math.inf
    assumed = [] if required else ["in force already (no item 140)"]
    if not expires:
        reviewed = f", review {review}" if review else ""
        assumed.append(f"until further notice (no item 141{reviewed})")
    if required or expires:
        assumed.append("dates are whole days in UTC")
    schedule = record.text("130")
    if schedule:
        assumed.append(f"at all hours (item 130 is {schedule!r})")
    remarks.tell(Severity.ASSUMED, f"time: {'; '.join(assumed)}.", _IN_A_PLAN)
    return TimeWindow(start_s, end_s)


def transmitters_of(record: Record, common: Common, remarks: Remarks) -> list[Volume]:
    """Return a volume for each emission of the transmitter; none where it has no coordinates."""
    if not record.has("303"):
        return []
    stand = _stand(record, "3", 1, remarks)
    antenna = remarks.attempt(partial(_transmitting, record, remarks))
    if stand is None or remarks.has_errors:
        return []
    made = (
        remarks.attempt(partial(_emitter, record, which, (common, stand, antenna), remarks))
        for which in common.emissions
    )
    return [volume for volume in made if volume is not None]


_Stand = tuple[Circle, HeightBand]


def _emitter(
    record: Record, which: int, shared: tuple[Common, _Stand, Antenna | None], remarks: Remarks
) -> Volume:
    common, (area, height), antenna = shared
    emission = common.emissions[which]
    return Volume(
        _name("tx", which),
        Arena.SPECTRUM,
        area,
        height,
        common.window,
        common.frequency.band(emission),
        Role.EMIT,
        _eirp_dbm(record, which, antenna, remarks),
        radio=_radio(emission, antenna),
    )


def receivers_of(record: Record, common: Common, remarks: Remarks) -> list[Volume]:
    """Return a volume for each receiver with coordinates, or whose area is the transmitter's."""
    found = [item.which for item in record.items if item.number == "403"]
    radius = record.text("306") if record.has("303") else ""
    if not found and radius.upper().endswith("B"):
        found = [0]
    made = (remarks.attempt(partial(_receiver, record, n, common, remarks)) for n in found)
    return [volume for volume in made if volume is not None]


def _receiver(record: Record, which: int, common: Common, remarks: Remarks) -> Volume | None:
    """Return the volume of a receiver; 0 is one about the transmitter's place."""
    stand = _stand(record, "4", which, remarks) if which else _stand(record, "3", 1, remarks)
    antennas = antennas_of(record, "4", which or 1)
    if stand is None:
        return None
    bands = {common.frequency.band(emission): emission for emission in common.emissions.values()}
    band = max(bands, key=lambda one: one.high_hz - one.low_hz)
    return Volume(
        _name("rx", max(which, 1)),
        Arena.SPECTRUM,
        stand[0],
        stand[1],
        common.window,
        band,
        Role.RECEIVE,
        radio=_radio(bands[band], antennas[0] if antennas else None),
    )


def _name(kind: str, which: int) -> str:
    return kind if which == 1 else f"{kind}{which:02d}"


def _radio(emission: str, antenna: Antenna | None) -> Radio | None:
    return Radio(emission=emission, antenna=antenna) if emission or antenna else None


def _stand(record: Record, head: str, which: int, remarks: Remarks) -> _Stand | None:
    area = remarks.attempt(partial(_area, record, head, which))
    height = remarks.attempt(partial(_height, record, head, which, remarks))
    return None if area is None or height is None else (area, height)


def _area(record: Record, head: str, which: int) -> Circle:
    centre = place(record.text(f"{head}03", which), f"{head}03")
    own = record.text(f"{head}06", which)
    of_both = record.text("306")
    if not own and of_both.upper().endswith("B"):
        own = of_both
    return Circle(centre, radius_m(own, f"{head}06")[0] if own else 0.0)


def _height(record: Record, head: str, which: int, remarks: Remarks) -> HeightBand:
    """Return the height of the feedpoint; else up to the structure's, or the service height."""
    feedpoint, terrain, structure = (record.text(f"{head}{n}", which) for n in (59, 58, 56))
    if feedpoint:
        above_m = figure(feedpoint, f"{head}59")
        if not terrain:
            return HeightBand.of(above_m, above_m, Datum.GROUND)
        above_m += figure(terrain, f"{head}58")
        return HeightBand.of(above_m, above_m)
    if structure:
        what = f"no item {head}59: up to the height of the structure (item {head}56) is taken."
        remarks.tell(Severity.ASSUMED, what, _IN_A_PLAN)
        return HeightBand.of(0.0, figure(structure, f"{head}56"), Datum.GROUND)
    service = record.text("711")
    if service:
        what = f"no item {head}59: up to the service height of item 711 is taken."
        remarks.tell(Severity.ASSUMED, what, _IN_A_PLAN)
        return HeightBand.of(0.0, range_and_height_m(service)[1])
    name = "transmitter" if head == "3" else "receiver"
    raise ImpossibleValueError(
        f"the {name} has no height.",
        remedy=f"Give item {head}59 (feedpoint above ground), with {head}58 (site elevation).",
    )


def _transmitting(record: Record, remarks: Remarks) -> Antenna | None:
    """Return the transmitter's antenna; of several the greatest gain, pointing anywhere."""
    found = antennas_of(record, "3")
    if len(found) < 2:
        return found[0] if found else None
    what = f"{len(found)} antennas; one of the greatest gain that points anywhere is taken."
    remarks.tell(Severity.ASSUMED, what, _IN_A_PLAN)
    return Antenna(AntennaKind.SECTOR, max(antenna.gain_dbi for antenna in found))


def _eirp_dbm(
    record: Record, which: int, antenna: Antenna | None, remarks: Remarks
) -> float | None:
    """Return the radiated power: as it is given, or transmitter power and gain."""
    power, radiated = record.text("115", which), record.text("117", which)
    supplied_dbm = power_dbm(power) if power else None
    sum_dbm = None if supplied_dbm is None or not antenna else supplied_dbm + antenna.gain_dbi
    if radiated:
        given_dbm = figure(radiated, "117")
        if sum_dbm is None or sum_dbm <= given_dbm + _SLACK_DB:
            return given_dbm
        what = f"item 117 is {given_dbm:g} dBm, but 115 and 357 make {sum_dbm:.1f}; that is taken."
        remarks.tell(Severity.PARTIAL, what, "Ask who made the record which is right.")
    elif sum_dbm is None:
        what = "no radiated power (item 117, or 115 with 357): it stays undeclared."
        remarks.tell(Severity.PARTIAL, what, "Give item 357, the antenna's gain.", power)
    return sum_dbm
