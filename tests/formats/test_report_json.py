"""The JSON report keeps the contract of DESIGN section 6."""

import json
import math
import re
from dataclasses import replace

import report_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats import report_json
from wideberth.model.agreement import Minima
from wideberth.model.conflict import Gaps

gaps = st.floats(-0.0, 1e6) | st.sampled_from([0.0, -0.0, 1e-12])
minima = st.floats(0.0, 1e6) | st.sampled_from([0.0, 1852.0])
instants = st.floats(-1e9, 4e9) | st.sampled_from([math.inf, -math.inf])


def refuse(constant):
    raise AssertionError(f"{constant} is not JSON")


@settings(max_examples=200)
@given(gaps, gaps, gaps, minima, minima | st.just(math.inf), minima, st.tuples(instants, instants))
def test_every_figure_is_finite_never_minus_zero_and_margin_is_gap_less_minimum(
    lateral_m, vertical_m, time_s, min_lateral_m, min_vertical_m, min_time_s, times
):
    result = samples.one_conflict(
        gaps=Gaps(lateral_m, vertical_m, time_s),
        minima=Minima(min_lateral_m, min_vertical_m, min_time_s),
        start_s=times[0],
        end_s=times[1],
    )
    text = report_json.render(result, ())
    (conflict,) = json.loads(text, parse_constant=refuse)["conflicts"]
    assert re.search(r"-0\.0\b", text) is None
    margin = conflict["margin"]
    assert abs(margin["lateral_m"] - (conflict["lateral_m"] - min_lateral_m)) < 2e-3
    assert (margin["vertical_m"] is None) is math.isinf(min_vertical_m)
    assert (conflict["from"] is None) is math.isinf(times[0])
    assert (conflict["to"] is None) is math.isinf(times[1])


def test_a_conflict_has_the_keys_that_design_promises():
    (conflict,) = json.loads(report_json.render(samples.one_conflict(), ()))["conflicts"]
    promised = {
        *("a", "b", "rule", "clause", "lateral_m", "vertical_m", "time_s", "margin"),
        *("from", "to", "why"),
    }
    assert promised <= set(conflict)
    assert set(conflict["margin"]) == {"lateral_m", "vertical_m", "time_s"}
    assert conflict["a"] == {"party": "north", "activity": "A-1", "volume": "0"}
    assert (conflict["from"], conflict["to"]) == ("2026-11-22T08:30:00Z", "2026-11-22T09:10:00Z")
    assert conflict["margin"] == {"lateral_m": -9260.0, "vertical_m": -304.8, "time_s": -300.0}


def test_frequency_is_there_where_it_plays_a_part():
    (conflict,) = json.loads(report_json.render(samples.spectrum_only(), ()))["conflicts"]
    assert conflict["freq_hz"] == 0.0
    assert conflict["margin"]["freq_hz"] == -25000.0
    assert conflict["margin"]["vertical_m"] is None


def test_counts_remarks_and_what_was_not_judged_are_there():
    report = json.loads(report_json.render(samples.everything(), samples.some_readings()))
    assert report["counts"] == {
        "files": 3,
        "activities": 7,
        "volumes": 8,
        "receivers_aboard": 0,
        "conflicts": 4,
        "cleared": 0,
        "conflicts_by_arenas": {"air-sea": 2, "sea-sea": 1, "spectrum-spectrum": 1},
        "problems": {"error": 1, "partial": 1, "assumed": 1, "note": 1},
    }
    assert report["problems"][0]["source"] == "south.geojson"
    assert set(report["problems"][0]) == {
        *("source", "severity", "where", "what", "remedy", "text"),
    }
    assert report["not_judged"] == [
        {"arenas": ["air", "spectrum"], "pairs": 2, "why": "No rule covers this pair yet."}
    ]
    assert report["links"][0]["members"][1] == {"party": "warnings", "activity": "HYDROLANT 14/26"}
    assert report["agreement"]["version"] == 3
    assert report["agreement"]["separations"][3]["vertical_m"] is None


@given(st.permutations(samples.some_readings()))
def test_the_bytes_do_not_depend_on_the_order_of_files(readings):
    result = samples.everything()
    first = report_json.render(result, samples.some_readings())
    assert report_json.render(result, readings) == first


def test_hostile_names_stay_data():
    result, readings = samples.hostile()
    text = report_json.render(result, readings)
    assert text.isascii()
    names = {c["a"]["party"] for c in json.loads(text)["conflicts"]}
    assert names == {"</script><img src=x onerror=alert(1)>"}


def test_a_result_without_conflicts_is_an_empty_list():
    report = json.loads(report_json.render(replace(samples.everything(), conflicts=()), ()))
    assert report["conflicts"] == []
    assert report["counts"]["conflicts_by_arenas"] == {}
