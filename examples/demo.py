"""Check the example scenarios as a user would, and draw their reports (`make demo`).

`python examples/demo.py [FOLDER]`: the pages go to FOLDER, build/demo unless said. Exit code 0 when
every scenario gave the exit code that its expected.json states.
"""  # noqa: INP001 - a script, no package

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
SCENARIOS: Final = (
    ("eastern-mediterranean", "Two parties in one sea: air, sea, spectrum, and the notices"),
    ("eastern-mediterranean/spectrum", "The same two share the spectrum: what reaches whom"),
    ("launch-range", "A launch range with backup days, a shipping lane and flights"),
    ("multinational-exercise", "Three parties on both sides of the 180th meridian"),
)
WHOLE: Final = 2  # so many are shown to their end, of the others the first line


def main(pages: Path) -> int:
    """Check every scenario, say what was found, write the pages; return the exit code."""
    pages.mkdir(parents=True, exist_ok=True)
    failed = []
    for place, (name, about) in enumerate(SCENARIOS):
        scenario = json.loads((HERE / name / "expected.json").read_text(encoding="utf-8"))
        command = ["check", *scenario["files"], *scenario["options"]]
        report = _wideberth(name, command)
        page = (pages / f"{name.replace('/', '-')}.html").resolve()
        drawn = _wideberth(name, [*command, "--format", "html", "--output", str(page)])
        if report.returncode != scenario["exit"] or drawn.returncode != scenario["exit"]:
            failed.append(name)
            _say(report.stderr + drawn.stderr)
        _say(f"{about}\n$ cd examples/{name} && wideberth {_shown(command)}\n")
        _say(report.stdout if place < WHOLE else report.stdout.partition("\n")[0] + "\n")
        _say(f"Pictures: {page}\n")
    _say(f"Not as expected: {', '.join(failed)}." if failed else "All went as expected.")
    return 1 if failed else 0


def _wideberth(folder: str, arguments: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 - this very Python, with arguments of the examples
        [sys.executable, "-m", "wideberth", *arguments],
        cwd=HERE / folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _shown(arguments: list[str]) -> str:
    return " ".join(arguments)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else HERE.parent / "build" / "demo"))
