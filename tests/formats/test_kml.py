"""KML and KMZ: what is read, what is refused, and that every element is used or told of."""

import io
import math
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.kml import read
from wideberth.formats.reading import Problem, Reading, ReadOptions, Severity
from wideberth.formats.times import parse_rfc3339
from wideberth.model.footprint import Circle, Corridor, Part, Polygon, Track
from wideberth.model.span import Datum, HeightLimit

NORTH = ReadOptions(party="north")
SPAN = "<TimeSpan><begin>2026-11-22T08:00:00Z</begin><end>2026-11-22T10:00:00Z</end></TimeSpan>"
SQUARE = "33,34,900 33.5,34,1200 33.5,34.5,1200 33,34.5,1000 33,34,900"

HOLE = "<innerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing></innerBoundaryIs>"


def data(**values: object) -> str:
    inner = "".join(
        f'<Data name="{key}"><value>{value}</value></Data>' for key, value in values.items()
    )
    return f"<ExtendedData>{inner}</ExtendedData>"


HEIGHTS = {"lower_ft": 1000, "upper_ft": 2000}
AIR = data(arena="air", **HEIGHTS)


def polygon(coordinates: str = SQUARE, mode: str = "absolute", extra: str = "") -> str:
    return (
        f"<Polygon>{extra}<altitudeMode>{mode}</altitudeMode><outerBoundaryIs><LinearRing>"
        f"<coordinates>{coordinates}</coordinates></LinearRing></outerBoundaryIs></Polygon>"
    )


def placemark(*parts: str, name: str = "Gannet") -> str:
    return f"<Placemark><name>{name}</name>{''.join(parts)}</Placemark>"


def document(*parts: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"'
        ' xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>\n'
        + "\n".join(parts)
        + "</Document></kml>"
    ).encode()


def reading(*parts: str, options: ReadOptions = NORTH) -> Reading:
    return read(document(*parts), "areas.kml", options)


def errors(found: Reading) -> list[Problem]:
    return [p for p in found.problems if p.severity is Severity.ERROR]


def said(found: Reading, severity: Severity) -> str:
    return "\n".join(
        f"{p.where}: {p.what} {p.text}" for p in found.problems if p.severity is severity
    )


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


GOOD = document(placemark(AIR, SPAN, polygon()))
GOOD_KMZ = zipped(doc_kml=GOOD, files__icon_png=b"picture")


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_give_a_reading_with_a_problem(junk: bytes) -> None:
    assert errors(read(junk, "x.kml", NORTH))
    assert errors(read(b"PK\x03\x04" + junk, "x.kmz", NORTH))
    assert errors(read(b"<?xml version='1.0' encoding='" + junk, "x.kml", NORTH))


@given(st.sampled_from([GOOD, GOOD_KMZ]), st.data())
@settings(max_examples=200, deadline=None)
def test_a_damaged_file_gives_a_reading(whole: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(whole) - 1))
    junk = draw.draw(st.binary(max_size=6))
    cut = draw.draw(st.integers(0, 12))
    found = read(whole[:at] + junk + whole[at + cut :], "x", NORTH)
    assert found.format == "kml"


TAGS = [
    "Document", "Folder", "Placemark", "Polygon", "Point", "LineString", "LinearRing", "Track",
    "MultiGeometry", "gx:Track", "gx:MultiTrack", "coordinates", "outerBoundaryIs", "Data", "zz",
    "innerBoundaryIs", "ExtendedData", "SimpleData", "value", "TimeSpan", "TimeStamp", "begin",
    "end", "when", "gx:coord", "altitudeMode", "extrude", "name", "NetworkLink",
]  # fmt: skip
TEXTS = st.sampled_from(
    ["", "33,34,5 34,34,5 34,35,5", "33 34 1e999", "nan,nan", "0,0", "absolute", "1", "2026"]
)
TREES = st.recursive(
    TEXTS,
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)).map(
        lambda pair: f'<{pair[0]} name="arena">{"".join(pair[1])}</{pair[0]}>'
    ),
    max_leaves=25,
)


@given(st.lists(TREES, max_size=4))
@settings(max_examples=150, deadline=None)
def test_any_arrangement_of_elements_gives_a_reading(trees: list[str]) -> None:
    found = reading(*trees, placemark(*trees), AIR)
    assert found.problems


@st.composite
def rings(draw: st.DrawFn) -> list[tuple[float, float]]:
    """Draw a star-shaped ring about a centre: it never crosses itself."""
    lon, lat = draw(st.floats(-170, 170)), draw(st.floats(-70, 70))
    n = draw(st.integers(3, 12))
    radii = draw(st.lists(st.floats(0.05, 0.5), min_size=n, max_size=n))
    turns = [2 * math.pi * i / n for i in range(n)]
    return [
        (lon + r * math.cos(t), lat + r * math.sin(t)) for r, t in zip(radii, turns, strict=True)
    ]


@given(rings(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_polygon_written_is_the_polygon_read(ring: list[tuple[float, float]], flip: bool) -> None:  # noqa: FBT001
    ring = ring[::-1] if flip else ring
    text = " ".join(f"{lon!r},{lat!r},100" for lon, lat in [*ring, ring[0]])
    (activity,) = reading(placemark(AIR, SPAN, polygon(text))).activities
    assert activity.volumes[0].footprint == Polygon((Part(tuple(ring)),))


def test_a_placemark_is_an_activity_of_its_name_in_its_time() -> None:
    found = reading(placemark(AIR, SPAN, polygon()))
    (activity,) = found.activities
    assert (activity.party, activity.id, activity.title) == ("north", "Gannet", "Gannet")
    (volume,) = activity.volumes
    assert volume.time.start_s == parse_rfc3339("2026-11-22T08:00:00Z")
    assert volume.time.end_s == parse_rfc3339("2026-11-22T10:00:00Z")
    assert volume.height.lower == HeightLimit(304.8, Datum.MSL)
    assert not errors(found)


def test_holes_are_kept() -> None:
    inner = "33.1,34.1 33.2,34.1 33.2,34.2 33.1,34.1"
    hole = HOLE.format(inner)
    (activity,) = reading(placemark(AIR, SPAN, polygon(extra=hole))).activities
    footprint = activity.volumes[0].footprint
    assert isinstance(footprint, Polygon)
    assert footprint.parts[0].holes == (((33.1, 34.1), (33.2, 34.1), (33.2, 34.2)),)


def test_a_hole_outside_its_ring_is_refused_and_filled_only_on_request() -> None:
    inner = "35,34 35.1,34 35.1,34.1 35,34"
    hole = HOLE.format(inner)
    drawing = placemark(AIR, SPAN, polygon(extra=hole))
    assert reading(drawing).activities == ()
    mended = reading(drawing, options=ReadOptions(party="north", repair=True))
    assert len(mended.activities) == 1
    assert "holes are filled" in said(mended, Severity.ASSUMED)


@pytest.mark.parametrize(
    ("mode", "extrude", "lower", "upper"),
    [
        ("absolute", "", HeightLimit(900, Datum.MSL), HeightLimit(1200, Datum.MSL)),
        ("relativeToGround", "", HeightLimit(900, Datum.GROUND), HeightLimit(1200, Datum.GROUND)),
        ("absolute", "1", HeightLimit(0, Datum.GROUND), HeightLimit(1200, Datum.MSL)),
        ("relativeToGround", "1", HeightLimit(0, Datum.GROUND), HeightLimit(1200, Datum.GROUND)),
    ],
)
def test_altitudes_give_the_height_where_data_do_not(
    mode: str, extrude: str, lower: HeightLimit, upper: HeightLimit
) -> None:
    extra = f"<extrude>{extrude}</extrude>" if extrude else ""
    found = reading(placemark(data(arena="air"), SPAN, polygon(mode=mode, extra=extra)))
    band = found.activities[0].volumes[0].height
    assert (band.lower, band.upper) == (lower, upper)
    assert ("taken from the vertices" in said(found, Severity.ASSUMED)) is (not extrude)


@pytest.mark.parametrize(
    "mode", ["", "clampToGround", "clampToSeaFloor", "relativeToSeaFloor", "sideways"]
)
def test_a_mode_without_height_is_refused_once_unless_data_give_it(mode: str) -> None:
    found = reading(placemark(data(arena="air"), SPAN, polygon(mode=mode)))
    assert found.activities == ()
    assert ["height" in p.what for p in errors(found)] == [True]
    assert len(reading(placemark(AIR, SPAN, polygon(mode=mode))).activities) == 1


def test_an_absolute_altitude_that_is_missing_is_not_taken_as_zero() -> None:
    ring = SQUARE.replace("33.5,34,1200", "33.5,34")
    found = reading(placemark(data(arena="air"), SPAN, polygon(ring)))
    assert "1 of 5 vertices have no altitude" in errors(found)[0].what


def test_an_altitude_offset_is_never_left_out_of_a_height() -> None:
    drawing = polygon(extra="<gx:altitudeOffset>500</gx:altitudeOffset>")
    found = reading(placemark(data(arena="air"), SPAN, drawing))
    assert found.activities == ()
    assert "altitudeOffset" in errors(found)[0].what


def test_altitudes_set_aside_by_data_are_told() -> None:
    assert "altitudes of the vertices are not used" in said(
        reading(placemark(AIR, SPAN, polygon())), Severity.NOTE
    )


def test_points_lines_and_rings_take_their_extent_from_data() -> None:
    sizes = data(arena="air", **HEIGHTS, radius_nm=2, half_width_m=500)
    point = "<Point><coordinates>33,34</coordinates></Point>"
    line = "<LineString><coordinates>33,34 34,35</coordinates></LineString>"
    ring = "<LinearRing><coordinates>33,34 34,34 34,35 33,34</coordinates></LinearRing>"
    (activity,) = reading(
        placemark(sizes, SPAN, f"<MultiGeometry>{point}{line}{ring}</MultiGeometry>")
    ).activities
    round_, long_, closed = (v.footprint for v in activity.volumes)
    assert round_ == Circle((33.0, 34.0), 3704.0)
    assert long_ == Corridor(((33.0, 34.0), (34.0, 35.0)), 500.0)
    assert closed == Corridor(((33.0, 34.0), (34.0, 34.0), (34.0, 35.0), (33.0, 34.0)), 500.0)


@pytest.mark.parametrize(
    ("shape", "key"),
    [
        ("<Point><coordinates>33,34</coordinates></Point>", "radius_m"),
        ("<LineString><coordinates>33,34 34,35</coordinates></LineString>", "half_width_m"),
        ("<gx:Track/>", "radius_m"),
    ],
)
def test_a_shape_without_extent_is_refused_with_the_key_to_give(shape: str, key: str) -> None:
    found = reading(placemark(AIR, SPAN, shape))
    assert any(key in p.remedy for p in errors(found))


TRACK = (
    "<gx:Track><altitudeMode>absolute</altitudeMode><when>2026-11-22T09:00:00Z</when>"
    "<when>2026-11-22T09:30:00Z</when><gx:coord>33 34 1000</gx:coord>"
    "<gx:coord>33.5 34 1500</gx:coord></gx:Track>"
)


def test_a_track_moves_in_its_own_time_whatever_its_folder_says() -> None:
    folder = data(
        arena="air", radius_nm=1, start="2026-11-20T00:00:00Z", end="2026-11-21T00:00:00Z"
    )
    found = reading(folder, placemark(TRACK))
    (volume,) = found.activities[0].volumes
    times_s = (parse_rfc3339("2026-11-22T09:00:00Z"), parse_rfc3339("2026-11-22T09:30:00Z"))
    assert volume.footprint == Track(((33.0, 34.0), (33.5, 34.0)), times_s, 1852.0)
    assert (volume.height.lower.height_m, volume.height.upper.height_m) == (1000.0, 1500.0)
    assert not errors(found)


def test_a_track_with_a_missing_place_or_time_is_refused() -> None:
    gap = TRACK.replace("33.5 34 1500", "")
    short = TRACK.replace("<when>2026-11-22T09:30:00Z</when>", "")
    sizes = data(arena="air", radius_nm=1)
    assert "coord 1" in errors(reading(placemark(sizes, gap)))[0].what
    assert "2 vertices but 1 times" in errors(reading(placemark(sizes, short)))[0].what


def test_time_and_data_come_from_folders_and_the_nearest_holds() -> None:
    later = SPAN.replace("22T", "23T")
    folder = f"<Folder>{later}{placemark(polygon(), name='Tern')}</Folder>"
    found = reading(AIR, SPAN, placemark(polygon()), folder)
    days = [a.volumes[0].time.start_s for a in found.activities]
    assert days[1] - days[0] == 86400.0


def test_the_nearest_data_set_aside_the_same_thing_in_another_unit() -> None:
    own = data(lower_m=10, upper_m=20)
    found = reading(AIR, SPAN, placemark(own, polygon()))
    assert found.activities[0].volumes[0].height.upper.height_m == 20.0


def test_data_on_time_set_a_time_element_aside_and_say_so() -> None:
    own = data(arena="air", **HEIGHTS, start="2026-12-01T00:00:00Z", end="2026-12-02T00:00:00Z")
    found = reading(placemark(own, SPAN, polygon()))
    assert found.activities[0].volumes[0].time.start_s == parse_rfc3339("2026-12-01T00:00:00Z")
    assert "TimeSpan is not used" in said(found, Severity.NOTE)


def test_a_span_open_on_one_side_stays_open() -> None:
    found = reading(placemark(AIR, SPAN.replace("<end>2026-11-22T10:00:00Z</end>", ""), polygon()))
    assert found.activities[0].volumes[0].time.end_s == math.inf
    assert "has no end" in said(found, Severity.NOTE)


@pytest.mark.parametrize(
    ("time", "what"),
    [
        ("<TimeStamp><when>2026-11-22T08:00:00Z</when></TimeStamp>", "an instant"),
        ("<TimeSpan/>", "is empty"),
        ("", "'start' is missing"),
        (SPAN.replace("T08:00:00Z", ""), "not RFC 3339"),
        (SPAN.replace("08:00:00Z", "08:00:00"), "no zone"),
        (SPAN.replace("08:00", "12:00"), "backwards"),
    ],
)
def test_a_time_that_is_not_a_span_with_zones_is_refused(time: str, what: str) -> None:
    found = reading(placemark(AIR, time, polygon()))
    assert found.activities == ()
    assert what in errors(found)[0].what


def test_arena_and_party_are_never_guessed() -> None:
    found = reading(placemark(data(**HEIGHTS), SPAN, polygon()), options=ReadOptions())
    assert found.activities == ()
    told = "\n".join(p.what for p in errors(found))
    assert "'party' is missing" in told
    assert "'arena' is missing" in told


def test_a_slip_in_a_key_is_refused_and_another_tools_key_is_told() -> None:
    slip = reading(placemark(data(arena="air", Lower_ft=0, upper_ft=10), SPAN, polygon()))
    assert "unknown key 'Lower_ft'" in errors(slip)[0].what
    foreign = reading(
        placemark(AIR.replace("</Ext", data(OBJECTID=7)[14:-15] + "</Ext"), SPAN, polygon())
    )
    assert "'OBJECTID' is not part of a plan; not used. 7" in said(foreign, Severity.PARTIAL)
    assert len(foreign.activities) == 1


def test_data_by_schema_are_read_too() -> None:
    arena = '<SimpleData name="arena">sea</SimpleData>'
    schema = f"<ExtendedData><SchemaData>{arena}</SchemaData></ExtendedData>"
    found = reading(placemark(schema, SPAN, polygon()))
    assert found.activities[0].volumes[0].arena == "sea"


def test_placemarks_of_one_activity_are_its_volumes_and_must_agree_on_it() -> None:
    one = data(arena="air", **HEIGHTS, activity="range", kind="firing")
    two = data(arena="air", **HEIGHTS, activity="range")
    other = data(arena="air", **HEIGHTS, activity="range", kind="transit")
    joined = reading(placemark(one, SPAN, polygon()), placemark(two, SPAN, polygon()))
    assert [len(a.volumes) for a in joined.activities] == [2]
    assert joined.activities[0].kind == "firing"
    split = reading(placemark(one, SPAN, polygon()), placemark(other, SPAN, polygon()))
    assert "'kind' is not what" in errors(split)[0].what


def test_placemarks_of_one_name_stay_apart() -> None:
    found = reading(AIR, SPAN, placemark(polygon()), placemark(polygon()))
    assert [a.id for a in found.activities] == ["Gannet", "Gannet #2"]
    assert "'Gannet #2'" in said(found, Severity.NOTE)


def test_a_refused_placemark_does_not_hide_the_others_and_tells_all_its_problems() -> None:
    bad = placemark(data(arena="land"), polygon("33,34 0,0 95;34 190,34 33,34"), name="Bad")
    found = reading(bad, placemark(AIR, SPAN, polygon()))
    assert [a.id for a in found.activities] == ["Gannet"]
    told = "\n".join(p.what for p in errors(found))
    for words in ("tuple 1", "tuple 2", "tuple 3", "'arena' is 'land'", "'start' is missing"):
        assert words in told


def test_every_element_is_used_or_told() -> None:
    link = "<NetworkLink><Link><href>https://example.org/more.kml</href></Link></NetworkLink>"
    overlay = "<GroundOverlay><Icon/></GroundOverlay>"
    words = "<description>Mondays only</description><styleUrl>#a</styleUrl>"
    offset = "<gx:altitudeOffset>5</gx:altitudeOffset>"
    found = reading(
        "<Style/><Style/>", link, overlay, AIR, SPAN,
        placemark(words, polygon(extra=offset)), placemark(name="Empty"),
    )  # fmt: skip
    partial, note = said(found, Severity.PARTIAL), said(found, Severity.NOTE)
    assert "https://example.org/more.kml" in partial
    assert "1 GroundOverlay" in partial
    assert "1 altitudeOffset" in partial
    assert "no geometry" in partial
    assert "Mondays only" in note
    assert "2 Style element(s)" in note
    assert "1 styleUrl" in note


def test_a_radius_on_a_polygon_is_told() -> None:
    found = reading(placemark(data(arena="air", **HEIGHTS, radius_m=5), SPAN, polygon()))
    assert "'radius_m' is not used" in said(found, Severity.PARTIAL)


def test_a_document_type_is_refused_before_any_entity_is_read() -> None:
    bomb = b'<!DOCTYPE k [<!ENTITY a "aaaa">]><kml><Document/></kml>'
    assert "DOCTYPE" in errors(read(bomb, "x.kml", NORTH))[0].what


def test_elements_too_deep_are_refused() -> None:
    deep = b"<kml>" + b"<Folder>" * 5000 + b"</Folder>" * 5000 + b"</kml>"
    assert "deep" in errors(read(deep, "x.kml", NORTH))[0].what


def test_a_kmz_gives_its_main_document_and_tells_of_the_rest() -> None:
    found = read(zipped(a_kml=b"<x/>", doc_kml=GOOD, files__icon_png=b"x"), "areas.kmz", NORTH)
    assert len(found.activities) == 1
    assert "1 other KML file(s)" in said(found, Severity.PARTIAL)
    assert "a.kml" in said(found, Severity.PARTIAL)
    assert "1 picture(s)" in said(found, Severity.NOTE)


def test_a_kmz_that_swells_or_holds_no_document_is_refused() -> None:
    swollen = zipped(doc_kml=b"<kml>" + b" " * 5_000_000 + b"</kml>")
    assert "unpacks" in errors(read(swollen, "x.kmz", NORTH))[0].what
    assert "no .kml" in errors(read(zipped(a_txt=b"x"), "x.kmz", NORTH))[0].what
    crowd = zipped(doc_kml=GOOD, **{f"f{i}_txt": b"" for i in range(2000)})
    assert "2001 files" in errors(read(crowd, "x.kmz", NORTH))[0].what


def test_a_member_without_a_name_does_not_break_the_reader() -> None:
    nameless = zipped(doc_kml=GOOD, QQ=b"x").replace(b"QQ", b"\0Q")
    assert errors(read(nameless, "x.kmz", NORTH))


def test_what_is_not_kml_is_refused() -> None:
    assert "root element is 'gpx'" in errors(read(b"<gpx/>", "x.kml", NORTH))[0].what
    assert "no placemark" in errors(read(b"<kml/>", "x.kml", NORTH))[0].what
