"""Positions in NOTAM texts: every spelling reads alike, and nothing that looks like one is lost."""

import math
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from wideberth.formats.notam_circle import ROUNDING_M, circle_of, enclosing, outside_m
from wideberth.formats.notam_positions import tokens_in
from wideberth.model.footprint import Circle, Corridor, Part, Point, Polygon

GEOD = Geod(ellps="WGS84")
NM = 1852.0

SPELLINGS = [
    "{a}{b}{c}{n}{x}{y}{z}{e}",
    "{a}{b}{c}{n} {x}{y}{z}{e}",
    "{a}{b}{c}{n}-{x}{y}{z}{e}",
    "{a}{b}{c}{n}/{x}{y}{z}{e}",
    "{a}{b}{c}{n}, {x}{y}{z}{e}",
    "{a}{b}{c}.0{n} {x}{y}{z}.0{e}",
    "{n}{a}{b}{c}{e}{x}{y}{z}",
    "{n}{a}{b}{c} {e}{x}{y}{z}",
    "{n} {a} {b} {c} {e} {x} {y} {z}",
    "{a}-{b}-{c}{n} {x}-{y}-{z}{e}",
    "{n}{a}-{b}-{c} {e}{x}-{y}-{z}",
    "{a} {b} {c}{n} {x} {y} {z}{e}",
    "{a}:{b}:{c}{n} {x}:{y}:{z}{e}",
    "{a}\u00b0{b}'{c}\"{n} {x}\u00b0{y}'{z}\"{e}",
    "{n}{a}\u00b0{b}\u2032{c}\u2033 {e}{x}\u00b0{y}\u2032{z}\u2033",
    "LAT {a}{b}{c}{n} LONG {x}{y}{z}{e}",
]
PARTS = st.tuples(
    st.integers(0, 89), st.integers(0, 59), st.integers(0, 59), st.sampled_from("NS"),
    st.integers(0, 179), st.integers(0, 59), st.integers(1, 59), st.sampled_from("EW"),
)  # fmt: skip
JOINS = st.sampled_from(["-", " - ", ", ", " TO ", "/", " ", "; "])


def spelt(form: str, parts: tuple[int, int, int, str, int, int, int, str]) -> str:
    a, b, c, n, x, y, z, e = parts
    named = {"a": f"{a:02d}", "b": f"{b:02d}", "c": f"{c:02d}", "n": n}
    return form.format(**named, x=f"{x:03d}", y=f"{y:02d}", z=f"{z:02d}", e=e)


def point(parts: tuple[int, int, int, str, int, int, int, str]) -> Point:
    a, b, c, n, x, y, z, e = parts
    lon, lat = x + y / 60 + z / 3600, a + b / 60 + c / 3600
    return (-lon if e == "W" else lon), (-lat if n == "S" else lat)


@given(st.sampled_from(SPELLINGS), st.lists(PARTS, min_size=1, max_size=5), JOINS)
@settings(max_examples=300, deadline=None)
def test_every_spelling_gives_the_points_in_order(
    form: str, parts: list[tuple[int, int, int, str, int, int, int, str]], join: str
) -> None:
    text = f"AREA 5 {join.join(spelt(form, p) for p in parts)}."
    found = [t.point for t in tokens_in(text)]
    assert found == [pytest.approx(point(p)) for p in parts]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("3440N03310E", (33 + 10 / 60, 34 + 40 / 60)),
        ("N2306E11628", (116 + 28 / 60, 23.1)),
        ("3440.5N 03310.5E", (33.175, 34.675)),
        ("34\u00b040.5'N 033\u00b010.5'E", (33.175, 34.675)),
        ("34.5N 33.25E", (33.25, 34.5)),
    ],
)
def test_minutes_and_decimals_are_read(text: str, at: Point) -> None:
    assert [t.point for t in tokens_in(text)] == [pytest.approx(at)]


LETTERS = st.text(alphabet="0123456789NSEW -.\u00b0'", max_size=60)


@given(LETTERS)
@settings(max_examples=300, deadline=None)
def test_what_looks_like_a_position_is_always_a_token(text: str) -> None:
    text = f" {text} "
    tokens = tokens_in(text)
    for match in re.finditer(r"(?<=[ ])[0-9]{4,7}[NSEW](?= )|(?<= )[NSEW][0-9]{4,7}(?= )", text):
        assert any(t.start <= match.start() and match.end() <= t.end for t in tokens), match


@pytest.mark.parametrize(
    "text",
    ["346000N0331000E", "944000N0331000E", "34400N0331000E", "N344000E033100", "344000N",
     "000000N0000000E", "10 34 40N 033 10E", "344000N0331000E345000N0332000E"],
)  # fmt: skip
def test_a_malformed_position_has_no_point_but_a_fault(text: str) -> None:
    tokens = tokens_in(text)
    assert tokens
    assert all(t.point is None and t.words in t.fault for t in tokens)


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "1-", "N", "11 11 11 ", "N11 11", "\u00b0", "1.1 ", "9" * 40 + "."]
)
def test_no_text_takes_long(piece: str) -> None:
    start = time.process_time()
    tokens_in(piece * (20_000 // len(piece)))
    assert time.process_time() - start < 2.0


def test_a_route_a_runway_and_a_time_are_no_positions() -> None:
    assert tokens_in("RWY 09L/27R N871 B0800-1000 L/R 2026 W4 FL100") == []


def test_the_q_circle_is_read_and_a_faulty_one_is_none() -> None:
    assert circle_of("3440N03310E012") == Circle((33 + 10 / 60, 34 + 40 / 60), 12 * NM)
    for words in ("3440N03310E", "3460N03310E012", "9940N03310E012", "3440N03310E000", "FOO"):
        assert circle_of(words) is None


LON, LAT = st.floats(-180, 180), st.floats(-85, 85)


@given(LON, LAT, st.floats(0, 360), st.floats(-3, 3), st.floats(1, 300), st.floats(0, 20))
@settings(max_examples=150, deadline=None)
def test_how_far_outside_is_what_geodesics_say(
    lon: float, lat: float, azimuth: float, over: float, radius: float, own: float
) -> None:
    circle = Circle((lon, lat), radius * NM)
    away_m = max(0.0, (radius - own) * NM + ROUNDING_M + over * NM)
    x, y, _ = GEOD.fwd(lon, lat, azimuth, away_m)
    reach_m = away_m + own * NM - circle.radius_m
    wanted_m = reach_m if reach_m > ROUNDING_M else 0.0
    if abs(reach_m - ROUNDING_M) > 0.01:
        assert outside_m(Circle((x, y), own * NM), circle) == pytest.approx(wanted_m, abs=0.01)


@given(st.lists(st.tuples(LON, LAT), min_size=1, max_size=6), st.floats(0, 50_000))
@settings(max_examples=100, deadline=None)
def test_an_enclosing_circle_holds_its_points(points: list[Point], more_m: float) -> None:
    circle = enclosing(points, more_m)
    for lon, lat in points:
        away_m = GEOD.inv(*circle.centre, lon, lat)[2]
        assert away_m <= circle.radius_m + 0.01 or math.isclose(circle.radius_m, 1e7)


def test_polygons_and_corridors_are_measured_by_their_vertices() -> None:
    circle = Circle((33.0, 34.0), 10 * NM)
    ring = ((33.0, 34.0), (33.1, 34.0), (33.0, 34.5))
    assert outside_m(Polygon((Part(ring),)), circle) == pytest.approx(20 * NM, rel=0.01)
    assert outside_m(Corridor(ring[:2], 9 * NM), circle) == pytest.approx(4 * NM, rel=0.01)
    assert outside_m(Corridor(ring[:2], 2 * NM), circle) == 0.0
