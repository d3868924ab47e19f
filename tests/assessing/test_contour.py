"""A contour holds every place where the level may be met, whichever way the antenna points."""

import dataclasses
import math
from itertools import pairwise

import numpy as np
import pytest
import synthetic_terrain as made
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyproj import Geod
from radio_scenes import AGREEMENT, an_emission

from wideberth.assessing import contour_geojson, contour_svg
from wideberth.assessing.contour import Level, NoContourError, Receiver, contours
from wideberth.assessing.levels import level_of_service
from wideberth.errors import ImpossibleValueError
from wideberth.formats.report_budget import ADVISORY
from wideberth.interference.path import slant_m
from wideberth.interference.propagation import Air, Ends, loss
from wideberth.model.radio import Antenna, AntennaKind, Radio
from wideberth.model.span import Datum, HeightBand
from wideberth.spectrum.antenna import most_gain_dbi
from wideberth.spectrum.terrain import Mosaic

GEOD = Geod(ellps="WGS84")
AIR = Air.of(AGREEMENT.spectrum)
LAW = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
HERE = (33.05, 34.05)


def emission(**more):
    return an_emission(300.0, eirp_dbm=40.0, place=HERE) if not more else an_emission(300.0, **more)


def received_dbm(volume, place, receiver, from_place):
    """Return what is received at a place from one place of the footprint, reckoned plainly."""
    bearing_deg, _, ground_m = GEOD.inv(*from_place, *place)
    low_m, high_m = sorted((volume.height.upper.height_m, receiver.height_m))
    ends = Ends(volume.freq.low_hz, slant_m(ground_m, 0.0), low_m, high_m)
    gain_db = 0.0
    antenna = volume.radio.antenna if volume.radio else None
    if antenna is not None:
        at = (bearing_deg, bearing_deg)
        gain_db = float(most_gain_dbi(antenna, at, (-90.0, 90.0))) - antenna.gain_dbi
    return volume.eirp_dbm + gain_db + receiver.gain_dbi - loss(ends, AIR).loss_db


antennas = st.none() | st.builds(
    Antenna,
    st.sampled_from((AntennaKind.SECTOR, AntennaKind.PARABOLIC)),
    st.sampled_from((12.0, 30.0)),
    st.tuples(st.floats(0.0, 360.0), st.floats(0.0, 360.0)),
    st.sampled_from((None, (0.0, 5.0))),
    st.sampled_from((5.0, 40.0)),
)


@LAW
@given(
    antennas,
    st.sampled_from((0.0, 3000.0)),
    st.sampled_from((-60.0, -90.0, -110.0)),
    st.sampled_from((2.0, 250.0, 9000.0)),
    st.floats(0.0, 360.0),
    st.floats(0.0, 360.0),
)
def test_the_level_is_met_nowhere_outside(antenna, radius_m, level_dbm, height_m, turn, offset):
    volume = emission(eirp_dbm=45.0, place=HERE, radius_m=radius_m, radio=Radio(antenna=antenna))
    receiver = Receiver(height_m, 2.0)
    found = contours(volume, receiver, [Level(level_dbm)], AGREEMENT)
    (edge,) = found.edges
    if edge.beyond_deg:
        return
    step = 360.0 / len(edge.distances_m)
    k = int(turn // step) % len(edge.distances_m)
    one, other = edge.distances_m[k], edge.distances_m[(k + 1) % len(edge.distances_m)]
    share = turn / step - turn // step
    # the straight edge between two corners, in polar form
    a = math.radians(step)
    reach = one * other * math.sin(a)
    reach /= one * math.sin(a * share) + other * math.sin(a * (1.0 - share))
    lon, lat, _ = GEOD.fwd(*HERE, turn, reach * 1.002 + 1.0)
    from_lon, from_lat, _ = GEOD.fwd(*HERE, offset, radius_m)
    assert received_dbm(volume, (lon, lat), receiver, (from_lon, from_lat)) <= level_dbm + 1e-6


@LAW
@given(st.floats(-120.0, -40.0), st.floats(0.0, 30.0), st.sampled_from((10.0, 5000.0)))
def test_a_weaker_level_and_a_higher_receiver_reach_no_less(level_dbm, more_db, height_m):
    volume = emission()
    one, other = contours(
        volume, Receiver(height_m), [Level(level_dbm), Level(level_dbm - more_db)], AGREEMENT
    ).edges
    assert all(b >= a for a, b in zip(one.distances_m, other.distances_m, strict=True))
    (higher,) = contours(volume, Receiver(height_m * 2.0), [Level(level_dbm)], AGREEMENT).edges
    assert max(higher.distances_m) >= max(one.distances_m) * 0.999


def test_free_space_gives_the_distance_of_the_formula():
    rules = dataclasses.replace(AGREEMENT.spectrum, refine=False)
    agreement = dataclasses.replace(AGREEMENT, spectrum=rules)
    volume = emission()
    (edge,) = contours(volume, Receiver(10.0), [Level(-50.0)], agreement).edges
    km = 10.0 ** ((40.0 + 50.0 - 32.45 - 20.0 * math.log10(volume.freq.low_hz / 1e6)) / 20.0)
    assert edge.distances_m[0] == pytest.approx(km * 1000.0, rel=0.003)
    assert len(edge.ring) == 73
    assert edge.ring[0] == edge.ring[-1]


def test_what_reaches_beyond_1800_km_says_so():
    (edge,) = contours(
        emission(eirp_dbm=150.0, place=HERE), Receiver(12_000.0), [Level(-200.0)], AGREEMENT
    ).edges
    assert len(edge.beyond_deg) == 72


def test_a_ridge_shortens_the_contour_behind_it_and_its_tile_is_named():
    wall = made.ridge(33.07, 900.0, half_width_deg=0.01, side=601)
    low = dataclasses.replace(
        emission(eirp_dbm=10.0, place=HERE), height=HeightBand.of(0.0, 10.0, Datum.GROUND)
    )
    found, open_sea = (
        contours(low, Receiver(5.0), [Level(-95.0)], AGREEMENT, mosaic=Mosaic.of([tile]))
        for tile in (wall, made.flat_sea(side=601))
    )
    (edge,) = found.edges
    east = edge.distances_m[18]
    assert east < open_sea.edges[0].distances_m[18]
    assert found.data == ((wall.name, wall.sha256),)
    missing = np.array(wall.heights_m)
    missing[:, :] = np.nan
    missing[0, 0] = 0.0
    bare = contours(
        low, Receiver(5.0), [Level(-95.0)], AGREEMENT, mosaic=Mosaic.of([made.a_terrain(missing)])
    )
    assert bare.edges[0].distances_m[18] > east


def test_geojson_and_picture_say_what_was_reckoned_and_that_it_is_advice():
    level = level_of_service("gnss_l1", AGREEMENT)
    odd = dataclasses.replace(emission(), id='<script>"&')
    found = contours(odd, Receiver(10.0), [Level(-80.0), level], AGREEMENT)
    fields = contour_geojson.fields(found, AGREEMENT)
    first, second = (feature["properties"] for feature in fields["features"])
    assert fields["advisory"] == first["advisory"] == ADVISORY
    assert second["verified"] is level.verified
    assert {"models", "time_percent", "receiver_height_m", "data"} <= set(first)
    ring = fields["features"][0]["geometry"]["coordinates"][0]
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))
    assert area > 0.0
    picture = contour_svg.render(found)
    assert "<script>" not in picture
    assert "Figures support people" in picture


@pytest.mark.parametrize(
    ("volume", "more", "said"),
    [
        (an_emission(15.0), {}, "30 MHz"),
        (an_emission(300.0), {"levels": []}, "levels"),
        (an_emission(300.0), {"azimuths": 36}, "azimuths"),
        (an_emission(300.0), {"height_m": -1.0}, "height"),
    ],
)
def test_what_cannot_be_drawn_is_refused(volume, more, said):
    with pytest.raises(NoContourError, match=said):
        contours(
            volume,
            Receiver(more.get("height_m", 10.0)),
            more.get("levels", [Level(-80.0)]),
            AGREEMENT,
            azimuths=more.get("azimuths", 72),
        )


def test_a_service_that_is_not_known_is_refused_by_name():
    with pytest.raises(ImpossibleValueError, match="gnss_l9"):
        level_of_service("gnss_l9", AGREEMENT)


@pytest.mark.parametrize("radius_m", [0.0, 2000.0])
def test_a_narrow_beam_between_two_azimuths_is_held(radius_m):
    antenna = Antenna(AntennaKind.PARABOLIC, 36.0, (92.5, 92.5), (0.0, 0.0), 2.0)
    volume = emission(eirp_dbm=45.0, place=HERE, radius_m=radius_m, radio=Radio(antenna=antenna))
    receiver = Receiver(250.0)
    (edge,) = contours(volume, receiver, [Level(-60.0)], AGREEMENT).edges
    for k in (18, 19):  # 90 and 95 degrees
        lon, lat, _ = GEOD.fwd(*HERE, 92.5, edge.distances_m[k])
        assert received_dbm(volume, (lon, lat), receiver, HERE) <= -60.0
