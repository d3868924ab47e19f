"""Who uses a band is told once each, cut to what was asked, and drawn where it was asked."""

import csv
import io
import re

import pytest
from assessing_scenes import declared_crowds
from builders import NOON_S, an_activity
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from radio_scenes import AGREEMENT, a_flight, an_emission

from wideberth.arenas import standing_activities
from wideberth.assessing import occupancy_shown
from wideberth.assessing.area import area_of, read_area
from wideberth.assessing.occupancy import Sought, occupancy
from wideberth.errors import ImpossibleValueError
from wideberth.formats.report_budget import ADVISORY
from wideberth.model.footprint import Circle, Polygon
from wideberth.model.span import FrequencyBand, TimeWindow

LAW = settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
WINDOW = TimeWindow(NOON_S, NOON_S + 3600.0)


def used(activities, low_hz, high_hz, area=None, window=WINDOW):
    sought = Sought(FrequencyBand(low_hz, high_hz), window, area)
    return occupancy(activities, standing_activities(AGREEMENT), AGREEMENT, sought)


@LAW
@given(declared_crowds(), st.sampled_from((30e6, 299e6)), st.sampled_from((301e6, 10e9)))
def test_every_use_overlaps_and_none_is_lost(activities, low_hz, high_hz):
    found = used(activities, low_hz, high_hz)
    named = {(u.party, u.activity, u.volume) for u in found.uses if not u.aboard}
    expected = {
        (a.party, a.id, v.id)
        for a in activities
        for v in a.volumes
        if v.freq is not None
        and max(v.freq.low_hz, low_hz) < min(v.freq.high_hz, high_hz)
        and max(v.time.start_s, WINDOW.start_s) < min(v.time.end_s, WINDOW.end_s)
    }
    assert {name for name in named if not name[0].startswith("agreement")} == expected
    for use in found.uses:
        assert low_hz <= use.low_hz < use.high_hz <= high_hz
        assert WINDOW.start_s <= use.start_s < use.end_s <= WINDOW.end_s
    assert 0.0 <= found.share <= 1.0 + 1e-9


def test_share_counts_a_frequency_once_and_an_area_leaves_out_what_is_elsewhere():
    here = an_activity(an_emission(300.0, 1000.0), name="A")
    there = an_activity(an_emission(300.25, 1000.0, place=(10.0, 50.0)), name="B")
    both = used([here, there], 299e6, 303e6)
    assert both.share == pytest.approx(1.25 / 4.0)
    one = used([here, there], 299e6, 303e6, Circle((33.0, 34.0), 1000.0))
    assert [use.activity for use in one.uses] == ["A"]


def test_the_receivers_of_a_flight_are_told_of_with_no_frequency_typed():
    found = used([a_flight()], 1.5e9, 1.6e9)
    assert any(use.aboard == "air" and use.activity == "F" for use in found.uses)


def test_csv_json_text_and_picture_tell_the_same_and_nothing_breaks_out():
    bad = an_activity(an_emission(300.0, volume_id="=1+1"), name="<b>&", party="@north")
    found = used([bad], 299e6, 301e6)
    (row,) = csv.DictReader(io.StringIO(occupancy_shown.render_csv(found)))
    assert (row["volume"], row["party"]) == ("'=1+1", "'@north")
    fields = occupancy_shown.fields(found)
    assert fields["advisory"] == ADVISORY
    assert fields["uses"][0]["volume"] == "=1+1"
    picture = occupancy_shown.render_svg(found)
    assert "<b>" not in picture
    assert len(re.findall("fill-opacity", picture)) == 1
    assert ADVISORY in occupancy_shown.render_text(found)


def test_an_open_window_is_refused():
    with pytest.raises(ImpossibleValueError, match="open"):
        used([], 1e6, 2e6, window=TimeWindow(0.0, float("inf")))


RING = [[33.0, 34.0], [34.0, 34.0], [34.0, 35.0], [33.0, 34.0]]
POINT = {"type": "Point", "coordinates": [33.0, 34.0]}


def test_an_area_is_a_polygon_or_a_point_with_a_radius():
    polygon = {"type": "Polygon", "coordinates": [RING]}
    assert isinstance(area_of(polygon), Polygon)
    assert isinstance(area_of({"type": "MultiPolygon", "coordinates": [[RING]]}), Polygon)
    feature = {"type": "Feature", "geometry": POINT, "properties": {"radius_nm": 1}}
    whole = {"type": "FeatureCollection", "features": [feature]}
    assert area_of(whole) == Circle((33.0, 34.0), 1852.0)
    assert area_of(POINT | {"radius_km": 2}) == Circle((33.0, 34.0), 2000.0)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "nonsense", "{}", '{"type": "Point", "coordinates": [33.0, 34.0]}',
        '{"type": "Point", "coordinates": [33.0, 34.0], "radius_m": -1}',
        '{"type": "Point", "coordinates": [33.0, 34.0], "radius_m": NaN}',
        '{"type": "Point", "coordinates": [33.0, 34.0], "radius_m": 1, "radius_km": 1}',
        '{"type": "Point", "coordinates": [33.0, 134.0], "radius_m": 1}',
        '{"type": "Point", "coordinates": ["33", 34.0], "radius_m": 1}',
        '{"type": "Polygon", "coordinates": []}', '{"type": "Polygon", "coordinates": [[]]}',
        '{"type": "LineString", "coordinates": [[33, 34], [34, 35]]}',
        '{"type": "FeatureCollection", "features": []}', "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_area_is_refused(text):
    with pytest.raises(ImpossibleValueError):
        read_area(text)
