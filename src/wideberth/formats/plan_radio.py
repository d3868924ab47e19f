"""The radio of one feature of a plan: its power, antenna, mask, and what a receiver bears.

Each function notes in `fields` what is wrong and what to do.
"""

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.fields import Fields, show_value
from wideberth.formats.plan_keys import ANTENNA_KEYS, MASK_KEYS, POWER_KEYS, RADIO_KEYS
from wideberth.model.radio import Antenna, AntennaKind, Radio

DBM_ABOVE_DBW: Final = 30.0
_EXPONENT: Final[Mapping[str, int]] = {"mask": 3, "mask_hz": 0}  # hertz of an offset's unit


def power_of(fields: Fields) -> float | None:
    """Return the radiated power in dBm; None where it is not given, or with the problem noted.

    It is given itself, in dBm, dBW or watts, or as the transmitter's power beside a gain.
    """
    found = fields.given(*POWER_KEYS)
    if len(found) > 1:
        fields.fail(f"{' and '.join(map(repr, found))} are both given.", "Keep one of them.")
        return None
    value = fields.number(found[0]) if found else None
    if value is None:
        return None
    (key,) = found
    if key.endswith("_w") and value <= 0.0:
        fields.fail(f"{key!r} is {value:g}, no power.", "Leave it out where nothing is declared.")
        return None
    of_unit = {"dbm": value, "dbw": value + DBM_ABOVE_DBW}
    in_dbm = of_unit.get(key.rpartition("_")[2]) if not key.endswith("_w") else dbm(value)
    if in_dbm is None or key.startswith("eirp_"):
        return in_dbm
    if "antenna_gain_dbi" not in fields:
        fields.fail(
            f"{key!r} is the transmitter's power, and no 'antenna_gain_dbi' is given.",
            "Give the gain with its 'antenna', or the radiated power as eirp_dbm.",
        )
        return None
    gain_dbi = fields.number("antenna_gain_dbi")
    return None if gain_dbi is None else in_dbm + gain_dbi


def dbm(watts: float) -> float:
    """Return dBm of a power in watts, which is above 0."""
    return 10.0 * math.log10(watts) + DBM_ABOVE_DBW


def radio_of(fields: Fields) -> Radio | None:
    """Return what is declared of the radio, or None where nothing is or something is wrong."""
    if not fields.given(*RADIO_KEYS):
        return None
    before = len(fields.problems)
    said: dict[str, Any] = {
        "service": fields.text("service") or "",
        "emission": fields.text("emission") or "",
        "antenna": _antenna(fields),
        "mask": _mask(fields),
        "noise_figure_db": fields.number("noise_figure_db"),
        "overload_dbm": fields.number("overload_dbm"),
        "iip3_dbm": fields.number("iip3_dbm"),
        "harmonics_db": fields.number("harmonics_db"),
    }
    if len(fields.problems) > before:
        return None
    try:
        return Radio(**said)
    except ImpossibleValueError as error:
        fields.note(error)
        return None


def _antenna(fields: Fields) -> Antenna | None:
    given = fields.given(*ANTENNA_KEYS)
    if not given:
        return None
    kind = fields.choice("antenna", AntennaKind, required=True)
    if "antenna_gain_dbi" not in fields:
        fields.fail(
            f"'antenna_gain_dbi' is missing beside {given[0]!r}.",
            "Give the greatest gain of the antenna, above an isotropic one.",
        )
    gain_dbi = fields.number("antenna_gain_dbi")
    azimuth, elevation = _span(fields, "azimuth"), _span(fields, "elevation")
    beamwidth_deg = fields.number("beamwidth_deg")
    if kind is None or gain_dbi is None:
        return None
    try:
        return Antenna(kind, gain_dbi, azimuth, elevation, beamwidth_deg)
    except ImpossibleValueError as error:
        fields.note(error, "antenna")
        return None


def _span(fields: Fields, name: str) -> tuple[float, float] | None:
    keys = f"{name}_from_deg", f"{name}_to_deg"
    found = fields.given(*keys)
    if len(found) == 1:
        other = keys[found[0] == keys[0]]
        fields.fail(f"{other!r} is missing beside {found[0]!r}.", f"Give {other!r}.")
    start_deg, end_deg = (fields.number(key) for key in keys)
    return None if start_deg is None or end_deg is None else (start_deg, end_deg)


def _mask(fields: Fields) -> tuple[tuple[float, float], ...]:
    found = fields.given(*MASK_KEYS)
    if len(found) > 1:
        fields.fail("'mask' and 'mask_hz' are both given.", "Keep one of them.")
        return ()
    if not found:
        return ()
    (key,) = found
    steps = fields.values[key]
    if not isinstance(steps, list) or not all(map(_is_step, steps)):
        unit = key.removeprefix("mask_").replace("mask", "khz")
        fields.fail(
            f"{key!r} is {show_value(steps)}.",
            f"Write [[offset_{unit}, attenuation_db], ...]; in a cell 12.5:40;25:60.",
        )
        return ()
    return tuple((_offset_hz(float(offset), key), float(step_db)) for offset, step_db in steps)


def _is_step(step: Any) -> bool:
    return (
        isinstance(step, list)
        and len(step) == 2
        and all(isinstance(f, (int, float)) and not isinstance(f, bool) for f in step)
        and all(abs(f) < 1e15 for f in step)  # neither NaN nor a number that floats cannot hold
    )


def _offset_hz(offset: float, key: str) -> float:
    """Return hertz of an offset, exactly as it was written."""
    return float(Decimal(repr(offset)).scaleb(_EXPONENT[key]))


def radio_keys(radio: Radio) -> dict[str, Any]:
    """Return the keys of a plan that say a radio; they read back to the very same one."""
    said: dict[str, Any] = {
        "service": radio.service or None,
        "emission": radio.emission or None,
        **({} if radio.antenna is None else _antenna_keys(radio.antenna)),
        **_mask_keys(radio.mask),
        "noise_figure_db": radio.noise_figure_db,
        "overload_dbm": radio.overload_dbm,
        "iip3_dbm": radio.iip3_dbm,
        "harmonics_db": radio.harmonics_db,
    }
    return {key: value for key, value in said.items() if value is not None}


def _antenna_keys(antenna: Antenna) -> dict[str, Any]:
    azimuth = antenna.azimuth_deg or (None, None)
    elevation = antenna.elevation_deg or (None, None)
    figures = (antenna.gain_dbi, *azimuth, *elevation, antenna.beamwidth_deg)
    return dict(zip(ANTENNA_KEYS, (antenna.kind.value, *figures), strict=True))


def _mask_keys(mask: tuple[tuple[float, float], ...]) -> dict[str, Any]:
    """Return a mask in kHz, or in hertz where kHz would not give the very same figures."""
    if not mask:
        return {}
    in_khz = [[float(Decimal(repr(hz)).scaleb(-3)), step_db] for hz, step_db in mask]
    is_exact = all(
        _offset_hz(khz, "mask") == hz for (khz, _), (hz, _) in zip(in_khz, mask, strict=True)
    )
    return {"mask": in_khz} if is_exact else {"mask_hz": [list(step) for step in mask]}
