"""North-west Syria, 2018 and 2019: places on a list were hit, and who should have had the list?

Positions of hospitals had been passed on. Some were hit, and the inquiry asked who was ever meant
to have that list, and which of its entries were still true.

Here a list has addressees: an envelope for another party is refused, whoever brings it (R22). What
went to somebody it was not for is called back: the receiver deletes it and says so, nothing of it
is left there but its hash, and no later change takes it there again. What leaves the list leaves it
with a reason (R10), and both sides compare their lists. Who finds that a place on it was hit asks
by the notice that told of it, and an answer is owed by a clock, or is in red on both sides (R17).
"""

import asyncio

import pytest
from behind import compared, pass_time
from council_scenes import opened, said, stand, texts_of
from key_scenes import Holder
from traces import Tap, of_store, of_table
from two_nodes import T0, a_volume, an_activity, an_agreement, join, make_node, two_nodes

from wideberth.model.activity import State
from wideberth.model.command import AddPeer, AnswerReadBack, RecallNotice, Suspend
from wideberth.model.footprint import Circle
from wideberth.model.span import TimeWindow
from wideberth.node import tables
from wideberth.node.auditing import audit_own
from wideberth.node.door import is_refusal
from wideberth.node.refusals import NotAllowedError
from wideberth.peering.council.concern import Cited, ConcernAnswered, ConcernRaised, Evidence

DAY_S = 86_400.0
HOSPITAL = (33.123457, 34.765431)
SECRETS = (b"Hospital of the wadi", b"33.123457", b"34.765431", b"wadi-7", b"11297 47037")


def hospital(**different):
    volume = a_volume(
        footprint=Circle(HOSPITAL, 150.0), time=TimeWindow(T0 + 7200.0, T0 + 86_400.0)
    )
    return an_activity(
        **({"name": "wadi-7", "title": "Hospital of the wadi", "volumes": (volume,)} | different)
    )


def played(scene):
    async def whole():
        async with two_nodes() as pair:
            await pair.north.declare(hospital())
            await pair.settle()
            await scene(pair)

    asyncio.run(whole())


async def recalled(pair, notice=None):
    sent = notice or (await pair.north.notices())[0]
    await pair.north.do(RecallNotice(sent.message, "officer", "it was for another party"))
    return sent.message


def left(text):
    """Return which of the secrets are in a text, the id of the activity aside."""
    return [word for word in SECRETS if word in text and word != b"wadi-7"]


def test_what_was_recalled_is_gone_from_the_other_node_and_both_sides_know_it():
    async def scene(pair):
        assert left(await of_store(pair.south))
        notice = await recalled(pair)
        assert "recall" in await pair.north.alarms()
        await pair.settle()
        assert await pair.south.held("north", "wadi-7") is None
        assert left(await of_store(pair.south)) == []
        for node in (pair.north, pair.south):
            (one,) = [one for one in await node.notices() if one.message == notice]
            assert one.recalled == "deleted"
        assert "recall" not in await pair.north.alarms()

    played(scene)


def test_conflicts_differences_and_revisions_of_it_are_gone_as_well():
    async def scene(pair):
        near = a_volume(footprint=Circle((33.15, 34.75), 3000.0))
        await pair.south.declare(an_activity("south", "B1", volumes=(near,)))
        await pair.settle()
        assert await pair.south.conflicts()
        first = (await pair.north.notices())[0]
        await pair.north.do(AnswerReadBack(first.message, agreed=False, by="p", reason="33.123457"))
        await pair.north.declare(hospital(revision=2, title="Hospital of the wadi, east wing"))
        await pair.settle()
        await recalled(pair, (await pair.north.notices())[-1])
        await pair.settle()
        said = but_for(await pair.south.notices(), "B1")
        assert {one.recalled for one in said} == {"deleted"}
        assert left(await of_store(pair.south, but=(tables.ENTRY,))) == []
        assert await pair.south.conflicts() == []

    played(scene)


def but_for(notices, activity):
    return [one for one in notices if one.activity != activity]


def test_the_log_of_who_deleted_still_verifies():
    async def scene(pair):
        await recalled(pair)
        await pair.settle()
        known = {pair.south.signer.kid: pair.south.signer._pair("envelope").public_key}
        settings = pair.south.desk.bench.settings
        audit = await pair.south.store.read(
            lambda r: audit_own(r, settings, known, lambda _d, _a: None)
        )
        assert audit.first_bad is None

    played(scene)


@pytest.mark.parametrize("then", ["activate", "amend", "withdraw", "resume"])
def test_what_was_recalled_is_never_told_to_that_party_again(then):
    async def scene(pair):
        await recalled(pair)
        await pair.settle()
        tap = Tap(pair.network._nodes["south"])
        pair.network.join("south", tap)
        match then:
            case "activate":
                await pair.north.change("wadi-7", State.ACTIVATED)
            case "withdraw":
                await pair.north.change("wadi-7", State.WITHDRAWN)
            case "amend":
                await pair.north.declare(hospital(revision=2))
            case _:
                for on in (True, False):
                    await pair.north.do(Suspend("south", suspended=on, by="w", reason="drill"))
        await compared(pair)
        assert [word for word in SECRETS if word in tap.text()] == []
        assert await pair.south.held("north", "wadi-7") is None
        assert (await pair.north.peer("south")).compared_same

    played(scene)


def test_nothing_is_waited_for_of_a_notice_that_was_recalled_whatever_revisions_there_were():
    async def scene(pair):
        await pass_time(pair, 400.0, step_s=50.0)
        await pair.north.declare(hospital(revision=2))
        await pass_time(pair, 400.0, step_s=50.0)
        for node in (pair.north, pair.south):
            assert "unacknowledged" in await node.alarms()
        await recalled(pair)  # the older of the two
        await pass_time(pair, 4000.0, step_s=200.0)
        assert await pair.north.alarms() == []
        assert await pair.south.alarms() == ["recalled by its sender"]  # until a person acts
        for node in (pair.north, pair.south):
            assert await node.store.read(lambda r: list(r.scan(tables.WAITING))) == []

    played(scene)


def test_the_recall_stays_in_red_while_the_line_is_cut():
    async def scene(pair):
        pair.network.partition(["north"], ["south"])
        await recalled(pair)
        await pass_time(pair, 1000.0, step_s=100.0)
        assert "recall" in await pair.north.alarms()
        pair.network.heal()
        await pass_time(pair, 200.0, step_s=100.0)
        assert "recall" not in await pair.north.alarms()

    played(scene)


def test_nobody_recalls_what_another_sent():
    async def scene(pair):
        taken = (await pair.south.notices())[0]
        with pytest.raises(NotAllowedError):
            await pair.south.do(RecallNotice(taken.message, "officer", "not ours"))

    played(scene)


def test_an_envelope_that_is_brought_to_the_wrong_party_is_refused_and_leaves_nothing():
    parties = an_agreement(parties=("north", "south", "west"))

    async def whole():
        async with two_nodes(parties) as pair:
            west = make_node("west", parties, pair.clock)
            join(west, "north", pair.network)
            await west.do(AddPeer(card_of("north"), "admin"))  # it knows who wrote it
            await pair.north.declare(hospital())
            (sent,) = await pair.north.notices()
            raw = await pair.north.store.read(lambda r: r.get(tables.ENTRY, tables.key(sent.index)))
            (answer,) = await pair.network._nodes["west"]([raw])
            assert is_refusal(answer)
            assert await of_table(west, tables.ENTRY) == b""
            assert await west.held("north", "wadi-7") is None
            (answer,) = await pair.network._nodes["south"]([raw])
            assert not is_refusal(answer)
            west.tasks[0].cancel()

    asyncio.run(whole())


def card_of(party):
    holder = Holder(party)
    return holder.card(holder.first())


def test_what_leaves_the_list_leaves_it_with_its_reason():
    async def scene(pair):
        await pair.north.change("wadi-7", State.WITHDRAWN, reason="the hospital has moved away")
        await pair.settle()
        held = await pair.south.held("north", "wadi-7")
        assert (held.activity.state, held.reason) == (
            State.WITHDRAWN,
            "the hospital has moved away",
        )

    played(scene)


def test_an_entry_that_nobody_has_confirmed_past_its_end_expires_loudly():
    async def scene(pair):
        await pass_time(pair, 86_500.0, step_s=21_625.0)
        for node in (pair.north, pair.south):
            assert "stale" in await node.alarms()
        await pair.north.change("wadi-7", State.ENDED)
        await pair.settle()
        for node in (pair.north, pair.south):
            assert "stale" not in await node.alarms()

    played(scene)


async def asked(pair):
    """Have north ask what became of a place on its list; return the concern."""
    (sent,) = await pair.north.notices()
    cited = Cited(
        kind=Evidence.NOTICE, what=sent.message, vouched_by="duty officer", entry=sent.message
    )
    concern = ConcernRaised(
        role="deputy",
        title="A place on the list was hit",
        words="The hospital of the wadi was hit at noon.",
        without_clause=True,
        urgent=True,
        evidence=(cited,),
    )
    return await opened(pair, pair.north, concern)


def test_who_is_asked_why_a_place_on_the_list_was_hit_answers_in_two_days_or_both_are_in_red():
    async def scene(pair):
        concern = await asked(pair)
        await pass_time(pair, 2 * DAY_S - 60.0, step_s=DAY_S / 2)
        for node in (pair.north, pair.south):
            assert await texts_of(node, "answer overdue") == []
        await pass_time(pair, 120.0)
        for node in (pair.north, pair.south):
            assert await texts_of(node, "answer overdue")
        words = "The crew had not been given the list."
        await said(pair, pair.south, concern, ConcernAnswered, role="deputy", words=words)
        for node in (pair.north, pair.south):
            assert await texts_of(node, "answer overdue") == []
            assert (await stand(node, concern)).state == "answered"

    played(scene)
