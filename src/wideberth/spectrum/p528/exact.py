"""The exact form of P.528-5: basic transmission loss of aeronautical paths.

Recommendation ITU-R P.528-5 Annex 2 (smooth earth, continental temperate climate). What hangs on
the pair of heights and the frequency alone is remembered, in bounded memories of pure functions.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final, overload

import numpy as np
from numpy.typing import NDArray

from wideberth.spectrum.p528.air import air_at
from wideberth.spectrum.p528.pairs import pair
from wideberth.spectrum.p528.paths import losses_db
from wideberth.spectrum.validity import NoModel, NoModelError, Span

Floats = NDArray[np.float64]
Numbers = Floats | Sequence[float]

MODEL: Final = "ITU-R P.528-5"
VERSION: Final = "1"

FREQ_HZ: Final = Span("freq_hz", 100e6, 30e9)
DISTANCE_M: Final = Span("distance_m", 0.0, 1_800e3)
LOW_HEIGHT_M: Final = Span("low_height_m", 1.5, 20_000.0)
HIGH_HEIGHT_M: Final = Span("high_height_m", 1.5, 20_000.0)
TIME_PERCENT: Final = Span("time_percent", 1.0, 99.0)
SPANS: Final = (FREQ_HZ, DISTANCE_M, LOW_HEIGHT_M, HIGH_HEIGHT_M, TIME_PERCENT)


class Polarisation(StrEnum):
    """How the wave is polarised over the ground."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


class TracedGas:
    """Gas along rays traced through the layers of the air of one frequency (P.676-12)."""

    def __init__(self, freq_mhz: float) -> None:
        self._air = air_at(freq_mhz)

    def slant(self, ends: Floats) -> Floats:
        """Return rows (dB, km); ends: rows (low km, high km, elevation at the low end, rad)."""
        from wideberth.spectrum.compiled import p528_gas  # noqa: PLC0415 - numba imports slowly

        return p528_gas.slant_rays(self._air, ends)

    def grazing(self, heights_km: Floats) -> Floats:
        """Return rows (dB, km) of the rays that leave the ground level, up to heights."""
        from wideberth.spectrum.compiled import p528_gas  # noqa: PLC0415 - numba imports slowly

        return np.ascontiguousarray(p528_gas.grazing_rays(self._air, heights_km)[:, :2])

    def climates(self, freq_mhz: Floats, effective_km: Floats) -> Floats:
        """Return rows of long-term variability at effective distances."""
        from wideberth.spectrum.compiled import p528_spread  # noqa: PLC0415 - numba imports slowly

        return p528_spread.climates(freq_mhz, effective_km)


def refusal(values: Sequence[float]) -> NoModel | None:
    """Return why P.528-5 says nothing of a path, or None; values: in the order of SPANS."""
    for span, value in zip(SPANS, values, strict=True):
        if (found := span.refusal(MODEL, value)) is not None:
            return found
    _, distance_m, low_height_m, high_height_m, _ = values
    if low_height_m > high_height_m:
        return NoModel(
            MODEL,
            f"low_height_m {low_height_m:g} is above high_height_m {high_height_m:g}: the low"
            " terminal comes first.",
        )
    if distance_m == 0.0 and low_height_m == high_height_m:
        return NoModel(MODEL, "The two terminals are in one place: there is no path.")
    return None


@overload
def basic_transmission_loss_db(
    freq_hz: float,
    distance_m: float,
    low_height_m: float,
    high_height_m: float,
    time_percent: float,
    *,
    polarisation: Polarisation = ...,
) -> float: ...


@overload
def basic_transmission_loss_db(
    freq_hz: float | Numbers,
    distance_m: float | Numbers,
    low_height_m: float | Numbers,
    high_height_m: float | Numbers,
    time_percent: float | Numbers,
    *,
    polarisation: Polarisation = ...,
) -> float | Floats: ...


def basic_transmission_loss_db(  # noqa: PLR0913 - the variables of the model
    freq_hz: float | Numbers,
    distance_m: float | Numbers,
    low_height_m: float | Numbers,
    high_height_m: float | Numbers,
    time_percent: float | Numbers,
    *,
    polarisation: Polarisation = Polarisation.HORIZONTAL,
) -> float | Floats:
    """Return the basic transmission loss (dB) not exceeded for a percentage of time.

    P.528-5 Annex 2. 100 MHz to 30 GHz, 0 to 1 800 km along the ground, heights above mean sea
    level of 1.5 m to 20 km, the low one first (they may be equal), 1 % to 99 % of time.
    Numbers give a number and raise NoModelError outside; arrays give an array, NaN outside.
    """
    given = (freq_hz, distance_m, low_height_m, high_height_m, time_percent)
    if all(np.ndim(value) == 0 for value in given):
        values = [float(value) for value in given]  # type: ignore[arg-type]
        if (reason := refusal(values)) is not None:
            raise NoModelError(reason)
        return float(_bulk(np.array([values]), polarisation)[0])
    arrays = np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in given))
    flat = np.column_stack([array.ravel() for array in arrays])
    answer = np.full(len(flat), np.nan)
    spoken = is_spoken_of(flat)
    if spoken.any():
        answer[spoken] = _bulk(flat[spoken], polarisation)
    return answer.reshape(arrays[0].shape)


def is_spoken_of(paths: Floats) -> NDArray[np.bool_]:
    """Return which paths P.528-5 speaks of; paths: rows in the order of SPANS."""
    within = np.ones(len(paths), dtype=bool)
    for column, span in enumerate(SPANS):
        within &= (paths[:, column] >= span.low) & (paths[:, column] <= span.high)
    low, high = paths[:, 2], paths[:, 3]
    spoken: NDArray[np.bool_] = within & (low <= high) & ((low < high) | (paths[:, 1] > 0.0))
    return spoken


def _bulk(paths: Floats, polarisation: Polarisation) -> Floats:
    """Return the losses of paths that the model speaks of, each pair looked at once."""
    is_vertical = polarisation is Polarisation.VERTICAL
    keys, which = np.unique(paths[:, [0, 2, 3]], axis=0, return_inverse=True)
    which = which.reshape(-1)
    answer = np.empty(len(paths))
    order = np.argsort(which, kind="stable")
    starts = np.searchsorted(which[order], np.arange(len(keys) + 1))
    first = 0
    while first < len(keys):  # keys of one frequency follow each other
        last = int(np.searchsorted(keys[:, 0], keys[first, 0], side="right"))
        freq_mhz = float(keys[first, 0]) / 1e6
        rows = np.concatenate(
            [
                pair(freq_mhz, low / 1000.0, high / 1000.0, is_vertical)
                for _, low, high in keys[first:last].tolist()
            ]
        )
        of = order[starts[first] : starts[last]]
        answer[of] = losses_db(
            rows, which[of] - first, paths[of, 1] / 1000.0, paths[of, 4], TracedGas(freq_mhz)
        )
        first = last
    return answer
