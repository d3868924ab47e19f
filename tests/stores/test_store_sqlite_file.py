"""The file a SQLite store lives in: whose it is, which schema it has, and copies of it."""

import sqlite3
import stat
from contextlib import closing

import pytest
from stores_under_test import a_box, run

from wideberth.adapters.store_sqlite import SqliteStore
from wideberth.adapters.store_sqlite.opening import connect, migrate, migrations
from wideberth.node.ports import StoreError

WIDE = {
    "west_deg": -180.0,
    "east_deg": 180.0,
    "south_deg": -90.0,
    "north_deg": 90.0,
    "start_s": 0.0,
    "end_s": 9e9,
    "low_hz": 0.0,
}


def test_the_file_is_for_its_owner_only(tmp_path):
    path = tmp_path / "node.store"
    run(SqliteStore.open(path).close())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(StoreError, match="Make the folder"):
        SqliteStore.open(tmp_path / "none" / "node.store")


def test_a_file_of_another_program_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE records (mine)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        SqliteStore.open(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "plan.geojson"
    path.write_text("{" * 5000)
    with pytest.raises(StoreError, match="no SQLite database"):
        SqliteStore.open(path)


def test_a_newer_schema_is_refused(tmp_path):
    path = tmp_path / "node.store"
    run(SqliteStore.open(path).close())
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match=r"schema 99.*newer Wideberth"):
        SqliteStore.open(path)


def test_a_migration_that_fails_leaves_the_old_schema_and_data(tmp_path):
    path = tmp_path / "node.store"

    async def fill():
        store = SqliteStore.open(path)
        await store.transact(lambda t: t.put("t", "a", b"1"))
        await store.close()

    run(fill())
    steps = (*migrations(), "CREATE TABLE more (a);\nDROP TABLE records_1;\n", "NONSENSE;\n")
    with closing(connect(path, wait_s=1.0)) as db:
        with pytest.raises(StoreError, match="as it was before"):
            migrate(db, steps)
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema")}
        assert "more" not in tables
        assert db.execute("SELECT key, value FROM records_1").fetchall() == [("a", b"1")]
        migrate(db, steps[:-2])
        assert db.execute("PRAGMA user_version").fetchone() == (len(steps) - 2,)


def test_a_migration_goes_from_where_the_file_is(tmp_path):
    path = tmp_path / "node.store"
    run(SqliteStore.open(path).close())
    steps = (*migrations(), "CREATE TABLE more (a);\nINSERT INTO more VALUES (1);\n")
    with closing(connect(path, wait_s=1.0)) as db:
        migrate(db, steps)
        migrate(db, steps)
        assert db.execute("SELECT a FROM more").fetchall() == [(1,)]
        assert db.execute("PRAGMA user_version").fetchone() == (len(steps),)


@pytest.mark.parametrize("way", ["VACUUM INTO", "backup"])
def test_a_backup_made_while_the_node_runs_opens_as_a_store(tmp_path, way):
    path, copy = tmp_path / "node.store", tmp_path / "backup.store"

    def fill(t):
        for i in range(300):
            t.put("t", f"{i:03d}", bytes(500))
            t.place(f"{i:03d}", [a_box(west_deg=float(i % 90), east_deg=i % 90 + 1.0)])
        for i in range(0, 300, 3):
            t.delete("t", f"{i:03d}")
            t.place(f"{i:03d}", [])

    async def body():
        store = SqliteStore.open(path)
        await store.transact(fill)
        with closing(sqlite3.connect(path)) as db:
            if way == "backup":
                with closing(sqlite3.connect(copy)) as target:
                    db.backup(target)
            else:
                db.execute("VACUUM INTO ?", (str(copy),))
        seen = await store.read(lambda r: (list(r.scan("t")), r.near([a_box(**WIDE)])))
        await store.close()
        return seen

    async def look():
        store = SqliteStore.open(copy)
        seen = await store.read(lambda r: (list(r.scan("t")), r.near([a_box(**WIDE)])))
        await store.transact(lambda t: t.place("new", [a_box()]))
        await store.close()
        return seen

    records, places = run(body())
    assert len(records) == len(places) == 200
    assert run(look()) == (records, places)
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("SELECT rtreecheck('boxes')").fetchone() == ("ok",)
