"""The law that matters most: of two declarations made at once, one at least sees the other."""

import asyncio
import random
import threading
from contextlib import suppress

from stores_under_test import a_box, run

ROUNDS = 40


def _two(home):
    """Return two handles onto the same data, or the same handle twice where there is only one."""
    first = home.open()
    return first, home.open() if home.holds_two else first


def _declare(key, box, *, meeting=None):
    """Look for what is near, wait for the other to have looked as well, then take the place."""

    def work(t):
        found = t.near([box])
        if meeting is not None:
            with suppress(threading.BrokenBarrierError):
                meeting.wait(0.05)
        t.place(key, [box])
        t.put("activities", key, b"x")
        return found

    return work


def _boxes(i, chance):
    """Return two boxes that meet, in every size, some at the edges of cells."""
    west, size = chance.choice([-0.5, 0.0, 3.99, 7.3]) + 8.0 * i, chance.choice([0.01, 0.5, 6.0])
    one = a_box(west_deg=west, east_deg=west + size)
    other = a_box(west_deg=west + size, east_deg=west + size + chance.choice([0.0, 0.3, 5.0]))
    return one, other


def test_two_that_conflict_never_both_miss_each_other(fresh):
    async def body():
        first, second = _two(fresh())
        chance, missed = random.Random(3), []
        for i in range(ROUNDS):
            one, other = _boxes(i, chance)
            meeting = threading.Barrier(2) if i % 2 and first is not second else None
            a, b = await asyncio.gather(
                first.transact(_declare(f"a{i}", one, meeting=meeting)),
                second.transact(_declare(f"b{i}", other, meeting=meeting)),
            )
            if f"b{i}" not in a and f"a{i}" not in b:
                missed.append(i)
        placed = await first.read(lambda r: len(list(r.scan("activities"))))
        await first.close()
        await second.close()
        return missed, placed

    assert run(body()) == ([], 2 * ROUNDS)


def test_many_at_once_on_one_spot_are_all_seen_by_all_but_the_first(fresh):
    async def body():
        first, second = _two(fresh())
        stores = [first, second] * 6
        works = [_declare(f"{i}", a_box()) for i in range(len(stores))]
        jobs = [store.transact(work) for store, work in zip(stores, works, strict=True)]
        seen = await asyncio.gather(*jobs)
        await first.close()
        await second.close()
        return sorted(len(found) for found in seen)

    assert run(body()) == list(range(12))


def test_no_count_is_lost_between_two_handles(fresh):
    def count(t):
        t.put("t", "count", b"%d" % (int(t.get("t", "count") or b"0") + 1))

    async def body():
        first, second = _two(fresh())
        await asyncio.gather(*(store.transact(count) for store in [first, second] * 20))
        total = await second.read(lambda r: r.get("t", "count"))
        await first.close()
        await second.close()
        return total

    assert run(body()) == b"40"


def test_two_that_each_look_at_what_the_other_writes_do_not_both_go_by_the_old(fresh):
    """Write skew, the anomaly that snapshots alone let through: two on duty, both want to leave."""

    def leave(who, other, meeting):
        def work(t):
            may = t.get("duty", other) == b"on"
            if meeting is not None:
                with suppress(threading.BrokenBarrierError):
                    meeting.wait(0.05)
            if may:
                t.put("duty", who, b"off")

        return work

    async def body():
        first, second = _two(fresh())
        left = []
        for _ in range(20):
            await first.transact(lambda t: [t.put("duty", who, b"on") for who in "ab"])
            meeting = threading.Barrier(2) if first is not second else None
            await asyncio.gather(
                first.transact(leave("a", "b", meeting)),
                second.transact(leave("b", "a", meeting)),
            )
            left.append(await first.read(lambda r: [r.get("duty", who) for who in "ab"]))
        await first.close()
        await second.close()
        return left

    for duty in run(body()):
        assert sorted(duty) == [b"off", b"on"]


def test_a_reader_never_sees_half_a_change(fresh):
    async def body():
        first, second = _two(fresh())
        await first.transact(lambda t: [t.put("t", key, b"0") for key in "ab"])
        seen = []

        async def change():
            for i in range(60):
                value = b"%d" % i
                await first.transact(lambda t, v=value: [t.put("t", key, v) for key in "ab"])

        async def look():
            while len(seen) < 60:
                seen.append(await second.read(lambda r: (r.get("t", "a"), r.get("t", "b"))))

        await asyncio.gather(change(), look())
        await first.close()
        await second.close()
        return seen

    assert all(a == b for a, b in run(body()))
