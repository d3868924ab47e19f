import pytest
from web_scenes import NOTICE, Node, a_met, a_peer, an_alarm, held, notice_of

from wideberth.model.command import (
    AddPeer,
    AnswerReadBack,
    ClearAlarm,
    MarkRead,
    PassToUnits,
    RecallNotice,
    Suspend,
    UnitAcknowledge,
)
from wideberth.node import tables
from wideberth.node.people import Role

URL = "/api/v1"


@pytest.fixture
def node():
    node = Node()
    node.keep(*notice_of(), held(), a_met(), a_peer(), an_alarm())
    node.keep((tables.ALARM_ON, "link/south", b"a1"))
    return node


CHANGES = [
    (Role.WATCH, f"notices/{NOTICE}/read", None, MarkRead),
    (Role.WATCH, f"notices/{NOTICE}/pass", {"units": ["Alfa"]}, PassToUnits),
    (Role.WATCH, f"notices/{NOTICE}/acknowledge", {"unit": "Alfa", "code": "7"}, UnitAcknowledge),
    (Role.PLANNER, f"notices/{NOTICE}/read-back", {"agreed": False}, AnswerReadBack),
    (Role.SECRETARY, f"notices/{NOTICE}/recall", {"reason": "not for you"}, RecallNotice),
    (Role.WATCH, "alarms/a1/clear", {"reason": "seen"}, ClearAlarm),
    (Role.ADMIN, "peers", {"card": "card"}, AddPeer),
    (Role.SECRETARY, "peers/south/suspend", {"reason": "talks"}, Suspend),
    (Role.SECRETARY, "peers/south/resume", {"reason": "agreed"}, Suspend),
]


@pytest.mark.parametrize(("role", "path", "body", "command"), CHANGES, ids=lambda v: str(v)[-12:])
def test_a_change_reaches_the_desk_under_the_askers_name(node, role, path, body, command):
    answer = node.as_role(role).post(f"{URL}/{path}", json=body)
    assert (answer.status_code, answer.json()) == (200, {"count": 1})
    (asked,) = node.desk.asked
    assert type(asked) is command
    assert asked.by.startswith(f"{role.value} (token ")


def test_suspending_and_resuming_are_told_apart(node):
    client = node.as_role(Role.SECRETARY)
    client.post(f"{URL}/peers/south/suspend", json={"reason": "a"})
    client.post(f"{URL}/peers/south/resume", json={"reason": "b"})
    assert [(c.suspended, c.reason) for c in node.desk.asked] == [(True, "a"), (False, "b")]


@pytest.mark.parametrize("name", ["00" * 32, "x", "..", "a" * 3000])
def test_a_notice_that_is_not_here_is_not_found(node, name):
    client = node.as_role(Role.WATCH)
    assert client.get(f"{URL}/notices/{name}").status_code == 404
    assert client.post(f"{URL}/notices/{name}/read").status_code == 404
    assert node.desk.asked == []


def test_lists_and_single_records_agree(node):
    client = node.as_role(Role.OBSERVER)
    for kind, name in (("notices", NOTICE), ("conflicts", "c1")):
        (item,) = client.get(f"{URL}/{kind}").json()["items"]
        assert client.get(f"{URL}/{kind}/{name}").json() == item
    (alarm,) = client.get(f"{URL}/alarms").json()["items"]
    assert alarm["subject"] == "south"
    assert client.get(f"{URL}/peers").json() == [client.get(f"{URL}/peers/south").json()]


def test_receipts_say_by_whose_clock(node):
    node.keep(*notice_of(acknowledged_s=1_800_000_200.0))
    got = node.as_role(Role.WATCH).get(f"{URL}/notices/{NOTICE}/receipts").json()
    steps = [(step["rung"], step["clock"], step["at_s"] - 1.8e9) for step in got["steps"]]
    assert steps == [
        ("sent", "theirs", 0.0),
        ("delivered", "ours", 1.0),
        ("passed", "ours", 100.0),
        ("acknowledged", "ours", 200.0),
    ]
    assert got["skew_s"] == 0.5


def test_the_agreement_is_shown_with_infinite_as_null(node):
    got = node.as_role(Role.OBSERVER).get(f"{URL}/agreement").json()
    vertical = {tuple(s["arenas"]): s["vertical_m"] for s in got["separations"]}
    assert vertical["spectrum", "spectrum"] is None
    assert got["parties"] == ["north", "south"]
    assert got["notice"]["units"][0]["id"] == "Alfa"


def test_in_force_leaves_out_what_is_private_or_over(node):
    node.keep(held("N1", party="north"), held("N2", party="north", private=True))
    client = node.as_role(Role.PLANNER)
    ours = client.get(f"{URL}/in-force/south").json()
    theirs = client.get(f"{URL}/in-force/south?side=theirs").json()
    assert [one["activity"] for one in ours["items"]] == ["N1"]
    assert [one["activity"] for one in theirs["items"]] == ["S1"]


def test_the_ledger_gives_exact_bytes_and_a_proof(node):
    client = node.as_role(Role.OBSERVER)
    assert client.get(f"{URL}/ledger").json() == {"size": 2}
    assert client.get(f"{URL}/ledger/entries/1").content == b'{"payload":"two"}'
    assert client.get(f"{URL}/ledger/entries/1/proof").text == "proof of 1\n"
    assert client.get(f"{URL}/ledger/checkpoint").text.startswith("wideberth/test/north")
    page = client.get(f"{URL}/ledger/entries?first=1").json()["items"]
    assert page == [{"index": 1, "envelope": "eyJwYXlsb2FkIjoidHdvIn0="}]
    for index in ("2", "-1", "x", "9" * 5000):
        assert client.get(f"{URL}/ledger/entries/{index}").status_code == 404
        assert client.get(f"{URL}/ledger/entries/{index}/proof").status_code == 404
