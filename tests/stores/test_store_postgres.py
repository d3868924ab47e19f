"""What only a store behind a line can get wrong: lost lines, collisions, a database of others."""

import asyncio
import subprocess
import sys

import psycopg
import pytest
from stores_under_test import homes, run

from wideberth.adapters.store_postgres import PostgresStore
from wideberth.adapters.store_postgres.marks import Marks
from wideberth.adapters.store_postgres.opening import connect, migrate, migrations
from wideberth.node.ports import StoreError, UncertainError


@pytest.fixture(scope="module")
def fresh_postgres():
    with homes("postgres") as give:
        yield give


def _lines_cut(dsn):
    """Cut every other line to the server, as a fallen switch does."""
    with psycopg.connect(dsn, autocommit=True) as db:
        db.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


def test_a_line_lost_before_the_commit_is_made_anew_and_the_work_run_again(fresh_postgres):
    home, runs = fresh_postgres(), []

    def work(t):
        count = int(t.get("t", "count") or b"0")
        runs.append(count)
        if len(runs) == 1:
            _lines_cut(home.dsn)
        t.put("t", "count", b"%d" % (count + 1))

    async def body():
        store = home.open()
        await store.transact(work)
        seen = await store.read(lambda r: r.get("t", "count"))
        await store.close()
        return seen

    assert run(body()) == b"1"
    assert runs == [0, 0]


def test_idle_lines_that_were_cut_are_made_anew(fresh_postgres):
    home = fresh_postgres()

    async def body():
        store = home.open()
        for i in range(8):
            await store.transact(lambda t, i=i: t.put("t", f"{i}", b""))
            _lines_cut(home.dsn)
        seen = await store.read(lambda r: len(list(r.scan("t"))))
        await store.close()
        return seen

    assert run(body()) == 8


class _LineThatBreaksAfterCommit(psycopg.Connection):
    """Commits, and loses the line before the answer."""

    def commit(self):
        super().commit()
        self.close()
        raise psycopg.OperationalError("server closed the connection unexpectedly")


class _LineThatBreaksBeforeCommit(psycopg.Connection):
    """Loses the line on the way to the commit: to the caller it looks the same."""

    def commit(self):
        self.close()
        raise psycopg.OperationalError("server closed the connection unexpectedly")


def _counting_over(home, line, *, lost_for_good=False):
    """Return how often the work ran, and what is kept, when its first line is a bad one."""
    runs = []

    def work(t):
        runs.append(1)
        t.put("t", "count", b"%d" % (int(t.get("t", "count") or b"0") + 1))
        return "answer"

    async def body():
        store = PostgresStore.open(home.dsn, wait_s=0.3 if lost_for_good else 30.0)
        while not store._idle.empty():
            store._idle.get()
        store._idle.put(line.connect(home.dsn))
        store._idle.put(None)
        try:
            if lost_for_good:
                store._dsn = NOBODY
                with pytest.raises(UncertainError, match="Look whether"):
                    await store.transact(work)
                store._dsn = home.dsn
            else:
                assert await store.transact(work) == "answer"
            return await store.read(lambda r: r.get("t", "count"))
        finally:
            await store.close()

    kept = run(body())
    return len(runs), kept


NOBODY = "postgresql://nobody@127.0.0.1:1/none?connect_timeout=2"


def test_a_commit_whose_answer_was_lost_is_found_out_and_not_run_twice(fresh_postgres):
    assert _counting_over(fresh_postgres(), _LineThatBreaksAfterCommit) == (1, b"1")


def test_a_commit_that_never_came_is_found_out_and_run_again(fresh_postgres):
    assert _counting_over(fresh_postgres(), _LineThatBreaksBeforeCommit) == (2, b"1")


def test_a_commit_that_nobody_can_ask_about_is_said_and_not_run_twice(fresh_postgres):
    seen = _counting_over(fresh_postgres(), _LineThatBreaksAfterCommit, lost_for_good=True)
    assert seen == (1, b"1")


def test_a_store_that_is_closed_leaves_no_mark(fresh_postgres):
    home = fresh_postgres()

    async def body():
        store = home.open()
        await store.transact(lambda t: t.put("t", "a", b"1"))
        await store.close()

    run(body())
    with psycopg.connect(home.dsn) as db:
        assert db.execute("SELECT count(*) FROM commits").fetchone() == (0,)


def test_a_server_that_is_not_there_is_said():
    with pytest.raises(StoreError, match="cannot be reached"):
        PostgresStore.open(NOBODY)


WITHOUT_DRIVER = """
import sys
sys.modules["psycopg"] = None
from wideberth.adapters.store_postgres import PostgresStore
from wideberth.node.ports import StoreError
try:
    PostgresStore.open("postgresql:///any")
except StoreError as error:
    print(error)
"""


def test_a_missing_driver_names_the_extra():
    said = subprocess.run(
        [sys.executable, "-c", WITHOUT_DRIVER], capture_output=True, text=True, check=True
    )
    assert "wideberth[postgres]" in said.stdout


def test_an_error_names_no_content(fresh_postgres):
    home = fresh_postgres()

    async def body():
        store = home.open()
        with pytest.raises(StoreError) as caught:
            await store.transact(lambda t: t.put("secret\x00table", "secret", b"secret"))
        await store.close()
        return str(caught.value)

    assert "secret" not in run(body())


def test_a_newer_postgres_schema_is_refused(fresh_postgres):
    home = fresh_postgres()
    run(home.open().close())
    with psycopg.connect(home.dsn, autocommit=True) as db:
        db.execute("UPDATE meta SET value = '99' WHERE name = 'schema'")
    with pytest.raises(StoreError, match=r"schema 99.*newer Wideberth"):
        home.open()


def test_a_postgres_migration_that_fails_leaves_the_old_schema_and_data(fresh_postgres):
    home = fresh_postgres()

    async def fill():
        store = home.open()
        await store.transact(lambda t: t.put("t", "a", b"1"))
        await store.close()

    run(fill())
    steps = (*migrations(), "CREATE TABLE more (a INTEGER); DROP TABLE records", "NONSENSE")
    db = connect(home.dsn)
    with pytest.raises(StoreError, match="as it was before"):
        migrate(db, steps)
    assert db.execute("SELECT to_regclass('more') IS NULL").fetchone() == (True,)
    assert db.execute("SELECT value FROM records").fetchall() == [(b"1",)]
    db.rollback()
    migrate(db, steps[:-1])
    assert db.execute("SELECT to_regclass('more') IS NULL").fetchone() == (False,)
    db.close()


def test_nodes_that_start_at_once_on_an_empty_database_agree(fresh_postgres):
    home = fresh_postgres()

    async def body():
        stores = await asyncio.gather(*(asyncio.to_thread(home.open) for _ in range(6)))
        await asyncio.gather(*(s.transact(lambda t: t.put("t", "a", b"1")) for s in stores))
        await asyncio.gather(*(s.close() for s in stores))

    run(body())


def test_a_commit_that_the_server_is_not_done_with_is_waited_for_but_not_for_ever(fresh_postgres):
    home = fresh_postgres()
    run(home.open().close())
    marks = Marks("mine")
    with psycopg.connect(home.dsn) as old, psycopg.connect(home.dsn) as new:
        marks.begin(new)
        new.commit()
        marks.set(old)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            marks.is_kept(new)
        old.commit()
        assert marks.is_kept(new)
        marks.set(old)
        old.rollback()
        assert not marks.is_kept(new)
