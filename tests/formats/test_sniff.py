"""What a file is, told by its content; what no reader knows is refused, never raised."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.reading import ReadOptions, Severity
from wideberth.formats.sheet import template_csv
from wideberth.formats.sniff import read_any

NOTAM = """(A0123/27 NOTAMN
Q) LGGG/QRTCA/IV/BO/W/000/195/3630N02530E012
A) LGGG B) 2703010600 C) 2703011200
E) TEMPORARY RESTRICTED AREA WI 12NM RADIUS OF 363000N0253000E.
F) GND G) FL195)
"""
NAVWARN = """HYDROPAC 1021/27(39).
AEGEAN SEA. DNC 09.
1. GUNNERY 010600Z TO 011200Z MAR 27 IN AREA BOUND BY
36-30.00N 025-30.00E, 36-40.00N 025-30.00E,
36-40.00N 025-45.00E, 36-30.00N 025-45.00E.
2. CANCEL THIS MSG 011300Z MAR 27.//
"""
OPENAIR = """AC R
AN HARBOUR BOX
AL GND
AH FL95
DP 36:30:00 N 025:30:00 E
DP 36:40:00 N 025:30:00 E
DP 36:40:00 N 025:45:00 E
"""
TOML = 'id = "x"\nversion = 1\n'
KML = '<?xml version="1.0"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document/></kml>'
PLAN = '{"type": "FeatureCollection", "features": []}'
NAVWARN_JSON = json.dumps({"broadcast-warn": []})


def format_of(data, name="file"):
    data = data.encode() if isinstance(data, str) else data
    return read_any(data, name, ReadOptions(party="north")).format


def zipped(*names):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, KML)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["file", "file.txt", "wrong.kml", "wrong.json"])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (NOTAM, "notam"),
        (NAVWARN, "navwarn"),
        (NAVWARN_JSON, "navwarn"),
        (OPENAIR, "openair"),
        (PLAN, "plan"),
        ("\ufeff  \n" + PLAN, "plan"),
        ("[1, 2]", "plan"),
        (TOML, "agreement"),
        ("[[clause]]\nid = 'S1'\n", "agreement"),
        ("[validity]  # until signed anew\n", "agreement"),
        ("# signed\nparties = ['a', 'b']\n", "agreement"),
        (KML, "kml"),
        (template_csv(), "sheet"),
        ("Party;Activity;Arena\n", "sheet"),
    ],
)
def test_the_content_tells_the_format_whatever_the_name(text, kind, name):
    assert format_of(text, name) == kind


@pytest.mark.parametrize(
    ("name", "kind"), [("a.toml", "agreement"), ("a.csv", "sheet"), ("a.geojson", "plan")]
)
def test_the_name_decides_only_where_the_content_says_nothing(name, kind):
    assert format_of("nothing in particular", name) == kind
    assert format_of("nothing in particular", "a.txt") == "unknown"


def test_archives_are_told_by_what_they_hold():
    assert format_of(zipped("doc.kml")) == "kml"
    assert format_of(zipped("xl/workbook.xml", "docProps/app.xml")) == "sheet"
    assert format_of(zipped("readme.txt")) == "unknown"
    assert format_of(zipped("doc.kml")[:-30]) == "unknown"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"\x00" * 50, "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Office"),
        (b"\x7fELF\x02\x01", "program"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x93\x00\x01\x02", "93 00 01 02"),
        (b"Dear colleague, see you on Monday.", "Dear colleague"),
        (b"<html><body>plan</body></html>", "<html>"),
    ],
)
def test_what_is_no_input_is_refused_with_what_was_found_and_what_is_readable(data, word):
    reading = read_any(data, "file", ReadOptions())
    (problem,) = reading.problems
    assert problem.severity is Severity.ERROR
    assert word in problem.what
    assert "NOTAM" in problem.remedy


@given(
    st.sampled_from(
        [b"", b"{", b"[", b"<kml", b"PK\x03\x04", b"\xff\xfe", b"AC R\n", b"id =", b"Q)"]
    ),
    st.binary(max_size=80) | st.text(max_size=80).map(str.encode),
)
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_reading_that_is_not_silent(start, rest):
    reading = read_any(start + rest, "file", ReadOptions())
    assert reading.problems


@pytest.mark.parametrize("text", [NOTAM + "Greetings.", NAVWARN + "Greetings."])
def test_a_remark_names_its_place_in_the_file_without_the_file(text):
    reading = read_any(text.encode(), "notices.txt", ReadOptions())
    assert reading.problems
    assert not any("notices.txt" in problem.where for problem in reading.problems)


SHARED = Path(__file__).parents[2].parent / "shared" / "data"


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data is absent")
@pytest.mark.parametrize(("folder", "kind"), [("navwarn", "navwarn"), ("notam", "notam")])
def test_the_real_notices_are_told_by_their_content(folder, kind):
    files = [p for p in sorted((SHARED / folder).iterdir()) if p.suffix in (".txt", ".json")]
    assert files
    assert {format_of(path.read_bytes(), "file") for path in files} == {kind}
