"""Action items as a matter: done as the owner says, seen by the others, never put off by itself."""

import pytest
from council_talk import Talk
from hypothesis import given, settings
from hypothesis import strategies as st
from two_nodes import T0

from wideberth.council.refusals import NotFittingError
from wideberth.peering.council.action import (
    ActionConfirmed,
    ActionDone,
    ActionMoved,
    ActionOpened,
    ActionRemarked,
    ActionReturned,
    ActionWithdrawn,
)

H, D = 3600.0, 86400.0
OPENED = ActionOpened(
    role="secretary",
    title="Send the frequency list",
    owner="south",
    owner_role="spectrum officer",
    due_s=T0 + 30 * D,
)
DONE = ActionDone(role="spectrum officer", proof="Sent by courier.", evidence="ab" * 32)


def test_it_is_done_when_the_owner_says_so_and_the_other_has_seen_it():
    talk = Talk(OPENED)
    assert talk.owed() == [("action", "south", 30 * D)]
    now = talk.say("south", DONE, D)
    assert (now.state, now.claim, now.evidence) == ("done", 2, "ab" * 32)
    assert talk.owed() == [("confirmation", "north", D + 72 * H)]
    now = talk.say("north", ActionConfirmed(role="deputy", claim=2), H)
    assert (now.state, now.is_open, now.dues) == ("confirmed", False, ())


def test_a_word_that_it_is_done_may_be_returned_and_then_it_is_owed_as_before():
    talk = Talk(OPENED)
    talk.say("south", DONE, D)
    now = talk.say("north", ActionReturned(role="deputy", claim=2, words="Page 2 is missing."))
    assert now.state == "open"
    assert talk.owed() == [("action", "south", 30 * D)]
    with pytest.raises(NotFittingError, match="another word"):
        talk.say("north", ActionConfirmed(role="deputy", claim=2))
    assert talk.say("south", DONE).claim == 4


def test_overdue_is_an_alarm_on_both_sides_and_its_owner_is_warned_before():
    talk = Talk(OPENED)
    assert talk.alarms("south", T0 + 23 * D - 1) == set()
    assert talk.alarms("south", T0 + 23 * D) == {"action due soon"}
    assert talk.alarms("north", T0 + 23 * D) == set()
    for party in ("north", "south"):
        assert talk.alarms(party, T0 + 30 * D) == {"action overdue"}


def test_the_others_may_move_what_is_due():
    talk = Talk(OPENED)
    talk.say("north", ActionMoved(role="deputy", due_s=T0 + 40 * D))
    assert talk.owed() == [("action", "south", 40 * D)]


@pytest.mark.parametrize(
    ("party", "body", "why"),
    [
        ("north", DONE, "only south may say that it is done"),
        ("south", ActionMoved(role="x", due_s=T0 + 90 * D), "nobody confirms or puts off"),
        ("south", ActionConfirmed(role="x", claim=1), "nobody confirms or puts off"),
        ("south", ActionWithdrawn(role="x"), "only north may withdraw"),
        ("north", ActionConfirmed(role="x", claim=1), "another word"),
        ("north", ActionRemarked(role="x", words=" "), "says nothing"),
    ],
)
def test_what_another_side_alone_may_say_is_refused(party, body, why):
    with pytest.raises(NotFittingError, match=why):
        Talk(OPENED).say(party, body)


def test_an_owner_outside_the_matter_is_refused():
    opened = ActionOpened(role="x", title="x", owner="west", owner_role="x", due_s=T0)
    with pytest.raises(NotFittingError, match="no part in it"):
        Talk(opened)


SAID = st.one_of(
    st.just(("south", DONE)),
    st.builds(lambda n: ("north", ActionConfirmed(role="x", claim=n)), st.integers(1, 6)),
    st.builds(lambda n: ("north", ActionReturned(role="x", claim=n)), st.integers(1, 6)),
    st.just(("north", ActionMoved(role="x", due_s=T0))),
    st.just(("north", ActionWithdrawn(role="x"))),
    st.just(("south", ActionRemarked(role="x", words="y"))),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(SAID, max_size=8))
def test_an_open_action_always_has_somebody_who_owes_something(steps):
    talk = Talk(OPENED)
    for party, body in steps:
        before = talk.stand
        now = talk.hear(party, body)
        assert bool(now.dues) == now.is_open
        if not before.is_open:
            assert now.state == before.state
        if now.state == "confirmed" and before.state != "confirmed":
            assert before.claim == body.claim
