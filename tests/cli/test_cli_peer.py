"""`wideberth peer` and `notice`: trust, suspension, keys, bundles, the ladder."""

import shutil

import pytest
from node_commands import TwoFolders, called

from wideberth.peering.cards import open_card


@pytest.fixture
def nodes(tmp_path):
    return TwoFolders.made(tmp_path)


def fingerprint_of(path):
    return open_card(path.read_bytes().strip()).fingerprint


def test_a_card_is_taken_only_once_its_fingerprint_was_said_to_be_right(tmp_path):
    nodes = TwoFolders.made(tmp_path, known=False)
    asked = ["peer", "add", "south.card", "--folder", "north"]
    refused = called(asked, tmp_path, input="n\n")
    assert refused.exit_code != 0
    assert fingerprint_of(tmp_path / "south.card") in refused.output
    assert nodes.json("north", "peer", "list") == []
    assert called(asked, tmp_path, input="y\n").exit_code == 0
    assert [peer["party"] for peer in nodes.json("north", "peer", "list")] == ["south"]


def test_what_is_in_force_is_told_to_a_peer_that_is_added(tmp_path):
    nodes = TwoFolders.made(tmp_path, known=False)
    nodes.declare("north")
    assert "told of 2 activities" in nodes.north("peer", "add", "south.card", "--yes")


@pytest.mark.parametrize(
    ("content", "said"), [("{}", ""), ("no card", ""), ("x" * 2_000_000, "too long")]
)
def test_a_file_that_is_no_card_is_refused(nodes, content, said):
    (nodes.at / "odd.card").write_text(content)
    assert said in nodes.north("peer", "add", "odd.card", "--yes", code=2)


def test_a_node_does_not_take_its_own_card(nodes):
    assert "own" in nodes.north("peer", "add", "north.card", "--yes", code=2)


def test_a_suspended_peer_is_told_nothing_and_all_of_it_when_it_resumes(nodes):
    nodes.north("peer", "suspend", "south", "--reason", "incident at sea")
    assert "No peer is told" in nodes.declare("north")
    nodes.settle()
    assert nodes.json("south", "activity", "list")["activities"] == []
    assert nodes.json("south", "node", "status", code=1)["lines"][0]["suspended"]
    assert "2 notices to send" in nodes.north("peer", "resume", "south")
    nodes.settle()
    assert len(nodes.json("south", "activity", "list")["activities"]) == 2
    assert nodes.json("south", "node", "status")["lines"][0]["suspended"] == ""


def test_keys_that_were_changed_come_through_by_bundle_and_the_old_ones_end(nodes):
    nodes.declare("north")
    nodes.settle()
    safe = nodes.at / "root.key"
    shutil.move(nodes.at / "north" / "keys" / "root.key", safe)
    before = nodes.north("log", "keys", "--peer", "north")
    nodes.north("peer", "keys", "--rotate", code=2)
    assert "statement 2" in nodes.north("peer", "keys", "--rotate", "--root-key", safe)
    assert "pending" in nodes.north("peer", "keys")
    nodes.north("activity", "end", "N-SURVEY")
    assert "2 new messages" in nodes.carry("north", "south")
    nodes.settle()
    assert "until message" in nodes.south("peer", "keys")
    assert nodes.north("log", "keys", "--peer", "north").startswith(before.split("\n")[0])
    for side, other in (("north", "south"), ("south", "north")):
        nodes.run("log", "verify", "--folder", side)
        nodes.run("log", "verify", "--folder", side, "--peer", other)


def test_after_the_loss_of_all_keys_root_and_card_make_new_ones_that_the_peer_takes(nodes):
    nodes.declare("north")
    nodes.settle()
    keys = nodes.at / "north" / "keys"
    shutil.copy(keys / "root.key", nodes.at / "root.key")
    shutil.rmtree(keys)
    assert "--root-key and --card" in nodes.north("peer", "keys", "--lost", code=2)
    made = ("--root-key", "root.key", "--card", "north.card")
    nodes.north("peer", "keys", "--lost", *made)
    nodes.north("peer", "card", "--output", "new.card")
    assert fingerprint_of(nodes.at / "new.card") == fingerprint_of(nodes.at / "north.card")
    nodes.south("peer", "add", "new.card", "--yes")
    nodes.north("activity", "end", "N-SURVEY")
    assert "1 new message" in nodes.carry("north", "south")
    nodes.settle()
    held = nodes.json("south", "activity", "list", "--all")["activities"]
    assert {one["activity"]["id"]: one["activity"].get("state") for one in held}[
        "N-SURVEY"
    ] == "Ended"


@pytest.mark.parametrize(
    "given",
    [("--rotate", "--lost"), ("--revoke", "abc"), ("--rotate", "--revoke", "abc")],
)
def test_orders_about_keys_that_make_no_sense_are_refused(nodes, given):
    nodes.north("peer", "keys", *given, code=2)


def test_a_bundle_that_was_changed_on_the_way_is_refused_whole(nodes):
    nodes.declare("north")
    nodes.north("peer", "export", "south", "b.bundle")
    bundle = nodes.at / "b.bundle"
    data = bytearray(bundle.read_bytes())
    data[-20] ^= 1
    bundle.write_bytes(data)
    assert "cannot be taken" in nodes.south("peer", "import", "b.bundle", code=2)
    assert nodes.json("south", "activity", "list")["activities"] == []


def test_a_bundle_of_a_node_that_is_no_peer_is_refused(nodes):
    nodes.declare("north")
    nodes.north("peer", "export", "south", "b.bundle")
    others = TwoFolders.made(nodes.at / "others")  # of the same names, under other keys
    bundle = nodes.at / "b.bundle"
    said = others.south("peer", "import", bundle, code=2)
    assert "cannot be taken" in said
    assert others.json("south", "activity", "list")["activities"] == []


def test_a_bundle_is_not_made_for_a_party_that_is_no_peer(nodes):
    assert "no peer" in nodes.north("peer", "export", "east", "b.bundle", code=2)
    assert not (nodes.at / "b.bundle").exists()


def test_a_notice_is_named_by_its_activity_or_the_first_digits_of_its_number(nodes):
    nodes.declare("north")
    nodes.settle()
    found = nodes.json("south", "notice", "list")
    number = next(n["message"] for n in found if n["activity"] == "N-SURVEY")
    by_number = nodes.json("south", "notice", "show", number[:8])
    assert by_number == nodes.json("south", "notice", "show", "N-SURVEY")
    assert "no notice from a peer" in nodes.south("notice", "show", "nothing", code=2)
    assert "no notice from a peer" in nodes.north("notice", "show", "N-SURVEY", code=2)


def test_a_rung_that_is_not_reached_in_time_is_exit_1(nodes):
    nodes.declare("north")
    until = ("notice", "show", "N-SURVEY", "--sent", "--until", "delivered", "--wait", "0.1")
    nodes.north(*until, code=1)
    nodes.settle()
    nodes.north(*until)


def test_a_notice_is_not_passed_on_before_it_was_read(nodes):
    nodes.declare("north")
    nodes.settle()
    unit = ("--unit", "frigate-2")
    assert "nobody has read" in nodes.south("notice", "pass", "N-SURVEY", *unit, code=2)
    assert "not passed to unit" in nodes.south("notice", "acknowledge", "N-SURVEY", *unit, code=2)


def test_a_read_back_is_answered_and_one_that_differs_is_red_on_both_sides(nodes):
    nodes.declare("north")
    nodes.settle()
    nodes.north("notice", "read-back", "N-SURVEY", code=2)
    nodes.north("notice", "read-back", "N-SURVEY", "--agreed")
    nodes.north("notice", "read-back", "N-RESUPPLY", "--differs", "--reason", "wrong sea")
    nodes.settle()
    said = nodes.south("notice", "show", "N-RESUPPLY", code=1)
    assert "Read-back: differs" in said
    assert "wrong sea" in said
    assert "Read-back: agreed" in nodes.south("notice", "show", "N-SURVEY")
    kinds = [alarm["kind"] for alarm in nodes.json("north", "node", "status", code=1)["alarms"]]
    assert kinds == ["read-back differs"]


def test_a_recalled_notice_is_gone_from_the_peer_and_both_ledgers_still_verify(nodes):
    nodes.declare("north")
    nodes.settle()
    nodes.north("notice", "recall", "N-RESUPPLY", "--reason", "sent in error")
    nodes.settle()
    held = nodes.json("south", "activity", "list", "--all")["activities"]
    assert [one["activity"]["id"] for one in held] == ["N-SURVEY"]
    nodes.north("log", "verify")
    nodes.south("log", "verify")
