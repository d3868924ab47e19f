from web_scenes import Node, a_broken

from wideberth.node import tables
from wideberth.node.people import Role

URL = "/api/v1/broken"


def lasting(activity, **more):
    table, key, record = a_broken(activity, **more)
    return (table, key, record), (tables.BROKEN_ON, key, b"")


def test_what_acts_against_an_assurance_is_listed_while_it_lasts():
    node = Node()
    node.keep(*lasting("N1"), *lasting("N2"), a_broken("over"))
    answer = node.as_role(Role.OBSERVER).get(f"{URL}?limit=1").json()
    assert [one["activity"] for one in answer["items"]] == ["N1"]
    more = node.as_role(Role.OBSERVER).get(f"{URL}?after={answer['next']}").json()
    assert [one["activity"] for one in more["items"]] == ["N2"]
    assert node.as_role(Role.OBSERVER).get(f"{URL}?party=south").json()["items"] == []


def test_by_which_private_activity_is_told_only_to_who_may_see_it():
    node = Node()
    node.keep(*lasting("hidden", private=True))
    answer = node.as_role(Role.OBSERVER).get(URL).json()
    assert (answer["items"], answer["left_out"]) == ([], 1)
    assert len(node.as_role(Role.PLANNER).get(URL).json()["items"]) == 1
