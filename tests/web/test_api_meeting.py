"""A meeting over the API: agenda, invitation, pack, and what a mail client answers."""

import asyncio

from api_clients import client_of
from two_nodes import T0, an_agreement, two_nodes

from wideberth.formats.ical import Method
from wideberth.formats.ical_reader import read
from wideberth.node.people import Role

URL = "/api/v1/council/meeting"
D = 86400.0
CALLED = {
    "role": "deputy",
    "title": "First meeting",
    "when": {"start_s": T0 + 14 * D, "end_s": T0 + 14 * D + 3600.0},
}
MAIL = {"content-type": "text/calendar"}


def played(scene):
    async def whole():
        async with two_nodes(an_agreement()) as pair:
            north = await client_of(pair.north, Role.SECRETARY)
            south = await client_of(pair.south, Role.SECRETARY)
            made = await north.post(URL, json=CALLED | {"matter": "M/1"})
            assert made.status_code == 201, made.text
            await pair.settle()
            return await scene(pair, north, south)

    return asyncio.run(whole())


def test_an_invitation_goes_out_and_the_reply_comes_back_as_the_step_it_says():
    async def scene(pair, north, south):
        sent = await south.get(f"{URL}/north/M%2F1/invitation.ics")
        assert sent.status_code == 200, sent.text
        assert read(sent.content).calendar.method is Method.REQUEST
        answer = sent.content.replace(b"METHOD:REQUEST", b"METHOD:REPLY")
        answer = answer.replace(b"PARTSTAT=NEEDS-ACTION", b"PARTSTAT=ACCEPTED")
        found = await south.post(f"{URL}-mail", content=answer, headers=MAIL)
        assert found.status_code == 200, found.text
        said = found.json()
        assert (said["word"], said["step"]["answer"]) == ("answer", "accepted")
        assert (await north.get(f"{URL}/north/M%2F1/agenda")).status_code == 200
        step = {k: v for k, v in said["step"].items() if k not in ("type", "turn", "at_s")}
        done = await south.post(f"{URL}/north/M%2F1/{said['word']}", json=step)
        assert done.status_code == 200, done.text
        await pair.settle()
        stands = await north.get("/api/v1/council/meeting/north/M%2F1")
        assert stands.json()["stand"]["state"] == "dated"
        again = await south.post(f"{URL}-mail", content=answer, headers=MAIL)
        assert again.status_code == 409

    played(scene)


def test_the_agenda_and_the_pack_are_read_and_nothing_else_is_found():
    async def scene(_pair, north, _south):
        items = (await north.get(f"{URL}/north/M%2F1/agenda")).json()["items"]
        assert [item["rests_on"] for item in items] == ["standing agenda"] * len(items)
        pack = await north.get(f"{URL}/north/M%2F1/pack.pdf")
        assert (pack.status_code, pack.content[:5]) == (200, b"%PDF-")
        for view in ("agenda", "invitation.ics", "pack.pdf"):
            assert (await north.get(f"{URL}/south/M%2F1/{view}")).status_code == 404
        broken = await north.post(f"{URL}-mail", content=b"hello", headers=MAIL)
        assert broken.status_code == 422

    played(scene)
