"""Bands and masks as they are declared, as far as they can be reckoned with.

A declaration comes from others: whatever it says, it must not stop the check of all the rest. What
cannot be used is said, and clears nothing.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.model.radio import Radio
from wideberth.model.span import FrequencyBand
from wideberth.spectrum import mask
from wideberth.spectrum.designator import parse

NOT_CLEARED: Final = ": not cleared"
LEAST_HZ: Final = 1.0
LAST_HZ: Final = 1e18  # no message carries more
LEAST_WIDTH_HZ: Final = 1e-3  # a mask of less has no two offsets that are told apart
MOST_WIDTH_HZ: Final = 1e15
MOST_SAID: Final = 40  # letters of what somebody else wrote


@dataclass(frozen=True, slots=True)
class Shape:
    """A mask from the middle of what it is of, what that fills at once, and its skirt beside it."""

    whole: mask.Mask
    fills_hz: float
    skirt: mask.Mask


def declared_shape(
    radio: Radio, width_hz: float, assumed: list[str], floor_db: float = mask.MOST_FLOOR_DB
) -> Shape | None:
    """Return the shape of a declared mask; None: none is declared, or none that can exist.

    It fills as much as the mask is open, at most the width. One that cannot be used counts as
    none, and says so: what it was to keep apart is not cleared.
    """
    if not radio.mask:
        return None
    try:
        _refuse_too_near(radio.mask)
        whole = mask.declared(radio.mask, floor_db=min(radio.mask[-1][1], floor_db))
        open_hz = 2.0 * max(hz for hz, db in whole.points if db <= 0.0)
        fills_hz = min(width_hz, max(open_hz, LEAST_WIDTH_HZ))
        return Shape(whole, fills_hz, mask.skirt(whole, fills_hz / 2.0))
    except ImpossibleValueError as error:
        assumed.append(f"the declared mask cannot be used ({error.what.rstrip('.')}){NOT_CLEARED}")
        return None


def _refuse_too_near(points: mask.Points) -> None:
    """Refuse offsets so near one another that the fall between them is no figure any more."""
    for (one_hz, _), (other_hz, _) in pairwise(points):
        if 0.0 < other_hz - one_hz < LEAST_WIDTH_HZ:
            raise ImpossibleValueError(
                f"two offsets are less than {LEAST_WIDTH_HZ:g} Hz apart.", remedy="Join them."
            )


def filled_hz(radio: Radio, band: FrequencyBand, assumed: list[str]) -> float:
    """Return how much an emission fills at once: its band may be that of its tuning."""
    width_hz = width_hz_of(band)
    if not radio.emission or radio.mask:
        return width_hz
    try:
        return min(width_hz, max(LEAST_WIDTH_HZ, parse(radio.emission).bandwidth_hz))
    except ImpossibleValueError:
        said = radio.emission[:MOST_SAID]
        assumed.append(f"{said!r} is no designator, so no emission mask follows{NOT_CLEARED}")
        return width_hz


def reckoned(band: FrequencyBand) -> FrequencyBand:
    """Return a band as far as it can be reckoned with: 1 Hz to LAST_HZ, and no edge lost there."""
    low_hz = min(max(LEAST_HZ, band.low_hz), LAST_HZ / 2.0)
    high_hz = max(min(band.high_hz, LAST_HZ), math.nextafter(low_hz, math.inf))
    return (
        band if (low_hz, high_hz) == (band.low_hz, band.high_hz) else FrequencyBand(low_hz, high_hz)
    )


def width_hz_of(band: FrequencyBand) -> float:
    """Return the width of a band, as far as masks can be drawn over it."""
    return min(MOST_WIDTH_HZ, max(LEAST_WIDTH_HZ, band.high_hz - band.low_hz))


@lru_cache(maxsize=4096)
def default_spill(width_hz: float, power_dbm: float, *, is_radar: bool) -> mask.Mask:
    """Return what an emission without a mask spills beside its band."""
    whole = mask.default_emission(width_hz, power_dbm, is_radar=is_radar)
    return mask.skirt(whole, width_hz / 2.0)


@lru_cache(maxsize=4096)
def default_response(bandwidth_hz: float, floor_db: float) -> Shape:
    """Return what a receiver without a mask hears of what is in its channel and beside it."""
    whole = mask.default_selectivity(bandwidth_hz, floor_db=floor_db)
    return Shape(whole, bandwidth_hz, mask.skirt(whole, bandwidth_hz / 2.0))
