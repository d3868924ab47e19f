"""What every report says: the headline never claims more than was judged."""

import math

import pytest
import report_samples as samples
from hypothesis import given
from hypothesis import strategies as st

from wideberth.formats import report_facts as facts
from wideberth.model.agreement import Minima, Separation
from wideberth.model.conflict import Gaps
from wideberth.model.volume import Arena


def test_the_headline_counts_conflicts_and_names_the_two_parties():
    said = facts.headline(samples.everything(), samples.some_readings())
    assert said == "4 conflicts between north and south; 4 things need a person."
    assert facts.headline(samples.one_conflict(), ()) == "1 conflict between north and south."


def test_nothing_found_is_said_of_the_volumes_judged_only():
    said = facts.headline(samples.nothing_found(), samples.some_readings())
    assert said == "No conflict found among the volumes judged; 2 things need a person."
    assert facts.headline(samples.nothing_found(), ()) == (
        "No conflict found among the volumes judged."
    )


def test_one_party_alone_is_not_reported_as_free_of_conflict():
    alone = samples.a_result([samples.an_activity("north", "A-1")])
    assert facts.headline(alone, ()) == (
        "Nothing was judged: all volumes belong to one party, north."
    )
    assert facts.status_of(alone, ()) is facts.Status.INCOMPLETE
    within = samples.a_result([samples.an_activity("north", "A-1")], within=True)
    assert facts.status_of(within, ()) is facts.Status.NONE_FOUND


def test_no_volume_at_all_is_not_reported_as_free_of_conflict():
    assert facts.headline(samples.a_result([]), ()) == "Nothing was judged: no volume was read."
    assert facts.status_of(samples.a_result([]), ()) is facts.Status.INCOMPLETE


def test_conflicts_inside_one_party_and_among_several_are_named_so():
    one = samples.one_conflict("north", "north")
    assert facts.headline(one, ()) == "1 conflict inside north."
    a, b, c = (samples.an_activity(name, "X") for name in ("east", "north", "south"))
    three = samples.a_result([a, b, c], [samples.a_conflict(a, b), samples.a_conflict(b, c)])
    assert facts.headline(three, ()) == "2 conflicts among east, north and south."


@pytest.mark.parametrize(
    ("result", "readings", "status"),
    [
        (samples.everything(), (), facts.Status.CONFLICT),
        (samples.nothing_found(), (), facts.Status.NONE_FOUND),
        (samples.nothing_found(), samples.some_readings(), facts.Status.INCOMPLETE),
    ],
)
def test_the_status_admits_what_is_open(result, readings, status):
    assert facts.status_of(result, readings) is status


@given(st.permutations(samples.some_readings()))
def test_remarks_come_worst_first_whatever_the_order_of_files(readings):
    found = facts.problems(readings)
    assert found == facts.problems(samples.some_readings())
    assert [p.severity.value for _, p in found] == ["error", "partial", "assumed", "note"]


def test_each_axis_says_found_wanted_and_short():
    finding = samples.a_finding(
        gaps=Gaps(740.2, 0.0, 120.0, 5e3), minima=Minima(1852.0, 30.0, 300.0, 25e3)
    )
    assert [facts.axis_words(axis) for axis in facts.axes(finding)] == [
        "0.39 NM apart, 1 NM wanted, 0.61 NM (1,112 m) short",
        "overlap, 30 m wanted",
        "2 min apart, 5 min wanted, 3 min short",
        "5 kHz apart, 25 kHz wanted, 20 kHz short",
    ]


def test_an_axis_that_cannot_separate_says_so():
    finding = samples.a_finding(gaps=Gaps(0.0, 0.0, 0.0), minima=Minima(0.0, math.inf, 0.0))
    assert [facts.axis_words(axis) for axis in facts.axes(finding)] == [
        "overlap",
        "plays no part",
        "overlap",
    ]


def test_minima_are_said_in_the_unit_they_were_agreed_in():
    separation = Separation((Arena.SEA, Arena.SEA), "S2", Minima(500.0, 30.0, 600.0))
    assert facts.minima_words(separation) == "sea against sea: 500 m, 30 m, 10 min (clause S2)"


def test_a_conflict_with_a_volume_that_is_not_listed_is_still_told():
    result = samples.one_conflict()
    lost = samples.a_result(result.activities[:1], result.conflicts)
    assert facts.arena_pair(lost.conflicts[0], facts.volume_index(lost)) == "air-unknown"


def test_a_band_the_agreement_keeps_free_is_told_as_a_side_of_a_conflict():
    result = samples.restricted_band()
    assert facts.arena_pair(result.conflicts[0], facts.volume_index(result)) == (
        "spectrum-spectrum"
    )
    assert facts.headline(result, ()) == "1 conflict between north and the restricted bands."


def test_one_party_against_bands_kept_free_is_judged():
    result = samples.restricted_band()
    clean = samples.a_result(result.activities, agreement=result.agreement)
    assert facts.headline(clean, ()) == "No conflict found among the volumes judged."
