"""The desk: a batch is one change, a refusal leaves nothing, and one command cannot fell others."""

import asyncio
from dataclasses import replace

import pytest
from two_nodes import T0, HandClock, a_volume, an_activity, an_agreement, make_node, two_nodes

from wideberth.adapters.store_memory import MemoryStore
from wideberth.model.activity import Disclosure, State
from wideberth.model.command import ChangeState, Declare, Receive, Tick
from wideberth.model.footprint import Circle
from wideberth.node import queries, tables
from wideberth.node.desk import DeskClosedError
from wideberth.node.draft import Draft
from wideberth.node.ports import StoreError
from wideberth.node.refusals import (
    ConflictingRevisionError,
    IncompleteError,
    NotAllowedError,
    NotFoundError,
)
from wideberth.node.work import Work


def declared(name: str = "A1", **different):
    return Declare(an_activity("north", name, **different), "duty officer", "planner")


async def together(desk, *commands):
    """Give commands at once, so that the desk takes them as one batch."""
    return await asyncio.gather(*(desk.do(c) for c in commands), return_exceptions=True)


class CountingStore(MemoryStore):
    """A memory store that counts its commits, and fails when told."""

    def __init__(self) -> None:
        super().__init__()
        self.commits = 0
        self.fail_next = 0
        self.hostile = ""

    async def transact(self, work):
        if self.fail_next:
            self.fail_next -= 1
            raise StoreError("the disk is full.")
        done = await super().transact(lambda tx: work(_Hostile(tx, self.hostile)))
        self.commits += 1
        return done


class _Hostile:
    """A transaction that breaks on one record, as a bug would."""

    def __init__(self, below, poison: str) -> None:
        self._below, self._poison = below, poison

    def __getattr__(self, name):
        return getattr(self._below, name)

    def get(self, table, key):
        if self._poison and key.endswith(self._poison):
            raise StoreError("a damaged page") if "PAGE" in key else ZeroDivisionError("a bug")
        return self._below.get(table, key)


def running(work, store=None, agreement=None):
    """Run work with a desk that runs."""

    async def main():
        node = make_node("north", agreement or an_agreement(), HandClock(), store=store)
        task = asyncio.create_task(node.desk.run())
        try:
            return await work(node)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    return asyncio.run(main())


def test_commands_that_wait_together_are_one_commit():
    store = CountingStore()

    async def work(node):
        await node.do(Tick())
        before = store.commits
        await together(node.desk, *(declared(f"A{k}") for k in range(20)))
        return store.commits - before, await node.desk.read(queries.activities)

    commits, held = running(work, store)
    assert commits == 1
    assert len(held) == 20


def test_a_refused_command_leaves_nothing_and_its_neighbours_stand():
    async def work(node):
        wrong = replace(declared("BAD"), contact="")
        good, refused, also = await together(node.desk, declared("A1"), wrong, declared("A2"))
        assert isinstance(refused, IncompleteError)
        assert [problem[0] for problem in refused.problems] == ["contact"]
        rows = await node.desk.read(
            lambda r: {
                k
                for t in vars(tables).values()
                if isinstance(t, str) and t.isidentifier()
                for k, _ in r.scan(t)
            }
        )
        return good, also, [key for key in rows if "BAD" in key]

    good, also, traces = running(work)
    assert good.activity.activity.id == "A1"
    assert also.activity.activity.id == "A2"
    assert traces == []


def test_a_bug_in_one_command_does_not_take_the_others_down():
    store = CountingStore()
    store.hostile = "/POISON"

    async def work(node):
        results = await together(
            node.desk, declared("A1"), declared("POISON"), declared("A2"), declared("A3")
        )
        return results, await node.desk.read(queries.activities)

    (one, bug, two, three), held = running(work, store)
    assert isinstance(bug, ZeroDivisionError)
    assert [r.activity.activity.id for r in (one, two, three)] == ["A1", "A2", "A3"]
    assert [h.activity.id for h in held] == ["A1", "A2", "A3"]


def test_a_failing_store_is_told_to_everyone_who_waits_and_nothing_is_done_twice():
    store = CountingStore()

    async def work(node):
        await node.do(Tick())
        store.fail_next = 1
        results = await together(node.desk, declared("A1"), declared("A2"))
        again = await together(node.desk, declared("A1"), declared("A2"))
        return results, again

    results, again = running(work, store)
    assert all(isinstance(result, StoreError) for result in results)
    assert [result.activity.activity.revision for result in again] == [1, 1]


def test_a_stopping_desk_refuses_what_waits_and_what_comes():
    async def work(node):
        waits = asyncio.create_task(node.do(declared("A1")))
        await asyncio.sleep(0)
        task = next(t for t in asyncio.all_tasks() if "Desk.run" in repr(t))
        task.cancel()
        with pytest.raises(DeskClosedError):
            await waits
        with pytest.raises(DeskClosedError):
            await node.do(declared("A2"))
        return node.desk.status()

    assert running(work)["running"] is False


def test_an_own_declaration_and_a_peers_that_wait_together_see_each_other():
    async def main():
        async with two_nodes() as pair:
            await pair.south.declare(an_activity("south", "B1"))
            envelopes = await pair.south.desk.read(
                lambda r: [raw for _k, raw in r.scan(tables.OUTBOX)]
            )
            own, *_ = await together(
                pair.north.desk, declared("A1"), *(Receive(raw, "test") for raw in envelopes)
            )
            assert [met.b.activity for met in own.conflicts] == ["B1"]
            assert len(await pair.north.conflicts()) == 1

    asyncio.run(main())


def test_a_notifier_that_fails_stops_nothing_and_is_counted():
    async def work(node):
        class Broken:
            async def alert(self, role, text):
                raise OSError("no horn")

        node.desk._notifier = Broken()
        with pytest.raises(NotFoundError):
            await node.do(ChangeState("nothing", State.ENDED, "p"))
        late = declared("A1", volumes=(a_volume(time=a_volume().time),))
        await node.do(late)
        node.clock.now = T0 + 20_000.0
        await node.tick()  # past its end: stale, which alerts
        await node.do(declared("A2", volumes=(a_volume(),)))
        return node.desk.status()

    status = running(work)
    assert status["running"] is True
    assert status["failed_alerts"] > 0


def test_who_watches_is_woken_by_a_commit_and_not_before():
    async def work(node):
        assert not await node.desk.next_event(0, 0.01)
        watching = asyncio.create_task(node.desk.next_event(0, 5.0))
        await node.do(declared("A1"))
        return await watching

    assert running(work) is True


def test_an_amendment_needs_the_revision_that_is_in_force():
    async def work(node):
        await node.do(declared("A1"))
        for wrong in (1, 3):
            with pytest.raises(ConflictingRevisionError) as refused:
                await node.do(declared("A1", revision=wrong))
            assert refused.value.held == 1
        moved = a_volume(footprint=Circle((33.2, 34.0), 10_000.0))
        return await node.do(declared("A1", revision=2, volumes=(moved,)))

    answer = running(work)
    assert answer.activity.activity.revision == 2
    assert "moved" in answer.activity.moved
    assert "km" in answer.activity.moved


def test_states_follow_one_another_only_as_f3548_allows():
    async def work(node):
        await node.do(declared("A1"))
        with pytest.raises(ConflictingRevisionError):
            await node.do(ChangeState("A1", State.ACTIVATED, "p", of_revision=7))
        active = await node.do(ChangeState("A1", State.ACTIVATED, "p", of_revision=1))
        with pytest.raises(NotAllowedError):
            await node.do(ChangeState("A1", State.WITHDRAWN, "p"))
        ended = await node.do(ChangeState("A1", State.ENDED, "p", reason="released early"))
        with pytest.raises(NotAllowedError):
            await node.do(ChangeState("A1", State.ACTIVATED, "p"))
        with pytest.raises(NotAllowedError):
            await node.do(declared("A1", revision=4))
        return active, ended

    active, ended = running(work)
    assert (active.activity.activity.revision, ended.activity.activity.revision) == (2, 3)
    assert ended.activity.reason == "released early"


def test_what_was_told_cannot_be_made_private():
    async def work(node):
        await node.do(declared("A1"))
        with pytest.raises(NotAllowedError):
            await node.do(declared("A1", revision=2, disclose=Disclosure.PRIVATE))

    running(work)


def test_a_node_speaks_for_its_own_party_only():
    async def work(node):
        with pytest.raises(NotAllowedError):
            await node.do(Declare(an_activity("south", "B1"), "duty officer", "p"))

    running(work)


def test_an_answer_says_what_is_late_and_what_is_too_late_to_act_on():
    async def main():
        async with two_nodes() as pair:
            soon = a_volume(time=type(a_volume().time)(T0 + 1800.0, T0 + 3600.0))
            at_once = a_volume(time=type(a_volume().time)(T0 + 300.0, T0 + 3600.0))
            late = await pair.north.declare(an_activity(name="L", volumes=(soon,)))
            too_late = await pair.north.declare(an_activity(name="T", volumes=(at_once,)))
            assert "late for south: 30 min of notice, 1.0 h owed" in late.advice[0]
            assert "too little to act on" in too_late.advice[0]

    asyncio.run(main())


def test_a_peer_that_sends_much_keeps_no_own_command_waiting_for_all_of_it():
    async def main():
        async with two_nodes() as pair:
            for k in range(60):
                await pair.south.declare(an_activity("south", f"B{k:02d}"))
            envelopes = await pair.south.desk.read(
                lambda r: [raw for _k, raw in r.scan(tables.OUTBOX)]
            )
            done = []

            async def ask(name, command):
                await pair.north.desk.do(command)
                done.append(name)

            theirs = [ask("theirs", Receive(raw, "test")) for raw in envelopes]
            await asyncio.gather(*theirs, ask("ours", declared("A1")))
            assert done.index("ours") <= 16
            assert len(done) == len(envelopes) + 1
            held = await pair.north.desk.read(queries.activities)
            assert len(held) == 61

    asyncio.run(main())


def test_a_store_that_fails_in_the_middle_is_no_refusal_and_nothing_of_the_batch_is_kept():
    store = CountingStore()
    store.hostile = "/PAGE"

    async def work(node):
        results = await together(node.desk, declared("A1"), declared("PAGE"), declared("A2"))
        return results, await node.desk.read(queries.activities)

    results, held = running(work, store)
    assert all(isinstance(result, StoreError) for result in results)
    assert held == []


def test_a_command_that_is_refused_after_it_has_written_leaves_nothing():
    async def work(node):
        def begin(transaction):
            whole = Work(node.desk.bench, Draft(transaction), T0)

            def half(attempt):
                attempt.draft.put(tables.META, "half", b"done")
                attempt.raise_alarm("half", "done", "never")
                raise NotFoundError("no more")

            with pytest.raises(NotFoundError):
                whole.attempt(half)
            assert whole.draft.get(tables.META, "half") is None
            assert list(whole.draft.scan(tables.ALARM)) == []
            assert whole.alerts == []

        await node.store.transact(begin)

    running(work)
