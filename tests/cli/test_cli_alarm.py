"""`wideberth alarm`: what lasts is listed and makes the exit code 1; a person clears it."""

import pytest
from node_commands import TwoFolders


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    made = TwoFolders.made(tmp_path_factory.mktemp("alarm"))
    made.declare("north")
    made.settle()
    made.north("notice", "recall", "N-SURVEY", "--reason", "not for them")
    made.settle()
    return made


def test_an_alarm_is_listed_until_a_person_says_what_was_done(nodes):
    said = nodes.south("alarm", "list", code=1)
    assert "recalled by its sender" in said
    (alarm,) = nodes.json("south", "alarm", "list", code=1)
    nodes.south("alarm", "clear", alarm["id"].lstrip("0"), "--how", "asked north by phone")
    assert "0 alarms last" in nodes.south("alarm", "list")
    assert "asked north by phone" in nodes.south("alarm", "list", "--all")


def test_an_alarm_that_is_not_there_is_refused(nodes):
    assert "no such alarm" in nodes.south("alarm", "clear", "999", "--how", "x", code=2)
