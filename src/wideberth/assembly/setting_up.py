"""A new node: its folder, keys, store, first admin's code. Nothing is overwritten."""

import asyncio
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

_TEMPLATE: Final = """\
# Wideberth node; every key is explained in docs/node.md.
party = "{party}"
agreement = "agreement.toml"
store = "{store}"

[api]  # for people and their tools
host = "{api.host}"
port = {api.port}
hosts = [{hosts}]

[peer]  # for the other parties' nodes, mutual TLS
host = "{peer.host}"
port = {peer.port}
"""


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
    (folder / config.agreement).write_bytes(agreement.read_bytes())
    Settings.of(config.party, load_agreement(folder, config))
    keys = KeysFile.create(
        folder / KEYS, party=config.party, url=url, chance=SystemChance(), passphrase=passphrase
    )
    code = asyncio.run(_first_admin(folder, config))
    (folder / CONFIG).write_text(_text(config), encoding="utf-8")
    return Made(read_config(folder), keys, code)


async def _first_admin(folder: Path, config: NodeConfig) -> str:
    store = open_store(folder, config)
    try:
        return await open_first_admin(store, SystemChance(), now_s=SystemClock().now_s())
    finally:
        await store.close()


def _text(config: NodeConfig) -> str:
    hosts = ", ".join(f'"{host}"' for host in config.api.hosts)
    return _TEMPLATE.format(
        party=config.party, store=config.store, api=config.api, peer=config.peer, hosts=hosts
    )


__all__ = ["Api", "Made", "PeerSide", "set_up"]
