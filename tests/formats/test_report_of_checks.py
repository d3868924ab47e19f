"""Reports of checks of drawn radio scenes: every finding is told, whatever is declared."""

import json
from dataclasses import replace

import drawing
import radio_scenes
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.checking import check
from wideberth.formats import report_geojson, report_html, report_json, report_text
from wideberth.formats.budget_json import read_budget
from wideberth.formats.report_budget import budget_rows, other_notes
from wideberth.interference.craft import declared
from wideberth.model.budget import Verdict
from wideberth.model.conflict import Finding

equipages = st.sampled_from(("ifr_transport", "light_uas"))


@st.composite
def results(draw):
    """A check of a few emissions and receivers, and a flight of two legs among them."""
    crowd = [on_its_own(activity) for activity in draw(radio_scenes.crowds())]
    flight = radio_scenes.a_flight(
        place=draw(st.sampled_from(drawing.ANCHORS)), equipage=draw(equipages), party="west"
    )
    (leg,) = flight.volumes
    end_s = leg.time.end_s + draw(st.sampled_from((0.0, 600.0)))
    other = replace(leg, id="other leg", time=replace(leg.time, end_s=end_s))
    flight = replace(flight, volumes=(leg, other))
    return check([*crowd, flight], radio_scenes.AGREEMENT, fast=False)


def on_its_own(activity):
    """Return an activity with its receivers aboard nothing: those come of an equipage alone."""
    volumes = [replace(v, radio=replace(v.radio, aboard="")) for v in activity.volumes]
    return replace(activity, volumes=tuple(volumes))


@settings(max_examples=15, deadline=None)
@given(results(), st.integers(40, 140))
def test_every_finding_is_told_and_fits(result, width):
    text = report_text.render(result, (), width=width, color=False)
    assert max(map(len, text.splitlines())) <= width
    marks = [line for line in text.splitlines() if line.startswith("Conflict ")]
    assert len(marks) == min(len(result.conflicts), report_text.CONFLICTS_SHOWN)
    unsettled = [c for c in result.conflicts if is_open(c.finding)][: len(marks)]
    assert text.count("NOT CLEARED: ") == len(unsettled)


def is_open(finding: Finding):
    return finding.budget is not None and finding.budget.verdict is Verdict.NO_MODEL


@settings(max_examples=15, deadline=None)
@given(results())
def test_every_budget_is_in_the_json_whole_and_volumes_count_those_declared(result):
    report = json.loads(report_json.render(result, ()))
    for key, found in (("conflicts", result.conflicts), ("cleared", result.cleared)):
        assert len(report[key]) == len(found) == report["counts"][key]
        for entry, conflict in zip(report[key], found, strict=True):
            budget = conflict.finding.budget
            assert ("budget" in entry) is (budget is not None)
            if budget is not None:
                assert read_budget(entry["budget"]).verdict is budget.verdict
    counts = report["counts"]
    assert counts["volumes"] == sum(len(declared(a).volumes) for a in result.activities)
    everything = sum(len(activity.volumes) for activity in result.activities)
    assert counts["volumes"] + counts["receivers_aboard"] == everything


@settings(max_examples=8, deadline=None)
@given(results())
def test_every_conflict_on_the_map_points_at_two_volumes_that_were_declared(result):
    features = json.loads(report_geojson.render(result, ()))["features"]
    kinds = [feature["properties"]["feature"] for feature in features]
    drawn = {f["id"]: f for f, kind in zip(features, kinds, strict=True) if kind == "volume"}
    named = {(a.party, a.id, v.id) for a in result.activities for v in declared(a).volumes}
    bands = {one.id for one in result.agreement.restrictions}
    for feature in drawn.values():
        said = feature["properties"]
        at = (said["party"], said["activity"], said["volume"])
        assert at in named or said["volume"] in bands
    places = [f["properties"] for f, kind in zip(features, kinds, strict=True) if kind != "volume"]
    assert len(places) == len(result.conflicts)
    assert {ref for place in places for ref in place["volumes"]} == set(drawn)


@settings(max_examples=15, deadline=None)
@given(results())
def test_no_note_says_again_what_a_row_says(result):
    for conflict in (*result.conflicts, *result.cleared):
        finding = conflict.finding
        if finding.budget is None:
            continue
        told = [words for _, words in budget_rows(finding, finding.budget)]
        for note in other_notes(finding):
            assert not [w for w in told if note.partition(": ")[2] in (w, finding.budget.source)]
            assert "not been verified against" not in note


@settings(max_examples=4, deadline=None)
@given(results(), st.randoms())
def test_the_page_is_the_same_whatever_the_order_of_the_activities(result, chance):
    activities = [declared(activity) for activity in result.activities]
    chance.shuffle(activities)
    again = check(activities, radio_scenes.AGREEMENT, fast=False)
    assert report_html.render(again, ()) == report_html.render(result, ())
