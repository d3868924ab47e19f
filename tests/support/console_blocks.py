"""Console blocks of Markdown pages, played as a reader would type them.

A block: lines that begin with `$ ` are typed; a line that ends in a backslash goes on in the next.
Lines under a command are said by it, in stdout or stderr, but for the width of gaps; `...` stands
for any lines. `$ echo $?` with a number under it states the exit code of the command before.
A command that ends in `&` runs beside the others, from when it has said that it runs; `$ kill %1`
ends the first of these, and must find it ending well. Ports of nodes are others here than on the
page, free ones.
"""

import re
import shlex
import shutil
import signal
import subprocess
import sys
import time

from dying_with_us import DYING_WITH_US
from free_ports import free_ports

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


_PORTS = re.compile(r"\b8(?:440|443|450|453)\b")  # of the nodes on the pages


def blocks_of(page):
    return _BLOCK.findall(page.read_text(encoding="utf-8"))


class Session:
    """A shell that knows `cd`, `echo $?`, `wideberth` and `make`, in a copy of the examples.

    unstated: the commands whose exit code was never stated.
    """

    def __init__(self, root, folder):
        self.root, self.top = root, folder
        shutil.copytree(root / "examples", folder / "examples", dirs_exist_ok=True)
        self.at, self.code, self.stdout, self.stderr = folder, None, "", ""
        self.command = ""
        self.unstated = []
        self.beside = []
        self.ports = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process, _said in self.beside:
            if process.poll() is None:
                process.kill()
                process.wait()

    def play(self, block):
        for typed, shown in _typed(block):
            self.run(typed)
            whole = f"{self.stdout}\n{self.stderr}"
            for there, here in self.ports.items():
                whole = whole.replace(here, there)
            said = {_evened(line) for line in whole.splitlines()}
            for line in shown:
                found = line == "..." or _evened(line) in said
                assert found, f"$ {typed}\ndoes not say:\n{line}\nbut:\n{self.stdout}{self.stderr}"

    def run(self, typed):
        typed = _PORTS.sub(lambda found: self._port(found[0]), typed)
        words = shlex.split(typed, comments=True)
        name = words[0].removeprefix(".venv/bin/")
        if typed == "echo $?":
            self._say(f"{self.code}\n")
            self.unstated.remove(self.command)
        elif name == "cd":
            self.at = (self.at / words[1]).resolve()
            assert self.at.is_dir(), typed
            assert self.at.is_relative_to(self.top.resolve()), typed
            self._say("")
        elif name == "wideberth" and words[-1] == "&":
            self._start(words[1:-1])
        elif name == "wideberth":
            self._wideberth(typed, words[1:])
        elif name == "kill" and words[1].startswith("%"):
            self._stop(int(words[1][1:]))
        elif name == "make":
            makefile = (self.root / "Makefile").read_text(encoding="utf-8")
            assert re.search(rf"^{words[1]}:", makefile, re.MULTILINE), typed
            self._say("")
        else:
            raise AssertionError(f"a page types what is not known here: {typed}")

    def _port(self, there):
        """Return the free port that stands here for a page's."""
        if there not in self.ports:
            self.ports[there] = str(free_ports(1)[0])
        return self.ports[there]

    def _start(self, arguments):
        said = self.top / f"beside-{len(self.beside) + 1}.txt"
        with said.open("w") as stream:
            process = subprocess.Popen(
                [*DYING_WITH_US, sys.executable, "-u", "-m", "wideberth", *arguments],
                cwd=self.at,
                stdout=stream,
                stderr=stream,
            )
        self.beside.append((process, said))
        while " runs." not in said.read_text(encoding="utf-8"):
            assert process.poll() is None, said.read_text(encoding="utf-8")
            time.sleep(0.05)
        self._say(said.read_text(encoding="utf-8"))

    def _stop(self, number):
        process, said = self.beside[number - 1]
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=120) == 0, said.read_text(encoding="utf-8")
        self._say(said.read_text(encoding="utf-8"))

    def _say(self, words):
        self.stdout, self.stderr = words, ""

    def _wideberth(self, typed, arguments):
        run = subprocess.run(
            [sys.executable, "-m", "wideberth", *arguments],
            cwd=self.at,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert "Traceback" not in run.stderr, run.stderr
        self.stdout, self.stderr, self.code = run.stdout, run.stderr, run.returncode
        self.command = typed
        self.unstated.append(typed)


def _evened(line):
    return " ".join(line.split())


def _typed(block):
    """Yield what is typed in a block, and the lines shown under it."""
    typed, shown = None, []
    for line in block.replace("\\\n", " ").splitlines():
        if line.startswith("$ "):
            if typed is not None:
                yield typed, shown
            typed, shown = line[2:].strip(), []
        elif line.strip():
            assert typed is not None, f"a console block begins with '$ ': {block}"
            shown.append(line)
    if typed is not None:
        yield typed, shown
