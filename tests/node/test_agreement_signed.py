"""An agreement between two nodes: proposed, countered, signed, in force, suspended, ended."""

import asyncio
import dataclasses

import pytest
from two_nodes import T0, a_volume, an_activity, an_agreement, make_node, two_nodes

from wideberth.council.kinds import stand_of
from wideberth.council.refusals import NotFittingError
from wideberth.formats.agreement_json import canonical, digest
from wideberth.model.agreement import Minima
from wideberth.model.binding import Signatory
from wideberth.model.clause import Clause
from wideberth.model.council_clocks import TermRules
from wideberth.model.council_rules import ChecklistItem, CouncilRules
from wideberth.model.span import TimeWindow
from wideberth.model.volume import Arena
from wideberth.node import queries, renewing
from wideberth.node.council import hooks, matters
from wideberth.node.council.saying import Say
from wideberth.node.working_agreement import working
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
from wideberth.peering.council.decision import DecisionProposed

DAY_S = 86400.0
FIRST = an_agreement()
COUNCIL = CouncilRules(
    term=TermRules(notice_s=10 * DAY_S, warn_s=DAY_S, clause=FIRST.clauses[0].id),
    resume_checklist=(ChecklistItem("line", "Tested."), ChecklistItem("lists", "Equal.")),
)


def version(number=2, **different):
    """Return a later version of the agreement: lateral minima of 20 km, and one more clause."""
    wider = tuple(
        dataclasses.replace(one, minima=Minima(20_000.0, one.minima.vertical_m, one.minima.time_s))
        if Arena.SPECTRUM not in one.arenas
        else one
        for one in FIRST.separations
    )
    fields = {
        "version": number,
        "separations": wider,
        "council": COUNCIL,
        "clauses": (*FIRST.clauses, Clause("NEW", "A new clause.")),
    }
    return dataclasses.replace(FIRST, **(fields | different))


def text(agreement):
    return canonical(agreement).decode()


async def propose(node, agreement, by="anna"):
    said = AgreementProposed(role="secretary", text=text(agreement))
    return (await node.do(Say(said, by))).matter


def of(matter, body, **fields):
    return body(opener=matter.opener, matter=matter.id, **({"role": "deputy"} | fields))


async def say(node, matter, body, by="anna", **fields):
    return (await node.do(Say(of(matter, body, **fields), by))).matter


async def sign(node, matter, agreement, by="anna", **fields):
    signed = digest(canonical(agreement))
    return await say(node, matter, AgreementSigned, by, digest=signed, **fields)


async def stand(node, matter):
    found = await node.desk.read(lambda r: matters.matter(r, matter.kind, matter.opener, matter.id))
    return stand_of(found, node.desk.agreement)


async def signed_by_both(pair, agreement):
    matter = await propose(pair.north, agreement)
    await pair.settle()
    await sign(pair.north, matter, agreement)
    await pair.settle()
    await sign(pair.south, matter, agreement)
    await pair.settle()
    return matter


def run(story, **given):
    async def main():
        async with two_nodes(FIRST, **given) as pair:
            await story(pair)

    asyncio.run(main())


def test_what_both_sign_is_in_force_on_both_with_the_same_bytes_and_rules():
    async def story(pair):
        later = version()
        matter = await signed_by_both(pair, later)
        for node in (pair.north, pair.south):
            assert node.desk.agreement == later
            assert (await stand(node, matter)).state == "signed"
            kept = await node.desk.read(working)
            assert kept.text.encode() == canonical(later)
            assert "agreement differs" not in await node.alarms()
        pins = [
            (n.desk.bench.settings.agreement_digest, n.desk.bench.settings.rules_digest)
            for n in (pair.north, pair.south)
        ]
        assert pins[0] == pins[1]

    run(story)


def test_when_it_comes_into_force_all_that_is_held_is_judged_under_it_at_once():
    async def story(pair):
        near = a_volume(lon_deg=33.32)  # 10 km discs, 9.6 km apart: beyond 5 NM, within 20 km
        await pair.north.declare(an_activity("north", "A1"))
        await pair.south.declare(an_activity("south", "B1", volumes=(near,)))
        await pair.settle()
        for node in (pair.north, pair.south):
            assert await node.conflicts() == []
        await signed_by_both(pair, version())
        for node in (pair.north, pair.south):
            (met,) = await node.conflicts()
            assert met is not None

    run(story)


def test_a_counter_takes_the_place_of_the_text_and_of_its_signatures():
    async def story(pair):
        matter = await propose(pair.north, version(2))
        await pair.settle()
        countered = version(2, title="As the south has it")
        await say(pair.south, matter, AgreementCountered, text=text(countered))
        await pair.settle()
        with pytest.raises(NotFittingError, match="another text is on the table"):
            await sign(pair.north, matter, version(2))
        await sign(pair.south, matter, countered)
        await sign(pair.north, matter, countered)
        await pair.settle()
        for node in (pair.north, pair.south):
            assert node.desk.agreement == countered

    run(story)


def test_a_counter_and_a_signature_that_cross_come_to_the_same_on_both_sides():
    async def story(pair):
        matter = await propose(pair.south, version(2))
        await pair.settle()
        countered = version(2, title="As the north has it")
        await sign(pair.south, matter, version(2))
        await say(pair.north, matter, AgreementCountered, text=text(countered))
        await pair.settle()
        stands = [await stand(node, matter) for node in (pair.north, pair.south)]
        assert stands[0] == stands[1]
        assert stands[0].digest == digest(canonical(countered))
        assert stands[0].state == "proposed"
        for node in (pair.north, pair.south):
            assert node.desk.agreement == FIRST

    run(story)


def test_who_has_signed_cannot_counter_or_reject_any_more():
    async def story(pair):
        matter = await propose(pair.north, version())
        await pair.settle()
        await sign(pair.north, matter, version())
        for body, fields in (
            (AgreementCountered, {"text": text(version(title="Else"))}),
            (AgreementRejected, {"words": "No."}),
        ):
            with pytest.raises(NotFittingError, match="north has signed this text"):
                await say(pair.north, matter, body, **fields)
        await pair.settle()
        await say(pair.south, matter, AgreementRejected, words="Not now.")
        await pair.settle()
        assert (await stand(pair.north, matter)).state == "rejected"
        with pytest.raises(NotFittingError, match="rejected already"):
            await sign(pair.south, matter, version())

    run(story)


TWO_KEYS = version(signatories=(Signatory("north", "chief of staff", 2),))


def test_two_keys_are_turned_by_two_people_in_the_role_that_signs():
    async def story(pair):
        matter = await propose(pair.north, TWO_KEYS)
        await pair.settle()
        await sign(pair.south, matter, TWO_KEYS)
        with pytest.raises(NotFittingError, match="chief of staff signs for north"):
            await sign(pair.north, matter, TWO_KEYS)
        first = {"role": "chief of staff"}
        await sign(pair.north, matter, TWO_KEYS, "anna", **first)
        with pytest.raises(NotFittingError, match="this person has turned a key"):
            await sign(pair.north, matter, TWO_KEYS, "anna", **first)
        await pair.settle()
        for node in (pair.north, pair.south):
            assert (await stand(node, matter)).state == "signing"
            assert node.desk.agreement == FIRST
        await sign(pair.north, matter, TWO_KEYS, "boris", **first)
        await pair.settle()
        for node in (pair.north, pair.south):
            assert node.desk.agreement == TWO_KEYS
        with pytest.raises(NotFittingError, match="signed already"):
            await sign(pair.north, matter, TWO_KEYS, "carl", **first)

    run(story)


def test_a_peer_is_never_told_who_turned_a_key():
    async def story(pair):
        matter = await propose(pair.north, version(), by="anna-of-the-north")
        await sign(pair.north, matter, version(), by="anna-of-the-north")
        await pair.settle()
        found = await pair.south.desk.read(
            lambda r: matters.matter(r, "agreement", "north", matter.id)
        )
        assert "anna-of-the-north" not in repr(found)

    run(story)


def test_a_text_that_this_program_cannot_apply_is_shown_told_and_not_signed():
    newer = text(version()).replace('"form":1', '"form":2')

    async def story(pair):
        with pytest.raises(NotFittingError, match="reads form 1"):
            await propose_text(pair.north, newer)
        matter = await propose(pair.north, version())
        await pair.settle()
        # The other side's program is newer: what it says is taken, and shown.
        async with asyncio.timeout(5):
            await forced(pair.north, matter, newer)
        await pair.settle()
        assert "agreement not applicable" in await pair.south.alarms()
        now = await stand(pair.south, matter)
        with pytest.raises(NotFittingError, match="reads form 1"):
            await say(pair.south, matter, AgreementSigned, digest=now.digest)

    run(story)


async def propose_text(node, said):
    return await node.do(Say(AgreementProposed(role="secretary", text=said), "anna"))


async def forced(node, matter, newer):
    """Counter with a text as a node of a newer program would."""
    asked = dict(hooks.ASKED)
    hooks.ASKED.pop("agreement")
    try:
        await say(node, matter, AgreementCountered, text=newer)
    finally:
        hooks.ASKED.update(asked)


@pytest.mark.parametrize(
    ("agreement", "word"),
    [
        (version(id="another"), "another agreement"),
        (version(parties=("north", "south", "east")), "not between the parties"),
    ],
)
def test_a_text_of_another_agreement_is_not_put_on_the_table(agreement, word):
    async def story(pair):
        with pytest.raises(NotFittingError, match=word):
            await propose(pair.north, agreement)

    run(story)


def test_an_older_version_and_another_text_of_this_version_are_not_signed():
    async def story(pair):
        for agreement in (version(FIRST.version), dataclasses.replace(FIRST, title="Else")):
            matter = await propose(pair.north, agreement)
            with pytest.raises(NotFittingError, match="does not come after version"):
                await sign(pair.north, matter, agreement)
        same = await signed_by_both(pair, FIRST)
        for node in (pair.north, pair.south):
            assert (await stand(node, same)).state == "signed"
            assert (await node.desk.read(working)).matter == same.ref

    run(story)


def test_what_is_signed_for_a_later_day_comes_into_force_on_that_day_on_both_sides():
    later = version(validity=TimeWindow(T0 + DAY_S, T0 + 100 * DAY_S))

    async def story(pair):
        await signed_by_both(pair, later)
        for hours, wanted in ((23, FIRST), (25, later)):
            pair.clock.now = T0 + hours * 3600.0
            for node in (pair.north, pair.south):
                await node.tick()
                await pair.settle()
                await node.tick()
            for node in (pair.north, pair.south):
                assert node.desk.agreement == wanted

    run(story)


def test_what_follows_the_last_signature_at_once_is_judged_under_the_new_agreement():
    async def story(pair):
        later = version()
        matter = await propose(pair.north, later)
        await pair.settle()
        await sign(pair.south, matter, later)
        await pair.settle()
        await sign(pair.north, matter, later)
        cited = DecisionProposed(role="secretary", title="T", text="By the new.", clause="NEW")
        decided = (await pair.north.do(Say(cited, "anna"))).matter
        await pair.settle()
        found = await pair.north.desk.read(
            lambda r: matters.matter(r, "decision", "north", decided.id)
        )
        assert [one.problems for one in found.steps[0].deliveries] == [()]
        there = await pair.south.desk.read(
            lambda r: matters.matter(r, "decision", "north", decided.id)
        )
        assert there is not None

    run(story)


def test_a_suspension_stops_declarations_leaves_matters_open_and_ends_with_the_checklist():
    async def story(pair):
        matter = await signed_by_both(pair, version())
        await say(pair.south, matter, AgreementSuspended, words="After the incident.")
        await pair.settle()
        for node in (pair.north, pair.south):
            assert (await stand(node, matter)).state == "suspended"
            assert "agreement suspended" in await node.alarms()
        assert "suspended by us" in await pair.south.alarms()
        assert "suspended" in await pair.north.alarms()
        await say(pair.north, matter, AgreementTicked, item="line")  # the council goes on
        pair.clock.now += 3600.0
        for node, item in ((pair.south, "line"), (pair.south, "lists")):
            await say(node, matter, AgreementTicked, item=item)
        await pair.settle()
        with pytest.raises(NotFittingError, match="not ticked yet: lists by north"):
            await say(pair.south, matter, AgreementResumed)
        await say(pair.north, matter, AgreementTicked, item="lists")
        await pair.settle()
        with pytest.raises(NotFittingError, match="north does not suspend it"):
            await say(pair.north, matter, AgreementResumed)
        await say(pair.south, matter, AgreementResumed)
        await pair.settle()
        for node in (pair.north, pair.south):
            now = await stand(node, matter)
            assert (now.state, now.suspended_for_s) == ("signed", 3600.0)
            alarms = await node.alarms()
            assert not {"agreement suspended", "suspended", "suspended by us"} & set(alarms)

    run(story)


def test_notice_ends_it_on_the_day_and_conflicts_are_found_after_it():
    async def story(pair):
        matter = await signed_by_both(pair, version())
        with pytest.raises(NotFittingError, match="10 days' notice"):
            await say(pair.north, matter, AgreementTerminated, ends_s=T0 + 9 * DAY_S)
        await say(pair.north, matter, AgreementTerminated, ends_s=T0 + 10 * DAY_S)
        await pair.settle()
        for node in (pair.north, pair.south):
            assert "agreement ends" in await node.alarms()
        pair.clock.now = T0 + 10 * DAY_S + 1.0
        for node in (pair.north, pair.south):
            await node.tick()
        await pair.settle()
        for node in (pair.north, pair.south):
            assert "agreement ended" in await node.alarms()
            assert node.desk.agreement == version()

    run(story)


def test_an_agreement_expires_loudly_before_and_after_and_is_searched_under_all_the_same():
    ends = version(validity=TimeWindow(T0 - DAY_S, T0 + 3 * DAY_S))

    async def story(pair):
        await signed_by_both(pair, ends)
        for days, wanted in (
            (1.0, set()),
            (2.1, {"agreement expires"}),
            (3.1, {"agreement expired"}),
        ):
            pair.clock.now = T0 + days * DAY_S
            for node in (pair.north, pair.south):
                await node.tick()
                alarms = {kind for kind in await node.alarms() if kind.startswith("agreement ")}
                assert alarms == wanted
        texts = [one.text for one in await pair.north.desk.read(queries.alarms)]
        assert any(f"clause {FIRST.clauses[0].id}" in one for one in texts)
        near = a_volume(lon_deg=33.32, time=TimeWindow(T0 + 3.5 * DAY_S, T0 + 3.6 * DAY_S))
        await pair.north.declare(an_activity("north", "A1", volumes=(near,)))
        await pair.south.declare(an_activity("south", "B1", volumes=(near,)))
        await pair.settle()
        assert len(await pair.north.conflicts()) == 1

    run(story)


def test_a_node_killed_between_the_last_signature_and_the_search_takes_it_up_when_it_starts():
    async def story(pair):
        later = version()
        matter = await propose(pair.north, later)
        await pair.settle()
        await sign(pair.north, matter, later)
        await pair.settle()
        south = pair.south
        before = south.desk.bench
        await sign(south, matter, later)
        # As it was when the process was killed: signed and kept, nothing searched yet.
        await south.store.transact(lambda tx: renewing.note_current(tx, before.settings))
        again = make_node("south", FIRST, pair.clock, store=south.store)
        task = asyncio.create_task(again.desk.run())
        await again.tick()
        assert again.desk.agreement == later
        assert await south.store.read(lambda r: renewing.is_current(r, again.desk.bench.settings))
        task.cancel()

    run(story)


def test_another_process_that_signs_last_has_the_running_node_take_it_up():
    async def story(pair):
        later = version()
        matter = await propose(pair.north, later)
        await pair.settle()
        await sign(pair.north, matter, later)
        await pair.settle()
        other = make_node("south", FIRST, pair.clock, store=pair.south.store)
        task = asyncio.create_task(other.desk.run())
        await sign(other, matter, later)
        assert other.desk.agreement == later
        assert pair.south.desk.agreement == FIRST
        await pair.south.tick()
        assert pair.south.desk.agreement == later
        await pair.settle()
        assert pair.north.desk.agreement == later
        task.cancel()

    run(story)
