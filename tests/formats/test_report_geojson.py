"""The GeoJSON report keeps RFC 7946 and holds each volume once."""

import json

import interference_samples as radio
import pytest
import report_samples as samples
import shapely
import shapely.geometry
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.engine.outline import outline_of
from wideberth.formats import report_geojson
from wideberth.model.footprint import Circle


def features(result, readings=()):
    return json.loads(report_geojson.render(result, readings))["features"]


def positions(geometry):
    def walk(node):
        if node and isinstance(node[0], float):
            yield node
        else:
            for child in node:
                yield from walk(child)

    return walk(geometry["coordinates"])


SAMPLES = [
    samples.everything(),
    samples.over_the_antimeridian(),
    samples.about_the_pole(),
    samples.spectrum_only(),
    samples.open_ended(),
    samples.restricted_band(),
    samples.worldwide(),
    radio.interfered(),
]


@pytest.mark.parametrize("result", SAMPLES)
def test_rings_are_closed_right_handed_on_the_map_and_rounded(result):
    for feature in features(result):
        shape = shapely.geometry.shape(feature["geometry"])
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                assert part.exterior.is_ccw
                assert not any(hole.is_ccw for hole in part.interiors)
        for lon_deg, lat_deg in positions(feature["geometry"]):
            assert abs(lon_deg) <= 180.0
            assert abs(lat_deg) <= 90.0
            assert (lon_deg, lat_deg) == (round(lon_deg, 7), round(lat_deg, 7))


@pytest.mark.parametrize("result", SAMPLES)
def test_each_volume_in_a_conflict_is_there_once_and_each_place_points_at_two(result):
    found = features(result)
    ids = [feature["id"] for feature in found]
    assert len(set(ids)) == len(ids)
    volumes = {f["id"] for f in found if f["properties"]["feature"] == "volume"}
    places = [f["properties"] for f in found if f["properties"]["feature"] == "conflict"]
    assert len(places) == len(result.conflicts)
    assert {v for place in places for v in place["volumes"]} == volumes


@settings(max_examples=40, deadline=None)
@given(st.floats(-180, 180), st.floats(-90, 90), st.sampled_from([1e-4, 1e-2, 1.0, 1e3, 1e5, 2e6]))
def test_no_circle_is_too_small_or_too_near_a_pole_to_be_written(lon_deg, lat_deg, radius_m):
    geometry = report_geojson.geometry(outline_of(Circle((lon_deg, lat_deg), radius_m)))
    assert list(positions(geometry))
    for part in shapely.get_parts(shapely.geometry.shape(geometry)):
        assert part.geom_type == "Point" or len(part.exterior.coords) >= 4


def test_an_area_over_the_antimeridian_is_two_polygons():
    kinds = {f["id"]: f["geometry"]["type"] for f in features(samples.over_the_antimeridian())}
    assert kinds["east/E-1/0"] == kinds["west/W-1/0"] == "MultiPolygon"


def test_open_heights_and_times_are_said_without_infinite_numbers():
    volume = features(samples.open_ended())[0]["properties"]
    assert volume["lower_unlimited"] is True
    assert volume["upper_unlimited"] is True
    assert volume["start"] is None
    assert volume["end"] is None


def test_names_with_slashes_cannot_take_the_id_of_another_volume():
    a = samples.an_activity("north", "A/1", samples.a_volume("0"))
    b = samples.an_activity("north", "A", samples.a_volume("1/0"))
    assert report_geojson.volume_id(samples.ref(a)) != report_geojson.volume_id(samples.ref(b))


def test_the_bytes_do_not_depend_on_the_order_of_files():
    result, readings = samples.everything(), samples.some_readings()
    assert report_geojson.render(result, readings) == report_geojson.render(
        result, tuple(reversed(readings))
    )
