"""Reports on interference: what arrives and what is borne, and nothing that reads as clear."""

import json
import math
import re

import interference_samples as radio
import pytest
import report_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from terminal_oracle import seen

from wideberth.formats import report_facts as facts
from wideberth.formats import report_geojson, report_html, report_json, report_text
from wideberth.formats.budget_json import budget_fields, read_budget
from wideberth.formats.report_budget import ADVISORY, EMISSIONS_NAMED, budget_rows, other_notes
from wideberth.model.budget import Case, Contributor, Verdict
from wideberth.model.conflict import Gaps

INTERFERED = radio.interfered()


def as_text(result, *, width=80):
    return report_text.render(result, (), width=width, color=False)


def as_json(result):
    return json.loads(report_json.render(result, ()))


def flat(text):
    return " ".join(text.split())


def rows(budget, **changes):
    found = budget_rows(radio.an_interference(budget, **changes), budget)
    return [f"{name}: {words}" for name, words in found]


# Laws ---------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(radio.budgets(), st.integers(40, 160))
def test_any_budget_fits_the_terminal_and_cannot_drive_it(budget, width):
    text = as_text(radio.interfered(budget), width=width)
    screen = seen(text, color=False)
    assert max(map(cell_len, screen)) <= width


@settings(max_examples=60, deadline=None)
@given(radio.budgets())
def test_any_budget_is_told_without_infinite_figures_and_by_what_it_exceeds(budget):
    finding = radio.an_interference(budget)
    told = dict(budget_rows(finding, budget))
    names = [axis.name for axis in facts.axes(finding)]
    assert not {"sideways", "height", "time"} & set(names)
    assert not re.search(r"\b(inf|nan)\b", " ".join((told["arrives"], told["bears"])))
    is_too_much = budget.margin_db is not None and budget.margin_db < 0.0
    if is_too_much:
        said_db = float(told["too much"].removesuffix(" dB").replace(",", ""))
        assert said_db >= -budget.margin_db - 1e-6
        assert said_db <= -budget.margin_db + 0.1 + 1e-6
    if budget.verdict is Verdict.NO_MODEL:
        assert "to spare" not in told
    assert ("NOT VERIFIED" in told["bears"]) >= (not budget.verified)


@settings(max_examples=60, deadline=None)
@given(radio.budgets())
def test_a_budget_in_the_report_can_be_read_back(budget):
    (first, *_) = as_json(radio.interfered(budget))["conflicts"]
    assert first["budget"] == json.loads(json.dumps(budget_fields(budget)))
    again = read_budget(first["budget"])
    assert (again.case, again.verdict, again.service) == (
        budget.case,
        budget.verdict,
        budget.service,
    )


@settings(max_examples=12, deadline=None)
@given(radio.budgets())
def test_no_budget_can_become_markup(budget):
    def tags(budget):
        html = report_html.render(radio.interfered(budget), ())
        html.encode("utf-8")
        return set(re.findall(r"<([a-z0-9]+)", html))

    assert tags(budget) == tags(radio.a_budget())


@settings(max_examples=20, deadline=None)
@given(radio.budgets())
def test_a_report_of_a_budget_is_the_same_every_time(budget):
    result, again = radio.interfered(budget), radio.interfered(budget)
    for form in (report_json, report_geojson, report_html):
        assert form.render(result, ()) == form.render(again, ())


# What people read ---------------------------------------------------------------------------------


def test_the_rows_say_what_arrives_what_is_borne_and_from_where_on():
    assert rows(radio.a_budget()) == [
        "arrives: -94.4 dBm, in band",
        "bears: -109.5 dBm (ITU-R M.1903-1, NOT VERIFIED)",
        "too much: 15.1 dB",
        "bands: overlap",
        "distance: 9.5 NM; 54 NM needed in free space",
        "model: P.528-5, version 1",
    ]


def test_a_verified_criterion_is_not_called_unverified():
    (bears,) = (row for row in rows(radio.a_budget(verified=True)) if row.startswith("bears"))
    assert bears == "bears: -109.5 dBm (ITU-R M.1903-1)"


def test_no_distance_that_is_not_on_earth_is_asked_for():
    assert "distance: 100 m; in free space no distance is enough" in rows(
        radio.a_budget(distance_m=100.0, need_m=3e7)
    )


def test_what_is_not_known_is_said_to_be_not_known():
    unknown = radio.a_budget(limit_dbm=None, verdict=Verdict.NO_MODEL, need_m=None)
    assert rows(unknown)[1:3] == [
        "bears: not known (ITU-R M.1903-1, NOT VERIFIED)",
        "too much: not known",
    ]


@pytest.mark.parametrize("level_dbm", [math.inf, -math.inf, math.nan])
def test_a_level_that_is_no_figure_is_not_known(level_dbm):
    budget = radio.a_budget(interference_dbm=level_dbm)
    told = dict(budget_rows(radio.an_interference(radio.a_budget()), budget))
    assert (told["arrives"], told["too much"]) == ("not known, in band", "not known")


def test_a_band_kept_free_has_no_distance_to_keep():
    assert not [
        row for row in rows(radio.a_budget(distance_m=0.0, need_m=None)) if "distance" in row
    ]


def test_a_party_that_only_a_model_cleared_is_on_the_page():
    only = samples.a_result(INTERFERED.activities[2:3], cleared=INTERFERED.cleared)
    assert "unknown volume lane gnss_l1" in report_html.render(only, ())


def test_a_level_below_the_limit_that_no_model_confirms_is_not_called_spare():
    below = radio.a_budget(interference_dbm=-150.0, verdict=Verdict.NO_MODEL)
    assert "too much: not known: no model speaks" in rows(below)


def test_a_gap_between_the_bands_is_told():
    gaps = Gaps(0.0, 0.0, 0.0, 25e3)
    assert "bands: 25 kHz apart" in rows(radio.a_budget(case=Case.OUT_OF_BAND), gaps=gaps)


def test_emissions_that_harm_together_are_named_with_their_power_where_it_is_known():
    several = (Contributor("south", "P1", "0", -118.0), Contributor("east", "P2", "net", None))
    found = rows(radio.a_budget(case=Case.INTERMODULATION, contributors=several))
    assert found[-2:] == ["emission: south P1 (0), -118.0 dBm", "emission: east P2 (net)"]


def test_many_emissions_are_counted():
    text = flat(as_text(INTERFERED))
    assert f"P{EMISSIONS_NAMED - 1} (0), -121.0 dBm" in text
    assert "and 3 more emissions; --format json lists all" in text
    assert f"P{EMISSIONS_NAMED} (0)" not in text


def test_the_notes_do_not_say_again_what_the_rows_say():
    budget = radio.a_budget(
        contributors=(Contributor("south", "P1", "0", None),),
        assumed=("the antenna is not declared",),
        data=(("N34E033.hgt", "ab" * 32),),
    )
    finding = radio.an_interference(budget)
    assert len(finding.notes) == 6
    assert other_notes(finding) == (
        "the antenna is not declared",
        f"data: N34E033.hgt, SHA-256 {'ab' * 32}",
    )


def test_the_notes_of_a_finding_without_a_budget_are_all_told():
    finding = samples.a_finding(notes=("criterion: ITU-R M.1903-1", "propagation: none"))
    assert other_notes(finding) == finding.notes


def test_what_is_not_cleared_is_told_in_the_heading_of_the_conflict():
    text = as_text(INTERFERED)
    headings = [line for line in text.splitlines() if line.startswith("Conflict ")]
    assert ["NOT CLEARED: north" in line for line in headings] == [False, False, True]
    html = report_html.render(INTERFERED, ())
    assert html.count('<strong class="not-cleared">NOT CLEARED</strong>') == 1


def test_what_is_not_cleared_is_a_conflict_and_the_answer_says_so():
    only = samples.a_result(INTERFERED.activities, INTERFERED.conflicts[2:])
    assert facts.status_of(only, ()) is facts.Status.CONFLICT
    assert as_text(only).startswith("!! 1 conflict between north and south.")


def test_receivers_aboard_are_named_in_words():
    for text in (flat(as_text(INTERFERED)), flat(report_html.render(INTERFERED, ()))):
        assert "aircraft, receiver GNSS L1" in text
        assert "ship, receiver GNSS L1, volume berth" in text
        assert "gnss_l1" not in text
    assert "north AZ1 Airliner (aircraft, receiver GNSS L1)" in as_text(INTERFERED)


def test_what_a_model_cleared_is_listed_with_the_least_to_spare_first():
    text = flat(as_text(INTERFERED))
    assert (
        "Cleared by a propagation model (inputs in the JSON report): 2; least to spare first"
        " - north FERRY (ship, receiver GNSS L1, volume berth) with south JAM (spectrum volume 0):"
        " Cleared by P.528-5, version 1: GNSS L1 would receive -110.0 dBm in its own band, 0.5 dB"
        " less than the most it bears."
    ) in text
    html = report_html.render(INTERFERED, ())
    assert html.index("receive -110.0 dBm") < html.index("receive -120.0 dBm")
    assert as_json(INTERFERED)["counts"]["cleared"] == 2


def test_many_cleared_pairs_are_counted():
    many = samples.a_result(INTERFERED.activities, cleared=INTERFERED.cleared * 12)
    assert "and 19 more pairs, not listed here; --format json lists all." in flat(as_text(many))
    html = report_html.render(many, ())
    assert "4 more pairs not listed here; --format json lists all." in html
    assert len(as_json(many)["cleared"]) == 24


def test_cleared_pairs_alone_never_read_as_all_clear():
    only = samples.a_result(INTERFERED.activities, cleared=INTERFERED.cleared)
    for text in (as_text(only), report_html.render(only, ())):
        assert "No conflict found among the volumes judged." in text
        assert not re.search(r"\b(is clear|all clear|clear to|safe to)\b", text)


@pytest.mark.parametrize("result", [INTERFERED, samples.nothing_found(), samples.a_result([])])
def test_every_report_says_that_people_judge(result):
    last = as_text(result).rstrip("\n").split("\n\n")[-1]
    assert flat(last) == f"- {ADVISORY}"
    footer = report_html.render(result, ()).partition("<footer>")[2]
    assert ADVISORY.replace("'", "&#39;") in footer
    assert as_json(result)["advisory"] == ADVISORY
    assert json.loads(report_geojson.render(result, ()))["advisory"] == ADVISORY


def test_where_a_budget_is_shown_the_page_says_so_before_the_first_figure():
    assert as_text(INTERFERED).index(ADVISORY[:40]) < as_text(INTERFERED).index("Conflict 1")
    html = report_html.render(INTERFERED, ())
    assert html.index('<p class="advisory">') < html.index('id="map"')
    assert 'class="advisory"' not in report_html.render(samples.everything(), ())
