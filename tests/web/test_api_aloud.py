"""What is said over a telephone: phrases as they are typed, declarations as groups."""

import asyncio

from api_clients import client_of
from two_nodes import an_agreement, two_nodes
from web_scenes import Node, held

from wideberth.formats.slip_reader import read_slip
from wideberth.node.people import Role

TYPED = "/api/v1/phrases/typed"


def test_values_are_read_as_both_sides_hold_them_and_each_that_cannot_be_is_named():
    node = Node(sign_in_rate=Node.FREE, stranger_rate=Node.FREE)
    watch = node.as_role(Role.WATCH)
    given = {"count": "7", "place": "36S WC 00000 62617"}
    good = watch.post(TYPED, json={"code": "people-to-rescue", "given": given}).json()
    bad = watch.post(TYPED, json={"code": "D3T", "given": {"count": "many", "who": "x"}}).json()
    assert good["code"] == "D3T"
    assert good["values"][0] == "7"
    assert good["values"][1].endswith("E")
    assert not good["faults"]
    assert bad["values"] == ["", ""]
    assert [fault["where"] for fault in bad["faults"]] == ["count", "place", "who"]
    assert watch.post(TYPED, json={"code": "ZZZ"}).status_code == 422


def test_a_declaration_is_read_aloud_as_groups_that_a_slip_reader_takes():
    node = Node(sign_in_rate=Node.FREE, stranger_rate=Node.FREE)
    node.keep(held())
    reader = node.as_role(Role.WATCH)
    path = "/api/v1/activities/S1/slip"
    plain = reader.get(path, params={"party": "south"}).json()
    spelt = reader.get(path, params={"party": "south", "language": "fr"}).json()
    assert read_slip(plain["text"]).id == "S1"
    assert len(spelt["spoken"]) == len(spelt["text"].splitlines())
    assert spelt["spoken"][0] == ""
    assert all(spelt["spoken"][1:])
    assert reader.get("/api/v1/activities/none/slip").status_code == 404


def test_a_call_is_spelt_in_the_language_that_is_asked_for():
    async def scene():
        async with two_nodes(an_agreement()) as pair:
            north = await client_of(pair.north, Role.WATCH)
            call = {"role": "duty officer", "to_role": "duty officer", "precedence": "flash"}
            await north.post("/api/v1/council/call", json=call | {"code": "L1N"})
            return (await north.get("/api/v1/voice/north/C-1?language=en")).json()

    said = asyncio.run(scene())
    assert said["spoken"][1].startswith("zero zero one, ")
