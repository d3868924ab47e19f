"""Positions in a second notation come back to where they were, and agree with pyproj's grids."""

import dataclasses

import drawing
import pytest
from builders import an_agreement
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from wideberth.errors import ImpossibleValueError
from wideberth.formats.notation import (
    MGRS_WITHIN_M,
    bearing_of,
    dms_of,
    mgrs_of,
    opens,
    point_of_mgrs,
)

GEOD = Geod(ellps="WGS84")
LAW = settings(max_examples=300, deadline=None)
AGREEMENT = dataclasses.replace(
    an_agreement(), named_points=(("MIDWAY", (26.0, 36.5)), ("DATE LINE", (180.0, 0.0)))
)

points = st.tuples(st.floats(-180.0, 180.0), st.floats(-90.0, 90.0)) | st.tuples(
    st.sampled_from((-180.0, 180.0, 0.0, 6.0, 5.999999, 9.0, 42.0, 179.9999999)),
    st.sampled_from(
        (
            -90.0,
            -80.0,
            -80.0000001,
            0.0,
            -1e-9,
            -1.2e-7,
            -1e-5,
            55.9999,
            72.0,
            84.0,
            84.0000001,
            90.0,
        )
    ),
)


def away_m(one, other):
    return GEOD.inv(*one, *other)[2]


def grid_figures(point, zone):
    """Easting and northing by pyproj, which shares no code with the reference's package."""
    band = zone[-1]
    if not zone[:-1]:
        code = 32661 if band in "YZ" else 32761
    else:
        code = (32600 if band >= "N" else 32700) + int(zone[:-1])
    return Transformer.from_crs(4326, code, always_xy=True).transform(*point)


@LAW
@given(points)
def test_an_mgrs_reference_opens_within_a_metre_of_its_position(point):
    opened = opens(mgrs_of(point))
    assert opened.within_m == MGRS_WITHIN_M
    assert away_m(opened.point, point) <= MGRS_WITHIN_M


@LAW
@given(points)
def test_the_figures_of_a_reference_are_those_of_the_grid_cut_to_metres(point):
    zone, _, east, north = mgrs_of(point).split()
    easting_m, northing_m = grid_figures(point, zone)
    for figures, grid_m in ((east, easting_m), (north, northing_m)):
        off_m = (grid_m - int(figures)) % 100_000.0  # 0 to 1 within the square named
        assert off_m < 1.01 or off_m > 100_000.0 - 0.01


@pytest.mark.parametrize(
    ("point", "reference"),
    [
        # Wikipedia, Military Grid Reference System: Honolulu's square 4QFJ.
        ((-157.916861, 21.309444), "4Q FJ"),
        # NGA and Wikipedia: the zones that Norway and Svalbard have wider.
        ((5.0, 60.0), "32V"),
        ((10.0, 78.0), "33X"),
        ((0.0, 0.0), "31N AA 66021 00000"),
        ((0.0, 90.0), "Z AH 00000 00000"),
        ((0.0, -90.0), "B AN 00000 00000"),
    ],
)
def test_known_places_have_the_references_that_are_published(point, reference):
    assert mgrs_of(point).removeprefix("0").startswith(reference)


@LAW
@given(points)
def test_degrees_minutes_and_seconds_open_within_what_they_say(point):
    opened = opens(dms_of(point))
    assert away_m(opened.point, point) <= opened.within_m


def test_seconds_never_reach_sixty():
    assert dms_of((33.9999999, -0.9999999)) == "01-00-00.00S 034-00-00.00E"
    assert dms_of((-0.25, 34.0)) == "34-00-00.00N 000-15-00.00W"


@LAW
@given(st.sampled_from(AGREEMENT.named_points), drawing.azimuths, st.floats(0.0, 6.0))
def test_bearing_and_distance_open_within_what_they_say(named, azimuth, size):
    point = drawing.go(named[1], azimuth, 10.0**size)
    text = bearing_of(point, AGREEMENT)
    assert text.endswith(named[0])
    opened = opens(text, AGREEMENT)
    assert away_m(opened.point, point) <= opened.within_m
    assert opened.within_m < 10.0 + 1e-4 * 10.0**size


def test_bearing_is_true_and_from_the_nearest_named_point():
    assert bearing_of((26.0, 36.6), AGREEMENT) == "000.00 T 5.99 NM from MIDWAY"
    assert bearing_of((-179.9, 0.0), AGREEMENT) == "090.00 T 6.01 NM from DATE LINE"
    assert bearing_of((26.0, 36.5), an_agreement()) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "33.5 34.2", "18S UJ 23394 0739", "18S IJ 23394 07395", "61S UJ 23394 07395",
        "18S UA 23394 07395", "34-00-60.00N 033-00-00.00E", "91-00-00.00N 033-00-00.00E",
        "045.00 T 12.34 NM from NOWHERE", "360.00 T 12.34 NM from MIDWAY",
    ],
)  # fmt: skip
def test_what_is_no_position_is_refused(text):
    with pytest.raises(ImpossibleValueError):
        opens(text, AGREEMENT)


@given(st.text(alphabet="0123456789ABCHJNSTUVXYZ .-", max_size=24))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_position_or_refused(text):
    try:
        lon, lat = opens(text, AGREEMENT).point
    except ImpossibleValueError:
        return
    assert -180.0 <= lon <= 180.0
    assert -90.0 <= lat <= 90.0


def test_small_letters_and_no_spaces_are_taken_too():
    assert point_of_mgrs("18suj2339407395") == point_of_mgrs("18S UJ 23394 07395")
