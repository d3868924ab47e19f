"""The documentation says what the program does: its commands run, its links lead somewhere."""

import json
import re
import runpy
import subprocess
import sys
from pathlib import Path

import click
import pytest
from console_blocks import Session, blocks_of

from wideberth.cli import wideberth

ROOT = Path(__file__).parents[1]
GENERATE = ROOT / "docs" / "generate.py"
PAGES = sorted(ROOT.glob("docs/**/*.md"))
RUN = [
    page
    for page in PAGES
    if any("$ wideberth" in block for block in blocks_of(page))
    and not any("wideberth node " in block for block in blocks_of(page))  # tests/journeys does
]


@pytest.fixture(scope="module")
def generate():
    return runpy.run_path(str(GENERATE))


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_of_a_page_runs_and_answers_as_it_is_shown(page, tmp_path):
    session = Session(ROOT, tmp_path)
    for block in blocks_of(page):
        session.play(block)
    assert session.unstated == [], "a page states the exit code of each command: $ echo $?"


def test_the_journeys_of_a_planner_are_among_the_pages_that_run():
    assert {"check-your-plans.md", "read-a-notice.md"} <= {page.name for page in RUN}


def test_a_shown_line_that_the_program_does_not_say_is_seen(tmp_path):
    block = "$ cd examples\n$ wideberth check planning-sheet.csv\nall is well\n$ echo $?\n0"
    with pytest.raises(AssertionError, match="all is well"):
        Session(ROOT, tmp_path).play(block)


def test_a_wrong_exit_code_is_seen(tmp_path):
    block = "$ wideberth check examples/planning-sheet.csv\n$ echo $?\n1"
    with pytest.raises(AssertionError, match=r"echo \$\?"):
        Session(ROOT, tmp_path).play(block)


def test_the_page_of_commands_is_what_help_says(generate):
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert page == generate["cli_page"](), "run: make docs"


def test_no_link_leads_nowhere(generate):
    assert generate["broken_links"](ROOT) == []


def test_a_link_that_leads_nowhere_is_named_with_its_page(generate, tmp_path):
    (tmp_path / "docs").mkdir()
    page = "# A page\n[good](docs/other.md#a-heading) [bad](docs/none.md) [worse](docs/other.md#no)"
    (tmp_path / "README.md").write_text(page, encoding="utf-8")
    other = "# A heading\n`[code](x.md)`\n```\n[code](y.md)\n```\n[out](../../z.md)\n"
    (tmp_path / "docs" / "other.md").write_text(other, encoding="utf-8")
    assert generate["broken_links"](tmp_path) == [
        "README.md: docs/none.md leads nowhere.",
        "README.md: docs/other.md#no leads nowhere.",
        "docs/other.md: ../../z.md leads nowhere.",
    ]


def test_make_docs_checks_without_writing():
    run = subprocess.run(
        [sys.executable, str(GENERATE), "--check"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "")


def test_every_command_and_option_is_told_outside_of_the_generated_page(generate):
    told = "\n".join(
        page.read_text(encoding="utf-8")
        for page in (ROOT / "README.md", *PAGES)
        if page.name != "cli.md"
    )
    for context in generate["commands"](wideberth):
        if context.parent is not None:
            assert context.command_path in told
        for parameter in context.command.params:
            for name in _long_names(parameter):
                assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", told), name


def _long_names(parameter):
    if not isinstance(parameter, click.Option) or parameter.name in ("help", "version"):
        return []
    names = (*parameter.opts, *parameter.secondary_opts)
    return [name for name in names if name.startswith("--")]


def test_json_of_the_examples_has_the_keys_that_pages_promise(tmp_path):
    session = Session(ROOT, tmp_path)
    session.run("cd examples/launch-range")
    session.run("wideberth check range.geojson traffic.geojson --format json")
    assert {"conflicts", "problems", "agreement", "counts"} <= set(json.loads(session.stdout))
