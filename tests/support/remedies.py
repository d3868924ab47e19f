"""The failures of the past, what was done about each, and the project without one of them.

for remedy in remedies():
    said = played_without(remedy, folder)    # what pytest says of its test there
"""

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
JOURNEYS = ROOT / "tests" / "journeys"
NEEDED = ("src", "tests", "examples", "docs", "pyproject.toml")


@dataclass(frozen=True)
class Remedy:
    """What answers a requirement in a case; `was` is its text in `file`, `fails` its test.

    test: the file of it in tests/journeys, without test_ and .py.
    """

    case: str
    requirement: str
    what: str
    test: str
    file: str
    was: str
    without: str
    fails: str

    @property
    def source(self) -> Path:
        return Path("src") / "wideberth" / self.file

    @property
    def scene(self) -> Path:
        return Path("tests") / "journeys" / f"test_{self.test}.py"


def remedies() -> list[Remedy]:
    """Return all remedies, by case as the page has them."""
    said = tomllib.loads((JOURNEYS / "remedies.toml").read_text(encoding="utf-8"))
    return [Remedy(**one) for one in said["remedy"]]


def table(found: list[Remedy]) -> str:
    """Return the table of the page."""
    rows = ["| case | requirement | remedy | without it fails |", "|---|---|---|---|"]
    for one in found:
        link = f"[{one.fails.removeprefix('test_').replace('_', ' ')}](../{one.scene.as_posix()})"
        rows.append(f"| {one.case} | {one.requirement} | {one.what} | {link} |")
    return "\n".join(rows) + "\n"


def played_without(remedy: Remedy, folder: Path) -> str:
    """Return what pytest says of a remedy's test in a copy of the project that lacks the remedy."""
    for name in NEEDED:
        whole = ROOT / name
        if whole.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(whole, folder / name, ignore=ignored, dirs_exist_ok=True)
        else:
            shutil.copy(whole, folder / name)
    source = folder / remedy.source
    text = source.read_text(encoding="utf-8")
    assert text.count(remedy.was) == 1, f"{remedy.file} has not once: {remedy.was}"
    source.write_text(text.replace(remedy.was, remedy.without), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist"]
    run = subprocess.run(
        [*command, str(remedy.scene), "-k", remedy.fails],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return run.stdout + run.stderr
