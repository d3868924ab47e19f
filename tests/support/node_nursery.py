"""A process that has all of a node imported and makes nodes by forking: they start in no time.

python node_nursery.py: for each line of JSON on standard input, {"folder", "log"}, it
forks a process that runs the node of the folder, and prints its number. At the end of input it
ends, and so do the nodes that are left.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from wideberth.adapters.clock import SystemClock
from wideberth.adapters.store_postgres import PostgresStore  # noqa: F401 - imported once for all
from wideberth.adapters.store_sqlite import SqliteStore  # noqa: F401 - imported once for all
from wideberth.assembly.running import running

OFFSET = "clock_offset_s"  # in a node's folder: how far its clock is from the computer's


class OffsetClock(SystemClock):
    """The computer's clock, moved by what a file says, which a test may change at any time."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now_s(self) -> float:
        try:
            offset_s = float(self._file.read_text())
        except (OSError, ValueError):
            offset_s = 0.0
        return super().now_s() + offset_s


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def _run(folder: Path, life: int) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_reader(life, stop.set)  # readable when the nursery is gone
    async with running(folder, clock=OffsetClock(folder / OFFSET)):
        _say("runs")
        await stop.wait()
        loop.remove_reader(life)
    _say("stopped cleanly")


def _be_a_node(said: dict, life: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(said["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for ours, standard in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(ours, standard)
    asyncio.run(_run(Path(said["folder"]), life))


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them; they leave no trace
    life, held = os.pipe()
    _say("ready")
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            os.close(held)
            status = 1
            try:
                _be_a_node(json.loads(line), life)
                status = 0
            except BaseException:
                sys.excepthook(*sys.exc_info())
                raise
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status)
        _say(str(number))


if __name__ == "__main__":
    main()
