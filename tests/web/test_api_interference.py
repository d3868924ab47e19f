"""Interference over the API: reported, asked, answered, closed; refused with a reason."""

import asyncio

import pytest
from api_clients import client_of
from two_nodes import T0, two_nodes
from web_scenes import Node

from wideberth.node.people import Role

URL = "/api/v1/interference"
REPORT = {
    "system": "GPS of two helicopters",
    "service": "gnss",
    "low_hz": 1.563e9,
    "high_hz": 1.587e9,
    "effect": "lost",
    "start_s": T0 - 60.0,
    "role": "duty officer",
    "bearing": {"bearing_deg": 45.0, "seen_from": [33.0, 34.0]},
    "place": {"type": "circle", "centre": [33.0, 34.0], "radius_m": 5000.0},
}


def form(**different):
    return {"peer": "south", "case": "GPS/1", "report": REPORT} | different


def played(scene):
    async def whole():
        async with two_nodes() as pair:
            north = await client_of(pair.north, Role.SPECTRUM)
            south = await client_of(pair.south, Role.WATCH)
            return await scene(pair, north, south)

    return asyncio.run(whole())


def test_a_case_goes_from_report_to_closure_and_both_sides_read_the_same():
    async def scene(pair, north, south):
        made = await north.post(URL, json=form(cease=True))
        assert made.status_code == 201, made.text
        assert made.json()["case"]["state"] == "asked"
        await pair.settle()
        (case,) = (await south.get(URL)).json()["items"]
        assert [step["kind"] for step in case["steps"]] == ["asked"]
        url = f"{URL}/{case['opener']}/GPS%2F1"
        answer = {"role": "spectrum manager", "answer": "ceasing", "reason": "a test of ours"}
        done = await south.post(f"{url}/answer", json=answer)
        assert done.status_code == 200, done.text
        assert done.json()["case"]["due_s"] == T0 + 300.0
        seen = {"role": "watch", "words": "weaker", "effect": "degraded"}
        assert (await south.post(f"{url}/observations", json=seen)).status_code == 200
        await pair.settle()
        assert (await north.post(f"{url}/cease", json={"role": "watch"})).status_code == 200
        done = await north.post(f"{url}/close", json={"role": "watch", "outcome": "ceased"})
        assert done.status_code == 200, done.text
        await pair.settle()
        held = [(await client.get(url)).json() for client in (north, south)]
        assert (await south.get(URL)).json() == {"items": [], "next": ""}
        assert len((await south.get(f"{URL}?lasting=false")).json()["items"]) == 1
        return held

    ours, theirs = played(scene)
    assert ours["state"] == theirs["state"] == "closed"
    for one in (ours, theirs):
        kinds = [step["kind"] for step in one["steps"]]
        assert kinds == ["opened", "asked", "answered", "observed", "asked", "closed"]
    assert [step["message"] for step in ours["steps"]] == [s["message"] for s in theirs["steps"]]
    assert ours["report"] == theirs["report"]
    assert "spectrum (token" in ours["steps"][0]["by"]
    assert "by" not in theirs["steps"][0]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"peer": "west"}, 404),
        ({"enemy": "x"}, 422),
        ({"report": REPORT | {"affiliation": "x"}}, 422),
        ({"report": REPORT | {"low_hz": 2e9}}, 422),
        ({"report": REPORT | {"bearing": {"bearing_deg": 360.0, "seen_from": [0, 0]}}}, 422),
        ({"report": REPORT | {"system": "x" * 201}}, 422),
        ({"report": REPORT | {"system": " "}}, 422),
        ({"report": REPORT | {"action": "x" * 2001}}, 422),
        ({"report": REPORT | {"source": {"party": "south", "activity": "NONE"}}}, 422),
        ({"report": REPORT | {"end_s": T0 - 120.0}}, 422),
        ({"case": "x" * 201}, 422),
        ({"case": " "}, 403),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_case(change, status):
    async def scene(_pair, north, _south):
        refused = await north.post(URL, json=form(**change))
        assert refused.status_code == status, refused.text
        assert (await north.get(URL)).json()["items"] == []

    played(scene)


def test_only_the_opener_asks_and_closes_and_only_the_other_answers():
    async def scene(pair, north, south):
        await north.post(URL, json=form(cease=True))
        await pair.settle()
        url = f"{URL}/north/GPS%2F1"
        answer = {"role": "watch", "answer": "not-ours"}
        for client, what, body in (
            (south, "cease", {"role": "watch"}),
            (south, "close", {"role": "watch", "outcome": "ceased"}),
            (north, "answer", answer),
        ):
            refused = await client.post(f"{url}/{what}", json=body)
            assert refused.status_code == 403, refused.text
        no_reason = await south.post(f"{url}/answer", json=answer | {"answer": "cannot"})
        assert no_reason.status_code == 422
        assert (await south.post(f"{URL}/south/NONE/answer", json=answer)).status_code == 404
        assert (await south.get(f"{URL}/{'x' * 300}/NONE")).status_code == 404

    played(scene)


@pytest.mark.parametrize("role", Role)
def test_the_spectrum_manager_and_the_watch_may_and_others_only_read(role):
    node = Node()
    client = node.as_role(role)
    assert client.get(URL).status_code == 200
    may = role in (Role.SPECTRUM, Role.WATCH)
    assert (client.post(URL, json=form()).status_code == 201) == may


def test_cases_are_counted_by_state_and_those_overdue():
    async def scene(pair, north, _south):
        await north.post(URL, json=form(cease=True))
        pair.clock.now += 301.0
        await pair.north.tick()
        observer = await client_of(pair.north, Role.OBSERVER)
        figures = (await observer.get("/metrics")).text
        assert 'wideberth_interference_cases{state="asked"} 1.0' in figures
        assert "wideberth_interference_overdue 1.0" in figures

    played(scene)
