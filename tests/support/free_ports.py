"""Ports for nodes of tests: no other test on this machine has them, nor may a connection take them.

The system gives outgoing connections ports of its own range, so these are below it. Which are
taken is a lock on a byte of one file each, which a test process holds until it ends.
"""

import fcntl
import os
import socket
import tempfile
from functools import cache
from pathlib import Path

FIRST, LAST = 20_000, 29_999


@cache
def _locks() -> int:
    """Return the file of the locks; closing it would let all of them go."""
    path = Path(tempfile.gettempdir()) / f"wideberth-ports-{os.getuid()}.lock"
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


_TAKEN: set[int] = set()


def free_ports(count: int) -> list[int]:
    """Return ports on loopback that nothing listens on and no other test process has."""
    found: list[int] = []
    for port in range(FIRST, LAST):
        if len(found) == count:
            return found
        if port not in _TAKEN and _is_locked(port) and _is_free(port):
            _TAKEN.add(port)
            found.append(port)
    raise AssertionError(f"no {count} ports are free between {FIRST} and {LAST}")


def _is_locked(port: int) -> bool:
    """Lock a port for this process; return whether it is."""
    try:
        fcntl.lockf(_locks(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
    except OSError:
        return False
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
