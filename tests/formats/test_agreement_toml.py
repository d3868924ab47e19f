"""An agreement file: read whole, or refused with every reason at once."""

import math
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.agreement_toml import read
from wideberth.formats.builtin import DEFAULT_HEIGHTS, builtin_agreement
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.model.agreement import RestrictionKind
from wideberth.model.footprint import Circle, Everywhere, Polygon
from wideberth.model.volume import Arena

PAGE = Path(__file__).parents[2] / "docs" / "formats" / "agreement.md"
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

LEAST = """
id = "example"
version = 1
title = "Example"
parties = ["north", "south"]
[[clause]]
id = "S1"
text = "Aircraft keep apart."
[[separation]]
arenas = ["air", "air"]
clause = "S1"
lateral_nm = 5
vertical_ft = 1000
time_min = 5
"""


def reading_of(text, *, repair=False):
    data = text.encode() if isinstance(text, str) else text
    return read(data, "agreement.toml", ReadOptions(repair=repair))


def errors_of(text):
    return [p for p in reading_of(text).problems if p.severity is Severity.ERROR]


def test_the_least_agreement_is_read_and_its_ranges_are_listed_as_assumed():
    reading = reading_of(LEAST)
    assert not reading.is_refused
    assert [p.severity for p in reading.problems] == [Severity.ASSUMED] * 3
    assert reading.agreement.heights == DEFAULT_HEIGHTS
    minima = reading.agreement.separation(Arena.AIR, Arena.AIR).minima
    assert (minima.lateral_m, minima.vertical_m, minima.time_s) == (9260.0, 304.8, 300.0)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_page_is_valid(example):
    assert errors_of(example) == []


def test_the_full_example_of_the_page_gives_what_it_says():
    agreement = reading_of(EXAMPLES[1]).agreement
    radio = agreement.separation(Arena.SPECTRUM, Arena.SPECTRUM).minima
    assert (radio.vertical_m, radio.freq_hz) == (math.inf, 12_500.0)
    guard, port = (one for one in agreement.restrictions if one.clause)
    assert isinstance(guard.area, Everywhere)
    assert (guard.kind, guard.band.low_hz) == (RestrictionKind.TABOO, 121_475_000.0)
    assert port.area == Circle((25.6, 36.4), 12 * 1852.0)
    assert port.window.end_s == math.inf
    assert isinstance(agreement.theatre, Polygon)
    assert [n.lead_s for n in agreement.notice_periods] == [2 * 86400.0, 6 * 3600.0]
    assert agreement.heights.terrain_m == (0.0, 8100 * 0.3048)
    assert agreement.validity.start_s == 1_798_761_600.0
    assert agreement.named_points == (("MIDWAY", (26.0, 36.5)),)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('id = "example"', "", "'id'"),
        ("version = 1", "version = 0", "version"),
        ("version = 1", "version = 1.5", "version"),
        ('title = "Example"', "title = 3", "title"),
        ('["north", "south"]', '["north"]', "parties"),
        ('["north", "south"]', '["north", "north"]', "parties"),
        ("lateral_nm = 5", "", "lateral"),
        ("lateral_nm = 5", "lateral = 5", "lateral"),
        ("lateral_nm = 5", "lateral_nm = 5\nlateral_m = 9", "both"),
        ("lateral_nm = 5", "lateral_nm = -5", "below zero"),
        ("lateral_nm = 5", "lateral_nm = nan", "finite"),
        ("lateral_nm = 5", "lateral_nm = true", "true"),
        ("lateral_nm = 5", 'lateral_nm = "5"', "text"),
        ("vertical_ft = 1000", "", "vertical"),
        ("time_min = 5", "time_min = 5\nfreq_khz = 1", "freq_khz"),
        ('["air", "air"]', '["air", "land"]', "land"),
        ('["air", "air"]', '["air"]', "pair"),
        ('clause = "S1"', 'clause = "S2"', "S2"),
        ('clause = "S1"', "", "clause"),
        ("[[separation]]", "[[seperation]]", "seperation"),
        ('id = "S1"', 'id = "S1"\nid_ = 2', "id_"),
    ],
)
def test_one_slip_is_refused_by_name(old, new, word):
    found = errors_of(LEAST.replace(old, new))
    assert any(word in problem.what for problem in found)
    assert reading_of(LEAST.replace(old, new)).agreement is None


@pytest.mark.parametrize(
    ("extra", "word"),
    [
        ("[theatre]\npolygon = [[24, 35], [26, 37], [26, 35], [24, 37]]", "crosses itself"),
        ("[theatre]\ncenter = [0, 0]\nradius_nm = 3", "null island"),
        ("[theatre]\ncenter = [34, 95]\nradius_nm = 3", "latitude"),
        ("[theatre]\ncenter = [34, 35]", "radius"),
        ("[theatre]\ncenter = [34, 35]\npolygon = [[24, 35]]", "exactly one"),
        ("[theatre]\npolygon = [[24, 35], [26, 37, 3, 'a'], 7]", "7 (number)"),
        ("[heights]\nqnh_hpa = [1030, 990]", "backwards"),
        ("[heights]\nqnh_hpa = [99]", "pair"),
        ("[heights]\nterrain_m = [0, 9]\nterrain_ft = [0, 9]", "both"),
        ("[validity]\nstart = 2027-01-01T00:00:00", "no zone"),
        ("[validity]\nstart = 2027-01-01", "RFC 3339"),
        ("[validity]\nstart = 2027-01-02T00:00:00Z\nend = 2027-01-01T00:00:00Z", "backwards"),
        ('[[contact]]\nparty = "nroth"\nrole = "duty"\nhow = "A"', "nroth"),
        ('[[channel]]\nid = "A"', "'what'"),
        ('[[named_point]]\nname = "X"\nlon = 3', "'lat'"),
        ('[[notice]]\nkind = "*"\nclause = "S1"', "lead"),
        ('[[restricted]]\nid = "g"\nkind = "Taboo"\nclause = "S1"', "Taboo"),
        ('[[restricted]]\nid = "g"\nkind = "TABOO"\nclause = "S1"\ncenter_mhz = 3', "bandwidth"),
        ('[[clause]]\nid = "S1"\ntext = "Again."', "called 'S1'"),
        (LEAST[LEAST.index("[[separation]]") :], "air-air"),
        ("[channel]\nid = 3", "[[channel]]"),
    ],
)
def test_a_bad_part_is_refused_by_name(extra, word):
    found = errors_of(LEAST + extra)
    assert any(word in problem.what + problem.remedy for problem in found)


def test_all_that_is_wrong_is_listed_at_once():
    text = LEAST.replace("version = 1", "version = 0").replace("time_min = 5", "time = 5")
    assert len(errors_of(text + "[valid]\n[[notice]]\n")) >= 6


def test_a_crossing_theatre_is_mended_only_on_request():
    text = LEAST + "[theatre]\npolygon = [[24, 35], [26, 37], [26, 35], [24, 37]]"
    assert reading_of(text).is_refused
    reading = reading_of(text, repair=True)
    assert not reading.is_refused
    assert any("Mended" in p.what for p in reading.problems)


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"= = =", b"x = " + b"[" * 100_000, b"x = " + b"9" * 5000]
)
def test_what_is_not_toml_is_refused_not_raised(data):
    reading = reading_of(data)
    assert reading.is_refused
    assert reading.agreement is None


def test_the_builtin_default_has_the_figures_of_the_design():
    builtin = builtin_agreement()
    figures = {
        frozenset(s.arenas): (s.minima.lateral_m / 1852, s.minima.vertical_m, s.minima.time_s / 60)
        for s in builtin.separations
    }
    assert builtin.builtin
    assert figures[frozenset({Arena.AIR})] == (5.0, 1000 * 0.3048, 5.0)
    assert figures[frozenset({Arena.SEA})] == (2.0, 30.0, 10.0)
    assert figures[frozenset({Arena.AIR, Arena.SEA})] == (1.0, 500 * 0.3048, 5.0)
    assert figures[frozenset({Arena.SPECTRUM})] == (0.0, math.inf, 0.0)


LINES = EXAMPLES[1].splitlines()


@given(
    st.integers(0, len(LINES) - 1),
    st.sampled_from(['"x"', "1", "-1", "nan", "[1]", "true", "{a = 1}", "2027-01-01", '""']),
)
@settings(max_examples=250, deadline=None)
def test_any_value_replaced_gives_an_agreement_or_the_reasons(place, value):
    changed = re.sub(r"= .*", f"= {value}", LINES[place])
    reading = reading_of("\n".join([*LINES[:place], changed, *LINES[place + 1 :]]))
    assert (reading.agreement is None) == reading.is_refused


@given(st.binary(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_reading(data):
    assert read(data, "a.toml", ReadOptions()).is_refused
