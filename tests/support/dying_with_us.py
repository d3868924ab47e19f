"""Programs that a test starts end with the test's process, however that ends (kill -9, Ctrl-C).

subprocess.Popen([*DYING_WITH_US, sys.executable, "-m", "wideberth", ...])
"""

import ctypes
import os
import signal
import sys

DYING_WITH_US = (sys.executable, __file__)
_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Become the program given, which the kernel kills when our parent is gone (on Linux)."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() == parent:  # it is not gone already
        os.execv(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
