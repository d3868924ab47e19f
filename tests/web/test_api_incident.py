"""Frozen evidence over the API: the very file that a third person checks."""

import asyncio

from api_clients import client_of
from two_nodes import T0, an_activity, an_agreement, two_nodes

from wideberth.node.people import Role
from wideberth.peering.checkpoint import log_key_of
from wideberth.peering.evidence import Keys
from wideberth.peering.excerpt import read_excerpt, verify_excerpt

URL = "/api/v1/council/incident"


def test_an_incident_is_reported_and_its_evidence_read_and_shown_and_none_that_is_not_there():
    async def scene():
        async with two_nodes(an_agreement()) as pair:
            north = await client_of(pair.north, Role.WATCH)
            south = await client_of(pair.south, Role.WATCH)
            await pair.north.declare(an_activity())
            await pair.settle()
            form = {"text": "Too close.", "happened_s": T0, "about": ["activity/north/A1"]}
            said = {"role": "duty officer", "title": "Close", "form": form}
            made = await north.post(URL, json=said)
            assert made.status_code == 201, made.text
            await pair.settle()
            for node, client in ((pair.north, north), (pair.south, south)):
                found = await client.get(f"{URL}/north/IN-1/excerpts/1")
                assert found.status_code == 200, found.text
                excerpt = read_excerpt(found.content)
                origin = node.desk.bench.settings.origin(node.party)
                keys = Keys(log_key_of(origin, node.signer.log_key))
                one = (await client.get(f"{URL}/north/IN-1")).json()["stand"]
                digest = one["frozen"][node.party][0]["digest"]
                assert verify_excerpt(excerpt, keys, digest=digest).is_shown
                for path in ("north/IN-1/excerpts/2", "north/IN-2/excerpts/1"):
                    assert (await client.get(f"{URL}/{path}")).status_code == 404

    asyncio.run(scene())
