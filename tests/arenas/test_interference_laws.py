"""What the rules on interference must keep, held against judging every pair and box by box."""

import dataclasses
import math

import pytest
from builders import an_activity
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from radio_scenes import AGREEMENT, a_receiver, an_emission, crowds, pairs

from wideberth.arenas import all_rules
from wideberth.engine.boxes import box_rows
from wideberth.engine.detect import find
from wideberth.engine.field import Question, lay_out
from wideberth.engine.screened import ScreenedRule
from wideberth.interference.budgets import again
from wideberth.model.budget import Verdict
from wideberth.model.footprint import Circle, Track
from wideberth.model.radio import Antenna, AntennaKind, Radio
from wideberth.model.span import FrequencyBand, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Role

RULES = [rule for rule in all_rules(AGREEMENT) if isinstance(rule, ScreenedRule)]
LAW = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    derandomize=True,
)
QUESTION = Question(AGREEMENT.heights, fast=False)


def findings(a, b):
    return [found for rule in RULES if (found := rule.judge(a, b)) is not None]


def conflicts(a, b):
    return {found.rule for found in findings(a, b) if not found.is_cleared}


def test_there_is_a_rule_for_each_harm_and_each_carrier():
    assert [rule.name for rule in RULES] == [
        "air_spectrum", "air_spectrum blocking", "air_spectrum harmonics",
        "sea_spectrum", "sea_spectrum blocking", "sea_spectrum harmonics",
        "interference", "interference blocking", "interference harmonics",
    ]  # fmt: skip


@LAW
@given(pairs())
def test_the_budget_is_the_same_from_either_side(pair):
    assert findings(*pair) == findings(*pair[::-1])


def judged_one_by_one(activities):
    found = set()
    for a in activities:
        for b in activities:
            if a.party >= b.party:
                continue
            for i, one in enumerate(a.volumes):
                for j, other in enumerate(b.volumes):
                    if {one.role, other.role} == {Role.EMIT, Role.RECEIVE}:
                        found |= {
                            ((a.id, i), (b.id, j), finding.rule, finding.is_cleared)
                            for finding in findings(one, other)
                        }
    return found


@LAW
@given(crowds())
def test_the_screen_loses_no_pair_that_judging_every_pair_finds(activities):
    field = lay_out(activities, AGREEMENT.heights)
    found = find(field, RULES, (), QUESTION)
    searched = {
        ((c.a.activity, c.a.place), (c.b.activity, c.b.place), c.finding.rule, is_cleared)
        for those, is_cleared in ((found.conflicts, False), (found.cleared, True))
        for c in those
    }
    expected = judged_one_by_one(activities)
    event(f"some found: {bool(expected)}")
    assert searched == expected


def meet(a, b):
    return all(
        a[low] <= b[high] and b[low] <= a[high]
        for low, high in ((0, 2), (1, 3), (4, 5), (6, 7), (8, 9))
    )


@LAW
@given(pairs())
def test_volumes_in_conflict_have_boxes_that_meet(pair):
    assume(conflicts(*pair))
    sides = [an_activity(pair[0]), an_activity(pair[1], party="south", name="S1")]
    first, second = (box_rows([one], RULES, AGREEMENT.heights)[0] for one in sides)
    assert any(meet(a, b) for a in first for b in second)


def wider(volume, more_m):
    footprint = volume.footprint
    if isinstance(footprint, Circle):
        footprint = Circle(footprint.centre, footprint.radius_m + more_m)
    elif isinstance(footprint, Track):
        footprint = dataclasses.replace(footprint, radius_m=footprint.radius_m + more_m)
    else:
        footprint = dataclasses.replace(footprint, half_width_m=footprint.half_width_m + more_m)
    return dataclasses.replace(volume, footprint=footprint)


def taller(volume, more_m):
    upper = volume.height.upper
    lifted = HeightLimit(upper.height_m + more_m, upper.datum)
    return dataclasses.replace(volume, height=HeightBand(volume.height.lower, lifted))


def longer(volume, more_s):
    if isinstance(volume.footprint, Track):
        return volume
    return dataclasses.replace(
        volume, time=TimeWindow(volume.time.start_s - more_s, volume.time.end_s + more_s)
    )


def broader(volume, more_hz):
    low_hz = max(1.0, volume.freq.low_hz - more_hz)
    return dataclasses.replace(volume, freq=FrequencyBand(low_hz, volume.freq.high_hz + more_hz))


def stronger(volume, more_db):
    if volume.eirp_dbm is None:
        return volume
    return dataclasses.replace(volume, eirp_dbm=volume.eirp_dbm + more_db)


GROWTHS = {
    "wider": (wider, st.floats(0.1, 3e5)),
    "taller": (taller, st.floats(0.1, 3e4)),
    "longer": (longer, st.floats(0.1, 3e4)),
    "broader": (broader, st.floats(1.0, 5e7)),
    "stronger": (stronger, st.floats(0.01, 60.0)),
}


@pytest.mark.parametrize("growth", GROWTHS)
@settings(LAW, max_examples=120)
@given(pairs(), st.data())
def test_more_of_an_emission_never_clears_a_finding(growth, pair, data):
    emission, receiver = pair
    before = conflicts(emission, receiver)
    assume(before)
    grow, amounts = GROWTHS[growth]
    assert conflicts(grow(emission, data.draw(amounts)), receiver) >= before


@pytest.mark.parametrize("growth", ["wider", "taller", "longer"])
@settings(LAW, max_examples=80)
@given(pairs(), st.data())
def test_more_of_a_receiver_never_clears_a_finding(growth, pair, data):
    emission, receiver = pair
    before = conflicts(emission, receiver)
    assume(before)
    grow, amounts = GROWTHS[growth]
    assert conflicts(emission, grow(receiver, data.draw(amounts))) >= before


@LAW
@given(pairs())
def test_every_budget_is_reckoned_again_from_its_own_inputs(pair):
    found = findings(*pair)
    assume(found)
    for finding in found:
        assert again(finding.budget) == pytest.approx(finding.budget.interference_dbm, abs=1e-9)


@LAW
@given(pairs())
def test_a_budget_adds_up_and_its_verdict_follows_from_it(pair):
    found = findings(*pair)
    assume(found)
    for finding in found:
        b = finding.budget
        total = b.eirp_dbm - b.loss_db - b.rejection_db + b.gain_dbi
        assert b.interference_dbm == pytest.approx(total, abs=1e-9)
        if b.verdict is Verdict.CLEARED:
            assert b.interference_dbm <= b.limit_dbm
            assert b.model.startswith(("ITU-R P.528", "P.526"))
        elif b.verdict is Verdict.EXCEEDED:
            assert b.interference_dbm > b.limit_dbm
        else:
            assert any(text.endswith("not cleared") for text in b.assumed)
            assert finding.why.startswith("Not cleared")
        assert finding.clause
        assert finding.start_s < finding.end_s


@LAW
@given(pairs())
def test_free_space_alone_clears_nothing_that_a_model_does(pair):
    strict = dataclasses.replace(
        AGREEMENT, spectrum=dataclasses.replace(AGREEMENT.spectrum, refine=False)
    )
    plain = [rule for rule in all_rules(strict) if isinstance(rule, ScreenedRule)]
    without = [found for rule in plain if (found := rule.judge(*pair)) is not None]
    assert {found.rule for found in without} == {found.rule for found in findings(*pair)}
    assert not any(found.is_cleared for found in without)


def only(emission, receiver):
    (found,) = findings(emission, receiver)
    return found


def test_below_30_mhz_there_is_no_model_however_far_away():
    far = a_receiver(15.0, place=(-147.0, -34.0))
    found = only(an_emission(15.0, eirp_dbm=10.0), far)
    assert found.budget.verdict is Verdict.NO_MODEL
    assert "30 MHz" in found.why


def test_an_undeclared_power_is_not_cleared_and_says_what_was_taken():
    found = only(an_emission(eirp_dbm=None), a_receiver(place=(33.2, 34.0)))
    assert found.budget.verdict is Verdict.NO_MODEL
    assert "power is not declared" in found.why
    assert any("60 dBm EIRP was taken" in text for text in found.notes)


def test_a_criterion_that_cannot_be_read_is_not_cleared():
    found = only(an_emission(), a_receiver(criterion="quiet", place=(33.2, 34.0)))
    assert found.budget.verdict is Verdict.NO_MODEL
    assert "not understood" in found.why


def test_a_height_without_end_leaves_free_space_and_says_so():
    high = dataclasses.replace(
        a_receiver(place=(43.0, 34.0)), height=HeightBand(HeightLimit(0.0), HeightLimit(math.inf))
    )
    found = only(an_emission(), high)
    assert found.budget.verdict is Verdict.EXCEEDED
    assert any("a height is not known" in text for text in found.notes)


def test_far_beyond_the_horizon_a_model_clears_and_its_inputs_are_kept():
    found = only(an_emission(), a_receiver(place=(38.0, 34.0)))
    assert found.is_cleared
    names = {name for name, _ in found.budget.inputs}
    assert {"distance_m", "low_height_m", "time_percent", "surface_refractivity_n"} <= names


def test_a_beam_that_points_away_brings_less_and_one_that_may_point_there_does_not():
    def towards(azimuth_deg):
        beam = Antenna(AntennaKind.SECTOR, 15.0, azimuth_deg, None, 30.0)
        return an_emission(eirp_dbm=60.0, radio=Radio(antenna=beam))

    east = a_receiver(place=(33.2, 34.0))
    at = {
        name: only(towards(azimuths), east).budget.eirp_dbm
        for name, azimuths in {"east": (60.0, 120.0), "west": (250.0, 290.0)}.items()
    }
    assert at == {"east": 60.0, "west": 40.0}


def test_the_position_that_counts_is_the_nearest_and_never_the_middle():
    wide = a_receiver(place=(34.5, 34.0), radius_m=100_000.0)
    point = a_receiver(place=(34.5, 34.0))
    near, middle = (only(an_emission(), one).budget for one in (wide, point))
    assert middle.distance_m - near.distance_m == pytest.approx(100_000.0, rel=0.01)


def test_a_mask_whose_first_step_is_above_0_db_keeps_nothing_out_before_it():
    near_by = {"place": (33.05, 34.0), "criterion": "-110 dBm"}
    steps = Radio(mask=((12.5e3, 40.0), (25e3, 60.0)))
    at = {
        offset_khz: only(
            an_emission(eirp_dbm=60.0, radio=steps),
            a_receiver(300.0 + offset_khz / 1e3, **near_by),
        )
        for offset_khz in (0.0, 40.0)
    }
    assert {found.budget.verdict for found in at.values()} == {Verdict.EXCEEDED}
    assert at[0.0].budget.rejection_db == pytest.approx(0.0, abs=0.01)
    assert 39.0 < at[40.0].budget.rejection_db <= 60.0


def test_a_receiver_that_names_no_service_takes_the_row_of_its_band_and_others_only_if_none():
    voice = only(an_emission(130.0), a_receiver(130.0, place=(33.2, 34.0)))
    assert "voice" in voice.budget.service
    other = only(an_emission(300.05), a_receiver(300.05, place=(33.2, 34.0)))
    assert other.budget.service != "Other receivers"  # 225 to 400 MHz has a row of its own
    lost = only(an_emission(59.0), a_receiver(59.0, place=(33.2, 34.0)))
    assert lost.budget.service == "Other receivers"


def test_an_emission_of_declared_density_brings_a_narrow_receiver_its_share_alone():
    """20 MHz evenly filled into 25 kHz: 10 log 800 = 29 dB (SM.337, on-tune rejection).

    The receiver's own skirt lets in a little more than its 25 kHz: 0.4 dB.
    """
    flat = Radio(mask=((10e6, 0.0), (10e6, 60.0)))
    share = only(an_emission(300.0, 20_000.0, eirp_dbm=60.0, radio=flat), a_receiver(300.0))
    whole = only(an_emission(300.0, 20_000.0, eirp_dbm=60.0), a_receiver(300.0))
    assert 28.5 < share.budget.rejection_db < 29.1
    assert whole.budget.rejection_db == 0.0
    assert again(share.budget) == pytest.approx(share.budget.interference_dbm, abs=1e-9)


def test_the_lowest_frequency_of_both_ends_counts_for_it_is_lost_least():
    near_by = {"place": (33.001, 34.0)}
    for one_mhz, other_mhz in ((300.0, 340.0), (340.0, 300.0)):
        found = only(an_emission(one_mhz, eirp_dbm=90.0), a_receiver(other_mhz, **near_by))
        assert found.budget.freq_hz == 300e6 - 12.5e3


def test_below_30_mhz_even_next_to_nothing_is_not_cleared():
    found = only(an_emission(15.0, eirp_dbm=-120.0), a_receiver(15.0, place=(43.0, 34.0)))
    assert found.budget.verdict is Verdict.NO_MODEL
    assert found.budget.margin_db > 0.0


def test_what_is_spilled_into_the_next_channel_is_looked_for_as_far_as_the_channel_itself():
    far = a_receiver(300.03, place=(123.0, 34.0))  # beside the band, 8,000 km away
    far = dataclasses.replace(far, height=HeightBand(HeightLimit(0.0), HeightLimit(math.inf)))
    emission = an_emission(300.0, eirp_dbm=60.0)
    assert conflicts(emission, far)
    sides = [an_activity(emission), an_activity(far, party="south", name="S1")]
    first, second = (box_rows([one], RULES, AGREEMENT.heights)[0] for one in sides)
    assert any(meet(a, b) for a in first for b in second)


def test_an_emission_far_above_a_receivers_band_is_looked_for_at_that_bands_range():
    receiver = a_receiver(60.0, place=(34.0, 34.0), top_m=12_000.0)  # 92 km away, in sight
    emission = an_emission(9400.0, 1000.0, eirp_dbm=60.0)
    assert conflicts(emission, receiver)
    sides = [an_activity(emission), an_activity(receiver, party="south", name="S1")]
    first, second = (box_rows([one], RULES, AGREEMENT.heights)[0] for one in sides)
    assert any(meet(a, b) for a in first for b in second)
