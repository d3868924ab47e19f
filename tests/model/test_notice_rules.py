"""Rules for notices: the ladder's order, and rules that cannot be are refused."""

import dataclasses
import itertools

import pytest
from builders import an_agreement

from wideberth.errors import ImpossibleValueError
from wideberth.model.agreement import NoticePeriod
from wideberth.model.notice import (
    CeaseRules,
    Deadline,
    EscalationStep,
    NoticeRules,
    Reaction,
    Rung,
    Unit,
    reaches,
)


def test_the_ladder_climbs_from_sent_to_acknowledged():
    names = ["sent", "delivered", "read", "passed", "acknowledged"]
    assert [rung.value for rung in sorted(Rung, key=lambda r: r.rank)] == names


@pytest.mark.parametrize(("below", "above"), list(itertools.combinations(Rung, 2)))
def test_a_higher_rung_reaches_a_lower_one_and_not_the_reverse(below, above):
    assert reaches(above, below)
    assert reaches(above, above)
    assert not reaches(below, above)


def test_an_agreement_that_says_nothing_counts_a_notice_when_units_acknowledged_it():
    rules = an_agreement().notice
    assert rules.effective is Rung.ACKNOWLEDGED
    assert [step.after_s for step in rules.escalation] == [30.0, 60.0, 120.0]
    assert rules.link_down_after_s > rules.heartbeat_s
    assert rules.reaction_s("north") == 0.0
    assert rules.clauses == ()


@pytest.mark.parametrize(
    ("build", "word"),
    [
        (lambda: Deadline(Rung.READ, 0.0, "N1"), "not above zero"),
        (lambda: Deadline(Rung.READ, float("nan"), "N1"), "not above zero"),
        (lambda: Deadline(Rung.READ, 4e8, "N1"), "longer than a year"),
        (lambda: Deadline(Rung.SENT, 60.0, "N1"), "from which deadlines count"),
        (lambda: EscalationStep(" ", 30.0), "no role"),
        (lambda: EscalationStep("deputy", -1.0), "not above zero"),
        (lambda: Unit("north", ""), "party and an id"),
        (lambda: Reaction("north", -5.0), "not above zero"),
        (lambda: CeaseRules(answer_s=0.0), "not above zero"),
        (lambda: CeaseRules(safety_s=float("nan")), "not above zero"),
        (lambda: CeaseRules(answer_s=4e8), "longer than a year"),
        (lambda: CeaseRules(answer_s=60.0, safety_s=61.0), "shorter wait"),
        (lambda: NoticeRules(heartbeat_s=60.0, link_down_after_s=60.0), "one heartbeat"),
        (lambda: NoticeRules(skew_s=0.0), "clock skew"),
        (lambda: NoticeRules(units=(Unit("a", "1"), Unit("a", "1", "One"))), "a 1"),
        (lambda: NoticeRules(reactions=(Reaction("a", 1.0), Reaction("a", 2.0))), "one party"),
        (
            lambda: NoticeRules(
                deadlines=(Deadline(Rung.READ, 60.0, "N1"), Deadline(Rung.READ, 90.0, "N1"))
            ),
            "one rung",
        ),
        (
            lambda: NoticeRules(
                deadlines=(Deadline(Rung.PASSED, 60.0, "N1"), Deadline(Rung.READ, 90.0, "N1"))
            ),
            "passed is due before read",
        ),
        (
            lambda: NoticeRules(
                escalation=(EscalationStep("deputy", 60.0), EscalationStep("chief", 60.0))
            ),
            "one after the other",
        ),
    ],
)
def test_a_rule_that_cannot_be_is_refused(build, word):
    with pytest.raises(ImpossibleValueError, match=word):
        build()


def test_units_of_two_parties_may_share_an_id():
    rules = NoticeRules(units=(Unit("north", "1"), Unit("south", "1"), Unit("north", "2")))
    assert [unit.id for unit in rules.units_of("north")] == ["1", "2"]


def test_an_agreement_refuses_rules_that_cite_a_clause_it_does_not_have():
    for rules in (
        NoticeRules(effective_clause="N9"),
        NoticeRules(cease=CeaseRules(clause="N9")),
        NoticeRules(deadlines=(Deadline(Rung.READ, 60.0, "N9"),)),
    ):
        with pytest.raises(ImpossibleValueError, match="'N9' is cited"):
            dataclasses.replace(an_agreement(), notice=rules)


def test_an_agreement_refuses_rules_that_name_a_stranger():
    for rules in (
        NoticeRules(units=(Unit("west", "1"),)),
        NoticeRules(reactions=(Reaction("west", 60.0),)),
    ):
        with pytest.raises(ImpossibleValueError, match="'west', not of this agreement"):
            dataclasses.replace(an_agreement(), notice=rules)


def test_the_lead_owed_is_that_of_the_kind_else_of_any_kind_else_none():
    firing = NoticePeriod("firing", "S1", 7200.0)
    longer = NoticePeriod("firing", "S1", 9000.0)
    other = NoticePeriod("*", "S1", 600.0)
    agreement = dataclasses.replace(an_agreement(), notice_periods=(other, firing, longer))
    assert agreement.lead_owed("firing") == longer
    assert agreement.lead_owed("transit") == other
    assert agreement.lead_owed("") == other
    assert an_agreement().lead_owed("firing") is None
