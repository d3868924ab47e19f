"""What a node does when it is asked to stop, when the disk is full, when its file is taken away."""

import asyncio
import resource
from contextlib import AsyncExitStack
from random import Random

import httpx2
from node_process import NodeProcess, node_processes
from node_traffic import a_form, an_air_activity
from node_whole import assert_whole, at_peace, at_rest

DRAW = Random(5)
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


async def declare(client: httpx2.AsyncClient, name: str) -> httpx2.Response:
    body = a_form(an_air_activity("north", name, DRAW))
    return await client.post("/api/v1/activities", json=body)


def test_a_node_that_is_asked_to_stop_ends_within_seconds_though_streams_are_open(tmp_path):
    async def journey(north: NodeProcess, south: NodeProcess):
        async with AsyncExitStack() as stack:
            client = await stack.enter_async_context(north.client())
            for _ in range(5):
                await stack.enter_async_context(client.stream("GET", "/events"))
            halfway = await asyncio.open_connection("127.0.0.1", north.api_port)
            halfway[1].write(b"POST /api/v1/activities HTTP/1.1\r\nContent-Le")
            await halfway[1].drain()
            assert (await declare(client, "A1")).status_code == 201
            took_s = await asyncio.to_thread(north.stop)
            halfway[1].close()
        return took_s

    with node_processes(tmp_path) as nodes:
        took_s = asyncio.run(journey(*nodes))
        assert "stopped cleanly" in nodes[0].said()
        assert "Traceback" not in nodes[0].said(), nodes[0].said()
    assert took_s < 30.0


def test_a_full_disk_is_said_loudly_nothing_is_half_done_and_reads_go_on(tmp_path):
    async def journey(nodes):
        north, _south = nodes
        async with north.client() as client:
            assert (await declare(client, "A1")).status_code == 201
            size = max(f.stat().st_size for f in north.folder.glob("node.db*"))
            resource.prlimit(north.number, resource.RLIMIT_FSIZE, (size, size * 100))
            refused = await until_refused(client)
            held = await client.get("/api/v1/activities/A1")
            assert held.status_code == 200
            health = (await client.get("/health")).json()["status"]
            resource.prlimit(north.number, resource.RLIMIT_FSIZE, (size * 100, size * 100))
            after = await declare(client, "B1")
            assert after.status_code == 201, after.text
            names = {one["activity"]["id"] for one in await all_of(client)}
        await at_peace(nodes)
        assert_whole(*await at_rest(nodes))
        return refused, health, names

    with node_processes(tmp_path) as nodes:
        (tried, answer), health, names = asyncio.run(journey(nodes))
        said = nodes[0].said()
    assert answer.status_code == 503, answer.text
    assert "nothing was done" in answer.json()["detail"]
    assert tried not in names
    assert "disk is full" in said or "does not read or write" in said, said
    assert health == "degraded"


async def until_refused(client: httpx2.AsyncClient) -> tuple[str, httpx2.Response]:
    """Declare until the disk is full; return what was refused, and how."""
    for number in range(3000):
        answer = await declare(client, f"F{number}")
        if answer.status_code != 201:
            return f"F{number}", answer
    raise AssertionError("the disk is never full")


async def all_of(client: httpx2.AsyncClient) -> list[dict]:
    found: list[dict] = []
    after = ""
    while True:
        query = {"party": "north", "limit": "1000", "after": after}
        page = (await client.get("/api/v1/activities", params=query)).json()
        found += page["items"]
        after = page.get("next", "")
        if not after:
            return found
