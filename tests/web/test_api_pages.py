"""The curl commands of the API's pages do what the pages say."""

import asyncio
import json
import re
import shlex
from pathlib import Path

import pytest
from console_blocks import blocks_of
from web_scenes import Node

from wideberth.node.people import MAY, Permission, Role
from wideberth.node.people_users import open_first_admin

DOCS = Path(__file__).parents[2] / "docs"
API = DOCS / "api.md"
USERS = DOCS / "journeys" / "manage-users.md"
CODE = "ABCDEF-GHIJKL-MNOPQR-STUVWX"


def commands(page):
    """Yield (command, what is said under it) for each curl of a page."""
    for block in blocks_of(page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, said = part.partition("\n")
            if command.startswith("curl "):
                yield command, said.strip()


def play(client, command, *, files, known):
    """Ask as curl would."""
    for name, value in known.items():
        command = command.replace(f"${name}", value)
    words = iter(shlex.split(command)[1:])
    method, headers, data, url = None, {}, None, None
    for word in words:
        if word == "-X":
            method = next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-d":
            data = next(words)
            data = files[data[1:]] if data.startswith("@") else data
        elif word in ("-b", "-c"):
            next(words)
        else:
            url = word
    return client.request(method or ("POST" if data else "GET"), url, headers=headers, content=data)


def is_within(said, got):
    """Return whether all that is said is in what came."""
    if isinstance(said, dict):
        return all(key in got and is_within(value, got[key]) for key, value in said.items())
    return said in ("...", got)


def test_the_examples_of_the_api_page_are_true():
    node = Node()
    text = API.read_text(encoding="utf-8")
    (survey,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    known = {"NODE": "http://testserver", "TOKEN": node.token(Role.PLANNER)}
    played = 0
    for command, said in commands(API):
        answer = play(node.client(), command, files={"survey.json": survey}, known=known)
        assert is_within(json.loads(said), answer.json()), (command, answer.text)
        played += 1
    assert played == 10


def test_the_examples_of_the_users_page_are_true():
    node = Node()
    for user in asyncio.run(node.door.users.all()):
        remove = lambda t, name=user.name: t.delete("user", name)  # noqa: E731
        asyncio.run(node.desk.store.transact(remove))
    code = asyncio.run(
        open_first_admin(node.desk.store, node.door.chance, now_s=node.clock.now_s())
    )
    client, csrf, played = node.client(), "", 0
    for command, said in commands(USERS):
        known = {"NODE": "http://testserver", "CSRF": csrf}
        answer = play(client, command.replace(CODE, code), files={}, known=known)
        assert is_within(json.loads(said), answer.json()), (command, answer.text)
        csrf = answer.json().get("csrf", csrf)
        played += 1
    assert played == 7


def test_what_is_not_so_is_seen():
    assert not is_within({"a": {"b": 1}}, {"a": {"b": 2}})
    assert not is_within({"a": 1}, {})


@pytest.mark.parametrize("permission", sorted(set(MAY) - {Permission.SIGNED_IN}))
def test_the_users_page_names_every_scope(permission):
    assert f"`{permission.value}`" in USERS.read_text(encoding="utf-8")


@pytest.mark.parametrize("role", Role)
def test_the_users_page_says_who_sees_private_activities(role):
    (line,) = [
        line
        for line in USERS.read_text(encoding="utf-8").splitlines()
        if line.startswith(f"| `{role.value}` |")
    ]
    sees = role in MAY[Permission.READ_PRIVATE]
    assert ("but private" in line) != sees
