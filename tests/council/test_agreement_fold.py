"""Where an agreement stands: the same on every side, and never taken back once it is signed."""

import dataclasses

from agreement_scenes import COUNCIL, FIRST, text, version
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.council.agreement import KIND, folded, stand
from wideberth.council.agreement_terms import digest_of, terms_of
from wideberth.council.matter import Matter, Step
from wideberth.model.binding import Signatory
from wideberth.peering.council.agreement import (
    AgreementCountered,
    AgreementProposed,
    AgreementRejected,
    AgreementResumed,
    AgreementSigned,
    AgreementSuspended,
    AgreementTerminated,
    AgreementTicked,
)

PARTIES = ("north", "south")
SIGNATORIES = (Signatory("north", "deputy", 2), Signatory("south", "deputy", 1))
TEXTS = tuple(
    text(version(2, title=title, signatories=SIGNATORIES, council=COUNCIL)) for title in ("A", "B")
)
DIGESTS = tuple(map(digest_of, TEXTS))
DAY_S = 86400.0

said = st.one_of(
    st.sampled_from(TEXTS).map(lambda t: (AgreementCountered, {"text": t})),
    st.sampled_from(DIGESTS).map(lambda d: (AgreementSigned, {"digest": d})),
    st.sampled_from(DIGESTS).map(lambda d: (AgreementSigned, {"digest": d})),
    st.just((AgreementRejected, {})),
    st.just((AgreementSuspended, {"words": "Why."})),
    st.sampled_from(["line", "lists", "none"]).map(lambda i: (AgreementTicked, {"item": i})),
    st.just((AgreementResumed, {})),
    st.sampled_from([5.0, 10.0, 11.0]).map(lambda d: (AgreementTerminated, {"ends_s": d * DAY_S})),
)


def step(party, turn, body, fields):
    return Step(
        party=party,
        said=body(opener="north", matter="V", role="deputy", turn=turn, at_s=float(turn), **fields),
        known_s=0.0,
    )


def opened():
    opening = AgreementProposed(
        opener="north", matter="V", role="deputy", turn=1, at_s=1.0, parties=PARTIES, text=TEXTS[0]
    )
    return Matter(
        kind="agreement",
        opener="north",
        id="V",
        parties=PARTIES,
        opened_s=1.0,
        steps=(Step(party="north", said=opening, known_s=0.0),),
    )


on_the_table = st.one_of(
    st.just((AgreementSigned, {"digest": DIGESTS[0]})),
    st.just((AgreementSigned, {"digest": DIGESTS[0]})),
    st.just((AgreementCountered, {"text": TEXTS[1]})),
    st.just((AgreementRejected, {})),
)


@st.composite
def dialogues(draw, said=said):
    """Return what two honest sides do: each says what fits as it sees it; messages come later.

    A list of (party, step) in the order they are said, and how much each side hears in between.
    """
    views = {party: opened() for party in PARTIES}
    on_the_way = {party: [] for party in PARTIES}
    history = [dict(views)]
    for party, (body, fields), heard in draw(
        st.lists(st.tuples(st.sampled_from(PARTIES), said, st.integers(0, 3)), max_size=24)
    ):
        for _ in range(min(heard, len(on_the_way[party]))):
            views[party] = views[party].with_step(on_the_way[party].pop(0))
        one = step(party, views[party].last_turn + 1, body, fields)
        if not folded(views[party].with_step(one)).idle:
            views[party] = views[party].with_step(one)
            other = PARTIES[1 - PARTIES.index(party)]
            on_the_way[other].append(one)
        history.append(dict(views))
    for party in PARTIES:
        while on_the_way[party]:
            views[party] = views[party].with_step(on_the_way[party].pop(0))
            history.append(dict(views))
    return history


@given(dialogues() | dialogues(on_the_table))
@settings(max_examples=300, deadline=None)
def test_what_one_side_holds_for_signed_stays_signed_and_both_come_to_the_same(history):
    final = folded(history[-1]["north"])
    assert final.signed_s == folded(history[-1]["south"]).signed_s
    assert final.digest == folded(history[-1]["south"]).digest
    for views in history:
        for matter in views.values():
            fold = folded(matter)
            if fold.signed_s is not None:
                assert (fold.digest, fold.signed_s) == (final.digest, final.signed_s)


@given(dialogues())
@settings(max_examples=100, deadline=None)
def test_nothing_is_signed_without_every_key_of_every_party_over_that_very_text(history):
    matter = history[-1]["north"]
    fold = folded(matter)
    keys = [
        (one.party, one.said.digest)
        for one in matter.steps
        if isinstance(one.said, AgreementSigned)
    ]
    if fold.signed_s is not None:
        assert keys.count(("north", fold.digest)) >= 2
        assert keys.count(("south", fold.digest)) >= 1
        assert {one.party for one in fold.signatures} == set(PARTIES)
    else:
        assert fold.suspensions == []
        assert fold.ends_s is None


@given(dialogues())
@settings(max_examples=60, deadline=None)
def test_every_step_is_counted_or_said_to_change_nothing(history):
    matter = history[-1]["south"]
    fold = folded(matter)
    idle = {(one.turn, one.party) for one in fold.idle}
    signed = {(one.turn, one.party) for one in fold.signatures}
    assert idle.isdisjoint(signed)
    assert len(idle) == len(fold.idle)
    assert stand(matter, FIRST).state == fold.state
    assert KIND.stand(matter, FIRST) == stand(matter, dataclasses.replace(FIRST, title="x"))


def test_a_counter_that_crossed_the_last_key_does_not_take_back_what_is_signed():
    """South signs; north turns both its keys while south counters what it has signed."""
    key, other = (AgreementSigned, {"digest": DIGESTS[0]}), (AgreementCountered, {"text": TEXTS[1]})
    matter = opened().with_step(step("south", 2, *key))
    seen_by_north = matter.with_step(step("north", 3, *key)).with_step(step("north", 4, *key))
    assert folded(seen_by_north).signed_s is not None
    after = folded(seen_by_north.with_step(step("south", 3, *other)))
    assert (after.signed_s, after.digest) == (4.0, DIGESTS[0])
    assert [one.why for one in after.idle] == ["south has signed this text"]


def test_a_text_is_read_leniently_for_what_both_sides_must_count_alike():
    newer = TEXTS[0].replace('"form":1', '"form":7').replace('"council":{', '"council":{"new":1,')
    terms = terms_of(newer)
    assert (terms.version, terms.signatory_of("north").keys) == (2, 2)
    assert terms.signatory_of("south").role == "deputy"
    for broken in ("{}", "[]", TEXTS[0].replace('"keys":2', '"keys":3'), "\ud800"):
        assert terms_of(broken) is None
