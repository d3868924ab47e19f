"""All that may mix in the last stage of one emitter, and how strong it leaves, in arrays.

Of its neighbours the strongest, so many as asked: a product is as strong as its weaker neighbour,
so that what is left out is known to be no stronger than the strongest neighbour left out.
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.interference.coupling import Codes, Coupled, Floats
from wideberth.spectrum.intermodulation import (
    CONVERSION_DB,
    FORMS,
    NONE,
    TUNED_FACTOR,
    off_tune_db,
)

_FIRST: Final = 0  # the source, before its neighbours
_EITHER: Final = frozenset({(1, 1), (1, -1), (1, 1, -1)})  # which of the first two is the same


class Tuning(IntEnum):
    """Where a product lies: all of it where its source's antenna is tuned, some of it, none."""

    WHOLLY = 0
    PARTLY = 1
    OFF = 2


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """Products that leave by one source, a row each.

    form: place in FORMS. emitter: (rows, 3) places in the site, as in the form; -1 where it has
    two. leaving_dbm: EIRP in the best direction. incoming_dbm, tuning_db: of what that is made.
    """

    form: Codes
    emitter: Codes
    low_hz: Floats
    high_hz: Floats
    start_s: Floats
    end_s: Floats
    incoming_dbm: Floats
    tuning_db: Floats
    tuning: Codes
    leaving_dbm: Floats


def choices(site: Coupled, source: int, others: Codes, span_hz: tuple[Floats, Floats]) -> Choices:
    """Return the products of a source with others, of those that fall into any of some bands."""
    form, picked, times = _picks(len(others))
    place = np.concatenate(([source], others))
    low, high = site.low_hz[place], site.high_hz[place]
    low_hz = np.zeros(len(form))
    high_hz = np.zeros(len(form))
    for column in range(3):
        each = picked[:, column]
        first, second = times[:, column] * low[each], times[:, column] * high[each]
        low_hz += np.minimum(first, second)
        high_hz += np.maximum(first, second)
    low_hz, high_hz = (
        np.where(low_hz >= 0.0, low_hz, np.maximum(-high_hz, 0.0)),
        np.maximum(high_hz, -low_hz),
    )
    start, end = site.start_s[place], site.end_s[place]
    one, two, three = picked.T
    start_s = np.maximum(np.maximum(start[one], start[two]), start[three])
    end_s = np.minimum(np.minimum(end[one], end[two]), end[three])
    keep = _is_in_any(low_hz, high_hz, span_hz) & (start_s < end_s)
    form, picked = form[keep], picked[keep]
    low_hz, high_hz, start_s, end_s = low_hz[keep], high_hz[keep], start_s[keep], end_s[keep]
    heard_dbm = np.concatenate(([np.inf], site.incoming_dbm[source, others]))
    one, two, three = picked.T
    incoming_dbm = np.minimum(np.minimum(heard_dbm[one], heard_dbm[two]), heard_dbm[three])
    own = site.low_hz[source], site.high_hz[source]
    tuning_db = off_tune_db(low_hz, high_hz, *own)
    is_within = (low_hz * TUNED_FACTOR >= own[0]) & (high_hz <= own[1] * TUNED_FACTOR)
    tuning = np.where(is_within, Tuning.WHOLLY, np.where(tuning_db > 0.0, Tuning.OFF, 1))
    gain_dbi = site.gain_dbi[source]
    gains_dbi = np.array((gain_dbi, max(0.0, gain_dbi), 0.0))
    emitter = place[picked]
    emitter[:, 2][~_has_three()[form]] = NONE
    is_swapped = _is_either()[form] & (emitter[:, 0] > emitter[:, 1])
    emitter[is_swapped, :2] = emitter[is_swapped, 1::-1]
    return Choices(
        form=form,
        emitter=emitter,
        low_hz=low_hz,
        high_hz=high_hz,
        start_s=start_s,
        end_s=end_s,
        incoming_dbm=incoming_dbm,
        tuning_db=np.asarray(tuning_db),
        tuning=tuning.astype(np.intp),
        leaving_dbm=incoming_dbm - CONVERSION_DB - tuning_db + gains_dbi[tuning],
    )


def _is_in_any(low_hz: Floats, high_hz: Floats, span_hz: tuple[Floats, Floats]) -> NDArray[np.bool]:
    """Return which products overlap any of some bands, ascending and apart."""
    starts, ends = span_hz
    at = np.searchsorted(ends, low_hz, "right")  # the first that ends after a product begins
    return np.asarray((at < len(starts)) & (starts[np.minimum(at, len(starts) - 1)] < high_hz))


@lru_cache(maxsize=8)
def _picks(count: int) -> tuple[Codes, Codes, Floats]:
    """Return forms, emitters (0: the source) and multiples of all choices with so many others."""
    others = np.arange(1, count + 1)
    source = np.full(count, _FIRST)
    one, other = np.triu_indices(count, 1)
    left, right = np.nonzero(~np.eye(count, dtype=bool))
    triples = [
        np.stack((one + 1, other + 1, np.full(len(one), _FIRST)), axis=1),
        np.stack((np.full(len(left), _FIRST), left + 1, right + 1), axis=1),
    ]
    forms, rows = [], []
    for code, form in enumerate(FORMS):
        if len(form.multiples) == 3:
            found = triples
        else:
            found = [np.stack((source, others, source), axis=1)]
            if form.multiples not in _EITHER:
                found.append(np.stack((others, source, source), axis=1))
        for part in found:
            forms.append(np.full(len(part), code, np.intp))
            rows.append(part)
    of_form = np.concatenate(forms)
    times = np.array([(*form.multiples, 0.0)[:3] for form in FORMS], np.float64)[of_form]
    return of_form, np.concatenate(rows).astype(np.intp), times


@lru_cache(maxsize=1)
def _has_three() -> NDArray[np.bool]:
    return np.array([len(form.multiples) == 3 for form in FORMS])


@lru_cache(maxsize=1)
def _is_either() -> NDArray[np.bool]:
    return np.array([form.multiples in _EITHER for form in FORMS])
