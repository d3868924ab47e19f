"""Detection as a whole: every pair judged one by one gives the same conflicts."""

import dataclasses
import random

import drawing
import pytest
from builders import NOON_S, a_volume, an_activity, an_agreement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wideberth.arenas import all_rules
from wideberth.checking import check
from wideberth.engine.detect import find_conflicts
from wideberth.engine.field import Question, lay_out
from wideberth.model.activity import State
from wideberth.model.footprint import Circle
from wideberth.model.volume import Arena

AGREEMENT = an_agreement()
LAW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@st.composite
def crowds(draw):
    """A dozen or so activities of two parties about one awkward place, in all arenas."""
    anchor = draw(st.sampled_from(drawing.ANCHORS))
    activities = []
    for k in range(draw(st.integers(2, 14))):
        size = 10.0 ** draw(st.floats(3.0, 5.3))
        place = drawing.go(anchor, draw(st.floats(0, 360)), draw(st.floats(0, 80_000.0)))
        if draw(st.booleans()):
            footprint = draw(drawing.footprints(place, size))
        else:
            footprint = draw(drawing.tracks(place, size, start_s=NOON_S))
        low = draw(st.sampled_from((0.0, 300.0, 3000.0, 3600.0)))
        start_s = NOON_S + draw(st.floats(-4000.0, 4000.0))
        volume = a_volume(
            footprint,
            arena=draw(st.sampled_from(list(Arena))),
            lower_m=low,
            upper_m=low + 250.0,
            start_s=start_s,
            end_s=start_s + draw(st.floats(10.0, 4000.0)),
        )
        activities.append(an_activity(volume, party=("north", "south")[k % 2], name=f"A{k:02d}"))
    return activities


def judged_one_by_one(activities, *, within):
    refs = [(a, i, v) for a in activities for i, v in enumerate(a.volumes)]
    found = set()
    for a, i, va in refs:
        for b, j, vb in refs:
            if (a.party, a.id) >= (b.party, b.id) or (a.party == b.party and not within):
                continue
            for rule in all_rules(AGREEMENT):
                is_pair = sorted((va.arena, vb.arena)) == sorted(rule.arenas)
                if is_pair and rule.judge(va, vb):
                    found.add((a.id, i, b.id, j, rule.name))
    return found


@LAW
@given(crowds(), st.booleans(), st.sampled_from((False, True)))
def test_detection_finds_exactly_what_judging_every_pair_finds(activities, within, fast):
    result = check(activities, AGREEMENT, within=within, fast=fast)
    found = {
        (c.a.activity, c.a.place, c.b.activity, c.b.place, c.finding.rule) for c in result.conflicts
    }
    assert found == judged_one_by_one(activities, within=within)


@LAW
@given(crowds(), st.randoms(use_true_random=False))
def test_the_order_of_activities_changes_nothing(activities, chance):
    shuffled = activities[:]
    chance.shuffle(shuffled)
    assert check(activities, AGREEMENT) == check(shuffled, AGREEMENT)


def test_volumes_of_one_activity_and_linked_notices_are_never_in_conflict():
    two = an_activity(a_volume(), a_volume(volume_id="1"))
    a = an_activity(party="north", name="N", linked="one event")
    b = an_activity(party="south", name="S", linked="one event")
    assert check([two], AGREEMENT, within=True).conflicts == ()
    assert check([a, b], AGREEMENT).conflicts == ()
    assert len(check([a, dataclasses.replace(b, linked="")], AGREEMENT).conflicts) == 1


def test_a_link_that_files_declare_is_shown():
    a = an_activity(party="north", name="N", linked="one event")
    b = an_activity(party="south", name="S", linked="one event")
    (link,) = check([a, b], AGREEMENT).links
    assert (link.name, link.members) == ("one event", (("north", "N"), ("south", "S")))


def test_one_party_is_checked_against_itself_only_within():
    a, b = an_activity(name="A"), an_activity(name="B")
    assert check([a, b], AGREEMENT).conflicts == ()
    assert len(check([a, b], AGREEMENT, within=True).conflicts) == 1


def test_what_is_over_takes_no_room():
    ended = dataclasses.replace(an_activity(), state=State.ENDED)
    other = an_activity(party="south", name="S")
    assert check([ended, other], AGREEMENT).conflicts == ()


def test_a_pair_of_arenas_without_a_rule_is_told_and_not_called_clear():
    ship = an_activity(a_volume(arena=Arena.SEA, lower_m=0.0, upper_m=10.0))
    radar = an_activity(a_volume(arena=Arena.SPECTRUM), party="south", name="S")
    result = check([ship, radar], AGREEMENT)
    assert [(n.arenas, n.pairs) for n in result.not_judged] == [(("sea", "spectrum"), 1)]
    silent = an_agreement(without=(Arena.AIR, Arena.AIR))
    pair = [an_activity(), an_activity(party="south", name="S")]
    assert [n.pairs for n in check(pair, silent).not_judged] == [1]


def test_nothing_in_gives_nothing_out():
    result = check([], AGREEMENT)
    assert (result.conflicts, result.not_judged) == ((), ())


def test_many_discs_on_a_grid_conflict_with_their_neighbours_alone():
    chance = random.Random(7)
    spots = [(k % 12, k // 12) for k in range(144)]
    chance.shuffle(spots)
    activities = [
        an_activity(
            a_volume(Circle((30.0 + 0.2 * x, 30.0 + 0.2 * y), 1000.0)),
            party=("north", "south")[(x + y) % 2],
            name=f"{x:02d}-{y:02d}",
        )
        for x, y in spots
    ]
    minima = dataclasses.replace(AGREEMENT.separations[0].minima, lateral_m=21_000.0)
    wide = dataclasses.replace(AGREEMENT.separations[0], minima=minima)
    agreement = dataclasses.replace(AGREEMENT, separations=(wide,))
    field = lay_out(activities, agreement.heights)
    found = find_conflicts(field, all_rules(agreement), Question(agreement.heights))
    assert len(found) == 2 * 11 * 12
    assert all(c.finding.gaps.lateral_m == pytest.approx(20_000.0, rel=0.2) for c in found)
