from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_scenes import Node

from wideberth.node.people import Role

URL = "/api/v1/places"
NODE = Node(rate=Node.FREE)
CLIENT = NODE.as_role(Role.OBSERVER)


def lines(*texts, status=200, **more):
    answer = CLIENT.post(URL, json={"texts": texts, **more})
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_place_comes_back_in_every_notation():
    (line,) = lines("34-30-00N 033-15-00E")
    assert line["problem"] is None
    place = line["place"]
    assert (place["lon_deg"], place["lat_deg"], place["notation"]) == (33.25, 34.5, "dms")
    assert place["dd"] == "34.500000N 033.250000E"
    assert place["ddm"] == "34-30.0000N 033-15.0000E"
    assert place["dms"] == "34-30-00.00N 033-15-00.00E"
    assert place["mgrs"].startswith("36S ")
    assert place["utm"].startswith("36 north ")
    again = lines(*(place[key] for key in ("dd", "ddm", "dms", "mgrs", "utm")))
    assert [one["place"]["notation"] for one in again] == ["dd", "ddm", "dms", "mgrs", "utm"]


def test_each_text_has_its_own_answer_in_order():
    good, bad = lines("34.5N 33.25E", "343000N")
    assert good["place"]["dd"] == "34.500000N 033.250000E"
    assert (bad["place"], bad["text"]) == (None, "343000N")
    assert bad["problem"]["what"]
    assert bad["problem"]["remedy"]


def test_the_way_from_a_named_point_is_given_and_read():
    NODE.desk.agreement = replace(NODE.desk.agreement, named_points=(("MIDWAY", (33.0, 34.0)),))
    (line,) = lines("34.0N 33.1E")
    assert line["place"]["bearing"].endswith("from MIDWAY")
    (back,) = lines(line["place"]["bearing"])
    assert back["place"]["notation"] == "bearing"
    assert back["place"]["lon_deg"] == pytest.approx(33.1, abs=1e-3)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"texts": []},
        {"texts": ["x"] * 1001},
        {"texts": ["x"], "notation": "x"},
        {"texts": "x"},
    ],
)
def test_a_form_that_is_none_is_refused(body):
    assert CLIENT.post(URL, json=body).status_code == 422


def test_a_stranger_asks_nothing():
    assert NODE.client().post(URL, json={"texts": ["34.5N 33.25E"]}).status_code == 401


@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_whatever_is_typed_has_an_answer(texts):
    for line in lines(*texts):
        assert (line["place"] is None) != (line["problem"] is None)


@given(st.text("0123456789NSEWnsew°'\" .,-+;/UTMnorthsouth", max_size=40))
def test_whatever_looks_like_a_place_has_an_answer(text):
    (line,) = lines(text)
    assert (line["place"] is None) != (line["problem"] is None)
