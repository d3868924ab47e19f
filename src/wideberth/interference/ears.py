"""What listens, in arrays: receivers and guarded bands by what each can hear at most."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.engine.field import Field
from wideberth.interference.coupling import Codes, Floats
from wideberth.interference.products import GUARD_EIRP_DBM
from wideberth.interference.skirts import reckoned
from wideberth.interference.ways import Ways
from wideberth.model.volume import Role, Volume
from wideberth.spectrum.intermodulation import FORMS, INTERCEPT_DBM

NEARER: Final = 0.98  # of a straight line between volumes, for the curvature that ways assume


@dataclass(frozen=True, slots=True, eq=False)
class Ears:
    """What listens, a row each: place in the field, band, window, what it bears.

    limit_dbm: less the gain; of a guard of what leaves; infinity: nobody can say. front_low_hz,
    front_high_hz, intercept_dbm: of the receiver's front end. kind: place among the distinct
    bands, of guards apart.
    """

    place: Codes
    low_hz: Floats
    high_hz: Floats
    start_s: Floats
    end_s: Floats
    limit_dbm: Floats
    gain_dbi: Floats
    is_guard: NDArray[np.bool]
    front_low_hz: Floats
    front_high_hz: Floats
    intercept_dbm: Floats
    kind: Codes
    entries: Codes
    of_entry: Codes

    def __len__(self) -> int:
        return len(self.place)

    def spans_hz(self, rows: Codes | None = None) -> tuple[Floats, Floats]:
        """Return the bands of all or of some, those that overlap as one, ascending."""
        asked = np.arange(len(self)) if rows is None else rows
        low_hz, high_hz = self.low_hz[asked], self.high_hz[asked]
        order = np.argsort(low_hz, kind="stable")
        low, reached = low_hz[order], np.maximum.accumulate(high_hz[order])
        begins = np.append(True, low[1:] > reached[:-1])
        return low[begins], reached[np.append(begins[1:], True)]

    def distance_m(self, field: Field, emitter: int) -> Floats:
        """Return from each a length that no way to an emitter is shorter than."""
        entries = field.columns.entries
        found = np.full(len(self), np.inf)
        centre, cap_m = entries.centre[self.entries], entries.cap_m[self.entries]
        for k in np.flatnonzero(entries.volume == emitter).tolist():
            apart_m = np.linalg.norm(centre - entries.centre[k], axis=1)
            np.minimum.at(found, self.of_entry, NEARER * apart_m - cap_m - entries.cap_m[k])
        return np.asarray(np.maximum(1.0, found))


def ears(field: Field, listening: Sequence[int], ways: Ways) -> Ears:
    """Return what listens at some places of a field."""
    rows = [_row(field.volumes[place], place, ways) for place in listening]
    columns = np.array(rows, np.float64).reshape(-1, 10).T
    place = np.array(listening, np.intp)
    bands = columns[[0, 1, 6]].T
    kind = np.unique(bands, axis=0, return_inverse=True)[1].reshape(-1)
    row_of = np.full(len(field.refs), -1, np.intp)
    row_of[place] = np.arange(len(place))
    of_volume = row_of[field.columns.entries.volume]
    entries = np.flatnonzero(of_volume >= 0)
    return Ears(
        place=place,
        low_hz=columns[0],
        high_hz=columns[1],
        start_s=columns[2],
        end_s=columns[3],
        limit_dbm=columns[4],
        gain_dbi=columns[5],
        is_guard=columns[6].astype(bool),
        front_low_hz=columns[7],
        front_high_hz=columns[8],
        intercept_dbm=columns[9],
        kind=kind.astype(np.intp),
        entries=entries,
        of_entry=of_volume[entries],
    )


def _row(volume: Volume, place: int, ways: Ways) -> tuple[float, ...]:
    assert volume.freq is not None
    band, window = reckoned(volume.freq), volume.time
    edges = band.low_hz, band.high_hz, window.start_s, window.end_s
    if volume.role is Role.GUARD:
        return *edges, GUARD_EIRP_DBM, 0.0, 1.0, 0.0, 0.0, math.inf
    reception = ways.reception(place)
    limit_dbm = math.inf if reception.limit_dbm is None else reception.limit_dbm
    intercept_dbm = INTERCEPT_DBM if reception.iip3_dbm is None else reception.iip3_dbm
    front = reception.front.low_hz, reception.front.high_hz, intercept_dbm
    gain_dbi = reception.gain_dbi
    return *edges, limit_dbm - gain_dbi, gain_dbi, 0.0, *front


def inside_most_dbm(power_dbm: Floats, intercept_dbm: Floats) -> Floats:
    """Return the strongest product that a receiver can make of signals no stronger than given."""
    found = [
        form.order * power_dbm - (form.order - 1) * intercept_dbm + form.ways_db for form in FORMS
    ]
    return np.asarray(np.max(found, axis=0))
