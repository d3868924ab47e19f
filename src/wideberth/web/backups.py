"""Copies of the store in the node's folder, each beside its SHA-256 as sha256sum writes it.

They hold all that the store holds; the node's keys are not in the store, and so not in them.
"""

import asyncio
import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from wideberth.node.ports import NoCopyError, Store

_NAME: Final = re.compile(r"backup-(\d{8}T\d{6}Z)(-\d+)?\.db")
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_BLOCK: Final = 1024 * 1024


class Backup(Struct, frozen=True, kw_only=True):
    """A copy of the store. sha256: of the file, as it was made; empty: it is not written down."""

    name: str
    made_s: float
    size: int
    sha256: str


class Backups:
    """Makes copies, one at a time, and lists them; folder None: this node keeps none."""

    def __init__(self, store: Store, folder: Path | None, now_s: Callable[[], float]) -> None:
        self._store = store
        self._folder = folder
        self._now_s = now_s
        self._turn = asyncio.Lock()

    async def make(self) -> Backup:
        """Return a new copy; raises NoCopyError, StoreError."""
        if self._folder is None:
            raise NoCopyError(
                "this node has no folder for backups.", remedy="Copy its store by hand."
            )
        async with self._turn:
            made_s = float(int(self._now_s()))
            await asyncio.to_thread(self._folder.mkdir, mode=0o700, exist_ok=True)
            path = await asyncio.to_thread(_free, self._folder, made_s)
            part = path.with_suffix(".part")
            await asyncio.to_thread(part.unlink, missing_ok=True)
            await self._store.copy_to(str(part))
            return await asyncio.to_thread(_finished, part, path, made_s)

    async def all(self) -> list[Backup]:
        """Return all copies, newest first."""
        folder = self._folder
        return [] if folder is None else await asyncio.to_thread(_listed, folder)


def _free(folder: Path, made_s: float) -> Path:
    stamp = datetime.fromtimestamp(made_s, UTC).strftime(_STAMP)
    path, number = folder / f"backup-{stamp}.db", 1
    while path.exists():
        number += 1
        path = folder / f"backup-{stamp}-{number}.db"
    return path


def _finished(part: Path, path: Path, made_s: float) -> Backup:
    """Write down the digest first, so that no copy is ever without it."""
    digest = hashlib.sha256()
    with part.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    said = _sidecar(path)
    said.write_text(f"{digest.hexdigest()}  {path.name}\n", encoding="utf-8")
    part.replace(path)
    return Backup(
        name=path.name, made_s=made_s, size=path.stat().st_size, sha256=digest.hexdigest()
    )


def _sidecar(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _listed(folder: Path) -> list[Backup]:
    found = []
    for path in folder.glob("backup-*.db"):
        named = _NAME.fullmatch(path.name)
        if named is None:
            continue
        made = datetime.strptime(named[1], _STAMP).replace(tzinfo=UTC)
        said = _sidecar(path)
        digest = said.read_text(encoding="utf-8").split(" ")[0] if said.is_file() else ""
        found.append(
            Backup(
                name=path.name,
                made_s=made.timestamp(),
                size=path.stat().st_size,
                sha256=digest if re.fullmatch("[0-9a-f]{64}", digest) else "",
            )
        )
    return sorted(found, key=lambda one: (one.made_s, one.name), reverse=True)
