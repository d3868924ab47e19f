"""schemathesis draws requests from the description and looks for an answer that breaks it."""

import asyncio

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from web_scenes import NOTICE, Node, a_met, a_peer, an_alarm, held, notice_of

from wideberth.node.people import Permission, Role, permissions_of

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
schemathesis.serializer.alias(
    [
        "application/vnd.google-earth.kmz",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/zip",
        "application/toml",
    ],
    "application/octet-stream",
)
KNOWN = {"notice": NOTICE, "peer": "south", "conflict": "c1", "alarm": "a1", "activity": "N1"}
STREAM = "/events"  # never ends; tests of its own
COPY = {"path": "/api/v1/backup", "method": "POST"}  # 501: this node's store is in memory


def a_node():
    free = Node.FREE
    node = Node(rate=free, stranger_rate=free, sign_in_rate=free)
    node.keep(held("N1", party="north"), held("S1"), a_met(), a_peer(), an_alarm(), *notice_of())
    return node


NODE = a_node()
SCHEMA = schemathesis.openapi.from_dict(NODE.client().get("/openapi.json").json())
SCHEMA.app = NODE.app
CALM = settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def key():
    asyncio.run(NODE.door.users.add("all", list(Role), ""))
    scopes = permissions_of(Role) - {Permission.SIGNED_IN}
    made = NODE.door.tokens.issue("all", scopes, title="x", lasts_s=86400.0)
    return asyncio.run(made)[0]


@SCHEMA.exclude(path=STREAM).exclude(**COPY).parametrize()
@CALM
def test_no_request_breaks_the_node_or_the_description(case, key):
    case.headers = {
        **(case.headers or {}),
        "authorization": f"Bearer {key}",
        "host": "testserver",
    }
    for name in KNOWN.keys() & case.path_parameters.keys():
        case.path_parameters[name] = KNOWN[name]
    case.call_and_validate(checks=CHECKS)
