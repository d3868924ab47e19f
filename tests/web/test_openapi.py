import json
import re

import pytest
from web_scenes import Node

from wideberth.node import tables
from wideberth.node.people import Role
from wideberth.web.app import TABLE
from wideberth.web.openapi import document


@pytest.fixture(scope="module")
def described():
    return Node().client().get("/openapi.json").json()


def served(app):
    """Return every method and path that the running application takes."""
    routes = app._inner.routes
    return {f"{method} {route.path}" for route in routes for method in route.endpoint._routes}


def test_every_route_of_the_running_app_is_described_and_the_other_way(described):
    listed = {
        f"{method.upper()} {path}"
        for path, methods in described["paths"].items()
        for method in methods
    }
    assert listed == served(Node().app)
    assert len(listed) == len(TABLE)


def test_every_reference_leads_somewhere(described):
    text = json.dumps(described)
    names = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert names <= set(described["components"]["schemas"])
    assert len(names) > 50


def test_operations_have_names_of_their_own(described):
    names = [op["operationId"] for path in described["paths"].values() for op in path.values()]
    assert len(set(names)) == len(names)


def test_every_operation_says_what_it_takes_gives_and_needs(described):
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], path
            assert "default" in operation["responses"]
            said = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert said == set(re.findall(r"{(\w+)}", path))
            if operation["security"]:
                assert {"401", "403"} <= set(operation["responses"]), (method, path)


def test_the_rest_of_the_problem_is_described(described):
    problem = described["components"]["schemas"]["Problem"]
    assert {"type", "title", "status", "detail", "where", "remedy"} <= set(problem["properties"])


def test_the_description_is_the_same_every_time():
    one, two = (json.dumps(document(TABLE, version="1")) for _turn in range(2))
    assert one == two


@pytest.mark.parametrize("path", ["/health", "/openapi.json"])
def test_head_is_get_without_the_body(path):
    client = Node().client()
    got, head = client.get(path), client.head(path)
    assert head.status_code == got.status_code == 200
    assert head.headers["content-type"] == got.headers["content-type"]


def test_the_health_tells_nothing_but_whether_it_is_well():
    node = Node()
    assert node.client().get("/health").json() == {"status": "ok", "at_s": node.clock.now_s()}


@pytest.mark.parametrize("trouble", ["stopped", "alarm"])
def test_a_node_that_has_stopped_or_has_an_alarm_is_not_well(trouble):
    node = Node()
    node.desk.running = trouble != "stopped"
    if trouble == "alarm":
        node.keep((tables.ALARM_ON, "k/s", b"a1"))
    got = node.client().get("/health").json()
    assert got == {"status": "degraded", "at_s": node.clock.now_s()}


@pytest.mark.parametrize(
    ("address", "is_open", "status"),
    [("127.0.0.1", True, 200), ("10.0.0.9", True, 401), ("127.0.0.1", False, 401)],
)
def test_metrics_are_open_to_loopback_only_where_it_was_set_up_so(address, is_open, status):
    node = Node(open_metrics=is_open)
    assert node.client(address=address).get("/metrics").status_code == status
    assert node.as_role(Role.OBSERVER).get("/metrics").status_code == 200
