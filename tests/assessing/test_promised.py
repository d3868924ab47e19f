"""What acts against an assurance is found, and when and where; what does not is left alone."""

import math
from dataclasses import replace

import assurance_oracle as slow
import drawing
import oracle
import pytest
from builders import NOON_S, RANGES, a_volume, an_activity
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from scenes import scales_m, volumes
from scope_scenes import ALL_ARENAS, scopes

from wideberth.arenas import all_rules
from wideberth.assessing.promised import against, rows, why_not_judged
from wideberth.engine.boxes import box_rows
from wideberth.engine.heights import vertical_gap
from wideberth.engine.shape import shape_of
from wideberth.errors import ImpossibleValueError
from wideberth.formats.builtin import builtin_agreement
from wideberth.model.activity import State
from wideberth.model.assurance import Assurance, Scope
from wideberth.model.footprint import Circle, Corridor, Everywhere, Polygon, Track
from wideberth.model.span import Datum, FrequencyBand, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Role
from wideberth.node.ports import Box

LAW = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
HOUR_S = 3600.0
PLACE = (33.0, 34.0)


def a_scope(start_s=NOON_S, end_s=NOON_S + 6 * HOUR_S, arenas=ALL_ARENAS, **more):
    return Scope(TimeWindow(start_s, end_s), arenas, **more)


def an_assurance(name="A-1", party="north", **more):
    return Assurance(party, name, a_scope(**more))


def found(activity, *assurances):
    return against([activity], assurances, RANGES)


@st.composite
def cases(draw):
    """A volume and a scope about one awkward place."""
    anchor, scale_m = draw(st.sampled_from(drawing.ANCHORS)), draw(scales_m)
    volume = draw(volumes(anchor, scale_m, ALL_ARENAS))
    return volume, draw(scopes(anchor, scale_m))


@LAW
@given(cases(), st.randoms(use_true_random=False))
def test_whatever_a_sample_finds_against_an_assurance_is_found_there_and_then(case, chance):
    volume, scope = case
    met = slow.meets(volume, scope, RANGES, chance)
    event("met" if met else "not met")
    if met is not None:
        time_s, _point = met
        (one,) = found(an_activity(volume), Assurance("north", "A", scope))
        assert one.start_s - 0.01 <= time_s <= one.end_s + 0.01


@LAW
@given(cases())
def test_whatever_is_found_shares_time_band_height_and_room(case):
    volume, scope = case
    for one in found(an_activity(volume), Assurance("north", "A", scope)):
        event("found")
        (spell,) = one.spells
        assert volume.arena in scope.arenas
        first_s = max(volume.time.start_s, scope.window.start_s)
        last_s = min(volume.time.end_s, scope.window.end_s)
        assert first_s <= spell.start_s < spell.end_s <= last_s
        if scope.band is not None:
            assert volume.freq.low_hz < scope.band.high_hz
            assert scope.band.low_hz < volume.freq.high_hz
        there, kept = (
            slow.clipped(place, first_s, last_s) if isinstance(place, Track) else place
            for place in (volume.footprint, scope.area or Everywhere())
        )
        if scope.heights is not None:
            shapes = (shape_of(volume.footprint), shape_of(scope.area or Everywhere()))
            assert vertical_gap(volume.height, scope.heights, shapes, RANGES).is_overlap
        if isinstance(there, Everywhere) or isinstance(kept, Everywhere):
            continue
        both = isinstance(there, Track) and isinstance(kept, Track)
        gap_m = oracle.brute_track_gap(there, kept, 0.0) if both else oracle.brute_gap(there, kept)
        assert gap_m < 1.0 + 1e-4 * gap_m


@LAW
@given(cases())
def test_the_place_that_is_named_is_in_both(case):
    volume, scope = case
    for one in found(an_activity(volume), Assurance("north", "A", scope)):
        (spell,) = one.spells
        event(f"{type(volume.footprint).__name__} in {type(scope.area).__name__}")
        for place in (volume.footprint, scope.area):
            if not (place is None or isinstance(place, Everywhere)):
                away_m = oracle.brute_gap(place, Circle(spell.place, 0.0))
                assert away_m < 1.0


@LAW
@given(cases(), st.sampled_from((0.25, 0.5, 0.99)))
def test_an_assurance_that_ends_earlier_or_is_renewed_is_judged_for_its_time(case, share):
    volume, scope = case
    lasts_s = scope.window.end_s - scope.window.start_s
    short = scope.until(scope.window.start_s + share * lasts_s)
    less = found(an_activity(volume), Assurance("north", "A", short))
    more = found(an_activity(volume), Assurance("north", "A", scope))
    assert len(less) <= len(more)
    for one in less:
        assert one.end_s <= short.window.end_s
        assert one.start_s >= more[0].start_s - 1e3 * share


@LAW
@given(cases())
def test_what_acts_against_an_assurance_has_a_box_that_meets_one_of_its_boxes(case):
    volume, scope = case
    activity, assurance = an_activity(volume), Assurance("north", "A", scope)
    if found(activity, assurance):
        agreement = builtin_agreement()
        (there,) = box_rows([activity], all_rules(agreement), RANGES)
        here = [Box(*row) for row in rows(assurance, RANGES)]
        assert any(one.meets(Box(*row)) for one in here for row in there)


def test_many_are_found_as_each_alone_is():
    activities = [
        an_activity(a_volume(Circle(drawing.go(PLACE, 90.0, 3000.0 * k), 2000.0)), name=f"N{k}")
        for k in range(30)
    ]
    assurances = [
        an_assurance(f"A-{k}", area=Circle(drawing.go(PLACE, 90.0, 9000.0 * k), 1500.0 * k + 1.0))
        for k in range(8)
    ]
    alone = [one for activity in activities for a in assurances for one in found(activity, a)]
    together = against(activities, assurances, RANGES)
    assert len(together) > 30
    assert sorted(together, key=lambda a: (a.assurance, a.activity)) == sorted(
        alone, key=lambda a: (a.assurance, a.activity)
    )


def test_only_the_givers_own_activities_are_held_against_an_assurance():
    activities = [an_activity(party=party) for party in ("north", "south", "west")]
    assurances = [an_assurance(party=party) for party in ("north", "south")]
    named = [(one.party, one.activity) for one in against(activities, assurances, RANGES)]
    assert named == [("north", "N1"), ("south", "N1")]


@pytest.mark.parametrize(
    ("start_s", "end_s", "part"),
    [
        (-HOUR_S, 0.0, None),
        (-HOUR_S, 1.0, (0.0, 1.0)),
        (-HOUR_S, 9 * HOUR_S, (0.0, 6 * HOUR_S)),
        (HOUR_S, 2 * HOUR_S, (HOUR_S, 2 * HOUR_S)),
        (6 * HOUR_S - 1.0, math.inf, (6 * HOUR_S - 1.0, 6 * HOUR_S)),
        (6 * HOUR_S, 7 * HOUR_S, None),
    ],
)
def test_it_is_told_for_the_part_of_the_time_that_the_two_share(start_s, end_s, part):
    activity = an_activity(a_volume(start_s=NOON_S + start_s, end_s=NOON_S + end_s))
    got = found(activity, an_assurance())
    assert [(one.start_s - NOON_S, one.end_s - NOON_S) for one in got] == ([part] if part else [])


@pytest.mark.parametrize(
    ("bounds", "is_against"),
    [
        ((0.0, 3000.0, Datum.MSL), False),
        ((0.0, 3000.001, Datum.MSL), True),
        ((0.0, 3000.0, Datum.PRESSURE), True),
        ((0.0, 2500.0, Datum.PRESSURE), False),
        ((0.0, 501.0, Datum.GROUND), True),
        ((0.0, 499.0, Datum.GROUND), False),
    ],
)
def test_heights_that_touch_are_apart_and_those_of_unlike_datum_are_widened(bounds, is_against):
    low, high, datum = bounds
    assurance = an_assurance(area=Circle(PLACE, 1.0), heights=HeightBand.of(low, high, datum))
    got = found(an_activity(a_volume()), assurance)
    assert bool(got) == is_against
    assert all(bool(spell.notes) == (datum is not Datum.MSL) for a in got for spell in a.spells)


def test_a_mover_is_told_for_the_time_that_it_is_there():
    area = Circle(PLACE, 10_000.0)
    start, end = drawing.go(PLACE, 270.0, 100_000.0), drawing.go(PLACE, 90.0, 100_000.0)
    track = Track((start, end), (NOON_S, NOON_S + 2000.0), 1000.0)
    (one,) = found(an_activity(a_volume(track)), an_assurance(area=area))
    assert one.start_s == pytest.approx(NOON_S + 890.0, abs=1.5)
    assert one.end_s == pytest.approx(NOON_S + 1110.0, abs=1.5)
    assert one.start_s <= NOON_S + 890.0
    assert one.end_s >= NOON_S + 1110.0
    assert not found(an_activity(a_volume(track)), an_assurance(area=area, end_s=NOON_S + 880.0))


def test_an_assurance_about_a_convoy_moves_with_it():
    end = drawing.go(PLACE, 0.0, 100_000.0)
    convoy = Track((PLACE, end), (NOON_S, NOON_S + 2 * HOUR_S), 5000.0)
    promise = an_assurance(area=convoy, end_s=NOON_S + 2 * HOUR_S)
    behind = a_volume(Circle(PLACE, 1000.0), start_s=NOON_S + HOUR_S, end_s=NOON_S + 2 * HOUR_S)
    before = replace(behind, time=TimeWindow(NOON_S, NOON_S + HOUR_S))
    assert not found(an_activity(behind), promise)
    (one,) = found(an_activity(before), promise)
    assert one.end_s == pytest.approx(NOON_S + 6000.0 / 100_000.0 * 2 * HOUR_S, abs=2.0)


def test_what_was_declared_before_and_what_was_amended_into_it_is_found():
    outside = an_activity(a_volume(Circle((40.0, 34.0), 1000.0)))
    assurance = an_assurance(area=Circle(PLACE, 10_000.0))
    inside = replace(outside, volumes=(a_volume(),), revision=2)
    assert not found(outside, assurance)
    (one,) = found(inside, assurance)
    assert (one.activity, one.revision) == ("N1", 2)


def test_what_is_over_acts_against_nothing_and_what_is_active_or_contingent_does():
    for state in State:
        activity = replace(an_activity(), state=state)
        assert bool(found(activity, an_assurance())) == (not activity.is_over), state


@pytest.mark.parametrize(
    ("promised", "kind", "is_against"),
    [
        (("*",), "gunnery", True),
        (("gunnery",), "gunnery", True),
        (("gunnery",), " Gunnery", True),
        (("gunnery",), "transit", False),
        (("gunnery", "drop"), "drop", True),
        (("gunnery",), "", True),
    ],
)
def test_the_kinds_that_are_promised_count_and_what_names_no_kind(promised, kind, is_against):
    activity = replace(an_activity(), kind=kind)
    assert bool(found(activity, an_assurance(kinds=promised))) == is_against


def test_who_listens_acts_against_nothing_and_who_radiates_in_the_band_does():
    promise = an_assurance(arenas=(Arena.SPECTRUM,), band=FrequencyBand(226e6, 230e6))
    sent = a_volume(arena=Arena.SPECTRUM, band_hz=(225e6, 226.1e6))
    heard = a_volume(arena=Arena.SPECTRUM, band_hz=(225e6, 226.1e6), role=Role.RECEIVE)
    below = a_volume(arena=Arena.SPECTRUM, band_hz=(225e6, 226e6))
    assert [bool(found(an_activity(v), promise)) for v in (sent, heard, below)] == [1, 0, 0]
    both = an_activity(replace(heard, id="1"), replace(sent, id="2"), a_volume(volume_id="3"))
    (one,) = found(both, promise)
    assert [(s.volume.place, s.volume.volume) for s in one.spells] == [(1, "2")]


def test_each_volume_of_an_activity_is_told_earliest_first():
    early = a_volume(start_s=NOON_S + 60.0, volume_id="early")
    late = a_volume(start_s=NOON_S + 600.0, volume_id="late")
    (one,) = found(an_activity(late, early), an_assurance())
    assert [(s.volume.volume, s.volume.place) for s in one.spells] == [("early", 1), ("late", 0)]
    assert (one.start_s, one.end_s) == (NOON_S + 60.0, NOON_S + HOUR_S)


@pytest.mark.parametrize("area", [None, Circle((180.0, 10.0), 5000.0), Circle((0.0, 90.0), 5000.0)])
def test_it_is_found_across_the_antimeridian_and_at_the_pole(area):
    place = (179.99, 10.0) if area is None else drawing.go(area.centre, 90.0, 5000.0)
    line = Corridor((drawing.go(place, 0.0, 30_000.0), drawing.go(place, 180.0, 30_000.0)), 10.0)
    assert found(an_activity(a_volume(line)), an_assurance(area=area))


def test_a_hole_in_the_area_is_not_promised():
    ring = [(32.0, 33.0), (34.0, 33.0), (34.0, 35.0), (32.0, 35.0)]
    hole = [(32.5, 33.5), (33.5, 33.5), (33.5, 34.5), (32.5, 34.5)]
    assurance = an_assurance(area=Polygon.of(ring, hole))
    assert not found(an_activity(), assurance)
    assert found(an_activity(a_volume(Circle((32.2, 34.0), 100.0))), assurance)


def test_a_scope_whose_floor_lies_above_its_ceiling_is_not_judged():
    over = HeightBand(HeightLimit(20_000.0, Datum.GROUND), HeightLimit(500.0, Datum.PRESSURE))
    assert "floor" in why_not_judged(a_scope(heights=over), RANGES)
    unsure = HeightBand(HeightLimit(300.0, Datum.GROUND), HeightLimit(500.0, Datum.PRESSURE))
    assert not why_not_judged(a_scope(heights=unsure), RANGES)
    assert not why_not_judged(a_scope(), RANGES)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"end_s": math.inf}, "without a beginning or an end"),
        ({"arenas": ()}, "no arena"),
        ({"arenas": (Arena.AIR, Arena.AIR)}, "twice"),
        ({"kinds": ()}, "no kind"),
        ({"kinds": (" ",)}, "blank"),
        ({"kinds": ("*", "gunnery")}, "any kind"),
        ({"kinds": ("gunnery", "Gunnery ")}, "twice"),
        ({"band": FrequencyBand(1e6, 2e6)}, "does not radiate"),
        ({"area": Everywhere()}, "Leave the area out"),
        ({"area": Track((PLACE, (34.0, 34.0)), (NOON_S, NOON_S + 1.0), 1.0)}, "moves"),
    ],
)
def test_a_scope_that_promises_nothing_sure_cannot_be(wrong, said):
    with pytest.raises(ImpossibleValueError) as refused:
        a_scope(**wrong)
    assert said in str(refused.value)


def test_an_assurance_cut_before_its_beginning_leaves_nothing():
    assert a_scope().until(NOON_S) is None
    assert a_scope().until(NOON_S + 1.0).window == TimeWindow(NOON_S, NOON_S + 1.0)
