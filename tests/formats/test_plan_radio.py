"""The radio of a plan's feature: every key read, every contradiction told, never a guess."""

import json
import math
from dataclasses import replace

import pytest
from builders import a_volume, an_activity
from declared_radios import radios
from hypothesis import given
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.formats.emission import width_hz
from wideberth.formats.geojson import read as read_plan
from wideberth.formats.kml import read as read_kml
from wideberth.formats.plan_keys import RADIO_KEYS, from_cells
from wideberth.formats.plan_properties import read_properties
from wideberth.formats.plan_radio import radio_keys
from wideberth.formats.plan_writer import render
from wideberth.formats.readback_words import bands
from wideberth.formats.reading import ReadOptions
from wideberth.model.radio import Antenna, AntennaKind, Radio
from wideberth.model.volume import Arena

VOLUME = {
    "party": "north",
    "activity": "radio",
    "arena": "spectrum",
    "role": "emit",
    "lower_m": 0,
    "upper_m": 20,
    "start": "2026-11-22T08:00:00Z",
    "end": "2026-11-22T12:00:00Z",
}
BAND = VOLUME | {"freq_low_mhz": 121.475, "freq_high_mhz": 121.525}
CENTRE = VOLUME | {"center_mhz": 300}
WHOLE = {
    "service": "vhf_voice",
    "emission": "25K0F3E",
    "antenna": "sector",
    "antenna_gain_dbi": 12,
    "azimuth_from_deg": 350,
    "azimuth_to_deg": 20,
    "elevation_from_deg": -5,
    "elevation_to_deg": 30,
    "beamwidth_deg": 8,
    "mask": [[12.5, 40], [25, 60]],
    "noise_figure_db": 6,
    "overload_dbm": -20,
    "iip3_dbm": -5,
    "harmonics_db": 60,
}
RADIO = Radio(
    "vhf_voice",
    "25K0F3E",
    Antenna(AntennaKind.SECTOR, 12.0, (350.0, 20.0), (-5.0, 30.0), 8.0),
    ((12_500.0, 40.0), (25_000.0, 60.0)),
    6.0,
    -20.0,
    -5.0,
    60.0,
)


def found_in(properties):
    return read_properties(properties, where="feature 0")


def whats(properties):
    return [problem.what for problem in found_in(properties)[2]]


def without(properties, *keys):
    return {key: value for key, value in properties.items() if key not in keys}


def test_every_key_of_a_radio_is_read():
    _, volume, problems = found_in(BAND | WHOLE)
    assert problems == ()
    assert volume.radio == RADIO
    assert set(WHOLE) | {"mask_hz"} == set(RADIO_KEYS)


def test_a_volume_of_which_nothing_is_declared_has_no_radio():
    assert found_in(BAND)[1].radio is None


@given(radios(st.just("")))
def test_the_keys_of_a_radio_read_back_to_the_very_same_one(radio):
    keys = json.loads(json.dumps(radio_keys(radio)))
    _, volume, problems = found_in(BAND | keys)
    assert problems == ()
    assert (volume.radio or Radio()) == radio


def as_cell(value):
    if isinstance(value, list):
        return ";".join(f"{offset!r}:{step!r}" for offset, step in value)
    return value if isinstance(value, str) else repr(value)


@given(radios(st.just("")))
def test_the_same_keys_as_cells_of_a_sheet_mean_the_same_radio(radio):
    cells = from_cells({key: as_cell(value) for key, value in radio_keys(radio).items()})
    _, volume, problems = found_in(BAND | cells)
    assert problems == ()
    assert (volume.radio or Radio()) == radio


@pytest.mark.parametrize("key", RADIO_KEYS)
def test_a_radio_key_outside_the_spectrum_is_refused_and_told_where_it_belongs(key):
    value = WHOLE.get(key, [[12500.0, 40.0]])
    air = without(VOLUME, "role") | {"arena": "air", key: value}
    problems = [p for p in found_in(air)[2] if "air arena" in p.what]
    assert len(problems) == 1
    assert repr(key) in problems[0].what
    assert "spectrum volume" in problems[0].remedy


@pytest.mark.parametrize(
    "change",
    [
        {"antenna": "horn"},
        {"antenna_gain_dbi": 91},
        {"azimuth_from_deg": 361},
        {"elevation_from_deg": 31},
        {"beamwidth_deg": 0},
        {"noise_figure_db": -1},
        {"overload_dbm": 101},
        {"harmonics_db": 301},
        {"mask": [[25, 60], [12.5, 40]]},
        {"mask": [[12.5, 60], [25, 40]]},
        {"mask": [[12.5]]},
        {"mask": "12.5-40"},
        {"mask": [[12.5, True]]},
        {"mask": [[12.5, math.nan]]},
        {"mask_hz": [[12500, 40]]},
        {"emission": "25F3E"},
        {"emission": "K250F3E"},
        {"eirp_dbm": 40, "eirp_w": 10},
        {"eirp_w": 0},
        {"eirp_w": -1},
        {"power_w": 0},
        {"eirp_dbw": 4, "power_dbm": 3},
    ],
    ids=repr,
)
def test_what_no_radio_has_is_refused_once(change):
    assert len(whats(BAND | WHOLE | change)) == 1


@pytest.mark.parametrize(
    ("key", "missing"),
    [
        ("antenna", "antenna"),
        ("antenna_gain_dbi", "antenna_gain_dbi"),
        ("azimuth_to_deg", "azimuth_to_deg"),
        ("elevation_from_deg", "elevation_from_deg"),
    ],
)
def test_half_an_antenna_is_refused_and_the_other_half_named(key, missing):
    (what,) = whats(without(BAND | WHOLE, key))
    assert f"{missing!r} is missing" in what


def test_all_that_is_wrong_with_a_radio_is_told_at_once():
    wrong = {"antenna": "horn", "mask": "x", "eirp_w": -3, "noise_figure_db": "six"}
    told = " ".join(whats(BAND | WHOLE | wrong))
    for key in wrong:
        assert repr(key) in told


@pytest.mark.parametrize(
    ("given_as", "dbm"),
    [
        ({"eirp_dbm": 44}, 44.0),
        ({"eirp_dbw": 14}, 44.0),
        ({"eirp_w": 100}, 50.0),
        ({"eirp_w": 1}, 30.0),
        ({"eirp_w": 0.001}, 0.0),
    ],
)
def test_power_in_watts_and_dbw_is_the_same_power(given_as, dbm):
    assert found_in(BAND | given_as)[1].eirp_dbm == pytest.approx(dbm, abs=1e-9)


@pytest.mark.parametrize(("given_as", "dbm"), [({"power_w": 100}, 62.0), ({"power_dbm": 30}, 42.0)])
def test_the_power_of_a_transmitter_counts_with_the_gain_of_its_antenna(given_as, dbm):
    antenna = {"antenna": "omni", "antenna_gain_dbi": 12}
    assert found_in(BAND | antenna | given_as)[1].eirp_dbm == pytest.approx(dbm)
    (what,) = whats(BAND | given_as)
    assert "no 'antenna_gain_dbi'" in what


def test_the_designator_gives_the_bandwidth_where_no_other_is_given():
    _, volume, problems = found_in(CENTRE | {"emission": "16K0F3E"})
    assert problems == ()
    assert (volume.freq.low_hz, volume.freq.high_hz) == (299_992_000.0, 300_008_000.0)


def test_a_declared_bandwidth_counts_before_that_of_the_designator():
    _, volume, _ = found_in(CENTRE | {"emission": "16K0F3E", "bandwidth_khz": 25})
    assert volume.freq.high_hz - volume.freq.low_hz == 25_000.0
    assert volume.radio.emission == "16K0F3E"


def test_a_centre_with_no_width_at_all_is_refused():
    (what,) = whats(CENTRE)
    assert "'bandwidth_khz' is missing" in what


@given(st.integers(1, 999), st.integers(1, 999))
def test_an_emission_wider_than_its_band_is_refused_with_a_remedy(needed_khz, declared_khz):
    band = {"center_mhz": 300, "bandwidth_khz": declared_khz, "emission": _khz(needed_khz)}
    problems = found_in(VOLUME | band)[2]
    assert bool(problems) is (needed_khz > declared_khz)
    assert all("whole band" in problem.remedy for problem in problems)


def _khz(width: int) -> str:
    digits = f"{width}K"
    return f"{digits:0<4}F3E"


@pytest.mark.parametrize(
    ("designator", "hz"),
    [
        ("H002N0N", 0.002),
        ("180HA1A", 180.0),
        ("2K40J3E", 2400.0),
        ("8K33A3E", 8330.0),
        ("25K0F3E", 25e3),
        ("1M25F9W", 1.25e6),
        ("10M0P0N", 10e6),
        ("20M5G7W", 20.5e6),
        ("5G50P0N", 5.5e9),
        ("16k0f3ejn", 16e3),
    ],
)
def test_the_necessary_bandwidth_of_a_designator(designator, hz):
    assert width_hz(designator) == pytest.approx(hz, rel=1e-12)


@pytest.mark.parametrize(
    "text", ["", "F3E", "025KF3E", "K250F3E", "25K00F3E", "250KF", "25K0F3", "25K.F3E"]
)
def test_text_that_is_no_designator_is_refused(text):
    with pytest.raises(ImpossibleValueError, match=r"designator|bandwidth|symbol"):
        width_hz(text)


def written(radio):
    volume = a_volume(arena=Arena.SPECTRUM, band_hz=(121.4e6, 121.6e6))
    return render([an_activity(replace(volume, radio=radio))])


def test_a_plan_with_a_radio_reads_back_the_same_and_writes_the_same_bytes():
    text = written(RADIO)
    reading = read_plan(text.encode(), "p.geojson", ReadOptions())
    assert reading.problems == ()
    assert reading.activities[0].volumes[0].radio == RADIO
    assert render(reading.activities) == text


@pytest.mark.parametrize(
    ("radio", "why"),
    [
        (replace(RADIO, aboard="air"), "equipage"),
        (replace(RADIO, emission="10M0P0N"), "10,000,000 Hz"),
        (replace(RADIO, emission="loud"), "emission designator 'loud'"),
    ],
)
def test_a_radio_that_a_plan_could_not_give_back_is_refused_not_dropped(radio, why):
    with pytest.raises(ImpossibleValueError, match=why):
        written(radio)


KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Folder><ExtendedData>{}</ExtendedData>
<Placemark><ExtendedData>{}</ExtendedData>
<Point><coordinates>33,34</coordinates></Point></Placemark></Folder></kml>"""


def kml_data(properties):
    return "".join(
        f'<Data name="{key}"><value>{as_cell(value)}</value></Data>'
        for key, value in properties.items()
    )


def test_kml_data_says_a_radio_and_a_nearer_antenna_sets_the_whole_outer_one_aside():
    nearer = {"antenna": "omni", "antenna_gain_dbi": 2, "radius_nm": 5, "eirp_w": 10}
    text = KML.format(kml_data(BAND | WHOLE | {"eirp_dbm": 60}), kml_data(nearer))
    reading = read_kml(text.encode(), "k.kml", ReadOptions())
    assert [p.what for p in reading.problems] == []
    (volume,) = reading.activities[0].volumes
    assert volume.radio == replace(RADIO, antenna=Antenna(AntennaKind.OMNI, 2.0))
    assert volume.eirp_dbm == pytest.approx(40.0)


def test_a_radio_is_read_back_in_words_figure_by_figure():
    volume = replace(a_volume(arena=Arena.SPECTRUM, band_hz=(121.4e6, 121.6e6)), radio=RADIO)
    said = bands(volume)
    for piece in (
        "service vhf_voice",
        "emission 25K0F3E",
        "sector antenna of 12 dBi, azimuth 350 to 20 degrees",
        "elevation -5 to 30 degrees, beamwidth 8 degrees",
        "mask 40 dB at 12.5 kHz; 60 dB at 25 kHz",
        "noise figure 6 dB",
        "overload -20 dBm",
        "intercept point -5 dBm",
        "harmonics down by 60 dB",
    ):
        assert piece in said


@given(radios(), radios())
def test_two_radios_that_differ_in_a_word_or_a_whole_figure_are_read_back_differently(one, two):
    volume = a_volume(arena=Arena.SPECTRUM, band_hz=(121.4e6, 121.6e6))
    shown = [radio_keys(radio) for radio in (one, two)]
    words = [bands(replace(volume, radio=radio)) for radio in (one, two)]
    if any(shown[0].get(k) != shown[1].get(k) for k in ("service", "emission", "antenna")):
        assert words[0] != words[1]
