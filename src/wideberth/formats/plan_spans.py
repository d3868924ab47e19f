"""The spans of one feature of a plan: its height band, time window and frequency band.

Each function returns None only after it has noted in `fields` what is wrong and what to do.
"""

import math
from decimal import Decimal
from enum import StrEnum
from typing import Final

from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.formats.emission import check_fits, width_hz
from wideberth.formats.fields import Fields
from wideberth.formats.plan_keys import POWER_KEYS, RADIO_KEYS, height_units
from wideberth.model.span import Datum, FrequencyBand, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Role
from wideberth.units import HERTZ_PER_KILOHERTZ

_SURFACE: Final = "For a ship on the surface write lower_m 0 and upper_m with its air draught."
_SPECTRUM_KEYS: Final = (
    "freq_low_mhz",
    "freq_high_mhz",
    "freq_low_hz",
    "freq_high_hz",
    "center_mhz",
    "bandwidth_khz",
    "role",
    *POWER_KEYS,
    "criterion",
    *RADIO_KEYS,
)


class _PlanRole(StrEnum):
    EMIT = "emit"
    RECEIVE = "receive"


def hertz(megahertz: float) -> float:
    """Return hertz of a figure in MHz, exactly as written: 121.5 is 121,500,000 and no other."""
    return float(Decimal(repr(megahertz)).scaleb(6))


def height_of(fields: Fields, arena: Arena | None) -> HeightBand | None:
    """Return the height band; both limits must be given, at sea too."""
    missing = [end for end in ("lower", "upper") if not fields.given(*_limit_keys(end))]
    if missing:
        ends = " and ".join(missing)
        keys = " and ".join(f"one of {end}_m, {end}_ft, {end}_fl" for end in missing)
        remedy = (
            _SURFACE if arena is Arena.SEA else f"Give {keys} (or {missing[0]}_unlimited true)."
        )
        fields.fail(f"{ends} limit of height missing.", remedy)
    lower, upper = (None if end in missing else _limit(fields, end) for end in ("lower", "upper"))
    if lower is None or upper is None:
        return None
    try:
        return HeightBand(lower, upper)
    except ImpossibleValueError as error:
        said = ", ".join(f"{key} {fields.values[key]:g}" for key in _said(fields))
        fields.note(
            ImpossibleValueError(f"{error.what.rstrip('.')} ({said}).", remedy=error.remedy)
        )
        return None


def _said(fields: Fields) -> list[str]:
    """Return the height keys that the plan gave, as it wrote them."""
    return [
        key
        for end in ("lower", "upper")
        for key in _limit_keys(end)
        if key in fields and not key.endswith("unlimited")
    ]


def _limit_keys(end: str) -> tuple[str, ...]:
    return (*height_units(end), f"{end}_unlimited")


def _limit(fields: Fields, end: str) -> HeightLimit | None:
    """Return one limit; flight levels are pressure, and a datum that says otherwise is refused."""
    before = len(fields.problems)
    units = height_units(end)
    unlimited = fields.flag(f"{end}_unlimited")
    height_m = fields.quantity(units)
    found = fields.given(*units)
    if unlimited and found:
        fields.fail(f"'{end}_unlimited' and {found[0]!r} are both given.", "Keep one of them.")
    elif not unlimited and not found:
        fields.fail(f"the {end} limit of height is missing.", f"Give {end}_m, or true.")
    datum = _datum(fields, end, is_level=f"{end}_fl" in fields)
    if len(fields.problems) > before or datum is None:
        return None
    if unlimited:
        return HeightLimit(-math.inf if end == "lower" else math.inf, datum)
    return None if height_m is None else HeightLimit(height_m, datum)


def _datum(fields: Fields, end: str, *, is_level: bool) -> Datum | None:
    own = f"{end}_datum"
    if own in fields and "datum" in fields:
        fields.fail(f"'datum' and {own!r} are both given.", "Give lower_datum and upper_datum.")
        return None
    key = own if own in fields else "datum"
    if key not in fields:
        return Datum.PRESSURE if is_level else Datum.MSL
    datum = fields.choice(key, Datum)
    if is_level and datum is not None and datum is not Datum.PRESSURE:
        fields.fail(
            f"'{end}_fl' is a flight level, but {key!r} is {datum.value!r}.",
            f"A flight level is pressure: leave {key!r} out, or give {end}_m with its own datum.",
        )
    return datum


def time_of(fields: Fields, window: TimeWindow | None) -> TimeWindow | None:
    """Return the time window; window is that of a moving track's times."""
    track_start_s, track_end_s = (window.start_s, window.end_s) if window else (None, None)
    start_s = _end_of_time(fields, "start", "since_before", -math.inf, track_start_s)
    end_s = _end_of_time(fields, "end", "until_further_notice", math.inf, track_end_s)
    if start_s is None or end_s is None:
        return None
    try:
        return TimeWindow(start_s, end_s)
    except WideberthError as error:
        start, end = fields.values.get("start"), fields.values.get("end")
        fields.fail(f"time runs backwards or is empty: {start} to {end}.", error.remedy)
        return None


def _end_of_time(
    fields: Fields, key: str, open_key: str, open_s: float, track_s: float | None
) -> float | None:
    """Return one end of the window; a track's comes from its times and may only be repeated."""
    is_open = fields.flag(open_key)
    given_s = fields.instant(key)
    if key in fields:
        if is_open:
            fields.fail(f"{key!r} and {open_key!r} are both given.", "Keep one of them.")
            return None
        if given_s is not None and track_s is not None and given_s != track_s:
            which = "first" if key == "start" else "last"
            fields.fail(f"{key!r} is not the {which} of 'times'.", f"Leave {key!r} out.")
            return None
        return given_s
    if is_open and track_s is not None:
        fields.fail(
            f"{open_key!r} with 'times': a track has both ends.", f"Leave {open_key!r} out."
        )
    if track_s is not None or is_open:
        return open_s if track_s is None else track_s
    fields.fail(
        f"{key!r} is missing.",
        f"Give it like 2026-11-22T08:00:00Z, or {open_key} true where there is none.",
    )
    return None


def spectrum_of(fields: Fields, arena: Arena | None) -> tuple[FrequencyBand | None, Role | None]:
    """Return band and role, which a spectrum volume must have and no other may."""
    given = fields.given(*_SPECTRUM_KEYS)
    if arena is not Arena.SPECTRUM:
        if given and arena is not None:
            fields.fail(
                f"{', '.join(map(repr, given))} in the {arena.value} arena.",
                "Declare the emission as a spectrum volume of the same activity.",
            )
        return None, None
    role = fields.choice("role", _PlanRole, required=True)
    band = frequency_band(fields)
    return band, None if role is None else Role(role.value)


def frequency_band(fields: Fields) -> FrequencyBand | None:
    """Return the band between two edges, or about a centre; an emission must fit into it."""
    emission = fields.text("emission") or ""
    try:
        wanted_hz = width_hz(emission) if emission else None
        band = _band(fields, wanted_hz)
        if band is not None and emission:
            check_fits(emission, band)
    except WideberthError as error:
        fields.note(error)
        return None
    return band


def _band(fields: Fields, wanted_hz: float | None) -> FrequencyBand | None:
    edges = fields.given("freq_low_mhz", "freq_high_mhz", "freq_low_hz", "freq_high_hz")
    centre = fields.given("center_mhz", "bandwidth_khz")
    if edges and centre:
        fields.fail(
            f"the frequency band is given twice: {', '.join(edges + centre)}.",
            "Keep freq_low_mhz and freq_high_mhz, or center_mhz with bandwidth_khz.",
        )
        return None
    low_hz, high_hz = (
        _about_centre(fields, wanted_hz)
        if centre
        else (_edge(fields, "freq_low"), _edge(fields, "freq_high"))
    )
    if low_hz is None or high_hz is None:
        return None
    try:
        return FrequencyBand(low_hz, high_hz)
    except WideberthError as error:
        fields.note(error)
        return None


def _about_centre(fields: Fields, wanted_hz: float | None) -> tuple[float | None, float | None]:
    """Return the edges about a centre; the width is the designator's where none is given."""
    for key, other in (("center_mhz", "bandwidth_khz"), ("bandwidth_khz", "center_mhz")):
        is_known = key == "bandwidth_khz" and "emission" in fields
        if key not in fields and not is_known:
            fields.fail(f"{key!r} is missing beside {other!r}.", f"Give {key!r}.")
    middle_mhz, width_khz = fields.number("center_mhz"), fields.number("bandwidth_khz")
    if width_khz is not None:
        half_hz = width_khz * HERTZ_PER_KILOHERTZ / 2.0
    elif "bandwidth_khz" not in fields and wanted_hz is not None:
        half_hz = wanted_hz / 2.0
    else:
        return None, None
    if middle_mhz is None:
        return None, None
    return hertz(middle_mhz) - half_hz, hertz(middle_mhz) + half_hz


def _edge(fields: Fields, end: str) -> float | None:
    in_mhz, in_hz = f"{end}_mhz", f"{end}_hz"
    found = fields.given(in_mhz, in_hz)
    if not found:
        fields.fail(f"{in_mhz!r} is missing.", f"Give {in_mhz!r}, or center_mhz and bandwidth_khz.")
        return None
    if len(found) > 1:
        fields.fail(f"{in_mhz!r} and {in_hz!r} are both given.", "Keep one of them.")
        return None
    value = fields.number(found[0])
    return value if value is None or found[0] == in_hz else hertz(value)


def criterion_of(fields: Fields) -> str:
    """Return the interference criterion: text, or a number as its digits."""
    value = fields.values.get("criterion")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = fields.number("criterion")
        return "" if number is None else f"{number:.15g}"
    return fields.text("criterion") or ""
