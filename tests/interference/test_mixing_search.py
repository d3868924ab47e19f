"""The search for mixtures loses none of the worst, however many emitters there are at a site."""

import dataclasses
import itertools
import json

import drawing
import pytest
from builders import NOON_S, an_activity
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from radio_scenes import AGREEMENT, HERE, a_receiver, an_emission

from wideberth.assessing.again import recompute
from wideberth.checking import check
from wideberth.engine.field import Question, lay_out, no_progress
from wideberth.formats import report_json
from wideberth.interference.coupling import coupled
from wideberth.interference.mixing import Mixing
from wideberth.interference.product_bands import EVERYWHERE_HZ, product_bands
from wideberth.interference.propagation import free_space_db
from wideberth.interference.ways import Ways
from wideberth.model.agreement import Restriction, RestrictionKind
from wideberth.model.budget import Case
from wideberth.model.footprint import Circle, Corridor
from wideberth.model.radio import Antenna, AntennaKind, Radio
from wideberth.model.span import FrequencyBand, TimeWindow
from wideberth.spectrum.intermodulation import off_tune_db, products

QUESTION = Question(AGREEMENT.heights, fast=False)
LAW = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
GUARD = Restriction(
    id="G1",
    kind=RestrictionKind.TABOO,
    clause="default spectrum",
    band=FrequencyBand(121.45e6, 121.55e6),
    area=Circle(HERE, 3000.0),
    window=TimeWindow(NOON_S, NOON_S + 1800.0),
)
GUARDED = dataclasses.replace(AGREEMENT, restrictions=(GUARD,))


def mixed(activities, agreement=AGREEMENT):
    found = check(activities, agreement, fast=False).conflicts
    return [c for c in found if c.finding.rule.endswith("intermodulation")]


@st.composite
def emissions(draw, name):
    start_s = NOON_S + draw(st.sampled_from((0.0, 0.0, 900.0, 3000.0)))
    place = drawing.go(HERE, draw(drawing.azimuths), draw(st.sampled_from((1.0, 80.0, 3e3, 8e3))))
    gain_dbi = draw(st.sampled_from((-4.0, 0.0, 12.0)))
    volume = an_emission(
        draw(st.sampled_from((300.0, 300.0, 300.1, 300.3, 301.0, 260.0, 150.0))),
        draw(st.sampled_from((25.0, 25.0, 900.0))),
        eirp_dbm=draw(st.floats(20.0, 80.0)),
        place=place,
        radius_m=draw(st.sampled_from((0.0, 0.0, 400.0))),
        start_s=start_s,
        end_s=start_s + 1800.0,
        top_m=draw(st.sampled_from((0.0, 30.0, 900.0))),
        radio=draw(st.sampled_from((None, Radio(antenna=Antenna(AntennaKind.OMNI, gain_dbi))))),
        volume_id=name,
    )
    if draw(st.integers(0, 5)):
        return volume
    line = Corridor((place, drawing.go(place, 20.0, 700.0)), 50.0)
    return dataclasses.replace(volume, footprint=line)


@st.composite
def busy_sites(draw):
    """Up to a dozen emitters of three parties about one place, and a few that listen."""
    found = [
        an_activity(draw(emissions("E")), party=draw(st.sampled_from("abc")), name=f"E{k}")
        for k in range(draw(st.integers(3, 12)))
    ]
    for k in range(2):
        ear = a_receiver(
            draw(st.sampled_from((300.0, 300.2, 299.7))),
            place=drawing.go(HERE, 90.0, draw(st.sampled_from((500.0, 2e4)))),
            criterion=f"{draw(st.sampled_from((-60, -90, -110)))} dBm",
            radio=Radio(iip3_dbm=draw(st.sampled_from((-20.0, 30.0)))),
        )
        found.append(an_activity(ear, party=draw(st.sampled_from("abc")), name=f"R{k}"))
    return found


def worst_of(activities, agreement, neighbours):
    """Return the worst level at each that listens, with so many neighbours looked at first."""
    field = lay_out(activities, agreement.heights)
    rule = Mixing("interference", "", agreement, neighbours=neighbours)
    found = {}
    for c in rule.find(field, QUESTION, no_progress):
        ref = c.a if c.a.activity.startswith("R") else c.b
        level = c.finding.budget.interference_dbm
        found[ref] = max(found.get(ref, level), level)
    return found


@pytest.mark.parametrize("refine", [False, True])
@LAW
@given(busy_sites())
def test_how_many_neighbours_are_looked_at_first_changes_nothing(refine, activities):
    spectrum = dataclasses.replace(AGREEMENT.spectrum, refine=refine)
    agreement = dataclasses.replace(AGREEMENT, spectrum=spectrum)
    whole = worst_of(activities, agreement, 100)
    for neighbours in (1, 2, 5):
        few = worst_of(activities, agreement, neighbours)
        assert few.keys() == whole.keys()
        for ref, level in whole.items():
            assert few[ref] == pytest.approx(level, abs=1e-6)


@LAW
@given(busy_sites())
def test_what_emitters_hear_of_each_other_is_what_their_ways_say(activities):
    emitting = [one for one in activities if one.id.startswith("E")]
    field = lay_out(emitting, AGREEMENT.heights)
    ways, site = Ways(field, AGREEMENT), range(len(field.volumes))
    found = coupled(site, ways, AGREEMENT).incoming_dbm
    for i, j in itertools.permutations(site, 2):
        path, other = ways.path(min(i, j), max(i, j)), ways.emission(j)
        if path is None or path.lateral_m > AGREEMENT.spectrum.site_m:
            assert found[i, j] == -float("inf")
            continue
        own = ways.emission(i)
        lost = off_tune_db(other.low_hz, other.high_hz, own.low_hz, own.high_hz)
        lost += free_space_db(other.low_hz, path.distance_m)
        assert found[i, j] == pytest.approx(other.eirp_dbm - lost, abs=0.01)


def test_what_is_far_from_the_transmitter_mixes_in_none():
    near = [an_emission(300.0, eirp_dbm=60.0, volume_id="A")]
    near.append(
        an_emission(300.05, eirp_dbm=60.0, place=drawing.go(HERE, 90.0, 94.0), volume_id="B")
    )
    third = an_emission(121.56, eirp_dbm=60.0, place=drawing.go(HERE, 90.0, 2e5), volume_id="C")
    assert mixed([an_activity(*near, third)], GUARDED) == []


def test_radars_of_other_bands_mix_to_no_distress_frequency():
    low = an_emission(3000.0, 50_000.0, eirp_dbm=100.0, volume_id="A")
    high = an_emission(3243.0, 50_000.0, eirp_dbm=100.0, place=drawing.go(HERE, 9.0, 50.0))
    ear = a_receiver(243.0, place=drawing.go(HERE, 9.0, 20_000.0), criterion="-100 dBm")
    acts = an_activity(low, name="A"), an_activity(high, name="B"), an_activity(ear, party="south")
    assert mixed(acts) == []


def test_many_alike_are_told_to_be_little_work_and_very_many_too_much_for_a_node():
    def told(count):
        emitters = [
            an_emission(place=drawing.go(HERE, k, 1.0 + k), volume_id=f"E{k}") for k in range(count)
        ]
        ear = an_activity(a_receiver(), party="south", name="R")
        totals = []

        def stop(_step, done, total):
            totals.append(total)
            if done == 0 and total > 10_000:
                raise InterruptedError

        try:
            field = lay_out([an_activity(*emitters), ear], AGREEMENT.heights)
            Mixing("interference", "", AGREEMENT).find(field, QUESTION, stop)
        except InterruptedError:
            return None
        return max(totals)

    assert told(60) < 1000
    assert told(700) is None


def test_what_mixes_in_a_receiver_and_in_a_guarded_band_is_reckoned_anew():
    pair = [
        an_activity(an_emission(119.5, eirp_dbm=70.0), name="A"),
        an_activity(an_emission(120.5, eirp_dbm=70.0, place=drawing.go(HERE, 9.0, 60.0)), name="B"),
    ]
    wide = a_receiver(121.5, 8000.0, place=drawing.go(HERE, 9.0, 900.0), criterion="-90 dBm")
    result = check([*pair, an_activity(wide, party="south", name="R")], GUARDED)
    whole = report_json.render(result, ())
    budgets = [c.finding.budget for c in result.conflicts]
    mixtures = [b for b in budgets if b and b.case is Case.INTERMODULATION]
    assert {"intercept_dbm" in dict(b.inputs) for b in mixtures} == {True, False}
    assert {"case" in dict(b.inputs) for b in mixtures} == {False}
    found = [one for one in recompute(whole) if one.about.startswith("intermodulation")]
    assert len(found) == len(mixtures)
    assert all(one.agrees for one in found)
    changed = json.loads(whole)
    for conflict in changed["conflicts"]:
        inputs = (conflict.get("budget") or {}).get("inputs", {})
        for name in {"signal_1_dbm", "incoming_dbm"} & inputs.keys():
            inputs[name] += 1.0
    wrong = recompute(json.dumps(changed))
    assert not any(one.agrees for one in wrong if one.about.startswith("intermodulation"))


@LAW
@given(st.lists(st.sampled_from((300.0, 300.1, 301.7)), min_size=2, max_size=7))
def test_emissions_alike_have_the_bands_of_all_their_products(middles_mhz):
    volumes = [an_emission(mhz, volume_id=f"E{k}") for k, mhz in enumerate(middles_mhz)]
    one = an_activity(*volumes)
    found = product_bands([one], AGREEMENT, {(one.party, one.id)})
    made = products([(v.freq.low_hz, v.freq.high_hz) for v in volumes], [EVERYWHERE_HZ])
    for ref, bands in found.items():
        is_in = (made.emitter == ref.place).any(axis=1)
        low, high = made.low_hz[is_in], made.high_hz[is_in]
        for product in zip(low, high, strict=True):
            assert any(a <= product[0] and product[1] <= b for a, b in bands)
        for a, b in bands:
            assert a in low
            assert b in high
