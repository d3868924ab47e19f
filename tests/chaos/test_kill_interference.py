"""kill -9 while cases of interference go on: no step that was acknowledged is lost, none is twice.

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

from wideberth.adapters.clock import SystemClock
from wideberth.node import cases

SEED = int(os.environ.get("WIDEBERTH_SEED", "20261122"))
KILLS = 6
REPORT = {
    "system": "GPS",
    "service": "gnss",
    "low_hz": 1.563e9,
    "high_hz": 1.587e9,
    "effect": "lost",
    "role": "duty officer",
}
ANSWERS = ("ceasing", "ceased", "not-ours", "disputed")


@dataclass
class Manager(Person):
    """A spectrum manager: opens cases, asks, observes, answers the other's, and closes.

    Each step has words of its own. done: those that were acknowledged; tried: all.
    """

    tried: int = 0
    done: set[str] = field(default_factory=set)

    def words(self) -> str:
        self.tried += 1
        return f"{self.node.party} {self.tried}"

    async def turn(self) -> None:
        found = await self.ask("GET", "/interference")
        if found is None or found.status_code != 200:
            return
        items = found.json()["items"]
        if len(items) < 3:
            words = self.words()
            start_s = SystemClock().now_s()
            form = {"peer": self.other, "report": REPORT | {"action": words, "start_s": start_s}}
            await self.say("/interference", words, form | {"cease": self.draw.random() < 0.5})
            return
        case = self.draw.choice(items)
        url = f"/interference/{case['opener']}/{case['id']}"
        ours = case["opener"] == self.node.party
        steps = ["observations", "cease", "close"] if ours else ["observations", "answer"]
        step = self.draw.choice(steps)
        words = self.words()
        form = {"role": "watch", "words": words}
        if step == "close":
            form |= {"outcome": "ceased"}
        if step == "answer":
            answer = self.draw.choice(ANSWERS)
            form = {"role": "watch", "answer": answer, "reason": words}
        await self.say(f"{url}/{step}", words, form)

    @property
    def other(self) -> str:
        return {"north": "south", "south": "north"}[self.node.party]

    async def say(self, url: str, words: str, form: dict) -> None:
        answer = await self.ask("POST", url, json=form)
        if answer is None or answer.status_code == 503:
            self.memory.lost += 1
            return
        if answer.status_code in (200, 201):
            self.memory.answered += 1
            self.done.add(words)
            return
        assert answer.status_code in (403, 404), answer.text  # closed, or not asked


async def night(nodes):
    """Let both work while they are killed; return who worked and what both hold in the end."""
    draw, memory, stop = Random(SEED), Remembered(), asyncio.Event()
    async with AsyncExitStack() as stack:
        people = []
        for node in nodes:
            client = await stack.enter_async_context(node.client())
            people.append(Manager(node, client, Random(draw.random()), memory, stop))
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
    return people, found, [await node.ask(cases_of) for node in nodes]


async def cases_of(desk):
    found = await desk.read(lambda reader: cases.cases(reader, is_open=False))
    return {(one.opener, one.id): one for one in found[0]}


def words_of(case):
    return [step.words or case.report.action for step in case.steps]


def test_nodes_killed_at_any_moment_lose_no_step_of_a_case_and_take_none_twice(tmp_path):
    with node_processes(tmp_path) as nodes:
        people, found, (north, south) = asyncio.run(night(nodes))
        for one in found:
            assert one.waiting == 0
            assert [audit.first_bad for audit in one.audits] == [None, None]
        assert north.keys() == south.keys()
        for name, ours in north.items():
            theirs = south[name]
            assert {step.message for step in ours.steps} == {s.message for s in theirs.steps}
            assert sorted(words_of(ours)) == sorted(words_of(theirs))
            assert all(step.delivered_s for step in ours.steps if step.party == "north")
        for person in people:
            assert len(person.done) > KILLS
            held = Counter(
                words
                for case in north.values()
                for step, words in zip(case.steps, words_of(case), strict=True)
                if step.party == person.node.party and step.words
            )
            opened = Counter(
                case.report.action for case in north.values() if case.opener == person.node.party
            )
            assert person.done <= (held + opened).keys(), "an acknowledged step is lost"
            assert max(held.values()) == 1, "a step was taken twice"
            assert max(opened.values()) == 1
        for node in nodes:
            assert "Traceback" not in node.said(), node.said()
