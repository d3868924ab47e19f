"""The assignment sheet: a spectrum manager's own words, both ways."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from builders import a_volume, an_activity
from declared_radios import radios
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import theatres

from wideberth.formats.assignment_writer import write_csv
from wideberth.formats.notation import mgrs_of
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.formats.sheet import read_csv
from wideberth.formats.sniff import read_any
from wideberth.model.activity import Disclosure, Flex
from wideberth.model.footprint import Circle, Everywhere, Part, Polygon
from wideberth.model.radio import Antenna, AntennaKind
from wideberth.model.span import Datum, FrequencyBand, HeightBand
from wideberth.model.volume import Arena, Role

ROOT = Path(__file__).parents[2]
EXAMPLE = (ROOT / "examples" / "assignments.csv").read_bytes()
ROW = {
    "party": "north",
    "assignment": "N-1",
    "station": "mast",
    "lon": "25.5",
    "lat": "-36.5",
    "height_agl_m": "15",
    "role": "emit",
    "frequency_mhz": "310.5",
    "emission": "25K0F3E",
    "power_w": "100",
    "gain_dbi": "12",
    "azimuth_deg": "135",
    "start": "2026-11-22T06:00:00Z",
    "end": "2026-11-23T06:00:00Z",
}


def reading(*rows):
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return read_csv(text.getvalue().encode(), "a.csv", ReadOptions())


def the_volume(*, without=(), **changes):
    row = {key: cell for key, cell in ROW.items() if key not in without} | changes
    found = reading(row)
    assert [p for p in found.problems if p.severity is Severity.ERROR] == []
    return found.activities[0].volumes[0]


def errors(*, without=(), **changes):
    row = {key: cell for key, cell in ROW.items() if key not in without} | changes
    return [p for p in reading(row).problems if p.severity is Severity.ERROR]


def test_a_row_is_a_station_in_a_spectrum_managers_words():
    volume = the_volume()
    assert (volume.id, volume.arena, volume.role) == ("mast", Arena.SPECTRUM, Role.EMIT)
    assert volume.footprint == Circle((25.5, -36.5), 0.0)
    assert volume.height == HeightBand.of(15.0, 15.0, Datum.GROUND)
    assert (volume.freq.low_hz, volume.freq.high_hz) == (310_487_500.0, 310_512_500.0)
    assert volume.eirp_dbm == pytest.approx(62.0)
    assert volume.radio.antenna == Antenna(AntennaKind.SECTOR, 12.0, (135.0, 135.0))


def test_a_gain_without_an_azimuth_counts_all_round():
    antenna = the_volume(without=["azimuth_deg"]).radio.antenna
    assert antenna == Antenna(AntennaKind.OMNI, 12.0)


def test_a_place_may_be_an_mgrs_reference_or_a_shape_of_the_planning_sheet():
    square = mgrs_of((25.5, 36.5))
    lon_deg, lat_deg = the_volume(without=["lon", "lat"], mgrs=square).footprint.centre
    assert (lon_deg, lat_deg) == pytest.approx((25.5, 36.5), abs=2e-5)
    area = {"shape": "polygon", "positions": "36N 25E; 36N 26E; 37N 26E"}
    assert isinstance(the_volume(without=["lon", "lat"], **area).footprint, Polygon)
    assert the_volume(radius_km="20").footprint.radius_m == 20_000.0


@pytest.mark.parametrize(
    ("without", "changes", "cell", "word"),
    [
        ([], {"mgrs": "35S LA 12345 12345"}, "cell D2 (lon)", "both given"),
        (["lat"], {"lat": ""}, "cell N2 (lat)", "missing"),
        ([], {"lat": "36 30 N"}, "cell E2 (lat)", "not a number"),
        ([], {"lat": "91"}, "cell E2 (lat)", "beyond 90"),
        ([], {"lon": "0", "lat": "0"}, "row 2", "null island"),
        (["lon", "lat"], {"mgrs": "nowhere"}, "cell M2 (mgrs)", "MGRS"),
        ([], {"lower_m": "3"}, "cell F2 (height_agl_m)", "both given"),
        ([], {"activity": "N-2"}, "cell B2 (assignment)", "both given"),
        ([], {"frequency_mhz": "x"}, "cell H2 (frequency_mhz)", "not a number"),
        ([], {"gain_dbi": "200"}, "row 2", "antenna gain"),
        ([], {"bandwidth_khz": "5"}, "cell I2 (emission)", "25,000 Hz"),
        ([], {"eirp_dbm": "50"}, "cell O2 (eirp_dbm)", "both given"),
        (["gain_dbi", "azimuth_deg"], {}, "cell J2 (power_w)", "no 'antenna_gain_dbi'"),
    ],
)
def test_a_problem_names_its_cell_in_the_sheets_own_word(without, changes, cell, word):
    found = errors(without=without, **changes)
    assert any(word in problem.what for problem in found), found
    assert any(problem.where == cell for problem in found), found


def test_words_of_an_assignment_sheet_in_another_are_refused_with_a_remedy():
    found = reading({**{k: v for k, v in ROW.items() if k != "assignment"}, "activity": "N-1"})
    refused = [p for p in found.problems if "belongs to an assignment sheet" in p.what]
    assert {p.where for p in refused} >= {"cell C1 (station)"} or len(refused) >= 5
    assert found.activities == ()


def test_the_example_is_read_without_a_remark_but_for_its_own_words():
    found = read_any(EXAMPLE, "assignments.csv", ReadOptions())
    assert {p.severity for p in found.problems} <= {Severity.NOTE}
    assert [(a.id, len(a.volumes)) for a in found.activities] == [("N-301", 2), ("N-302", 1)]
    emitter = found.activities[0].volumes[0]
    assert emitter.eirp_dbm == pytest.approx(62.0)


def test_the_example_written_and_read_again_is_the_same():
    found = read_any(EXAMPLE, "assignments.csv", ReadOptions()).activities
    written = write_csv(found)
    assert written.problems == ()
    assert read_csv(written.text.encode(), "x", ReadOptions()).activities == found
    assert write_csv(found).text == written.text


def is_sayable(volume):
    place = volume.footprint
    many = isinstance(place, Polygon) and (len(place.parts) > 1 or place.parts[0].holes)
    return not many and not isinstance(place, Everywhere)


BANDS = st.builds(
    lambda low, width: FrequencyBand(low, low + width),
    st.sampled_from([121.5e6, 9.4e9, 518e3]) | st.floats(1e6, 1e11),
    st.sampled_from([25e3, 8.33e3, 1e9]) | st.floats(1e3, 1e9),
)
TITLES = st.sampled_from(["", "Survey", 'Ünïcode "quoted"', "a,b;c", "12", "true"])


@st.composite
def activities(draw):
    drawn = draw(theatres(most=2))[0]
    volumes = [
        replace(
            volume,
            arena=Arena.SPECTRUM,
            freq=draw(BANDS),
            role=draw(st.sampled_from([Role.EMIT, Role.RECEIVE])),
            eirp_dbm=draw(st.none() | st.floats(-100.0, 120.0)),
            criterion=draw(st.sampled_from(["", "-6", "I/N -6 dB"])),
            radio=draw(st.none() | radios(st.sampled_from(["", "H002A1A"]))),
        )
        if draw(st.booleans())
        else volume
        for volume in drawn.volumes
    ]
    return replace(
        drawn,
        party="north",
        volumes=tuple(volumes),
        title=draw(TITLES),
        disclose=draw(st.sampled_from(Disclosure)),
        priority=draw(st.integers(-3, 3)),
        flex=draw(st.none() | st.just(Flex(1852.0, 0.0, 60.0, 1e-3))),
    )


@given(activities())
@settings(max_examples=150, deadline=None)
def test_what_is_written_reads_back_the_same_or_is_told(activity):
    written = write_csv([activity])
    found = read_csv(written.text.encode(), "x.csv", ReadOptions())
    if not all(map(is_sayable, activity.volumes)):
        assert found.activities == ()
        assert [p.severity for p in written.problems] == [Severity.ERROR]
        return
    assert not [p for p in found.problems if p.severity is Severity.ERROR]
    is_same = found.activities == (activity,)
    assert is_same or written.problems


@given(activities())
@settings(max_examples=150, deadline=None)
def test_all_that_a_sheet_can_say_comes_back_the_very_same(activity):
    plain = tuple(
        replace(volume, footprint=Circle((33.1, 34.2), 1234.5), radio=_said(volume.radio))
        for volume in activity.volumes
        if is_sayable(volume) and not hasattr(volume.footprint, "times_s")
    )
    if plain:
        told = replace(activity, volumes=plain)
        assert write_csv([told]).problems == ()


def _said(radio):
    """A radio of which nothing is declared is none."""
    return None if radio is None or radio == type(radio)() else radio


def test_several_parts_and_the_whole_earth_are_refused_by_name_and_the_rest_is_written():
    part = Part(((25.0, 36.0), (26.0, 36.0), (26.0, 37.0)))
    other = Part(((28.0, 36.0), (29.0, 36.0), (29.0, 37.0)))
    parts = an_activity(a_volume(Polygon((part, other))), name="parts")
    world = an_activity(a_volume(Everywhere()), name="world")
    fine = an_activity(a_volume(Polygon((part,))), name="fine")
    written = write_csv([parts, fine, world])
    assert [p.severity for p in written.problems] == [Severity.ERROR] * 2
    assert "'parts'" in written.problems[0].where
    assert read_csv(written.text.encode(), "x", ReadOptions()).activities == (fine,)


def test_words_that_a_cell_cannot_hold_are_told():
    (problem,) = write_csv([replace(an_activity(), title=" spaced ")]).problems
    assert problem.severity is Severity.PARTIAL
    assert "read back" in problem.what
