"""One feature's properties: every problem at once, and never a guess."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.plan_keys import PLAN_KEYS, from_cells
from wideberth.formats.plan_properties import read_properties
from wideberth.model.span import Datum, TimeWindow
from wideberth.model.volume import Arena, Role
from wideberth.units import METRES_PER_FOOT

AIR = {
    "party": "north",
    "activity": "survey",
    "arena": "air",
    "lower_ft": 1000,
    "upper_ft": 2000,
    "start": "2026-11-22T08:00:00Z",
    "end": "2026-11-22T12:00:00+02:00",
}
SPECTRUM = AIR | {"arena": "spectrum", "role": "emit", "freq_low_mhz": 118, "freq_high_mhz": 137}


def problems_of(properties, **options):
    return [p.what for p in read_properties(properties, where="feature 0", **options)[2]]


def test_a_whole_feature_gives_its_fields_in_inner_units():
    activity, volume, problems = read_properties(AIR | {"priority": 3}, where="feature 0")
    assert problems == ()
    assert (activity.party, activity.id, activity.priority) == ("north", "survey", 3)
    assert volume.arena is Arena.AIR
    assert volume.height.lower.height_m == 1000 * METRES_PER_FOOT
    assert volume.time.end_s - volume.time.start_s == 2 * 3600


def test_an_empty_feature_lists_everything_that_is_missing_at_once():
    found = " ".join(problems_of({}))
    for word in ("'party'", "'activity'", "'arena'", "lower and upper", "'start'", "'end'"):
        assert word in found


@pytest.mark.parametrize("key", sorted(PLAN_KEYS - {"volume", "title", "kind", "equipage"}))
def test_a_value_of_the_wrong_type_is_refused_under_every_key(key):
    assert (
        problems_of(SPECTRUM | {key: [1]})
        or key == "times"
        or key.startswith(("radius", "half_width"))
    )


@pytest.mark.parametrize("value", [True, "3000", math.nan, math.inf, 10**400, [3000]])
def test_a_number_is_never_made_of_something_else(value):
    changed = {k: v for k, v in AIR.items() if k != "upper_ft"} | {"upper_ft": value}
    assert any("upper_ft" in what for what in problems_of(changed))


@pytest.mark.parametrize(
    ("slip", "meant"), [("lower_fts", "lower_ft"), ("Party", "party"), ("freq_low", "freq_low")]
)
def test_a_spelling_slip_is_an_error_that_names_the_nearest_key(slip, meant):
    problems = read_properties(AIR | {slip: 1}, where="feature 0")[2]
    assert len(problems) == 1
    assert meant in problems[0].remedy


@pytest.mark.parametrize("key", ["target", "weaponType", "IFF", "target_id", "Hostile"])
def test_keys_of_targeting_are_refused_because_there_is_no_field_for_them(key):
    assert "no field for them" in problems_of(AIR | {key: "a"})[0]


@pytest.mark.parametrize("key", ["x_remark", "stroke", "fill-opacity", "description"])
def test_style_keys_and_own_keys_are_left_alone(key):
    assert problems_of(AIR | {key: {"any": 1}}) == []


def test_a_flight_level_is_pressure_and_may_not_be_called_anything_else():
    level = {k: v for k, v in AIR.items() if k != "upper_ft"} | {"upper_fl": 65}
    _, volume, problems = read_properties(level, where="feature 0")
    assert problems == ()
    assert volume.height.lower.datum is Datum.MSL
    assert volume.height.upper.datum is Datum.PRESSURE
    assert "flight level" in problems_of(level | {"datum": "msl"})[0]


@pytest.mark.parametrize(
    "extra",
    [
        {"lower_m": 5},
        {"upper_unlimited": True},
        {"datum": "msl", "lower_datum": "ground"},
        {"since_before": True},
        {"until_further_notice": True},
        {"datum": "MSL"},
        {"disclose": "secret"},
        {"priority": 1.5},
        {"revision": 0},
        {"flex": {"lateral": 3}},
        {"flex": {"time_min": -3}},
        {"flex": {"time_min": 3, "time_s": 3}},
        {"flex": 3},
        {"volume": ""},
        {"title": "\ud800"},
        {"start": "2026-11-22T08:00:00"},
        {"start": "1026-11-22T08:00:00Z"},
        {"end": "2026-11-22T08:00:00Z"},
        {"freq_low_mhz": 118},
        {"role": "emit"},
    ],
)
def test_a_contradiction_is_refused_once(extra):
    assert len(problems_of(AIR | extra)) == 1


@pytest.mark.parametrize(
    "extra",
    [
        {"center_mhz": 120},
        {"freq_low_hz": 118e6},
        {"freq_high_mhz": 100},
        {"freq_low_mhz": 0},
        {"role": "guard"},
        {"role": None},
        {"freq_low_mhz": None},
    ],
)
def test_a_band_that_is_not_one_band_is_refused(extra):
    assert len(problems_of(SPECTRUM | extra)) == 1


def test_a_band_about_a_centre_is_the_same_band():
    centre = SPECTRUM | {"freq_low_mhz": None, "freq_high_mhz": None}
    centre |= {"center_mhz": 121.5, "bandwidth_khz": 25, "criterion": -6}
    _, volume, problems = read_properties(centre, where="feature 0")
    assert problems == ()
    assert (volume.freq.low_hz, volume.freq.high_hz) == (121_487_500.0, 121_512_500.0)
    assert (volume.role, volume.criterion) == (Role.EMIT, "-6")


def test_a_ship_on_the_surface_must_say_so():
    ship = {k: v for k, v in AIR.items() if not k.endswith("_ft")} | {"arena": "sea"}
    assert "air draught" in read_properties(ship, where="feature 0")[2][0].remedy


def test_a_track_takes_its_window_from_its_times():
    bare = {k: v for k, v in AIR.items() if k not in ("start", "end")}
    window = TimeWindow(1.8e9, 1.9e9)
    _, volume, problems = read_properties(bare, where="feature 0", window=window)
    assert problems == ()
    assert volume.time == window
    assert len(problems_of(AIR, window=window)) == 2


def test_open_ends_and_unlimited_heights_have_keys_of_their_own():
    bare = {k: v for k, v in AIR.items() if k not in ("start", "end", "lower_ft", "upper_ft")}
    bare |= dict.fromkeys(
        ("lower_unlimited", "upper_unlimited", "since_before", "until_further_notice"), True
    )
    _, volume, problems = read_properties(bare, where="feature 0")
    assert problems == ()
    assert volume.time == TimeWindow(-math.inf, math.inf)
    assert (volume.height.lower.height_m, volume.height.upper.height_m) == (-math.inf, math.inf)


def test_cells_of_a_sheet_become_properties_of_the_right_type():
    cells = {"activity": 12.0, "lower_ft": " 1500 ", "since_before": "Yes", "title": " "}
    cells |= {"flex_lateral_nm": "2", "upper_ft": "1,500"}
    assert from_cells(cells) == {
        "activity": "12",
        "lower_ft": 1500.0,
        "since_before": True,
        "upper_ft": "1,500",
        "flex": {"lateral_nm": 2.0},
    }


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
    st.sampled_from(["air", "spectrum", "emit", "msl", "2026-11-22T08:00:00Z"]),
    st.lists(st.integers(), max_size=2), st.dictionaries(st.text(max_size=4), st.floats()),
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(sorted(PLAN_KEYS)) | st.text(max_size=6), VALUES))
@settings(max_examples=300, deadline=None)
def test_whatever_the_properties_they_give_fields_or_say_why_not(properties):
    activity, volume, problems = read_properties(AIR | properties, where="feature 0")
    assert (activity is not None and volume is not None) or problems


@pytest.mark.parametrize("cell", ["1_000", "inf", "nan", "١٢", "1e", "0x10"])
def test_a_cell_that_only_a_program_would_call_a_number_stays_text(cell):
    assert from_cells({"lower_ft": cell})["lower_ft"] == cell
