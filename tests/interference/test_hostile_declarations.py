"""What another party declares never stops a check, and what cannot be used clears nothing."""

import dataclasses
import math

import pytest
from builders import an_activity
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from radio_scenes import AGREEMENT, HERE, a_receiver, an_emission

from wideberth.checking import check
from wideberth.interference.sides import emission_of, reception_of
from wideberth.model.budget import Case, Verdict
from wideberth.model.radio import Antenna, AntennaKind, Radio
from wideberth.model.span import FrequencyBand

NEAR = (33.2, 34.0)
UNUSABLE = {
    "first attenuation": ((0.0, 5.0), (1e4, 20.0)),
    "one point in the middle": ((0.0, 0.0),),
    "ends within the band": ((1e3, 0.0),),
    "two offsets next to nothing apart": ((1e3, 0.0), (1e3 + 1e-7, 30.0)),
}
RULES = AGREEMENT.spectrum


def check_of(emission, receiver):
    sides = an_activity(emission, name="E"), an_activity(receiver, party="south", name="R")
    second = an_activity(an_emission(310.0, volume_id="x"), party="east", name="E2")
    return check([*sides, second], AGREEMENT, fast=False)


def of_pair(result, case):
    return [
        c.finding
        for c in (*result.conflicts, *result.cleared)
        if {c.a.activity, c.b.activity} == {"E", "R"}
        and c.finding.budget is not None
        and c.finding.budget.case is case
    ]


@pytest.mark.parametrize("mask", UNUSABLE.values(), ids=UNUSABLE)
def test_a_mask_that_cannot_exist_is_not_cleared_and_says_so(mask):
    loud, radio = {"middle_mhz": 301.0, "eirp_dbm": 90.0}, Radio(mask=mask)
    for result in (
        check_of(an_emission(**loud, radio=radio), a_receiver(place=NEAR)),
        check_of(an_emission(**loud), a_receiver(place=NEAR, radio=radio)),
    ):
        (found,) = of_pair(result, Case.OUT_OF_BAND)
        assert found.budget.verdict is Verdict.NO_MODEL
        assert "mask cannot be used" in found.why


def test_an_unusable_mask_is_never_cleared_by_a_model():
    far = a_receiver(300.03, place=(39.5, 34.0))
    plain = check_of(an_emission(eirp_dbm=55.0), far)
    (cleared,) = of_pair(plain, Case.OUT_OF_BAND)
    assert cleared.is_cleared
    bad = an_emission(eirp_dbm=55.0, radio=Radio(mask=UNUSABLE["first attenuation"]))
    (found,) = of_pair(check_of(bad, far), Case.OUT_OF_BAND)
    assert found.budget.verdict is Verdict.NO_MODEL


def test_an_unusable_mask_changes_nothing_in_its_own_band():
    bad = an_emission(radio=Radio(mask=UNUSABLE["first attenuation"]))
    (found,) = of_pair(check_of(bad, a_receiver(place=NEAR)), Case.IN_BAND)
    assert found.budget.verdict is Verdict.EXCEEDED
    assert "mask" not in found.why


def test_a_text_that_is_no_designator_is_not_cleared_and_the_whole_band_is_taken():
    said = an_emission(301.0, eirp_dbm=90.0, radio=Radio(emission="nonsense"))
    (found,) = of_pair(check_of(said, a_receiver(place=NEAR)), Case.OUT_OF_BAND)
    assert found.budget.verdict is Verdict.NO_MODEL
    assert "'nonsense' is no designator" in found.why
    assert (
        emission_of(said, RULES).skirt
        == emission_of(an_emission(301.0, eirp_dbm=90.0), RULES).skirt
    )


@pytest.mark.parametrize("count", ["9" * 400, "0", "0." + "0" * 330 + "1", "1" + "0" * 280])
def test_a_criterion_that_gives_no_power_is_not_cleared(count):
    quiet = a_receiver(place=NEAR, criterion=f"-129 dBm/{count} GHz")
    assert reception_of(quiet, RULES).limit_dbm is None
    (found,) = of_pair(check_of(an_emission(), quiet), Case.IN_BAND)
    assert found.budget.verdict is Verdict.NO_MODEL
    assert "what the receiver bears is not known" in found.why


@pytest.mark.parametrize("eirp_dbm", [1e4, -1e4, 501.0, math.nan, math.inf, -math.inf])
def test_a_power_that_nobody_has_is_taken_as_undeclared(eirp_dbm):
    (found,) = of_pair(
        check_of(an_emission(eirp_dbm=eirp_dbm), a_receiver(place=NEAR)), Case.IN_BAND
    )
    assert found.budget.verdict is Verdict.NO_MODEL
    assert "power is not declared" in found.why
    assert found.budget.eirp_dbm == RULES.undeclared_eirp_dbm


BANDS = [
    (5e-324, 1e-323), (1e-300, 1.0), (0.5, 2.0), (1.0, 1e18), (1e17, 1e18), (1e307, 1.7e308),
    (3e8, math.nextafter(3e8, 9e8)), (1e18, math.nextafter(1e18, 2e18)),
]  # fmt: skip
offsets = st.sampled_from((0.0, 5e-324, 1.0, 12_500.0, 1e12)) | st.floats(0.0, 1e12)
masks = st.lists(st.tuples(offsets, st.sampled_from((0.0, 5.0, 300.0))), max_size=4).map(
    lambda points: tuple(
        zip(
            sorted({hz for hz, _ in points}),
            sorted(db for _, db in points)[: len({hz for hz, _ in points})],
            strict=True,
        )
    )
)
radios = st.builds(
    Radio,
    service=st.sampled_from(("", "nobody", "gnss_l1", "x" * 200)),
    emission=st.sampled_from(("", "H001N0N", "25K0F3E", "999GF3E", "x" * 200, "\x00<b>")),
    antenna=st.none()
    | st.just(Antenna(AntennaKind.PARABOLIC, 90.0, (10.0, 10.0), (90.0, 90.0), 0.001))
    | st.just(Antenna(AntennaKind.RADAR, -60.0)),
    mask=masks,
    noise_figure_db=st.none() | st.sampled_from((0.0, 60.0)),
    overload_dbm=st.none() | st.sampled_from((-150.0, 100.0)),
    iip3_dbm=st.none() | st.sampled_from((-100.0, 100.0)),
    harmonics_db=st.none() | st.sampled_from((0.0, 300.0)),
)
bands = st.sampled_from(BANDS) | st.just((299.9e6, 300.1e6))
criteria = st.sampled_from(("", "mask", "-250 dBm/1 Hz", "I/N -100 dB, margin 100 dB", "\x00" * 99))


@st.composite
def volumes(draw, volume):
    changed = {"freq": FrequencyBand(*draw(bands)), "radio": draw(radios)}
    if volume.eirp_dbm is not None:
        changed["eirp_dbm"] = draw(st.none() | st.sampled_from((-1e4, 0.0, 300.0, 1e4)))
    else:
        changed["criterion"] = draw(criteria)
    return dataclasses.replace(volume, **changed)


@pytest.mark.filterwarnings("error::RuntimeWarning")
@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(volumes(an_emission(place=HERE)), volumes(a_receiver(place=NEAR)))
def test_no_declaration_stops_a_check(emission, receiver):
    result = check_of(emission, receiver)
    for conflict in (*result.conflicts, *result.cleared):
        assert "nan" not in conflict.finding.why
        assert "inf" not in conflict.finding.why.replace("interf", "")


def test_a_rejection_floor_above_all_filters_counts_as_the_best_of_them():
    rules = dataclasses.replace(RULES, rejection_floor_db=150.0)
    assert reception_of(a_receiver(), rules).skirt.floor_db == 100.0


def test_no_declared_selectivity_rejects_more_than_was_agreed():
    sharp = a_receiver(radio=Radio(mask=((12_500.0, 0.0), (20_000.0, 100.0))))
    assert reception_of(sharp, RULES).skirt.floor_db == RULES.rejection_floor_db
