"""The working group in an agreement file: read whole, or refused with every reason at once."""

import pytest
from drawn_agreements import BASE, example

from wideberth.formats.agreement_toml import read
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.model.clause import Section
from wideberth.model.council_rules import DEFAULT_COUNCIL_RULES, Lead, Precedence
from wideberth.model.footprint import Circle
from wideberth.model.span import Datum

LEAST = """
id = "example"
version = 1
title = "Example"
parties = ["north", "south"]
[[separation]]
arenas = ["air", "air"]
clause = "S1"
lateral_nm = 5
vertical_ft = 1000
time_min = 5
"""
CLAUSE = '[[clause]]\nid = "S1"\ntext = "Aircraft keep apart."\n'


def reading_of(extra, clause=CLAUSE, top=""):
    return read((top + LEAST + clause + extra).encode(), "agreement.toml", ReadOptions())


def errors_of(extra, clause=CLAUSE, top=""):
    problems = reading_of(extra, clause, top).problems
    return [p for p in problems if p.severity is Severity.ERROR]


def test_an_agreement_that_says_nothing_of_the_working_group_has_the_defaults():
    agreement = reading_of("").agreement
    assert agreement.council == DEFAULT_COUNCIL_RULES
    assert (agreement.languages, agreement.forces, agreement.caution_areas) == ((), (), ())


def test_the_example_says_what_it_says():
    rules = BASE.council
    assert rules.leads[0] == Lead("north", "deputy chief of staff", "C1")
    assert rules.assurance.longest_s == 180 * 86400.0
    assert rules.hotline.answer_s(Precedence.ROUTINE) == 86400.0
    assert [step.clause for step in rules.hotline.flash] == ["H1"] * 4
    assert rules.meetings.answer_s == 3 * 86400.0
    assert [item.id for item in rules.resume_checklist] == ["line", "lists", "watch"]
    assert (BASE.signatory("north").keys, BASE.signatory("south").keys) == (2, 1)
    area = BASE.caution_areas[0]
    assert area.area == Circle((34.6, 34.9), 8 * 1852.0)
    assert (area.heights.upper.height_m, area.heights.lower.datum) == (3048.0, Datum.MSL)
    assert [act.code for act in BASE.prohibited] == ["B-01", "B-02", "B-03"]
    assert BASE.clauses[1].section is Section.NON_PURPOSE
    assert BASE.clauses[4].text_in("ru").startswith("Воздушные суда")


def test_the_example_uses_every_table_that_there_is():
    default = example("two-nodes")
    unused = {
        name
        for name in BASE.__slots__
        if getattr(BASE, name) == getattr(default, name) and name not in ("builtin", "parties")
    }
    assert unused == set()
    council = [name for name in BASE.council.__slots__ if name != "clause"]
    assert all(getattr(BASE.council, name) != getattr(default.council, name) for name in council)


def test_each_wait_may_be_given_in_four_units():
    waits = {"d": 2, "h": 48, "min": 2880, "s": 172800}
    for unit, count in waits.items():
        rules = reading_of(f"[council.question]\nurgent_{unit} = {count}").agreement.council
        assert rules.question.urgent_s == 172800.0


def test_of_the_hotlines_waits_only_those_given_change():
    said = '[[council.hotline.answer]]\nprecedence = "routine"\nanswer_d = 2'
    hotline = reading_of(said).agreement.council.hotline
    assert hotline.answer_s(Precedence.ROUTINE) == 172800.0
    assert hotline.answer_s(Precedence.FLASH) == 30.0


CAUTION = """[[caution_area]]
id = "a"
clause = "S1"
area = { center = [34.6, 34.9], radius_nm = 8 }
"""


@pytest.mark.parametrize(
    ("extra", "word"),
    [
        ("[council]\nquestions = 1", "unknown key 'questions'. Did you mean 'question'?"),
        ("[council.question]\nanswer = 7", "unknown key 'answer'"),
        ("[council.question]\nanswer_d = 7\nanswer_h = 168", "both given"),
        ("[council.question]\nanswer_d = 0", "not above zero"),
        ("[council.question]\nanswer_h = 1", "shorter wait"),
        ('[council.question]\nclause = "Q9"', "'Q9' is cited"),
        ('[council]\nclause = "Q9"', "'Q9' is cited"),
        ('[[council.lead]]\nparty = "east"\nrole = "chief"', "'east' is not of this agreement"),
        ('[[council.lead]]\nparty = "north"', "'role' is missing"),
        ('[[council.hotline.flash]]\nrole = "typist"\nafter_s = 0', "Add typist"),
        ('[[council.hotline.flash]]\nrole = "deputy"', "no after_s"),
        ('[[council.hotline.answer]]\nprecedence = "soon"\nanswer_s = 1', "not one of flash"),
        ('[council.drills]\ntimes = ["9 am"]', "not a time of day"),
        ('[council.drills]\ntimes = "09:00"', "not a list of texts"),
        ("[council.meetings]\nstanding_agenda = [1]", "not a list of texts"),
        ('[[council.resume]]\nid = "line"', "'text' is missing"),
        ('[[force]]\nparty = "north"', "'name' is missing"),
        ('[[force]]\nparty = "north"\nname = "fleet"\nstart = 2027-01-01', "not RFC 3339"),
        ('[[signatory]]\nparty = "north"\nrole = "chief"\nkeys = 3', "1 or 2"),
        ('[[prohibited]]\ncode = "B1"\ntext = "Dazzling"', "'clause' is missing"),
        ('[[caution_area]]\nid = "a"\nclause = "S1"\nlead_h = 1', "no area"),
        (
            CAUTION + 'channel = "Z"\nlead_h = 1',
            "channel 'Z' is not in the agreement",
        ),
        (
            CAUTION + "lower_m = 5\nlead_h = 1",
            "upper limit of height missing",
        ),
        (
            CAUTION,
            "no lead_s",
        ),
        ('[[force]]\nparty = "north"\nname = "fleet"\naffiliation = "east"', "no field for them"),
    ],
)
def test_a_slip_is_refused_where_it_stands(extra, word):
    problems = [f"{p.what} {p.remedy}" for p in errors_of(extra)]
    assert any(word in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("top", "text", "word"),
    [
        ('languages = ["en", "ru"]\n', '"Apart."', "in 2 languages"),
        ('languages = ["en", "ru"]\n', '{ en = "Apart." }', "'ru' is missing"),
        ('languages = ["en"]\n', '{ en = "Apart.", he = "x" }', "unknown key 'he'"),
        ("", '{ en = "Apart." }', "no languages"),
        ('languages = ["english!"]\n', '"Apart."', "language tag"),
        ('languages = ["en", "en"]\n', '{ en = "Apart." }', "given twice"),
    ],
)
def test_a_clause_lacks_no_language(top, text, word):
    problems = [
        f"{p.what} {p.remedy}"
        for p in errors_of("", CLAUSE.replace('"Aircraft keep apart."', text), top)
    ]
    assert any(word in problem for problem in problems), problems


def test_all_slips_of_the_working_group_are_told_at_once():
    lead = '[[council.lead]]\nparty = "x"\nrole = "y"'
    extra = f"[council]\ntern = 1\n[council.watch]\nlongest = 1\n{lead}"
    assert len(errors_of(extra)) == 3
