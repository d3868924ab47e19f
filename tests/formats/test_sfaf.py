"""SFAF records become spectrum volumes; what is refused, assumed or not used is told by item."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.formats.positions import degrees
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.formats.sfaf import looks_like_sfaf, read
from wideberth.formats.sfaf_values import assigned, designator, place, power_dbm, radius_m
from wideberth.formats.sniff import read_any
from wideberth.formats.times import utc
from wideberth.model.footprint import Circle
from wideberth.model.radio import Antenna, AntennaKind, Radio
from wideberth.model.span import Datum, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role

BEACON = """005.     UE
010.     N
102.     AF  260001
110.     M310.5
113.     FX
114.     25K0F3E
115.     W100
117.     62
140.     20270301
141.     20270331
200.     USAF
300.     GRC
301.     HARBOUR
303.     363000N0253000E
340.     G,AN/XYZ-1
357.     12
358.     40
359.     15
362.     135
363.     V
403.     364500N0254500E
406.     20
457.     3
459.     10
462.     ND
502.     LINK TO THE HARBOUR
502.     AND BACK
"""


def reading(text, **options):
    return read(text.encode(), "a.sfaf", ReadOptions(**options))


def record(*changes, without=()):
    """Return the record with items changed or added ("359. 20") and others left out."""
    numbers = {change.split(".")[0] for change in changes} | set(without)
    kept = [line for line in BEACON.splitlines() if line.split(".")[0] not in numbers]
    added = [change for change in changes if change.partition(".")[2]]
    return "\n".join(sorted([*kept, *added], key=lambda line: line[:3])) + "\n"


def volumes(text):
    found = reading(text)
    assert not found.is_refused, found.problems
    return found.activities[0].volumes


def errors(text):
    return [p for p in reading(text).problems if p.severity is Severity.ERROR]


def test_a_record_is_an_activity_with_its_transmitter_and_its_receiver():
    (activity,) = reading(BEACON).activities
    assert (activity.party, activity.id, activity.kind) == ("USAF", "AF  260001", "FX")
    assert activity.title == "LINK TO THE HARBOUR AND BACK"
    transmitter, receiver = activity.volumes
    window = TimeWindow(utc(2027, 3, 1), utc(2027, 4, 1))
    assert {v.arena for v in activity.volumes} == {Arena.SPECTRUM}
    assert (transmitter.id, transmitter.role, transmitter.eirp_dbm) == ("tx", Role.EMIT, 62.0)
    assert transmitter.footprint == Circle((25.5, 36.5), 0.0)
    assert transmitter.height == HeightBand.of(55.0, 55.0)
    assert transmitter.time == receiver.time == window
    assert (transmitter.freq.low_hz, transmitter.freq.high_hz) == (310_487_500.0, 310_512_500.0)
    sector = Antenna(AntennaKind.SECTOR, 12.0, (135.0, 135.0))
    assert transmitter.radio == Radio(emission="25K0F3E", antenna=sector)
    assert (receiver.id, receiver.role, receiver.eirp_dbm) == ("rx", Role.RECEIVE, None)
    assert receiver.footprint == Circle((25.75, 36.75), 20_000.0)
    assert receiver.height == HeightBand.of(10.0, 10.0, Datum.GROUND)
    assert receiver.radio.antenna == Antenna(AntennaKind.OMNI, 3.0)


def test_items_without_a_place_in_a_plan_are_shown_with_their_number_and_words():
    notes = [p.text for p in reading(BEACON).problems if p.severity is Severity.NOTE]
    assert notes == ["300 GRC; 301 HARBOUR; 340 G,AN/XYZ-1; 363 V"]


@given(st.integers(100, 999), st.text("ABCDEFG 0123", min_size=1).map(str.strip).filter(bool))
@settings(max_examples=200, deadline=None)
def test_no_item_is_dropped_unsaid(number, words):
    """Any further item is used (something changes), told, or refused."""
    before, after = reading(record()), reading(record(f"{number}/07. {words}"))
    told = " ".join(f"{p.what} {p.text}" for p in after.problems)
    is_used = after.activities != before.activities
    assert is_used or f"{number}/07 {words}" in told or f"item {number}" in told


@pytest.mark.parametrize("marking", ["C", "SH,DE25X5", "TE", "CUI"])
def test_a_classified_record_is_refused_and_nothing_of_it_is_shown(marking):
    found = reading(record(f"005. {marking}") + BEACON)
    last = reading(f"005. {marking}\n102. SECRET1\n110. M300\n502. SECRET2\n")
    assert len(found.activities) == 1
    (problem,) = last.problems
    assert problem.severity is Severity.ERROR
    assert "classified" in problem.what
    assert "SECRET" not in repr(problem)


def test_of_a_file_with_a_classified_record_no_line_is_shown_that_has_no_number():
    found = reading(BEACON + "005. S\n102. X\nSECRET WORDS GO ON HERE\n")
    assert "SECRET" not in repr(found.problems)
    assert any("no numbered item" in p.what for p in found.problems)


@pytest.mark.parametrize("marking", ["005. U", "005. UA", ""])
def test_an_unclassified_or_unmarked_record_is_read(marking):
    assert volumes(record(marking, without=["005"]))


@pytest.mark.parametrize(
    ("change", "without", "word"),
    [
        ("102.", ["102"], "item 102 is missing"),
        ("200.", ["200"], "item 200 is missing"),
        ("110.", [], "item 110"),
        ("110. 310.5", [], "item 110"),
        ("110. M400-M300", [], "backwards"),
        ("114. 25F3E", [], "item 114"),
        ("114.", ["114"], "no bandwidth"),
        ("115. 100W", [], "item 115"),
        ("140. 20270230", [], "item 140"),
        ("141. 20270201", [], "backwards or is empty"),
        ("303. 363000N", [], "item 303"),
        ("303. 366000N0253000E", [], "minutes 60"),
        ("303. 000000N0000000E", [], "null island"),
        ("306. 20NM", [], "item 306"),
        ("357. HIGH", [], "item 357"),
        ("359.", ["358", "359"], "the transmitter has no height"),
        ("459.", ["459"], "the receiver has no height"),
        ("315. 28.5", [], "satellite"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_its_item(change, without, word):
    found = errors(record(change, without=without))
    assert any(word in problem.what for problem in found)


def test_all_that_is_wrong_with_a_record_is_told_at_once():
    said = " ".join(p.what for p in errors(record("110. X1", "114. ?", "140. soon", "102.")))
    for number in ("110", "114", "140", "102"):
        assert f"item {number}" in said


def test_a_record_to_be_deleted_is_told_and_not_read():
    found = reading(record("010. D"))
    assert found.activities == ()
    assert [p.severity for p in found.problems] == [Severity.PARTIAL]


def test_a_serial_that_stands_twice_is_refused_the_second_time():
    found = reading(BEACON + BEACON)
    assert len(found.activities) == 1
    assert any("earlier record" in p.what for p in found.problems)


def test_an_item_that_stands_twice_is_told_and_the_first_is_taken():
    found = reading(BEACON + "303.     370000N0260000E\n")
    assert found.activities[0].volumes[0].footprint.centre == (25.5, 36.5)
    assert any("item 303 stands twice" in p.what for p in found.problems)


def test_missing_dates_are_open_ends_and_told_as_assumed():
    text = record(without=["140", "141"]) + "142. 20300101\n130. 1HX\n"
    found = reading(text)
    assert found.activities[0].volumes[0].time == TimeWindow(-math.inf, math.inf)
    (told,) = [p.what for p in found.problems if p.severity is Severity.ASSUMED]
    for word in ("in force already", "until further notice", "review 20300101", "1HX"):
        assert word in told


@pytest.mark.parametrize(
    ("changes", "without", "height"),
    [
        (["359. 15"], ["358"], HeightBand.of(15.0, 15.0, Datum.GROUND)),
        (["356. 30"], ["358", "359"], HeightBand.of(0.0, 30.0, Datum.GROUND)),
        (["711. 250050"], ["358", "359"], HeightBand.of(0.0, 50_000 * 0.3048)),
        (["358. -400", "359. 10"], [], HeightBand.of(-390.0, -390.0)),
    ],
)
def test_the_height_is_the_feedpoint_else_the_most_that_is_said(changes, without, height):
    found = volumes(record(*changes, without=without))[0].height
    assert found.lower.datum is height.lower.datum
    assert found.lower.height_m == pytest.approx(height.lower.height_m)
    assert found.upper.height_m == pytest.approx(height.upper.height_m)


def test_a_radius_of_both_is_that_of_the_receiver_too():
    transmitter, receiver = volumes(record("306. 30B", without=["406"]))
    assert transmitter.footprint.radius_m == receiver.footprint.radius_m == 30_000.0
    only = ["403", "406", "457", "459", "462"]
    transmitter, receiver = volumes(record("306. 30B", without=only))
    assert receiver.footprint == transmitter.footprint == Circle((25.5, 36.5), 30_000.0)
    (alone,) = volumes(record("306. 30T", without=only))
    assert alone.role is Role.EMIT


def test_each_emission_and_each_receiver_is_a_volume_of_its_own():
    more = ["114/02. 16K0F1D", "117/02. 40", "403. 363000N0253000E,R02", "459. 5,R02"]
    text = BEACON + "\n".join(more) + "\n"
    found = {v.id: v for v in volumes(text)}
    assert list(found) == ["tx", "tx02", "rx", "rx02"]
    assert found["tx02"].freq.high_hz - found["tx02"].freq.low_hz == 16_000.0
    assert (found["tx02"].eirp_dbm, found["tx"].eirp_dbm) == (40.0, 62.0)
    assert found["rx02"].freq == found["tx"].freq
    assert found["rx02"].height.lower.height_m == 5.0


def test_of_several_antennas_the_greatest_gain_counts_all_round():
    found = reading(BEACON + "357/02. 30\n")
    antenna = found.activities[0].volumes[0].radio.antenna
    assert antenna == Antenna(AntennaKind.SECTOR, 30.0)
    assert any("2 antennas" in p.what for p in found.problems)


@pytest.mark.parametrize(
    ("changes", "without", "dbm"),
    [
        ([], ["117"], 62.0),
        (["117. 50"], [], 62.0),
        (["117. 61.5"], [], 61.5),
        ([], ["115"], 62.0),
        ([], ["115", "117"], None),
        ([], ["357", "117"], None),
    ],
)
def test_the_radiated_power_is_the_given_one_unless_power_and_gain_make_more(changes, without, dbm):
    text = record(*changes, without=without)
    found = volumes(text)[0].eirp_dbm
    assert (found is None) if dbm is None else found == pytest.approx(dbm)
    is_partial = any(p.severity is Severity.PARTIAL for p in reading(text).problems)
    assert is_partial is (dbm is None or "117. 50" in changes)


def test_the_party_of_the_file_goes_before_the_agency():
    assert reading(BEACON, party="north").activities[0].party == "north"


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("K275", (275e3, 275e3)),
        ("M225-M400", (225e6, 400e6)),
        ("M225-400", (225e6, 400e6)),
        ("K2000-M30", (2e6, 30e6)),
        ("G1.5", (1.5e9, 1.5e9)),
        ("K6737.5(6736)", (6_737_500.0, 6_737_500.0)),
    ],
)
def test_item_110_in_each_of_its_forms(text, edges):
    found = assigned(text)
    assert (found.low_hz, found.high_hz) == edges


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("2K04A2A", "2K04A2A"),
        ("600H00P0N", "600HP0N"),
        ("100M00D7WET", "100MD7WET"),
        ("6K00A3E", "6K00A3E"),
        ("25K0F3EJN", "25K0F3EJN"),
    ],
)
def test_item_114_is_spelt_as_the_regulations_do(text, spelt):
    assert designator(text) == spelt


def test_a_designator_of_more_figures_than_three_is_refused_not_rounded():
    with pytest.raises(ImpossibleValueError, match="item 114"):
        designator("600H05P0N")


@given(st.sampled_from("NS"), st.sampled_from("EW"), st.integers(0, 89), st.integers(0, 179),
       st.integers(0, 59), st.integers(1, 59))  # fmt: skip
def test_item_303_is_degrees_minutes_and_seconds(north, east, lat, lon, minute, second):
    text = f"{lat:02d}{minute:02d}{second:02d}{north}{lon:03d}{minute:02d}{second:02d}{east}"
    assert place(text, "303") == (
        degrees(east, lon, minute, second),
        degrees(north, lat, minute, second),
    )


def test_power_and_radius_in_their_units():
    assert power_dbm("W400") == pytest.approx(56.0206, abs=1e-4)
    assert power_dbm("K1.5") == pytest.approx(61.7609, abs=1e-4)
    assert radius_m("150B", "306") == (150_000.0, "B")
    assert radius_m("46", "406") == (46_000.0, "")


def test_a_record_is_told_by_its_content_whatever_the_name():
    for name in ("a.txt", "a.kml", "a", "a.sfaf"):
        assert read_any(BEACON.encode(), name, ReadOptions()).format == "sfaf"
    assert looks_like_sfaf(BEACON)
    assert not looks_like_sfaf("1. GUNNERY 010600Z\n2. CANCEL THIS MSG\n")
    assert not looks_like_sfaf("Item 110. is the frequency\n")


ODD_LINES = ("005. S", "110. K", "303.", "4/.", "999. \x00", "114/99. X", "", "403. ,R")


@given(st.lists(st.sampled_from([*BEACON.splitlines(), *ODD_LINES]), max_size=30))
@settings(max_examples=150, deadline=None)
def test_any_lines_give_a_reading_that_is_not_silent(lines):
    found = read("\n".join(lines).encode(), "x", ReadOptions())
    assert found.problems
    assert found.format == "sfaf"


@given(st.binary(max_size=80))
def test_any_bytes_give_a_reading(junk):
    assert read(junk, "x", ReadOptions()).problems
    assert read(BEACON.encode() + junk, "x", ReadOptions()).format == "sfaf"
