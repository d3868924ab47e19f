"""Where a site ends: emitters as near as the agreement says mix, and those farther off do not."""

import drawing
import pytest
from builders import an_activity
from radio_scenes import AGREEMENT, HERE, an_emission

from wideberth.checking import check

SITE_M = AGREEMENT.spectrum.site_m


def products(apart_m, azimuth_deg):
    near = an_emission(122.1, eirp_dbm=90.0)
    far = an_emission(122.7, eirp_dbm=90.0, place=drawing.go(HERE, azimuth_deg, apart_m))
    sides = an_activity(near), an_activity(far, party="south", name="S1")
    return [
        conflict.finding
        for conflict in check(sides, AGREEMENT, fast=False).conflicts
        if conflict.finding.rule == "interference intermodulation"
        and "121.5" in conflict.finding.budget.service
    ]


@pytest.mark.parametrize("azimuth_deg", [0.0, 45.0, 90.0, 200.0])
def test_two_emitters_mix_up_to_the_edge_of_a_site_and_not_beyond(azimuth_deg):
    assert products(SITE_M - 0.5, azimuth_deg)
    assert not products(SITE_M + 0.5, azimuth_deg)
