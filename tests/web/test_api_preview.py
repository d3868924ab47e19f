"""What a preview says that a peer would see is what the peer then holds."""

import asyncio
import json
from dataclasses import replace

import msgspec
import pytest
from api_clients import client_of
from two_nodes import an_activity, two_nodes
from web_scenes import Node, a_form

from wideberth.model.activity import Disclosure
from wideberth.model.command import Suspend
from wideberth.node import queries
from wideberth.node.people import Role
from wideberth.peering.wire import to_wire

URL, DECLARE = "/api/v1/preview", "/api/v1/activities"


def body(**more):
    activity = replace(an_activity(title="Quince"), **more)
    return {"activity": msgspec.to_builtins(to_wire(activity)), "contact": "duty officer"}


def run(story):
    async def main():
        async with two_nodes() as pair:
            client = await client_of(pair.north, Role.PLANNER)
            await story(pair, client)

    asyncio.run(main())


@pytest.mark.parametrize("disclose", [Disclosure.FULL, Disclosure.EXTENT])
def test_what_is_previewed_is_what_the_peer_then_holds(disclose):
    async def story(pair, client):
        form = body(disclose=disclose)
        answer = await client.post(URL, json=form)
        assert answer.status_code == 200, answer.text
        (peer,) = answer.json()["items"][0]["peers"]
        assert (peer["sees"], peer["hears"], peer["knows"]) == (disclose.value, "all", None)
        assert ("Quince" in str(peer["declaration"])) == (disclose is Disclosure.FULL)
        await client.post(DECLARE, json=form)
        await pair.settle()
        held = await pair.south.desk.read(lambda r: queries.activity(r, "north", "A1"))
        assert json.loads(msgspec.json.encode(held.activity)) == peer["declaration"]["activity"]
        amended = (await client.post(URL, json=form, headers={"if-match": '"1"'})).json()
        (peer,) = amended["items"][0]["peers"]
        assert peer["knows"] == 1

    run(story)


def test_of_a_private_activity_no_peer_sees_anything():
    async def story(_pair, client):
        answer = (await client.post(URL, json=body(disclose=Disclosure.PRIVATE))).json()
        (peer,) = answer["items"][0]["peers"]
        assert (peer["sees"], peer["hears"], peer["declaration"]) == ("nothing", "nothing", None)
        assert "not even that" in peer["words"][0]

    run(story)


def test_what_was_told_cannot_be_made_private_and_the_preview_says_so():
    async def story(pair, client):
        await client.post(DECLARE, json=body())
        await pair.settle()
        form = body(disclose=Disclosure.PRIVATE)
        got = await client.post(URL, json=form, headers={"if-match": '"1"'})
        assert (got.status_code, "cannot be made private" in got.text) == (403, True)

    run(story)


def test_while_the_exchange_is_suspended_it_is_told_later():
    async def story(pair, client):
        await pair.north.do(Suspend("south", suspended=True, by="lead", reason="talks"))
        (peer,) = (await client.post(URL, json=body())).json()["items"][0]["peers"]
        assert peer["hears"] == "later"

    run(story)


def test_a_preview_leaves_no_trace():
    async def story(pair, client):
        before = await pair.north.desk.read(queries.events)
        await client.post(URL, json=body())
        assert await pair.north.desk.read(queries.events) == before
        assert await pair.north.desk.read(lambda r: queries.activity(r, "north", "A1")) is None

    run(story)


def test_what_declaring_would_refuse_is_refused_with_all_that_is_missing():
    node = Node()
    client = node.as_role(Role.PLANNER)
    refused = client.post(URL, json=a_form())
    assert refused.status_code == 422
    assert [one["where"] for one in refused.json()["problems"]]
    assert client.post(URL, json=a_form(party="south")).status_code == 403
    assert client.post(URL, json={"contact": "x"}).status_code == 422
    assert node.as_role(Role.OBSERVER).post(URL, json=a_form()).status_code == 403
