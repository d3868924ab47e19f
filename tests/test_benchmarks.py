"""The benchmarks run, all methods find one set, and the file has the promised form."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pyproj import Geod, Transformer

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import joins, workload
from benchmarks.plane import BOW_M, CONE, SCALE

GEOD = Geod(ellps="WGS84")
ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("kind", ["uniform", "clustered", "mixed"])
def test_all_methods_find_one_set_with_conflicts_in_it(kind):
    work = workload.make(3000, kind)
    found = {name: method(work)[0] for name, method in joins.methods().items()}
    reference = found[joins.SLAB]
    assert len(reference) > 10
    for name, keys in found.items():
        assert np.array_equal(keys, reference), name


def test_the_peers_plane_is_as_good_as_they_take_it_to_be():
    plane = Transformer.from_crs("EPSG:4326", CONE, always_xy=True)
    work = workload.make(2000)
    lon, lat = work.lonlat[:-1].T
    there = work.lonlat[1:]
    azimuth, _, length = GEOD.inv(lon, lat, there[:, 0], there[:, 1])
    short = length < 110_000.0
    start, end = (np.stack(plane.transform(*p.T), axis=1) for p in (work.lonlat[:-1], there))
    flat = np.linalg.norm(end - start, axis=1)
    assert np.abs(flat[short] / np.maximum(length[short], 1e-9) - 1.0).max() < SCALE
    mid_lon, mid_lat, _ = GEOD.fwd(lon, lat, azimuth, np.asarray(length) / 2.0)
    middle = np.stack(plane.transform(mid_lon, mid_lat), axis=1)
    bow = np.linalg.norm(middle - (start + end) / 2.0, axis=1)
    assert bow[short].max() < BOW_M


def test_a_quick_run_writes_the_promised_file(tmp_path):
    command = [sys.executable, "-m", "benchmarks", "--quick", "--only", "join"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads((tmp_path / "build" / "bench.json").read_text("utf-8"))
    assert figures
    for figure in figures:
        assert set(figure) == {"name", "value", "unit", "target", "ok"}
        assert figure["value"] >= 0.0
