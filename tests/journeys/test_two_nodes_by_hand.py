"""The pages' commands, typed as a reader would: two nodes in processes of their own, or by file.

The nodes are processes; so are all commands of the README, which tests/test_readme.py plays. Other
commands run in this process, by the same way in, for the time it takes to start.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from console_blocks import Session, blocks_of
from node_commands import called, wideberth

ROOT = Path(__file__).parents[2]
JOURNEYS = ROOT / "docs" / "journeys"
PAGES = sorted(
    page
    for page in ROOT.glob("docs/**/*.md")
    if any("wideberth node " in block for block in blocks_of(page))
)


class Reader(Session):
    """A reader of a page; a command whose exit code the page does not state must give 0."""

    def run(self, typed):
        if typed != "echo $?":
            self.settle()
        super().run(typed)

    def _wideberth(self, typed, arguments):
        result = called(arguments, self.at)
        self.stdout, self.stderr, self.code = result.stdout, result.stderr, result.exit_code
        self.command = typed
        self.unstated.append(typed)

    def settle(self):
        assert not self.unstated or self.code == 0, f"{self.unstated}: {self.stdout}{self.stderr}"
        self.unstated.clear()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_about_nodes_run_and_answer_as_it_says(page, tmp_path):
    with Reader(ROOT, tmp_path) as reader:
        for block in blocks_of(page):
            reader.play(block)
        reader.settle()


def test_the_three_journeys_of_two_nodes_are_among_the_pages():
    wanted = {"set-up-two-nodes.md", "without-a-line.md", "prove-what-was-said.md"}
    assert wanted <= {page.name for page in PAGES}


@pytest.fixture(scope="module")
def exchanged(tmp_path_factory):
    """Two nodes that have exchanged by file, as the page on that has it."""
    folder = tmp_path_factory.mktemp("exchanged")
    with Reader(ROOT, folder) as reader:
        for block in blocks_of(JOURNEYS / "without-a-line.md"):
            reader.play(block)
        for typed in (  # one exchange more: a countersignature travels with the next message
            "wideberth notice read N-RESUPPLY --folder south",
            "wideberth peer export north more.bundle --folder south",
            "wideberth peer import more.bundle --folder north",
        ):
            reader.run(typed)
        reader.settle()
    return folder / "examples" / "two-nodes"


def test_an_entry_is_proved_to_a_third_person_by_public_keys_alone(exchanged, tmp_path):
    keys = {}
    for line in wideberth("log", "keys", "--folder", "north", cwd=exchanged).splitlines():
        party, purpose, key = line.split()
        keys[party, purpose] = key
    evidence = tmp_path / "evidence.txt"
    wideberth("log", "prove", "0", "--folder", "north", "--output", str(evidence), cwd=exchanged)
    asked = [
        "log",
        "verify-evidence",
        str(evidence),
        *("--key", keys["north", "log"]),
        *("--witness", keys["south", "cosign"]),
        *("--signer", keys["north", "envelope"]),
    ]
    said = wideberth(*asked, cwd=tmp_path)
    assert "The witness wideberth/two-nodes/south countersigned" in said
    assert said.endswith("SHOWN.\n")
    evidence.write_text(evidence.read_text().replace("index 0", "index 1"))
    assert wideberth(*asked, cwd=tmp_path, code=1).endswith("NOT SHOWN.\n")
    asked[4] = keys["south", "log"]
    assert wideberth(*asked, cwd=tmp_path, code=1).endswith("NOT SHOWN.\n")


def test_both_sides_hold_the_same_conflict_after_bundles_alone(exchanged):
    found = []
    for side in ("north", "south"):
        said = wideberth("activity", "list", "--json", "--folder", side, cwd=exchanged, code=1)
        met = json.loads(said)["conflicts"]
        found.append([(one["id"], one["a"], one["b"], one["clause"]) for one in met])
    assert found[0] == found[1]
    assert len(found[0]) == 1


def test_what_the_command_line_declares_while_the_node_runs_is_numbered_and_logged_right(tmp_path):
    with Reader(ROOT, tmp_path) as reader:
        blocks = blocks_of(JOURNEYS / "set-up-two-nodes.md")
        for block in blocks[:4]:  # both run
            reader.play(block)
        at = reader.at
        plan = (at / "north.geojson").read_text(encoding="utf-8")
        beside = []
        for number in range(3):  # at once, in processes of their own, beside the running node
            name = f"plan-{number}.geojson"
            (at / name).write_text(re.sub(r'"N-(\w+)"', rf'"N-\1-{number}"', plan))
            declare = ("activity", "declare", name, "--contact", "duty officer", "--wait", "120")
            beside.append(
                subprocess.Popen(
                    [sys.executable, "-m", "wideberth", *declare, "--folder", "north"],
                    cwd=at,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    encoding="utf-8",
                )
            )
        for process in beside:
            said, _ = process.communicate(timeout=240)
            assert process.returncode == 0, said
            assert "2 notices delivered" in said
        for side, other in (("north", "south"), ("south", "north")):
            wideberth("log", "verify", "--folder", side, cwd=at)
            wideberth("log", "verify", "--folder", side, "--peer", other, cwd=at)
        said = wideberth("activity", "list", "--json", "--folder", "south", cwd=at)
        assert len(json.loads(said)["activities"]) == 6
        notices = json.loads(wideberth("notice", "list", "--json", "--folder", "north", cwd=at))
        sent = sorted(one["sequence"] for one in notices if one["way"] == "out")
        assert len(set(sent)) == len(sent) == 6
        for _process, said in reader.beside:  # what the nodes wrote to the screen and the log
            assert not re.search(r"N-SURVEY|survey|25\.2|36\.1", said.read_text(encoding="utf-8"))
