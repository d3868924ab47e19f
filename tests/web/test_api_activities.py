import json
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from web_scenes import NOTICE, Node, a_form, a_met, held, notice_of

from wideberth.model.activity import State
from wideberth.model.command import ChangeState, Confirm, Declare
from wideberth.node import tables
from wideberth.node.people import Role
from wideberth.node.refusals import IncompleteError, NotAllowedError

URL = "/api/v1/activities"
EXAMPLES = Path(__file__).parents[2] / "examples" / "eastern-mediterranean"


@pytest.fixture
def node():
    return Node()


@pytest.fixture
def planner(node):
    return node.as_role(Role.PLANNER)


def plan(*names, party="north"):
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [33.0, 34.0]},
            "properties": {
                "party": party,
                "activity": name,
                "arena": "air",
                "radius_nm": 3,
                "lower_ft": 1000,
                "upper_ft": 2000,
                "start": "2027-04-14T09:00:00Z",
                "end": "2027-04-14T10:00:00Z",
            },
        }
        for name in names
    ]
    return {"type": "FeatureCollection", "features": features}


def test_a_declared_activity_is_there_with_its_revision(node, planner):
    answer = planner.post(URL, json=a_form())
    assert answer.status_code == 201
    assert answer.json()["activity"]["activity"]["id"] == "N1"
    shown = planner.get(f"{URL}/N1")
    assert (shown.json(), shown.headers["etag"]) == (answer.json()["activity"], '"1"')
    (command,) = node.desk.asked
    assert isinstance(command, Declare)
    assert command.by.startswith("planner (token ")


NAMES = st.one_of(
    st.sampled_from(
        [
            "N/1 x",
            "N1/state",
            "state",
            "N1/conflicts",
            "/",
            "a//b",
            "..",
            "%2F",
            "%252F",
            "a?b#c",
            "ü",
        ]
    ),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(str.strip),
)


@settings(max_examples=40)
@given(NAMES)
@example("N1/revisions")
def test_an_activity_is_found_by_its_id_whatever_it_is_made_of(name):
    node = Node()
    planner = node.client(node.token(Role.PLANNER))
    url = f"{URL}/{quote(name, safe='').replace('.', '%2E')}"
    assert planner.post(URL, json=a_form(name)).status_code == 201
    assert planner.get(url).json()["activity"]["id"] == name
    assert len(planner.get(f"{url}/revisions").json()) == 1
    amended = planner.put(url, json=a_form(name), headers={"if-match": '"1"'})
    assert amended.status_code == 200, amended.text
    ended = planner.post(f"{url}/state", json={"state": "Ended", "reason": "done"})
    assert ended.json()["activity"]["activity"]["state"] == "Ended"
    assert node.desk.asked[-1].activity == name


def test_a_slash_between_parts_of_a_path_is_no_slash_in_an_id(planner):
    assert planner.post(URL, json=a_form("N1/state")).status_code == 201
    assert planner.get(f"{URL}/N1%2Fstate").status_code == 200
    assert planner.get(f"{URL}/N1/state").status_code == 405
    assert planner.get(f"{URL}/N1%2fstate").status_code == 200
    assert planner.get("/api/v1/%61ctivities/N1%2Fst%61te").status_code == 200


@pytest.mark.parametrize("where", ["body", "wrapped", "json"])
def test_a_plan_declares_each_of_its_activities(node, planner, where):
    data = plan("P1", "P2")
    if where == "wrapped":
        answer = planner.post(URL, json={"plan": data, "contact": "duty officer", "doubt": "d"})
    else:
        kind = "application/geo+json" if where == "body" else "application/json"
        headers = {"content-type": kind}
        answer = planner.post(
            f"{URL}?contact=duty+officer", content=json.dumps(data), headers=headers
        )
    assert answer.status_code == 201, answer.text
    names = [one["activity"]["activity"]["id"] for one in answer.json()["declared"]]
    assert names == ["P1", "P2"]
    assert {command.doubt for command in node.desk.asked} == {"d" if where == "wrapped" else ""}


def test_a_plan_with_one_wrong_feature_declares_nothing_and_names_the_place(node, planner):
    data = plan("P1", "P2")
    data["features"][1]["properties"]["lowr_ft"] = 5
    answer = planner.post(URL, json={"plan": data, "contact": "duty officer"})
    assert answer.status_code == 422
    (fault,) = answer.json()["problems"]
    assert "feature 1" in fault["where"]
    assert node.desk.asked == []


def test_a_plan_with_a_name_that_no_peer_could_read_declares_nothing(node, planner):
    answer = planner.post(URL, json={"plan": plan("P1", "P" * 201), "contact": "d"})
    assert (answer.status_code, node.desk.asked) == (422, [])
    (fault,) = answer.json()["problems"]
    assert "length" in fault["what"]


def test_a_plan_of_another_party_is_refused(node, planner):
    answer = planner.post(URL, json={"plan": plan("P1", party="south"), "contact": "d"})
    assert (answer.status_code, node.desk.asked) == (403, [])


def test_a_plan_without_a_contact_is_refused(node, planner):
    headers = {"content-type": "application/geo+json"}
    answer = planner.post(URL, content=json.dumps(plan("P1")), headers=headers)
    assert (answer.status_code, node.desk.asked) == (422, [])


def test_of_a_plan_what_is_refused_later_is_listed_beside_what_was_declared(planner):
    assert planner.post(URL, json=a_form("P1")).status_code == 201
    answer = planner.post(URL, json={"plan": plan("P1", "P2"), "contact": "d"})
    assert answer.status_code == 207
    refused = [(one["activity"], one["problem"]["status"]) for one in answer.json()["refused"]]
    assert refused == [("P1", 409)]
    assert len(answer.json()["declared"]) == 1


@pytest.mark.parametrize("change", [{}, {"plan": {}, "activity": a_form()["activity"]}])
def test_a_declaration_is_about_one_thing(planner, change):
    assert planner.post(URL, json={"contact": "d", **change}).status_code == 422


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"contact":1}', b"[" * 100_000])
def test_a_body_that_is_no_declaration_is_refused(node, planner, body):
    answer = planner.post(URL, content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert node.desk.asked == []


def test_an_amendment_follows_the_revision_that_was_seen(node, planner):
    planner.post(URL, json=a_form())
    good = planner.put(f"{URL}/N1", json=a_form(), headers={"if-match": '"1"'})
    assert (good.status_code, good.headers["etag"]) == (200, '"2"')
    stale = planner.put(f"{URL}/N1", json=a_form(), headers={"if-match": '"1"'})
    assert (stale.status_code, stale.json()["held"]) == (409, 2)
    assert planner.put(f"{URL}/N1", json=a_form(revision=3)).status_code == 200
    fourth = planner.put(f"{URL}/N1", json=a_form(revision=1), headers={"if-match": '"3"'})
    assert (fourth.status_code, fourth.headers["etag"]) == (200, '"4"')
    assert planner.put(f"{URL}/N1", json=a_form()).status_code == 428
    assert planner.put(f"{URL}/N2", json=a_form(revision=4)).status_code == 422
    assert node.desk.asked[-1].activity.revision == 4


def test_a_state_is_changed_and_confirmed(node, planner):
    planner.post(URL, json=a_form())
    body = {"state": "Ended", "of_revision": 1, "reason": "done"}
    answer = planner.post(f"{URL}/N1/state", json=body)
    assert answer.json()["activity"]["activity"]["state"] == "Ended"
    command = node.desk.asked[-1]
    assert isinstance(command, ChangeState)
    assert (command.state, command.of_revision, command.reason) == (State.ENDED, 1, "done")
    assert planner.post(f"{URL}/N1/state", json=body).status_code == 409
    assert planner.post(f"{URL}/N9/state", json={"state": "Ended"}).status_code == 404
    assert planner.post(f"{URL}/N1/confirm").status_code == 200
    assert isinstance(node.desk.asked[-1], Confirm)


@pytest.mark.parametrize("party", ["", "south"])
def test_pages_hold_every_activity_once(node, planner, party):
    node.keep(*(held(f"S{number}") for number in range(7)), held("T1", party="teal"))
    seen, after = [], ""
    while after or not seen:
        query = {"limit": 3, "party": party, "after": after}
        page = planner.get(URL, params=query).json()
        seen += [one["activity"]["id"] for one in page["items"]]
        after = page["next"]
    assert seen == [f"S{number}" for number in range(7)] + ["T1"] * (not party)


def test_an_activity_leads_to_its_conflicts_and_notices(node, planner):
    node.keep(held(), a_met(), *notice_of())
    node.keep(
        (tables.CONFLICT_OF, "south/S1/c1", b""),
        (tables.NOTICE_OF, tables.key("south", "S1", 1, "north"), NOTICE.encode()),
    )
    found = [planner.get(f"{URL}/S1/{kind}?party=south") for kind in ("conflicts", "notices")]
    assert [one["id"] for one in found[0].json()] == ["c1"]
    assert [one["message"] for one in found[1].json()] == [NOTICE]
    assert planner.get(f"{URL}/S1/conflicts").status_code == 404


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "limit=x", "lmit=1", "limit=1&limit=2"])
def test_a_wrong_parameter_is_refused(planner, query):
    assert planner.get(f"{URL}?{query}").status_code == 422


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (IncompleteError((("volume 0", "it has no height.", "Give one."),)), 422),
        (NotAllowedError("the exchange is suspended."), 403),
    ],
)
def test_a_refusal_of_the_desk_is_told_in_its_three_parts(node, planner, refusal, status):
    node.desk.refusal = refusal
    answer = planner.post(URL, json=a_form())
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["detail"]) == (
        status,
        status,
        refusal.what,
    )
    if status == 422:
        assert problem["problems"] == [
            {"where": "volume 0", "what": "it has no height.", "remedy": "Give one."}
        ]
