"""The ledger is proved from the console as at the command line, one audit at a time."""

import asyncio

from api_clients import client_of
from two_nodes import an_activity, two_nodes
from web_scenes import Node

from wideberth.node import tables
from wideberth.node.people import Role

URL = "/api/v1/ledger/verify"


async def verdict(client, query=""):
    started = await client.post(f"{URL}{query}")
    assert started.status_code == 202, started.text
    async with asyncio.timeout(60.0):
        while True:
            state = (await client.get(URL)).json()
            if not state["running"]:
                return state["last"]
            await asyncio.sleep(0.005)


async def until_it_ends(audits):
    while True:
        if not audits.state.running:
            return
        await asyncio.sleep(0)


def test_a_ledger_that_is_whole_is_said_to_be_and_a_changed_entry_is_named():
    async def main():
        async with two_nodes() as pair:
            await pair.north.declare(an_activity())
            await pair.settle()
            client = await client_of(pair.north, Role.OBSERVER)
            good = await verdict(client, "?peer=south")
            assert (good["whole"], good["peer"], good["failed"]) == (True, "south", "")
            key = tables.key(1)
            await pair.north.store.transact(lambda tx: tx.put(tables.ENTRY, key, b"{}"))
            bad = await verdict(client)
            assert (bad["whole"], bad["peer"]) == (False, "")
            assert bad["first_bad"] in (0, 1)
            unknown = await verdict(client, "?peer=nobody")
            assert (unknown["whole"], "no peer" in unknown["failed"]) == (False, True)

    asyncio.run(main())


def test_one_audit_runs_at_a_time_and_says_how_far_it_is():
    node = Node()
    client = node.as_role(Role.OBSERVER)

    assert client.get(URL).json() == {
        "running": False, "peer": "", "done": 0, "total": 0, "started_s": None, "last": None,
    }  # fmt: skip

    async def scene():
        audits, ledger = node.door.audits, node.door.ledger
        ledger.may_end = asyncio.Event()
        assert audits.start(ledger.verify, "") is True
        await asyncio.sleep(0)
        assert (audits.state.running, audits.state.done, audits.state.total) == (True, 0, 2)
        assert audits.start(ledger.verify, "south") is False
        ledger.may_end.set()
        await until_it_ends(audits)
        assert (audits.state.last.whole, audits.state.last.said) == (True, ("2 entries.",))

    asyncio.run(scene())


def test_an_audit_ends_when_the_node_does():
    node = Node()

    async def scene():
        node.door.closing = asyncio.Event()
        node.door.closing.set()
        node.door.audits.start(node.door.ledger.verify, "")
        await until_it_ends(node.door.audits)
        return node.door.audits.state.last

    last = asyncio.run(scene())
    assert (last.whole, last.failed) == (False, "the node stopped")


def test_who_is_nobody_proves_nothing():
    assert Node().client().post(URL).status_code == 401
    assert Node().client().get(URL).status_code == 401
