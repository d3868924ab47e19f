"""The join beside its peers: times in one process, peak memory in a process each."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from benchmarks import workload
from benchmarks.figure import Figure, at_least, at_most
from benchmarks.workload import Workload

Method = Callable[[Workload], tuple[np.ndarray, int]]

SLAB = "shapely slab"
RTREE = "SQLite R*Tree"
GRID = "DuckDB grid"
PLAIN = "ours, plain"
COMPILED = "ours, compiled"


def methods() -> dict[str, Method]:
    """Return every method that can run here, by name; the tuned peer first."""
    from benchmarks import ours, rtree, slab  # noqa: PLC0415 - each process loads what it runs

    found: dict[str, Method] = {SLAB: slab.run, RTREE: rtree.run, PLAIN: ours.plain}
    if find_spec("duckdb") is not None:
        from benchmarks import grid  # noqa: PLC0415

        found[GRID] = grid.run
    if find_spec("numba") is not None:
        found[COMPILED] = ours.compiled
    return found


def figures(size: int, kind: str, *, rounds: int, is_memory: bool) -> Iterator[Figure]:
    """Yield the figures of one workload; raises AssertionError unless all sets are equal."""
    work = workload.make(size, kind)
    label = f"{kind} {size:,}"
    seconds: dict[str, list[float]] = {}
    keys: dict[str, np.ndarray] = {}
    candidates = 0
    todo = methods()
    if COMPILED in todo:
        first = time.perf_counter()
        todo[COMPILED](work)
        yield Figure(f"{label}: {COMPILED}, first run", time.perf_counter() - first, "s")
    for _ in range(rounds):
        for name, method in todo.items():
            start = time.perf_counter()
            keys[name], counted = method(work)
            seconds.setdefault(name, []).append(time.perf_counter() - start)
            candidates = max(candidates, counted)
    for name, found in keys.items():
        assert np.array_equal(found, keys[SLAB]), f"{label}: {name} finds another set"
    yield Figure(f"{label}: box candidates of the slab", candidates, "pairs")
    yield Figure(f"{label}: true pairs, the same set by all", len(keys[SLAB]), "pairs")
    middle = {name: statistics.median(times) for name, times in seconds.items()}
    for name, took in middle.items():
        yield Figure(f"{label}: {name}", took, "s")
    yield from _ratios(label, size, middle)
    if is_memory:
        yield from _memory(label, size, kind, todo)


def _ratios(label: str, size: int, middle: dict[str, float]) -> Iterator[Figure]:
    if COMPILED not in middle:
        return
    ours = middle[COMPILED]
    name = f"{label}: slab / compiled"
    is_aim = label.startswith("uniform") and size >= 100_000
    if is_aim:
        yield at_least(name, middle[SLAB] / ours, "times", 8.0 if size >= 1_000_000 else 5.0)
        yield at_least(f"{label}: R*Tree / compiled", middle[RTREE] / ours, "times", 15.0)
    else:
        yield Figure(name, middle[SLAB] / ours, "times")
        yield Figure(f"{label}: R*Tree / compiled", middle[RTREE] / ours, "times")
    yield Figure(f"{label}: slab / plain", middle[SLAB] / middle[PLAIN], "times")


def _memory(label: str, size: int, kind: str, todo: dict[str, Method]) -> Iterator[Figure]:
    peak = {name: _peak_mb(name, size, kind) for name in todo}
    for name, used in peak.items():
        yield Figure(f"{label}: {name}, peak memory", used, "MB")
    if COMPILED in peak:
        share = peak[COMPILED] / peak[SLAB]
        name = f"{label}: memory compiled / slab"
        is_aim = label.startswith("uniform") and size >= 1_000_000
        yield at_most(name, share, "times", 0.5) if is_aim else Figure(name, share, "times")


def _peak_mb(name: str, size: int, kind: str) -> float:
    command = [sys.executable, "-m", "benchmarks.joins", name, str(size), kind]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout))


def _main() -> None:
    """Run one method once and print the peak memory of this process from its start on, MB.

    The kernel's own high-water mark, set back once the workload is made (proc(5), clear_refs);
    what getrusage tells is handed down from the parent.
    """
    name, size, kind = sys.argv[1:]
    work, method = workload.make(int(size), kind), methods()[name]
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    method(work)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak_kb = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    sys.stdout.write(json.dumps(int(peak_kb) / 1024.0))


if __name__ == "__main__":
    _main()
