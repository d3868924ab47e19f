"""A server that left its parents is ended when the test's process is gone, however that ended.

python ending_with_us.py FOLDER: waits until its standard input ends, then ends the PostgreSQL
server whose data is in the folder, if it still runs.
"""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

_GUARDS: list[subprocess.Popen[bytes]] = []  # their input ends when nothing holds them any more


def end_with_us(data: Path) -> None:
    """End the server of a data folder when this process is gone."""
    command = [sys.executable, __file__, str(data)]
    guard = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
    _GUARDS.append(guard)


def main() -> None:
    """Wait, then end the server at once."""
    sys.stdin.read()
    with suppress(OSError, ValueError, IndexError):
        number = (Path(sys.argv[1]) / "postmaster.pid").read_text().split()[0]
        os.kill(int(number), signal.SIGQUIT)


if __name__ == "__main__":
    main()
