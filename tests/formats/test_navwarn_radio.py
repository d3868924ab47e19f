"""Jamming and disturbed services in warnings and NOTAM become emissions, marked as assumed."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wideberth.formats.builtin import builtin_agreement
from wideberth.formats.navwarn import read
from wideberth.formats.navwarn_quantities import AIS_HZ, GNSS_HZ, frequencies_at
from wideberth.formats.navwarn_tokens import tokens_of
from wideberth.formats.notam import read as read_notam
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.model.volume import Arena, Role

WARNING = """HYDROPAC 1/26(39).
(010600Z JAN 26)
AEGEAN SEA.
1. {} WITHIN 20 MILES OF 36-30N 025-30E.
2. CANCEL THIS MSG 011300Z MAR 26.
//
"""
NOTAM = """(A0123/27 NOTAMN
Q) LGGG/QXXXX/IV/BO/W/000/195/3630N02530E012
A) LGGG B) 2703010600 C) 2703011200
E) {} WI 12NM RADIUS OF 363000N0253000E.
F) GND G) FL195)
"""


def reading(words):
    return read(WARNING.format(words).encode(), "w.txt", ReadOptions())


def signals(words):
    """Return the role, the edges in MHz and the service of each spectrum volume."""
    (activity,) = reading(words).activities
    return [
        (v.role, (v.freq.low_hz / 1e6, v.freq.high_hz / 1e6), v.radio.service if v.radio else "")
        for v in activity.volumes
        if v.arena is Arena.SPECTRUM
    ]


def told(words, severity):
    return " ".join(p.what for p in reading(words).problems if p.severity is severity)


SATELLITES = (Role.EMIT, (1559.0, 1610.0), "gnss_l1")
AIS = [(Role.EMIT, (low / 1e6, high / 1e6), "ais") for low, high in AIS_HZ]


@pytest.mark.parametrize(
    "words",
    [
        "GPS INTERFERENCE",
        "GNSS INTERFERENCE REPORTED",
        "GPS JAMMING EXERCISES",
        "SATELLITE NAVIGATION SIGNALS JAMMED",
        "GLONASS AND GALILEO UNRELIABLE",
        "GPS SPOOFING",
    ],
)
def test_disturbed_satellite_navigation_is_an_emission_on_its_band_and_assumed(words):
    assert signals(words) == [SATELLITES]
    assert "satellite navigation is disturbed" in told(words, Severity.ASSUMED)


@pytest.mark.parametrize("words", ["AIS INTERFERENCE", "JAMMING OF AIS", "AIS SPOOFING REPORTED"])
def test_disturbed_ais_is_an_emission_on_both_its_channels_and_assumed(words):
    assert signals(words) == AIS
    assert "AIS is disturbed" in told(words, Severity.ASSUMED)
    assert reading(words).activities[0].kind == "AIS interference"


def test_satellites_and_ais_disturbed_together_are_three_emissions():
    assert signals("GNSS AND AIS INTERFERENCE") == [SATELLITES, *AIS]


def test_a_named_frequency_counts_before_the_whole_band_of_the_satellites():
    (found,) = signals("JAMMING EXERCISES ON 1575.42 MHZ")
    assert found[0] is Role.EMIT
    assert found[1] == pytest.approx((1575.4075, 1575.4325))
    assert found[2] == "gnss_l1"
    assert signals("GPS JAMMING ON 1575.42 MHZ") == [found]


def test_the_channels_of_ais_by_their_figures_are_not_taken_twice():
    assert signals("AIS INTERFERENCE ON 161.975 AND 162.025 MHZ") == AIS


@pytest.mark.parametrize("words", ["JAMMING EXERCISE", "ELECTRONIC WARFARE EXERCISES"])
def test_jamming_on_no_named_band_is_told_and_not_passed_over(words):
    assert signals(words) == []
    assert "jammed and no band is named" in told(words, Severity.PARTIAL)


@pytest.mark.parametrize(
    "words", ["AIS AID TO NAVIGATION ESTABLISHED", "DISTRESS SIGNAL ON 406 MHZ", "DAISY CHAIN"]
)
def test_what_is_only_named_is_no_emission(words):
    assert all(role is Role.RECEIVE for role, _, _ in signals(words))


def test_jamaica_is_an_island():
    assert signals("JAMAICA RADIO ON 2182 KHZ")[0][0] is Role.RECEIVE
    assert "jammed" not in told("JAMAICA RADIO ON 2182 KHZ", Severity.PARTIAL)


@pytest.mark.parametrize(
    ("text", "bands_mhz"),
    [
        ("225-400 MHZ", [(225.0, 400.0)]),
        ("225 TO 400 MHZ", [(225.0, 400.0)]),
        ("400 TO 225 MHZ", [(225.0, 400.0)]),
        ("1.5 TO 1.6 GHZ", [(1500.0, 1600.0)]),
        ("225 AND 400 MHZ", [(224.9875, 225.0125), (399.9875, 400.0125)]),
        ("161.975/162.025 MHZ", [(161.9625, 161.9875), (162.0125, 162.0375)]),
        ("121.5 OR 243 MHZ", [(121.4875, 121.5125), (242.9875, 243.0125)]),
        ("400 TO 400 MHZ", [(399.9875, 400.0125)]),
        ("0 TO 400 MHZ", []),
    ],
)
def test_a_range_keeps_both_its_edges_and_a_list_all_its_figures(text, bands_mhz):
    bands, _ = frequencies_at(tokens_of(text), 0)
    assert [(low / 1e6, high / 1e6) for low, high in bands] == [
        pytest.approx(band) for band in bands_mhz
    ]


def test_between_two_figures_is_the_band_between_them():
    (found,) = signals("ELECTRONIC WARFARE EXERCISE BETWEEN 225 AND 400 MHZ")
    assert found == (Role.EMIT, (225.0, 400.0), "")
    assert "25 kHz" not in told("JAMMING BETWEEN 225 AND 400 MHZ", Severity.ASSUMED)


NAMED_BANDS = st.sampled_from(["", " ON 1575.42 MHZ", " 225-400 MHZ", " BETWEEN 2 AND 4 GHZ"])


@given(st.sampled_from(["GPS ", "AIS ", ""]), st.sampled_from(["JAMMING", "JAMMED"]), NAMED_BANDS)
def test_jamming_is_among_the_volumes_or_a_person_is_told(service, word, band):
    words = f"{service}{word}{band}"
    emits = any(role is Role.EMIT for role, _, _ in signals(words))
    assert emits is not ("jammed" in told(words, Severity.PARTIAL))
    assert emits is bool(service or band)


@pytest.mark.parametrize(
    ("words", "services"),
    [
        ("GPS INTERFERENCE", {"gnss_l1"}),
        ("JAMMING TRIAL ON 1575.42 MHZ", {"gnss_l1"}),
        ("JAMMING TRIAL 225-400 MHZ", {""}),
        ("GPS UNRELIABLE. CONTACT TOWER 121.100MHZ", {"gnss_l1", ""}),
    ],
)
def test_a_notam_says_which_service_an_emission_disturbs_and_nothing_of_a_listener(words, services):
    (activity,) = read_notam(NOTAM.format(words).encode(), "n.txt", ReadOptions()).activities
    radios = [v for v in activity.volumes if v.arena is Arena.SPECTRUM]
    assert {v.radio.service if v.radio else "" for v in radios} == services
    assert all(v.radio is None for v in radios if v.role is Role.RECEIVE)


def test_the_services_that_are_named_are_rows_of_the_protection_data():
    rules = builtin_agreement().spectrum
    satellites, ais = rules.protection("gnss_l1"), rules.protection("ais")
    assert (satellites.band.low_hz, satellites.band.high_hz) == GNSS_HZ
    assert all(ais.band.low_hz <= low and high <= ais.band.high_hz for low, high in AIS_HZ)


DATA = Path(__file__).parents[2].parent / "shared" / "data" / "navwarn" / "navwarnings.json"


@pytest.mark.skipif(not DATA.exists(), reason="../shared/data is absent")
def test_of_the_real_warnings_the_one_on_gps_near_malta_is_the_only_emission():
    found = read(DATA.read_bytes(), "navwarnings.json", ReadOptions())
    emissions = {
        (activity.kind, volume.radio.service if volume.radio else "")
        for activity in found.activities
        for volume in activity.volumes
        if volume.role is Role.EMIT
    }
    texts = json.loads(DATA.read_text(encoding="utf-8"))
    assert any("MALTA" in warning["text"] for warning in next(iter(texts.values())))
    assert emissions == {("GNSS interference", "gnss_l1")}
