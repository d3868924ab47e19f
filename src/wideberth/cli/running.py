"""One node a folder: a lock that lasts as long as the process that runs it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from wideberth.cli.outputs import RefusedError

_LOCK: Final = "running.lock"


@contextmanager
def the_only_one(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; raises RefusedError where another process runs the node."""
    handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RefusedError(f"{folder}: the node runs already. Stop that one first.") from None
        yield
    finally:
        os.close(handle)


def is_running(folder: Path) -> bool:
    """Return whether a process on this machine runs the node of a folder."""
    try:
        handle = os.open(folder / _LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(handle)
