"""Meetings as a matter: what stands after each step, who owes what, and what is refused."""

from hashlib import sha256

import pytest
from council_talk import AGREEMENT, Talk
from hypothesis import given, settings
from hypothesis import strategies as st
from two_nodes import T0

from wideberth.council.refusals import NotFittingError
from wideberth.peering.council.meeting import (
    Coming,
    MeetingAnswered,
    MeetingCalled,
    MeetingCancelled,
    MeetingDelegation,
    MeetingHeld,
    MeetingKind,
    MeetingPoint,
    MeetingPostponed,
    MeetingProposed,
    MinutesAgreed,
    MinutesProposed,
    When,
)

H, D = 3600.0, 86400.0
IN_TWO_WEEKS = When(start_s=T0 + 14 * D, end_s=T0 + 14 * D + 3 * H)
A_DAY_LATER = When(start_s=T0 + 15 * D, end_s=T0 + 15 * D + 3 * H)
CALLED = MeetingCalled(role="deputy", title="First meeting", when=IN_TWO_WEEKS)


def accepted(when=None, place="", answer=Coming.ACCEPTED):
    return MeetingAnswered(role="deputy", answer=answer, when=when, place=place)


def proposed(when=None, place=""):
    return MeetingProposed(role="deputy", when=when, place=place)


HELD = MeetingHeld(role="secretary")
MINUTES = MinutesProposed(role="secretary", text="Both sides agreed.")
DIGEST = sha256(b"Both sides agreed.").hexdigest()


def test_the_date_stands_while_the_place_is_open_and_the_place_is_settled_days_later():
    talk = Talk(CALLED)
    assert talk.stand.state == "called"
    assert talk.owed() == [("answer about the meeting", "south", 72 * H)]
    now = talk.say("south", accepted(IN_TWO_WEEKS), D)
    assert (now.state, now.when, now.place) == ("dated", IN_TWO_WEEKS, "")
    assert ("place", "north", 11 * D) in talk.owed()
    now = talk.say("south", proposed(place="Hmeimim"), 3 * D)
    assert talk.owed()[0] == ("answer about the meeting", "north", 4 * D + 72 * H)
    now = talk.say("north", proposed(place="Larnaca"), D)
    assert talk.owed()[0] == ("answer about the meeting", "south", 5 * D + 72 * H)
    assert now.place == ""
    now = talk.say("south", accepted(place="Larnaca"), D)
    assert (now.state, now.when, now.place) == ("settled", IN_TWO_WEEKS, "Larnaca")
    assert talk.owed() == [("word that it was held", "north", 14 * D + 3 * H + 72 * H)]


def test_the_place_may_be_settled_while_the_date_is_open():
    talk = Talk(MeetingCalled(role="deputy", title="M", place="Larnaca"))
    now = talk.say("south", accepted(place="Larnaca"), H)
    assert (now.state, now.when, now.place) == ("placed", None, "Larnaca")
    assert talk.owed() == [("date", "north", H + 72 * H)]
    talk.say("south", proposed(IN_TWO_WEEKS), H)
    assert talk.say("north", accepted(IN_TWO_WEEKS), H).state == "settled"


def test_a_settled_date_stands_until_both_hold_another():
    talk = Talk(CALLED)
    talk.say("south", accepted(IN_TWO_WEEKS))
    now = talk.say("south", proposed(A_DAY_LATER), H)
    assert now.when == IN_TWO_WEEKS
    assert "north" in now.asked
    assert talk.say("north", accepted(A_DAY_LATER), H).when == A_DAY_LATER


def test_proposals_that_cross_leave_the_later_in_order_to_be_answered():
    talk = Talk(MeetingCalled(role="deputy", title="M"))
    talk.hear("south", proposed(A_DAY_LATER), turn=2)
    now = talk.hear("north", proposed(IN_TWO_WEEKS), turn=2)  # north comes first in the order
    assert [step.party for step in talk.matter.steps] == ["north", "north", "south"]
    assert set(now.asked) == {"north"}
    assert now.when is None


def test_asked_anew_the_clock_that_runs_is_not_put_off():
    talk = Talk(CALLED)
    talk.say("north", proposed(A_DAY_LATER), 60 * H)
    assert talk.owed() == [("answer about the meeting", "south", 72 * H)]


def test_a_tentative_answer_is_none_and_a_declined_one_asks_the_caller_for_another_date():
    talk = Talk(CALLED)
    talk.say("south", accepted(answer=Coming.TENTATIVE), H)
    assert talk.owed() == [("answer about the meeting", "south", 72 * H)]
    talk.say("south", accepted(answer=Coming.DECLINED), H)
    assert talk.owed() == [("date", "north", 2 * H + 72 * H)]


def test_an_invitation_that_nobody_answers_alarms_both_sides_and_names_the_clause():
    talk = Talk(CALLED)
    for party in ("north", "south"):
        assert talk.alarms(party, T0 + 72 * H - 1) == set()
        assert talk.alarms(party, T0 + 72 * H) == {"answer about the meeting overdue"}


def test_an_answer_is_due_before_the_meeting_starts():
    soon = When(start_s=T0 + 10 * H, end_s=T0 + 11 * H)
    assert Talk(MeetingCalled(role="deputy", title="M", when=soon)).owed() == [
        ("answer about the meeting", "south", 10 * H)
    ]


def test_an_extraordinary_meeting_starts_within_its_hours_and_rings_until_it_is_answered():
    late = When(start_s=T0 + 49 * H, end_s=T0 + 50 * H)
    extraordinary = MeetingCalled(
        role="deputy", title="Now", meeting_kind=MeetingKind.EXTRAORDINARY
    )
    with pytest.raises(NotFittingError, match="within 48 h"):
        Talk(
            MeetingCalled(
                role="deputy", title="Now", meeting_kind=MeetingKind.EXTRAORDINARY, when=late
            )
        )
    talk = Talk(extraordinary)
    assert talk.owed() == [("date", "north", 48 * H)]
    soon = When(start_s=T0 + 9 * H, end_s=T0 + 10 * H)
    talk.say("north", proposed(soon, "by telephone"))
    assert talk.alarms("south", T0) == {"extraordinary meeting"}
    assert talk.alarms("north", T0) == set()
    talk.say("south", accepted(soon, "by telephone"))
    assert talk.alarms("south", T0) == set()


def test_minutes_are_agreed_when_both_sign_the_same_text_and_a_dissent_stays():
    talk = settled_talk()
    with pytest.raises(NotFittingError, match="its time had not come"):
        talk.say("north", HELD)
    with pytest.raises(NotFittingError, match="was not held yet"):
        talk.say("north", MINUTES)
    talk.say("north", HELD, 14 * D)
    assert talk.owed() == [("minutes", "north", 14 * D + 72 * H)]
    now = talk.say("south", MINUTES, D)
    assert (now.state, now.minutes.digest) == ("minutes", DIGEST)
    assert talk.owed() == [("answer to the minutes", "north", 15 * D + 72 * H)]
    with pytest.raises(NotFittingError, match="others than those"):
        talk.say("north", MinutesAgreed(role="deputy", digest="0" * 64))
    agreed = MinutesAgreed(role="deputy", digest=DIGEST, dissent="Not on point 3.")
    now = talk.say("north", agreed, H)
    assert (now.state, now.is_open, now.dues) == ("closed", False, ())
    assert now.minutes.agreed == ("north", "south")
    assert [(d.party, d.words) for d in now.dissents] == [("north", "Not on point 3.")]


def test_minutes_that_cross_are_agreed_by_their_own_side_alone():
    talk = settled_talk()
    talk.say("north", HELD, 14 * D)
    turn = talk.matter.last_turn + 1
    talk.hear("south", MINUTES, turn=turn)
    now = talk.hear("north", MinutesProposed(role="secretary", text="Other."), turn=turn)
    assert (now.minutes.party, now.minutes.agreed) == ("south", ("south",))


def settled_talk():
    talk = Talk(MeetingCalled(role="deputy", title="M", when=IN_TWO_WEEKS, place="Larnaca"))
    talk.say("south", accepted(IN_TWO_WEEKS, "Larnaca"))
    return talk


def test_a_postponed_meeting_keeps_its_place_and_owes_a_date_and_a_cancelled_one_nothing():
    talk = settled_talk()
    now = talk.say("south", MeetingPostponed(role="deputy", words="storm"), D)
    assert (now.state, now.when, now.place) == ("placed", None, "Larnaca")
    assert talk.owed() == [("date", "south", D + 72 * H)]
    now = talk.say("north", MeetingCancelled(role="deputy", words="war"), D)
    assert (now.state, now.is_open, now.dues) == ("cancelled", False, ())
    with pytest.raises(NotFittingError, match="was cancelled already"):
        talk.say("south", proposed(A_DAY_LATER))
    now = talk.hear("south", proposed(A_DAY_LATER))
    assert now.idle[0].why == "the meeting was cancelled already"


def test_delegations_are_roles_and_points_are_added_by_either_side():
    talk = settled_talk()
    assert talk.stand.heads == {"north": "deputy"}
    talk.say("south", MeetingDelegation(role="deputy", head="deputy chief", members=("navy",)))
    point = MeetingPoint(role="deputy", title="Frequencies", ref="concern/north/C-1")
    now = talk.say("south", point)
    assert now.heads == {"north": "deputy", "south": "deputy chief"}
    assert now.members == {"south": ("navy",)}
    assert [(p.party, p.title, p.ref) for p in now.points] == [
        ("south", "Frequencies", "concern/north/C-1")
    ]


@pytest.mark.parametrize(
    ("party", "body", "why"),
    [
        ("south", proposed(), "neither time nor place"),
        ("south", accepted(), "neither time nor place"),
        ("south", accepted(A_DAY_LATER), "nobody proposes that time"),
        ("south", accepted(place="Rome"), "nobody proposes that place"),
        ("south", proposed(When(start_s=T0 - 2.0, end_s=T0)), "is past"),
        ("south", proposed(When(start_s=T0 + 2.0, end_s=T0 + 1.0)), "ends before"),
        ("south", MeetingPoint(role="deputy", title="x", clause="Z9"), "does not have"),
        ("south", HELD, "no date was settled"),
        ("north", accepted(IN_TWO_WEEKS), "nobody proposes that time"),
    ],
)
def test_what_says_nothing_or_what_nobody_proposed_is_refused(party, body, why):
    with pytest.raises(NotFittingError, match=why):
        Talk(CALLED).say(party, body)


WHENS = st.none() | st.sampled_from((IN_TWO_WEEKS, A_DAY_LATER))
PLACES = st.sampled_from(("", "Larnaca", "Hmeimim"))
BODIES = st.one_of(
    st.builds(proposed, WHENS, PLACES),
    st.builds(accepted, WHENS, PLACES, st.sampled_from(Coming)),
    st.sampled_from((HELD, MINUTES, MinutesAgreed(role="deputy", digest=DIGEST))),
    st.just(MeetingPostponed(role="deputy")),
    st.just(MeetingCancelled(role="deputy")),
    st.just(MeetingPoint(role="deputy", title="x")),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(("north", "south")), BODIES, st.sampled_from((0.0, D, 15 * D))),
    max_size=10,
)


@settings(max_examples=150, deadline=None)
@given(WHENS, PLACES, STEPS)
def test_an_open_meeting_always_has_somebody_who_owes_something(when, place, steps):
    talk = Talk(MeetingCalled(role="deputy", title="M", when=when, place=place))
    for party, body, after_s in steps:
        now = talk.hear(party, body, after_s)
        assert bool(now.dues) == now.is_open
        for due in now.dues:
            assert due.at_s >= T0
            assert due.party in AGREEMENT.parties
        if now.when is not None and now.state in ("dated", "settled"):
            holders = [held.when for held in now.holds.values()]
            assert now.when in holders or now.asked or None in holders


@settings(max_examples=100, deadline=None)
@given(WHENS, PLACES, STEPS)
def test_what_fits_changes_something_and_what_does_not_fit_changes_nothing(when, place, steps):
    talk = Talk(MeetingCalled(role="deputy", title="M", when=when, place=place))
    for party, body, after_s in steps:
        idle = len(talk.stand.idle)
        try:
            now = talk.say(party, body, after_s)
        except NotFittingError:
            continue
        assert len(now.idle) == idle
