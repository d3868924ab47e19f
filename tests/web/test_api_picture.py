import asyncio
import json
from dataclasses import replace

import msgspec
import pytest
from builders import a_volume, an_activity
from web_scenes import Node, held

from wideberth.model.activity import Disclosure
from wideberth.model.footprint import Circle, Everywhere, Polygon, Track
from wideberth.model.span import TimeWindow
from wideberth.node import tables
from wideberth.node.people import Role
from wideberth.node.records import Held
from wideberth.peering.wire import to_wire
from wideberth.peering.wire_footprint import WireCircle
from wideberth.web.pictures import Pictures

URL = "/api/v1/picture"
NOW_S = 1_800_000_000.0


@pytest.fixture
def node():
    return Node()


def kept(name, *footprints, party="south", times=None, **more):
    """Return the record of an activity with a volume for each footprint."""
    volumes = [replace(a_volume(footprint=one), id=str(i)) for i, one in enumerate(footprints)]
    if times is not None:
        volumes = [replace(one, time=TimeWindow(*times)) for one in volumes]
    activity = replace(an_activity(*volumes, name=name, party=party), **more)
    record = Held(activity=to_wire(activity), declared_s=0.0, changed_s=0.0, contact="x")
    return tables.ACTIVITY, tables.key(party, name), record


def got(node, url=URL, role=Role.OBSERVER, status=200):
    answer = node.as_role(role).get(url)
    assert answer.status_code == status, answer.text
    return answer.json()


HERE = Circle((33.0, 34.0), 5000.0)
TRACK = Track(((33.0, 34.0), (33.5, 34.5)), (NOW_S, NOW_S + 600.0), 1000.0)


def test_each_volume_is_an_outline_with_what_a_map_needs(node):
    node.keep(kept("S1", HERE, TRACK, revision=3))
    circle, track = got(node)["items"]
    assert (circle["party"], circle["activity"], circle["revision"]) == ("south", "S1", 3)
    assert [(one["volume"], one["index"]) for one in (circle, track)] == [("0", 0), ("1", 1)]
    assert (circle["shape"], circle["centre"], circle["radius_m"]) == ("circle", [33, 34], 5000)
    assert circle["geometry"]["type"] == "Polygon"
    assert len(circle["geometry"]["coordinates"][0]) > 50
    assert track["path"] == [[33.0, 34.0, NOW_S], [33.5, 34.5, NOW_S + 600.0]]
    assert track["radius_m"] == 1000.0


def test_what_lies_across_the_antimeridian_is_cut_there(node):
    node.keep(kept("S1", Polygon.of([(179, 1), (-179, 1), (-179, 2), (179, 2)])))
    (item,) = got(node)["items"]
    assert item["geometry"]["type"] == "MultiPolygon"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?bbox=32,33,34,35", ["A", "C"]),
        ("?bbox=170,-10,-170,10", ["B", "C"]),
        ("?bbox=-180,-90,180,90", ["A", "B", "C"]),
        ("?bbox=0,0,1,1", ["C"]),
        ("?party=south", ["B", "C"]),
        ("?from_s=2000", ["C"]),
        ("?to_s=50", ["C"]),
        ("?from_s=1000&to_s=1000", ["A", "B", "C"]),
    ],
)
def test_a_map_asks_for_a_box_a_party_or_a_time(node, query, names):
    node.keep(
        kept("A", HERE, party="north", times=(100.0, 1000.0)),
        kept("B", Circle((179.9, 0.0), 50_000.0), times=(100.0, 1000.0)),
        kept("C", Everywhere(), times=(-float("inf"), float("inf"))),
    )
    assert [item["activity"] for item in got(node, URL + query)["items"]] == names


def test_pages_follow_one_another_and_leave_nothing_out(node):
    node.keep(*(kept(f"S{i}", HERE, TRACK) for i in range(5)))
    found, after = [], ""
    while True:
        page = got(node, f"{URL}?limit=2&after={after}")
        found += [(one["activity"], one["index"]) for one in page["items"]]
        after = page["next"]
        if not after:
            break
    assert found == [(f"S{i}", index) for i in range(5) for index in range(2)]


@pytest.mark.parametrize("bbox", ["1,2,3", "a,b,c,d", "0,10,1,5", "0,-91,1,0", "nan,0,1,1"])
def test_a_box_that_is_none_is_refused(node, bbox):
    assert "bbox" in got(node, f"{URL}?bbox={bbox}", status=422)["detail"]


def test_private_activities_are_drawn_only_for_who_may_see_them(node):
    node.keep(kept("N1", HERE, party="north", disclose=Disclosure.PRIVATE), held("S1"))
    assert {one["activity"] for one in got(node)["items"]} == {"S1"}
    assert {one["activity"] for one in got(node, role=Role.PLANNER)["items"]} == {"N1", "S1"}
    assert got(node, f"{URL}/north/N1", status=404) == got(node, f"{URL}/north/none", status=404)
    assert len(got(node, f"{URL}/north/N1", role=Role.PLANNER)["items"]) == 1


def drafted(node, *volumes, status=200):
    body = {"volumes": list(volumes)}
    answer = node.as_role(Role.OBSERVER).post(URL, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_draft_is_drawn_while_it_is_unfinished(node):
    circle = {"footprint": {"type": "circle", "centre": [33, 34], "radius_m": 500}}
    whole = msgspec.to_builtins(to_wire(an_activity(a_volume()))).pop("volumes")[0]
    answer = drafted(node, circle, whole)
    assert [one["index"] for one in answer["items"]] == [0, 1]
    assert answer["faults"] == []


@pytest.mark.parametrize(
    ("footprint", "words"),
    [
        ({"type": "circle", "centre": [33, 134], "radius_m": 500}, "latitude 134"),
        ({"type": "circle", "centre": [33, 34], "radius_m": -5}, "radius"),
        ({"type": "polygon", "parts": [[[[0, 0], [1, 1], [0, 1], [1, 0]]]]}, "crosses itself"),
        ({"type": "polygon", "parts": [[[[0, 0], [1, 1]]]]}, "at least 3"),
        ({"type": "square"}, "Invalid value 'square'"),
        ("<script>", "Expected `object`"),
        ({"type": "track", "points": [[0, 0], [1, 1]], "times_s": [1], "radius_m": 1}, "times"),
    ],
)
def test_a_volume_that_is_wrong_is_named_and_stops_no_other(node, footprint, words):
    good = {"footprint": {"type": "circle", "centre": [33, 34], "radius_m": 500}}
    answer = drafted(node, {"footprint": footprint}, good, 5)
    assert [one["index"] for one in answer["items"]] == [1]
    assert [one["index"] for one in answer["faults"]] == [0, 2]
    assert words in answer["faults"][0]["what"]


def test_an_outline_that_goes_to_and_fro_for_ever_is_refused(node):
    comb = [[33 + i % 2 - i * 1e-6, 34 + i % 2 + i * 1e-6] for i in range(20_000)]
    body = {"footprint": {"type": "polygon", "parts": [[comb]]}}
    assert "too often" in drafted(node, body, status=422)["detail"]


def test_a_drawing_is_kept_and_what_was_drawn_first_goes_first():
    pictures = Pictures(most_bytes=12_000)
    circles = [WireCircle((float(i), 0.0), 1000.0) for i in range(10)]

    async def scene():
        first = await pictures.draw(circles)
        again = await pictures.draw(circles[-1:] * 3)
        return first, again

    first, again = asyncio.run(scene())
    assert again == [first[-1]] * 3
    assert again[0] is first[-1]
    assert 0 < pictures.kept_bytes <= 12_000
    assert json.loads(first[0].coordinates)[0][0] != json.loads(first[1].coordinates)[0][0]
