"""A slip comes back as written or larger, and a slip of tongue or pen is found in its group."""

import dataclasses
import re
from pathlib import Path

import drawing
import numpy as np
import pytest
import scenes
from builders import NOON_S, a_volume, an_activity
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from oracle import GEOD

from wideberth.engine.moved_off import largest_off_m, offsets_m
from wideberth.engine.moving import position
from wideberth.engine.shape import shape_of
from wideberth.errors import ImpossibleValueError
from wideberth.formats.slip import write_slip
from wideberth.formats.slip_check import ALPHABET, check_characters, check_digits, fits
from wideberth.formats.slip_codes import spell, unspell
from wideberth.formats.slip_reader import SlipError, read_slip
from wideberth.model.activity import Activity, Disclosure, Flex, State
from wideberth.model.footprint import Circle, Corridor, Everywhere, Polygon, Track
from wideberth.model.span import Datum, HeightBand, HeightLimit, TimeWindow
from wideberth.model.volume import Arena, Role

LAW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])

footprints = st.tuples(st.sampled_from(drawing.ANCHORS), drawing.sizes).flatmap(
    lambda at: drawing.footprints(*at) | drawing.tracks(*at)
)
bodies = st.text(alphabet=ALPHABET, min_size=1, max_size=24)


def of(footprint, **more):
    return an_activity(a_volume(footprint, **more))


def again(activity):
    return read_slip(write_slip(activity))


def samples(footprint):
    """The vertices of a footprint, points along its edges, and its rim, by pyproj alone."""
    if isinstance(footprint, Circle):
        lines = [[footprint.centre]]
    elif isinstance(footprint, Polygon):
        lines = [[*part.outer, part.outer[0]] for part in footprint.parts]
    else:
        lines = [footprint.points]
    radius_m = shape_of(footprint).radius_m
    for line in lines:
        for k, point in enumerate(line):
            azimuth, _, length = GEOD.inv(*line[k - 1], *point) if k else (0.0, 0.0, 0.0)
            for share in (0.5, 1.0):
                on_line = drawing.go(line[k - 1], azimuth, share * length) if k else point
                yield on_line
                if radius_m:
                    yield from (drawing.go(on_line, turn, radius_m) for turn in range(0, 360, 30))


@pytest.mark.parametrize(("body", "check"), [("ISO79", "3W")])
def test_check_characters_are_those_iso_7064_publishes(body, check):
    assert check_characters(body) == check


def test_check_digits_are_those_iso_7064_publishes():
    assert check_digits(794) == "44"


@given(bodies, st.data())
@settings(max_examples=400, deadline=None)
def test_one_wrong_character_in_a_group_is_found(body, data):
    group = body + check_characters(body)
    assert fits(group)
    at = data.draw(st.integers(0, len(group) - 1))
    wrong = data.draw(st.sampled_from(ALPHABET.replace(group[at], "")))
    assert not fits(group[:at] + wrong + group[at + 1 :])


@given(bodies, st.data())
@settings(max_examples=400, deadline=None)
def test_two_neighbours_swapped_in_a_group_are_found(body, data):
    group = body + check_characters(body)
    at = data.draw(st.integers(0, len(group) - 2))
    assume(group[at] != group[at + 1])
    assert not fits(group[:at] + group[at + 1] + group[at] + group[at + 2 :])


@given(st.text(max_size=40).filter(lambda t: not re.search("[\ud800-\udfff]", t)))
def test_any_text_is_spelt_and_read_again(text):
    assert unspell(spell(text)) == text
    assert set(spell(text)) <= set(ALPHABET)


@given(st.text(alphabet=ALPHABET, max_size=12))
def test_any_code_spells_a_text_or_is_refused(code):
    try:
        text = unspell(code)
    except ImpossibleValueError:
        return
    assert unspell(spell(text)) == text


@LAW
@given(footprints)
def test_the_area_read_holds_the_area_written(footprint):
    (volume,) = again(of(footprint)).volumes
    points = np.array(list(samples(footprint)))
    assert offsets_m(points, shape_of(volume.footprint)).max() <= 0.0


@LAW
@given(footprints)
def test_the_area_read_is_hardly_larger_than_the_area_written(footprint):
    (volume,) = again(of(footprint)).volumes
    if type(volume.footprint) is type(footprint) and drawing_is_roomy(footprint):
        grown_m = largest_off_m(shape_of(volume.footprint), shape_of(footprint))
        assert grown_m <= 60.0


def drawing_is_roomy(footprint):
    """Say whether an area has no hole or dent that must be closed over when it grows by metres."""
    return not isinstance(footprint, Polygon) or not footprint.parts[0].holes


@given(st.floats(-180.0, 180.0), st.floats(-90.0, 90.0), drawing.azimuths)
@settings(max_examples=300, deadline=None)
def test_a_place_anywhere_on_the_earth_is_read_within_a_metre(lon, lat, azimuth):
    other = drawing.go((lon, lat), azimuth, 5000.0)
    track = Track(((lon, lat), other), (NOON_S, NOON_S + 60.0), 500.0)
    circle, moving = again(
        an_activity(a_volume(Circle((lon, lat), 9.0)), a_volume(track, volume_id="t"))
    ).volumes
    for point, read in (((lon, lat), circle.footprint.centre), (other, moving.footprint.points[1])):
        assert GEOD.inv(*point, *read)[2] <= 1.0


def test_a_slip_draws_breath_between_what_belongs_together():
    track = Track(((30.2, 33.0), (30.3, 33.0)), (NOON_S, NOON_S + 60.0), 500.0)
    lines = [line[4:-3] for line in write_slip(of(track, volume_id="FIRE-7")).splitlines()[1:]]
    assert "V AXLF IREX LXH7" in lines
    assert "H MU3000 MU3300" in lines
    wanted = r"M N 36S TB \d{5} \d{5} T 20260921 120000000"
    assert any(re.fullmatch(wanted, line) for line in lines)


@LAW
@given(st.sampled_from(drawing.ANCHORS).flatmap(lambda a: drawing.tracks(a, 50_000.0)), st.data())
def test_a_moving_disc_read_covers_where_it_was_at_every_time(track, data):
    (volume,) = again(of(track)).volumes
    read = volume.footprint
    assert read.times_s[0] <= track.times_s[0]
    assert read.times_s[-1] >= track.times_s[-1]
    time_s = data.draw(st.floats(track.times_s[0], track.times_s[-1]))
    apart_m = GEOD.inv(*position(track, time_s), *position(read, time_s))[2]
    assert apart_m + track.radius_m <= read.radius_m + 1e-6


@given(scenes.heights(), scenes.windows())
@settings(max_examples=150, deadline=None)
def test_heights_and_times_read_hold_those_written(height, window):
    (volume,) = again(
        an_activity(dataclasses.replace(a_volume(), height=height, time=window))
    ).volumes
    assert volume.height.lower.datum is height.lower.datum
    assert volume.height.upper.datum is height.upper.datum
    assert (
        height.lower.height_m - 1.0 <= volume.height.lower.height_m <= height.lower.height_m + 1e-6
    )
    assert (
        height.upper.height_m + 1.0 >= volume.height.upper.height_m >= height.upper.height_m - 1e-6
    )
    assert volume.time == window


def test_parts_of_seconds_metres_and_hertz_go_outwards():
    odd = dataclasses.replace(
        a_volume(arena=Arena.SPECTRUM, band_hz=(225.1234567e6 + 0.3, 226e6 + 0.3)),
        height=HeightBand(HeightLimit(-30.5), HeightLimit(152.4, Datum.GROUND)),
        time=TimeWindow(NOON_S + 0.4, NOON_S + 60.6),
        role=Role.RECEIVE,
    )
    (volume,) = again(an_activity(odd)).volumes
    assert volume.height == HeightBand(HeightLimit(-31.0), HeightLimit(153.0, Datum.GROUND))
    assert volume.time == TimeWindow(NOON_S, NOON_S + 61.0)
    assert (volume.freq.low_hz, volume.freq.high_hz) == (225123457.0, 226000001.0)
    assert volume.role is Role.RECEIVE


def told():
    return Activity(
        "north", "Op x/7 – ü", (a_volume(), a_volume(Everywhere(), volume_id="all")),
        title="Not on the slip", kind="live firing", priority=-3, revision=12,
        state=State.CONTINGENT, flex=Flex(time_s=60.0), equipage="none", linked="pair",
    )  # fmt: skip


def test_who_what_and_which_revision_come_back_exactly():
    before, after = told(), again(told())
    for name in ("party", "id", "kind", "priority", "revision", "state", "disclose"):
        assert getattr(after, name) == getattr(before, name)
    assert [v.id for v in after.volumes] == ["0", "all"]
    assert after.volumes[1].footprint == Everywhere()
    assert (after.title, after.equipage, after.linked) == ("", "", "")


def test_a_slip_is_the_same_each_time_and_may_be_written_in_any_case_and_spacing():
    slip = write_slip(told())
    assert slip == write_slip(told())
    loose = "\n\n".join(f"  {line.lower()} " for line in slip.splitlines())
    assert read_slip(loose) == read_slip(slip) == read_slip(slip.replace(" ", ""))


def test_a_private_activity_is_not_written_and_an_extent_only_as_its_hull():
    dent = Polygon.of([(33.0, 34.0), (33.1, 34.05), (33.2, 34.0), (33.1, 34.2)])
    with pytest.raises(ImpossibleValueError):
        write_slip(dataclasses.replace(of(dent), disclose=Disclosure.PRIVATE))
    (volume,) = again(dataclasses.replace(of(dent), disclose=Disclosure.EXTENT)).volumes
    assert offsets_m(np.array([(33.1, 34.03)]), shape_of(volume.footprint))[0] < -1000.0


LINES = write_slip(told()).splitlines()
PAGE = Path(__file__).parents[2] / "docs" / "formats" / "slip.md"


def test_the_example_of_the_page_says_what_the_page_says():
    (example,) = re.findall(r"```text\n(WIDEBERTH.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    activity = read_slip(example)
    assert (activity.party, activity.id, activity.revision) == ("north", "FIRE-7", 2)
    area, radar = activity.volumes
    assert (area.arena, radar.arena) == (Arena.SEA, Arena.SPECTRUM)
    assert area.height.upper.height_m == 3658.0
    inside = np.array([(30.0, 33.0), (30.2, 33.0), (30.2, 33.15), (30.0, 33.15)])
    assert offsets_m(inside, shape_of(area.footprint)).max() < 0.0
    assert radar.footprint.radius_m == 9261.0
    same = write_slip(activity).splitlines()
    assert [line for line in same if line[4] in "PIRKVHTF"] == [
        line for line in example.splitlines() if line[4] in "PIRKVHTF"
    ]


@given(st.integers(1, len(LINES) - 1), st.data())
@settings(max_examples=300, deadline=None)
def test_a_character_misheard_anywhere_names_its_group(place, data):
    line = LINES[place].replace(" ", "")
    at = data.draw(st.integers(3, len(line) - 1))
    wrong = data.draw(st.sampled_from(ALPHABET.replace(line[at], "")))
    heard = [*LINES[:place], line[:at] + wrong + line[at + 1 :], *LINES[place + 1 :]]
    with pytest.raises(SlipError) as caught:
        read_slip("\n".join(heard))
    assert caught.value.groups == (place,)
    assert f"{place:03d}" in str(caught.value)


@given(st.integers(1, len(LINES) - 2))
def test_a_group_left_out_is_asked_for(place):
    with pytest.raises(SlipError) as caught:
        read_slip("\n".join(LINES[:place] + LINES[place + 1 :]))
    assert caught.value.groups == (place,)


def test_a_slip_that_ends_early_asks_for_what_comes_next():
    with pytest.raises(SlipError) as caught:
        read_slip("\n".join(LINES[:-1]))
    assert caught.value.groups == (len(LINES) - 1,)


def test_groups_of_another_slip_are_not_mixed_in():
    other = write_slip(dataclasses.replace(told(), party="south")).splitlines()
    with pytest.raises(SlipError, match="not of one slip"):
        read_slip("\n".join([LINES[0], other[1], *LINES[2:]]))


def test_two_damaged_groups_are_named_at_once():
    heard = [line if k not in (3, 5) else line[:-1] + ("A" if line[-1] != "A" else "B")
             for k, line in enumerate(LINES)]  # fmt: skip
    with pytest.raises(SlipError) as caught:
        read_slip("\n".join(heard))
    assert caught.value.groups == (3, 5)


def test_groups_may_come_in_any_order_and_twice():
    assert read_slip("\n".join([*reversed(LINES), LINES[4]])) == read_slip("\n".join(LINES))


@given(st.text(alphabet=ALPHABET + " \n", max_size=80) | st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_slip_or_refused(text):
    with pytest.raises(SlipError):
        read_slip(text)


def sealed(*groups):
    """Groups with right check characters, whatever they say."""
    numbered = [f"{k:03d}{body}" for k, body in enumerate(groups, start=1)]
    last = f"{len(groups) + 1:03d}Z{len(groups) + 1:03d}{check_characters(''.join(groups))}"
    return "\n".join(g + check_characters(g) for g in [*numbered, last])


HEAD = ("PNORTH", "IA", "R1AFU0")
CIRCLE = ("SC500", "MN36SWC0000062196")


@pytest.mark.parametrize(
    "groups",
    [
        (*HEAD,), ("PNORTH", "IA", "VA0", "HMU0MU9", "TNTN", *CIRCLE),
        (*HEAD, "VQ0", "HMU0MU9", "TNTN", *CIRCLE), (*HEAD, "VA0", "TNTN", *CIRCLE),
        (*HEAD, "VA0", "HMU9MU0", "TNTN", *CIRCLE), (*HEAD, "VA0", "HMU0MU9", *CIRCLE),
        (*HEAD, "VA0", "HMU0MU9", "TNTN"), (*HEAD, "VA0", "HMU0MU9", "TNTN", "SC500"),
        (*HEAD, "VA0", "HMU0MU9", "TNTN", "SX500", "MN36SWC0000062196"),
        (*HEAD, "VA0", "HMU0MU9", "TNTN", "SC500", "MN99SWC0000062196"),
        (*HEAD, "VA0", "HMU0MU9", "T20260231000000TN", *CIRCLE),
        (*HEAD, "VA0", "HMU0MU9", "TNTN", "FE1T2", *CIRCLE),
        (*HEAD, "VA0", "HMU0MU9", "TNTN", "SA2", "MA36SWC0000062196"),
        (*HEAD, "VA0", "HMU0MU9", "TNTN", "SM5", "MN36SWC0000062196", "MN36SWC0000062196"),
        ("R1AFU0", "PNORTH", "PSOUTH", "IA", "VA0", "HMU0MU9", "TNTN", *CIRCLE),
        (*HEAD, "Q1", "VA0", "HMU0MU9", "TNTN", *CIRCLE),
        ("PNORTH", "IA", "R0AFU0", "VA0", "HMU0MU9", "TNTN", *CIRCLE),
    ],
)  # fmt: skip
def test_whole_groups_that_make_no_activity_are_refused(groups):
    with pytest.raises(SlipError):
        read_slip(sealed(*groups))


def test_the_same_groups_put_right_are_read():
    assert read_slip(sealed(*HEAD, "VA0", "HMU0MU9", "TNTN", *CIRCLE)).party == "north"


def test_a_fine_polygon_is_closed_over_rather_than_told_wrong():
    ring = [drawing.go((33.0, 34.0), 360.0 * k / 300, 60.0) for k in range(300)]
    (volume,) = again(of(Polygon.of(ring))).volumes
    assert offsets_m(np.array(ring), shape_of(volume.footprint)).max() <= 0.0


def test_more_places_than_can_be_read_aloud_are_refused():
    ring = [drawing.go((33.0, 34.0), 360.0 * k / 1200, 90_000.0) for k in range(1200)]
    with pytest.raises(ImpossibleValueError, match="at most 999"):
        write_slip(of(Corridor(tuple(ring), 5.0)))


def test_a_point_becomes_a_circle_of_a_metre():
    (volume,) = again(of(Circle((33.0, 34.0), 0.0))).volumes
    assert volume.footprint.radius_m == 1.0
    assert isinstance(
        again(of(Track(((33.0, 34.0), (33.1, 34.0)), (0.0, 0.5), 0.0))).volumes[0].footprint, Track
    )
