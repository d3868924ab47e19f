"""Concerns as a matter: an answer is owed by a clock, both sides see it; nothing is deleted."""

import itertools

import pytest
from council_talk import Talk
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from two_nodes import T0, an_agreement

from wideberth.council.concern import KIND, stand
from wideberth.council.refusals import NotFittingError
from wideberth.council.stand import Seen
from wideberth.model.council_rules import CouncilRules, QuestionRules
from wideberth.peering.council.concern import (
    Cited,
    ConcernAccepted,
    ConcernAnswered,
    ConcernAsked,
    ConcernDisputed,
    ConcernMeeting,
    ConcernRaised,
    ConcernWithdrawn,
    Evidence,
)

D = 86400.0
CLAUSE = "default air"
RAISED = ConcernRaised(role="deputy", title="Low passes", words="Two low passes.", clause=CLAUSE)
PRESS = Cited(
    kind=Evidence.PRESS,
    what="A tanker reports it was overflown.",
    vouched_by="press officer",
    source="Harbour Gazette",
    reported_s=T0 - D,
)


def body(kind, words="In words.", **more):
    return kind(role="deputy", words=words, **more)


def test_an_answer_is_owed_in_seven_days_and_in_two_when_it_is_urgent():
    assert Talk(RAISED).owed() == [("answer", "south", 7 * D)]
    urgent = Talk(structs.replace(RAISED, urgent=True))
    assert urgent.owed() == [("answer", "south", 2 * D)]
    now = urgent.say("south", body(ConcernAnswered), D)
    assert (now.state, now.dues, now.is_open) == ("answered", (), True)
    assert now.answered_s == T0 + D


def test_overdue_is_an_alarm_on_both_sides_that_cites_the_clause_of_the_question_clock():
    rules = CouncilRules(question=QuestionRules(clause="default sea"))
    talk = Talk(RAISED, agreement=an_agreement(council=rules))
    assert talk.alarms("south", T0) == {"concern"}
    assert talk.alarms("north", T0 + 7 * D - 1) == set()
    for party in ("north", "south"):
        seen = Seen(party, T0 + 7 * D + 60.0, talk.agreement)
        (alert,) = KIND.watch(talk.matter, seen).alerts
        assert alert.name == "answer overdue"
        assert "(default sea)" in alert.text
        assert alert.roles == ("duty officer", "deputy")
        assert not alert.dismissible


@pytest.mark.parametrize(
    ("kind", "state"),
    [(ConcernAnswered, "answered"), (ConcernAccepted, "accepted"), (ConcernDisputed, "disputed")],
)
def test_it_is_answered_accepted_or_disputed_and_stays_open_until_its_raiser_is_content(
    kind, state
):
    talk = Talk(RAISED)
    now = talk.say("south", body(kind))
    assert (now.state, now.positions, now.dues) == (state, {"south": state}, ())
    assert now.is_open
    assert talk.say("north", body(ConcernDisputed)).state == "disputed"
    now = talk.say("north", body(ConcernAccepted))
    assert (now.state, now.is_open) == ("settled", False)
    with pytest.raises(NotFittingError, match="settled already"):
        talk.say("south", body(ConcernAnswered))


def test_a_follow_up_question_winds_the_clock_anew_and_puts_no_earlier_one_off():
    talk = Talk(RAISED)
    talk.say("north", body(ConcernAsked), D)
    assert talk.owed() == [("answer", "south", 7 * D)]
    assert talk.say("south", body(ConcernAnswered)).state == "answered"
    now = talk.say("north", body(ConcernAsked), D)
    assert (now.state, talk.owed()) == ("asked", [("answer", "south", 9 * D)])
    talk.say("south", body(ConcernAsked), D)
    assert talk.owed() == [
        ("answer of north", "north", 10 * D),
        ("answer of south", "south", 9 * D),
    ]
    talk.say("north", body(ConcernAnswered))
    assert talk.owed() == [("answer", "south", 9 * D)]


def test_a_meeting_that_is_asked_for_is_owed_a_reply_until_one_is_named():
    talk = Talk(RAISED)
    talk.say("south", body(ConcernAnswered))
    now = talk.say("north", body(ConcernMeeting))
    assert now.meeting == "asked"
    assert [(what, party) for what, party, _at in talk.owed()] == [
        ("reply about a meeting", "south")
    ]
    now = talk.say("south", body(ConcernMeeting, meeting="meeting/south/M-1"))
    assert (now.meeting, now.dues) == ("meeting/south/M-1", ())


def test_its_raiser_alone_withdraws_it_and_says_why_and_all_of_it_stays():
    talk = Talk(RAISED)
    with pytest.raises(NotFittingError, match="only north"):
        talk.say("south", body(ConcernWithdrawn))
    with pytest.raises(NotFittingError, match="says nothing"):
        talk.say("north", body(ConcernWithdrawn, words=" "))
    now = talk.say("north", body(ConcernWithdrawn))
    assert (now.state, now.is_open, now.dues) == ("withdrawn", False, ())
    late = talk.hear("south", body(ConcernAnswered))
    assert [one.why for one in late.idle] == ["it was withdrawn already"]
    assert len(talk.matter.steps) == 3


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"words": " "}, "says nothing"),
        ({"clause": "no such"}, "clause"),
        ({"clause": ""}, "none applies"),
        ({"without_clause": True}, "none applies"),
        ({"evidence": (structs.replace(PRESS, vouched_by=" "),)}, "vouches"),
        ({"evidence": (structs.replace(PRESS, source=""),)}, "source"),
        ({"evidence": (structs.replace(PRESS, reported_s=None),)}, "date"),
        ({"evidence": (PRESS, structs.replace(PRESS, what=" "))}, "nothing is said"),
    ],
)
def test_a_concern_without_words_clause_or_vouched_evidence_is_refused(different, words):
    with pytest.raises(NotFittingError, match=words):
        Talk(structs.replace(RAISED, **different))


def test_a_concern_that_says_that_no_clause_applies_is_taken_with_its_evidence():
    talk = Talk(structs.replace(RAISED, clause="", without_clause=True, evidence=(PRESS,)))
    assert (talk.stand.clause, talk.stand.evidence) == ("", (PRESS,))


@pytest.mark.parametrize("kind", [ConcernAccepted, ConcernDisputed])
def test_its_raiser_cannot_judge_an_answer_that_nobody_gave(kind):
    talk = Talk(RAISED)
    with pytest.raises(NotFittingError, match="nobody had answered"):
        talk.say("north", body(kind))
    with pytest.raises(NotFittingError, match="nothing had been asked"):
        talk.say("north", body(ConcernAnswered))


KINDS_SAID = (
    ConcernAnswered, ConcernAccepted, ConcernDisputed, ConcernAsked, ConcernMeeting,
    ConcernWithdrawn,
)  # fmt: skip
SAID = st.lists(
    st.tuples(st.sampled_from(("north", "south")), st.sampled_from(KINDS_SAID)), max_size=8
)


@settings(max_examples=100, deadline=None)
@given(SAID)
def test_an_answer_once_owed_stays_owed_until_it_is_given_or_the_concern_ends(said):
    talk = Talk(RAISED)
    for party, kind in said:
        if kind is ConcernWithdrawn and party == "south":
            continue
        before = {one.party: one.at_s for one in talk.stand.owed if one.what == "answer"}
        now = talk.hear(party, body(kind), D)
        after = {one.party: one.at_s for one in now.owed if one.what == "answer"}
        for who in before.keys() - after.keys():
            assert who == party or not now.is_open
        assert all(after[who] == before[who] for who in before.keys() & after.keys())
        assert len(talk.matter.steps) - 1 == len(talk.matter.steps[1:])
        assert now.is_open == (now.state not in ("settled", "withdrawn"))
        assert now.is_open or not now.dues


@settings(max_examples=50, deadline=None)
@given(SAID, st.randoms(use_true_random=False))
def test_steps_that_come_in_another_order_leave_the_same_stand(said, chance):
    talk = Talk(RAISED)
    steps = []
    for k, (party, kind) in enumerate(said):
        if kind is ConcernWithdrawn and party == "south":
            continue
        talk.hear(party, body(kind), 60.0, turn=2 + k // 2 if party == "north" else 3 + k // 2)
        steps.append(talk.matter.steps)
    orders = {step.order for step in talk.matter.steps}
    if len(orders) < len(talk.matter.steps):
        return
    shuffled = list(talk.matter.steps[1:])
    chance.shuffle(shuffled)
    other = structs.replace(talk.matter, steps=talk.matter.steps[:1])
    for step in shuffled:
        other = other.with_step(step)
    assert stand(other, talk.agreement) == talk.stand
    assert list(itertools.chain(other.steps)) == list(talk.matter.steps)
