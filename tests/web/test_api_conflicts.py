"""The lists of conflicts and notices: what is asked for is all there, once, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from web_scenes import NOTICE, Node, a_met, notice_of

from wideberth.model.notice import Rung
from wideberth.node import tables
from wideberth.node.people import Role
from wideberth.node.records import Side

CONFLICTS, NOTICES = "/api/v1/conflicts", "/api/v1/notices"
RULES = {"air": {"air", "air_sea"}, "sea": {"air_sea"}, "spectrum": set()}


def side(party, activity):
    return Side(party=party, activity=activity, volume="0", revision=1)


def met_of(pair, *, rule, ended, private, number):
    """Return a conflict's record; sides in the order of party and id, as the search gives them."""
    _table, _key, met = a_met(name=f"c{number}", private=private)
    a, b = sorted(pair, key=lambda one: (one.party, one.activity))
    met = replace(met, a=a, b=b, rule=rule, ended_s=1.0 if ended else None)
    return tables.CONFLICT, met.id, met


sides = st.sampled_from(["A/1", "A2", "ä b"])
records = st.lists(
    st.tuples(
        st.sampled_from([("north", "south"), ("north", "teal"), ("south", "teal")]),
        sides,
        sides,
        st.sampled_from(["air", "air_sea"]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=9,
).map(
    lambda rows: [
        met_of((side(p, x), side(q, y)), rule=rule, ended=ended, private=private, number=number)
        for number, ((p, q), x, y, rule, ended, private) in enumerate(rows)
    ]
)


def walk(client, url, **query):
    """Return every item of every page; a page holds no more than was asked for."""
    items, after, turns = [], "", 0
    while after or not turns:
        answer = client.get(url, params={**query, "after": after})
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert len(page["items"]) <= query["limit"]
        items += page["items"]
        after, turns = page["next"], turns + 1
        assert turns < 50
    return items


@settings(max_examples=60)
@given(
    records,
    st.integers(1, 5),
    st.booleans(),
    st.sampled_from(["", "north", "south", "nobody"]),
    st.sampled_from([None, "air", "sea", "spectrum"]),
    st.sampled_from([Role.PLANNER, Role.OBSERVER]),
)
def test_the_pages_hold_every_conflict_that_was_asked_for_once(
    kept, limit, lasting, party, arena, role
):
    node = NODES[role]
    for table in (tables.CONFLICT, tables.CONFLICT_OF):
        node.clear(table)
    node.keep(*kept)
    query = {"limit": limit, "lasting": str(lasting).lower(), "party": party}
    query |= {} if arena is None else {"arena": arena}
    found = walk(CLIENTS[role], CONFLICTS, **query)
    wanted = {
        met.id
        for _table, _key, met in kept
        if not (lasting and met.ended_s is not None)
        and party in ("", met.a.party, met.b.party)
        and (arena is None or met.rule in RULES[arena])
        and not (met.private and role is Role.OBSERVER)
    }
    assert sorted(one["id"] for one in found) == sorted(wanted)


NODES = {role: Node() for role in (Role.PLANNER, Role.OBSERVER)}
CLIENTS = {role: node.as_role(role) for role, node in NODES.items()}


def test_what_lasts_is_found_though_a_thousand_are_over():
    node = Node()
    over = [
        met_of(
            (side("north", "N"), side("south", "S")),
            rule="air",
            ended=True,
            private=False,
            number=n,
        )
        for n in range(1000)
    ]
    node.keep(*over, a_met(name="z"))
    page = node.as_role(Role.PLANNER).get(CONFLICTS, params={"limit": 3}).json()
    assert ([one["id"] for one in page["items"]], page["next"]) == (["z"], "")


def test_only_what_lasts_is_listed_unless_it_is_said_otherwise():
    described = Node().client().get("/openapi.json").json()["paths"][CONFLICTS]["get"]
    assert "last" in described["summary"]
    (lasting,) = [one for one in described["parameters"] if one["name"] == "lasting"]
    assert lasting["schema"]["default"] is True


@pytest.fixture
def on_its_way():
    """Return a node with a notice that counts, one that is overdue and one that is superseded."""
    node = Node()
    for number, (effective_s, overdue, superseded) in enumerate(
        [(1.0, (), False), (None, (Rung.READ,), False), (None, (), False), (None, (), True)]
    ):
        message = f"{number:064x}"
        (_t, _k, notice), *more = notice_of(message, index=number)
        notice = replace(notice, effective_s=effective_s, overdue=overdue, superseded=superseded)
        node.keep((tables.NOTICE, message, notice), *more)
        if effective_s is None and not superseded:
            node.keep((tables.WAITING, message, b""))
    return node


@pytest.mark.parametrize("limit", [1, 2, 10])
@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({}, [0, 1, 2, 3]),
        ({"overdue": "true"}, [1]),
        ({"overdue": "false"}, [0, 2, 3]),
        ({"effective": "false"}, [1, 2]),
        ({"effective": "true"}, [0]),
        ({"overdue": "false", "effective": "false"}, [2]),
        ({"overdue": "true", "effective": "true"}, []),
    ],
)
def test_notices_are_listed_by_what_is_asked_for(on_its_way, query, wanted, limit):
    found = walk(on_its_way.as_role(Role.WATCH), NOTICES, limit=limit, **query)
    assert [one["index"] for one in found] == wanted
    assert NOTICE not in {one["message"] for one in found}
