"""A report of interference and an answer to it: what cannot be is refused, all else is kept."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wideberth.errors import ImpossibleValueError
from wideberth.formats.fields import is_targeting
from wideberth.model.interference import (
    LONGEST_PROMISE_S,
    Bearing,
    CeaseAnswer,
    Effect,
    Report,
    Service,
    Source,
    answer_within_s,
    check_answer,
)
from wideberth.model.notice import CeaseRules
from wideberth.model.span import FrequencyBand, TimeWindow
from wideberth.peering import wire_interference as wire

NOON_S = 1_800_000_000.0


def a_report(**different):
    fields = {
        "system": "VHF approach",
        "service": Service.AERONAUTICAL,
        "band": FrequencyBand(118e6, 137e6),
        "effect": Effect.DEGRADED,
        "when": TimeWindow(NOON_S, math.inf),
        "role": "duty officer",
    }
    return Report(**(fields | different))


@pytest.mark.parametrize(
    ("build", "word"),
    [
        (lambda: a_report(system=" "), "no system"),
        (lambda: a_report(role=""), "no role"),
        (lambda: a_report(when=TimeWindow(-math.inf, NOON_S)), "beginning"),
        (lambda: Bearing(360.0, (0.0, 0.0)), "360"),
        (lambda: Bearing(-0.1, (0.0, 0.0)), "360"),
        (lambda: Bearing(math.nan, (0.0, 0.0)), "360"),
        (lambda: Bearing(0.0, (0.0, 91.0)), "latitude"),
        (Source, "nothing"),
        (lambda: Source(words=" "), "nothing"),
        (lambda: Source(party="south"), "party and its id"),
        (lambda: Source(activity="S1", words="a ship"), "party and its id"),
    ],
)
def test_what_no_report_can_say_is_refused(build, word):
    with pytest.raises(ImpossibleValueError, match=word):
        build()


@given(st.sampled_from(Service), st.floats(1.0, 1e6), st.floats(1.0, 1e6))
def test_a_service_of_safety_never_waits_longer_than_another(service, one_s, other_s):
    rules = CeaseRules(answer_s=max(one_s, other_s), safety_s=min(one_s, other_s))
    waits_s = {answer_within_s(each, rules) for each in Service if each.is_safety}
    assert waits_s == {rules.safety_s}
    assert answer_within_s(service, rules) >= rules.safety_s


def test_distress_navigation_and_air_traffic_are_services_of_safety_and_others_are_not():
    safety = {service for service in Service if service.is_safety}
    assert safety == {Service.DISTRESS, Service.GNSS, Service.AERONAUTICAL}


offsets = st.one_of(
    st.none(),
    st.sampled_from([-1.0, 0.0, 1.0, 2.0, 2.5, LONGEST_PROMISE_S, LONGEST_PROMISE_S + 1.0]),
    st.floats(-1e6, 1e6),
)


@given(st.sampled_from(CeaseAnswer), offsets, st.sampled_from(["", " ", "a rescue"]))
def test_an_answer_has_the_reason_and_the_time_that_it_must_have_and_no_other(answer, after, why):
    skew_s = 2.0
    is_reasoned = why.strip() or answer not in (CeaseAnswer.DISPUTED, CeaseAnswer.CANNOT)
    if answer is CeaseAnswer.CEASING:
        is_timed = after is not None and 0.0 < after <= LONGEST_PROMISE_S
    elif answer is CeaseAnswer.CEASED:
        is_timed = after is not None and after <= skew_s
    else:
        is_timed = after is None
    when_s = None if after is None else after  # from zero on, so that no sum is rounded
    try:
        check_answer(answer, reason=why, when_s=when_s, at_s=0.0, skew_s=skew_s)
        is_taken = True
    except ImpossibleValueError:
        is_taken = False
    assert is_taken == bool(is_reasoned and is_timed)


hertz = st.floats(1.0, 3e11)
texts = st.text(st.characters(codec="utf-8"), max_size=12)
names = texts.filter(str.strip)
reports = st.builds(
    Report,
    system=names,
    service=st.sampled_from(Service),
    band=st.tuples(hertz, hertz)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: FrequencyBand(*sorted(pair))),
    effect=st.sampled_from(Effect),
    when=st.one_of(
        st.floats(0.0, 4e9).map(lambda start_s: TimeWindow(start_s, math.inf)),
        st.floats(0.0, 4e9).map(lambda start_s: TimeWindow(start_s, start_s + 60.0)),
    ),
    role=names,
    bearing=st.none()
    | st.builds(
        Bearing,
        st.floats(0.0, 360.0, exclude_max=True),
        st.tuples(st.floats(-180.0, 180.0), st.floats(-90.0, 90.0)),
    ),
    source=st.none() | st.builds(Source, words=names) | st.builds(Source, names, names, texts),
    action=texts,
    conflict=texts,
)


@given(reports)
def test_a_report_reads_back_from_its_written_form_as_it_was(report):
    assert wire.report_from_wire(wire.report_to_wire(report)) == report


def test_no_field_of_a_case_speaks_of_targets_or_of_whose_side_a_third_party_is_on():
    kinds = (wire.WireReport, wire.WireSource, wire.WireBearing)
    names_ = [name for kind in kinds for name in kind.__struct_fields__]
    names_ += [value.value for kind in (Service, Effect, CeaseAnswer) for value in kind]
    assert not [name for name in names_ if is_targeting(name)]
