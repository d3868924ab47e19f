"""The installed program as people run it: exit codes, bad files, an interrupt."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = (sys.executable, "-m", "wideberth")
SCRIPT = Path(sys.executable).with_name("wideberth")


def a_plan(**properties):
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [26.0, 36.0]},
        "properties": {
            "party": "north",
            "activity": "survey",
            "arena": "air",
            "radius_m": 1000,
            "lower_ft": 1000,
            "upper_ft": 2000,
            "start": "2027-03-01T08:00:00Z",
            "end": "2027-03-01T09:00:00Z",
        }
        | properties,
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]})


def run(*arguments, cwd=None, program=PROGRAM):
    return subprocess.run(
        [*program, *arguments], capture_output=True, text=True, cwd=cwd, timeout=240, check=False
    )


@pytest.fixture
def good(tmp_path):
    (tmp_path / "good.geojson").write_text(a_plan(party="south", activity="ferry"))
    (tmp_path / "north.geojson").write_text(a_plan())
    return tmp_path


def test_help_and_version_are_there_under_the_name_people_type():
    assert "check" in run("--help", program=(str(SCRIPT),)).stdout
    assert run("--version").stdout.startswith("wideberth, version")
    assert run("chek").returncode == 2


SLOW_TO_LOAD = {
    "asyncio", "cryptography", "httpx2", "jinja2", "msgspec", "numba", "numpy", "pyproj", "rich",
    "shapely", "starlette", "structlog", "uvicorn",
}  # fmt: skip
LOADED = """
import sys
from wideberth.cli import wideberth
wideberth(sys.argv[1:], standalone_mode=False)
print(*sys.modules, file=sys.stderr)
"""


def test_help_is_quick_for_it_loads_nothing_that_is_slow_to_load():
    said = run("--help", program=(sys.executable, "-c", LOADED))
    assert "check" in said.stdout
    loaded = set(said.stderr.split())
    assert "wideberth.cli" in loaded
    assert not SLOW_TO_LOAD & loaded


def test_exit_codes_are_0_and_1_on_whole_input(good):
    assert run("check", "good.geojson", cwd=good).returncode == 0
    assert run("check", "good.geojson", "north.geojson", cwd=good).returncode == 1


BAD = {
    "not JSON": ("bad.geojson", b'{"type": '),
    "NaN": ("bad.geojson", a_plan(upper_ft=float("nan")).encode()),
    "no zone": ("bad.geojson", a_plan(start="2027-03-01T08:00:00").encode()),
    "unknown key": ("bad.geojson", a_plan(heigth=3).encode()),
    "null island": ("bad.geojson", a_plan().replace("26.0, 36.0", "0, 0").encode()),
    "swapped": ("bad.geojson", a_plan().replace("26.0, 36.0", "36.0, 126.0").encode()),
    "reversed heights": ("bad.geojson", a_plan(upper_ft=0).encode()),
    "reversed times": ("bad.geojson", a_plan(end="2027-03-01T07:00:00Z").encode()),
    "binary": ("bad.bin", bytes(range(256))),
    "empty": ("bad.geojson", b""),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_exits_2_with_its_place_and_the_good_file_is_still_named(good, kind):
    name, data = BAD[kind]
    (good / name).write_bytes(data)
    result = run("check", "good.geojson", name, "--output", "report.txt", cwd=good)
    assert result.returncode == 2
    assert result.stderr.startswith(f"{name}, ")
    assert "NOT COMPLETE" in result.stderr
    assert "Traceback" not in result.stderr
    assert "good.geojson" in (good / "report.txt").read_text()


def test_what_is_no_file_exits_2_without_waiting(good):
    (good / "folder").mkdir()
    os.mkfifo(good / "pipe")
    names = ["folder", "pipe", "/dev/zero", "missing.kml"]
    result = run("check", "good.geojson", *names, cwd=good)
    assert result.returncode == 2
    for name, word in zip(names, ["directory", "pipe", "device", "not exist"], strict=True):
        assert any(Path(name).name in line and word in line for line in result.stderr.splitlines())


def test_a_file_of_two_gigabytes_is_refused_by_its_size(good):
    with (good / "huge.geojson").open("wb") as file:
        file.truncate(2 * 1024**3)
    result = run("check", "good.geojson", "huge.geojson", cwd=good)
    assert result.returncode == 2
    assert "256 MiB" in result.stderr


def test_an_interrupt_exits_130_and_leaves_nothing_half_written(good):
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as a shell leaves it in the background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    command = [*PROGRAM, "check", "good.geojson", "-", "--output", "report.txt"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=good, text=True
    ) as process:
        _wait_until_reading(process.pid)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=120)
    assert process.returncode == 130
    assert told.strip() == "Stopped; nothing is left half written."
    assert sorted(p.name for p in good.iterdir()) == ["good.geojson", "north.geojson"]


def _wait_until_reading(process_id):
    """Wait until the program sleeps on its input, which it does once all is loaded."""
    for _ in range(2400):
        time.sleep(0.05)
        waits_on = Path(f"/proc/{process_id}/wchan")
        if not waits_on.exists():
            time.sleep(3.0)
            return
        if "pipe" in waits_on.read_text():
            return
    pytest.fail("the program never came to read its input")


def test_a_reader_that_goes_away_is_no_crash(good):
    command = [*PROGRAM, "check", "good.geojson", "north.geojson"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=good) as run:
        run.stdout.close()
        told = run.stderr.read().decode()
    assert "Traceback" not in told
