"""The air of P.528-5: the mean annual global reference atmosphere and its absorption.

Recommendations ITU-R P.835-6 Annex 1 (temperature, pressure, vapour), P.453 (refractivity) and
P.676-12 Annex 1 (line-by-line absorption). Heights in km, pressures in hPa, up to 80 km.
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wideberth.spectrum.p528.lines import OXYGEN, VAPOUR

Floats = NDArray[np.float64]

# 10 m apart up to 22 km, 100 m apart from there; the kernels know this spacing
HEIGHTS_KM: Final = np.concatenate([np.arange(2200) * 0.01, 22.0 + np.arange(581) * 0.1])
GROUND_VAPOUR_G_M3: Final = 7.5
HYDROSTATIC: Final = 34.1632
# Base (geopotential km), temperature (K), its slope (K/km), pressure (hPa): P.835 (2) and (3)
STEPS: Final = (
    (0.0, 288.15, -6.5, 1013.25),
    (11.0, 216.65, 0.0, 226.3226),
    (20.0, 216.65, 1.0, 54.74980),
    (32.0, 228.65, 2.8, 8.680422),
    (47.0, 270.65, 0.0, 1.109106),
    (51.0, 270.65, -2.8, 0.6694167),
    (71.0, 214.65, -2.0, 0.03956649),
)
KEPT: Final = 128  # frequencies whose air is remembered: 45 kB each


def reference_air(heights_km: Floats) -> tuple[Floats, Floats, Floats]:
    """Return temperature (K), dry pressure (hPa) and vapour pressure (hPa) at heights."""
    h = 6356.766 * heights_km / (6356.766 + heights_km)
    temperature = np.zeros_like(h)
    pressure = np.zeros_like(h)
    for base, start, slope, at_base in STEPS:
        above = np.maximum(h - base, 0.0)
        warm = start + slope * above
        with np.errstate(all="ignore"):
            thin = np.exp(-HYDROSTATIC * above / start)
            if slope:
                thin = (start / warm) ** (HYDROSTATIC / slope)
        here = h >= base if base == 0.0 else h > base
        temperature = np.where(here, warm, temperature)
        pressure = np.where(here, at_base * thin, pressure)
    vapour = np.maximum(
        GROUND_VAPOUR_G_M3 * np.exp(-heights_km / 2.0), 2e-6 * 216.7 * pressure / temperature
    )
    return temperature, pressure, vapour * temperature / 216.7


@lru_cache(maxsize=1)
def _lines() -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Return what does not hang on frequency: centres, and by height strength, width, overlap.

    The last is the refractivity (N units) at the heights.
    """
    temperature, dry, wet = reference_air(HEIGHTS_KM)
    hot = (300.0 / temperature)[:, None]
    p, e = dry[:, None], wet[:, None]
    centre, a1, a2, a3, a5, a6 = OXYGEN
    strength = a1 * 1e-7 * p * hot**3 * np.exp(a2 * (1.0 - hot))
    width = np.sqrt((a3 * 1e-4 * (p * hot**0.8 + 1.1 * e * hot)) ** 2 + 2.25e-6)
    overlap = (a5 + a6 * hot) * 1e-4 * (p + e) * hot**0.8
    centre_w, b1, b2, b3, b4, b5, b6 = VAPOUR
    strength_w = 0.1 * b1 * e * hot**3.5 * np.exp(b2 * (1.0 - hot))
    width_w = b3 * 1e-4 * (p * hot**b4 + b5 * e * hot**b6)
    width_w = 0.535 * width_w + np.sqrt(0.217 * width_w**2 + 2.1316e-12 * centre_w**2 / hot)
    return (
        np.concatenate([centre, centre_w]),
        np.hstack([strength, strength_w]),
        np.hstack([width, width_w]),
        np.hstack([overlap, np.zeros_like(strength_w)]),
        77.6 * dry / temperature + 72.0 * wet / temperature + 3.75e5 * wet / temperature**2,
    )


def specific_attenuation_db_km(freq_ghz: float) -> Floats:
    """Return the attenuation by oxygen and vapour at each of HEIGHTS_KM (P.676-12 (1) to (9))."""
    centre, strength, width, overlap, _ = _lines()
    square = width * width
    below, above = centre - freq_ghz, centre + freq_ghz
    shape = (width - overlap * below) / (below**2 + square)
    shape += (width - overlap * above) / (above**2 + square)
    imaginary = np.einsum("ij,ij,j->i", strength, shape, freq_ghz / centre)
    temperature, dry, wet = reference_air(HEIGHTS_KM)
    hot = 300.0 / temperature
    debye = 5.6e-4 * (dry + wet) * hot**0.8
    continuum = 6.14e-5 / (debye * (1.0 + (freq_ghz / debye) ** 2))
    continuum += 1.4e-12 * dry * hot**1.5 / (1.0 + 1.9e-5 * freq_ghz**1.5)
    answer: Floats = 0.1820 * freq_ghz * (imaginary + freq_ghz * dry * hot**2 * continuum)
    return answer


@lru_cache(maxsize=KEPT)
def air_at(freq_mhz: float) -> Floats:
    """Return a table by height, not to be written to: refractivity, attenuation in dB/km."""
    table = np.column_stack([_lines()[4], specific_attenuation_db_km(freq_mhz / 1000.0)])
    table.setflags(write=False)
    return table
