"""The council over the API: one route for each thing that can be said, made from the kinds."""

import asyncio

import pytest
from api_clients import client_of
from two_nodes import an_agreement, two_nodes

from wideberth.node.people import Role

URL = "/api/v1/council"
PROPOSED = {"role": "secretary", "title": "Frequencies", "text": "Use 243 MHz for distress."}
AGREEMENT = an_agreement()


def played(scene):
    async def whole():
        async with two_nodes(AGREEMENT) as pair:
            north = await client_of(pair.north, Role.SECRETARY)
            south = await client_of(pair.south, Role.SECRETARY)
            return await scene(pair, north, south)

    return asyncio.run(whole())


def test_a_decision_is_proposed_and_adopted_and_both_sides_read_the_same():
    async def scene(pair, north, south):
        made = await north.post(f"{URL}/decision", json=PROPOSED | {"matter": "D/1"})
        assert made.status_code == 201, made.text
        await pair.settle()
        (one,) = (await south.get(URL, params={"kind": "decision"})).json()["items"]
        assert (one["ref"], one["stand"]["state"]) == ("decision/north/D/1", "proposed")
        url = f"{URL}/decision/north/D%2F1"
        said = {"role": "secretary", "position": "adopt", "dissent": "not at night"}
        done = await south.post(f"{url}/position", json=said)
        assert done.status_code == 200, done.text
        await pair.settle()
        assert (await south.get(URL)).json() == {"items": [], "next": ""}
        assert len((await south.get(f"{URL}?lasting=false")).json()["items"]) == 1
        return [(await client.get(url)).json() for client in (north, south)]

    ours, theirs = played(scene)
    assert ours["stand"] == theirs["stand"]
    assert ours["stand"]["state"] == "adopted"
    assert ours["stand"]["is_open"] is False
    assert [s["said"] for s in ours["matter"]["steps"]] == [
        s["said"] for s in theirs["matter"]["steps"]
    ]
    assert "by" not in theirs["matter"]["steps"][0]


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("decision", {"enemy": "x"}, 422),
        ("decision", {"title": ""}, 422),
        ("decision", {"turn": 3}, 403),
        ("decision", {"clause": "none such"}, 409),
        ("decision", {"parties": ["north", "west"]}, 404),
        ("decision/north/D-9/withdraw", {}, 404),
        ("nothing", {}, 404),
    ],
)
def test_what_cannot_be_said_is_refused_with_a_reason(path, form, status):
    async def scene(_pair, north, _south):
        opening = PROPOSED if path == "decision" else {"role": "secretary"}
        answer = await north.post(f"{URL}/{path}", json=opening | form)
        assert answer.status_code == status, answer.text
        assert (await north.get(f"{URL}?lasting=false")).json()["items"] == []

    played(scene)


def test_a_step_names_the_matter_of_its_path_or_none():
    async def scene(_pair, north, _south):
        await north.post(f"{URL}/decision", json=PROPOSED)
        said = {"role": "secretary", "opener": "south", "matter": "D-1"}
        answer = await north.post(f"{URL}/decision/north/D-1/withdraw", json=said)
        assert answer.status_code == 403
        assert "another matter" in answer.text
        assert (await north.get(f"{URL}/decision/north/D-2")).status_code == 404
        assert (await north.get(f"{URL}?kind=nothing")).status_code == 404

    played(scene)


def test_an_observer_reads_and_says_nothing():
    async def whole():
        async with two_nodes(AGREEMENT) as pair:
            observer = await client_of(pair.north, Role.OBSERVER)
            assert (await observer.get(URL)).status_code == 200
            assert (await observer.post(f"{URL}/decision", json=PROPOSED)).status_code == 403

    asyncio.run(whole())
