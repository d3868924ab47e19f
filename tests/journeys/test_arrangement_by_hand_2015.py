"""The arrangement of 2015 by the command line alone, carried by file between two people."""

import json
import re
import shutil
from pathlib import Path

import pytest
from node_commands import TwoFolders

from wideberth.adapters.clock import SystemClock
from wideberth.formats.times import show_utc

H, D = 3600.0, 86_400.0

TEXT = Path(__file__).with_name("arrangement_2015.toml")
SKETCH = """\
id = "arrangement-2015"
version = 1
title = "Who the parties are"
parties = ["north", "south"]
[[clause]]
id = "S1"
text = "Vessels keep 2 nautical miles, 30 metres of depth or 10 minutes apart."
[[separation]]
arenas = ["sea", "sea"]
clause = "S1"
lateral_nm = 2
vertical_m = 30
time_min = 10
"""
DEPUTY = ("--by", "deputy chief of staff")


def in_days(days, hours=0):
    """Return a time so many days from now, as people type it."""
    return show_utc(SystemClock().now_s() // H * H + days * D + hours * H)


def trial(at, start, end):
    """Write a plan of an emitter in the band of satellite navigation; return its name."""
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [26.0, 36.0]},
        "properties": {
            "party": "south",
            "activity": "TRIAL",
            "kind": "trial",
            "arena": "spectrum",
            "role": "emit",
            "radius_m": 1000,
            "lower_m": 0,
            "upper_m": 100,
            "freq_low_mhz": 1570,
            "freq_high_mhz": 1580,
            "eirp_dbm": 40,
            "start": start,
            "end": end,
            "disclose": "full",
        },
    }
    plan = {"type": "FeatureCollection", "features": [feature]}
    (at / "trial.geojson").write_text(json.dumps(plan), encoding="utf-8")
    return "trial.geojson"


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    """Two nodes whose people have signed the arrangement."""
    at = tmp_path_factory.mktemp("arrangement")
    (at / "sketch.toml").write_text(SKETCH, encoding="utf-8")
    shutil.copy(TEXT, at / "arrangement.toml")
    found = TwoFolders.made(at, agreement="sketch.toml")
    found.north("agreement", "propose", "arrangement.toml")
    found.settle()
    found.south("agreement", "sign", "V-1", "--by", "T. Rossi")
    found.settle()
    found.north("agreement", "sign", "V-1", "--by", "A. Berg")
    found.settle()
    return found


def alarms(nodes, side):
    said = nodes.run("alarm", "list", "--json", "--folder", side, code=1)
    return {one["kind"]: one["text"] for one in json.loads(said)}


def test_both_work_under_what_both_deputies_signed_and_no_persons_name_left_its_node(nodes):
    for side, other in (("north", "T. Rossi"), ("south", "A. Berg")):
        said = nodes.run("agreement", "status", "--folder", side)
        assert "version 2: Arrangement between two headquarters" in said
        shown = nodes.run("council", "show", "V-1", "--json", "--folder", side)
        assert other not in shown


def test_the_first_meeting_has_its_date_at_once_and_its_place_later(nodes):
    call = ("meeting", "call", "First meeting", "--kind", "plenary", *DEPUTY)
    nodes.north(*call, "--start", in_days(14), "--for", "3h")
    nodes.settle()
    assert "dated" in nodes.south("meeting", "accept", "M-1", "--only", "time", *DEPUTY)
    nodes.settle()
    for side in ("north", "south"):
        assert "State: dated" in nodes.run("meeting", "show", "M-1", "--folder", side)
    nodes.south("meeting", "propose", "M-1", "--place", "The southern headquarters", *DEPUTY)
    nodes.settle()
    assert "settled" in nodes.north("meeting", "accept", "M-1", *DEPUTY)
    nodes.settle()
    for side in ("north", "south"):
        said = nodes.run("meeting", "show", "M-1", "--folder", side)
        assert "State: settled" in said
        assert "The southern headquarters" in said


def test_a_concern_is_answered_by_an_assurance_and_what_acts_against_it_is_in_red_for_both(nodes):
    words = "Aircraft on approach lost satellite navigation on three evenings."
    raised = ("concern", "raise", "Navigation fails over the coast", "--clause", "E1", *DEPUTY)
    nodes.north(*raised, "--words", words)
    nodes.settle()
    assert "State: raised" in nodes.south("concern", "show", "CN-1", code=1)
    promise = ("assurance", "give", "No emissions near the coast", "--clause", "E1", *DEPUTY)
    where = ("--arena", "spectrum", "--area", "26.0,36.0,30nm", "--band", "1563.42-1587.42")
    answers = ("--answers", "concern/north/CN-1")
    nodes.south(*promise, *where, *answers, "--until", in_days(30))
    answer = ("concern", "answer", "CN-1", "--words", "We give our word.", *DEPUTY)
    nodes.south(*answer, "--assurance", "assurance/south/AS-1")
    nodes.settle()
    assert "settled" in nodes.north("concern", "accept", "CN-1", *DEPUTY)
    nodes.settle()
    plan = trial(nodes.at, in_days(20), in_days(20, hours=2))
    assert "AS-1" in nodes.south("assurance", "check", plan, code=1)
    nodes.declare("south", plan, code=1)
    nodes.settle()
    for side in ("north", "south"):
        assert "E1" in alarms(nodes, side)["assurance broken"]
        assert "TRIAL" in nodes.run("assurance", "show", "AS-1", "--folder", side, code=1)
    nodes.south("activity", "withdraw", "TRIAL", "--reason", "we gave our word")
    nodes.settle()
    for side in ("north", "south"):
        nodes.run("assurance", "check", "--folder", side)


def test_both_ledgers_are_whole_and_each_shows_the_promise_by_public_keys_alone(nodes):
    for side in ("north", "south"):
        other = {"north": "south", "south": "north"}[side]
        nodes.run("log", "verify", "--folder", side)
        nodes.run("log", "verify", "--peer", other, "--folder", side)
        shown = json.loads(nodes.run("council", "show", "AS-1", "--json", "--folder", side))
        (given,) = shown["matter"]["steps"]
        index = given["index"] if side == "north" else given["deliveries"][0]["index"]
        file = f"{side}.evidence"
        nodes.run("log", "prove", str(index), "--output", file, "--folder", side)
        keys = {}
        said = nodes.run("log", "keys", "--folder", side)
        for party, purpose, key in re.findall(r"^(\w+) +(\w+) +(\S+)$", said, re.MULTILINE):
            keys[party, purpose] = key
        asked = ("--key", keys[side, "log"], "--signer", keys["south", "envelope"])
        said = nodes.run("log", "verify-evidence", file, *asked)
        assert said.endswith("SHOWN.\n")
        assert not said.endswith("NOT SHOWN.\n")
        assert "signed by key" in said
