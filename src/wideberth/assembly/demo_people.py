"""Who sits in front of the demonstration's consoles: one user a role, and `demo` with all roles."""

import asyncio
from typing import Final

from wideberth.assembly.demo_nodes import DemoNode
from wideberth.model.watch import TakeWatch
from wideberth.node.people import Role

EVERYTHING: Final = "demo"
SEATS: Final = (Role.PLANNER, Role.WATCH, Role.SPECTRUM, Role.SECRETARY, Role.LEAD)
DUTY: Final = "duty officer"


async def seat_people(node: DemoNode, password: str) -> None:
    """Make the users of a node, all with one password, and have one of them take the watch."""
    users = node.running.door.users
    await users.claim_first_admin(node.made.code, Role.ADMIN.value, password)
    await asyncio.gather(
        users.add(EVERYTHING, list(Role), password),
        *(users.add(role.value, [role], password) for role in SEATS),
    )
    await node.desk.do(TakeWatch(DUTY, Role.WATCH.value, Role.WATCH.value))
