"""The report for a terminal: readable at 80 columns, no codes without colour, nothing hidden."""

import pytest
import report_samples as samples
from hypothesis import given, settings
from hypothesis import strategies as st
from terminal_oracle import seen

from wideberth.formats import report_text
from wideberth.formats.reading import Problem, Reading, Severity


def rendered(result, readings=(), *, width=80, color=False):
    return report_text.render(result, readings, width=width, color=color)


@settings(max_examples=30, deadline=None)
@given(st.integers(40, 200))
def test_no_line_is_wider_than_the_terminal(width):
    text = rendered(samples.everything(), samples.some_readings(), width=width)
    assert max(map(len, text.splitlines())) <= width


def test_the_answer_is_the_first_line():
    first = rendered(samples.everything(), samples.some_readings()).splitlines()[0]
    assert first == "!! 4 conflicts between north and south; 4 things need a person."


def test_a_conflict_says_who_where_when_how_much_and_which_clause():
    text = rendered(samples.everything())
    for words in (
        "north N-TRANSIT Transit flight (air volume leg)",
        "34°48.60'N 033°24.00'E",
        "2026-11-22 09:05 to 09:22 Z",
        "0.39 NM apart, 1 NM wanted, 0.61 NM (1,112 m) short",
        "S3 (air-sea)",
    ):
        assert words in text


def test_colour_codes_come_only_on_request():
    assert "\x1b[" in rendered(samples.everything(), color=True)
    assert "\x1b" not in rendered(samples.everything(), samples.some_readings())


def test_hostile_names_cannot_drive_the_terminal():
    result, readings = samples.hostile()
    text = rendered(result, readings)
    seen(text, color=False)
    text.encode("utf-8")


def test_errors_come_before_assumptions_and_many_assumptions_are_counted():
    many = tuple(Problem(Severity.ASSUMED, f"{i}", "datum assumed.") for i in range(228))
    bad = Problem(Severity.ERROR, "9", "not a position.")
    text = rendered(samples.nothing_found(), [Reading("w.txt", "navwarn", problems=(*many, bad))])
    assert text.index("Could not be read") < text.index("Assumed: 228")
    assert "and 223 more remarks, not listed here; --format json lists all." in text


def test_a_long_list_says_how_much_it_leaves_out():
    a, b = samples.an_activity("north", "A-1"), samples.an_activity("south", "B-1")
    text = rendered(samples.a_result([a, b], [samples.a_conflict(a, b)] * 501))
    assert "and 1 more conflict, not listed here" in text


def test_the_minima_judged_by_are_printed():
    builtin = samples.an_agreement(builtin=True)
    text = rendered(samples.a_result([], agreement=builtin))
    assert "Built-in default minima; no agreement was given." in text
    assert "air against air: 5 NM, 1,000 ft, 5 min (clause S1)" in text


@pytest.mark.parametrize(
    "result",
    [samples.open_ended(), samples.spectrum_only(), samples.about_the_pole(), samples.a_result([])],
)
def test_edges_are_told_without_infinite_figures(result):
    text = rendered(result)
    assert "inf" not in text.replace("information", "")
    assert "nan" not in text
