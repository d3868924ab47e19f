"""A program that cannot do what an agreement asks says so by clause, before it is signed."""

import dataclasses
import itertools
import math

from drawn_agreements import BASE

from wideberth.arenas import all_rules
from wideberth.assessing.applying import unapplied, unapplied_text
from wideberth.formats.agreement_json import canonical
from wideberth.model.agreement import Minima, Separation
from wideberth.model.volume import Arena


def of_every_pair():
    pairs = itertools.combinations_with_replacement(Arena, 2)
    minima = Minima(1852.0, math.inf, 60.0)
    return dataclasses.replace(
        BASE, separations=tuple(Separation(pair, "S1", minima) for pair in pairs)
    )


def test_this_program_applies_every_pair_of_arenas_that_an_agreement_can_name():
    assert unapplied(of_every_pair()) == ()
    assert unapplied_text(canonical(BASE)) == ()


def without_files(*names):
    """Return what a program would make of an agreement that lacks some of the rules."""
    return lambda agreement: [r for r in all_rules(agreement) if r.name not in names]


def test_a_pair_without_a_rule_is_named_by_its_clause():
    (lacking,) = unapplied(BASE, without_files("air_sea"))
    assert lacking.text == "clause S3: no rule of this program judges air-sea."
    (lacking,) = unapplied_text(canonical(BASE), without_files("air_sea"))
    assert lacking.clause == "S3"


def test_a_band_that_no_rule_keeps_free_is_named_by_its_clause():
    (lacking,) = unapplied(BASE, without_files("restricted band"))
    assert lacking.text == "clause S4: no rule of this program keeps the band 'harbour-radar' free."


def test_a_newer_form_and_unknown_words_are_each_told():
    data = canonical(BASE)
    (newer,) = unapplied_text(data.replace(b'"form":1', b'"form":9'))
    assert "reads form 1" in newer.text
    strange = data.replace(b'"sea","sea"', b'"sea","land"').replace(b'"watch":{', b'"vigil":{')
    said = [one.text for one in unapplied_text(strange)]
    assert any("arena 'land'" in text for text in said)
    assert any("'vigil'" in text for text in said)
