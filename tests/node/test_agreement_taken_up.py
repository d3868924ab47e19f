"""An agreement comes into force in a running node, and no message is lost by it."""

import asyncio
import dataclasses
from types import SimpleNamespace

from agreement_scenes import (
    DAY_S,
    FIRST,
    propose,
    run,
    say,
    sign,
    signed_by_both,
    version,
)
from counted_chance import CountedChance
from msgspec import structs
from two_nodes import T0, make_node

from wideberth.model.clause import Clause
from wideberth.model.span import TimeWindow
from wideberth.node import queries, renewing, tables
from wideberth.node.council import matters
from wideberth.node.council.saying import Say
from wideberth.node.heard_under import heard_under
from wideberth.node.settings import Settings
from wideberth.node.work import Bench
from wideberth.peering.council.agreement import AgreementSuspended
from wideberth.peering.council.decision import DecisionProposed


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


CITING = DecisionProposed(role="secretary", title="T", text="By that clause.")


async def problems_of(node, decided):
    found = await node.desk.read(lambda r: matters.matter(r, "decision", node.party, decided.id))
    return found.steps[0].deliveries[0].problems


def test_what_we_ask_at_once_after_the_last_signature_is_done_under_the_new_agreement():
    async def story(pair):
        later = version()
        matter = await propose(pair.north, later)
        await pair.settle()
        await sign(pair.south, matter, later)
        await pair.settle()
        cited = structs.replace(CITING, clause="NEW")
        asked = [sign(pair.north, matter, later), pair.north.do(Say(cited, "anna"))]
        _signed, decided = await asyncio.gather(*asked)
        assert decided.matter is not None

    run(story)


def test_what_was_sent_under_the_agreement_before_is_judged_under_that_one():
    only = FIRST.clauses[0].id
    gone = version(
        clauses=(FIRST.clauses[0], Clause("NEW", "A new clause.")),
        separations=tuple(dataclasses.replace(one, clause=only) for one in FIRST.separations),
    )

    async def story(pair):
        matter = await propose(pair.north, gone)
        await pair.settle()
        await sign(pair.south, matter, gone)
        await pair.settle()
        cited = structs.replace(CITING, clause=FIRST.clauses[1].id)
        decided = (await pair.south.do(Say(cited, "anna"))).matter
        await sign(pair.north, matter, gone)
        assert pair.north.desk.agreement == gone
        await pair.settle()
        assert await problems_of(pair.south, decided) == ()
        late = (await pair.north.do(Say(structs.replace(CITING, clause="NEW"), "anna"))).matter
        await pair.settle()
        assert await problems_of(pair.north, late) == ()

    run(story)


def test_a_peer_whose_clock_brings_the_agreement_into_force_first_is_heard_under_it():
    later = version(validity=TimeWindow(T0 + DAY_S, T0 + 100 * DAY_S))

    async def story(pair):
        await signed_by_both(pair, later)
        south = pair.south
        before = south.desk.bench
        pair.clock.now = T0 + DAY_S + 1.0
        await pair.north.tick()
        assert pair.north.desk.agreement == later
        pair.clock.now = T0 + DAY_S - 1.0  # the south's clock is two seconds behind
        decided = (await pair.north.do(Say(structs.replace(CITING, clause="NEW"), "a"))).matter
        await pair.settle()
        assert south.desk.bench is before
        assert await problems_of(pair.north, decided) == ()

    run(story)


def test_nobody_goes_back_to_an_agreement_that_was_replaced_an_hour_ago():
    async def story(pair):
        await signed_by_both(pair, version())
        old = Bench(Settings.of("south", FIRST), pair.south.signer, CountedChance("south"))
        pair.clock.now += 3700.0
        kept, head = pair.south.store, {}
        digest_of_old = old.settings.agreement_digest
        for age_s, wanted in ((3700.0, FIRST), (0.0, version())):
            head = Aged(digest_of_old, pair.clock.now - age_s)
            found = await kept.read(
                lambda r, head=head: heard_under(r, head, pair.south.desk.bench.settings)
            )
            assert found.agreement == wanted

    run(story)


@dataclasses.dataclass
class Aged:
    """As much of a head as says under what it was sent, and when."""

    agreement_digest: str
    sent_s: float


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


def test_what_is_heard_under_a_version_before_this_node_takes_it_up_does_not_replace_that_version():
    third = version(3, validity=TimeWindow(T0 + DAY_S, T0 + 100 * DAY_S))

    async def story(pair):
        await signed_by_both(pair, version())
        matter = await signed_by_both(pair, third)
        pair.clock.now = T0 + DAY_S + 1.0
        await pair.south.tick()
        await say(pair.south, matter, AgreementSuspended, words="A reason.")
        await pair.settle()
        assert pair.north.desk.agreement == third
        pair.clock.now += 2 * 3600.0
        for old, is_known in ((version(), False), (third, True)):
            assert await _is_judged_under(pair.north, old, pair.clock.now) is is_known

    run(story)


async def _is_judged_under(node, agreement, sent_s):
    """Return whether a message of a peer's under an agreement would be judged under it."""
    first = Settings.of("north", FIRST)
    named = Settings.of("north", agreement).agreement_digest
    head = SimpleNamespace(agreement_digest=named, sent_s=sent_s)
    found = await node.desk.read(lambda r: heard_under(r, head, first))
    return found.agreement == agreement


def test_that_another_agreement_was_taken_up_is_told_to_who_watches():
    later = version()

    async def story(pair):
        await signed_by_both(pair, later)
        await pair.north.tick()
        told = await pair.north.desk.read(queries.events)
        digest = pair.north.desk.bench.settings.agreement_digest
        assert pair.north.desk.agreement == later
        assert [one.key for one in told if one.table == tables.AGREEMENT][-1:] == [digest]

    run(story)
