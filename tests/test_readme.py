"""The README's commands run, and it names the ways in."""

import re
from pathlib import Path

import pytest
from console_blocks import Session, blocks_of

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCKS = blocks_of(README)


@pytest.mark.parametrize("way", ["make demo", "make test"])
def test_the_readme_names_the_way(way):
    assert any(f"$ {way}\n" in block for block in BLOCKS)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_command_of_the_readme_runs_and_reads_all_its_input(block, tmp_path):
    with Session(ROOT, tmp_path) as session:
        session.play(block)
    if session.unstated:
        assert session.code in (0, 1), session.stderr


def test_every_make_target_the_readme_names_is_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.findall(r"(?:`|\$ )make ([a-z]+)", README.read_text(encoding="utf-8"))
    there = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert {"demo", "test"} <= set(named) <= there
