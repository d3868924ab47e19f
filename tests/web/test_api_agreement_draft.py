"""An agreement file over the API: from the one in force to a text that can be proposed."""

import asyncio

from agreement_scenes import FIRST
from api_clients import client_of
from two_nodes import two_nodes

from wideberth.node.people import Role

URL = "/api/v1/agreement/draft"
TOML = {"content-type": "application/toml"}


def test_the_agreement_in_force_is_edited_read_and_proposed():
    async def main():
        async with two_nodes(FIRST) as pair:
            secretary = await client_of(pair.north, Role.SECRETARY)
            file = (await secretary.get(URL)).text
            assert f"version = {FIRST.version + 1}" in file
            read = (await secretary.post(URL, content=file.encode(), headers=TOML)).json()
            assert (read["version"], read["remarks"]) == (FIRST.version + 1, [])
            assert [one["words"] for one in read["changes"]] == ["version 1 -> 2"]
            form = {"role": "secretary", "text": read["text"]}
            made = await secretary.post("/api/v1/council/agreement", json=form)
            assert made.status_code == 201, made.text

    asyncio.run(main())


def test_a_file_that_is_no_agreement_has_no_text_and_says_why():
    async def main():
        async with two_nodes(FIRST) as pair:
            secretary = await client_of(pair.north, Role.SECRETARY)
            answer = await secretary.post(URL, content=b"id = [", headers=TOML)
            read = answer.json()
            assert (answer.status_code, read["text"]) == (200, "")
            assert read["remarks"][0]["severity"] == "error"
            observer = await client_of(pair.north, Role.OBSERVER)
            assert (await observer.post(URL, content=b"", headers=TOML)).status_code == 403

    asyncio.run(main())
