"""What only a store in a file can get wrong: crashes, other processes, other people's files."""

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from stores_under_test import a_box, run

from wideberth.adapters.store_sqlite import SqliteStore
from wideberth.adapters.store_sqlite.opening import connect
from wideberth.node.ports import StoreError

WRITER = """
import asyncio, sys
from wideberth.adapters.store_sqlite import SqliteStore
from wideberth.node.ports import Box

async def write(path, name, most):
    store = SqliteStore.open(path)
    async def one(i):
        def work(t):
            count = int(t.get("count", "all") or b"0")
            t.put("count", "all", b"%d" % (count + 1))
            t.put("made", f"{name}{i:06d}", b"x" * 500)
            lon = i % 90
            t.place(f"{name}{i:06d}", [Box(lon, 1, lon + 1, 2, 0, 1, 0, 9e9, 0, 1e9)])
        await store.transact(work)
        print(f"{name}{i:06d}", flush=True)
    for i in range(0, most, 4):
        await asyncio.gather(*(one(i + k) for k in range(4)))
    await store.close()

asyncio.run(write(sys.argv[1], sys.argv[2], int(sys.argv[3])))
"""


def _writing(path, *, name="w", most=10**6):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(most)],
        stdout=subprocess.PIPE,
        text=True,
    )


def _sound(path):
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("SELECT rtreecheck('boxes')").fetchone() == ("ok",)


def _seen(path):
    async def body():
        store = SqliteStore.open(path)

        def look(r):
            made = [key for key, _ in r.scan("made")]
            return (
                made,
                int(r.get("count", "all") or b"0"),
                r.near([a_box(**WIDE)]),
            )

        seen = await store.read(look)
        await store.close()
        return seen

    return run(body())


WIDE = {
    "west_deg": -180.0,
    "east_deg": 180.0,
    "south_deg": -90.0,
    "north_deg": 90.0,
    "start_s": 0.0,
    "end_s": 9e9,
    "low_hz": 0.0,
}


@pytest.mark.parametrize("lines", [1, 30, 333])
def test_kill_9_loses_nothing_acknowledged_and_leaves_a_sound_file(tmp_path, lines):
    path = tmp_path / "node.store"
    acknowledged = []
    for life in "ab":
        process = _writing(path, name=life)
        acknowledged += [process.stdout.readline().strip() for _ in range(lines)]
        process.send_signal(signal.SIGKILL)
        acknowledged += [line.strip() for line in process.stdout if line.endswith("\n")]
        process.wait()
    made, count, places = _seen(path)
    assert set(made) >= set(acknowledged)
    assert len(acknowledged) >= 2 * lines
    assert count == len(made)
    assert places == set(made)
    _sound(path)


def test_two_processes_share_a_file(tmp_path):
    path = tmp_path / "node.store"
    processes = [_writing(path, name=name, most=200) for name in "ab"]
    acknowledged = [line.strip() for p in processes for line in p.communicate()[0].splitlines()]
    assert [p.returncode for p in processes] == [0, 0]
    made, count, places = _seen(path)
    assert sorted(acknowledged) == made
    assert (count, places) == (400, set(made))
    _sound(path)


def test_a_log_from_a_crash_is_read_on_opening(tmp_path):
    """The files as they lie while the store is open are what a power cut leaves."""
    path = tmp_path / "node.store"

    async def body():
        store = SqliteStore.open(path)
        await store.transact(lambda t: t.put("t", "a", b"1"))
        for end in ("", "-wal"):
            shutil.copy(f"{path}{end}", tmp_path / f"copy{end}")
        await store.close()
        copy = SqliteStore.open(tmp_path / "copy")
        seen = await copy.read(lambda r: r.get("t", "a"))
        await copy.close()
        return seen

    assert run(body()) == b"1"


def test_the_log_does_not_grow_without_end(tmp_path):
    path, log = tmp_path / "node.store", tmp_path / "node.store-wal"

    def work(i):
        return lambda t: t.put("t", f"{i % 9}", bytes([i % 251]) * 200_000)

    async def body():
        store = SqliteStore.open(path)
        for i in range(800):
            await store.transact(work(i))
        size = log.stat().st_size
        await store.close()
        return size

    assert run(body()) < 110_000_000  # 160 MB were written


def test_a_reader_sees_one_instant(tmp_path):
    async def body():
        store = SqliteStore.open(tmp_path / "node.store")
        other = SqliteStore.open(tmp_path / "node.store")
        await store.transact(lambda t: t.put("t", "a", b"old"))
        loop = asyncio.get_running_loop()

        def look(r):
            first = r.get("t", "a")
            change = store.transact(lambda t: t.put("t", "a", b"new"))
            asyncio.run_coroutine_threadsafe(change, loop).result()
            return first, r.get("t", "a")

        seen = await other.read(look)
        after = await other.read(lambda r: r.get("t", "a"))
        await store.close()
        await other.close()
        return seen, after

    assert run(body()) == ((b"old", b"old"), b"new")


def test_a_file_locked_for_too_long_is_said(tmp_path):
    path = tmp_path / "node.store"

    async def body():
        store = SqliteStore.open(path, wait_s=0.05)
        with closing(connect(path, wait_s=0.05)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="another process holds"):
                await store.transact(lambda t: t.put("t", "a", b""))
            other.execute("ROLLBACK")
        await store.transact(lambda t: t.put("t", "b", b""))
        kept = await store.read(lambda r: [key for key, _ in r.scan("t")])
        await store.close()
        return kept

    assert run(body()) == ["b"]


def test_a_full_disk_is_said_and_costs_nobody_else_their_change(tmp_path):
    """A page limit is SQLite's own full disk: the same code, the same automatic rollback."""
    path = tmp_path / "node.store"

    def swallow(t):
        try:
            t.put("t", "big", bytes(10_000_000))
        except StoreError:
            t.put("t", "beside", b"must not be kept alone")

    async def body():
        store = SqliteStore.open(path)
        store._writer._db.execute("PRAGMA max_page_count = 200")
        outcomes = await asyncio.gather(
            store.transact(lambda t: t.put("t", "a", b"1")),
            store.transact(lambda t: t.put("t", "b", bytes(10_000_000))),
            store.transact(swallow),
            store.transact(lambda t: t.put("t", "c", b"3")),
            return_exceptions=True,
        )
        kept = await store.read(lambda r: [key for key, _ in r.scan("t")])
        await store.close()
        return [str(outcome) if outcome else None for outcome in outcomes], kept

    (a, b, swallowed, c), kept = run(body())
    assert (a, c, kept) == (None, None, ["a", "c"])
    assert "disk is full" in b
    assert "disk is full" in swallowed


def test_a_damaged_file_is_said(tmp_path):
    path = tmp_path / "node.store"

    async def fill():
        store = SqliteStore.open(path)
        await store.transact(lambda t: [t.put("t", f"{i}", bytes(1000)) for i in range(500)])
        await store.close()

    async def look():
        store = SqliteStore.open(path)
        try:
            with pytest.raises(StoreError, match="damaged"):
                await store.read(lambda r: list(r.scan("t")))
        finally:
            await store.close()

    run(fill())
    with path.open("r+b") as file:
        file.seek(15 * 4096)
        file.write(os.urandom(300 * 4096))
    run(look())


def test_a_table_made_in_work_that_raised_can_be_made_again(tmp_path):
    def bad(t):
        t.put("new", "a", b"1")
        t.put("new", "b", t.get("new", "a"))
        raise ValueError

    async def body():
        store = SqliteStore.open(tmp_path / "node.store")
        with pytest.raises(ValueError):
            await store.transact(bad)
        await store.transact(lambda t: t.put("other", "c", b"3"))
        works = [bad, lambda t: t.put("new", "d", b"4"), bad]
        await asyncio.gather(*map(store.transact, works), return_exceptions=True)
        await store.transact(lambda t: t.put("NEW", "e", b"5"))
        seen = await store.read(lambda r: [list(r.scan(t)) for t in ("new", "other", "NEW")])
        await store.close()
        return seen

    assert run(body()) == [[("d", b"4")], [("c", b"3")], [("e", b"5")]]
