"""What is taken for what nobody declared is on the safe side, and said."""

import dataclasses

import pytest
from radio_scenes import AGREEMENT, a_receiver, an_emission

from wideberth.interference.sides import emission_of, reception_of
from wideberth.model.protection import Criterion, CriterionKind, Protection
from wideberth.model.radio import Antenna, AntennaKind, Radio
from wideberth.model.span import FrequencyBand

RULES = AGREEMENT.spectrum
OMNI = Antenna(AntennaKind.OMNI, 7.0)
WHOLE_MASK = ((12_500.0, 0.0), (50_000.0, 60.0))


def a_row(name, value_dbm, **different):
    fields = {
        "title": name,
        "band": FrequencyBand(299e6, 301e6),
        "bandwidth_hz": 10e3,
        "criterion": Criterion(CriterionKind.POWER, value_dbm),
        "source": f"source of {name}",
        "verified": True,
    }
    return Protection(id=name, **(fields | different))


ROWS = dataclasses.replace(
    RULES,
    protections=(
        a_row("mild", -90.0, overload_dbm=-40.0),
        a_row("strict", -100.0, verified=False),
        a_row("elsewhere", -140.0, band=FrequencyBand(301e6, 302e6)),
    ),
    equipages=(),
)


def test_of_several_rows_the_strictest_counts_and_the_weakest_front_end():
    found = reception_of(a_receiver(), ROWS)
    assert (found.service, found.limit_dbm, found.verified) == ("strict", -100.0, False)
    assert found.overload_dbm == -40.0
    assert (found.front.low_hz, found.front.high_hz) == (299e6, 301e6)


def test_a_named_service_counts_whatever_else_its_band_lies_in():
    found = reception_of(a_receiver(radio=Radio(service="mild")), ROWS)
    assert (found.service, found.limit_dbm, found.source) == ("mild", -90.0, "source of mild")


def test_a_service_that_no_row_describes_is_said_and_its_band_counts():
    found = reception_of(a_receiver(radio=Radio(service="unheard of")), ROWS)
    assert found.service == "strict"
    assert any("'unheard of'" in text for text in found.assumed)


def test_the_margin_of_the_agreement_counts_once():
    more = dataclasses.replace(ROWS, margin_db=6.0)
    assert reception_of(a_receiver(), more).limit_dbm == -106.0
    own = a_receiver(criterion="-80 dBm, margin 2 dB")
    assert reception_of(own, more).limit_dbm == -88.0


def test_the_margin_of_a_row_counts_once():
    row = a_row("m", -90.0, criterion=Criterion(CriterionKind.POWER, -90.0, margin_db=4.0))
    rules = dataclasses.replace(ROWS, protections=(row,))
    assert reception_of(a_receiver(), rules).limit_dbm == -94.0


@pytest.mark.parametrize(
    ("radio", "name", "value"),
    [
        (Radio(antenna=OMNI), "gain_dbi", 7.0),
        (Radio(overload_dbm=-10.0), "overload_dbm", -10.0),
        (Radio(iip3_dbm=-3.0), "iip3_dbm", -3.0),
    ],
)
def test_what_is_declared_of_a_receiver_overrides_its_row(radio, name, value):
    assert getattr(reception_of(a_receiver(radio=radio), ROWS), name) == value


def test_a_declared_noise_figure_moves_a_limit_beside_noise_by_as_much():
    plain, quiet = (
        reception_of(a_receiver(criterion="I/N -6 dB", radio=radio), ROWS).limit_dbm
        for radio in (None, Radio(noise_figure_db=2.0))
    )
    assert plain - quiet == pytest.approx(3.0)


def test_every_default_of_a_receiver_is_said_and_nothing_that_is_declared():
    bare = reception_of(a_receiver(), ROWS).assumed
    for word in ("noise figure", "antenna is not declared", "no selectivity is declared"):
        assert any(word in text for text in bare), word
    whole = Radio(antenna=OMNI, mask=WHOLE_MASK, noise_figure_db=3.0)
    assert reception_of(a_receiver(radio=whole), ROWS).assumed == ()


def test_every_default_of_an_emission_is_said_and_nothing_that_is_declared():
    bare = emission_of(an_emission(eirp_dbm=None), RULES).assumed
    for word in ("no power is declared; 60 dBm", "no emission mask", "harmonics were taken"):
        assert any(word in text for text in bare), word
    whole = Radio(mask=WHOLE_MASK, harmonics_db=60.0)
    assert emission_of(an_emission(radio=whole), RULES).assumed == ()


def test_a_designator_narrower_than_the_band_narrows_what_is_spilt_and_a_wider_one_does_not():
    plain, narrow, wide = (
        emission_of(an_emission(width_khz=1000.0, radio=radio), RULES).spill_hz
        for radio in (None, Radio(emission="25K0F3E"), Radio(emission="9M00F3E"))
    )
    assert narrow == pytest.approx(plain / 40.0)
    assert wide == plain


def test_a_declared_mask_overrides_designator_and_default():
    radio = Radio(mask=WHOLE_MASK, emission="9M00F3E")
    assert emission_of(an_emission(radio=radio), RULES).skirt.points[-1] == (37_500.0, 60.0)


def test_the_power_of_the_transmitter_is_what_its_antenna_does_not_add():
    dish = Antenna(AntennaKind.PARABOLIC, 30.0)
    with_dish, without = (
        emission_of(an_emission(eirp_dbm=40.0, radio=radio), RULES).harmonics_db
        for radio in (Radio(antenna=dish), None)
    )
    assert (with_dish, without) == (23.0, 53.0)


def test_a_receiver_hears_one_channel_of_its_row_however_wide_it_tunes():
    assert reception_of(a_receiver(width_khz=25.0), ROWS).bandwidth_hz == 10e3
    assert reception_of(a_receiver(width_khz=5.0), ROWS).bandwidth_hz == pytest.approx(5e3)
