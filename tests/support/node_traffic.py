"""People at work on a node's API, who remember what they asked and what was answered.

A planner declares, amends and changes the state of activities of its own; a watch officer reads,
passes on and acknowledges what came in. A request that got no answer is looked up afterwards: it
was done whole, or not at all.
"""

import asyncio
from dataclasses import dataclass, field, replace
from random import Random

import httpx2
import msgspec
from node_process import NodeProcess

from wideberth.adapters.clock import SystemClock
from wideberth.model.activity import Activity, State
from wideberth.model.footprint import Circle
from wideberth.model.span import HeightBand, TimeWindow
from wideberth.model.states import next_states
from wideberth.model.volume import Arena, Volume
from wideberth.node.records import Held, Notice, Way
from wideberth.peering.wire import WireActivity, to_wire

URL = "/api/v1"
UNITS = {"north": "wing", "south": "battery"}
DAY_S = 86_400.0


def an_air_activity(party: str, name: str, draw: Random) -> Activity:
    """Return an activity of one disc somewhere in a small theatre, tomorrow."""
    start_s = SystemClock().now_s() + DAY_S + draw.uniform(0.0, DAY_S)
    low_m = draw.uniform(500.0, 8000.0)
    place = (draw.uniform(33.0, 35.0), draw.uniform(33.0, 35.0))
    volume = Volume(
        "0",
        Arena.AIR,
        Circle(place, draw.uniform(1000.0, 8000.0)),
        HeightBand.of(low_m, low_m + 500.0),
        TimeWindow(start_s, start_s + 3600.0),
    )
    return Activity(party, name, (volume,), kind="patrol", title=f"{name} {draw.random()}")


def a_form(activity: Activity) -> dict:
    """Return the body of a declaration."""
    return {"activity": msgspec.to_builtins(to_wire(activity)), "contact": "duty officer"}


@dataclass
class Remembered:
    """All that became of the requests.

    kept: what each activity was at each revision that is known to have happened, by (party, id).
    """

    kept: dict[tuple[str, str], list[WireActivity]] = field(default_factory=dict)
    climbed: set[tuple[str, str]] = field(default_factory=set)
    answered: int = 0
    lost: int = 0
    done_though_lost: int = 0
    posted: dict[str, asyncio.Event] = field(default_factory=dict)


@dataclass
class Person:
    """Who works at one node until told to stop."""

    node: NodeProcess
    client: httpx2.AsyncClient
    draw: Random
    memory: Remembered
    stop: asyncio.Event
    pause_s: float = 0.02

    async def work(self) -> None:
        """Go on until stopped."""
        while not self.stop.is_set():
            await self.turn()
            await asyncio.sleep(self.draw.uniform(0.0, 2.0 * self.pause_s))

    async def turn(self) -> None:
        raise NotImplementedError

    async def ask(self, method: str, url: str, **more: object) -> httpx2.Response | None:
        """Return the answer; None: none came."""
        if method != "GET":
            self.memory.posted.setdefault(self.node.party, asyncio.Event()).set()
        try:
            return await self.client.request(method, URL + url, **more)
        except httpx2.TransportError:
            await asyncio.sleep(0.02)
            return None

    async def must_ask(self, url: str) -> httpx2.Response:
        """Return the answer to a question that changes nothing, however often it must be put."""
        async with asyncio.timeout(240.0):
            while True:
                answer = await self.ask("GET", url)
                if answer is not None and answer.status_code != 503:
                    return answer


@dataclass
class Planner(Person):
    """Declares, amends, and changes states."""

    name: str = "A"
    made: int = 0
    open: list[Activity] = field(default_factory=list)

    async def turn(self) -> None:
        choice = self.draw.random()
        if not self.open or choice < 0.5:
            self.made += 1
            new = an_air_activity(self.node.party, f"{self.name}{self.made}", self.draw)
            await self._do(new, "POST", "/activities", a_form(new))
            return
        place = self.draw.randrange(len(self.open))
        before = self.open.pop(place)
        if choice < 0.7:
            drawn = an_air_activity(before.party, before.id, self.draw)
            new = replace(drawn, revision=before.revision + 1, state=before.state)
            await self._do(new, "PUT", f"/activities/{before.id}", a_form(new), before)
            return
        state = self.draw.choice(sorted(next_states(before.state)))
        new = replace(before, revision=before.revision + 1, state=state)
        form = {"state": state, "of_revision": before.revision}
        await self._do(new, "POST", f"/activities/{before.id}/state", form, before)

    async def _do(
        self, new: Activity, method: str, url: str, form: dict, before: Activity | None = None
    ) -> None:
        """Ask for a revision; where no answer comes, see whether it happened."""
        answer = await self.ask(method, url, json=form)
        if answer is None or answer.status_code == 503:
            self.memory.lost += 1
            happened = await self._happened(new)
            self._go_on(new if happened else before)
            said_no = answer is not None and "nothing was done" in answer.text
            assert not (happened and said_no), answer
            return
        assert answer.status_code == (201 if url == "/activities" else 200), answer.text
        held = msgspec.convert(answer.json()["activity"], Held)
        assert held.activity == to_wire(new)
        self.memory.answered += 1
        self._remember(new)
        self._go_on(new)

    async def _happened(self, new: Activity) -> bool:
        answer = await self.must_ask(f"/activities/{new.id}")
        if answer.status_code == 404:
            assert new.revision == 1, "an activity that was acknowledged is gone"
            return False
        wire = msgspec.json.decode(answer.content, type=Held).activity
        if wire.revision == new.revision:
            assert wire == to_wire(new), "another revision than any that was asked for"
            self.memory.done_though_lost += 1
            self._remember(new)
            return True
        assert wire == self.memory.kept[new.party, new.id][-1], "an older revision came back"
        return False

    def _remember(self, new: Activity) -> None:
        self.memory.kept.setdefault((new.party, new.id), []).append(to_wire(new))

    def _go_on(self, activity: Activity | None) -> None:
        if activity is not None and activity.state not in (State.ENDED, State.WITHDRAWN):
            self.open.append(activity)


@dataclass
class Watch(Person):
    """Reads, passes on and acknowledges notices that came in, the newest page first seen."""

    after: str = ""
    waiting: list[str] = field(default_factory=list)

    async def turn(self) -> None:
        if not self.waiting:
            await self._look()
            return
        message = self.waiting.pop(self.draw.randrange(len(self.waiting)))
        unit = UNITS[self.node.party]
        for step, form in (
            ("read", None),
            ("pass", {"units": [unit]}),
            ("acknowledge", {"unit": unit}),
        ):
            answer = await self.ask("POST", f"/notices/{message}/{step}", json=form)
            if answer is None:
                self.memory.lost += 1
                self.waiting.append(message)
                return
            if answer.status_code != 200:
                assert answer.status_code in {403, 503}, answer.text  # superseded, or stopping
                return
            self.memory.answered += 1
            self.memory.climbed.add((message, step))

    async def _look(self) -> None:
        answer = await self.ask("GET", "/notices", params={"after": self.after, "limit": 100})
        if answer is None or answer.status_code != 200:
            return
        found = msgspec.convert(answer.json()["items"], list[Notice])
        if found:
            self.after = f"{found[-1].index:012d}"
        self.waiting += [one.message for one in found if one.way is Way.IN and not one.superseded]
