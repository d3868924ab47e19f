"""What a link budget says reads as sentences that people understand who are no radio engineers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wideberth.interference.words import decibels, limit_decibels, times, why
from wideberth.model.budget import Case, Contributor, LinkBudget, Verdict
from wideberth.spectrum.intermodulation import FORMS


def a_budget(case, *, service="Ship's radar", verdict=Verdict.EXCEEDED, **changed):
    figures = {
        "source": "a standard",
        "verified": True,
        "freq_hz": 3e9,
        "distance_m": 1000.0,
        "eirp_dbm": 50.0,
        "loss_db": 100.0,
        "rejection_db": 0.0,
        "gain_dbi": 0.0,
        "interference_dbm": -50.0,
        "limit_dbm": -60.0,
        "model": "free space, version 4",
    }
    return LinkBudget(case=case, verdict=verdict, service=service, **(figures | changed))


def emitters(count):
    return tuple(Contributor("north", f"N-{k}", "0", None) for k in range(count))


@pytest.mark.parametrize(("count", "said"), [(2, "two"), (5, "five"), (11, "11")])
def test_a_sum_says_of_how_many_and_that_each_of_them_alone_is_borne(count, said):
    assert why(a_budget(Case.AGGREGATE, contributors=emitters(count))) == (
        f"Ship's radar would receive -50.0 dBm from {said} emissions together, 10 dB more than it "
        "bears: 10 times as much; each of them alone it bears."
    )


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.text)
def test_a_mixture_says_in_words_what_of_which_signal_makes_it(form):
    count = len(form.multiples)
    budget = a_budget(
        Case.INTERMODULATION, contributors=emitters(count), inputs=(("product", form.text),)
    )
    said = why(budget)
    assert f"as {['two', 'three'][count - 2]} signals mix (" in said
    for number, name in {2: "twice", 3: "three times"}.items():
        assert (name in said) == (number in map(abs, form.multiples))
    assert ("less" in said or "difference" in said) == (min(form.multiples) < 0)


def test_a_receiver_that_no_service_names_begins_its_sentence_as_others_do():
    said = why(a_budget(Case.IN_BAND, service="receiver at 4700 MHz"))
    assert said.startswith("The receiver at 4700 MHz would receive -50.0 dBm in its own band, ")


def test_a_power_nobody_declared_is_said_with_what_was_taken_for_it():
    reasons = ("the power is not declared: not cleared",)
    taken = "no power is declared; 60 dBm EIRP was taken"
    budget = a_budget(Case.IN_BAND, verdict=Verdict.NO_MODEL, assumed=(*reasons, taken))
    assert why(budget).startswith(
        "Not cleared: the power is not declared; 60 dBm EIRP was taken. Ship's radar would receive"
    )


@given(st.floats(1e-6, 60.0))
def test_how_many_times_as_much_is_never_less_than_it_is_and_right_to_two_figures(over_db):
    said = float(times(over_db).removesuffix(" times").replace(",", ""))
    ratio = 10.0 ** (over_db / 10.0)
    assert ratio * (1.0 - 1e-6) <= said <= ratio * 1.1 + 1e-6


def test_what_is_beyond_telling_is_more_than_a_million_times():
    assert times(60.1) == "more than a million times"
    assert times(60.0) == "1,000,000 times"


def test_a_limit_is_rounded_down_and_what_arrives_up():
    assert (limit_decibels(-109.39), decibels(-109.39)) == ("-109.4", "-109.3")
