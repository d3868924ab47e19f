"""What changed between two agreements is told whole: clause by clause, in words and numbers."""

import dataclasses

import pytest
from drawn_agreements import BASE, drawn_agreements
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.agreement_diff import differences, report
from wideberth.formats.agreement_items import items_of
from wideberth.formats.agreement_json import canonical
from wideberth.formats.agreement_words import value_words
from wideberth.model.agreement import Minima
from wideberth.model.clause import Clause
from wideberth.model.council_clocks import QuestionRules
from wideberth.model.footprint import Circle

drawn = drawn_agreements()
PARTS = [name for name in BASE.__slots__ if name not in ("builtin", "parties", "version")]
ALONE = (
    "separations",
    "council",
    "forces",
    "named_points",
    "title",
    "theatre",
    "validity",
    "heights",
)


def leaves(agreement):
    return {
        (path, about, leaf): value
        for (path, about), item in items_of(agreement).items()
        for leaf, value in item.leaves.items()
    }


def with_parts_of(one, other, names):
    """Return an agreement that has some parts of another, where they fit together."""
    return dataclasses.replace(one, **{name: getattr(other, name) for name in names})


@given(drawn, drawn, st.sets(st.sampled_from(ALONE)))
@settings(max_examples=25, deadline=None)
def test_every_leaf_that_differs_is_told_and_nothing_else(one, other, names):
    new = with_parts_of(one, other, names)
    before, after = leaves(one), leaves(new)
    told = differences(one, new)
    differing = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    said = [(change.table, change.leaf) for change in told if change.leaf != "order"]
    names_of = {
        (path, about): item.name
        for part in (one, new)
        for (path, about), item in items_of(part).items()
    }
    assert sorted(said) == sorted((names_of[path, about], leaf) for path, about, leaf in differing)
    assert (told == ()) == (canonical(one) == canonical(new))


@given(drawn, drawn)
@settings(max_examples=25, deadline=None)
def test_the_report_shows_every_value_before_and_after(one, other):
    new = with_parts_of(one, other, ALONE)
    text = report(one, new)
    for change in differences(one, new):
        assert change.words in text
        assert change.is_new or value_words(change.leaf, change.old) in change.words
        assert change.is_gone or value_words(change.leaf, change.new) in change.words


def changed_separation(**changes):
    first = BASE.separations[0]
    minima = dataclasses.replace(first.minima, **changes)
    rest = BASE.separations[1:]
    return dataclasses.replace(BASE, separations=(dataclasses.replace(first, minima=minima), *rest))


def test_smaller_minima_are_told_in_the_units_of_the_agreement_beside_what_stays():
    text = report(BASE, changed_separation(lateral_m=3 * 1852.0))
    assert text == (
        "Clause S1: Aircraft keep 5 nautical miles, 1000 feet or 5 minutes apart.\n"
        "  separation air-air\n"
        "    lateral 5 NM -> 3 NM (-2 NM)\n"
        "    unchanged: vertical 1000 ft, time 5 min\n"
    )


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (changed_separation(vertical_m=300.0), "vertical 1000 ft -> 300 m (-4.8 m)"),
        (changed_separation(time_s=90.0), "time 5 min -> 90 s (-210 s)"),
        (
            dataclasses.replace(
                BASE,
                council=dataclasses.replace(
                    BASE.council, question=QuestionRules(10 * 86400.0, 2 * 86400.0, "C2")
                ),
            ),
            "answer 7 d -> 10 d (+3 d)",
        ),
        (
            dataclasses.replace(
                BASE,
                caution_areas=(
                    dataclasses.replace(BASE.caution_areas[0], area=Circle((34.7, 34.9), 14816.0)),
                ),
            ),
            "area 8 NM around 34.6 34.9 -> 8 NM around 34.7 34.9 (moved 9.2 km to the east)",
        ),
        (
            dataclasses.replace(
                BASE,
                caution_areas=(dataclasses.replace(BASE.caution_areas[0], consent=False),),
            ),
            "consent yes -> no",
        ),
        (dataclasses.replace(BASE, prohibited=BASE.prohibited[:2]), "prohibited B-03: gone"),
        (dataclasses.replace(BASE, parties=("south", "north")), "parties north, south -> south"),
        (dataclasses.replace(BASE, prohibited=BASE.prohibited[::-1]), "order B-01, B-02, B-03 ->"),
    ],
)
def test_what_changed_is_said_in_words_and_numbers(new, words):
    assert words in report(BASE, new)


def test_texts_are_told_language_by_language_and_new_clauses_whole():
    first = BASE.clauses[0]
    texts = (first.texts[0], ("ru", "Иначе."))
    more = Clause("Z9", "More.", texts=(("en", "More."), ("ru", "Ещё.")))
    new = dataclasses.replace(
        BASE, clauses=(dataclasses.replace(first, texts=texts), *BASE.clauses[1:], more)
    )
    text = report(BASE, new)
    assert "text (ru) Стороны разводят" in text
    assert "-> Иначе." in text
    assert "text (en)" not in text.split("Clause Z9")[0]
    assert "Clause Z9: More.\n  clause Z9: new\n" in text
    assert "text (ru) Ещё." in text


def test_an_agreement_differs_in_nothing_from_itself():
    assert differences(BASE, BASE) == ()
    assert report(BASE, BASE) == "No difference.\n"


def test_minima_that_differ_by_a_hair_are_told_apart():
    hair = changed_separation(lateral_m=9260.0000001)
    assert Minima(9260.0000001, 304.8, 300.0) == hair.separations[0].minima
    (change,) = differences(BASE, hair)
    assert change.words == "lateral 5 NM -> 9260.0000001 m (+1e-07 m)"
