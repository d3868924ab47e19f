"""The program's commands, called in this process as a shell would call them.

nodes = TwoFolders.made(tmp_path)       # north and south, who know each other
nodes.north("activity", "declare", "north.geojson", "--contact", "duty officer")
nodes.carry("north", "south")           # by bundle file
"""

import contextlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from wideberth.cli import wideberth as program

EXAMPLE = Path(__file__).parents[2] / "examples" / "two-nodes"


def called(arguments, cwd, **more):
    """Return the result of a command; a crash is raised."""
    with contextlib.chdir(cwd):
        result = CliRunner().invoke(program, arguments, **more)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def wideberth(*arguments, cwd, code=0, **more):
    """Return what a command says on both streams; its exit code must be the one given."""
    result = called([str(one) for one in arguments], cwd, **more)
    assert result.exit_code == code, result.output
    return result.output


@dataclass(frozen=True)
class TwoFolders:
    """Two nodes' folders beside the files of the example."""

    at: Path

    @classmethod
    def made(cls, at, *, known=True, store=None, agreement="agreement.toml"):
        shutil.copytree(EXAMPLE, at, dirs_exist_ok=True)
        nodes = cls(at)
        more = [] if store is None else ["--store", store]
        for party in ("north", "south"):
            url = f"https://{party}.example:8443"
            given = ("--party", party, "--agreement", agreement, "--url", url)
            nodes.run("node", "init", party, *given, *more)
            nodes.run("peer", "card", "--folder", party, "--output", f"{party}.card")
        if known:
            nodes.run("peer", "add", "south.card", "--folder", "north", "--yes")
            nodes.run("peer", "add", "north.card", "--folder", "south", "--yes")
        return nodes

    def run(self, *arguments, **more):
        return wideberth(*arguments, cwd=self.at, **more)

    def north(self, *arguments, **more):
        return self.run(*arguments, "--folder", "north", **more)

    def south(self, *arguments, **more):
        return self.run(*arguments, "--folder", "south", **more)

    def json(self, side, *arguments, **more):
        return json.loads(self.run(*arguments, "--json", "--folder", side, **more))

    def declare(self, side, file=None, **more):
        plan = file or f"{side}.geojson"
        given = ("activity", "declare", plan, "--contact", "duty officer", "--folder", side)
        return self.run(*given, **more)

    def carry(self, sender, receiver, **more):
        name = f"to-{receiver}.bundle"
        self.run("peer", "export", receiver, name, "--folder", sender)
        return self.run("peer", "import", name, "--folder", receiver, **more)

    def settle(self):
        for _ in range(10):
            said = self.carry("north", "south") + self.carry("south", "north")
            if "Carry the answer back" not in said:
                return
        raise AssertionError("the bundles never end")
