"""Waiting for what two processes do together; a machine that is busy is no failure."""

import time
from collections.abc import Callable

PATIENCE_S = 90.0
LOOK_EVERY_S = 0.05


def until(what: str, holds: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Return once it holds; raises AssertionError saying what did not happen."""
    end_s = time.perf_counter() + patience_s
    while not holds():
        assert time.perf_counter() < end_s, f"did not happen in {patience_s:g} s: {what}"
        time.sleep(LOOK_EVERY_S)
