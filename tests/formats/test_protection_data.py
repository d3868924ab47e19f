"""The protection data that is shipped: whole, sourced, and converted to the stricter side."""

import itertools
import math
import re
import runpy
from pathlib import Path

import pytest
from builders import a_volume, an_activity

from wideberth.checking import check
from wideberth.formats.builtin import builtin_agreement
from wideberth.formats.protection_toml import shipped_data
from wideberth.model.agreement import RestrictionKind
from wideberth.model.footprint import Everywhere
from wideberth.model.protection import CriterionKind
from wideberth.model.volume import Arena, Role

ROOT = Path(__file__).parents[2]
ROWS = {row.id: row for row in shipped_data().protections}
CRAFT = {craft.id: craft for craft in shipped_data().equipages}
GUARDS = {guard.id: guard for guard in shipped_data().guards}
_ROWS = """
    vhf_voice vhf_voice_ground vor ils_loc ils_gp dme ssr_1030 ssr_1090 adsb radio_altimeter
    marine_vhf marine_16 marine_70 ais gnss_l1 gnss_l2 gnss_l5 distress_vhf distress_uhf
    distress_406 uhf_air_ground data_link radar_l radar_s_atc radar_s_maritime radar_s_upper
    radar_c radar_x radar_x_maritime fss_c cbrs_fss cbrs_ppa cbrs_esc cbrs_dpa pmr_146 default
"""
_CRAFT = """
    ifr_transport vfr_light helicopter fast_jet light_uas large_uas warship ferry merchant_ship
    fishing_vessel submarine_surfaced small_craft coast_station
"""


def test_every_service_of_the_reference_has_a_row():
    assert set(_ROWS.split()) <= set(ROWS)


def test_every_kind_of_craft_has_an_equipage_of_its_arena():
    assert set(_CRAFT.split()) <= set(CRAFT)
    assert {craft.arena for craft in CRAFT.values()} == {Arena.AIR.value, Arena.SEA.value}


@pytest.mark.parametrize("craft", CRAFT.values(), ids=CRAFT)
def test_every_craft_navigates_by_satellite_or_stands_ashore(craft):
    assert set(craft.receivers) <= set(ROWS)
    assert "gnss_l1" in craft.receivers or craft.id == "coast_station"


@pytest.mark.parametrize("craft", CRAFT.values(), ids=CRAFT)
def test_no_craft_listens_twice_with_one_radio(craft):
    if craft.arena != Arena.SEA.value:
        return
    marine = [row for row in craft.receivers if row.startswith("marine") or row == "ais"]
    bands = sorted(
        (band.low_hz, band.high_hz)
        for row in marine
        for band in ROWS[row].listens or (ROWS[row].band,)
    )
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(bands))


def test_maritime_rows_together_listen_to_all_that_a_ship_hears_of_appendix_18():
    heard = [
        band
        for row in ("marine_vhf", "marine_16", "marine_70", "ais")
        for band in ROWS[row].listens or (ROWS[row].band,)
    ]
    ship_hz = [156_025e3 + 25e3 * i for i in range(57)] + [160_625e3 + 25e3 * i for i in range(57)]
    for channel_hz in ship_hz:
        assert any(band.low_hz <= channel_hz < band.high_hz for band in heard), channel_hz


def test_the_default_row_holds_every_frequency_that_a_model_reaches():
    default = ROWS["default"]
    assert default.criterion.kind is CriterionKind.I_N
    for row in ROWS.values():
        assert default.band.high_hz >= row.band.high_hz


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_receiver_aboard_listens_within_its_service(row):
    for heard in row.listens:
        assert row.band.low_hz <= heard.low_hz < heard.high_hz <= row.band.high_hz
    assert row.bandwidth_hz <= row.band.high_hz - row.band.low_hz


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_only_what_was_read_in_a_public_source_counts_as_verified(row):
    assert row.verified == row.id.startswith("cbrs")


def field_of(text):
    """Return the field strength that a source names, in dB(uV/m), or None."""
    said = re.search(r"(\d+) dB\(uV/m\)", text)
    if said:
        return float(said[1])
    said = re.search(r"(\d+) uV/m", text)
    return 20.0 * math.log10(float(said[1])) if said else None


FIELDS = {row.id: row for row in ROWS.values() if field_of(row.source) is not None}


@pytest.mark.parametrize("row", FIELDS.values(), ids=FIELDS)
def test_a_field_strength_is_a_power_at_an_isotropic_antenna_rounded_to_the_stricter_side(row):
    # E^2 / (120 pi) falls on wavelength^2 / (4 pi): written out, not by the formula of the file.
    field_v_m = 10.0 ** (field_of(row.source) / 20.0) * 1e-6
    wavelength_m = 299_792_458.0 / row.band.high_hz
    power_w = field_v_m**2 / (120.0 * math.pi) * wavelength_m**2 / (4.0 * math.pi)
    said = row.criterion
    taken = said.desired_dbm if said.kind is CriterionKind.CARRIER else said.value
    assert -0.13 <= taken - (10.0 * math.log10(power_w) + 30.0) <= 0.03  # 77.2 is 77.22 rounded


def test_field_strengths_are_converted_for_voice_navigation_and_land_mobile():
    assert {"vhf_voice", "vhf_voice_ground", "vor", "ils_loc", "ils_gp", "pmr_406"} <= set(FIELDS)


@pytest.mark.parametrize("row", ["dme", "gnss_l1", "gnss_l2", "gnss_l5"])
def test_dbw_of_the_source_is_dbm_in_the_criterion(row):
    dbw = float(re.search(r"(-[\d.]+) dBW", ROWS[row].source)[1])
    assert ROWS[row].criterion.value == pytest.approx(dbw + 30.0, abs=1e-9)


def test_flux_density_is_what_an_isotropic_antenna_takes_at_the_upper_edge():
    row = ROWS["dme_upper"]
    wavelength_m = 299_792_458.0 / row.band.high_hz
    dbm = -121.5 + 10.0 * math.log10(wavelength_m**2 / (4.0 * math.pi)) + 30.0
    assert -0.1 <= row.criterion.value - dbm <= 0.0


@pytest.mark.parametrize(
    "mhz",
    [121.5, 243.0, 406.05, 156.8, 156.525, 161.975, 162.025, 1030, 1090, 1575.42, 1227.6, 1176.45],
)
def test_the_frequencies_of_distress_and_safety_are_guarded_everywhere_and_always(mhz):
    held = [g for g in GUARDS.values() if g.band.low_hz <= mhz * 1e6 < g.band.high_hz]
    assert [g.clause for g in held] == [""]
    assert isinstance(held[0].area, Everywhere)
    assert (held[0].window.start_s, held[0].window.end_s) == (-math.inf, math.inf)
    assert held[0].source
    assert not held[0].verified


def test_distress_is_taboo_and_navigation_is_protected():
    taboo = {g.id for g in GUARDS.values() if g.kind is RestrictionKind.TABOO}
    assert taboo == {
        "distress-vhf", "distress-uhf", "distress-406", "marine-16", "marine-70", "ais-1", "ais-2",
    }  # fmt: skip


def emission_in(guard, offset_hz):
    edge_hz = guard.band.high_hz + offset_hz
    volume = a_volume(arena=Arena.SPECTRUM, band_hz=(edge_hz, edge_hz + 5e3), role=Role.EMIT)
    return check([an_activity(volume)], builtin_agreement()).conflicts


@pytest.mark.parametrize("guard", GUARDS.values(), ids=GUARDS)
def test_an_emission_a_hertz_inside_a_guarded_band_is_found_where_no_agreement_is(guard):
    conflict = next(c for c in emission_in(guard, -2.0) if guard.id in (c.a.volume, c.b.volume))
    assert conflict.finding.clause == guard.source
    assert "not held against its source" in conflict.finding.why


@pytest.mark.parametrize("guard", GUARDS.values(), ids=GUARDS)
def test_an_emission_beside_a_guarded_band_is_not(guard):
    beside = emission_in(guard, 2.0)
    assert not any(guard.id in (c.a.volume, c.b.volume) for c in beside)


def test_the_page_says_what_the_data_says():
    generate = runpy.run_path(str(ROOT / "docs" / "generate.py"))
    page = (ROOT / "docs" / "formats" / "protection.md").read_text(encoding="utf-8")
    assert page == generate["protection_page"](page), "run: make docs"
