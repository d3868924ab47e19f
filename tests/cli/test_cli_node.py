"""`wideberth node`, `activity`, `user`, `slip` and `unit`: made, used, refused."""

import json
import stat
import subprocess
import sys
import tomllib

import pytest
from node_commands import TwoFolders, wideberth

from wideberth.cli.running import is_running, the_only_one
from wideberth.cli.screen import say
from wideberth.peering.cards import open_card


@pytest.fixture
def nodes(tmp_path):
    return TwoFolders.made(tmp_path)


def init(at, folder, *more, code=0):
    given = ("--party", "north", "--agreement", "agreement.toml", "--url", "https://n.example")
    return wideberth("node", "init", folder, *given, *more, cwd=at, code=code)


def test_a_new_node_says_the_fingerprint_of_its_card_and_where_the_root_key_is(nodes):
    said = init(nodes.at, "third")
    card = open_card((nodes.at / "third" / "keys" / "card.json").read_bytes())
    assert card.fingerprint in said
    assert "third/keys/root.key. Take it away" in said
    assert (nodes.at / "third" / "keys" / "root.key").is_file()


def test_a_new_node_listens_to_this_machine_alone_and_its_folder_is_its_own(nodes):
    config = tomllib.loads((nodes.at / "north" / "node.toml").read_text())
    assert config["api"]["host"] == config["peer"]["host"] == "127.0.0.1"
    assert stat.S_IMODE((nodes.at / "north").stat().st_mode) == 0o700


def test_a_folder_that_holds_a_node_is_not_made_into_another(nodes):
    before = (nodes.at / "north" / "keys" / "card.json").read_bytes()
    assert "a node in this folder already" in init(nodes.at, "north", code=2)
    assert (nodes.at / "north" / "keys" / "card.json").read_bytes() == before


def test_a_party_that_did_not_sign_gets_no_node(nodes):
    given = ("--party", "east", "--agreement", "agreement.toml", "--url", "https://e.example")
    said = wideberth("node", "init", "east", *given, cwd=nodes.at, code=2)
    assert "'east' is not in agreement 'two-nodes'" in said
    assert not (nodes.at / "east" / "node.toml").exists()


def test_an_address_that_no_node_can_have_is_refused(nodes):
    given = ("--party", "north", "--agreement", "agreement.toml", "--url", "http://n.example")
    wideberth("node", "init", "third", *given, cwd=nodes.at, code=2)


@pytest.mark.parametrize(
    "asked", [("node", "status"), ("node", "run"), ("peer", "list"), ("log", "verify")]
)
def test_a_folder_without_a_node_is_said_to_hold_none(tmp_path, asked):
    said = wideberth(*asked, "--folder", tmp_path, cwd=tmp_path, code=2)
    assert "no node in this folder" in said
    assert "wideberth node init" in said


def test_keys_under_a_passphrase_open_with_it_and_not_without(nodes):
    (nodes.at / "secret.txt").write_text("four words that fit\n")
    init(nodes.at, "locked", "--passphrase-file", "secret.txt")
    status = ("node", "status", "--folder", "locked")
    assert "wrong or missing passphrase" in wideberth(*status, cwd=nodes.at, code=2)
    wideberth(*status, "--passphrase-file", "secret.txt", cwd=nodes.at)
    env = {"WIDEBERTH_PASSPHRASE_FILE": str(nodes.at / "secret.txt")}
    wideberth(*status, cwd=nodes.at, env=env)


def test_a_node_that_runs_is_not_run_twice(nodes):
    folder = nodes.at / "north"
    assert not is_running(folder)
    with the_only_one(folder):
        assert is_running(folder)
        assert "runs already" in nodes.north("node", "run", code=2)
        assert nodes.json("north", "node", "status")["running"]
    assert not is_running(folder)


def test_status_counts_what_waits_and_what_is_late(nodes):
    plan = json.loads((nodes.at / "north.geojson").read_text())
    for feature in plan["features"]:
        feature["properties"]["start"] = "2020-01-01T00:00:00Z"
    (nodes.at / "late.geojson").write_text(json.dumps(plan))
    assert "TOO LATE TO ACT ON" in nodes.declare("north", "late.geojson", code=1)
    found = nodes.json("north", "node", "status")
    assert (found["not_effective"], found["late"], found["too_late"]) == (2, 2, 2)
    assert found["lines"][0]["waiting"] == 2
    assert not found["running"]


def test_an_incomplete_declaration_is_refused_with_all_its_problems_and_nothing_is_declared(nodes):
    plan = json.loads((nodes.at / "south.geojson").read_text())
    del plan["features"][0]["properties"]["kind"]
    (nodes.at / "bad.geojson").write_text(json.dumps(plan))
    given = ("activity", "declare", "bad.geojson", "--contact", " ")
    said = nodes.south(*given, code=2)
    assert "- kind: is missing." in said
    assert "- contact: is missing." in said
    assert nodes.json("south", "activity", "list")["activities"] == []


def test_a_file_that_cannot_be_read_keeps_the_others_from_being_declared(nodes):
    (nodes.at / "broken.geojson").write_text("{")
    given = ("activity", "declare", "north.geojson", "broken.geojson", "--contact", "x")
    assert "nothing was declared" in nodes.north(*given, code=2)
    assert nodes.json("north", "activity", "list")["activities"] == []


def test_a_node_does_not_speak_for_the_other_party(nodes):
    assert "speaks for north" in nodes.declare("north", "south.geojson", code=2)


def test_a_private_activity_is_told_to_nobody_and_its_conflict_says_so(nodes):
    nodes.declare("south")
    nodes.settle()
    plan = (
        (nodes.at / "north.geojson").read_text().replace('"kind"', '"disclose": "private", "kind"')
    )
    (nodes.at / "quiet.geojson").write_text(plan)
    said = nodes.declare("north", "quiet.geojson", code=1)
    assert "No peer is told" in said
    assert "the peer cannot see this conflict" in said
    nodes.carry("north", "south")
    assert b"N-SURVEY" not in (nodes.at / "to-south.bundle").read_bytes()
    assert len(nodes.json("south", "activity", "list")["activities"]) == 1


def test_states_follow_one_another_and_a_revision_that_was_not_seen_is_refused(nodes):
    nodes.declare("north")
    change = ("activity", "activate", "N-SURVEY", "--revision")
    assert "somebody was faster" in nodes.north(*change, "7", code=2)
    assert "N-SURVEY is Activated, revision 2." in nodes.north(*change, "1")
    assert "may not follow" in nodes.north("activity", "withdraw", "N-SURVEY", code=2)
    nodes.north("activity", "confirm", "N-SURVEY")
    assert "N-SURVEY is Ended, revision 3." in nodes.north("activity", "end", "N-SURVEY")
    nodes.north("activity", "withdraw", "N-RESUPPLY", "--reason", "weather")
    assert nodes.json("north", "activity", "list")["activities"] == []
    assert len(nodes.json("north", "activity", "list", "--all")["activities"]) == 2


def test_an_amendment_of_what_was_never_declared_is_refused(nodes):
    given = ("activity", "amend", "south.geojson", "--contact", "duty officer")
    assert "never declared" in nodes.south(*given, code=2)


def test_users_are_made_with_a_password_that_is_asked_for_and_no_code_is_left(nodes):
    password = "four unlikely words together"
    asked = ("user", "add", "anna", "--role", "planner", "--role", "watch")
    said = nodes.north(*asked, input=f"{password}\n{password}\n")
    assert password not in said
    assert "anna is a user (planner, watch)." in said
    assert nodes.json("north", "user", "list") == [
        {"name": "anna", "roles": ["planner", "watch"], "disabled": False}
    ]
    assert "there is a user 'anna'" in nodes.north(*asked, input=f"{password}\n" * 2, code=2)
    assert "this node has users" in nodes.north("user", "reset-code", code=2)
    assert "One-time code" in nodes.south("user", "reset-code")


def test_a_slip_comes_back_as_the_activity_and_a_damaged_group_is_named(nodes):
    nodes.declare("north")
    nodes.north("slip", "write", "N-SURVEY", "--output", "slip.txt")
    said = nodes.run("slip", "read", "slip.txt", "--to", "heard.geojson")
    assert "north N-SURVEY, revision 1." in said
    heard = json.loads((nodes.at / "heard.geojson").read_text())
    assert {f["properties"]["activity"] for f in heard["features"]} == {"N-SURVEY"}
    lines = (nodes.at / "slip.txt").read_text().splitlines()
    lines[3] = lines[3][:-1] + ("A" if lines[3][-1] != "A" else "B")
    (nodes.at / "slip.txt").write_text("\n".join(lines))
    assert "group 003" in nodes.run("slip", "read", "slip.txt", code=2)


def test_a_unit_acknowledges_by_a_code_that_only_it_can_give(nodes):
    nodes.declare("north")
    nodes.settle()
    nodes.south("unit", "secret", "frigate-2", "--output", "frigate.secret")
    nodes.south("unit", "secret", "battery-5", "--output", "battery.secret")
    assert stat.S_IMODE((nodes.at / "frigate.secret").stat().st_mode) == 0o600
    nodes.south("notice", "read", "N-SURVEY")
    units = ("--unit", "frigate-2", "--unit", "battery-5")
    nodes.south("notice", "pass", "N-SURVEY", *units)
    about = ("--party", "north", "--activity", "N-SURVEY", "--revision", "1")
    code = nodes.run("unit", "code", "frigate-2", "--secret", "frigate.secret", *about).strip()
    other = nodes.run("unit", "code", "frigate-2", "--secret", "battery.secret", *about).strip()
    check_in = ("unit", "check-in", "N-SURVEY", "--unit", "frigate-2", "--code")
    assert "not this unit's" in nodes.south(*check_in, other, code=2)
    assert "not heard right" in nodes.south(*check_in, code[:-1] + "X", code=2)
    assert "frigate-2 has acknowledged N-SURVEY" in nodes.south(*check_in, code)


def test_a_unit_that_the_agreement_does_not_name_gets_no_link(nodes):
    assert "names no unit" in nodes.south("unit", "token", "stranger", code=2)
    assert "/unit/wbu_" in nodes.south("unit", "token", "frigate-2")


def test_what_a_peer_wrote_cannot_act_on_the_screen(capsys):
    say("north\x1b[2J \u202e says")
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_help_of_a_family_loads_nothing_heavy():
    script = (
        "import sys; from click.testing import CliRunner; from wideberth.cli import wideberth\n"
        "for family in ('node', 'peer', 'activity', 'notice', 'log'):\n"
        "    assert CliRunner().invoke(wideberth, [family, '--help']).exit_code == 0\n"
        "print({'rich', 'shapely', 'cryptography', 'starlette'} & set(sys.modules))\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"
