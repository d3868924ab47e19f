"""What every store does, case by case."""

import asyncio
import math

import pytest
from stores_under_test import a_box, run

from wideberth.adapters.store_sqlite import SqliteStore
from wideberth.errors import ImpossibleValueError, WideberthError
from wideberth.node.ports import NoCopyError


async def _with_store(fresh, body):
    store = fresh().open()
    try:
        return await body(store)
    finally:
        await store.close()


def _on(fresh, body):
    return run(_with_store(fresh, body))


def _fill(*pairs):
    return lambda t: [t.put("t", key, record) for key, record in pairs]


def test_a_record_is_read_back_and_replaced(fresh):
    async def body(store):
        await store.transact(lambda t: t.put("t", "a", b"one"))
        await store.transact(lambda t: t.put("t", "a", b"two\x00"))
        return await store.read(lambda r: (r.get("t", "a"), r.get("t", "b"), r.get("u", "a")))

    assert _on(fresh, body) == (b"two\x00", None, None)


def test_a_transaction_sees_its_own_writes(fresh):
    def work(t):
        t.put("t", "a", b"1")
        t.put("t", "b", b"")
        t.delete("t", "a")
        t.place("p", [a_box()])
        return t.get("t", "a"), t.get("t", "b"), list(t.scan("t")), t.near([a_box()])

    async def body(store):
        return await store.transact(work)

    assert _on(fresh, body) == (None, b"", [("b", b"")], frozenset({"p"}))


def test_work_that_raises_leaves_nothing(fresh):
    def work(t):
        t.put("t", "kept", b"changed")
        t.put("t", "new", b"1")
        t.delete("t", "gone")
        t.place("p", [])
        t.place("q", [a_box()])
        assert t.get("t", "new") == b"1"
        assert t.near([a_box()]) == {"q"}
        raise RuntimeError

    async def body(store):
        await store.transact(_fill(("kept", b"1"), ("gone", b"2")))
        await store.transact(lambda t: t.place("p", [a_box()]))
        with pytest.raises(RuntimeError):
            await store.transact(work)
        return await store.read(lambda r: (list(r.scan("t")), r.near([a_box()])))

    assert _on(fresh, body) == ([("gone", b"2"), ("kept", b"1")], frozenset({"p"}))


def test_a_store_goes_on_after_work_that_raised(fresh):
    def bad(t):
        t.put("t", "x", b"")
        raise StopIteration

    async def body(store):
        results = await asyncio.gather(
            *(store.transact(bad if i % 3 == 0 else _fill((f"{i}", b"x"))) for i in range(9)),
            return_exceptions=True,
        )
        kept = await store.read(lambda r: [key for key, _ in r.scan("t")])
        return [isinstance(result, BaseException) for result in results], kept

    raised, kept = _on(fresh, body)
    assert raised == [i % 3 == 0 for i in range(9)]
    assert kept == ["1", "2", "4", "5", "7", "8"]


def test_deleting_what_is_not_there_changes_nothing(fresh):
    async def body(store):
        await store.transact(lambda t: t.delete("t", "a"))
        return await store.read(lambda r: list(r.scan("t")))

    assert _on(fresh, body) == []


KEYS = ["", "\x00", "a", "a\x00", "a\x00b", "a ", "aa", "b", "B", "~", "\u00e9", "\ud7ff", "\uffff"]
KEYS += ["\U0001f600", "\U00010000"]


def test_keys_come_in_the_order_of_code_points(fresh):
    async def body(store):
        await store.transact(lambda t: [t.put("t", key, key.encode()) for key in KEYS])
        return await store.read(lambda r: [key for key, _ in r.scan("t")])

    assert _on(fresh, body) == sorted(KEYS)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, "abcde"),
        ({"first": "b"}, "bcde"),
        ({"first": "b", "before": "d"}, "bc"),
        ({"before": "d", "newest": True}, "cba"),
        ({"limit": 2}, "ab"),
        ({"limit": 2, "newest": True}, "ed"),
        ({"limit": 0}, ""),
        ({"first": "bb", "before": "dd", "limit": 9}, "cd"),
        ({"first": "d", "before": "b"}, ""),
        ({"before": ""}, ""),
    ],
)
def test_a_scan_keeps_to_its_ends_and_its_limit(fresh, asked, wanted):
    async def body(store):
        await store.transact(lambda t: [t.put("t", key, b"") for key in "edcba"])
        await store.transact(lambda t: t.put("s", "c", b"other"))
        seen = await store.transact(lambda t: [key for key, _ in t.scan("t", **asked)])
        return seen, await store.read(lambda r: [key for key, _ in r.scan("t", **asked)])

    assert _on(fresh, body) == (list(wanted), list(wanted))


def test_a_scan_is_settled_when_it_is_called(fresh):
    def work(t):
        seen = t.scan("t")
        t.put("t", "c", b"late")
        t.delete("t", "b")
        return [key for key, _ in seen]

    async def body(store):
        await store.transact(_fill(("a", b""), ("b", b"")))
        return await store.transact(work)

    assert _on(fresh, body) == ["a", "b"]


def test_a_place_moves_and_goes(fresh):
    far = a_box(west_deg=100.0, east_deg=101.0)

    async def body(store):
        await store.transact(lambda t: t.place("p", [a_box(), a_box(low_m=500.0)]))
        before = await store.read(lambda r: (r.near([a_box()]), r.near([far])))
        await store.transact(lambda t: t.place("p", [far]))
        moved = await store.read(lambda r: (r.near([a_box()]), r.near([far])))
        await store.transact(lambda t: t.place("p", []))
        return before, moved, await store.read(lambda r: r.near([far, a_box()]))

    there, nowhere = frozenset({"p"}), frozenset()
    assert _on(fresh, body) == ((there, nowhere), (nowhere, there), nowhere)


def test_no_box_is_near_nothing(fresh):
    async def body(store):
        await store.transact(lambda t: t.place("p", [a_box()]))
        return await store.read(lambda r: r.near([]))

    assert _on(fresh, body) == frozenset()


@pytest.mark.parametrize("bad", [{"west_deg": 12.0}, {"low_hz": math.nan}, {"end_s": math.nan}])
def test_a_box_that_cannot_be_is_refused(fresh, bad):
    async def body(store):
        with pytest.raises(ImpossibleValueError):
            await store.transact(lambda t: t.place("p", [a_box(**bad)]))
        with pytest.raises(ImpossibleValueError):
            await store.read(lambda r: r.near([a_box(**bad)]))

    _on(fresh, body)


def test_a_closed_store_refuses(fresh):
    async def body(store):
        await store.close()
        await store.close()
        with pytest.raises(WideberthError, match="closed"):
            await store.transact(lambda _: None)
        with pytest.raises(WideberthError, match="closed"):
            await store.read(lambda _: None)

    _on(fresh, body)


def test_what_was_written_is_there_when_opened_again(fresh):
    home = fresh()
    if not home.holds_two:
        return

    async def body():
        first = home.open()
        await first.transact(lambda t: (t.put("t", "a", b"1"), t.place("p", [a_box()])))
        await first.close()
        second = home.open()
        seen = await second.read(lambda r: (r.get("t", "a"), r.near([a_box()])))
        await second.close()
        return seen

    assert run(body()) == (b"1", frozenset({"p"}))


def test_a_copy_holds_what_was_kept_then_or_the_remedy_says_how_one_is_made(fresh, tmp_path):
    path = tmp_path / "copy.db"

    async def body(store):
        await store.transact(_fill(("a", b"1"), ("b", b"2")))
        try:
            await store.copy_to(str(path))
        except NoCopyError as refused:
            return refused.remedy
        await store.transact(_fill(("c", b"3")))
        copied = SqliteStore.open(path)
        try:
            return await copied.read(lambda r: list(r.scan("t")))
        finally:
            await copied.close()

    found = _on(fresh, body)
    assert found == [("a", b"1"), ("b", b"2")] or (isinstance(found, str) and found)
    assert isinstance(found, str) != path.exists()
