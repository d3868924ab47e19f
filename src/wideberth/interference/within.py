"""What a receiver makes itself of strong signals in its front end, in arrays (SM.1134)."""

from collections.abc import Sequence
from itertools import permutations
from typing import Final

import numpy as np

from wideberth.interference.choices import Choices
from wideberth.interference.coupling import Codes, Coupled, Floats
from wideberth.interference.ears import Ears
from wideberth.spectrum.intermodulation import FORMS, product_edges_hz, receiver_product_dbm

_WEIGHTS: Final = [([abs(times) for times in form.multiples], form.ways_db) for form in FORMS]


def falling(site: Coupled, ears: Ears, ear: int) -> list[int]:
    """Return the forms in which anything of a site might fall into a band at all."""
    whole = float(site.low_hz.min()), float(site.high_hz.max())
    found = []
    for code, form in enumerate(FORMS):
        low_hz, high_hz = product_edges_hz(form, [whole] * len(form.multiples))
        if low_hz < ears.high_hz[ear] and ears.low_hz[ear] < high_hz:
            found.append(code)
    return found


def made_dbm(table: Choices, rows: Codes, power_dbm: Floats, intercept_dbm: float) -> Floats:
    """Return what a receiver makes of the signals of each choice."""
    found = np.empty(len(rows))
    form, emitter = table.form[rows], table.emitter[rows]
    for code in np.unique(form).tolist():
        mine = np.flatnonzero(form == code)
        picked = emitter[mine, : len(FORMS[code].multiples)]
        found[mine] = receiver_product_dbm(FORMS[code], power_dbm[picked], intercept_dbm)
    return found


def rest_dbm(
    codes: Sequence[int], power_dbm: tuple[float, float, float], intercept_dbm: float
) -> float:
    """Return what a receiver makes at most in some forms: of its own, a weak one, the strongest.

    Of two, without the last.
    """
    found = [-np.inf]
    for code in codes:
        weights, ways_db = _WEIGHTS[code]
        for those in permutations(power_dbm[: len(weights)]):
            total = sum(weight * power for weight, power in zip(weights, those, strict=True))
            found.append(total - (sum(weights) - 1) * intercept_dbm + ways_db)
    return max(found)
