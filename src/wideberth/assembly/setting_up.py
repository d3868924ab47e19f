"""A new node: its folder, keys, store, first admin's code. Nothing is overwritten."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wideberth.adapters.chance import SystemChance
from wideberth.adapters.clock import SystemClock
from wideberth.adapters.keys_file import KeysFile
from wideberth.assembly.config import (
    CONFIG,
    KEYS,
    Api,
    ConfigError,
    NodeConfig,
    PeerSide,
    load_agreement,
    read_config,
)
from wideberth.assembly.running import open_store
from wideberth.node.people_users import open_first_admin
from wideberth.node.settings import Settings

_SHOWN: Final = frozenset({"host", "port", "hosts"})


@dataclass(frozen=True, slots=True)
class Made:
    """A node that was made: its keys, and the code that makes the first admin, once."""

    config: NodeConfig
    keys: KeysFile
    code: str


def set_up(
    folder: Path, config: NodeConfig, *, agreement: Path, url: str, passphrase: bytes | None = None
) -> Made:
    """Make a node in a new or empty folder; raises ConfigError where there is one."""
    if (folder / CONFIG).exists():
        raise ConfigError(
            "there is a node in this folder already.",
            remedy="Choose another folder.",
            where=str(folder),
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _copy(agreement, folder / config.agreement)
    Settings.of(config.party, load_agreement(folder, config))
    keys = KeysFile.create(
        folder / KEYS, party=config.party, url=url, chance=SystemChance(), passphrase=passphrase
    )
    code = asyncio.run(_first_admin(folder, config))
    _write_own(folder / CONFIG, _text(config))
    return Made(read_config(folder), keys, code)


async def _first_admin(folder: Path, config: NodeConfig) -> str:
    store = open_store(folder, config)
    try:
        return await open_first_admin(store, SystemChance(), now_s=SystemClock().now_s())
    finally:
        await store.close()


def _copy(agreement: Path, there: Path) -> None:
    """Put the agreement into the folder; one that is there already must be the same."""
    try:
        said = agreement.read_bytes()
        if there.exists() and there.read_bytes() != said:
            raise ConfigError(
                "another agreement is in this folder already.",
                remedy="Choose another folder, or take that file away.",
                where=str(there),
            )
        there.write_bytes(said)
    except OSError as error:
        raise ConfigError(f"the agreement cannot be copied: {error.strerror}.") from error


def _write_own(path: Path, text: str) -> None:
    """Write a new file that only its owner can read: the store's address may hold a password."""
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(text, encoding="utf-8")


def _text(config: NodeConfig) -> str:
    """Return node.toml; every key that differs from what holds without it, and the usual ones."""
    lines = ["# Wideberth node; every key is explained in docs/node.md."]
    lines += [
        f"{name} = {_toml(getattr(config, name))}" for name in ("party", "agreement", "store")
    ]
    lines += ["", "[api]  # for people and their tools", *_section(config.api, Api())]
    lines += ["", "[peer]  # for the other parties' nodes, mutual TLS"]
    lines += _section(config.peer, PeerSide())
    return "\n".join((*lines, ""))


def _section(section: Api | PeerSide, usual: Api | PeerSide) -> Iterator[str]:
    for name in section.__struct_fields__:
        value = getattr(section, name)
        if name in _SHOWN or value != getattr(usual, name):
            yield f"{name} = {_toml(value)}"


def _toml(value: str | int | tuple[str, ...]) -> str:
    """Return a value as TOML writes it; its strings, lists and truth values are JSON's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


__all__ = ["Api", "Made", "PeerSide", "set_up"]
