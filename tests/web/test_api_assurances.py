"""Concerns and assurances over the API: what an activity acts against is in the answers to it."""

import asyncio

from api_clients import client_of
from msgspec import to_builtins
from two_nodes import T0, an_activity, an_agreement, two_nodes

from wideberth.node.people import Role
from wideberth.peering.wire import to_wire

URL = "/api/v1/council"
AGREEMENT = an_agreement()
SCOPE = {
    "start_s": T0,
    "end_s": T0 + 86_400.0,
    "arenas": ["air"],
    "area": {"type": "circle", "centre": [33.0, 34.0], "radius_m": 20_000.0},
    "heights": {"upper_m": 2000.0, "upper_datum": "pressure"},
}


def test_an_assurance_given_over_the_api_is_broken_by_what_is_checked_and_declared():
    async def scene():
        async with two_nodes(AGREEMENT) as pair:
            secretary = await client_of(pair.north, Role.SECRETARY)
            planner = await client_of(pair.north, Role.PLANNER)
            form = {"role": "deputy", "title": "Nothing low", "scope": SCOPE}
            given = await secretary.post(f"{URL}/assurance", json=form)
            assert given.status_code == 201, given.text
            body = {"activity": to_wire(an_activity()), "contact": "duty officer"}
            for path in ("/api/v1/check", "/api/v1/activities"):
                answer = await planner.post(path, json=to_builtins(body))
                assert answer.status_code in (200, 201), answer.text
                (broken,) = answer.json()["broken"]
                assert (broken["assurance"], broken["activity"]) == ("AS-1", "A1")
                assert broken["from_s"] == T0 + 7200.0
                assert "standard pressure" in broken["notes"][0]
            await pair.settle()
            south = await client_of(pair.south, Role.SECRETARY)
            one = (await south.get(f"{URL}/assurance/north/AS-1")).json()
            assert one["stand"]["until_s"] == T0 + 86_400.0
            renewed = await south.post(
                f"{URL}/assurance/north/AS-1/renew", json={"role": "r", "until_s": T0 + 9e4}
            )
            assert renewed.status_code == 409, renewed.text

    asyncio.run(scene())


def test_a_concern_is_raised_and_answered_over_the_api():
    async def scene():
        async with two_nodes(AGREEMENT) as pair:
            south = await client_of(pair.south, Role.SECRETARY)
            north = await client_of(pair.north, Role.SECRETARY)
            form = {"role": "deputy", "title": "Low passes", "words": "Two of them."}
            refused = await south.post(f"{URL}/concern", json=form)
            assert refused.status_code == 409, refused.text
            raised = await south.post(f"{URL}/concern", json=form | {"without_clause": True})
            assert raised.status_code == 201, raised.text
            await pair.settle()
            answer = {"role": "deputy", "words": "One was ours."}
            done = await north.post(f"{URL}/concern/south/CN-1/answer", json=answer)
            assert done.status_code == 200, done.text
            found = (await north.get(f"{URL}/concern/south/CN-1")).json()["stand"]
            assert (found["state"], found["positions"]) == ("answered", {"north": "answered"})

    asyncio.run(scene())
