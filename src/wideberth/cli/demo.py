"""`wideberth demo`: two nodes on this machine tell a story, from the first key to the proof."""

import asyncio
import logging
import secrets
import signal
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from wideberth.assembly.demo_nodes import DemoNode, both_running, make_two
from wideberth.assembly.demo_people import seat_people
from wideberth.cli.demo_consoles import open_consoles, show_consoles
from wideberth.cli.demo_day import show_day
from wideberth.cli.demo_story import tell
from wideberth.cli.demo_voice import Voice
from wideberth.cli.node_folder import leave, log_to_stderr


@dataclass(frozen=True, slots=True)
class Showing:
    """How the demonstration is shown. seconds: so long; None: to the end of the story, or stays."""

    password: str
    seconds: float | None
    stays: bool
    is_seen: bool


@click.command("demo")
@click.option("--seconds", type=float, metavar="N", help="Stop after so many seconds.")
@click.option("--stay", is_flag=True, help="Keep the nodes running when the story is told.")
@click.option(
    "--password", default="", metavar="W", help="Of all users; else one made for this run."
)
def command(seconds: float | None, password: str, *, stay: bool) -> None:
    """Run two nodes on this machine and let them exchange for real, over TLS.

    Declarations, conflicts on both sides, receipts, an amendment, a line that goes down and comes
    back, ledgers proved, an ordinary day: told as it happens, and shown by two consoles. On a
    terminal it opens both in a browser and goes on until Ctrl-C; elsewhere it stops when the story
    is told, unless --stay or --seconds says otherwise. Nothing is left behind.
    """
    is_seen = sys.stdout.isatty()
    stays = stay or is_seen or seconds is not None
    showing = Showing(password or secrets.token_urlsafe(12), seconds, stays, is_seen)

    def work() -> None:
        log_to_stderr(logging.CRITICAL)
        with tempfile.TemporaryDirectory(prefix="wideberth-demo-") as folder:
            north, south = make_two(Path(folder))
            asyncio.run(_run(north, south, showing))

    leave(work)


async def _run(north: DemoNode, south: DemoNode, showing: Showing) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    voice = Voice()
    async with both_running(north, south):
        story = asyncio.create_task(_show(voice, north, south, showing), name="story")
        over = asyncio.create_task(stop.wait(), name="stop")
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(showing.seconds):
                    await asyncio.wait((story, over), return_when=asyncio.FIRST_COMPLETED)
                    if story.done():
                        story.result()
                    if showing.stays:
                        voice.line("The nodes run on; Ctrl-C stops them.")
                        await stop.wait()
        finally:
            for task in (story, over):
                task.cancel()
            await asyncio.gather(story, over, return_exceptions=True)
    voice.line("Both nodes have stopped; their folder is gone.")


async def _show(voice: Voice, north: DemoNode, south: DemoNode, showing: Showing) -> None:
    """Seat people at both consoles, tell the story, and say again where the consoles are."""
    nodes = (north, south)
    for node in nodes:
        await seat_people(node, showing.password)
    show_consoles(voice, nodes, showing.password)
    if showing.is_seen:
        await open_consoles(nodes)
    await tell(voice, north, south)
    await show_day(voice, north, south)
    voice.chapter(
        "Where to go on",
        "Each side's people work in a console of their own while its node runs; nothing here\n"
        "listens beyond this machine. `wideberth demo --stay` keeps both nodes running.",
    )
    show_consoles(voice, nodes, showing.password)
    voice.line("")
    voice.line("Do it by hand: docs/journeys/set-up-two-nodes.md")
