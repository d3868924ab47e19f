"""`wideberth node init` and `node run`."""

import asyncio
import logging
import signal
from pathlib import Path
from typing import Any, Final

import click

from wideberth.assembly.config import Api, NodeConfig, PeerSide, read_config
from wideberth.assembly.running import running
from wideberth.assembly.setting_up import set_up
from wideberth.cli.node_folder import (
    NodeFolder,
    leave,
    log_to_stderr,
    passphrase_of,
    passphrase_option,
    with_node,
)
from wideberth.cli.running import the_only_one
from wideberth.cli.screen import RED, YELLOW, say
from wideberth.peering.cards import open_card

_API: Final = Api()
_PEER: Final = PeerSide()


@click.command("init")
@click.argument("folder", metavar="FOLDER")
@click.option("--party", required=True, metavar="P", help="Whose node it is.")
@click.option("--agreement", required=True, metavar="FILE", help="What all parties signed.")
@click.option("--url", required=True, help="Where peers reach the node: https://host:port.")
@click.option("--store", default="node.db", show_default=True, help="A file, or postgresql://...")
@click.option("--api-host", default=_API.host, show_default=True, help="For people, tools.")
@click.option("--api-port", default=_API.port, show_default=True, type=click.IntRange(0, 65535))
@click.option("--peer-host", default=_PEER.host, show_default=True, help="For peers' nodes.")
@click.option("--peer-port", default=_PEER.port, show_default=True, type=click.IntRange(0, 65535))
@passphrase_option
def init(**given: Any) -> None:
    """Make a node in a new FOLDER: keys, store, configuration.

    Nothing listens beyond this machine unless you say so by --peer-host or --api-host.
    """
    leave(lambda: _init(**given))


def _init(
    *, folder: str, agreement: str, url: str, passphrase_file: str | None, **given: Any
) -> None:
    names = (given["api_host"], *(h for h in _API.hosts if h != given["api_host"]))
    config = NodeConfig(
        party=given["party"],
        store=given["store"],
        api=Api(given["api_host"], given["api_port"], names),
        peer=PeerSide(given["peer_host"], given["peer_port"]),
    )
    at = Path(folder)
    made = set_up(
        at, config, agreement=Path(agreement), url=url, passphrase=passphrase_of(passphrase_file)
    )
    card = open_card(made.keys.card)
    say(f"The node of {card.party} is in {folder}; peers reach it at {card.url}.")
    say("")
    say("Fingerprint, to be read aloud to each peer, on a line where they know your voice:")
    say(f"  {card.fingerprint}", "bold")
    say("")
    say(
        f"The root key is {at / 'keys' / 'root.key'}. Take it away now: who has it can be you.", RED
    )
    say("Lock it up twice, in two places; the node runs without it.")
    say("")
    say("One-time code for the first administrator, good for 7 days:")
    say(f"  {made.code}", "bold")
    say("")
    say(f"Next: wideberth peer card --folder {folder}, then wideberth node run --folder {folder}")


@click.command("run")
@with_node
def run(node: NodeFolder) -> int:
    """Run the node until Ctrl-C or SIGTERM. Its log goes to standard error, without content."""
    log_to_stderr(logging.INFO)
    read_config(node.path)
    with the_only_one(node.path):
        asyncio.run(_run(node))
    say("The node has stopped.")
    return 0


async def _run(node: NodeFolder) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(node.path, passphrase=node.passphrase) as now:
        config = now.config
        say(f"The node of {config.party} runs.")
        say(f"  people and tools  http://{_host(config.api.host)}:{now.api_port}")
        say(f"  peers             https://{_host(config.peer.host)}:{now.peer_port}")
        if now.keys.has_root_key:
            say("The root key still lies in the folder of keys. Take it away.", YELLOW)
        await stop.wait()


def _host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
