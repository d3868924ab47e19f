"""Rules for notices in an agreement file: read with their units, or all slips named at once."""

from pathlib import Path

import pytest

from wideberth.formats.agreement_toml import read
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.model.notice import (
    DEFAULT_NOTICE_RULES,
    CeaseRules,
    Deadline,
    EscalationStep,
    Rung,
)

EASTMED = Path(__file__).parents[2] / "examples" / "eastern-mediterranean" / "agreement.toml"

LEAST = """
id = "example"
version = 1
title = "Example"
parties = ["north", "south"]
[[clause]]
id = "S1"
text = "Aircraft keep apart."
[[separation]]
arenas = ["air", "air"]
clause = "S1"
lateral_nm = 5
vertical_ft = 1000
time_min = 5
"""


def reading_of(extra):
    return read((LEAST + extra).encode(), "agreement.toml", ReadOptions())


def rules_of(extra):
    reading = reading_of(extra)
    assert [p.what for p in reading.problems if p.severity is Severity.ERROR] == []
    return reading.agreement.notice


def errors_of(extra):
    return [p for p in reading_of(extra).problems if p.severity is Severity.ERROR]


def test_an_agreement_without_rules_for_notices_has_the_defaults():
    assert rules_of("") == DEFAULT_NOTICE_RULES


def test_the_example_agreement_says_deadlines_steps_reactions_and_units():
    rules = read(EASTMED.read_bytes(), "a.toml", ReadOptions()).agreement.notice
    assert (rules.effective, rules.effective_clause) == (Rung.ACKNOWLEDGED, "N2")
    assert rules.deadline_of(Rung.READ) == Deadline(Rung.READ, 600.0, "N2")
    assert rules.deadline_of(Rung.ACKNOWLEDGED).within_s == 3600.0
    assert rules.escalation[1] == EscalationStep("deputy duty officer", 60.0)
    assert rules.reaction_s("south") == 2700.0
    assert (rules.link_down_after_s, rules.reconcile_s) == (180.0, 21600.0)
    assert [unit.id for unit in rules.units_of("south")] == ["air-3", "sea-2"]


def test_units_need_no_notices_table():
    assert rules_of('[[unit]]\nparty = "north"\nid = "1"').units[0].title == ""


def test_an_empty_table_of_notices_changes_nothing():
    assert rules_of("[notices]") == DEFAULT_NOTICE_RULES


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ("answer_min = 10\nsafety_s = 90", CeaseRules(600.0, 90.0, "S1")),
        ("answer_min = 2", CeaseRules(120.0, 120.0, "S1")),
        ("answer_h = 1", CeaseRules(3600.0, 300.0, "S1")),
        ("safety_min = 2", CeaseRules(900.0, 120.0, "S1")),
        ("", CeaseRules(900.0, 300.0, "S1")),
    ],
)
def test_the_answer_clock_of_requests_to_cease_is_read_and_safety_waits_no_longer(said, rules):
    assert rules_of(f'[notices.cease]\nclause = "S1"\n{said}').cease == rules


@pytest.mark.parametrize(
    ("extra", "word"),
    [
        ("[notices.cease]\nanswer_min = 10", "'clause' is missing"),
        ('[notices.cease]\nclause = "S9"', "'S9' is cited"),
        ('[notices.cease]\nclause = "S1"\nanswer = 10', "answer_s"),
        ('[notices.cease]\nclause = "S1"\nanswer_min = 0', "not above zero"),
        ('[notices.cease]\nclause = "S1"\nanswer_s = 60\nsafety_s = 61', "shorter wait"),
        ("[notices]\ncease = 15", "not a table"),
        ('[notices]\neffective = "acknowledge"', "acknowledge"),
        ('[notices]\nclause = "S9"', "'S9' is cited"),
        ("[notices]\nheartbeat = 60", "heartbeat_s"),
        ("[notices]\nheartbeat_s = 60\nheartbeat_min = 1", "both given"),
        ("[notices]\nskew_min = 1", "skew_min"),
        ("[notices]\nheartbeat_s = 300", "one heartbeat"),
        ("[notices]\nheartbeat_s = 0", "not above zero"),
        ("[[notices]]\nheartbeat_s = 6", "[notices]"),
        ('[[notices.deadline]]\nrung = "read"\nclause = "S1"', "within_s"),
        ('[[notices.deadline]]\nrung = "heard"\nwithin_s = 1\nclause = "S1"', "heard"),
        ('[[notices.deadline]]\nrung = "read"\nwithin_s = 1', "'clause' is missing"),
        ('[[notices.deadline]]\nrung = "sent"\nwithin_s = 1\nclause = "S1"', "'sent'"),
        ('[[notices.escalation]]\nrole = "deputy"', "after_s"),
        ("[[notices.escalation]]\nafter_s = 30", "'role' is missing"),
        ('[[notices.reaction]]\nparty = "nort"\nreaction_min = 3', "north"),
        ('[[notices.reaction]]\nparty = "north"\nreaction = 3', "reaction_s"),
        ('[[unit]]\nparty = "west"\nid = "1"', "'west'"),
        ('[[unit]]\nparty = "north"', "'id' is missing"),
        ('[[unit]]\nparty = "north"\nid = "1"\n[[unit]]\nparty = "north"\nid = "1"', "north 1"),
        ("[unit]\nid = 3", "[[unit]]"),
    ],
)
def test_a_slip_is_refused_by_name(extra, word):
    found = errors_of(extra)
    assert any(word in problem.what + problem.remedy for problem in found)
    assert reading_of(extra).agreement is None


def test_all_slips_are_listed_at_once():
    extra = (
        '[notices]\neffective = "soon"\nheartbeat = 1\n'
        '[[notices.deadline]]\nrung = "red"\n'
        '[[notices.escalation]]\nrole = "deputy"\nafter_s = -1\n'
        '[[unit]]\nparty = "nrth"\n'
    )
    assert len(errors_of(extra)) >= 7
