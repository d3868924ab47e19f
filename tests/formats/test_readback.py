"""A read-back says every place in a second notation, and shows what came over wrong."""

import dataclasses

import drawing
import pytest
from builders import NOON_S, a_volume, an_activity, an_agreement
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.notation import mgrs_of, opens
from wideberth.formats.readback import differences, places_of, read_back, verify
from wideberth.model.footprint import Circle, Corridor, Everywhere, Polygon, Track
from wideberth.model.span import Datum, HeightBand, TimeWindow
from wideberth.model.volume import Arena

LAW = settings(max_examples=80, deadline=None)
AGREEMENT = dataclasses.replace(an_agreement(), named_points=(("MIDWAY", (33.0, 33.9)),))
SQUARE = Polygon.of(
    [(33.0, 34.0), (33.2, 34.0), (33.2, 34.2), (33.0, 34.2)],
    [(33.1, 34.1), (33.1, 34.15), (33.15, 34.1)],
)  # fmt: skip

footprints = st.tuples(st.sampled_from(drawing.ANCHORS), drawing.sizes).flatmap(
    lambda at: drawing.footprints(*at) | drawing.tracks(*at)
)


def of(footprint, **more):
    return an_activity(a_volume(footprint, **more))


def wheres(found):
    return [difference.where for difference in found]


@LAW
@given(footprints)
def test_every_vertex_is_read_back_and_its_own_read_back_verifies(footprint):
    returned = read_back(of(footprint), AGREEMENT)
    places = dict(places_of(footprint))
    assert [place.which for place in returned.volumes[0].places] == list(places)
    assert verify(of(footprint), returned, AGREEMENT) == ()
    assert differences(returned, read_back(of(footprint), AGREEMENT)) == ()


@LAW
@given(footprints, st.data(), drawing.azimuths, st.floats(0.7, 4.0).map(lambda e: 10.0**e))
def test_a_place_that_came_over_wrong_is_found_by_its_reference_alone(
    footprint, data, azimuth, off_m
):
    right = read_back(of(footprint), AGREEMENT)
    at = data.draw(st.integers(0, len(right.volumes[0].places) - 1))
    which, point = list(places_of(footprint))[at]
    slip = mgrs_of(drawing.go(point, azimuth, off_m))
    places = list(right.volumes[0].places)
    places[at] = dataclasses.replace(places[at], mgrs=slip)
    wrong = dataclasses.replace(
        right, volumes=(dataclasses.replace(right.volumes[0], places=tuple(places)),)
    )
    assert wheres(verify(of(footprint), wrong, AGREEMENT)) == [f"volume 0: {which} mgrs"]
    assert wheres(differences(right, wrong)) == [f"volume 0: {which} mgrs"]


def test_nine_kilometres_are_told_in_every_notation():
    near, away = (
        Circle((33.0, 34.0), 5000.0),
        Circle(drawing.go((33.0, 34.0), 45.0, 9087.0), 5000.0),
    )
    found = verify(of(near), read_back(of(away), AGREEMENT), AGREEMENT)
    assert wheres(found) == [f"volume 0: centre {name}" for name in ("mgrs", "dms", "bearing")]
    assert all("(9.1 km off)" in difference.theirs for difference in found)


def test_holes_and_parts_and_tracks_are_read_back_whole():
    assert [which for which, _ in places_of(SQUARE)] == [
        "vertex 1", "vertex 2", "vertex 3", "vertex 4",
        "hole 1 vertex 1", "hole 1 vertex 2", "hole 1 vertex 3",
    ]  # fmt: skip
    two = Polygon((*SQUARE.parts, *Polygon.of([(35.0, 34.0), (35.2, 34.0), (35.1, 34.2)]).parts))
    assert [which for which, _ in places_of(two)][-1] == "part 2 vertex 3"
    track = Track(((33.0, 34.0), (33.5, 34.1)), (NOON_S, NOON_S + 600.0), 926.0)
    (volume,) = read_back(of(track), AGREEMENT).volumes
    assert volume.shape == "moving disc of radius 926 m (0.5 NM), 2 vertices"
    assert volume.times.count("Z") == 4
    assert list(places_of(Everywhere())) == []


def test_a_long_polygon_is_read_back_to_its_last_vertex():
    ring = [drawing.go((33.0, 34.0), 360.0 * k / 400, 50_000.0) for k in range(400)]
    (volume,) = read_back(of(Polygon.of(ring)), AGREEMENT).volumes
    assert volume.places[-1].which == "vertex 400"
    assert volume.shape == "area of 1 ring, 400 vertices"


def test_heights_times_and_bands_are_in_two_units_and_utc():
    radio = a_volume(
        Corridor(((33.0, 34.0), (33.5, 34.0)), 1852.0),
        arena=Arena.SPECTRUM, lower_m=304.8, upper_m=1524.0, datum=Datum.PRESSURE,
    )  # fmt: skip
    (volume,) = read_back(an_activity(radio), AGREEMENT).volumes
    assert volume.shape == "corridor of 2 vertices, 1,852 m (1 NM) either side"
    assert volume.heights == (
        "from 304.8 m (1,000 ft) of pressure altitude, FL 10"
        " to 1,524 m (5,000 ft) of pressure altitude, FL 50"
    )
    assert volume.times == "2026-09-21T12:00:00Z to 2026-09-21T13:00:00Z, 1 h"
    assert volume.band == "225 MHz to 226 MHz, emit"


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("heights", lambda v: dataclasses.replace(v, height=HeightBand.of(3000.0, 3301.0))),
        ("times", lambda v: dataclasses.replace(v, time=TimeWindow(NOON_S, NOON_S + 3601.0))),
        ("shape", lambda v: dataclasses.replace(v, footprint=Circle((33.0, 34.0), 5001.0))),
    ],
)
def test_each_other_slip_is_named_by_its_field(field, change):
    right = read_back(an_activity(), AGREEMENT)
    wrong = read_back(an_activity(change(a_volume())), AGREEMENT)
    assert wheres(differences(right, wrong)) == [f"volume 0: {field}"]
    assert wheres(verify(an_activity(), wrong, AGREEMENT)) == [f"volume 0: {field}"]


def test_another_revision_or_a_volume_too_few_is_told():
    two = an_activity(a_volume(), a_volume(volume_id="b"))
    found = differences(
        read_back(two, AGREEMENT),
        read_back(dataclasses.replace(an_activity(), revision=2), AGREEMENT),
    )
    assert [(d.where, d.ours, d.theirs) for d in found] == [
        ("revision", "1", "2"), ("volume b", "there", ""),
    ]  # fmt: skip


def test_a_vertex_that_got_lost_is_told():
    short = Polygon.of([(33.0, 34.0), (33.2, 34.0), (33.2, 34.2)])
    found = differences(read_back(of(SQUARE), AGREEMENT), read_back(of(short), AGREEMENT))
    assert "volume 0: vertex 4" in wheres(found)


def test_a_reference_that_cannot_be_opened_is_told_and_not_raised():
    right = read_back(an_activity(), AGREEMENT)
    (volume,) = right.volumes
    broken = dataclasses.replace(volume.places[0], mgrs="36S VD 0000", bearing="")
    wrong = dataclasses.replace(right, volumes=(dataclasses.replace(volume, places=(broken,)),))
    assert wheres(verify(an_activity(), wrong, AGREEMENT)) == [
        "volume 0: centre mgrs", "volume 0: centre bearing",
    ]  # fmt: skip


def test_without_named_points_there_is_no_bearing_and_none_is_missed():
    plain = an_agreement()
    returned = read_back(an_activity(), plain)
    assert returned.volumes[0].places[0].bearing == ""
    assert verify(an_activity(), returned, plain) == ()
    assert opens(returned.volumes[0].places[0].mgrs).within_m <= 1.0
