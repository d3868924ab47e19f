"""Straight edges in longitude and latitude against geodesics: within 1 m, everywhere."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Geod

from wideberth.engine.edges import (
    MAX_POINTS,
    TOLERANCE_M,
    eastward_deg,
    geodesic_leg,
    pieces_of,
    straight_legs,
    straight_ring,
)
from wideberth.errors import ImpossibleValueError
from wideberth.model.footprint import Part

GEOD = Geod(ellps="WGS84")


def straight_at(a, b, shares):
    """Return points of the RFC 7946 edge, going the short way round."""
    east = (b[0] - a[0] + 180.0) % 360.0 - 180.0
    return a[0] + east * shares, a[1] + (b[1] - a[1]) * shares


def stray_m(a, b, chain):
    """Return how far the straight edge strays from a geodesic chain, by dense sampling.

    Each sample of the edge is held against the two samples of the chain's geodesics nearest to
    it, by the height of the triangle they make (true lengths from pyproj alone).
    """
    worst = 0.0
    lon, lat = straight_at(a, b, np.linspace(0.0, 1.0, 41))
    dense = []
    for p, q in itertools.pairwise(chain):
        dense += [p, *GEOD.npts(*p, *q, 30), q]
    dense_lon, dense_lat = np.array(dense).T
    for x, y in zip(lon, lat, strict=True):
        n = len(dense_lon)
        azimuth, _, gap = GEOD.inv(np.full(n, x), np.full(n, y), dense_lon, dense_lat)
        at = int(np.argmin(gap))
        ends = [i for i in (at - 1, at, at + 1) if 0 <= i < n]
        best = gap[at]
        for i, j in itertools.pairwise(ends):
            angle = math.radians(azimuth[i] - azimuth[j])
            side = math.sqrt(
                max(0.0, gap[i] ** 2 + gap[j] ** 2 - 2 * gap[i] * gap[j] * math.cos(angle))
            )
            if side > 0.0 and gap[i] ** 2 <= gap[j] ** 2 + side**2 >= gap[j] ** 2 - gap[i] ** 2:
                best = min(best, gap[i] * gap[j] * abs(math.sin(angle)) / side)
        worst = max(worst, best)
    return worst


LONGITUDES = st.sampled_from([-180.0, -179.0, 0.0, 33.0, 179.5]) | st.floats(-180.0, 180.0)
LATITUDES = st.sampled_from([0.0, 60.0, -70.0, 85.0]) | st.floats(-85.0, 85.0)
SPANS = st.sampled_from([0.0, 1e-6, 0.5, 18.0]) | st.floats(-20.0, 20.0)


@given(LONGITUDES, LATITUDES, SPANS, SPANS)
@settings(max_examples=80, deadline=None)
def test_the_chain_stays_within_a_metre_of_the_straight_edge(lon, lat, d_lon, d_lat):
    end = lon + d_lon
    a, b = (lon, lat), (end - 360.0 * round(end / 360.0), max(-85.0, min(85.0, lat + d_lat)))
    (chain,) = straight_legs([a, b])
    assert stray_m(a, b, chain) <= TOLERANCE_M
    assert len(chain) <= 1000


def test_an_edge_is_not_split_finer_than_its_bend_asks_for():
    a, b = (33.0, 34.0), (34.0, 34.0)
    coarse = 11  # sqrt(L^2 tan(lat) / (8 R)) for 92 km at 34 degrees is 11
    assert coarse <= pieces_of(a, b) <= coarse + 2
    assert pieces_of((33.0, 34.0), (33.0, 44.0)) == 1
    assert pieces_of((33.0, 0.0), (43.0, 0.0)) == 1


@given(LONGITUDES, LATITUDES, LONGITUDES, LATITUDES)
@settings(max_examples=100, deadline=None)
def test_a_geodesic_written_as_straight_edges_needs_no_more_points(lon, lat, lon2, lat2):
    a, b = (lon, lat), (lon2, lat2)
    length = GEOD.inv(*a, *b)[2]
    assume(1.0 < length < 1.9e7)
    points, shares = geodesic_leg(a, b)
    assert all(pieces_of(p, q) == 1 for p, q in itertools.pairwise(points))
    for point, share in list(zip(points, shares, strict=True))[:: max(1, len(points) // 20)]:
        along = GEOD.inv(*a, *point)[2]
        assert along == pytest.approx(length * share, abs=2e-3)
        assert along + GEOD.inv(*point, *b)[2] == pytest.approx(length, abs=2e-3)


def test_a_geodesic_over_the_pole_has_it_once_for_each_meridian():
    points, shares = geodesic_leg((0.0, 80.0), (180.0, 80.0))
    assert [p for p in points if p[1] == 90.0] == [(0.0, 90.0), (180.0, 90.0)]
    assert list(shares) == sorted(shares)
    assert straight_legs(points)[-1][-1] == (180.0, 80.0)


def test_an_edge_takes_the_short_way_across_the_antimeridian():
    assert eastward_deg((179.0, 10.0), (-179.0, 11.0)) == 2.0
    (chain,) = straight_legs([(179.0, 10.0), (-179.0, 11.0)])
    assert all(abs(lon) >= 179.0 for lon, _ in chain)


def test_an_edge_of_exactly_half_a_turn_is_refused_but_not_along_a_pole():
    with pytest.raises(ImpossibleValueError, match="180 degrees of longitude"):
        straight_legs([(-90.0, 80.0), (90.0, 80.0)])
    assert straight_legs([(-90.0, 90.0), (90.0, 90.0)]) == (((0.0, 90.0), (0.0, 90.0)),)


def test_a_feature_of_too_many_points_is_refused_with_the_limit():
    zigzag = [(90.0 * (i % 2), 45.0 + i * 1e-3) for i in range(1000)]
    with pytest.raises(ImpossibleValueError, match=str(MAX_POINTS)):
        straight_legs(zigzag)


CAP = [(-180.0, 80.0), (-90.0, 80.0), (0.0, 80.0), (90.0, 80.0), (180.0, 80.0)]


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize(
    "ring",
    [
        [*CAP, (180.0, 90.0), (-180.0, 90.0)],
        [*CAP, (180.0, 85.0), (180.0, 90.0), (0.0, 90.0), (-180.0, 90.0), (-180.0, 83.0)],
        [(180.0, 90.0), (-180.0, 90.0), *CAP],
        [(-90.0, 80.0), (0.0, 80.0), (90.0, 80.0), (180.0, 80.0)],
        CAP,
    ],
)
def test_a_ring_about_a_pole_comes_out_the_same_however_it_is_cut(ring, sign):
    north = straight_ring([(lon, lat * sign) for lon, lat in ring])
    Part(north)
    assert {lat for _, lat in north} == {80.0 * sign}
    area, _ = GEOD.polygon_area_perimeter(*np.array(north).T)
    parallel = np.linspace(-180.0, 180.0, 7201)[:-1]
    cap, _ = GEOD.polygon_area_perimeter(parallel, np.full(7200, 80.0))
    assert abs(area) == pytest.approx(abs(cap), rel=1e-5)


def test_a_sector_that_reaches_the_pole_keeps_it():
    ring = straight_ring([(0.0, 80.0), (90.0, 80.0), (90.0, 90.0), (0.0, 90.0)])
    assert ring.count((0.0, 90.0)) == 1
    Part(ring)


def test_an_edge_along_the_antimeridian_stays():
    square = [(179.0, 10.0), (180.0, 10.0), (180.0, 11.0), (179.0, 11.0)]
    ring = straight_ring(square)
    assert {(180.0, 10.0), (180.0, 11.0)} <= set(ring)
    other = straight_ring([(-180.0, 10.0), (-179.0, 10.0), (-179.0, 11.0), (-180.0, 11.0)])
    assert {(180.0, 10.0), (180.0, 11.0)} <= set(other)
