"""`wideberth demo`: two nodes on this machine tell a story, from the first key to the proof."""

import asyncio
import logging
import signal
import tempfile
from contextlib import suppress
from pathlib import Path

import click

from wideberth.assembly.demo_nodes import DemoNode, both_running, make_two
from wideberth.cli.demo_story import tell
from wideberth.cli.demo_voice import Voice
from wideberth.cli.node_folder import leave, log_to_stderr


@click.command("demo")
@click.option("--seconds", type=float, metavar="N", help="Stop after so many seconds.")
@click.option("--stay", is_flag=True, help="Keep the nodes running when the story is told.")
def command(seconds: float | None, *, stay: bool) -> None:
    """Run two nodes on this machine and let them exchange for real, over TLS.

    Declarations, conflicts on both sides, receipts, an amendment, a line that goes down and comes
    back, ledgers proved: told as it happens. Stops when the story is told, after --seconds, or at
    Ctrl-C; nothing is left behind.
    """

    def work() -> None:
        log_to_stderr(logging.CRITICAL)
        with tempfile.TemporaryDirectory(prefix="wideberth-demo-") as folder:
            north, south = make_two(Path(folder))
            asyncio.run(_run(north, south, seconds, stay=stay))

    leave(work)


async def _run(north: DemoNode, south: DemoNode, seconds: float | None, *, stay: bool) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    voice = Voice()
    async with both_running(north, south):
        story = asyncio.create_task(tell(voice, north, south), name="story")
        over = asyncio.create_task(stop.wait(), name="stop")
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await asyncio.wait((story, over), return_when=asyncio.FIRST_COMPLETED)
                    if story.done():
                        story.result()
                    if seconds is not None or stay:
                        voice.line("The nodes run on; Ctrl-C stops them.")
                        await stop.wait()
        finally:
            for task in (story, over):
                task.cancel()
            await asyncio.gather(story, over, return_exceptions=True)
    voice.line("Both nodes have stopped; their folder is gone.")
