"""What every rule must keep; a new arena file is held to these laws by being there."""

import dataclasses
import math

import drawing
import pytest
from builders import NOON_S, a_volume, an_activity, an_agreement
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from wideberth.arenas import all_rules, files, standing_activities
from wideberth.engine.detect import find_conflicts
from wideberth.engine.field import Question, lay_out
from wideberth.engine.near import candidates
from wideberth.engine.screened import ScreenedRule
from wideberth.model.agreement import Restriction, RestrictionKind
from wideberth.model.footprint import Circle, Corridor, Everywhere, Track
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena, Role

TABOO = Restriction(
    id="T1",
    kind=RestrictionKind.TABOO,
    clause="S1",
    band=FrequencyBand(225.4e6, 225.6e6),
    area=Circle((33.0, 34.0), 50_000.0),
    window=TimeWindow(-math.inf, math.inf),
)
AGREEMENT = an_agreement(TABOO)
ALL_RULES = all_rules(AGREEMENT)
RULES = [rule for rule in ALL_RULES if not isinstance(rule, ScreenedRule)]
EACH_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
LAW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    derandomize=True,
)


def test_the_arena_files_are_these():
    assert files() == ("air", "air_sea", "air_spectrum", "sea", "sea_spectrum", "spectrum")
    names = [rule.name for rule in RULES]  # those with a search of their own: next file
    assert names == ["air", "air_sea", "sea", "spectrum", "restricted band"]


def finite(value):
    return value if math.isfinite(value) else 1000.0


@st.composite
def pairs_for(draw, rule):
    """Two volumes, the second within one and a half reaches of the first on a chosen axis."""
    arenas = draw(st.sampled_from((rule.arenas, rule.arenas[::-1])))
    first = draw(volumes(arenas[0], draw(st.sampled_from(drawing.ANCHORS))))
    reach = rule.reach(first)
    edge = draw(st.sampled_from(("lateral", "vertical", "time", "freq", "none")))
    off = dict.fromkeys(("lateral", "vertical", "time", "freq"), 0.0)
    sizes = {
        "lateral": reach.lateral_m,
        "vertical": finite(reach.vertical_m),
        "time": reach.time_s,
        "freq": reach.freq_hz,
    }
    if edge != "none":
        off[edge] = sizes[edge] * draw(st.floats(0.8, 1.2))
    place = drawing.go(
        centre_of(first), draw(drawing.azimuths), 1000.0 + off["lateral"] + size_of(first)
    )
    second = draw(volumes(arenas[1], place))
    return first, shifted(second, first, off)


def centre_of(volume):
    footprint = volume.footprint
    return footprint.centre if isinstance(footprint, Circle) else footprint.points[0]


def size_of(volume):
    footprint = volume.footprint
    return footprint.radius_m if isinstance(footprint, Circle) else 0.0


def shifted(second, first, off):
    """Move the second volume so that its gaps above, after and beside in band are as given."""
    rise = first.height.upper.height_m + off["vertical"] - second.height.lower.height_m
    limits = (second.height.lower.height_m + rise, second.height.upper.height_m + rise)
    later = (first.time.end_s + off["time"] - second.time.start_s) if off["time"] else 0.0
    changes = {
        "height": HeightBand.of(*limits) if off["vertical"] else second.height,
        "time": TimeWindow(second.time.start_s + later, second.time.end_s + later),
    }
    if isinstance(second.footprint, Track):
        moved = tuple(t + later for t in second.footprint.times_s)
        changes["footprint"] = dataclasses.replace(second.footprint, times_s=moved)
        changes["time"] = TimeWindow(moved[0], moved[-1])
    if second.freq is not None and off["freq"]:
        low = first.freq.high_hz + off["freq"]
        changes["freq"] = FrequencyBand(low, low + 1e5)
    return dataclasses.replace(second, **changes)


@st.composite
def volumes(draw, arena, place):
    size = 10.0 ** draw(st.floats(3.0, 5.0))
    kind = draw(st.sampled_from(("circle", "corridor", "track")))
    if kind == "circle":
        footprint = Circle(place, size)
    elif kind == "corridor":
        footprint = Corridor(draw(drawing.lines(place, size)), 1000.0)
    else:
        footprint = draw(drawing.tracks(place, size, start_s=NOON_S))
    low = draw(st.sampled_from((0.0, 3000.0, -200.0)))
    return a_volume(
        footprint,
        arena=arena,
        lower_m=low,
        upper_m=low + draw(st.sampled_from((0.0, 10.0, 500.0))),
        start_s=NOON_S,
        end_s=NOON_S + draw(st.sampled_from((60.0, 3600.0))),
        role=draw(st.sampled_from((Role.EMIT, Role.EMIT, Role.RECEIVE)))
        if arena is Arena.SPECTRUM
        else None,
        band_hz=(225.3e6, 225.5e6) if arena is Arena.SPECTRUM else None,
    )


def guarding(volume):
    """Make a spectrum volume the guard of the restricted band, where it is."""
    return dataclasses.replace(volume, id="T1", role=Role.GUARD)


def as_asked(rule, pair):
    return (guarding(pair[0]), pair[1]) if rule.name == "restricted band" else pair


@EACH_RULE
@LAW
@given(st.data())
def test_the_answer_is_the_same_from_either_side(rule, data):
    a, b = as_asked(rule, data.draw(pairs_for(rule)))
    there, back = rule.judge(a, b), rule.judge(b, a)
    assert (there is None) == (back is None)
    if there is not None:
        assert there.gaps.lateral_m == pytest.approx(back.gaps.lateral_m, abs=1e-3)
        assert (there.gaps.vertical_m, there.gaps.time_s) == (
            back.gaps.vertical_m,
            back.gaps.time_s,
        )
        assert (there.rule, there.clause, there.why) == (back.rule, back.clause, back.why)


@EACH_RULE
@LAW
@given(st.data())
def test_the_search_never_loses_a_pair_that_the_rule_would_report(rule, data):
    a, b = as_asked(rule, data.draw(pairs_for(rule)))
    finding = rule.judge(a, b)
    assume(finding is not None)
    field = lay_out([an_activity(a), an_activity(b, party="south", name="S1")], AGREEMENT.heights)
    members = [field.columns.members(arena) for arena in rule.arenas]
    first, _ = candidates(field.columns, *members, rule.reach(a), within=False)
    assert len(first) == 1


@EACH_RULE
@LAW
@given(st.data(), st.floats(1.0, 1e4), st.floats(1.0, 1e4))
def test_a_longer_taller_or_broader_activity_never_clears_a_conflict(rule, data, more_s, more_m):
    a, b = as_asked(rule, data.draw(pairs_for(rule)))
    if rule.judge(a, b) is None:
        return
    wider = dataclasses.replace(
        b,
        height=HeightBand.of(b.height.lower.height_m - more_m, b.height.upper.height_m + more_m),
    )
    if not isinstance(b.footprint, Track):
        longer = TimeWindow(b.time.start_s - more_s, b.time.end_s + more_s)
        wider = dataclasses.replace(wider, time=longer)
    if isinstance(b.footprint, Circle):
        broader = Circle(b.footprint.centre, b.footprint.radius_m + more_m)
        wider = dataclasses.replace(wider, footprint=broader)
    assert rule.judge(a, wider) is not None


@EACH_RULE
@LAW
@given(st.data())
def test_every_reason_names_its_clause_and_what_was_found_and_needed(rule, data):
    a, b = as_asked(rule, data.draw(pairs_for(rule)))
    finding = rule.judge(a, b)
    assume(finding is not None)
    assert finding.clause == "S1"
    assert finding.rule == rule.name
    assert "reas" in finding.why
    assert "imes" in finding.why
    assert finding.start_s <= finding.end_s


def conflicts_of(*activities, agreement=AGREEMENT):
    rules = all_rules(agreement)
    everything = [*activities, *standing_activities(agreement)]
    field = lay_out(everything, agreement.heights)
    return find_conflicts(field, rules, Question(agreement.heights))


def test_a_firing_area_with_a_ceiling_conflicts_with_a_flight_below_and_not_above():
    area = an_activity(a_volume(arena=Arena.SEA, lower_m=0.0, upper_m=3000.0))
    low = an_activity(a_volume(lower_m=2000.0, upper_m=2100.0), party="south", name="low")
    high = an_activity(a_volume(lower_m=4000.0, upper_m=4100.0), party="south", name="high")
    found = conflicts_of(area, low, high)
    assert [(c.b.activity, c.finding.rule) for c in found] == [("low", "air_sea")]


def test_a_submarine_conflicts_with_its_depth_and_with_the_surface_by_the_depth_minimum():
    deep = an_activity(a_volume(arena=Arena.SEA, lower_m=-200.0, upper_m=-100.0), name="deep")
    layers = {"same": (-150.0, -120.0), "below": (-260.0, -231.0), "keel": (-75.0, 10.0)}
    layers["ship"] = (-10.0, 20.0)
    others = [
        an_activity(a_volume(arena=Arena.SEA, lower_m=low, upper_m=high), party="south", name=name)
        for name, (low, high) in layers.items()
    ]
    assert {c.b.activity for c in conflicts_of(deep, *others)} == {"same", "keel"}


def emission(party, name, low_mhz, high_mhz, role=Role.EMIT, footprint=None):
    band = (low_mhz * 1e6, high_mhz * 1e6)
    return an_activity(
        a_volume(footprint, arena=Arena.SPECTRUM, band_hz=band, role=role), party=party, name=name
    )


def test_two_receivers_in_one_band_are_no_conflict_and_an_emitter_with_a_receiver_is():
    listen = emission("north", "listen", 300.0, 301.0, Role.RECEIVE)
    also = emission("south", "also", 300.5, 301.5, Role.RECEIVE)
    talk = emission("south", "talk", 300.5, 301.5)
    found = conflicts_of(listen, also, talk)
    assert [(c.b.activity, c.finding.rule) for c in found] == [
        ("talk", "interference"),
        ("talk", "spectrum"),
    ]


def test_an_emission_in_a_taboo_band_conflicts_with_the_agreement_whoever_sends_it():
    found = conflicts_of(emission("north", "N", 225.5, 225.7), emission("south", "S", 225.6, 225.8))
    restricted = [c for c in found if c.finding.rule == "restricted band"]
    assert [(c.a.party, c.b.activity) for c in restricted] == [("agreement test", "N")]
    assert "TABOO" in restricted[0].finding.why


def test_a_taboo_band_without_an_area_is_taboo_everywhere():
    everywhere = dataclasses.replace(TABOO, area=Everywhere())
    far = emission("north", "N", 225.5, 225.7, footprint=Circle((-120.0, -60.0), 10.0))
    found = conflicts_of(far, agreement=an_agreement(everywhere))
    assert [c.finding.rule for c in found] == ["restricted band"]


def test_a_receiver_may_listen_in_a_taboo_band():
    assert conflicts_of(emission("north", "N", 225.5, 225.7, Role.RECEIVE)) == ()
