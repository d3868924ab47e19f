"""Every route names a right; every role gets what it may and nothing else; refusals leave rows."""

import re

import pytest
from web_scenes import NOTICE, Node, a_met, a_peer, held, notice_of

from wideberth.node.people import MAY, Permission, Role
from wideberth.web.app import TABLE

GUARDED = [route for route in TABLE if route.permission is not Permission.OPEN]
OPEN = {
    "POST /api/v1/session",
    "POST /api/v1/session/claim",
    "GET /unit/{token}",
    "POST /unit/{token}/acknowledge",
    "GET /health",
    "GET /openapi.json",
}
READS = {"/events"}  # a stream has tests of its own


@pytest.fixture(scope="module")
def node():
    node = Node(sign_in_rate=Node.FREE, stranger_rate=Node.FREE)
    node.keep(*notice_of(), held(), a_met(), a_peer())
    return node


@pytest.fixture(scope="module")
def clients(node):
    return {role: node.as_role(role) for role in Role}


def named(route):
    return f"{route.method} {route.path}"


def url(route):
    known = {"notice": NOTICE, "peer": "south", "activity": "S1", "conflict": "c1", "index": "0"}
    return re.sub(r"{(\w+)}", lambda match: known.get(match[1], "x"), route.path)


def test_only_these_routes_are_open():
    assert {named(route) for route in TABLE if route.permission is Permission.OPEN} == OPEN


@pytest.mark.parametrize("route", GUARDED, ids=named)
def test_nobody_gets_in_without_a_key(node, route):
    for client in (node.client(), node.client(token="wb_wrong")):
        answer = client.request(route.method, url(route), json={})
        assert answer.status_code == 401
        assert answer.json()["title"] == "Unauthorized"
        assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("route", [r for r in GUARDED if r.path not in READS], ids=named)
def test_a_role_gets_what_it_may_and_nothing_else(clients, route, role):
    answer = clients[role].request(route.method, url(route), content=b"x")
    if role in MAY[route.permission]:
        assert answer.status_code not in (401, 500)
        assert "needs the right" not in answer.text
    else:
        assert answer.status_code == 403
        assert route.permission.value in answer.json()["detail"]


@pytest.mark.parametrize("scope", [Permission.READ, Permission.DECLARE])
def test_a_token_does_no_more_than_its_scope(node, scope):
    client = node.client(node.token(Role.PLANNER, scope))
    read = client.get("/api/v1/activities").status_code
    wrote = client.post("/api/v1/activities", content=b"x").status_code
    assert (read, wrote) == ((200, 403) if scope is Permission.READ else (403, 415))


def test_a_refusal_leaves_a_row_without_the_secret():
    node = Node()
    token = node.token(Role.OBSERVER)
    node.client(token).post("/api/v1/activities", json={})
    node.client("wb_stolen").get("/api/v1/notices")
    wrong, lacking = node.audit()
    assert (lacking.what, lacking.why) == ("POST /api/v1/activities", "lacks declare")
    assert lacking.who.startswith("observer (token ")
    assert lacking.address == "10.0.0.9"
    assert (wrong.who, wrong.why) == ("", "unknown token or session")
    assert "wb_" not in repr(node.audit())
    assert token not in repr(node.audit())


def test_an_administrator_reads_the_audit_by_pages():
    node = Node()
    for _number in range(3):
        node.client().get("/api/v1/notices")
    page = node.as_role(Role.ADMIN).get("/api/v1/audit?limit=2").json()
    assert [row["number"] for row in page["items"]] == [3, 2]
    assert page["dropped"] == 0
