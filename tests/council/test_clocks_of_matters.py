"""Clocks of matters: what both sides owe is one alarm that says both."""

from sample_openings import SAMPLES
from two_nodes import T0, an_agreement

from wideberth.council.clocks import joined, watch_due, watch_dues
from wideberth.council.matter import Delivery, Matter, Step
from wideberth.council.stand import Alert, Due, Seen, Stand, Watch

AGREEMENT = an_agreement()
H = 3600.0


def a_matter(**delivery):
    sent = Delivery(peer="south", message="a" * 64, index=3, **delivery)
    step = Step(party="north", said=SAMPLES["decision"], known_s=T0, deliveries=(sent,))
    return Matter(
        kind="decision", opener="north", id="D-1", parties=("north", "south"), opened_s=T0,
        steps=(step,),
    )  # fmt: skip


def owed(party, at_s=T0 + H):
    return Due(what="answer", party=party, at_s=at_s, clause="S1")


def test_what_both_sides_owe_is_one_alarm_that_says_both():
    stand = Stand(state="open", dues=(owed("north"), owed("south")))
    watch = watch_dues(a_matter(delivered_s=T0), stand, Seen("north", T0 + H, AGREEMENT))
    (alert,) = watch.alerts
    assert alert.name == "answer overdue"
    assert "we owe the answer" in alert.text
    assert "south owes the answer" in alert.text
    assert alert.text.count("(S1)") == 2


def test_alarms_of_one_name_keep_every_role_and_are_cleared_by_people_only_if_all_may_be():
    both = joined(
        Watch((Alert("a", "one.", ("x", "y"), dismissible=True),), 7.0),
        Watch((Alert("a", "two.", ("y", "z")), Alert("b", "three.")), 5.0),
    )
    assert both.again_s == 5.0
    assert both.alerts == (Alert("a", "one. two.", ("x", "y", "z")), Alert("b", "three."))
    same = Watch((Alert("a", "one.", ("x",)),))
    assert joined(same, same).alerts == same.alerts


def test_an_overdue_answer_tells_a_fault_of_the_line_from_silence_and_alerts_roles_in_turn():
    for matter, words in ((a_matter(), "line fault"), (a_matter(delivered_s=T0), "no answer")):
        seen = Seen("north", T0 + H + 60.0, AGREEMENT)
        watch = watch_due(matter, owed("south"), seen)
        assert words in watch.alerts[0].text
        assert watch.alerts[0].roles == ("duty officer", "deputy")
        assert watch.again_s == T0 + H + 120.0
    assert watch_due(a_matter(), owed("south"), Seen("north", T0, AGREEMENT)) == Watch(
        again_s=T0 + H
    )
