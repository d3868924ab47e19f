"""Two paths, one answer: the plain and the compiled join both equal judging every pair."""

import drawing
import numpy as np
import pytest
from builders import AIR, NOON_S, RANGES, a_volume, an_activity
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wideberth.engine import join
from wideberth.engine.columns import columns_of
from wideberth.engine.minima import Citation, judge_minima
from wideberth.engine.separation import Reach
from wideberth.model.agreement import Minima
from wideberth.model.span import Datum

CITED = Citation("air", "S1")
PATHS = pytest.mark.parametrize("fast", [False, True], ids=["plain", "compiled"])
LAW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
minima_drawn = st.sampled_from(
    (AIR, Minima(0.0, 0.0, 0.0), Minima(50_000.0, float("inf"), 600.0, 1e6), Minima(1.0, 1.0, 1.0))
)


@st.composite
def crowds(draw):
    """A dozen volumes of two parties about one awkward place: all shapes, datums and ends."""
    anchor = draw(st.sampled_from(drawing.ANCHORS))
    activities = []
    for k in range(draw(st.integers(2, 14))):
        size = 10.0 ** draw(st.floats(3.0, 6.2))
        place = drawing.go(anchor, draw(st.floats(0, 360)), draw(st.floats(0, 80_000.0)))
        if draw(st.integers(0, 3)):
            footprint = draw(drawing.footprints(place, size))
        else:
            footprint = draw(drawing.tracks(place, size, start_s=NOON_S))
        low = draw(st.sampled_from((0.0, 300.0, 3000.0, 3304.8, 3604.8)))
        start_s = NOON_S + draw(st.sampled_from((0.0, 3600.0, 3900.0, -3899.0, -np.inf)))
        volume = a_volume(
            footprint,
            lower_m=low,
            upper_m=draw(st.sampled_from((low, low + 300.0, np.inf))),
            datum=draw(st.sampled_from(list(Datum))),
            start_s=start_s,
            end_s=start_s + 3600.0 if np.isfinite(start_s) else NOON_S + 60.0,
        )
        linked = draw(st.sampled_from(("", "", "", "one event")))
        party = ("north", "south")[k % 2]
        activities.append(an_activity(volume, party=party, name=f"A{k:02d}", linked=linked))
    return activities


def judged(activities, minima, *, within):
    found = set()
    for i, a in enumerate(activities):
        for j, b in enumerate(activities[:i]):
            if (a.party == b.party and not within) or (a.linked and a.linked == b.linked):
                continue
            if judge_minima(a.volumes[0], b.volumes[0], minima, RANGES, CITED) is not None:
                found.add((j, i))
    return found


@PATHS
@LAW
@given(crowds(), minima_drawn, st.booleans())
def test_the_join_is_what_judging_every_pair_finds(fast, activities, minima, within):
    columns = columns_of(activities, RANGES)
    everyone = np.arange(len(columns))

    def settle(i, j):
        pair = activities[i].volumes[0], activities[j].volumes[0]
        return judge_minima(*pair, minima, RANGES, CITED) is not None

    i, j = join.join(columns, (everyone, everyone), minima, settle, within=within, fast=fast)
    assert list(zip(i.tolist(), j.tolist(), strict=True)) == sorted(
        judged(activities, minima, within=within)
    )


@PATHS
@LAW
@given(crowds(), minima_drawn, st.booleans())
def test_narrowing_loses_no_pair_that_a_rule_of_that_reach_reports(
    fast, activities, minima, within
):
    columns = columns_of(activities, RANGES)
    everyone = np.arange(len(columns))
    i, j = join.narrow(columns, (everyone, everyone), Reach.of(minima), within=within, fast=fast)
    kept = set(zip(i.tolist(), j.tolist(), strict=True))
    assert judged(activities, minima, within=within) <= kept


def test_the_compiled_path_is_chosen_from_a_size_on_and_never_below():
    columns = columns_of([an_activity()], RANGES)
    assert not join.is_fast(columns, fast=None)
    assert join.is_fast(columns, fast=True)


@PATHS
def test_nothing_joins_to_nothing(fast):
    columns = columns_of([], RANGES)
    nobody = np.arange(0)
    i, j = join.join(columns, (nobody, nobody), AIR, lambda _i, _j: True, fast=fast)
    assert (len(i), len(j)) == (0, 0)
