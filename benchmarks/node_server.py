"""A node's API in a process of its own, or a bare hello under the same server.

python -m benchmarks.node_server node FOLDER, or hello: prints one line of JSON, serves until its
standard input closes.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from wideberth.web.server import serve

STARTED = time.monotonic()


async def hello() -> None:
    """Serve the least a server can do."""

    async def answer(_: Request) -> Response:
        return PlainTextResponse("hello")

    async with serve(Starlette(routes=[Route("/", answer)])) as port:
        await _until_closed({"port": port})


async def node(folder: Path) -> None:
    """Serve a node's API without limits of rate; its token is made anew."""
    from wideberth.assembly.running import opened  # noqa: PLC0415 - hello needs none of it
    from wideberth.node.people import Permission  # noqa: PLC0415
    from wideberth.web.app import node_app  # noqa: PLC0415
    from wideberth.web.guard import Door, WebSettings  # noqa: PLC0415
    from wideberth.web.limits import Rate  # noqa: PLC0415

    async with opened(folder) as (_config, _keys, desk):
        free = Rate(1e9, 1e9)
        settings = WebSettings(hosts=frozenset({"127.0.0.1"}), rate=free, secure_cookies=False)
        door = Door.of(desk, desk.bench.chance, settings=settings)
        secret, _token = await door.tokens.issue(
            "bench", frozenset({Permission.DECLARE, Permission.READ}), title="bench", lasts_s=86_400
        )
        async with serve(node_app(door)) as port:
            opened_s = time.monotonic() - STARTED
            await _until_closed({"port": port, "token": secret, "opened_s": opened_s})


async def _until_closed(said: dict[str, object]) -> None:
    print(json.dumps(said), flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(hello() if sys.argv[1] == "hello" else node(Path(sys.argv[2])))
