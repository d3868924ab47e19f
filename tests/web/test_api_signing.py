"""Signing over the API: only who has the right turns a key, and two people turn two."""

import asyncio

from agreement_scenes import FIRST, text, version
from api_clients import client_of
from two_nodes import two_nodes

from wideberth.formats.agreement_json import canonical, digest
from wideberth.model.binding import Signatory
from wideberth.node.people import Role

URL = "/api/v1/council/agreement"
LATER = version(signatories=(Signatory("north", "deputy", 2),))


def test_two_leads_turn_two_keys_and_a_secretary_none():
    async def main():
        async with two_nodes(FIRST) as pair:
            secretary = await client_of(pair.north, Role.SECRETARY)
            lead = await client_of(pair.north, Role.LEAD)
            form = {"role": "secretary", "matter": "V", "text": text(LATER)}
            made = await secretary.post(URL, json=form)
            assert made.status_code == 201, made.text
            key = {"role": "deputy", "digest": digest(canonical(LATER))}
            url = f"{URL}/north/V/sign"
            assert (await secretary.post(url, json=key)).status_code == 403
            assert (await lead.post(url, json=key)).status_code == 200
            again = await lead.post(url, json=key)
            assert again.status_code == 409
            assert "this person has turned a key" in again.text
            await pair.settle()
            seen = await client_of(pair.south, Role.OBSERVER)
            stand = (await seen.get(f"{URL}/north/V")).json()["stand"]
            assert (stand["state"], stand["keys"][0]["turned"]) == ("signing", 1)
            changes = (await seen.get(f"{URL}/north/V/changes")).json()
            assert changes["digest"] == key["digest"]
            assert changes["not_applicable"] == []
            words = {one["words"] for one in changes["changes"]}
            assert "version 1 -> 2" in words
            assert any(one.startswith("lateral 5 NM -> 20 km") for one in words)
            now = (await seen.get("/api/v1/agreement/in-force")).json()
            assert (now["version"], now["matter"], now["since_s"]) == (1, "", None)
            assert digest(now["text"].encode()) == now["digest"] == changes["digest_in_force"]
            assert (await seen.get(f"{URL}/north/X/changes")).status_code == 404

    asyncio.run(main())
