"""kill -9 in the middle of a flash's escalation: it goes on where it was, rings nobody twice."""

import asyncio

import pytest
from node_process import node_processes

CALL = "/api/v1/council/call"
FLASH = {
    "role": "duty officer",
    "to_role": "duty officer",
    "precedence": "flash",
    "code": "C1F",
    "values": ["FIRE-7"],
}
WITHIN_S = 240.0


async def stand_when(node, is_so):
    """Return where the call stands at a node, once it is as wanted."""
    async with node.client() as client, asyncio.timeout(WITHIN_S):
        while True:
            answer = await client.get(f"{CALL}/north/C-1")
            if answer.status_code == 200 and is_so(answer.json()["stand"]):
                return answer.json()["stand"]
            await asyncio.sleep(0.1)


def rung(stand):
    return [one["role"] for one in stand.get("rung", [])]


async def past(nodes, offset_s):
    """Kill the called side's node while its clock goes on; when it is back, look at the call."""
    _north, south = nodes
    south.kill()
    for node in nodes:
        node.move_clock(offset_s)
    south.start()
    await south.healthy()


@pytest.mark.parametrize("who_is_killed_last", ["south", "north"])
def test_an_escalation_goes_on_where_it_was_when_the_node_was_killed(tmp_path, who_is_killed_last):
    async def night(nodes):
        north, south = nodes
        async with north.client() as client:
            made = await client.post(CALL, json=FLASH)
            assert made.status_code == 201, made.text
        await stand_when(north, lambda stand: rung(stand) == ["duty officer"])
        await past(nodes, 31.0)
        await stand_when(north, lambda stand: rung(stand) == ["duty officer", "deputy"])
        await past(nodes, 62.0)
        await stand_when(north, lambda stand: rung(stand)[2:] == ["second deputy"])
        async with south.client() as client:
            taken = await client.post(f"{CALL}/north/C-1/take", json={"role": "second deputy"})
            assert taken.status_code == 200, taken.text
        killed = dict(zip(("north", "south"), nodes, strict=True))[who_is_killed_last]
        killed.kill()
        killed.start()
        await killed.healthy()
        return [
            await stand_when(node, lambda stand: stand.get("holder") == "second deputy")
            for node in nodes
        ]

    with node_processes(tmp_path) as nodes:
        north, south = asyncio.run(night(nodes))
        assert north == south
        assert rung(north) == ["duty officer", "deputy", "second deputy"]
        assert north["time_to_take_s"] >= 62.0
        for node in nodes:
            assert "Traceback" not in node.said(), node.said()
