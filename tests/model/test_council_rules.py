"""Rules for the working group: honest defaults, and what cannot be is refused."""

import dataclasses
import math

import pytest
from builders import NOON_S, an_agreement

from wideberth.errors import ImpossibleValueError
from wideberth.model.agreement import Agreement, Channel
from wideberth.model.binding import CautionArea, Force, ProhibitedAct, Signatory
from wideberth.model.clause import Clause, Section
from wideberth.model.council_clocks import (
    ActionRules,
    AssuranceRules,
    CaveatRules,
    DrillRules,
    IncidentRules,
    MeetingRules,
    QuestionRules,
    TermRules,
    WatchRules,
)
from wideberth.model.council_rules import (
    AnswerWait,
    ChecklistItem,
    CouncilRules,
    HotlineRules,
    Lead,
    Precedence,
)
from wideberth.model.footprint import Circle
from wideberth.model.notice import EscalationStep
from wideberth.model.span import TimeWindow

DAY_S = 86400.0


def test_an_agreement_that_says_nothing_has_the_clocks_of_public_arrangements():
    rules = an_agreement().council
    assert (rules.question.answer_s, rules.question.urgent_s) == (7 * DAY_S, 2 * DAY_S)
    assert [step.after_s for step in rules.hotline.flash] == [0.0, 30.0, 60.0, 120.0]
    assert rules.hotline.answer_s(Precedence.FLASH) == 30.0
    assert rules.drills.times_s == (9 * 3600.0, 16 * 3600.0)
    assert rules.lead("north").role == "deputy"
    assert rules.clauses == ()


def test_a_party_signs_by_its_lead_with_one_key_unless_the_agreement_says_else():
    led = dataclasses.replace(an_agreement(), council=CouncilRules((Lead("north", "chief", "S1"),)))
    assert led.signatory("north") == Signatory("north", "chief", 1, "S1")
    assert led.signatory("south") == Signatory("south", "deputy")
    two = dataclasses.replace(led, signatories=(Signatory("north", "minister", 2),))
    assert two.signatory("north").keys == 2


def test_a_force_is_bound_from_its_first_instant_to_before_its_last():
    force = Force("north", "coast guard", NOON_S, NOON_S + 60.0)
    bound = [force.is_bound(NOON_S + s) for s in (-1.0, 0.0, 59.0, 60.0)]
    assert bound == [False, True, True, False]


@pytest.mark.parametrize(
    ("build", "word"),
    [
        (lambda: QuestionRules(answer_s=60.0, urgent_s=61.0), "shorter wait"),
        (lambda: QuestionRules(urgent_s=0.0), "not above zero"),
        (lambda: AssuranceRules(longest_s=367 * DAY_S), "longer than a year"),
        (lambda: AssuranceRules(warn_s=-1.0), "not above zero"),
        (lambda: IncidentRules(preliminary_s=60.0, review_s=59.0), "before the preliminary"),
        (lambda: WatchRules(longest_s=math.nan), "not above zero"),
        (lambda: DrillRules(times=("9:00",)), "not a time of day"),
        (lambda: DrillRules(times=("24:00",)), "not a time of day"),
        (lambda: DrillRules(times=("16:00", "09:00")), "one after the other"),
        (lambda: DrillRules(times=("09:00", "09:00")), "one after the other"),
        (lambda: DrillRules(surprise_every_s=0.0), "surprise_every"),
        (lambda: MeetingRules(plenary_every_s=0.0), "plenary"),
        (lambda: MeetingRules(standing_agenda=("",)), "empty"),
        (lambda: ActionRules(warn_s=-1.0), "action"),
        (lambda: CaveatRules(relay_s=0.0), "third parties"),
        (lambda: TermRules(notice_s=4e8), "longer than a year"),
        (lambda: Lead("north", " "), "party and a role"),
        (lambda: ChecklistItem("", "Test."), "an id"),
        (lambda: HotlineRules(flash=()), "nobody is rung"),
        (lambda: HotlineRules(flash=(EscalationStep("typist", 0.0),)), "Add typist"),
        (
            lambda: HotlineRules(
                flash=(EscalationStep("deputy", 30.0), EscalationStep("duty officer", 30.0))
            ),
            "one after the other",
        ),
        (lambda: HotlineRules(answers=(AnswerWait(Precedence.FLASH, 30.0),)), "each precedence"),
        (
            lambda: HotlineRules(
                answers=tuple(AnswerWait(p, 90.0 - p.count("r")) for p in Precedence)
            ),
            "more urgent",
        ),
        (lambda: CouncilRules(leads=(Lead("north", "a"), Lead("north", "b"))), "leads of one"),
        (lambda: CouncilRules(resume_checklist=(ChecklistItem("a", "A"),) * 2), "checklist"),
        (lambda: Clause("S1", " "), "an id and a text"),
        (lambda: Clause("S1", "Apart.", texts=(("English", "Apart."),)), "language tag"),
        (lambda: Clause("S1", "Apart.", texts=(("EN", "Apart."),)), "language tag"),
        (lambda: Clause("S1", "Apart.", texts=(("en", "Apart."), ("en", "A."))), "twice"),
        (lambda: Clause("S1", "Apart.", texts=(("en", "Together."),)), "first language"),
        (lambda: Clause("S1", "Apart.", texts=(("en", "Apart."), ("ru", " "))), "no text"),
        (lambda: Force("north", ""), "a name"),
        (lambda: Force("north", "fleet", 2.0, 1.0), "backwards"),
        (lambda: ProhibitedAct("", "Dazzling.", "S1"), "a code"),
        (lambda: Signatory("north", "minister", 3), "1 or 2"),
    ],
)
def test_rules_that_cannot_be_are_refused(build, word):
    with pytest.raises(ImpossibleValueError, match=word):
        build()


AREA = CautionArea(
    "strait", "The strait", "S1", Circle((33.0, 34.0), 9e3), TimeWindow(0.0, 9.0), DAY_S
)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"council": CouncilRules(question=QuestionRules(clause="Q9"))}, "'Q9' is cited"),
        ({"council": CouncilRules(clause="Q9")}, "'Q9' is cited"),
        (
            {
                "council": CouncilRules(
                    hotline=HotlineRules(flash=(EscalationStep("deputy", 0.0, "H9"),))
                )
            },
            "'H9' is cited",
        ),
        ({"council": CouncilRules(resume_checklist=(ChecklistItem("a", "A", "R9"),))}, "'R9'"),
        ({"council": CouncilRules(leads=(Lead("east", "chief"),))}, "leads name 'east'"),
        ({"forces": (Force("east", "fleet"),)}, "forces name 'east'"),
        ({"forces": (Force("north", "fleet", clause="F9"),)}, "'F9' is cited"),
        ({"signatories": (Signatory("east", "chief"),)}, "signatories name 'east'"),
        ({"signatories": (Signatory("north", "a"), Signatory("north", "b"))}, "one party"),
        ({"prohibited": (ProhibitedAct("P1", "Dazzling.", ""),)}, "'' is cited"),
        ({"prohibited": (ProhibitedAct("P1", "Dazzling.", "S1"),) * 2}, "share a code"),
        ({"caution_areas": (dataclasses.replace(AREA, clause="C9"),)}, "'C9' is cited"),
        ({"caution_areas": (dataclasses.replace(AREA, channel="Z"),)}, "channel 'Z'"),
        ({"caution_areas": (AREA, AREA)}, "caution areas share"),
        ({"languages": ("en",)}, "languages of the agreement"),
        ({"languages": ("xx-",)}, "language tag"),
        ({"clauses": (Clause("S1", "A", texts=(("en", "A"),)),)}, "languages of the agreement"),
    ],
)
def test_an_agreement_cites_only_what_it_holds(changes, word):
    with pytest.raises(ImpossibleValueError, match=word):
        dataclasses.replace(an_agreement(), **changes)


def test_an_agreement_in_two_languages_holds_every_clause_in_both():
    texts = (("en", "Keep apart."), ("he", "לשמור מרחק."))
    plain = an_agreement()
    both: Agreement = dataclasses.replace(
        plain,
        languages=("en", "he"),
        clauses=(Clause("S1", "Keep apart.", Section.RULE, texts),),
        channels=(Channel("A", "VHF 72"),),
        caution_areas=(dataclasses.replace(AREA, channel="A"),),
    )
    assert both.clauses[0].text_in("he") == "לשמור מרחק."
    assert both.clauses[0].text_in("fr") == "Keep apart."
