"""From nothing to an answer: the command line in a fresh process."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, at_most

ROUNDS = 5
SCENARIO = Path("examples/eastern-mediterranean")


def figures() -> Iterator[Figure]:
    """Yield the cold times of `--help` and of `check` on two small files: the least of some."""
    yield at_most("wideberth --help, cold", _seconds("--help"), "s", 0.3)
    plans = [str(SCENARIO / f"{side}.geojson") for side in ("north", "south")]
    yield at_most("wideberth check of two small files, cold", _seconds("check", *plans), "s", 1.0)


def _seconds(*arguments: str) -> float:
    command = [sys.executable, "-m", "wideberth", *arguments]
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=False)
        times.append(time.perf_counter() - start)
        assert done.returncode in (0, 1), done.stderr.decode()
    return min(times)
