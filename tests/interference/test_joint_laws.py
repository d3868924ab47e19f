"""Emissions that only together harm, held against working out every crowd and mixture by hand."""

import dataclasses
import math

import drawing
import interference_oracle as oracle
import pytest
from builders import NOON_S, an_activity
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from radio_scenes import AGREEMENT, HERE, a_receiver, an_emission

from wideberth.checking import check
from wideberth.model.agreement import Restriction, RestrictionKind
from wideberth.model.budget import Case, Verdict
from wideberth.model.footprint import Circle
from wideberth.model.radio import Antenna, AntennaKind, Radio
from wideberth.model.span import FrequencyBand, TimeWindow
from wideberth.model.volume import Role

GUARD = Restriction(
    id="G1",
    kind=RestrictionKind.TABOO,
    clause="default spectrum",
    band=FrequencyBand(121.45e6, 121.55e6),
    area=Circle(HERE, 3000.0),
    window=TimeWindow(NOON_S, NOON_S + 1800.0),
)
FREE = dataclasses.replace(AGREEMENT.spectrum, refine=False, margin_db=3.0)
PLAIN = dataclasses.replace(AGREEMENT, spectrum=FREE, restrictions=(GUARD,))
LAW = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    derandomize=True,
)
EDGES = ((12_500.0, 0.0), (12_600.0, 70.0))
LIMIT_DBM = -90.0
parties = st.sampled_from(("north", "south", "east"))
starts_s = st.sampled_from((0.0, 0.0, 600.0, 1800.0))
lengths_s = st.sampled_from((600.0, 1200.0, 3600.0))


def joint(activities, agreement=PLAIN, about=None, *, within=False):
    found = check(activities, agreement, fast=False, about=about, within=within).conflicts
    return [
        c
        for c in found
        if c.finding.budget is not None
        and c.finding.budget.case in (Case.AGGREGATE, Case.INTERMODULATION)
    ]


def roles_of(activities):
    return {(a.party, a.id, v.id): v.role for a in activities for v in a.volumes}


def harmed(activities, conflict):
    """Return the receiver or the guard of a conflict."""
    roles = roles_of(activities)
    for ref in (conflict.a, conflict.b):
        key = ref.party, ref.activity, ref.volume
        if key not in roles:
            return "guard", ref.volume, ref.volume
        if roles[key] is Role.RECEIVE:
            return key
    raise AssertionError(conflict)


def named(budget):
    return frozenset((c.party, c.activity, c.volume) for c in budget.contributors)


def at_level(over_db, place, receiver_place=HERE):
    """Return the EIRP that arrives so far above LIMIT_DBM in free space, as near as can be."""
    length_m = drawing.GEOD.inv(*place, *receiver_place)[2]
    return LIMIT_DBM + over_db + oracle.free_space_db(300e6, length_m)


@st.composite
def loud(draw, name):
    """An emission about as strong as its receiver bears, of one or two channels, or a far one."""
    place = drawing.go(HERE, draw(drawing.azimuths), draw(st.floats(2e3, 6e4)))
    kind = draw(st.sampled_from(("in", "in", "in", "out")))
    over_db = draw(st.floats(-12.0, 1.0)) + (70.0 if kind == "out" else 0.0)
    start_s = NOON_S + draw(starts_s)
    return dataclasses.replace(
        an_emission(
            300.0 if kind == "in" else 340.0,
            eirp_dbm=at_level(over_db, place),
            place=place,
            radius_m=draw(st.sampled_from((0.0, 500.0))),
            start_s=start_s,
            end_s=start_s + draw(lengths_s),
            radio=Radio(mask=EDGES, harmonics_db=300.0),
            volume_id=name,
        )
    )


@st.composite
def ears(draw, name, criterion=f"{LIMIT_DBM} dBm"):
    start_s = NOON_S + draw(starts_s)
    gain_dbi = draw(st.sampled_from((0.0, 3.0)))
    return a_receiver(
        place=draw(st.sampled_from((HERE, drawing.go(HERE, 10.0, 500.0)))),
        criterion=criterion,
        start_s=start_s,
        end_s=start_s + draw(lengths_s),
        radio=Radio(
            mask=EDGES,
            antenna=Antenna(AntennaKind.OMNI, gain_dbi),
            overload_dbm=LIMIT_DBM + draw(st.sampled_from((-2.0, 4.0, 60.0))),
        ),
    )


@st.composite
def loud_crowds(draw):
    found = []
    for k in range(draw(st.integers(2, 7))):
        linked = draw(st.sampled_from(("", "", "", "L")))
        volumes = [
            dataclasses.replace(draw(ears(f"V{n}")), id=f"V{n}")
            if draw(st.integers(0, 3)) == 0 or k == 0 == n
            else draw(loud(f"V{n}"))
            for n in range(draw(st.integers(1, 3)))
        ]
        activity = an_activity(*volumes, party=draw(parties), name=f"A{k}", linked=linked)
        found.append(activity)
    return found


@pytest.mark.parametrize("blocking", [False, True])
@LAW
@given(loud_crowds())
def test_sums_are_those_of_working_out_every_crowd(blocking, activities):
    expected = oracle.sums(activities, FREE.margin_db, blocking=blocking)
    assume(all(margin < 19.8 for _, _, those in expected.values() for margin in those))
    rule = "interference aggregate" + (" blocking" if blocking else "")
    found = {harmed(activities, c): c.finding for c in joint(activities) if c.finding.rule == rule}
    event(f"found: {bool(expected)}")
    assert found.keys() == expected.keys()
    for key, (total_dbm, names, _) in expected.items():
        assert found[key].budget.interference_dbm == pytest.approx(total_dbm, abs=0.01)
        assert named(found[key].budget) == names


MIX_MHZ = (119.5, 120.5, 121.5, 122.5, 123.5, 60.75, 243.0, 364.5)


@st.composite
def mixers(draw, name):
    place = drawing.go(HERE, draw(drawing.azimuths), draw(st.sampled_from((1.0, 50.0, 2e3, 9e3))))
    start_s = NOON_S + draw(starts_s)
    gain_dbi = draw(st.none() | st.sampled_from((-3.0, 20.0)))
    return an_emission(
        draw(st.sampled_from(MIX_MHZ)) + draw(st.sampled_from((0.0, 0.02))),
        eirp_dbm=draw(st.floats(20.0, 90.0)),
        place=place,
        radius_m=draw(st.sampled_from((0.0, 700.0))),
        start_s=start_s,
        end_s=start_s + draw(lengths_s),
        radio=Radio(
            mask=EDGES,
            harmonics_db=300.0,
            antenna=None if gain_dbi is None else Antenna(AntennaKind.OMNI, gain_dbi),
        ),
        volume_id=name,
    )


@st.composite
def sites(draw):
    found = []
    for k in range(draw(st.integers(2, 4))):
        volumes = []
        for n in range(draw(st.integers(1, 2))):
            if draw(st.integers(0, 2)) == 0:
                place = drawing.go(HERE, draw(drawing.azimuths), draw(st.sampled_from((9.0, 3e4))))
                ear = a_receiver(
                    draw(st.sampled_from(MIX_MHZ)),
                    draw(st.sampled_from((25.0, 3000.0))),
                    place=place,
                    criterion=f"{draw(st.sampled_from((-60.0, -90.0)))} dBm",
                    radio=Radio(
                        mask=((2e6, 0.0), (3e6, 80.0)),
                        iip3_dbm=draw(st.none() | st.sampled_from((-20.0, 30.0))),
                    ),
                )
                volumes.append(dataclasses.replace(ear, id=f"V{n}"))
            else:
                volumes.append(draw(mixers(f"V{n}")))
        linked = draw(st.sampled_from(("", "", "", "L")))
        found.append(an_activity(*volumes, party=draw(parties), name=f"A{k}", linked=linked))
    return found


@settings(LAW, max_examples=90)
@given(sites())
def test_mixtures_are_those_of_working_out_every_product(activities):
    expected = oracle.mixtures(activities, FREE.margin_db, FREE.site_m, (GUARD,))
    found = {}
    for conflict in joint(activities):
        if conflict.finding.budget.case is Case.INTERMODULATION:
            level_dbm = conflict.finding.budget.interference_dbm
            found.setdefault(harmed(activities, conflict), []).append(level_dbm)
    event(f"found: {len(expected)}")
    assert found.keys() == expected.keys()
    for key, (level_dbm, _) in expected.items():
        assert max(found[key]) == pytest.approx(level_dbm, abs=0.01)


@settings(LAW, max_examples=40)
@given(sites() | loud_crowds(), st.data())
def test_asking_about_some_finds_what_they_take_part_in_and_nothing_else(activities, data):
    names = [(a.party, a.id) for a in activities]
    about = frozenset(data.draw(st.sets(st.sampled_from(names), min_size=1, max_size=2)))

    def takes_part(conflict):
        refs = {(r.party, r.activity) for r in (conflict.a, conflict.b)}
        refs |= {(c.party, c.activity) for c in conflict.finding.budget.contributors}
        return bool(about & refs)

    for within in (False, True):
        everything = joint(activities, within=within)
        assert joint(activities, about=about, within=within) == list(filter(takes_part, everything))


@settings(LAW, max_examples=30)
@given(sites() | loud_crowds())
def test_no_joint_conflict_is_of_one_activity_with_itself(activities):
    for within in (False, True):
        for conflict in joint(activities, within=within):
            assert (conflict.a.party, conflict.a.activity) != (
                conflict.b.party,
                conflict.b.activity,
            )
            assert conflict.a < conflict.b


def all_harmed(activities):
    """Return who is harmed by several, and who by one alone."""
    result = check(activities, PLAIN, fast=False)
    several, alone = set(), set()
    roles = roles_of(activities)
    for c in result.conflicts:
        budget = c.finding.budget
        if budget is None:
            continue
        keys = [(r.party, r.activity, r.volume) for r in (c.a, c.b)]
        ears_of = {k for k in keys if roles.get(k) is Role.RECEIVE} or {"guard"}
        is_joint = budget.case in (Case.AGGREGATE, Case.INTERMODULATION)
        (several if is_joint else alone).update(ears_of)
    return several, alone


def more(draw, volume):
    if volume.role is not Role.EMIT:
        return volume
    how = draw(st.sampled_from(("power", "time")))
    if how == "power":
        return dataclasses.replace(volume, eirp_dbm=volume.eirp_dbm + draw(st.floats(0.1, 20.0)))
    longer = TimeWindow(volume.time.start_s - 600.0, volume.time.end_s + draw(lengths_s))
    return dataclasses.replace(volume, time=longer)


@settings(LAW, max_examples=40)
@given(sites() | loud_crowds(), st.data())
def test_more_of_an_emission_leaves_the_harmed_harmed_together_or_by_one_alone(activities, data):
    before, _ = all_harmed(activities)
    assume(before)
    k = data.draw(st.integers(0, len(activities) - 1))
    grown = list(activities)
    volumes = tuple(more(data.draw, v) for v in grown[k].volumes)
    grown[k] = dataclasses.replace(grown[k], volumes=volumes)
    if data.draw(st.booleans()):
        one = data.draw(loud("more") | mixers("more"))
        grown.append(an_activity(one, party=data.draw(parties), name="ZZ"))
    several, alone = all_harmed(grown)
    assert before <= several | alone


# Cases


def equal_crowd(count, below_db, *, pause_s=0.0, away_m=10_000.0):
    """Return a receiver, and so many emissions round it, each so far below what it bears."""
    rules = [an_activity(a_receiver(criterion=f"{LIMIT_DBM} dBm", end_s=NOON_S + 9e4))]
    for k in range(count):
        place = drawing.go(HERE, 360.0 * k / count, away_m)
        emission = an_emission(
            eirp_dbm=at_level(-below_db - FREE.margin_db, place),
            place=place,
            top_m=0.0,
            start_s=NOON_S + k * pause_s,
            end_s=NOON_S + 3600.0 + k * pause_s,
        )
        rules.append(an_activity(emission, party="south", name=f"S{k}"))
    return rules


def test_five_equal_emitters_each_5_db_below_the_limit_are_one_finding_together():
    (found,) = joint(equal_crowd(5, 5.0))
    budget = found.finding.budget
    assert budget.case is Case.AGGREGATE
    assert budget.verdict is Verdict.EXCEEDED
    assert len(budget.contributors) == 5
    assert budget.interference_dbm - budget.limit_dbm == pytest.approx(1.99, abs=0.02)
    assert budget.limit_dbm == LIMIT_DBM - FREE.margin_db


@pytest.mark.parametrize(("count", "below_db"), [(4, 7.0), (2, 3.2), (1, 0.1)])
def test_too_few_that_are_too_weak_are_borne_together(count, below_db):
    assert joint(equal_crowd(count, below_db)) == []


def test_windows_that_do_not_overlap_or_touch_do_not_add_up():
    assert joint(equal_crowd(5, 1.0, pause_s=3600.0)) == []
    assert len(joint(equal_crowd(5, 1.0, pause_s=3599.0))) == 1


def test_a_crowd_of_more_than_a_hundred_each_far_below_the_limit_is_too_much_together():
    (found,) = joint(equal_crowd(120, 20.5, away_m=120_000.0))
    assert len(found.finding.budget.contributors) == 120


def test_what_is_on_the_air_at_the_worst_instant_is_named_and_nothing_else():
    activities = equal_crowd(5, 4.0, pause_s=1000.0)
    (found,) = joint(activities)
    assert len(found.finding.budget.contributors) == 4
    shared = [a.volumes[0].time for a in activities[1:5]]
    window = max(t.start_s for t in shared), min(t.end_s for t in shared)
    assert (found.finding.start_s, found.finding.end_s) in {
        window,
        tuple(edge + 1000.0 for edge in window),
    }


def test_a_sum_with_an_undeclared_power_is_not_cleared_and_says_so():
    activities = equal_crowd(3, 2.0)
    spectrum = dataclasses.replace(FREE, undeclared_eirp_dbm=activities[1].volumes[0].eirp_dbm)
    agreement = dataclasses.replace(PLAIN, spectrum=spectrum)
    silent = dataclasses.replace(activities[1].volumes[0], eirp_dbm=None)
    activities[1] = dataclasses.replace(activities[1], volumes=(silent,))
    (found,) = joint(activities, agreement)
    assert found.finding.budget.verdict is Verdict.NO_MODEL
    assert "power is not declared" in found.finding.why


def a_pair_of_transmitters(**one):
    """Two that make 121.5 MHz of 120.5 and 119.5: 2 x 120.5 - 119.5."""
    here = an_emission(120.5, eirp_dbm=60.0, radio=Radio(harmonics_db=300.0), **one)
    there = an_emission(
        119.5, eirp_dbm=60.0, place=drawing.go(HERE, 90.0, 100.0), volume_id="T",
        radio=Radio(harmonics_db=300.0),
    )  # fmt: skip
    return an_activity(here, name="N1"), an_activity(there, name="N2", party="south")


def test_the_power_that_is_not_declared_is_said_of_either_transmitter():
    for silent in (0, 1):
        pair = list(a_pair_of_transmitters())
        quiet = dataclasses.replace(pair[silent].volumes[0], eirp_dbm=None)
        pair[silent] = dataclasses.replace(pair[silent], volumes=(quiet,))
        found = [c for c in joint(pair) if c.finding.budget.case is Case.INTERMODULATION]
        assert found
        for conflict in found:
            assert conflict.finding.budget.verdict is Verdict.NO_MODEL
            assert "power is not declared" in conflict.finding.why
            assert "60 dBm EIRP was taken" in conflict.finding.why


def test_the_transmitter_nearest_to_a_receiver_counts_though_the_other_mixes_more():
    near = drawing.go(HERE, 90.0, 4900.0)
    weak = an_activity(an_emission(120.5, eirp_dbm=60.0), name="N1")
    strong = an_activity(an_emission(119.5, eirp_dbm=50.0, place=near), name="N2")
    ear = a_receiver(121.5, place=drawing.go(near, 0.0, 10.0), criterion="-100 dBm")
    found = joint([weak, strong, an_activity(ear, party="south", name="S1")])
    (level,) = {c.finding.budget.interference_dbm for c in found}
    by_near = 60.0 - oracle.free_space_db(120.4875e6, 4900.0) - 10.0
    assert level >= by_near - oracle.free_space_db(121.5e6, 10.0) - 0.1


def test_a_beam_that_points_away_earns_no_credit_without_its_gain():
    beam = Antenna(AntennaKind.SECTOR, 30.0, (170.0, 190.0), (0.0, 5.0), 20.0)
    ear = a_receiver(121.5, place=drawing.go(HERE, 0.0, 20_000.0), criterion="-140 dBm")
    ears = an_activity(ear, party="east", name="E1")

    def level(radio):
        pair = a_pair_of_transmitters()
        aimed = dataclasses.replace(pair[0].volumes[0], radio=radio)
        found = joint([dataclasses.replace(pair[0], volumes=(aimed,)), pair[1], ears])
        return max(
            c.finding.budget.interference_dbm
            for c in found
            if c.b.party == "east" or c.a.party == "east"
        )

    aimed, plain = level(Radio(antenna=beam)), level(None)
    assert aimed >= plain + 9.9  # 30 dBi less 20 dB beside the beam


def test_only_what_gets_heard_together_mixes():
    pair = a_pair_of_transmitters()
    later = dataclasses.replace(
        pair[0].volumes[0], time=TimeWindow(NOON_S + 3600.0, NOON_S + 7200.0)
    )
    assert [c for c in joint(pair) if c.finding.budget.case is Case.INTERMODULATION]
    assert not joint([dataclasses.replace(pair[0], volumes=(later,)), pair[1]])


def test_levels_in_findings_are_finite():
    for conflict in joint(equal_crowd(5, 5.0)):
        assert math.isfinite(conflict.finding.budget.interference_dbm)
