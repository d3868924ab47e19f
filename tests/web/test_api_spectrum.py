"""A spectrum manager's questions over the API: of what is in force, bounded, and with advice."""

import asyncio
from dataclasses import replace

import pytest
from api_clients import client_of
from two_nodes import T0, a_volume, an_activity, two_nodes

from wideberth.formats.report_budget import ADVISORY
from wideberth.model.activity import Disclosure
from wideberth.model.footprint import Circle
from wideberth.model.span import FrequencyBand, HeightBand, TimeWindow
from wideberth.model.volume import Arena
from wideberth.model.volume import Role as Use
from wideberth.node.people import Permission, Role
from wideberth.web.api_spectrum import MOST_AZIMUTHS, MOST_CHANNELS

BASE = "/api/v1/spectrum"
AREA = {"type": "circle", "centre": [33.0, 34.0], "radius_m": 1000.0}
WHEN = {"start_s": T0, "end_s": T0 + 3600.0}
BAND = {"low_hz": 299e6, "high_hz": 301e6}


def radio(role, *, lon_deg=33.0, name="0"):
    volume = a_volume(
        arena=Arena.SPECTRUM,
        freq=FrequencyBand(299.9875e6, 300.0125e6),
        role=role,
        time=TimeWindow(T0, T0 + 3600.0),
    )
    return replace(
        volume,
        id=name,
        footprint=Circle((lon_deg, 34.0), 0.0),
        height=HeightBand.of(0.0, 30.0),
        eirp_dbm=30.0 if role is Use.EMIT else None,
    )


def played(scene, *, disclose=Disclosure.FULL, only=()):
    async def whole():
        async with two_nodes() as pair:
            jammer = an_activity("north", "J1", volumes=(radio(Use.EMIT),), disclose=disclose)
            ears = an_activity("south", "R1", volumes=(radio(Use.RECEIVE, lon_deg=33.1),))
            await pair.north.declare(jammer)
            await pair.south.declare(ears)
            await pair.settle()
            return await scene(await client_of(pair.north, Role.SPECTRUM, *only))

    return asyncio.run(whole())


def asked(path, body, **more):
    async def scene(client):
        return await client.post(f"{BASE}/{path}", json=body)

    return played(scene, **more)


def test_what_an_own_emission_does_to_a_peers_receiver_is_told():
    answer = asked("assess", {"activity": "J1"})
    assert answer.status_code == 200
    told = answer.json()
    assert told["advisory"] == ADVISORY
    assert not told["clear"]
    worst = next(e for e in told["effects"] if e["margin_db"] is not None)
    assert worst["theirs"]["activity"] == "R1"
    assert worst["margin_db"] < 0.0
    assert worst["required_m"] > worst["conflict"]["budget"]["distance_m"]
    assert worst["required_eirp_dbm"] < 30.0


def test_a_channel_that_a_peer_listens_in_is_not_free():
    answer = asked("free", BAND | WHEN | {"width_hz": 25e3, "area": AREA, "eirp_dbm": 10.0})
    assert answer.status_code == 200
    told = answer.json()
    assert told["advisory"] == ADVISORY
    assert len(told["channels"]) == 80
    held = [c for c in told["channels"] if not c["free"]]
    assert {reason["activity"] for c in held for reason in c["reasons"]} == {"R1"}


def test_who_uses_a_band_is_told():
    told = asked("occupancy", BAND | WHEN).json()
    assert {(u["activity"], u["role"]) for u in told["uses"]} == {("J1", "emit"), ("R1", "receive")}
    far = {"type": "circle", "centre": [10.0, 50.0], "radius_m": 1000.0}
    assert asked("occupancy", BAND | WHEN | {"area": far}).json()["uses"] == []


def test_how_far_an_emission_is_heard_is_drawn():
    told = asked("contour", {"activity": "J1", "levels_dbm": [-90.0], "services": ["gnss_l1"]})
    features = told.json()["features"]
    assert features[0]["properties"]["level_dbm"] == -90.0
    assert features[1]["properties"]["verified"] in (True, False)
    assert all(len(f["geometry"]["coordinates"][0]) == 73 for f in features)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("assess", {"activity": "none"}, 404),
        ("assess", {"activity": "R1", "party": "south"}, 404),
        ("assess", {}, 422),
        ("free", BAND | WHEN | {"width_hz": 1.0, "area": AREA}, 422),
        ("free", BAND | WHEN | {"width_hz": 25e3}, 422),
        ("free", {"low_hz": 2e6, "high_hz": 1e6, "width_hz": 1e3, "area": AREA} | WHEN, 422),
        ("occupancy", BAND | {"start_s": T0, "end_s": T0}, 422),
        ("contour", {"activity": "J1"}, 422),
        ("contour", {"activity": "J1", "services": ["none"]}, 422),
        ("contour", {"activity": "J1", "levels_dbm": [-90.0], "azimuths": MOST_AZIMUTHS + 1}, 422),
        ("contour", {"activity": "J1", "levels_dbm": [-90.0] * 9}, 422),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_reason(path, body, status):
    answer = asked(path, body)
    assert answer.status_code == status
    assert answer.json()["detail"]
    assert MOST_CHANNELS >= 1000


def test_who_may_not_see_private_activities_is_told_how_many_were_left_out():
    hidden = {"disclose": Disclosure.PRIVATE}
    assert asked("assess", {"activity": "J1"}, **hidden).status_code == 200
    blind = asked("assess", {"activity": "J1"}, only=(Permission.READ,), **hidden)
    assert blind.status_code == 404
    told = asked("occupancy", BAND | WHEN, only=(Permission.READ,), **hidden).json()
    assert told["left_out"] == 1
    assert {use["activity"] for use in told["uses"]} == {"R1"}


def test_nobody_asks_without_being_known():
    async def scene(client):
        del client.headers["authorization"]
        return await client.post(f"{BASE}/assess", json={"activity": "J1"})

    assert played(scene).status_code == 401
