"""The table form of P.528-5, for bulk: within 0.5 dB of the exact form, at a million a second.

For each frequency a sheet is made when it is first asked for (tenths of a second) and kept: what
hangs on one height or on two is laid down on logarithmic scales of height; so are scatter's gas,
and the climate over distance. The rest of the model is reckoned anew for each path.
"""

from collections import OrderedDict
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.spectrum.p528.air import air_at
from wideberth.spectrum.p528.exact import FREQ_HZ, MODEL, SPANS, Numbers, Polarisation
from wideberth.spectrum.p528.fading import NAKAGAMI_RICE
from wideberth.spectrum.p528.pairs import pair_rows, terminals

Floats = NDArray[np.float64]
Sheet = tuple[Floats, Floats, Floats, Floats, Floats, Floats]

TERMINAL_NODES: Final = 1024
PAIR_NODES: Final = 64
SCATTER_NODES: Final = 512
HEIGHT_ROOT_MOST: Final = 9.0
LEAST_KM, MOST_KM = 1.5e-3, 20.0
SHEETS_KEPT: Final = 64
LIMITS: Final = np.array([(span.low, span.high) for span in SPANS[1:]])


def sheet_of(freq_mhz: float, polarisation: Polarisation) -> Sheet:
    """Return what the kernel looks up in, for one frequency."""
    from wideberth.spectrum.compiled import (  # noqa: PLC0415 - numba is slow to import
        p528_beyond,
        p528_gas,
        p528_spread,
    )

    air = air_at(freq_mhz)
    heights = np.geomspace(LEAST_KM, MOST_KM, TERMINAL_NODES)
    scale = np.column_stack([heights**0.5, heights, heights**0.5, heights**0.5])
    scatter_km = np.linspace(0.0, HEIGHT_ROOT_MOST, SCATTER_NODES) ** 2
    scatter_km[-1] = min(scatter_km[-1], 79.0)
    scatter_gas = np.ascontiguousarray(p528_gas.grazing_rays(air, scatter_km)[:, :2])
    effective_km = np.arange(1_951.0)
    climates = p528_spread.climates(np.full(len(effective_km), freq_mhz), effective_km)
    ends = terminals(freq_mhz, heights)
    vertical = float(polarisation is Polarisation.VERTICAL)
    gains = p528_beyond.height_gains(np.ascontiguousarray(ends[:, 0]), freq_mhz, vertical)
    return (
        np.column_stack([ends / scale, gains]),
        _pairs(freq_mhz, polarisation),
        scatter_gas,
        climates,
        air,
        NAKAGAMI_RICE,
    )


def _pairs(freq_mhz: float, polarisation: Polarisation) -> Floats:
    """Return, by two heights: log of two-ray angle and sixth, K, where scatter is met, case."""
    heights = np.geomspace(LEAST_KM, MOST_KM, PAIR_NODES)
    ends = terminals(freq_mhz, heights)
    low, high = np.triu_indices(PAIR_NODES)
    first = np.zeros((len(low), 4))
    first[:, 0] = freq_mhz
    first[:, 1] = polarisation is Polarisation.VERTICAL
    first[:, 2], first[:, 3] = heights[low], heights[high]
    rows = pair_rows(first, ends[low], ends[high])
    kept = np.column_stack(
        [
            np.log(rows[:, 17]),
            np.log(rows[:, 25]),
            rows[:, 20],
            rows[:, 21] - rows[:, 12] - 3.0,
            rows[:, 24],
        ]
    )
    pairs = np.empty((PAIR_NODES, PAIR_NODES, 5))
    pairs[low, high] = kept
    pairs[high, low] = kept
    return pairs


class Table:
    """Sheets of the frequencies asked for, the latest kept; of one polarisation."""

    def __init__(self, *, polarisation: Polarisation = Polarisation.HORIZONTAL) -> None:
        self._polarisation = polarisation
        self._sheets: OrderedDict[float, Sheet] = OrderedDict()

    def _sheet(self, freq_mhz: float) -> Sheet:
        sheet = self._sheets.pop(freq_mhz, None)
        if sheet is None:
            sheet = sheet_of(freq_mhz, self._polarisation)
            while len(self._sheets) >= SHEETS_KEPT:
                self._sheets.popitem(last=False)
        self._sheets[freq_mhz] = sheet
        return sheet

    def look_up(
        self,
        freq_hz: float | Numbers,
        distance_m: float | Numbers,
        low_height_m: float | Numbers,
        high_height_m: float | Numbers,
        time_percent: float | Numbers,
    ) -> Floats:
        """Return losses in dB, NaN outside P.528-5; the arguments broadcast.

        As `basic_transmission_loss_db`, to within 0.5 dB; see the test of the table for where.
        """
        from wideberth.spectrum.compiled import p528_table  # noqa: PLC0415 - numba imports slowly

        given = (freq_hz, distance_m, low_height_m, high_height_m, time_percent)
        arrays = np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in given))
        hz, *paths = (np.ascontiguousarray(array).ravel() for array in arrays)
        vertical = float(self._polarisation is Polarisation.VERTICAL)
        answer = np.full(len(hz), np.nan)
        freqs_hz = np.unique(hz[:1] if np.ndim(freq_hz) == 0 else hz).tolist()
        for one in freqs_hz:
            if FREQ_HZ.refusal(MODEL, one) is not None:
                continue
            of = slice(None) if len(freqs_hz) == 1 else hz == one
            distances, lows, highs, percents = (path[of] for path in paths)
            sheet = self._sheet(one / 1e6)
            columns = (distances, lows, highs, percents)
            answer[of] = p528_table.look_up(sheet, (one / 1e6, vertical), LIMITS, columns)
        return answer.reshape(arrays[0].shape)
