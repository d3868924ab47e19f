"""What an emitter does is what the check says of it, with distances that are enough."""

import dataclasses

import pytest
from assessing_scenes import declared_crowds
from builders import an_activity
from figures_scenes import some_figures
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from radio_scenes import AGREEMENT, a_flight, a_receiver, an_emission

from wideberth.assessing import affected_json, affected_text
from wideberth.assessing.advice import ADVISORY
from wideberth.assessing.affected import Subject, UnknownEmissionError, assess
from wideberth.assessing.needed import CLOSE, FARTHEST_M, NEAREST_M, needed
from wideberth.checking import check
from wideberth.interference.budgets import loss_of
from wideberth.interference.figures import Figures
from wideberth.model.activity import State
from wideberth.model.budget import Case, LinkBudget, Verdict
from wideberth.model.volume import Role

LAW = settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def has_part(conflict, activity):
    """Say whether an emission of an activity has a part in a conflict, the plain way."""
    emitting = {v.id for v in activity.volumes if v.role is Role.EMIT}
    named = [(ref.party, ref.activity, ref.volume) for ref in (conflict.a, conflict.b)]
    budget = conflict.finding.budget
    named += [(c.party, c.activity, c.volume) for c in (budget.contributors if budget else ())]
    return any((activity.party, activity.id, name) in named for name in emitting)


def keyed(conflicts):
    return sorted(
        (c.a, c.b, c.finding.rule, c.finding.budget.case if c.finding.budget else "")
        for c in conflicts
    )


def not_mixed(conflicts):
    return [c for c in conflicts if not c.finding.rule.endswith("intermodulation")]


@LAW
@given(declared_crowds(), st.booleans())
def test_its_conflicts_are_those_of_the_check_in_which_it_has_a_part(activities, within):
    whole = check(activities, AGREEMENT, within=within)
    for activity in activities:
        if all(v.role is not Role.EMIT for v in activity.volumes):
            continue
        subject = Subject(activity.party, activity.id)
        about = frozenset({(activity.party, activity.id)})
        result = check(activities, AGREEMENT, within=within, about=about)
        found = assess(activities, AGREEMENT, subject, within=within)
        open_ones = [e.conflict for e in found.effects if not e.is_cleared]
        cleared = [e.conflict for e in found.effects if e.is_cleared]
        assert keyed(open_ones) == keyed(c for c in result.conflicts if has_part(c, activity))
        assert keyed(cleared) == keyed(c for c in result.cleared if has_part(c, activity))
        assert found.is_clear is (not open_ones)
        # of products the whole check tells the worst for two volumes, whoever has a part in it
        assert keyed(not_mixed(open_ones)) == keyed(
            c for c in not_mixed(whole.conflicts) if has_part(c, activity)
        )


@LAW
@given(declared_crowds())
def test_the_worst_comes_first_and_every_answer_is_advice(activities):
    subjects = [Subject(a.party, a.id) for a in activities if a.volumes[0].role is Role.EMIT]
    for subject in subjects:
        found = assess(activities, AGREEMENT, subject)
        marks = [
            (e.is_cleared, e.budget is not None, e.budget.margin_db if e.budget else 0.0)
            for e in found.effects
        ]
        known = [mark for mark in marks if mark[2] is not None]
        assert known == sorted(known)
        assert affected_json.fields(found)["advisory"] == ADVISORY
        assert "regulator" in affected_text.render(found)


@st.composite
def reckonings(draw):
    heights_m = sorted(
        draw(st.lists(st.sampled_from((1.5, 30.0, 299.0, 3000.0)), min_size=2, max_size=2))
    )
    refine = draw(st.booleans())
    figures = some_figures(
        case=draw(st.sampled_from((Case.IN_BAND, Case.BLOCKING))),
        freq_hz=draw(st.sampled_from((31e6, 150e6, 1.5e9))),
        low_height_m=heights_m[0],
        high_height_m=heights_m[1],
        eirp_dbm=draw(st.floats(-60.0, 110.0)),
        refine=refine,
    )
    return LinkBudget(
        *(figures.case, Verdict.EXCEEDED, "ear", "nowhere", False, figures.freq_hz, 1000.0),
        *(figures.eirp_dbm, 0.0, 0.0, 0.0, 0.0, -110.0, "any"),
        inputs=figures.inputs(),
    )


def margin_db(budget, distance_m):
    figures = dataclasses.replace(Figures.of(budget), distance_m=distance_m)
    return budget.limit_dbm - (figures.before_loss_dbm - loss_of(figures).loss_db)


@settings(LAW, max_examples=100)
@given(reckonings())
def test_the_distance_is_enough_and_a_little_less_is_not(budget):
    found = needed(budget)
    if found.distance_m is None:
        assert margin_db(budget, FARTHEST_M) < 0.0
        assert found.why
        return
    assert margin_db(budget, found.distance_m) >= 0.0
    if found.distance_m > NEAREST_M:
        assert margin_db(budget, found.distance_m / CLOSE**2) < 0.0


def test_a_jammer_meets_a_flight_with_no_frequency_typed():
    jammer = an_activity(an_emission(1575.42, 2_000.0, eirp_dbm=50.0), party="south", name="J")
    found = assess([jammer, a_flight()], AGREEMENT, Subject("south", "J"))
    effect = next(e for e in found.effects if e.theirs.activity == "F" and e.budget)
    assert not effect.is_cleared
    assert effect.needed.distance_m is not None
    assert effect.needed.distance_m > effect.budget.distance_m
    text = affected_text.render(found)
    assert "NM away" in text
    assert "Not verified" in text


def test_only_the_volume_that_is_asked_for_is_told_of():
    near = an_emission(300.0, volume_id="near")
    far = an_emission(400.0, volume_id="far")
    ears = an_activity(a_receiver(300.0), party="south", name="ears")
    sender = an_activity(near, far, party="north", name="two")
    both = assess([sender, ears], AGREEMENT, Subject("north", "two"))
    one = assess([sender, ears], AGREEMENT, Subject("north", "two", "far"))
    assert {e.ours.volume for e in both.effects} >= {"near"}
    assert {e.ours.volume for e in one.effects} <= {"far"}


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (Subject("north", "none"), "no activity"),
        (Subject("north", "E", "none"), "radiates nothing"),
        (Subject("south", "ears"), "radiates nothing"),
        (Subject("north", "over"), "is over"),
    ],
)
def test_what_does_not_radiate_is_refused_by_name(subject, said):
    activities = [
        an_activity(an_emission(), party="north", name="E"),
        dataclasses.replace(an_activity(an_emission(), name="over"), state=State.ENDED),
        an_activity(a_receiver(), party="south", name="ears"),
    ]
    with pytest.raises(UnknownEmissionError, match=said):
        assess(activities, AGREEMENT, subject)


def test_the_distance_of_long_waves_and_of_what_bears_anything_is_not_known():
    budget = LinkBudget(
        *(Case.IN_BAND, Verdict.NO_MODEL, "ear", "nowhere", False, 15e6, 1.0, 1.0, 1.0, 1.0, 1.0),
        *(1.0, None, "any"),
    )
    assert needed(budget).distance_m is None
    assert "not known" in needed(budget).why
    near = [an_activity(an_emission(15.0), name="E"), an_activity(a_receiver(15.0), party="south")]
    found = assess(near, AGREEMENT, Subject("north", "E"))
    assert [e.needed.why for e in found.effects if e.budget] == ["no model speaks below 30 MHz"]
