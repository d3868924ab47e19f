"""Every figure of a report is reckoned anew from its own inputs; one that was changed is seen."""

import copy
import dataclasses
import json

import pytest
from builders import an_activity
from radio_scenes import AGREEMENT, a_flight, a_receiver, an_emission

from wideberth.assessing import affected_json
from wideberth.assessing.affected import Subject, assess
from wideberth.assessing.again import UnreadableReportError, recompute
from wideberth.checking import check
from wideberth.formats import report_json


def the_crowd():
    ear = an_activity(a_receiver(300.0, place=(33.0, 34.2), criterion="-100 dBm"), party="south")
    many = [
        an_activity(an_emission(300.0, eirp_dbm=3.0), name=f"E{k}", party="north") for k in range(5)
    ]
    jammer = an_activity(an_emission(1575.42, 2000.0, eirp_dbm=50.0), party="south", name="J")
    return [ear, *many, jammer, a_flight()]


FREE_SPACE = dataclasses.replace(
    AGREEMENT, spectrum=dataclasses.replace(AGREEMENT.spectrum, refine=False)
)


def assessed(party="north", name="E0"):
    return affected_json.fields(assess(the_crowd(), FREE_SPACE, Subject(party, name)))


@pytest.mark.parametrize(
    ("subject", "agreement"),
    [
        (("north", "E0"), FREE_SPACE),  # by the model of the way all of them together are borne
        (("south", "J"), FREE_SPACE),
        (("south", "J"), AGREEMENT),
    ],
)
def test_what_assess_says_agrees(subject, agreement):
    found = assess(the_crowd(), agreement, Subject(*subject))
    found = recompute(json.dumps(affected_json.fields(found)))
    assert found
    assert all(one.agrees for one in found)


def test_what_check_says_agrees_and_each_budget_is_named_by_its_place():
    report = report_json.render(check(the_crowd(), FREE_SPACE), ())
    found = recompute(report)
    assert any("aggregate" in one.about for one in found)
    assert all(one.agrees for one in found)
    assert found[0].where.startswith(("conflicts[", "cleared["))


def changed(report, path, value):
    report = copy.deepcopy(report)
    at = report["effects"]
    budget = next(e["conflict"]["budget"] for e in at if "budget" in e["conflict"])
    for key in path[:-1]:
        budget = budget[key]
    budget[path[-1]] = value
    return json.dumps(report)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("interference_dbm",), 12.0),
        (("inputs", "eirp_dbm"), 77.0),
        (("inputs", "distance_m"), 123456.0),
        (("inputs", "freq_hz"), 2.0e9),
    ],
)
def test_a_figure_that_was_changed_does_not_agree(path, value):
    found = recompute(changed(assessed("south", "J"), path, value))
    assert [one for one in found if not one.agrees]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("inputs",), {}),
        (("interference_dbm",), None),
        (("inputs", "distance_m"), "not known"),
        (("inputs", "freq_hz"), -1.0),
        (("inputs", "refine"), "perhaps"),
    ],
)
def test_what_cannot_be_reckoned_anew_does_not_agree_and_says_why(path, value):
    found = recompute(changed(assessed("south", "J"), path, value))
    bad = [one for one in found if not one.agrees]
    assert bad
    assert all(one.why for one in bad if one.found_dbm is None)


def test_a_sum_that_is_not_that_of_its_parts_is_seen():
    report = assessed()
    sums = [
        e["conflict"]["budget"]
        for e in report["effects"]
        if e["conflict"].get("budget", {}).get("case") == "aggregate"
    ]
    assert sums
    sums[0]["contributors"].pop()
    assert not all(one.agrees for one in recompute(json.dumps(report)))


@pytest.mark.parametrize("text", ["", "{}", "[]", "nonsense", '{"budget": 3}', "[" * 10_000, "3"])
def test_what_is_no_report_is_refused(text):
    with pytest.raises(UnreadableReportError):
        recompute(text)


def test_a_report_in_which_nothing_was_reckoned_has_nothing_to_reckon_anew():
    assert recompute('{"conflicts": []}') == ()
