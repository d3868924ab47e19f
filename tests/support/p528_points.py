"""Points of P.528: the reference table where it is at hand, and a few computed by us."""

from pathlib import Path

import numpy as np

FILE = Path(__file__).parents[2].parent / "shared" / "data" / "p528" / "itu_p528_sample.csv"

# Ours, 2026-11 (version 1 of the model), to notice a change: a regression, not the truth.
# freq_hz, distance_m, low_height_m, high_height_m, time_percent, loss_db
COMPUTED = (
    (1.25e08, 100000, 15, 3000, 50, 114.324),
    (1.25e08, 400000, 15, 3000, 5, 156.507),
    (3e08, 1.5e06, 1.5, 20000, 50, 257.131),
    (1.09e09, 370000, 10, 10000, 50, 150.251),
    (1.09e09, 450000, 10, 10000, 1, 159.985),
    (1.2e09, 250000, 1000, 1000, 95, 160.287),
    (5.1e09, 800000, 10000, 10000, 10, 162.011),
    (9.4e09, 30000, 1.5, 1000, 20, 138.652),
    (1.55e10, 60000, 30, 30, 50, 191.158),
    (3e10, 500000, 20000, 20000, 50, 175.832),
)


def reference_points():
    """Return the columns of the reference table in SI; zeros in it mean "no value"."""
    mhz, percent, low_m, high_m, km, loss_db = np.loadtxt(FILE, delimiter=",", skiprows=1).T
    kept = loss_db != 0.0
    columns = (mhz * 1e6, km * 1e3, low_m, high_m, percent, loss_db)
    return tuple(column[kept] for column in columns)


def random_paths(count, seed, *, most_m=1_800e3):
    """Return columns of paths drawn over all that the model speaks of, dense near the horizon."""
    draw = np.random.default_rng(seed)
    freq_hz = 10 ** draw.uniform(8.0, np.log10(3e10), count)
    heights_m = np.sort(10 ** draw.uniform(np.log10(1.5), np.log10(2e4), (count, 2)), axis=1)
    horizon_m = 4120.0 * (np.sqrt(heights_m[:, 0]) + np.sqrt(heights_m[:, 1]))
    far_m = 10 ** draw.uniform(2.0, np.log10(most_m), count)
    near_m = horizon_m * draw.uniform(0.8, 1.3, count)
    distance_m = np.minimum(np.where(draw.random(count) < 0.5, far_m, near_m), most_m)
    percent = draw.choice([1.0, 2.0, 5.0, 7.5, 10.0, 30.0, 50.0, 80.0, 99.0], count)
    return freq_hz, distance_m, heights_m[:, 0], heights_m[:, 1], percent
