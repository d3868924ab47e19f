"""Large sets with everything in them: the index finds what brute force finds, to the bit."""

import math
from dataclasses import replace

import numpy as np
import pytest
import screen_oracle as oracle
from screen_ways import PATHS, WAYS, as_bytes, pairs
from screen_worlds import a_large_set

from wideberth.spectrum.screen import (
    Emitters,
    Index,
    Receivers,
    find,
    find_by_brute_force,
)
from wideberth.spectrum.screen_index import ROOM


def world(seed, emitters, receivers):
    return a_large_set(Emitters, emitters, seed), a_large_set(Receivers, receivers, seed + 1)


@pytest.mark.parametrize("seed", [10, 20, 30])
@pytest.mark.parametrize("asked", [{}, {"slack_db": 15.0, "unknown_range_m": 200e3}])
def test_every_way_finds_the_same_in_a_large_set(seed, asked):
    sides = world(seed, 400, 700)
    wanted = find_by_brute_force(*sides, **asked, fast=False)
    near = ~wanted.is_overlapping
    assert np.count_nonzero(near) > 1000  # held by the floor alone
    assert np.count_nonzero(wanted.is_overlapping & ~np.isnan(wanted.margin_db)) > 500
    assert np.count_nonzero(np.isnan(wanted.margin_db)) > 5
    assert len(wanted) < 400 * 700 / 4  # and far from all
    for name, way in WAYS.items():
        assert as_bytes(way(*sides, **asked)) == as_bytes(wanted), name


@pytest.mark.parametrize("fast", PATHS)
def test_more_candidates_than_there_is_room_for_are_all_found(fast):
    emitters, receivers = world(40, 700, 900)
    asked = {"slack_db": 300.0, "fast": fast}
    hits = find(emitters, receivers, **asked)
    assert len(hits) > 2 * ROOM
    assert as_bytes(find_by_brute_force(emitters, receivers, **asked)) == as_bytes(hits)
    turned = Index.over(emitters).against(receivers, **asked)
    assert as_bytes(turned) == as_bytes(hits)


def one_row(kind, rows, at):
    return kind(*(getattr(rows, name)[at : at + 1] for name in kind.__dataclass_fields__))


@pytest.mark.parametrize("fast", PATHS)
def test_an_edit_asks_the_index_and_hears_what_the_whole_screen_says(fast):
    emitters, receivers = world(50, 60, 1500)
    whole = find_by_brute_force(emitters, receivers)
    index = Index.over(receivers)
    for at in range(len(emitters)):
        hits = index.against(one_row(Emitters, emitters, at), fast=fast)
        of_row = whole.emitter == at
        assert hits.receiver.tobytes() == whole.receiver[of_row].tobytes()
        assert hits.margin_db.tobytes() == whole.margin_db[of_row].tobytes()


def test_a_large_set_says_what_the_words_of_the_rule_say():
    emitters, receivers = world(60, 150, 200)
    found = set(pairs(find(emitters, receivers, slack_db=5.0, unknown_range_m=300e3)))
    sent, heard = (
        [
            {name: getattr(rows, name)[at].tolist() for name in type(rows).__dataclass_fields__}
            for at in range(len(rows))
        ]
        for rows in (emitters, receivers)
    )
    wrong = [
        (i, j)
        for i, emitter in enumerate(sent)
        for j, receiver in enumerate(heard)
        if oracle.is_hit(emitter, receiver, 5.0, 300e3) not in (None, (i, j) in found)
    ]
    assert found
    assert wrong == []


def test_one_wide_receiver_among_narrow_ones_is_heard_by_all_and_changes_no_other_pair():
    emitters, receivers = world(70, 300, 500)
    wide = Receivers(
        emitters.centre[:1], [1e6], [30e6], [40e9], [80.0], [-math.inf], [math.inf], [9], [-1],
        [-200.0],
    )  # fmt: skip
    joined = Receivers(
        *(
            np.concatenate((getattr(receivers, name), getattr(wide, name)))
            for name in Receivers.__dataclass_fields__
        )
    )
    hits = find(emitters, joined, fast=False)
    is_wide = hits.receiver == len(receivers)
    assert hits.emitter[is_wide].tolist() == list(range(len(emitters)))
    alone = find(emitters, receivers, fast=False)
    assert hits.margin_db[~is_wide].tobytes() == alone.margin_db.tobytes()


@pytest.mark.parametrize("owners", [1, 2, 9, 400])
def test_few_owners_or_many_the_same_pairs_are_found(owners):
    emitters, receivers = world(80, 300, 500)
    sides = [replace(rows, owner=np.arange(len(rows)) % owners) for rows in (emitters, receivers)]
    wanted = find_by_brute_force(*sides, fast=False)
    assert (len(wanted) > 0) == (owners > 1)
    assert not (sides[0].owner[wanted.emitter] == sides[1].owner[wanted.receiver]).any()
    for name, way in WAYS.items():
        assert as_bytes(way(*sides)) == as_bytes(wanted), name
