"""The screen loses no pair: all ways find what brute force finds, and more danger is never less."""

import math

import screen_oracle as oracle
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from screen_ways import WAYS, as_bytes, pairs
from screen_worlds import emitter_rows, emitters_of, receiver_rows, receivers_of

from wideberth.spectrum.screen import find, find_by_brute_force

slacks = st.sampled_from((0.0, 0.0, 10.0, 60.0))
ranges = st.sampled_from((math.inf, 0.0, 500e3))


def ask(slack_db, range_m):
    return {"slack_db": slack_db, "unknown_range_m": range_m}


@settings(max_examples=150)
@given(st.lists(emitter_rows, max_size=30), st.lists(receiver_rows, max_size=30), slacks, ranges)
def test_every_way_finds_the_same_pairs_and_margins_to_the_bit(sent, heard, slack_db, range_m):
    emitters, receivers = emitters_of(sent), receivers_of(heard)
    asked = ask(slack_db, range_m)
    wanted = as_bytes(find_by_brute_force(emitters, receivers, **asked, fast=False))
    for name, way in WAYS.items():
        assert as_bytes(way(emitters, receivers, **asked)) == wanted, name


@settings(max_examples=150)
@given(st.lists(emitter_rows, max_size=12), st.lists(receiver_rows, max_size=12), slacks, ranges)
def test_what_is_found_is_what_the_words_of_the_rule_say(sent, heard, slack_db, range_m):
    asked = ask(slack_db, range_m)
    hits = find(emitters_of(sent), receivers_of(heard), **asked)
    found = set(pairs(hits))
    assert pairs(hits) == sorted(found)
    for i, emitter in enumerate(sent):
        for j, receiver in enumerate(heard):
            said = oracle.is_hit(emitter, receiver, slack_db, range_m)
            assert said is None or said == ((i, j) in found), (i, j)
    columns = (pairs(hits), hits.margin_db, hits.is_overlapping)
    for (i, j), margin_db, shared in zip(*columns, strict=True):
        wanted_db = oracle.margin_db(sent[i], heard[j])
        assert math.isnan(margin_db) == math.isnan(wanted_db)
        assert math.isnan(margin_db) or abs(margin_db - wanted_db) < 1e-7
        assert shared == oracle.do_bands_overlap(sent[i], heard[j])


def nearer(row, other, share):
    at = [a + share * (b - a) for a, b in zip(row["centre"], other["centre"], strict=True)]
    return {**row, "centre": tuple(at)}


def worse(change, amount, sent, heard):
    """Return the pair with more danger in it, by one of the ways there are."""
    if change == "power":
        return {**sent, "eirp_dbm": sent["eirp_dbm"] + amount}, heard
    if change == "limit":
        return sent, {**heard, "limit_dbm": heard["limit_dbm"] - amount}
    if change == "distance":
        return nearer(sent, heard, min(1.0, amount / 50.0)), heard
    if change == "size":
        return {**sent, "radius_m": sent["radius_m"] + amount * 1e3}, heard
    if change == "floor":
        return sent, {**heard, "floor_db": max(0.0, heard["floor_db"] - amount)}
    if change == "time":
        return {**sent, "end_s": sent["end_s"] + amount}, heard
    low_hz = max(1.0, sent["low_hz"] - amount * 1e6)
    return {**sent, "low_hz": low_hz, "high_hz": sent["high_hz"] + amount * 1e8}, heard


CHANGES = ("power", "limit", "distance", "size", "floor", "time", "emission")


def is_hit(sent, heard, **asked):
    return len(find(emitters_of([sent]), receivers_of([heard]), **asked)) == 1


@settings(max_examples=600)
@given(emitter_rows, receiver_rows, st.sampled_from(CHANGES), st.floats(0.0, 50.0))
def test_more_danger_never_loses_a_hit(sent, heard, change, amount):
    sent, heard = {**sent, "owner": 1, "link": -1}, {**heard, "owner": 2}
    assume(is_hit(sent, heard))
    rounding_db = 1e-9 if change == "distance" else 0.0  # a centre moved is a centre rounded
    assert is_hit(*worse(change, amount, sent, heard), slack_db=rounding_db)


@given(emitter_rows, receiver_rows, slacks, st.floats(0.0, 50.0))
def test_more_slack_never_loses_a_hit(sent, heard, slack_db, more_db):
    sent, heard = {**sent, "owner": 1, "link": -1}, {**heard, "owner": 2}
    assume(is_hit(sent, heard, slack_db=slack_db))
    assert is_hit(sent, heard, slack_db=slack_db + more_db)
