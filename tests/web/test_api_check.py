"""What checking says is what declaring then says, and the question leaves no trace."""

import asyncio
import json
from dataclasses import replace

import msgspec
from api_clients import client_of
from hypothesis import example, given, settings
from hypothesis import strategies as st
from two_nodes import T0, a_volume, an_activity, two_nodes

from wideberth.model.activity import Disclosure, State
from wideberth.model.command import Suspend
from wideberth.model.span import FrequencyBand, TimeWindow
from wideberth.model.volume import Arena
from wideberth.model.volume import Role as Use
from wideberth.node.people import Permission, Role
from wideberth.peering.wire import to_wire

CHECK, DECLARE = "/api/v1/check", "/api/v1/activities"
AWAY_DEG = 0.2  # two discs of 10 km touch near here
SENT_ONLY = {"message": "", "sequence": 0, "index": 0}


def kept(node):
    """Return everything that a memory store holds."""
    shelves = node.store._shelves
    records = {name: dict(shelf.records) for name, shelf in shelves.tables.items()}
    return {name: those for name, those in records.items() if those}, dict(shelves.places)


def as_foreseen(body):
    """Return the answer of declaring without what only sending a message gives."""
    if "notices" in body:
        body = body | {"notices": [one | SENT_ONLY for one in body["notices"]]}
    if "declared" in body:
        body = body | {"declared": [as_foreseen(one) for one in body["declared"]]}
    return body


STATUS = {201: 200}
RADIO = {"arena": Arena.SPECTRUM, "freq": FrequencyBand(1e9, 2e9), "role": Use.EMIT}
volumes = st.builds(
    lambda lon_deg, kind, time: a_volume(lon_deg, time=time, **kind),
    st.sampled_from([33.0, 33.0 + AWAY_DEG, 33.0 + 2 * AWAY_DEG, 40.0]),
    st.sampled_from([{}, {}, {"arena": Arena.SEA}, RADIO]),
    st.sampled_from([-7200.0, 0.0, 3599.0, 3600.0, 7200.0, 9e9]).map(
        lambda start_s: TimeWindow(T0 + start_s, T0 + start_s + 3600.0)
    ),
)
ours = st.builds(
    lambda volume, name, disclose, revision, kind, title: replace(
        an_activity(name=name, volumes=(volume,), disclose=disclose, kind=kind, title=title),
        revision=revision,
    ),
    volumes,
    st.sampled_from(["A1", "A2"]),
    st.sampled_from(Disclosure),
    st.sampled_from([1, 1, 1, 2, 3]),
    st.sampled_from(["patrol", ""]),
    st.sampled_from(["Patrol one", ""]),
)
theirs = st.builds(
    lambda volume, name: an_activity("south", name, volumes=(volume,)),
    volumes,
    st.sampled_from(["B1", "B2"]),
)
steps = st.lists(
    st.one_of(
        ours.map(lambda activity: ("declare", activity)),
        theirs.map(lambda activity: ("hear", activity)),
        st.just(("end", "A1")),
        st.sampled_from([("suspend", True), ("suspend", False)]),
        st.just(("later", 1800.0)),
    ),
    max_size=6,
)


async def bring(pair, step):
    """Do a step of the history; what the nodes refuse is part of it."""
    kind, value = step
    try:
        match kind:
            case "declare":
                await pair.north.declare(value)
            case "hear":
                await pair.south.declare(value)
            case "end":
                await pair.north.change(value, State.ENDED)
            case "suspend":
                await pair.north.do(Suspend("south", value, "p", reason="drill"))
            case "later":
                pair.clock.now += value
    except Exception as refusal:
        if type(refusal).__module__.partition(".")[0] != "wideberth":
            raise
    await pair.settle()


def body_of(activity, contact="duty officer"):
    return {"activity": msgspec.to_builtins(to_wire(activity)), "contact": contact}


async def both(pair, client, body, headers):
    """Return what checking and then declaring say, and whether checking left a trace."""
    before = kept(pair.north)
    checked = await client.post(CHECK, json=body, headers=headers)
    same = kept(pair.north) == before
    if headers:
        url = f"{DECLARE}/{body['activity']['id']}"
        declared = await client.put(url, json=body, headers=headers)
    else:
        declared = await client.post(DECLARE, json=body)
    return checked, declared, same


ONE = an_activity()


@example([("declare", ONE)], ONE, "duty officer", 1)  # nothing but the revision is new
@example([("suspend", True)], ONE, "duty officer", None)
@example([("hear", an_activity("south", "B1")), ("later", 60.0)], ONE, "duty officer", None)
@settings(max_examples=60)
@given(steps, ours, st.sampled_from(["duty officer", " "]), st.sampled_from([None, 1, 2, 7]))
def test_checking_says_what_declaring_then_says_and_leaves_nothing(history, one, contact, seen):
    async def journey():
        async with two_nodes() as pair:
            client = await client_of(pair.north, Role.PLANNER)
            for step in history:
                await bring(pair, step)
            headers = {} if seen is None else {"if-match": f'"{seen}"'}
            return await both(pair, client, body_of(one, contact), headers)

    checked, declared, same = asyncio.run(journey())
    assert same
    assert checked.status_code == STATUS.get(declared.status_code, declared.status_code)
    assert checked.json() == as_foreseen(declared.json())


def feature(name, lon_deg):
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon_deg, 34.0]},
        "properties": {
            "party": "north",
            "activity": name,
            "title": "Survey",
            "kind": "survey",
            "disclose": "full",
            "arena": "air",
            "radius_nm": 5,
            "lower_ft": 3000,
            "upper_ft": 9000,
            "start": "2027-01-15T10:00:00Z",
            "end": "2027-01-15T11:00:00Z",
        },
    }


def test_a_plan_is_checked_as_it_would_be_declared():
    async def journey():
        async with two_nodes() as pair:
            client = await client_of(pair.north, Role.PLANNER)
            await pair.south.declare(an_activity("south", "B1"))
            await pair.north.declare(an_activity(name="P3"))
            await pair.settle()
            features = [feature("P1", 33.0), feature("P2", 40.0), feature("P3", 33.1)]
            plan = {"type": "FeatureCollection", "features": features}
            body = {"plan": plan, "contact": "duty officer"}
            return await both(pair, client, body, {})

    checked, declared, same = asyncio.run(journey())
    assert same
    assert (checked.status_code, declared.status_code) == (207, 207)
    assert checked.json() == as_foreseen(declared.json())
    assert [len(one.get("conflicts", ())) for one in checked.json()["declared"]] == [1, 0]
    assert [one["activity"] for one in checked.json()["refused"]] == ["P3"]


def test_every_fault_of_an_incomplete_activity_is_said_at_once():
    async def journey():
        async with two_nodes() as pair:
            client = await client_of(pair.north, Role.PLANNER)
            spectrum = replace(a_volume(**RADIO), id="1", role=Use.GUARD)
            one = an_activity(volumes=(a_volume(), spectrum), title="")
            return await both(pair, client, body_of(one, " "), {})

    checked, declared, _same = asyncio.run(journey())
    assert (checked.status_code, checked.json()) == (declared.status_code, declared.json())
    assert checked.status_code == 422
    assert len(checked.json()["problems"]) > 1


def test_who_may_not_see_private_activities_is_told_only_how_many_conflicts_there_are():
    async def journey():
        async with two_nodes() as pair:
            await pair.south.declare(an_activity("south", "B1"))
            await pair.settle()
            hidden = an_activity(name="hush", title="Quince", disclose=Disclosure.PRIVATE)
            answers = []
            for scopes in ((), (Permission.DECLARE,)):
                client = await client_of(pair.north, Role.PLANNER, *scopes)
                answers.append(await client.post(CHECK, json=body_of(hidden)))
            return answers

    full, blind = asyncio.run(journey())
    assert [one["private"] for one in full.json()["conflicts"]] == [True]
    assert "conflicts" not in blind.json()
    assert "1 more conflicts" in json.dumps(blind.json()["advice"])
    assert "hush" not in blind.text


def test_an_activity_that_cannot_be_judged_is_not_called_clear():
    async def journey():
        async with two_nodes() as pair:
            client = await client_of(pair.north, Role.PLANNER)
            made = await client.post(CHECK, json=body_of(an_activity(volumes=(a_volume(),))))
            radio = a_volume(**RADIO)
            await pair.south.declare(an_activity("south", "B1", volumes=(radio,)))
            await pair.settle()
            return made, await client.post(CHECK, json=body_of(an_activity(volumes=(a_volume(),))))

    alone, after = asyncio.run(journey())
    assert "not_judged" not in alone.json()
    assert after.json()["not_judged"]
