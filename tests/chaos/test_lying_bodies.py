"""A peer that lies in what it declares and reports: not accepted, never obeyed."""

import asyncio
import functools
import json
import math

import msgspec
import pytest
from lying_peer import SECRET, Scene, lied_to, payload_of
from two_nodes import T0, a_volume, an_activity

from wideberth.model.activity import Disclosure, State
from wideberth.model.command import PassToUnits, Suspend
from wideberth.model.footprint import Circle, Polygon
from wideberth.model.notice import Rung
from wideberth.model.span import FrequencyBand
from wideberth.model.volume import Arena, Role
from wideberth.node import queries
from wideberth.node.comparing import MOST_ITEMS
from wideberth.node.refusals import NotAllowedError
from wideberth.peering.messages import (
    Change,
    Climbed,
    Declare,
    InForce,
    InForceBodies,
    InForceItem,
    InForceItems,
    ReadBack,
    ReadBackAnswer,
    Recall,
    RecallDone,
    Suspension,
)
from wideberth.peering.payloads import Receipt
from wideberth.peering.wire import to_wire

UNKNOWN = "ab" * 32


def attack(test):
    """Run a test as one scene, and see afterwards that the node stands as before."""

    @functools.wraps(test)
    def run(*args, **kwargs):
        async def scenes():
            async with lied_to() as scene:
                await test(scene, *args, **kwargs)
                await scene.settle()
                await scene.assert_upright()

        asyncio.run(scenes())

    del run.__wrapped__
    return run


def declared(party: str = "south", name: str = "S1", **different) -> Declare:
    return Declare(activity=to_wire(an_activity(party, name, **different)), contact="watch")


async def not_accepted(scene: Scene, body) -> Receipt:
    """The lie is logged and receipted with its reason, and changes nothing that is held."""
    before = await state(scene)
    receipt = await scene.receipt(scene.liar.message(body))
    assert not receipt.accepted
    assert receipt.problems
    assert SECRET not in " ".join(receipt.problems)
    assert await state(scene) == before
    return receipt


async def state(scene: Scene) -> list[bytes]:
    """Return all that is held, in what the lie could change."""

    def everything(reader):
        held = [*queries.activities(reader), *queries.notices(reader), *queries.conflicts(reader)]
        return [msgspec.json.encode(one) for one in held]

    return await scene.node.desk.read(everything)


@attack
async def test_an_activity_of_another_party_is_not_accepted(scene):
    for party in ("north", "west"):
        await not_accepted(scene, declared(party))


@attack
async def test_a_peer_cannot_amend_or_change_what_is_ours(scene):
    await scene.node.declare(an_activity(name="A1"))
    await scene.settle()
    await not_accepted(scene, declared("north", "A1", revision=2))
    await not_accepted(scene, Change(activity="A1", revision=2, state=State.WITHDRAWN, at_s=T0))
    await not_accepted(scene, Change(activity=SECRET, revision=2, state=State.WITHDRAWN, at_s=T0))


@attack
async def test_a_guard_band_is_not_the_peers_to_declare(scene):
    guard = a_volume(arena=Arena.SPECTRUM, freq=FrequencyBand(121.4e6, 121.6e6), role=Role.GUARD)
    await not_accepted(scene, declared(volumes=(guard,)))


@attack
async def test_a_peer_cannot_link_its_activity_to_ours_so_that_no_conflict_is_found(scene):
    await scene.node.declare(an_activity(name="A1", linked="one"))
    await not_accepted(scene, declared(linked="one"))
    assert (await scene.receipt(scene.liar.message(declared()))).accepted
    met = await scene.node.conflicts()
    assert {(one.a.activity, one.b.activity) for one in met} >= {("A1", "S1")}


@attack
async def test_a_private_activity_that_comes_over_the_line_is_not_accepted(scene):
    await not_accepted(scene, declared(disclose=Disclosure.PRIVATE))


@attack
async def test_revisions_do_not_go_backwards_or_stand(scene):
    assert (await scene.receipt(scene.liar.message(declared(revision=5)))).accepted
    for revision in (5, 4, 1):
        await not_accepted(scene, declared(revision=revision, title="another"))
        lie = Change(activity="S1", revision=revision, state=State.WITHDRAWN, at_s=T0)
        await not_accepted(scene, lie)


@pytest.mark.parametrize("over", [State.ENDED, State.WITHDRAWN])
def test_what_is_over_does_not_come_back(over):
    async def lie(scene):
        await scene.receipt(scene.liar.message(declared()))
        end = Change(activity="S1", revision=2, state=over, at_s=T0)
        assert (await scene.receipt(scene.liar.message(end))).accepted
        await not_accepted(scene, declared(revision=3))
        back = Change(activity="S1", revision=3, state=State.ACTIVATED, at_s=T0)
        await not_accepted(scene, back)

    attack(lie)()


@attack
async def test_the_state_of_an_activity_that_was_never_declared_is_not_accepted(scene):
    for name in ("S1", SECRET, "x" * 200):
        lie = Change(activity=name, revision=1, state=State.ACTIVATED, at_s=T0)
        await not_accepted(scene, lie)


@pytest.mark.parametrize("rung", list(Rung))
def test_a_rung_of_a_notice_that_is_not_ours_to_this_peer_is_not_accepted(rung):
    async def lie(scene):
        await scene.receipt(scene.liar.message(declared()))
        theirs = (await scene.node.notices())[0].message
        for notice in (UNKNOWN, theirs, ""):
            climbed = Climbed(
                notice=notice, activity="S1", revision=1, rung=rung, at_s=T0, by="x", unit="frigate"
            )
            await not_accepted(scene, climbed)

    attack(lie)()


async def ours(scene: Scene) -> str:
    """Declare an activity of ours, let the peer take it, and return the hash of its notice."""
    await scene.node.declare(an_activity(name="A1"))
    await scene.settle()
    return (await scene.node.notices())[0].message


def climbed(notice: str, rung: Rung, **different) -> Climbed:
    fields = {"activity": "A1", "revision": 1, "at_s": T0, "by": "x"} | different
    return Climbed(notice=notice, rung=rung, **fields)


@attack
async def test_the_rungs_that_are_not_the_peers_to_announce_are_not_accepted(scene):
    notice = await ours(scene)
    for rung in (Rung.SENT, Rung.DELIVERED):
        await not_accepted(scene, climbed(notice, rung))


@attack
async def test_a_rung_for_another_activity_or_revision_than_the_notices_is_not_accepted(scene):
    notice = await ours(scene)
    await not_accepted(scene, climbed(notice, Rung.READ, activity="A2"))
    await not_accepted(scene, climbed(notice, Rung.READ, revision=2))


@attack
async def test_units_that_the_agreement_does_not_name_are_not_counted(scene):
    notice = await ours(scene)
    await scene.receipt(scene.liar.message(climbed(notice, Rung.READ)))
    for unit in ("", "ghost", "wing"):
        for rung in (Rung.PASSED, Rung.ACKNOWLEDGED):
            await not_accepted(scene, climbed(notice, rung, unit=unit))


@attack
async def test_a_read_back_of_a_notice_that_is_not_ours_is_not_accepted(scene):
    for notice in (UNKNOWN, ""):
        await not_accepted(scene, ReadBack(notice=notice, activity="A1", revision=1, volumes=()))
        await not_accepted(
            scene, ReadBackAnswer(notice=notice, activity="A1", revision=1, agreed=True)
        )


@attack
async def test_a_read_back_that_leaves_places_out_is_told_as_different(scene):
    notice = await ours(scene)
    empty = ReadBack(notice=notice, activity="A1", revision=1, volumes=())
    await scene.receipt(scene.liar.message(empty))
    assert "read-back differs" in await scene.node.alarms()


@attack
async def test_a_list_of_what_is_in_force_that_is_false_changes_nothing_and_is_told(scene):
    await ours(scene)
    before = await state(scene)
    await not_accepted(scene, InForce(digest=UNKNOWN, count=2**53))
    assert (await scene.receipt(scene.liar.message(InForce(digest=UNKNOWN, count=1)))).accepted
    await scene.settle()
    assert "in force differs" in await scene.node.alarms()
    assert await state(scene) == before


@attack
async def test_the_list_of_another_partys_activities_is_not_accepted(scene):
    for party in ("south", "west"):
        await not_accepted(scene, InForceItems(party=party, items=()))


@attack
async def test_a_flood_of_false_items_leaves_no_flood_behind(scene):
    await ours(scene)
    items = tuple(
        InForceItem(activity=f"{k}", revision=0, state=State.ACCEPTED, digest="")
        for k in range(MOST_ITEMS)
    )
    await scene.receipt(scene.liar.message(InForceItems(party="north", items=items)))
    peer = await scene.node.peer("south")
    assert len(msgspec.json.encode(peer.in_force_differences)) < 50_000
    assert "in force differs" in await scene.node.alarms()


@attack
async def test_a_flood_of_false_bodies_leaves_no_flood_behind(scene):
    bodies = tuple(to_wire(an_activity("south", f"{k}" * 20, title="t" * 2000)) for k in range(200))
    absent = tuple(f"{k:0200d}" for k in range(1000))
    await scene.receipt(scene.liar.message(InForceBodies(activities=bodies, absent=absent)))
    peer = await scene.node.peer("south")
    assert len(msgspec.json.encode(peer.in_force_differences)) < 50_000


@attack
async def test_no_question_about_what_is_in_force_brings_out_what_is_private(scene):
    digest_of_nothing = UNKNOWN
    named = InForceItem(activity=SECRET, revision=1, state=State.ACCEPTED, digest=UNKNOWN)
    for body in (
        InForce(digest=digest_of_nothing, count=0),
        InForceItems(party="north", items=(named,)),
        InForceBodies(activities=(), absent=(SECRET,)),
    ):
        await scene.receipt(scene.liar.message(body))
    await scene.settle()
    for raw in scene.liar.heard_raw:
        said = json.loads(payload_of(raw))["body"]
        if said["type"] == "in_force_bodies":
            assert said.get("activities", []) == []


@attack
async def test_a_recall_of_what_is_not_the_senders_is_not_accepted(scene):
    notice = await ours(scene)
    for hash_ in (notice, UNKNOWN, ""):
        await not_accepted(scene, Recall(notice=hash_, reason="x"))
        await not_accepted(scene, RecallDone(notice=hash_, at_s=T0))


@attack
async def test_a_suspension_lifted_that_never_was_is_not_accepted(scene):
    await not_accepted(scene, Suspension(suspended=False, at_s=T0, reason=""))


@attack
async def test_a_peer_cannot_lift_our_suspension(scene):
    await scene.node.do(Suspend("south", suspended=True, by="p", reason="because"))
    await not_accepted(scene, Suspension(suspended=False, at_s=T0, reason=""))
    assert (await scene.node.peer("south")).suspended_by_us


def shape(kind: str, **fields) -> dict:
    return {"type": kind, **fields}


FAR = 1e308
IMPOSSIBLE = [
    shape("circle", centre=[200.0, 0.0], radius_m=1.0),
    shape("circle", centre=[0.0, 91.0], radius_m=1.0),
    shape("circle", centre=[0.0, 0.0], radius_m=-1.0),
    shape("circle", centre=[0.0, 0.0], radius_m=FAR),
    shape("corridor", points=[], half_width_m=1.0),
    shape("corridor", points=[[0.0, 0.0]], half_width_m=1.0),
    shape("corridor", points=[[0.0, 0.0], [1.0, 1.0]], half_width_m=FAR),
    shape("track", points=[[0.0, 0.0], [1.0, 1.0]], times_s=[1.0, 0.0], radius_m=1.0),
    shape("track", points=[[0.0, 0.0], [1.0, 1.0]], times_s=[1.0], radius_m=1.0),
    shape("track", points=[[0.0, 0.0], [1.0, 1.0]], times_s=[0.0, 1e-300], radius_m=1.0),
    shape("polygon", parts=[]),
    shape("polygon", parts=[[]]),
    shape("polygon", parts=[[[]]]),
    shape("polygon", parts=[[[[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]]]]),
    shape("polygon", parts=[[[[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0]]]]),
    shape("polygon", parts=[[[[0.0, 0.0], [120.0, 0.0], [-120.0, 0.0]]]]),
    shape("star"),
]


@pytest.mark.parametrize("footprint", IMPOSSIBLE, ids=lambda f: json.dumps(f)[:60])
def test_an_impossible_place_is_not_accepted_and_takes_nothing_down(footprint):
    async def lie(scene):
        whole = json.loads(scene.liar.payload(declared()))
        whole["body"]["activity"]["volumes"][0]["footprint"] = footprint
        raw = scene.liar.sent(scene.liar.sealed(json.dumps(whole).encode()))
        receipt = await scene.receipt(raw)
        assert receipt.accepted == bool(await scene.all_held())
        assert "not judged" not in await scene.node.alarms()

    attack(lie)()


@pytest.mark.parametrize(
    "change",
    [
        {"start_s": FAR},
        {"start_s": -FAR, "end_s": FAR},
        {"start_s": -FAR, "end_s": -FAR / 2},
        {"end_s": FAR},
        {"lower_m": -FAR, "upper_m": FAR},
        {"lower_m": FAR, "upper_m": FAR},
        {"lower_m": -FAR, "upper_m": -FAR, "lower_datum": "pressure", "upper_datum": "ground"},
        {"lower_datum": "ground", "upper_datum": "pressure", "lower_m": 1e6, "upper_m": -1e6},
        {"low_hz": 1.0},
        {"low_hz": FAR, "high_hz": 1.7e308, "role": "emit", "arena": "spectrum"},
        {"eirp_dbm": FAR},
        {"arena": "space"},
        {"id": ""},
        {"criterion": "x" * 2001},
    ],
    ids=repr,
)
def test_a_volume_at_the_end_of_all_numbers_takes_nothing_down(change):
    async def lie(scene):
        await scene.node.declare(an_activity(name="A0"))
        whole = json.loads(scene.liar.payload(declared()))
        whole["body"]["activity"]["volumes"][0] |= change
        raw = scene.liar.sent(scene.liar.sealed(json.dumps(whole).encode()))
        receipt = await scene.receipt(raw)
        assert receipt.accepted == bool(await scene.all_held())
        assert "not judged" not in await scene.node.alarms()

    attack(lie)()


@attack
async def test_names_made_to_confuse_stay_names(scene):
    for name in ("../north/A1", "a/b", "%2F", "A1\x00", "\u202eA1", "'; drop table", "0" * 200):
        assert (await scene.receipt(scene.liar.message(declared(name=name)))).accepted
        held = await scene.node.held("south", name)
        assert held is not None
        assert held.activity.id == name
    assert await scene.node.held("north", "A1") is None


@attack
async def test_a_long_list_of_problems_is_cut_to_what_a_receipt_has_room_for(scene):
    whole = json.loads(scene.liar.payload(declared()))
    (volume,) = whole["body"]["activity"]["volumes"]
    twice = [volume | {"id": f"{k % 400:0200d}"} for k in range(800)]
    whole["body"]["activity"]["volumes"] = twice
    raw = scene.liar.sent(scene.liar.sealed(json.dumps(whole).encode()))
    receipt = await scene.receipt(raw)
    assert not receipt.accepted
    assert all(len(problem) <= 500 for problem in receipt.problems)


@attack
async def test_the_largest_declaration_that_fits_one_message_is_accepted(scene):
    far = tuple(
        a_volume(id=f"{k}", footprint=Circle((33.0 + k % 10, 34.0), 10.0)) for k in range(900)
    )
    assert (await scene.receipt(scene.liar.message(declared(volumes=far)))).accepted


@attack
async def test_an_outline_of_thousands_of_corners_is_accepted(scene):
    ring = tuple(
        (33.0 + math.cos(k * math.tau / 6000), 34.0 + math.sin(k * math.tau / 6000))
        for k in range(6000)
    )
    wide = a_volume(footprint=Polygon.of(ring))
    receipt = await scene.receipt(scene.liar.message(declared(volumes=(wide,))))
    assert receipt.problems == ()
    assert receipt.accepted


@attack
async def test_who_was_told_nothing_cannot_pass_on_or_acknowledge(scene):
    notice = await ours(scene)
    with pytest.raises(NotAllowedError):
        await scene.node.do(PassToUnits(notice, ("wing",), "p"))
