"""`wideberth log`: whole, or the first bad entry by its number; evidence by public keys alone."""

import asyncio

import pytest
from node_commands import TwoFolders

from wideberth.adapters.store_sqlite import SqliteStore
from wideberth.node import tables
from wideberth.peering.notes import parse_vkey


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    made = TwoFolders.made(tmp_path_factory.mktemp("log"))
    made.declare("north")
    made.settle()
    made.declare("south", code=1)
    made.settle()
    return made


def altered(nodes, side, change):
    """Change a node's store behind its back; returns what undoes it."""

    async def work():
        store = SqliteStore.open(nodes.at / side / "node.db")
        try:
            return await store.transact(change)
        finally:
            await store.close()

    return asyncio.run(work())


def put(table, key, record):
    def change(transaction):
        before = transaction.get(table, key)
        transaction.put(table, key, record(before))
        return before

    return change


def size_of(nodes, side):
    return nodes.json(side, "log", "verify")["size"]


def test_an_untouched_ledger_is_whole_on_both_sides(nodes):
    for side, other in (("north", "south"), ("south", "north")):
        found = nodes.json(side, "log", "verify")
        assert found["whole"]
        assert found["first_bad"] is None
        assert nodes.json(side, "log", "verify", "--peer", other)["whole"]


@pytest.mark.parametrize("place", [0.0, 0.3, 0.6, 1.0])
def test_an_entry_that_was_altered_is_named_by_its_number(nodes, place):
    index = round(place * (size_of(nodes, "north") - 1))
    key = tables.key(index)
    flip = put(tables.ENTRY, key, lambda raw: raw[:-9] + bytes([raw[-9] ^ 1]) + raw[-8:])
    before = altered(nodes, "north", flip)
    try:
        said = nodes.north("log", "verify", code=1)
        assert f"first bad entry {index}." in said
    finally:
        altered(nodes, "north", put(tables.ENTRY, key, lambda _raw: before))
    assert nodes.json("north", "log", "verify")["whole"]


def test_a_ledger_cut_short_is_seen_by_what_the_peer_countersigned(nodes):
    log = altered(nodes, "north", lambda tx: tx.get(tables.META, "log"))
    other = altered(nodes, "south", lambda tx: tx.get(tables.META, "log"))
    altered(nodes, "north", put(tables.META, "log", lambda _raw: other))
    try:
        nodes.north("log", "verify", code=1)
    finally:
        altered(nodes, "north", put(tables.META, "log", lambda _raw: log))


def test_the_ledger_of_a_stranger_is_refused(nodes):
    assert "no peer" in nodes.north("log", "verify", "--peer", "east", code=2)
    assert "neither ours nor a peer" in nodes.north("log", "keys", "--peer", "east", code=2)


def test_an_entry_that_is_not_there_is_not_proved(nodes):
    assert "no entry" in nodes.north("log", "prove", "100000", code=2)


def keys_of(nodes, side, party):
    rows = (line.split() for line in nodes.run("log", "keys", "--folder", side).splitlines())
    return {purpose: key for who, purpose, key in rows if who == party}


def test_every_entry_of_a_ledger_is_proved_by_keys_that_the_peer_gives(nodes):
    keys = keys_of(nodes, "south", "north")
    parse_vkey(keys["log"])
    parse_vkey(keys["cosign"])
    for index in range(size_of(nodes, "north")):
        nodes.north("log", "prove", index, "--output", "e.txt")
        said = nodes.run("log", "verify-evidence", "e.txt", "--key", keys["log"])
        assert f"Entry {index} of those" in said
        assert said.endswith("SHOWN.\n")


def test_what_nobody_asked_to_be_checked_is_said(nodes):
    nodes.north("log", "prove", 0, "--output", "e.txt")
    keys = keys_of(nodes, "south", "north")
    said = nodes.run("log", "verify-evidence", "e.txt", "--key", keys["log"])
    assert "No witness was named" in said
    assert "No signer was named" in said


@pytest.mark.parametrize(
    "given",
    [
        ("--key", "nonsense"),
        ("--key", "VKEY", "--signer", "nonsense"),
        ("--key", "VKEY", "--witness", "x"),
    ],
)
def test_a_key_that_is_none_is_exit_2(nodes, given):
    nodes.north("log", "prove", 0, "--output", "e.txt")
    key = keys_of(nodes, "south", "north")["log"]
    asked = [key if one == "VKEY" else one for one in given]
    nodes.run("log", "verify-evidence", "e.txt", *asked, code=2)


def test_evidence_is_no_proof_of_fraud(nodes):
    nodes.north("log", "prove", 0, "--output", "e.txt")
    key = keys_of(nodes, "south", "north")["log"]
    assert nodes.run("log", "verify-fraud", "e.txt", "--key", key, code=1).endswith("NOT SHOWN.\n")


def test_a_file_that_is_not_there_is_exit_2(nodes):
    key = keys_of(nodes, "south", "north")["log"]
    nodes.run("log", "verify-evidence", "none.txt", "--key", key, code=2)


def test_no_fraud_is_said_of_a_peer_that_told_one_story(nodes):
    said = nodes.north("log", "fraud", "south")
    assert "Nothing here shows two histories" in said


def test_fraud_of_a_party_that_is_no_peer_is_refused(nodes):
    assert "no peer" in nodes.north("log", "fraud", "west", code=2)
