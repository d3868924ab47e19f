"""Lines that drop, double, delay, reorder, corrupt and part: all heals, and nothing is lost.

WIDEBERTH_NIGHTLY=1 plays many more runs.
"""

import asyncio
import os

import pytest
from chaos_on_the_line import played

RUNS = 400 if os.environ.get("WIDEBERTH_NIGHTLY") else 12
STEPS = 120


@pytest.mark.parametrize("seed", range(RUNS))
def test_after_whatever_befell_the_line_both_sides_hold_the_same_and_can_prove_it(seed):
    assert asyncio.run(played(seed, STEPS)) == []
