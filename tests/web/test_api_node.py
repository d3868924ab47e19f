from dataclasses import replace

import pytest
from msgspec import structs
from web_scenes import Node, a_peer, an_alarm, held

from wideberth.model.footprint import Circle
from wideberth.model.span import TimeWindow
from wideberth.node import tables
from wideberth.node.people import Role

URL = "/api/v1/node"


@pytest.fixture
def node():
    return Node()


def seen(node, role=Role.OBSERVER):
    answer = node.as_role(role).get(URL)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_frame_says_who_we_are_under_what_agreement_and_when(node):
    got = seen(node)
    assert (got["party"], got["at_s"], got["status"]) == ("north", node.clock.now_s(), "ok")
    assert got["agreement"]["state"] == "in force"
    assert len(got["agreement"]["digest"]) == 64
    assert [unit["id"] for unit in got["units"]] == ["Alfa", "Sierra"]
    assert got["peers"] == []


@pytest.mark.parametrize(
    ("from_s", "until_s", "state"),
    [(-10.0, 10.0, "in force"), (10.0, 20.0, "not yet in force"), (-20.0, 0.0, "expired")],
)
def test_an_agreement_stands_as_the_clock_has_it(node, from_s, until_s, state):
    now_s = node.clock.now_s()
    window = TimeWindow(now_s + from_s, now_s + until_s)
    node.desk.agreement = replace(node.desk.agreement, validity=window)
    got = seen(node)["agreement"]
    assert (got["state"], got["until_s"]) == (state, window.end_s)


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ({}, "unknown"),
        ({"last_heard_s": 5.0}, "up"),
        ({"last_heard_s": 5.0, "down_since_s": 6.0, "down_reason": "no answer"}, "down"),
    ],
)
def test_a_line_is_up_down_or_unknown(node, fields, link):
    table, key, peer = a_peer()
    waiting = (tables.OUTBOX, tables.key("south", 1), b"x")
    node.keep((table, key, structs.replace(peer, **fields)), waiting)
    (line,) = seen(node)["peers"]
    assert (line["party"], line["link"], line["waiting"]) == ("south", link, 1)
    assert line["down_reason"] == fields.get("down_reason", "")


def test_boxes_show_where_to_look_first(node):
    node.desk.agreement = replace(node.desk.agreement, theatre=Circle((33.0, 34.0), 0.0))
    assert seen(node)["theatre"] == [33.0, 34.0, 33.0, 34.0]
    assert seen(node)["in_force"] is None
    node.keep(held("S1"))
    west, south, east, north = seen(node)["in_force"]
    assert west < east
    assert south < north


def test_where_a_private_activity_is_is_told_only_to_who_may_see_it(node):
    node.keep(held("N1", party="north", private=True))
    assert seen(node)["in_force"] is None
    assert seen(node, Role.PLANNER)["in_force"] is not None


def test_an_alarm_that_lasts_makes_the_node_degraded(node):
    node.keep(an_alarm(), (tables.ALARM_ON, "k/south", b"a1"))
    assert seen(node)["status"] == "degraded"
