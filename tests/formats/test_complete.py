"""A declaration that lacks something is refused with all that it lacks, and nothing is guessed."""

import dataclasses
import math

import drawing
import pytest
from builders import NOON_S, a_volume, an_activity, an_agreement
from hypothesis import given, settings
from hypothesis import strategies as st

from wideberth.formats.complete import LONG_AFTER_S, missing
from wideberth.formats.reading import Severity
from wideberth.model.footprint import Circle, Corridor, Everywhere, Polygon
from wideberth.model.span import HeightBand, TimeWindow
from wideberth.model.volume import Arena

THEATRE = Polygon.of([(28.0, 32.4), (32.2, 32.4), (32.2, 35.0), (28.0, 35.0)])
AGREEMENT = dataclasses.replace(an_agreement(), theatre=THEATRE)
INSIDE = (30.0, 33.0)


def told(activity, *, contact="duty officer", agreement=AGREEMENT, **more):
    found = missing(activity, agreement, contact, **more)
    assert all(problem.severity is Severity.ERROR and problem.remedy for problem in found)
    return [f"{problem.where}: {problem.what}" for problem in found]


def at(footprint, **more):
    return dataclasses.replace(an_activity(a_volume(footprint, **more)), kind="transit")


def remedies(activity):
    return [problem.remedy for problem in missing(activity, AGREEMENT, "duty officer")]


COMPLETE = at(Circle(INSIDE, 5000.0))


@given(st.floats(28.1, 32.1), st.floats(32.5, 34.9), st.floats(0.0, 9000.0))
def test_what_is_complete_and_within_the_theatre_lacks_nothing(lon, lat, radius_m):
    assert told(at(Circle((lon, lat), radius_m))) == []


@pytest.mark.parametrize(
    ("activity", "said"),
    [
        (dataclasses.replace(COMPLETE, kind="  "), "kind: is missing."),
        (at(Everywhere()), "volume 0: no area: the whole Earth."),
        (at(Circle(INSIDE, 9.0), end_s=math.inf), "volume 0: no end."),
        (at(Circle(INSIDE, 9.0), start_s=-math.inf), "volume 0: no start."),
        (
            at(Circle(INSIDE, 9.0), lower_m=-math.inf, upper_m=math.inf),
            "volume 0: no height: open both ways.",
        ),
        (
            at(Circle(INSIDE, 9.0), lower_m=-math.inf, upper_m=math.inf, arena=Arena.SEA),
            "volume 0: no depth or height: open both ways.",
        ),
        (
            at(Circle((0.0, 0.0), 9.0)),
            "volume 0, centre: is at 0, 0 (null island), where lost positions land.",
        ),
    ],
)
def test_what_is_missing_is_named(activity, said):
    assert said in told(activity)


@pytest.mark.parametrize("contact", ["", " ", "\t"])
def test_a_contact_is_needed(contact):
    assert told(COMPLETE, contact=contact) == ["contact: is missing."]


def test_all_that_is_missing_is_told_at_once():
    bare = dataclasses.replace(
        at(Circle(INSIDE, 9.0)),
        kind="",
        volumes=(
            a_volume(Everywhere(), start_s=-math.inf, end_s=math.inf),
            dataclasses.replace(
                a_volume(Circle((0.0, 0.0), 9.0), volume_id="b"),
                height=HeightBand.of(-math.inf, math.inf),
            ),
        ),
    )
    wheres = [line.split(":")[0] for line in told(bare, contact="")]
    assert wheres == [
        "kind", "contact", "volume 0", "volume 0", "volume 0",
        "volume b", "volume b, centre", "volume b",
    ]  # fmt: skip


def test_one_open_limit_is_a_height_and_radio_may_have_none():
    assert told(at(Circle(INSIDE, 9.0), upper_m=math.inf)) == []
    radio = at(Circle(INSIDE, 9.0), arena=Arena.SPECTRUM, lower_m=-math.inf, upper_m=math.inf)
    assert told(radio) == []


def test_an_open_end_is_taken_where_it_is_allowed():
    assert told(at(Circle(INSIDE, 9.0), end_s=math.inf), may_be_open=True) == []


def test_what_lies_before_the_validity_or_years_after_it_is_refused_and_all_else_is_not():
    def under(start_s, end_s):
        return told(
            COMPLETE, agreement=dataclasses.replace(AGREEMENT, validity=TimeWindow(start_s, end_s))
        )

    assert under(NOON_S + 3600.0, NOON_S + 7200.0) == [
        "volume 0: lies wholly outside the agreement's validity."
    ]
    assert under(NOON_S - 9e9, NOON_S - LONG_AFTER_S) != []
    assert under(NOON_S - 9e9, NOON_S + 1.0 - LONG_AFTER_S) == []
    assert under(NOON_S - 7200.0, NOON_S) == []  # an agreement that expired switches nothing off
    assert under(NOON_S + 3599.0, NOON_S + 7200.0) == []


@pytest.mark.parametrize(
    ("point", "slip"),
    [
        ((-30.0, 33.0), "east and west were swapped"),
        ((30.0, -33.0), "north and south were swapped"),
        ((-30.0, -33.0), "both signs were swapped"),
    ],
)
def test_a_slip_of_sign_is_refused_and_named(point, slip):
    assert remedies(at(Circle(point, 5000.0))) == [f"It would lie within if {slip}."]


def test_swapped_longitude_and_latitude_are_refused_and_named():
    west = dataclasses.replace(AGREEMENT, theatre=Circle((-30.0, 60.0), 300_000.0))
    (problem,) = missing(at(Circle((60.0, -30.0), 5000.0)), west, "duty officer")
    assert problem.remedy == "It would lie within if longitude and latitude were swapped."
    assert problem.where == "volume 0, centre"


def test_one_vertex_of_an_area_with_the_wrong_sign_is_named():
    wrong = Polygon.of([(30.0, 33.0), (31.0, 33.2), (30.5, -33.5)])
    assert [p.where for p in missing(at(wrong), AGREEMENT, "x")] == ["volume 0, vertex 3"]


def test_what_is_far_from_the_theatre_is_refused_without_its_position():
    (problem,) = missing(at(Circle((100.0, 60.0), 5000.0)), AGREEMENT, "duty officer")
    assert "outside the theatre" in problem.what
    assert "100" not in problem.what + problem.where + problem.remedy


@given(drawing.azimuths, st.floats(0.0, 90_000.0))
@settings(max_examples=50, deadline=None)
def test_what_is_near_the_theatre_is_left_to_doubt(azimuth, away_m):
    assert told(at(Circle(drawing.go((32.2, 35.0), azimuth, away_m), 5000.0))) == []


def test_a_way_that_comes_from_afar_into_the_theatre_is_taken():
    assert told(at(Corridor(((20.0, 44.0), INSIDE), 5000.0))) == []


def test_without_a_theatre_nothing_is_far():
    assert told(at(Circle((100.0, 60.0), 5000.0)), agreement=an_agreement()) == []


def test_a_position_meant_at_the_origin_is_taken_when_it_is_shifted():
    assert told(at(Circle((1e-6, 0.0), 9.0)), agreement=an_agreement()) == []
    assert told(at(Circle((1e-9, 0.0), 9.0)), agreement=an_agreement()) != []
