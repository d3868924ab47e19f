"""Excerpts of a ledger: what is altered, left out or moved is seen; two are compared by bytes."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from key_scenes import Holder
from msgspec import structs

from wideberth.peering import tree
from wideberth.peering.checkpoint import Checkpoint, log_key_of, sign_checkpoint
from wideberth.peering.envelope import Kind, key_id, seal
from wideberth.peering.evidence import Keys
from wideberth.peering.excerpt import (
    FORMAT,
    Excerpt,
    ExcerptError,
    compare,
    entry_of,
    read_excerpt,
    verify_excerpt,
    write_excerpt,
)
from wideberth.peering.messages import Heartbeat
from wideberth.peering.payloads import PROTOCOL, Head, Message, encode

HOLDER = Holder("north")
PAIR, LOG = HOLDER.pair("envelope", 1), HOLDER.pair("log", 1)
ORIGIN = "test/north"
KEYS = Keys(log_key_of(ORIGIN, LOG.public_key), signers={key_id(PAIR.public_key): PAIR.public_key})


def a_message(number, at_s=1.0):
    head = Head(
        agreement="a", agreement_version=1, sender="north", recipient="south", sequence=number,
        previous="", last_sequence=0, last_received="", sent_s=at_s, version=PROTOCOL,
    )  # fmt: skip
    payload = encode(Message(head=head, body=Heartbeat(at_s=at_s)))
    return seal(payload, Kind.MESSAGE, kid=key_id(PAIR.public_key), sign=PAIR.sign)


def an_excerpt(raws, chosen):
    nodes, peaks = {}, ()
    for size, raw in enumerate(raws):
        added = tree.append(peaks, size, raw)
        nodes |= {(level, place): digest for level, place, digest in added.new_nodes}
        peaks = added.peaks

    def path(index):
        proof = tree.inclusion_proof(index, len(raws), lambda level, at: nodes[level, at])
        return tuple(base64.b64encode(one).decode() for one in proof)

    made = Checkpoint(ORIGIN, len(raws), tree.root_of(peaks))
    checkpoint = sign_checkpoint(made, LOG.public_key, sign=LOG.sign).decode()
    entries = tuple(entry_of(index, raws[index], path(index)) for index in sorted(chosen))
    return Excerpt(
        format=FORMAT, origin=ORIGIN, about="incident/north/IN-1", number=1, from_s=0.0, to_s=9.0,
        entries=entries, checkpoint=checkpoint,
    )  # fmt: skip


RAWS = [a_message(number) for number in range(1, 12)]


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 10), min_size=1))
def test_an_excerpt_comes_back_from_its_file_and_is_shown(chosen):
    made = an_excerpt(RAWS, chosen)
    found = read_excerpt(write_excerpt(made))
    assert found == made
    assert found.digest == made.digest
    assert verify_excerpt(found, KEYS, digest=made.digest).is_shown


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 10), min_size=2), st.data())
def test_no_altered_excerpt_is_shown_under_the_digest_that_was_stated(chosen, data):
    made = an_excerpt(RAWS, chosen)
    at = data.draw(st.integers(0, len(made.entries) - 1))
    entries = list(made.entries)
    match data.draw(st.sampled_from(("left out", "altered", "moved", "span", "about"))):
        case "left out":
            changed = structs.replace(made, entries=tuple(entries[:at] + entries[at + 1 :]))
        case "altered":
            entries[at] = entry_of(entries[at].index, a_message(99), entries[at].path)
            changed = structs.replace(made, entries=tuple(entries))
        case "moved":
            entries[at] = structs.replace(entries[at], index=entries[at].index + 100)
            changed = structs.replace(made, entries=tuple(entries))
        case "span":
            changed = structs.replace(made, to_s=made.to_s + 1.0)
        case "about":
            changed = structs.replace(made, about="incident/north/IN-2")
    assert not verify_excerpt(changed, KEYS, digest=made.digest).is_shown
    assert changed.digest != made.digest


def test_an_entry_that_is_not_in_the_ledger_is_not_shown_even_without_a_digest():
    made = an_excerpt(RAWS, {3})
    (entry,) = made.entries
    forged = structs.replace(made, entries=(entry_of(3, a_message(99), entry.path),))
    assert not verify_excerpt(forged, KEYS).is_shown


def test_an_excerpt_of_another_ledger_is_not_shown():
    other = Keys(log_key_of("test/south", LOG.public_key))
    assert not verify_excerpt(an_excerpt(RAWS, {1}), other).is_shown


def test_two_excerpts_are_compared_by_what_both_one_and_neither_alike_hold():
    ours = an_excerpt(RAWS, {0, 1, 2})
    changed = [RAWS[0], RAWS[1], a_message(3, at_s=2.0), RAWS[3]]
    theirs = an_excerpt(changed, {1, 2, 3})
    found = compare(ours, theirs)
    assert [held.words for held in found.both] == ["heartbeat 2 from north to south"]
    assert [held.words for held in found.only_one] == ["heartbeat 1 from north to south"]
    assert [held.words for held in found.only_other] == ["heartbeat 4 from north to south"]
    ((one, other),) = found.differ
    assert one.words == other.words == "heartbeat 3 from north to south"
    assert one.digest != other.digest


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_what_is_no_excerpt_is_refused_whatever_the_bytes(raw):
    with pytest.raises(ExcerptError):
        read_excerpt(raw)


def test_entries_out_of_order_are_refused():
    made = an_excerpt(RAWS, {1, 2})
    turned = structs.replace(made, entries=made.entries[::-1])
    with pytest.raises(ExcerptError, match="order"):
        read_excerpt(write_excerpt(turned))
