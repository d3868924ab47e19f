"""Powers that sum, and the worst instant against every instant tried."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum.aggregate import sum_dbm, worst_instant

LAW = settings(max_examples=300, deadline=None, derandomize=True)
powers = st.one_of(st.sampled_from((-200.0, -100.0, 60.0, -math.inf)), st.floats(-150.0, 90.0))
times = st.sampled_from((-math.inf, 0.0, 1.0, 2.0, 3.0, 3.5, 4.0, math.inf))


@st.composite
def windows(draw):
    edges = draw(st.tuples(times, times).filter(lambda pair: pair[0] != pair[1]))
    return (*sorted(edges), draw(powers))


def plain_sum(found):
    total = math.fsum(10.0 ** (power / 10.0) for power in found)
    return 10.0 * math.log10(total) if total > 0.0 else -math.inf


@pytest.mark.parametrize(
    ("found", "want_dbm"),
    [([-100.0] * 10, -90.0), ([0.0, -math.inf], 0.0), ([-math.inf] * 2, -math.inf),
     ([], -math.inf), ([400.0, 400.0], 403.0103), ([-4000.0] * 2, -3996.9897)],
)  # fmt: skip
def test_powers_sum_as_powers(found, want_dbm):
    assert sum_dbm(found) == pytest.approx(want_dbm, abs=1e-4)


def test_a_power_that_is_not_known_makes_the_sum_unknown():
    assert math.isnan(sum_dbm([-100.0, math.nan]))
    assert np.isnan(sum_dbm([[1.0, 2.0], [1.0, math.nan]])).tolist() == [False, True]
    assert sum_dbm(np.zeros((0, 3)), axis=0).tolist() == [-math.inf] * 3


@LAW
@given(st.lists(st.floats(-150.0, 90.0), min_size=1, max_size=8), st.floats(-150.0, 90.0))
def test_another_emitter_never_lowers_the_sum(found, more):
    assert sum_dbm(found) == pytest.approx(plain_sum(found), abs=1e-9)
    assert sum_dbm([*found, more]) >= max(sum_dbm(found), more) - 1e-9


@LAW
@given(st.lists(windows(), min_size=1, max_size=9))
def test_no_instant_is_worse_than_the_worst(found):
    worst = worst_instant(*zip(*found, strict=True))
    edges = sorted({edge for start, end, _ in found for edge in (start, end)})
    tried = [-1e9, 1e9, *(max(min(e, 1e9), -1e9) + d for e in edges for d in (-1e-3, 0.0, 1e-3))]
    sums = [plain_sum([p for start, end, p in found if start <= t < end]) for t in tried]
    assert worst.power_dbm == pytest.approx(max(sums), abs=1e-9)
    here = [k for k, (s, e, _) in enumerate(found) if s <= worst.start_s < e]
    assert sorted(worst.members) == here
    assert plain_sum([found[k][2] for k in here]) == pytest.approx(worst.power_dbm, abs=1e-9)
    assert worst.start_s < worst.end_s
    assert not any(worst.start_s < edge < worst.end_s for edge in edges)
    strengths = [found[k][2] for k in worst.members]
    assert strengths == sorted(strengths, reverse=True)


@LAW
@given(st.lists(windows(), min_size=1, max_size=6), windows())
def test_a_longer_list_or_a_longer_time_never_lowers_the_worst(found, more):
    worst = worst_instant(*zip(*found, strict=True)).power_dbm
    assert worst_instant(*zip(*found, more, strict=True)).power_dbm >= worst - 1e-9
    longer = [(start - 1.0, end + 1.0, power) for start, end, power in found]
    assert worst_instant(*zip(*longer, strict=True)).power_dbm >= worst - 1e-9


def test_windows_that_touch_do_not_sum():
    worst = worst_instant([0.0, 1.0], [1.0, 2.0], [-100.0, -100.0])
    assert (worst.power_dbm, worst.start_s, worst.end_s, worst.members) == (-100.0, 0.0, 1.0, (0,))


def test_a_strong_one_that_has_gone_leaves_nothing_behind():
    found = worst_instant([0.0, 2.0, 2.5], [1.0, 3.0, 3.0], [-120.0, -123.0, -122.0])
    assert (found.members, found.start_s, found.end_s) == ((2, 1), 2.5, 3.0)
    loud = worst_instant([-5.0, 0.0, 2.0], [-4.0, 3.0, 3.0], [300.0, -123.0, -123.0])
    assert loud.members == (0,)


def test_one_whose_power_is_not_known_is_the_worst():
    worst = worst_instant([0.0, 5.0, 6.0], [9.0, 8.0, 7.0], [60.0, math.nan, 10.0])
    assert math.isnan(worst.power_dbm)
    assert (worst.start_s, worst.end_s, worst.members) == (5.0, 6.0, (1, 0))


def test_none_on_the_air_is_no_instant_and_an_empty_window_is_refused():
    assert worst_instant([], [], []) is None
    with pytest.raises(ImpossibleValueError):
        worst_instant([1.0], [1.0], [0.0])
    with pytest.raises(ImpossibleValueError):
        worst_instant([math.nan], [1.0], [0.0])


def test_many_windows_are_swept():
    starts = [float(k % 977) for k in range(5000)]
    ends = [start + 1.0 + k % 13 for k, start in enumerate(starts)]
    power_dbm = [-100.0 + k % 7 for k in range(5000)]
    worst = worst_instant(starts, ends, power_dbm)
    at_s = np.arange(1000.0)[:, None]
    is_on = (np.array(starts) <= at_s) & (at_s < np.array(ends))
    want = 10.0 * np.log10((is_on * 10.0 ** (np.array(power_dbm) / 10.0)).sum(axis=1).max())
    assert worst.power_dbm == pytest.approx(want, abs=1e-9)
