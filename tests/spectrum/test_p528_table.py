"""P.528-5, table form: how near it stays to the exact form, and where it says nothing."""

import numpy as np
import p528_points
import pytest

from wideberth.spectrum.p528 import Polarisation, Table, basic_transmission_loss_db
from wideberth.spectrum.p528.pairs import pair
from wideberth.spectrum.p528.table import SHEETS_KEPT

TABLE = Table()


def paths_of(freq_hz, count, seed):
    _, *rest = p528_points.random_paths(count, seed)
    return (freq_hz, *rest)


def is_off_the_steps(freq_hz, distance_m, low_m, high_m, *, by_m):
    """Return which paths are not right at the horizon or where scatter takes over.

    There the model itself steps, by tens of decibels where water vapour absorbs most.
    """
    rows = [
        pair(freq_hz / 1e6, low / 1e3, high / 1e3, False)[0, [12, 21]]
        for low, high in zip(low_m.tolist(), high_m.tolist(), strict=True)
    ]
    return np.all(np.abs(np.array(rows) * 1e3 - distance_m[:, None]) > by_m, axis=1)


@pytest.mark.parametrize("freq_hz", [1e8, 125e6, 3e8, 1.09e9, 2.8e9, 9.4e9, 15.5e9, 30e9])
def test_the_table_is_within_half_a_decibel_of_the_exact_form(freq_hz):
    paths = paths_of(freq_hz, 1500, int(freq_hz / 1e6))
    exact = basic_transmission_loss_db(*paths)
    apart = np.abs(TABLE.look_up(*paths) - exact)
    clear = is_off_the_steps(*paths[:4], by_m=30.0)
    assert clear.mean() > 0.98
    assert np.isfinite(exact).all()
    assert apart[clear].max() <= 0.5
    assert np.percentile(apart, 99.0) <= 0.15


def test_the_table_holds_where_water_vapour_absorbs_most_but_for_one_in_a_thousand():
    paths = paths_of(22.2e9, 2000, 22)
    apart = np.abs(TABLE.look_up(*paths) - basic_transmission_loss_db(*paths))
    assert np.mean(apart > 0.5) <= 1e-3
    assert np.percentile(apart, 99.0) <= 0.2


def test_the_table_holds_close_by_steeply_and_between_equal_heights():
    draw = np.random.default_rng(5)
    heights = 10 ** draw.uniform(np.log10(1.5), np.log10(2e4), 600)
    distances = 10 ** draw.uniform(0.0, 5.0, 600)
    low = np.where(draw.random(600) < 0.5, heights, np.maximum(heights * 0.3, 1.5))
    paths = (1.2e9, distances, low, heights, draw.choice([1.0, 50.0, 95.0], 600))
    apart = np.abs(TABLE.look_up(*paths) - basic_transmission_loss_db(*paths))
    assert apart.max() <= 0.5


def test_a_vertical_table_holds_the_vertical_loss():
    table = Table(polarisation=Polarisation.VERTICAL)
    paths = paths_of(125e6, 500, 9)
    exact = basic_transmission_loss_db(*paths, polarisation=Polarisation.VERTICAL)
    apart = np.abs(table.look_up(*paths) - exact)
    assert apart[is_off_the_steps(*paths[:4], by_m=200.0)].max() <= 0.5
    assert np.abs(exact - TABLE.look_up(*paths)).max() > 1.0


def test_outside_the_model_the_table_has_no_number_and_the_rest_stands():
    paths = np.array(
        [
            (99e6, 1e5, 10.0, 1e3, 50.0),
            (1e9, -1.0, 10.0, 1e3, 50.0),
            (1e9, 1.9e6, 10.0, 1e3, 50.0),
            (1e9, 1e5, 1.0, 1e3, 50.0),
            (1e9, 1e5, 10.0, 2.1e4, 50.0),
            (1e9, 1e5, 1e3, 10.0, 50.0),
            (1e9, 1e5, 10.0, 1e3, 0.5),
            (1e9, 0.0, 10.0, 10.0, 50.0),
            (np.nan, 1e5, 10.0, 1e3, 50.0),
            (1e9, 1e5, 10.0, 1e3, 50.0),
        ]
    )
    found = TABLE.look_up(*paths.T)
    assert np.isnan(found[:-1]).all()
    assert found[-1] == pytest.approx(basic_transmission_loss_db(*paths[-1]), abs=0.5)
    assert np.isnan(TABLE.look_up(*paths[0]))


def test_frequencies_may_be_mixed_and_the_arguments_broadcast():
    freqs = np.array([[3e8], [1.09e9]])
    distances = np.array([20e3, 150e3, 600e3])
    found = TABLE.look_up(freqs, distances, 30.0, 3000.0, 10.0)
    exact = basic_transmission_loss_db(freqs, distances, 30.0, 3000.0, 10.0)
    assert found.shape == (2, 3)
    np.testing.assert_allclose(found, exact, atol=0.5)


def test_only_so_many_sheets_are_kept():
    table = Table()
    table._sheets.update((float(i), ()) for i in range(SHEETS_KEPT))
    table.look_up(1.09e9, 1e5, 10.0, 1e3, 50.0)
    assert len(table._sheets) == SHEETS_KEPT
    assert 0.0 not in table._sheets
    assert 1090.0 in table._sheets
