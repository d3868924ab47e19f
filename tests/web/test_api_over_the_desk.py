"""The API over the real desk of two nodes: from a declaration to a unit's acknowledgement."""

import asyncio
import json

import msgspec
from api_clients import client_of
from two_nodes import an_activity, two_nodes

from wideberth.model.activity import Disclosure
from wideberth.node.people import Role
from wideberth.peering.wire import to_wire

URL = "/api/v1"


def form(name="A1", **different):
    wire = to_wire(an_activity(name=name, **different))
    return {"activity": msgspec.to_builtins(wire), "contact": "duty officer"}


def test_a_declaration_is_read_passed_and_acknowledged_and_the_sender_sees_each_step():
    async def journey():
        async with two_nodes() as pair:
            planner = await client_of(pair.north, Role.PLANNER)
            watch = await client_of(pair.south, Role.WATCH)
            made = await planner.post(f"{URL}/activities", json=form())
            assert made.status_code == 201, made.text
            await pair.settle()
            (notice,) = (await watch.get(f"{URL}/notices")).json()["items"]
            url = f"{URL}/notices/{notice['message']}"
            assert (await watch.post(f"{url}/read")).status_code == 200
            passed = await watch.post(f"{url}/pass", json={"units": ["frigate", "battery"]})
            assert passed.status_code == 200, passed.text
            link = (await watch.post(f"{URL}/unit-tokens", json={"unit": "frigate"})).json()
            body = {"notice": notice["message"]}
            done = await watch.post(f"{link['path']}/acknowledge", json=body)
            assert done.status_code == 200, done.text
            by_voice = await watch.post(f"{url}/acknowledge", json={"unit": "battery"})
            assert by_voice.status_code == 200, by_voice.text
            await pair.settle()
            receipts = (await planner.get(f"{url}/receipts")).json()
            ledger = (await planner.get(f"{URL}/ledger")).json()
            proof = await planner.get(f"{URL}/ledger/entries/0/proof")
            return receipts, ledger["size"], proof.status_code

    receipts, size, proof = asyncio.run(journey())
    assert receipts["rung"] == "acknowledged"
    rungs = [step["rung"] for step in receipts["steps"]]
    assert rungs == ["sent", "delivered", "delivered", "read", *("passed", "acknowledged") * 2]
    assert size > 4
    assert proof == 200


def test_two_that_meet_are_told_in_the_answer_and_in_the_list():
    async def journey():
        async with two_nodes() as pair:
            await pair.south.declare(an_activity("south", "B1"))
            await pair.settle()
            planner = await client_of(pair.north, Role.PLANNER)
            made = (await planner.post(f"{URL}/activities", json=form())).json()
            listed = (await planner.get(f"{URL}/conflicts")).json()["items"]
            return made["conflicts"], listed

    told, listed = asyncio.run(journey())
    assert told == listed
    assert [(met["a"]["party"], met["b"]["party"]) for met in listed] == [("north", "south")]


def test_of_a_private_activity_the_peers_api_and_an_observers_show_nothing():
    async def journey():
        async with two_nodes() as pair:
            planner = await client_of(pair.north, Role.PLANNER)
            hidden = form("hush-1", title="Quince Umbrella", disclose=Disclosure.PRIVATE)
            made = await planner.post(f"{URL}/activities", json=hidden)
            assert made.status_code == 201, made.text
            await pair.settle()
            pair.clock.now += 30_000.0
            for node in (pair.north, pair.south):
                await node.tick()
            await pair.settle()
            observer = await client_of(pair.north, Role.OBSERVER)
            watch = await client_of(pair.south, Role.WATCH)
            kinds = ("activities", "conflicts", "notices", "alarms", "ledger/entries")
            urls = [f"{URL}/{kind}" for kind in kinds]
            answers = [await client.get(url) for client in (observer, watch) for url in urls]
            assert {answer.status_code for answer in answers} == {200}
            texts = [answer.text for answer in answers]
            seen = (await planner.get(f"{URL}/alarms")).text
            return json.dumps(texts), seen

    said, seen = asyncio.run(journey())
    assert "Quince" not in said
    assert "hush-1" not in said
    assert "hush-1" in seen
