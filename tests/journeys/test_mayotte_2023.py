"""Mayotte, 2023, and rings that cross themselves: a notice whose area could be read in two ways.

A notice gave positions that could be joined in more than one order, and a ring that crosses itself
has no inside that everyone agrees on.

What concerns slips and declarations: a shape that has no one meaning is refused, and no part of it
is guessed (R4). What is passed by voice or paper is at least as large when it is read as when it
was written (R18): a doubt makes an area larger until somebody confirms it, never smaller. The area
that the other side understood comes back in another notation.
"""

import asyncio
from math import cos, pi, sin

import pytest
from behind import pass_time
from hypothesis import given, settings
from hypothesis import strategies as st
from two_nodes import a_volume, an_activity, two_nodes

from wideberth.engine.distance import gap
from wideberth.engine.geodesy import GEOD
from wideberth.engine.hull import hull
from wideberth.engine.shape import shape_of
from wideberth.errors import ImpossibleValueError
from wideberth.formats.slip import write_slip
from wideberth.formats.slip_reader import SlipError, read_slip
from wideberth.model.activity import Disclosure
from wideberth.model.command import AnswerReadBack
from wideberth.model.footprint import Circle, Part, Polygon

CORNERS = ((45.0, -12.9), (45.3, -12.9), (45.3, -12.6), (45.0, -12.6))


def ring(*order):
    return Polygon((Part(tuple(CORNERS[k] for k in order), ()),))


def area(footprint, **different):
    return an_activity(kind="firing", volumes=(a_volume(footprint=footprint),), **different)


def holds(footprint, point):
    return gap(shape_of(footprint), shape_of(Circle(point, 0.01))).gap_m == 0.0


@pytest.mark.parametrize("order", [(0, 2, 1, 3), (0, 1, 3, 2), (1, 0, 2, 3)])
def test_corners_joined_so_that_the_ring_crosses_itself_are_refused(order):
    with pytest.raises(ImpossibleValueError):
        ring(*order)


def test_the_same_corners_in_order_are_taken_whichever_way_round():
    assert shape_of(ring(0, 1, 2, 3)) is not None
    assert shape_of(ring(3, 2, 1, 0)) is not None


places = st.tuples(st.floats(44.0, 46.0), st.floats(-13.5, -12.0))


@settings(max_examples=60, deadline=None)
@given(places, st.floats(10.0, 20_000.0), st.integers(0, 359))
def test_what_is_read_from_a_slip_holds_every_edge_of_what_was_written(place, radius_m, bearing):
    told = read_slip(write_slip(area(Circle(place, radius_m)))).volumes[0].footprint
    edge = GEOD.fwd(*place, float(bearing), radius_m)[:2]
    assert holds(told, edge)


def test_what_is_read_from_a_slip_of_a_polygon_holds_all_its_corners():
    told = read_slip(write_slip(area(ring(0, 1, 2, 3)))).volumes[0].footprint
    assert all(holds(told, corner) for corner in CORNERS)


def test_a_slip_of_which_a_corner_is_missing_is_no_smaller_area_but_none():
    lines = write_slip(area(ring(0, 1, 2, 3))).splitlines()
    corner = next(k for k, line in enumerate(lines) if " M N " in line or " M" in line)
    with pytest.raises(SlipError) as asked:
        read_slip("\n".join(lines[:corner] + lines[corner + 1 :]))
    assert asked.value.groups == (corner,)


def test_two_corners_of_a_slip_told_in_the_wrong_order_are_noticed():
    lines = write_slip(area(ring(0, 1, 2, 3))).splitlines()
    where = [k for k, line in enumerate(lines) if line[4:5] == "M"]
    first, second = where[1], where[2]
    a, b = lines[first], lines[second]
    lines[first], lines[second] = a[:4] + b[4:], b[:4] + a[4:]
    with pytest.raises(SlipError):
        read_slip("\n".join(lines))


def test_an_area_known_by_its_extent_only_is_the_larger_one():
    dent = Polygon((Part((CORNERS[0], CORNERS[1], (45.15, -12.8), CORNERS[2], CORNERS[3]), ()),))
    seen = hull(area(dent, disclose=Disclosure.EXTENT)).volumes[0].footprint
    assert all(holds(seen, corner) for corner in CORNERS)
    assert holds(seen, (45.25, -12.75))
    assert not holds(dent, (45.25, -12.75))


def test_the_area_comes_back_corner_by_corner_and_stays_open_until_it_is_confirmed():
    async def scene():
        async with two_nodes() as pair:
            await pair.north.declare(area(ring(0, 1, 2, 3)))
            await pair.settle()
            (sent,) = await pair.north.notices()
            (taken,) = await pair.south.notices()
            assert (sent.read_back, taken.read_back) == ("said", "")
            await pair.north.do(AnswerReadBack(sent.message, agreed=True, by="planner"))
            await pair.settle()
            await pass_time(pair, 60.0)
            for node in (pair.north, pair.south):
                (one,) = await node.notices()
                assert one.read_back == "agreed"

    asyncio.run(scene())


def test_an_area_of_more_corners_than_a_message_can_repeat_is_taken_and_read_back_in_part():
    many = tuple(
        (45.0 + 0.5 * cos(2 * pi * k / 9000), -12.8 + 0.5 * sin(2 * pi * k / 9000))
        for k in range(9000)
    )

    async def scene():
        async with two_nodes() as pair:
            await pair.north.declare(area(Polygon((Part(many, ()),))))
            await pair.settle()
            (sent,) = await pair.north.notices()
            assert (sent.accepted, sent.read_back, sent.differences) == (True, "said", ())
            assert await pair.south.held("north", "A1") is not None

    asyncio.run(scene())
