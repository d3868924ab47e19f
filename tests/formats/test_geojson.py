"""Plan files: what is read, and that everything else is refused by feature and with a remedy."""

import copy
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.geojson import read
from wideberth.formats.reading import ReadOptions, Severity
from wideberth.model.footprint import Circle, Corridor, Polygon, Track
from wideberth.units import METRES_PER_NAUTICAL_MILE

SQUARE = [[26.0, 36.0], [26.2, 36.0], [26.2, 36.2], [26.0, 36.2], [26.0, 36.0]]
BOW = [[26.0, 36.0], [26.2, 36.2], [26.2, 36.0], [26.0, 36.2], [26.0, 36.0]]


def a_feature(geometry=None, **properties):
    base = {
        "party": "north",
        "activity": "survey",
        "arena": "air",
        "lower_m": 0,
        "upper_m": 900,
        "start": "2026-11-22T08:00:00Z",
        "end": "2026-11-22T09:00:00Z",
    }
    kept = {key: value for key, value in (base | properties).items() if value is not ...}
    geometry = geometry or {"type": "Polygon", "coordinates": [SQUARE]}
    return {"type": "Feature", "geometry": geometry, "properties": kept}


def of(kind, coordinates, **properties):
    return a_feature({"type": kind, "coordinates": coordinates}, **properties)


def a_track(points, times, **properties):
    properties = {"radius_nm": 1} | properties
    return of("LineString", points, times=times, start=..., end=..., **properties)


def reading_of(*features, party=None, repair=False, **members):
    document = {"type": "FeatureCollection", "features": list(features)} | members
    return reading_of_text(json.dumps(document), party=party, repair=repair)


def reading_of_text(text, *, party=None, repair=False):
    data = text.encode() if isinstance(text, str) else text
    return read(data, "plan.geojson", ReadOptions(party=party, repair=repair))


def errors_of(reading):
    return [p for p in reading.problems if p.severity is Severity.ERROR]


def footprint_of(feature, **options):
    reading = reading_of(feature, **options)
    assert errors_of(reading) == []
    return reading.activities[0].volumes[0].footprint


def test_features_of_one_activity_are_its_volumes_in_order():
    reading = reading_of(
        a_feature(title="Survey"), a_feature(activity="other"), a_feature(volume="x"), a_feature()
    )
    assert reading.problems == ()
    survey, other = reading.activities
    assert [v.id for v in survey.volumes] == ["0", "x", "2"]
    assert (survey.title, other.title) == ("Survey", "")
    assert reading.understood == ("4 features: 2 activities, 4 volumes",)


def test_features_of_one_activity_that_disagree_are_refused_with_both_places():
    (problem,) = errors_of(reading_of(a_feature(priority=1), a_feature(priority=2)))
    assert problem.where.startswith("feature 1")
    assert "feature 0" in problem.what


def test_a_volume_id_used_twice_is_refused():
    assert len(errors_of(reading_of(a_feature(volume="1"), a_feature()))) == 1


def test_a_refused_feature_does_not_shift_the_numbers_of_the_others():
    reading = reading_of(a_feature(arena="land"), a_feature())
    assert [v.id for v in reading.activities[0].volumes] == ["1"]


def test_a_file_without_a_party_takes_the_one_that_is_told():
    reading = reading_of(a_feature(party=...), party="south")
    assert [a.party for a in reading.activities] == ["south"]
    assert reading_of(a_feature(party=...)).is_refused


def test_a_file_that_names_its_party_keeps_it_and_says_so():
    reading = reading_of(a_feature(), party="south")
    assert reading.activities[0].party == "north"
    assert [p.severity for p in reading.problems] == [Severity.NOTE]


def test_shapes_come_out_in_metres():
    assert footprint_of(of("Point", [26.0, 36.0], radius_nm=2)) == Circle((26.0, 36.0), 3704.0)
    corridor = footprint_of(of("LineString", [[26.0, 36.0], [26.0, 37.0]], half_width_m=500))
    assert corridor == Corridor(((26.0, 36.0), (26.0, 37.0)), 500.0)
    times = ["2026-11-22T08:00:00Z", "2026-11-22T08:30:00Z"]
    track = footprint_of(a_track([[26.0, 36.0], [26.0, 37.0]], times))
    assert isinstance(track, Track)
    assert track.radius_m == METRES_PER_NAUTICAL_MILE
    assert track.times_s[1] - track.times_s[0] == 1800.0


def test_a_multipolygon_with_a_hole_keeps_both():
    hole = [[26.05, 36.05], [26.05, 36.1], [26.1, 36.1], [26.1, 36.05], [26.05, 36.05]]
    far = [[x + 1.0, y] for x, y in SQUARE]
    polygon = footprint_of(of("MultiPolygon", [[SQUARE, hole], [far]]))
    assert isinstance(polygon, Polygon)
    assert [len(part.holes) for part in polygon.parts] == [1, 0]


def test_a_track_keeps_an_even_speed_where_its_leg_is_split():
    times = ["2026-11-22T08:00:00Z", "2026-11-22T10:00:00Z"]
    track = footprint_of(a_track([[20.0, 60.0], [30.0, 60.0]], times))
    assert len(track.points) > 20
    steps = [b - a for a, b in zip(track.times_s, track.times_s[1:], strict=False)]
    assert max(steps) - min(steps) < 1e-3


def test_a_stay_of_a_track_is_kept():
    times = [f"2026-11-22T0{hour}:00:00Z" for hour in (7, 8, 9)]
    track = footprint_of(a_track([[26.0, 36.0], [26.0, 36.0], [26.0, 37.0]], times))
    assert track.points[:2] == ((26.0, 36.0), (26.0, 36.0))


def test_a_plan_across_the_antimeridian_goes_the_short_way_and_says_so():
    ring = [[179.0, -10.0], [-179.0, -10.0], [-179.0, -9.0], [179.0, -9.0], [179.0, -10.0]]
    reading = reading_of(of("Polygon", [ring]))
    assert [p.severity for p in reading.problems] == [Severity.ASSUMED]
    points = reading.activities[0].volumes[0].footprint.parts[0].outer
    assert all(abs(lon) >= 179.0 for lon, _ in points)


def test_a_plan_cut_at_the_antimeridian_needs_no_remark():
    west = [[179.0, 10.0], [180.0, 10.0], [180.0, 11.0], [179.0, 11.0], [179.0, 10.0]]
    east = [[-180.0, 10.0], [-179.0, 10.0], [-179.0, 11.0], [-180.0, 11.0], [-180.0, 10.0]]
    assert reading_of(of("MultiPolygon", [[west], [east]])).problems == ()


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    "turn",
    [
        [[180, 90], [-180, 90]],
        [[180, 90], [0, 90], [-180, 90]],
        [[180, 85], [180, 90], [-180, 90], [-180, 83]],
    ],
)
def test_a_cap_about_a_pole_is_read_as_one(sign, turn):
    ring = [[-180, 80], [-90, 80], [0, 80], [90, 80], [180, 80], *turn, [-180, 80]]
    polygon = footprint_of(of("Polygon", [[[x, y * sign] for x, y in ring]]))
    assert {lat for _, lat in polygon.parts[0].outer} == {80.0 * sign}


def test_an_edge_of_half_a_turn_is_refused():
    ring = [[-90, 80], [90, 80], [90, 85], [-90, 85], [-90, 80]]
    assert any("180 degrees" in p.what for p in errors_of(reading_of(of("Polygon", [ring]))))


def test_a_ring_that_crosses_itself_is_refused_with_the_place():
    (problem,) = errors_of(reading_of(of("Polygon", [BOW])))
    assert "36.1000N 026.1000E" in problem.what
    assert "--repair" in problem.remedy


def test_a_ring_that_crosses_only_on_the_flat_map_is_refused_too():
    spike = [[20.0, 60.0], [30.0, 60.0], [30.0, 61.0], [25.0, 59.99], [20.0, 61.0], [20.0, 60.0]]
    assert "crosses itself" in errors_of(reading_of(of("Polygon", [spike])))[0].what


def test_a_crossing_ring_is_mended_on_request_to_an_area_that_holds_all_of_it():
    reading = reading_of(of("Polygon", [BOW]), repair=True)
    assert [p.severity for p in reading.problems] == [Severity.ASSUMED]
    outer = reading.activities[0].volumes[0].footprint.parts[0].outer
    assert {(26.0, 36.0), (26.2, 36.2), (26.2, 36.0), (26.0, 36.2)} <= set(outer)


@pytest.mark.parametrize(
    ("feature", "word"),
    [
        (of("Polygon", [SQUARE[:-1]]), "not closed"),
        (of("Polygon", [SQUARE[:2] + SQUARE[:1]]), "4 are needed"),
        (of("Polygon", [[[26.0, 36.0]] * 5]), "3 different"),
        (of("Polygon", []), "no coordinates"),
        (of("Polygon", [[]]), "0 positions"),
        (of("Polygon", [7]), "not a list"),
        (of("MultiPolygon", [[SQUARE], []]), "no ring"),
        (of("Polygon", [[[36.0, 126.0], *SQUARE[1:-1], [36.0, 126.0]]]), "latitude"),
        (of("Polygon", [[[190.0, 36.0], *SQUARE[1:-1], [190.0, 36.0]]]), "longitude"),
        (of("Polygon", [[*SQUARE[:1], [0, 0], *SQUARE[1:]]]), "null island"),
        (of("Point", [0.0, -0.0], radius_m=1), "null island"),
        (of("Polygon", [[*SQUARE[:1], ["26", 36], *SQUARE[1:]]]), "'26' (text)"),
        (of("Polygon", [[*SQUARE[:1], [26], *SQUARE[1:]]]), "position"),
        (of("Polygon", [[*SQUARE[:1], [True, 36], *SQUARE[1:]]]), "true"),
        (of("Polygon", [SQUARE], radius_m=5), "no meaning"),
        (of("Point", [26.0, 36.0]), "radius_m"),
        (of("Point", [26.0, 36.0], radius_m=5, radius_nm=5), "both"),
        (of("Point", [26.0, 36.0], radius_m=-5), "radius"),
        (of("Point", [26.0, 36.0], radius_m="5"), "text"),
        (of("LineString", [[26.0, 36.0], [26.0, 37.0]]), "half_width_m"),
        (of("LineString", [[26.0, 36.0], [26.0, 37.0]], radius_m=5), "radius_m"),
        (of("LineString", [[26.0, 36.0]], half_width_m=5), "2 vertices"),
        (of("GeometryCollection", [1]), "GeometryCollection"),
        (of("polygon", [SQUARE]), "polygon"),
        (a_track([[26.0, 36.0], [26.0, 37.0]], ["2026-11-22T08:00:00Z"]), "times"),
        (a_track([[26.0, 36.0], [26.0, 37.0]], ["2026-11-22T08:00:00Z"] * 2), "not after"),
        (a_track([[26.0, 36.0], [26.0, 37.0]], ["2026-11-22T08:00:00"] * 2), "no zone"),
        (a_track([[26.0, 36.0], [26.0, 37.0]], [1, 2]), "number"),
        (a_track([[26.0, 36.0], [26.0, 37.0]], "now"), "'times'"),
        (a_track([[26.0, 36.0], [26.0, 37.0]], [], half_width_m=4), "both a radius"),
        ({**a_feature(), "geometry": None}, "geometry"),
        ({**a_feature(), "properties": None}, "properties"),
        ({**a_feature(), "type": "Featur"}, "object"),
        ({**a_feature(), "arena": "sea"}, "outside"),
        (3, "3"),
        (a_feature(upper_m=-5), "backwards"),
        (a_feature(start="2026-11-22T09:00:00Z"), "backwards"),
        (a_feature(start="2026-11-22T09:00:00"), "zone"),
        (a_feature(heigth=3), "heigth"),
    ],
)
def test_a_bad_feature_is_refused_with_its_number_while_the_good_one_is_read(feature, word):
    reading = reading_of(a_feature(activity="good"), feature)
    problems = errors_of(reading)
    assert problems
    assert all(p.where.startswith("feature 1") for p in problems)
    assert any(word in p.what + p.remedy for p in problems)
    assert [a.id for a in reading.activities] == ["good"]


def test_swapped_longitude_and_latitude_get_a_hint():
    swapped = [[y, x + 80.0] for x, y in SQUARE]
    assert "swapped" in errors_of(reading_of(of("Polygon", [swapped])))[0].remedy


def test_every_bad_position_of_a_ring_is_listed():
    ring = [*SQUARE[:1], [0, 0], [200, 3], [3, 200], *SQUARE[1:]]
    assert len(errors_of(reading_of(of("Polygon", [ring])))) == 3


def test_an_altitude_in_a_position_is_reported_as_unused_once():
    flat = [[x, y, 300.0] for x, y in SQUARE]
    reading = reading_of(*[of("Polygon", [flat], activity=str(i)) for i in range(3)])
    (note,) = reading.problems
    assert note.severity is Severity.NOTE
    assert note.where == "feature 0 and 2 more"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "not JSON"),
        ("[1, 2", "not JSON"),
        ('{"type": NaN}', "NaN"),
        ('{"type": "FeatureCollection", "features": [-Infinity]}', "Infinity"),
        ("[" * 100_000, "deep"),
        ("9" * 5000, "not JSON"),
        ("[]", "FeatureCollection"),
        (json.dumps(a_feature()), "'Feature'"),
        ('{"type": "FeatureCollection"}', "'features'"),
        ('{"type": "FeatureCollection", "features": {}}', "'features'"),
        ('{"type": "FeatureCollection", "features": [], "crs": null}', "WGS-84"),
        (b"\xff\xfe{}", "UTF-8"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_not_raised(text, word):
    reading = reading_of_text(text)
    assert any(word in p.what for p in errors_of(reading))
    assert reading.activities == ()


def test_a_number_beyond_all_floats_is_refused():
    text = json.dumps(
        {"type": "FeatureCollection", "features": [a_feature(upper_m=12345)]}
    ).replace("12345", "1e999")
    assert any("finite" in p.what for p in errors_of(reading_of_text(text)))


def test_a_key_that_comes_twice_is_refused_at_its_feature():
    text = json.dumps({"type": "FeatureCollection", "features": [a_feature(), a_feature()]})
    head, tail = text.rsplit('"lower_m"', 1)
    (problem,) = errors_of(reading_of_text(f'{head}"lower_m": 5, "lower_m"{tail}'))
    assert problem.where == "feature 1"
    assert "'lower_m'" in problem.what


@pytest.mark.parametrize(
    ("name", "known"),
    [("urn:ogc:def:crs:OGC:1.3:CRS84", True), ("EPSG:4326", True), ("EPSG:3857", False)],
)
def test_only_wgs84_is_taken(name, known):
    crs = {"type": "name", "properties": {"name": name}}
    reading = reading_of(a_feature(), crs=crs)
    assert reading.is_refused is not known
    assert len(reading.activities) == int(known)


def test_members_that_are_not_used_are_named():
    reading = reading_of(a_feature(), remark="x", name="layer")
    assert ["remark" in p.what for p in reading.problems] == [True]
    assert "no feature" in reading_of().problems[0].what


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-400, 400) | st.floats() | st.text(max_size=5)
    | st.sampled_from(["Point", "Polygon", "LineString", "air", "2026-11-22T08:00:00Z"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)  # fmt: skip


@given(
    st.sampled_from(
        ["geometry", "geometry.type", "geometry.coordinates", "properties", "properties.times"]
        + ["properties." + key for key in a_feature()["properties"]]
    ),
    JUNK,
    st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_any_value_anywhere_gives_volumes_or_the_reasons(path, junk, as_line):
    feature = a_track([[26, 36], [27, 37]], ["2026-11-22T08:00:00Z"]) if as_line else a_feature()
    feature = copy.deepcopy(feature)
    at = feature
    *steps, last = path.split(".")
    for step in steps:
        at = at[step]
    at[last] = junk
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    reading = reading_of_text(text)
    assert bool(reading.activities) != reading.is_refused


@given(
    st.lists(
        st.tuples(
            st.sampled_from([-180.0, 180.0, 0.0, 90.0]) | st.floats(-180, 180),
            st.sampled_from([-90.0, 90.0, 0.0]) | st.floats(-90, 90),
        ),
        min_size=3,
        max_size=7,
    )
)
@settings(max_examples=300, deadline=None)
def test_any_ring_gives_a_polygon_or_the_reason(points):
    ring = [*points, points[0]]
    reading = reading_of(of("Polygon", [ring]), repair=True)
    assert bool(reading.activities) != reading.is_refused


def test_unlimited_is_not_written_as_infinity():
    feature = a_feature(upper_m=..., upper_unlimited=True)
    height = reading_of(feature).activities[0].volumes[0].height
    assert height.upper.height_m == math.inf
