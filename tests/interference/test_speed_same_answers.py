"""What is reckoned once, bounded or left out for speed changes no answer."""

import dataclasses
import math

import numpy as np
import pytest
from builders import an_activity
from hypothesis import assume, event, example, given, settings
from hypothesis import strategies as st
from radio_scenes import AGREEMENT, crowds, pairs

from wideberth.arenas import all_joint_rules, all_rules
from wideberth.engine.detect import find
from wideberth.engine.distance import gap
from wideberth.engine.field import Field, Question, lay_out
from wideberth.engine.minima import lateral_gap
from wideberth.engine.shape import shape_of
from wideberth.interference.crowd import Crowd
from wideberth.interference.laid import laid_of
from wideberth.interference.path import AT_ONCE, path_between
from wideberth.interference.rule import Interference
from wideberth.interference.sides import emission_of, reception_of
from wideberth.model.footprint import Circle
from wideberth.model.volume import Role
from wideberth.spectrum.aggregate import worst_instant

LAW = settings(max_examples=80, deadline=None)
FREE = dataclasses.replace(AGREEMENT, spectrum=dataclasses.replace(AGREEMENT.spectrum))
QUESTION = Question(AGREEMENT.heights, fast=False)

levels_db = st.floats(-25.0, 3.0)
windows = st.tuples(st.integers(0, 6), st.integers(1, 5)).map(lambda w: (w[0], w[0] + w[1]))


@st.composite
def shares(draw):
    """Emissions as (window, what each adds or None, how much more the bounds allow it)."""
    count = draw(st.integers(2, 9))
    adds = st.none() | levels_db.filter(lambda db: db <= 0.0) | st.sampled_from((-3.0, -6.0))
    more_db = st.sampled_from((0.0, 0.05, 6.0, 30.0))
    return [(draw(windows), draw(adds), draw(more_db), draw(more_db)) for _ in range(count)]


def judged_by_a_crowd(those):
    """Return what a crowd lets be judged, in order, and whether it calls that too much."""
    start_s, end_s = (np.array([w[k] for w, *_ in those], float) for k in (0, 1))
    inner_db = [(-30.0 if db is None else db) + near for _, db, near, _ in those]
    outer_db = np.array([db + far for db, (*_, far) in zip(inner_db, those, strict=True)])
    crowd, bounded, settled = Crowd(start_s, end_s, outer_db), set(), set()
    while (k := crowd.next()) is not None:
        assert k not in settled
        if k in bounded:
            settled.add(k)
            crowd.settle(k, -math.inf if those[k][1] is None else those[k][1])
        else:
            bounded.add(k)
            crowd.bound(k, inner_db[k])
    return sorted(k for k in settled if those[k][1] is not None), crowd.is_too_much()


def worst_of(those, places):
    """Return (level over the limit, who) at the worst instant of some; None where none exceeds."""
    if len(places) < 2:
        return None
    edges = [those[k][0] for k in places]
    worst = worst_instant(
        [a for a, _ in edges], [b for _, b in edges], [those[k][1] for k in places]
    )
    if worst.power_dbm <= 0.0:
        return None
    return worst.power_dbm, [places[k] for k in worst.members]


@LAW
@given(shares())
@example([((0, 2), -3.0, 0.0, 0.0), ((0, 1), -2.0, 6.0, 0.0), ((1, 2), -2.0, 0.0, 0.0)])
def test_a_crowd_that_stops_early_has_the_worst_instant_of_judging_everybody(those):
    everybody = [k for k, (_, db, *_) in enumerate(those) if db is not None]
    expected = worst_of(those, everybody)
    settled, is_too_much = judged_by_a_crowd(those)
    event(f"too much: {expected is not None}, all judged: {settled == everybody}")
    assert (worst_of(those, settled) if is_too_much else None) == expected


@settings(LAW, max_examples=40)
@given(st.integers(2, 60), st.floats(0.1, 20.0))
def test_a_crowd_whose_bounds_together_are_borne_is_not_judged_at_all(count, below_db):
    each_db = -10.0 * math.log10(count) - below_db
    zeros, ones = np.zeros(count), np.ones(count)
    crowd = Crowd(zeros, ones, np.full(count, each_db))
    assert crowd.next() is None
    assert not crowd.is_too_much()


@settings(LAW, max_examples=40)
@given(crowds())
def test_judging_by_places_finds_what_judging_the_volumes_finds(activities):
    field = lay_out(activities, AGREEMENT.heights)
    rules = [rule for rule in all_rules(AGREEMENT) if isinstance(rule, Interference)]
    for rule in rules:
        for i in range(len(field.volumes)):
            for j in range(i + 1, len(field.volumes)):
                expected = rule.judge(field.volumes[i], field.volumes[j])
                assert rule.judge_at(field, i, j) == expected
                assert rule.judge_at(field, j, i) == expected


@settings(LAW, max_examples=40)
@given(crowds())
def test_what_is_kept_with_a_field_is_what_each_volume_says(activities):
    field = lay_out(activities, AGREEMENT.heights)
    laid = laid_of(field, AGREEMENT)
    assert laid is laid_of(field, AGREEMENT)
    for k, volume in enumerate(field.volumes):
        if volume.role is Role.EMIT:
            assert laid.emission(k) == emission_of(volume, AGREEMENT.spectrum)
        else:
            assert laid.reception(k) == reception_of(volume, AGREEMENT.spectrum)


@settings(LAW, max_examples=12)
@given(crowds(), st.booleans())
def test_a_field_asked_again_and_in_another_way_answers_as_a_new_one(activities, within):
    used = lay_out(activities, AGREEMENT.heights)
    stricter = dataclasses.replace(
        AGREEMENT, spectrum=dataclasses.replace(AGREEMENT.spectrum, margin_db=20.0)
    )
    for agreement in (AGREEMENT, stricter, AGREEMENT):
        for asked_within in (not within, within):
            question = dataclasses.replace(QUESTION, within=asked_within)
            fresh = Field(used.refs, used.volumes, used.columns)
            rules = all_rules(agreement), all_joint_rules(agreement)
            assert find(used, *rules, question) == find(fresh, *rules, question)


@LAW
@given(pairs(), st.sampled_from((0.0, 0.0, 1.0, 5e3, 9e4)))
def test_the_way_between_circles_is_that_of_any_two_footprints(pair, radius_m):
    emitter, receiver = (
        dataclasses.replace(v, footprint=Circle(v.footprint.centre, radius_m))
        if isinstance(v.footprint, Circle)
        else dataclasses.replace(v, footprint=Circle(v.footprint.points[0], radius_m))
        for v in pair
    )
    path = path_between(emitter, receiver, AGREEMENT.heights)
    assume(path is not None)
    plain = gap(shape_of(emitter.footprint), shape_of(receiver.footprint))
    assert plain == lateral_gap(emitter, receiver, AT_ONCE)
    assert path.lateral_m == pytest.approx(plain.gap_m, abs=1e-6)
    assert path.place[1] == pytest.approx(plain.place[1], abs=1e-9)
    assert math.cos(math.radians(path.place[0] - plain.place[0])) == pytest.approx(1.0, abs=1e-12)


def test_one_agreement_does_not_answer_for_another():
    field = lay_out([an_activity()], AGREEMENT.heights)
    assert laid_of(field, AGREEMENT) is not laid_of(field, FREE)
