"""Two real nodes with a person for each role, as the tests of the console use them.

with console_nodes(folder) as (north, south):
    north.url, north.api("planner").post(...)
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx2
from argon2 import Parameters
from argon2.low_level import Type
from node_process import NodeProcess, node_processes

from wideberth.adapters.chance import SystemChance
from wideberth.adapters.clock import SystemClock
from wideberth.node.desk import Desk
from wideberth.node.people import Permission, Role, permissions_of
from wideberth.node.people_passwords import Passwords
from wideberth.node.people_tokens import Tokens
from wideberth.node.people_users import Users

T = TypeVar("T")
PASSWORD = "copper lantern ninth harbour"
EVERYONE = "everyone"  # one user with all roles, who may open every screen
LEADER = "second.lead"  # where two people sign
QUICK = Passwords(Parameters(Type.ID, 19, 8, 16, 1, 8, 1))
AGREEMENT = Path(__file__).parents[2] / "examples/working-group/agreement.toml"
HOUR_S = 3600.0


@dataclass
class ConsoleNode:
    """A node's process and the keys of its people."""

    process: NodeProcess
    tokens: dict[str, str]

    @property
    def party(self) -> str:
        return self.process.party

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.process.api_port}"

    def api(self, user: str = EVERYONE) -> httpx2.Client:
        """Return a client of the API with a user's rights."""
        head = {"authorization": f"Bearer {self.tokens[user]}"}
        return httpx2.Client(base_url=self.url, headers=head, timeout=60.0, trust_env=False)

    def get(self, path: str) -> Any:
        """Return what the API answers."""
        with self.api() as client:
            answer = client.get(f"/api/v1{path}")
            assert answer.is_success, answer.text
            return answer.json()

    def post(self, path: str, body: Any, user: str = EVERYONE) -> Any:
        """Return what the API answers to a change that it takes."""
        with self.api(user) as client:
            answer = client.post(f"/api/v1{path}", json=body)
            assert answer.is_success, (path, body, answer.text)
            return answer.json() if answer.content else None

    def restart(self) -> None:
        """Start the process that was killed, and return when it answers."""
        self.process.start()
        apart(lambda: asyncio.run(self.process.healthy()))


def apart(work: Callable[[], T]) -> T:
    """Do what needs an event loop of its own: Playwright has one in the thread of the test."""
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            done.set_exception(error)

    threading.Thread(target=run).start()
    return done.result()


@contextmanager
def console_nodes(folder: Path) -> Iterator[tuple[ConsoleNode, ConsoleNode]]:
    """Give the nodes of north and south, which know each other and run."""
    made = node_processes(folder, an_agreement_text(), start=False)
    processes = apart(made.__enter__)
    try:
        nodes = [ConsoleNode(one, apart(lambda one=one: _peopled(one))) for one in processes]
        for node in nodes:
            node.process.start()
        for node in nodes:
            apart(lambda node=node: asyncio.run(node.process.healthy()))
        yield nodes[0], nodes[1]
    finally:
        apart(lambda: made.__exit__(None, None, None))


def an_agreement_text() -> str:
    """Return the example of the working group, with a line that is watched closely.

    Its test calls are at hours that do not come while tests run.
    """
    hour = int(SystemClock().now_s() // HOUR_S) % 24
    times = sorted(f'"{(hour + after) % 24:02d}:30"' for after in (6, 12))
    text = AGREEMENT.read_text(encoding="utf-8")
    for old, new in (
        ("heartbeat_s = 60", "heartbeat_s = 2"),
        ("link_down_after_min = 3", "link_down_after_s = 8\nreconcile_s = 5"),
        ('times = ["09:00", "16:00"]', f"times = [{', '.join(times)}]"),
    ):
        assert old in text, old
        text = text.replace(old, new)
    return text


def _peopled(process: NodeProcess) -> dict[str, str]:
    return asyncio.run(process.ask(_make_people))


async def _make_people(desk: Desk) -> dict[str, str]:
    """Make a user for each role, one with all and a second lead; return a token of each."""
    users = Users(desk.store, desk.clock, QUICK)
    tokens = Tokens(desk.store, desk.clock, SystemChance())
    people = {role.value: (role,) for role in Role}
    people |= {EVERYONE: tuple(Role), LEADER: (Role.LEAD, Role.SECRETARY)}
    found = {}
    for name, roles in people.items():
        await users.add(name, roles, PASSWORD)
        scopes = permissions_of(roles) - {Permission.SIGNED_IN}
        found[name] = (await tokens.issue(name, scopes, title="seed", lasts_s=86_400.0))[0]
    return found
