"""What holds for every kind of matter, whatever its parties say in whatever order."""

import contextlib
from itertools import pairwise

import msgspec
import pytest
from drawn_bodies import T0, bodies
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from sample_openings import SAMPLES
from two_nodes import an_agreement

from wideberth.council.kinds import KINDS, stand_of
from wideberth.council.matter import Delivery, Matter, Step
from wideberth.council.shown import shown
from wideberth.council.stand import Seen
from wideberth.errors import WideberthError

AGREEMENT = an_agreement()
PARTIES = ("north", "south")
FIXED = {"matter": "X-1", "role": "duty officer"}
TIMES_S = (0.0, T0, T0 + 1.0, T0 + 86_400.0, T0 + 8 * 86_400.0, 2.5e11)


@st.composite
def histories(draw, name):
    """Return a matter with steps that a node would take, in the order of their turns."""
    kind = KINDS[name]
    opener = draw(st.sampled_from(PARTIES))
    drawn = draw(st.one_of(st.none(), bodies(kind.opening)))
    matter = (drawn and opened(drawn, opener)) or opened(SAMPLES[name], opener)
    for _ in range(draw(st.integers(0, 5))):
        body = draw(st.sampled_from(list(kind.steps.values())))
        party = draw(st.sampled_from(PARTIES))
        own = max((s.said.turn for s in matter.steps if s.party == party), default=1)
        turn = draw(st.integers(own + 1, matter.last_turn + 1))
        at_s = T0 + draw(st.sampled_from((0.0, 1.0, 3600.0, 3 * 86_400.0)))
        said = structs.replace(draw(bodies(body)), **FIXED, opener=opener, turn=turn, at_s=at_s)
        with contextlib.suppress(WideberthError):
            kind.may(matter, said, party, AGREEMENT)
            matter = matter.with_step(Step(party=party, said=said, known_s=at_s))
    return matter


def opened(said, opener):
    """Return a matter that a node would take with this opening; None: it would not."""
    said = structs.replace(said, **FIXED, opener=opener, turn=1, at_s=T0, parties=PARTIES)
    with contextlib.suppress(WideberthError):
        KINDS[said.kind].may(None, said, opener, AGREEMENT)
        return a_matter(said.kind, opener, (Step(party=opener, said=said, known_s=T0),))
    return None


def a_matter(kind, opener, steps):
    return Matter(kind=kind, opener=opener, id="X-1", parties=PARTIES, opened_s=T0, steps=steps)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_whatever_is_said_a_matter_stands_somewhere_and_is_shown_and_watched(name):
    @settings(max_examples=25)
    @given(histories(name))
    def law(matter):
        stand = stand_of(matter, AGREEMENT)
        assert stand.state
        said = [(step.said.turn, step.party) for step in matter.steps]
        assert {(one.turn, one.party) for one in stand.idle} <= set(said)
        assert msgspec.json.decode(msgspec.json.encode(matter), type=Matter) == matter
        msgspec.json.encode(shown(matter, AGREEMENT))
        for party in PARTIES:
            for now_s in TIMES_S:
                watch = KINDS[name].watch(matter, Seen(party, now_s, AGREEMENT))
                names = [alert.name for alert in watch.alerts]
                assert len(set(names)) == len(names), names
                assert all(alert.text.strip() for alert in watch.alerts)
                assert watch.again_s is None or watch.again_s > now_s
            for due in stand.dues:
                assert due.party in PARTIES

    law()


@pytest.mark.parametrize("name", sorted(KINDS))
def test_what_stands_goes_by_what_was_said_and_by_nothing_that_one_side_alone_knows(name):
    @settings(max_examples=20)
    @given(histories(name), st.randoms(use_true_random=False))
    def law(matter, random):
        there = a_matter(name, matter.opener, matter.steps[:1])
        rest = list(matter.steps[1:])
        random.shuffle(rest)
        for step in rest:
            there = there.with_step(step)
        there = structs.replace(
            there,
            opened_s=0.0,
            raised=("x",),
            dismissed=("y",),
            steps=tuple(elsewhere(step) for step in there.steps),
        )
        assert stand_of(there, AGREEMENT) == stand_of(matter, AGREEMENT)

    law()


def elsewhere(step):
    """Return a step as another side has it."""
    late = Delivery(peer="west", message="c" * 64, index=9)
    return structs.replace(
        step, known_s=1.0, by="someone", message="b" * 64, index=7, deliveries=(late,)
    )


@pytest.mark.parametrize("name", sorted(KINDS))
def test_an_alarm_comes_only_when_the_watch_said_that_it_would_look_again(name):
    @settings(max_examples=20)
    @given(histories(name))
    def law(matter):
        for party in PARTIES:
            for before_s, now_s in pairwise(TIMES_S):
                seen = KINDS[name].watch(matter, Seen(party, before_s, AGREEMENT))
                if seen.again_s is not None and seen.again_s <= now_s:
                    continue
                later = KINDS[name].watch(matter, Seen(party, now_s, AGREEMENT))
                assert {a.name: a.roles for a in later.alerts} == {
                    a.name: a.roles for a in seen.alerts
                }

    law()
