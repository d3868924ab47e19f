"""An agreement written down is the same agreement: as a file, and as the bytes that are signed."""

import dataclasses
import json

import pytest
from drawn_agreements import BASE, EXAMPLES, drawn_agreements, example
from hypothesis import given, settings

from wideberth.formats import agreement_json, agreement_toml, agreement_writer
from wideberth.formats.agreement_document_places import UnsayableError
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.model.footprint import Corridor, Everywhere
from wideberth.node.settings import Settings

NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/agreement.toml"))


def from_toml(text):
    return agreement_toml.read(text.encode(), "written.toml", ReadOptions())


def errors(reading):
    return [p.what for p in reading.problems if p.severity is Severity.ERROR]


@pytest.mark.parametrize("name", NAMES)
def test_every_example_reads_back_as_itself(name):
    agreement = example(name)
    assert from_toml(agreement_writer.write(agreement)).agreement == agreement
    assert agreement_json.read(agreement_json.canonical(agreement)).agreement == agreement


@given(drawn_agreements())
@settings(max_examples=40, deadline=None)
def test_what_is_written_reads_back_as_the_same_agreement(agreement):
    reading = from_toml(agreement_writer.write(agreement))
    assert errors(reading) == []
    assert reading.agreement == agreement
    data = agreement_json.canonical(agreement)
    again = agreement_json.read(data)
    assert errors(again) == []
    assert again.agreement == agreement
    assert agreement_json.canonical(again.agreement) == data


@given(drawn_agreements(), drawn_agreements())
@settings(max_examples=20, deadline=None)
def test_two_agreements_have_the_same_bytes_only_if_they_are_the_same(one, other):
    same = agreement_json.canonical(one) == agreement_json.canonical(other)
    assert same == (one == other)


def test_the_bytes_hold_every_language_and_change_with_one_letter_of_one():
    data = agreement_json.canonical(BASE)
    assert "Стороны разводят".encode() in data
    assert b"The parties keep" in data
    first = BASE.clauses[0]
    texts = (first.texts[0], ("ru", first.texts[1][1] + "!"))
    changed = dataclasses.replace(
        BASE, clauses=(dataclasses.replace(first, texts=texts), *BASE.clauses[1:])
    )
    assert agreement_json.agreement_digest(changed) != agreement_json.agreement_digest(BASE)


def test_the_bytes_do_not_know_the_data_that_came_with_the_program():
    said = json.loads(agreement_json.canonical(BASE))
    assert "protection" not in said
    assert [one["id"] for one in said["restricted"]] == ["harbour-radar"]
    stated = (BASE.spectrum.protections[0].id,)
    spectrum = dataclasses.replace(BASE.spectrum, stated=stated)
    again = json.loads(agreement_json.canonical(dataclasses.replace(BASE, spectrum=spectrum)))
    assert [row["id"] for row in again["protection"]] == list(stated)


def test_units_and_order_of_keys_in_the_file_do_not_change_the_bytes():
    text = (EXAMPLES / "working-group" / "agreement.toml").read_text(encoding="utf-8")
    other = text.replace(
        "lateral_nm = 5\nvertical_ft = 1000", "vertical_m = 304.8\nlateral_km = 9.26"
    )
    other = other.replace("answer_d = 7", "answer_h = 168")
    assert other != text
    assert agreement_json.canonical(from_toml(other).agreement) == agreement_json.canonical(BASE)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda data: data[:-1], "not JSON"),
        (lambda _data: b"[1]", "not an agreement"),
        (lambda data: data.replace(b'"form":1', b'"form":2'), "reads form 1"),
        (lambda data: data.replace(b'"form":1', b'"form":true'), "reads form 1"),
        (lambda data: data.replace(b'"form":1,', b""), "reads form 1"),
        (lambda data: data.replace(b'"form":1', b'"form": 1'), "not canonical"),
        (lambda data: data.replace(b'"lead_s":172800', b'"lead_h":48'), "not canonical"),
        (lambda data: data.replace(b'"version":2', b'"version":2,"version":2'), "not canonical"),
        (lambda data: data.replace(b'"term":{', b'"tern":{'), "unknown key 'tern'"),
        (lambda data: data.replace(b'"air","air"', b'"air","space"'), "arena 'space'"),
        (lambda data: data.replace("Никто".encode(), b"\xff"), "not JSON"),
    ],
)
def test_bytes_that_nobody_signed_or_that_this_program_cannot_read_are_refused(change, word):
    data = agreement_json.canonical(BASE)
    broken = change(data)
    assert broken != data
    reading = agreement_json.read(broken)
    assert reading.agreement is None
    assert any(word in what for what in errors(reading))


@pytest.mark.parametrize("area", [Everywhere(), Corridor(((33.0, 34.0), (34.0, 34.0)), 100.0)])
def test_what_a_file_has_no_words_for_is_refused_and_not_left_out(area):
    with pytest.raises(UnsayableError):
        agreement_json.canonical(dataclasses.replace(BASE, theatre=area))
    bare = dataclasses.replace(BASE.restrictions[0], clause="", source="a letter")
    with pytest.raises(UnsayableError, match="cites no clause"):
        agreement_json.canonical(dataclasses.replace(BASE, restrictions=(bare,)))


def test_a_node_pins_the_digest_of_the_canonical_bytes():
    digests = {Settings.of(party, BASE).agreement_digest for party in BASE.parties}
    assert digests == {agreement_json.digest(agreement_json.canonical(BASE))}


def test_a_written_file_says_times_and_figures_as_people_do():
    text = agreement_writer.write(BASE)
    assert "start = 2026-01-01T00:00:00Z" in text
    for line in ("lateral_nm = 5", "vertical_ft = 1000", "answer_d = 7", "radius_nm = 12"):
        assert line in text
