"""A peer that lies about interference: not accepted, never obeyed, and no clock of ours put off."""

import asyncio
import functools
import json

import msgspec
import pytest
from interference_scenes import a_report, asked, cases_of, closed, observed, opened
from key_scenes import Holder
from lying_peer import SECRET, Scene, lied_to
from two_nodes import T0, an_agreement

from wideberth.model.command import AddPeer, Tick
from wideberth.model.interference import LONGEST_PROMISE_S, CaseState, CeaseAnswer, Outcome, Source
from wideberth.node import tables
from wideberth.node.cases import MOST_MOVES, MOST_REMARKS
from wideberth.peering.messages import (
    CaseClosed,
    CeaseAnswered,
    CeaseRequest,
    Interference,
    Observed,
)
from wideberth.peering.payloads import Receipt
from wideberth.peering.wire_interference import report_to_wire


def attack(test):
    """Run a test as one scene, and see afterwards that the node stands as before."""

    @functools.wraps(test)
    def run(*args, **kwargs):
        async def scenes():
            async with lied_to() as scene:
                await test(scene, *args, **kwargs)
                await scene.settle()
                await scene.assert_upright()

        asyncio.run(scenes())

    del run.__wrapped__
    return run


def reported(case="L-1", **different):
    return Interference(case=case, report=report_to_wire(a_report(**different)), at_s=T0)


def request(case="L-1", at_s=T0):
    return CeaseRequest(case=case, at_s=at_s, role="liar")


def answer(said=CeaseAnswer.CEASED, *, case="GPS-1", when_s=T0, reason=""):
    step = {"case": case, "at_s": T0, "role": "liar"}
    return CeaseAnswered(**step, answer=said, when_s=when_s, reason=reason)


def remark(opener="south", case="L-1", words="x"):
    return Observed(opener=opener, case=case, at_s=T0, role="liar", words=words)


def closing(case="L-1"):
    return CaseClosed(case=case, outcome=Outcome.CEASED, at_s=T0, role="liar")


async def taken(scene: Scene, body) -> Receipt:
    receipt = await scene.receipt(scene.liar.message(body))
    assert receipt.accepted, receipt.problems
    return receipt


async def not_accepted(scene: Scene, body) -> Receipt:
    """The lie is logged and receipted with its reason, and changes no case."""
    before = await cases_of(scene.node)
    receipt = await scene.receipt(scene.liar.message(body))
    assert not receipt.accepted
    assert receipt.problems
    assert SECRET not in " ".join(receipt.problems)
    assert await cases_of(scene.node) == before
    return receipt


@attack
async def test_a_peer_does_not_ask_in_our_case_nor_close_it_nor_answer_its_own(scene):
    await opened(scene.node, cease=True)
    await scene.settle()
    for body in (request("GPS-1"), closing("GPS-1"), answer(case="L-1")):
        await not_accepted(scene, body)
    await taken(scene, reported())
    await not_accepted(scene, answer(case="L-1"))
    for body in (request("NONE"), closing("NONE"), answer(case="NONE"), remark(case="NONE")):
        await not_accepted(scene, body)


@attack
async def test_a_peer_has_no_word_in_a_case_of_a_third_party(scene):
    await not_accepted(scene, remark(opener="west"))
    await not_accepted(scene, reported(source=Source("west", "W-1")))


def test_a_peer_has_no_word_in_a_case_between_us_and_another_peer():
    async def scenes():
        parties = ("north", "south", "west")
        async with lied_to(an_agreement(parties=parties)) as scene:
            west = Holder("west")
            await scene.node.do(AddPeer(west.card(west.first()), "admin"))
            await opened(scene.node, peer="west", cease=True)
            for body in (answer(), remark("north", "GPS-1")):
                await not_accepted(scene, body)
            await scene.settle()
            await scene.assert_upright()

    asyncio.run(scenes())


@attack
async def test_nobody_answers_what_was_not_asked_or_promises_what_is_no_promise(scene):
    await opened(scene.node)
    await scene.settle()
    await not_accepted(scene, answer())
    await asked(scene.node)
    await scene.settle()
    for when_s in (None, T0, T0 - 1.0, T0 + LONGEST_PROMISE_S + 1.0, 253_402_300_799.0):
        await not_accepted(scene, answer(CeaseAnswer.CEASING, when_s=when_s))
    for when_s in (None, T0 + 100.0):
        await not_accepted(scene, answer(when_s=when_s))
    for said in (CeaseAnswer.CANNOT, CeaseAnswer.DISPUTED):
        await not_accepted(scene, answer(said, when_s=None))
    assert (await cases_of(scene.node))[0].state is CaseState.ASKED


@attack
async def test_a_clock_far_ahead_does_not_put_the_end_of_a_promise_off(scene):
    await opened(scene.node, cease=True)
    await scene.settle()
    ahead_s = T0 + 1e9
    promised = CeaseAnswered(
        case="GPS-1",
        answer=CeaseAnswer.CEASING,
        at_s=ahead_s,
        role="liar",
        when_s=ahead_s + 60.0,
    )
    await taken(scene, promised)
    (case,) = await cases_of(scene.node)
    assert case.due_s == T0 + LONGEST_PROMISE_S
    scene.node.clock.now += LONGEST_PROMISE_S + 1.0
    await scene.node.do(Tick())
    assert "cease promise not kept" in await scene.node.alarms()


@attack
async def test_a_request_from_a_clock_far_ahead_is_due_by_ours(scene):
    await taken(scene, reported())
    raw = scene.liar.message(request(at_s=T0 + 1e9), sent_s=T0 + 1e9)
    assert (await scene.receipt(raw)).accepted
    assert (await cases_of(scene.node))[0].due_s == T0 + 300.0


@attack
async def test_a_case_is_opened_once_and_closed_once(scene):
    await taken(scene, reported())
    await not_accepted(scene, reported(system="another"))
    await taken(scene, closing())
    for body in (closing(), request(), reported()):
        await not_accepted(scene, body)
    await taken(scene, remark())


IMPOSSIBLE = [
    {"low_hz": 0.0},
    {"low_hz": 2e9, "high_hz": 1e9},
    {"low_hz": 1e308},
    {"high_hz": 1e308},
    {"system": ""},
    {"system": " "},
    {"system": "x" * 201},
    {"role": " "},
    {"action": "x" * 2001},
    {"start_s": 1e300},
    {"end_s": 0.0},
    {"service": "enemy"},
    {"effect": "killed"},
    {"affiliation": "theirs"},
    {"bearing": {"bearing_deg": 360.0, "seen_from": [0.0, 0.0]}},
    {"bearing": {"bearing_deg": 0.0, "seen_from": [0.0, 91.0]}},
    {"source": {"party": "north"}},
    {"source": {"words": ""}},
    {"source": {"words": "x", "enemy": True}},
    {"place": {"type": "circle", "centre": [200.0, 0.0], "radius_m": 1.0}},
    {"place": {"type": "polygon", "parts": []}},
    {"conflict": "x" * 201},
]


@pytest.mark.parametrize("change", IMPOSSIBLE, ids=lambda change: json.dumps(change)[:60])
def test_a_report_that_cannot_be_is_not_accepted_and_takes_nothing_down(change):
    async def lie(scene):
        whole = json.loads(scene.liar.payload(reported()))
        whole["body"]["report"] |= change
        raw = scene.liar.sent(scene.liar.sealed(json.dumps(whole).encode()))
        assert not (await scene.receipt(raw)).accepted
        assert await cases_of(scene.node) == []

    attack(lie)()


@attack
async def test_what_a_peer_names_is_not_answered_by_whether_it_is_known_here(scene):
    said = []
    for number, source in enumerate((Source("north", SECRET), Source("north", "NONE"))):
        receipt = await taken(scene, reported(f"L-{number}", source=source, conflict=SECRET))
        said.append(receipt.problems)
    assert said == [(), ()]


@attack
async def test_names_made_to_confuse_stay_names(scene):
    names = ("../north/A1", "a/b", "%2F", "A1\x00", "\u202eA1", "'; drop table", "0" * 200)
    for name in names:
        await taken(scene, reported(name))
        await taken(scene, request(name))
    held = await cases_of(scene.node)
    assert {one.id for one in held} == set(names)
    assert {one.opener for one in held} == {"south"}
    scene.node.clock.now += 301.0
    await scene.node.do(Tick())
    kinds = await scene.node.alarms()
    assert kinds.count("cease unanswered") == len(names)


@attack
async def test_a_flood_in_one_case_is_bounded_and_we_can_still_speak_and_close(scene):
    await opened(scene.node, cease=True)
    await scene.settle()
    for number in range(MOST_REMARKS + 5):
        body = remark("north", "GPS-1", "x" * 2000)
        receipt = await scene.receipt(scene.liar.message(body))
        assert receipt.accepted == (number < MOST_REMARKS)
    for number in range(MOST_MOVES + 5):
        receipt = await scene.receipt(scene.liar.message(answer()))
        assert receipt.accepted == (number < MOST_MOVES)
    (case,) = await cases_of(scene.node)
    assert len(msgspec.json.encode(case)) < 400_000
    await observed(scene.node)
    await asked(scene.node)
    await closed(scene.node)


@attack
async def test_a_case_that_is_lost_from_the_store_stops_neither_line_nor_clock(scene):
    await opened(scene.node, cease=True)
    await opened(scene.node, case="GPS-2", cease=True)

    def lose(transaction):
        transaction.delete(tables.CASE, tables.key("north", "GPS-1"))

    await scene.node.store.transact(lose)
    await scene.settle()
    scene.node.clock.now += 301.0
    await scene.node.do(Tick())
    assert (await scene.node.alarms()).count("cease unanswered") == 1


@attack
async def test_that_the_peer_did_not_accept_a_step_is_shown_with_it(scene):
    lie = {"accepted": False, "problems": ("we have no such case",)}
    scene.liar.answers = lambda raw: scene.liar.take(raw, **lie)
    await opened(scene.node)
    await scene.settle()
    scene.liar.answers = None
    (case,) = await cases_of(scene.node)
    assert case.steps[0].problems == ("we have no such case",)
    assert "not accepted" in await scene.node.alarms()
