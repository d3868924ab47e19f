import asyncio
import hashlib

import pytest
from fake_desk import StandingClock
from web_scenes import Node

from wideberth.adapters.store_sqlite import SqliteStore
from wideberth.node.people import Role
from wideberth.web.backups import Backups

URL = "/api/v1/backup"


def test_each_backup_is_listed_with_the_digest_of_its_bytes_and_opens_as_a_store(tmp_path):
    clock, folder = StandingClock(), tmp_path / "backups"

    async def main():
        store = SqliteStore.open(tmp_path / "store.db")
        backups = Backups(store, folder, clock.now_s)
        try:
            await store.transact(lambda t: t.put("t", "a", b"1"))
            assert await backups.all() == []
            made = [await backups.make(), await backups.make()]
            clock.time_s += 5.0
            made.append(await backups.make())
            return made, await backups.all()
        finally:
            await store.close()

    async def kept(path):
        store = SqliteStore.open(path)
        try:
            return await store.read(lambda r: r.get("t", "a"))
        finally:
            await store.close()

    made, listed = asyncio.run(main())
    assert listed[0] == made[2]
    assert sorted(one.name for one in listed) == sorted(one.name for one in made)
    assert len({one.name for one in made}) == 3
    for one in listed:
        data = (folder / one.name).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (one.size, one.sha256)
    assert asyncio.run(kept(folder / made[0].name)) == b"1"


def test_what_is_no_backup_is_not_listed_and_a_missing_digest_is_said(tmp_path):
    for name in ("backup-x.db", "other.db", "backup-20270115T080000Z.db.sha256"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "backup-20270115T080000Z.db").write_bytes(b"abc")
    backups = Backups(Node().desk.store, tmp_path, StandingClock().now_s)
    (one,) = asyncio.run(backups.all())
    assert (one.name, one.size, one.sha256) == ("backup-20270115T080000Z.db", 3, "")
    assert one.made_s == 1_800_000_000.0


@pytest.mark.parametrize("folder", [None, "backups"])
def test_a_store_that_has_no_copy_says_what_to_do(tmp_path, folder):
    node = Node(backups=None if folder is None else tmp_path / folder)
    client = node.as_role(Role.ADMIN)
    answer = client.post(URL)
    assert (answer.status_code, bool(answer.json()["remedy"])) == (501, True)
    assert client.get(URL).json() == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_administrator_makes_or_sees_backups(role):
    client = Node().as_role(role)
    assert (client.post(URL).status_code, client.get(URL).status_code) == (403, 403)
