"""The API behind its real server, over a real socket on loopback."""

import asyncio

import httpx2
from web_scenes import PASSWORD, Node, a_form

from wideberth.web.server import serve

HOST = "127.0.0.1"
NODE = Node(hosts=frozenset({HOST}))


def served(work):
    """Run work with a node and a client of its server."""

    async def scene():
        node = NODE
        node.door.closing = asyncio.Event()
        async with serve(node.app) as port:
            base = f"http://{HOST}:{port}"
            async with httpx2.AsyncClient(base_url=base, timeout=60.0) as client:
                return await work(node, client)

    return asyncio.run(scene())


async def sign_in(client):
    body = {"name": "planner", "password": PASSWORD}
    answer = await client.post("/api/v1/session", json=body)
    return {"x-csrf-token": answer.json()["csrf"]}


def test_a_browsers_session_declares_and_hears_of_it_and_the_stream_ends_with_the_node():
    async def work(node, client):
        csrf = await sign_in(client)
        lines = []
        async with client.stream("GET", "/events?after=0") as stream:
            made = await client.post("/api/v1/activities", json=a_form(), headers=csrf)
            async for line in stream.aiter_lines():
                lines.append(line)
                if line.startswith("data: "):
                    node.door.closing.set()
        return made.status_code, lines, node.door.streams

    status, lines, streams = served(work)
    assert (status, streams) == (201, 0)
    assert "id: 1" in lines
    assert "event: activity" in lines


def test_a_client_that_goes_away_leaves_no_stream_behind():
    async def work(node, client):
        await sign_in(client)
        async with client.stream("GET", "/events") as stream:
            assert stream.status_code == 200
            assert node.door.streams == 1
        async with asyncio.timeout(60.0):
            while True:
                if not node.door.streams:
                    return True
                await asyncio.sleep(0.01)

    assert served(work)


def test_an_answer_names_no_server_and_head_has_no_body():
    async def work(_node, client):
        got = await client.get("/health")
        head = await client.head("/health")
        return got, head

    got, head = served(work)
    assert "server" not in got.headers
    assert (head.status_code, head.content) == (200, b"")
