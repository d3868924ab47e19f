"""What no peer knows of reaches nobody who may not see it: not by lists, logs, errors, figures."""

import json
import re

import pytest
import structlog
from msgspec import structs
from web_scenes import NOTICE, SECRET_TITLE, Node, a_form, a_met, a_peer, an_alarm, held, notice_of

from wideberth.node import tables
from wideberth.node.answers import Answer
from wideberth.node.people import Permission, Role, permissions_of
from wideberth.node.promise_records import Broken
from wideberth.node.promises import BROKEN
from wideberth.web.api_shown import shown_answer
from wideberth.web.app import TABLE

BLIND = [role for role in Role if Permission.READ_PRIVATE not in permissions_of([role])]
HIDDEN = ("hidden-activity", SECRET_TITLE, "hidden-conflict", "hidden-alarm", "hidden-broken")


@pytest.fixture
def node():
    node = Node(stranger_rate=Node.FREE)
    node.keep(held("S1"), a_met(name="seen"), a_peer(), *notice_of())
    node.keep(
        held("hidden-activity", party="north", private=True),
        a_met(private=True, name="hidden-conflict"),
        an_alarm("hidden-alarm", subject="north/hidden-activity"),
        (tables.ALARM_ON, "stale/north%2Fhidden-activity", b"hidden-alarm"),
        (tables.ALARM_ON, "broken/assurance", b"hidden-broken"),
        an_alarm("hidden-broken", kind=BROKEN, subject="assurance/north/AS-1/hidden-activity"),
    )
    return node


def urls():
    known = {
        "activity": "hidden-activity",
        "conflict": "hidden-conflict",
        "notice": NOTICE,
        "peer": "south",
    }
    for route in TABLE:
        if route.method == "GET" and route.path not in ("/events", "/openapi.json"):
            yield re.sub(r"{(\w+)}", lambda match: known.get(match[1], "0"), route.path)


@pytest.mark.parametrize("role", [*BLIND, None])
def test_no_answer_shows_it_to_who_may_not_see_it(node, role):
    client = node.client() if role is None else node.as_role(role)
    for url in urls():
        text = client.get(url).text
        assert not [word for word in HIDDEN if word in text], url


def test_who_may_see_it_sees_it(node):
    client = node.as_role(Role.PLANNER)
    assert SECRET_TITLE in client.get("/api/v1/activities").text
    assert "hidden-alarm" in client.get("/api/v1/alarms").text
    assert "hidden-broken" in client.get("/api/v1/alarms").text
    assert client.get("/api/v1/activities/hidden-activity").status_code == 200
    assert client.get("/api/v1/conflicts/hidden-conflict").status_code == 200


def test_what_is_hidden_and_what_is_not_there_are_told_alike(node):
    client = node.as_role(Role.OBSERVER)
    for kind, hidden in (("activities", "hidden-activity"), ("conflicts", "hidden-conflict")):
        there = client.get(f"/api/v1/{kind}/{hidden}")
        nowhere = client.get(f"/api/v1/{kind}/nothing")
        assert (there.status_code, there.json()) == (nowhere.status_code, nowhere.json())


@pytest.mark.parametrize("sees", [True, False])
def test_a_key_that_may_declare_but_not_see_is_told_that_there_are_conflicts(node, sees):
    _table, _key, hidden = a_met(private=True, name="hidden-conflict")
    _table, _key, open_one = a_met(name="seen")
    node.desk.conflicts = (hidden, open_one)
    more = [Permission.READ_PRIVATE] if sees else []
    client = node.client(node.token(Role.PLANNER, Permission.DECLARE, *more))
    answer = client.post("/api/v1/activities", json=a_form("new")).json()
    assert [met["id"] for met in answer["conflicts"]] == ["hidden-conflict"] * sees + ["seen"]
    assert [line[:16] for line in answer.get("advice", [])] == ["1 more conflicts"] * (not sees)


def test_a_key_that_may_change_but_not_see_learns_nothing_of_what_it_changed(node):
    client = node.client(node.token(Role.PLANNER, Permission.CHANGE))
    answer = client.post("/api/v1/activities/hidden-activity/state", json={"state": "Ended"})
    assert (answer.status_code, answer.json()) == (200, {})


def test_figures_name_no_activity_conflict_or_place(node):
    client = node.as_role(Role.PLANNER)
    client.post("/api/v1/activities", json=a_form("hidden-two", private=True))
    client.get("/api/v1/activities/hidden-two")
    text = node.as_role(Role.ADMIN).get("/metrics").text
    assert "wideberth_declarations_total 1.0" in text
    assert 'route="/api/v1/activities/{activity}"' in text
    assert not [word for word in (*HIDDEN, "hidden-two", "S1", "33.", NOTICE) if word in text]


@pytest.mark.parametrize("path", ["/quince-umbrella", "/api/v1/activities/quince-umbrella/x/y"])
def test_a_path_or_method_that_somebody_made_up_is_no_label(node, path):
    node.client().request("QUINCE", path)
    text = node.as_role(Role.ADMIN).get("/metrics").text
    assert "quince" not in text.lower()


def test_what_goes_wrong_is_logged_without_what_it_was_about(node):
    node.desk.refusal = RuntimeError(f"{SECRET_TITLE} in hidden-activity")
    with structlog.testing.capture_logs() as rows:
        answer = node.as_role(Role.PLANNER).post(
            "/api/v1/activities", json=a_form("hidden-activity", private=True)
        )
    (row,) = rows
    assert row["reference"] == answer.json()["reference"]
    assert row["route"] == "/api/v1/activities"
    assert row["kind"] == "RuntimeError"
    said = json.dumps(row) + answer.text
    assert not [word for word in HIDDEN if word in said]


def test_the_audit_names_routes_not_what_was_asked_for(node):
    node.as_role(Role.OBSERVER).put("/api/v1/activities/hidden-activity", json={})
    (row,) = node.audit()
    assert row.what == "PUT /api/v1/activities/{activity}"


def test_an_answer_says_that_an_assurance_is_broken_and_not_by_which_private_activity():
    seen = Broken(
        party="north", assurance="AS-1", activity="seen", revision=1, clause="", volume="0",
        from_s=1.0, to_s=2.0, lon_deg=0.0, lat_deg=0.0, found_s=0.0,
    )  # fmt: skip
    hidden = structs.replace(seen, activity="hidden-activity", private=True)
    answer = shown_answer(Answer(broken=(seen, hidden), advice=("late",)))
    assert answer.broken == (seen,)
    assert answer.advice[0] == "late"
    assert "1 more assurances are broken" in answer.advice[1]
    assert shown_answer(Answer(broken=(seen,))).advice == ()
