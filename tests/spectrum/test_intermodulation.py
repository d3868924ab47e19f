"""Intermodulation products against every choice tried by hand, and how strong they are."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.spectrum.intermodulation import (
    FORMS,
    OFF_TUNE_DB,
    Form,
    off_tune_db,
    product_edges_hz,
    products,
    receiver_product_dbm,
    transmitter_product_dbm,
)

LAW = settings(max_examples=150, deadline=None, derandomize=True)
# whole megahertz and powers of two, so that touching edges touch exactly
places = st.one_of(st.integers(1, 40), st.integers(100, 140)).map(lambda mhz: mhz * 1e6)
widths = st.sampled_from((8_192.0, 25_000.0, 1e6, 4e6, 1e8))
bands = st.builds(lambda low, wide: (low, low + wide), places, widths)
FORM = {form.text: form for form in FORMS}


def by_hand(emitters, receivers, orders):
    """Every ordered choice of different emitters; what only swaps equal terms is one product."""
    found = set()
    for form in range(len(FORMS)):
        times = FORMS[form].multiples
        if sum(map(abs, times)) not in orders:
            continue
        for chosen in permutations(range(len(emitters)), len(times)):
            if times in ((1, 1), (1, -1), (1, 1, -1)) and chosen[0] > chosen[1]:
                continue
            ends = [
                sorted((k * emitters[c][0], k * emitters[c][1]))
                for k, c in zip(times, chosen, strict=True)
            ]
            low, high = sum(e[0] for e in ends), sum(e[1] for e in ends)
            heard = [(max(low, 0.0), high)] if high > 0.0 else []
            heard += [(max(-high, 0.0), -low)] if low < 0.0 else []
            for k, (start, end) in enumerate(receivers):
                if any(a < end and start < b for a, b in heard):
                    found.add((form, *chosen, *[-1] * (3 - len(chosen)), k))
    return found


@LAW
@given(
    st.lists(bands, max_size=5), st.lists(bands, max_size=6),
    st.sampled_from(((2, 3, 5), (3,), (2,), (5,), ())),
)  # fmt: skip
def test_the_search_finds_what_trying_every_choice_finds(emitters, receivers, orders):
    found = products(emitters, receivers, orders)
    rows = np.column_stack([found.form, found.emitter, found.receiver])
    keys = [tuple(map(int, row)) for row in rows]
    assert keys == sorted(set(keys))
    assert set(keys) == by_hand(emitters, receivers, orders)


@LAW
@given(st.lists(bands, min_size=2, max_size=4), st.lists(bands, min_size=1, max_size=6))
def test_a_wider_emission_or_receiver_never_loses_a_product(emitters, receivers):
    orders = (2, 3, 5)

    def keys(emitters, receivers):
        found = products(emitters, receivers, orders)
        return set(map(tuple, np.column_stack([found.form, found.emitter, found.receiver])))

    wide_emitters = [(low - 5e5, high + 5e5) for low, high in emitters]
    wide_receivers = [(low - 5e5, high + 5e5) for low, high in receivers]
    before = keys(emitters, receivers)
    assert before <= keys(wide_emitters, receivers)
    assert before <= keys(emitters, wide_receivers)


@pytest.mark.parametrize(
    ("text", "bands_hz", "want"),
    [
        ("f1 + f2", [(100, 101), (20, 23)], (120, 124)),
        ("f1 - f2", [(100, 101), (20, 23)], (77, 81)),
        ("f1 - f2", [(20, 23), (100, 101)], (77, 81)),
        ("f1 - f2", [(20, 23), (22, 30)], (0, 10)),
        ("2f1 - f2", [(100, 101), (110, 113)], (87, 92)),
        ("f1 + f2 - f3", [(100, 101), (110, 113), (50, 55)], (155, 164)),
        ("3f1 - 2f2", [(100, 101), (110, 113)], (74, 83)),
    ],
)
def test_a_product_is_as_wide_as_all_its_terms_together(text, bands_hz, want):
    assert tuple(map(float, product_edges_hz(FORM[text], bands_hz))) == want


def test_a_product_on_a_distress_frequency_is_found():
    carriers = [(mhz * 1e6 - 4e3, mhz * 1e6 + 4e3) for mhz in (123.0, 124.5, 130.0)]
    found = products(carriers, [(121.496e6, 121.504e6), (406e6, 406.1e6)], (3,))
    assert [FORMS[k].text for k in found.form] == ["2f1 - f2"]
    assert found.emitter.tolist() == [[0, 1, -1]]
    assert found.receiver.tolist() == [0]
    assert (found.low_hz[0], found.high_hz[0]) == (121.488e6, 121.512e6)


def test_bands_that_only_touch_are_no_product():
    emitters, beside = [(10e6, 11e6), (20e6, 21e6)], [(32e6, 33e6), (29e6, 30e6)]
    assert len(products(emitters, beside, (2,))) == 0
    assert len(products(emitters, [(31.9e6, 33e6)], (2,))) == 1


def test_many_receivers_of_all_widths_are_searched_as_few_are():
    draw = np.random.default_rng(7)
    low = draw.uniform(30e6, 400e6, 3000)
    receivers = np.column_stack([low, low + draw.choice([8.33e3, 25e3, 1e6, 1e8], 3000)])
    low = draw.uniform(100e6, 300e6, 12)
    emitters = np.column_stack([low, low + 25e3])
    found = products(emitters, receivers, (3,))
    count = 0
    for text in ("2f1 - f2", "f1 + f2 - f3"):
        for chosen in permutations(range(12), len(FORM[text].multiples)):
            if text != "2f1 - f2" and chosen[0] > chosen[1]:
                continue
            start, end = product_edges_hz(FORM[text], emitters[list(chosen)])
            count += int(((receivers[:, 0] < end) & (start < receivers[:, 1])).sum())
    assert len(found) == count > 1000


def test_third_order_products_in_a_receiver():
    two = receiver_product_dbm(FORM["2f1 - f2"], [-20.0, -30.0], 0.0)
    three = receiver_product_dbm(FORM["f1 + f2 - f3"], [-20.0, -25.0, -30.0], 5.0)
    assert two == pytest.approx(-70.0)
    assert three == pytest.approx(-75.0 - 10.0 + 6.02, abs=0.01)


@pytest.mark.parametrize("form", FORMS)
def test_at_the_intercept_point_a_product_is_as_strong_as_its_signals(form):
    power_dbm = np.full(len(form.multiples), -7.0)
    assert receiver_product_dbm(form, power_dbm, -7.0) == pytest.approx(-7.0 + form.ways_db)
    rise = receiver_product_dbm(form, power_dbm + 1.0, -7.0) - receiver_product_dbm(
        form, power_dbm, -7.0
    )
    assert rise == pytest.approx(form.order)


def test_products_are_made_for_many_at_once_and_an_unknown_power_is_an_unknown_product():
    found = receiver_product_dbm(FORM["2f1 - f2"], [[-20.0, -30.0], [math.nan, 0.0]], 0.0)
    assert found[0] == pytest.approx(-70.0)
    assert math.isnan(found[1])


def test_a_transmitter_mixes_what_comes_back_into_it():
    assert transmitter_product_dbm(50.0, 30.0) == 10.0
    assert transmitter_product_dbm(50.0, 30.0, 25.0) == -5.0


def test_forms_are_written_as_they_are_said():
    assert [form.text for form in FORMS] == [
        "f1 + f2", "f1 - f2", "2f1 - f2", "f1 + f2 - f3", "3f1 - 2f2"
    ]  # fmt: skip
    assert [form.order for form in FORMS] == [2, 2, 3, 3, 5]
    assert Form((1, -2)).text == "f1 - 2f2"


def test_an_empty_band_is_refused():
    with pytest.raises(ImpossibleValueError):
        products([(1.0, 1.0)], [(1.0, 2.0)], (3,))
    with pytest.raises(ImpossibleValueError):
        products([(1.0, 2.0)], [(1.0, math.inf)], (3,))


@pytest.mark.parametrize(
    ("band_mhz", "want_db"),
    [
        ((100, 101), 0.0), ((90, 95), 0.0), ((121.2, 130), 0.0), ((70, 83.4), 0.0),
        ((202, 203), 60.0), ((49, 50), 60.0), ((0, 10), 60.0), ((1000, 1001), 60.0),
        ((101 * math.sqrt(2.4), 200), 30.0), ((40, 100 / math.sqrt(2.4)), 30.0),
    ],
)  # fmt: skip
def test_a_tuned_stage_keeps_out_what_is_off_by_octaves(band_mhz, want_db):
    assert off_tune_db(*band_mhz, 100.0, 101.0) == pytest.approx(want_db)


@LAW
@given(bands, bands, st.floats(0.0, 1e8), st.floats(0.0, 1e8))
def test_a_wider_band_is_never_kept_out_more(band_hz, own_hz, below_hz, above_hz):
    def wider(edges_hz):
        return max(0.0, edges_hz[0] - below_hz), edges_hz[1] + above_hz

    kept = off_tune_db(*band_hz, *own_hz)
    assert 0.0 <= kept <= OFF_TUNE_DB
    assert off_tune_db(*wider(band_hz), *own_hz) <= kept
    own_wide = wider(own_hz)
    assert off_tune_db(*band_hz, max(1.0, own_wide[0]), own_wide[1]) <= kept
    assert off_tune_db(*own_hz, *band_hz) == pytest.approx(kept)
