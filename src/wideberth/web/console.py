"""The console's pages as the package build made them: verified, kept in memory, and served.

A file that is not as it was built is not served, and no other then either: the page says which
file it is, and the API goes on without the console.
"""

import asyncio
import gzip
import hashlib
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from wideberth.web.problems import answer, problem_of

STATIC: Final = Path(__file__).parent / "static"
POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self'; worker-src 'self';"
    " img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; object-src 'none';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_MANIFEST: Final = "manifest.json"
_INDEX: Final = "index.html"
_MEDIA: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}
_PACKED: Final = frozenset({".png", ".woff2"})  # compressed already
_LEAST_BYTES: Final = 1024  # below, compressing gains nothing
_NAME: Final = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*")
_HASHED: Final = re.compile(r"assets/.+-[A-Za-z0-9_-]{8}\.[a-z0-9]+")
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_SAFE: Final = frozenset({"GET", "HEAD"})

_NOT_BUILT: Final = "It was installed without it."
_BUILD: Final = (
    "In the sources, <code>make setup</code> builds it; a released wheel has it inside."
    " Then start the node again."
)
_ALTERED: Final = (
    "Install the package again from where you trust it, and find out who changed this one."
    " Until then the console is not shown, for it could show what is not so."
)
_PAGE: Final = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Wideberth</title></head>
<body>
<h1>Wideberth: no console</h1>
<p>This node runs, but it has no console to show. {why}</p>
<p>{remedy}</p>
<p>Its API works: <a href="openapi.json">openapi.json</a>, <a href="health">health</a>. The command
line works too: <code>wideberth --help</code>.</p>
</body>
</html>
"""


class _Manifest(Struct, frozen=True):
    """What the build left: SHA-256 of each file by its path."""

    files: dict[str, str]


@dataclass(slots=True)
class Asset:
    """A file of the console; compressed once, when first asked for so."""

    name: str
    content: bytes
    sha256: str
    _packed: bytes | None = field(default=None, init=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for it."""
        scope["wideberth.route"] = "(console)"
        if scope["method"] not in _SAFE:
            refused = problem_of(405, "this can only be read.", remedy="Use GET.")
            await answer(refused)(scope, receive, send)
            return
        asked = Headers(scope=scope)
        is_packed = self._may_be_packed() and "gzip" in asked.get("accept-encoding", "")
        headers = self._headers(packed=is_packed)
        if headers["etag"] in asked.get("if-none-match", ""):
            await Response(status_code=304, headers=headers)(scope, receive, send)
            return
        content = await self._compressed() if is_packed else self.content
        headers["content-length"] = str(len(content))
        body = content if scope["method"] == "GET" else b""
        await Response(body, headers=headers)(scope, receive, send)

    @property
    def suffix(self) -> str:
        """Return how the name ends, with the dot."""
        return Path(self.name).suffix

    def _headers(self, *, packed: bool) -> dict[str, str]:
        headers = {
            "content-type": _MEDIA.get(self.suffix, "application/octet-stream"),
            "content-security-policy": POLICY,
            "cache-control": self._caching(),
            "etag": f'"{self.sha256}{"-gzip" if packed else ""}"',
        }
        if self._may_be_packed():
            headers["vary"] = "accept-encoding"
        if packed:
            headers["content-encoding"] = "gzip"
        return headers

    def _caching(self) -> str:
        if self.name == _INDEX:
            return "no-store"
        return _FOR_EVER if _HASHED.fullmatch(self.name) else "no-cache"

    def _may_be_packed(self) -> bool:
        return self.suffix not in _PACKED and len(self.content) >= _LEAST_BYTES

    async def _compressed(self) -> bytes:
        if self._packed is None:
            self._packed = await asyncio.to_thread(gzip.compress, self.content, 6, mtime=0)
        return self._packed


@dataclass(frozen=True, slots=True)
class Console:
    """What there is to show; altered: the file that is not as it was built, if one is not."""

    assets: Mapping[str, Asset]
    altered: str = ""

    @property
    def routes(self) -> Sequence[Route]:
        """Return the console's routes; where there is none, a page that says so."""
        index = self.assets.get(_INDEX) or self._plain_page()
        others = (one for name, one in self.assets.items() if name != _INDEX)
        return (Route("/", index), *(Route(f"/{one.name}", one) for one in others))

    def _plain_page(self) -> Asset:
        altered = f"<code>{html.escape(self.altered)}</code> is not as it was built."
        why, remedy = (altered, _ALTERED) if self.altered else (_NOT_BUILT, _BUILD)
        content = _PAGE.format(why=why, remedy=remedy).encode()
        return Asset(_INDEX, content, hashlib.sha256(content).hexdigest())


def read_console(folder: Path = STATIC) -> Console:
    """Return the console of a folder, each file compared with the manifest."""
    try:
        manifest = msgspec.json.decode((folder / _MANIFEST).read_bytes(), type=_Manifest)
    except FileNotFoundError:
        return Console({}, _MANIFEST if (folder / _INDEX).exists() else "")
    except (OSError, msgspec.DecodeError, UnicodeError):
        return Console({}, _MANIFEST)
    assets = {}
    for name, sha256 in manifest.files.items():
        content = _content(folder, name)
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            return Console({}, name)
        assets[name] = Asset(name, content, sha256)
    return Console(assets, "" if _INDEX in assets else _MANIFEST)


def _content(folder: Path, name: str) -> bytes | None:
    """Return a file's content; None where it cannot be read, or the name leads elsewhere."""
    if not _NAME.fullmatch(name):
        return None
    try:
        return (folder / name).read_bytes()
    except OSError:
        return None
