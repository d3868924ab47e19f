"""A copy of the SQLite store: one file, whole, made while others write."""

import asyncio
import stat

import pytest

from wideberth.adapters.store_sqlite import SqliteStore
from wideberth.node.ports import StoreError


async def opened(path, work):
    store = SqliteStore.open(path)
    try:
        return await work(store)
    finally:
        await store.close()


def test_a_copy_is_for_its_owner_only_and_one_file_by_itself(tmp_path):
    copy = tmp_path / "copies" / "one.db"
    copy.parent.mkdir()
    asyncio.run(opened(tmp_path / "store.db", lambda store: store.copy_to(str(copy))))
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert list(copy.parent.iterdir()) == [copy]


def test_what_is_there_already_is_not_written_over(tmp_path):
    copy = tmp_path / "one.db"
    copy.write_bytes(b"precious")
    with pytest.raises(StoreError, match="cannot be made"):
        asyncio.run(opened(tmp_path / "store.db", lambda store: store.copy_to(str(copy))))
    assert copy.read_bytes() == b"precious"


def test_a_copy_made_while_others_write_is_of_one_instant(tmp_path):
    def both(number):
        def work(transaction):
            for key in ("a", "b"):
                transaction.put("t", key, str(number).encode())

        return work

    async def main(store):
        await store.transact(both(0))
        writing = [asyncio.create_task(store.transact(both(n))) for n in range(1, 200)]
        for number in range(5):
            await store.copy_to(str(tmp_path / f"{number}.db"))
        await asyncio.gather(*writing)

    asyncio.run(opened(tmp_path / "store.db", main))
    for number in range(5):
        found = asyncio.run(
            opened(tmp_path / f"{number}.db", lambda s: s.read(lambda r: dict(r.scan("t"))))
        )
        assert found["a"] == found["b"]


def test_a_store_that_is_closed_makes_no_copy(tmp_path):
    async def main():
        store = SqliteStore.open(tmp_path / "store.db")
        await store.close()
        await store.copy_to(str(tmp_path / "one.db"))

    with pytest.raises(StoreError, match="closed"):
        asyncio.run(main())
    assert not (tmp_path / "one.db").exists()
