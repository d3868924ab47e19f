"""kill -9 while the council speaks: no step that was acknowledged is lost, none is twice, and
what stands is the same on both sides.

WIDEBERTH_SEED=n: other moments.
"""

import asyncio
import os
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from random import Random

from node_process import node_processes
from node_traffic import Person, Remembered
from node_whole import at_peace, at_rest

from wideberth.council.kinds import stand_of
from wideberth.node.council import matters

SEED = int(os.environ.get("WIDEBERTH_SEED", "20261122"))
KILLS = 6
POSITIONS = ("adopt", "defer", "reserve")
MOST_OPEN = 3


@dataclass
class Secretary(Person):
    """Opens matters and speaks in them; each step has words of its own.

    done: those that were acknowledged; tried: how many there were.
    """

    tried: int = 0
    done: set[str] = field(default_factory=set)

    async def turn(self) -> None:
        found = await self.ask("GET", "/council", params={"kind": "decision"})
        if found is None or found.status_code != 200:
            return
        items = found.json()["items"]
        if len(items) < MOST_OPEN:
            await self.say("/council/decision", {"title": "Frequencies", "text": "Use 243 MHz."})
            return
        one = self.draw.choice(items)["matter"]
        url = f"/council/decision/{one['opener']}/{one['id']}"
        if one["opener"] == self.node.party and self.draw.random() < 0.2:
            await self.say(f"{url}/withdraw", {})
        else:
            await self.say(f"{url}/position", {"position": self.draw.choice(POSITIONS)})

    async def say(self, url: str, form: dict) -> None:
        self.tried += 1
        words = f"{self.node.party} {self.tried}"
        answer = await self.ask("POST", url, json=form | {"role": "secretary", "words": words})
        if answer is None or answer.status_code == 503:
            self.memory.lost += 1
            return
        if answer.status_code in (200, 201):
            self.memory.answered += 1
            self.done.add(words)
            return
        assert answer.status_code == 409, answer.text  # it was adopted or withdrawn since


async def night(nodes):
    """Let both work while they are killed; return who worked and what both hold in the end."""
    draw, memory, stop = Random(SEED), Remembered(), asyncio.Event()
    async with AsyncExitStack() as stack:
        people = []
        for node in nodes:
            client = await stack.enter_async_context(node.client())
            people.append(Secretary(node, client, Random(draw.random()), memory, stop))
        async with asyncio.TaskGroup() as group:
            for person in people:
                group.create_task(person.work())
            for _ in range(KILLS):
                await asyncio.sleep(draw.uniform(0.05, 0.5))
                chosen = draw.choice(nodes)
                chosen.kill()
                chosen.start()
                if draw.random() < 0.7:
                    await chosen.healthy()
            for node in nodes:
                await node.healthy()
            stop.set()
    await at_peace(nodes)
    found = await at_rest(nodes)
    return people, found, [await node.ask(matters_of) for node in nodes]


async def matters_of(desk):
    found, _after = await desk.read(lambda reader: matters.matters(reader, is_open=False))
    return {one.ref: (one, stand_of(one, desk.agreement)) for one in found}


def test_nodes_killed_at_any_moment_lose_no_step_of_a_matter_and_come_to_the_same(tmp_path):
    with node_processes(tmp_path) as nodes:
        people, found, (north, south) = asyncio.run(night(nodes))
        for one in found:
            assert one.waiting == 0
            assert [audit.first_bad for audit in one.audits] == [None, None]
        assert north.keys() == south.keys()
        for ref, (ours, stand) in north.items():
            theirs, their_stand = south[ref]
            assert [(s.order, s.said) for s in ours.steps] == [
                (s.order, s.said) for s in theirs.steps
            ]
            assert stand == their_stand
            assert all(step.is_delivered for one in (ours, theirs) for step in one.steps)
        for person in people:
            assert len(person.done) > KILLS
            said = Counter(
                step.said.words
                for matter, _stand in north.values()
                for step in matter.steps
                if step.party == person.node.party
            )
            assert person.done <= said.keys(), "an acknowledged step is lost"
            assert max(said.values()) == 1, "a step was taken twice"
        for node in nodes:
            assert "Traceback" not in node.said(), node.said()
