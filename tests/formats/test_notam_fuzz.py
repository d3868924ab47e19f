"""Whatever a NOTAM file holds: no exception, no lost position, no long wait."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from wideberth.formats.notam import looks_like_notam, read
from wideberth.formats.reading import Reading, ReadOptions
from wideberth.model.footprint import Circle, Corridor, Footprint, Point, Polygon

GEOD = Geod(ellps="WGS84")
RING = "344000N0331000E-345000N0331000E-345000N0332000E-344000N0331000E"
FIRST = "N344100E0331100-N345100E0331100-N345100E0332100"
NOTICES = (
    (
        f"(A0001/26 NOTAMN\nQ) LCCC/QWMLW/IV/BO/W/000/100/3445N03315E012\nA) LCCC B) 2611220800 "
        f"C) 2611231600 EST\nD) DAILY 0800-1000 EXC HOL\nE) GUNNERY {RING}. UP TO 5000FT AMSL.\n"
        "F) GND G) FL100)"
    ),
    (
        f"A0002/26 NOTAMR A0001/26 Q) LCCC/QRTCA/IV/BO/W/000/999/3445N03315E030 A) LCCC LGGG "
        f"B) 2611220800 C) PERM E) AREA 1: {FIRST} AREA 2: WI 5NM RADIUS OF 344200N 0331200E. "
        "GPS JAMMING. F) 500FT AGL G) UNL"
    ),
    (
        "A0003/26 NOTAMC A0002/26\nQ) LCCC/QRTCN/IV/BO/W/000/999/3445N03315E030\nA) LCCC "
        "B) 2611220900\nE) AREA 344300N0331300E CANCELLED"
    ),
    (
        "A0004/26 NOTAMN\nQ) LCLK/QOBCE/IV/M/AE/000/010/3445N03315E005\nA) LCLK B) 2611220800 "
        "C) 2612221600 E) CRANE 344400N0331400E HGT 50M, 1NM EITHER SIDE OF "
        "344500N0331500E-344600N0331600E"
    ),
)
COORDINATE = re.compile(
    r"(?<![0-9A-Z.])([0-9]{6})([NS]) ?([0-9]{7})([EW])(?![0-9A-Z])"
    r"|(?<![0-9A-Z.])([NS])([0-9]{6})([EW])([0-9]{7})(?![0-9A-Z.])"
)
CHUNKS = st.sampled_from(
    [
        " 344700N0331700E ", "N344800E0331800", "349900N0331900E", "344900N 033E", RING, "E) ",
        "F) ",
        "G) UNL", "Q) ", "A) ", "D) ", "B) 2611220800", " NOTAMN ", "B0009/26 NOTAMN", "(", ")",
        "\n", " CLOCKWISE ARC ", " WI 3NM OF ", "LCCC/QXXXX/IV/BO/W/000/999/3445N03315E020", "-",
        " 10NM WIDE ", "AND", "\x00", "\u00b0", "\ufb01", "\u0661",
    ]
)  # fmt: skip


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """Draw valid notices with pieces cut out, put in, or doubled."""
    text = "\n\n".join(draw(st.lists(st.sampled_from(NOTICES), min_size=1, max_size=3)))
    for _ in range(draw(st.integers(1, 4))):
        edges = [0, len(text), *(m.end() for m in re.finditer(r"[A-GQ]\) \S+", text))]
        at = draw(st.one_of(st.integers(0, len(text)), st.sampled_from(edges)))
        to = min(len(text), at + draw(st.integers(0, 25)))
        piece = draw(st.one_of(CHUNKS, st.just(""), st.just(text[at:to] * 2)))
        to = draw(st.sampled_from([at, to]))
        text = text[:at] + piece + text[to:]
    return text


def holds(area: Footprint, point: Point) -> bool:
    if isinstance(area, Polygon):
        return any(abs(x - point[0]) + abs(y - point[1]) < 1e-9 for x, y in area.parts[0].outer)
    if isinstance(area, Corridor):
        return any(abs(x - point[0]) + abs(y - point[1]) < 1e-9 for x, y in area.points)
    assert isinstance(area, Circle)
    return bool(GEOD.inv(*area.centre, *point)[2] <= area.radius_m + 0.01)


def degrees(digits: str, letter: str) -> float:
    value = int(digits[:-4]) + int(digits[-4:-2]) / 60 + int(digits[-2:]) / 3600
    return -value if letter in "SW" else value


def is_accounted(found: Reading, match: re.Match[str]) -> bool:
    lat, ns, lon, ew, ns_first, lat_first, ew_first, lon_first = match.groups()
    point = (
        degrees(lon or lon_first, ew or ew_first),
        degrees(lat or lat_first, ns or ns_first),
    )
    if abs(point[0]) <= 180 and abs(point[1]) <= 90:
        areas = {v.footprint for a in found.activities for v in a.volumes}
        if any(holds(area, point) for area in areas):
            return True
    return any(match[0] in p.text or match[0] in p.what for p in found.problems)


@given(mutants())
@settings(max_examples=400, deadline=None)
def test_every_position_of_a_mutant_is_placed_or_reported(text: str) -> None:
    found = read(text.encode(), "x", ReadOptions())
    for match in COORDINATE.finditer(" ".join(text.upper().split())):
        assert is_accounted(found, match), match[0]


@given(mutants())
@settings(max_examples=150, deadline=None)
def test_every_number_of_a_mutant_is_an_activity_a_cancellation_or_a_remark(text: str) -> None:
    found = read(text.encode(), "x", ReadOptions())
    told = " ".join(
        [a.id for a in found.activities]
        + [c.by for c in found.cancellations]
        + [f"{p.where} {p.text}" for p in found.problems]
    )
    for number in re.findall(r"(?<![A-Z0-9])[A-Z][0-9]{4}/[0-9]{2}(?= NOTAM[NRC])", text.upper()):
        assert number in told


@given(st.one_of(st.binary(max_size=300), mutants().map(lambda t: t.encode("utf-16"))))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_reading_with_a_remark_or_an_activity(data: bytes) -> None:
    found = read(data, "x", ReadOptions(repair=True))
    assert found.activities or found.cancellations or found.problems
    looks_like_notam(data.decode("latin-1"))


PIECES = [
    "A", " ", "(", ")", "E) ", "Q) ", "Q) LCCC/Q", "1", "11 ", "N11 11 ", "1-", "A1234/26 ",
    "A1234/26 NOTAMN ", "344000N0331000E", "344000N0331000E-", "WI 5NM OF ", "AND ", "1NM ", "MHZ",
    "121.5-", "FL100-", "5000FT ", "UP TO ", "CONTACT ", "ALONG ", "ALONG THE ", "TO ", "1) ",
]  # fmt: skip
HEAD = "A0001/26 NOTAMN\nQ) LCCC/QRTCA/IV/BO/W/000/999/3445N03315E030\nA) LCCC "


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("item", ["", "E) ", "D) "])
def test_repetition_does_not_hold_the_reader_up(piece: str, item: str) -> None:
    text = HEAD + "B) 2611220800 C) 2611231600 " + item + piece * (20_000 // len(piece))
    start = time.process_time()
    read(text.encode(), "x", ReadOptions())
    looks_like_notam(text)
    assert time.process_time() - start < 3.0
