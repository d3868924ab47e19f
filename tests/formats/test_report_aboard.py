"""Receivers aboard a craft in reports: counted apart, and never drawn beside their craft."""

import json

import interference_samples as radio
import pytest
import report_samples as samples

from wideberth.formats import report_facts as facts
from wideberth.formats import report_geojson, report_html, report_json
from wideberth.formats.report_aboard import as_declared, carrier
from wideberth.formats.report_charts import frequency_chart, height_chart
from wideberth.formats.report_map import picture
from wideberth.formats.report_parties import looks_of
from wideberth.interference.craft import is_aboard
from wideberth.model.budget import Case
from wideberth.model.conflict import Conflict

INTERFERED = radio.interfered()


def as_json(result):
    return json.loads(report_json.render(result, ()))


# What programs read -------------------------------------------------------------------------------


def test_what_is_aboard_is_counted_apart_and_counts_for_its_craft():
    counts = as_json(INTERFERED)["counts"]
    assert (counts["volumes"], counts["receivers_aboard"]) == (20, 3)
    assert counts["conflicts_by_arenas"] == {"air-spectrum": 2, "sea-spectrum": 1}


def test_cleared_pairs_have_the_form_of_conflicts():
    report = as_json(INTERFERED)
    assert [set(entry) for entry in report["cleared"]] == [set(report["conflicts"][0])] * 2
    assert {entry["budget"]["verdict"] for entry in report["cleared"]} == {"cleared"}


def test_a_conflict_without_a_budget_has_no_budget_field():
    assert all("budget" not in entry for entry in as_json(samples.everything())["conflicts"])


# Pictures -----------------------------------------------------------------------------------------


def test_conflicts_with_a_receiver_aboard_point_at_its_craft():
    found = json.loads(report_geojson.render(INTERFERED, ()))["features"]
    volumes = [f["id"] for f in found if f["properties"]["feature"] == "volume"]
    assert volumes == [
        "north/AZ1/leg",
        "north/FERRY/berth",
        "south/JAM/0",
        "south/P0/0",
        "south/UNSAID/0",
    ]
    places = [f["properties"] for f in found if f["properties"]["feature"] == "conflict"]
    assert {v for place in places for v in place["volumes"]} == set(volumes)
    assert places[0]["a"]["volume"] == "leg gnss_l1"
    assert places[0]["budget"]["interference_dbm"] == -94.4


def test_a_craft_of_many_alike_volumes_carries_each_receiver_where_its_name_says():
    alike = [samples.a_volume(name) for name in ("leg", "leg gnss", "leg gnss_l")]
    flight = radio.a_craft("north", "AZ1", *alike)
    index = facts.volume_index(samples.a_result([flight]))
    carriers = [
        carrier(ref, index).volume for ref, (_, volume) in index.items() if is_aboard(volume)
    ]
    assert carriers == ["leg", "leg gnss", "leg gnss_l"]


def test_a_volume_that_was_declared_carries_itself():
    index = facts.volume_index(samples.everything())
    assert all(carrier(ref, index) == ref for ref in index)


def test_no_receiver_aboard_is_drawn_on_the_map():
    index = facts.volume_index(INTERFERED)
    drawn = as_declared(INTERFERED, index)
    found = picture(drawn, facts.volume_index(drawn), looks_of(["north", "south"]))
    assert len(found.main) == 5
    assert not [v.name for v in (*found.main, *found.context) if "receiver" in v.name]
    html = report_html.render(INTERFERED, ())
    drawing = html.partition('<svg id="map-picture"')[2].partition("</svg>")[0]
    assert drawing.count('<g class="volume q') == 20
    assert "receiver" not in drawing


def test_the_frequency_chart_shows_emissions_and_the_receivers_in_conflict():
    index = facts.volume_index(INTERFERED)
    chart = frequency_chart(INTERFERED, index, looks_of(["north", "south"]))
    labels = sorted(bar.name.partition(";")[0] for bar in chart.bars)
    assert labels == [
        "north AZ1 Airliner, aircraft, receiver GNSS L1",
        "north FERRY, ship, receiver GNSS L1, volume berth",
        "south JAM, spectrum volume 0",
        "south P0, spectrum volume 0",
        "south UNSAID, spectrum volume 0",
    ]
    drawn = as_declared(INTERFERED, index)
    assert height_chart(drawn, index, looks_of(["north", "south"])) is None


def test_a_thin_bar_carries_its_name_beside_the_number_of_its_conflict():
    index = facts.volume_index(INTERFERED)
    one = samples.a_result(INTERFERED.activities, INTERFERED.conflicts[:1])
    chart = frequency_chart(one, index, looks_of(["north", "south"]))
    assert sorted(bar.label for bar in chart.bars) == ["AZ1 GNSS L1", "JAM"]


@pytest.mark.parametrize("swapped", [False, True])
def test_what_harms_from_beside_a_band_is_hatched_in_the_band_that_it_harms(swapped):
    flight = radio.a_craft("north", "AZ1", samples.a_volume("leg"))
    other = samples.an_activity("south", "HF", radio.an_emission(low_hz=15e6, high_hz=15.1e6))
    pair = [samples.ref(flight, 1), samples.ref(other)]
    conflict = Conflict(
        *(reversed(pair) if swapped else pair),
        radio.an_interference(radio.a_budget(case=Case.HARMONIC)),
    )
    result = samples.a_result([flight, other], [conflict])
    chart = frequency_chart(result, facts.volume_index(result), looks_of(["north", "south"]))
    (clash,) = chart.clashes
    ear = next(bar for bar in chart.bars if "receiver" in bar.name)
    assert (clash.y, clash.height) == (ear.y, ear.height)
