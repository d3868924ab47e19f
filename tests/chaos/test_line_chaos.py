"""Lines that drop, double, delay, reorder, corrupt and part: all heals, and nothing is lost.

WIDEBERTH_NIGHTLY=1 plays many more runs.
"""

import asyncio
import os

import pytest
from chaos_on_the_line import played

from wideberth.model.activity import Disclosure

RUNS = 400 if os.environ.get("WIDEBERTH_NIGHTLY") else 12
FULL = 300 if os.environ.get("WIDEBERTH_NIGHTLY") else 4
STEPS = 120


@pytest.mark.parametrize("seed", range(RUNS))
def test_after_whatever_befell_the_line_both_sides_hold_the_same_and_can_prove_it(seed):
    assert asyncio.run(played(seed, STEPS)) == []


@pytest.mark.parametrize("seed", range(10_000, 10_000 + FULL))
def test_where_all_is_disclosed_both_sides_find_the_same_conflicts(seed):
    assert asyncio.run(played(seed, STEPS, Disclosure.FULL)) == []
