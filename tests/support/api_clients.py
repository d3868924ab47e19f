"""Clients of the API of a node that has a real desk."""

import httpx2
from argon2 import Parameters
from argon2.low_level import Type
from counted_chance import CountedChance

from wideberth.node.log_view import LogView
from wideberth.node.people import Permission, permissions_of
from wideberth.node.people_passwords import Passwords
from wideberth.web.app import node_app
from wideberth.web.guard import Door, WebSettings

QUICK = Passwords(Parameters(Type.ID, 19, 8, 16, 1, 8, 1))


async def client_of(node, role, *only):
    """Return a client of a node's API that has a role; only: with no other rights than these."""
    settings = WebSettings(hosts=frozenset({node.party}), secure_cookies=False)
    chance = CountedChance(f"{node.party} {role} {only}")
    ledger = LogView(node.desk)
    door = Door.of(node.desk, chance, settings=settings, ledger=ledger, passwords=QUICK)
    if await door.users.one(role.value) is None:
        await door.users.add(role.value, [role], "")
    scopes = frozenset(only) or permissions_of([role]) - {Permission.SIGNED_IN}
    token, _record = await door.tokens.issue(role.value, scopes, title="x", lasts_s=86400.0)
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(node_app(door)),
        base_url=f"http://{node.party}",
        headers={"authorization": f"Bearer {token}"},
    )
