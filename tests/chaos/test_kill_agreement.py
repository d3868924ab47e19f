"""kill -9 while agreements are signed and taken up: in the end both work under the last one.

WIDEBERTH_SEED=n: other moments. WIDEBERTH_ROUNDS=n: up to that version, each side in turn.
"""

import asyncio
import dataclasses
import os
from random import Random

from node_process import node_processes

from wideberth.assembly.running import opened
from wideberth.council.agreement import folded
from wideberth.formats.agreement_json import canonical, digest
from wideberth.node import renewing
from wideberth.node.council import matters
from wideberth.node.council.saying import Say
from wideberth.node.working_agreement import working
from wideberth.peering.council.agreement import AgreementProposed, AgreementSigned

SEED = int(os.environ.get("WIDEBERTH_SEED", "20261122"))
LAST = int(os.environ.get("WIDEBERTH_ROUNDS", "2"))
WITHIN_S = 240.0


async def said(node, body):
    async with opened(node.folder) as (_config, _keys, desk):
        return (await desk.do(Say(body, "person"))).matter


async def propose(node, version):
    async with opened(node.folder) as (_config, _keys, desk):
        following = dataclasses.replace(desk.agreement, version=version, title=f"V{version}")
    text = canonical(following).decode()
    return await said(node, AgreementProposed(role="secretary", text=text))


async def sign(node, one):
    """Turn the node's key once the text has reached it."""
    async with opened(node.folder) as (_config, _keys, desk), asyncio.timeout(WITHIN_S):
        found = None
        while found is None:
            found = await desk.read(lambda r: of(r, one))
            await asyncio.sleep(0.05)
    fields = {"opener": one.opener, "matter": one.id, "role": "deputy"}
    await said(node, AgreementSigned(digest=folded(found).digest, **fields))


def of(reader, one):
    return matters.matter(reader, one.kind, one.opener, one.id)


async def taken_up(node, version):
    """Return the bytes in force once the node works under a version and has searched all."""
    async with opened(node.folder) as (_config, _keys, desk), asyncio.timeout(WITHIN_S):
        while True:
            found = await desk.read(working)
            if found is not None and found.version == version:
                break
            await asyncio.sleep(0.05)
    async with opened(node.folder) as (_config, _keys, desk):
        settings = desk.bench.settings
        assert settings.agreement.version == version
        assert await desk.read(lambda r: renewing.is_current(r, settings))
    return found


async def killed(node, draw):
    await asyncio.sleep(draw.uniform(0.0, 0.4))
    node.kill()
    node.start()
    await node.healthy()


async def night(nodes):
    draw = Random(SEED)
    for version in range(2, LAST + 1):
        one = await propose(nodes[0], version)
        signer, other = draw.sample(nodes, 2)
        await sign(signer, one)
        await asyncio.gather(sign(other, one), killed((other, signer)[version % 2], draw))
        in_force = [await taken_up(node, version) for node in nodes]
        assert in_force[0].text == in_force[1].text
        assert digest(in_force[0].text.encode()) == in_force[0].digest


def test_nodes_killed_while_they_take_an_agreement_up_come_to_work_under_the_last(tmp_path):
    with node_processes(tmp_path) as nodes:
        asyncio.run(night(nodes))
        for node in nodes:
            assert "Traceback" not in node.said(), node.said()
