"""What oxygen and water vapour take off along a path near the ground: a credit that errs low.

P.676-13, Annex 1 (line by line), boiled down to steps: each holds the least specific attenuation
within its band of frequencies, over air of 690 to 1045 hPa and -20 to +40 degrees Celsius, and of
0.5 to 30 g of water vapour a cubic metre. So the true loss is larger wherever the air is so, and no
one step of it is a peak. 1 to 350 GHz; from 30 MHz to 1 GHz no loss is counted; else NaN.
"""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.spectrum.validity import LEAST_FREQ_HZ

Floats = NDArray[np.float64]

MODEL: Final = "P.676-13 least gaseous attenuation"
MOST_FREQ_HZ: Final = 350e9
MOST_WATER_G_PER_M3: Final = 30.0

# From which GHz on: dB/km of dry air, and dB/km for each g/m3 of water vapour (not verified: the
# coefficients of the lines were taken from a public copy of the Recommendation's tables).
STEPS: Final = (
    (0.0, 0.0, 0.0),
    (1, 0.00232, 3.13e-06), (2, 0.00256, 1.26e-05), (3, 0.00263, 2.85e-05),
    (4, 0.00267, 5.14e-05), (5, 0.00271, 8.17e-05), (6, 0.00275, 0.00012),
    (8, 0.00286, 0.000226), (10, 0.00299, 0.000387), (12, 0.00316, 0.000637),
    (14, 0.00337, 0.00106), (16, 0.00362, 0.00191), (18, 0.00393, 0.00405), (20, 0.0043, 0.0114),
    (21, 0.00451, 0.017), (22, 0.00475, 0.0208), (22.5, 0.00487, 0.0218), (23, 0.00501, 0.02),
    (24, 0.00529, 0.0138), (25, 0.0056, 0.00991), (26, 0.00594, 0.00644), (28, 0.00674, 0.00514),
    (30, 0.00772, 0.00462), (32, 0.00895, 0.00445), (34, 0.0105, 0.00444), (36, 0.0124, 0.00447),
    (38, 0.0151, 0.0046), (40, 0.0186, 0.00481), (42, 0.0235, 0.00508), (44, 0.0307, 0.00539),
    (46, 0.0419, 0.00574), (48, 0.0608, 0.00612), (50, 0.0998, 0.00653), (51, 0.148, 0.00675),
    (52, 0.263, 0.00697), (53, 0.548, 0.0072), (54, 1.2, 0.00744), (55, 2.46, 0.00768),
    (56, 4.3, 0.00793), (57, 6.04, 0.00819), (58, 7.26, 0.00845), (59, 7.84, 0.00872),
    (60, 8.46, 0.009), (61, 8.5, 0.0093), (62, 6.66, 0.00961), (63, 4.05, 0.00994),
    (64, 2.14, 0.0103), (65, 1.01, 0.0107), (66, 0.471, 0.0113), (67, 0.241, 0.012),
    (68, 0.105, 0.0125), (70, 0.0425, 0.0125), (75, 0.0245, 0.0137), (80, 0.0168, 0.0155),
    (85, 0.013, 0.0175), (90, 0.0112, 0.0196), (95, 0.011, 0.0219), (100, 0.0111, 0.0243),
    (105, 0.0135, 0.0269), (110, 0.0234, 0.0298), (114, 0.0635, 0.0322), (116, 0.162, 0.0336),
    (118, 0.75, 0.0353), (119, 0.491, 0.0364), (120, 0.118, 0.0374), (122, 0.0284, 0.0381),
    (126, 0.0138, 0.0404), (130, 0.0062, 0.0435), (140, 0.00462, 0.0526), (150, 0.00414, 0.0654),
    (160, 0.00405, 0.0883), (165, 0.00402, 0.111), (170, 0.00402, 0.16), (175, 0.00404, 0.311),
    (180, 0.00408, 1.31), (182, 0.00411, 2.57), (184, 0.00414, 1.85), (186, 0.00417, 0.508),
    (190, 0.00425, 0.247), (195, 0.00435, 0.18), (200, 0.00448, 0.147), (210, 0.00476, 0.144),
    (220, 0.00508, 0.145), (230, 0.00544, 0.153), (240, 0.00582, 0.165), (250, 0.00624, 0.18),
    (260, 0.00667, 0.197), (280, 0.00762, 0.241), (300, 0.00867, 0.316), (310, 0.00924, 0.41),
    (315, 0.00953, 0.551), (320, 0.00984, 1.25), (324, 0.0101, 4.04), (326, 0.0102, 1.27),
    (330, 0.0105, 0.686), (335, 0.0108, 0.593), (340, 0.0113, 0.588),
)  # fmt: skip
FROM_HZ: Final = np.array([step[0] for step in STEPS]) * 1e9
DRY: Final = np.array([step[1] for step in STEPS])
WATER: Final = np.array([step[2] for step in STEPS])


def specific_attenuation_db_per_km(
    freq_hz: ArrayLike, *, water_g_per_m3: ArrayLike = 0.0
) -> Floats:
    """Return the least attenuation, dB/km, in air that holds at least so much water vapour.

    water_g_per_m3: 0 to 30; 0, the default, counts oxygen alone.
    """
    freq, water = np.asarray(freq_hz, np.float64), np.asarray(water_g_per_m3, np.float64)
    is_known = (freq >= LEAST_FREQ_HZ) & (freq <= MOST_FREQ_HZ)
    is_known &= (water >= 0.0) & (water <= MOST_WATER_G_PER_M3)
    step = np.searchsorted(FROM_HZ, np.where(is_known, freq, 0.0), side="right") - 1
    return np.asarray(np.where(is_known, DRY[step] + WATER[step] * water, np.nan))[()]


def loss_db(
    freq_hz: ArrayLike, distance_m: ArrayLike, *, water_g_per_m3: ArrayLike = 0.0
) -> Floats:
    """Return the least gaseous loss of a path within 3 km of the ground, dB."""
    distance = np.asarray(distance_m, np.float64)
    known_km = np.where(distance >= 0.0, distance, np.nan) / 1e3
    per_km = specific_attenuation_db_per_km(freq_hz, water_g_per_m3=water_g_per_m3)
    return np.asarray(per_km * known_km)[()]
