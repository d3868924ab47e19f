"""The notice clock: time given against time owed, the same figures on both sides."""

import math
from dataclasses import replace

from builders import NOON_S, a_volume, an_activity, an_agreement
from hypothesis import given
from hypothesis import strategies as st

from wideberth.model.agreement import NoticePeriod
from wideberth.model.clause import Clause
from wideberth.model.notice import NoticeRules, Reaction
from wideberth.peering.disclosed import disclosed
from wideberth.peering.lead import lead_of

OWED_S = 3600.0
REACTION_S = 600.0
AGREEMENT = replace(
    an_agreement(),
    clauses=(Clause("S1", "Keep apart."), Clause("N1", "Give notice.")),
    notice_periods=(NoticePeriod("*", "N1", OWED_S),),
    notice=NoticeRules(reactions=(Reaction("south", REACTION_S),)),
)
edges = st.sampled_from((0.0, REACTION_S, OWED_S, -OWED_S, 86400.0))
given_s = st.builds(lambda edge, off: edge + off, edges, st.sampled_from((-0.5, 0.0, 0.5)))


def lead(before_s: float, receiver: str = "south", agreement=AGREEMENT):
    return lead_of(an_activity(), agreement, received_s=NOON_S - before_s, receiver=receiver)


@given(given_s)
def test_late_is_less_than_owed_and_too_late_less_than_the_receiver_needs(before_s):
    found = lead(before_s)
    assert found is not None
    assert (found.start_s, found.given_s, found.owed_s, found.clause) == (
        NOON_S, before_s, OWED_S, "N1",
    )  # fmt: skip
    assert found.is_late == (before_s < OWED_S)
    assert found.is_too_late == (before_s < REACTION_S)


@given(given_s)
def test_for_who_named_no_reaction_time_only_what_has_begun_is_too_late(before_s):
    found = lead(before_s, receiver="north")
    assert found is not None
    assert found.is_too_late == (before_s <= 0.0)


@given(given_s)
def test_where_nothing_is_owed_nothing_is_late(before_s):
    found = lead(before_s, agreement=replace(AGREEMENT, notice_periods=()))
    assert found is not None
    assert (found.owed_s, found.clause, found.is_late) == (None, "", False)


@given(given_s, st.lists(st.floats(0.0, 1e6), min_size=1, max_size=4))
def test_the_first_volume_to_begin_counts(before_s, later):
    volumes = tuple(
        a_volume(start_s=NOON_S + late_s, end_s=NOON_S + late_s + 60.0, volume_id=f"{k}")
        for k, late_s in enumerate((*later, 0.0))
    )
    found = lead_of(
        an_activity(*volumes), AGREEMENT, received_s=NOON_S - before_s, receiver="south"
    )
    assert found == lead(before_s)


def test_what_was_in_force_already_has_no_lead():
    open_start = an_activity(a_volume(start_s=-math.inf, end_s=NOON_S))
    assert lead_of(open_start, AGREEMENT, received_s=0.0, receiver="south") is None


@given(given_s)
def test_the_figures_are_those_of_what_the_other_side_sees(before_s):
    activity = an_activity()
    seen = disclosed(activity)
    assert seen is not None
    assert lead_of(seen, AGREEMENT, received_s=NOON_S - before_s, receiver="south") == lead(
        before_s
    )
