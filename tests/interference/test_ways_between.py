"""The way between two volumes is a bound for every place and instant that they can have."""

import math

import drawing
import numpy as np
from builders import NOON_S, an_activity
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from pyproj import Transformer
from radio_scenes import AGREEMENT, an_emission, radio_volumes

from wideberth.engine.field import lay_out
from wideberth.interference.path import ALL_ROUND, path_between
from wideberth.interference.sites import sites
from wideberth.model.footprint import Circle, Corridor
from wideberth.model.volume import Role

LAW = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
ECEF = Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)


def along(points, share):
    """Return the place after a share of a line's legs, each as long as the other."""
    share = min(share, 0.999999) * (len(points) - 1)
    k = int(share)
    azimuth, _, length_m = drawing.GEOD.inv(*points[k], *points[k + 1])
    return drawing.go(points[k], azimuth, length_m * (share - k))


def places(volume, time_s):
    """Return places of a volume at a time: of its middle, its edge and in between."""
    footprint = volume.footprint
    if isinstance(footprint, Circle):
        middles, radius_m = [footprint.centre], footprint.radius_m
    elif isinstance(footprint, Corridor):
        middles = [along(footprint.points, share) for share in (0.0, 0.3, 0.7, 1.0)]
        radius_m = footprint.half_width_m
    else:
        share = (time_s - footprint.times_s[0]) / (footprint.times_s[-1] - footprint.times_s[0])
        middles, radius_m = [along(footprint.points, share)], footprint.radius_m
    found = list(middles)
    if radius_m > 0.0:
        found += [
            drawing.go(middle, azimuth, 0.999 * radius_m)
            for middle in middles
            for azimuth in np.arange(0.0, 360.0, 30.0)
        ]
    return found


def heights_m(volume):
    upper_m = min(volume.height.upper.height_m, 1e6)
    return (volume.height.lower.height_m, upper_m)


def samples(volume, time_s):
    spots = [(*place, h) for place in places(volume, time_s) for h in heights_m(volume)]
    lon, lat, height = np.array(spots).T
    return np.stack(ECEF.transform(lon, lat, height), axis=-1), lon, lat


def is_in_fan(azimuth_deg, fan):
    if fan == ALL_ROUND:
        return np.ones_like(azimuth_deg, bool)
    return np.mod(azimuth_deg - fan[0], 360.0) <= np.mod(fan[1] - fan[0], 360.0)


def up(lon, lat):
    lon, lat = np.radians(lon), np.radians(lat)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)


@st.composite
def two_volumes(draw):
    anchor = draw(st.sampled_from((*drawing.ANCHORS, (20.0, 86.0), (0.0, 80.0))))
    return (
        draw(radio_volumes(Role.EMIT, anchor, name="E")),
        draw(radio_volumes(Role.RECEIVE, anchor, name="R")),
    )


@LAW
@given(two_volumes(), st.floats(0.0, 1.0))
def test_no_two_places_are_nearer_or_seen_otherwise_than_the_way_says(pair, share):
    path = path_between(*pair, AGREEMENT.heights)
    assume(path is not None)
    assert path.start_s < path.end_s
    time_s = path.start_s + share * (path.end_s - path.start_s)
    (here, lon_a, lat_a), (there, lon_b, lat_b) = (samples(volume, time_s) for volume in pair)
    line = there[None, :, :] - here[:, None, :]
    length_m = np.linalg.norm(line, axis=-1)
    assert length_m.min() >= path.distance_m * (1.0 - 1e-9) - 1e-3
    apart = length_m > 1.0
    for spot, lon, lat, sign in ((0, lon_a, lat_a, 1.0), (1, lon_b, lat_b, -1.0)):
        upright = up(lon, lat)[:, None, :] if spot == 0 else up(lon, lat)[None, :, :]
        sine = (sign * line * upright).sum(-1)[apart] / length_m[apart]
        steep = np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0)))
        assert np.abs(steep).max(initial=0.0) <= path.steep_deg + 1e-6
    grid = np.broadcast_arrays(lon_a[:, None], lat_a[:, None], lon_b[None, :], lat_b[None, :])
    azimuth, back, ground_m = drawing.GEOD.inv(*(np.ascontiguousarray(g) for g in grid))
    is_apart = ground_m > 1.0
    event(f"fan: {path.there_deg != ALL_ROUND}")
    assert is_in_fan(azimuth[is_apart], path.there_deg).all()
    assert is_in_fan(back[is_apart], path.back_deg).all()


@LAW
@given(two_volumes())
def test_the_heights_of_a_way_are_the_greatest_of_both_ends_in_order(pair):
    path = path_between(*pair, AGREEMENT.heights)
    assume(path is not None)
    tops_m = sorted(max(0.0, v.height.upper.height_m) for v in pair)
    if all(math.isfinite(top_m) for top_m in tops_m):
        assert [path.low_height_m, path.high_height_m] == tops_m
    else:
        assert path.low_height_m is None
        assert path.high_height_m is None


def test_a_wide_area_is_seen_as_low_as_its_far_edge_lies_beyond_the_curve():
    wide = an_emission(place=(43.0, 34.0), radius_m=900_000.0)
    path = path_between(an_emission(place=(33.0, 34.0)), wide, AGREEMENT.heights)
    assert path.lateral_m < 30_000.0
    assert path.steep_deg > math.degrees(1_800_000.0 / 6_371_000.0 / 2.0)


SITE_M = 5000.0


@st.composite
def emitters(draw):
    found = []
    for k in range(draw(st.integers(1, 6))):
        volumes = []
        for n in range(draw(st.integers(1, 2))):
            away_m = draw(st.sampled_from((0.0, 4990.0, 5010.0, 9980.0, 15_000.0, 60_000.0)))
            start_s = NOON_S + draw(st.sampled_from((0.0, 3660.0)))
            volumes.append(
                an_emission(
                    place=drawing.go((33.0, 34.0), draw(st.sampled_from((0.0, 90.0))), away_m),
                    start_s=start_s,
                    end_s=start_s + 3600.0,
                    volume_id=f"V{n}",
                )
            )
        party, linked = draw(st.sampled_from(("a", "b"))), draw(st.sampled_from(("", "L")))
        found.append(an_activity(*volumes, party=party, name=f"A{k}", linked=linked))
    return found


def by_hand(field, linked):
    """Return what hangs together by brute force: by place and time, or by whose it is."""
    groups = [{k} for k in range(len(field.refs))]
    for i, one in enumerate(field.volumes):
        for j, other in enumerate(field.volumes[:i]):
            owners = [(field.refs[k].party, field.refs[k].activity) for k in (i, j)]
            is_own = owners[0] == owners[1] or all(owner in linked for owner in owners)
            apart_m = drawing.GEOD.inv(*one.footprint.centre, *other.footprint.centre)[2]
            is_near = apart_m <= SITE_M and one.time.start_s == other.time.start_s
            if is_own or is_near:
                first, second = (next(g for g in groups if k in g) for k in (i, j))
                if first is not second:
                    first |= second
                    groups.remove(second)
    return sorted(tuple(sorted(g)) for g in groups if len(g) > 1)


@LAW
@given(emitters())
def test_sites_are_what_hangs_together_by_brute_force(activities):
    field = lay_out(activities, AGREEMENT.heights)
    linked = {(a.party, a.id) for a in activities if a.linked}
    assert sorted(sites(field, SITE_M)) == by_hand(field, linked)


def test_emitters_that_are_never_on_the_air_together_are_no_site():
    volumes = [
        an_emission(start_s=NOON_S + 3660.0 * k, end_s=NOON_S + 3660.0 * k + 3600.0)
        for k in range(2)
    ]
    acts = [an_activity(v, name=f"A{k}") for k, v in enumerate(volumes)]
    assert sites(lay_out(acts, AGREEMENT.heights), SITE_M) == []
